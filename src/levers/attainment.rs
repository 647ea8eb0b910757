//! `attainment`: earlier help for pupils with the lowest attainment, so that later cohorts reach 16 with more.

use super::common::Common;
use super::effect::Effect;
use super::work::{Work, pupils};
use super::{Entry, Key, Lever, Policy};
use crate::calendar::Month;
use crate::conditions::{Condition, Operation};
use crate::domain::Region;
use crate::toml_tables::{Printer, TableReader};
use crate::world::World;

/// The registry's line.
pub const ENTRY: Entry = Entry {
    name: "attainment",
    purpose: "raises the attainment at 16 of pupils who would be below a line, up to the line",
    keys: &[
        Key {
            name: "gain_standard_deviations",
            unit: "standard deviations",
            meaning: "what pupils below the line gain, at most up to it (needed)",
        },
        Key {
            name: "below_standard_deviations",
            unit: "standard deviations",
            meaning: "the line, against the national mean; the world's `attainment_help_below` without it",
        },
        Key {
            name: "cost_gbp_per_pupil",
            unit: "GBP per pupil",
            meaning: "public cost for each pupil below the line, over all the years of help; none without it",
        },
    ],
    evidence: "pupils who reach the last compulsory year while it is in force gain, and their whole cost is booked then, though the help is earlier; NFER's evaluations of the National Tutoring Programme found about no gain in its first year and one month in its second; the size of the gain is the user's",
    read: |table, world, start| Attainment::read(table, world, start).map(Lever::Attainment),
};

/// Help for pupils with the lowest attainment.
#[derive(Clone, Debug, PartialEq)]
pub struct Attainment {
    /// When (the last compulsory year of those helped), where they grow up, who, on what authority.
    pub common: Common,
    /// What pupils below the line gain (standard deviations).
    pub gain_standard_deviations: f64,
    /// The line, if it is not the world's (standard deviations against the national mean).
    pub below_standard_deviations: Option<f64>,
    /// Public cost of each pupil below the line (GBP).
    pub cost_gbp_per_pupil: f64,
}

impl Attainment {
    fn read(table: &mut TableReader<'_>, world: &World, start: Month) -> Option<Self> {
        table.needs("gain_standard_deviations");
        let gain = table.number("gain_standard_deviations", 0.0..=5.0);
        let below = table.number("below_standard_deviations", -5.0..=5.0);
        let cost = table.number("cost_gbp_per_pupil", 0.0..=1e6);
        let common = Common::read(table, world, start);
        Some(Self {
            common,
            gain_standard_deviations: gain?,
            below_standard_deviations: below,
            cost_gbp_per_pupil: cost.unwrap_or(0.0),
        })
    }

    /// Pupils of a year in a region who would be below the line (standard normal about the mean of
    /// origin and region).
    fn helped(&self, world: &World, region: Region) -> f64 {
        let below = self.below_standard_deviations.unwrap_or(world.baseline.get(Condition::AttainmentHelpBelow, &[]));
        let regional = world.baseline.get(Condition::AttainmentByRegion, &[region.index()]);
        let share = |origin: usize| {
            let mean = world.baseline.get(Condition::AttainmentByOrigin, &[origin]) + regional;
            0.5 * libm::erfc((mean - below) / std::f64::consts::SQRT_2)
        };
        let members = pupils(world, region, &self.common.group);
        members.iter().enumerate().fold(0.0, |sum, (origin, pupils)| sum + pupils * share(origin))
    }
}

impl Policy for Attainment {
    fn common(&self) -> &Common {
        &self.common
    }

    fn effect(&self, world: &World, strength: f64) -> Effect {
        let mut work = Work::new(world, &self.common, strength);
        if self.gain_standard_deviations <= 0.0 {
            return work.done();
        }
        work.change(Condition::AttainmentHelp, &[], Operation::Shift(self.gain_standard_deviations));
        if let Some(below) = self.below_standard_deviations {
            let now = world.baseline.get(Condition::AttainmentHelpBelow, &[]);
            work.change_fully(Condition::AttainmentHelpBelow, &[], Operation::Shift(below - now));
        }
        for region in self.common.regions(world) {
            work.book_in(region, self.cost_gbp_per_pupil * self.helped(world, region));
        }
        work.done()
    }

    fn sets(&self, world: &World) -> Vec<(&'static str, Condition, Vec<usize>)> {
        let sets = self.below_standard_deviations.is_some() && self.gain_standard_deviations > 0.0;
        let regions = self.common.regions(world).into_iter().filter(|_| sets);
        regions
            .map(|region| ("below_standard_deviations", Condition::AttainmentHelpBelow, vec![region.index()]))
            .collect()
    }

    fn print(&self, _world: &World, out: &mut Printer) {
        out.number("gain_standard_deviations", self.gain_standard_deviations);
        if let Some(below) = self.below_standard_deviations {
            out.number("below_standard_deviations", below);
        }
        out.number("cost_gbp_per_pupil", self.cost_gbp_per_pupil);
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::conditions::Conditions;
    use crate::levers::tests::{common, conditions_with, world};

    pub(crate) fn example(size: f64) -> Lever {
        Lever::Attainment(Attainment {
            common: common(),
            gain_standard_deviations: 0.2 * size,
            below_standard_deviations: Some(-0.5),
            cost_gbp_per_pupil: 700.0,
        })
    }

    pub(crate) fn supply(conditions: &Conditions) -> f64 {
        conditions.get(Condition::AttainmentHelp, &[])
    }

    #[test]
    fn only_pupils_below_the_line_are_paid_for() {
        let mut world = world();
        for (condition, value) in [(Condition::AttainmentByOrigin, 0.0), (Condition::AttainmentByRegion, 0.0)] {
            let range = world.baseline.layout().range(condition);
            world.baseline.values_mut()[range].fill(value);
        }
        let lever = Attainment {
            common: common(),
            gain_standard_deviations: 0.1,
            below_standard_deviations: Some(0.0),
            cost_gbp_per_pupil: 1_200.0,
        };
        let booked = &conditions_with(lever.effect(&world, 1.0), &world).booked_gbp;
        // Half of all pupils are below the mean.
        let all: f64 = pupils(&world, Region(0), &lever.common.group).iter().sum();
        assert!((booked[0] - all * 0.5 * 100.0).abs() < 1e-6);
    }

    #[test]
    fn the_line_is_where_it_is_said_to_be_from_the_first_month_of_a_ramp() {
        let world = world();
        let lever = Attainment {
            common: common(),
            gain_standard_deviations: 0.4,
            below_standard_deviations: Some(-0.6),
            cost_gbp_per_pupil: 0.0,
        };
        let conditions = conditions_with(lever.effect(&world, 0.25), &world);
        assert!((conditions.get(Condition::AttainmentHelpBelow, &[]) + 0.6).abs() < 1e-12);
        let gain = |conditions: &Conditions| conditions.get(Condition::AttainmentHelp, &[]);
        assert!((gain(&conditions) - gain(&world.baseline) - 0.1).abs() < 1e-12);
    }
}
