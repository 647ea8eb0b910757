//! `uncertainty.csv`: effects under many sets of parameters, with the luck of the draw told apart from doubt about parameters.

use crate::results::keys::{self, Heading, LAST_YEAR, WHOLE_RUN};
use crate::results::tables::cell;
use crate::results::tables::effects::Effect;
use crate::statistics::{CriticalValues, mean, sd};
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
    "members",
    "mean_difference",
    "monte_carlo_error",
    "parameter_sd",
    "parameter_share",
    "total_low95",
    "total_high95",
];

/// The effects of the members of an ensemble, each simulated with luck of its own.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Members {
    rows: Vec<Effect>,
    /// Difference and squared Monte Carlo error of each row, member by member; unknown ones are left out.
    found: Vec<Vec<(f64, f64)>>,
    count: usize,
}

/// What an ensemble says of one effect.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// Members with a known effect.
    pub members: usize,
    /// Mean over members.
    pub mean: f64,
    /// Monte Carlo standard error of that mean.
    pub monte_carlo_error: f64,
    /// Standard deviation of the effect between sets of parameters, Monte Carlo error taken off.
    pub parameter_sd: f64,
    /// The share of the variance between members that is doubt about parameters; unknown when there is no variance.
    pub parameter_share: Option<f64>,
    /// 95% interval of the effect, doubt about parameters and the error of the mean taken together.
    pub interval: (f64, f64),
}

impl Members {
    /// Adds the effects of one more member, which come in the same order for each. Rows of single periods are left out.
    pub fn add(&mut self, effects: impl Iterator<Item = Effect>) {
        let is_first = self.count == 0;
        self.count += 1;
        let kept = effects.filter(|effect| effect.period == WHOLE_RUN || effect.period == LAST_YEAR);
        for (at, effect) in kept.enumerate() {
            if is_first {
                self.found.push(Vec::new());
            }
            if let (Some(difference), Some(error), Some(found)) =
                (effect.difference, effect.mcse, self.found.get_mut(at))
            {
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

    /// Writes a row for each effect; numbers of fewer than two known members are empty.
    ///
    /// # Errors
    /// When the sink refuses.
    pub fn write(&self, sink: impl Write) -> io::Result<()> {
        let mut csv = csv::Writer::from_writer(sink);
        csv.write_record(COLUMNS)?;
        let mut critical = CriticalValues::default();
        for (effect, found) in self.rows.iter().zip(&self.found) {
            let spread = Spread::of(found, &mut critical);
            let number = |of: fn(&Spread) -> f64| cell::known(spread.as_ref().map(of));
            csv.write_record([
                cell::text(&effect.scenario),
                effect.measure.clone(),
                effect.unit.clone(),
                cell::text(&effect.place.region),
                effect.place.region_basis.clone(),
                effect.place.origin.clone(),
                effect.place.sex.clone(),
                effect.period.clone(),
                effect.months.to_string(),
                found.len().to_string(),
                number(|spread| spread.mean),
                number(|spread| spread.monte_carlo_error),
                number(|spread| spread.parameter_sd),
                cell::known(spread.and_then(|spread| spread.parameter_share)),
                number(|spread| spread.interval.0),
                number(|spread| spread.interval.1),
            ])?;
        }
        csv.flush()
    }
}

impl Spread {
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
        Some(Self {
            members: found.len(),
            mean: centre,
            monte_carlo_error: (within / members).sqrt(),
            parameter_sd: parameters.sqrt(),
            parameter_share: (between > 0.0).then(|| parameters / between),
            interval: (centre - half, centre + half),
        })
    }
}

/// An effect under many sets of parameters, read back.
#[derive(Clone, Debug, PartialEq)]
pub struct SavedSpread {
    /// The scenario's name.
    pub scenario: String,
    /// The measure's key.
    pub measure: String,
    /// Members with a known effect.
    pub members: u32,
    /// Mean over members.
    pub mean: Option<f64>,
    /// The share of the variance between members that is doubt about parameters.
    pub parameter_share: Option<f64>,
    /// 95% interval, doubt about parameters and the error of the mean taken together.
    pub interval: Option<(f64, f64)>,
}

/// Reads those effects back that are `wanted`.
///
/// # Errors
/// The line and what is wrong with it.
pub(crate) fn read(source: impl Read, wanted: &dyn Fn(&Heading<'_>) -> bool) -> Result<Vec<SavedSpread>, String> {
    keys::read(source, &COLUMNS, wanted, read_one, "an effect under several sets of parameters")
}

fn read_one(heading: &Heading<'_>, record: &csv::StringRecord) -> Option<SavedSpread> {
    let number = |index: usize| record.get(index).and_then(cell::read_known);
    Some(SavedSpread {
        scenario: heading.scenario.to_owned(),
        measure: heading.measure.to_owned(),
        members: record.get(9)?.parse().ok()?,
        mean: number(10)?,
        parameter_share: number(13)?,
        interval: number(14)?.zip(number(15)?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variance_between_members_is_parameters_and_luck() {
        // Differences 1, 2, 3, 6: mean 3, variance 14/3; squared errors average 1.
        let found = [(1.0, 0.5), (2.0, 1.0), (3.0, 1.0), (6.0, 1.5)];
        let spread = Spread::of(&found, &mut CriticalValues::default()).unwrap();
        let close = |found: f64, expected: f64| (found - expected).abs() < 1e-9;
        assert!(close(spread.mean, 3.0) && close(spread.monte_carlo_error, 0.5));
        assert!(close(spread.parameter_sd, (11.0_f64 / 3.0).sqrt()));
        assert!(close(spread.parameter_share.unwrap(), 11.0 / 14.0));
        // Student's t with 3 degrees of freedom: 3.182446.
        let half = 3.182_446_305 * (11.0_f64 / 3.0 + 14.0 / 12.0).sqrt();
        assert!((spread.interval.1 - 3.0 - half).abs() < 1e-6);
    }

    #[test]
    fn effects_under_an_ensemble_read_back() {
        let effect = |difference: f64| Effect {
            scenario: "=levy".to_owned(),
            ..crate::results::testing::effect("share", 0.2, difference, 0.5)
        };
        let mut members = Members::default();
        [1.0, 2.0, 3.0].into_iter().for_each(|difference| members.add([effect(difference)].into_iter()));
        let mut bytes = Vec::new();
        members.write(&mut bytes).unwrap();
        let found = read(bytes.as_slice(), &|heading| heading.measure == "neet_rate").unwrap();
        let spread = Spread::of(&[(1.0, 0.25), (2.0, 0.25), (3.0, 0.25)], &mut CriticalValues::default()).unwrap();
        assert_eq!((found[0].scenario.as_str(), found[0].members, found[0].mean), ("=levy", 3, Some(2.0)));
        assert_eq!((found[0].parameter_share, found[0].interval), (spread.parameter_share, Some(spread.interval)));
    }

    #[test]
    fn luck_alone_leaves_no_doubt_about_parameters() {
        let spread = Spread::of(&[(1.0, 4.0), (2.0, 4.0)], &mut CriticalValues::default()).unwrap();
        assert!(spread.parameter_sd == 0.0 && spread.parameter_share == Some(0.0));
        assert_eq!(Spread::of(&[(1.0, 4.0)], &mut CriticalValues::default()), None);
    }
}
