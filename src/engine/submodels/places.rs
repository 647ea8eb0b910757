//! Places in apprenticeships and courses, and posts kept for people on support: what is offered month by month.

use crate::calendar::{MONTHS_A_YEAR, Month};
use crate::conditions::{Conditions, Offer, OfferKind, apprenticeships, education, support};
use crate::domain::{CalendarMonth, Funding, Kind, Level, Programme, Region};
use crate::engine::rates::economy::Economy;
use crate::engine::rates::tables::Tables;
use crate::engine::state::places_left::lapse;
use crate::engine::state::stocks::{PlaceYear, RegionalStocks};
use crate::random::Luck;

/// Lets places that no world offers and a policy may begin with a fraction, any of them as likely: if all began with nothing, those of
/// small regions would come late.
pub(crate) fn start(stocks: &mut RegionalStocks, luck: &Luck) {
    let fraction = |at: usize, part: u8| luck.fraction(u32::try_from(at).unwrap_or(u32::MAX), ANY_MONTH, part);
    for (at, left) in stocks.extra_courses.iter_mut().enumerate() {
        *left = fraction(at, EXTRA_COURSES);
    }
    for (at, left) in stocks.reserved_posts.iter_mut().enumerate() {
        *left = fraction(at, RESERVED_POSTS);
    }
}

/// Adds the month's apprenticeship and course places; in September those left over lapse.
pub(crate) fn offer(stocks: &mut RegionalStocks, tables: &Tables, economy: &Economy<'_>, luck: &Luck, month: Month) {
    let month_of_year = month.index_in_year();
    if month_of_year == 8 {
        for left in stocks.apprenticeships.iter_mut().chain(&mut stocks.courses).chain(&mut stocks.extra_courses) {
            lapse(left);
        }
        for year in &mut stocks.year {
            let mut short = (year.baseline - year.started).max(0.0);
            lapse(&mut short);
            *year = PlaceYear { baseline: short, ..PlaceYear::default() };
        }
    }
    let season = tables.get(apprenticeships::APPRENTICESHIP_SEASON, CalendarMonth::at(month_of_year));
    offer_to_groups(stocks, &tables.conditions, economy, luck, season);
    for region in 0..stocks.regions {
        let here = Region::at(region);
        let reserved = tables.get(support::RESERVED_POSTS, here) / f64::from(MONTHS_A_YEAR) / economy.scale;
        lapse(&mut stocks.reserved_posts[region]);
        stocks.reserved_posts[region] += reserved;
        for level in 0..Level::count() {
            for funding in 0..Funding::count() {
                let key = (here, Level::at(level), Funding::at(funding));
                let offered = economy.offered(&tables.conditions, key);
                let place = (region * Level::count() + level) * Funding::count() + funding;
                stocks.new_apprenticeships[place] = offered * season / economy.scale;
                stocks.apprenticeships[place] += stocks.new_apprenticeships[place];
                let before = economy.offered(economy.baseline, key);
                stocks.year[place].baseline += before * season / economy.scale;
            }
        }
        for programme in 0..Programme::count() {
            let share = if month_of_year == 8 {
                tables.get(education::SEPTEMBER_SHARE, ())
            } else {
                (1.0 - tables.get(education::SEPTEMBER_SHARE, ())) / 11.0
            };
            let yearly = |condition| tables.get(condition, (here, Programme::at(programme))) * share / economy.scale;
            let at = region * Programme::count() + programme;
            stocks.courses[at] += yearly(education::COURSE_PLACES);
            stocks.extra_courses[at] += yearly(education::EXTRA_COURSE_PLACES);
        }
    }
}

/// These keep the fractions that places start with apart from the rounding of other things.
const FIRST_PART: usize = 64;
const EXTRA_COURSES: u8 = 62;
const RESERVED_POSTS: u8 = 63;
/// Stands for the month in the key of such a fraction.
const ANY_MONTH: u16 = 0;

/// Opens the month's places for target groups; apprenticeships as far as employers are willing to offer them.
fn offer_to_groups(
    stocks: &mut RegionalStocks,
    conditions: &Conditions,
    economy: &Economy<'_>,
    luck: &Luck,
    season: f64,
) {
    let offers = &conditions.offers;
    let new = |offer: &Offer| {
        let share = match offer.kind {
            OfferKind::Apprenticeships(level) => economy.share_of_offers(conditions, offer.region, level) * season,
            OfferKind::GuaranteedJobs | OfferKind::GuaranteedTraining => 1.0 / f64::from(MONTHS_A_YEAR),
            // These are held by so many people at a time.
            OfferKind::Support => 0.0,
        };
        offer.places * share / economy.scale
    };
    let first = |at: usize| {
        let region = offers[at].region;
        let earlier = offers[..at].iter().filter(|offer| offer.region == region).count();
        luck.fraction(u32::from(region.0), ANY_MONTH, u8::try_from(FIRST_PART + earlier).unwrap_or(u8::MAX))
    };
    stocks.targeted.open(offers, new, first);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_that_only_a_policy_offers_begin_with_any_fraction_of_one_each_with_its_own() {
        let seeds: u32 = 400;
        let (mut sums, mut products) = ([0.0; 2], 0.0);
        for seed in 0..seeds {
            let mut stocks = RegionalStocks::new(3);
            start(&mut stocks, &Luck::new(u64::from(seed), 1));
            let (courses, posts) = (stocks.extra_courses[1], stocks.reserved_posts[1]);
            assert!(stocks.extra_courses.iter().chain(&stocks.reserved_posts).all(|left| (0.0..1.0).contains(left)));
            assert!(stocks.courses.iter().all(|left| *left <= 0.0), "these are there from the start");
            sums = [sums[0] + courses, sums[1] + posts];
            products += (courses - 0.5) * (posts - 0.5);
        }
        let n = f64::from(seeds);
        // A uniform number has a variance of a twelfth.
        assert!(sums.iter().all(|sum| ((sum - 0.5 * n) / (n / 12.0).sqrt()).abs() < 4.5), "{sums:?}");
        assert!((products / (n / 144.0).sqrt()).abs() < 4.5, "{products}");
    }
}
