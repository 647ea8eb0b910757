//! `further_education`: more places in colleges, bursaries that help people to come and to stay, better achievement.

use crate::conditions::education::{
    BURSARY, CHOICE_AFTER_LEVEL_2, CHOICE_AT_16, COURSE_PULL, EXTRA_COURSE_PLACES, PASS_RATE, RETURN_TO_LEARNING,
    WITHDRAWAL,
};
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
            effect.change(PASS_RATE).of(programme).shift(points);
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
        conditions.table(EXTRA_COURSE_PLACES).iter().sum()
    }
}

impl FurtherEducation {
    fn add_places(&self, effect: &mut EffectBuilder<'_>, programme: Programme, places_per_year: f64) {
        if places_per_year > 0.0 {
            effect.share_out(EXTRA_COURSE_PLACES, |region| (region, programme), places_per_year);
            effect.change(COURSE_PULL).of(programme).in_full().at_least(self.pull_ratio);
        }
    }

    fn pay_bursary(&self, effect: &mut EffectBuilder<'_>, programme: Programme) {
        let thousands = self.bursary_gbp_per_year / 1_000.0;
        let entry = 1.0 + self.entry_per_gbp_1000 * thousands;
        let leaving = (1.0 - self.staying_per_gbp_1000 * thousands).max(0.0);
        effect.change(BURSARY).of(programme).shift(self.bursary_gbp_per_year);
        effect.change(WITHDRAWAL).of(programme).scale(leaving);
        let (step, returner) = steps(programme);
        for choice in [CHOICE_AT_16, CHOICE_AFTER_LEVEL_2] {
            effect.change(choice).of(step).scale(entry);
        }
        effect.change(RETURN_TO_LEARNING).of(returner).scale(entry);
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
    use crate::domain::{AgeBand, AttainmentBand, Region};
    use crate::levers::testing::{ForEverybody, conditions_with, gain, ratio, world, young_women};
    use strum::VariantArray;

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
        let conditions = conditions_with(lever.effect_at(&world, 0.5, lever.common.from), &world);
        let added = |region, programme| gain(&conditions, &world, EXTRA_COURSE_PLACES, (Region(region), programme));
        assert!((added(0, Programme::FurtherLevel2) - 100.0).abs() < 1e-9);
        assert!((added(2, Programme::FurtherLevel3) - 50.0).abs() < 1e-9);
        assert!(added(0, Programme::HigherDegree).abs() < 1e-12);
        let own = conditions.met_by(|group| *group == young_women());
        assert!((own.get(COURSE_PULL, Programme::FurtherLevel3) - 2.0).abs() < 1e-12);
    }

    #[test]
    fn a_bursary_brings_people_and_keeps_them() {
        let world = world();
        let conditions = conditions_with(lever(0.0, 500.0).effect(&world, 1.0), &world);
        let chosen = |step| ratio(&conditions, &world, CHOICE_AT_16, (step, AttainmentBand::VARIANTS[0]));
        assert!((chosen(NextStep::FurtherLevel2) - 1.05).abs() < 1e-12);
        assert!((chosen(NextStep::SixthForm) - 1.0).abs() < 1e-12);
        let returner = (AgeBand::VARIANTS[1], Qualification::BelowLevel2);
        assert!((ratio(&conditions, &world, RETURN_TO_LEARNING, returner) - 1.05).abs() < 1e-12);
        assert!((ratio(&conditions, &world, WITHDRAWAL, Programme::FurtherLevel2) - 0.9).abs() < 1e-12);
        assert!((gain(&conditions, &world, BURSARY, Programme::FurtherLevel2) - 500.0).abs() < 1e-9);
    }
}
