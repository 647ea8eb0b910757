//! How well the baseline agrees with what is published, which numbers matter, and the fit.
//!
//! Published figures become [`Target`]s (`targets`, `target_table`); `simulate` gives each its value in a run, by a measure or, for what
//! no single run shows, by one of the experiments of `mechanisms`; [`validate`] judges. Nothing here knows a lever's inside, and no
//! tolerance is set here: it is the published interval, or what [`Target::accepted`] says where there is none.

mod files;
mod findings;
mod mechanisms;
mod plot;
mod simulate;
mod target_table;
mod targets;

pub use files::write_files;
pub use findings::{Finding, Verdict, findings, write_findings};
pub use mechanisms::Mechanism;
pub use plot::plot_findings;
pub use simulate::{Settings, simulate};
pub use targets::{Simulated, Target, Use, read};
