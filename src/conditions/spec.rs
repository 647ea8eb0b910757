//! What is known of a condition before any world is loaded.

use super::axis::{Axis, TableKey};
use super::unit::Unit;

/// What is known of a condition before any world is loaded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spec {
    /// The name in TOML, CSV and tables.
    pub name: &'static str,
    /// The subject it belongs to.
    pub subject: &'static str,
    /// The axes of its table, outermost first; none for a single number.
    pub axes: &'static [Axis],
    /// The unit of each number.
    pub unit: &'static str,
    /// What it means, in a few words.
    pub meaning: &'static str,
    /// The lowest value allowed.
    pub lowest: f64,
    /// The highest value allowed.
    pub highest: f64,
    /// Who meets it.
    pub met_by: Met,
    /// The whole of which its numbers are parts, if they are.
    pub whole: Option<Whole>,
}

/// The number of the row with this name, in capitals or not.
///
/// # Panics
/// If there is none; where it is asked for, that is while the program is compiled.
pub(super) const fn row_named(rows: &[Spec], name: &str) -> usize {
    let mut at = 0;
    while !rows[at].name.eq_ignore_ascii_case(name) {
        at += 1;
    }
    at
}

/// Who meets a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Met {
    /// Each person for themselves: a lever may change it for a target group alone.
    People,
    /// A place, a queue or everybody who enters: it is the same for all who meet it.
    Places,
}

/// What a condition's numbers are parts of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whole {
    /// Numbers along the last axis are shares that sum to 1.
    SharedOut,
    /// Numbers along the first axis are weights between which somebody chooses.
    Chosen,
}

impl Spec {
    /// A condition whose numbers are looked up by `K` and have the usual range of their unit. The name is ASCII.
    pub(super) const fn new<K: TableKey>(
        subject: &'static str,
        name: &'static [u8],
        met_by: Met,
        unit: Unit,
        meaning: &'static str,
    ) -> Self {
        let Ok(name) = str::from_utf8(name) else { panic!("a name that is no text") };
        let (lowest, highest) = unit.range();
        Self { name, subject, axes: K::AXES, unit: unit.text(), meaning, lowest, highest, met_by, whole: None }
    }

    /// The same with a range of its own.
    pub(super) const fn within(self, lowest: f64, highest: f64) -> Self {
        Self { lowest, highest, ..self }
    }

    /// The same with shares along its last axis.
    pub(super) const fn shared_out(self) -> Self {
        Self { whole: Some(Whole::SharedOut), ..self }
    }

    /// The same with weights along its first axis.
    pub(super) const fn chosen(self) -> Self {
        Self { whole: Some(Whole::Chosen), ..self }
    }
}

/// An ASCII text in small letters.
pub(super) const fn small_letters<const N: usize>(text: &str) -> [u8; N] {
    let mut letters = [0; N];
    let mut at = 0;
    while at < N {
        letters[at] = text.as_bytes()[at].to_ascii_lowercase();
        at += 1;
    }
    letters
}
