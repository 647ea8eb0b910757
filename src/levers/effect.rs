//! What levers do to a month, in a form in which neither their order nor an empty change can matter.

use crate::conditions::{Condition, Conditions, Edit, Offer, OfferKind, Operation, apply};
use crate::domain::Region;
use crate::world::World;
use std::cmp::Ordering;
use std::sync::Arc;

/// What one or more levers do to the conditions of a month.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Effect {
    edits: Vec<Edit>,
    offers: Vec<Offer>,
    booked: Vec<(Region, f64)>,
}

impl Effect {
    /// Changes one number; a change by nothing is not kept.
    pub fn edit(&mut self, world: &World, condition: Condition, at: &[usize], operation: Operation) {
        let nothing = match operation {
            Operation::Scale(by) => is_exactly(by, 1.0),
            Operation::Shift(by) => is_exactly(by, 0.0),
        };
        if !nothing {
            let position = world.baseline.layout().position(condition, at);
            self.edits.push(Edit { condition, position, operation });
        }
    }

    /// Offers something to a target group; an empty offer is not kept.
    pub fn offer(&mut self, offer: Offer) {
        let nothing = match offer.kind {
            OfferKind::Apprenticeships(_, places) | OfferKind::Support(places) => is_exactly(places, 0.0),
            OfferKind::HazardRatio(_, ratio) => is_exactly(ratio, 1.0),
        };
        if !nothing {
            self.offers.push(offer);
        }
    }

    /// Books public money of this month (GBP, full scale).
    pub fn book(&mut self, region: Region, gbp: f64) {
        if !is_exactly(gbp, 0.0) {
            self.booked.push((region, gbp));
        }
    }

    /// Adds what another lever does.
    pub fn append(&mut self, other: Self) {
        self.edits.extend(other.edits);
        self.offers.extend(other.offers);
        self.booked.extend(other.booked);
    }

    /// The changes of single numbers.
    #[must_use]
    pub fn edits(&self) -> &[Edit] {
        &self.edits
    }

    /// The offers to target groups.
    #[must_use]
    pub fn offers(&self) -> &[Offer] {
        &self.offers
    }

    /// The money booked (GBP in this month, by region).
    #[must_use]
    pub fn booked(&self) -> &[(Region, f64)] {
        &self.booked
    }

    /// Whether nothing changes.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.edits.is_empty() && self.offers.is_empty() && self.booked.is_empty()
    }

    /// The baseline with this done to it: the same to the bit whatever the order of the levers, and
    /// the baseline itself when nothing changes.
    #[must_use]
    pub fn on(mut self, baseline: &Arc<Conditions>) -> Arc<Conditions> {
        if self.is_nothing() {
            return Arc::clone(baseline);
        }
        let mut conditions = Conditions::clone(baseline);
        apply(&mut conditions, &mut self.edits);
        self.offers.sort_by(offer_order);
        conditions.offers.append(&mut self.offers);
        self.booked.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        for (region, gbp) in self.booked {
            conditions.booked_gbp[region.index()] += gbp;
        }
        Arc::new(conditions)
    }
}

/// Whether two numbers are the same: settings that mean "no change" are exact, never approximate.
fn is_exactly(a: f64, b: f64) -> bool {
    a.partial_cmp(&b) == Some(Ordering::Equal)
}

fn offer_order(a: &Offer, b: &Offer) -> Ordering {
    let rank = |kind: &OfferKind| match kind {
        OfferKind::Apprenticeships(level, places) => (0, *level as usize, *places),
        OfferKind::Support(places) => (1, 0, *places),
        OfferKind::HazardRatio(condition, ratio) => (2, *condition as usize, *ratio),
    };
    let (a_kind, a_which, a_size) = rank(&a.kind);
    let (b_kind, b_which, b_size) = rank(&b.kind);
    (a.region, &a.group, a_kind, a_which).cmp(&(b.region, &b.group, b_kind, b_which)).then(a_size.total_cmp(&b_size))
}

/// Places that employers would offer beyond today's, of a region, level and age group (starts a year).
#[must_use]
pub fn employers_room(world: &World, at: &[usize; 3]) -> f64 {
    let today = world.baseline.get(Condition::ApprenticeshipPlaces, at);
    (world.baseline.get(Condition::EmployerWillingness, at) * today - today).max(0.0)
}

/// Divides a whole over regions by the number of young people who reach 16 in them each year; the
/// shares sum to 1. Equal shares if there are no such people.
#[must_use]
pub fn shares_by_youth(world: &World, regions: &[Region]) -> Vec<f64> {
    shares(regions.iter().map(|region| world.baseline.get(Condition::CohortSize, &[region.index()])).collect())
}

/// Weights as shares of their sum; equal shares if the sum is zero.
#[must_use]
pub fn shares(weights: Vec<f64>) -> Vec<f64> {
    let total: f64 = weights.iter().sum();
    let equal = f64::from(u32::try_from(weights.len()).unwrap_or(u32::MAX));
    weights.into_iter().map(|weight| if total > 0.0 { weight / total } else { 1.0 / equal }).collect()
}

/// Every choice of one index from each list, in order of the lists.
#[must_use]
pub fn every_combination(lists: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut combinations = vec![Vec::new()];
    for list in lists {
        combinations = combinations
            .iter()
            .flat_map(|head| list.iter().map(move |index| head.iter().copied().chain([*index]).collect()))
            .collect();
    }
    combinations
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn combinations_come_in_row_major_order() {
        assert_eq!(every_combination(&[vec![1, 2], vec![7, 8]]), [[1, 7], [1, 8], [2, 7], [2, 8]]);
        assert_eq!(every_combination(&[]), [Vec::<usize>::new()]);
    }
}
