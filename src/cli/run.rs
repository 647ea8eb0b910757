//! `rungs run`.

use super::ending::{Ending, Step};
use super::flags::{ScenarioFlags, TalkFlags, ThreadFlags};
use super::inputs::Inputs;
use super::progress::{Progress, Stop};
use super::report;
use super::terminal;
use crate::domain::Kind;
use crate::experiment::{self, Outcomes};
use crate::mistakes::printable;
use crate::output::{self, table};
use crate::output::{
    Claim, Effect, Filter, Format, Input, LAST_YEAR, NamedRegion, Overwrite, Results, ScenarioInfo, Timings, claim,
};
use crate::world::World;
use clap::{Args, ValueEnum};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  rungs run scenarios/*.toml
  rungs run recession local-partnerships --replicates 40
  rungs run my-policy.toml --years 5 --scale 200 --out results/quick
  rungs run my-policy.toml --set run.every=month --format csv

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
    place: PlaceFlags,
    #[command(flatten)]
    report: ReportFlags,
    #[command(flatten)]
    threads: ThreadFlags,
    #[command(flatten)]
    talk: TalkFlags,
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
        let inputs = Inputs::load(&self.scenarios, threads)?;
        if !self.talk.quiet {
            inputs.remarks().iter().for_each(|remark| terminal::talk(remark));
        }
        let claim = self.claim(&inputs)?;
        let replicates = inputs.run().replicates;
        let progress = Progress::new(stop, &inputs.cost, replicates, self.talk.level());
        let outcomes = experiment::on_threads(threads, || experiment::run(&inputs.experiment(), &progress))
            .map_err(Ending::Failed)?;
        progress.clear();
        self.keep(&inputs, outcomes, claim, &progress.timings(threads))
    }

    fn claim(&self, inputs: &Inputs) -> Step<Claim> {
        let out = self.place.out.clone().unwrap_or_else(|| default_folder(inputs, &self.scenarios.files));
        let overwrite = if self.place.overwrite { Overwrite::Replace } else { Overwrite::Refuse };
        claim(&out, overwrite).map_err(|error| Ending::output(&error))
    }

    /// Writes what was finished and says so.
    fn keep(&self, inputs: &Inputs, outcomes: Outcomes, claim: Claim, timings: &Timings) -> Step<Ending> {
        let (kept, asked) = (outcomes.replicates.len(), inputs.run().replicates);
        let stopped = u32::try_from(kept).is_ok_and(|kept| kept < asked);
        if kept == 0 {
            terminal::talk("stopped before any replicate was finished: nothing was kept");
            return Ok(Ending::Stopped);
        }
        let results = results(inputs, outcomes, *timings);
        let formats = match self.place.format {
            SeriesFormat::Parquet => &[][..],
            SeriesFormat::Csv => &[Format::Csv],
        };
        let wanted = claim.folder().to_owned();
        let written = claim.write(&results, formats).map_err(|error| Ending::output(&error))?;
        let folder = shown(&written.folder);
        let beside = if written.folder == wanted { "" } else { &format!(" ({} is as it was)", shown(&wanted)) };
        if stopped {
            terminal::talk(&format!(
                "stopped: {kept} of {asked} replicates were finished and are kept in {folder}{beside}"
            ));
        } else {
            terminal::data(&effects(&results))?;
        }
        // after what was computed has been kept and said: a report can be made again
        if !self.report.no_report {
            report::write_into(&written.folder)?;
        }
        if stopped {
            return Ok(Ending::Stopped);
        }
        if !self.talk.quiet {
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

/// A folder as people would name it.
fn shown(folder: &Path) -> String {
    printable(&folder.strip_prefix(".").unwrap_or(folder).display().to_string())
}

/// The effects of the last year of a run on everybody, or a word on why there are none.
fn effects(results: &Results) -> String {
    let filter = Filter { period: LAST_YEAR.to_owned(), ..Filter::default() };
    let rows: Vec<Effect> = output::effects(results).filter(|effect| filter.takes(effect)).collect();
    let baseline = results.scenarios.first().map_or("", |scenario| &scenario.name);
    format!("{}\n", table::effects(&rows, baseline, terminal::width()))
}

/// Results as output wants them.
fn results(inputs: &Inputs, outcomes: Outcomes, timings: Timings) -> Results {
    let run = inputs.run();
    let scenarios = inputs.scenarios.iter().map(|scenario| ScenarioInfo {
        name: scenario.name.clone(),
        title: scenario.title.clone(),
        resolved: scenario.resolved.clone(),
    });
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
        scenarios: scenarios.collect(),
        slices: outcomes.slices,
        periods: outcomes.periods,
        replicate_numbers,
        outcomes: runs,
        replicates_asked: run.replicates,
        seed: run.seed,
        scale: run.scale,
        start: run.start,
        years: run.years,
        every: run.every.name().to_owned(),
        by: run.by.iter().map(|breakdown| breakdown.name().to_owned()).collect(),
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
    let of_scenarios = inputs.scenarios.iter().flat_map(|scenario| &scenario.files);
    let mut files: Vec<Input> = Vec::new();
    for file in inputs.world.files.iter().chain(of_scenarios) {
        let file = Input { name: file.name.clone(), sha256: file.sha256.clone() };
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
