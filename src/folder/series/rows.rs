//! The rows of the series and their columns, whatever the format.

use crate::outcomes::{Form, Ratio};
use crate::results::column::Column;
use crate::results::run::Results;
use crate::results::shared_columns::{
    DENOMINATOR, MEASURE, MONTHS, NUMERATOR, OF_MEASURE, ORIGIN, PERIOD, REGION, REGION_BASIS, REPLICATE, SCENARIO, SEX,
};
use crate::results::spans::{RowSubject, subgroups, subjects};
use std::io;

/// The name of the series in the data dictionary.
pub(crate) const TITLE: &str = "series";

/// The columns of the series, in order.
pub(crate) const COLUMNS: [Column; 12] = [
    SCENARIO,
    REPLICATE,
    PERIOD,
    MONTHS,
    REGION,
    REGION_BASIS,
    ORIGIN,
    SEX,
    MEASURE,
    Column::new("value", "value of the measure; empty where nobody was counted", OF_MEASURE),
    NUMERATOR,
    DENOMINATOR,
];

/// One row of the series.
pub(crate) struct ReplicateRow<'a> {
    /// The scenario's name.
    pub scenario: &'a str,
    /// The replicate's number.
    pub replicate: u32,
    /// The name of the span.
    pub period: &'a str,
    /// Its length in months.
    pub months: u32,
    /// What, and about whom.
    pub subject: &'a RowSubject<'a>,
    /// The value; unknown when the denominator is zero.
    pub value: Option<f64>,
    /// Unknown for measures that are not a ratio.
    pub numerator: Option<f64>,
    /// What the numerator is divided by.
    pub denominator: f64,
}

/// Hands every row to `take`: by scenario, replicate, measure, slice and period. Measures that are no ratio have rows for the other spans
/// as well, which do not follow from periods; those of ratios would be counted twice by whoever adds them up.
///
/// # Errors
/// The first error of `take`.
pub(crate) fn each_row(results: &Results, mut take: impl FnMut(&ReplicateRow<'_>) -> io::Result<()>) -> io::Result<()> {
    let subgroups = subgroups(results);
    let subjects: Vec<RowSubject<'_>> = subjects(results, &subgroups).collect();
    let spans = results.outcomes.spans();
    for (scenario_index, scenario) in results.scenarios.iter().enumerate() {
        for replicate in &results.outcomes.replicates {
            let run = &replicate.runs[scenario_index];
            for subject in &subjects {
                let is_ratio = subject.measure.form == Form::Ratio;
                let periods = results.outcomes.periods.len();
                let shown = if is_ratio { &spans[..periods] } else { &spans };
                for (index, span) in shown.iter().enumerate() {
                    let Ratio { numerator, denominator } = run.ratio(subject.measure_index, subject.slice_index, index);
                    take(&ReplicateRow {
                        scenario: &scenario.name,
                        replicate: replicate.number,
                        period: &span.name,
                        months: span.months,
                        subject,
                        value: run.value(subject.measure_index, subject.slice_index, index),
                        numerator: is_ratio.then_some(numerator),
                        denominator,
                    })?;
                }
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::testing;

    #[test]
    fn measures_of_places_have_no_rows_by_sex() {
        let mut about = Vec::new();
        each_row(&testing::results(), |row| {
            if row.subject.measure.key == "public_spending" {
                about.push((row.subject.subgroup.region.clone(), row.subject.subgroup.sex.clone()));
            }
            Ok(())
        })
        .unwrap();
        assert!(!about.is_empty() && about.iter().all(|(_, sex)| sex == "all"));
    }
}
