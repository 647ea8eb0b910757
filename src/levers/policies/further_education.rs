//! `further_education`: more places in colleges, bursaries that help people to come and to stay, better achievement.

use crate::conditions::Condition;
use crate::domain::{Level, NextStep, Programme, Qualification};
use crate::levers::common::Common;
use crate::levers::effect_builder::EffectBuilder;
use crate::levers::policy::Policy;
use crate::toml_tables::{Key, TableReader};
use crate::world::World;

/// Help for further education.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FurtherEducation {
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

impl Policy for FurtherEducation {
    const NAME: &'static str = "further_education";
    const PURPOSE: &'static str = "adds college places, pays bursaries and raises achievement at levels 2 and 3";
    const EVIDENCE: &'static str = "Education Maintenance Allowance, up to GBP 30 a week: +4 points in full-time education at 16 in the pilots, +2.5 points for free-school-meal pupils when it was national, mostly from training, no fewer NEET and lower earnings later (IFS 2010 and 2024); staying and the pull of places have no UK estimate: assumptions";
    const KEYS: &'static [Key<Self>] = &[
        Key::names("levels", "a level", |own: &mut Self| &mut own.levels)
            .means("names", "levels of the courses")
            .or_names(&["level 2", "level 3"]),
        Key::number("places_per_year", 0.0..=1e7, |own: &mut Self| &mut own.places_per_year)
            .means(
                "starts a year",
                "further starts over all the regions, split by young people and evenly over the levels",
            )
            .otherwise("none"),
        Key::number("pull_ratio", 1.0..=100.0, |own: &mut Self| &mut own.pull_ratio)
            .means("ratio", "how much more often the group asks for a course when there are such places")
            .or(1.5),
        Key::number("bursary_gbp_per_year", 0.0..=1e5, |own: &mut Self| &mut own.bursary_gbp_per_year)
            .means("GBP a year", "paid to everybody in the group who starts such a course, for each year of it")
            .otherwise("none"),
        Key::number("entry_per_gbp_1000", 0.0..=10.0, |own: &mut Self| &mut own.entry_per_gbp_1000)
            .means(
                "ratio per GBP 1,000",
                "rise of choosing and returning to such courses for each GBP 1,000 of bursary",
            )
            .or(0.07),
        Key::number("staying_per_gbp_1000", 0.0..=1.0, |own: &mut Self| &mut own.staying_per_gbp_1000)
            .means("ratio per GBP 1,000", "fall of leaving early for each GBP 1,000 of bursary")
            .or(0.05),
        Key::number("achievement_percentage_points", 0.0..=100.0, |own: &mut Self| {
            &mut own.achievement_percentage_points
        })
        .means("percentage points", "rise of the pass rate at the end")
        .otherwise("none"),
        Key::number("cost_gbp_million_per_year", 0.0..=1e6, |own: &mut Self| &mut own.cost_gbp_million_per_year)
            .means("GBP million a year", "public cost beside places and bursaries, such as that of better teaching")
            .otherwise("none"),
    ];

    fn check(&self, _common: &Common, _world: &World, table: &mut TableReader<'_>) {
        if self.levels.contains(&Level::Level4Plus) {
            let hint = Some("use the lever `higher_education`".to_owned());
            table.note("levels", "found level 4+, expected level 2 or 3".to_owned(), hint);
        }
    }

    fn act(&self, effect: &mut EffectBuilder<'_>) {
        let levels = f64::from(u8::try_from(self.levels.len()).unwrap_or(u8::MAX));
        for level in &self.levels {
            let programme = programme(*level);
            self.add_places(effect, programme, self.places_per_year / levels);
            self.pay_bursary(effect, programme);
            let points = self.achievement_percentage_points / 100.0;
            effect.change(Condition::PassRate).of(&[Some(programme as usize)]).shift(points);
        }
        effect.book(self.cost_gbp_million_per_year * 1e6);
    }

    #[cfg(test)]
    fn example(size: f64) -> Self {
        Self {
            achievement_percentage_points: 2.0 * size,
            cost_gbp_million_per_year: 3.0 * size,
            ..tests::lever(500.0 * size, 400.0 * size)
        }
    }

    #[cfg(test)]
    fn supply(conditions: &crate::conditions::Conditions) -> f64 {
        conditions.table(Condition::ExtraCoursePlaces).iter().sum()
    }
}

impl FurtherEducation {
    fn add_places(&self, effect: &mut EffectBuilder<'_>, programme: Programme, places_per_year: f64) {
        if places_per_year > 0.0 {
            let programme = Some(programme as usize);
            effect.share_out(Condition::ExtraCoursePlaces, programme, places_per_year);
            effect.change(Condition::CoursePull).of(&[programme]).in_full().at_least(self.pull_ratio);
        }
    }

    fn pay_bursary(&self, effect: &mut EffectBuilder<'_>, programme: Programme) {
        let thousands = self.bursary_gbp_per_year / 1_000.0;
        let entry = 1.0 + self.entry_per_gbp_1000 * thousands;
        let leaving = (1.0 - self.staying_per_gbp_1000 * thousands).max(0.0);
        let course = [Some(programme as usize)];
        effect.change(Condition::Bursary).of(&course).shift(self.bursary_gbp_per_year);
        effect.change(Condition::Withdrawal).of(&course).scale(leaving);
        let (step, returner) = steps(programme);
        for choice in [Condition::ChoiceAt16, Condition::ChoiceAfterLevel2] {
            effect.change(choice).of(&[Some(step as usize), None]).scale(entry);
        }
        effect.change(Condition::ReturnToLearning).of(&[None, Some(returner as usize)]).scale(entry);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::levers::testing::{ForEverybody, conditions_with, world, young_women};

    pub(super) fn lever(places: f64, bursary: f64) -> FurtherEducation {
        FurtherEducation {
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

    #[test]
    fn places_are_split_over_levels_and_by_young_people_and_pull_the_group_alone() {
        let world = world();
        let mut lever = lever(800.0, 0.0).lever();
        lever.common.group = young_women();
        let conditions = conditions_with(lever.effect_at(&world, 0.5, 0), &world);
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
