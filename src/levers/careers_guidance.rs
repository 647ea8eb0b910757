//! `careers_guidance`: better guidance at school and college, so that fewer leave without a next step.

use super::common::Common;
use super::effect::Effect;
use super::work::{Work, pupils};
use super::{Entry, Key, Lever, Policy};
use crate::calendar::Month;
use crate::conditions::{Condition, Operation};
use crate::domain::NextStep;
use crate::toml_tables::{Printer, TableReader};
use crate::world::World;

/// The benchmarks of good careers guidance that the evidence is about.
const ALL_BENCHMARKS: u8 = 8;
/// Years of school and college in which a pupil is guided, from year 7 to year 13.
const GUIDED_YEARS: f64 = 7.0;
/// The choices at which leavers of a stage can end without a place in learning.
const CHOICES: [Condition; 3] = [Condition::ChoiceAt16, Condition::ChoiceAfterLevel2, Condition::ChoiceAfterLevel3];

/// The registry's line.
pub const ENTRY: Entry = Entry {
    name: "careers_guidance",
    purpose: "guides school and college leavers, so that fewer have no next step and more know of apprenticeships",
    keys: &[
        Key { name: "benchmarks", unit: "of 8", meaning: "Gatsby benchmarks met beyond today's; all 8 without it" },
        Key {
            name: "neet_risk_reduction",
            unit: "share",
            meaning: "fall of the weight of leaving for neither learning nor a place, with all 8; 0.08 without it",
        },
        Key {
            name: "apprenticeship_ratio",
            unit: "ratio",
            meaning: "ratio on leavers' applying for an apprenticeship, with all 8; 1 without it",
        },
        Key {
            name: "cost_gbp_per_pupil_per_year",
            unit: "GBP a year",
            meaning: "public cost for each pupil in years 7 to 13, with all 8; 54 without it",
        },
    ],
    evidence: "8% lower risk of being NEET at 16 and at 18 where all eight Gatsby benchmarks are met (Careers & Enterprise Company 2024/25, an association); GBP 54 a pupil and year for all eight in England (PwC for Gatsby, 2014); the effect on apprenticeships is the user's",
    read: |table, world, start| CareersGuidance::read(table, world, start).map(Lever::CareersGuidance),
};

/// Careers guidance at school and college.
#[derive(Clone, Debug, PartialEq)]
pub struct CareersGuidance {
    /// When, where, for whom, on what authority.
    pub common: Common,
    /// Benchmarks met beyond today's, of eight.
    pub benchmarks: u8,
    /// Fall of the weight of having no next step, with all eight (share).
    pub neet_risk_reduction: f64,
    /// Ratio on applying for an apprenticeship, with all eight.
    pub apprenticeship_ratio: f64,
    /// Public cost of each pupil in years 7 to 13, with all eight (GBP a year).
    pub cost_gbp_per_pupil_per_year: f64,
}

impl CareersGuidance {
    fn read(table: &mut TableReader<'_>, world: &World, start: Month) -> Option<Self> {
        let benchmarks = table.whole("benchmarks", 0, ALL_BENCHMARKS);
        let reduction = table.number("neet_risk_reduction", 0.0..=1.0);
        let ratio = table.number("apprenticeship_ratio", 1.0..=100.0);
        let cost = table.number("cost_gbp_per_pupil_per_year", 0.0..=1e6);
        Some(Self {
            common: Common::read(table, world, start),
            benchmarks: benchmarks.unwrap_or(ALL_BENCHMARKS),
            neet_risk_reduction: reduction.unwrap_or(0.08),
            apprenticeship_ratio: ratio.unwrap_or(1.0),
            cost_gbp_per_pupil_per_year: cost.unwrap_or(54.0),
        })
    }
}

impl Policy for CareersGuidance {
    fn common(&self) -> &Common {
        &self.common
    }

    fn effect(&self, world: &World, strength: f64) -> Effect {
        let met = f64::from(self.benchmarks) / f64::from(ALL_BENCHMARKS);
        let mut work = Work::new(world, &self.common, strength);
        let without_step = Operation::Scale(1.0 - self.neet_risk_reduction * met);
        let apprenticeship = Operation::Scale(1.0 + (self.apprenticeship_ratio - 1.0) * met);
        for choice in CHOICES {
            // Leaving to look for work without a place to go to, or not even that.
            for step in [NextStep::Work, NextStep::Inactive] {
                work.change(choice, &[Some(step as usize), None], without_step);
            }
            work.change(choice, &[Some(NextStep::Apprenticeship as usize), None], apprenticeship);
        }
        for region in self.common.regions(world) {
            let guided = GUIDED_YEARS * pupils(world, region, &self.common.group).iter().sum::<f64>();
            work.book_in(region, met * self.cost_gbp_per_pupil_per_year * guided);
        }
        work.done()
    }

    fn print(&self, _world: &World, out: &mut Printer) {
        out.whole("benchmarks", u64::from(self.benchmarks));
        out.number("neet_risk_reduction", self.neet_risk_reduction);
        out.number("apprenticeship_ratio", self.apprenticeship_ratio);
        out.number("cost_gbp_per_pupil_per_year", self.cost_gbp_per_pupil_per_year);
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::conditions::Conditions;
    use crate::domain::Region;
    use crate::levers::tests::{common, conditions_with, world};

    fn guidance(benchmarks: u8) -> CareersGuidance {
        CareersGuidance {
            common: common(),
            benchmarks,
            neet_risk_reduction: 0.08,
            apprenticeship_ratio: 1.5,
            cost_gbp_per_pupil_per_year: 54.0,
        }
    }

    pub(crate) fn example(size: f64) -> Lever {
        let benchmarks = [0, 4, 8].into_iter().zip([0.0, 1.0, 2.0]).rfind(|(_, from)| *from <= size);
        Lever::CareersGuidance(guidance(benchmarks.unwrap().0))
    }

    pub(crate) fn supply(conditions: &Conditions) -> f64 {
        -conditions.get(Condition::ChoiceAt16, &[NextStep::Inactive as usize, 0])
    }

    #[test]
    fn half_the_benchmarks_have_half_the_effect_and_half_the_cost() {
        let world = world();
        let conditions = conditions_with(guidance(4).effect(&world, 1.0), &world);
        let ratio = |step: NextStep| {
            let at = [step as usize, 1];
            conditions.get(Condition::ChoiceAt16, &at) / world.baseline.get(Condition::ChoiceAt16, &at)
        };
        for (step, expected) in [(NextStep::Inactive, 0.96), (NextStep::Work, 0.96), (NextStep::Apprenticeship, 1.25)] {
            assert!((ratio(step) - expected).abs() < 1e-12);
        }
        assert!((ratio(NextStep::SixthForm) - 1.0).abs() < 1e-12);
        let pupils: f64 = pupils(&world, Region(1), &common().group).iter().sum();
        assert!((conditions.booked_gbp[1] - 7.0 * pupils * 27.0 / 12.0).abs() < 1e-6);
    }
}
