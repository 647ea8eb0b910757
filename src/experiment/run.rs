//! Replicates in parallel.

use super::observer::Observer;
use super::replicate;
use super::results::Outcomes;
use super::setup::{Experiment, Prepared};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

/// Runs every replicate that the settings ask for. Replicates that were stopped are left out whole.
#[must_use]
pub fn run(experiment: &Experiment, observer: &dyn Observer) -> Outcomes {
    replicates(experiment, 1..=experiment.settings.replicates, observer)
}

/// Runs the replicates numbered in `range`; each is the same as it would be in any other range.
#[must_use]
pub fn replicates(experiment: &Experiment, range: RangeInclusive<u32>, observer: &dyn Observer) -> Outcomes {
    let prepared = Prepared::new(experiment);
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

fn take(next: &AtomicU64, last: u32) -> Option<u32> {
    u32::try_from(next.fetch_add(1, Ordering::Relaxed)).ok().filter(|number| *number <= last)
}
