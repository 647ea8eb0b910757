//! `uncertainty.csv`: effects under many sets of parameters, with the luck of the draw told apart from doubt about parameters.

use crate::results::cell;
use crate::results::column::{Column, RowColumn, columns, write};
use crate::results::keys::{Heading, Keyed, LAST_YEAR, RowKey, WHOLE_RUN, heading_fields};
use crate::results::read::{TableLine, wanted_rows};
use crate::results::shared_columns::OF_MEASURE;
use crate::results::table::ResultTable;
use crate::results::tables::effects::EffectRow;
use crate::statistics::{CriticalValues, FEWEST, FEWEST_EQUAL, mean, sd};
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
    rows: Vec<EffectRow>,
    /// Difference and squared Monte Carlo error of each row, member by member; unknown ones are left out.
    found: Vec<Vec<(f64, f64)>>,
    count: usize,
}

/// What an ensemble says of one effect.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EnsembleSpread {
    /// Mean over members.
    pub mean: f64,
    /// Monte Carlo standard error of that mean.
    pub monte_carlo_error: f64,
    /// Standard deviation of the effect between sets of parameters, Monte Carlo error taken off.
    pub parameter_sd: f64,
    /// The share of the variance between members that is doubt about parameters; unknown when there is no variance, and of fewer than
    /// [`FEWEST_EQUAL`] members, of which it is mostly luck.
    pub parameter_share: Option<f64>,
    /// 95% interval of the effect, doubt about parameters and the error of the mean taken together; unknown of fewer than [`FEWEST`].
    pub interval: Option<(f64, f64)>,
}

impl MemberEffects {
    /// Adds the effects of one more member, which come in the same order for each. Rows of single periods are left out.
    pub fn add(&mut self, effects: impl Iterator<Item = EffectRow>) {
        let is_first = self.count == 0;
        self.count += 1;
        let kept = effects.filter(|effect| effect.key.period == WHOLE_RUN || effect.key.period == LAST_YEAR);
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

/// Gives effects the mean and the interval that many sets of parameters have of them, where they say something of it; the error is that
/// of the interval. How many sets there are: none in a run of one.
pub fn put_doubt<'a>(effects: impl Iterator<Item = &'a mut EffectRow>, spreads: &[SpreadRow]) -> u32 {
    let mut critical = CriticalValues::default();
    let about = |key: &RowKey| (key.scenario.clone(), key.measure.clone(), key.subgroup.clone(), key.period.clone());
    let known: BTreeMap<_, &SpreadRow> = spreads.iter().map(|row| (about(&row.key), row)).collect();
    for effect in effects {
        let Some(spread) = known.get(&about(&effect.key)).and_then(|row| row.spread) else { continue };
        let freedom = usize::try_from(effect.replicates).map_or(1, |count| count.saturating_sub(1).max(1));
        let half = spread.interval.map(|(low, high)| 0.5 * (high - low));
        effect.difference = Some(spread.mean);
        effect.mcse = half.map_or(Some(spread.monte_carlo_error), |half| Some(half / critical.two_sided_95(freedom)));
        effect.interval = spread.interval;
    }
    spreads.iter().map(|row| row.members).max().unwrap_or(0)
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
    let low = Column::new(
        "total_low95",
        "lower end of the 95% interval of the difference: doubt about parameters and the error of the mean together",
        OF_MEASURE,
    );
    let mut fields = heading_fields();
    fields.extend([
        Column::new("members", "sets of parameters with a known effect", "sets")
            .of(|row: &SpreadRow| row.members.to_string()),
        mean.of(|row: &SpreadRow| known(row, |spread| spread.mean)),
        Column::new("monte_carlo_error", "Monte Carlo standard error of mean_difference", OF_MEASURE)
            .of(|row: &SpreadRow| known(row, |spread| spread.monte_carlo_error)),
        sd.of(|row: &SpreadRow| known(row, |spread| spread.parameter_sd)),
        share.of(|row: &SpreadRow| cell::known(row.spread.and_then(|spread| spread.parameter_share))),
        low.of(|row: &SpreadRow| cell::low(row.spread.and_then(|spread| spread.interval))),
        Column::new("total_high95", "upper end of that interval", OF_MEASURE)
            .of(|row: &SpreadRow| cell::high(row.spread.and_then(|spread| spread.interval))),
    ]);
    fields
}

impl EnsembleSpread {
    /// The spread of pairs of difference and squared Monte Carlo error; `None` of fewer than two.
    ///
    /// One-way random effects: the variance between members is that of the parameters and the mean squared error
    /// together, because each member has luck of its own.
    #[must_use]
    pub fn of(found: &[(f64, f64)], critical: &mut CriticalValues) -> Option<Self> {
        let differences: Vec<f64> = found.iter().map(|(difference, _)| *difference).collect();
        let errors: Vec<f64> = found.iter().map(|(_, error)| *error).collect();
        let (centre, within) = (mean(&differences)?, mean(&errors)?);
        let spread = sd(&differences)?;
        let between = spread * spread;
        let parameters = (between - within).max(0.0);
        let members = f64::from(u32::try_from(found.len()).unwrap_or(u32::MAX));
        let half = critical.two_sided_95(found.len() - 1) * (parameters + between / members).sqrt();
        // members that all agree do so by chance when they are few, as replicates do
        let fewest = if half > 0.0 { FEWEST } else { FEWEST_EQUAL };
        Some(Self {
            mean: centre,
            monte_carlo_error: (within / members).sqrt(),
            parameter_sd: parameters.sqrt(),
            parameter_share: (between > 0.0 && found.len() >= FEWEST_EQUAL).then(|| parameters / between),
            interval: (found.len() >= fewest).then_some((centre - half, centre + half)),
        })
    }
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
    fn variance_between_members_is_parameters_and_luck() {
        // Differences 1, 2, 3, 6, three times: mean 3, variance 42/11; squared errors average 1.
        let found = [(1.0, 0.5), (2.0, 1.0), (3.0, 1.0), (6.0, 1.5)].repeat(3);
        let spread = EnsembleSpread::of(&found, &mut CriticalValues::default()).unwrap();
        let close = |found: f64, expected: f64| (found - expected).abs() < 1e-9;
        assert!(close(spread.mean, 3.0) && close(spread.monte_carlo_error, 12.0_f64.sqrt().recip()));
        assert!(close(spread.parameter_sd, (31.0_f64 / 11.0).sqrt()));
        assert!(close(spread.parameter_share.unwrap(), 31.0 / 42.0));
        // Student's t with 11 degrees of freedom: 2.200985.
        let half = 2.200_985_160 * (31.0_f64 / 11.0 + 42.0 / 11.0 / 12.0).sqrt();
        assert!((spread.interval.unwrap().1 - 3.0 - half).abs() < 1e-6);
    }

    #[test]
    fn few_members_have_no_share_and_fewer_no_interval() {
        let of = |count: usize| {
            let found: Vec<(f64, f64)> = [(1.0, 4.0), (2.0, 4.0)].into_iter().cycle().take(count).collect();
            EnsembleSpread::of(&found, &mut CriticalValues::default()).unwrap()
        };
        assert_eq!((of(4).interval, of(4).parameter_share), (None, None));
        assert!(of(5).interval.is_some() && of(5).parameter_share.is_none());
        let same = |count| EnsembleSpread::of(&vec![(0.0, 0.0); count], &mut CriticalValues::default()).unwrap();
        assert_eq!((same(9).interval, same(10).interval), (None, Some((0.0, 0.0))));
        assert_eq!(of(10).parameter_share, Some(0.0), "luck alone leaves no doubt about parameters");
    }

    #[test]
    fn effects_under_an_ensemble_read_back() {
        let effect = |difference: f64| {
            let mut effect = crate::results::testing::effect("share", 0.2, difference, 0.5);
            effect.key.scenario = "=levy".to_owned();
            effect
        };
        let mut members = MemberEffects::default();
        [1.0, 2.0, 3.0].into_iter().for_each(|difference| members.add([effect(difference)].into_iter()));
        let mut bytes = Vec::new();
        members.write(&mut bytes).unwrap();
        let found = read(bytes.as_slice(), &|heading| heading.measure == "neet_rate").unwrap();
        let spread =
            EnsembleSpread::of(&[(1.0, 0.25), (2.0, 0.25), (3.0, 0.25)], &mut CriticalValues::default()).unwrap();
        assert_eq!((found[0].key.scenario.as_str(), found[0].members), ("=levy", 3));
        assert_eq!((found[0].spread, spread.mean.to_bits()), (Some(spread), 2.0_f64.to_bits()));
    }

    #[test]
    fn one_member_says_nothing() {
        assert_eq!(EnsembleSpread::of(&[(1.0, 4.0)], &mut CriticalValues::default()), None);
    }
}
