//! `relocation_support`: money for people who are NEET and move to another region, with or without an offer.

use super::common::Common;
use super::effect::Effect;
use super::work::Work;
use super::{Entry, Key, Lever, Policy};
use crate::calendar::Month;
use crate::conditions::{Condition, Group, Operation};
use crate::toml_tables::{Printer, TableReader};
use crate::world::World;

/// The registry's line.
pub const ENTRY: Entry = Entry {
    name: "relocation_support",
    purpose: "pays people who are NEET to move to another region, with an offer in hand or without one",
    keys: &[
        Key {
            name: "with_offer_grant_gbp",
            unit: "GBP per move",
            meaning: "grant to everybody in the group who is hired in another region; none without it",
        },
        Key {
            name: "far_applications_per_gbp_1000",
            unit: "ratio per GBP 1,000",
            meaning: "rise of applications to other regions for each GBP 1,000 of that grant; 0.25 without it",
        },
        Key {
            name: "without_offer_grant_gbp",
            unit: "GBP per move",
            meaning: "grant to everybody in the group who moves without an offer; none without it",
        },
        Key {
            name: "moves_per_gbp_1000",
            unit: "ratio per GBP 1,000",
            meaning: "rise of moves without an offer for each GBP 1,000 of that grant; 0.25 without it",
        },
        Key {
            name: "local_search_ratio",
            unit: "ratio",
            meaning: "ratio on all applications of those whom the grant without an offer makes look elsewhere; 0.9 without it",
        },
    ],
    evidence: "with an offer: takers had higher pay and more stable jobs (Caliendo, Künn and Mahlstedt 2017, Germany); promoted to all unemployed: wider search, but less work and lower earnings (the same authors, 2022), here 0.9; how many more move for GBP 1,000 has no UK estimate: assumption",
    read: |table, world, start| RelocationSupport::read(table, world, start).map(Lever::RelocationSupport),
};

/// Grants for moving.
#[derive(Clone, Debug, PartialEq)]
pub struct RelocationSupport {
    /// When, where people move from, who, on what authority.
    pub common: Common,
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

impl RelocationSupport {
    fn read(table: &mut TableReader<'_>, world: &World, start: Month) -> Option<Self> {
        table.needs_one_of(&["with_offer_grant_gbp", "without_offer_grant_gbp"]);
        let with_offer = table.number("with_offer_grant_gbp", 0.0..=1e5);
        let applications = table.number("far_applications_per_gbp_1000", 0.0..=10.0);
        let without_offer = table.number("without_offer_grant_gbp", 0.0..=1e5);
        let moves = table.number("moves_per_gbp_1000", 0.0..=10.0);
        let search = table.number("local_search_ratio", 0.0..=1.0);
        Some(Self {
            common: Common::read(table, world, start),
            with_offer_grant_gbp: with_offer.unwrap_or(0.0),
            far_applications_per_gbp_1000: applications.unwrap_or(0.25),
            without_offer_grant_gbp: without_offer.unwrap_or(0.0),
            moves_per_gbp_1000: moves.unwrap_or(0.25),
            local_search_ratio: search.unwrap_or(0.9),
        })
    }
}

impl Policy for RelocationSupport {
    fn common(&self) -> &Common {
        &self.common
    }

    fn effect(&self, world: &World, strength: f64) -> Effect {
        let mut work = Work::new(world, &self.common, strength);
        // People in work search elsewhere too, but have no grant.
        let least_months_neet = self.common.group.least_months_neet.max(1);
        let neet = Group { least_months_neet, ..self.common.group.clone() };
        let mut change = |condition, of: &[Option<usize>], operation| work.change_for(&neet, condition, of, operation);
        if self.with_offer_grant_gbp > 0.0 {
            let rise = self.far_applications_per_gbp_1000 * self.with_offer_grant_gbp / 1_000.0;
            change(Condition::MovingGrantWithOffer, &[], Operation::Shift(self.with_offer_grant_gbp));
            change(Condition::SearchFar, &[None], Operation::Scale(1.0 + rise));
        }
        if self.without_offer_grant_gbp > 0.0 {
            let rise = self.moves_per_gbp_1000 * self.without_offer_grant_gbp / 1_000.0;
            change(Condition::MovingGrantWithoutOffer, &[], Operation::Shift(self.without_offer_grant_gbp));
            change(Condition::MoveHazard, &[None], Operation::Scale(1.0 + rise));
            change(Condition::SearchIntensity, &[None], Operation::Scale(self.local_search_ratio));
        }
        work.done()
    }

    fn print(&self, _world: &World, out: &mut Printer) {
        out.number("with_offer_grant_gbp", self.with_offer_grant_gbp);
        out.number("far_applications_per_gbp_1000", self.far_applications_per_gbp_1000);
        out.number("without_offer_grant_gbp", self.without_offer_grant_gbp);
        out.number("moves_per_gbp_1000", self.moves_per_gbp_1000);
        out.number("local_search_ratio", self.local_search_ratio);
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::conditions::Conditions;
    use crate::levers::tests::{common, conditions_with, world};

    fn support(with_offer: f64, without_offer: f64) -> RelocationSupport {
        RelocationSupport {
            common: common(),
            with_offer_grant_gbp: with_offer,
            far_applications_per_gbp_1000: 0.25,
            without_offer_grant_gbp: without_offer,
            moves_per_gbp_1000: 0.5,
            local_search_ratio: 0.9,
        }
    }

    pub(crate) fn example(size: f64) -> Lever {
        Lever::RelocationSupport(support(1_000.0 * size, 500.0 * size))
    }

    pub(crate) fn supply(conditions: &Conditions) -> f64 {
        let grants = [Condition::MovingGrantWithOffer, Condition::MovingGrantWithoutOffer];
        grants.iter().map(|condition| conditions.get(*condition, &[])).sum()
    }

    /// The ratio of a number that people who are NEET meet to the baseline's.
    fn ratio(lever: &RelocationSupport, condition: Condition, at: &[usize]) -> f64 {
        let world = world();
        let own = conditions_with(lever.effect(&world, 1.0), &world).met_by(|group| group.least_months_neet == 1);
        own.get(condition, at) / world.baseline.get(condition, at)
    }

    #[test]
    fn an_offer_in_hand_widens_search_and_costs_no_local_effort() {
        let lever = support(2_000.0, 0.0);
        assert!((ratio(&lever, Condition::SearchFar, &[1]) - 1.5).abs() < 1e-12);
        assert!((ratio(&lever, Condition::SearchIntensity, &[0]) - 1.0).abs() < 1e-12);
        assert!((ratio(&lever, Condition::MoveHazard, &[0]) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn without_an_offer_more_move_and_search_falls() {
        let lever = support(0.0, 2_000.0);
        assert!((ratio(&lever, Condition::SearchFar, &[1]) - 1.0).abs() < 1e-12);
        assert!((ratio(&lever, Condition::SearchIntensity, &[0]) - 0.9).abs() < 1e-12);
        assert!((ratio(&lever, Condition::MoveHazard, &[0]) - 2.0).abs() < 1e-12);
    }
}
