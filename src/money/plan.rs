//! What levers would cost if every place that they fund were taken: worked out, not simulated.

use crate::calendar::Month;
use crate::conditions::{Condition as C, Conditions, OfferKind};
use crate::domain::{Funding, Kind, Level};
use crate::levers::{Effect, Lever};
use crate::scenario::RunSettings;
use crate::world::World;
use std::sync::Arc;
use strum::VariantArray;

/// Months in a year.
const MONTHS_A_YEAR: u16 = 12;

/// What `levers` together would cost beyond the baseline in each month of a run (GBP, full scale), if every place
/// that they fund were taken: apprenticeship places as far as employers would offer them, spread over the year like
/// places are; support places at one period each `support_months`; and whatever levers book.
#[must_use]
pub fn planned_gbp(levers: &[&Lever], run: &RunSettings, world: &World) -> Vec<f64> {
    let baseline = Arc::new(world.baseline.clone());
    let in_month = |at: u16| {
        let month = run.start.plus(at);
        let mut effect = Effect::default();
        for lever in levers {
            effect.append(lever.effect(world, month));
        }
        let conditions = effect.on(&baseline);
        if Arc::ptr_eq(&conditions, &baseline) {
            return 0.0;
        }
        spending(&conditions, &baseline, month) - spending(&baseline, &baseline, month)
    };
    (0..run.months()).map(in_month).collect()
}

/// The yearly average of planned months (GBP million a year).
#[must_use]
pub fn a_year(planned_gbp: &[f64]) -> f64 {
    let months = u32::try_from(planned_gbp.len().max(1)).unwrap_or(u32::MAX);
    planned_gbp.iter().fold(0.0, |sum, gbp| sum + gbp) / f64::from(months) * f64::from(MONTHS_A_YEAR) / 1e6
}

/// What a month would cost with every place taken (GBP).
fn spending(conditions: &Conditions, baseline: &Conditions, month: Month) -> f64 {
    let support_months = conditions.get(C::SupportMonths, &[]).max(1.0);
    let support = support_places(conditions) * conditions.get(C::SupportUnitCost, &[]) / support_months;
    let season = conditions.get(C::ApprenticeshipSeason, &[usize::from(month.0 % MONTHS_A_YEAR)]);
    let booked = conditions.booked_gbp.iter().fold(0.0, |sum, gbp| sum + gbp);
    apprenticeships_a_year(conditions, baseline) * season + support + booked
}

/// Places on the caseload, for everybody and for target groups (persons at a time).
fn support_places(conditions: &Conditions) -> f64 {
    let open = conditions.table(C::SupportPlaces).iter().fold(0.0, |sum, places| sum + places);
    conditions.offers.iter().fold(open, |sum, offer| match offer.kind {
        OfferKind::Support(places) => sum + places,
        OfferKind::Apprenticeships(..) | OfferKind::HazardRatio(..) => sum,
    })
}

/// Starts a year at their unit cost (GBP a year), if every place that employers would offer is taken.
fn apprenticeships_a_year(conditions: &Conditions, baseline: &Conditions) -> f64 {
    let mut gbp = 0.0;
    for region in 0..conditions.layout().regions() {
        for level in Level::VARIANTS {
            let places = starts_a_year(conditions, baseline, region, *level);
            gbp += places * conditions.get(C::ApprenticeshipUnitCost, &[*level as usize]);
        }
    }
    gbp
}

/// As in the engine: places for everybody up to what employers are willing to offer, then those kept for target groups
/// as far as their willingness leaves room.
fn starts_a_year(conditions: &Conditions, baseline: &Conditions, region: usize, level: Level) -> f64 {
    let (mut offered, mut room) = (0.0, 0.0);
    for funding in 0..Funding::count() {
        let at = [region, level as usize, funding];
        let willing = conditions.get(C::EmployerWillingness, &at) * baseline.get(C::ApprenticeshipPlaces, &at);
        let open = conditions.get(C::ApprenticeshipPlaces, &at).min(willing);
        offered += open;
        room += willing - open;
    }
    let kept = conditions.offers.iter().filter(|offer| offer.region.index() == region);
    let kept = kept.fold(0.0, |sum, offer| match offer.kind {
        OfferKind::Apprenticeships(of, places) if of == level => sum + places,
        OfferKind::Apprenticeships(..) | OfferKind::Support(_) | OfferKind::HazardRatio(..) => sum,
    });
    offered + kept.min(room)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::levers::tests::{common, world, young_women};
    use crate::levers::{ApprenticeshipPlaces, LocalPartnership, RegionalInnovation};
    use crate::money::testing::run;

    fn world_with_seasons() -> World {
        let mut world = world();
        let season = world.baseline.layout().range(C::ApprenticeshipSeason);
        world.baseline.values_mut()[season].fill(1.0 / 12.0);
        world
    }

    fn places(places_per_year: f64) -> ApprenticeshipPlaces {
        ApprenticeshipPlaces {
            common: common(),
            levels: vec![Level::Level2],
            funding: Funding::Under25,
            places_per_year,
            displacement: None,
            unit_cost_gbp: None,
        }
    }

    fn planned(lever: Lever, world: &World) -> f64 {
        a_year(&planned_gbp(&[&lever], &run(2), world))
    }

    #[test]
    fn places_cost_their_unit_cost_whether_the_world_or_the_lever_names_it() {
        let world = world_with_seasons();
        // 100 starts a year at GBP 4,000, then at GBP 5,200.
        assert!((planned(Lever::ApprenticeshipPlaces(places(100.0)), &world) - 0.4).abs() < 1e-9);
        let dearer = ApprenticeshipPlaces { unit_cost_gbp: Some(5_200.0), ..places(100.0) };
        assert!((planned(Lever::ApprenticeshipPlaces(dearer), &world) - 0.52).abs() < 1e-9);
    }

    #[test]
    fn places_beyond_what_employers_would_offer_cost_nothing() {
        let world = world_with_seasons();
        // Employers would offer ten times today's 10, 30 and 5 places of level 2 for under 25s.
        assert!((planned(Lever::ApprenticeshipPlaces(places(1e6)), &world) - 9.0 * 45.0 * 0.004).abs() < 1e-9);
        // Those for a target group may come out of the willingness for people over 25 too: 20, 40 and 8 today.
        let mut kept = places(1e6);
        kept.common.group = young_women();
        assert!((planned(Lever::ApprenticeshipPlaces(kept), &world) - 9.0 * 113.0 * 0.004).abs() < 1e-9);
    }

    #[test]
    fn support_costs_a_period_for_each_place_and_length() {
        let world = world_with_seasons();
        let mut lever = LocalPartnership {
            common: common(),
            agencies: vec![crate::domain::Agency::Education, crate::domain::Agency::Council],
            handover_loss: None,
            support_places: 600.0,
            unit_cost_gbp: None,
        };
        // 600 places at a time, two periods of six months a year, GBP 3,000 each.
        assert!((planned(Lever::LocalPartnership(lever.clone()), &world) - 3.6).abs() < 1e-9);
        lever.common.group = young_women();
        assert!((planned(Lever::LocalPartnership(lever), &world) - 3.6).abs() < 1e-9);
    }

    #[test]
    fn what_is_booked_is_planned_from_its_first_month_on() {
        let world = world_with_seasons();
        let mut common = common();
        common.from = run(2).start.plus(12);
        let lever = Lever::RegionalInnovation(RegionalInnovation { common, investment_gbp_million_per_year: 12.0 });
        let months = planned_gbp(&[&lever], &run(2), &world);
        assert!(months[..12].iter().all(|gbp| gbp.abs() < 1e-9));
        assert!(months[12..].iter().all(|gbp| (gbp - 1e6).abs() < 1e-3));
    }

    #[test]
    fn money_that_only_moves_costs_nothing_in_sum() {
        let world = World::uk().unwrap();
        let scenario =
            crate::scenario::Scenario::load("growth-and-skills-levy", &crate::scenario::Overrides::default(), &world)
                .unwrap();
        let by_lever: Vec<f64> =
            scenario.levers.iter().map(|lever| a_year(&planned_gbp(&[lever], &scenario.run, &world))).collect();
        // GBP 242 million a year from its twelfth month on in nine of ten years; the second lever redirects.
        assert!((200.0..242.0).contains(&by_lever[0]), "{by_lever:?}");
        assert!(by_lever[1].abs() < 1.0, "{by_lever:?}");
    }
}
