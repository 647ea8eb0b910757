//! Places in apprenticeships and courses, and posts kept for people on support: what is offered month by month.

use crate::calendar::{MONTHS_A_YEAR, Month};
use crate::conditions::{apprenticeships, education, support};
use crate::domain::{CalendarMonth, Funding, Kind, Level, Programme, Region};
use crate::engine::rates::economy::Economy;
use crate::engine::rates::tables::Tables;
use crate::engine::state::stocks::{PlaceYear, RegionalStocks, lapse};

/// Adds the month's apprenticeship and course places; in September those left over lapse.
pub(crate) fn offer(stocks: &mut RegionalStocks, tables: &Tables, economy: &Economy<'_>, month: Month) {
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
