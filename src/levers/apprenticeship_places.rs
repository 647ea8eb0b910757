//! `apprenticeship_places`: funds further apprenticeship places at chosen levels.

use super::common::Common;
use super::effect::{Effect, shares, shares_by_youth};
use super::{Entry, Key, Lever, Policy};
use crate::calendar::Month;
use crate::conditions::{Condition, Offer, OfferKind, Operation};
use crate::domain::{Funding, Kind, Level, Region};
use crate::toml_tables::{Printer, TableReader};
use crate::world::World;
use strum::VariantArray;

/// The registry's line.
pub const ENTRY: Entry = Entry {
    name: "apprenticeship_places",
    purpose: "funds further apprenticeship places at chosen levels",
    keys: &[
        Key { name: "levels", unit: "names", meaning: "the levels of the places (needed)" },
        Key { name: "funding", unit: "name", meaning: "the age group they are funded for; \"under 25\" without it" },
        Key {
            name: "places_per_year",
            unit: "starts a year",
            meaning: "further places over all the regions, split like today's places (needed)",
        },
        Key {
            name: "displacement",
            unit: "share",
            meaning: "share of all places beyond today's that replace ordinary posts, at these levels; unchanged without it",
        },
        Key {
            name: "unit_cost_gbp",
            unit: "GBP per start",
            meaning: "public cost of one of these starts, booked for all that employers would offer, filled or not; the world's cost of the level without it",
        },
    ],
    evidence: "starts 2015/16 509,360, 2023/24 339,580 (DfE, England); GBP 7,833 of the levy budget per start 2024/25 (derived); displacement has no UK estimate, test 0.3 to 0.6",
    read: |table, world, start| ApprenticeshipPlaces::read(table, world, start).map(Lever::ApprenticeshipPlaces),
};

/// Further apprenticeship places.
#[derive(Clone, Debug, PartialEq)]
pub struct ApprenticeshipPlaces {
    /// When, where, for whom, on what authority.
    pub common: Common,
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

impl ApprenticeshipPlaces {
    fn read(table: &mut TableReader<'_>, world: &World, start: Month) -> Option<Self> {
        table.needs("levels");
        table.needs("places_per_year");
        let levels = table.kinds("levels", "an apprenticeship level");
        let funding = table.kind("funding", "an age group");
        let places_per_year = table.number("places_per_year", 0.0..=1e7);
        let displacement = table.number("displacement", 0.0..=1.0);
        let unit_cost_gbp = table.number("unit_cost_gbp", 0.0..=1e6);
        let common = Common::read(table, world, start);
        if table.has("funding") && !common.group.is_everybody() {
            table.note::<()>(
                "funding",
                "found an age group beside a target group, expected only `target`".to_owned(),
                None,
            );
        }
        let funding = funding.unwrap_or(Funding::Under25);
        Some(Self { common, levels: levels?, funding, places_per_year: places_per_year?, displacement, unit_cost_gbp })
    }

    /// The share of the places in each region and level: like today's places, or like young people
    /// where there are none today.
    fn split(&self, world: &World) -> Vec<((Region, Level), f64)> {
        let regions = self.common.regions(world);
        let cells: Vec<(Region, Level)> =
            regions.iter().flat_map(|region| self.levels.iter().map(|level| (*region, *level))).collect();
        let today = |(region, level): &(Region, Level)| {
            world
                .baseline
                .get(Condition::ApprenticeshipPlaces, &[region.index(), *level as usize, self.funding as usize])
        };
        let mut weights: Vec<f64> = cells.iter().map(today).collect();
        if weights.iter().sum::<f64>() <= 0.0 {
            let youth = shares_by_youth(world, &regions);
            weights = youth.into_iter().flat_map(|share| self.levels.iter().map(move |_| share)).collect();
        }
        cells.into_iter().zip(shares(weights)).collect()
    }

    fn add_places(&self, world: &World, effect: &mut Effect, region: Region, level: Level, places: f64) {
        if self.common.group.is_everybody() {
            let at = [region.index(), level as usize, self.funding as usize];
            effect.edit(world, Condition::ApprenticeshipPlaces, &at, Operation::Shift(places));
        } else {
            let kind = OfferKind::Apprenticeships(level);
            effect.offer(Offer { region, group: self.common.group.clone(), kind, places, unit_cost_gbp: None });
        }
        if let Some(unit_cost_gbp) = self.unit_cost_gbp {
            // Starts are charged at the world's cost where they are counted; only the difference is booked here.
            let charged = world.baseline.get(Condition::ApprenticeshipUnitCost, &[level as usize]);
            let offered = places.min(self.room(world, region, level));
            effect.book(region, offered * (unit_cost_gbp - charged) / 12.0);
        }
    }

    /// Places that employers would offer beyond today's (starts a year): no money is booked for more, and a
    /// place that is offered and not filled is booked all the same.
    fn room(&self, world: &World, region: Region, level: Level) -> f64 {
        let for_everybody = self.common.group.is_everybody();
        let fundings = Funding::VARIANTS.iter().filter(|funding| !for_everybody || **funding == self.funding);
        let room = |funding: &Funding| {
            let at = [region.index(), level as usize, *funding as usize];
            let today = world.baseline.get(Condition::ApprenticeshipPlaces, &at);
            (world.baseline.get(Condition::EmployerWillingness, &at) * today - today).max(0.0)
        };
        fundings.map(room).fold(0.0, |sum, room| sum + room)
    }
}

impl Policy for ApprenticeshipPlaces {
    fn common(&self) -> &Common {
        &self.common
    }

    fn effect(&self, world: &World, strength: f64) -> Effect {
        let mut effect = Effect::default();
        let places = strength * self.places_per_year;
        if places <= 0.0 {
            return effect;
        }
        for ((region, level), share) in self.split(world) {
            self.add_places(world, &mut effect, region, level, places * share);
        }
        if let Some(displacement) = self.displacement {
            for level in &self.levels {
                let at = [*level as usize];
                let now = world.baseline.get(Condition::ApprenticeshipDisplacement, &at);
                effect.edit(
                    world,
                    Condition::ApprenticeshipDisplacement,
                    &at,
                    Operation::Shift(strength.min(1.0) * (displacement - now)),
                );
            }
        }
        effect
    }

    fn sets(&self, _world: &World) -> Vec<(&'static str, Condition, Vec<usize>)> {
        let levels = self.levels.iter().filter(|_| self.displacement.is_some() && self.places_per_year > 0.0);
        levels.map(|level| ("displacement", Condition::ApprenticeshipDisplacement, vec![*level as usize])).collect()
    }

    fn print(&self, _world: &World, out: &mut Printer) {
        out.names("levels", self.levels.iter().map(|level| level.name()));
        if self.common.group.is_everybody() {
            out.text("funding", self.funding.name());
        }
        out.number("places_per_year", self.places_per_year);
        if let Some(displacement) = self.displacement {
            out.number("displacement", displacement);
        }
        if let Some(unit_cost_gbp) = self.unit_cost_gbp {
            out.number("unit_cost_gbp", unit_cost_gbp);
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::conditions::Conditions;
    use crate::levers::tests::{common, conditions_with, world, young_women};

    fn thousand(levels: &[Level]) -> ApprenticeshipPlaces {
        ApprenticeshipPlaces {
            common: common(),
            levels: levels.to_vec(),
            funding: Funding::Under25,
            places_per_year: 1_000.0,
            displacement: None,
            unit_cost_gbp: None,
        }
    }

    pub(crate) fn example(size: f64) -> Lever {
        Lever::ApprenticeshipPlaces(ApprenticeshipPlaces {
            places_per_year: 33.0 * size,
            unit_cost_gbp: Some(5_000.0),
            ..thousand(&[Level::Level2, Level::Level3])
        })
    }

    pub(crate) fn supply(conditions: &Conditions) -> f64 {
        let offers = conditions.offers.iter().map(|offer| offer.places);
        conditions.table(Condition::ApprenticeshipPlaces).iter().copied().chain(offers).sum()
    }

    fn added(lever: &ApprenticeshipPlaces, world: &World, at: [usize; 3]) -> f64 {
        let conditions = conditions_with(lever.effect(world, 1.0), world);
        conditions.get(Condition::ApprenticeshipPlaces, &at) - world.baseline.get(Condition::ApprenticeshipPlaces, &at)
    }

    #[test]
    fn places_are_split_like_the_places_of_today() {
        let world = world();
        let lever = thousand(&[Level::Level2, Level::Level3]);
        // Today under 25s have 10 and 40 places in the first region, 30 and 20 in the second, 5 and 7 in the third.
        for (region, level, today) in [(0, 0, 10.0), (0, 1, 40.0), (1, 0, 30.0), (1, 1, 20.0), (2, 0, 5.0), (2, 1, 7.0)]
        {
            assert!((added(&lever, &world, [region, level, 0]) - 1_000.0 * today / 112.0).abs() < 1e-9);
            assert!(added(&lever, &world, [region, level, 1]).abs() < 1e-9);
        }
    }

    #[test]
    fn places_where_there_are_none_today_are_split_like_young_people() {
        let mut world = world();
        let places = world.baseline.layout().range(Condition::ApprenticeshipPlaces);
        world.baseline.values_mut()[places].fill(0.0);
        let lever = thousand(&[Level::Level3]);
        assert!((added(&lever, &world, [0, 1, 0]) - 500.0).abs() < 1e-9);
        assert!((added(&lever, &world, [2, 1, 0]) - 250.0).abs() < 1e-9);
    }

    #[test]
    fn places_for_a_target_group_are_offers_and_add_up() {
        let world = world();
        let mut lever = thousand(&[Level::Level2, Level::Level4Plus]);
        lever.common.group = young_women();
        let effect = lever.effect(&world, 0.5);
        assert!(effect.edits().is_empty());
        assert!(effect.offers().iter().all(|offer| matches!(offer.kind, OfferKind::Apprenticeships(_))));
        assert!((effect.offers().iter().map(|offer| offer.places).sum::<f64>() - 500.0).abs() < 1e-9);
    }

    #[test]
    fn only_the_difference_from_the_worlds_unit_cost_is_booked() {
        let world = world();
        let mut lever = thousand(&[Level::Level2]);
        assert!(lever.effect(&world, 1.0).booked().is_empty());
        lever.unit_cost_gbp = Some(5_200.0);
        lever.places_per_year = 100.0;
        assert!((booked(&lever, &world) - 100.0 * 1_200.0 / 12.0).abs() < 1e-6);
    }

    fn booked(lever: &ApprenticeshipPlaces, world: &World) -> f64 {
        lever.effect(world, 1.0).booked().iter().map(|(_, gbp)| gbp).sum()
    }

    #[test]
    fn no_money_is_booked_for_places_that_employers_would_not_offer() {
        let world = world();
        let mut lever = thousand(&[Level::Level2]);
        lever.places_per_year = 1e7;
        lever.unit_cost_gbp = Some(0.0);
        // Employers would offer ten times today's 10, 30 and 5 places of level 2 for under 25s, at GBP 4,000 each.
        assert!((booked(&lever, &world) + 9.0 * 45.0 * 4_000.0 / 12.0).abs() < 1e-6);
        // A target group may have those for people of 25 and over as well, of which there are 20, 40 and 8 today.
        lever.common.group = young_women();
        lever.common.regions = vec![Region(2)];
        assert!((booked(&lever, &world) + 9.0 * 13.0 * 4_000.0 / 12.0).abs() < 1e-6);
    }

    #[test]
    fn displacement_moves_to_its_new_value_at_these_levels_alone() {
        let world = world();
        let mut lever = thousand(&[Level::Level2]);
        lever.displacement = Some(0.6);
        let conditions = conditions_with(lever.effect(&world, 1.0), &world);
        assert!((conditions.get(Condition::ApprenticeshipDisplacement, &[0]) - 0.6).abs() < 1e-12);
        assert_eq!(
            conditions.table(Condition::ApprenticeshipDisplacement)[1..],
            world.baseline.table(Condition::ApprenticeshipDisplacement)[1..]
        );
    }
}
