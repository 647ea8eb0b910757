//! Every measure of every slice and period of one run.

use super::counted::Counted;
use super::measure::{Measure, Pooling};
use super::ratio::Ratio;
use crate::calendar::Month;
use crate::engine::tally::{Slice, Tallies};
use std::ops::Range;
use std::sync::Arc;

/// A stretch of months that is counted as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// First month.
    pub start: Month,
    /// Length in months.
    pub months: u16,
}

/// Numerators and denominators of one run, dense by measure, slice and period; the indices are those of
/// the measures and slices given to [`evaluate`], and of the periods of the tallies.
#[derive(Clone, Debug, PartialEq)]
pub struct RunOutcome {
    /// The key of each measure, and how its periods are joined.
    measures: Arc<[(&'static str, Pooling)]>,
    slices: usize,
    periods: usize,
    ratios: Vec<Ratio>,
}

impl RunOutcome {
    /// An outcome from its ratios in the order of measure, slice and period; `None` when their
    /// number is not the product of the three.
    #[must_use]
    pub fn from_ratios(measures: &[Measure], slices: usize, periods: usize, ratios: Vec<Ratio>) -> Option<Self> {
        let is_whole = ratios.len() == measures.len() * slices * periods;
        let measures = measures.iter().map(|measure| (measure.key, measure.pooling)).collect();
        is_whole.then_some(Self { measures, slices, periods, ratios })
    }

    /// The place of the measure with this key; `None` if it was not evaluated.
    #[must_use]
    pub fn measure(&self, key: &str) -> Option<usize> {
        self.measures.iter().position(|(known, _)| *known == key)
    }

    /// All ratios in the order of measure, slice and period.
    #[must_use]
    pub fn ratios(&self) -> &[Ratio] {
        &self.ratios
    }

    /// The number of slices.
    #[must_use]
    pub fn slices(&self) -> usize {
        self.slices
    }

    /// The number of periods.
    #[must_use]
    pub fn periods(&self) -> usize {
        self.periods
    }

    /// Numerator and denominator of one period.
    #[must_use]
    pub fn ratio(&self, measure: usize, slice: usize, period: usize) -> Ratio {
        self.ratios[(measure * self.slices + slice) * self.periods + period]
    }

    /// The value in one period; `None` when it is unknown.
    #[must_use]
    pub fn value(&self, measure: usize, slice: usize, period: usize) -> Option<f64> {
        value_of(self.measures[measure].1, self.ratio(measure, slice, period))
    }

    /// Numerators and denominators summed over several periods.
    #[must_use]
    pub fn summed(&self, measure: usize, slice: usize, periods: Range<usize>) -> Ratio {
        periods.map(|period| self.ratio(measure, slice, period)).fold(
            Ratio { numerator: 0.0, denominator: 0.0 },
            |total, ratio| Ratio {
                numerator: total.numerator + ratio.numerator,
                denominator: total.denominator + ratio.denominator,
            },
        )
    }

    /// The value over several periods, joined as the measure says; `None` when it is unknown.
    #[must_use]
    pub fn pooled(&self, measure: usize, slice: usize, periods: Range<usize>) -> Option<f64> {
        match self.measures[measure].1 {
            Pooling::Sum => self.summed(measure, slice, periods).value(),
            Pooling::Average => {
                let known =
                    periods.map(|period| self.ratio(measure, slice, period)).filter(|ratio| ratio.denominator > 0.0);
                let (total, count) =
                    known.fold((0.0, 0.0), |(total, count), ratio| (total + ratio.numerator, count + 1.0));
                (count > 0.0).then(|| total / count)
            }
        }
    }
}

/// The value of a ratio in one period; `None` when it is unknown.
#[must_use]
pub(super) fn value_of(pooling: Pooling, ratio: Ratio) -> Option<f64> {
    match pooling {
        Pooling::Sum => ratio.value(),
        Pooling::Average => (ratio.denominator > 0.0).then_some(ratio.numerator),
    }
}

/// These measures for every slice and period of a run.
///
/// A measure that does not exist for a slice gets an empty ratio there: ask [`Measure::applies_to`].
///
/// ```
/// use rungs::engine::tally::{Cells, PeriodTally, Tallies};
/// use rungs::outcomes::{evaluate, measures};
/// use rungs::prelude::*;
///
/// let periods = vec![PeriodTally::new("2026-09".parse()?, Cells::new(12))];
/// let outcome = evaluate(&Tallies { scale: 100, periods }, &[Slice::All], measures());
/// let neet = outcome.measure("neet_rate").ok_or("no such measure")?;
/// // Nobody was counted, so the rate is unknown and not zero.
/// assert_eq!(outcome.value(neet, 0, 0), None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn evaluate(tallies: &Tallies, slices: &[Slice], measures: &[Measure]) -> RunOutcome {
    let periods = tallies.periods.len();
    let nothing = Ratio { numerator: 0.0, denominator: 0.0 };
    let mut ratios = vec![nothing; measures.len() * slices.len() * periods];
    for (slice_index, slice) in slices.iter().enumerate() {
        for (period_index, period) in tallies.periods.iter().enumerate() {
            let counted = Counted::new(period, *slice, tallies.scale);
            for (measure_index, measure) in measures.iter().enumerate() {
                if measure.applies_to(*slice) {
                    let at = (measure_index * slices.len() + slice_index) * periods + period_index;
                    ratios[at] = measure.of(&counted);
                }
            }
        }
    }
    let measures = measures.iter().map(|measure| (measure.key, measure.pooling)).collect();
    RunOutcome { measures, slices: slices.len(), periods, ratios }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Level, Origin, Region};
    use crate::engine::tally::Status;
    use crate::outcomes::measures;
    use crate::outcomes::testing::{SCALE, Sheet};

    fn index(key: &str) -> usize {
        measures().iter().position(|measure| measure.key == key).unwrap()
    }

    fn two_periods() -> RunOutcome {
        let first = Sheet::new()
            .stock(20, Status::Working, 90)
            .stock(20, Status::InactiveShort, 10)
            .starts(Level::Level2, 0, 6)
            .pay(25, 50, 4);
        let second = Sheet::new().stock(20, Status::Working, 10).stock(20, Status::InactiveShort, 10).starts(
            Level::Level2,
            0,
            2,
        );
        let tallies = Tallies { scale: SCALE, periods: vec![first.period, second.period] };
        let slices = [Slice::All, Slice::Residence(Region(0)), Slice::Origin(Origin::LowerWorking)];
        evaluate(&tallies, &slices, measures())
    }

    #[test]
    fn pooled_shares_sum_before_they_divide() {
        let outcome = two_periods();
        let neet = index("neet_rate");
        assert_eq!(outcome.value(neet, 0, 0), Some(0.1));
        assert_eq!(outcome.value(neet, 1, 1), Some(0.5));
        assert_eq!(outcome.pooled(neet, 0, 0..2), Some(20.0 / 120.0));
        assert_eq!(outcome.value(neet, 2, 0), None);
    }

    #[test]
    fn pooled_counts_stay_a_year() {
        // 8 agents in half a year at ten people an agent.
        assert_eq!(two_periods().pooled(index("apprenticeship_starts"), 0, 0..2), Some(160.0));
    }

    #[test]
    fn a_median_is_averaged_over_the_periods_that_have_one() {
        let outcome = two_periods();
        let pay = index("median_pay.25");
        assert_eq!(outcome.value(pay, 0, 1), None);
        assert_eq!(outcome.pooled(pay, 0, 0..2), outcome.value(pay, 0, 0));
    }

    #[test]
    fn a_measure_of_places_is_unknown_for_kinds_of_people() {
        assert!(!measures()[index("public_spending")].applies_to(Slice::Origin(Origin::LowerWorking)));
        assert_eq!(two_periods().value(index("public_spending"), 2, 0), None);
        assert_eq!(two_periods().value(index("public_spending"), 1, 0), Some(0.0));
    }
}
