//! The stretches of a run that values are for: its periods, its years, the whole of it, and its last twelve months.

use crate::calendar::{MONTHS_A_YEAR, Month};
use std::ops::Range;

/// The name of the span of all months of a run.
pub const WHOLE_RUN: &str = "whole run";
/// The name of the span of the last twelve months of a run.
pub const LAST_YEAR: &str = "last 12 months";

/// A stretch of months that is counted as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// First month.
    pub start: Month,
    /// Length in months.
    pub months: u16,
}

/// A stretch of periods that values are for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeriodSpan {
    /// The first month such as `2025-09`, the first and last such as `2025-09 to 2026-08`, or [`WHOLE_RUN`], or [`LAST_YEAR`].
    pub name: String,
    /// First month.
    pub start: Month,
    /// Length in months.
    pub months: u32,
    /// Which periods.
    pub periods: Range<usize>,
}

impl PeriodSpan {
    /// Whether these are the months of one year of a run, counted from its start.
    #[must_use]
    pub fn is_year(&self) -> bool {
        self.months == u32::from(MONTHS_A_YEAR) && self.name != WHOLE_RUN && self.name != LAST_YEAR
    }
}

/// Each period; each year, where periods are shorter; the whole run; its last twelve months (less if the run is shorter).
#[must_use]
pub fn spans(periods: &[Period]) -> Vec<PeriodSpan> {
    let months_of = |range: Range<usize>| periods[range].iter().map(|period| u32::from(period.months)).sum();
    let of = |name: String, range: Range<usize>| PeriodSpan {
        name,
        start: periods.get(range.start).map_or(Month::FIRST, |first| first.start),
        months: months_of(range.clone()),
        periods: range,
    };
    let mut all: Vec<PeriodSpan> =
        periods.iter().enumerate().map(|(at, period)| of(period.start.to_string(), at..at + 1)).collect();
    let mut first = 0;
    for at in 0..periods.len() {
        if months_of(first..at + 1) >= u32::from(MONTHS_A_YEAR) {
            if at > first {
                let last = periods[at].start.plus(periods[at].months - 1);
                all.push(of(format!("{} to {last}", periods[first].start), first..at + 1));
            }
            first = at + 1;
        }
    }
    let mut last = periods.len();
    while last > 0 && months_of(last..periods.len()) < u32::from(MONTHS_A_YEAR) {
        last -= 1;
    }
    all.push(of(WHOLE_RUN.to_owned(), 0..periods.len()));
    all.push(of(LAST_YEAR.to_owned(), last..periods.len()));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_has_its_periods_its_years_all_of_it_and_its_last_twelve_months() {
        for (months, periods, years, last) in [(1, 36, 3, 24..36), (3, 12, 3, 8..12), (12, 3, 0, 2..3)] {
            let list: Vec<Period> =
                (0..periods).map(|at| Period { start: Month(1500).plus(at * months), months }).collect();
            let spans = spans(&list);
            assert_eq!(spans.len(), list.len() + years + 2);
            let end = spans.last().unwrap();
            assert_eq!((end.name.as_str(), end.months, end.periods.clone()), (LAST_YEAR, 12, last));
            assert_eq!((spans[spans.len() - 2].months, spans[spans.len() - 2].name.as_str()), (36, WHOLE_RUN));
            let years: Vec<(String, Month)> =
                spans.iter().filter(|span| span.is_year()).map(|span| (span.name.clone(), span.start)).collect();
            assert_eq!(years.iter().map(|year| year.1).collect::<Vec<_>>(), [1500, 1512, 1524].map(Month));
            let first = if months == 12 { "2025-01" } else { "2025-01 to 2025-12" };
            assert_eq!(years[0].0, first);
        }
    }
}
