//! One replicate: a trunk that lives through the baseline, and a fork for each scenario that differs.

use super::meeting::Meeting;
use super::{Observer, Prepared, Replicate};
use crate::conditions::Conditions;
use crate::engine::Simulation;
use crate::outcomes::{self, RunOutcome};
use std::sync::{Arc, OnceLock};

/// Runs one replicate in all scenarios; `None` if it was stopped before all of them were done.
pub(super) fn run(prepared: &Prepared<'_>, number: u32, observer: &dyn Observer) -> Option<Replicate> {
    let ends = Ends {
        outcomes: prepared.timelines.iter().map(|_| OnceLock::new()).collect(),
        meeting: Meeting::new(prepared.timelines.len(), prepared.regions),
    };
    rayon::scope(|scope| trunk(prepared, number, &ends, observer, scope));
    let mut found = ends.outcomes.into_iter().map(|result| result.into_inner().map(Arc::new));
    let baseline = found.next()??;
    let mut runs = vec![Arc::clone(&baseline)];
    for (fork, result) in prepared.forks.iter().skip(1).zip(found) {
        runs.push(if fork.is_some() { result? } else { Arc::clone(&baseline) });
    }
    Some(Replicate { number, runs, who_moved: ends.meeting.end() })
}

/// What the scenarios of a replicate leave behind.
struct Ends {
    outcomes: Vec<OnceLock<RunOutcome>>,
    meeting: Meeting,
}

fn trunk<'s>(
    prepared: &'s Prepared<'_>,
    number: u32,
    ends: &'s Ends,
    observer: &'s dyn Observer,
    scope: &rayon::Scope<'s>,
) {
    let mut simulation = Simulation::new(prepared.plan(number));
    while simulation.month() < prepared.baseline.run.start {
        if !advance(&mut simulation, &prepared.warm_up, observer) {
            return;
        }
    }
    for (month, conditions) in prepared.timelines[0].months.iter().enumerate() {
        spawn_forks(prepared, month, &simulation, ends, observer, scope);
        if !advance(&mut simulation, conditions, observer) {
            return;
        }
    }
    finish(prepared, simulation, 0, ends);
}

/// Spawns the scenarios that differ for the first time in `month`. They share one copy of the past
/// until each is started, so that waiting forks cost no memory.
fn spawn_forks<'s>(
    prepared: &'s Prepared<'_>,
    month: usize,
    simulation: &Simulation,
    ends: &'s Ends,
    observer: &'s dyn Observer,
    scope: &rayon::Scope<'s>,
) {
    let due: Vec<usize> =
        (0..prepared.forks.len()).filter(|scenario| prepared.forks[*scenario] == Some(month)).collect();
    if due.is_empty() {
        return;
    }
    let past = Arc::new(simulation.clone());
    for scenario in due {
        let past = Arc::clone(&past);
        scope.spawn(move |_| {
            let mut simulation = Arc::unwrap_or_clone(past);
            for conditions in &prepared.timelines[scenario].months[month..] {
                if !advance(&mut simulation, conditions, observer) {
                    return;
                }
            }
            finish(prepared, simulation, scenario, ends);
        });
    }
}

/// Simulates a month; false when asked to stop instead.
fn advance(simulation: &mut Simulation, conditions: &Arc<Conditions>, observer: &dyn Observer) -> bool {
    if observer.stop_wanted() {
        return false;
    }
    simulation.step(conditions);
    observer.person_months(u64::try_from(simulation.people()).unwrap_or(u64::MAX));
    true
}

fn finish(prepared: &Prepared<'_>, simulation: Simulation, scenario: usize, ends: &Ends) {
    if ends.outcomes.len() > 1 {
        ends.meeting.arrive(scenario, simulation.snapshot());
    }
    // each scenario is finished once, so the place is always free
    let _ = ends.outcomes[scenario].set(outcomes::evaluate(&simulation.into_tallies(), &prepared.slices));
}
