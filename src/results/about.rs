//! What a run was about: its world, scenarios and files, what was asked beside them, and how long it took.

use crate::world::TextFile;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The world of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct WorldInfo {
    /// Its name.
    pub name: String,
    /// Its name for readers.
    pub title: String,
    /// Its regions, in index order.
    pub regions: Vec<NamedRegion>,
    /// How many of its figures are of each confidence.
    pub figures: BTreeMap<String, u32>,
    /// Its files, as they were read.
    pub files: Vec<TextFile>,
}

/// One scenario of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct ScenarioInfo {
    /// The name used in files; also the stem of its file in `scenarios/`.
    pub name: String,
    /// Its title.
    pub title: String,
    /// The scenario as resolved (TOML).
    pub resolved: String,
    /// What the levers that cost money were scaled by for one budget, if they were.
    pub scaled_by: Option<f64>,
}

/// A scenario's name and title.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NamedScenario {
    /// The name used in files.
    pub name: String,
    /// Its title.
    pub title: String,
    /// What its levers that cost money were scaled by for one budget, if they were.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scaled_by: Option<f64>,
}

/// A region as readers know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedRegion {
    /// The name used in files and tables.
    pub name: String,
    /// The statistical code, such as `TLC`.
    pub code: String,
    /// Column and row on a tile map, from the top left.
    pub tile: (u8, u8),
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// Its name.
    pub name: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

/// Which periods tables over replicates have rows for. The series holds every period of every group in any case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PeriodRows {
    /// Everybody in every period, groups over the last twelve months; of groups `summary.csv` has the baseline alone, for
    /// `effects.csv` has what the others add to it.
    Brief,
    /// Everybody and every group in every period.
    All,
}

/// What was asked of a run beside the settings that its scenarios share.
#[derive(Clone, Debug, PartialEq)]
pub struct RunOptions {
    /// Which periods tables over replicates have rows for.
    pub period_rows: PeriodRows,
    /// The half-widths that were asked about.
    pub half_widths: Vec<HalfWidth>,
    /// The share of people in the panel, if one was asked for.
    pub panel_share: Option<f64>,
    /// The precisions that replicates were added for, and how far they were reached.
    pub until: Vec<Precision>,
    /// How far levels are off at this scale, if that is known and worth a word.
    pub scale_note: Option<String>,
}

/// A half-width that somebody wants the 95% interval of a measure to have.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HalfWidth {
    /// The measure's key.
    pub measure: String,
    /// How far the interval is to reach on either side (the measure's unit).
    pub half_width: f64,
}

/// A precision that replicates were added for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Precision {
    /// The measure's key.
    pub measure: String,
    /// The Monte Carlo standard error asked for.
    pub mcse_wanted: f64,
    /// The largest one of any scenario's effect; none as long as one is unknown.
    pub mcse_reached: Option<f64>,
}

/// How long a run took: the only part of a results folder that differs between equal runs.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Timings {
    /// Wall-clock seconds of the simulation.
    pub wall_seconds: f64,
    /// Person-months simulated (agents, not people).
    pub person_months: u64,
    /// Person-months a second.
    pub person_months_per_second: f64,
    /// Threads.
    pub threads: usize,
}
