//! Replicates until effects are as precise as asked.

use super::observer::Observer;
use super::results::{EVERYBODY, Outcomes};
use super::run::replicates;
use super::setup::Experiment;
use crate::statistics::{FEWEST_EQUAL, mcse};

/// A precision to be reached.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    /// The measure's key.
    pub measure: String,
    /// The Monte Carlo standard error to come down to (the measure's unit).
    pub mcse: f64,
}

/// How far a precision was reached.
#[derive(Clone, Debug, PartialEq)]
pub struct Reached {
    /// What was asked.
    pub wanted: Wanted,
    /// The largest Monte Carlo standard error of any scenario's effect; unknown as long as one of them is.
    pub mcse: Option<f64>,
    /// Replicates that it is of.
    pub replicates: usize,
}

impl Reached {
    /// Whether it is as precise as asked, and known well enough to say so: from a few replicates an error is mostly luck, and would stop
    /// the run where it happens to be small.
    #[must_use]
    pub fn is_enough(&self) -> bool {
        self.replicates >= FEWEST_EQUAL && self.mcse.is_some_and(|mcse| mcse <= self.wanted.mcse)
    }
}

/// What replicates were run for a precision.
#[derive(Clone, Debug, PartialEq)]
pub struct Until {
    /// The finished replicates.
    pub outcomes: Outcomes,
    /// How many were to be run, as far as could be told before the observer stopped it: more than there are if it did.
    pub asked: u32,
    /// How far each precision was reached.
    pub reached: Vec<Reached>,
}

/// Runs replicates in batches of as many as the scenarios ask for, until every precision is reached (by ten replicates at least), `most` replicates are done, or the
/// observer stops it.
///
/// A precision is that of the effect on everybody over the last twelve months, of the scenario in which it is least
/// precise; with the baseline alone, that of the measure itself. Replicates do not depend on one another and are looked at
/// only when a batch is whole, so the result depends on nothing but the inputs: it is the same as that of a run which was asked for
/// as many replicates in the first place.
#[must_use]
pub fn run_until(experiment: &Experiment, wanted: &[Wanted], most: u32, observer: &dyn Observer) -> Until {
    let batch = experiment.settings.replicates.max(1);
    let mut last = batch.min(most);
    let mut outcomes = replicates(experiment, 1..=last, observer);
    loop {
        let reached = reached(&outcomes, wanted);
        let is_whole = u32::try_from(outcomes.replicates.len()).is_ok_and(|done| done == last);
        if is_whole && (last >= most || reached.iter().all(Reached::is_enough)) {
            return Until { outcomes, asked: last, reached };
        }
        if !is_whole || observer.stop_wanted() {
            return Until { outcomes, asked: most, reached };
        }
        let next = last.saturating_add(batch).min(most);
        let more = replicates(experiment, last + 1..=next, observer);
        outcomes.replicates.extend(more.replicates);
        last = next;
    }
}

/// How precise the outcomes are.
#[must_use]
pub fn reached(outcomes: &Outcomes, wanted: &[Wanted]) -> Vec<Reached> {
    let of = |wanted: &Wanted| Reached {
        wanted: wanted.clone(),
        mcse: largest_mcse(outcomes, &wanted.measure),
        replicates: outcomes.replicates.len(),
    };
    wanted.iter().map(of).collect()
}

fn largest_mcse(outcomes: &Outcomes, measure: &str) -> Option<f64> {
    let span = outcomes.last_year();
    let scenarios = outcomes.replicates.first()?.runs.len();
    if scenarios == 1 {
        let values = outcomes.values(0, measure, EVERYBODY, span);
        return mcse(&values.into_iter().flatten().collect::<Vec<f64>>());
    }
    let mut largest: f64 = 0.0;
    for scenario in 1..scenarios {
        largest = largest.max(outcomes.effect(scenario, measure, EVERYBODY, span)?.mcse?);
    }
    Some(largest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::{Unobserved, run};
    use crate::scenario::{Overrides, Scenario};
    use crate::threads::on_threads;
    use crate::world::World;

    fn scenarios(world: &World, replicates: u32) -> Vec<Scenario> {
        let set = ["run.start=2026-09", "run.years=1", "run.scale=20000", "run.seed=3"].map(str::to_owned);
        let mut set = set.to_vec();
        set.push(format!("run.replicates={replicates}"));
        let overrides = Overrides { set, ..Overrides::default() };
        ["baseline", "recession"].map(|name| Scenario::load(name, &overrides, world).unwrap()).to_vec()
    }

    fn wanted(mcse: f64) -> Vec<Wanted> {
        vec![Wanted { measure: "neet_rate".to_owned(), mcse }]
    }

    #[test]
    fn replicates_are_added_in_whole_batches_until_the_precision_is_reached() {
        let world = World::uk().unwrap();
        let two = scenarios(&world, 2);
        let experiment = Experiment::of(&world, &two).unwrap();
        let twelve = run_until(&experiment, &wanted(0.0), 12, &Unobserved).outcomes;
        let first =
            |replicates: usize| Outcomes { replicates: twelve.replicates[..replicates].to_vec(), ..twelve.clone() };
        let few = reached(&first(8), &wanted(1.0));
        assert!(few[0].mcse.is_some() && !few[0].is_enough(), "eight are too few to stop at, however small the error");
        let batches = [10, 12];
        let errors = batches.map(|replicates| reached(&first(replicates), &wanted(0.0))[0].mcse.unwrap());
        for error in errors {
            let expected = batches.iter().zip(errors).find(|(_, reached)| *reached <= error).unwrap();
            let found = run_until(&experiment, &wanted(error), 12, &Unobserved);
            assert_eq!((found.outcomes.replicates.len(), found.reached[0].mcse), (*expected.0, Some(expected.1)));
            assert!(found.reached[0].is_enough() && found.outcomes == first(*expected.0));
            assert_eq!(usize::try_from(found.asked).unwrap(), *expected.0);
        }
    }

    #[test]
    fn the_result_is_that_of_a_run_with_as_many_replicates_whatever_the_threads() {
        let world = World::uk().unwrap();
        let two = scenarios(&world, 2);
        let experiment = Experiment::of(&world, &two).unwrap();
        let on = |threads| on_threads(threads, || run_until(&experiment, &wanted(0.0), 6, &Unobserved)).unwrap();
        let found = on(1);
        assert!(!found.reached[0].is_enough(), "an error of 0 is never reached where scenarios differ");
        let six = scenarios(&world, 6);
        assert!(found.outcomes == run(&Experiment::of(&world, &six).unwrap(), &Unobserved));
        assert!(found == on(3));
    }

    #[test]
    fn the_maximum_is_kept_even_within_a_batch() {
        let world = World::uk().unwrap();
        let four = scenarios(&world, 4);
        let experiment = Experiment::of(&world, &four).unwrap();
        for most in [3, 5] {
            let found = run_until(&experiment, &wanted(0.0), most, &Unobserved);
            assert_eq!((found.outcomes.replicates.len(), found.asked), (usize::try_from(most).unwrap(), most));
        }
    }

    /// Wants to stop as soon as it is asked.
    struct Stopped;

    impl Observer for Stopped {
        fn person_months(&self, _count: u64) {}

        fn replicate_done(&self) {}

        fn stop_wanted(&self) -> bool {
            true
        }
    }

    #[test]
    fn a_stopped_run_has_fewer_replicates_than_were_asked_for() {
        let world = World::uk().unwrap();
        let two = scenarios(&world, 2);
        let found = run_until(&Experiment::of(&world, &two).unwrap(), &wanted(1.0), 10, &Stopped);
        assert_eq!((found.outcomes.replicates.len(), found.asked), (0, 10));
        // Without a precision to reach, as many as the scenarios ask for.
        let found = run_until(&Experiment::of(&world, &two).unwrap(), &[], 2, &Stopped);
        assert_eq!(found.asked, 2);
    }
}
