//! All conditions by position and by name.

use super::condition::Condition;
use super::rows::{apprenticeships, education, jobs, pay, places, population, support};
use super::spec::{Spec, Whole};
use std::sync::LazyLock;

/// The subjects in the order of the layout: that in which each one's file says which is before it.
const SUBJECTS: [&[Spec]; 7] =
    [population::ROWS, education::ROWS, apprenticeships::ROWS, jobs::ROWS, support::ROWS, places::ROWS, pay::ROWS];

impl Condition {
    /// All conditions, in the order of the layout.
    pub fn all() -> impl ExactSizeIterator<Item = Self> + DoubleEndedIterator + Clone {
        (0..pay::END).map(Self::at)
    }

    /// The condition with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::all().find(|condition| condition.spec().name == name)
    }
}

impl<K> Condition<K> {
    /// Its name, axes, unit, meaning and range.
    #[must_use]
    pub fn spec(self) -> &'static Spec {
        static SPECS: LazyLock<Vec<Spec>> = LazyLock::new(|| SUBJECTS.concat());
        &SPECS[self.index()]
    }

    /// The axis along which the numbers are parts of one whole (shares that sum to 1, or weights between
    /// which somebody chooses), as a position in its axes.
    #[must_use]
    pub fn parts_axis(self) -> Option<usize> {
        let spec = self.spec();
        match spec.whole? {
            Whole::SharedOut => spec.axes.len().checked_sub(1),
            Whole::Chosen => Some(0),
        }
    }

    /// Whether the numbers along the last axis are shares that sum to 1.
    #[must_use]
    pub fn is_shared_out(self) -> bool {
        self.spec().whole == Some(Whole::SharedOut)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_condition_is_found_by_a_name_of_its_own() {
        for condition in Condition::all() {
            assert_eq!(Condition::named(condition.spec().name), Some(condition));
            assert!(condition.spec().lowest < condition.spec().highest, "{}", condition.spec().name);
        }
        let names: BTreeSet<&str> = Condition::all().map(|condition| condition.spec().name).collect();
        assert_eq!(names.len(), SUBJECTS.concat().len());
    }

    #[test]
    fn a_typed_handle_names_its_row() {
        assert_eq!(population::COHORT_SIZE.spec().name, "cohort_size");
        assert_eq!(jobs::PERSONAL_LOADING.spec().name, "personal_loading");
        assert_eq!(pay::APPRENTICE_PAY.spec().name, "apprentice_pay");
        assert_eq!(Condition::named("separation"), Some(jobs::SEPARATION.any()));
    }

    #[test]
    fn every_file_of_rows_holds_one_subject() {
        for rows in SUBJECTS {
            assert!(rows.iter().all(|row| row.subject == rows[0].subject), "{}", rows[0].subject);
        }
    }
}
