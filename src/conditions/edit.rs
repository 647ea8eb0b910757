//! Applying edits to conditions, so that their order cannot matter.

use super::condition::Condition;
use super::group::Group;
use super::month::Conditions;
use super::operation::{Edit, order};
use std::collections::BTreeSet;

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

impl Conditions {
    /// What somebody meets who belongs to the groups that `is_member` names and to no other.
    #[must_use]
    pub fn met_by(&self, is_member: impl Fn(&Group) -> bool) -> Self {
        let mut own = self.clone();
        own.changes.clear();
        let changes = self.changes.iter().filter(|change| is_member(&change.group));
        apply(&mut own, &mut changes.map(|change| change.edit).collect::<Vec<_>>());
        own
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conditions::education::{CHOICE_AT_16, COURSE_PLACES};
    use crate::conditions::population::ORIGIN_SHARE;
    use crate::conditions::{Condition, Layout, Operation, TableKey};
    use crate::domain::{AttainmentBand, NextStep, Origin, Programme, Region};
    use std::sync::Arc;
    use strum::VariantArray;

    const SHARES: [f64; 5] = [0.4, 0.3, 0.1, 0.1, 0.1];

    /// Two regions with these shares and weights of 1.
    fn conditions() -> Conditions {
        let layout = Arc::new(Layout::new(2));
        let mut conditions = Conditions::new(Arc::clone(&layout), vec![1.0; layout.size()]);
        for region in layout.range(ORIGIN_SHARE).step_by(SHARES.len()) {
            conditions.values_mut()[region..region + SHARES.len()].copy_from_slice(&SHARES);
        }
        conditions
    }

    fn edited<K: TableKey>(condition: Condition<K>, edits: impl IntoIterator<Item = (K, Operation)>) -> Conditions {
        let mut conditions = conditions();
        let layout = Arc::clone(conditions.layout());
        let edits = edits.into_iter().map(|(key, operation)| Edit::new(&layout, condition, key, operation));
        apply(&mut conditions, &mut edits.collect::<Vec<_>>());
        conditions
    }

    fn of_all_origins(region: Region, operation: Operation) -> impl Iterator<Item = ((Region, Origin), Operation)> {
        Origin::VARIANTS.iter().map(move |origin| ((region, *origin), operation))
    }

    fn close(found: &[f64], expected: &[f64]) -> bool {
        found.iter().zip(expected).all(|(found, expected)| (found - expected).abs() < 1e-12)
    }

    #[test]
    fn edited_shares_sum_to_one_again_and_others_keep_their_bits() {
        let first = (Region(0), Origin::HigherProfessional);
        let shares = edited(ORIGIN_SHARE, [(first, Operation::Scale(2.0))]);
        let shares = shares.table(ORIGIN_SHARE);
        assert!(close(&shares[..5], &[0.8, 0.3, 0.1, 0.1, 0.1].map(|share| share / 1.4)));
        assert_eq!(shares[5..], SHARES);
    }

    #[test]
    fn bounds_come_after_changes_and_do_not_add_up() {
        let at = (Region(0), Programme::SixthForm);
        let twice = [Operation::AtLeast(0.6), Operation::AtLeast(0.7), Operation::Scale(1.5)];
        let weights = edited(COURSE_PLACES, twice.map(|operation| (at, operation)));
        assert!((weights.get(COURSE_PLACES, at) - 1.5).abs() < 1e-12);
        let lowered = edited(COURSE_PLACES, [(at, Operation::AtMost(0.4)), (at, Operation::AtLeast(0.5))]);
        assert!((lowered.get(COURSE_PLACES, at) - 0.4).abs() < 1e-12);
    }

    #[test]
    fn a_common_factor_leaves_shares_what_they_were_even_past_one() {
        let scaled = edited(ORIGIN_SHARE, of_all_origins(Region(1), Operation::Scale(7.0)));
        assert!(close(&scaled.table(ORIGIN_SHARE)[5..], &SHARES));
    }

    #[test]
    fn parts_of_which_nothing_would_be_left_stay_as_they_were() {
        let none = edited(ORIGIN_SHARE, of_all_origins(Region(0), Operation::Shift(-1.0)));
        assert_eq!(none.table(ORIGIN_SHARE)[..5], SHARES);
        let nothing = NextStep::VARIANTS.iter().map(|step| ((*step, AttainmentBand::Low), Operation::Scale(0.0)));
        assert_eq!(edited(CHOICE_AT_16, nothing.clone()), conditions());
        // A choice of which some is left may lose a step.
        let without_first = edited(CHOICE_AT_16, nothing.take(1));
        assert!(without_first.get(CHOICE_AT_16, (NextStep::SixthForm, AttainmentBand::Low)) <= 0.0);
        assert!(close(&without_first.table(CHOICE_AT_16)[1..], &conditions().table(CHOICE_AT_16)[1..]));
    }
}
