//! What an experiment would cost, worked out from its settings and the world before anything is allocated.
//!
//! The sizes are those of a population in which everybody who arrives grows old: an upper bound good
//! to some percent, not a forecast.

use super::setup::{Experiment, Prepared};
use crate::calendar::Month;
use crate::conditions::{Conditions, population};
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::domain::{AGES, AgeBand, FIRST_AGE, LEAVING_AGE, Region};
use crate::engine::tally::{Cells, Follow, FollowUp, IncomeTally, PanelSpell, PeriodTally};
use crate::outcomes::{Ratio, spans};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The program itself (bytes). What is a constant here was fitted to some fifty runs of 1 to 1,000 replicates, 1 to 11 scenarios,
/// 1 to 16 threads and 2 to 250 regions, `tests.rs` holds some of them.
const BYTES_OF_PROGRAM: u64 = 36 << 20;
/// One number of the world, as it is loaded, written and changed by scenarios (bytes).
const BYTES_PER_NUMBER: u64 = 800;
/// Columns, markets' scratch space and spare room of one agent (bytes).
const BYTES_PER_AGENT: u64 = 66;
/// One agent of a snapshot, in which the same people are found in two worlds (bytes).
const BYTES_PER_SNAPSHOT: u64 = 8;
/// A spell of the panel (bytes).
const PANEL_SPELL: u64 = size_of::<PanelSpell>() as u64;
/// Spells that somebody in the panel has at first, and begins in a year.
const PANEL_SPELLS: (f64, f64) = (1.7, 0.6);
/// What a thread writes files with (bytes).
const BYTES_TO_WRITE: u64 = 7 << 20;

/// Person-months that one thread simulates in a second on an ordinary machine, for rough times only.
const PERSON_MONTHS_PER_SECOND: f64 = 20e6;

/// The most agents that one run may have.
pub const MOST_AGENTS: u64 = 1 << 32;
/// The most memory that an experiment may need (bytes).
pub const MOST_BYTES: u64 = 64 << 30;
/// The most person-months that an experiment may simulate.
pub const MOST_PERSON_MONTHS: u64 = 1_000_000_000_000_000;

/// What an experiment would cost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cost {
    /// People aged 16 to 39 whom a run is about (persons).
    pub people: u64,
    /// Agents in one run.
    pub agents: u64,
    /// Agent-months simulated in all replicates and scenarios, warm-up included.
    pub person_months: u64,
    /// Memory at its highest (bytes).
    pub bytes: u64,
    /// Rough time (seconds).
    pub seconds: f64,
}

/// What an experiment would cost on `threads` threads.
///
/// ```
/// use rungs::experiment::estimate;
/// use rungs::prelude::*;
///
/// let world = World::uk()?;
/// let baseline = Scenario::load("baseline", &Overrides::default(), &world)?;
/// let cost = estimate(&Experiment::new(&world, baseline.run, Vec::new()), 2);
/// assert!(cost.people > 10_000_000 && cost.agents < cost.people);
/// assert!(cost.objections("baseline.toml", None).is_empty());
/// # Ok::<(), Diagnostics>(())
/// ```
#[must_use]
pub fn estimate(experiment: &Experiment, threads: usize) -> Cost {
    let prepared = Prepared::new(experiment);
    let run = &experiment.settings;
    let people = largest_population(&prepared);
    let scale = f64::from(run.scale.max(1));
    let months = f64::from(run.months());
    let beside: f64 = prepared.forks.iter().flatten().map(|fork| months - index(*fork)).sum();
    let per_replicate = warm_up_months(&prepared) + people * (months + beside);
    let person_months = per_replicate / scale * f64::from(run.replicates);

    let threads = u32::try_from(threads).unwrap_or(u32::MAX).clamp(1, run.replicates.max(1));
    let forks = prepared.forks.iter().flatten().count();
    // a thread holds the population it works on and one past for each month in which scenarios fork
    let pasts: BTreeSet<usize> = prepared.forks.iter().flatten().copied().collect();
    let populations = u64::from(threads).saturating_mul(1 + whole_count(pasts.len()));
    let periods = u64::from(run.months() / run.every.months());
    let tallies = tally_bytes(prepared.regions).saturating_mul(periods);
    let followed = match experiment.follow {
        Follow::Nobody | Follow::One(_) => 0.0,
        Follow::Share(share) => f64::from(share) / f64::from(u32::MAX) * people / scale,
    };
    let (at_first, a_year) = PANEL_SPELLS;
    let panel = whole(followed * (at_first + a_year * months / 12.0)).saturating_mul(PANEL_SPELL);
    let runs = u64::from(run.replicates).saturating_mul(whole_count(forks) + 1);
    let agents = whole(people / scale);
    // each replicate at work keeps the baseline's snapshot, and those that still wait for it
    let snapshots = if forks == 0 { 0 } else { 1 + u64::from(threads).min(whole_count(forks)) };
    let results = runs.saturating_mul(result_bytes(&prepared).saturating_add(panel));
    let simulating = populations
        .saturating_mul(agents.saturating_mul(BYTES_PER_AGENT).saturating_add(tallies))
        .saturating_add(u64::from(threads) * snapshots * BYTES_PER_SNAPSHOT.saturating_mul(agents));
    let numbers = whole_count(experiment.before.layout().size());
    Cost {
        people: whole(people),
        agents,
        person_months: whole(person_months),
        bytes: results
            // each thread finds room for a panel, or writes one
            .saturating_add(panel.saturating_mul(u64::from(threads)))
            .saturating_add(simulating.max(writing(&prepared, results, threads)))
            .saturating_add(BYTES_OF_PROGRAM + numbers * BYTES_PER_NUMBER),
        seconds: person_months / PERSON_MONTHS_PER_SECOND / f64::from(threads),
    }
}

impl Cost {
    /// Nothing, if the cost is within the limits and the memory of the machine, if that is known; else the mistakes, laid at
    /// the run settings in `file`.
    #[must_use]
    pub fn objections(&self, file: &str, memory: Option<u64>) -> Diagnostics {
        let most_bytes = memory.map_or(MOST_BYTES, |memory| memory.min(MOST_BYTES));
        let mut mistakes = Diagnostics::default();
        let mut object = |key: &str, found: String, expected: String, hint: &str| {
            mistakes.add(Diagnostic {
                file: file.to_owned(),
                span: None,
                key: key.to_owned(),
                message: format!("found a run that would need {found}, expected at most {expected}"),
                hint: Some(hint.to_owned()),
            });
        };
        if self.agents > MOST_AGENTS {
            let found = format!("{} agents", self.agents);
            object(
                "run.scale",
                found,
                format!("{MOST_AGENTS}"),
                "a larger scale lets each agent stand for more people",
            );
        }
        if self.bytes > most_bytes {
            let is_small = most_bytes >> 30 < 2;
            let (shift, unit) = if is_small { (20, "MiB") } else { (30, "GiB") };
            let found = format!("{} {unit} of memory", self.bytes >> shift);
            let whose = if most_bytes < MOST_BYTES { ", which this machine has or allows" } else { "" };
            let hint = "a larger scale, fewer replicates or threads, or results by year take less";
            object("run.scale", found, format!("{} {unit}{whose}", most_bytes >> shift), hint);
        }
        if self.person_months > MOST_PERSON_MONTHS {
            let found = format!("{} person-months", self.person_months);
            let hint = "a larger scale or fewer replicates take less";
            object("run.replicates", found, format!("{MOST_PERSON_MONTHS}"), hint);
        }
        mistakes
    }
}

/// What is needed beside results while they and their report are written (bytes).
fn writing(prepared: &Prepared<'_>, results: u64, threads: u32) -> u64 {
    let (slices, forks) = (whole_count(prepared.slices.len()), whole_count(prepared.forks.iter().flatten().count()));
    let report = ((14 + forks) << 20) + slices * ((120 + 100 * forks) << 10);
    (results / 100 * 17).saturating_add(report.max(u64::from(threads) * BYTES_TO_WRITE))
}

/// People of each single year of age a year later, moves within the world left out.
fn a_year_later(people: &[f64; AGES], conditions: &Conditions) -> [f64; AGES] {
    let regions = conditions.layout().regions();
    let mut later = [0.0; AGES];
    let mut reaching: f64 = conditions.table(population::COHORT_SIZE).iter().sum();
    for ((slot, now), age) in later.iter_mut().zip(people).zip(FIRST_AGE..LEAVING_AGE) {
        let band = AgeBand::of(age);
        let width = f64::from(band.end_age() - band.first_age());
        let arrivals: f64 =
            Region::all(regions).map(|region| conditions.get(population::ARRIVALS, (region, band)) / width).sum();
        *slot = reaching + arrivals;
        reaching = now * libm::exp(-12.0 * conditions.get(population::DEPARTURE, band));
    }
    later
}

/// Everybody, when the conditions have been the same for as long as people stay.
fn settled(conditions: &Conditions) -> f64 {
    (0..AGES).fold([0.0; AGES], |people, _| a_year_later(&people, conditions)).iter().sum()
}

fn largest_population(prepared: &Prepared<'_>) -> f64 {
    let mut largest = settled(&prepared.experiment.before);
    for timeline in &prepared.experiment.timelines {
        let mut last: Option<&Arc<Conditions>> = None;
        for conditions in &timeline.months {
            if !last.is_some_and(|last| Arc::ptr_eq(last, conditions)) {
                largest = largest.max(settled(conditions));
            }
            last = Some(conditions);
        }
    }
    largest
}

/// Person-months of the warm-up, which starts with nobody.
fn warm_up_months(prepared: &Prepared<'_>) -> f64 {
    let Month(first) = prepared.plan(1).first_month();
    let months = prepared.experiment.settings.start.0.saturating_sub(first);
    let mut people = [0.0; AGES];
    let mut total = 0.0;
    for month in 0..months {
        if month.is_multiple_of(12) {
            people = a_year_later(&people, &prepared.experiment.before);
        }
        total += people.iter().sum::<f64>();
    }
    total
}

/// One period's counts (bytes).
fn tally_bytes(regions: usize) -> u64 {
    let tally = PeriodTally::new(Month(0), Cells::new(regions));
    let counts = [&tally.stock, &tally.marks, &tally.pay, &tally.starts, &tally.completions, &tally.moves];
    let length: usize = counts.iter().map(|table| table.len()).sum();
    let follow_up = FollowUp::new(Cells::new(regions));
    let length = length + follow_up.routes.len();
    u64::try_from(length * size_of::<u32>() + follow_up.incomes.len() * size_of::<IncomeTally>()).unwrap_or(u64::MAX)
}

/// One run's measures, over all its spans, with what is counted beside them (bytes).
fn result_bytes(prepared: &Prepared<'_>) -> u64 {
    let values = whole_count(prepared.experiment.measures.len() * prepared.slices.len() * size_of::<Ratio>());
    let spans = whole_count(spans(&prepared.periods()).len());
    values.saturating_mul(10 * spans + 14) / 10
}

fn whole_count(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

fn index(at: usize) -> f64 {
    u32::try_from(at).map_or(f64::MAX, f64::from)
}

/// The whole number nearest to a count that is zero or more.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates, which is what a limit needs")]
fn whole(count: f64) -> u64 {
    count.round() as u64
}
