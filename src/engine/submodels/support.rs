//! Support of people who are NEET: who is reached, and who gets one of the limited places.

use crate::conditions::{OfferKind, support};
use crate::domain::Region;
use crate::engine::exchange::allocation::{Allocation, Who};
use crate::engine::exchange::context::MonthContext;
use crate::engine::exchange::requests::{Requests, SupportRequest};
use crate::engine::parallel::FEW_CHUNKS;
use crate::engine::rates::groups::Members;
use crate::engine::state::chunk::Chunk;
use crate::engine::state::person::Person;
use crate::engine::state::stocks::RegionalStocks;
use crate::engine::submodels::guarantee;
use crate::random::Purpose;
use rayon::prelude::*;

/// Stands for the month in the key of rounding, which is the same all the time.
const SUPPORT_ROUNDING: u16 = 0;

/// By region: whether anything is free this month for people who are reached.
pub(crate) fn is_free(context: &MonthContext<'_>, scale: f64, stocks: &RegionalStocks) -> Vec<bool> {
    let has_places = |index: usize| {
        let region = Region(u8::try_from(index).unwrap_or(u8::MAX));
        let mut pools = free_pools(context, region, scale, stocks.caseload[index]).into_iter();
        pools.any(|pool| pool.places > 0) || !guarantee::open(context, region).is_empty()
    };
    (0..stocks.regions).map(has_places).collect()
}

/// An agency has reached a person, who asks for support where some can be had.
pub(crate) fn contact(context: &MonthContext<'_>, at: u16, person: &Person, requests: &mut Requests) {
    if !context.offers.free_support[person.region.index()] {
        return;
    }
    let rank = person.luck.words(context.month.0, Purpose::Queue, 1)[0];
    requests.support.push(SupportRequest { at, region: person.region, rank });
}

/// Gives guaranteed jobs and training first, then the free places of each region by lot; places for target
/// groups go to members left over. Returns what support costs by region (GBP for each agent's one person).
pub(crate) fn allocate(
    context: &MonthContext<'_>,
    scale: f64,
    chunks: &[Chunk],
    by_chunk: &[Requests],
    stocks: &mut RegionalStocks,
    allocations: &mut [Vec<(u16, Allocation)>],
) -> Vec<f64> {
    let mut queues: Vec<Vec<(u32, Who)>> = vec![Vec::new(); stocks.regions];
    for (chunk, requests) in by_chunk.iter().enumerate() {
        for request in &requests.support {
            queues[request.region.index()].push((request.rank, Who { chunk, at: request.at }));
        }
    }
    let months = context.tables.hazards.support.months;
    let mut cost_gbp = vec![0.0; stocks.regions];
    if by_chunk.len() < FEW_CHUNKS {
        queues.iter_mut().for_each(|queue| queue.sort_unstable());
    } else {
        queues.par_iter_mut().for_each(|queue| queue.sort_unstable());
    }
    for (index, queue) in queues.iter().enumerate() {
        let region = Region(u8::try_from(index).unwrap_or(u8::MAX));
        let guaranteed = guarantee::open(context, region);
        let mut pools = free_pools(context, region, scale, stocks.caseload[index]);
        let mut given = [0; 2];
        for (_, who) in queue {
            if guaranteed.is_empty() && pools.iter().all(|pool| pool.places <= 0) {
                break;
            }
            let person = &chunks[who.chunk].people[usize::from(who.at)];
            if !guaranteed.is_empty()
                && !has_found_something(&allocations[who.chunk], who.at)
                && let Some(allocation) = guarantee::give(context, &guaranteed, person, stocks)
            {
                allocations[who.chunk].push((who.at, allocation));
                continue;
            }
            let is_open = |pool: &&mut Pool| {
                pool.places > 0 && pool.members.as_ref().is_none_or(|members| members.hold(person, context.month))
            };
            if let Some(pool) = pools.iter_mut().find(is_open) {
                pool.places -= 1;
                given[pool.kind()] += 1;
                cost_gbp[index] += pool.unit_cost_gbp;
                allocations[who.chunk].push((who.at, Allocation::Support));
            }
        }
        stocks.support(region, given, months.max(1));
    }
    cost_gbp
}

/// Whether a market of this month has already given somebody a job, a course or an apprenticeship.
fn has_found_something(allocations: &[(u16, Allocation)], at: u16) -> bool {
    allocations.iter().any(|(whose, allocation)| {
        *whose == at
            && match allocation {
                Allocation::Job(..)
                | Allocation::Post(..)
                | Allocation::Apprenticeship(_)
                | Allocation::Course(_)
                | Allocation::Instead(_)
                | Allocation::GuaranteedJob => true,
                Allocation::Refusal | Allocation::Support => false,
            }
    })
}

struct Pool {
    places: i64,
    /// Of the target group that it is for, if it is for one.
    members: Option<Members>,
    unit_cost_gbp: f64,
}

impl Pool {
    /// Which caseload the places are on: 0 for everybody's, 1 for those that levers offer.
    fn kind(&self) -> usize {
        usize::from(self.members.is_some())
    }
}

/// The pools of a region with the places in them that nobody has.
fn free_pools(context: &MonthContext<'_>, region: Region, scale: f64, mut taken: [i64; 2]) -> Vec<Pool> {
    let mut pools = pools(context, region, scale);
    for pool in &mut pools {
        let before = taken[pool.kind()].min(pool.places);
        pool.places -= before;
        taken[pool.kind()] -= before;
    }
    pools
}

/// The support places of a region: those for everybody first, then those for target groups. Fractions
/// are rounded once for a run, so that a caseload does not flicker.
fn pools(context: &MonthContext<'_>, region: Region, scale: f64) -> Vec<Pool> {
    let agents = |places: f64, part: usize| {
        let part = u8::try_from(part).unwrap_or(u8::MAX);
        i64::from(context.luck.rounded(places / scale, u32::from(region.0), SUPPORT_ROUNDING, part))
    };
    let unit_cost_gbp = context.tables.get(support::SUPPORT_UNIT_COST, ());
    let places = agents(context.tables.get(support::SUPPORT_PLACES, region), 0);
    let open = Pool { places, members: None, unit_cost_gbp };
    let here = context.tables.conditions.offers.iter().filter(|offer| offer.region == region);
    let offers = here.filter(|offer| offer.kind == OfferKind::Support);
    let kept = offers.enumerate().map(|(at, offer)| Pool {
        places: agents(offer.places, at + 1),
        members: Some(Members::new(&offer.group)),
        unit_cost_gbp: offer.unit_cost_gbp.unwrap_or(unit_cost_gbp),
    });
    std::iter::once(open).chain(kept).collect()
}
