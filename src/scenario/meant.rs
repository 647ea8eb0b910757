//! A scenario as meant, and how it is written in full.

use super::run::{RunSettings, print_run};
use crate::levers::Lever;
use crate::toml_tables::Printer;
use crate::world::{InputFile, World};

/// A scenario as meant.
///
/// ```
/// use rungs::prelude::*;
///
/// let world = World::uk()?;
/// let scenario = Scenario::load("recession", &Overrides::of(&["run.years=5"]), &world)?;
/// assert_eq!((scenario.name.as_str(), scenario.run.years), ("recession", 5));
/// // What is printed reads back to the same scenario.
/// assert!(scenario.resolved.contains("years = 5"));
/// # Ok::<(), Diagnostics>(())
/// ```
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

impl Scenario {
    /// This scenario with other levers.
    #[must_use]
    pub fn with_levers(&self, levers: Vec<Lever>, world: &World) -> Self {
        let mut changed = Self { levers, ..self.clone() };
        changed.resolved = changed.printed(world);
        changed
    }

    /// It as TOML that reads back to itself, without `extends`, with every default filled in.
    pub(super) fn printed(&self, world: &World) -> String {
        let mut out = Printer::default();
        out.text("title", &self.title);
        if !self.description.is_empty() {
            out.text("description", &self.description);
        }
        print_run(&self.run, &mut out);
        for lever in &self.levers {
            lever.print(world, &mut out);
        }
        out.into_text()
    }
}
