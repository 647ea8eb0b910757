//! Published figures to compare the baseline with, and what simulates each.

use super::mechanisms::Mechanism;
use crate::domain::Kind;
use crate::engine::tally::Slice;
use crate::outcomes::{Measure, all_measures};
use crate::world::Confidence;
use strum::{IntoStaticStr, VariantArray};

/// What a published figure is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray, IntoStaticStr)]
pub enum Use {
    /// Parameters are fitted to it.
    #[strum(serialize = "fitted")]
    Fitted,
    /// It is only compared with.
    #[strum(serialize = "out-of-sample")]
    OutOfSample,
}

/// A published figure, and what simulates it. Numbers are in its own unit.
///
/// ```
/// use rungs::calibrate::{self, Use};
/// use rungs::prelude::*;
///
/// let targets = calibrate::read(&World::uk()?)?;
/// let (low, high) = targets[0].accepted();
/// assert!(low < high);
/// assert!(targets.iter().any(|target| target.used == Use::OutOfSample), "some figures are only compared with");
/// # Ok::<(), Diagnostics>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// What it is about, such as `NEET`; tables are grouped by it.
    pub subject: String,
    /// A name that no other target has.
    pub name: String,
    /// What simulates it.
    pub simulated: Simulated,
    /// Whom it is about, as written: a breakdown (or `all`) and a group of it.
    pub about: (String, String),
    /// The same as slices, whose counts are added up.
    pub slices: Vec<Slice>,
    /// The published value; none if only an interval is known.
    pub value: Option<f64>,
    /// Lower end of the published interval.
    pub low: Option<f64>,
    /// Upper end of the published interval.
    pub high: Option<f64>,
    /// The unit of these numbers.
    pub unit: String,
    /// How many of these units are one of the measure's: 100 for percent, else 1.
    pub per_unit: f64,
    /// The period it refers to.
    pub period: String,
    /// The key of its source.
    pub source: String,
    /// How it is known.
    pub confidence: Confidence,
    /// What it is used for.
    pub used: Use,
    /// How it was derived, or how its definition differs from the measure's.
    pub note: String,
}

/// What gives a target's value in a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Simulated {
    /// A measure, as an index of [`all_measures`].
    Measure(usize),
    /// An experiment.
    Mechanism(Mechanism),
}

impl Simulated {
    /// The name used in files.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Measure(index) => all_measures()[index].key,
            Self::Mechanism(mechanism) => mechanism.name(),
        }
    }

    /// Its unit.
    #[must_use]
    pub fn unit(self) -> &'static str {
        match self {
            Self::Measure(index) => all_measures()[index].unit,
            Self::Mechanism(mechanism) => mechanism.unit(),
        }
    }

    /// The lowest and highest value that it can have.
    #[must_use]
    pub fn range(self) -> [f64; 2] {
        match self.unit() {
            "share" | "rank, 0 to 1" | "share squared" | "rank squared" => [0.0, 1.0],
            "share difference" | "rank per rank" => [-1.0, 1.0],
            "log odds ratio" | "elasticity" | "share per share" | "rank per share" | "routes per share" => {
                [f64::NEG_INFINITY, f64::INFINITY]
            }
            // counts, money, rates and ratios
            _ => [0.0, f64::INFINITY],
        }
    }

    /// The measure, if it is one.
    #[must_use]
    pub fn measure(self) -> Option<&'static Measure> {
        match self {
            Self::Measure(index) => all_measures().get(index),
            Self::Mechanism(_) => None,
        }
    }

    /// What has this name.
    #[must_use]
    pub(super) fn named(key: &str) -> Option<Self> {
        let measure = all_measures().iter().position(|measure| measure.key == key).map(Self::Measure);
        measure.or_else(|| Mechanism::named(key).map(Self::Mechanism))
    }

    /// Every name.
    pub(super) fn keys() -> impl Iterator<Item = &'static str> {
        let mechanisms = Mechanism::VARIANTS.iter().map(|mechanism| mechanism.name());
        all_measures().iter().map(|measure| measure.key).chain(mechanisms)
    }
}

/// Tolerance on a share where no interval is published (one percentage point).
const SHARE_TOLERANCE: f64 = 0.01;
/// Tolerance on anything else where no interval is published, relative to the value.
const RELATIVE_TOLERANCE: f64 = 0.05;

impl Target {
    /// The simulated values that agree with it, both ends included: the published interval, open where an end is not
    /// published; or within one percentage point of a share and 5% of anything else.
    #[must_use]
    pub fn accepted(&self) -> (f64, f64) {
        if self.low.is_some() || self.high.is_some() {
            return (self.low.unwrap_or(f64::NEG_INFINITY), self.high.unwrap_or(f64::INFINITY));
        }
        let value = self.value.unwrap_or(f64::NAN);
        let is_share = self.simulated.unit() == "share";
        let half = if is_share { SHARE_TOLERANCE * self.per_unit } else { RELATIVE_TOLERANCE * value.abs() };
        (value - half, value + half)
    }

    /// The published value, or the middle of the interval; none of a half-open one.
    #[must_use]
    pub fn centre(&self) -> Option<f64> {
        self.value.or_else(|| Some((self.low? + self.high?) / 2.0))
    }
}
