//! `rungs scale`.

use super::ending::{Ending, Step};
use super::flags::{StatusFlags, ThreadFlags, WorldFlag};
use super::memory;
use super::progress::Progress;
use super::stop::Stop;
use super::terminal;
use super::validate::FolderFlags;
use super::whole::{ANY_YEARS, whole};
use crate::calibrate::{scale_table, write_scale_table};
use crate::experiment::{self, Experiment, Outcomes, estimate};
use crate::scenario::{Flag, Overrides, Scenario};
use crate::threads;
use crate::world::{SCALE_TABLE, World};
use clap::Args;

const EXAMPLES: &str = "\
Examples:
  rungs scale --out scenarios/uk --overwrite
  rungs scale --world my-world --scales 50,100,500 --replicates 20

Simulates the baseline at each scale and prints how far its levels are from those of the first, which is
the finest. A world with this table (scale.csv in its folder) says so in coarse runs.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Scale {
    #[command(flatten)]
    world: WorldFlag,

    /// Numbers of people that one agent stands for, the finest first
    #[arg(
        long,
        value_name = "PEOPLE,...",
        value_delimiter = ',',
        value_parser = whole::<u32>(1..=1_000_000),
        default_value = "20,50,100,200,500,1000,2000,5000,10000"
    )]
    scales: Vec<u32>,

    /// Times that the baseline is simulated at the coarser half of the scales; at the finer ones a quarter of it
    #[arg(long, value_name = "NUMBER", default_value_t = 40, value_parser = whole::<u32>(2..=100_000))]
    replicates: u32,

    /// Years after the warm-up that are compared
    #[arg(long, value_name = "YEARS", default_value_t = 5, value_parser = whole::<u16>(ANY_YEARS))]
    years: u16,

    #[command(flatten)]
    place: FolderFlags,
    #[command(flatten)]
    threads: ThreadFlags,
    #[command(flatten)]
    status: StatusFlags,
}

impl Scale {
    pub(super) fn run(self) -> Step<Ending> {
        if self.scales.len() < 2 || !self.scales.is_sorted_by(|finer, coarser| finer < coarser) {
            let why = "--scales: expected two or more numbers of people, each larger than the one before";
            return Err(Ending::Refused(why.to_owned()));
        }
        let stop = Stop::listen()?;
        self.place.check(&[SCALE_TABLE])?;
        let world = self.world.load()?;
        let mut by_scale = Vec::new();
        for (at, scale) in self.scales.iter().enumerate() {
            let is_fine = 2 * at < self.scales.len();
            let replicates = if is_fine { self.replicates.div_ceil(4).max(2) } else { self.replicates };
            let outcomes = self.simulate(&world, *scale, replicates, stop.clone())?;
            if outcomes.replicates.len() < usize::try_from(replicates).unwrap_or(usize::MAX) {
                terminal::status("stopped before every scale was simulated: there is nothing to compare");
                return Ok(Ending::Stopped);
            }
            by_scale.push((*scale, outcomes));
        }
        let mut table = Vec::new();
        write_scale_table(&scale_table(world.regions.len(), &by_scale), &world, &mut table)?;
        terminal::data(&String::from_utf8_lossy(&table))?;
        self.place.write(&[(SCALE_TABLE, table)])?;
        Ok(Ending::Fine)
    }

    fn simulate(&self, world: &World, scale: u32, replicates: u32, stop: Stop) -> Step<Outcomes> {
        let typed = [
            ("--scales", "run.scale", scale.to_string()),
            ("--replicates", "run.replicates", replicates.to_string()),
            ("--years", "run.years", self.years.to_string()),
            ("--scales", "run.by", "[\"residence\"]".to_owned()),
        ];
        let flags = typed.map(|(name, key, value)| Flag { name, key, value }).to_vec();
        let scenarios = [Scenario::load("baseline", &Overrides { flags, ..Overrides::default() }, world)?];
        let Some(experiment) = Experiment::of(world, &scenarios) else {
            return Err(Ending::Refused("found no scenario, expected the baseline".to_owned()));
        };
        let threads = self.threads.count();
        let cost = estimate(&experiment, threads);
        cost.objections("the baseline", memory::most_bytes()).or(())?;
        let progress = Progress::new(stop, &cost, replicates, self.status.level());
        let outcomes = threads::on_threads(threads, || experiment::run(&experiment, &progress))?;
        progress.clear();
        Ok(outcomes)
    }
}
