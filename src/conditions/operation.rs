//! One change of one number.

use super::axis::TableKey;
use super::condition::Condition;
use super::layout::Layout;
use std::cmp::Ordering;

/// One change of one number.
///
/// ```
/// use rungs::conditions::{Edit, Operation, apply, jobs};
/// use rungs::prelude::*;
///
/// let world = World::uk()?;
/// let mut conditions = world.baseline.clone();
/// let [before, lowered] = [1.0, 0.5].map(|ratio| ratio * conditions.get(jobs::VACANCY_LAPSE, ()));
/// let halved = Edit::new(conditions.layout(), jobs::VACANCY_LAPSE, (), Operation::Scale(0.5));
/// apply(&mut conditions, &mut [halved]);
/// assert_eq!(conditions.get(jobs::VACANCY_LAPSE, ()), lowered);
/// assert!(lowered < before);
/// # Ok::<(), Diagnostics>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Edit {
    /// The condition.
    pub condition: Condition,
    /// The position in the flat list of values.
    pub position: usize,
    /// What is done.
    pub operation: Operation,
}

impl Edit {
    /// Something done to one number of a condition.
    #[must_use]
    pub fn new<K: TableKey>(layout: &Layout, condition: Condition<K>, key: K, operation: Operation) -> Self {
        Self { condition: condition.any(), position: layout.position(condition, key), operation }
    }
}

/// What an edit does to a number. All scalings come before all shifts, and bounds come last, so that two
/// edits which bring a number to a value do not add up to more.
///
/// ```
/// use rungs::conditions::Operation;
///
/// assert_eq!(Operation::Scale(1.5).on(2.0), 3.0);
/// assert_eq!(Operation::AtMost(1.0).on(2.0), 1.0);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Operation {
    /// Multiply.
    Scale(f64),
    /// Add.
    Shift(f64),
    /// Raise to this where it is less.
    AtLeast(f64),
    /// Lower to this where it is more.
    AtMost(f64),
}

impl Operation {
    /// What it makes of a number.
    #[must_use]
    pub fn on(self, value: f64) -> f64 {
        match self {
            Self::Scale(by) => value * by,
            Self::Shift(by) => value + by,
            Self::AtLeast(bound) => value.max(bound),
            Self::AtMost(bound) => value.min(bound),
        }
    }

    fn rank(self) -> (u8, f64) {
        match self {
            Self::Scale(by) => (0, by),
            Self::Shift(by) => (1, by),
            Self::AtLeast(bound) => (2, bound),
            Self::AtMost(bound) => (3, bound),
        }
    }
}

/// The order in which edits are applied: by position, then scalings, shifts and bounds, smaller amounts first.
#[must_use]
pub fn order(a: &Edit, b: &Edit) -> Ordering {
    let ((a_rank, a_by), (b_rank, b_by)) = (a.operation.rank(), b.operation.rank());
    (a.position, a_rank).cmp(&(b.position, b_rank)).then(a_by.total_cmp(&b_by))
}
