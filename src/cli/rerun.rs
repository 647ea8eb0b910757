//! A finished run, ready to be run again from what its folder holds.

use super::ending::{Ending, Step};
use super::flags::Share;
use super::inputs::Inputs;
use crate::diagnostics::printable;
use crate::domain::Kind;
use crate::engine::tally::Follow;
use crate::experiment::{self, Experiment, Observer, Outcomes, Unobserved, Until, estimate};
use crate::folder::manifest::Manifest;
use crate::folder::read::read_recipe;
use crate::folder::restore::restore;
use crate::results::about::RunOptions;
use crate::results::run::Results;
use crate::scenario::{Overrides, RunSettings, Scenario};
use crate::world::World;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The folder in results that holds the world.
const WORLD: &str = "world";

/// A finished run with its world and scenarios.
pub(super) struct Rerun {
    folder: PathBuf,
    pub(super) manifest: Manifest,
    pub(super) inputs: Inputs,
}

impl Rerun {
    /// Loads what a results folder was made from, or says why this program cannot make it rerun.
    pub(super) fn load(folder: &Path) -> Step<Self> {
        let manifest = read_recipe(folder)?;
        refuse_other_versions(folder, &manifest)?;
        let world = load_world(folder, &manifest)?;
        let mut scenarios = Vec::new();
        for named in &manifest.scenarios {
            let file = folder.join("scenarios").join(format!("{}.toml", named.name));
            scenarios.push(Scenario::load(&file.to_string_lossy(), &Overrides::default(), &world)?);
        }
        let Some(experiment) = Experiment::of(&world, &scenarios) else {
            return Err(refused(folder, "found no scenario in it, expected at least one"));
        };
        let cost = estimate(&experiment, 1);
        let panel = manifest.panel_share.and_then(Share::new);
        let follow = panel.map_or(Follow::Nobody, Share::follow);
        let scaled_by = manifest.scenarios.iter().map(|named| named.scaled_by).collect();
        Ok(Self {
            folder: folder.to_owned(),
            inputs: Inputs {
                world,
                scenarios,
                asked: Vec::new(),
                scaled_by,
                panel,
                follow,
                cost,
                scale_table: Vec::new(),
                no_scale_table: None,
            },
            manifest,
        })
    }

    /// The results folder.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Every replicate that the folder holds.
    pub(super) fn saved(&self) -> Step<Results> {
        let blank = self.results(self.simulate(1, 0, &Unobserved));
        let outcomes = restore(&self.folder, &blank)?;
        Ok(self.results(outcomes))
    }

    /// Replicates `first` to `last`, simulated again in all scenarios.
    pub(super) fn simulate(&self, first: u32, last: u32, observer: &dyn Observer) -> Outcomes {
        experiment::replicates(&self.inputs.experiment(), first..=last, observer)
    }

    /// Outcomes as results of this run.
    pub(super) fn results(&self, outcomes: Outcomes) -> Results {
        let manifest = &self.manifest;
        let until = Until { outcomes, asked: manifest.replicates_asked, reached: Vec::new() };
        let mut results = self.inputs.results(until, manifest.timings);
        results.inputs = manifest.inputs.clone();
        results.options = RunOptions {
            period_rows: manifest.period_rows,
            half_widths: manifest.half_widths.clone(),
            until: manifest.until.clone(),
            scale_note: manifest.scale_note.clone(),
            ..results.options
        };
        results
    }

    /// The first scenario whose run settings are not those of the manifest.
    pub(super) fn misfit(&self) -> Option<&str> {
        let manifest = &self.manifest;
        let fits = |run: &RunSettings| {
            let by: Vec<&str> = run.by.iter().map(|breakdown| breakdown.name()).collect();
            (run.seed, run.scale, run.years) == (manifest.seed, manifest.scale, manifest.years)
                && (run.start.to_string(), run.every.name()) == (manifest.start.clone(), manifest.every.as_str())
                && by == manifest.by
        };
        self.inputs.scenarios.iter().find(|scenario| !fits(&scenario.run)).map(|scenario| scenario.name.as_str())
    }

    /// Leaves all scenarios out but the baseline and this one.
    pub(super) fn keep_scenarios(&mut self, name: &str) {
        let keep: Vec<bool> =
            self.inputs.scenarios.iter().enumerate().map(|(at, scenario)| at == 0 || scenario.name == name).collect();
        let mut kept = keep.iter();
        self.inputs.scenarios.retain(|_| kept.next().copied().unwrap_or(false));
        let mut kept = keep.iter();
        self.inputs.scaled_by.retain(|_| kept.next().copied().unwrap_or(false));
    }

    /// The names of the scenarios.
    pub(super) fn scenario_names(&self) -> Vec<&str> {
        self.manifest.scenarios.iter().map(|named| named.name.as_str()).collect()
    }
}

pub(super) fn refused(folder: &Path, why: &str) -> Ending {
    Ending::Refused(printable(&format!("{}: {why}", folder.display())))
}

/// Another version may give other numbers, so it could prove nothing.
fn refuse_other_versions(folder: &Path, manifest: &Manifest) -> Step<()> {
    let shown = |version: &str, git: Option<&str>| format!("{version} (git revision {})", git.unwrap_or("unknown"));
    let git = option_env!("RUNGS_GIT").filter(|revision| !revision.is_empty());
    let (own, found) = (shown(env!("CARGO_PKG_VERSION"), git), shown(&manifest.version, manifest.git.as_deref()));
    if own == found {
        return Ok(());
    }
    let why = format!(
        "found results of Rungs {found}, expected those of this program, {own}: another version may give other numbers"
    );
    Err(refused(folder, &format!("{why}; repeat it with the version that made it")))
}

/// The world that the folder holds, which must be the one that was run.
fn load_world(folder: &Path, manifest: &Manifest) -> Step<World> {
    let listed: BTreeMap<String, String> = manifest
        .files
        .iter()
        .filter_map(|(name, hash)| Some((name.strip_prefix("world/")?.to_owned(), hash.clone())))
        .collect();
    if listed.is_empty() {
        return Err(refused(
            folder,
            "found no world in it, expected the files that the run read, as runs keep them now",
        ));
    }
    let world = World::load(&folder.join(WORLD))?;
    let found: BTreeMap<String, String> =
        world.files.iter().map(|file| file.summary()).map(|file| (file.name, file.sha256)).collect();
    let other = found.iter().find(|(name, hash)| listed.get(*name) != Some(hash)).map(|(name, _)| name);
    if let Some(name) = other {
        let why = format!("found {WORLD}/{name}, which the run did not read, expected the world of the run alone");
        return Err(refused(folder, &why));
    }
    let read: Vec<(&str, &str)> = manifest.inputs.iter().map(|input| (&*input.name, &*input.sha256)).collect();
    if let Some((name, _)) = found.iter().find(|(name, hash)| !read.contains(&(name.as_str(), hash.as_str()))) {
        let why = format!(
            "found {WORLD}/{name}, which is not among the inputs of the manifest, expected the world of the run"
        );
        return Err(refused(folder, &why));
    }
    Ok(world)
}
