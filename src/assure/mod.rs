//! What an analyst's quality assurance asks for, worked out now: assumptions log, log of checks, model card, and what was found
//! as pages that name what they were found with.
//!
//! # Source
//! HM Treasury, The Aqua Book: guidance on producing quality analysis for government.

mod card;
mod checks;
mod found;
pub mod markdown;
mod results;
mod validation;
mod varied;

pub use card::markdown;
pub use checks::{Checked, checks, scenarios, write_checks};
pub use found::Assurance;
pub use results::{inputs_fingerprint, results_page};
pub use validation::{fingerprint, validation_page};
pub use varied::{Assumption, VariationPlan, assumptions, by_size, plan, write_assumptions};
