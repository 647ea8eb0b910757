//! Scenarios: what a user asks for, from TOML text to conditions month by month.
//!
//! Text becomes a [`Scenario`] here or a complete list of mistakes; past this room nothing can be wrong
//! with a user's file. The way: `file` reads and joins the files of an `extends` chain as typed,
//! `set` lays overrides over them, `resolve` reads the result key by key, `print` writes it back in full, and
//! [`Timeline`] lays the levers along the months. Nothing here simulates.

mod file;
mod origin;
mod print;
mod resolve;
mod schema;
mod set;
mod shipped;
mod timeline;

#[cfg(test)]
mod tests;

pub use origin::{Origin, origins};
pub use resolve::is_fit_name;
pub use schema::{json_schema, schema, template};
pub use shipped::{SHIPPED, Shipped};
pub use timeline::Timeline;

use crate::calendar::Month;
use crate::diagnostics::Diagnostics;
use crate::levers::Lever;
use crate::world::{InputFile, World};
use strum::{IntoStaticStr, VariantArray};

/// The longest run (years).
pub const MOST_YEARS: u16 = 35;
/// The most replicates of a run.
pub const MOST_REPLICATES: u32 = 100_000;
/// The most people that one agent may stand for.
pub const MOST_SCALE: u32 = 1_000_000;

/// A scenario as meant.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// The stem of its file's name.
    pub name: String,
    /// One line about it.
    pub title: String,
    /// More about it; may be empty.
    pub description: String,
    /// How it is run.
    pub run: RunSettings,
    /// Its levers, those of the scenarios it extends first within each kind.
    pub levers: Vec<Lever>,
    /// Every file it was read from, itself first.
    pub files: Vec<InputFile>,
    /// Itself as TOML with every default filled in; reads back to the same scenario.
    pub resolved: String,
}

/// How a scenario is run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunSettings {
    /// The first month that is counted.
    pub start: Month,
    /// Years counted, 1 to [`MOST_YEARS`].
    pub years: u16,
    /// Independent repetitions, 1 to [`MOST_REPLICATES`].
    pub replicates: u32,
    /// People that one agent stands for, 1 to [`MOST_SCALE`].
    pub scale: u32,
    /// The seed of all randomness.
    pub seed: u64,
    /// The length of a period in the results.
    pub every: Every,
    /// The breakdowns in the results, beside everybody.
    pub by: Vec<Breakdown>,
}

impl RunSettings {
    /// Months counted.
    #[must_use]
    pub fn months(&self) -> u16 {
        self.years * 12
    }
}

/// The length of a period in the results.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray, IntoStaticStr)]
pub enum Every {
    /// One month.
    #[strum(serialize = "month")]
    Month,
    /// Three months.
    #[strum(serialize = "quarter")]
    Quarter,
    /// Twelve months.
    #[strum(serialize = "year")]
    Year,
}

impl Every {
    /// Months in a period.
    #[must_use]
    pub fn months(self) -> u16 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Year => 12,
        }
    }
}

/// A way of breaking results down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray, IntoStaticStr)]
pub enum Breakdown {
    /// By the region that people live in.
    #[strum(serialize = "residence")]
    Residence,
    /// By the region that people grew up in.
    #[strum(serialize = "upbringing")]
    Upbringing,
    /// By origin class.
    #[strum(serialize = "origin")]
    Origin,
    /// By sex.
    #[strum(serialize = "sex")]
    Sex,
    /// By the region that people live in and origin class.
    #[strum(serialize = "residence x origin")]
    ResidenceOrigin,
    /// By the region that people grew up in and origin class.
    #[strum(serialize = "upbringing x origin")]
    UpbringingOrigin,
    /// By origin class and sex.
    #[strum(serialize = "origin x sex")]
    OriginSex,
}

/// Changes laid over a scenario's files, as on a command line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overrides {
    /// Each is `key=value`, such as `run.years=5` or `levers.adjust[0].scale=1.1`; the value is TOML, and
    /// plain text may go without quotes.
    pub set: Vec<String>,
    /// Flags that stand for a key, laid over after `set`.
    pub flags: Vec<Flag>,
}

/// A flag of a command line that stands for a key of a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flag {
    /// The flag as typed, such as `--years`; mistakes name it.
    pub name: &'static str,
    /// Its key, such as `run.years`.
    pub key: &'static str,
    /// The value as TOML.
    pub value: String,
}

impl Scenario {
    /// The scenario in a file, or the shipped one of that name, with overrides laid over it.
    ///
    /// # Errors
    /// Every mistake in its files and overrides, each with its place.
    pub fn load(path_or_shipped_name: &str, overrides: &Overrides, world: &World) -> Result<Self, Diagnostics> {
        let mut typed = file::read_chain(path_or_shipped_name);
        set::lay_over(&mut typed, overrides);
        resolve::resolve(typed, world)
    }

    /// This scenario with other levers.
    #[must_use]
    pub fn with_levers(&self, levers: Vec<Lever>, world: &World) -> Self {
        let mut changed = Self { levers, ..self.clone() };
        changed.resolved = print::print(&changed, world);
        changed
    }

    /// The conditions of each month of the run.
    #[must_use]
    pub fn timeline(&self, world: &World) -> Timeline {
        Timeline::of(self, world)
    }
}
