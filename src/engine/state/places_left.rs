//! Places that were offered and are not taken yet.

use crate::conditions::Offer;

/// Agents' places that do not lapse.
///
/// A small queue is empty now and then though more people want a place than there are: what it leaves is luck of a coarse run, not
/// places that nobody wants, and is given to whoever comes next. In a large queue so few make no difference.
const SPARE: f64 = 3.0;

/// Lets go what nobody took, but for [`SPARE`] places.
pub(crate) fn lapse(left: &mut f64) {
    *left = left.min(SPARE);
}

/// What is left of places for target groups, offer by offer, in agents.
///
/// Fractions are carried over, so that an offer gives as many places to large agents as to small ones. An offer starts with a
/// fraction drawn by luck: if all started from nothing, those of small regions would come late.
#[derive(Clone, Debug, Default)]
pub(crate) struct TargetedPlaces {
    offers: Vec<Offer>,
    left: Vec<f64>,
}

impl TargetedPlaces {
    /// Opens a month's places of each offer, beside what is left of earlier months, and lets go those of offers that have ended.
    /// A new offer starts with a fraction, found by its place in the list.
    pub fn open(&mut self, offers: &[Offer], new: impl Fn(&Offer) -> f64, first: impl Fn(usize) -> f64) {
        let mut before: Vec<(Offer, f64)> = self.offers.drain(..).zip(self.left.drain(..)).collect();
        for (at, offer) in offers.iter().enumerate() {
            let is_same = |(earlier, _): &(Offer, f64)| is_same(earlier, offer);
            let mut left = match before.iter().position(is_same) {
                Some(found) => before.remove(found).1,
                None => first(at),
            };
            lapse(&mut left);
            self.left.push(left + new(offer));
        }
        self.offers.extend_from_slice(offers);
    }

    /// Whether a whole place of an offer is left.
    pub fn is_left(&self, at: usize) -> bool {
        self.left[at] >= 1.0
    }

    /// Gives one away.
    pub fn take(&mut self, at: usize) {
        self.left[at] -= 1.0;
    }
}

/// Whether two offers are the same but for how many places they have and at what price.
fn is_same(one: &Offer, other: &Offer) -> bool {
    one.region == other.region && one.kind == other.kind && one.group == other.group
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conditions::{Group, OfferKind};
    use crate::domain::Region;

    fn offer(region: u8, places: f64) -> Offer {
        let kind = OfferKind::GuaranteedJobs;
        Offer { region: Region(region), group: Group::everybody(), kind, places, unit_cost_gbp: None }
    }

    #[test]
    fn places_of_an_offer_add_up_whatever_their_size_and_whichever_offers_come_beside() {
        let mut places = TargetedPlaces::default();
        let mut taken = [0, 0];
        for month in 0..1_000 {
            let offers = [vec![offer(0, 0.3)], vec![offer(1, 2.0), offer(0, 0.3)]].concat();
            // The other offer comes and goes, so that the first changes its place in the list.
            let offers = if month % 10 < 5 { &offers[..1] } else { &offers[1..] };
            places.open(offers, |offer| offer.places, |_| 0.5);
            for (at, offer) in offers.iter().enumerate() {
                while places.is_left(at) {
                    places.take(at);
                    taken[offer.region.index()] += 1;
                }
            }
        }
        assert_eq!(taken, [300, 1_000]);
    }

    #[test]
    fn what_nobody_takes_lapses_but_for_a_few() {
        let mut places = TargetedPlaces::default();
        for _ in 0..50 {
            places.open(&[offer(0, 2.0)], |offer| offer.places, |_| 0.0);
        }
        let mut left = 0;
        while places.is_left(0) {
            places.take(0);
            left += 1;
        }
        assert_eq!(left, 5);
    }
}
