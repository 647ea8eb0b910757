//! Timelines times replicates, in parallel, sharing the past.
//!
//! Each replicate lives through its warm-up and the months before timelines differ once; every
//! timeline then forks from there. Nothing here depends on how many threads there are: a result is
//! filed by replicate and timeline, never by who finished first. Start at `setup`, what is asked; `run`
//! goes through the replicates, `replicate` is one replicate's tree of forks, `pairing` finds the same
//! people in two of its worlds; `estimate` says what an experiment would cost before it is run, `until`
//! adds replicates until effects are as precise as asked.

mod estimate;
mod observer;
mod replicate;
mod results;
mod run;
mod setup;
mod until;

pub use estimate::{Cost, MOST_AGENTS, MOST_BYTES, MOST_PERSON_MONTHS, estimate};
pub use observer::{Observer, Unobserved};
pub use results::{EVERYBODY, Outcomes, Replicate};
pub use run::{replicates, run};
pub use setup::{Experiment, fork_months};
pub use until::{Reached, Until, Wanted, reached, run_until};

#[cfg(test)]
mod tests;
