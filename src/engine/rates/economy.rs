//! What employers and funding allow, against the baseline.

use crate::conditions::{Conditions, OfferKind, apprenticeships};
use crate::domain::{Funding, Level, Region};
use strum::VariantArray;

/// What a run keeps beside the month: the world's baseline and the size of an agent.
pub(crate) struct Economy<'a> {
    pub baseline: &'a Conditions,
    pub scale: f64,
}

impl Economy<'_> {
    /// Places that employers and funding allow in a year.
    pub fn offered(&self, conditions: &Conditions, at: (Region, Level, Funding)) -> f64 {
        (conditions.get(apprenticeships::APPRENTICESHIP_PLACES, at) * self.funding(conditions))
            .min(self.willing(conditions, at))
    }

    /// The most places that employers would offer in a year.
    pub fn willing(&self, conditions: &Conditions, at: (Region, Level, Funding)) -> f64 {
        conditions.get(apprenticeships::EMPLOYER_WILLINGNESS, at)
            * self.baseline.get(apprenticeships::APPRENTICESHIP_PLACES, at)
    }

    /// What the levy brings to the training budget, against the baseline; places follow it in today's pattern.
    fn funding(&self, conditions: &Conditions) -> f64 {
        let allowance = self.baseline.get(apprenticeships::LEVY_ALLOWANCE, ());
        let budget = |conditions: &Conditions| {
            let one = |condition| conditions.get(condition, ());
            // The pay bill is what is above the baseline's allowance.
            let freed = one(apprenticeships::LEVY_PAYERS) * (allowance - one(apprenticeships::LEVY_ALLOWANCE));
            (one(apprenticeships::LEVY_PAY_BILL) * one(apprenticeships::LEVY_RATE) + freed).max(0.0)
                * one(apprenticeships::LEVY_BUDGET_SHARE)
        };
        let before = budget(self.baseline);
        if before > 0.0 { budget(conditions) / before } else { 1.0 }
    }

    /// The public cost of one start (GBP): on average over the places for everybody, of which those at a price of their own
    /// come last when employers and funding do not allow all.
    pub fn start_gbp(&self, conditions: &Conditions, at: (Region, Level, Funding)) -> f64 {
        let usual = conditions.get(apprenticeships::APPRENTICESHIP_UNIT_COST, at.1);
        let here = conditions.priced.iter().filter(|priced| (priced.region, priced.level, priced.funding) == at);
        let (places, gbp) = here.fold((0.0, 0.0), |(places, gbp), priced| {
            (places + priced.places, gbp + priced.places * priced.unit_cost_gbp)
        });
        let offered = self.offered(conditions, at);
        if places <= 0.0 || offered <= 0.0 {
            return usual;
        }
        let all = conditions.get(apprenticeships::APPRENTICESHIP_PLACES, at);
        let at_usual = ((all - places) * self.funding(conditions)).clamp(0.0, offered);
        (at_usual * usual + (offered - at_usual) * gbp / places) / offered
    }

    /// The share of places for target groups that employers offer in a region.
    pub fn share_of_offers(&self, conditions: &Conditions, region: Region, level: Level) -> f64 {
        let kind = OfferKind::Apprenticeships(level);
        let here = conditions.offers.iter().filter(|offer| offer.region == region && offer.kind == kind);
        let asked = here.fold(0.0, |sum, offer| sum + offer.places);
        if asked > 0.0 { (self.room(conditions, region, level) / asked).min(1.0) } else { 0.0 }
    }

    /// Places a year that employers would offer beyond those for everybody.
    pub fn room(&self, conditions: &Conditions, region: Region, level: Level) -> f64 {
        Funding::VARIANTS
            .iter()
            .map(|funding| {
                let at = (region, level, *funding);
                self.willing(conditions, at) - self.offered(conditions, at)
            })
            .fold(0.0, |sum, room| sum + room)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::tests::{fill, uk};

    #[test]
    fn places_follow_what_the_levy_brings_to_the_budget_as_far_as_employers_go() {
        let baseline = uk();
        let economy = Economy { baseline: &baseline, scale: 1.0 };
        let at = (Region(0), Level::Level3, Funding::Under25);
        let today = baseline.get(apprenticeships::APPRENTICESHIP_PLACES, at);
        let offered = |condition, value| {
            let mut conditions = uk();
            fill(&mut conditions, condition, value);
            economy.offered(&conditions, at) / today
        };
        assert!(
            (offered(apprenticeships::LEVY_RATE.any(), baseline.get(apprenticeships::LEVY_RATE, ())) - 1.0).abs()
                < 1e-15
        );
        assert!((offered(apprenticeships::LEVY_RATE.any(), 0.006) - 1.2).abs() < 1e-12);
        assert!((offered(apprenticeships::LEVY_BUDGET_SHARE.any(), 0.345) - 0.5).abs() < 1e-12);
        // No allowance: 34,200 payers owe GBP 15,000 more each, beside GBP 3.84 billion.
        assert!(
            (offered(apprenticeships::LEVY_ALLOWANCE.any(), 0.0) - (1.0 + 34_200.0 * 15_000.0 / 3.84e9)).abs() < 1e-12
        );
        assert!(
            (offered(apprenticeships::LEVY_RATE.any(), 0.05) - 1.5).abs() < 1e-12,
            "employers would offer half as many again"
        );
    }
}
