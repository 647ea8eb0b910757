//! `higher_education`: more places in higher education, and grants: the traditional route, for contrast.

use super::common::Common;
use super::effect::Effect;
use super::work::Work;
use super::{Entry, Key, Lever, Policy};
use crate::calendar::Month;
use crate::conditions::{Condition, Operation};
use crate::domain::Programme;
use crate::toml_tables::{Printer, TableReader};
use crate::world::World;

/// The registry's line.
pub const ENTRY: Entry = Entry {
    name: "higher_education",
    purpose: "adds places in higher education for people who would otherwise not go, and pays grants",
    keys: &[
        Key {
            name: "places_per_year",
            unit: "starts a year",
            meaning: "further starts over all the regions people come from, split by young people; none without it",
        },
        Key {
            name: "pull_ratio",
            unit: "ratio",
            meaning: "how much more often the group chooses higher education when there are such places; 1.5 without it",
        },
        Key {
            name: "grant_gbp_per_year",
            unit: "GBP a year",
            meaning: "paid to everybody in the group who starts, for each year of the course; none without it",
        },
        Key {
            name: "staying_per_gbp_1000",
            unit: "ratio per GBP 1,000",
            meaning: "fall of leaving early for each GBP 1,000 of grant; 0.05 without it",
        },
    ],
    evidence: "one in five graduates would have been better off without their degree (IFS 2020), and about a third of recent graduates work in non-graduate jobs (Resolution Foundation 2017); how much marginal entrants gain follows from the queue for jobs; pull and staying have no estimate: assumptions",
    read: |table, world, start| HigherEducation::read(table, world, start).map(Lever::HigherEducation),
};

/// Places and grants in higher education.
#[derive(Clone, Debug, PartialEq)]
pub struct HigherEducation {
    /// When, where people come from, who, on what authority.
    pub common: Common,
    /// Further starts over all the regions (a year).
    pub places_per_year: f64,
    /// How much more often the group chooses higher education when there are such places.
    pub pull_ratio: f64,
    /// Grant (GBP a year).
    pub grant_gbp_per_year: f64,
    /// Fall of early leaving per GBP 1,000 of it.
    pub staying_per_gbp_1000: f64,
}

impl HigherEducation {
    fn read(table: &mut TableReader<'_>, world: &World, start: Month) -> Option<Self> {
        table.needs_one_of(&["places_per_year", "grant_gbp_per_year"]);
        let places = table.number("places_per_year", 0.0..=1e7);
        let pull = table.number("pull_ratio", 1.0..=100.0);
        let grant = table.number("grant_gbp_per_year", 0.0..=1e5);
        let staying = table.number("staying_per_gbp_1000", 0.0..=1.0);
        Some(Self {
            common: Common::read(table, world, start),
            places_per_year: places.unwrap_or(0.0),
            pull_ratio: pull.unwrap_or(1.5),
            grant_gbp_per_year: grant.unwrap_or(0.0),
            staying_per_gbp_1000: staying.unwrap_or(0.05),
        })
    }
}

impl Policy for HigherEducation {
    fn common(&self) -> &Common {
        &self.common
    }

    fn effect(&self, world: &World, strength: f64) -> Effect {
        let mut work = Work::new(world, &self.common, strength);
        if self.places_per_year > 0.0 {
            let degree = Some(Programme::HigherDegree as usize);
            work.share_out(Condition::ExtraCoursePlaces, degree, self.places_per_year);
            work.change_fully(Condition::CoursePull, &[degree], Operation::AtLeast(self.pull_ratio));
        }
        let leaving = (1.0 - self.staying_per_gbp_1000 * self.grant_gbp_per_year / 1_000.0).max(0.0);
        for programme in [Programme::HigherShort, Programme::HigherDegree] {
            let programme = Some(programme as usize);
            work.change(Condition::Bursary, &[programme], Operation::Shift(self.grant_gbp_per_year));
            work.change(Condition::Withdrawal, &[programme], Operation::Scale(leaving));
        }
        work.done()
    }

    fn print(&self, _world: &World, out: &mut Printer) {
        out.number("places_per_year", self.places_per_year);
        out.number("pull_ratio", self.pull_ratio);
        out.number("grant_gbp_per_year", self.grant_gbp_per_year);
        out.number("staying_per_gbp_1000", self.staying_per_gbp_1000);
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::conditions::Conditions;
    use crate::levers::tests::{common, conditions_with, world};

    pub(crate) fn example(size: f64) -> Lever {
        Lever::HigherEducation(HigherEducation {
            common: common(),
            places_per_year: 300.0 * size,
            pull_ratio: 1.5,
            grant_gbp_per_year: 1_000.0 * size,
            staying_per_gbp_1000: 0.1,
        })
    }

    pub(crate) fn supply(conditions: &Conditions) -> f64 {
        conditions.table(Condition::ExtraCoursePlaces).iter().sum()
    }

    #[test]
    fn places_and_the_pull_to_them_are_in_higher_education_alone() {
        let world = world();
        let Lever::HigherEducation(lever) = example(1.0) else { panic!() };
        let conditions = conditions_with(lever.effect(&world, 1.0), &world);
        let change = |condition, at: &[usize]| conditions.get(condition, at) - world.baseline.get(condition, at);
        assert!((change(Condition::ExtraCoursePlaces, &[0, Programme::HigherDegree as usize]) - 150.0).abs() < 1e-9);
        assert!(change(Condition::ExtraCoursePlaces, &[0, Programme::FurtherLevel3 as usize]).abs() < 1e-12);
        assert!(change(Condition::CoursePull, &[Programme::HigherDegree as usize]) > 0.0);
        let staying = conditions.get(Condition::Withdrawal, &[Programme::HigherShort as usize]);
        let before = world.baseline.get(Condition::Withdrawal, &[Programme::HigherShort as usize]);
        assert!((staying / before - 0.9).abs() < 1e-12);
    }
}
