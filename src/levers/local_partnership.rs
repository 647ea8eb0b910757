//! `local_partnership`: agencies that know young people who are NEET join, and fund support for them.

use super::common::Common;
use super::effect::{Effect, shares_by_youth};
use super::printer::Printer;
use super::table::Table;
use super::{Entry, Key, Lever};
use crate::calendar::Month;
use crate::conditions::{Condition, Offer, OfferKind, Operation};
use crate::domain::{Agency, Kind, Region};
use crate::world::World;
use strum::VariantArray;

/// The registry's line.
pub const ENTRY: Entry = Entry {
    name: "local_partnership",
    purpose: "joins agencies that know young people who are NEET, and funds wrap-around support",
    keys: &[
        Key { name: "agencies", unit: "names", meaning: "the agencies that join, two or more (needed)" },
        Key {
            name: "handover_loss",
            unit: "share",
            meaning: "people lost when one joined agency hands over to another; unchanged without it",
        },
        Key {
            name: "support_places",
            unit: "persons at a time",
            meaning: "further places over all the regions, split by young people; none without it",
        },
        Key {
            name: "unit_cost_gbp",
            unit: "GBP per place",
            meaning: "public cost of one period of this support, booked for all places, filled or not; the world's cost without it",
        },
    ],
    evidence: "21 voluntary-led Talent Match partnerships: about GBP 4,150 a person (derived), gross 46% got a job, no counterfactual; integrated youth services do better (Kluve et al. 2019); no UK evidence on the hand-over losses that joining saves",
    read: |table, world, start| LocalPartnership::read(table, world, start).map(Lever::LocalPartnership),
};

/// A partnership of agencies.
#[derive(Clone, Debug, PartialEq)]
pub struct LocalPartnership {
    /// When, where, for whom (the places; joining helps everybody), on what authority.
    pub common: Common,
    /// The agencies that join, in index order.
    pub agencies: Vec<Agency>,
    /// Share of people lost when one of them hands over to another, if it changes.
    pub handover_loss: Option<f64>,
    /// Places over all the regions at full strength (persons at a time).
    pub support_places: f64,
    /// Public cost of one period of support (GBP), if it is not the world's.
    pub unit_cost_gbp: Option<f64>,
}

impl LocalPartnership {
    fn read(table: &mut Table<'_>, world: &World, start: Month) -> Option<Self> {
        table.needs("agencies");
        let agencies = table.kinds::<Agency>("agencies", "an agency");
        if agencies.as_ref().is_some_and(|agencies| agencies.len() < 2) {
            table.note::<()>("agencies", "found one agency, expected two or more to join".to_owned(), None);
        }
        let handover_loss = table.number("handover_loss", 0.0..=1.0);
        let support_places = table.number("support_places", 0.0..=1e7).unwrap_or(0.0);
        let unit_cost_gbp = table.number("unit_cost_gbp", 0.0..=1e6);
        let common = Common::read(table, world, start);
        if let Some(loss) = handover_loss {
            check_loss(table, world, &common.regions(world), loss);
        }
        Some(Self { common, agencies: agencies?, handover_loss, support_places, unit_cost_gbp })
    }

    /// What it does in a month in which it has this strength.
    #[must_use]
    pub fn effect(&self, world: &World, strength: f64) -> Effect {
        let mut effect = Effect::default();
        let regions = self.common.regions(world);
        for (region, share) in regions.iter().zip(shares_by_youth(world, &regions)) {
            self.join(world, &mut effect, *region, strength);
            self.fund(world, &mut effect, *region, strength * self.support_places * share);
        }
        effect
    }

    /// Joined agencies lose fewer people between them, and the health agency brings what people with
    /// a health limitation need.
    ///
    /// A hand-over is between two agencies drawn in proportion to how many they reach. Those between
    /// two joined agencies lose `handover_loss`, the others what they lose today.
    fn join(&self, world: &World, effect: &mut Effect, region: Region, strength: f64) {
        let at = [region.index()];
        let today = loss_today(world, region);
        if let Some(loss) = self.handover_loss.filter(|_| today > 0.0) {
            let saved = self.share_between_joined(world, region) * (today - loss) / today;
            effect.edit(world, Condition::HandoverLoss, &at, Operation::Scale(1.0 - strength.min(1.0) * saved));
        }
        if self.agencies.contains(&Agency::Health) {
            let kept = world.baseline.get(Condition::SupportHealthDiscount, &at);
            effect.edit(
                world,
                Condition::SupportHealthDiscount,
                &at,
                Operation::Shift(strength.min(1.0) * (1.0 - kept)),
            );
        }
    }

    fn share_between_joined(&self, world: &World, region: Region) -> f64 {
        let pairs = |agencies: &[Agency]| {
            let reach: Vec<f64> = agencies
                .iter()
                .map(|agency| world.baseline.get(Condition::AgencyReach, &[region.index(), *agency as usize]))
                .collect();
            let (sum, squares) = (reach.iter().sum::<f64>(), reach.iter().map(|reach| reach * reach).sum::<f64>());
            sum * sum - squares
        };
        let (joined, all) = (pairs(&self.agencies), pairs(Agency::VARIANTS));
        if all > 0.0 { joined / all } else { 0.0 }
    }

    fn fund(&self, world: &World, effect: &mut Effect, region: Region, places: f64) {
        if self.common.group.is_everybody() {
            effect.edit(world, Condition::SupportPlaces, &[region.index()], Operation::Shift(places));
        } else {
            effect.offer(Offer { region, group: self.common.group.clone(), kind: OfferKind::Support(places) });
        }
        if let Some(unit_cost_gbp) = self.unit_cost_gbp {
            // Places are charged at the world's cost where they are counted; only the difference is booked here,
            // for places not filled as well.
            let charged = world.baseline.get(Condition::SupportUnitCost, &[]);
            let periods_per_month = 1.0 / world.baseline.get(Condition::SupportMonths, &[]);
            effect.book(region, places * (unit_cost_gbp - charged) * periods_per_month);
        }
    }

    /// Writes its own keys.
    pub fn print(&self, out: &mut Printer) {
        out.names("agencies", self.agencies.iter().map(|agency| agency.name()));
        if let Some(loss) = self.handover_loss {
            out.number("handover_loss", loss);
        }
        out.number("support_places", self.support_places);
        if let Some(unit_cost_gbp) = self.unit_cost_gbp {
            out.number("unit_cost_gbp", unit_cost_gbp);
        }
    }
}

/// Joining saves people: it never loses more of them than today.
fn check_loss(table: &mut Table<'_>, world: &World, regions: &[Region], loss: f64) {
    if let Some(region) = regions.iter().find(|region| loss > loss_today(world, **region)) {
        let (name, today) = (&world.regions[region.index()].name, loss_today(world, *region));
        table.note::<()>(
            "handover_loss",
            format!("found {loss}, expected no more than {today}, the loss in {name} today"),
            None,
        );
    }
}

fn loss_today(world: &World, region: Region) -> f64 {
    world.baseline.get(Condition::HandoverLoss, &[region.index()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::levers::tests::{common, conditions_with, world, young_women};

    fn partnership(agencies: &[Agency]) -> LocalPartnership {
        LocalPartnership {
            common: common(),
            agencies: agencies.to_vec(),
            handover_loss: Some(0.1),
            support_places: 0.0,
            unit_cost_gbp: None,
        }
    }

    fn loss(lever: &LocalPartnership, world: &World) -> f64 {
        conditions_with(lever.effect(world, 1.0), world).get(Condition::HandoverLoss, &[0])
    }

    #[test]
    fn when_all_agencies_join_every_hand_over_loses_the_new_share() {
        let world = world();
        assert!((loss(&partnership(Agency::VARIANTS), &world) - 0.1).abs() < 1e-12);
    }

    #[test]
    fn each_further_agency_saves_more_people() {
        let world = world();
        let losses: Vec<f64> = (2..=6).map(|count| loss(&partnership(&Agency::VARIANTS[..count]), &world)).collect();
        assert!(losses[0] < loss_today(&world, Region(0)));
        assert!(losses.is_sorted_by(|more, less| more > less));
    }

    #[test]
    fn people_with_a_health_limitation_get_the_full_effect_once_health_joins() {
        let world = world();
        let discount = |agencies: &[Agency]| {
            conditions_with(partnership(agencies).effect(&world, 1.0), &world)
                .get(Condition::SupportHealthDiscount, &[1])
        };
        assert!((discount(&[Agency::Education, Agency::Health]) - 1.0).abs() < 1e-12);
        assert!(discount(&[Agency::Education, Agency::Council]) < 0.5);
    }

    #[test]
    fn places_follow_young_people_and_only_dearer_ones_are_booked() {
        let world = world();
        let mut lever = partnership(&[Agency::Education, Agency::Council]);
        lever.support_places = 400.0;
        lever.unit_cost_gbp = Some(4_200.0);
        let conditions = conditions_with(lever.effect(&world, 1.0), &world);
        let added = conditions.get(Condition::SupportPlaces, &[0]) - world.baseline.get(Condition::SupportPlaces, &[0]);
        assert!((added - 200.0).abs() < 1e-9);
        // Each place is filled for six months at a time.
        assert!((conditions.booked_gbp[0] - 200.0 * 1_200.0 / 6.0).abs() < 1e-6);
    }

    #[test]
    fn places_for_a_target_group_are_offers() {
        let world = world();
        let mut lever = partnership(&[Agency::Education, Agency::Council]);
        lever.support_places = 400.0;
        lever.common.group = young_women();
        let effect = lever.effect(&world, 1.0);
        assert!(effect.edits().iter().all(|edit| edit.condition == Condition::HandoverLoss));
        assert_eq!(effect.offers()[0].kind, OfferKind::Support(200.0));
    }
}
