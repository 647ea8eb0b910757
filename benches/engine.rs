//! How fast the engine lives through the real baseline: `cargo bench`.
//!
//! The unit is the person-month: one agent carried through one month, counted, in every market and
//! queue, under the built-in world's conditions. Two years after the warm-up are timed, three times.
//! About 10^5 people are what a replicate of an experiment has, and experiments keep all threads busy
//! with one replicate each; about 10^6 people are one large simulation that all threads share.
//! Nothing here is a test: a slow machine fails nothing. Arguments are ignored.

use rungs::calendar::Month;
use rungs::conditions::Conditions;
use rungs::engine::{Plan, Simulation, Survey};
use rungs::experiment::on_threads;
use rungs::world::World;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// People that one agent stands for, so that about 10^5 and 10^6 agents are in the model.
const SMALL_SCALE: u32 = 200;
const LARGE_SCALE: u32 = 21;
/// Months timed after the warm-up.
const MONTHS: u16 = 24;
/// Times that the same months are lived through.
const ROUNDS: usize = 3;
/// Bytes per person of the engine's columns: a 40-byte record and a wake month of two bytes.
const BYTES_PER_PERSON: usize = 40 + 2;

fn main() -> Result<(), String> {
    let world = World::uk().map_err(|mistakes| format!("the built-in world has {} mistakes", mistakes.list().len()))?;
    let bench = Bench {
        conditions: Arc::new(world.baseline.clone()),
        regions: world.regions.len(),
        threads: std::thread::available_parallelism().map_or(1, usize::from),
    };
    heading();
    bench.small()?;
    bench.large()?;
    line("");
    line("M/s is millions of person-months a second, warm-up rows once, the others best and median of three.");
    Ok(())
}

/// Person-months, and how long they took.
#[derive(Clone, Copy)]
struct Lap {
    person_months: u64,
    time: Duration,
}

impl Lap {
    fn rate(self) -> f64 {
        number(self.person_months) / self.time.as_secs_f64() / 1e6
    }
}

/// What all measurements share.
struct Bench {
    conditions: Arc<Conditions>,
    regions: usize,
    threads: usize,
}

impl Bench {
    /// One replicate on one thread, then as many at once as there are threads.
    fn small(&self) -> Result<(), String> {
        let mut alone = vec![self.start(SMALL_SCALE, 1)];
        let warm_up = self.timed(&mut alone, Self::warm_up)?;
        row(&alone, 1, "warm-up", &[warm_up]);
        row(&alone, 1, "two years", &self.rounds(&alone)?);
        if self.threads > 1 {
            let mut abreast: Vec<Simulation> =
                (1..).take(self.threads).map(|replicate| self.start(SMALL_SCALE, replicate)).collect();
            let warm_up = self.timed(&mut abreast, Self::warm_up)?;
            row(&abreast, self.threads, "warm-up", &[warm_up]);
            row(&abreast, self.threads, "two years", &self.rounds(&abreast)?);
        }
        Ok(())
    }

    /// One simulation on one thread, then the same on all threads.
    fn large(&self) -> Result<(), String> {
        let mut shared = self.start(LARGE_SCALE, 1);
        let warm_up = on_threads(self.threads, || time(|| self.warm_up(&mut shared)))?;
        let shared = [shared];
        row(&shared, self.threads, "warm-up", &[warm_up]);
        row(&shared, 1, "two years", &self.rounds(&shared)?);
        if self.threads > 1 {
            let mut laps = Vec::new();
            for _ in 0..ROUNDS {
                let mut fork = shared[0].clone();
                laps.push(on_threads(self.threads, || time(|| self.two_years(&mut fork)))?);
            }
            row(&shared, self.threads, "two years", &laps);
        }
        Ok(())
    }

    /// A simulation before its warm-up.
    fn start(&self, scale: u32, replicate: u32) -> Simulation {
        let start = Month::new(2025, 9).unwrap_or(Month(0));
        let regions = self.regions;
        let survey = Survey::NotTaken;
        Simulation::new(Plan {
            seed: 1,
            replicate,
            scale,
            start,
            months: MONTHS,
            months_per_period: 12,
            regions,
            survey,
        })
    }

    /// The same two years from the same past, each simulation on its own thread.
    fn rounds(&self, past: &[Simulation]) -> Result<Vec<Lap>, String> {
        (0..ROUNDS).map(|_| self.timed(&mut past.to_vec(), Self::two_years)).collect()
    }

    /// Does `work` with every simulation at once, each alone on a thread.
    fn timed(&self, simulations: &mut [Simulation], work: fn(&Self, &mut Simulation) -> u64) -> Result<Lap, String> {
        let mut done = Ok(0);
        let lap = time(|| {
            done = std::thread::scope(|scope| {
                let handles: Vec<_> = simulations
                    .iter_mut()
                    .map(|simulation| scope.spawn(|| on_threads(1, || work(self, simulation))))
                    .collect();
                let stopped = |_| Err("a simulation stopped with a fault".to_owned());
                handles.into_iter().map(|handle| handle.join().unwrap_or_else(stopped)).sum()
            });
            0
        });
        done.map(|person_months| Lap { person_months, ..lap })
    }

    fn warm_up(&self, simulation: &mut Simulation) -> u64 {
        let months = (Month::new(2025, 9).unwrap_or(Month(0)).0).saturating_sub(simulation.month().0);
        self.live(simulation, months)
    }

    fn two_years(&self, simulation: &mut Simulation) -> u64 {
        self.live(simulation, MONTHS)
    }

    /// Person-months of the next `months`.
    fn live(&self, simulation: &mut Simulation, months: u16) -> u64 {
        (0..months).fold(0, |person_months, _| {
            simulation.step(&self.conditions);
            person_months + u64::try_from(simulation.people()).unwrap_or(0)
        })
    }
}

#[expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
fn time(work: impl FnOnce() -> u64) -> Lap {
    let start = Instant::now();
    let person_months = work();
    Lap { person_months, time: start.elapsed() }
}

fn heading() {
    line(&format!(
        "{:>9}  {:>7}  {:<9}  {:>13}  {:>8}  {:>10}  {:>12}  {:>14}",
        "people", "threads", "what", "person-months", "seconds", "best M/s", "median M/s", "bytes a person"
    ));
}

/// One row of the table: the people of all simulations together, and the fastest and the middle lap.
fn row(simulations: &[Simulation], threads: usize, what: &str, laps: &[Lap]) {
    let people: usize = simulations.iter().map(Simulation::people).sum();
    let mut laps = laps.to_vec();
    laps.sort_by_key(|lap| lap.time);
    let (best, median) = (laps[0], laps[laps.len() / 2]);
    line(&format!(
        "{people:>9}  {threads:>7}  {what:<9}  {:>13}  {:>8.3}  {:>10.1}  {:>12.1}  {BYTES_PER_PERSON:>14}",
        best.person_months,
        best.time.as_secs_f64(),
        best.rate(),
        median.rate(),
    ));
}

#[expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
fn line(text: &str) {
    println!("{text}");
}

#[expect(clippy::cast_precision_loss, reason = "a rate needs no more than 53 bits")]
fn number(count: u64) -> f64 {
    count as f64
}
