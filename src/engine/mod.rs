//! The engine: a population carried through conditions month by month, and counted.
//!
//! It returns no `Result`, prints nothing, opens nothing, reads no clock and knows no policy. The
//! order of the month is on one page in `month`.

mod events;
mod exchange;
mod month;
mod observers;
mod parallel;
mod plan;
mod rates;
mod state;
mod submodels;
pub mod tally;
#[cfg(test)]
mod tests;
mod transitions;

pub use month::{Phase, Simulation};
pub use plan::{Plan, Survey};
pub(crate) use rates::economy::Economy;
pub use state::chunk::due;
