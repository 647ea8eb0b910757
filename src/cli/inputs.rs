//! What a request is about: world and scenarios, loaded, checked against each other, and costed.

use super::ending::{Ending, Step};
use super::flags::{ScenarioFlags, Share};
use super::memory;
use crate::calibrate::{self, FitPlan, ScaleBias, ScaleTable, Target, Use};
use crate::diagnostics::{Diagnostic, Diagnostics, printable};
use crate::domain::Kind;
use crate::engine::tally::Follow;
use crate::experiment::{Cost, Experiment, Until, estimate};
use crate::levers;
use crate::money::equalise;
use crate::results::about::Timings;
use crate::results::run::Results;
use crate::scenario::{Extends, Overrides, RunSettings, Scenario};
use crate::world::{FITTED, InputFile, SCALE_TABLE, World};
use std::path::Path;

/// The name of the scenario that all others are compared with.
const BASELINE: &str = "baseline";

/// World and scenarios without a mistake.
pub(super) struct Inputs {
    /// The world.
    pub(super) world: World,
    /// The scenarios; the baseline first.
    pub(super) scenarios: Vec<Scenario>,
    /// The scenarios that were asked for, as typed.
    pub(super) asked: Vec<String>,
    /// What each scenario was scaled by for one budget, if it was.
    pub(super) scaled_by: Vec<Option<f64>>,
    /// The share of people whose lives are kept, if any are.
    pub(super) panel: Option<Share>,
    /// Who is followed.
    pub(super) follow: Follow,
    /// What running them would cost.
    pub(super) cost: Cost,
    /// How far levels depend on the scale, as measured for the world.
    pub(super) scale_table: Vec<ScaleBias>,
    /// Why that is not known, if the world says something of it.
    pub(super) no_scale_table: Option<String>,
}

impl Inputs {
    /// Loads everything, or says everything that is wrong with it. `most` replicates, of those that scenarios ask for, may be run.
    pub(super) fn load(
        flags: &ScenarioFlags,
        panel: Option<Share>,
        threads: usize,
        most: impl Fn(u32) -> Option<u32>,
    ) -> Step<Self> {
        let world = flags.world.load()?;
        let loaded = load_scenarios(flags, &world)?;
        let (scale_table, no_scale_table) = scale_table_of(&world);
        let (scenarios, scaled_by) = match flags.equal_cost {
            Some(budget) => {
                let scaled = equalise(&loaded, budget, &world)?;
                if scaled.iter().all(|scaled| scaled.factor.is_none()) {
                    let why = "--equal-cost: found no lever that costs money, expected one to scale";
                    return Err(Ending::Refused(why.to_owned()));
                }
                scaled.into_iter().map(|scaled| (scaled.scenario, scaled.factor)).unzip()
            }
            None => (loaded.clone(), vec![None; loaded.len()]),
        };
        // The estimate is about as many replicates as there may be.
        let mut largest = scenarios.clone();
        for run in largest.iter_mut().map(|scenario: &mut Scenario| &mut scenario.run) {
            run.replicates = most(run.replicates).unwrap_or(run.replicates);
        }
        let follow = panel.map_or(Follow::Nobody, Share::follow);
        let Some(experiment) = Experiment::of(&world, &largest) else {
            return Err(Ending::Refused("found no scenario, expected at least one".to_owned()));
        };
        let cost = estimate(&experiment.following(follow), threads);
        let objections = cost.objections(&file_of(&scenarios[scenarios.len().min(2) - 1]), memory::most_bytes());
        objections.or(())?;
        Ok(Self {
            world,
            scenarios,
            asked: flags.files.clone(),
            scaled_by,
            panel,
            follow,
            cost,
            scale_table,
            no_scale_table,
        })
    }

    /// The run settings, which all scenarios share.
    pub(super) fn run(&self) -> &RunSettings {
        &self.scenarios[0].run
    }

    /// Refuses mistakes in published figures and in how the world is fitted to them, which no run reads.
    pub(super) fn check_beside(&self) -> Step<()> {
        calibrate::read_scale_table(&self.world)?;
        let targets = calibrate::read(&self.world)?;
        if self.world.calibration().is_some() && self.world.targets().next().is_some() {
            let fitted: Vec<Target> = targets.into_iter().filter(|target| target.used == Use::Fitted).collect();
            FitPlan::read(&self.world, &fitted)?;
        }
        Ok(())
    }

    /// What is no mistake but hardly meant: a line for each lever that never acts or never reaches full strength.
    pub(super) fn remarks(&self) -> Vec<String> {
        let mut remarks = remarks_on_world(&self.world);
        remarks.extend(self.no_scale_table.clone());
        remarks.extend(self.scale_note().map(|note| format!("note: {note}")));
        remarks.extend(remarks_on_baseline(&self.scenarios, &self.asked));
        remarks.extend(self.scenarios.iter().flat_map(|scenario| remarks_on(scenario, &self.world)));
        if self.scaled_by.iter().any(Option::is_some) {
            let unscaled = self.scenarios.iter().zip(&self.scaled_by).skip(1).filter(|(_, factor)| factor.is_none());
            remarks.extend(unscaled.map(|(scenario, _)| {
                let file = file_of(scenario);
                printable(&format!(
                    "warning: {file}: found no lever that costs money, so it is left as it is, at no cost"
                ))
            }));
        }
        remarks
    }

    /// How far levels are off at this scale, if that is known and worth a word.
    pub(super) fn scale_note(&self) -> Option<String> {
        calibrate::scale_note(&self.scale_table, &self.world, self.run().scale)
    }

    /// What running them gave, when nothing was asked beside their settings and a panel.
    pub(super) fn results(&self, until: Until, timings: Timings) -> Results {
        self.results_in(&self.world, until, timings)
    }

    /// The same in another world of the same regions, such as one with other parameters.
    pub(super) fn results_in(&self, world: &World, until: Until, timings: Timings) -> Results {
        let mut results = Results::of(world, &self.scenarios, &self.scaled_by, until, timings);
        results.options.panel_share = self.panel.map(Share::value);
        results.options.scale_note = self.scale_note();
        results
    }

    /// The world and its scenarios as something to run.
    pub(super) fn experiment(&self) -> Experiment {
        let timelines = self.scenarios.iter().map(|scenario| scenario.timeline(&self.world)).collect();
        Experiment::new(&self.world, self.run().clone(), timelines).following(self.follow)
    }
}

/// How far levels depend on the scale, as measured for a world; without that, why it says nothing though there is a table. What a run is
/// does not depend on it, so that nothing in it stops one.
pub(super) fn scale_table_of(world: &World) -> (Vec<ScaleBias>, Option<String>) {
    let shown = world.scale_table().map_or(SCALE_TABLE, |file| &file.shown);
    let unknown = |why: &str, hint: &str| {
        Some(printable(&format!("warning: {shown}: {why}: how far levels are off at this scale is not known; {hint}")))
    };
    match calibrate::read_scale_table(world) {
        Ok(ScaleTable::OfAnotherWorld) => {
            let why = "found a table that was measured on other figures or regions than this world has";
            (Vec::new(), unknown(why, "`rungs scale` measures it anew"))
        }
        Ok(table) => (table.rows().to_vec(), None),
        Err(_) => (Vec::new(), unknown("found mistakes", "`rungs check` shows them")),
    }
}

fn load_scenarios(flags: &ScenarioFlags, world: &World) -> Result<Vec<Scenario>, Diagnostics> {
    let overrides = flags.overrides();
    let mut mistakes = Diagnostics::default();
    let mut scenarios: Vec<Scenario> = Vec::new();
    for file in &flags.files {
        match Scenario::load(file, &overrides, world) {
            Ok(scenario) => add(scenario, &mut scenarios, &mut mistakes),
            Err(found) => merge(found, &mut mistakes),
        }
    }
    if let Some(first) = scenarios.first() {
        for other in &scenarios[1..] {
            compare_settings(first, other, &mut mistakes);
        }
    }
    let scenarios = mistakes.or(scenarios)?;
    baseline_first(scenarios, world, overrides.extends)
}

/// Keeps the mistakes that are not there yet: one in `--set` or in a shared file is found with every scenario.
fn merge(found: Diagnostics, mistakes: &mut Diagnostics) {
    mistakes.append_new(found);
}

fn add(scenario: Scenario, scenarios: &mut Vec<Scenario>, mistakes: &mut Diagnostics) {
    match scenarios.iter().find(|earlier| same_name(&earlier.name, &scenario.name)) {
        Some(earlier) => mistakes.add(clash(&scenario, &file_of(earlier))),
        None => scenarios.push(scenario),
    }
}

/// Whether two scenarios could share a file: on many systems names that differ only in case are the same.
fn same_name(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

fn clash(scenario: &Scenario, earlier: &str) -> Diagnostic {
    Diagnostic {
        file: file_of(scenario),
        span: None,
        key: String::new(),
        message: format!(
            "found another scenario named {:?} beside {earlier}, expected a name of its own whatever the case",
            scenario.name
        ),
        hint: Some("a scenario is named after its file: rename one of the files".to_owned()),
    }
}

fn compare_settings(first: &Scenario, other: &Scenario, mistakes: &mut Diagnostics) {
    for ((key, expected), (_, found)) in settings(&first.run).into_iter().zip(settings(&other.run)) {
        if found != expected {
            mistakes.add(Diagnostic {
                file: file_of(other),
                span: None,
                key: format!("run.{key}"),
                message: format!("found {found}, expected {expected} as in {}", file_of(first)),
                hint: Some(format!(
                    "scenarios of one run share their [run] settings; --set run.{key}=... sets one for all"
                )),
            });
        }
    }
}

/// Every run setting as it would be written in a file.
fn settings(run: &RunSettings) -> [(&'static str, String); 7] {
    let by: Vec<String> = run.by.iter().map(|breakdown| format!("{:?}", breakdown.name())).collect();
    [
        ("start", format!("{:?}", run.start.to_string())),
        ("years", run.years.to_string()),
        ("replicates", run.replicates.to_string()),
        ("scale", run.scale.to_string()),
        ("seed", run.seed.to_string()),
        ("every", format!("{:?}", run.every.name())),
        ("by", format!("[{}]", by.join(", "))),
    ]
}

/// Puts the baseline first; one that was not asked for is the file that the scenarios are built on or else the shipped
/// one, run like the others.
fn baseline_first(mut scenarios: Vec<Scenario>, world: &World, extends: Extends) -> Result<Vec<Scenario>, Diagnostics> {
    if let Some(at) = scenarios.iter().position(|scenario| scenario.name == BASELINE) {
        scenarios[..=at].rotate_right(1);
    } else if let Some(other) = scenarios.iter().find(|scenario| same_name(&scenario.name, BASELINE)) {
        let mut mistakes = Diagnostics::default();
        mistakes.add(clash(other, "the shipped baseline"));
        return Err(mistakes);
    } else if let Some(first) = scenarios.first() {
        let set = settings(&first.run).map(|(key, value)| format!("run.{key}={value}"));
        let overrides = Overrides { set: set.to_vec(), flags: Vec::new(), extends };
        let own = own_baseline(&scenarios)?;
        scenarios.insert(0, Scenario::load(own.as_deref().unwrap_or(BASELINE), &overrides, world)?);
    }
    Ok(scenarios)
}

/// The file of the user's that a scenario extends as its baseline, if it does.
fn built_on(scenario: &Scenario) -> Option<&InputFile> {
    let is_own = |file: &&InputFile| Path::new(&file.name).file_stem().is_some_and(|stem| stem == BASELINE);
    scenario.files.iter().skip(1).find(is_own)
}

/// The one baseline of the user's that scenarios are built on, if they are.
fn own_baseline(scenarios: &[Scenario]) -> Result<Option<String>, Diagnostics> {
    let mut own = scenarios.iter().filter_map(|scenario| Some((scenario, built_on(scenario)?)));
    let Some((first, file)) = own.next() else { return Ok(None) };
    let mut mistakes = Diagnostics::default();
    for (other, another) in own.filter(|(_, another)| another.sha256 != file.sha256) {
        mistakes.add(Diagnostic {
            file: file_of(other),
            span: None,
            key: "extends".to_owned(),
            message: format!("found the baseline {}, expected {} as in {}", another.name, file.name, file_of(first)),
            hint: Some("name the file to compare with, or run them one by one".to_owned()),
        });
    }
    mistakes.or(Some(file.name.clone()))
}

/// What the baseline of a run is, where that may not be what is meant.
fn remarks_on_baseline(scenarios: &[Scenario], asked: &[String]) -> Vec<String> {
    let Some((baseline, policies)) = scenarios.split_first() else { return Vec::new() };
    let Some(file) = baseline.files.first() else { return Vec::new() };
    let is_own = Path::new(&file.name).file_stem().is_some_and(|stem| stem == BASELINE);
    let mut remarks = Vec::new();
    if is_own && !asked.contains(&file.name) {
        remarks.push(format!("the baseline is {}, which scenarios extend", file.name));
    }
    for policy in policies {
        let is_on_it = policy.files.iter().any(|other| other.sha256 == file.sha256);
        let on = built_on(policy);
        if !is_on_it && (on.is_some() || !baseline.levers.is_empty()) {
            let on = on.map_or_else(|| "not built on it".to_owned(), |other| format!("built on {}", other.name));
            remarks.push(format!(
                "warning: {}: found the baseline {}, but the scenario is {on}: what differs counts as its effect",
                file_of(policy),
                file.name
            ));
        }
    }
    remarks.iter().map(|remark| printable(remark)).collect()
}

/// What stands in a world as it was before the fit, though a fit is meant to have set it.
pub(super) fn remarks_on_world(world: &World) -> Vec<String> {
    let Some(plan) = world.calibration() else {
        let is_lost = world.ensemble().is_some() && !world.files.iter().any(|file| file.name == FITTED);
        let why = "found an ensemble, but no fitted.csv: figures are those before the fit";
        return if is_lost { vec![format!("warning: world {:?}: {why}", world.name)] } else { Vec::new() };
    };
    // Mistakes in it are said by the verbs that fit, and by `check`.
    let Ok(read) = calibrate::read_fitted(world).and_then(|targets| FitPlan::read(world, &targets)) else {
        return Vec::new();
    };
    let left = calibrate::left_unfitted(world, &read);
    let Some(first) = left.first() else { return Vec::new() };
    let file = plan.shown.replace("calibration.toml", FITTED);
    let more = if left.len() > 1 { format!(" (and for {} more)", left.len() - 1) } else { String::new() };
    vec![printable(&format!(
        "warning: {file}: found no row for {first}{more}, which calibration.toml frees: the figure before the fit stands; `rungs calibrate` makes the file"
    ))]
}

fn remarks_on(scenario: &Scenario, world: &World) -> Vec<String> {
    let found = levers::remarks(&scenario.levers, world, scenario.run.start, scenario.run.months());
    found.iter().map(|remark| printable(&format!("warning: {}: {remark}", file_of(scenario)))).collect()
}

/// The file that a scenario was read from, as the user named it.
fn file_of(scenario: &Scenario) -> String {
    scenario.files.first().map_or_else(|| scenario.name.clone(), |file| file.name.clone())
}
