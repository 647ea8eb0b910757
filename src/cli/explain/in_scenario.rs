//! A scenario that a key is explained in.

use crate::compare::inputs::flatten;
use crate::diagnostics::{Diagnostics, printable};
use crate::scenario::{Overrides, Scenario, SetKey, Timeline, set_keys};
use crate::world::World;
use std::collections::BTreeMap;

/// A scenario and where its keys were set.
pub(super) struct InScenario {
    pub(super) scenario: Scenario,
    pub(super) timeline: Timeline,
    pub(super) values: BTreeMap<String, String>,
    pub(super) set_keys: Vec<SetKey>,
}

impl InScenario {
    /// Loads it.
    pub(super) fn load(name: &str, overrides: &Overrides, world: &World) -> Result<Self, Diagnostics> {
        let scenario = Scenario::load(name, overrides, world)?;
        Ok(Self {
            timeline: scenario.timeline(world),
            values: flatten(&scenario.resolved),
            set_keys: set_keys(name, overrides),
            scenario,
        })
    }

    /// A key's row: key, value, and what set it.
    pub(super) fn row(&self, key: &str) -> [String; 3] {
        let value = self.values.get(key).cloned().unwrap_or_default();
        [printable(key), printable(&value), self.set_by(key)]
    }

    /// The file and line, or the override, that set a key.
    pub(super) fn set_by(&self, key: &str) -> String {
        let found = self.set_keys.iter().find(|origin| origin.key == key);
        found.map_or_else(
            || "default".to_owned(),
            |origin| {
                let line = origin.line.map_or_else(String::new, |line| format!(":{line}"));
                printable(&format!("{}{line}", origin.file))
            },
        )
    }
}
