//! A measure of one's own: the share of people under 20 who are apprentices, and what a recession does to it.
//!
//! A measure is a numerator and a denominator of what was counted, with words for both. It is evaluated as those of
//! results are, for everybody and every breakdown, and a value towards which nobody counts is unknown.

#![expect(clippy::print_stdout, reason = "an example shows its answer")]

use rungs::outcomes::Ages;
use rungs::prelude::*;
use std::error::Error;

const APPRENTICES: [Status; 3] = [Status::Apprenticeship2, Status::Apprenticeship3, Status::Apprenticeship4Plus];

const YOUNG_APPRENTICES: Measure = Measure {
    key: "young_apprentices",
    label: "Apprentices, 16-19",
    numerator: "person-months in an apprenticeship at ages 16-19",
    denominator: "person-months at ages 16-19",
    ages: Ages::between(16, 19),
    compute: |counted, ages| Ratio::of_agents(counted, counted.stock(ages, &APPRENTICES), counted.everybody(ages)),
    ..Measure::SHARE
};

fn main() -> Result<(), Box<dyn Error>> {
    let world = World::uk()?;
    let small = Overrides::of(&["run.start=2026-09", "run.years=2", "run.scale=10000", "run.replicates=8"]);
    let scenarios = [Scenario::load("baseline", &small, &world)?, Scenario::load("recession", &small, &world)?];
    let experiment = Experiment::of(&world, &scenarios).ok_or("no scenario")?.also_measuring(&[YOUNG_APPRENTICES]);
    let outcomes = run(&experiment, &Unobserved);
    let effect =
        outcomes.effect(1, YOUNG_APPRENTICES.key, EVERYBODY, outcomes.last_year()).ok_or("nobody was counted")?;
    let (low, high) = effect.interval.ok_or("a single replicate has no interval")?;
    let [before, difference, low, high] = [effect.before, effect.difference, low, high].map(|share| 100.0 * share);
    println!("apprentices, 16-19: {before:.1}%, {difference:+.2} points (95% interval {low:+.2} to {high:+.2})");
    Ok(())
}
