//! Which numbers matter: Morris screening and Sobol' indices, with what is not known about them.
//!
//! `morris` and `sobol` know points of a unit cube and outputs, nothing else; `parameter` says what a coordinate stands for, and `study` runs
//! the model at the points.

mod morris;
mod parameter;
mod sobol;
mod study;
mod table;
#[cfg(test)]
mod testing;

pub use morris::Screening;
pub(super) use parameter::positions;
pub use parameter::{NotAParameter, Variation, VariedParameter, read_parameter};
pub use sobol::Indices;
pub use study::{Compared, Found, Model, Study, StudyMethod, StudyResults, run};
pub use table::{plot_results, write_results};
