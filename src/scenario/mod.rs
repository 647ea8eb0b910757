//! Scenarios: what a user asks for, from TOML text to conditions month by month.
//!
//! Text becomes a [`Scenario`] here or a complete list of mistakes; past this room nothing can be wrong
//! with a user's file. The way: `file` reads and joins the files of an `extends` chain as typed,
//! `set` lays overrides over them, `resolve` reads the result key by key (`run` has those of `[run]`) into the
//! scenario as `meant`, which can be written back in full, and [`Timeline`] lays the levers along the months.
//! `load` is all of that in one go. Nothing here simulates.

mod file;
mod load;
mod meant;
mod resolve;
mod run;
mod schema;
mod set;
mod set_keys;
mod shipped;
mod timeline;

#[cfg(test)]
mod tests;

pub use file::Extends;
pub use meant::Scenario;
pub use resolve::is_fit_name;
pub use run::{Breakdown, Every, MOST_REPLICATES, MOST_SCALE, MOST_YEARS, RunSettings};
pub use schema::{json_schema, schema, template};
pub use set::{Flag, Overrides};
pub use set_keys::{SetKey, set_keys};
pub use shipped::{SHIPPED, Shipped};
pub use timeline::Timeline;
