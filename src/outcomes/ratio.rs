//! What a measure gives: a numerator and a denominator.

use super::counted::Counted;

/// A numerator and a denominator, at full scale.
///
/// ```
/// use rungs::outcomes::Ratio;
///
/// assert_eq!(Ratio { numerator: 1.0, denominator: 8.0 }.value(), Some(0.125));
/// assert_eq!(Ratio { numerator: 1.0, denominator: 0.0 }.value(), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ratio {
    /// What is counted; the value itself of a measure of [`Form::Value`](super::Form::Value).
    pub numerator: f64,
    /// What it is divided by; when it is zero the value is unknown.
    pub denominator: f64,
}

impl Ratio {
    /// Nothing out of nothing.
    pub(super) const UNKNOWN: Self = Self { numerator: 0.0, denominator: 0.0 };

    /// A share of agents, each standing for `counted.scale()` people.
    #[must_use]
    pub fn of_agents(counted: &Counted, numerator: u64, denominator: u64) -> Self {
        Self { numerator: float(numerator) * counted.scale(), denominator: float(denominator) * counted.scale() }
    }

    /// A value that is no ratio, worked out from `agents`; unknown when it is `None`.
    pub(super) fn of_value(counted: &Counted, value: Option<f64>, agents: u64) -> Self {
        value.map_or(Self::UNKNOWN, |value| Self { numerator: value, denominator: float(agents) * counted.scale() })
    }

    /// Agents a year, as people a year.
    pub(super) fn a_year(counted: &Counted, agents: u64) -> Self {
        Self { numerator: float(agents) * counted.scale(), denominator: counted.years() }
    }

    /// Numerators and denominators of several periods added up, from first to last.
    #[must_use]
    pub fn sum(ratios: &[Self]) -> Self {
        let add = |total: Self, one: &Self| Self {
            numerator: total.numerator + one.numerator,
            denominator: total.denominator + one.denominator,
        };
        ratios.iter().fold(Self::UNKNOWN, add)
    }

    /// Numerator over denominator; `None` when the denominator is zero.
    #[must_use]
    pub fn value(self) -> Option<f64> {
        (self.denominator > 0.0).then(|| self.numerator / self.denominator)
    }
}

/// A count as a float: exact below 2^53, more person-months than any run has.
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
pub(super) fn float(count: u64) -> f64 {
    count as f64
}
