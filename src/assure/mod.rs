//! What an analyst's quality assurance asks for, worked out now: assumptions log, log of checks, model card, and what was found
//! as pages that name what they were found with.
//!
//! # Source
//! HM Treasury, The Aqua Book: guidance on producing quality analysis for government.

mod card;
mod checks;
pub mod markdown;
mod results;
mod validation;
mod varied;

pub use card::markdown;
pub use checks::{Checked, checks, scenarios, write_checks};
pub use results::{inputs_fingerprint, results_page};
pub use validation::{fingerprint, validation_page};
pub use varied::{Assumption, Plan, assumptions, by_size, plan, write_assumptions};

use crate::calibrate::{Finding, Target};
use crate::outcomes::Measure;
use crate::scenario::Scenario;
use crate::world::World;

/// Everything that was found.
#[derive(Clone, Debug)]
pub struct Found<'a> {
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
