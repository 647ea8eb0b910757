//! `costs.csv`: what each scenario costs and saves by item and year; `cost_effectiveness.csv`: what a unit of each gain costs.

use crate::money::{Amount, CostLine, CostPerGain, Verdict};
use crate::results::keys::WHOLE_RUN;
use crate::results::run::Results;
use crate::results::tables::cell;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::io::{self, Read, Write};

/// The columns of `costs.csv`, in order.
pub(crate) const COLUMNS: [&str; 15] = [
    "scenario",
    "item",
    "basis",
    "year",
    "months",
    "price_year",
    "gbp_million",
    "mcse",
    "low95",
    "high95",
    "discounted_gbp_million",
    "discounted_mcse",
    "discounted_low95",
    "discounted_high95",
    "replicates",
];

/// The columns of `cost_effectiveness.csv`, in order.
pub(crate) const RATIO_COLUMNS: [&str; 16] = [
    "scenario",
    "gain",
    "cost",
    "price_year",
    "gained",
    "gained_mcse",
    "gained_low95",
    "gained_high95",
    "discounted_gained",
    "discounted_gbp_million",
    "discounted_mcse",
    "gbp_per_gain",
    "gbp_per_gain_low95",
    "gbp_per_gain_high95",
    "verdict",
    "replicates",
];

/// A row of `costs.csv`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct CostRow {
    /// The scenario's name.
    pub scenario: String,
    /// What it is: a lever's path, or one of the names of [`crate::money::Item`].
    pub item: String,
    /// `planned` or `simulated`.
    pub basis: String,
    /// The first month of the year, or the whole run.
    pub year: String,
    /// The year of prices; empty when the world does not say.
    pub price_year: String,
    /// GBP million.
    pub gbp_million: f64,
    /// Its Monte Carlo standard error.
    pub mcse: Option<f64>,
    /// Lower end of its 95% interval (Monte Carlo error alone).
    pub low95: Option<f64>,
    /// Upper end of its 95% interval.
    pub high95: Option<f64>,
    /// GBP million, discounted to the first year.
    pub discounted_gbp_million: f64,
    /// Its Monte Carlo standard error.
    pub discounted_mcse: Option<f64>,
    /// Lower end of its 95% interval.
    pub discounted_low95: Option<f64>,
    /// Upper end of its 95% interval.
    pub discounted_high95: Option<f64>,
}

/// A row of `cost_effectiveness.csv`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct RatioRow {
    /// The scenario's name.
    pub scenario: String,
    /// The key of the gain.
    pub gain: String,
    /// `gross` or `net`.
    pub cost: String,
    /// The year of prices; empty when the world does not say.
    pub price_year: String,
    /// How much was gained over the run.
    pub gained: f64,
    /// Its Monte Carlo standard error.
    pub gained_mcse: Option<f64>,
    /// Lower end of its 95% interval (Monte Carlo error alone).
    pub gained_low95: Option<f64>,
    /// Upper end of its 95% interval.
    pub gained_high95: Option<f64>,
    /// What it cost (GBP million, discounted).
    pub discounted_gbp_million: f64,
    /// Its Monte Carlo standard error.
    pub discounted_mcse: Option<f64>,
    /// Pounds for one more, both discounted; empty unless estimated.
    pub gbp_per_gain: Option<f64>,
    /// Lower end of its 95% interval.
    pub gbp_per_gain_low95: Option<f64>,
    /// Upper end of its 95% interval.
    pub gbp_per_gain_high95: Option<f64>,
    /// One of the names of [`crate::money::Verdict`].
    pub verdict: String,
}

/// Writes every line of the books.
///
/// # Errors
/// When the sink refuses.
pub(crate) fn write(results: &Results, sink: &mut dyn Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(sink);
    csv.write_record(COLUMNS)?;
    let prices = prices(results);
    for line in &results.money.costs {
        csv.write_record(cost_cells(line, &prices))?;
    }
    csv.flush()
}

fn cost_cells(line: &CostLine, prices: &str) -> [String; 15] {
    let [gbp, mcse, low, high] = amount_cells(&line.gbp_million);
    let [discounted, discounted_mcse, discounted_low, discounted_high] = amount_cells(&line.discounted_gbp_million);
    [
        cell::text(&line.scenario),
        cell::text(line.item.name()),
        line.basis.name().to_owned(),
        line.year.map_or_else(|| WHOLE_RUN.to_owned(), |year| year.to_string()),
        line.months.to_string(),
        cell::text(prices),
        gbp,
        mcse,
        low,
        high,
        discounted,
        discounted_mcse,
        discounted_low,
        discounted_high,
        line.replicates.map_or_else(String::new, |replicates| replicates.to_string()),
    ]
}

fn amount_cells(amount: &Amount) -> [String; 4] {
    [
        cell::number(amount.mean),
        cell::known(amount.mcse),
        cell::known(amount.interval.map(|interval| interval.0)),
        cell::known(amount.interval.map(|interval| interval.1)),
    ]
}

/// Writes what a unit of each gain costs.
///
/// # Errors
/// When the sink refuses.
pub(crate) fn write_ratios(results: &Results, sink: &mut dyn Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(sink);
    csv.write_record(RATIO_COLUMNS)?;
    let prices = prices(results);
    for ratio in &results.money.ratios {
        csv.write_record(ratio_cells(ratio, &prices))?;
    }
    csv.flush()
}

fn ratio_cells(ratio: &CostPerGain, prices: &str) -> [String; 16] {
    let [gained, gained_mcse, gained_low, gained_high] = amount_cells(&ratio.gained);
    let (gbp, low, high) = estimate(ratio.verdict);
    [
        cell::text(&ratio.scenario),
        ratio.gain.key.to_owned(),
        ratio.kind.name().to_owned(),
        cell::text(prices),
        gained,
        gained_mcse,
        gained_low,
        gained_high,
        cell::number(ratio.gained_discounted.mean),
        cell::number(ratio.cost_gbp_million.mean),
        cell::known(ratio.cost_gbp_million.mcse),
        cell::known(gbp),
        cell::known(low),
        cell::known(high),
        ratio.verdict.name().to_owned(),
        ratio.replicates.to_string(),
    ]
}

/// Pounds for one more and the ends of their interval, if there are any.
fn estimate(verdict: Verdict) -> (Option<f64>, Option<f64>, Option<f64>) {
    match verdict {
        Verdict::Estimated { gbp, interval: (low, high) } => (Some(gbp), Some(low), Some(high)),
        Verdict::NotEstimable | Verdict::NoGain | Verdict::Unknown => (None, None, None),
    }
}

impl CostRow {
    fn of(line: &CostLine, prices: &str) -> Self {
        Self {
            scenario: line.scenario.clone(),
            item: line.item.name().to_owned(),
            basis: line.basis.name().to_owned(),
            year: line.year.map_or_else(|| WHOLE_RUN.to_owned(), |year| year.to_string()),
            price_year: prices.to_owned(),
            gbp_million: line.gbp_million.mean,
            mcse: line.gbp_million.mcse,
            low95: line.gbp_million.interval.map(|interval| interval.0),
            high95: line.gbp_million.interval.map(|interval| interval.1),
            discounted_gbp_million: line.discounted_gbp_million.mean,
            discounted_mcse: line.discounted_gbp_million.mcse,
            discounted_low95: line.discounted_gbp_million.interval.map(|interval| interval.0),
            discounted_high95: line.discounted_gbp_million.interval.map(|interval| interval.1),
        }
    }
}

impl RatioRow {
    fn of(ratio: &CostPerGain, prices: &str) -> Self {
        let (gbp, low, high) = estimate(ratio.verdict);
        Self {
            scenario: ratio.scenario.clone(),
            gain: ratio.gain.key.to_owned(),
            cost: ratio.kind.name().to_owned(),
            price_year: prices.to_owned(),
            gained: ratio.gained.mean,
            gained_mcse: ratio.gained.mcse,
            gained_low95: ratio.gained.interval.map(|interval| interval.0),
            gained_high95: ratio.gained.interval.map(|interval| interval.1),
            discounted_gbp_million: ratio.cost_gbp_million.mean,
            discounted_mcse: ratio.cost_gbp_million.mcse,
            gbp_per_gain: gbp,
            gbp_per_gain_low95: low,
            gbp_per_gain_high95: high,
            verdict: ratio.verdict.name().to_owned(),
        }
    }
}

/// The lines of the books of a run that was not read back.
#[must_use]
pub fn cost_rows(results: &Results) -> Vec<CostRow> {
    let prices = prices(results);
    results.money.costs.iter().map(|line| CostRow::of(line, &prices)).collect()
}

/// What a unit of each gain costs in a run that was not read back.
#[must_use]
pub fn ratio_rows(results: &Results) -> Vec<RatioRow> {
    let prices = prices(results);
    results.money.ratios.iter().map(|ratio| RatioRow::of(ratio, &prices)).collect()
}

fn prices(results: &Results) -> String {
    results.money.price_year.clone().unwrap_or_default()
}

/// Reads `costs.csv` back.
///
/// # Errors
/// The line and what is wrong with it.
pub(crate) fn read(source: impl Read) -> Result<Vec<CostRow>, String> {
    let mut rows: Vec<CostRow> = read_rows(source)?;
    for row in &mut rows {
        [&mut row.scenario, &mut row.item, &mut row.price_year].into_iter().for_each(unquote);
    }
    Ok(rows)
}

/// Reads `cost_effectiveness.csv` back.
///
/// # Errors
/// The line and what is wrong with it.
pub(crate) fn read_ratios(source: impl Read) -> Result<Vec<RatioRow>, String> {
    let mut rows: Vec<RatioRow> = read_rows(source)?;
    for row in &mut rows {
        [&mut row.scenario, &mut row.price_year].into_iter().for_each(unquote);
    }
    Ok(rows)
}

fn read_rows<Row: DeserializeOwned>(source: impl Read) -> Result<Vec<Row>, String> {
    csv::Reader::from_reader(source).deserialize().map(|row| row.map_err(|error| error.to_string())).collect()
}

fn unquote(text: &mut String) {
    *text = cell::read_text(text).to_owned();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::testing;

    #[test]
    fn costs_and_ratios_read_back_as_they_were_written() {
        let results = testing::results();
        let (mut costs, mut ratios) = (Vec::new(), Vec::new());
        write(&results, &mut costs).unwrap();
        write_ratios(&results, &mut ratios).unwrap();
        assert_eq!(read(costs.as_slice()).unwrap(), cost_rows(&results));
        assert_eq!(read_ratios(ratios.as_slice()).unwrap(), ratio_rows(&results));
        assert!(!cost_rows(&results).is_empty() && !ratio_rows(&results).is_empty());
        assert!(String::from_utf8(costs).unwrap().lines().nth(1).unwrap().starts_with("'=levy,"));
    }

    #[test]
    fn a_broken_file_is_refused_with_its_line() {
        let broken = format!("{}\ns,gross,simulated,whole run,12,,many,,,,,,,,2\n", COLUMNS.join(","));
        assert!(read(broken.as_bytes()).unwrap_err().contains("line: 2"), "{}", read(broken.as_bytes()).unwrap_err());
    }
}
