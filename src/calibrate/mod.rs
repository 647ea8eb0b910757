//! How well the baseline agrees with what is published, which numbers matter, and the fit.
//!
//! Published figures become [`Target`]s (`targets`, `target_table`); `simulate` gives each its value in a run, by a measure or, for what
//! no single run shows, by one of the experiments of `mechanisms`; `findings` judges. Nothing here knows a lever's inside, and no
//! tolerance is set here: it is the published interval, or what [`Target::accepted`] says where there is none.

mod design;
mod ensemble;
mod evaluate;
mod files;
mod findings;
mod fit;
mod fitted;
mod matrix;
mod mechanisms;
mod plan;
mod plot;
mod rows;
mod sample;
mod scale;
pub mod sensitivity;
mod simulate;
mod target_table;
mod targets;

pub use ensemble::{Ensemble, ensemble, pass_share, read_ensemble, write_ensemble};
pub use evaluate::{Estimate, Estimates, Evaluator, Halt};
pub use files::{Unwritten, write_files};
pub use findings::{Agreement, Finding, findings, write_findings};
pub use fit::{Aim, Fit, aims, fit, misfit};
pub use fitted::{Count, count, left_unfitted, write_fitted, write_identification, write_parameters};
pub use mechanisms::Mechanism;
pub use plan::{Alignment, FitPlan, Free};
pub use plot::plot_findings;
pub use scale::{ScaleBias, ScaleTable, advised_scales, read_scale_table, scale_note, scale_table, write_scale_table};
pub use simulate::{Settings, simulate};
pub use target_table::{read, read_fitted};
pub use targets::{Simulated, Target, Use};

#[cfg(test)]
mod tests;
