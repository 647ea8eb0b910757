//! Everything that an assurance found.

use super::checks::Checked;
use super::varied::Assumption;
use crate::calibrate::{Finding, Target};
use crate::outcomes::Measure;
use crate::scenario::Scenario;
use crate::world::World;

/// Everything that was found.
#[derive(Clone, Debug)]
pub struct Assurance<'a> {
    /// The world.
    pub world: &'a World,
    /// The baseline as it was run.
    pub baseline: &'a Scenario,
    /// The measure whose change shows what an assumption matters.
    pub measure: &'static Measure,
    /// The log of assumptions.
    pub assumptions: Vec<Assumption>,
    /// The log of checks.
    pub checked: Vec<Checked>,
    /// The published figures.
    pub targets: Vec<Target>,
    /// What the baseline says of each.
    pub findings: Vec<Finding>,
    /// How fast it went.
    pub person_months_per_second: f64,
}
