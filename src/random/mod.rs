//! Keyed draws: the only room that knows a generator.
//!
//! A draw depends on (seed, replicate, person, month, purpose) and on nothing else: not on how many
//! draws came before, not on threads, not on other people. Philox4x32-10 (Salmon, Moraes, Dror and
//! Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3") gives each person a start of their own;
//! SplitMix64 goes on from there.
//!
//! The clocks of the race of exits are a special case: see [`Window`].

mod bands;
mod bits;
mod choice;
mod luck;
mod samplers;
mod season;
mod stream;
mod thinning;

pub use bands::{CLOCKS, Regime};
pub use choice::{Winner, race, slot};
pub use luck::{Luck, PersonLuck, Purpose};
pub use samplers::{exponential, exponentials, normal, normal_rows, normals, uniform};
pub use season::Season;
pub use stream::Stream;
pub use thinning::{Bound, Moment, Point, Window};

// What draws from a [`Stream`], in the versions that it fits: both crates whole, and what other rooms use of them.
pub use rand::seq::{IndexedRandom, SliceRandom};
pub use rand::{Rng, RngExt};
pub use rand_distr::StandardNormal;
pub use {rand, rand_distr};
