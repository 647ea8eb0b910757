//! `rungs validate`.

use super::ending::{Ending, Step};
use super::flags::{StatusFlags, ThreadFlags, WorldFlag};
use super::inputs::scale_table_of;
use super::progress::Progress;
use super::stop::{Stop, undisturbed};
use super::whole::{ANY, ANY_SEED, ANY_YEARS, whole};
use super::{memory, terminal};
use crate::assure;
use crate::calibrate::{self, Agreement, Finding, Settings, Target, Use};
use crate::diagnostics::printable;
use crate::domain::Kind;
use crate::experiment::{Experiment, estimate};
use crate::folder::disk::check_writable;
use crate::scenario::{Flag, Overrides, Scenario};
use crate::threads;
use crate::world::World;
use clap::Args;
use comfy_table::{Cell, CellAlignment};
use std::path::PathBuf;
use std::sync::Arc;

const EXAMPLES: &str = "\
Examples:
  rungs validate
  rungs validate --scale 200 --replicates 4       quick and coarse
  rungs validate --out results/validation         table, plot and page as files

A simulated value passes inside the published 95% interval or, where none is published, within 1
percentage point of a share and 5% of anything else. The tables of published figures are
targets*.csv in the world folder.

Exit codes: 0 every fitted figure passes, 4 at least one is missed, 2 bad input or usage.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Validate {
    #[command(flatten)]
    baseline: BaselineFlags,
    #[command(flatten)]
    place: FolderFlags,
    #[command(flatten)]
    threads: ThreadFlags,
    #[command(flatten)]
    status: StatusFlags,
}

/// How the baseline of a world is simulated.
#[derive(Debug, Args)]
pub(super) struct BaselineFlags {
    #[command(flatten)]
    pub(super) world: WorldFlag,

    /// Seed of all random draws
    #[arg(long, value_name = "NUMBER", value_parser = whole::<u64>(ANY_SEED))]
    seed: Option<u64>,

    /// Times that the baseline is simulated, each with its own luck
    #[arg(long, value_name = "NUMBER", value_parser = whole::<u32>(ANY))]
    replicates: Option<u32>,

    /// People that one agent stands for; 1 simulates everyone
    #[arg(long, value_name = "PEOPLE", value_parser = whole::<u32>(ANY))]
    scale: Option<u32>,

    /// Years after the warm-up that are compared; the published figures are of about three
    #[arg(long, value_name = "YEARS", default_value_t = 3, value_parser = whole::<u16>(ANY_YEARS))]
    years: u16,
}

impl BaselineFlags {
    /// Takes these where nothing was asked for.
    pub(super) fn default_to(&mut self, scale: u32, replicates: u32) {
        self.scale.get_or_insert(scale);
        self.replicates.get_or_insert(replicates);
    }

    /// The baseline scenario with these settings.
    pub(super) fn scenario(&self, world: &World) -> Step<Scenario> {
        Ok(Scenario::load("baseline", &self.overrides(), world)?)
    }

    /// These settings as changes of a scenario.
    pub(super) fn overrides(&self) -> Overrides {
        let typed = [
            ("--seed", "run.seed", self.seed.map(|seed| seed.to_string())),
            ("--replicates", "run.replicates", self.replicates.map(|replicates| replicates.to_string())),
            ("--scale", "run.scale", self.scale.map(|scale| scale.to_string())),
            ("--years", "run.years", Some(self.years.to_string())),
        ];
        let flags = typed.into_iter().filter_map(|(name, key, value)| Some(Flag { name, key, value: value? }));
        Overrides { flags: flags.collect(), ..Overrides::default() }
    }
}

/// Where files go.
#[derive(Debug, Args)]
pub(super) struct FolderFlags {
    /// Folder for the tables and plots; nothing is written without it
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,

    /// Replace files that are there already
    #[arg(long, requires = "out")]
    pub(super) overwrite: bool,
}

impl FolderFlags {
    /// Writes whole files, or says why not.
    pub(super) fn write(&self, files: &[(&str, Vec<u8>)]) -> Step<()> {
        let Some(folder) = &self.out else { return Ok(()) };
        let written = undisturbed(|| calibrate::write_files(folder, files));
        written.map_err(|unwritten| Ending::Failed(printable(&unwritten.to_string())))
    }

    /// Refuses before anything is computed if a file is there and may not be replaced, or if none could be written.
    pub(super) fn check(&self, names: &[&str]) -> Step<()> {
        let Some(folder) = &self.out else { return Ok(()) };
        for path in names.iter().map(|name| folder.join(name)) {
            let file = printable(&path.display().to_string());
            if path.is_dir() {
                let hint = "--out takes another folder";
                return Err(Ending::Refused(format!("{file} is a folder, expected a file\n  hint: {hint}")));
            }
            if !self.overwrite && path.exists() {
                let hint = "--overwrite replaces it, and --out takes another folder";
                return Err(Ending::Refused(format!("{file} is there already\n  hint: {hint}")));
            }
        }
        Ok(check_writable(folder)?)
    }
}

/// The names of the files written.
const FILES: [&str; 3] = ["validation.csv", "validation.svg", "validation.md"];

impl Validate {
    pub(super) fn run(self) -> Step<Ending> {
        let stop = Stop::listen()?;
        self.place.check(&FILES)?;
        let world = self.baseline.world.load()?;
        let targets = calibrate::read(&world)?;
        if targets.is_empty() {
            let why = format!("found no published figures in the world {:?}, expected a targets.csv", world.name);
            return Err(Ending::Refused(why));
        }
        let scenario = self.baseline.scenario(&world)?;
        let run = &scenario.run;
        let settings = Settings {
            seed: run.seed,
            scale: run.scale,
            replicates: run.replicates,
            start: run.start,
            years: run.years,
        };
        let (scale_table, why_not) = scale_table_of(&world);
        why_not.iter().for_each(|remark| terminal::remark(remark));
        if let Some(note) = calibrate::scale_note(&scale_table, &world, run.scale) {
            terminal::remark(&format!("note: {note}"));
        }
        let Some(findings) = self.find(&world, scenario, &settings, &targets, stop)? else {
            terminal::status("stopped before every replicate was finished: there is nothing to compare");
            return Ok(Ending::Stopped);
        };
        terminal::data(&table(&targets, &findings))?;
        let mut csv = Vec::new();
        calibrate::write_findings(&targets, &findings, &mut csv)?;
        let plot = calibrate::plot_findings(&targets, &findings);
        let page = assure::validation_page(&world, &settings, &targets, &findings);
        self.place.write(&[(FILES[0], csv), (FILES[1], plot.into_bytes()), (FILES[2], page.into_bytes())])?;
        let is_missed =
            |(target, finding): (&Target, &Finding)| target.used == Use::Fitted && finding.verdict != Agreement::Pass;
        Ok(if targets.iter().zip(&findings).any(is_missed) { Ending::Missed } else { Ending::Fine })
    }

    fn find(
        &self,
        world: &World,
        baseline: Scenario,
        settings: &Settings,
        targets: &[Target],
        stop: Stop,
    ) -> Step<Option<Vec<Finding>>> {
        let threads = self.threads.count();
        let scenarios = [baseline];
        let Some(experiment) = Experiment::of(world, &scenarios) else { return Ok(None) };
        let cost = estimate(&experiment, threads);
        cost.objections("the baseline", memory::most_bytes()).or(())?;
        let progress = Progress::new(stop, &cost, settings.replicates, self.status.level());
        let sets = [Arc::new(world.baseline.clone())];
        let simulated = threads::on_threads(threads, || calibrate::simulate(&sets, targets, settings, &progress))?;
        progress.clear();
        Ok(simulated.into_iter().next().flatten().map(|replicates| calibrate::findings(targets, &replicates)))
    }
}

/// A table for each subject, and how many pass.
fn table(targets: &[Target], findings: &[Finding]) -> String {
    let mut text = String::new();
    let rows: Vec<(&Target, &Finding)> = targets.iter().zip(findings).collect();
    let mut subjects: Vec<&str> = Vec::new();
    for target in targets {
        if !subjects.contains(&target.subject.as_str()) {
            subjects.push(&target.subject);
        }
    }
    for subject in subjects {
        let mut table = terminal::plain_table();
        table.set_header([subject, "published", "interval", "simulated", "error", "", "fitted", "unit"]);
        for (target, finding) in rows.iter().filter(|(target, _)| target.subject == subject) {
            table.add_row(cells(target, finding));
        }
        text += &terminal::rendered(&mut table);
        text += "\n";
    }
    for used in [Use::Fitted, Use::OutOfSample] {
        text += &score(&rows, used);
    }
    text + "Errors are Monte Carlo standard errors of the mean over replicates.\n"
}

fn cells(target: &Target, finding: &Finding) -> [Cell; 8] {
    let right = |text: String| Cell::new(text).set_alignment(CellAlignment::Right);
    let number = |number: Option<f64>| right(number.map_or_else(String::new, terminal::brief));
    let interval = match (target.low, target.high) {
        (None, None) => String::new(),
        (low, high) => {
            let end = |end: Option<f64>| end.map_or_else(String::new, terminal::brief);
            format!("{} to {}", end(low), end(high))
        }
    };
    [
        Cell::new(printable(&target.name)),
        number(target.value),
        right(interval),
        number(finding.simulated),
        number(finding.mcse),
        Cell::new(match finding.verdict {
            Agreement::Pass => "pass".to_owned(),
            Agreement::Miss => format!("MISS by {}", terminal::brief(finding.off_by)),
            Agreement::Unknown => "UNKNOWN".to_owned(),
        }),
        Cell::new(match target.used {
            Use::Fitted => "yes",
            Use::OutOfSample => "no",
        }),
        Cell::new(&target.unit),
    ]
}

fn score(rows: &[(&Target, &Finding)], used: Use) -> String {
    let of: Vec<&&Finding> =
        rows.iter().filter(|(target, _)| target.used == used).map(|(_, finding)| finding).collect();
    let passed = of.iter().filter(|finding| finding.verdict == Agreement::Pass).count();
    let share = |part: usize| f64::from(u32::try_from(part).unwrap_or(u32::MAX));
    let percent = 100.0 * share(passed) / share(of.len().max(1));
    format!("{}: {passed} of {} pass ({})\n", used.name(), of.len(), format_args!("{percent:.0}%"))
}
