//! One replicate: a trunk that lives through the baseline, and a fork for each scenario that differs.

use super::observer::Observer;
use super::results::Replicate;
use super::setup::Prepared;
use crate::conditions::Conditions;
use crate::engine::Simulation;
use crate::engine::tally::{Follow, PanelTally};
use crate::outcomes::{self, RunOutcome, Standings};
use std::sync::{Arc, OnceLock};

/// Runs one replicate in all scenarios; `None` if it was stopped before all of them were done.
pub(super) fn run(prepared: &Prepared<'_>, number: u32, observer: &dyn Observer) -> Option<Replicate> {
    let timelines = &prepared.experiment.timelines;
    let ends = Ends { ended: timelines.iter().map(|_| OnceLock::new()).collect() };
    rayon::scope(|scope| trunk(prepared, number, &ends, observer, scope));
    let mut found = ends.ended.into_iter().map(OnceLock::into_inner);
    let baseline = found.next()??;
    let mut all = vec![baseline.clone()];
    for (fork, result) in prepared.forks.iter().skip(1).zip(found) {
        all.push(if fork.is_some() { result? } else { baseline.clone() });
    }
    let follows = prepared.experiment.follow != Follow::Nobody;
    let panels = all.iter().filter(|_| follows).map(|end| Arc::clone(&end.panel)).collect();
    let standings = all.iter().map(|end| Arc::clone(&end.standings)).collect();
    Some(Replicate { number, runs: all.into_iter().map(|end| end.outcome).collect(), standings, panels })
}

/// What the scenarios of a replicate leave behind.
struct Ends {
    ended: Vec<OnceLock<Ended>>,
}

/// What one scenario leaves behind.
#[derive(Clone)]
struct Ended {
    outcome: Arc<RunOutcome>,
    panel: Arc<PanelTally>,
    standings: Arc<Standings>,
}

fn trunk<'s>(
    prepared: &'s Prepared<'_>,
    number: u32,
    ends: &'s Ends,
    observer: &'s dyn Observer,
    scope: &rayon::Scope<'s>,
) {
    let mut simulation = Simulation::new(prepared.plan(number)).following(prepared.experiment.follow);
    while simulation.month() < prepared.experiment.settings.start {
        if !advance(&mut simulation, &prepared.experiment.before, observer) {
            return;
        }
    }
    for (month, conditions) in prepared.experiment.timelines[0].months.iter().enumerate() {
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
            for conditions in &prepared.experiment.timelines[scenario].months[month..] {
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

fn finish(prepared: &Prepared<'_>, mut simulation: Simulation, scenario: usize, ends: &Ends) {
    let standings = Arc::new(outcomes::standings(&simulation.snapshot(), prepared.regions));
    let panel = Arc::new(simulation.take_panel());
    let outcome =
        Arc::new(outcomes::evaluate(&simulation.into_tallies(), &prepared.slices, &prepared.experiment.measures));
    // each scenario is finished once, so the place is always free
    let _ = ends.ended[scenario].set(Ended { outcome, panel, standings });
}
