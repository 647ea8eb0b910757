//! What a lever does to conditions, in a form whose order cannot matter.

use super::{Condition, Conditions};
use std::cmp::Ordering;
use std::collections::BTreeSet;

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

/// What an edit does to a number. All scalings come before all shifts, and bounds come last, so that two
/// edits which bring a number to a value do not add up to more.
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

/// Applies edits to conditions, whatever the order they are listed in (see [`order`]); results are held
/// within each condition's range.
///
/// Shares of which one was edited are brought back to a sum of 1, and parts of a whole of which nothing
/// would be left stay as they were.
pub fn apply(conditions: &mut Conditions, edits: &mut [Edit]) {
    edits.sort_by(order);
    let has_parts = edits.iter().any(|edit| edit.condition.parts_axis().is_some());
    let before = if has_parts { conditions.values().to_vec() } else { Vec::new() };
    for edit in edits.iter() {
        let value = &mut conditions.values_mut()[edit.position];
        *value = edit.operation.on(*value);
    }
    for edit in edits.iter() {
        let spec = edit.condition.spec();
        let value = &mut conditions.values_mut()[edit.position];
        // Shares may pass 1 until they are brought back to their sum.
        let highest = if edit.condition.is_shared_out() { f64::INFINITY } else { spec.highest };
        *value = value.clamp(spec.lowest, highest);
    }
    mend_wholes(conditions, edits, &before);
}

/// Makes the parts of every whole that was edited one whole again.
fn mend_wholes(conditions: &mut Conditions, edits: &[Edit], before: &[f64]) {
    let wholes: BTreeSet<(Condition, Vec<usize>)> =
        edits.iter().filter_map(|edit| Some((edit.condition, parts(conditions, edit)?))).collect();
    for (condition, parts) in wholes {
        let values = conditions.values_mut();
        let sum = parts.iter().fold(0.0, |sum, part| sum + values[*part]);
        for part in parts {
            if sum <= 0.0 {
                values[part] = before[part];
            } else if condition.is_shared_out() {
                values[part] /= sum;
            }
        }
    }
}

/// The positions of all parts of the whole that an edit changes one of.
fn parts(conditions: &Conditions, edit: &Edit) -> Option<Vec<usize>> {
    let (lengths, table) = (conditions.layout().lengths(edit.condition), conditions.layout().range(edit.condition));
    let axis = edit.condition.parts_axis()?;
    let step: usize = lengths[axis + 1..].iter().product();
    let offset = edit.position - table.start;
    let first = edit.position - offset / step % lengths[axis] * step;
    Some((0..lengths[axis]).map(|part| first + part * step).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conditions::Layout;
    use std::sync::Arc;

    const SHARES: [f64; 5] = [0.4, 0.3, 0.1, 0.1, 0.1];

    /// Two regions with these shares and weights of 1.
    fn conditions() -> Conditions {
        let layout = Arc::new(Layout::new(2));
        let mut conditions = Conditions::new(Arc::clone(&layout), vec![1.0; layout.size()]);
        for region in layout.range(Condition::OriginShare).step_by(SHARES.len()) {
            conditions.values_mut()[region..region + SHARES.len()].copy_from_slice(&SHARES);
        }
        conditions
    }

    fn edited(condition: Condition, edits: &[(&[usize], Operation)]) -> Conditions {
        let mut conditions = conditions();
        let position = |at: &[usize]| conditions.layout().position(condition, at);
        let edit =
            |(at, operation): &(&[usize], Operation)| Edit { condition, position: position(at), operation: *operation };
        let mut edits: Vec<Edit> = edits.iter().map(edit).collect();
        apply(&mut conditions, &mut edits);
        conditions
    }

    fn close(found: &[f64], expected: &[f64]) -> bool {
        found.iter().zip(expected).all(|(found, expected)| (found - expected).abs() < 1e-12)
    }

    #[test]
    fn edited_shares_sum_to_one_again_and_others_keep_their_bits() {
        let shares = edited(Condition::OriginShare, &[(&[0, 0], Operation::Scale(2.0))]);
        let shares = shares.table(Condition::OriginShare);
        assert!(close(&shares[..5], &[0.8, 0.3, 0.1, 0.1, 0.1].map(|share| share / 1.4)));
        assert_eq!(shares[5..], SHARES);
    }

    #[test]
    fn bounds_come_after_changes_and_do_not_add_up() {
        let at: &[usize] = &[0, 0];
        let twice = [(at, Operation::AtLeast(0.6)), (at, Operation::AtLeast(0.7)), (at, Operation::Scale(1.5))];
        let weights = edited(Condition::CoursePlaces, &twice);
        assert!((weights.get(Condition::CoursePlaces, at) - 1.5).abs() < 1e-12);
        let lowered = edited(Condition::CoursePlaces, &[(at, Operation::AtMost(0.4)), (at, Operation::AtLeast(0.5))]);
        assert!((lowered.get(Condition::CoursePlaces, at) - 0.4).abs() < 1e-12);
    }

    #[test]
    fn a_common_factor_leaves_shares_what_they_were_even_past_one() {
        let all = [0, 1, 2, 3, 4].map(|origin| [1, origin]);
        let edits: Vec<(&[usize], Operation)> = all.iter().map(|at| (&at[..], Operation::Scale(7.0))).collect();
        assert!(close(&edited(Condition::OriginShare, &edits).table(Condition::OriginShare)[5..], &SHARES));
    }

    #[test]
    fn parts_of_which_nothing_would_be_left_stay_as_they_were() {
        let all = [0, 1, 2, 3, 4].map(|origin| [0, origin]);
        let edits: Vec<(&[usize], Operation)> = all.iter().map(|at| (&at[..], Operation::Shift(-1.0))).collect();
        assert_eq!(edited(Condition::OriginShare, &edits).table(Condition::OriginShare)[..5], SHARES);
        let steps = conditions().layout().lengths(Condition::ChoiceAt16)[0];
        let low: Vec<[usize; 2]> = (0..steps).map(|step| [step, 0]).collect();
        let edits: Vec<(&[usize], Operation)> = low.iter().map(|at| (&at[..], Operation::Scale(0.0))).collect();
        assert_eq!(edited(Condition::ChoiceAt16, &edits), conditions());
        // A choice of which some is left may lose a step.
        let without_first = edited(Condition::ChoiceAt16, &edits[..1]);
        assert!(without_first.get(Condition::ChoiceAt16, &[0, 0]) <= 0.0);
        assert!(close(
            &without_first.table(Condition::ChoiceAt16)[1..],
            &conditions().table(Condition::ChoiceAt16)[1..]
        ));
    }
}
