//! `rungs calibrate`.

use super::ending::{Ending, Step};
use super::flags::{StatusFlags, ThreadFlags, WorldFlag};
use super::progress::Progress;
use super::stop::Stop;
use super::validate::FolderFlags;
use super::whole::{ANY_SEED, ANY_YEARS, whole};
use super::{memory, terminal};
use crate::calibrate::{self, Ensemble, Evaluator, Fit, FitPlan, Halt, Settings, Target};
use crate::experiment::{Cost, Experiment, estimate};
use crate::scenario::{Overrides, Scenario};
use crate::threads;
use crate::world::{Fitted, World};
use clap::Args;
use std::fs;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  rungs calibrate --world scenarios/uk --out scenarios/uk --overwrite    fit the shipped world anew
  rungs calibrate --scale 4000 --replicates 2 --rounds 2 --members 4     a quick look

calibration.toml in the world folder says what is free; targets*.csv what is fitted. The fit starts from
the world without its fitted.csv. For the same version, world and settings it gives the same bytes, however
often it was stopped: Ctrl-C keeps every simulated point in OUT/.evaluations.csv, and the same command goes on.

Written: fitted.csv (the fitted conditions, read with the world), ensemble.csv (parameter sets that
agree with the figures), calibration-parameters.csv and calibration-identification.csv (what pins what).";

/// The names of the files written.
const FILES: [&str; 4] = ["fitted.csv", "ensemble.csv", "calibration-parameters.csv", "calibration-identification.csv"];
/// What was simulated already.
const MEMORY: &str = ".evaluations.csv";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Calibrate {
    #[command(flatten)]
    world: WorldFlag,

    #[command(flatten)]
    search: SearchFlags,

    #[command(flatten)]
    place: FolderFlags,
    #[command(flatten)]
    threads: ThreadFlags,
    #[command(flatten)]
    status: StatusFlags,
}

/// Settings laid over those of `calibration.toml`.
#[derive(Debug, Args)]
struct SearchFlags {
    /// Seed of simulations and search
    #[arg(long, value_name = "NUMBER", value_parser = whole::<u64>(ANY_SEED))]
    seed: Option<u64>,

    /// People that one agent stands for
    #[arg(long, value_name = "PEOPLE", value_parser = whole::<u32>(1..=1_000_000))]
    scale: Option<u32>,

    /// Replicates whose mean is fitted
    #[arg(long, value_name = "NUMBER", value_parser = whole::<u32>(1..=100_000))]
    replicates: Option<u32>,

    /// Points looked at before the search descends
    #[arg(long, value_name = "NUMBER")]
    starts: Option<usize>,

    /// Steps of the search
    #[arg(long, value_name = "NUMBER", value_parser = whole::<u16>(ANY_YEARS))]
    rounds: Option<u16>,

    /// Members of the ensemble
    #[arg(long, value_name = "NUMBER")]
    members: Option<usize>,
}

/// What is fitted to what, and where it is kept.
struct Task {
    world: World,
    targets: Vec<Target>,
    plan: FitPlan,
    settings: Settings,
    memory: PathBuf,
}

impl Calibrate {
    pub(super) fn run(self) -> Step<Ending> {
        let stop = Stop::listen()?;
        let folder = self.place.out.clone().unwrap_or_else(|| Path::new("results").join("calibration"));
        let place = FolderFlags { out: Some(folder.clone()), overwrite: self.place.overwrite };
        // Beside a search that goes on, the files of its fit are its own.
        let goes_on = folder.join(MEMORY).exists();
        place.check(if goes_on { &FILES[1..2] } else { &FILES })?;
        let task = self.task(&folder)?;
        let threads = self.threads.count();
        let (cost, runs) = cost(&task, threads)?;
        fs::create_dir_all(&folder)
            .map_err(|error| Ending::Failed(format!("cannot make {}: {error}", folder.display())))?;
        let progress = Progress::new(stop, &cost, runs, self.status.level());
        let found =
            threads::on_threads(threads, || search(&task, &progress, &mut |fit| place.write(&of_fit(&task, fit)?)));
        progress.clear();
        let (fit, ensemble) = match found? {
            Ok(found) => found,
            Err(Cut::Search(Halt::Stopped)) => {
                terminal::status("stopped: what was simulated is kept, and the same command goes on from there");
                return Ok(Ending::Stopped);
            }
            Err(Cut::Search(Halt::Refused(why))) => return Err(Ending::Failed(why)),
            Err(Cut::Files(ending)) => return Err(ending),
        };
        place.write(&of_ensemble(&task, &ensemble)?)?;
        terminal::data(&summary(&task, &fit, &ensemble))?;
        if ensemble.members.len() < task.plan.members {
            let (found, wanted, draws) = (ensemble.members.len(), task.plan.members, ensemble.draws);
            return Err(Ending::Failed(format!("found {found} members in {draws} draws, expected {wanted}")));
        }
        Ok(Ending::Fine)
    }

    fn task(&self, folder: &Path) -> Step<Task> {
        let world = self.world.read(Fitted::LeftOut)?;
        // Out-of-sample figures guide nothing here.
        let targets = calibrate::read_fitted(&world)?;
        let mut plan = FitPlan::read(&world, &targets)?;
        let flags = &self.search;
        plan.seed = flags.seed.unwrap_or(plan.seed);
        plan.scale = flags.scale.unwrap_or(plan.scale);
        plan.fine_scale = flags.scale.unwrap_or(plan.fine_scale);
        plan.replicates = flags.replicates.unwrap_or(plan.replicates);
        plan.starts = flags.starts.unwrap_or(plan.starts);
        plan.rounds = flags.rounds.map_or(plan.rounds, usize::from);
        plan.members = flags.members.unwrap_or(plan.members);
        let start = Scenario::load("baseline", &Overrides::default(), &world)?.run.start;
        let settings =
            Settings { seed: plan.seed, scale: plan.scale, replicates: plan.replicates, start, years: plan.years };
        let memory = folder.join(MEMORY);
        Ok(Task { world, targets, plan, settings, memory })
    }
}

/// Why there is no ensemble.
enum Cut {
    Search(Halt),
    Files(Ending),
}

/// The fit, which is kept as soon as it is found, and the ensemble; one line of status after each stage.
fn search(
    task: &Task,
    progress: &Progress,
    keep: &mut (dyn FnMut(&Fit) -> Step<()> + Send),
) -> Result<(Fit, Ensemble), Cut> {
    let memory = Some(task.memory.as_path());
    let mut evaluator =
        Evaluator::new(&task.world, &task.plan, &task.targets, task.settings, progress, memory).map_err(Cut::Search)?;
    let mut said = |line: &str| progress.say(line);
    let fit = calibrate::fit(&mut evaluator, &mut said).map_err(Cut::Search)?;
    keep(&fit).map_err(Cut::Files)?;
    let ensemble = calibrate::ensemble(&mut evaluator, &fit, &mut said).map_err(Cut::Search)?;
    Ok((fit, ensemble))
}

/// What the search would cost, and in how many runs, if every step were taken and two draws in three were members.
fn cost(task: &Task, threads: usize) -> Step<(Cost, u32)> {
    let run = Overrides {
        set: vec![
            format!("run.years={}", task.plan.years),
            format!("run.scale={}", task.plan.scale),
            format!("run.replicates={}", task.plan.replicates),
        ],
        ..Overrides::default()
    };
    let scenarios = [Scenario::load("baseline", &run, &task.world)?];
    let Some(experiment) = Experiment::of(&task.world, &scenarios) else {
        return Err(Ending::Failed("the baseline cannot be costed".to_owned()));
    };
    let one = estimate(&experiment, threads);
    let plan = &task.plan;
    let derivatives = plan.searched() * (1 + plan.rounds);
    let finer = usize::try_from(plan.scale / plan.fine_scale.max(1)).unwrap_or(1).max(1);
    let fine = finer * (1 + plan.fine_alignment_runs);
    let points = 1 + plan.starts + plan.rounds * (1 + plan.alignment_runs) + derivatives + fine + plan.members * 3 / 2;
    let times = u64::try_from(points).unwrap_or(u64::MAX);
    let cost = Cost { person_months: one.person_months.saturating_mul(times), ..one };
    cost.objections("calibration.toml", memory::most_bytes()).or(())?;
    let runs = u32::try_from(times.saturating_mul(u64::from(plan.replicates))).unwrap_or(u32::MAX);
    Ok((cost, runs))
}

fn of_fit(task: &Task, fit: &Fit) -> Step<[(&'static str, Vec<u8>); 3]> {
    Ok([
        (FILES[0], bytes(&|sink| calibrate::write_fitted(&task.world, &task.plan, &fit.point, sink))?),
        (FILES[2], bytes(&|sink| calibrate::write_parameters(&task.plan, fit, sink))?),
        (FILES[3], bytes(&|sink| calibrate::write_identification(&task.plan, &task.targets, fit, sink))?),
    ])
}

fn of_ensemble(task: &Task, ensemble: &Ensemble) -> Step<[(&'static str, Vec<u8>); 1]> {
    Ok([(FILES[1], bytes(&|sink| calibrate::write_ensemble(&task.plan, ensemble, sink))?)])
}

fn bytes(write: &dyn Fn(&mut Vec<u8>) -> std::io::Result<()>) -> Step<Vec<u8>> {
    let mut bytes = Vec::new();
    write(&mut bytes)?;
    Ok(bytes)
}

fn summary(task: &Task, fit: &Fit, ensemble: &Ensemble) -> String {
    let count = calibrate::count(&task.world, &task.plan);
    let share = 100.0 * calibrate::pass_share(&task.targets, &fit.answer);
    let mean = |values: &[f64]| {
        crate::statistics::mean(values).map_or_else(|| "-".to_owned(), |mean| format!("{:.0}%", 100.0 * mean))
    };
    format!(
        "fit: {share:.0}% of the fitted figures agree, at scale {} over {} replicates\n\
         ensemble: {} members from {} draws; on average {} of the fitted figures agree, at scale {}\n\
         free: {} parameters searched, of which the figures settle {:.0} and the prior the rest, and {} aligned; they set {} numbers of the world, and \
         {} stay as they are\n",
        task.plan.fine_scale,
        task.plan.replicates,
        ensemble.members.len(),
        ensemble.draws,
        mean(&ensemble.passed),
        task.plan.scale,
        count.searched,
        fit.settled(),
        count.aligned,
        count.touched,
        count.fixed,
    )
}
