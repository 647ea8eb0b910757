//! The checks that the program can make of itself in a moment, on a small run.

use crate::conditions::population::COHORT_SIZE;
use crate::diagnostics::Diagnostics;
use crate::domain::AGES;
use crate::experiment::{self, Experiment, Outcomes, Unobserved};
use crate::outcomes::measures;
use crate::scenario::{Overrides, Scenario};
use crate::threads::{self, ThreadsRefused};
use crate::world::World;
use std::io;

/// The promises, which name the tests that hold them.
const PROMISES: &str = include_str!("../../PROMISES.md");
/// People an agent may stand for in these runs, the coarsest first.
const SCALES: [u32; 6] = [20_000, 5_000, 1_000, 200, 20, 1];
/// Agents below which a lever may change nobody, so that nothing could be seen of it.
const LEAST_AGENTS: f64 = 900.0;
/// Differences that the rounding of sums explains.
const ROUNDING: f64 = 1e-9;

/// A check and what came of it.
#[derive(Clone, Debug)]
pub struct Checked {
    /// What was checked.
    pub name: &'static str,
    /// How.
    pub how: &'static str,
    /// Whether it holds.
    pub holds: bool,
    /// What was found.
    pub found: String,
}

/// The small runs to check with: the baseline, and two that scale a condition, by 1 and by 1.2.
///
/// # Errors
/// All mistakes of the overrides.
pub fn scenarios(world: &World, baseline: &Scenario, overrides: &Overrides) -> Result<Vec<Scenario>, Diagnostics> {
    let small = |set: &str| {
        let lever = format!("levers.adjust=[{{condition = \"separation\", scale = {set}, source = \"check\"}}]");
        let set = Overrides { set: vec![lever], ..overrides.clone() };
        Scenario::load("baseline", &set, world)
    };
    let mut scenarios = vec![baseline.clone(), small("1.0")?, small("1.2")?];
    for scenario in &mut scenarios {
        (scenario.run.scale, scenario.run.years, scenario.run.replicates) = (scale_of(world), 1, 2);
        scenario.run.by = Vec::new();
    }
    Ok(scenarios)
}

/// As coarse as the world's people allow.
fn scale_of(world: &World) -> u32 {
    let ages = f64::from(u16::try_from(AGES).unwrap_or(u16::MAX));
    let people = ages * world.baseline.table(COHORT_SIZE).iter().sum::<f64>();
    SCALES.into_iter().find(|scale| people / f64::from(*scale) >= LEAST_AGENTS).unwrap_or(1)
}

/// Makes every check, on those [`scenarios`].
///
/// # Errors
/// When threads cannot be started.
pub fn checks(world: &World, scenarios: &[Scenario], threads: usize) -> Result<Vec<Checked>, ThreadsRefused> {
    let Some(experiment) = Experiment::of(world, scenarios) else { return Ok(Vec::new()) };
    let on = |threads: usize| threads::on_threads(threads, || experiment::run(&experiment, &Unobserved));
    let (alone, several) = (on(1)?, on(threads.max(2))?);
    let second = threads::on_threads(threads, || experiment::replicates(&experiment, 2..=2, &Unobserved))?;
    Ok(vec![
        threads_agree(&alone, &several, threads.max(2)),
        alone_agrees(&alone, &second),
        no_effect(&alone),
        luck(&alone),
        parts(&alone),
    ])
}

fn threads_agree(one: &Outcomes, other: &Outcomes, threads: usize) -> Checked {
    let numbers =
        one.replicates.iter().flat_map(|replicate| &replicate.runs).map(|run| run.ratios().len()).sum::<usize>();
    Checked {
        name: "same results on any number of threads",
        how: "a run on 1 thread and on several, every count compared bit by bit",
        holds: same(one, other),
        found: format!("{numbers} counts of 1 and {threads} threads compared"),
    }
}

fn same(one: &Outcomes, other: &Outcomes) -> bool {
    one.replicates.len() == other.replicates.len()
        && one
            .replicates
            .iter()
            .zip(&other.replicates)
            .all(|(one, other)| one.number == other.number && one.runs == other.runs)
}

fn alone_agrees(all: &Outcomes, second: &Outcomes) -> Checked {
    let found = all.replicates.iter().find(|replicate| replicate.number == 2).zip(second.replicates.first());
    Checked {
        name: "a replicate alone is the replicate among others",
        how: "replicate 2 run by itself and with replicate 1",
        holds: found.is_some_and(|(among, alone)| among.runs == alone.runs),
        found: "replicate 2 compared".to_owned(),
    }
}

fn no_effect(outcomes: &Outcomes) -> Checked {
    let holds = outcomes.replicates.iter().all(|replicate| replicate.runs[0] == replicate.runs[1]);
    Checked {
        name: "a lever without an effect is the baseline",
        how: "a condition scaled by 1 from the first month: the same conditions, so the same run",
        holds,
        found: if holds { "every difference is exactly 0" } else { "some differences are not 0" }.to_owned(),
    }
}

fn luck(outcomes: &Outcomes) -> Checked {
    let differ = outcomes.replicates.iter().all(|replicate| replicate.runs[0] != replicate.runs[2]);
    let between = outcomes.replicates.first().map(|first| &first.runs[0])
        != outcomes.replicates.get(1).map(|second| &second.runs[0]);
    Checked {
        name: "replicates have luck of their own, and levers show",
        how: "two replicates of the baseline compared; a condition scaled by 1.2 compared with the baseline",
        holds: differ && between,
        found: {
            let [replicates, lever] = [between, differ].map(|differ| if differ { "differ" } else { "DO NOT DIFFER" });
            format!("replicates {replicates}, lever and baseline {lever}")
        },
    }
}

/// People who are NEET are unemployed or inactive, and nothing else.
fn parts(outcomes: &Outcomes) -> Checked {
    let index = |key: &str| measures().iter().position(|measure| measure.key == key);
    let keys = index("neet_rate").zip(index("neet_unemployed")).zip(index("neet_inactive"));
    let mut largest: f64 = 0.0;
    let mut compared = 0_usize;
    for run in outcomes.replicates.iter().flat_map(|replicate| &replicate.runs) {
        for span in 0..run.spans() {
            let of = |measure: usize| run.ratio(measure, 0, span).numerator;
            if let Some(((all, unemployed), inactive)) = keys {
                largest = largest.max((of(all) - of(unemployed) - of(inactive)).abs());
                compared += 1;
            }
        }
    }
    Checked {
        name: "states add up",
        how: "person-months NEET less those unemployed and those inactive, in every period and over every span of every run",
        holds: compared > 0 && largest <= ROUNDING,
        found: format!("largest difference {largest} over {compared} periods"),
    }
}

/// The tests that the promises name: checks of the program's own suite, which this verb does not run.
pub(super) fn not_run() -> Vec<&'static str> {
    let parts = PROMISES.split('`').skip(1).step_by(2);
    let is_test = |text: &&str| {
        text.matches('_').count() >= 3
            && text.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_')
    };
    let mut names: Vec<&str> = parts.filter(is_test).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// The log as CSV.
///
/// # Errors
/// When the bytes cannot be written.
pub fn write_checks(all: &[Checked]) -> io::Result<Vec<u8>> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(["check", "how", "result", "found"])?;
    for one in all {
        csv.write_record([one.name, one.how, if one.holds { "holds" } else { "does not hold" }, &one.found])?;
    }
    for name in not_run() {
        csv.write_record([name, "a test of the program's own suite (cargo test)", "not run", ""])?;
    }
    csv.into_inner().map_err(|error| io::Error::other(error.to_string()))
}
