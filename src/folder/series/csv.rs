//! `series.csv`: the series for readers without Parquet.

use crate::outcomes::{Pooling, Ratio};
use crate::results::keys::{Subject, places, subjects};
use crate::results::run::Results;
use crate::results::tables::cell;
use std::io::{self, Write};

/// The columns of the series, in order.
pub(crate) const COLUMNS: [&str; 12] = [
    "scenario",
    "replicate",
    "period",
    "months",
    "region",
    "region_basis",
    "origin",
    "sex",
    "measure",
    "value",
    "numerator",
    "denominator",
];

/// One row of the series.
pub(crate) struct Row<'a> {
    /// The scenario's name.
    pub scenario: &'a str,
    /// The replicate's number.
    pub replicate: u32,
    /// First month of the period.
    pub period: &'a str,
    /// Its length in months.
    pub months: u16,
    /// What, and about whom.
    pub subject: &'a Subject<'a>,
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
pub(crate) fn each_row(results: &Results, mut take: impl FnMut(&Row<'_>) -> io::Result<()>) -> io::Result<()> {
    let places = places(results);
    let subjects: Vec<Subject<'_>> = subjects(results, &places).collect();
    let periods: Vec<(String, u16)> = results.periods.iter().map(|one| (one.start.to_string(), one.months)).collect();
    for (scenario_index, scenario) in results.scenarios.iter().enumerate() {
        for (number, runs) in results.replicate_numbers.iter().zip(&results.outcomes) {
            let run = &runs[scenario_index];
            for subject in &subjects {
                let is_ratio = subject.measure.pooling == Pooling::Sum;
                for (index, (period, months)) in periods.iter().enumerate() {
                    let Ratio { numerator, denominator } = run.ratio(subject.measure_index, subject.slice_index, index);
                    take(&Row {
                        scenario: &scenario.name,
                        replicate: *number,
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

/// Writes the series as CSV.
///
/// # Errors
/// When the sink refuses.
pub(crate) fn write(results: &Results, sink: &mut dyn Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(sink);
    csv.write_record(COLUMNS)?;
    each_row(results, |row| {
        csv.write_record([
            cell::text(row.scenario),
            row.replicate.to_string(),
            row.period.to_owned(),
            row.months.to_string(),
            cell::text(&row.subject.place.region),
            row.subject.place.region_basis.clone(),
            row.subject.place.origin.clone(),
            row.subject.place.sex.clone(),
            row.subject.measure.key.to_owned(),
            cell::known(row.value),
            cell::known(row.numerator),
            cell::number(row.denominator),
        ])?;
        Ok(())
    })?;
    csv.flush()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::testing;

    #[test]
    fn the_csv_series_of_a_small_run_is_as_expected() {
        let mut bytes = Vec::new();
        write(&testing::results(), &mut bytes).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], COLUMNS.join(","));
        let neet = "baseline,1,2025-09,12,all,,all,all,neet_rate,,250,1000";
        assert!(lines.contains(&neet), "{}", lines[1]);
        assert!(lines.contains(&"baseline,1,2025-09,12,all,,all,all,median_pay.30,,,0"));
        assert!(lines.iter().any(|line| line.starts_with("'=levy,")), "a formula in a name must be quoted");
        assert!(!text.contains("\n=levy"));
    }

    #[test]
    fn measures_of_places_have_no_rows_by_sex() {
        let mut about = Vec::new();
        each_row(&testing::results(), |row| {
            if row.subject.measure.key == "public_spending" {
                about.push((row.subject.place.region.clone(), row.subject.place.sex.clone()));
            }
            Ok(())
        })
        .unwrap();
        assert!(!about.is_empty() && about.iter().all(|(_, sex)| sex == "all"));
    }
}
