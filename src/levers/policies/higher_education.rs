//! `higher_education`: more places in higher education, and grants: the traditional route, for contrast.

use crate::conditions::education::{BURSARY, COURSE_PULL, EXTRA_COURSE_PLACES, WITHDRAWAL};
use crate::domain::Programme;
use crate::levers::effect_builder::EffectBuilder;
use crate::levers::policy::Policy;
use crate::toml_tables::Key;

/// Places and grants in higher education.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HigherEducation {
    /// Further starts over all the regions (a year).
    pub places_per_year: f64,
    /// How much more often the group chooses higher education when there are such places.
    pub pull_ratio: f64,
    /// Grant (GBP a year).
    pub grant_gbp_per_year: f64,
    /// Fall of early leaving per GBP 1,000 of it.
    pub staying_per_gbp_1000: f64,
}

impl Policy for HigherEducation {
    const NAME: &'static str = "higher_education";
    const PURPOSE: &'static str =
        "adds places in higher education for people who would otherwise not go, and pays grants";
    const EVIDENCE: &'static str = "one in five graduates would have been better off without their degree (IFS 2020), and about a third of recent graduates work in non-graduate jobs (Resolution Foundation 2017); how much marginal entrants gain follows from the queue for jobs; pull and staying have no estimate: assumptions";
    const KEYS: &'static [Key<Self>] = &[
        Key::number("places_per_year", 0.0..=1e7, |own: &mut Self| &mut own.places_per_year)
            .means("starts a year", "further starts over all the regions people come from, split by young people")
            .otherwise("none"),
        Key::number("pull_ratio", 1.0..=100.0, |own: &mut Self| &mut own.pull_ratio)
            .means("ratio", "how much more often the group chooses higher education when there are such places")
            .or(1.5),
        Key::number("grant_gbp_per_year", 0.0..=1e5, |own: &mut Self| &mut own.grant_gbp_per_year)
            .means("GBP a year", "paid to everybody in the group who starts, for each year of the course")
            .otherwise("none"),
        Key::number("staying_per_gbp_1000", 0.0..=1.0, |own: &mut Self| &mut own.staying_per_gbp_1000)
            .means("ratio per GBP 1,000", "fall of leaving early for each GBP 1,000 of grant")
            .or(0.05),
    ];
    const NEEDS_ONE_OF: &'static [&'static str] = &["places_per_year", "grant_gbp_per_year"];

    fn act(&self, effect: &mut EffectBuilder<'_>) {
        if self.places_per_year > 0.0 {
            let degree = Programme::HigherDegree;
            effect.share_out(EXTRA_COURSE_PLACES, |region| (region, degree), self.places_per_year);
            effect.change(COURSE_PULL).of(degree).in_full().at_least(self.pull_ratio);
        }
        let leaving = (1.0 - self.staying_per_gbp_1000 * self.grant_gbp_per_year / 1_000.0).max(0.0);
        for programme in [Programme::HigherShort, Programme::HigherDegree] {
            effect.change(BURSARY).of(programme).shift(self.grant_gbp_per_year);
            effect.change(WITHDRAWAL).of(programme).scale(leaving);
        }
    }

    #[cfg(test)]
    fn example(size: f64) -> Self {
        Self {
            places_per_year: 300.0 * size,
            pull_ratio: 1.5,
            grant_gbp_per_year: 1_000.0 * size,
            staying_per_gbp_1000: 0.1,
        }
    }

    #[cfg(test)]
    fn supply(conditions: &crate::conditions::Conditions) -> f64 {
        conditions.table(EXTRA_COURSE_PLACES).iter().sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Region;
    use crate::levers::testing::{ForEverybody, conditions_with, gain, ratio, world};

    #[test]
    fn places_and_the_pull_to_them_are_in_higher_education_alone() {
        let world = world();
        let conditions = conditions_with(HigherEducation::example(1.0).effect(&world, 1.0), &world);
        let added = |programme| gain(&conditions, &world, EXTRA_COURSE_PLACES, (Region(0), programme));
        assert!((added(Programme::HigherDegree) - 150.0).abs() < 1e-9);
        assert!(added(Programme::FurtherLevel3).abs() < 1e-12);
        assert!(gain(&conditions, &world, COURSE_PULL, Programme::HigherDegree) > 0.0);
        assert!((ratio(&conditions, &world, WITHDRAWAL, Programme::HigherShort) - 0.9).abs() < 1e-12);
    }
}
