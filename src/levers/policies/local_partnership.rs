//! `local_partnership`: agencies that know young people who are NEET join, and fund support for them.

use crate::conditions::OfferKind;
use crate::conditions::support::{
    AGENCY_REACH, HANDOVER_LOSS, RESERVED_POSTS, SUPPORT_FADE_MONTHS, SUPPORT_HEALTH_DISCOUNT, SUPPORT_UNIT_COST,
};
use crate::domain::{Agency, Region};
use crate::levers::common::Common;
use crate::levers::effect_builder::EffectBuilder;
use crate::levers::policy::{Policy, SetNumber};
use crate::toml_tables::{Key, TableReader};
use crate::world::World;
use strum::VariantArray;

/// A partnership of agencies.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LocalPartnership {
    /// The agencies that join, in index order.
    pub agencies: Vec<Agency>,
    /// Share of people lost when one of them hands over to another, if it changes.
    pub handover_loss: Option<f64>,
    /// Share of those whom each of them misses today that it finds now.
    pub outreach: f64,
    /// Funded places over all the regions at full strength (persons at a time).
    pub support_places: f64,
    /// People supported for each funded place.
    pub caseload_ratio: f64,
    /// Vacancies that employers keep for people on support, over all the regions (posts a year).
    pub reserved_posts_per_year: f64,
    /// Months over which the effect of support fades after it, if longer than the world's.
    pub effect_fade_months: Option<f64>,
    /// Public cost of one period of support in a funded place (GBP), if it is not the world's.
    pub unit_cost_gbp: Option<f64>,
}

impl Policy for LocalPartnership {
    const NAME: &'static str = "local_partnership";
    const PURPOSE: &'static str = "joins agencies that know young people who are NEET, and funds wrap-around support";
    const EVIDENCE: &'static str = "21 voluntary-led Talent Match partnerships: about GBP 4,150 a person (derived), gross 46% got a job, no counterfactual; integrated youth services do better (Kluve et al. 2019); no UK evidence on the hand-over losses that joining saves, on outreach, caseloads or posts kept by employers: assumptions";
    const KEYS: &'static [Key<Self>] = &[
        Key::names("agencies", "an agency", |own: &mut Self| &mut own.agencies)
            .means("names", "the agencies that join, two or more")
            .needed(),
        Key::number_or_none("handover_loss", 0.0..=1.0, |own: &mut Self| &mut own.handover_loss)
            .means("share", "people lost when one joined agency hands over to another")
            .otherwise("unchanged"),
        Key::number("outreach", 0.0..=1.0, |own: &mut Self| &mut own.outreach)
            .means("share", "people whom each joined agency misses today and finds now")
            .otherwise("none"),
        Key::number("support_places", 0.0..=1e7, |own: &mut Self| &mut own.support_places)
            .means("persons at a time", "further funded places over all the regions, split by young people")
            .otherwise("none"),
        Key::number("caseload_ratio", 1.0..=100.0, |own: &mut Self| &mut own.caseload_ratio)
            .means("ratio", "people supported for each funded place: what support does is spread over them")
            .or(1.0),
        Key::number("reserved_posts_per_year", 0.0..=1e7, |own: &mut Self| &mut own.reserved_posts_per_year)
            .means(
                "posts a year",
                "vacancies in working-class jobs over all the regions that employers keep for people on support",
            )
            .otherwise("none"),
        Key::number_or_none("effect_fade_months", 1.0..=120.0, |own: &mut Self| &mut own.effect_fade_months)
            .means("months", "months over which the effect of support fades after it there, if longer")
            .otherwise("the world's"),
        Key::number_or_none("unit_cost_gbp", 0.0..=1e6, |own: &mut Self| &mut own.unit_cost_gbp)
            .means("GBP per place", "public cost of one period of support in a funded place, charged when it is filled")
            .otherwise("the world's"),
    ];

    fn check(&self, common: &Common, world: &World, table: &mut TableReader<'_>) {
        if self.agencies.len() == 1 {
            table.note("agencies", "found one agency, expected two or more to join".to_owned(), None);
        }
        let is_read = !self.agencies.is_empty();
        if self.reserved_posts_per_year > 0.0 && is_read && !self.agencies.contains(&Agency::Employers) {
            let message = "found posts kept by employers, expected \"employers\" among the agencies".to_owned();
            table.note("reserved_posts_per_year", message, None);
        }
        if let Some(loss) = self.handover_loss {
            check_loss(table, world, &common.regions(world), loss);
        }
    }

    fn act(&self, effect: &mut EffectBuilder<'_>) {
        self.join(effect);
        self.hand_over(effect);
        self.fund(effect);
        effect.share_out(RESERVED_POSTS, |region| region, self.reserved_posts_per_year);
    }

    fn sets(&self, common: &Common, world: &World) -> Vec<SetNumber> {
        let regions = common.regions(world).into_iter().filter(|_| self.handover_loss.is_some());
        regions.map(|region| ("handover_loss", HANDOVER_LOSS.any(), vec![region.index()])).collect()
    }

    fn idle_keys(&self, _common: &Common) -> Vec<(&'static str, &'static str)> {
        let is_idle = self.support_places <= 0.0;
        let keys = [("caseload_ratio", self.caseload_ratio > 1.0), ("unit_cost_gbp", self.unit_cost_gbp.is_some())];
        let idle = keys.into_iter().filter(|(_, is_typed)| is_idle && *is_typed);
        idle.map(|(key, _)| (key, "`support_places`")).collect()
    }

    #[cfg(test)]
    fn example(size: f64) -> Self {
        Self {
            handover_loss: (size > 0.0).then_some(0.1 / size.max(1.0)),
            outreach: 0.2 * size,
            support_places: 70.0 * size,
            caseload_ratio: 1.2,
            reserved_posts_per_year: 30.0 * size,
            effect_fade_months: (size > 0.0).then_some(12.0 + 8.0 * size),
            unit_cost_gbp: Some(2_000.0),
            ..tests::partnership(&[Agency::Education, Agency::Employers])
        }
    }

    #[cfg(test)]
    fn supply(conditions: &crate::conditions::Conditions) -> f64 {
        conditions.offers.iter().map(|offer| offer.places).sum()
    }
}

impl LocalPartnership {
    /// Joined agencies find more people, and the health agency brings what people with a health
    /// limitation need. Two partnerships in one place do not add up: each brings numbers to a value.
    fn join(&self, effect: &mut EffectBuilder<'_>) {
        let world = effect.world();
        for agency in self.agencies.iter().filter(|_| self.outreach > 0.0) {
            for region in effect.regions() {
                let known = world.baseline.get(AGENCY_REACH, (region, *agency));
                let found = known + self.outreach * (1.0 - known);
                let reach = effect.change(AGENCY_REACH).of(*agency);
                reach.in_region(region).for_everybody().at_least(found);
            }
        }
        if self.agencies.contains(&Agency::Health) {
            effect.change(SUPPORT_HEALTH_DISCOUNT).for_everybody().at_least(1.0);
        }
        if let Some(months) = self.effect_fade_months {
            effect.change(SUPPORT_FADE_MONTHS).for_everybody().at_least(months);
        }
    }

    /// Joined agencies lose fewer people between them.
    ///
    /// A hand-over is between two agencies drawn in proportion to how many they reach. Those between
    /// two joined agencies lose `handover_loss`, the others what they lose today.
    fn hand_over(&self, effect: &mut EffectBuilder<'_>) {
        let (Some(loss), world) = (self.handover_loss, effect.world()) else { return };
        for region in effect.regions() {
            let today = loss_today(world, region);
            let saved =
                if today > 0.0 { self.share_between_joined(world, region) * (today - loss) / today } else { 0.0 };
            let lost = effect.change(HANDOVER_LOSS).in_region(region).for_everybody();
            lost.no_further().scale(1.0 - saved);
        }
    }

    fn share_between_joined(&self, world: &World, region: Region) -> f64 {
        let pairs = |agencies: &[Agency]| {
            let reach: Vec<f64> =
                agencies.iter().map(|agency| world.baseline.get(AGENCY_REACH, (region, *agency))).collect();
            let (sum, squares) = (reach.iter().sum::<f64>(), reach.iter().map(|reach| reach * reach).sum::<f64>());
            sum * sum - squares
        };
        let (joined, all) = (pairs(&self.agencies), pairs(Agency::VARIANTS));
        if all > 0.0 { joined / all } else { 0.0 }
    }

    /// Funded places, the larger caseload they carry, and how far that spreads what support does.
    fn fund(&self, effect: &mut EffectBuilder<'_>) {
        let (world, group) = (effect.world(), effect.group());
        let charged = || world.baseline.get(SUPPORT_UNIT_COST, ());
        let stretched = self.caseload_ratio > 1.0;
        let unit_cost_gbp = (stretched || self.unit_cost_gbp.is_some())
            .then(|| self.unit_cost_gbp.unwrap_or_else(charged) / self.caseload_ratio);
        let people = self.support_places * self.caseload_ratio;
        effect.offer(group, OfferKind::Support, people, unit_cost_gbp);
        for (region, share) in effect.shares() {
            let places = effect.strength() * self.support_places * share;
            effect.worked_out().carry(region, places, places * self.caseload_ratio);
        }
    }
}

/// Joining saves people: it never loses more of them than today.
fn check_loss(table: &mut TableReader<'_>, world: &World, regions: &[Region], loss: f64) {
    if let Some(region) = regions.iter().find(|region| loss > loss_today(world, **region)) {
        let (name, today) = (&world.regions[region.index()].name, loss_today(world, *region));
        table.note(
            "handover_loss",
            format!("found {loss}, expected no more than {today}, the loss in {name} today"),
            None,
        );
    }
}

fn loss_today(world: &World, region: Region) -> f64 {
    world.baseline.get(HANDOVER_LOSS, region)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conditions::Conditions;
    use crate::conditions::support::{SUPPORT_PLACES, SUPPORT_QUALITY};
    use crate::levers::testing::{ForEverybody, conditions_with, world, young_women};

    pub(crate) fn partnership(agencies: &[Agency]) -> LocalPartnership {
        LocalPartnership {
            agencies: agencies.to_vec(),
            handover_loss: Some(0.1),
            outreach: 0.0,
            support_places: 0.0,
            caseload_ratio: 1.0,
            reserved_posts_per_year: 0.0,
            effect_fade_months: None,
            unit_cost_gbp: None,
        }
    }

    fn loss(lever: &LocalPartnership, world: &World) -> f64 {
        conditions_with(lever.effect(world, 1.0), world).get(HANDOVER_LOSS, Region(0))
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

    fn health_discount(effect: crate::levers::Effect, world: &World) -> f64 {
        conditions_with(effect, world).get(SUPPORT_HEALTH_DISCOUNT, Region(1))
    }

    #[test]
    fn people_with_a_health_limitation_get_the_full_effect_once_health_joins() {
        let world = world();
        let discount = |agencies: &[Agency]| health_discount(partnership(agencies).effect(&world, 1.0), &world);
        assert!((discount(&[Agency::Education, Agency::Health]) - 1.0).abs() < 1e-12);
        assert!(discount(&[Agency::Education, Agency::Council]) < 0.5);
    }

    #[test]
    fn two_partnerships_in_their_ramps_do_not_add_up_what_health_brings() {
        let world = world();
        let lever = partnership(&[Agency::Education, Agency::Health]);
        let one = health_discount(lever.effect(&world, 0.5), &world);
        let mut both = lever.effect(&world, 0.5);
        both.append(lever.effect(&world, 0.25));
        assert!((health_discount(both, &world) - one).abs() < 1e-12);
    }

    #[test]
    fn outreach_finds_that_share_of_those_whom_a_joined_agency_misses() {
        let world = world();
        let lever = LocalPartnership { outreach: 0.5, ..partnership(&[Agency::Education, Agency::Council]) };
        let conditions = conditions_with(lever.effect(&world, 1.0), &world);
        let reach = |conditions: &Conditions, agency: Agency| conditions.get(AGENCY_REACH, (Region(2), agency));
        let today = reach(&world.baseline, Agency::Council);
        assert!((reach(&conditions, Agency::Council) - (today + 0.5 * (1.0 - today))).abs() < 1e-12);
        assert!((reach(&conditions, Agency::Health) - reach(&world.baseline, Agency::Health)).abs() < 1e-12);
    }

    #[test]
    fn places_follow_young_people_and_are_charged_when_filled() {
        let world = world();
        let mut lever = partnership(&[Agency::Education, Agency::Council]);
        lever.support_places = 400.0;
        lever.unit_cost_gbp = Some(4_200.0);
        let effect = lever.effect(&world, 1.0);
        assert!((effect.offers()[0].places - 200.0).abs() < 1e-9 && effect.offers()[0].kind == OfferKind::Support);
        assert_eq!(effect.offers()[0].unit_cost_gbp, Some(4_200.0));
        assert!(effect.booked().is_empty());
    }

    #[test]
    fn a_larger_caseload_costs_no_more_and_spreads_what_support_does() {
        let mut world = world();
        let range = world.baseline.layout().range(SUPPORT_PLACES);
        world.baseline.values_mut()[range].fill(100.0);
        let mut lever = partnership(&[Agency::Education, Agency::Council]);
        (lever.support_places, lever.caseload_ratio) = (400.0, 1.5);
        let conditions = conditions_with(lever.effect(&world, 1.0), &world);
        // 200 funded places in the first region carry 300 people at GBP 3,000 / 1.5 each, beside 100 today.
        assert!((conditions.offers[0].places - 300.0).abs() < 1e-9);
        assert_eq!(conditions.offers[0].unit_cost_gbp, Some(2_000.0));
        let quality = |conditions: &Conditions| conditions.get(SUPPORT_QUALITY, Region(0));
        assert!((quality(&conditions) / quality(&world.baseline) - 300.0 / 400.0).abs() < 1e-12);
        // Two of half the places share the caseload as one does, and one that carries one person a place thins it less.
        let half = LocalPartnership { support_places: 200.0, ..lever.clone() };
        let together = |one: &LocalPartnership, other: &LocalPartnership| {
            let mut both = one.effect(&world, 1.0);
            both.append(other.effect(&world, 1.0));
            quality(&conditions_with(both, &world)) / quality(&world.baseline)
        };
        assert!((together(&half, &half) - 300.0 / 400.0).abs() < 1e-12);
        let usual = LocalPartnership { caseload_ratio: 1.0, ..half.clone() };
        assert!((together(&half, &usual) - 300.0 / 350.0).abs() < 1e-12);
        assert_eq!(together(&half, &usual).to_bits(), together(&usual, &half).to_bits());
    }

    #[test]
    fn places_for_a_target_group_are_for_them_alone() {
        let world = world();
        let agencies = &[Agency::Education, Agency::Council];
        let mut lever = LocalPartnership { support_places: 400.0, ..partnership(agencies) }.lever();
        lever.common.group = young_women();
        let effect = lever.effect_at(&world, 1.0, lever.common.from);
        assert!(effect.edits().iter().all(|edit| edit.condition == HANDOVER_LOSS.any()));
        assert!(effect.offers().iter().all(|offer| offer.group == young_women()));
    }
}
