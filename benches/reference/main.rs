//! A small reference workload on the engine's own parts: `cargo bench --bench reference -- PEOPLE THREADS SEED`.
//!
//! Monthly transitions between nine states with rationed jobs, the same in any framework, so that
//! implementations can be compared: hazards that fall with months in a state, destinations by
//! qualification, vacancies by region and tier given out by lot, qualifications and pay. The numbers
//! are in `tables.txt`. It prints one line of JSON: speed, and what the population looks like in the end.
//!
//! It is lived as the engine lives: a wake month for each person, draws keyed by person and month, and one
//! draw a spell where hazards are known in advance. Pay is kept as a logarithm, a random walk with a step for
//! each month in a job. A key gives words for four months: steps are taken in the last of them, by those who
//! have a job then, and luck says what pay was between.

mod tables;

use rayon::prelude::*;
use rungs::calendar::Month;
use rungs::engine::due;
use rungs::random::{Luck, PersonLuck, Purpose, exponential, normal_rows, uniform};
use rungs::threads::on_threads;
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
const DRIFT: f32 = 0.002;
const NOISE: f32 = 0.02;
/// Months whose steps of pay have words of one key.
const BLOCK: u16 = 4;
const _: () = assert!(START.is_multiple_of(BLOCK) && MONTHS.is_multiple_of(BLOCK), "no block is cut at either end");

fn main() -> Result<(), String> {
    // Cargo adds a flag of its own.
    let arguments = std::env::args().skip(1).filter(|argument| !argument.starts_with("--"));
    let numbers: Result<Vec<u64>, String> =
        arguments.map(|text| text.parse().map_err(|_| format!("{text} is no whole number"))).collect();
    let numbers = numbers?;
    let number = |at: usize, default: u64| numbers.get(at).copied().unwrap_or(default);
    let (people, threads, seed) = (number(0, 1_000_000), number(1, 1), number(2, 1));
    let threads = usize::try_from(threads).map_err(|_| "too many threads")?;
    let people = u32::try_from(people).map_err(|_| "too many people")?;
    let tables = Tables::read(include_str!("tables.txt"))?;
    let line = on_threads(threads, || {
        let (mut model, init) = time(|| Model::new(&tables, people, seed));
        let ((), lived) = time(|| model.live());
        model.line(threads, init, lived)
    })
    .map_err(|refused| refused.to_string())?;
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
        tables.month_past(target).map_or(NEVER, |months| self.since + months)
    }

    /// Moves to a state in `month`; the first month in it is the next.
    fn enter(&mut self, tables: &Tables, state: usize, month: u16) {
        self.qualification = self.qualification.max(tables.gain[self.state()]);
        self.state = byte(state);
        self.since = month + 1;
    }

    fn has_job(&self) -> bool {
        self.state() >= FIRST_JOB
    }
}

/// An application for a job of a tier in one's own region.
struct Application {
    at: u16,
    /// Place in the order of service: the lowest go first. No two are alike.
    order: u64,
    /// Who applies: nobody changes before the answer.
    person: Person,
}

/// People looked at together, so that they are fetched from memory at the same time.
const BATCH: usize = 32;

#[derive(Default)]
struct Chunk {
    wake: Vec<Month>,
    people: Vec<Person>,
    /// Log pay over that at entry, at the end of the last block of months; out of date for whoever entered a job since or has
    /// none.
    raises: Vec<f32>,
    due: Vec<u16>,
    /// By market: region and tier.
    applications: Vec<Vec<Application>>,
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
                Chunk {
                    raises: vec![0.0; people.len()],
                    people,
                    applications: (0..REGIONS * TIERS).map(|_| Vec::new()).collect(),
                    changes: vec![0; REGIONS * STATES],
                    ..Chunk::default()
                }
            })
            .collect();
        let mut counts = vec![0; REGIONS * STATES];
        for person in chunks.iter().flat_map(|chunk| &chunk.people) {
            counts[person.region() * STATES + person.state()] += 1;
        }
        let vacancies = tables.vacancies(people);
        Self { tables, chunks, vacancies, counts, history: Vec::new(), queues: vec![Vec::new(); REGIONS * TIERS] }
    }

    fn live(&mut self) {
        let tables = self.tables;
        self.chunks.par_iter_mut().for_each(|chunk| {
            chunk.wake = chunk.people.iter().map(|person| Month(person.plan(tables, START))).collect();
        });
        (START..START + MONTHS).for_each(|month| self.step(month));
    }

    fn step(&mut self, month: u16) {
        let tables = self.tables;
        self.chunks.par_iter_mut().enumerate().for_each(|(number, chunk)| leave(tables, chunk, number, month));
        let (chunks, vacancies) = (&self.chunks, &self.vacancies);
        let serve = |(market, queue): (usize, &mut Vec<u64>)| {
            queue.clear();
            queue.extend(
                chunks.iter().flat_map(|chunk| &chunk.applications[market]).map(|application| application.order),
            );
            last_served(queue, vacancies[market])
        };
        let last: Vec<Option<u64>> = self.queues.par_iter_mut().enumerate().map(serve).collect();
        self.chunks.par_iter_mut().for_each(|chunk| {
            settle(tables, chunk, &last, month);
            if (month + 1).is_multiple_of(BLOCK) {
                chunk.raise(month);
            }
        });
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
    due(&chunk.wake, Month(month), &mut leavers);
    chunk.applications.iter_mut().for_each(Vec::clear);
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
                chunk.applications[market].push(Application { at: *at, order, person: *person });
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
        self.wake[place] = Month(person.plan(tables, month + 1));
        self.people[place] = person;
    }

    /// Steps of pay in the block of months that `month` ends, for everybody in a job: one for each month from that of entry.
    fn raise(&mut self, month: u16) {
        let first = month + 1 - BLOCK;
        let mut batch = [0; BATCH];
        let mut waiting = 0;
        for place in 0..self.people.len() {
            batch[waiting] = place;
            waiting += usize::from(self.people[place].has_job());
            if waiting == BATCH {
                self.raise_these(&batch, waiting, first);
                waiting = 0;
            }
        }
        self.raise_these(&batch, waiting, first);
    }

    /// Raises the first `count` of a batch of places; what stands behind them is left over from the batch before.
    fn raise_these(&mut self, batch: &[usize; BATCH], count: usize, first: u16) {
        let people = &self.people;
        let since = batch.map(|place| people[place].since);
        let gains = steps(&batch.map(|place| people[place].luck), &since, first);
        for ((place, since), gain) in batch.iter().zip(since).zip(gains).take(count) {
            let before = if since > first { 0.0 } else { self.raises[*place] };
            self.raises[*place] = before + gain;
        }
    }
}

/// What pay gains in the block of months that begins with `first`, for people of this luck who have been in a job since then.
fn steps(luck: &[PersonLuck; BATCH], since: &[u16; BATCH], first: u16) -> [f32; BATCH] {
    let mut words = [[0; BATCH]; 4];
    for (at, luck) in luck.iter().enumerate() {
        let [a, b, c, d] = luck.words(first, Purpose::Pay, 0);
        (words[0][at], words[1][at], words[2][at], words[3][at]) = (a, b, c, d);
    }
    let ([a, b], [c, d]) = (normal_rows(&words[0], &words[1]), normal_rows(&words[2], &words[3]));
    let mut sums = [0.0; BATCH];
    for (month, noise) in (first..).zip([a, b, c, d]) {
        for at in 0..BATCH {
            // The month of entry, the one before the first that is counted, has a step too.
            let step = DRIFT + NOISE * noise[at];
            sums[at] += if since[at] <= month + 1 { step } else { 0.0 };
        }
    }
    sums
}

/// The order of the last who is served when so many are; `None` when nobody is.
fn last_served(queue: &mut [u64], vacancies: usize) -> Option<u64> {
    let last = vacancies.checked_sub(1)?;
    Some(if last < queue.len() { *queue.select_nth_unstable(last).1 } else { u64::MAX })
}

/// Those who are served take the job; the others become unemployed, or stay so.
fn settle(tables: &Tables, chunk: &mut Chunk, last: &[Option<u64>], month: u16) {
    let applications = std::mem::take(&mut chunk.applications);
    for ((market, applications), last) in applications.iter().enumerate().zip(last) {
        for application in applications {
            let place = usize::from(application.at);
            let state = if Some(application.order) <= *last { FIRST_JOB + market % TIERS } else { UNEMPLOYED };
            if state == application.person.state() {
                chunk.wake[place] = Month(application.person.plan(tables, month + 1));
            } else {
                chunk.turn(application.person, tables, state, place, month);
            }
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
        let raises = self.chunks.iter().flat_map(|chunk| &chunk.raises);
        for (person, raise) in people().zip(raises) {
            months[person.state()] += f64::from(end - person.since);
            in_state[person.state()] += 1.0;
            qualified[usize::from(person.qualification)] += 1.0 / number(total);
            ages += f64::from(end - person.birth);
            if person.has_job() {
                let tier = person.state() - FIRST_JOB;
                pay[tier] += libm::log(self.tables.pay[tier]) + f64::from(*raise);
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
