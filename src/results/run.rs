//! Everything that a run gave, ready to be written, compared and shown.

use crate::domain::Kind;
use crate::experiment::{Outcomes, Reached, Until};
use crate::money::Money;
use crate::results::about::{Input, NamedRegion, PeriodRows, Precision, RunOptions, ScenarioInfo, Timings, WorldInfo};
use crate::scenario::{RunSettings, Scenario};
use crate::world::{TextFile, World};
use std::collections::BTreeMap;

/// All results of a run.
#[derive(Clone, Debug)]
pub struct Results {
    /// The world.
    pub world: WorldInfo,
    /// The scenarios; the first is the baseline.
    pub scenarios: Vec<ScenarioInfo>,
    /// The settings that scenarios share; its replicates are those that were asked for: with fewer kept, the run was stopped.
    pub settings: RunSettings,
    /// What was asked beside them.
    pub options: RunOptions,
    /// Every file that was read.
    pub inputs: Vec<Input>,
    /// What came of each kept replicate and scenario; who moved and what was seen of a panel likewise.
    pub outcomes: Outcomes,
    /// What each scenario costs.
    pub money: Money,
    /// How long it took.
    pub timings: Timings,
}

impl Results {
    /// The results of scenarios in a world, each scaled by a factor or by none, when nothing was asked beside their settings.
    #[must_use]
    pub fn of(
        world: &World,
        scenarios: &[Scenario],
        scaled_by: &[Option<f64>],
        until: Until,
        timings: Timings,
    ) -> Self {
        let info = scenarios.iter().zip(scaled_by).map(|(scenario, scaled_by)| ScenarioInfo {
            name: scenario.name.clone(),
            title: scenario.title.clone(),
            resolved: scenario.resolved.clone(),
            scaled_by: *scaled_by,
        });
        let options = RunOptions {
            period_rows: PeriodRows::Brief,
            half_widths: Vec::new(),
            panel_share: None,
            until: until.reached.into_iter().map(Precision::of).collect(),
            scale_note: None,
        };
        Self {
            world: WorldInfo::of(world),
            scenarios: info.collect(),
            settings: RunSettings { replicates: until.asked, ..scenarios[0].run.clone() },
            options,
            inputs: inputs(world, scenarios),
            money: Money::of(world, scenarios, &until.outcomes),
            outcomes: until.outcomes,
            timings,
        }
    }

    /// The numbers of the replicates that were kept, in order.
    #[must_use]
    pub fn replicate_numbers(&self) -> Vec<u32> {
        self.outcomes.replicates.iter().map(|replicate| replicate.number).collect()
    }

    /// Whether somebody was followed.
    #[must_use]
    pub fn has_panel(&self) -> bool {
        self.outcomes.replicates.iter().any(|replicate| !replicate.panels.is_empty())
    }
}

impl WorldInfo {
    fn of(world: &World) -> Self {
        let regions = world.regions.iter().map(|region| NamedRegion {
            name: region.name.clone(),
            code: region.code.clone(),
            tile: region.tile,
        });
        let mut figures = BTreeMap::new();
        for figure in &world.figures {
            *figures.entry(figure.confidence.name().to_owned()).or_insert(0) += 1;
        }
        Self {
            name: world.name.clone(),
            title: world.title.clone(),
            regions: regions.collect(),
            figures,
            files: world.files.clone(),
        }
    }
}

impl Precision {
    fn of(reached: Reached) -> Self {
        Self { measure: reached.wanted.measure, mcse_wanted: reached.wanted.mcse, mcse_reached: reached.mcse }
    }
}

/// Every file that was read, once.
fn inputs(world: &World, scenarios: &[Scenario]) -> Vec<Input> {
    let of_scenarios = scenarios.iter().flat_map(|scenario| scenario.files.clone());
    let mut files: Vec<Input> = Vec::new();
    for file in world.files.iter().map(TextFile::summary).chain(of_scenarios) {
        let file = Input { name: file.name, sha256: file.sha256 };
        if !files.contains(&file) {
            files.push(file);
        }
    }
    files
}
