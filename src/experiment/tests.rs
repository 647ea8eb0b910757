//! Experiments as a whole: threads, forks, stops, and what is claimed of luck alone.

use super::*;
use crate::calendar::Month;
use crate::conditions::population;
use crate::domain::{Origin, Region};
use crate::engine::tally::{Follow, Slice};
use crate::engine::{Plan, Simulation, Survey};
use crate::outcomes::{Period, PeriodSpan, RunOutcome, all_measures, evaluate, measures, spans};
use crate::scenario::{Overrides, Scenario};
use crate::statistics::{CriticalValues, PairedDifference};
use crate::threads::on_threads;
use crate::world::World;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

fn scenarios(world: &World, names: &[&str]) -> Vec<Scenario> {
    let set = ["run.start=2026-09", "run.years=1", "run.replicates=4", "run.scale=20000", "run.seed=3"];
    let overrides = Overrides { set: set.map(str::to_owned).to_vec(), ..Overrides::default() };
    names.iter().map(|name| Scenario::load(name, &overrides, world).unwrap()).collect()
}

#[test]
fn results_are_the_same_for_any_number_of_threads() {
    let world = World::uk().unwrap();
    let scenarios = scenarios(&world, &["baseline", "recession", "innovation-generation"]);
    let experiment = Experiment::of(&world, &scenarios).unwrap();
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
    let experiment = Experiment::of(&world, &scenarios).unwrap();
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
    let forked = run(&Experiment::of(&world, &forked).unwrap(), &Unobserved);
    let full = run(&Experiment::of(&world, &full).unwrap(), &Unobserved);
    for (forked, full) in forked.replicates.iter().zip(&full.replicates) {
        assert!(forked.runs[1] == full.runs[0], "replicate {}", full.number);
        assert!(forked.runs[1] != forked.runs[0], "the scenarios must differ for this test to mean anything");
    }
}

#[test]
fn a_scenario_that_never_differs_shares_the_baseline_result() {
    let world = World::uk().unwrap();
    let scenarios = scenarios(&world, &["baseline", "baseline"]);
    let outcomes = run(&Experiment::of(&world, &scenarios).unwrap(), &Unobserved);
    assert!(outcomes.replicates.iter().all(|replicate| Arc::ptr_eq(&replicate.runs[0], &replicate.runs[1])));
}

#[test]
fn a_scenario_that_never_differs_leaves_everybody_where_they_stand() {
    let world = World::uk().unwrap();
    let scenarios = scenarios(&world, &["baseline", "recession", "baseline"]);
    let outcomes = run(&Experiment::of(&world, &scenarios).unwrap(), &Unobserved);
    for replicate in &outcomes.replicates {
        let [baseline, recession, same] = &replicate.standings[..] else { panic!("three scenarios") };
        assert_eq!(baseline, same);
        assert_ne!(baseline, recession);
    }
}

#[test]
fn of_200_policies_that_change_nothing_but_luck_no_more_than_22_are_said_to_have_an_effect() {
    // Each policy is the baseline lived again with other luck: five replicates against five others, none used twice.
    let world = World::uk().unwrap();
    let mut scenarios = scenarios(&world, &["baseline"]);
    scenarios[0].run.replicates = 2_000;
    scenarios[0].run.scale = 200_000;
    scenarios[0].run.by.clear();
    let outcomes = run(&Experiment::of(&world, &scenarios).unwrap(), &Unobserved);
    let mut critical = CriticalValues::default();
    for key in ["neet_rate", "youth_unemployment", "apprenticeship_starts", "upward_mobility.30"] {
        let measure = outcomes.replicates[0].runs[0].measure(key).unwrap();
        let values = outcomes.replicates.iter().map(|replicate| replicate.runs[0].value(measure, 0, 0));
        let values: Vec<f64> = values.map(|value| value.unwrap_or(0.0)).collect();
        let claims = |luck: &&[f64]| {
            let pairs: Vec<(f64, f64)> = luck[..5].iter().copied().zip(luck[5..].iter().copied()).collect();
            let interval = PairedDifference::of(&pairs, &mut critical).unwrap().interval;
            interval.is_some_and(|(low, high)| low > 0.0 || high < 0.0)
        };
        let claimed = values.chunks_exact(10).filter(claims).count();
        assert_eq!(values.len(), 2_000);
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
    let experiment = Experiment::of(&world, &scenarios).unwrap();
    let all = run(&experiment, &Unobserved);
    let stopped = on_threads(1, || run(&experiment, &StopAfterOne::default())).unwrap();
    assert!(stopped.replicates[..] == all.replicates[..1]);
}

#[test]
fn the_estimate_is_near_the_person_months_that_are_simulated() {
    let world = World::uk().unwrap();
    let mut scenarios = scenarios(&world, &["baseline"]);
    scenarios[0].run.replicates = 1;
    let experiment = Experiment::of(&world, &scenarios).unwrap();
    let observer = StopAfterOne::default();
    let _ = run(&experiment, &observer);
    let cost = estimate(&experiment, 1);
    let simulated = observer.person_months.load(Ordering::Relaxed);
    let off = simulated.abs_diff(cost.person_months);
    assert!(off * 10 < simulated, "found {simulated}, expected within a tenth of {}", cost.person_months);
}

/// A run of the recession, or of three policies: scale, replicates, years, threads, what is counted by, the share followed in
/// parts of 2^32, and the memory that it took at its highest (MiB).
type Measured = (u32, u32, u16, usize, &'static str, u32, u32);

/// Measured by `/usr/bin/time` on runs with a report.
const ONE_POLICY: [Measured; 16] = [
    (20, 1, 2, 1, "year", 0, 159),
    (50, 1, 2, 1, "year", 0, 79),
    (50, 2, 2, 2, "year", 0, 131),
    (200, 8, 2, 8, "year", 0, 154),
    (500, 8, 5, 2, "month", 0, 223),
    (2_000, 8, 20, 2, "year", 0, 103),
    (2_000, 40, 5, 1, "year", 0, 94),
    (2_000, 40, 5, 2, "year", 0, 101),
    (2_000, 64, 2, 16, "year", 0, 163),
    (2_000, 320, 2, 2, "year", 0, 305),
    (5_000, 20, 10, 2, "quarter", 0, 265),
    (10_000, 320, 5, 2, "year", 0, 439),
    (20_000, 100, 5, 2, "month", 0, 1_226),
    (50_000, 1_000, 2, 2, "year", 0, 868),
    (1_000, 10, 10, 2, "year", u32::MAX, 289),
    (2_000, 20, 5, 2, "year", u32::MAX / 2, 144),
];
const THREE_POLICIES: [Measured; 2] = [(200, 4, 3, 2, "year", 0, 93), (1_000, 20, 10, 2, "year", 0, 152)];

#[test]
fn memory_is_estimated_above_what_was_measured_and_by_no_more_than_two_fifths() {
    let world = World::uk().unwrap();
    let three = ["baseline", "recession", "local-partnerships", "growth-and-skills-levy"];
    let all = ONE_POLICY.iter().map(|run| (&three[..2], run)).chain(THREE_POLICIES.iter().map(|run| (&three[..], run)));
    for (names, run) in all {
        let (scale, replicates, years, threads, every, followed, peak) = *run;
        let set = [
            format!("run.scale={scale}"),
            format!("run.replicates={replicates}"),
            format!("run.years={years}"),
            format!("run.every={every}"),
        ];
        let overrides = Overrides { set: set.to_vec(), ..Overrides::default() };
        let load = |name: &&str| Scenario::load(name, &overrides, &world).unwrap();
        let scenarios: Vec<Scenario> = names.iter().map(load).collect();
        let follow = if followed == 0 { Follow::Nobody } else { Follow::Share(followed) };
        let experiment = Experiment::of(&world, &scenarios).unwrap().following(follow);
        let (found, peak) = (estimate(&experiment, threads).bytes, u64::from(peak) << 20);
        assert!((peak..peak / 5 * 7).contains(&found), "{run:?}: {} MiB", found >> 20);
    }
}

#[test]
fn a_world_of_a_million_million_people_is_refused() {
    let mut world = World::uk().unwrap();
    let layout = Arc::clone(world.baseline.layout());
    for position in layout.range(population::COHORT_SIZE) {
        world.baseline.values_mut()[position] = 1e11;
    }
    let mut scenarios = scenarios(&world, &["baseline"]);
    scenarios[0].run.scale = 1;
    let cost = estimate(&Experiment::of(&world, &scenarios).unwrap(), 1);
    let objections = cost.objections("a.toml", None);
    assert!(objections.list().iter().any(|mistake| mistake.message.contains("agents")), "{}", objections.to_string());
}

#[test]
fn every_measure_over_every_span_is_the_same_whatever_periods_are_counted_by() {
    let world = World::uk().unwrap();
    let conditions = Arc::new(world.baseline.clone());
    let slices = [Slice::All, Slice::Residence(Region(0)), Slice::Origin(Origin::LowerWorking)];
    let months = 24;
    let counted_by = |months_per_period: u16| {
        let start = Month::new(2026, 9).unwrap();
        let plan = Plan {
            seed: 5,
            replicate: 1,
            scale: 10_000,
            start,
            months,
            months_per_period,
            regions: world.regions.len(),
            survey: Survey::Taken,
        };
        let mut simulation = Simulation::new(plan);
        while simulation.month() < start.plus(months) {
            simulation.step(&conditions);
        }
        let periods = (0..months / months_per_period)
            .map(|at| Period { start: start.plus(at * months_per_period), months: months_per_period })
            .collect::<Vec<_>>();
        (spans(&periods), evaluate(&simulation.into_tallies(), &slices, all_measures()))
    };
    let [(years, by_year), (quarters, by_quarter), (single, by_month)] = [12, 3, 1].map(counted_by);
    // What is kept of a run are its periods, and what does not follow from them.
    let evaluated = &by_month.ratios()[..measures().len() * slices.len() * single.len()];
    let restored = RunOutcome::from_ratios(measures(), slices.len(), &single, evaluated.to_vec()).unwrap();
    for (at, (restored, evaluated)) in restored.ratios().iter().zip(evaluated).enumerate() {
        let key = measures()[at / (slices.len() * single.len())].key;
        assert!(restored == evaluated, "{key}: {restored:?} {evaluated:?}");
    }
    let mut known = 0;
    for (measure, spec) in all_measures().iter().enumerate() {
        for slice in 0..slices.len() {
            for (span, own) in years.iter().enumerate() {
                let expected = by_year.value(measure, slice, span);
                for (spans, outcome) in [(&quarters, &by_quarter), (&single, &by_month)] {
                    let same = |other: &&PeriodSpan| (other.start, other.months) == (own.start, own.months);
                    let at = spans.iter().position(|other| same(&other)).unwrap();
                    let found = outcome.value(measure, slice, at);
                    assert_eq!(found.is_some(), expected.is_some(), "{} {}", spec.key, own.name);
                    let (found, expected) = (found.unwrap_or(0.0), expected.unwrap_or(0.0));
                    assert!(
                        (found - expected).abs() <= 1e-9 * expected.abs(),
                        "{} {}: {found} {expected}",
                        spec.key,
                        own.name
                    );
                }
                known += usize::from(expected.is_some());
            }
        }
        assert!(by_year.value(measure, 0, 2).is_some(), "{} is unknown, so nothing is tested of it", spec.key);
    }
    assert!(known > all_measures().len() * 6, "{known}");
}
