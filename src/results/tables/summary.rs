//! `summary.csv`: each number over replicates.

use crate::experiment::Replicate;
use crate::results::about::PeriodRows;
use crate::results::cell;
use crate::results::column::{Column, RowColumn, columns, write};
use crate::results::keys::{Heading, Keyed, RowKey, Subgroup, heading_fields};
use crate::results::read::{TableLine, wanted_rows};
use crate::results::run::Results;
use crate::results::shared_columns::{MCSE, OF_MEASURE, REPLICATES};
use crate::results::spans::{spans_of, subgroups, subjects};
use crate::results::table::ResultTable;
use crate::statistics::Summary;
use serde::Deserialize;
use std::io::Read;

/// The table.
pub(crate) const TABLE: ResultTable =
    ResultTable::new("summary.csv", own_columns, |results, sink| write(sink, &fields(), means(results)));

/// A mean over replicates: a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Mean {
    /// What it is about.
    pub key: RowKey,
    /// How its replicates are spread.
    pub values: Distribution,
}

/// How replicates are spread; what is unknown is so when too few replicates have a value.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
pub struct Distribution {
    /// The mean.
    #[serde(deserialize_with = "cell::as_known")]
    pub mean: Option<f64>,
    /// The standard deviation.
    #[serde(deserialize_with = "cell::as_known")]
    pub sd: Option<f64>,
    /// The mean's Monte Carlo standard error.
    #[serde(deserialize_with = "cell::as_known")]
    pub mcse: Option<f64>,
    /// The 5th percentile.
    #[serde(deserialize_with = "cell::as_known")]
    pub p5: Option<f64>,
    /// The median.
    #[serde(deserialize_with = "cell::as_known")]
    pub p50: Option<f64>,
    /// The 95th percentile.
    #[serde(deserialize_with = "cell::as_known")]
    pub p95: Option<f64>,
    /// Replicates with a value.
    pub replicates: u32,
}

impl Keyed for Mean {
    fn key(&self) -> &RowKey {
        &self.key
    }
}

fn own_columns() -> Vec<Column> {
    columns(&fields())
}

fn fields() -> Vec<RowColumn<Mean>> {
    let mut fields = heading_fields();
    fields.extend([
        Column::new("mean", "mean over replicates", OF_MEASURE).of(|row: &Mean| cell::known(row.values.mean)),
        Column::new("sd", "standard deviation over replicates; empty for fewer than two", OF_MEASURE)
            .of(|row: &Mean| cell::known(row.values.sd)),
        MCSE.of(|row: &Mean| cell::known(row.values.mcse)),
        Column::new("p5", "5th percentile over replicates", OF_MEASURE).of(|row: &Mean| cell::known(row.values.p5)),
        Column::new("p50", "median over replicates", OF_MEASURE).of(|row: &Mean| cell::known(row.values.p50)),
        Column::new("p95", "95th percentile over replicates", OF_MEASURE).of(|row: &Mean| cell::known(row.values.p95)),
        REPLICATES.of(|row: &Mean| row.values.replicates.to_string()),
    ]);
    fields
}

impl Distribution {
    fn of(values: &[f64]) -> Self {
        let summary = Summary::of(values);
        let of = |read: fn(&Summary) -> Option<f64>| summary.as_ref().and_then(read).map(cell::six_digits);
        Self {
            mean: of(|summary| Some(summary.mean)),
            sd: of(|summary| summary.sd),
            mcse: of(|summary| summary.mcse),
            p5: of(|summary| Some(summary.p5)),
            p50: of(|summary| Some(summary.p50)),
            p95: of(|summary| Some(summary.p95)),
            replicates: u32::try_from(values.len()).unwrap_or(u32::MAX),
        }
    }
}

/// Every mean of a run: by scenario, measure, slice and span.
fn means(results: &Results) -> impl Iterator<Item = Mean> + '_ {
    (0..results.scenarios.len()).flat_map(move |scenario| {
        // of groups, `effects.csv` has what other scenarios add to the baseline
        let is_in_effects = scenario > 0 && results.options.period_rows == PeriodRows::Brief;
        let everybody = Subgroup::everybody();
        means_of(results, scenario, &|heading| !is_in_effects || heading.subgroup() == everybody)
    })
}

/// The means of one scenario that are `wanted`, in the order of the table.
pub(crate) fn means_of(results: &Results, scenario: usize, wanted: &dyn Fn(&Heading<'_>) -> bool) -> Vec<Mean> {
    let Some(named) = results.scenarios.get(scenario) else { return Vec::new() };
    let (subgroups, spans) = (subgroups(results), results.outcomes.spans());
    let mut means = Vec::new();
    for subject in subjects(results, &subgroups) {
        for (at, span) in spans_of(results, &spans, subject.slice_index) {
            let heading = subject.heading(&named.name, span);
            if !wanted(&heading) {
                continue;
            }
            let value =
                |replicate: &Replicate| replicate.runs[scenario].value(subject.measure_index, subject.slice_index, at);
            let values: Vec<f64> = results.outcomes.replicates.iter().filter_map(value).collect();
            means.push(Mean { key: RowKey::of(&heading), values: Distribution::of(&values) });
        }
    }
    means
}

/// Reads those means back that are `wanted`.
///
/// # Errors
/// The line and what is wrong with it.
pub(crate) fn read(source: impl Read, wanted: &dyn Fn(&Heading<'_>) -> bool) -> Result<Vec<Mean>, String> {
    let of = |key: RowKey, line: &TableLine<'_>| Ok(Mean { key, values: line.part()? });
    wanted_rows(source, &own_columns(), "a mean", wanted, of)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::testing;

    #[test]
    fn the_summary_of_a_small_run_is_as_expected() {
        let mut bytes = Vec::new();
        write(&mut bytes, &fields(), means(&testing::results())).unwrap();
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
        write(&mut bytes, &fields(), means(&testing::results())).unwrap();
        let means = read(bytes.as_slice(), &|heading| heading.scenario == "=levy").unwrap();
        assert!(means.iter().all(|mean| mean.key.scenario == "=levy"));
        let wanted = |mean: &&Mean| {
            mean.key.measure == "neet_rate"
                && mean.key.period == "2025-09"
                && mean.key.subgroup == Subgroup::everybody()
        };
        let mean = means.iter().find(wanted).unwrap();
        assert!(
            (mean.values.mean.unwrap() - 0.23).abs() < 1e-12 && (mean.values.mcse.unwrap() - 0.03).abs() < 1e-12,
            "{mean:?}"
        );
        assert_eq!((mean.values.replicates, mean.key.months), (2, 12));
        assert!(read("a,b\n".as_bytes(), &|_| true).unwrap_err().contains("expected"));
    }
}
