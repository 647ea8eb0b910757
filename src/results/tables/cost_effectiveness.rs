//! `cost_effectiveness.csv`: what a unit of each gain costs.

use crate::money::{CostPerGain, CostVerdict, Money};
use crate::results::cell;
use crate::results::column::{Column, RowColumn, columns, write};
use crate::results::read::rows;
use crate::results::run::Results;
use crate::results::shared_columns::{
    DISCOUNTED_GBP_MILLION, DISCOUNTED_MCSE, MEMBERS, PRICE_YEAR, REPLICATES, SCENARIO, TOTAL_ERROR, TOTAL_LOW95,
};
use crate::results::table::ResultTable;
use crate::results::tables::uncertainty::MemberEffects;
use serde::Deserialize;
use std::io::{self, Read, Write};

/// The table.
pub(crate) const TABLE: ResultTable = ResultTable::new("cost_effectiveness.csv", own_columns, |results, sink| {
    write(sink, &fields(), ratio_rows(results))
});

/// The name of the file of costs per gain under many sets of parameters.
pub const UNCERTAIN_RATIOS: &str = "uncertainty_cost_effectiveness.csv";

/// The table of costs per gain under many sets of parameters.
pub(crate) const UNCERTAIN_TABLE: ResultTable = ResultTable::beside(UNCERTAIN_RATIOS, || columns(&uncertain_fields()));

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
    #[serde(alias = "gained_error", deserialize_with = "cell::as_known")]
    pub gained_mcse: Option<f64>,
    /// Lower end of its 95% interval (Monte Carlo error alone).
    #[serde(alias = "gained_total_low95", deserialize_with = "cell::as_known")]
    pub gained_low95: Option<f64>,
    /// Upper end of its 95% interval.
    #[serde(alias = "gained_total_high95", deserialize_with = "cell::as_known")]
    pub gained_high95: Option<f64>,
    /// How much was gained, discounted like money.
    #[serde(deserialize_with = "cell::as_number")]
    pub discounted_gained: f64,
    /// What it cost (GBP million, discounted).
    #[serde(deserialize_with = "cell::as_number")]
    pub discounted_gbp_million: f64,
    /// Its Monte Carlo standard error.
    #[serde(alias = "discounted_error", deserialize_with = "cell::as_known")]
    pub discounted_mcse: Option<f64>,
    /// Pounds for one more, both discounted; empty unless estimated.
    #[serde(deserialize_with = "cell::as_known")]
    pub gbp_per_gain: Option<f64>,
    /// Lower end of its 95% interval.
    #[serde(alias = "gbp_per_gain_total_low95", deserialize_with = "cell::as_known")]
    pub gbp_per_gain_low95: Option<f64>,
    /// Upper end of its 95% interval.
    #[serde(alias = "gbp_per_gain_total_high95", deserialize_with = "cell::as_known")]
    pub gbp_per_gain_high95: Option<f64>,
    /// One of the names of [`crate::money::CostVerdict`].
    pub verdict: String,
    /// Replicates that it is of, in each set of parameters.
    pub replicates: u32,
    /// Sets of parameters that numbers, errors and intervals are of; none of the world's own alone.
    #[serde(default)]
    pub members: Option<u32>,
}

fn own_columns() -> Vec<Column> {
    columns(&fields())
}

fn fields() -> Vec<RowColumn<RatioRow>> {
    let low =
        Column::new("gbp_per_gain_low95", "lower end of its 95% interval (Fieller; Monte Carlo error alone)", PER_UNIT);
    let [about, gained, cost, ratio] = shared_fields();
    let mut fields = about;
    fields.extend(gained);
    fields.extend([
        Column::new("gained_mcse", "its Monte Carlo standard error", OF_GAIN)
            .of(|row: &RatioRow| cell::known(row.gained_mcse)),
        Column::new("gained_low95", "lower end of its 95% interval (Monte Carlo error alone)", OF_GAIN)
            .of(|row: &RatioRow| cell::known(row.gained_low95)),
        Column::new("gained_high95", "upper end of that interval", OF_GAIN)
            .of(|row: &RatioRow| cell::known(row.gained_high95)),
    ]);
    fields.extend(cost);
    fields.push(DISCOUNTED_MCSE.of(|row: &RatioRow| cell::known(row.discounted_mcse)));
    fields.extend(ratio);
    fields.extend([
        low.of(|row: &RatioRow| cell::known(row.gbp_per_gain_low95)),
        Column::new("gbp_per_gain_high95", "upper end of that interval", PER_UNIT)
            .of(|row: &RatioRow| cell::known(row.gbp_per_gain_high95)),
    ]);
    fields.extend(last_fields());
    fields
}

/// The columns under many sets of parameters.
fn uncertain_fields() -> Vec<RowColumn<RatioRow>> {
    let low = Column::new(
        "gbp_per_gain_total_low95",
        "lower end of its 95% interval (Fieller; doubt about parameters and the luck of the draw together)",
        PER_UNIT,
    );
    let [about, gained, cost, ratio] = shared_fields();
    let mut fields = about;
    fields.extend(gained);
    fields.extend([
        Column::new("gained_error", TOTAL_ERROR, OF_GAIN).of(|row: &RatioRow| cell::known(row.gained_mcse)),
        Column::new("gained_total_low95", TOTAL_LOW95, OF_GAIN).of(|row: &RatioRow| cell::known(row.gained_low95)),
        Column::new("gained_total_high95", "upper end of that interval", OF_GAIN)
            .of(|row: &RatioRow| cell::known(row.gained_high95)),
    ]);
    fields.extend(cost);
    let error = Column::new("discounted_error", TOTAL_ERROR, "GBP million");
    fields.push(error.of(|row: &RatioRow| cell::known(row.discounted_mcse)));
    fields.extend(ratio);
    fields.extend([
        low.of(|row: &RatioRow| cell::known(row.gbp_per_gain_low95)),
        Column::new("gbp_per_gain_total_high95", "upper end of that interval", PER_UNIT)
            .of(|row: &RatioRow| cell::known(row.gbp_per_gain_high95)),
    ]);
    fields.extend(last_fields());
    fields.push(MEMBERS.of(|row: &RatioRow| cell::known_count(row.members)));
    fields
}

/// What a row is about; what was gained; what it cost; what one more costs.
fn shared_fields() -> [Vec<RowColumn<RatioRow>>; 4] {
    let gain =
        Column::new("gain", "what is gained: a total over everybody, so that people who are displaced are counted", "");
    let about = vec![
        SCENARIO.of(|row: &RatioRow| cell::text(&row.scenario)),
        gain.of(|row: &RatioRow| row.gain.clone()),
        Column::new("cost", "which cost is divided: gross, or net of savings", "")
            .of(|row: &RatioRow| row.cost.clone()),
        PRICE_YEAR.of(|row: &RatioRow| cell::text(&row.price_year)),
    ];
    let gained = Column::new("gained", "units gained over the whole run, beyond the baseline's", OF_GAIN)
        .of(|row: &RatioRow| cell::number(row.gained));
    let cost = vec![
        Column::new("discounted_gained", "units gained, discounted like money", OF_GAIN)
            .of(|row: &RatioRow| cell::number(row.discounted_gained)),
        DISCOUNTED_GBP_MILLION.of(|row: &RatioRow| cell::number(row.discounted_gbp_million)),
    ];
    let ratio = Column::new("gbp_per_gain", "discounted cost over discounted gain; empty unless estimated", PER_UNIT)
        .of(|row: &RatioRow| cell::known(row.gbp_per_gain));
    [about, vec![gained], cost, vec![ratio]]
}

/// What can be said of it, and from how many replicates.
fn last_fields() -> [RowColumn<RatioRow>; 2] {
    let verdict = Column::new(
        "verdict",
        "estimated; not estimable: the interval of the gain covers zero; no gain: clearly less of it; too few to tell: no interval",
        "",
    );
    [verdict.of(|row: &RatioRow| row.verdict.clone()), REPLICATES.of(|row: &RatioRow| row.replicates.to_string())]
}

/// What a unit of each gain costs.
#[must_use]
pub fn ratio_rows(results: &Results) -> Vec<RatioRow> {
    rows_of(&results.money, None)
}

/// The same under these sets of parameters; nothing without one.
#[must_use]
pub fn uncertain_ratio_rows(members: &MemberEffects) -> Vec<RatioRow> {
    rows_of(&members.money(), u32::try_from(members.count()).ok())
}

/// Writes them.
///
/// # Errors
/// When the sink refuses.
pub fn write_uncertain_ratios(members: &MemberEffects, sink: impl Write) -> io::Result<()> {
    write(sink, &uncertain_fields(), uncertain_ratio_rows(members))
}

fn rows_of(money: &Money, members: Option<u32>) -> Vec<RatioRow> {
    let prices = money.price_year.clone().unwrap_or_default();
    money.ratios.iter().map(|ratio| RatioRow { members, ..RatioRow::of(ratio, &prices) }).collect()
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
            members: None,
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

/// Reads those under many sets of parameters back.
///
/// # Errors
/// The line and what is wrong with it.
pub(crate) fn read_uncertain(source: impl Read) -> Result<Vec<RatioRow>, String> {
    rows(source, &columns(&uncertain_fields()), "a cost per gain")
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
