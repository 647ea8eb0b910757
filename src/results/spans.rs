//! Which rows tables have: a measure for each subgroup that it exists for, over stretches of a run.

use crate::engine::tally::Slice;
use crate::outcomes::{Measure, Period, measures};
use crate::results::about::PeriodRows;
use crate::results::keys::{Heading, LAST_YEAR, Subgroup, WHOLE_RUN};
use crate::results::run::Results;
use std::ops::Range;

/// A stretch of periods that rows are about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeriodSpan {
    /// The first month such as `2025-09`, or [`WHOLE_RUN`], or [`LAST_YEAR`].
    pub name: String,
    /// Length in months.
    pub months: u32,
    /// Which periods.
    pub periods: Range<usize>,
}

/// Each period, then the whole run, then its last twelve months (less if the run is shorter).
#[must_use]
pub fn spans(periods: &[Period]) -> Vec<PeriodSpan> {
    let single = |(index, period): (usize, &Period)| PeriodSpan {
        name: period.start.to_string(),
        months: u32::from(period.months),
        periods: index..index + 1,
    };
    let several = |name: &str, range: Range<usize>| PeriodSpan {
        name: name.to_owned(),
        months: periods[range.clone()].iter().map(|period| u32::from(period.months)).sum(),
        periods: range,
    };
    let mut first = periods.len();
    let mut months = 0;
    while months < 12 && first > 0 {
        first -= 1;
        months += periods[first].months;
    }
    let mut all: Vec<PeriodSpan> = periods.iter().enumerate().map(single).collect();
    all.push(several(WHOLE_RUN, 0..periods.len()));
    all.push(several(LAST_YEAR, first..periods.len()));
    all
}

/// Those of all spans that rows about a slice are for.
pub fn spans_of<'a>(
    results: &Results,
    spans: &'a [PeriodSpan],
    slice: usize,
) -> impl Iterator<Item = &'a PeriodSpan> + use<'a> {
    let is_brief =
        results.options.period_rows == PeriodRows::Brief && results.outcomes.slices.get(slice) != Some(&Slice::All);
    spans.iter().filter(move |span| !is_brief || span.name == LAST_YEAR)
}

/// A measure and a slice that it exists for, with their indices.
pub struct RowSubject<'a> {
    /// The measure.
    pub measure: &'static Measure,
    /// Its index.
    pub measure_index: usize,
    /// Whom it is about.
    pub subgroup: &'a Subgroup,
    /// The index of the slice.
    pub slice_index: usize,
}

impl<'a> RowSubject<'a> {
    /// What a row about it says first, of a scenario over a span.
    #[must_use]
    pub fn heading(&self, scenario: &'a str, span: &'a PeriodSpan) -> Heading<'a> {
        let Subgroup { region, region_basis, origin, sex } = self.subgroup;
        let Measure { key: measure, unit, .. } = self.measure;
        Heading { scenario, measure, unit, region, region_basis, origin, sex, period: &span.name, months: span.months }
    }
}

/// Whom the slices of `results` are about, in their order.
#[must_use]
pub fn subgroups(results: &Results) -> Vec<Subgroup> {
    results.outcomes.slices.iter().map(|slice| Subgroup::of(*slice, &results.world.regions)).collect()
}

/// Every measure for every slice that it exists for; `subgroups` are those of `results`.
pub fn subjects<'a>(results: &'a Results, subgroups: &'a [Subgroup]) -> impl Iterator<Item = RowSubject<'a>> {
    measures().iter().enumerate().flat_map(move |(measure_index, measure)| {
        let slices = results.outcomes.slices.iter().zip(subgroups).enumerate();
        slices
            .filter(|(_, (slice, _))| measure.applies_to(**slice))
            .map(move |(slice_index, (_, subgroup))| RowSubject { measure, measure_index, subgroup, slice_index })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Month;

    #[test]
    fn the_last_twelve_months_hold_as_many_periods_as_they_need() {
        for (months, periods, expected) in [(1, 36, 24..36), (3, 12, 8..12), (12, 3, 2..3)] {
            let list: Vec<Period> = (0..periods).map(|_| Period { start: Month(1500), months }).collect();
            let spans = spans(&list);
            let last = spans.last().unwrap();
            assert_eq!((last.name.as_str(), last.months, last.periods.clone()), (LAST_YEAR, 12, expected));
            assert_eq!(spans[spans.len() - 2].months, 36);
            assert_eq!(spans.len(), list.len() + 2);
        }
    }
}
