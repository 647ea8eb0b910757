//! From a name or path to a scenario: reading, overrides and checks, one after the other.

use super::file;
use super::meant::Scenario;
use super::resolve;
use super::set::{self, Overrides};
use crate::diagnostics::Diagnostics;
use crate::world::World;

impl Scenario {
    /// The scenario in a file, or the shipped one of that name, with overrides laid over it.
    ///
    /// # Errors
    /// Every mistake in its files and overrides, each with its place.
    pub fn load(path_or_shipped_name: &str, overrides: &Overrides, world: &World) -> Result<Self, Diagnostics> {
        let mut typed = file::read_chain(path_or_shipped_name, overrides.extends);
        set::lay_over(&mut typed, overrides);
        resolve::resolve(typed, world)
    }
}
