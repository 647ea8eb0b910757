//! A small reference workload on the engine's own parts: `cargo bench --bench reference -- PEOPLE THREADS SEED`.
//!
//! Monthly transitions between nine states with rationed jobs, the same in any framework, so that
//! implementations can be compared: hazards that fall with months in a state, destinations by
//! qualification, vacancies by region and tier given out by lot, qualifications and pay. The numbers
//! are in `tables.txt`. It prints one line of JSON: speed, and what the population looks like in the end.
//!
//! It is lived as the engine lives: a wake month for each person, draws keyed by person and month, one
//! draw a spell where hazards are known in advance, and pay worked out when somebody looks.

mod tables;

use rayon::prelude::*;
use rungs::engine::due;
use rungs::experiment::on_threads;
use rungs::random::{Luck, PersonLuck, Purpose, exponential, normal, uniform};
use std::time::{Duration, Instant};
use tables::{QUALIFICATIONS, REGIONS, STATES, TIERS, Tables};

const MONTHS: u16 = 120;
/// The first month, so that spells that began before it have a month too.
const START: u16 = 400;
const NEVER: u16 = u16::MAX;
const CHUNK: usize = 16_384;
/// The first state that is a job.
const FIRST_JOB: usize = 6;
const UNEMPLOYED: usize = 4;
/// Log pay a month in a job, and its noise.
const DRIFT: f64 = 0.002;
const NOISE: f64 = 0.02;

fn main() -> Result<(), String> {
    let numbers: Vec<u64> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let number = |at: usize, default: u64| numbers.get(at).copied().unwrap_or(default);
    let (people, threads, seed) = (number(0, 1_000_000), number(1, 1), number(2, 1));
    let threads = usize::try_from(threads).map_err(|_| "too many threads")?;
    let people = u32::try_from(people).map_err(|_| "too many people")?;
    let tables = Tables::read(include_str!("tables.txt"))?;
    let line = on_threads(threads, || {
        let (mut model, init) = time(|| Model::new(&tables, people, seed));
        let ((), lived) = time(|| (0..MONTHS).for_each(|month| model.step(START + month)));
        model.line(threads, init, lived)
    })?;
    print(&line);
    Ok(())
}

/// One person. Age and months in a state follow from the months of birth and entry.
#[derive(Clone, Copy)]
struct Person {
    luck: PersonLuck,
    birth: u16,
    since: u16,
    region: u8,
    class: u8,
    state: u8,
    qualification: u8,
}

impl Person {
    fn state(&self) -> usize {
        usize::from(self.state)
    }

    fn region(&self) -> usize {
        usize::from(self.region)
    }

    /// The month in which this person leaves the present state, from `month` on; one draw for the spell.
    fn plan(&self, tables: &Tables, month: u16) -> u16 {
        let rate = tables.rate(self.state(), usize::from(self.qualification), usize::from(self.class), self.region());
        let [word, ..] = self.luck.words(month, Purpose::Clocks, 0);
        let so_far = tables.exposure[usize::from(month - self.since)];
        let target = so_far + exponential(word) / rate;
        let months = tables.exposure.partition_point(|exposure| *exposure <= target);
        // Exposure after k months is at place k, so the month is the one before.
        if months == tables.exposure.len() { NEVER } else { self.since + narrow(months - 1) }
    }

    /// Moves to a state in `month`; the first month in it is the next.
    fn enter(&mut self, tables: &Tables, state: usize, month: u16) {
        self.qualification = self.qualification.max(tables.gain[self.state()]);
        self.state = byte(state);
        self.since = month + 1;
    }

    /// Log pay at the end of the month before `month`, in a job.
    fn log_pay(&self, tables: &Tables, month: u16) -> f64 {
        let months = f64::from(month - self.since.min(month)) + 1.0;
        let words = self.luck.words(self.since, Purpose::Pay, 0);
        let noise = NOISE * months.sqrt() * f64::from(normal(words[0], words[1]));
        libm::log(tables.pay[self.state() - FIRST_JOB]) + DRIFT * months + noise
    }
}

/// An application for a job of a tier in one's own region.
struct Application {
    at: u16,
    market: u16,
    /// Place in the order of service: the lowest go first. No two are alike.
    order: u64,
    /// Who applies: nobody changes before the answer.
    person: Person,
}

/// People looked at together, so that they are fetched from memory at the same time.
const BATCH: usize = 32;

#[derive(Default)]
struct Chunk {
    wake: Vec<u16>,
    people: Vec<Person>,
    due: Vec<u16>,
    applications: Vec<Application>,
    /// Changes of the month, by region and state.
    changes: Vec<i32>,
}

struct Model<'a> {
    tables: &'a Tables,
    chunks: Vec<Chunk>,
    vacancies: Vec<usize>,
    /// People by region and state, at present and month by month.
    counts: Vec<i32>,
    history: Vec<Vec<i32>>,
    queues: Vec<Vec<u64>>,
}

impl<'a> Model<'a> {
    fn new(tables: &'a Tables, people: u32, seed: u64) -> Self {
        let luck = Luck::new(seed, 0);
        let chunks: Vec<Chunk> = (0..people.div_ceil(narrow_u32(CHUNK)))
            .into_par_iter()
            .map(|chunk| {
                let first = chunk * narrow_u32(CHUNK);
                let last = people.min(first + narrow_u32(CHUNK));
                let people: Vec<Person> = (first..last).map(|number| tables.draw(luck.person(0, number))).collect();
                let wake = people.iter().map(|person| person.plan(tables, START)).collect();
                Chunk { wake, people, changes: vec![0; REGIONS * STATES], ..Chunk::default() }
            })
            .collect();
        let mut counts = vec![0; REGIONS * STATES];
        for person in chunks.iter().flat_map(|chunk| &chunk.people) {
            counts[person.region() * STATES + person.state()] += 1;
        }
        let vacancies = tables.vacancies(people);
        Self { tables, chunks, vacancies, counts, history: Vec::new(), queues: vec![Vec::new(); REGIONS * TIERS] }
    }

    fn step(&mut self, month: u16) {
        let tables = self.tables;
        self.chunks.par_iter_mut().enumerate().for_each(|(number, chunk)| leave(tables, chunk, number, month));
        for queue in &mut self.queues {
            queue.clear();
        }
        for application in self.chunks.iter().flat_map(|chunk| &chunk.applications) {
            self.queues[usize::from(application.market)].push(application.order);
        }
        let last: Vec<u64> = self.queues.par_iter_mut().zip(&self.vacancies).map(last_served).collect();
        self.chunks.par_iter_mut().for_each(|chunk| settle(tables, chunk, &last, month));
        for chunk in &self.chunks {
            for (count, change) in self.counts.iter_mut().zip(&chunk.changes) {
                *count += change;
            }
        }
        self.history.push(self.counts.clone());
    }
}

/// Who leaves this month: to another state at once, or with an application for a job.
fn leave(tables: &Tables, chunk: &mut Chunk, number: usize, month: u16) {
    let mut leavers = std::mem::take(&mut chunk.due);
    due(&chunk.wake, month, &mut leavers);
    chunk.applications.clear();
    chunk.changes.fill(0);
    let mut records = Vec::with_capacity(BATCH);
    for batch in leavers.chunks(BATCH) {
        records.clear();
        records.extend(batch.iter().map(|at| chunk.people[usize::from(*at)]));
        for (at, person) in batch.iter().zip(&records) {
            let words = person.luck.words(month, Purpose::NextStep, 0);
            let state = tables.destination(person.state(), usize::from(person.qualification), uniform(words[0]));
            if state >= FIRST_JOB {
                let market = person.region() * TIERS + state - FIRST_JOB;
                let order = u64::from(words[1]) << 32 | (number * CHUNK + usize::from(*at)) as u64;
                chunk.applications.push(Application { at: *at, market: narrow(market), order, person: *person });
            } else {
                chunk.turn(*person, tables, state, usize::from(*at), month);
            }
        }
    }
    chunk.due = leavers;
}

impl Chunk {
    fn turn(&mut self, mut person: Person, tables: &Tables, state: usize, place: usize, month: u16) {
        let row = person.region() * STATES;
        self.changes[row + person.state()] -= 1;
        self.changes[row + state] += 1;
        person.enter(tables, state, month);
        self.wake[place] = person.plan(tables, month + 1);
        self.people[place] = person;
    }
}

/// The order of the last who is served when so many are.
fn last_served((queue, vacancies): (&mut Vec<u64>, &usize)) -> u64 {
    match vacancies.checked_sub(1) {
        None => 0,
        Some(last) if last < queue.len() => *queue.select_nth_unstable(last).1,
        Some(_) => u64::MAX,
    }
}

/// Those who are served take the job; the others become unemployed, or stay so.
fn settle(tables: &Tables, chunk: &mut Chunk, last: &[u64], month: u16) {
    let applications = std::mem::take(&mut chunk.applications);
    for application in &applications {
        let (place, market) = (usize::from(application.at), usize::from(application.market));
        let is_served = application.order <= last[market];
        let state = if is_served { FIRST_JOB + market % TIERS } else { UNEMPLOYED };
        if state == application.person.state() {
            chunk.wake[place] = application.person.plan(tables, month + 1);
        } else {
            chunk.turn(application.person, tables, state, place, month);
        }
    }
    chunk.applications = applications;
}

impl Model<'_> {
    /// What the population looks like in the end, and how fast it was lived, as one line of JSON.
    fn line(&self, threads: usize, init: Duration, lived: Duration) -> String {
        let end = START + MONTHS;
        let people = || self.chunks.iter().flat_map(|chunk| &chunk.people);
        let total = people().count();
        let by_state = |counts: &[i32]| -> Vec<f64> {
            (0..STATES)
                .map(|state| counts.iter().skip(state).step_by(STATES).map(|count| f64::from(*count)).sum::<f64>())
                .map(|count| count / number(total))
                .collect()
        };
        let (mut months, mut in_state, mut qualified) = ([0.0; STATES], [0.0; STATES], [0.0; QUALIFICATIONS]);
        let (mut pay, mut ages) = ([0.0; TIERS], 0.0);
        for person in people() {
            months[person.state()] += f64::from(end - person.since);
            in_state[person.state()] += 1.0;
            qualified[usize::from(person.qualification)] += 1.0 / number(total);
            ages += f64::from(end - person.birth);
            if person.state() >= FIRST_JOB {
                pay[person.state() - FIRST_JOB] += person.log_pay(self.tables, end - 1);
            }
        }
        let means: Vec<f64> = months.iter().zip(&in_state).map(|(sum, count)| sum / count).collect();
        let pay: Vec<f64> = pay.iter().zip(&in_state[FIRST_JOB..]).map(|(sum, count)| sum / count).collect();
        let region_0: Vec<f64> = self.counts[..STATES].iter().map(|count| f64::from(*count)).collect();
        let residents: f64 = region_0.iter().sum();
        let region_0: Vec<f64> = region_0.iter().map(|count| count / residents).collect();
        let steps = number(total) * f64::from(MONTHS) / lived.as_secs_f64();
        format!(
            "{{\"peer\":\"rungs\",\"version\":\"{}\",\"n\":{total},\"t\":{MONTHS},\"threads\":{threads},\"init_s\":{:.6},\
             \"sim_s\":{:.6},\"agent_steps_per_s\":{steps:.0},\"shares\":{:?},\"midshares\":{:?},\"logwage\":{pay:?},\
             \"meanm\":{means:?},\"qual\":{qualified:?},\"reg0\":{region_0:?},\"meanage\":{:.3}}}",
            env!("CARGO_PKG_VERSION"),
            init.as_secs_f64(),
            lived.as_secs_f64(),
            by_state(&self.counts),
            by_state(&self.history[usize::from(MONTHS / 2) - 1]),
            ages / number(total),
        )
    }
}

#[expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
fn time<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let done = work();
    (done, start.elapsed())
}

#[expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
fn print(text: &str) {
    println!("{text}");
}

#[expect(clippy::cast_precision_loss, reason = "a mean needs no more than 53 bits")]
fn number(count: usize) -> f64 {
    count as f64
}

fn narrow(months: usize) -> u16 {
    u16::try_from(months).unwrap_or(u16::MAX)
}

fn narrow_u32(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn byte(index: usize) -> u8 {
    u8::try_from(index).unwrap_or(u8::MAX)
}
