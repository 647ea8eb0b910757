//! What a unit of each gain costs, with displacement counted.
//!
//! A gain is the difference of a count over everybody in the model, so people whom a policy puts ahead and people whom it displaces are both in it.

use super::books::{Amount, Books, difference_by_year, discounted};
use crate::experiment::Outcomes;
use crate::statistics::{CriticalValues, FEWEST, PairOfMeans, RatioOfMeans};

/// Something that a policy may bring about more of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gain {
    /// The name used in files.
    pub key: &'static str,
    /// One unit of it in words.
    pub label: &'static str,
    /// The measure whose numerator counts it.
    pub measure: &'static str,
    /// Whether more or less of the measure is the gain.
    pub direction: Direction,
}

/// Whether more or less of a measure is the gain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// More.
    More,
    /// Less.
    Less,
}

/// Every gain that costs are divided by.
pub const GAINS: [Gain; 5] = [
    Gain {
        key: "month_out_of_neet.16_24",
        label: "person-month out of NEET, 16-24",
        measure: "neet_rate",
        direction: Direction::Less,
    },
    Gain {
        key: "month_out_of_neet.16_39",
        label: "person-month out of NEET, 16-39",
        measure: "neet_rate.16_39",
        direction: Direction::Less,
    },
    Gain {
        key: "apprenticeship_completed",
        label: "apprenticeship completed",
        measure: "apprenticeship_completions",
        direction: Direction::More,
    },
    Gain {
        key: "upward_move.25",
        label: "upward move by 25",
        measure: "upward_mobility.25",
        direction: Direction::More,
    },
    Gain {
        key: "upward_move.30",
        label: "upward move by 30",
        measure: "upward_mobility.30",
        direction: Direction::More,
    },
];

/// Which cost is divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CostKind {
    /// Public spending beyond the baseline's.
    Gross,
    /// The same less savings.
    Net,
}

impl CostKind {
    /// The word used in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Gross => "gross",
            Self::Net => "net",
        }
    }
}

/// What can be said of a cost per gain.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum CostVerdict {
    /// The gain is clear and so is its cost.
    Estimated {
        /// Pounds for one more of it.
        gbp: f64,
        /// 95% interval (Fieller).
        interval: (f64, f64),
    },
    /// The interval of the gain covers zero.
    NotEstimable,
    /// There is clearly less of it, not more.
    NoGain,
    /// There are too few replicates, or sets of parameters, for an interval.
    Unknown,
}

impl CostVerdict {
    /// The words used in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Estimated { .. } => "estimated",
            Self::NotEstimable => "not estimable",
            Self::NoGain => "no gain",
            Self::Unknown => "too few to tell",
        }
    }
}

/// What a unit of one gain costs in one scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct CostPerGain {
    /// The scenario's name.
    pub scenario: String,
    /// The gain.
    pub gain: &'static Gain,
    /// Which cost.
    pub kind: CostKind,
    /// How much was gained over the run (units of the gain).
    pub gained: Amount,
    /// The same, discounted to the run's first year.
    pub gained_discounted: Amount,
    /// What it cost (GBP million, discounted).
    pub cost_gbp_million: Amount,
    /// The one divided by the other, both discounted.
    pub verdict: CostVerdict,
    /// Cost (GBP) and gain, both discounted, with the errors of their means; unknown of fewer than two replicates.
    pub means: Option<PairOfMeans>,
    /// Replicates behind it.
    pub replicates: u32,
}

/// Every gain of a scenario at gross and at net cost.
pub(super) fn ratios(books: &Books, outcomes: &Outcomes, scenario: usize) -> Vec<CostPerGain> {
    let mut critical = CriticalValues::default();
    let costs = [(CostKind::Gross, books.gross.clone()), (CostKind::Net, books.net())];
    let costs =
        costs.map(|(kind, by_year)| (kind, by_year.iter().map(|years| discounted(years)).collect::<Vec<f64>>()));
    let years = books.gross.first().map_or(0, Vec::len);
    let mut ratios = Vec::new();
    for gain in &GAINS {
        let by_year = gained(gain, outcomes, scenario, years);
        let whole: Vec<f64> = by_year.iter().map(|years| years.iter().sum()).collect();
        let weighed: Vec<f64> = by_year.iter().map(|years| discounted(years)).collect();
        for (kind, gbp_million) in &costs {
            let gained_discounted = Amount::of(&weighed, &mut critical);
            let pairs: Vec<(f64, f64)> = gbp_million.iter().map(|million| million * 1e6).zip(weighed.clone()).collect();
            ratios.push(CostPerGain {
                scenario: books.scenario().to_owned(),
                gain,
                kind: *kind,
                gained: Amount::of(&whole, &mut critical),
                gained_discounted,
                cost_gbp_million: Amount::of(gbp_million, &mut critical),
                verdict: verdict(gained_discounted, RatioOfMeans::of(&pairs, &mut critical), pairs.len()),
                means: PairOfMeans::of(&pairs),
                replicates: u32::try_from(pairs.len()).unwrap_or(u32::MAX),
            });
        }
    }
    ratios
}

/// What was gained, by replicate and year.
fn gained(gain: &Gain, outcomes: &Outcomes, scenario: usize, years: usize) -> Vec<Vec<f64>> {
    let mut by_year = difference_by_year(outcomes, gain.measure, scenario, years);
    if gain.direction == Direction::Less {
        // Subtracting keeps a zero from turning into -0.
        by_year.iter_mut().flatten().for_each(|difference| *difference = 0.0 - *difference);
    }
    by_year
}

/// What a gain costs under several sets of parameters, from what it costs under each.
pub(super) fn over_members(members: &[&CostPerGain], critical: &mut CriticalValues) -> Option<CostPerGain> {
    let first = *members.first()?;
    let mut over = |of: fn(&CostPerGain) -> Amount| {
        let amounts: Vec<Amount> = members.iter().map(|member| of(member)).collect();
        Amount::over_members(&amounts, critical)
    };
    let [gained, gained_discounted, cost_gbp_million] =
        [over(|one| one.gained), over(|one| one.gained_discounted), over(|one| one.cost_gbp_million)];
    let means: Option<Vec<PairOfMeans>> = members.iter().map(|member| member.means).collect();
    let ratio = means.map_or(RatioOfMeans::Unknown, |means| RatioOfMeans::of_members(&means, critical));
    Some(CostPerGain {
        gained,
        gained_discounted,
        cost_gbp_million,
        verdict: verdict(gained_discounted, ratio, members.len()),
        means: None,
        ..first.clone()
    })
}

fn verdict(gained: Amount, ratio: RatioOfMeans, count: usize) -> CostVerdict {
    let is_nothing = gained.mean.abs() <= 0.0 && count >= FEWEST;
    if gained.mcse.is_none() {
        return if is_nothing { CostVerdict::NotEstimable } else { CostVerdict::Unknown };
    }
    match ratio {
        RatioOfMeans::Unknown => CostVerdict::Unknown,
        RatioOfMeans::NotEstimable => CostVerdict::NotEstimable,
        RatioOfMeans::Estimated { .. } if gained.mean < 0.0 => CostVerdict::NoGain,
        RatioOfMeans::Estimated { ratio, low, high } => CostVerdict::Estimated { gbp: ratio, interval: (low, high) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outcomes::{Form, measure_named};

    #[test]
    fn every_gain_is_counted_by_a_measure_that_adds_up_over_periods() {
        for gain in &GAINS {
            let measure = measure_named(gain.measure).unwrap();
            assert_eq!(measure.form, Form::Ratio, "{}", gain.key);
        }
    }

    #[test]
    fn a_verdict_follows_the_interval_of_the_gain() {
        let mut critical = CriticalValues::default();
        let mut of = |pairs: &[(f64, f64)]| {
            let pairs = &pairs.repeat(3)[..];
            let gains: Vec<f64> = pairs.iter().map(|pair| pair.1).collect();
            let gained = Amount::of(&gains, &mut critical);
            verdict(gained, RatioOfMeans::of(pairs, &mut critical), pairs.len())
        };
        assert!(
            matches!(of(&[(100.0, 10.0), (110.0, 11.0)]), CostVerdict::Estimated { gbp, .. } if (gbp - 10.0).abs() < 1e-9)
        );
        assert_eq!(of(&[(100.0, 1.0), (110.0, -1.0)]), CostVerdict::NotEstimable);
        assert_eq!(of(&[(100.0, 0.0), (110.0, 0.0)]), CostVerdict::NotEstimable);
        assert_eq!(of(&[(100.0, -10.0), (110.0, -11.0)]), CostVerdict::NoGain);
        // three and six replicates: too few for an interval, and too few that gain the same
        assert_eq!(of(&[(100.0, 10.0)]), CostVerdict::Unknown);
        assert_eq!(of(&[(100.0, 10.0), (110.0, 10.0)]), CostVerdict::Unknown);
    }
}
