//! Markets: what is on offer in a month, and who gets it.

use super::hiring::{self, Hiring};
use super::{apprenticeships, courses, places, support};
use crate::calendar::Month;
use crate::engine::exchange::allocation::Allocation;
use crate::engine::exchange::context::{MonthContext, Offers};
use crate::engine::exchange::market::Market;
use crate::engine::exchange::requests::Requests;
use crate::engine::rates::economy::Economy;
use crate::engine::rates::tables::Tables;
use crate::engine::state::chunk::Chunk;
use crate::engine::state::stocks::RegionalStocks;
use crate::engine::tally::VacancyTally;
use crate::random::Luck;

/// Opens the places and vacancies of a month; where support is free is found out next, by [`support::is_free`].
pub(crate) fn offer(
    tables: &Tables,
    economy: &Economy<'_>,
    luck: &Luck,
    month: Month,
    stocks: &mut RegionalStocks,
) -> Offers {
    stocks.end_support();
    places::offer(stocks, tables, economy, luck, month);
    Offers {
        market: Market::new(tables, stocks),
        productivity_gain: stocks.productivity_gain.clone(),
        free_support: Vec::new(),
    }
}

/// What the markets of a month have done.
pub(crate) struct Matched {
    pub vacancies: Vec<VacancyTally>,
    /// Unemployed people by region before they were done.
    pub seekers: Vec<i64>,
    /// What support costs by region (GBP for each agent's one person).
    pub support_gbp: Vec<f64>,
}

/// Decides who gets what was asked for.
pub(crate) fn allocate(
    context: &MonthContext<'_>,
    economy: &Economy<'_>,
    chunks: &[Chunk],
    by_chunk: &[Requests],
    stocks: &mut RegionalStocks,
    hiring: &mut Hiring,
    allocations: &mut [Vec<(u16, Allocation)>],
) -> Matched {
    let seekers = stocks.unemployed.clone();
    apprenticeships::allocate(context, economy, chunks, by_chunk, stocks, allocations);
    courses::allocate(context, by_chunk, stocks, allocations);
    let vacancies = hiring::hire(context, by_chunk, hiring, stocks, allocations);
    let support_gbp = support::allocate(context, economy.scale, chunks, by_chunk, stocks, allocations);
    Matched { vacancies, seekers, support_gbp }
}
