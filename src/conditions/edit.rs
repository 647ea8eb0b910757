//! What a lever does to conditions, in a form whose order cannot matter.

use super::{Condition, Conditions};

/// One change of one number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Edit {
    /// The condition.
    pub condition: Condition,
    /// The position in the flat list of values.
    pub position: usize,
    /// What is done.
    pub operation: Operation,
}

/// What an edit does to a number. All scalings come before all shifts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Operation {
    /// Multiply.
    Scale(f64),
    /// Add.
    Shift(f64),
}

impl Operation {
    fn rank(self) -> (u8, f64) {
        match self {
            Self::Scale(by) => (0, by),
            Self::Shift(by) => (1, by),
        }
    }
}

/// Applies edits to conditions, whatever the order they are listed in: by position, scalings before
/// shifts, smaller amounts first; results are held within each condition's range.
pub fn apply(conditions: &mut Conditions, edits: &mut [Edit]) {
    edits.sort_by(|a, b| {
        let (a_rank, a_by) = a.operation.rank();
        let (b_rank, b_by) = b.operation.rank();
        (a.position, a_rank).cmp(&(b.position, b_rank)).then(a_by.total_cmp(&b_by))
    });
    for edit in edits.iter() {
        let value = &mut conditions.values_mut()[edit.position];
        match edit.operation {
            Operation::Scale(by) => *value *= by,
            Operation::Shift(by) => *value += by,
        }
    }
    for edit in edits.iter() {
        let spec = edit.condition.spec();
        let value = &mut conditions.values_mut()[edit.position];
        *value = value.clamp(spec.lowest, spec.highest);
    }
}
