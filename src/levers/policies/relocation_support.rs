//! `relocation_support`: money for people who are NEET and move to another region, with or without an offer.

use crate::conditions::Group;
use crate::conditions::jobs::{SEARCH_FAR, SEARCH_INTENSITY};
use crate::conditions::places::{MOVE_HAZARD, MOVING_GRANT_WITH_OFFER, MOVING_GRANT_WITHOUT_OFFER};
use crate::levers::effect_builder::EffectBuilder;
use crate::levers::policy::Policy;
use crate::toml_tables::Key;

/// Grants for moving.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RelocationSupport {
    /// Grant to people hired in another region (GBP per move).
    pub with_offer_grant_gbp: f64,
    /// Rise of applications to other regions per GBP 1,000 of it.
    pub far_applications_per_gbp_1000: f64,
    /// Grant to people who move without an offer (GBP per move).
    pub without_offer_grant_gbp: f64,
    /// Rise of moves without an offer per GBP 1,000 of it.
    pub moves_per_gbp_1000: f64,
    /// Ratio on all applications where moves without an offer are promoted.
    pub local_search_ratio: f64,
}

impl Policy for RelocationSupport {
    const NAME: &'static str = "relocation_support";
    const PURPOSE: &'static str =
        "pays people who are NEET to move to another region, with an offer in hand or without one";
    const EVIDENCE: &'static str = "with an offer: takers had higher pay and more stable jobs (Caliendo, Künn and Mahlstedt 2017, Germany); promoted to all unemployed: wider search, but less work and lower earnings (the same authors, 2022), here 0.9; how many more move for GBP 1,000 has no UK estimate: assumption";
    const KEYS: &'static [Key<Self>] = &[
        Key::number("with_offer_grant_gbp", 0.0..=1e5, |own: &mut Self| &mut own.with_offer_grant_gbp)
            .means("GBP per move", "grant to everybody in the group who is hired in another region")
            .otherwise("none"),
        Key::number("far_applications_per_gbp_1000", 0.0..=10.0, |own: &mut Self| {
            &mut own.far_applications_per_gbp_1000
        })
        .means("ratio per GBP 1,000", "rise of applications to other regions for each GBP 1,000 of that grant")
        .or(0.25),
        Key::number("without_offer_grant_gbp", 0.0..=1e5, |own: &mut Self| &mut own.without_offer_grant_gbp)
            .means("GBP per move", "grant to everybody in the group who moves without an offer")
            .otherwise("none"),
        Key::number("moves_per_gbp_1000", 0.0..=10.0, |own: &mut Self| &mut own.moves_per_gbp_1000)
            .means("ratio per GBP 1,000", "rise of moves without an offer for each GBP 1,000 of that grant")
            .or(0.25),
        Key::number("local_search_ratio", 0.0..=1.0, |own: &mut Self| &mut own.local_search_ratio)
            .means("ratio", "ratio on all applications of those whom the grant without an offer makes look elsewhere")
            .or(0.9),
    ];
    const NEEDS_ONE_OF: &'static [&'static str] = &["with_offer_grant_gbp", "without_offer_grant_gbp"];

    fn act(&self, effect: &mut EffectBuilder<'_>) {
        // People in work search elsewhere too, but have no grant.
        let least_months_neet = effect.group().least_months_neet.max(1);
        let neet = Group { least_months_neet, ..effect.group().clone() };
        if self.with_offer_grant_gbp > 0.0 {
            let rise = self.far_applications_per_gbp_1000 * self.with_offer_grant_gbp / 1_000.0;
            effect.change(MOVING_GRANT_WITH_OFFER).for_group(&neet).shift(self.with_offer_grant_gbp);
            effect.change(SEARCH_FAR).for_group(&neet).scale(1.0 + rise);
        }
        if self.without_offer_grant_gbp > 0.0 {
            let rise = self.moves_per_gbp_1000 * self.without_offer_grant_gbp / 1_000.0;
            effect.change(MOVING_GRANT_WITHOUT_OFFER).for_group(&neet).shift(self.without_offer_grant_gbp);
            effect.change(MOVE_HAZARD).for_group(&neet).scale(1.0 + rise);
            effect.change(SEARCH_INTENSITY).for_group(&neet).scale(self.local_search_ratio);
        }
    }

    #[cfg(test)]
    fn example(size: f64) -> Self {
        tests::support(1_000.0 * size, 500.0 * size)
    }

    #[cfg(test)]
    fn supply(conditions: &crate::conditions::Conditions) -> f64 {
        let grants = [MOVING_GRANT_WITH_OFFER, MOVING_GRANT_WITHOUT_OFFER];
        grants.iter().map(|condition| conditions.get(*condition, ())).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conditions::Condition;
    use crate::domain::{AgeBand, Qualification, Seeker};
    use crate::levers::testing::{ForEverybody, conditions_with, ratio, world};
    use strum::VariantArray;

    pub(super) fn support(with_offer: f64, without_offer: f64) -> RelocationSupport {
        RelocationSupport {
            with_offer_grant_gbp: with_offer,
            far_applications_per_gbp_1000: 0.25,
            without_offer_grant_gbp: without_offer,
            moves_per_gbp_1000: 0.5,
            local_search_ratio: 0.9,
        }
    }

    /// The ratio of a number that people who are NEET meet to the baseline's.
    fn met<K: crate::conditions::TableKey>(lever: &RelocationSupport, condition: Condition<K>, key: K) -> f64 {
        let world = world();
        let own = conditions_with(lever.effect(&world, 1.0), &world).met_by(|group| group.least_months_neet == 1);
        ratio(&own, &world, condition, key)
    }

    #[test]
    fn an_offer_in_hand_widens_search_and_costs_no_local_effort() {
        let lever = support(2_000.0, 0.0);
        assert!((met(&lever, SEARCH_FAR, Qualification::VARIANTS[1]) - 1.5).abs() < 1e-12);
        assert!((met(&lever, SEARCH_INTENSITY, Seeker::Unemployed) - 1.0).abs() < 1e-12);
        assert!((met(&lever, MOVE_HAZARD, AgeBand::VARIANTS[0]) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn without_an_offer_more_move_and_search_falls() {
        let lever = support(0.0, 2_000.0);
        assert!((met(&lever, SEARCH_FAR, Qualification::VARIANTS[1]) - 1.0).abs() < 1e-12);
        assert!((met(&lever, SEARCH_INTENSITY, Seeker::Unemployed) - 0.9).abs() < 1e-12);
        assert!((met(&lever, MOVE_HAZARD, AgeBand::VARIANTS[0]) - 2.0).abs() < 1e-12);
    }
}
