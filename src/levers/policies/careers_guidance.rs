//! `careers_guidance`: better guidance at school and college, so that fewer leave without a next step.

use crate::conditions::Condition;
use crate::conditions::education::{CHOICE_AFTER_LEVEL_2, CHOICE_AFTER_LEVEL_3, CHOICE_AT_16};
use crate::domain::{AttainmentBand, NextStep};
use crate::levers::common::Common;
use crate::levers::effect_builder::EffectBuilder;
use crate::levers::policy::{Part, Policy, Shared};
use crate::levers::young_people::pupils;
use crate::toml_tables::Key;
use crate::world::World;

/// The benchmarks of good careers guidance that the evidence is about.
const ALL_BENCHMARKS: u8 = 8;
/// Years of school and college in which a pupil is guided, from year 7 to year 13.
const GUIDED_YEARS: f64 = 7.0;
/// The choices at which leavers of a stage can end without a place in learning.
const CHOICES: [Condition<(NextStep, AttainmentBand)>; 3] = [CHOICE_AT_16, CHOICE_AFTER_LEVEL_2, CHOICE_AFTER_LEVEL_3];

/// Careers guidance at school and college.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CareersGuidance {
    /// Benchmarks met beyond today's, of eight.
    pub benchmarks: u8,
    /// Fall of the weight of having no next step, with all eight (share).
    pub neet_risk_reduction: f64,
    /// Ratio on applying for an apprenticeship, with all eight.
    pub apprenticeship_ratio: f64,
    /// Public cost of each pupil in years 7 to 13, with all eight (GBP a year).
    pub cost_gbp_per_pupil_per_year: f64,
}

impl Policy for CareersGuidance {
    const NAME: &'static str = "careers_guidance";
    const PURPOSE: &'static str =
        "guides school and college leavers, so that fewer have no next step and more know of apprenticeships";
    const EVIDENCE: &'static str = "8% lower risk of being NEET at 16 and at 18 where all eight Gatsby benchmarks are met (Careers & Enterprise Company 2024/25, an association); GBP 54 a pupil and year for all eight in England (PwC for Gatsby, 2014); the effect on apprenticeships is the user's";
    const KEYS: &'static [Key<Self>] = &[
        Key::whole("benchmarks", 0..=ALL_BENCHMARKS as i64, |own: &mut Self| &mut own.benchmarks)
            .means("of 8", "Gatsby benchmarks met beyond today's")
            .or_all(),
        Key::number("neet_risk_reduction", 0.0..=1.0, |own: &mut Self| &mut own.neet_risk_reduction)
            .means("share", "fall of the weight of leaving for neither learning nor a place, with all 8")
            .or(0.08),
        Key::number("apprenticeship_ratio", 1.0..=100.0, |own: &mut Self| &mut own.apprenticeship_ratio)
            .means("ratio", "ratio on leavers' applying for an apprenticeship, with all 8")
            .or(1.0),
        Key::number("cost_gbp_per_pupil_per_year", 0.0..=1e6, |own: &mut Self| &mut own.cost_gbp_per_pupil_per_year)
            .means("GBP a year", "public cost for each pupil in years 7 to 13, with all 8")
            .or(54.0),
    ];

    fn act(&self, effect: &mut EffectBuilder<'_>) {
        let met = f64::from(self.benchmarks) / f64::from(ALL_BENCHMARKS);
        let without_step = 1.0 - self.neet_risk_reduction * met;
        let apprenticeship = 1.0 + (self.apprenticeship_ratio - 1.0) * met;
        for choice in CHOICES {
            // Leaving to look for work without a place to go to, or not even that.
            for step in [NextStep::Work, NextStep::Inactive] {
                effect.change(choice).of(step).scale(without_step);
            }
            effect.change(choice).of(NextStep::Apprenticeship).scale(apprenticeship);
        }
        // pupils of seven years are guided all through the year, of whom a few leave in a month
        for region in effect.regions() {
            let guided = GUIDED_YEARS * pupils(effect.world(), region, effect.group()).iter().sum::<f64>();
            effect.book_in(region, met * self.cost_gbp_per_pupil_per_year * guided);
        }
    }

    fn takes(&self, _common: &Common, _world: &World, strength: f64) -> Vec<Part> {
        vec![Part {
            key: "benchmarks",
            amount: strength * f64::from(self.benchmarks),
            most: f64::from(ALL_BENCHMARKS),
            of: "the benchmarks",
            shared: Shared::ByRegionAndGroup,
        }]
    }

    #[cfg(test)]
    fn example(size: f64) -> Self {
        let benchmarks = [0, 4, 8].into_iter().zip([0.0, 1.0, 2.0]).rfind(|(_, from)| *from <= size);
        tests::guidance(benchmarks.unwrap().0)
    }

    #[cfg(test)]
    fn supply(conditions: &crate::conditions::Conditions) -> f64 {
        -conditions.get(CHOICE_AT_16, (NextStep::Inactive, AttainmentBand::Low))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Region;
    use crate::levers::testing::{ForEverybody, common, conditions_with, ratio, world};
    use strum::VariantArray;

    pub(super) fn guidance(benchmarks: u8) -> CareersGuidance {
        CareersGuidance {
            benchmarks,
            neet_risk_reduction: 0.08,
            apprenticeship_ratio: 1.5,
            cost_gbp_per_pupil_per_year: 54.0,
        }
    }

    #[test]
    fn half_the_benchmarks_have_half_the_effect_and_half_the_cost() {
        let world = world();
        let conditions = conditions_with(guidance(4).effect(&world, 1.0), &world);
        let ratio = |step: NextStep| ratio(&conditions, &world, CHOICE_AT_16, (step, AttainmentBand::VARIANTS[1]));
        for (step, expected) in [(NextStep::Inactive, 0.96), (NextStep::Work, 0.96), (NextStep::Apprenticeship, 1.25)] {
            assert!((ratio(step) - expected).abs() < 1e-12);
        }
        assert!((ratio(NextStep::SixthForm) - 1.0).abs() < 1e-12);
        let pupils: f64 = pupils(&world, Region(1), &common().group).iter().sum();
        assert!((conditions.booked_gbp[1] - 7.0 * pupils * 27.0 / 12.0).abs() < 1e-6);
    }
}
