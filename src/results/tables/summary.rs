//! `summary.csv`: each number over replicates.

use crate::engine::tally::Slice;
use crate::results::about::PeriodRows;
use crate::results::keys::{self, Heading, Place, places, spans, spans_of, subjects};
use crate::results::run::Results;
use crate::results::tables::cell;
use crate::statistics::Summary;
use std::io::{self, Read, Write};

/// The columns, in order.
pub(crate) const COLUMNS: [&str; 16] = [
    "scenario",
    "measure",
    "unit",
    "region",
    "region_basis",
    "origin",
    "sex",
    "period",
    "months",
    "mean",
    "sd",
    "mcse",
    "p5",
    "p50",
    "p95",
    "replicates",
];

/// A mean over replicates: what a row of `summary.csv` says of one number.
#[derive(Clone, Debug, PartialEq)]
pub struct Mean {
    /// The scenario's name.
    pub scenario: String,
    /// The measure's key.
    pub measure: String,
    /// The unit.
    pub unit: String,
    /// Whom it is about.
    pub place: Place,
    /// The period.
    pub period: String,
    /// Its length in months.
    pub months: u32,
    /// The mean; unknown when no replicate has a value.
    pub mean: Option<f64>,
    /// Its Monte Carlo standard error; unknown for fewer than two replicates.
    pub mcse: Option<f64>,
    /// Replicates with a value.
    pub replicates: u32,
}

/// Reads those means back that are `wanted`.
///
/// # Errors
/// The line and what is wrong with it.
pub(crate) fn read(source: impl Read, wanted: &dyn Fn(&Heading<'_>) -> bool) -> Result<Vec<Mean>, String> {
    keys::read(source, &COLUMNS, wanted, read_one, "a mean")
}

fn read_one(heading: &Heading<'_>, record: &csv::StringRecord) -> Option<Mean> {
    let number = |index: usize| record.get(index).and_then(cell::read_known);
    Some(Mean {
        scenario: heading.scenario.to_owned(),
        measure: heading.measure.to_owned(),
        unit: record.get(2)?.to_owned(),
        place: heading.place(),
        period: heading.period.to_owned(),
        months: record.get(8)?.parse().ok()?,
        mean: number(9)?,
        mcse: number(11)?,
        replicates: record.get(15)?.parse().ok()?,
    })
}

/// Writes a row for each scenario, measure, slice and span; unknown numbers are empty cells.
///
/// # Errors
/// When the sink refuses.
pub(crate) fn write(results: &Results, sink: &mut dyn Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(sink);
    csv.write_record(COLUMNS)?;
    let (places, spans) = (places(results), spans(&results.periods));
    for (scenario_index, scenario) in results.scenarios.iter().enumerate() {
        for subject in subjects(results, &places) {
            let is_in_effects = scenario_index > 0 && results.period_rows == PeriodRows::Brief;
            if is_in_effects && results.slices[subject.slice_index] != Slice::All {
                continue;
            }
            for span in spans_of(results, &spans, subject.slice_index) {
                let of_run = |runs: &Vec<std::sync::Arc<crate::outcomes::RunOutcome>>| {
                    runs[scenario_index].pooled(subject.measure_index, subject.slice_index, span.periods.clone())
                };
                let values: Vec<f64> = results.outcomes.iter().filter_map(of_run).collect();
                let summary = Summary::of(&values);
                let statistic =
                    |read: fn(&Summary) -> Option<f64>| cell::known(summary.as_ref().and_then(read).map(cell::brief));
                csv.write_record([
                    cell::text(&scenario.name),
                    subject.measure.key.to_owned(),
                    subject.measure.unit.to_owned(),
                    cell::text(&subject.place.region),
                    subject.place.region_basis.clone(),
                    subject.place.origin.clone(),
                    subject.place.sex.clone(),
                    span.name.clone(),
                    span.months.to_string(),
                    statistic(|summary| Some(summary.mean)),
                    statistic(|summary| summary.sd),
                    statistic(|summary| summary.mcse),
                    statistic(|summary| Some(summary.p5)),
                    statistic(|summary| Some(summary.p50)),
                    statistic(|summary| Some(summary.p95)),
                    values.len().to_string(),
                ])?;
            }
        }
    }
    csv.flush()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::testing;

    #[test]
    fn the_summary_of_a_small_run_is_as_expected() {
        let mut bytes = Vec::new();
        write(&testing::results(), &mut bytes).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let line = |start: &str| text.lines().find(|line| line.starts_with(start)).unwrap_or_default().to_owned();
        // Replicates: 0.25 and 0.35 in the first year; sd = 0.1/sqrt(2), mcse = 0.05.
        let cells = line("baseline,neet_rate,share,all,,all,all,2025-09,12,");
        let numbers: Vec<f64> = cells.split(',').skip(9).map(|cell| cell.parse().unwrap()).collect();
        for (found, expected) in numbers.iter().zip([0.3, 0.1 / 2.0_f64.sqrt(), 0.05, 0.255, 0.3, 0.345, 2.0]) {
            // written in six significant digits
            assert!((found - expected).abs() <= 5e-6 * expected, "{cells}");
        }
        assert_eq!(
            line("baseline,median_pay.30,GBP per hour,all,"),
            "baseline,median_pay.30,GBP per hour,all,,all,all,2025-09,12,,,,,,,0"
        );
        assert!(text.contains(",whole run,24,") && text.contains(",last 12 months,12,"));
    }

    #[test]
    fn the_means_of_one_scenario_read_back() {
        let mut bytes = Vec::new();
        write(&testing::results(), &mut bytes).unwrap();
        let means = read(bytes.as_slice(), &|heading| heading.scenario == "=levy").unwrap();
        assert!(means.iter().all(|mean| mean.scenario == "=levy"));
        let wanted =
            |mean: &&Mean| mean.measure == "neet_rate" && mean.period == "2025-09" && mean.place == Place::everybody();
        let mean = means.iter().find(wanted).unwrap();
        assert!((mean.mean.unwrap() - 0.23).abs() < 1e-12 && (mean.mcse.unwrap() - 0.03).abs() < 1e-12, "{mean:?}");
        assert_eq!((mean.replicates, mean.months), (2, 12));
        assert!(read("a,b\n".as_bytes(), &|_| true).unwrap_err().contains("expected"));
    }
}
