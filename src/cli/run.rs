//! `rungs run`.

use super::ending::{Ending, Step};
use super::flags::{HalfWidthFlags, PanelFlags, ScenarioFlags, Share, TalkFlags, ThreadFlags, UntilFlags};
use super::inputs::Inputs;
use super::progress::{Progress, Stop};
use super::{ensemble, report, terminal};
use crate::diagnostics::printable;
use crate::domain::Kind;
use crate::experiment::{self, Cost, Reached, Until};
use crate::folder::claim::{Claim, claim};
use crate::folder::contents::Format;
use crate::folder::disk::Overwrite;
use crate::money::Money;
use crate::results::about::{HalfWidth, Input, NamedRegion, PeriodRows, Precision, ScenarioInfo, Timings};
use crate::results::run::Results;
use crate::results::tables::parameters::{PARAMETERS, parameters, write_parameters};
use crate::text::headline::headlines;
use crate::text::money_table;
use crate::threads;
use crate::world::{TextFile, World};
use clap::{Args, ValueEnum};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  rungs run scenarios/*.toml
  rungs run recession local-partnerships --replicates 40
  rungs run my-policy.toml --years 5 --scale 200 --out results/quick
  rungs run my-policy.toml --set run.every=month --format csv
  rungs run local-partnerships regional-innovation --equal-cost first
  rungs run recession --panel 0.01
  rungs run recession --until-mcse neet_rate=0.0002 --max-replicates 200

Without --out, results go to results/NAME: the scenario's name; for several scenarios the name
of the folder that all are in, or else the first one's name and how many more: recession+1.

Ctrl-C stops within two seconds and keeps every finished replicate; a second one ends at once.
Results that --overwrite was to replace stay; those of the stopped run go beside them.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Run {
    #[command(flatten)]
    scenarios: ScenarioFlags,
    #[command(flatten)]
    doubt: DoubtFlags,
    #[command(flatten)]
    until: UntilFlags,
    #[command(flatten)]
    half_widths: HalfWidthFlags,
    #[command(flatten)]
    panel: PanelFlags,
    #[command(flatten)]
    place: PlaceFlags,
    #[command(flatten)]
    tables: TableFlags,
    #[command(flatten)]
    report: ReportFlags,
    #[command(flatten)]
    threads: ThreadFlags,
    #[command(flatten)]
    talk: TalkFlags,
}

/// Which parameters the world has.
#[derive(Debug, Args)]
struct DoubtFlags {
    /// Parameters of the world; an ensemble tells doubt about them apart from luck (uncertainty.csv)
    #[arg(long, value_enum, default_value_t = Parameters::Point)]
    parameters: Parameters,

    /// Members of the ensemble, each simulated as often as the point
    #[arg(long, value_name = "NUMBER", default_value_t = 20, value_parser = clap::value_parser!(u16).range(2..=10_000))]
    members: u16,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Parameters {
    /// The fitted values
    Point,
    /// The fitted values, and beside them sets of parameters that agree with the published figures as well
    Ensemble,
}

/// Where the results go, and in which form.
#[derive(Debug, Args)]
struct PlaceFlags {
    /// Folder for the results; see below for the default
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// Replace results that are there already
    #[arg(long)]
    overwrite: bool,

    /// Format of the series
    #[arg(long, value_enum, default_value_t = SeriesFormat::Parquet)]
    format: SeriesFormat,
}

/// What tables over replicates have rows for.
#[derive(Debug, Args)]
struct TableFlags {
    /// Give groups, too, a row for every period in summary.csv, effects.csv and structure_fluidity.csv; without it they have one
    /// for the last 12 months, and in summary.csv of the baseline alone (the series holds everything in any case)
    #[arg(long)]
    all_periods: bool,
}

impl TableFlags {
    fn period_rows(&self) -> PeriodRows {
        if self.all_periods { PeriodRows::All } else { PeriodRows::Brief }
    }
}

/// Whether results get a report.
#[derive(Debug, Args)]
struct ReportFlags {
    /// Leave out report.html
    #[arg(long)]
    no_report: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum SeriesFormat {
    /// series.parquet
    Parquet,
    /// series.parquet, and series.csv beside it
    Csv,
}

impl Run {
    pub(super) fn fulfil(self) -> Step<Ending> {
        let stop = Stop::listen().map_err(|error| Ending::Failed(format!("cannot listen for signals: {error}")))?;
        let threads = self.threads.count();
        let panel = self.panel.panel;
        let inputs = Inputs::load(&self.scenarios, panel, threads, |replicates| self.until.most(replicates))?;
        if !self.talk.quiet {
            inputs.remarks().iter().for_each(|remark| terminal::talk(remark));
        }
        let worlds = match self.doubt.parameters {
            Parameters::Point => Vec::new(),
            Parameters::Ensemble => ensemble::worlds(self.scenarios.world.as_deref(), usize::from(self.doubt.members))?,
        };
        let mut claim = self.claim(&inputs)?;
        let asked = inputs.run().replicates;
        let most = self.until.most(asked).unwrap_or(asked);
        let (cost, replicates) = times(&inputs, most, worlds.len());
        let progress = Progress::new(stop, &cost, replicates, self.talk.level());
        let simulate = || {
            let until = experiment::run_until(&inputs.experiment(), &self.until.wanted(), most, &progress);
            (until, ensemble::members(&inputs, &worlds, most, &progress))
        };
        let (until, members) = threads::on_threads(threads, simulate)?;
        progress.clear();
        if members.count() > 0 {
            let mut bytes = Vec::new();
            members.write(&mut bytes).map_err(|error| Ending::of_output(&error))?;
            claim.add("uncertainty.csv", bytes);
        }
        let mut numbers = Vec::new();
        write_parameters(&parameters(&inputs.world), &mut numbers).map_err(|error| Ending::of_output(&error))?;
        claim.add(PARAMETERS, numbers);
        let results = results(&inputs, until, self.half_widths.asked(), progress.timings(threads));
        let results = Results { period_rows: self.tables.period_rows(), ..results };
        let ending = self.keep(&results, claim)?;
        if members.count() < worlds.len() {
            terminal::talk(&format!("stopped: {} of {} members are kept", members.count(), worlds.len()));
            return Ok(Ending::Stopped);
        }
        Ok(ending)
    }

    fn claim(&self, inputs: &Inputs) -> Step<Claim> {
        let out = self.place.out.clone().unwrap_or_else(|| default_folder(inputs, &self.scenarios.files));
        let overwrite = if self.place.overwrite { Overwrite::Replace } else { Overwrite::Refuse };
        claim(&out, overwrite).map_err(|error| Ending::output(&error))
    }

    /// Writes what was finished and says so.
    fn keep(&self, results: &Results, claim: Claim) -> Step<Ending> {
        let (kept, asked) = (results.outcomes.len(), results.replicates_asked);
        let stopped = u32::try_from(kept).is_ok_and(|kept| kept < asked);
        if kept == 0 {
            terminal::talk("stopped before any replicate was finished: nothing was kept");
            return Ok(Ending::Stopped);
        }
        let formats = match self.place.format {
            SeriesFormat::Parquet => &[][..],
            SeriesFormat::Csv => &[Format::Csv],
        };
        let wanted = claim.folder().to_owned();
        let written = threads::on_threads_if_any(self.threads.count(), || claim.write(results, formats))
            .map_err(|error| Ending::output(&error))?;
        let folder = shown(&written.folder);
        let beside = if written.folder == wanted { "" } else { &format!(" ({} is as it was)", shown(&wanted)) };
        if stopped {
            terminal::talk(&format!(
                "stopped: {kept} of {asked} replicates were finished and are kept in {folder}{beside}"
            ));
        } else {
            terminal::data(&summary(results, &folder))?;
        }
        // after what was computed has been kept and said: a report can be made again
        if !self.report.no_report {
            report::write_into(&written.folder)?;
        }
        if stopped {
            return Ok(Ending::Stopped);
        }
        if !self.talk.quiet {
            results.until.iter().for_each(|precision| terminal::talk(&said_of(precision, kept)));
            let timings = &results.timings;
            let speed = terminal::number(timings.person_months_per_second / 1e6, 1);
            let time = terminal::duration(timings.wall_seconds);
            let read = if self.report.no_report { "" } else { "; open report.html there to read them" };
            terminal::talk(&format!(
                "\nresults in {folder}{beside} after {time}, {speed} million person-months a second{read}"
            ));
        }
        Ok(Ending::Fine)
    }
}

/// The cost and replicates of a run of at most so many replicates, with this many members of an ensemble beside it.
fn times(inputs: &Inputs, most: u32, members: usize) -> (Cost, u32) {
    let asked = inputs.run().replicates;
    let beside = u32::try_from(members).unwrap_or(u32::MAX).saturating_mul(asked);
    let replicates = most.saturating_add(beside);
    let of_one = inputs.cost.person_months / u64::from(most.max(1));
    (Cost { person_months: of_one.saturating_mul(u64::from(replicates)), ..inputs.cost }, replicates)
}

/// A folder as people would name it.
fn shown(folder: &Path) -> String {
    printable(&folder.strip_prefix(".").unwrap_or(folder).display().to_string())
}

/// How far a precision was reached.
fn said_of(precision: &Precision, replicates: usize) -> String {
    let (measure, wanted) = (&precision.measure, precision.mcse_wanted);
    let found = precision.mcse_reached.map_or_else(|| "unknown".to_owned(), terminal::brief);
    let reached = precision.mcse_reached.is_some_and(|mcse| mcse <= wanted);
    let more = if reached { "" } else { ": not reached, --max-replicates allows more" };
    let wanted = terminal::brief(wanted);
    format!("\n{measure}: Monte Carlo standard error {found} after {replicates} replicates, asked {wanted}{more}")
}

/// The headline effects of each scenario on one screen, and where the rest is.
fn summary(results: &Results, folder: &str) -> String {
    let several = if results.scenarios.len() > 2 { ", --between" } else { "" };
    let more = format!("more: rungs compare {folder} (--measure KEY, --region each, --costs{several})");
    let parts = [headlines(results, Some(terminal::width_or_usual())), money_table::scaled(&results.scenarios), more];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("{}\n", parts.join("\n"))
}

/// Results as output wants them.
pub(super) fn results(inputs: &Inputs, until: Until, half_widths: Vec<HalfWidth>, timings: Timings) -> Results {
    let (run, outcomes) = (inputs.run(), until.outcomes);
    let scenarios = inputs.scenarios.iter().zip(&inputs.scaled_by).map(|(scenario, scaled_by)| ScenarioInfo {
        name: scenario.name.clone(),
        title: scenario.title.clone(),
        resolved: scenario.resolved.clone(),
        scaled_by: *scaled_by,
    });
    let who_moved = outcomes.replicates.iter().map(|replicate| replicate.who_moved.clone()).collect();
    let panels = outcomes.replicates.iter().map(|replicate| replicate.panels.clone());
    let panels = panels.filter(|panels| !panels.is_empty()).collect();
    let precision = |reached: Reached| Precision {
        measure: reached.wanted.measure,
        mcse_wanted: reached.wanted.mcse,
        mcse_reached: reached.mcse,
    };
    let money = Money::of(&inputs.world, &inputs.scenarios, &outcomes);
    let regions = inputs.world.regions.iter().map(|region| NamedRegion {
        name: region.name.clone(),
        code: region.code.clone(),
        tile: region.tile,
    });
    let (replicate_numbers, runs) =
        outcomes.replicates.into_iter().map(|replicate| (replicate.number, replicate.runs)).unzip();
    Results {
        world: inputs.world.name.clone(),
        world_title: inputs.world.title.clone(),
        regions: regions.collect(),
        figures: figures(&inputs.world),
        inputs: input_files(inputs),
        world_files: inputs.world.files.clone(),
        scenarios: scenarios.collect(),
        slices: outcomes.slices,
        periods: outcomes.periods,
        replicate_numbers,
        outcomes: runs,
        who_moved,
        panels,
        panel_share: inputs.panel.map(Share::value),
        replicates_asked: until.asked,
        seed: run.seed,
        scale: run.scale,
        start: run.start,
        years: run.years,
        every: run.every.name().to_owned(),
        period_rows: PeriodRows::Brief,
        by: run.by.iter().map(|breakdown| breakdown.name().to_owned()).collect(),
        money,
        half_widths,
        until: until.reached.into_iter().map(precision).collect(),
        timings,
    }
}

/// How many figures of a world were come by in which way.
fn figures(world: &World) -> BTreeMap<String, u32> {
    let mut counts = BTreeMap::new();
    for figure in &world.figures {
        *counts.entry(figure.confidence.name().to_owned()).or_insert(0) += 1;
    }
    counts
}

/// Every file that was read, once.
fn input_files(inputs: &Inputs) -> Vec<Input> {
    let of_scenarios = inputs.scenarios.iter().flat_map(|scenario| scenario.files.clone());
    let mut files: Vec<Input> = Vec::new();
    for file in inputs.world.files.iter().map(TextFile::summary).chain(of_scenarios) {
        let file = Input { name: file.name, sha256: file.sha256 };
        if !files.contains(&file) {
            files.push(file);
        }
    }
    files
}

/// Where results go when the user does not say.
fn default_folder(inputs: &Inputs, files: &[String]) -> PathBuf {
    let policies: Vec<&str> = inputs.scenarios.iter().skip(1).map(|scenario| scenario.name.as_str()).collect();
    let name = match policies[..] {
        [] => inputs.scenarios[0].name.clone(),
        [only] => only.to_owned(),
        [first, ..] => common_folder(files).unwrap_or_else(|| format!("{first}+{}", policies.len() - 1)),
    };
    Path::new("results").join(name)
}

/// The name of the folder that all files are in, if there is one.
fn common_folder(files: &[String]) -> Option<String> {
    let parent = Path::new(files.first()?).parent()?;
    let shared = files.iter().all(|file| Path::new(file).parent() == Some(parent));
    parent.file_name().filter(|_| shared).map(|name| name.to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_files_of_one_folder_are_named_after_it() {
        let files = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert_eq!(common_folder(&files(&["scenarios/a.toml", "scenarios/b.toml"])).as_deref(), Some("scenarios"));
        assert_eq!(common_folder(&files(&["x/a.toml", "y/b.toml"])), None);
        assert_eq!(common_folder(&files(&["a.toml", "b.toml"])), None);
        assert_eq!(common_folder(&files(&["recession", "local-partnerships"])), None);
    }
}
