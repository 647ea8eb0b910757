//! `cost_effectiveness.csv`: what a unit of each gain costs.

use crate::money::{CostPerGain, CostVerdict};
use crate::results::cell;
use crate::results::column::{Column, RowColumn, columns, write};
use crate::results::read::rows;
use crate::results::run::Results;
use crate::results::shared_columns::{DISCOUNTED_GBP_MILLION, DISCOUNTED_MCSE, PRICE_YEAR, REPLICATES, SCENARIO};
use crate::results::table::ResultTable;
use serde::Deserialize;
use std::io::Read;

/// The table.
pub(crate) const TABLE: ResultTable = ResultTable::new("cost_effectiveness.csv", own_columns, |results, sink| {
    write(sink, &fields(), ratio_rows(results))
});

/// The unit of what is gained.
const OF_GAIN: &str = "units of the gain";
/// The unit of what one more costs.
const PER_UNIT: &str = "GBP per unit";

/// What a unit of a gain costs: a row.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct RatioRow {
    /// The scenario's name.
    #[serde(deserialize_with = "cell::as_owned_text")]
    pub scenario: String,
    /// The key of the gain.
    pub gain: String,
    /// `gross` or `net`.
    pub cost: String,
    /// The year of prices; empty when the world does not say.
    #[serde(deserialize_with = "cell::as_owned_text")]
    pub price_year: String,
    /// How much was gained over the run.
    #[serde(deserialize_with = "cell::as_number")]
    pub gained: f64,
    /// Its Monte Carlo standard error.
    #[serde(deserialize_with = "cell::as_known")]
    pub gained_mcse: Option<f64>,
    /// Lower end of its 95% interval (Monte Carlo error alone).
    #[serde(deserialize_with = "cell::as_known")]
    pub gained_low95: Option<f64>,
    /// Upper end of its 95% interval.
    #[serde(deserialize_with = "cell::as_known")]
    pub gained_high95: Option<f64>,
    /// How much was gained, discounted like money.
    #[serde(deserialize_with = "cell::as_number")]
    pub discounted_gained: f64,
    /// What it cost (GBP million, discounted).
    #[serde(deserialize_with = "cell::as_number")]
    pub discounted_gbp_million: f64,
    /// Its Monte Carlo standard error.
    #[serde(deserialize_with = "cell::as_known")]
    pub discounted_mcse: Option<f64>,
    /// Pounds for one more, both discounted; empty unless estimated.
    #[serde(deserialize_with = "cell::as_known")]
    pub gbp_per_gain: Option<f64>,
    /// Lower end of its 95% interval.
    #[serde(deserialize_with = "cell::as_known")]
    pub gbp_per_gain_low95: Option<f64>,
    /// Upper end of its 95% interval.
    #[serde(deserialize_with = "cell::as_known")]
    pub gbp_per_gain_high95: Option<f64>,
    /// One of the names of [`crate::money::CostVerdict`].
    pub verdict: String,
    /// Replicates that it is of.
    pub replicates: u32,
}

fn own_columns() -> Vec<Column> {
    columns(&fields())
}

fn fields() -> Vec<RowColumn<RatioRow>> {
    let gain =
        Column::new("gain", "what is gained: a total over everybody, so that people who are displaced are counted", "");
    let low =
        Column::new("gbp_per_gain_low95", "lower end of its 95% interval (Fieller; Monte Carlo error alone)", PER_UNIT);
    let verdict = Column::new(
        "verdict",
        "estimated; not estimable: the interval of the gain covers zero; no gain: clearly less of it; too few replicates: no interval",
        "",
    );
    vec![
        SCENARIO.of(|row: &RatioRow| cell::text(&row.scenario)),
        gain.of(|row: &RatioRow| row.gain.clone()),
        Column::new("cost", "which cost is divided: gross, or net of savings", "")
            .of(|row: &RatioRow| row.cost.clone()),
        PRICE_YEAR.of(|row: &RatioRow| cell::text(&row.price_year)),
        Column::new("gained", "units gained over the whole run, beyond the baseline's", OF_GAIN)
            .of(|row: &RatioRow| cell::number(row.gained)),
        Column::new("gained_mcse", "its Monte Carlo standard error", OF_GAIN)
            .of(|row: &RatioRow| cell::known(row.gained_mcse)),
        Column::new("gained_low95", "lower end of its 95% interval (Monte Carlo error alone)", OF_GAIN)
            .of(|row: &RatioRow| cell::known(row.gained_low95)),
        Column::new("gained_high95", "upper end of that interval", OF_GAIN)
            .of(|row: &RatioRow| cell::known(row.gained_high95)),
        Column::new("discounted_gained", "units gained, discounted like money", OF_GAIN)
            .of(|row: &RatioRow| cell::number(row.discounted_gained)),
        DISCOUNTED_GBP_MILLION.of(|row: &RatioRow| cell::number(row.discounted_gbp_million)),
        DISCOUNTED_MCSE.of(|row: &RatioRow| cell::known(row.discounted_mcse)),
        Column::new("gbp_per_gain", "discounted cost over discounted gain; empty unless estimated", PER_UNIT)
            .of(|row: &RatioRow| cell::known(row.gbp_per_gain)),
        low.of(|row: &RatioRow| cell::known(row.gbp_per_gain_low95)),
        Column::new("gbp_per_gain_high95", "upper end of that interval", PER_UNIT)
            .of(|row: &RatioRow| cell::known(row.gbp_per_gain_high95)),
        verdict.of(|row: &RatioRow| row.verdict.clone()),
        REPLICATES.of(|row: &RatioRow| row.replicates.to_string()),
    ]
}

/// What a unit of each gain costs.
#[must_use]
pub fn ratio_rows(results: &Results) -> Vec<RatioRow> {
    let prices = results.money.price_year.clone().unwrap_or_default();
    results.money.ratios.iter().map(|ratio| RatioRow::of(ratio, &prices)).collect()
}

impl RatioRow {
    fn of(ratio: &CostPerGain, prices: &str) -> Self {
        let estimate = match ratio.verdict {
            CostVerdict::Estimated { gbp, interval: (low, high) } => Some([gbp, low, high]),
            CostVerdict::NotEstimable | CostVerdict::NoGain | CostVerdict::Unknown => None,
        };
        Self {
            scenario: ratio.scenario.clone(),
            gain: ratio.gain.key.to_owned(),
            cost: ratio.kind.name().to_owned(),
            price_year: prices.to_owned(),
            gained: ratio.gained.mean,
            gained_mcse: ratio.gained.mcse,
            gained_low95: ratio.gained.interval.map(|interval| interval.0),
            gained_high95: ratio.gained.interval.map(|interval| interval.1),
            discounted_gained: ratio.gained_discounted.mean,
            discounted_gbp_million: ratio.cost_gbp_million.mean,
            discounted_mcse: ratio.cost_gbp_million.mcse,
            gbp_per_gain: estimate.map(|[gbp, _, _]| gbp),
            gbp_per_gain_low95: estimate.map(|[_, low, _]| low),
            gbp_per_gain_high95: estimate.map(|[_, _, high]| high),
            verdict: ratio.verdict.name().to_owned(),
            replicates: ratio.replicates,
        }
    }
}

/// Reads them back.
///
/// # Errors
/// The line and what is wrong with it.
pub(crate) fn read(source: impl Read) -> Result<Vec<RatioRow>, String> {
    rows(source, &own_columns(), "a cost per gain")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::testing;

    #[test]
    fn ratios_read_back_as_they_were_written() {
        let results = testing::results();
        let mut ratios = Vec::new();
        write(&mut ratios, &fields(), ratio_rows(&results)).unwrap();
        assert_eq!(read(ratios.as_slice()).unwrap(), ratio_rows(&results));
        assert!(!ratio_rows(&results).is_empty());
    }
}
