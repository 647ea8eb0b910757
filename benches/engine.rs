//! How fast the engine lives through the real baseline: `cargo bench --bench engine`, and with `-- full` also
//! everybody in the United Kingdom, which takes some minutes.
//!
//! The unit is the person-month: one agent carried through one month, counted, in every market and
//! queue, under the built-in world's conditions. The table has sizes from 10^4 people to everybody, on one
//! thread and on all; then where a month's time goes; then how fast this machine copies memory, which no
//! engine that has to move its people can beat. About 10^5 people are what a replicate of an experiment
//! has, and experiments keep all threads busy with one replicate each.
//! Nothing here is a test: a slow machine fails nothing.

use rungs::calendar::Month;
use rungs::conditions::Conditions;
use rungs::domain::Kind;
use rungs::engine::{Phase, Plan, Simulation, Survey};
use rungs::threads::{ThreadsRefused, on_threads};
use rungs::world::World;
use std::error::Error;
use std::sync::Arc;
use std::thread::ScopedJoinHandle;
use std::time::{Duration, Instant};
use strum::VariantArray;

/// People that one agent stands for, so that about 10^4, 10^5 and 10^6 agents are in the model.
const SCALES: [u32; 3] = [2_000, 200, 21];
/// The scale at which phases are told apart.
const PHASE_SCALE: u32 = 100;
/// Months timed after the warm-up.
const MONTHS: u16 = 24;
/// Times that the same months are lived through.
const ROUNDS: usize = 5;
/// Bytes that are copied to learn the machine's memory rate.
const COPIED: usize = 256 << 20;

fn main() -> Result<(), Box<dyn Error>> {
    let world = World::uk()?;
    let bench = Bench {
        conditions: Arc::new(world.baseline.clone()),
        regions: world.regions.len(),
        threads: std::thread::available_parallelism().map_or(1, usize::from),
    };
    line(&format!("a person takes {} bytes: a record of {}, and two months", bench.bytes(), bench.bytes() - 4));
    heading();
    for scale in SCALES {
        bench.size(scale)?;
    }
    if std::env::args().any(|argument| argument == "full") {
        bench.everybody()?;
    }
    bench.phases()?;
    copying();
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
    /// One simulation on one thread, and on all: a small one as often at once as there are threads, as experiments
    /// do it, a large one shared.
    fn size(&self, scale: u32) -> Result<(), Box<dyn Error>> {
        let mut alone = vec![self.start(scale, 1)];
        let warm_up = self.timed(&mut alone, Self::warm_up)?;
        row(&alone, 1, "warm-up", &[warm_up]);
        row(&alone, 1, "two years", &self.rounds(&alone)?);
        if self.threads == 1 {
            return Ok(());
        }
        if alone[0].people() > 500_000 {
            let mut laps = Vec::new();
            for _ in 0..ROUNDS {
                let mut fork = alone[0].clone();
                laps.push(on_threads(self.threads, || time(|| self.two_years(&mut fork)))?);
            }
            row(&alone, self.threads, "two years", &laps);
            return Ok(());
        }
        let mut abreast: Vec<Simulation> =
            (1..).take(self.threads).map(|replicate| self.start(scale, replicate)).collect();
        let warm_up = self.timed(&mut abreast, Self::warm_up)?;
        row(&abreast, self.threads, "warm-up", &[warm_up]);
        row(&abreast, self.threads, "two years", &self.rounds(&abreast)?);
        Ok(())
    }

    /// Everybody: warm-up and two years, on all threads and then on one.
    fn everybody(&self) -> Result<(), Box<dyn Error>> {
        for threads in [self.threads, 1] {
            let mut simulation = self.start(1, 1);
            let warm_up = on_threads(threads, || time(|| self.warm_up(&mut simulation)))?;
            let lived = on_threads(threads, || time(|| self.two_years(&mut simulation)))?;
            let simulation = [simulation];
            row(&simulation, threads, "warm-up", &[warm_up]);
            row(&simulation, threads, "two years", &[lived]);
        }
        Ok(())
    }

    /// Where the time of a month goes, on one thread.
    fn phases(&self) -> Result<(), Box<dyn Error>> {
        let mut spent = vec![Duration::ZERO; Phase::VARIANTS.len()];
        let mut person_months = 0;
        on_threads(1, || {
            let mut simulation = self.start(PHASE_SCALE, 1);
            self.warm_up(&mut simulation);
            for _ in 0..MONTHS {
                let mut since = now();
                simulation.step_watched(&self.conditions, &mut |phase| {
                    spent[phase as usize] += since.elapsed();
                    since = now();
                });
                person_months += u64::try_from(simulation.people()).unwrap_or(0);
            }
        })?;
        line("");
        line(&format!("{:<28}  {:>15}  {:>6}", "part of a month, one thread", "ns/person-month", "share"));
        let total: Duration = spent.iter().sum();
        for (phase, spent) in Phase::VARIANTS.iter().zip(&spent) {
            let each = spent.as_secs_f64() * 1e9 / number(person_months);
            let share = 100.0 * spent.as_secs_f64() / total.as_secs_f64();
            line(&format!("{:<28}  {each:>15.2}  {share:>5.1}%", phase.name()));
        }
        Ok(())
    }

    /// A simulation before its warm-up.
    fn start(&self, scale: u32, replicate: u32) -> Simulation {
        let start = Month::new(2025, 9).unwrap_or(Month(0));
        let (regions, survey) = (self.regions, Survey::NotTaken);
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

    fn bytes(&self) -> usize {
        self.start(1_000, 1).bytes_per_person()
    }

    /// The same two years from the same past, each simulation on its own thread.
    fn rounds(&self, past: &[Simulation]) -> Result<Vec<Lap>, Box<dyn Error>> {
        (0..ROUNDS).map(|_| self.timed(&mut past.to_vec(), Self::two_years)).collect()
    }

    /// Does `work` with every simulation at once, each alone on a thread.
    fn timed(
        &self,
        simulations: &mut [Simulation],
        work: fn(&Self, &mut Simulation) -> u64,
    ) -> Result<Lap, Box<dyn Error>> {
        let mut done = Ok(0);
        let lap = time(|| {
            done = std::thread::scope(|scope| {
                let handles: Vec<_> = simulations
                    .iter_mut()
                    .map(|simulation| scope.spawn(|| on_threads(1, || work(self, simulation))))
                    .collect();
                let joined = |handle: ScopedJoinHandle<'_, Result<u64, ThreadsRefused>>| {
                    let done = handle.join().map_err(|_| "a simulation stopped with a fault")?;
                    Ok::<u64, Box<dyn Error>>(done?)
                };
                handles.into_iter().map(joined).sum()
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

/// How fast this machine copies memory, best of some.
fn copying() {
    let from = vec![1u8; COPIED];
    let mut to = vec![0u8; COPIED];
    let best = (0..ROUNDS)
        .map(|_| {
            let started = now();
            std::hint::black_box(&mut to).copy_from_slice(std::hint::black_box(&from));
            started.elapsed()
        })
        .min()
        .unwrap_or_default();
    let bytes = 2.0 * number(u64::try_from(COPIED).unwrap_or(0));
    line("");
    line(&format!("memory copied at {:.1} GB/s, read and written, one thread", bytes / best.as_secs_f64() / 1e9));
}

#[expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
fn now() -> Instant {
    Instant::now()
}

fn time(work: impl FnOnce() -> u64) -> Lap {
    let start = now();
    let person_months = work();
    Lap { person_months, time: start.elapsed() }
}

fn heading() {
    line(&format!(
        "{:>9}  {:>7}  {:<9}  {:>13}  {:>8}  {:>10}  {:>12}",
        "people", "threads", "what", "person-months", "seconds", "best M/s", "median M/s"
    ));
}

/// One row of the table: the people of all simulations together, and the fastest and the middle lap.
fn row(simulations: &[Simulation], threads: usize, what: &str, laps: &[Lap]) {
    let people: usize = simulations.iter().map(Simulation::people).sum();
    let mut laps = laps.to_vec();
    laps.sort_by_key(|lap| lap.time);
    let (best, median) = (laps[0], laps[laps.len() / 2]);
    line(&format!(
        "{people:>9}  {threads:>7}  {what:<9}  {:>13}  {:>8.3}  {:>10.1}  {:>12.1}",
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
