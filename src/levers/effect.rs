//! What levers do to a month, in a form in which neither their order nor an empty change can matter.

use super::budget::{Budget, allocate_budgets, places_beyond};
use crate::conditions::support::{SUPPORT_PLACES, SUPPORT_QUALITY};
use crate::conditions::{
    Condition, Conditions, Edit, Group, GroupEdit, Offer, Operation, PricedPlaces, TableKey, apply, order,
};
use crate::domain::Region;
use crate::world::World;
use std::cmp::Ordering;
use std::sync::Arc;

/// What levers ask of employers in apprenticeships, in a year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AskedPlaces {
    /// Money to be spent on places (GBP).
    pub gbp_asked: f64,
    /// What of it finds places (GBP).
    pub gbp_spent: f64,
    /// Places asked for by number.
    pub places_asked: f64,
    /// Those of them that employers offer.
    pub places_offered: f64,
}

/// Places on caseloads that a lever funds in a region, and the people whom they carry.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Caseload {
    region: Region,
    places: f64,
    people: f64,
}

/// What one or more levers do to the conditions of a month.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Effect {
    edits: Vec<Edit>,
    changes: Vec<GroupEdit>,
    offers: Vec<Offer>,
    priced: Vec<PricedPlaces>,
    budgets: Vec<Budget>,
    caseloads: Vec<Caseload>,
    booked: Vec<(Region, f64)>,
}

impl Effect {
    /// Changes one number for everybody; a change by nothing is not kept.
    pub fn edit<K: TableKey>(&mut self, world: &World, condition: Condition<K>, key: K, operation: Operation) {
        self.edits.extend(kept(Edit::new(world.baseline.layout(), condition, key, operation)));
    }

    /// The same for members of a group.
    pub fn edit_for(&mut self, group: &Group, edit: Edit) {
        let Some(edit) = kept(edit) else { return };
        if group.is_everybody() {
            self.edits.push(edit);
        } else {
            self.changes.push(GroupEdit { group: group.clone(), edit });
        }
    }

    /// Offers places to a target group; an empty offer is not kept.
    pub fn offer(&mut self, offer: Offer) {
        if offer.places > 0.0 {
            self.offers.push(offer);
        }
    }

    /// Says what apprenticeship places cost that an edit adds for everybody, if not what the world says.
    pub fn price(&mut self, priced: PricedPlaces) {
        if priced.places > 0.0 {
            self.priced.push(priced);
        }
    }

    /// Spends money on apprenticeships; an empty budget is not kept.
    pub fn spend(&mut self, budget: Budget) {
        if budget.gbp_per_year > 0.0 {
            self.budgets.push(budget);
        }
    }

    /// Says how many people places on caseloads carry: where those of all levers together carry more than one each, support is
    /// spread as thin.
    pub fn carry(&mut self, region: Region, places: f64, people: f64) {
        if places > 0.0 {
            self.caseloads.push(Caseload { region, places, people });
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
        self.changes.extend(other.changes);
        self.offers.extend(other.offers);
        self.priced.extend(other.priced);
        self.budgets.extend(other.budgets);
        self.caseloads.extend(other.caseloads);
        self.booked.extend(other.booked);
    }

    /// The changes of single numbers for everybody.
    #[must_use]
    pub fn edits(&self) -> &[Edit] {
        &self.edits
    }

    /// The changes of single numbers for target groups.
    #[must_use]
    pub fn changes(&self) -> &[GroupEdit] {
        &self.changes
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
        self.edits.is_empty()
            && self.changes.is_empty()
            && self.offers.is_empty()
            && self.budgets.is_empty()
            && self.booked.is_empty()
    }

    /// Whether it pays for more apprenticeships than there are.
    #[must_use]
    pub fn asks_for_places(&self, baseline: &Conditions) -> bool {
        let asked = self.places(baseline);
        asked.gbp_asked > 0.0 || asked.places_asked > 0.0
    }

    /// What it asks of employers in apprenticeships, and what they have room for.
    #[must_use]
    pub fn places(&self, baseline: &Conditions) -> AskedPlaces {
        let mut conditions = baseline.clone();
        apply(&mut conditions, &mut self.edits.clone());
        conditions.offers.extend(self.offers.iter().cloned());
        let (places_asked, places_offered) = places_beyond(&conditions, baseline);
        let gbp_asked = self.budgets.iter().fold(0.0, |sum, budget| sum + budget.gbp_per_year);
        let gbp_spent = allocate_budgets(self.budgets.clone(), &mut conditions, baseline);
        AskedPlaces { gbp_asked, gbp_spent, places_asked, places_offered }
    }

    /// The baseline with this done to it: the same to the bit whatever the order of the levers, and
    /// the baseline itself when nothing changes.
    #[must_use]
    pub fn on(mut self, baseline: &Arc<Conditions>) -> Arc<Conditions> {
        if self.is_nothing() {
            return Arc::clone(baseline);
        }
        let mut conditions = Conditions::clone(baseline);
        self.edits.extend(spread(&self.caseloads, baseline));
        apply(&mut conditions, &mut self.edits);
        conditions.offers.append(&mut self.offers);
        let _spent = allocate_budgets(self.budgets, &mut conditions, baseline);
        conditions.offers.sort_by(offer_order);
        self.priced.sort_by(priced_order);
        conditions.priced.append(&mut self.priced);
        self.changes.sort_by(|a, b| a.group.cmp(&b.group).then_with(|| order(&a.edit, &b.edit)));
        conditions.changes.append(&mut self.changes);
        self.booked.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        for (region, gbp) in self.booked {
            conditions.booked_gbp[region.index()] += gbp;
        }
        Arc::new(conditions)
    }
}

/// How thin support is spread in each region where places, those of today among them, carry more people than one each.
fn spread(caseloads: &[Caseload], baseline: &Conditions) -> Vec<Edit> {
    let of_region = |region: Region| {
        let mut here: Vec<(f64, f64)> =
            caseloads.iter().filter(|one| one.region == region).map(|one| (one.places, one.people)).collect();
        // sums are the same to the bit whatever the order of the levers
        here.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let today = baseline.get(SUPPORT_PLACES, region);
        let (places, people) = here.iter().fold((today, today), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        let scale = Operation::Scale(if people > places { places / people } else { 1.0 });
        kept(Edit::new(baseline.layout(), SUPPORT_QUALITY, region, scale))
    };
    Region::all(baseline.layout().regions()).filter_map(of_region).collect()
}

/// The edit, if it does something.
fn kept(edit: Edit) -> Option<Edit> {
    let spec = edit.condition.spec();
    let nothing = match edit.operation {
        Operation::Scale(by) => is_exactly(by, 1.0),
        Operation::Shift(by) => is_exactly(by, 0.0),
        // A bound may hold what other levers do, so only one that nothing can pass is empty.
        Operation::AtLeast(bound) => bound <= spec.lowest,
        Operation::AtMost(bound) => bound >= spec.highest,
    };
    (!nothing).then_some(edit)
}

/// Whether two numbers are the same: settings that mean "no change" are exact, never approximate.
fn is_exactly(a: f64, b: f64) -> bool {
    a.partial_cmp(&b) == Some(Ordering::Equal)
}

fn priced_order(a: &PricedPlaces, b: &PricedPlaces) -> Ordering {
    let cell = |priced: &PricedPlaces| (priced.region, priced.level, priced.funding);
    let numbers = a.unit_cost_gbp.total_cmp(&b.unit_cost_gbp).then(a.places.total_cmp(&b.places));
    cell(a).cmp(&cell(b)).then(numbers)
}

fn offer_order(a: &Offer, b: &Offer) -> Ordering {
    let cost = |offer: &Offer| offer.unit_cost_gbp.unwrap_or(-1.0);
    let kept = (a.region, &a.group, a.kind).cmp(&(b.region, &b.group, b.kind));
    kept.then(a.places.total_cmp(&b.places)).then(cost(a).total_cmp(&cost(b)))
}
