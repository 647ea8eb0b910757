//! `hiring_subsidy`: money for employers who hire somebody NEET from a target group.

use crate::conditions::jobs::{HIRING_SUBSIDY, HIRING_SUBSIDY_EXTRA_POSTS, SCORE_SUBSIDY};
use crate::levers::effect_builder::EffectBuilder;
use crate::levers::policy::Policy;
use crate::toml_tables::Key;

/// Money for employers who hire.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HiringSubsidy {
    /// Paid for each hire (GBP).
    pub subsidy_gbp_per_hire: f64,
    /// Score that each GBP 1,000 adds.
    pub standing_per_gbp_1000: f64,
    /// Share of subsidised hires for which no post is opened.
    pub deadweight: f64,
}

impl Policy for HiringSubsidy {
    const NAME: &'static str = "hiring_subsidy";
    const PURPOSE: &'static str =
        "pays employers who hire people who are NEET: raises their standing, and opens some extra posts";
    const EVIDENCE: &'static str = "Youth Contract 2012: up to GBP 2,275 a hire, little evidence that such payments work alone (Work and Pensions Committee 2012); effects low and costs high over many studies (Youth Futures Foundation); standing and deadweight have no UK estimate: assumptions; who is hired instead of whom follows from the ranking";
    const KEYS: &'static [Key<Self>] = &[
        Key::number("subsidy_gbp_per_hire", 0.0..=1e5, |own: &mut Self| &mut own.subsidy_gbp_per_hire)
            .means(
                "GBP per hire",
                "paid for everybody in the group who is hired from being NEET, also those who would have been",
            )
            .needed(),
        Key::number("standing_per_gbp_1000", 0.0..=10.0, |own: &mut Self| &mut own.standing_per_gbp_1000)
            .means("score per GBP 1,000", "what each GBP 1,000 adds to the score by which employers rank them")
            .or(0.1),
        Key::number("deadweight", 0.0..=1.0, |own: &mut Self| &mut own.deadweight)
            .means("share", "subsidised hires for which no post is opened that would not be there anyway")
            .or(0.9),
    ];

    fn act(&self, effect: &mut EffectBuilder<'_>) {
        if self.subsidy_gbp_per_hire <= 0.0 {
            return;
        }
        effect.change(HIRING_SUBSIDY).shift(self.subsidy_gbp_per_hire);
        let standing = self.standing_per_gbp_1000 * self.subsidy_gbp_per_hire / 1_000.0;
        effect.change(SCORE_SUBSIDY).shift(standing);
        effect.change(HIRING_SUBSIDY_EXTRA_POSTS).at_least(1.0 - self.deadweight);
    }

    #[cfg(test)]
    fn example(size: f64) -> Self {
        tests::subsidy(1_000.0 * size)
    }

    #[cfg(test)]
    fn supply(conditions: &crate::conditions::Conditions) -> f64 {
        conditions.get(SCORE_SUBSIDY, ())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::levers::testing::{ForEverybody, conditions_with, gain, world, young_women};

    pub(super) fn subsidy(gbp: f64) -> HiringSubsidy {
        HiringSubsidy { subsidy_gbp_per_hire: gbp, standing_per_gbp_1000: 0.2, deadweight: 0.4 }
    }

    #[test]
    fn two_subsidies_add_up_but_their_extra_posts_do_not() {
        let world = world();
        let mut both = subsidy(1_500.0).effect(&world, 1.0);
        both.append(subsidy(500.0).effect(&world, 1.0));
        let conditions = conditions_with(both, &world);
        let gain = |condition| gain(&conditions, &world, condition, ());
        assert!((gain(HIRING_SUBSIDY) - 2_000.0).abs() < 1e-9);
        assert!((gain(SCORE_SUBSIDY) - 0.4).abs() < 1e-12);
        assert!((conditions.get(HIRING_SUBSIDY_EXTRA_POSTS, ()) - 0.6).abs() < 1e-12);
    }

    #[test]
    fn a_target_group_alone_is_subsidised() {
        let world = world();
        let mut lever = subsidy(1_000.0).lever();
        lever.common.group = young_women();
        let conditions = conditions_with(lever.effect_at(&world, 1.0, lever.common.from), &world);
        assert_eq!(conditions.values(), world.baseline.values());
        let own = conditions.met_by(|group| *group == young_women());
        assert!(own.get(HIRING_SUBSIDY, ()) > world.baseline.get(HIRING_SUBSIDY, ()));
    }
}
