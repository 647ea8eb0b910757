//! `rungs assure`.

use super::ending::{Ending, Step};
use super::flags::{StatusFlags, ThreadFlags};
use super::progress::Progress;
use super::stop::Stop;
use super::validate::{BaselineFlags, FolderFlags};
use super::{memory, terminal};
use crate::assure::{self, Assurance};
use crate::calibrate::{self, Settings};
use crate::experiment::{self, Experiment, estimate};
use crate::outcomes::{known_measure, measures};
use crate::threads;
use clap::Args;
use std::sync::Arc;

const EXAMPLES: &str = "\
Examples:
  rungs assure
  rungs assure --out assurance --scale 200 --replicates 10
  rungs assure --measure upward_mobility.30 --out assurance

Each condition of the world is scaled by a tenth, alone, from the run's first month on, and the measure (everybody, last
12 months) is compared with the baseline, replicate by replicate. The checks that the program can make of itself are made;
those that only its tests can make are listed as not run. With --out: assumptions.csv, qa.csv, validation.csv, assurance.md.";

/// The names of the files written.
const FILES: [&str; 4] = ["assumptions.csv", "qa.csv", "validation.csv", "assurance.md"];
/// People an agent stands for unless another number is asked for: every condition takes a run of its own.
const USUAL_SCALE: u32 = 2_000;
/// Replicates unless another number is asked for.
const USUAL_REPLICATES: u32 = 6;

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Assure {
    #[command(flatten)]
    baseline: BaselineFlags,

    /// The measure whose change shows what an assumption matters (see `rungs list measures`)
    #[arg(long, value_name = "KEY", default_value = "neet_rate")]
    measure: String,

    #[command(flatten)]
    place: FolderFlags,
    #[command(flatten)]
    threads: ThreadFlags,
    #[command(flatten)]
    status: StatusFlags,
}

impl Assure {
    pub(super) fn run(mut self) -> Step<Ending> {
        let stop = Stop::listen()?;
        self.place.check(&FILES)?;
        let measure = known_measure(&self.measure).map_err(|why| Ending::Refused(format!("--measure: {why}")))?;
        self.baseline.default_to(USUAL_SCALE, USUAL_REPLICATES);
        let world = self.baseline.world.load()?;
        let baseline = self.baseline.scenario(&world)?;
        let targets = calibrate::read(&world)?;
        let (scenarios, plan) = assure::plan(&world, &baseline, &self.baseline.overrides());
        let small = assure::scenarios(&world, &baseline, &self.baseline.overrides())?;
        let threads = self.threads.count();
        let Some(experiment) = Experiment::of(&world, &scenarios) else { return Ok(Ending::Fine) };
        let cost = estimate(&experiment, threads);
        cost.objections("the baseline", memory::most_bytes()).or(())?;
        let run = &baseline.run;
        let progress = Progress::new(stop, &cost, run.replicates, self.status.level());
        let work = || {
            let outcomes = experiment::run(&experiment, &progress);
            let settings = Settings {
                seed: run.seed,
                scale: run.scale,
                replicates: run.replicates,
                start: run.start,
                years: run.years,
            };
            let simulated = calibrate::simulate(&[Arc::new(world.baseline.clone())], &targets, &settings, &progress);
            (outcomes, simulated)
        };
        let (outcomes, simulated) = threads::on_threads(threads, work)?;
        progress.clear();
        let person_months_per_second = progress.timings(threads).person_months_per_second;
        let is_whole = u32::try_from(outcomes.replicates.len()).is_ok_and(|kept| kept == run.replicates);
        let Some(replicates) = simulated.into_iter().next().flatten().filter(|_| is_whole) else {
            terminal::status("stopped before every replicate was finished: nothing was kept");
            return Ok(Ending::Stopped);
        };
        let index = measures().iter().position(|known| known.key == measure.key).unwrap_or(0);
        let found = Assurance {
            assumptions: assure::assumptions(&world, &plan, &outcomes, index),
            checked: assure::checks(&world, &small, threads)?,
            findings: calibrate::findings(&targets, &replicates),
            person_months_per_second,
            world: &world,
            baseline: &baseline,
            measure,
            targets,
        };
        self.keep(&found)?;
        terminal::data(&summary(&found))?;
        let failed = found.checked.iter().any(|check| !check.holds);
        if failed {
            Err(Ending::Failed("a check of the program by itself does not hold".to_owned()))
        } else {
            Ok(Ending::Fine)
        }
    }

    fn keep(&self, found: &Assurance<'_>) -> Step<()> {
        let wrong = |error: std::io::Error| Ending::from(error);
        let mut validation = Vec::new();
        calibrate::write_findings(&found.targets, &found.findings, &mut validation).map_err(wrong)?;
        let assumptions = assure::write_assumptions(&found.assumptions, found.measure).map_err(wrong)?;
        let checks = assure::write_checks(&found.checked).map_err(wrong)?;
        let text = assure::markdown(found);
        let files = [assumptions, checks, validation, text.into_bytes()];
        self.place.write(&FILES.into_iter().zip(files).collect::<Vec<_>>())
    }
}

/// The checks, and the assumptions that matter most.
fn summary(found: &Assurance<'_>) -> String {
    let mut checks = terminal::plain_table();
    checks.set_header(["check", "", "found"]);
    for check in &found.checked {
        checks.add_row([check.name, if check.holds { "holds" } else { "DOES NOT HOLD" }, &check.found]);
    }
    let mut most = terminal::plain_table();
    most.set_header(["assumption", "change by a tenth changes it by", "95% interval", "confidence"]);
    for assumption in assure::by_size(&found.assumptions).into_iter().take(10) {
        let (change, interval) = assumption.said(found.measure);
        most.add_row([assumption.spec.name.to_owned(), change, interval, assumption.confidence.clone()]);
    }
    let not_varied = found.assumptions.iter().filter(|one| one.not_varied.is_some()).count();
    format!(
        "{}\nwhat {} depends on most, of {} conditions ({not_varied} of them not varied)\n{}",
        terminal::rendered(&mut checks),
        found.measure.label,
        found.assumptions.len(),
        terminal::rendered(&mut most)
    )
}
