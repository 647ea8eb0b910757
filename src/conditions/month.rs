//! The conditions of one month: the table of numbers, and what target groups are offered and meet differently.

use super::axis::TableKey;
use super::condition::Condition;
use super::group::Group;
use super::layout::Layout;
use super::offer::{Offer, PricedPlaces};
use super::operation::Edit;
use std::sync::Arc;

/// The conditions of one month.
///
/// ```
/// use rungs::conditions::jobs;
/// use rungs::domain::{AgeBand, JobClass};
/// use rungs::prelude::*;
///
/// let world = World::uk()?;
/// let leaving = |band| world.baseline.get(jobs::SEPARATION, (JobClass::Working, band));
/// assert!(leaving(AgeBand::From16) > leaving(AgeBand::From30), "the young lose their jobs more often");
/// # Ok::<(), Diagnostics>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Conditions {
    layout: Arc<Layout>,
    values: Vec<f64>,
    /// Places for target groups alone, in a fixed order.
    pub offers: Vec<Offer>,
    /// Apprenticeship places among those for everybody that cost something else than the world's, in a fixed order.
    pub priced: Vec<PricedPlaces>,
    /// What target groups meet differently, in a fixed order.
    pub changes: Vec<GroupEdit>,
    /// Public money that levers book this month whatever people do, by region (GBP, full scale).
    pub booked_gbp: Vec<f64>,
}

/// One number that members of a target group meet differently: done to what everybody meets.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupEdit {
    /// Who meets it.
    pub group: Group,
    /// What is done.
    pub edit: Edit,
}

impl Conditions {
    /// Conditions with these values in the order of `layout`, and no offers.
    ///
    /// # Panics
    /// If the number of values is not the layout's.
    #[must_use]
    pub fn new(layout: Arc<Layout>, values: Vec<f64>) -> Self {
        assert_eq!(values.len(), layout.size());
        let booked_gbp = vec![0.0; layout.regions()];
        Self { layout, values, offers: Vec::new(), priced: Vec::new(), changes: Vec::new(), booked_gbp }
    }

    /// Where each table lies.
    #[must_use]
    pub fn layout(&self) -> &Arc<Layout> {
        &self.layout
    }

    /// All values, in layout order.
    #[must_use]
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// All values, to be edited.
    pub fn values_mut(&mut self) -> &mut [f64] {
        &mut self.values
    }

    /// One number.
    ///
    /// ```
    /// use rungs::conditions::{Conditions, jobs::SEPARATION};
    /// use rungs::domain::{AgeBand, JobClass};
    ///
    /// fn hazard(conditions: &Conditions) -> f64 {
    ///     conditions.get(SEPARATION, (JobClass::Working, AgeBand::From18))
    /// }
    /// ```
    ///
    /// A key along other axes does not compile:
    ///
    /// ```compile_fail,E0308
    /// # use rungs::conditions::{Conditions, jobs::SEPARATION};
    /// # use rungs::domain::{AgeBand, JobClass};
    /// # fn hazard(conditions: &Conditions) -> f64 {
    /// conditions.get(SEPARATION, (AgeBand::From18, JobClass::Working))
    /// # }
    /// ```
    #[must_use]
    #[inline]
    pub fn get<K: TableKey>(&self, condition: Condition<K>, key: K) -> f64 {
        self.values[self.layout.position(condition, key)]
    }

    /// The target groups that meet something differently, each once, in order.
    #[must_use]
    pub fn groups(&self) -> Vec<&Group> {
        let mut groups: Vec<&Group> = self.changes.iter().map(|change| &change.group).collect();
        groups.sort_unstable();
        groups.dedup();
        groups
    }

    /// A condition's whole table in row-major order.
    #[must_use]
    pub fn table<K>(&self, condition: Condition<K>) -> &[f64] {
        &self.values[self.layout.range(condition)]
    }
}
