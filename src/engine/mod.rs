//! The engine: a population carried through conditions month by month, and counted.
//!
//! It returns no `Result`, prints nothing, opens nothing, reads no clock and knows no policy. The
//! order of the month is on one page in `month`.

mod events;
mod month;
mod observers;
mod rates;
mod state;
mod submodels;
mod transitions;
pub mod tally;
#[cfg(test)]
mod tests;

use crate::calendar::Month;
pub use month::{Phase, Simulation};
use rayon::prelude::*;
pub use state::population::due;
pub(crate) use submodels::apprenticeships::Economy;

/// Months in a year.
const MONTHS_A_YEAR: u16 = 12;
/// Age in months from which people are counted.
const FIRST_COUNTED_MONTHS: u16 = crate::domain::FIRST_AGE * MONTHS_A_YEAR;
/// Chunks below this number are worked through on one thread: there is too little to share.
const FEW_CHUNKS: usize = 64;
/// Things to sort above which threads share the work.
const MANY_TO_SORT: usize = 8_192;

/// Sorts by a key that no two have in common, on several threads when there is much to sort.
fn sort_by_key<T: Send, K: Ord>(queue: &mut [T], key: impl Fn(&T) -> K + Sync) {
    if queue.len() < MANY_TO_SORT {
        queue.sort_unstable_by_key(key);
    } else {
        queue.par_sort_unstable_by_key(key);
    }
}

/// Academic years of warm-up: every age has a full history when counting starts.
const WARM_UP_YEARS: u16 = 25;

/// What one run is to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Seed of all draws.
    pub seed: u64,
    /// Number of the replicate.
    pub replicate: u32,
    /// People that one agent stands for.
    pub scale: u32,
    /// First month that is counted.
    pub start: Month,
    /// Months counted.
    pub months: u16,
    /// Months in a period of counts.
    pub months_per_period: u16,
    /// Regions of the world.
    pub regions: usize,
    /// Whether a survey is taken.
    pub survey: Survey,
}

/// Whether everybody is asked what a household survey asks, beside what is counted anyway. It changes nobody, but takes time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Survey {
    /// Four times a year.
    Taken,
    /// Never.
    NotTaken,
}

impl Plan {
    /// The first month simulated: a September, early enough for every age to have a full history at the start.
    #[must_use]
    pub fn first_month(&self) -> Month {
        let latest = self.start.0 - WARM_UP_YEARS * MONTHS_A_YEAR;
        Month(latest - (latest + 4) % MONTHS_A_YEAR)
    }
}
