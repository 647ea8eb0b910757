//! Results on disk and as tables: one file a format, a manifest that traces each of them, and
//! folders that appear under their final name only when they are whole.
//!
//! Nothing here simulates, prints, or reads a clock: times are handed in. Writing starts in
//! `folder` ([`claim`] before computing, [`Claim::write`] after); reading back in `saved`
//! ([`Saved::load`]); what is said about it in `compare` and [`table`].

mod between;
mod cell;
mod compare;
mod comparison;
mod contents;
mod costs;
mod dictionary;
mod effects;
mod folder;
mod headline;
mod manifest;
mod numbers;
mod panel;
mod parameters;
mod precision;
mod restore;
mod rows;
mod saved;
mod series_csv;
mod series_parquet;
mod series_saved;
mod shown;
pub mod side_by_side;
mod structure_fluidity;
mod summary;
pub mod table;
pub mod tables;
mod uncertainty;
mod verify;
mod who_moved;
mod who_moved_parquet;

pub use between::{Contrast, Ranking, Standing, standings};
pub use cell::{read_text, text as cell_text};
pub use compare::{Filter, InputDifference, Pick, effects_table, flatten, input_differences, write_input_differences};
pub use comparison::{
    COMPARISON_COLUMNS, CompareError, Comparison, Difference, Method, Quantity, compare, write_comparisons,
};
pub use contents::hashes;
pub use costs::{CostRow, RatioRow, cost_rows, ratio_rows};
pub use effects::{Effect, effects};
pub use folder::{Claim, Overwrite, REPORT, Written, claim, is_report, sha256, write_alone, write_report};
pub use headline::{TOLD_FIRST, headlines};
pub use manifest::{FORMAT, Input, Manifest, NamedRegion, NamedScenario, Precision, Status, Timings};
pub use numbers::{brief, count, number};
pub use panel::{LIFE_COLUMNS, PANEL, life, life_csv, person_name, person_named};
pub use parameters::{PARAMETERS, Parameter, parameters, write_parameters};
pub use precision::{HalfWidth, Needed};
pub use restore::{Kept, kept, restore};
pub use rows::{ALL, Heading, LAST_YEAR, PeriodRows, Place, Span, WHOLE_RUN};
pub use saved::{Saved, read_recipe, read_text_file};
pub use series_saved::Series;
pub use shown::{Reading, Shown, decimals, rounded, signed};
pub use structure_fluidity::{SavedPart, SplitEffect, structure_fluidity};
pub use summary::Mean;
pub use uncertainty::{Members, SavedSpread, Spread};
pub use verify::{Checked, Finding, Tampering, check_files};
pub use who_moved::{Member, Moved, NET, who_moved};

use crate::calendar::Month;
use crate::diagnostics::printable;
use crate::engine::tally::{PanelTally, Slice};
use crate::money::Money;
use crate::outcomes::{Period, RunOutcome, WhoMoved};
use crate::world::TextFile;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A format of the series beside Parquet, which is always written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// `series.csv`.
    Csv,
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

/// All results of an experiment, ready to be written.
#[derive(Clone, Debug)]
pub struct Results {
    /// The world's name.
    pub world: String,
    /// The world's name for readers.
    pub world_title: String,
    /// Its regions, in index order.
    pub regions: Vec<NamedRegion>,
    /// How many of its figures were come by in which way.
    pub figures: BTreeMap<String, u32>,
    /// Every file that was read.
    pub inputs: Vec<Input>,
    /// The files of the world, as they were read.
    pub world_files: Vec<TextFile>,
    /// The scenarios; the first is the baseline.
    pub scenarios: Vec<ScenarioInfo>,
    /// Whom results are about: the slices given to [`crate::outcomes::evaluate`].
    pub slices: Vec<Slice>,
    /// The periods of every run, in order of time.
    pub periods: Vec<Period>,
    /// The numbers of the replicates that were kept, in order.
    pub replicate_numbers: Vec<u32>,
    /// The outcome of each kept replicate and scenario: `outcomes[replicate][scenario]`.
    pub outcomes: Vec<Vec<Arc<RunOutcome>>>,
    /// Who moved in each kept replicate and scenario, `who_moved[replicate][scenario]`; `None` for the baseline itself.
    pub who_moved: Vec<Vec<Option<Arc<WhoMoved>>>>,
    /// What was seen of those who were followed in each kept replicate and scenario, `panels[replicate][scenario]`; nothing when nobody was.
    pub panels: Vec<Vec<Arc<PanelTally>>>,
    /// The share of people in the panel, if one was asked for.
    pub panel_share: Option<f64>,
    /// How many replicates were asked for; with fewer kept, the run was stopped.
    pub replicates_asked: u32,
    /// The seed.
    pub seed: u64,
    /// People that one agent stands for.
    pub scale: u32,
    /// The first month.
    pub start: Month,
    /// Simulated years.
    pub years: u16,
    /// How long a period is: `month`, `quarter` or `year`.
    pub every: String,
    /// Which periods tables over replicates have rows for.
    pub period_rows: PeriodRows,
    /// The breakdowns asked for.
    pub by: Vec<String>,
    /// What each scenario costs.
    pub money: Money,
    /// The half-widths that were asked about.
    pub half_widths: Vec<HalfWidth>,
    /// The precisions that replicates were added for, and how far they were reached.
    pub until: Vec<Precision>,
    /// How long it took.
    pub timings: Timings,
}

/// Why results could not be written or read.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// The results folder is already there.
    #[error("{}: found something there already, expected a name that is free", shown(.0))]
    Exists(PathBuf),
    /// What is to be replaced was not made by this program.
    #[error("{}: found no results of Rungs there, expected a results folder: it is not replaced", shown(.0))]
    NotResults(PathBuf),
    /// A folder of results holds something else as well.
    #[error("{}: found {:?}, which is not of these results, expected results alone: they are not replaced", shown(.folder), printable(.file))]
    Stranger {
        /// The folder.
        folder: PathBuf,
        /// What its manifest does not list, seen from the folder.
        file: String,
    },
    /// There are no results to read.
    #[error("{}: found no results there, expected a results folder", shown(.0))]
    NoResults(PathBuf),
    /// The path has no last part that could be a folder's name.
    #[error("{}: found no name for a results folder, expected a path such as results/levy", shown(.0))]
    NoName(PathBuf),
    /// Two scenarios would share a file, or a name cannot be a file's.
    #[error("found the scenario name {0:?}, expected a name that is used once and can be a file's")]
    ScenarioName(String),
    /// Outcomes do not have the size that scenarios, slices and periods ask for.
    #[error("found {found} outcomes or periods, expected {expected}")]
    Shape {
        /// How many there are.
        found: usize,
        /// How many there should be.
        expected: usize,
    },
    /// A file changed after the run.
    #[error("{}: found contents with SHA-256 {found}, expected {expected}: the file was changed after the run", shown(.path))]
    Changed {
        /// The file.
        path: PathBuf,
        /// The hash of what is there.
        found: String,
        /// The hash in the manifest.
        expected: String,
    },
    /// A file is not what it should be.
    #[error("{}: {message}", shown(.path))]
    Malformed {
        /// The file.
        path: PathBuf,
        /// What was found and expected.
        message: String,
    },
    /// The system refused.
    #[error("{}: {source}", shown(.path))]
    System {
        /// The file or folder.
        path: PathBuf,
        /// The system's own words.
        source: io::Error,
    },
}

impl OutputError {
    /// The remedy, when it is known.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Exists(_) => Some("choose another name with --out, or replace what is there with --overwrite"),
            Self::NotResults(_) => Some("choose another folder with --out"),
            Self::Stranger { .. } => Some("move it elsewhere, or choose another folder with --out"),
            Self::NoResults(_) => Some("name a folder that `rungs run` wrote, such as results/recession"),
            Self::ScenarioName(_) => Some("rename the scenario's file"),
            Self::NoName(_)
            | Self::Shape { .. }
            | Self::Changed { .. }
            | Self::Malformed { .. }
            | Self::System { .. } => None,
        }
    }

    fn system(path: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
        |source| Self::System { path: path.to_owned(), source }
    }
}

fn shown(path: &Path) -> String {
    printable(&path.display().to_string())
}

#[cfg(test)]
pub(crate) mod testing;
