//! The results of an experiment.

use crate::engine::tally::{PanelTally, Slice};
use crate::outcomes::{LAST_YEAR, Period, PeriodSpan, RunOutcome, Standings, WHOLE_RUN, spans};
use crate::statistics::{CriticalValues, PairedDifference};
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
    /// For each scenario, who stands where at the end of the run.
    pub standings: Vec<Arc<Standings>>,
    /// For each scenario, what was seen of those who were followed; nothing when nobody was.
    pub panels: Vec<Arc<PanelTally>>,
}

impl Outcomes {
    /// The stretches of the run that there are values for.
    #[must_use]
    pub fn spans(&self) -> Vec<PeriodSpan> {
        spans(&self.periods)
    }

    /// The measure with this key in a scenario, replicate by replicate, over one of [`Self::spans`]; unknown where it was not
    /// evaluated.
    #[must_use]
    pub fn values(&self, scenario: usize, measure: &str, slice: usize, span: usize) -> Vec<Option<f64>> {
        let of_one = |replicate: &Replicate| {
            let run = &replicate.runs[scenario];
            run.value(run.measure(measure)?, slice, span)
        };
        self.replicates.iter().map(of_one).collect()
    }

    /// What a scenario changes in the measure with this key, over one of [`Self::spans`]: the difference from the baseline,
    /// replicate by replicate; `None` where it was not evaluated or no replicate knows both.
    #[must_use]
    pub fn effect(&self, scenario: usize, measure: &str, slice: usize, span: usize) -> Option<PairedDifference> {
        let before = self.values(0, measure, slice, span);
        let after = self.values(scenario, measure, slice, span);
        let pairs: Vec<(f64, f64)> =
            before.into_iter().zip(after).filter_map(|(before, after)| Some((before?, after?))).collect();
        PairedDifference::of(&pairs, &mut CriticalValues::default())
    }

    /// The place of the last twelve months among [`Self::spans`].
    #[must_use]
    pub fn last_year(&self) -> usize {
        self.span_named(LAST_YEAR)
    }

    /// The place of the whole run among [`Self::spans`].
    #[must_use]
    pub fn whole_run(&self) -> usize {
        self.span_named(WHOLE_RUN)
    }

    fn span_named(&self, name: &str) -> usize {
        self.spans().iter().position(|span| span.name == name).unwrap_or(0)
    }
}
