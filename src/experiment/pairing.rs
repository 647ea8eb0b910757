//! Pairs the worlds of one replicate: the same people are found in the baseline and in each scenario.

use crate::engine::tally::Snapshot;
use crate::outcomes::{WhoMoved, who_moved};
use std::sync::{Arc, Mutex, PoisonError};

/// Snapshots of one replicate. Each is compared and dropped as soon as the baseline's is there, whoever comes
/// first, so that few are kept at a time.
pub(super) struct Pairing {
    regions: usize,
    state: Mutex<State>,
}

struct State {
    baseline: Option<Arc<Snapshot>>,
    waiting: Vec<(usize, Snapshot)>,
    moved: Vec<Option<Arc<WhoMoved>>>,
}

impl Pairing {
    /// A pairing of so many scenarios, the baseline included.
    pub(super) fn new(scenarios: usize, regions: usize) -> Self {
        Self { regions, state: Mutex::new(State { baseline: None, waiting: Vec::new(), moved: vec![None; scenarios] }) }
    }

    /// Takes in the end of a scenario; the baseline is scenario 0.
    pub(super) fn arrive(&self, scenario: usize, snapshot: Snapshot) {
        let (baseline, due) = self.pair(scenario, snapshot);
        let Some(baseline) = baseline else { return };
        for (scenario, snapshot) in due {
            let moved = Arc::new(who_moved(&baseline, &snapshot, self.regions));
            self.locked(|state| state.moved[scenario] = Some(moved));
        }
    }

    /// The baseline, and those who can be compared with it now.
    fn pair(&self, scenario: usize, snapshot: Snapshot) -> (Option<Arc<Snapshot>>, Vec<(usize, Snapshot)>) {
        self.locked(|state| {
            if scenario == 0 {
                state.baseline = Some(Arc::new(snapshot));
            } else {
                state.waiting.push((scenario, snapshot));
            }
            let due = if state.baseline.is_some() { std::mem::take(&mut state.waiting) } else { Vec::new() };
            (state.baseline.clone(), due)
        })
    }

    /// Who moved in each scenario; in those that have not come the baseline stays as it is.
    pub(super) fn end(self) -> Vec<Option<Arc<WhoMoved>>> {
        let state = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut moved = state.moved;
        if let Some(baseline) = state.baseline.filter(|_| moved.iter().skip(1).any(Option::is_none)) {
            let nobody = Arc::new(who_moved(&baseline, &baseline, self.regions));
            moved.iter_mut().skip(1).for_each(|one| *one = one.take().or_else(|| Some(Arc::clone(&nobody))));
        }
        moved
    }

    fn locked<T>(&self, work: impl FnOnce(&mut State) -> T) -> T {
        work(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Origin, Qualification, Region, Sex};
    use crate::engine::tally::{Seen, Standing};
    use crate::outcomes::Movement;
    use rayon::prelude::*;

    fn world(standing: Standing) -> Snapshot {
        let person = Seen {
            identity: 1,
            age_months: 300,
            upbringing: Some(Region(0)),
            origin: Origin::Intermediate,
            sex: Sex::Male,
            qualification: Qualification::Level3,
            standing,
        };
        Snapshot::of([[person]].into_par_iter())
    }

    #[test]
    fn it_does_not_matter_who_comes_first() {
        let worlds = [Standing::Working, Standing::Neet, Standing::Professional];
        let met = |order: [usize; 3]| {
            let pairing = Pairing::new(4, 1);
            order.into_iter().for_each(|scenario| pairing.arrive(scenario, world(worlds[scenario])));
            pairing.end()
        };
        let moved = met([0, 1, 2]);
        let count = |scenario: usize, change| moved[scenario].as_ref().unwrap().agents(0, change);
        assert!(moved[0].is_none());
        assert_eq!(
            [count(1, Movement::Displaced), count(2, Movement::Up), count(3, Movement::Unchanged)],
            [1, 1, 1],
            "the fourth never differed"
        );
        for order in [[1, 0, 2], [2, 1, 0], [1, 2, 0]] {
            assert_eq!(met(order), moved);
        }
    }
}
