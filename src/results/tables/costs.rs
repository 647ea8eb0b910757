//! `costs.csv`: what each scenario costs and saves, by item and year.

use crate::money::{Amount, CostLine, Money};
use crate::results::cell;
use crate::results::column::{Column, RowColumn, columns, write};
use crate::results::keys::WHOLE_RUN;
use crate::results::read::rows;
use crate::results::run::Results;
use crate::results::shared_columns::{
    DISCOUNTED_GBP_MILLION, DISCOUNTED_MCSE, HIGH95, LOW95, MCSE, MEMBERS, MONTHS, PRICE_YEAR, REPLICATES, SCENARIO,
    TOTAL_ERROR, TOTAL_LOW95,
};
use crate::results::table::ResultTable;
use crate::results::tables::uncertainty::MemberEffects;
use serde::Deserialize;
use std::io::{self, Read, Write};

const GBP_MILLION: &str = "GBP million";

/// The table.
pub(crate) const TABLE: ResultTable =
    ResultTable::new("costs.csv", own_columns, |results, sink| write(sink, &fields(), cost_rows(results)));

/// The name of the file of costs under many sets of parameters.
pub const UNCERTAIN_COSTS: &str = "uncertainty_costs.csv";

/// The table of costs under many sets of parameters.
pub(crate) const UNCERTAIN_TABLE: ResultTable = ResultTable::beside(UNCERTAIN_COSTS, || columns(&uncertain_fields()));

/// A line of the books: a row.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct CostRow {
    /// The scenario's name.
    #[serde(deserialize_with = "cell::as_owned_text")]
    pub scenario: String,
    /// What it is: a lever's path, or one of the names of [`crate::money::Item`].
    #[serde(deserialize_with = "cell::as_owned_text")]
    pub item: String,
    /// `planned` or `simulated`.
    pub basis: String,
    /// The first month of the year, or the whole run.
    pub year: String,
    /// Its length in months.
    pub months: u32,
    /// The year of prices; empty when the world does not say.
    #[serde(deserialize_with = "cell::as_owned_text")]
    pub price_year: String,
    /// GBP million.
    #[serde(deserialize_with = "cell::as_number")]
    pub gbp_million: f64,
    /// Its Monte Carlo standard error.
    #[serde(alias = "gbp_million_error", deserialize_with = "cell::as_known")]
    pub mcse: Option<f64>,
    /// Lower end of its 95% interval (Monte Carlo error alone).
    #[serde(alias = "gbp_million_total_low95", deserialize_with = "cell::as_known")]
    pub low95: Option<f64>,
    /// Upper end of its 95% interval.
    #[serde(alias = "gbp_million_total_high95", deserialize_with = "cell::as_known")]
    pub high95: Option<f64>,
    /// GBP million, discounted to the first year.
    #[serde(deserialize_with = "cell::as_number")]
    pub discounted_gbp_million: f64,
    /// Its Monte Carlo standard error.
    #[serde(alias = "discounted_error", deserialize_with = "cell::as_known")]
    pub discounted_mcse: Option<f64>,
    /// Lower end of its 95% interval.
    #[serde(alias = "discounted_total_low95", deserialize_with = "cell::as_known")]
    pub discounted_low95: Option<f64>,
    /// Upper end of its 95% interval.
    #[serde(alias = "discounted_total_high95", deserialize_with = "cell::as_known")]
    pub discounted_high95: Option<f64>,
    /// Replicates that it is a mean of, in each set of parameters; unknown of what was planned.
    pub replicates: Option<u32>,
    /// Sets of parameters that numbers, errors and intervals are of; none of the world's own alone.
    #[serde(default)]
    pub members: Option<u32>,
}

fn own_columns() -> Vec<Column> {
    columns(&fields())
}

fn fields() -> Vec<RowColumn<CostRow>> {
    let low = Column::new("discounted_low95", "lower end of its 95% interval (Monte Carlo error alone)", GBP_MILLION);
    let mut fields = about_fields();
    fields.extend([
        MCSE.of(|row: &CostRow| cell::known(row.mcse)),
        LOW95.of(|row: &CostRow| cell::known(row.low95)),
        HIGH95.of(|row: &CostRow| cell::known(row.high95)),
        DISCOUNTED_GBP_MILLION.of(|row: &CostRow| cell::number(row.discounted_gbp_million)),
        DISCOUNTED_MCSE.of(|row: &CostRow| cell::known(row.discounted_mcse)),
        low.of(|row: &CostRow| cell::known(row.discounted_low95)),
        Column::new("discounted_high95", "upper end of that interval", GBP_MILLION)
            .of(|row: &CostRow| cell::known(row.discounted_high95)),
        REPLICATES.of(|row: &CostRow| cell::known_count(row.replicates)),
    ]);
    fields
}

/// The columns under many sets of parameters.
fn uncertain_fields() -> Vec<RowColumn<CostRow>> {
    let mut fields = about_fields();
    fields.extend([
        Column::new("gbp_million_error", TOTAL_ERROR, GBP_MILLION).of(|row: &CostRow| cell::known(row.mcse)),
        Column::new("gbp_million_total_low95", TOTAL_LOW95, GBP_MILLION).of(|row: &CostRow| cell::known(row.low95)),
        Column::new("gbp_million_total_high95", "upper end of that interval", GBP_MILLION)
            .of(|row: &CostRow| cell::known(row.high95)),
        DISCOUNTED_GBP_MILLION.of(|row: &CostRow| cell::number(row.discounted_gbp_million)),
        Column::new("discounted_error", TOTAL_ERROR, GBP_MILLION).of(|row: &CostRow| cell::known(row.discounted_mcse)),
        Column::new("discounted_total_low95", TOTAL_LOW95, GBP_MILLION)
            .of(|row: &CostRow| cell::known(row.discounted_low95)),
        Column::new("discounted_total_high95", "upper end of that interval", GBP_MILLION)
            .of(|row: &CostRow| cell::known(row.discounted_high95)),
        REPLICATES.of(|row: &CostRow| cell::known_count(row.replicates)),
        MEMBERS.of(|row: &CostRow| cell::known_count(row.members)),
    ]);
    fields
}

/// What a row is about, and how much it is.
fn about_fields() -> Vec<RowColumn<CostRow>> {
    let item = Column::new(
        "item",
        "a lever alone; overlap of levers: all together less the sum of each; planned: the sum of those; take-up and knock-on: \
         simulated less planned; gross: all public spending beyond the baseline's, the sum of those two; savings: benefits not paid for person-months NEET avoided at 16-24; net: gross less savings",
        "",
    );
    let basis = Column::new(
        "basis",
        "planned: worked out as if every place were taken, without error; simulated: mean over replicates",
        "",
    );
    vec![
        SCENARIO.of(|row: &CostRow| cell::text(&row.scenario)),
        item.of(|row: &CostRow| cell::text(&row.item)),
        basis.of(|row: &CostRow| row.basis.clone()),
        Column::new("year", "first month of the year (year-month), or the whole run", "")
            .of(|row: &CostRow| row.year.clone()),
        MONTHS.of(|row: &CostRow| row.months.to_string()),
        PRICE_YEAR.of(|row: &CostRow| cell::text(&row.price_year)),
        Column::new("gbp_million", "amount beyond the baseline's", GBP_MILLION)
            .of(|row: &CostRow| cell::number(row.gbp_million)),
    ]
}

/// The lines of the books.
#[must_use]
pub fn cost_rows(results: &Results) -> Vec<CostRow> {
    rows_of(&results.money, None)
}

/// The same under these sets of parameters; nothing without one.
#[must_use]
pub fn uncertain_cost_rows(members: &MemberEffects) -> Vec<CostRow> {
    rows_of(&members.money(), u32::try_from(members.count()).ok())
}

/// Writes them.
///
/// # Errors
/// When the sink refuses.
pub fn write_uncertain_costs(members: &MemberEffects, sink: impl Write) -> io::Result<()> {
    write(sink, &uncertain_fields(), uncertain_cost_rows(members))
}

fn rows_of(money: &Money, members: Option<u32>) -> Vec<CostRow> {
    let prices = money.price_year.clone().unwrap_or_default();
    money.costs.iter().map(|line| CostRow { members, ..CostRow::of(line, &prices) }).collect()
}

impl CostRow {
    fn of(line: &CostLine, prices: &str) -> Self {
        let low = |amount: &Amount| amount.interval.map(|interval| interval.0);
        let high = |amount: &Amount| amount.interval.map(|interval| interval.1);
        let (amount, discounted) = (&line.gbp_million, &line.discounted_gbp_million);
        Self {
            scenario: line.scenario.clone(),
            item: line.item.name().to_owned(),
            basis: line.basis.name().to_owned(),
            year: line.year.map_or_else(|| WHOLE_RUN.to_owned(), |year| year.to_string()),
            months: line.months,
            price_year: prices.to_owned(),
            gbp_million: amount.mean,
            mcse: amount.mcse,
            low95: low(amount),
            high95: high(amount),
            discounted_gbp_million: discounted.mean,
            discounted_mcse: discounted.mcse,
            discounted_low95: low(discounted),
            discounted_high95: high(discounted),
            replicates: line.replicates,
            members: None,
        }
    }
}

/// Reads them back.
///
/// # Errors
/// The line and what is wrong with it.
pub(crate) fn read(source: impl Read) -> Result<Vec<CostRow>, String> {
    rows(source, &own_columns(), "a line of the books")
}

/// Reads those under many sets of parameters back.
///
/// # Errors
/// The line and what is wrong with it.
pub(crate) fn read_uncertain(source: impl Read) -> Result<Vec<CostRow>, String> {
    rows(source, &columns(&uncertain_fields()), "a line of the books")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::testing;

    #[test]
    fn costs_read_back_as_they_were_written() {
        let results = testing::results();
        let mut costs = Vec::new();
        write(&mut costs, &fields(), cost_rows(&results)).unwrap();
        assert_eq!(read(costs.as_slice()).unwrap(), cost_rows(&results));
        assert!(!cost_rows(&results).is_empty());
        assert!(String::from_utf8(costs).unwrap().lines().nth(1).unwrap().starts_with("'=levy,"));
    }

    #[test]
    fn a_broken_file_is_refused_with_its_line() {
        let names: Vec<&str> = own_columns().iter().map(|column| column.name).collect();
        let broken = format!("{}\ns,gross,simulated,whole run,12,,many,,,,,,,,2\n", names.join(","));
        assert!(read(broken.as_bytes()).unwrap_err().contains("line 2"), "{}", read(broken.as_bytes()).unwrap_err());
    }
}
