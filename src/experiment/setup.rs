//! What is to be simulated, and what all replicates of it share.

use crate::conditions::Conditions;
use crate::engine::tally::{Follow, Slice};
use crate::engine::{Plan, Survey};
use crate::outcomes::{self, Measure, Period};
use crate::scenario::{RunSettings, Scenario, Timeline};
use crate::world::World;
use std::sync::Arc;

/// What is to be simulated: timelines of conditions under the same settings, after the same past.
///
/// ```
/// use rungs::prelude::*;
///
/// let world = World::uk()?;
/// let small = Overrides::of(&["run.start=2026-09", "run.years=1", "run.scale=50000", "run.replicates=2"]);
/// let scenarios = [Scenario::load("baseline", &small, &world)?, Scenario::load("recession", &small, &world)?];
/// let experiment = Experiment::of(&world, &scenarios).ok_or("no scenario")?;
/// let outcomes = run(&experiment, &Unobserved);
/// assert_eq!(outcomes.replicates.len(), 2);
/// assert!(outcomes.replicates[0].runs[0] != outcomes.replicates[0].runs[1], "a recession changes something");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Experiment {
    pub(super) settings: RunSettings,
    /// The conditions of every month before the first that is counted.
    pub(super) before: Arc<Conditions>,
    /// The first is the baseline that the others fork from and are compared with.
    pub(super) timelines: Vec<Timeline>,
    pub(super) measures: Vec<Measure>,
    pub(super) follow: Follow,
}

impl Experiment {
    /// Timelines in a world. The first is the baseline, which the others are compared with; with none, the world is
    /// simulated as it is.
    #[must_use]
    pub fn new(world: &World, settings: RunSettings, mut timelines: Vec<Timeline>) -> Self {
        if timelines.is_empty() {
            timelines.push(Timeline::unchanged(world, &settings));
        }
        let (before, measures) = (Arc::new(world.baseline.clone()), outcomes::measures().to_vec());
        Self { settings, before, timelines, measures, follow: Follow::Nobody }
    }

    /// Scenarios in a world, of which the first is the baseline and says how all are run; `None` of no scenario.
    #[must_use]
    pub fn of(world: &World, scenarios: &[Scenario]) -> Option<Self> {
        let settings = scenarios.first()?.run.clone();
        Some(Self::new(world, settings, scenarios.iter().map(|scenario| scenario.timeline(world)).collect()))
    }

    /// The same, with these measures beside those of results: tables and costs read the latter.
    #[must_use]
    pub fn also_measuring(mut self, measures: &[Measure]) -> Self {
        self.measures.extend_from_slice(measures);
        self
    }

    /// The same, with some people followed in every run.
    #[must_use]
    pub fn following(self, follow: Follow) -> Self {
        Self { follow, ..self }
    }
}

/// For each timeline, the first month in which it differs from the baseline, counted from the start;
/// `None` if it never does.
///
/// ```
/// use rungs::experiment::fork_months;
/// use rungs::prelude::*;
///
/// let world = World::uk()?;
/// let settings = Scenario::load("baseline", &Overrides::default(), &world)?.run;
/// let unchanged = Timeline::unchanged(&world, &settings);
/// let experiment = Experiment::new(&world, settings, vec![unchanged.clone(), unchanged]);
/// assert_eq!(fork_months(&experiment), [None, None]);
/// # Ok::<(), Diagnostics>(())
/// ```
#[must_use]
pub fn fork_months(experiment: &Experiment) -> Vec<Option<u16>> {
    let forks = Prepared::new(experiment).forks;
    forks.into_iter().map(|fork| fork.and_then(|month| u16::try_from(month).ok())).collect()
}

/// What all replicates of an experiment share.
pub(super) struct Prepared<'a> {
    pub(super) experiment: &'a Experiment,
    pub(super) regions: usize,
    pub(super) forks: Vec<Option<usize>>,
    pub(super) slices: Vec<Slice>,
}

impl<'a> Prepared<'a> {
    pub(super) fn new(experiment: &'a Experiment) -> Self {
        let regions = experiment.before.layout().regions();
        let timelines = &experiment.timelines;
        Self {
            experiment,
            regions,
            forks: timelines.iter().map(|timeline| fork_month(&timelines[0], timeline)).collect(),
            slices: outcomes::slices(&experiment.settings.by, regions),
        }
    }

    pub(super) fn periods(&self) -> Vec<Period> {
        let run = &self.experiment.settings;
        let months = run.every.months();
        (0..run.months() / months).map(|at| Period { start: run.start.plus(at * months), months }).collect()
    }

    pub(super) fn plan(&self, replicate: u32) -> Plan {
        let run = &self.experiment.settings;
        Plan {
            seed: run.seed,
            replicate,
            scale: run.scale,
            start: run.start,
            months: run.months(),
            months_per_period: run.every.months(),
            regions: self.regions,
            survey: Survey::NotTaken,
        }
    }
}

/// The first month, counted from the start, in which a timeline differs from the baseline's.
fn fork_month(baseline: &Timeline, other: &Timeline) -> Option<usize> {
    let differs = |(a, b): (&Arc<_>, &Arc<_>)| !Arc::ptr_eq(a, b) && a != b;
    baseline.months.iter().zip(&other.months).position(differs)
}
