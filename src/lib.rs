//! Regional opportunity simulation: cohorts of young people who move month by month through education,
//! apprenticeships, spells without work or learning, and jobs; in every region of a country, under
//! policies that can be compared with an interval on every difference.
//!
//! This is the library under the `rungs` command. A program of ten lines asks what a recession does to young people:
//!
//! ```
//! use rungs::prelude::*;
//!
//! fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let world = World::uk()?;
//!     let small = Overrides::of(&["run.start=2026-09", "run.years=3", "run.scale=20000", "run.replicates=4"]);
//!     let scenarios = [Scenario::load("baseline", &small, &world)?, Scenario::load("recession", &small, &world)?];
//!     let outcomes = run(&Experiment::of(&world, &scenarios).ok_or("no scenario")?, &Unobserved);
//!     let effect = outcomes.effect(1, "neet_rate", EVERYBODY, outcomes.last_year()).ok_or("nobody was counted")?;
//!     println!("NEET rate at 16-24: {:+.4}, 95% interval {:?}", effect.difference, effect.interval);
//!     assert!(effect.difference > 0.0 && effect.pairs == 4);
//!     Ok(())
//! }
//! ```
//!
//! # What one meets first
//!
//! - [`World`](world::World): a country, each of its numbers with a source; [`World::uk`](world::World::uk) is
//!   built in.
//! - [`Scenario`](scenario::Scenario): what a TOML file asks for, or every mistake in it at once
//!   ([`Diagnostics`](diagnostics::Diagnostics)).
//! - [`Timeline`](scenario::Timeline): the [`Conditions`](conditions::Conditions) that people meet, month by month;
//!   a scenario's, or a policy of your own as a closure over months.
//! - [`Experiment`](experiment::Experiment): timelines, run settings and [measures](outcomes::Measure), your own
//!   included; [`run`](experiment::run) gives its [`Outcomes`](experiment::Outcomes).
//! - [`PairedDifference`](statistics::PairedDifference): what a policy changes, with its error.
//! - [`Luck`](random::Luck): keyed draws, and a [`Stream`](random::Stream) that `rand` and `rand_distr` draw from.
//!
//! # Where to go
//!
//! `examples/own_policy.rs` and `examples/own_measure.rs` are whole programs. `MODEL.md` says what is simulated and
//! where each number comes from, `PROMISES.md` what you may rely on, `ARCHITECTURE.md` how the code is laid out:
//! a module imports only from modules above it in the list below. Equal inputs give equal results to the byte,
//! whatever the threads and the processor.
#![forbid(unsafe_code)]

pub mod units;
pub mod calendar;
pub mod diagnostics;
mod input_files;
mod names;
pub mod threads;
pub mod domain;
pub mod toml_tables;
pub mod random;
pub mod conditions;
pub mod world;
pub mod levers;
pub mod scenario;
pub mod engine;
pub mod outcomes;
pub mod statistics;
mod svg;
pub mod experiment;
pub mod calibrate;
pub mod money;
pub mod results;
pub mod folder;
pub mod text;
pub mod compare;
pub mod assure;
pub mod report;
#[doc(hidden)]
pub mod cli;

/// What most programs use: `use rungs::prelude::*`.
pub mod prelude {
    pub use crate::calendar::Month;
    pub use crate::conditions::{Conditions, Edit, Operation, apply};
    pub use crate::diagnostics::Diagnostics;
    pub use crate::engine::tally::{Slice, Status};
    pub use crate::experiment::{EVERYBODY, Experiment, Outcomes, Unobserved, run};
    pub use crate::outcomes::{Counted, Measure, Ratio};
    pub use crate::random::{Luck, Purpose, Stream};
    pub use crate::scenario::{Breakdown, Overrides, RunSettings, Scenario, Timeline};
    pub use crate::statistics::PairedDifference;
    pub use crate::world::World;
}
