//! Scenarios times replicates, in parallel, sharing the past.
//!
//! Each replicate lives through its warm-up and the months before scenarios differ once; every
//! scenario then forks from there. Nothing here depends on how many threads there are: a result is
//! filed by replicate and scenario, never by who finished first. Next: `replicate` is one
//! replicate's tree of forks, `estimate` what an experiment would cost before it is run, `until` adds replicates
//! until effects are as precise as asked.

mod estimate;
mod meeting;
mod replicate;
mod until;

pub use estimate::{Cost, MOST_AGENTS, MOST_BYTES, MOST_PERSON_MONTHS, estimate};
pub use until::{Reached, Until, Wanted, reached, run_until};

use crate::conditions::Conditions;
use crate::engine::tally::{Follow, PanelTally, Slice};
use crate::engine::{Plan, Survey};
use crate::outcomes::{self, Period, RunOutcome, WhoMoved};
use crate::scenario::{Scenario, Timeline};
use crate::world::World;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// What is to be simulated. All scenarios have the same run settings.
pub struct Experiment<'a> {
    /// The world.
    pub world: &'a World,
    /// The scenarios; the first is the baseline that the others fork from and are compared with.
    pub scenarios: &'a [Scenario],
    /// Who is followed in every run.
    pub follow: Follow,
}

impl<'a> Experiment<'a> {
    /// Scenarios in a world, in which nobody is followed.
    #[must_use]
    pub fn new(world: &'a World, scenarios: &'a [Scenario]) -> Self {
        Self { world, scenarios, follow: Follow::Nobody }
    }
}

/// Hears how an experiment goes, and may ask it to stop. Called from many threads.
pub trait Observer: Sync {
    /// `count` more person-months are simulated.
    fn person_months(&self, count: u64);
    /// One more replicate is finished in all scenarios.
    fn replicate_done(&self);
    /// Whether to stop now; asked once a simulated month.
    fn stop_wanted(&self) -> bool;
}

/// An observer that hears nothing and never stops.
pub struct Unobserved;

impl Observer for Unobserved {
    fn person_months(&self, _count: u64) {}

    fn replicate_done(&self) {}

    fn stop_wanted(&self) -> bool {
        false
    }
}

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

/// Runs every replicate that the scenarios ask for. Replicates that were stopped are left out whole.
#[must_use]
pub fn run(experiment: &Experiment<'_>, observer: &dyn Observer) -> Outcomes {
    let last = experiment.scenarios.first().map_or(0, |baseline| baseline.run.replicates);
    replicates(experiment, 1..=last, observer)
}

/// Runs the replicates numbered in `range`; each is the same as it would be in any other range.
#[must_use]
pub fn replicates(experiment: &Experiment<'_>, range: RangeInclusive<u32>, observer: &dyn Observer) -> Outcomes {
    let Some(prepared) = Prepared::new(experiment) else {
        return Outcomes { slices: Vec::new(), periods: Vec::new(), replicates: Vec::new() };
    };
    let next = AtomicU64::new(u64::from(*range.start()));
    let finished = Mutex::new(BTreeMap::new());
    // one queue a thread, so that at most one replicate a thread holds populations at any time;
    // threads that wait for a replicate's forks, or have none left to start, work on others' forks
    rayon::broadcast(|_| {
        while let Some(number) = take(&next, *range.end()).filter(|_| !observer.stop_wanted()) {
            if let Some(replicate) = replicate::run(&prepared, number, observer) {
                finished.lock().unwrap_or_else(PoisonError::into_inner).insert(number, replicate);
                observer.replicate_done();
            }
        }
    });
    let finished = finished.into_inner().unwrap_or_else(PoisonError::into_inner);
    Outcomes { periods: prepared.periods(), slices: prepared.slices, replicates: finished.into_values().collect() }
}

/// For each scenario, the first month in which it differs from the baseline, counted from the start;
/// `None` if it never does.
#[must_use]
pub fn fork_months(experiment: &Experiment<'_>) -> Vec<Option<u16>> {
    let forks = Prepared::new(experiment).map_or_else(Vec::new, |prepared| prepared.forks);
    forks.into_iter().map(|fork| fork.and_then(|month| u16::try_from(month).ok())).collect()
}

/// Does `work` on `threads` threads, at least one.
///
/// # Errors
/// When the system refuses that many threads.
pub fn on_threads<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> Result<T, String> {
    Ok(pool(threads).map_err(|error| format!("cannot start {threads} threads: {error}"))?.install(work))
}

fn pool(threads: usize) -> Result<rayon::ThreadPool, rayon::ThreadPoolBuildError> {
    rayon::ThreadPoolBuilder::new().num_threads(threads.max(1)).build()
}

/// Does `work` on each of `things`, at once on the threads that [`on_threads`] gave, one after the other if there are none;
/// what comes of them is in their order.
pub(crate) fn at_once<A: Send, B: Send>(things: Vec<A>, work: impl Fn(A) -> B + Send + Sync) -> Vec<B> {
    match rayon::current_thread_index() {
        Some(_) => things.into_par_iter().map(work).collect(),
        None => things.into_iter().map(work).collect(),
    }
}

/// Does `work` on `threads` threads, or on this one alone if the system refuses them: for work that must not fail for that.
pub fn on_threads_if_any<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    match pool(threads) {
        Ok(pool) => pool.install(work),
        Err(_) => work(),
    }
}

fn take(next: &AtomicU64, last: u32) -> Option<u32> {
    u32::try_from(next.fetch_add(1, Ordering::Relaxed)).ok().filter(|number| *number <= last)
}

/// What all replicates of an experiment share.
struct Prepared<'a> {
    baseline: &'a Scenario,
    regions: usize,
    warm_up: Arc<Conditions>,
    timelines: Vec<Timeline>,
    forks: Vec<Option<usize>>,
    slices: Vec<Slice>,
    follow: Follow,
}

impl<'a> Prepared<'a> {
    fn new(experiment: &Experiment<'a>) -> Option<Self> {
        let baseline = experiment.scenarios.first()?;
        let regions = experiment.world.regions.len();
        let timelines: Vec<Timeline> =
            experiment.scenarios.iter().map(|scenario| scenario.timeline(experiment.world)).collect();
        let forks = timelines.iter().map(|timeline| fork_month(&timelines[0], timeline)).collect();
        Some(Self {
            baseline,
            regions,
            warm_up: Arc::new(experiment.world.baseline.clone()),
            timelines,
            forks,
            slices: outcomes::slices(&baseline.run.by, regions),
            follow: experiment.follow,
        })
    }

    fn periods(&self) -> Vec<Period> {
        let run = &self.baseline.run;
        let months = run.every.months();
        (0..run.months() / months).map(|at| Period { start: run.start.plus(at * months), months }).collect()
    }

    fn plan(&self, replicate: u32) -> Plan {
        let run = &self.baseline.run;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outcomes::Change;
    use crate::scenario::Overrides;
    use crate::statistics::{CriticalValues, PairedDifference};

    fn scenarios(world: &World, names: &[&str]) -> Vec<Scenario> {
        let set = ["run.start=2026-09", "run.years=1", "run.replicates=4", "run.scale=20000", "run.seed=3"];
        let overrides = Overrides { set: set.map(str::to_owned).to_vec(), flags: Vec::new() };
        names.iter().map(|name| Scenario::load(name, &overrides, world).unwrap()).collect()
    }

    #[test]
    fn results_are_the_same_for_any_number_of_threads() {
        let world = World::uk().unwrap();
        let scenarios = scenarios(&world, &["baseline", "recession", "innovation-generation"]);
        let experiment = Experiment::new(&world, &scenarios);
        let one = on_threads(1, || run(&experiment, &Unobserved)).unwrap();
        assert_eq!(one.replicates.iter().map(|replicate| replicate.number).collect::<Vec<_>>(), [1, 2, 3, 4]);
        for threads in [2, 3, 8] {
            assert!(one == on_threads(threads, || run(&experiment, &Unobserved)).unwrap(), "{threads} threads");
        }
    }

    #[test]
    fn one_replicate_alone_equals_the_same_replicate_among_others() {
        let world = World::uk().unwrap();
        let scenarios = scenarios(&world, &["baseline", "recession"]);
        let experiment = Experiment::new(&world, &scenarios);
        let all = run(&experiment, &Unobserved);
        let alone = replicates(&experiment, 3..=3, &Unobserved);
        assert!(alone.replicates[..] == all.replicates[2..3]);
        assert!(all.replicates[1].runs != all.replicates[2].runs);
    }

    #[test]
    fn a_fork_equals_a_full_run_of_the_same_scenario() {
        let world = World::uk().unwrap();
        let forked = scenarios(&world, &["baseline", "recession"]);
        let full = scenarios(&world, &["recession"]);
        let forked = run(&Experiment::new(&world, &forked), &Unobserved);
        let full = run(&Experiment::new(&world, &full), &Unobserved);
        for (forked, full) in forked.replicates.iter().zip(&full.replicates) {
            assert!(forked.runs[1] == full.runs[0], "replicate {}", full.number);
            assert!(forked.runs[1] != forked.runs[0], "the scenarios must differ for this test to mean anything");
        }
    }

    #[test]
    fn a_scenario_that_never_differs_shares_the_baseline_result() {
        let world = World::uk().unwrap();
        let scenarios = scenarios(&world, &["baseline", "baseline"]);
        let outcomes = run(&Experiment::new(&world, &scenarios), &Unobserved);
        assert!(outcomes.replicates.iter().all(|replicate| Arc::ptr_eq(&replicate.runs[0], &replicate.runs[1])));
    }

    #[test]
    fn a_recession_displaces_people_and_a_scenario_that_never_differs_moves_nobody() {
        let world = World::uk().unwrap();
        let scenarios = scenarios(&world, &["baseline", "recession", "baseline"]);
        let outcomes = run(&Experiment::new(&world, &scenarios), &Unobserved);
        for replicate in &outcomes.replicates {
            let [baseline, recession, same] = &replicate.who_moved[..] else { panic!("three scenarios") };
            assert!(baseline.is_none());
            let (recession, same) = (recession.as_ref().unwrap(), same.as_ref().unwrap());
            assert_eq!(same.agents(0, Change::Unchanged), same.in_both(0));
            assert_eq!(same.in_both(0), recession.in_both(0) + recession.agents(0, Change::OnlyBaseline));
            assert!(recession.agents(0, Change::Displaced) > 0);
        }
    }

    #[test]
    fn of_200_policies_that_change_nothing_but_luck_no_more_than_22_are_said_to_have_an_effect() {
        // Each policy is the baseline lived again with other luck: three replicates against three others, none used twice.
        let world = World::uk().unwrap();
        let mut scenarios = scenarios(&world, &["baseline"]);
        scenarios[0].run.replicates = 1_200;
        scenarios[0].run.scale = 200_000;
        scenarios[0].run.by.clear();
        let outcomes = run(&Experiment::new(&world, &scenarios), &Unobserved);
        let mut critical = CriticalValues::default();
        for key in ["neet_rate", "youth_unemployment", "apprenticeship_starts", "upward_mobility.30"] {
            let measure = outcomes::measures().iter().position(|measure| measure.key == key).unwrap();
            let values = outcomes.replicates.iter().map(|replicate| replicate.runs[0].pooled(measure, 0, 0..1));
            let values: Vec<f64> = values.map(|value| value.unwrap_or(0.0)).collect();
            let claims = |luck: &&[f64]| {
                let pairs: Vec<(f64, f64)> = luck[..3].iter().copied().zip(luck[3..].iter().copied()).collect();
                let interval = PairedDifference::of(&pairs, &mut critical).unwrap().interval;
                interval.is_some_and(|(low, high)| low > 0.0 || high < 0.0)
            };
            let claimed = values.chunks_exact(6).filter(claims).count();
            assert_eq!(values.len(), 1_200);
            assert!(claimed <= 22, "{key}: {claimed} of 200 claim an effect");
        }
    }

    /// Asks to stop when one replicate is done.
    #[derive(Default)]
    struct StopAfterOne {
        done: AtomicU64,
        person_months: AtomicU64,
    }

    impl Observer for StopAfterOne {
        fn person_months(&self, count: u64) {
            self.person_months.fetch_add(count, Ordering::Relaxed);
        }

        fn replicate_done(&self) {
            self.done.fetch_add(1, Ordering::Relaxed);
        }

        fn stop_wanted(&self) -> bool {
            self.done.load(Ordering::Relaxed) > 0
        }
    }

    #[test]
    fn a_stop_keeps_finished_replicates_and_drops_unfinished_ones() {
        let world = World::uk().unwrap();
        let scenarios = scenarios(&world, &["baseline", "recession"]);
        let experiment = Experiment::new(&world, &scenarios);
        let all = run(&experiment, &Unobserved);
        let stopped = on_threads(1, || run(&experiment, &StopAfterOne::default())).unwrap();
        assert!(stopped.replicates[..] == all.replicates[..1]);
    }

    #[test]
    fn the_estimate_is_near_the_person_months_that_are_simulated() {
        let world = World::uk().unwrap();
        let mut scenarios = scenarios(&world, &["baseline"]);
        scenarios[0].run.replicates = 1;
        let experiment = Experiment::new(&world, &scenarios);
        let observer = StopAfterOne::default();
        let _ = run(&experiment, &observer);
        let cost = estimate(&experiment, 1).unwrap();
        let simulated = observer.person_months.load(Ordering::Relaxed);
        let off = simulated.abs_diff(cost.person_months);
        assert!(off * 10 < simulated, "found {simulated}, expected within a tenth of {}", cost.person_months);
    }

    #[test]
    fn a_world_of_a_million_million_people_is_refused() {
        let mut world = World::uk().unwrap();
        let layout = Arc::clone(world.baseline.layout());
        for position in layout.range(crate::conditions::Condition::CohortSize) {
            world.baseline.values_mut()[position] = 1e11;
        }
        let mut scenarios = scenarios(&world, &["baseline"]);
        scenarios[0].run.scale = 1;
        let cost = estimate(&Experiment::new(&world, &scenarios), 1).unwrap();
        let objections = cost.objections("a.toml");
        assert!(objections.list().iter().any(|mistake| mistake.message.contains("agents")), "{}", objections.render());
    }
}
