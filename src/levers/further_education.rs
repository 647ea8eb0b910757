//! `further_education`: more places in colleges, bursaries that help people to come and to stay, better achievement.

use super::common::Common;
use super::effect::Effect;
use super::work::Work;
use super::{Entry, Key, Lever, Policy};
use crate::calendar::Month;
use crate::conditions::{Condition, Operation};
use crate::domain::{Kind, Level, NextStep, Programme, Qualification};
use crate::toml_tables::{Printer, TableReader};
use crate::world::World;

/// The registry's line.
pub const ENTRY: Entry = Entry {
    name: "further_education",
    purpose: "adds college places, pays bursaries and raises achievement at levels 2 and 3",
    keys: &[
        Key { name: "levels", unit: "names", meaning: "levels of the courses; \"level 2\" and \"level 3\" without it" },
        Key {
            name: "places_per_year",
            unit: "starts a year",
            meaning: "further starts over all the regions, split by young people and evenly over the levels; none without it",
        },
        Key {
            name: "pull_ratio",
            unit: "ratio",
            meaning: "how much more often the group asks for a course when there are such places; 1.5 without it",
        },
        Key {
            name: "bursary_gbp_per_year",
            unit: "GBP a year",
            meaning: "paid to everybody in the group who starts such a course, for each year of it; none without it",
        },
        Key {
            name: "entry_per_gbp_1000",
            unit: "ratio per GBP 1,000",
            meaning: "rise of choosing and returning to such courses for each GBP 1,000 of bursary; 0.07 without it",
        },
        Key {
            name: "staying_per_gbp_1000",
            unit: "ratio per GBP 1,000",
            meaning: "fall of leaving early for each GBP 1,000 of bursary; 0.05 without it",
        },
        Key {
            name: "achievement_percentage_points",
            unit: "percentage points",
            meaning: "rise of the pass rate at the end; none without it",
        },
        Key {
            name: "cost_gbp_million_per_year",
            unit: "GBP million a year",
            meaning: "public cost beside places and bursaries, such as that of better teaching; none without it",
        },
    ],
    evidence: "Education Maintenance Allowance, up to GBP 30 a week: +4 points in full-time education at 16 in the pilots, +2.5 points for free-school-meal pupils when it was national, mostly from training, no fewer NEET and lower earnings later (IFS 2010 and 2024); staying and the pull of places have no UK estimate: assumptions",
    read: |table, world, start| FurtherEducation::read(table, world, start).map(Lever::FurtherEducation),
};

/// Help for further education.
#[derive(Clone, Debug, PartialEq)]
pub struct FurtherEducation {
    /// When, where, for whom, on what authority.
    pub common: Common,
    /// The levels, in index order: 2, 3 or both.
    pub levels: Vec<Level>,
    /// Further starts over all the regions and levels (a year).
    pub places_per_year: f64,
    /// How much more often the group asks for a course when there are such places.
    pub pull_ratio: f64,
    /// Bursary (GBP a year).
    pub bursary_gbp_per_year: f64,
    /// Rise of entry per GBP 1,000 of it.
    pub entry_per_gbp_1000: f64,
    /// Fall of early leaving per GBP 1,000 of it.
    pub staying_per_gbp_1000: f64,
    /// Rise of the pass rate (percentage points).
    pub achievement_percentage_points: f64,
    /// Public cost of the rest (GBP million a year).
    pub cost_gbp_million_per_year: f64,
}

impl FurtherEducation {
    fn read(table: &mut TableReader<'_>, world: &World, start: Month) -> Option<Self> {
        let levels = table.kinds("levels", "a level");
        if levels.as_ref().is_some_and(|levels: &Vec<Level>| levels.contains(&Level::Level4Plus)) {
            let hint = Some("use the lever `higher_education`".to_owned());
            table.note::<()>("levels", "found level 4+, expected level 2 or 3".to_owned(), hint);
        }
        let places = table.number("places_per_year", 0.0..=1e7);
        let pull = table.number("pull_ratio", 1.0..=100.0);
        let bursary = table.number("bursary_gbp_per_year", 0.0..=1e5);
        let entry = table.number("entry_per_gbp_1000", 0.0..=10.0);
        let staying = table.number("staying_per_gbp_1000", 0.0..=1.0);
        let achievement = table.number("achievement_percentage_points", 0.0..=100.0);
        let cost = table.number("cost_gbp_million_per_year", 0.0..=1e6);
        Some(Self {
            common: Common::read(table, world, start),
            levels: levels.unwrap_or_else(|| vec![Level::Level2, Level::Level3]),
            places_per_year: places.unwrap_or(0.0),
            pull_ratio: pull.unwrap_or(1.5),
            bursary_gbp_per_year: bursary.unwrap_or(0.0),
            entry_per_gbp_1000: entry.unwrap_or(0.07),
            staying_per_gbp_1000: staying.unwrap_or(0.05),
            achievement_percentage_points: achievement.unwrap_or(0.0),
            cost_gbp_million_per_year: cost.unwrap_or(0.0),
        })
    }

    fn add_places(&self, work: &mut Work<'_>, programme: Programme, places_per_year: f64) {
        if places_per_year > 0.0 {
            work.share_out(Condition::ExtraCoursePlaces, Some(programme as usize), places_per_year);
            let pull = Operation::AtLeast(self.pull_ratio);
            work.change_fully(Condition::CoursePull, &[Some(programme as usize)], pull);
        }
    }

    fn pay_bursary(&self, work: &mut Work<'_>, programme: Programme) {
        let thousands = self.bursary_gbp_per_year / 1_000.0;
        let entry = Operation::Scale(1.0 + self.entry_per_gbp_1000 * thousands);
        let leaving = Operation::Scale((1.0 - self.staying_per_gbp_1000 * thousands).max(0.0));
        work.change(Condition::Bursary, &[Some(programme as usize)], Operation::Shift(self.bursary_gbp_per_year));
        work.change(Condition::Withdrawal, &[Some(programme as usize)], leaving);
        let (step, returner) = steps(programme);
        for choice in [Condition::ChoiceAt16, Condition::ChoiceAfterLevel2] {
            work.change(choice, &[Some(step as usize), None], entry);
        }
        work.change(Condition::ReturnToLearning, &[None, Some(returner as usize)], entry);
    }
}

/// The course at a level.
fn programme(level: Level) -> Programme {
    match level {
        Level::Level2 => Programme::FurtherLevel2,
        Level::Level3 | Level::Level4Plus => Programme::FurtherLevel3,
    }
}

/// The choice that leads to a course, and the qualification from which people return to it.
fn steps(programme: Programme) -> (NextStep, Qualification) {
    if programme == Programme::FurtherLevel2 {
        (NextStep::FurtherLevel2, Qualification::BelowLevel2)
    } else {
        (NextStep::FurtherLevel3, Qualification::Level2)
    }
}

impl Policy for FurtherEducation {
    fn common(&self) -> &Common {
        &self.common
    }

    fn effect(&self, world: &World, strength: f64) -> Effect {
        let mut work = Work::new(world, &self.common, strength);
        let levels = f64::from(u8::try_from(self.levels.len()).unwrap_or(u8::MAX));
        for level in &self.levels {
            let programme = programme(*level);
            self.add_places(&mut work, programme, self.places_per_year / levels);
            self.pay_bursary(&mut work, programme);
            let points = Operation::Shift(self.achievement_percentage_points / 100.0);
            work.change(Condition::PassRate, &[Some(programme as usize)], points);
        }
        work.book(self.cost_gbp_million_per_year * 1e6);
        work.done()
    }

    fn print(&self, _world: &World, out: &mut Printer) {
        out.names("levels", self.levels.iter().map(|level| level.name()));
        out.number("places_per_year", self.places_per_year);
        out.number("pull_ratio", self.pull_ratio);
        out.number("bursary_gbp_per_year", self.bursary_gbp_per_year);
        out.number("entry_per_gbp_1000", self.entry_per_gbp_1000);
        out.number("staying_per_gbp_1000", self.staying_per_gbp_1000);
        out.number("achievement_percentage_points", self.achievement_percentage_points);
        out.number("cost_gbp_million_per_year", self.cost_gbp_million_per_year);
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::conditions::Conditions;
    use crate::levers::tests::{common, conditions_with, world, young_women};

    fn lever(places: f64, bursary: f64) -> FurtherEducation {
        FurtherEducation {
            common: common(),
            levels: vec![Level::Level2, Level::Level3],
            places_per_year: places,
            pull_ratio: 2.0,
            bursary_gbp_per_year: bursary,
            entry_per_gbp_1000: 0.1,
            staying_per_gbp_1000: 0.2,
            achievement_percentage_points: 0.0,
            cost_gbp_million_per_year: 0.0,
        }
    }

    pub(crate) fn example(size: f64) -> Lever {
        Lever::FurtherEducation(FurtherEducation {
            achievement_percentage_points: 2.0 * size,
            cost_gbp_million_per_year: 3.0 * size,
            ..lever(500.0 * size, 400.0 * size)
        })
    }

    pub(crate) fn supply(conditions: &Conditions) -> f64 {
        conditions.table(Condition::ExtraCoursePlaces).iter().sum()
    }

    #[test]
    fn places_are_split_over_levels_and_by_young_people_and_pull_the_group_alone() {
        let world = world();
        let mut lever = lever(800.0, 0.0);
        lever.common.group = young_women();
        let conditions = conditions_with(lever.effect(&world, 0.5), &world);
        let added = |at: &[usize]| {
            conditions.get(Condition::ExtraCoursePlaces, at) - world.baseline.get(Condition::ExtraCoursePlaces, at)
        };
        let (level_2, level_3) = (Programme::FurtherLevel2 as usize, Programme::FurtherLevel3 as usize);
        assert!((added(&[0, level_2]) - 100.0).abs() < 1e-9 && (added(&[2, level_3]) - 50.0).abs() < 1e-9);
        assert!(added(&[0, Programme::HigherDegree as usize]).abs() < 1e-12);
        let own = conditions.met_by(|group| *group == young_women());
        assert!((own.get(Condition::CoursePull, &[level_3]) - 2.0).abs() < 1e-12);
    }

    #[test]
    fn a_bursary_brings_people_and_keeps_them() {
        let world = world();
        let conditions = conditions_with(lever(0.0, 500.0).effect(&world, 1.0), &world);
        let ratio = |condition, at: &[usize]| conditions.get(condition, at) / world.baseline.get(condition, at);
        let level_2 = Programme::FurtherLevel2 as usize;
        assert!((ratio(Condition::ChoiceAt16, &[NextStep::FurtherLevel2 as usize, 0]) - 1.05).abs() < 1e-12);
        assert!((ratio(Condition::ChoiceAt16, &[NextStep::SixthForm as usize, 0]) - 1.0).abs() < 1e-12);
        let below_level_2 = Qualification::BelowLevel2 as usize;
        assert!((ratio(Condition::ReturnToLearning, &[1, below_level_2]) - 1.05).abs() < 1e-12);
        assert!((ratio(Condition::Withdrawal, &[level_2]) - 0.9).abs() < 1e-12);
        let paid = conditions.get(Condition::Bursary, &[level_2]) - world.baseline.get(Condition::Bursary, &[level_2]);
        assert!((paid - 500.0).abs() < 1e-9);
    }
}
