//! `uncertainty.csv`: effects under many sets of parameters, with the luck of the draw told apart from doubt about parameters.

use crate::money::Money;
use crate::results::cell;
use crate::results::column::{Column, RowColumn, columns, write};
use crate::results::keys::{Heading, Keyed, LAST_YEAR, RowKey, Subgroup, WHOLE_RUN, heading_fields};
use crate::results::read::{TableLine, wanted_rows};
use crate::results::run::Results;
use crate::results::shared_columns::{MEMBERS, OF_MEASURE, TOTAL_LOW95};
use crate::results::table::ResultTable;
use crate::results::tables::effects::{EffectRow, effects};
use crate::statistics::{CriticalValues, EnsembleSpread};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::io::{self, Read, Write};

/// The name of the file.
pub const UNCERTAINTY: &str = "uncertainty.csv";

/// The table.
pub(crate) const TABLE: ResultTable = ResultTable::beside(UNCERTAINTY, own_columns);

/// The effects of the members of an ensemble, each simulated with luck of its own.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MemberEffects {
    /// What each scenario costs under each member.
    money: Vec<Money>,
    rows: Vec<EffectRow>,
    /// Difference and squared Monte Carlo error of each row, member by member; unknown ones are left out.
    found: Vec<Vec<(f64, f64)>>,
    count: usize,
}

impl MemberEffects {
    /// Adds what one more member gave.
    pub fn add(&mut self, results: &Results) {
        self.money.push(results.money.clone());
        self.add_effects(effects(results));
    }

    /// Adds the effects of one more member, which come in the same order for each. Rows of single periods are kept of everybody alone.
    fn add_effects(&mut self, effects: impl Iterator<Item = EffectRow>) {
        let is_first = self.count == 0;
        self.count += 1;
        let kept = effects.filter(|effect| {
            let is_of_all = [WHOLE_RUN, LAST_YEAR].contains(&effect.key.period.as_str());
            is_of_all || effect.key.subgroup == Subgroup::everybody()
        });
        for (at, effect) in kept.enumerate() {
            if is_first {
                self.found.push(Vec::new());
            }
            // replicates that all differ by the same show no error, for they are few; a member has some nevertheless
            let error = effect.mcse.or((effect.replicates > 1).then_some(0.0));
            if let (Some(difference), Some(error), Some(found)) = (effect.difference, error, self.found.get_mut(at)) {
                found.push((difference, error * error));
            }
            if is_first {
                self.rows.push(effect);
            }
        }
    }

    /// Members added.
    #[must_use]
    pub fn count(&self) -> usize {
        self.count
    }

    /// What each scenario costs under all of them.
    #[must_use]
    pub fn money(&self) -> Money {
        Money::over_members(&self.money)
    }

    /// What they say of each effect; numbers of fewer than two known members are unknown.
    #[must_use]
    pub fn rows(&self) -> Vec<SpreadRow> {
        let mut critical = CriticalValues::default();
        let row = |(effect, found): (&EffectRow, &Vec<(f64, f64)>)| SpreadRow {
            key: effect.key.clone(),
            members: u32::try_from(found.len()).unwrap_or(u32::MAX),
            spread: EnsembleSpread::of(found, &mut critical),
        };
        self.rows.iter().zip(&self.found).map(row).collect()
    }

    /// Writes a row for each effect.
    ///
    /// # Errors
    /// When the sink refuses.
    pub fn write(&self, sink: impl Write) -> io::Result<()> {
        write(sink, &fields(), self.rows())
    }
}

/// Gives effects the mean, the error and the interval that many sets of parameters have of them, where they say something of it.
pub fn put_doubt<'a>(effects: impl Iterator<Item = &'a mut EffectRow>, spreads: &[SpreadRow]) {
    let mut critical = CriticalValues::default();
    let about = |key: &RowKey| (key.scenario.clone(), key.measure.clone(), key.subgroup.clone(), key.period.clone());
    let known: BTreeMap<_, &SpreadRow> = spreads.iter().map(|row| (about(&row.key), row)).collect();
    for effect in effects {
        let Some(row) = known.get(&about(&effect.key)) else { continue };
        let Some(spread) = row.spread else { continue };
        effect.difference = Some(spread.mean);
        effect.mcse = spread.standard_error(usize::try_from(row.members).unwrap_or(usize::MAX), &mut critical);
        effect.interval = spread.interval;
        effect.members = Some(row.members);
    }
}

fn own_columns() -> Vec<Column> {
    columns(&fields())
}

fn fields() -> Vec<RowColumn<SpreadRow>> {
    fn known(row: &SpreadRow, read: fn(&EnsembleSpread) -> f64) -> String {
        cell::known(row.spread.as_ref().map(read))
    }
    let mean = Column::new(
        "mean_difference",
        "mean over sets of parameters of the mean difference to the baseline",
        OF_MEASURE,
    );
    let sd = Column::new(
        "parameter_sd",
        "standard deviation of the difference between sets of parameters, Monte Carlo error taken off",
        OF_MEASURE,
    );
    let share =
        Column::new("parameter_share", "share of the variance between sets that is doubt about parameters", "share");
    let mut fields = heading_fields();
    fields.extend([
        MEMBERS.of(|row: &SpreadRow| row.members.to_string()),
        mean.of(|row: &SpreadRow| known(row, |spread| spread.mean)),
        Column::new("monte_carlo_error", "Monte Carlo standard error of mean_difference", OF_MEASURE)
            .of(|row: &SpreadRow| known(row, |spread| spread.monte_carlo_error)),
        sd.of(|row: &SpreadRow| known(row, |spread| spread.parameter_sd)),
        share.of(|row: &SpreadRow| cell::known(row.spread.and_then(|spread| spread.parameter_share))),
        Column::new("total_low95", TOTAL_LOW95, OF_MEASURE)
            .of(|row: &SpreadRow| cell::low(row.spread.and_then(|spread| spread.interval))),
        Column::new("total_high95", "upper end of that interval", OF_MEASURE)
            .of(|row: &SpreadRow| cell::high(row.spread.and_then(|spread| spread.interval))),
    ]);
    fields
}

/// An effect under many sets of parameters: a row.
#[derive(Clone, Debug, PartialEq)]
pub struct SpreadRow {
    /// What it is about.
    pub key: RowKey,
    /// Members with a known effect.
    pub members: u32,
    /// What they say of it; unknown of fewer than two.
    pub spread: Option<EnsembleSpread>,
}

impl Keyed for SpreadRow {
    fn key(&self) -> &RowKey {
        &self.key
    }
}

/// What stands in a file beside the heading.
#[derive(Deserialize)]
struct SpreadNumbers {
    members: u32,
    #[serde(deserialize_with = "cell::as_known")]
    mean_difference: Option<f64>,
    #[serde(deserialize_with = "cell::as_known")]
    monte_carlo_error: Option<f64>,
    #[serde(deserialize_with = "cell::as_known")]
    parameter_sd: Option<f64>,
    #[serde(deserialize_with = "cell::as_known")]
    parameter_share: Option<f64>,
    #[serde(deserialize_with = "cell::as_known")]
    total_low95: Option<f64>,
    #[serde(deserialize_with = "cell::as_known")]
    total_high95: Option<f64>,
}

impl SpreadNumbers {
    fn spread(&self) -> Option<EnsembleSpread> {
        Some(EnsembleSpread {
            mean: self.mean_difference?,
            monte_carlo_error: self.monte_carlo_error?,
            parameter_sd: self.parameter_sd?,
            parameter_share: self.parameter_share,
            interval: self.total_low95.zip(self.total_high95),
        })
    }
}

/// Reads those effects back that are `wanted`.
///
/// # Errors
/// The line and what is wrong with it.
pub(crate) fn read(source: impl Read, wanted: &dyn Fn(&Heading<'_>) -> bool) -> Result<Vec<SpreadRow>, String> {
    let of = |key: RowKey, line: &TableLine<'_>| {
        let numbers: SpreadNumbers = line.part()?;
        Ok(SpreadRow { key, members: numbers.members, spread: numbers.spread() })
    };
    wanted_rows(source, &own_columns(), "an effect under several sets of parameters", wanted, of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn effects_under_an_ensemble_read_back() {
        let effect = |difference: f64| {
            let mut effect = crate::results::testing::effect("share", 0.2, difference, 0.5);
            effect.key.scenario = "=levy".to_owned();
            effect
        };
        let mut members = MemberEffects::default();
        [1.0, 2.0, 3.0].into_iter().for_each(|difference| members.add_effects([effect(difference)].into_iter()));
        let mut bytes = Vec::new();
        members.write(&mut bytes).unwrap();
        let found = read(bytes.as_slice(), &|heading| heading.measure == "neet_rate").unwrap();
        let spread =
            EnsembleSpread::of(&[(1.0, 0.25), (2.0, 0.25), (3.0, 0.25)], &mut CriticalValues::default()).unwrap();
        assert_eq!((found[0].key.scenario.as_str(), found[0].members), ("=levy", 3));
        assert_eq!((found[0].spread, spread.mean.to_bits()), (Some(spread), 2.0_f64.to_bits()));
    }

    #[test]
    fn single_years_are_kept_of_everybody_and_errors_are_of_sets_of_parameters() {
        let year = |difference: f64, region: &str| {
            let mut effect = crate::results::testing::effect("share", 0.2, difference, 0.01);
            effect.key.period = "2027-09".to_owned();
            effect.key.subgroup.region = region.to_owned();
            effect
        };
        let mut members = MemberEffects::default();
        for at in 0..6 {
            members.add_effects([year(1.0 + f64::from(at), "all"), year(1.0, "Wales")].into_iter());
        }
        let rows = members.rows();
        assert_eq!(rows.len(), 1);
        let mut effects = [year(9.0, "all")];
        put_doubt(effects.iter_mut(), &rows);
        assert_eq!(
            (effects[0].members, effects[0].values(), effects[0].interval),
            (Some(6), 6, rows[0].spread.unwrap().interval)
        );
        // five degrees of freedom, whatever the replicates of the run
        let (low, high) = effects[0].interval.unwrap();
        let half = CriticalValues::default().two_sided_95(5) * effects[0].mcse.unwrap();
        assert!((0.5 * (high - low) - half).abs() < 1e-12);
    }
}
