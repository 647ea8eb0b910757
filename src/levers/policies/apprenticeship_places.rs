//! `apprenticeship_places`: funds further apprenticeship places at chosen levels.

use crate::conditions::apprenticeships::{APPRENTICESHIP_DISPLACEMENT, APPRENTICESHIP_PLACES};
use crate::conditions::{Offer, OfferKind, Operation, PricedPlaces};
use crate::domain::{Funding, Level, Region};
use crate::levers::common::Common;
use crate::levers::effect_builder::EffectBuilder;
use crate::levers::policy::{Policy, SetNumber};
use crate::levers::young_people::{shares, shares_by_youth};
use crate::toml_tables::{Key, TableReader};
use crate::world::World;

/// Further apprenticeship places.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ApprenticeshipPlaces {
    /// The levels, in index order.
    pub levels: Vec<Level>,
    /// The age group they are funded for; a target group has its own ages instead.
    pub funding: Funding,
    /// Places over all the regions and levels at full strength (starts a year).
    pub places_per_year: f64,
    /// Share of places beyond the baseline that replace ordinary posts, if it changes.
    pub displacement: Option<f64>,
    /// Public cost of one start (GBP), if it is not the world's.
    pub unit_cost_gbp: Option<f64>,
}

impl Policy for ApprenticeshipPlaces {
    const NAME: &'static str = "apprenticeship_places";
    const PURPOSE: &'static str = "funds further apprenticeship places at chosen levels";
    const EVIDENCE: &'static str = "starts 2015/16 509,360, 2023/24 339,580 (DfE, England); GBP 7,833 of the levy budget per start 2024/25 (derived); displacement has no UK estimate, test 0.3 to 0.6";
    const KEYS: &'static [Key<Self>] = &[
        Key::names("levels", "an apprenticeship level", |own: &mut Self| &mut own.levels)
            .means("names", "the levels of the places")
            .needed(),
        Key::name("funding", "an age group", |own: &mut Self| &mut own.funding)
            .means("name", "the age group they are funded for")
            .or_names(&["under 25"]),
        Key::number("places_per_year", 0.0..=1e7, |own: &mut Self| &mut own.places_per_year)
            .means("starts a year", "further places over all the regions, split like today's places")
            .needed(),
        Key::number_or_none("displacement", 0.0..=1.0, |own: &mut Self| &mut own.displacement)
            .means("share", "share of all places beyond today's that replace ordinary posts, at these levels")
            .otherwise("unchanged"),
        Key::number_or_none("unit_cost_gbp", 0.0..=1e6, |own: &mut Self| &mut own.unit_cost_gbp)
            .means("GBP per start", "public cost of one of these starts, paid as they happen")
            .otherwise("the world's cost of the level"),
    ];

    fn check(&self, common: &Common, _world: &World, table: &mut TableReader<'_>) {
        if table.has("funding") && !common.group.is_everybody() {
            let message = "found an age group beside a target group, expected only `target`".to_owned();
            table.note("funding", message, None);
        }
    }

    fn is_printed(&self, key: &str, common: &Common) -> bool {
        key != "funding" || common.group.is_everybody()
    }

    fn act(&self, effect: &mut EffectBuilder<'_>) {
        let places = effect.strength() * self.places_per_year;
        if places <= 0.0 {
            return;
        }
        let world = effect.world();
        for ((region, level), share) in self.split(world, &effect.regions()) {
            self.add_places(effect, region, level, places * share);
        }
        if let Some(displacement) = self.displacement {
            for level in &self.levels {
                let now = world.baseline.get(APPRENTICESHIP_DISPLACEMENT, *level);
                let displaced = effect.change(APPRENTICESHIP_DISPLACEMENT).of(*level);
                displaced.no_further().shift(displacement - now);
            }
        }
    }

    fn sets(&self, _common: &Common, _world: &World) -> Vec<SetNumber> {
        let levels = self.levels.iter().filter(|_| self.displacement.is_some() && self.places_per_year > 0.0);
        levels.map(|level| ("displacement", APPRENTICESHIP_DISPLACEMENT.any(), vec![*level as usize])).collect()
    }

    #[cfg(test)]
    fn example(size: f64) -> Self {
        Self {
            places_per_year: 33.0 * size,
            unit_cost_gbp: Some(5_000.0),
            ..tests::thousand(&[Level::Level2, Level::Level3])
        }
    }

    #[cfg(test)]
    fn supply(conditions: &crate::conditions::Conditions) -> f64 {
        let offers = conditions.offers.iter().map(|offer| offer.places);
        conditions.table(APPRENTICESHIP_PLACES).iter().copied().chain(offers).sum()
    }
}

impl ApprenticeshipPlaces {
    /// The share of the places in each region and level: like today's places, or like young people
    /// where there are none today.
    fn split(&self, world: &World, regions: &[Region]) -> Vec<((Region, Level), f64)> {
        let cells: Vec<(Region, Level)> =
            regions.iter().flat_map(|region| self.levels.iter().map(|level| (*region, *level))).collect();
        let today = |(region, level): &(Region, Level)| {
            world.baseline.get(APPRENTICESHIP_PLACES, (*region, *level, self.funding))
        };
        let mut weights: Vec<f64> = cells.iter().map(today).collect();
        if weights.iter().sum::<f64>() <= 0.0 {
            let youth = shares_by_youth(world, regions);
            weights = youth.into_iter().flat_map(|share| self.levels.iter().map(move |_| share)).collect();
        }
        cells.into_iter().zip(shares(weights)).collect()
    }

    fn add_places(&self, effect: &mut EffectBuilder<'_>, region: Region, level: Level, places: f64) {
        let (world, group, unit_cost_gbp) = (effect.world(), effect.group(), self.unit_cost_gbp);
        let (effect, funding) = (effect.worked_out(), self.funding);
        if !group.is_everybody() {
            let kind = OfferKind::Apprenticeships(level);
            return effect.offer(Offer { region, group: group.clone(), kind, places, unit_cost_gbp });
        }
        effect.edit(world, APPRENTICESHIP_PLACES, (region, level, funding), Operation::Shift(places));
        if let Some(unit_cost_gbp) = unit_cost_gbp {
            effect.price(PricedPlaces { region, level, funding, places, unit_cost_gbp });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::levers::testing::{ForEverybody, conditions_with, gain, world, young_women};

    pub(super) fn thousand(levels: &[Level]) -> ApprenticeshipPlaces {
        ApprenticeshipPlaces {
            levels: levels.to_vec(),
            funding: Funding::Under25,
            places_per_year: 1_000.0,
            displacement: None,
            unit_cost_gbp: None,
        }
    }

    fn added(lever: &ApprenticeshipPlaces, world: &World, region: u8, level: Level, funding: Funding) -> f64 {
        let conditions = conditions_with(lever.effect(world, 1.0), world);
        gain(&conditions, world, APPRENTICESHIP_PLACES, (Region(region), level, funding))
    }

    #[test]
    fn places_are_split_like_the_places_of_today() {
        let world = world();
        let lever = thousand(&[Level::Level2, Level::Level3]);
        // Today under 25s have 10 and 40 places in the first region, 30 and 20 in the second, 5 and 7 in the third.
        for (region, today) in [(0, [10.0, 40.0]), (1, [30.0, 20.0]), (2, [5.0, 7.0])] {
            for (level, today) in [Level::Level2, Level::Level3].into_iter().zip(today) {
                let young = added(&lever, &world, region, level, Funding::Under25);
                assert!((young - 1_000.0 * today / 112.0).abs() < 1e-9);
                assert!(added(&lever, &world, region, level, Funding::From25).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn places_where_there_are_none_today_are_split_like_young_people() {
        let mut world = world();
        let places = world.baseline.layout().range(APPRENTICESHIP_PLACES);
        world.baseline.values_mut()[places].fill(0.0);
        let lever = thousand(&[Level::Level3]);
        assert!((added(&lever, &world, 0, Level::Level3, Funding::Under25) - 500.0).abs() < 1e-9);
        assert!((added(&lever, &world, 2, Level::Level3, Funding::Under25) - 250.0).abs() < 1e-9);
    }

    #[test]
    fn places_for_a_target_group_are_offers_and_add_up() {
        let world = world();
        let mut lever = thousand(&[Level::Level2, Level::Level4Plus]).lever();
        lever.common.group = young_women();
        let effect = lever.effect_at(&world, 0.5, lever.common.from);
        assert!(effect.edits().is_empty());
        assert!(effect.offers().iter().all(|offer| matches!(offer.kind, OfferKind::Apprenticeships(_))));
        assert!((effect.offers().iter().map(|offer| offer.places).sum::<f64>() - 500.0).abs() < 1e-9);
    }

    #[test]
    fn displacement_moves_to_its_new_value_at_these_levels_alone() {
        let world = world();
        let mut lever = thousand(&[Level::Level2]);
        lever.displacement = Some(0.6);
        let conditions = conditions_with(lever.effect(&world, 1.0), &world);
        assert!((conditions.get(APPRENTICESHIP_DISPLACEMENT, Level::Level2) - 0.6).abs() < 1e-12);
        assert_eq!(
            conditions.table(APPRENTICESHIP_DISPLACEMENT)[1..],
            world.baseline.table(APPRENTICESHIP_DISPLACEMENT)[1..]
        );
    }
}
