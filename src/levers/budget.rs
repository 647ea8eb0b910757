//! Money for apprenticeships: allocated over regions, levels and ages, as far as employers offer places.
//!
//! All budgets of a month are allocated together, after everything else that levers do, so that none
//! counts the room of employers as if it was alone. Narrower budgets go first; budgets of one rank share
//! what room there is in proportion to what they ask for.

use crate::conditions::apprenticeships::{APPRENTICESHIP_PLACES, APPRENTICESHIP_UNIT_COST, EMPLOYER_WILLINGNESS};
use crate::conditions::{Conditions, Group, Offer, OfferKind};
use crate::domain::{Funding, Indexed, Kind, Level, Region};
use std::cmp::Ordering;
use std::collections::BTreeMap;
use strum::VariantArray;

/// How narrow a budget is: the narrowest is allocated first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// Kept for under 25s at levels 2 and 3.
    AgeAndLevel,
    /// Kept for under 25s, or for levels 2 and 3.
    AgeOrLevel,
    /// Free to go anywhere.
    Open,
}

/// A yearly sum and where it should go.
#[derive(Clone, Debug, PartialEq)]
pub struct Budget {
    /// Who may have the places.
    pub group: Group,
    /// How narrow it is.
    pub rank: Rank,
    /// The sum (GBP a year).
    pub gbp_per_year: f64,
    /// The share of it that each cell should get: region, level, age of funding.
    pub pattern: Vec<(Region, Level, Funding, f64)>,
}

/// Allocates budgets to places in `conditions`: more places for everybody, offers for target groups. What finds no
/// employer in one cell flows on to those that have room left, in the same pattern; what finds none at all is unspent. Gives
/// what is spent in all (GBP a year).
pub(super) fn allocate_budgets(mut budgets: Vec<Budget>, conditions: &mut Conditions, baseline: &Conditions) -> f64 {
    let mut spent_gbp = 0.0;
    budgets.sort_by(budget_order);
    let unit_costs = Level::VARIANTS.iter().map(|level| conditions.get(APPRENTICESHIP_UNIT_COST, *level));
    let unit_costs: Vec<f64> = unit_costs.collect();
    let unit_cost = |level: Level| unit_costs[level.index()];
    let mut room_gbp = room(conditions, baseline);
    for (at, room) in room_gbp.iter_mut().enumerate() {
        *room *= unit_cost(level_of(at));
    }
    let mut kept: BTreeMap<(Region, Level, &Group), f64> = BTreeMap::new();
    for rank in budgets.chunk_by(|a, b| a.rank == b.rank) {
        for (budget, spent) in rank.iter().zip(spending_of_rank(rank, &mut room_gbp)) {
            for ((region, level, funding, _), gbp) in budget.pattern.iter().zip(spent) {
                if gbp <= 0.0 {
                    continue;
                }
                spent_gbp += gbp;
                let places = gbp / unit_cost(*level);
                if budget.group.is_everybody() {
                    let key = (*region, *level, *funding);
                    let position = conditions.layout().position(APPRENTICESHIP_PLACES, key);
                    conditions.values_mut()[position] += places;
                } else {
                    *kept.entry((*region, *level, &budget.group)).or_default() += places;
                }
            }
        }
    }
    let offer = |((region, level, group), places): ((Region, Level, &Group), f64)| Offer {
        region,
        group: group.clone(),
        kind: OfferKind::Apprenticeships(level),
        places,
        unit_cost_gbp: None,
    };
    conditions.offers.extend(kept.into_iter().map(offer));
    spent_gbp
}

/// Places beyond today's that are asked for by number, and those of them that employers offer (starts a year).
pub(super) fn places_beyond(conditions: &Conditions, baseline: &Conditions) -> (f64, f64) {
    let (mut asked, mut offered) = (0.0, 0.0);
    let cells = conditions.table(EMPLOYER_WILLINGNESS).iter().zip(baseline.table(APPRENTICESHIP_PLACES));
    for ((willingness, today), now) in cells.zip(conditions.table(APPRENTICESHIP_PLACES)) {
        let more = (now - today).max(0.0);
        asked += more;
        offered += more.min((willingness * today - today).max(0.0));
    }
    let kinds = |offer: &&Offer| matches!(offer.kind, OfferKind::Apprenticeships(_));
    let kept: f64 = conditions.offers.iter().filter(kinds).map(|offer| offer.places).sum();
    let mut open = conditions.clone();
    open.offers.clear();
    let left: f64 = room(&open, baseline).iter().sum();
    (asked + kept, offered + kept.min(left))
}

fn budget_order(a: &Budget, b: &Budget) -> Ordering {
    let weights = |budget: &Budget| budget.pattern.iter().map(|cell| cell.3.to_bits()).collect::<Vec<_>>();
    (a.rank, &a.group)
        .cmp(&(b.rank, &b.group))
        .then(a.gbp_per_year.total_cmp(&b.gbp_per_year))
        .then_with(|| weights(a).cmp(&weights(b)))
}

fn cell(region: Region, level: Level, funding: Funding) -> usize {
    (region.index() * Level::count() + level as usize) * Funding::count() + funding as usize
}

fn level_of(cell: usize) -> Level {
    Level::VARIANTS[cell / Funding::count() % Level::count()]
}

/// Places that employers would still offer in each cell (starts a year), with what target groups are
/// offered already taken off.
fn room(conditions: &Conditions, baseline: &Conditions) -> Vec<f64> {
    let mut room: Vec<f64> = conditions
        .table(EMPLOYER_WILLINGNESS)
        .iter()
        .zip(baseline.table(APPRENTICESHIP_PLACES))
        .zip(conditions.table(APPRENTICESHIP_PLACES))
        .map(|((willingness, today), now)| (willingness * today - now).max(0.0))
        .collect();
    for offer in &conditions.offers {
        let OfferKind::Apprenticeships(level) = offer.kind else { continue };
        let cells = Funding::VARIANTS.iter().map(|funding| cell(offer.region, level, *funding));
        let total: f64 = cells.clone().map(|at| room[at]).sum();
        let left = if total > 0.0 { (1.0 - offer.places / total).max(0.0) } else { 0.0 };
        cells.for_each(|at| room[at] *= left);
    }
    room
}

/// What each budget of one rank spends in each cell of its pattern (GBP a year); the room shrinks by it.
fn spending_of_rank(budgets: &[Budget], room_gbp: &mut [f64]) -> Vec<Vec<f64>> {
    let mut spent: Vec<Vec<f64>> = budgets.iter().map(|budget| vec![0.0; budget.pattern.len()]).collect();
    let mut left: Vec<f64> = budgets.iter().map(|budget| budget.gbp_per_year).collect();
    // Each round but the last fills a cell.
    for _ in 0..=room_gbp.len() {
        let asked: Vec<Vec<f64>> =
            budgets.iter().zip(&left).map(|(budget, left)| asked(budget, *left, room_gbp)).collect();
        let mut demand = vec![0.0; room_gbp.len()];
        for (budget, asked) in budgets.iter().zip(&asked) {
            for ((region, level, funding, _), gbp) in budget.pattern.iter().zip(asked) {
                demand[cell(*region, *level, *funding)] += gbp;
            }
        }
        let met: Vec<f64> = demand
            .iter()
            .zip(&*room_gbp)
            .map(|(demand, room)| if demand > room { room / demand } else { 1.0 })
            .collect();
        for (at, budget) in budgets.iter().enumerate() {
            let mut unmet = 0.0;
            for (place, (region, level, funding, _)) in budget.pattern.iter().enumerate() {
                let taken = asked[at][place] * met[cell(*region, *level, *funding)];
                spent[at][place] += taken;
                unmet += asked[at][place] - taken;
            }
            left[at] = if asked[at].iter().any(|gbp| *gbp > 0.0) { unmet } else { 0.0 };
        }
        for ((room, demand), met) in room_gbp.iter_mut().zip(&demand).zip(&met) {
            *room = if *met < 1.0 { 0.0 } else { (*room - demand).max(0.0) };
        }
        if met.iter().all(|met| *met >= 1.0) {
            break;
        }
    }
    spent
}

/// What a budget with so much left asks for in each cell of its pattern that has room.
fn asked(budget: &Budget, left: f64, room_gbp: &[f64]) -> Vec<f64> {
    let weight = |(region, level, funding, weight): &(Region, Level, Funding, f64)| {
        if room_gbp[cell(*region, *level, *funding)] > 0.0 { *weight } else { 0.0 }
    };
    let weights: Vec<f64> = budget.pattern.iter().map(weight).collect();
    let total = weights.iter().fold(0.0, |sum, weight| sum + weight);
    weights.into_iter().map(|weight| if total > 0.0 { left * weight / total } else { 0.0 }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::levers::testing::world;

    /// A budget for one level and age in the first two regions of the small world.
    fn budget(gbp_per_year: f64, rank: Rank, weights: [f64; 2]) -> Budget {
        let cell = |(region, weight): (u8, f64)| (Region(region), Level::Level2, Funding::Under25, weight);
        let pattern = (0..).zip(weights).map(cell).collect();
        Budget { group: Group::everybody(), rank, gbp_per_year, pattern }
    }

    /// Places added in the two cells, of which employers would offer 90 and 270 more at GBP 4,000 each.
    fn added(budgets: Vec<Budget>) -> [f64; 2] {
        let world = world();
        let mut conditions = world.baseline.clone();
        allocate_budgets(budgets, &mut conditions, &world.baseline);
        [0, 1].map(|region| {
            let places = |conditions: &Conditions| {
                conditions.get(APPRENTICESHIP_PLACES, (Region(region), Level::VARIANTS[0], Funding::VARIANTS[0]))
            };
            places(&conditions) - places(&world.baseline)
        })
    }

    fn close(found: [f64; 2], expected: [f64; 2]) -> bool {
        found.iter().zip(expected).all(|(found, expected)| (found - expected).abs() < 1e-9)
    }

    #[test]
    fn budgets_share_scarce_room_in_proportion_and_flow_on() {
        // GBP 400,000 and 800,000 ask for 100 and 200 places where 90 are left; the second may go elsewhere.
        let budgets = vec![budget(400_000.0, Rank::Open, [1.0, 0.0]), budget(1_600_000.0, Rank::Open, [0.5, 0.5])];
        // 30 and 60 there, and the second buys 200 + 140 elsewhere, of which 270 are to be had.
        assert!(close(added(budgets), [90.0, 270.0]));
        let budgets = vec![budget(400_000.0, Rank::Open, [1.0, 0.0]), budget(800_000.0, Rank::Open, [0.5, 0.5])];
        // Each asks for 100 places of 90: 45 each; the second's other 55 flow on to its 100.
        assert!(close(added(budgets), [90.0, 155.0]));
    }

    #[test]
    fn narrower_budgets_go_first() {
        let budgets = vec![
            budget(400_000.0, Rank::Open, [1.0, 0.0]),
            budget(320_000.0, Rank::AgeAndLevel, [1.0, 0.0]),
            budget(40_000.0, Rank::Open, [0.0, 1.0]),
        ];
        assert!(close(added(budgets), [90.0, 10.0]));
    }

    #[test]
    fn more_money_never_buys_fewer_places_anywhere() {
        let mut before = [0.0; 2];
        for thousands in 1..40 {
            let gbp = f64::from(thousands) * 50_000.0;
            let after = added(vec![budget(gbp, Rank::Open, [0.7, 0.3]), budget(90_000.0, Rank::Open, [0.2, 0.8])]);
            assert!(after.iter().zip(before).all(|(after, before)| *after >= before - 1e-9), "{after:?} {before:?}");
            before = after;
        }
    }
}
