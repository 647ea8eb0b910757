//! The rows of the series and their columns, whatever the format.

use crate::outcomes::{Pooling, Ratio};
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
    Column::new(
        "value",
        "value of a measure that is no ratio, such as a median; empty for ratios, whose value is numerator / denominator, and where \
         nobody was counted",
        OF_MEASURE,
    ),
    NUMERATOR,
    DENOMINATOR,
];

/// One row of the series.
pub(crate) struct ReplicateRow<'a> {
    /// The scenario's name.
    pub scenario: &'a str,
    /// The replicate's number.
    pub replicate: u32,
    /// First month of the period.
    pub period: &'a str,
    /// Its length in months.
    pub months: u16,
    /// What, and about whom.
    pub subject: &'a RowSubject<'a>,
    /// The value of measures that are not a ratio; unknown when the denominator is zero. That of others is numerator by denominator, and
    /// would take more bytes than all else.
    pub value: Option<f64>,
    /// Unknown for measures that are not a ratio.
    pub numerator: Option<f64>,
    /// What the numerator is divided by.
    pub denominator: f64,
}

/// Hands every row to `take`: by scenario, replicate, measure, slice and period.
///
/// # Errors
/// The first error of `take`.
pub(crate) fn each_row(results: &Results, mut take: impl FnMut(&ReplicateRow<'_>) -> io::Result<()>) -> io::Result<()> {
    let subgroups = subgroups(results);
    let subjects: Vec<RowSubject<'_>> = subjects(results, &subgroups).collect();
    let periods: Vec<(String, u16)> =
        results.outcomes.periods.iter().map(|one| (one.start.to_string(), one.months)).collect();
    for (scenario_index, scenario) in results.scenarios.iter().enumerate() {
        for replicate in &results.outcomes.replicates {
            let run = &replicate.runs[scenario_index];
            for subject in &subjects {
                let is_ratio = subject.measure.pooling == Pooling::Sum;
                for (index, (period, months)) in periods.iter().enumerate() {
                    let Ratio { numerator, denominator } = run.ratio(subject.measure_index, subject.slice_index, index);
                    take(&ReplicateRow {
                        scenario: &scenario.name,
                        replicate: replicate.number,
                        period,
                        months: *months,
                        subject,
                        value: run.value(subject.measure_index, subject.slice_index, index).filter(|_| !is_ratio),
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
