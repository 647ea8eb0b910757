//! `rungs run`.

use super::ending::{Ending, Step};
use super::flags::{ScenarioFlags, TalkFlags, ThreadFlags};
use super::inputs::Inputs;
use super::progress::{Progress, Stop};
use super::{ensemble, terminal};
use crate::domain::Kind;
use crate::experiment::{self, Cost, Outcomes};
use crate::mistakes::printable;
use crate::output::{self, table};
use crate::output::{
    Claim, Effect, Filter, Format, Input, LAST_YEAR, Overwrite, Results, ScenarioInfo, Timings, claim,
};
use clap::{Args, ValueEnum};
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
    doubt: DoubtFlags,
    #[command(flatten)]
    place: PlaceFlags,
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
        let worlds = match self.doubt.parameters {
            Parameters::Point => Vec::new(),
            Parameters::Ensemble => ensemble::worlds(self.scenarios.world.as_deref(), usize::from(self.doubt.members))?,
        };
        let mut claim = self.claim(&inputs)?;
        let (cost, replicates) = times(&inputs, worlds.len());
        let progress = Progress::new(stop, &cost, replicates, self.talk.level());
        let simulate = || {
            let outcomes = experiment::run(&inputs.experiment(), &progress);
            (outcomes, ensemble::effects(&inputs, &worlds, &progress))
        };
        let (outcomes, members) = experiment::on_threads(threads, simulate).map_err(Ending::Failed)?;
        progress.clear();
        if members.count() > 0 {
            let mut bytes = Vec::new();
            members.write(&mut bytes).map_err(|error| Ending::of_output(&error))?;
            claim.add("uncertainty.csv", bytes);
        }
        let ending = self.keep(&inputs, outcomes, claim, &progress.timings(threads))?;
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
            return Ok(Ending::Stopped);
        }
        terminal::data(&effects(&results))?;
        if !self.talk.quiet {
            let speed = terminal::number(timings.person_months_per_second / 1e6, 1);
            let time = terminal::duration(timings.wall_seconds);
            terminal::talk(&format!(
                "\nresults in {folder}{beside} after {time}, {speed} million person-months a second"
            ));
        }
        Ok(Ending::Fine)
    }
}

/// The cost and replicates of a run with this many members of an ensemble beside it.
fn times(inputs: &Inputs, members: usize) -> (Cost, u32) {
    let runs = u32::try_from(members).unwrap_or(u32::MAX).saturating_add(1);
    let person_months = inputs.cost.person_months.saturating_mul(u64::from(runs));
    (Cost { person_months, ..inputs.cost }, inputs.run().replicates.saturating_mul(runs))
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
    let parts = [output::moves(results, terminal::width()), table::effects(&rows, baseline, terminal::width())];
    format!("{}\n", parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n"))
}

/// Results as output wants them.
pub(super) fn results(inputs: &Inputs, outcomes: Outcomes, timings: Timings) -> Results {
    let run = inputs.run();
    let scenarios = inputs.scenarios.iter().map(|scenario| ScenarioInfo {
        name: scenario.name.clone(),
        title: scenario.title.clone(),
        resolved: scenario.resolved.clone(),
    });
    let who_moved = outcomes.replicates.iter().map(|replicate| replicate.who_moved.clone()).collect();
    let (replicate_numbers, runs) =
        outcomes.replicates.into_iter().map(|replicate| (replicate.number, replicate.runs)).unzip();
    Results {
        world: inputs.world.name.clone(),
        region_names: inputs.world.regions.iter().map(|region| region.name.clone()).collect(),
        inputs: input_files(inputs),
        scenarios: scenarios.collect(),
        slices: outcomes.slices,
        periods: outcomes.periods,
        replicate_numbers,
        outcomes: runs,
        who_moved,
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
