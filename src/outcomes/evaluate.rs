//! Every measure of every slice and span of one run.

use super::counted::Counted;
use super::measure::{Form, Measure};
use super::ratio::Ratio;
use super::spans::{Period, PeriodSpan, spans};
use crate::engine::tally::{Slice, Tallies};
use std::sync::Arc;

/// Numerators and denominators of one run, dense by measure, slice and span; the indices are those of
/// the measures and slices given to [`evaluate`], and of the [`spans`] of its periods.
#[derive(Clone, Debug, PartialEq)]
pub struct RunOutcome {
    /// The key of each measure, and what it gives.
    measures: Arc<[(&'static str, Form)]>,
    slices: usize,
    spans: usize,
    ratios: Vec<Ratio>,
}

impl RunOutcome {
    /// An outcome from its ratios in the order of measure, slice and span; `None` when their number is not the product of the three.
    /// Of ratios only those of periods are read: the others are their sums.
    #[must_use]
    pub fn from_ratios(measures: &[Measure], slices: usize, spans: &[PeriodSpan], ratios: Vec<Ratio>) -> Option<Self> {
        let is_whole = ratios.len() == measures.len() * slices * spans.len();
        is_whole.then(|| Self::adding_up(measures, slices, spans, ratios))
    }

    fn adding_up(measures: &[Measure], slices: usize, spans: &[PeriodSpan], mut ratios: Vec<Ratio>) -> Self {
        let of_subject = ratios.chunks_exact_mut(spans.len().max(1)).enumerate();
        for (_, own) in of_subject.filter(|(at, _)| measures[at / slices].form == Form::Ratio) {
            for (at, span) in spans.iter().enumerate() {
                own[at] = Ratio::sum(&own[span.periods.clone()]);
            }
        }
        let measures = measures.iter().map(|measure| (measure.key, measure.form)).collect();
        Self { measures, slices, spans: spans.len(), ratios }
    }

    /// The place of the measure with this key; `None` if it was not evaluated.
    #[must_use]
    pub fn measure(&self, key: &str) -> Option<usize> {
        self.measures.iter().position(|(known, _)| *known == key)
    }

    /// All ratios in the order of measure, slice and span.
    #[must_use]
    pub fn ratios(&self) -> &[Ratio] {
        &self.ratios
    }

    /// The number of slices.
    #[must_use]
    pub fn slices(&self) -> usize {
        self.slices
    }

    /// The number of spans.
    #[must_use]
    pub fn spans(&self) -> usize {
        self.spans
    }

    /// Numerator and denominator over one span.
    #[must_use]
    pub fn ratio(&self, measure: usize, slice: usize, span: usize) -> Ratio {
        self.ratios[(measure * self.slices + slice) * self.spans + span]
    }

    /// The value over one span; `None` when it is unknown.
    #[must_use]
    pub fn value(&self, measure: usize, slice: usize, span: usize) -> Option<f64> {
        self.measures[measure].1.value(self.ratio(measure, slice, span))
    }
}

/// These measures for every slice and span of a run. A value over a span is worked out from the counts of all its months, so that it
/// is the same whatever periods are counted by.
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
    let periods: Vec<Period> =
        tallies.periods.iter().map(|one| Period { start: one.start, months: one.months }).collect();
    let spans = spans(&periods);
    let nothing = Ratio { numerator: 0.0, denominator: 0.0 };
    let mut ratios = vec![nothing; measures.len() * slices.len() * spans.len()];
    for (slice_index, slice) in slices.iter().enumerate() {
        for (span_index, counted) in counted_over(tallies, *slice, &spans).iter().enumerate() {
            for (measure_index, measure) in measures.iter().enumerate().filter(|(_, one)| one.applies_to(*slice)) {
                let at = (measure_index * slices.len() + slice_index) * spans.len() + span_index;
                ratios[at] = counted.as_ref().map_or(nothing, |counted| measure.of(counted));
            }
        }
    }
    RunOutcome::adding_up(measures, slices.len(), &spans, ratios)
}

/// The counts about a slice over each span, summed over its periods; `None` of a span without any.
fn counted_over(tallies: &Tallies, slice: Slice, spans: &[PeriodSpan]) -> Vec<Option<Counted>> {
    let mut sums: Vec<Option<Counted>> = vec![None; spans.len()];
    for (index, period) in tallies.periods.iter().enumerate() {
        let counted = Counted::new(period, slice, tallies.scale);
        for (sum, _) in sums.iter_mut().zip(spans).filter(|(_, span)| span.periods.contains(&index)) {
            match sum {
                Some(sum) => sum.add(&counted),
                None => *sum = Some(counted.clone()),
            }
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Level, Origin, Region};
    use crate::engine::tally::Status;
    use crate::outcomes::measures;
    use crate::outcomes::testing::{SCALE, Sheet};

    /// The place of the whole run among the spans of two periods.
    const WHOLE: usize = 2;

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
        assert_eq!(outcome.value(neet, 0, WHOLE), Some(20.0 / 120.0));
        assert_eq!(outcome.value(neet, 2, 0), None);
    }

    #[test]
    fn pooled_counts_stay_a_year() {
        // 8 agents in half a year at ten people an agent.
        assert_eq!(two_periods().value(index("apprenticeship_starts"), 0, WHOLE), Some(160.0));
    }

    #[test]
    fn a_median_over_two_periods_is_that_of_everybody_in_both() {
        let outcome = two_periods();
        let pay = index("median_pay.25");
        assert_eq!(outcome.value(pay, 0, 1), None);
        assert_eq!(outcome.value(pay, 0, WHOLE), outcome.value(pay, 0, 0));
        // 4 people at bin 50, then 6 at bin 90: the middle person of the ten is among the six.
        let [one, other] = [Sheet::new().pay(25, 50, 4), Sheet::new().pay(25, 90, 6)].map(|sheet| sheet.period);
        let both = evaluate(&Tallies { scale: SCALE, periods: vec![one, other] }, &[Slice::All], measures());
        let [first, second, all] = [0, 1, WHOLE].map(|span| both.value(pay, 0, span).unwrap());
        assert!(first < second && (all / second - 1.0).abs() < 0.02, "{first} {second} {all}");
    }

    #[test]
    fn a_measure_of_places_is_unknown_for_kinds_of_people() {
        assert!(!measures()[index("public_spending")].applies_to(Slice::Origin(Origin::LowerWorking)));
        assert_eq!(two_periods().value(index("public_spending"), 2, 0), None);
        assert_eq!(two_periods().value(index("public_spending"), 1, 0), Some(0.0));
    }
}
