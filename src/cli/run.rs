//! `rungs run`.

use super::ending::{Ending, Step};
use super::flags::{HalfWidthFlags, PanelFlags, ScenarioFlags, StatusFlags, ThreadFlags, UntilFlags};
use super::inputs::Inputs;
use super::progress::Progress;
use super::stop::Stop;
use super::whole::whole;
use super::{ensemble, report, terminal};
use crate::diagnostics::printable;
use crate::experiment::{self, Cost};
use crate::folder::claim::{Claim, Written, claim};
use crate::folder::disk::Overwrite;
use crate::folder::manifest::RunStatus;
use crate::report::RunTables;
use crate::results::about::{PeriodRows, Precision};
use crate::results::run::Results;
use crate::results::table::Format;
use crate::results::tables::cost_effectiveness::{UNCERTAIN_RATIOS, write_uncertain_ratios};
use crate::results::tables::costs::{UNCERTAIN_COSTS, write_uncertain_costs};
use crate::results::tables::parameters::{PARAMETERS, parameters, write_parameters};
use crate::results::tables::uncertainty::{MemberEffects, UNCERTAINTY};
use crate::statistics::FEWEST_EQUAL;
use crate::text::headline::headlines;
use crate::text::layout::wrapped;
use crate::text::money_table;
use crate::threads;
use crate::world::World;
use clap::{Args, ValueEnum};
use std::io;
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

Ctrl-C ends the simulation within two seconds and writes every finished replicate; a second one
changes nothing, so that none is lost, and Ctrl-\\ ends at once.
Results that --overwrite was to replace stay; those of the stopped run go beside them.";

/// Members of the ensemble when nobody says how many.
const MEMBERS: u16 = 20;

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
    status: StatusFlags,
}

/// Which parameters the world has.
#[derive(Debug, Args)]
struct DoubtFlags {
    /// Parameters of the world; an ensemble tells doubt about them apart from luck (uncertainty.csv)
    #[arg(long, value_enum, default_value_t = Parameters::Point)]
    parameters: Parameters,

    /// Members of the ensemble, each simulated as often as the point; 20 without it
    #[arg(long, value_name = "NUMBER", value_parser = whole::<u16>(2..=10_000))]
    members: Option<u16>,
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
    pub(super) fn run(self) -> Step<Ending> {
        let stop = Stop::listen()?;
        let inputs = self.inputs()?;
        let worlds = self.worlds()?;
        let claim = self.claim(&inputs)?;
        let (results, members) = self.simulate(&inputs, &worlds, stop)?;
        let ending = self.keep(&inputs, &results, &members, claim)?;
        if members.count() < worlds.len() {
            terminal::status(&format!("stopped: {} of {} members are kept", members.count(), worlds.len()));
            return Ok(Ending::Stopped);
        }
        Ok(ending)
    }

    /// What is to be run, with a word on what is hardly meant.
    fn inputs(&self) -> Step<Inputs> {
        let most = |replicates| self.until.most(replicates);
        let inputs = Inputs::load(&self.scenarios, self.panel.panel, self.threads.count(), most)?;
        if inputs.scenarios.len() < 2 && !self.until.until_mcse.is_empty() {
            let why = "--until-mcse: found the baseline alone, expected a scenario whose effect is to be as precise";
            return Err(Ending::Refused(why.to_owned()));
        }
        if !self.status.quiet {
            inputs.remarks().iter().for_each(|remark| terminal::remark(remark));
        }
        Ok(inputs)
    }

    /// The worlds of the ensemble, if one was asked for.
    fn worlds(&self) -> Step<Vec<World>> {
        match self.doubt.parameters {
            Parameters::Point if self.doubt.members.is_some() => Err(Ending::Refused(
                "--members: found no ensemble to take them from, expected --parameters ensemble beside it".to_owned(),
            )),
            Parameters::Point => Ok(Vec::new()),
            Parameters::Ensemble => {
                ensemble::worlds(&self.scenarios.world, usize::from(self.doubt.members.unwrap_or(MEMBERS)))
            }
        }
    }

    /// Runs the scenarios in the world and, each member with luck of its own, in those of the ensemble.
    fn simulate(&self, inputs: &Inputs, worlds: &[World], stop: Stop) -> Step<(Results, MemberEffects)> {
        let threads = self.threads.count();
        let asked = inputs.run().replicates;
        let most = self.until.most(asked).unwrap_or(asked);
        let (cost, replicates) = times(inputs, most, worlds.len());
        let progress = Progress::new(stop, &cost, replicates, self.status.level());
        let work = || {
            let until = experiment::run_until(&inputs.experiment(), &self.until.wanted(), most, &progress);
            (until, ensemble::members(inputs, worlds, most, &progress))
        };
        let (until, members) = threads::on_threads(threads, work)?;
        progress.clear();
        let mut results = inputs.results(until, progress.timings(threads));
        results.options.half_widths = self.half_widths.asked();
        results.options.period_rows = self.tables.period_rows();
        Ok((results, members))
    }

    fn claim(&self, inputs: &Inputs) -> Step<Claim> {
        let out = self.place.out.clone().unwrap_or_else(|| default_folder(inputs, &self.scenarios.files));
        let overwrite = if self.place.overwrite { Overwrite::Replace } else { Overwrite::Refuse };
        Ok(claim(&out, overwrite)?)
    }

    /// Writes what was finished and says so.
    fn keep(&self, inputs: &Inputs, results: &Results, members: &MemberEffects, claim: Claim) -> Step<Ending> {
        let (kept, asked) = (results.outcomes.replicates.len(), results.settings.replicates);
        if kept == 0 {
            terminal::status("stopped before any replicate was finished: nothing was kept");
            return Ok(Ending::Stopped);
        }
        if u32::try_from(kept).is_ok_and(|kept| kept < asked) && !self.status.quiet {
            terminal::status(&format!("stopping: writing the {kept} replicates that were finished"));
        }
        let wanted = claim.folder().to_owned();
        let written = self.write(inputs, results, members, claim)?;
        let folder = shown(&written.folder);
        let beside = if written.folder == wanted { "" } else { &format!(" ({} is as it was)", shown(&wanted)) };
        let is_stopped = written.manifest.status == RunStatus::Stopped;
        if is_stopped {
            terminal::status(&format!(
                "stopped: {kept} of {asked} replicates were finished and are kept in {folder}{beside}"
            ));
        } else {
            terminal::data(&summary(results, members, &folder))?;
        }
        // after what was computed has been kept and said: a report can be made again
        let has_report = !self.report.no_report && self.report(results, members, &written);
        let to_read = if has_report { "; open report.html there to read them" } else { "" };
        if is_stopped {
            return Ok(Ending::Stopped);
        }
        if !self.status.quiet {
            self.say_how_it_went(results, &format!("{folder}{beside}"), to_read);
        }
        Ok(Ending::Fine)
    }

    /// Writes the folder, with what does not follow from results beside them.
    fn write(&self, inputs: &Inputs, results: &Results, members: &MemberEffects, mut claim: Claim) -> Step<Written> {
        if members.count() > 0 {
            claim.add(UNCERTAINTY, bytes(|sink| members.write(sink))?);
            claim.add(UNCERTAIN_COSTS, bytes(|sink| write_uncertain_costs(members, sink))?);
            claim.add(UNCERTAIN_RATIOS, bytes(|sink| write_uncertain_ratios(members, sink))?);
        }
        claim.add(PARAMETERS, bytes(|sink| write_parameters(&parameters(&inputs.world), sink))?);
        let formats = match self.place.format {
            SeriesFormat::Parquet => &[][..],
            SeriesFormat::Csv => &[Format::Csv],
        };
        Ok(threads::on_threads_if_any(self.threads.count(), || claim.write(results, formats))?)
    }

    /// Writes the report; whether there is one. Results without it are whole.
    fn report(&self, results: &Results, members: &MemberEffects, written: &Written) -> bool {
        let tables = RunTables::of(results, members, &written.manifest);
        let Err(why) = report::write_into(&written.folder, &tables) else { return true };
        let folder = shown(&written.folder);
        terminal::status(&format!(
            "warning: the results are whole, but there is no report of them: {why}\n  hint: rungs report {folder}"
        ));
        false
    }

    /// Says how precise effects became, where results are, and how long it took.
    fn say_how_it_went(&self, results: &Results, folder: &str, to_read: &str) {
        let kept = results.outcomes.replicates.len();
        results.options.until.iter().for_each(|precision| terminal::status(&said_of(precision, kept)));
        let timings = &results.timings;
        let speed = terminal::number(timings.person_months_per_second / 1e6, 1);
        let time = terminal::duration(timings.wall_seconds);
        terminal::remark(&format!(
            "\nresults in {folder} after {time}, {speed} million person-months a second{to_read}"
        ));
    }
}

/// What `write` writes.
fn bytes(write: impl Fn(&mut Vec<u8>) -> io::Result<()>) -> Step<Vec<u8>> {
    let mut bytes = Vec::new();
    write(&mut bytes)?;
    Ok(bytes)
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
    let more = match (reached, replicates >= FEWEST_EQUAL) {
        (true, true) => "",
        (true, false) => ": too few to be sure of it, --max-replicates allows more",
        (false, _) => ": not reached, --max-replicates allows more",
    };
    let wanted = terminal::brief(wanted);
    format!("\n{measure}: Monte Carlo standard error {found} after {replicates} replicates, asked {wanted}{more}")
}

/// The headline effects of each scenario on one screen, and where the rest is.
fn summary(results: &Results, members: &MemberEffects, folder: &str) -> String {
    let several = if results.scenarios.len() > 2 { ", --between" } else { "" };
    let more = format!("more: rungs compare {folder} (--measure KEY, --region each, --costs{several})");
    let parts = [
        headlines(results, &members.rows(), Some(terminal::width_or_usual())),
        money_table::scaled(&results.scenarios),
        more,
    ];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("{}\n", wrapped(&parts.join("\n"), usize::from(terminal::width_or_usual())))
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
