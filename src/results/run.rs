//! All results of a run, ready to be written.

use crate::calendar::Month;
use crate::engine::tally::{PanelTally, Slice};
use crate::money::Money;
use crate::outcomes::{Period, RunOutcome, WhoMoved};
use crate::results::about::{HalfWidth, Input, NamedRegion, PeriodRows, Precision, ScenarioInfo, Timings};
use crate::world::TextFile;
use std::collections::BTreeMap;
use std::sync::Arc;

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
