//! The results of an experiment.

use crate::engine::tally::{PanelTally, Slice};
use crate::outcomes::{Period, RunOutcome, WhoMoved};
use crate::statistics::{CriticalValues, PairedDifference};
use std::ops::Range;
use std::sync::Arc;

/// The place of everybody among the slices of outcomes.
pub const EVERYBODY: usize = 0;

/// The results of an experiment: finished replicates only, in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcomes {
    /// The people that each value of a result is about.
    pub slices: Vec<Slice>,
    /// The periods that each value is for, in order of time.
    pub periods: Vec<Period>,
    /// The finished replicates, lowest number first.
    pub replicates: Vec<Replicate>,
}

/// The results of one replicate.
#[derive(Clone, Debug, PartialEq)]
pub struct Replicate {
    /// Its number, from 1.
    pub number: u32,
    /// One result for each scenario of the experiment, in its order; scenarios that never differ
    /// from the baseline share its result.
    pub runs: Vec<Arc<RunOutcome>>,
    /// For each scenario, who stands otherwise than in the baseline at the end of the run; `None` for the baseline
    /// itself.
    pub who_moved: Vec<Option<Arc<WhoMoved>>>,
    /// For each scenario, what was seen of those who were followed; nothing when nobody was.
    pub panels: Vec<Arc<PanelTally>>,
}

impl Outcomes {
    /// The measure with this key in a scenario, replicate by replicate, over several periods; unknown where it was not
    /// evaluated.
    #[must_use]
    pub fn values(&self, scenario: usize, measure: &str, slice: usize, periods: Range<usize>) -> Vec<Option<f64>> {
        let of_one = |replicate: &Replicate| {
            let run = &replicate.runs[scenario];
            run.pooled(run.measure(measure)?, slice, periods.clone())
        };
        self.replicates.iter().map(of_one).collect()
    }

    /// What a scenario changes in the measure with this key, over several periods: the difference from the baseline,
    /// replicate by replicate; `None` where it was not evaluated or no replicate knows both.
    #[must_use]
    pub fn effect(
        &self,
        scenario: usize,
        measure: &str,
        slice: usize,
        periods: Range<usize>,
    ) -> Option<PairedDifference> {
        let before = self.values(0, measure, slice, periods.clone());
        let after = self.values(scenario, measure, slice, periods);
        let pairs: Vec<(f64, f64)> =
            before.into_iter().zip(after).filter_map(|(before, after)| Some((before?, after?))).collect();
        PairedDifference::of(&pairs, &mut CriticalValues::default())
    }

    /// The periods of the last twelve months.
    #[must_use]
    pub fn last_year(&self) -> Range<usize> {
        let mut first = self.periods.len();
        let mut months = 0;
        while months < 12 && first > 0 {
            first -= 1;
            months += self.periods[first].months;
        }
        first..self.periods.len()
    }
}
