//! What levers would cost if every place that they fund were taken: worked out, not simulated.

use crate::calendar::{MONTHS_A_YEAR, Month};
use crate::conditions::{Conditions, Offer, OfferKind, apprenticeships, education, support};
use crate::domain::{CalendarMonth, Funding, Kind, Level, Programme, Region};
use crate::engine::Economy;
use crate::levers::{Effect, Lever};
use crate::scenario::RunSettings;
use crate::world::World;
use std::sync::Arc;
use strum::VariantArray;

/// September, counted from January as 0.
const SEPTEMBER: u16 = 8;

/// What `levers` together would cost beyond the baseline in each month of a run (GBP, full scale), if every place
/// that they fund were taken: apprenticeship places as far as employers would offer them, spread over the year like
/// places are; extra course places likewise; support places at one period each `support_months`; guaranteed jobs and
/// training; and whatever levers book. Money that is paid as people come (bursaries, subsidies for hiring, grants for
/// moving) is not planned: it is simulated.
///
/// ```
/// use rungs::money::{a_year, planned_gbp};
/// use rungs::prelude::*;
///
/// let world = World::uk()?;
/// let scenario = Scenario::load("growth-and-skills-levy", &Overrides::default(), &world)?;
/// let levers: Vec<_> = scenario.levers.iter().collect();
/// let planned = planned_gbp(&levers, &scenario.run, &world);
/// assert_eq!(planned.len(), usize::from(scenario.run.months()));
/// assert!(a_year(&planned).is_finite());
/// # Ok::<(), Diagnostics>(())
/// ```
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
    let month_of_year = month.0 % MONTHS_A_YEAR;
    let season = conditions.get(apprenticeships::APPRENTICESHIP_SEASON, CalendarMonth::at(usize::from(month_of_year)));
    let september = conditions.get(education::SEPTEMBER_SHARE, ());
    let entries = if month_of_year == SEPTEMBER { september } else { (1.0 - september) / 11.0 };
    let booked = conditions.booked_gbp.iter().fold(0.0, |sum, gbp| sum + gbp);
    apprenticeships_a_year(conditions, baseline) * season
        + extra_courses_a_year(conditions) * entries
        + support(conditions)
        + guaranteed_a_year(conditions) / f64::from(MONTHS_A_YEAR)
        + booked
}

/// A period of support each `support_months` for every place on the caseload (GBP a month).
fn support(conditions: &Conditions) -> f64 {
    let unit_cost = conditions.get(support::SUPPORT_UNIT_COST, ());
    let open = conditions.table(support::SUPPORT_PLACES).iter().fold(0.0, |sum, places| sum + places) * unit_cost;
    let kept = conditions.offers.iter().filter(|offer| offer.kind == OfferKind::Support);
    let gbp = kept.fold(open, |sum, offer| sum + offer.places * offer.unit_cost_gbp.unwrap_or(unit_cost));
    gbp / conditions.get(support::SUPPORT_MONTHS, ()).max(1.0)
}

/// Guaranteed jobs and courses (GBP a year).
fn guaranteed_a_year(conditions: &Conditions) -> f64 {
    let world_cost = |kind: OfferKind| match kind {
        OfferKind::GuaranteedJobs => conditions.get(support::GUARANTEED_JOB_UNIT_COST, ()),
        OfferKind::GuaranteedTraining => conditions.get(support::GUARANTEED_TRAINING_UNIT_COST, ()),
        OfferKind::Apprenticeships(_) | OfferKind::Support => 0.0,
    };
    let is_guaranteed = |kind| matches!(kind, OfferKind::GuaranteedJobs | OfferKind::GuaranteedTraining);
    let guaranteed = conditions.offers.iter().filter(|offer| is_guaranteed(offer.kind));
    let cost = |offer: &Offer| offer.places * offer.unit_cost_gbp.unwrap_or_else(|| world_cost(offer.kind));
    guaranteed.fold(0.0, |sum, offer| sum + cost(offer))
}

/// Extra places in colleges and universities at their unit cost (GBP a year).
fn extra_courses_a_year(conditions: &Conditions) -> f64 {
    let mut gbp = 0.0;
    for region in Region::all(conditions.layout().regions()) {
        for programme in Programme::VARIANTS {
            gbp += conditions.get(education::EXTRA_COURSE_PLACES, (region, *programme))
                * conditions.get(education::EXTRA_COURSE_UNIT_COST, *programme);
        }
    }
    gbp
}

/// Starts a year at their unit cost (GBP a year), if every place that employers would offer is taken: as in the engine, places
/// for everybody, then those kept for target groups as far as employers' willingness leaves room.
fn apprenticeships_a_year(conditions: &Conditions, baseline: &Conditions) -> f64 {
    let economy = Economy { baseline, scale: 1.0 };
    let mut gbp = 0.0;
    for region in Region::all(conditions.layout().regions()) {
        for level in Level::VARIANTS {
            for funding in Funding::VARIANTS {
                let key = (region, *level, *funding);
                gbp += economy.offered(conditions, key) * economy.start_gbp(conditions, key);
            }
            let usual_gbp = conditions.get(apprenticeships::APPRENTICESHIP_UNIT_COST, *level);
            let share = economy.share_of_offers(conditions, region, *level);
            let kept = conditions.offers.iter().filter(|offer| offer.region == region);
            let kept = kept.filter(|offer| offer.kind == OfferKind::Apprenticeships(*level));
            gbp += kept.fold(0.0, |sum, offer| sum + offer.places * share * offer.unit_cost_gbp.unwrap_or(usual_gbp));
        }
    }
    gbp
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Agency;
    use crate::levers::testing::{ForEverybody, world, young_women};
    use crate::levers::{
        ApprenticeshipPlaces, HigherEducation, LocalPartnership, Policy, RegionalInnovation, YouthGuarantee,
    };
    use crate::money::testing::run;
    use crate::toml_tables::without_keys;

    fn world_with_seasons() -> World {
        let mut world = world();
        let season = world.baseline.layout().range(apprenticeships::APPRENTICESHIP_SEASON);
        world.baseline.values_mut()[season].fill(1.0 / 12.0);
        world
    }

    fn places(places_per_year: f64) -> ApprenticeshipPlaces {
        ApprenticeshipPlaces {
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
        assert!((planned(places(100.0).lever(), &world) - 0.4).abs() < 1e-9);
        let dearer = ApprenticeshipPlaces { unit_cost_gbp: Some(5_200.0), ..places(100.0) };
        assert!((planned(dearer.lever(), &world) - 0.52).abs() < 1e-9);
    }

    #[test]
    fn places_beyond_what_employers_would_offer_cost_nothing() {
        let world = world_with_seasons();
        // Employers would offer ten times today's 10, 30 and 5 places of level 2 for under 25s.
        assert!((planned(places(1e6).lever(), &world) - 9.0 * 45.0 * 0.004).abs() < 1e-9);
        // Those for a target group may come out of the willingness for people over 25 too: 20, 40 and 8 today.
        let mut kept = places(1e6).lever();
        kept.common.group = young_women();
        assert!((planned(kept, &world) - 9.0 * 113.0 * 0.004).abs() < 1e-9);
    }

    /// Level 2 places for a year at GBP 1,000, phased in over twelve months.
    fn phased_in(places_per_year: f64, unit_cost_gbp: f64) -> Lever {
        let own = ApprenticeshipPlaces { unit_cost_gbp: Some(unit_cost_gbp), ..places(places_per_year) };
        let mut lever = own.lever();
        lever.common.ramp_months = 12;
        lever
    }

    #[test]
    fn places_that_are_phased_in_cost_their_price_when_they_start() {
        let world = World::uk().unwrap();
        let months = planned_gbp(&[&phased_in(12_000.0, 1_000.0)], &run(1), &world);
        let season = |at: u16| {
            let month = run(1).start.plus(at).index_in_year();
            world.baseline.get(apprenticeships::APPRENTICESHIP_SEASON, CalendarMonth::at(month))
        };
        for (at, gbp) in (0_u16..).zip(&months) {
            let in_force = f64::from(at + 1) / 12.0;
            assert!((gbp - 12e6 * in_force * season(at)).abs() < 1.0, "month {at}: {gbp}");
        }
    }

    #[test]
    fn the_bill_follows_what_is_done_to_a_lever() {
        let world = world_with_seasons();
        let bill = |levers: &[&Lever]| a_year(&planned_gbp(levers, &run(2), &world));
        let whole = |places: f64, gbp: f64| places_at(places, gbp).lever();
        let one = bill(&[&whole(120.0, 1_000.0)]);
        let halves = bill(&[&whole(60.0, 1_000.0), &whole(60.0, 1_000.0)]);
        assert!((one - 0.12).abs() < 1e-9 && (one - halves).abs() < 1e-9, "{one} {halves}");
        assert!((bill(&[&whole(120.0, 2_000.0)]) - 2.0 * one).abs() < 1e-9);
        let mut later = whole(120.0, 1_000.0);
        later.common.from = run(2).start.plus(1);
        assert!((bill(&[&later]) - one * 23.0 / 24.0).abs() < 1e-9);
        // Beyond what employers would offer, 405 places of nine tenths, it does not matter how many are asked for.
        let [beyond, twice] = [&[&whole(1e5, 1_000.0)][..], &[&whole(1e5, 1_000.0), &whole(1e5, 1_000.0)]].map(bill);
        assert!((beyond - 0.405).abs() < 1e-9 && (beyond - twice).abs() < 1e-9, "{beyond} {twice}");
    }

    fn places_at(places_per_year: f64, unit_cost_gbp: f64) -> ApprenticeshipPlaces {
        ApprenticeshipPlaces { unit_cost_gbp: Some(unit_cost_gbp), ..places(places_per_year) }
    }

    #[test]
    fn support_costs_a_period_for_each_place_and_length() {
        let world = world_with_seasons();
        let partnership = LocalPartnership {
            agencies: vec![Agency::Education, Agency::Council],
            support_places: 600.0,
            ..without_keys(LocalPartnership::KEYS)
        };
        // 600 places at a time, two periods of six months a year, GBP 3,000 each.
        assert!((planned(partnership.clone().lever(), &world) - 3.6).abs() < 1e-9);
        let mut targeted = partnership.clone().lever();
        targeted.common.group = young_women();
        assert!((planned(targeted, &world) - 3.6).abs() < 1e-9);
        // A lever's own unit cost, and places that carry one and a half times as many for the same money.
        let dearer = LocalPartnership { unit_cost_gbp: Some(4_000.0), ..partnership };
        assert!((planned(dearer.clone().lever(), &world) - 4.8).abs() < 1e-9);
        let stretched = LocalPartnership { caseload_ratio: 1.5, ..dearer };
        assert!((planned(stretched.lever(), &world) - 4.8).abs() < 1e-9);
    }

    #[test]
    fn guaranteed_jobs_and_courses_cost_what_the_lever_or_the_world_says() {
        let mut world = world_with_seasons();
        let position = world.baseline.layout().position(support::GUARANTEED_TRAINING_UNIT_COST, ());
        world.baseline.values_mut()[position] = 2_000.0;
        // 400 jobs at the lever's GBP 7,000 and 800 courses at the world's GBP 2,000.
        assert!((planned(YouthGuarantee::example(1.0).lever(), &world) - 4.4).abs() < 1e-9);
    }

    #[test]
    fn extra_course_places_are_planned_in_full_and_bursaries_are_left_to_the_simulation() {
        let mut world = world_with_seasons();
        let costs = world.baseline.layout().range(education::EXTRA_COURSE_UNIT_COST);
        world.baseline.values_mut()[costs].fill(5_000.0);
        let lever = HigherEducation {
            places_per_year: 100.0,
            pull_ratio: 1.5,
            grant_gbp_per_year: 0.0,
            staying_per_gbp_1000: 0.0,
        };
        assert!((planned(lever.clone().lever(), &world) - 0.5).abs() < 1e-9);
        let with_grant = HigherEducation { grant_gbp_per_year: 1_000.0, ..lever };
        assert!((planned(with_grant.lever(), &world) - 0.5).abs() < 1e-9);
    }

    #[test]
    fn what_is_booked_is_planned_from_its_first_month_on() {
        let world = world_with_seasons();
        let mut lever = RegionalInnovation { investment_gbp_million_per_year: 12.0, local_hiring_score: 0.0 }.lever();
        lever.common.from = run(2).start.plus(12);
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
