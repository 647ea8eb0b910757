//! A small run for the tests of this room: one region, two years, two scenarios, two replicates.

use super::{Effect, Input, NamedRegion, Place, Results, ScenarioInfo, Timings};
use crate::calendar::Month;
use crate::domain::{Origin, Region, Sex};
use crate::engine::tally::{Cells, PeriodTally, Slice, Status, Tallies};
use crate::outcomes::{Period, RunOutcome, evaluate};
use std::collections::BTreeMap;
use std::sync::Arc;

const SLICES: [Slice; 4] = [Slice::All, Slice::Residence(Region(0)), Slice::Upbringing(None), Slice::Sex(Sex::Male)];

/// Two years of 100 person-months at age 20, ten people an agent: `neet` of them NEET in the first year, 12 in the second.
fn run(neet: u32) -> Arc<RunOutcome> {
    let periods = [(0, neet), (12, 12)].map(|(after, neet)| {
        let mut period = PeriodTally::new(start().plus(after), Cells::new(1));
        period.months = 12;
        for cell in period.cells.of_person(Region(0), Some(Region(0)), Some(Origin::Intermediate), Sex::Female) {
            for (status, months) in [(Status::InactiveShort, neet), (Status::Working, 100 - neet)] {
                let at = period.stock_at(cell, 20, status);
                period.stock[at] = months;
            }
        }
        period
    });
    Arc::new(evaluate(&Tallies { scale: 10, periods: periods.to_vec() }, &SLICES))
}

fn start() -> Month {
    Month::new(2025, 9).unwrap()
}

/// The run: in the first year NEET falls from 25% to 20% in replicate 1 and from 35% to 26% in replicate 2.
pub fn results() -> Results {
    let scenario = |name: &str, rate: f64| ScenarioInfo {
        name: name.to_owned(),
        title: format!("Title of {name}"),
        resolved: format!("title = \"Title of {name}\"\n\n[levers]\nrate = {rate}\n"),
    };
    Results {
        world: "toy".to_owned(),
        world_title: "Toy".to_owned(),
        regions: vec![NamedRegion { name: "North".to_owned(), code: "N".to_owned(), tile: (0, 0) }],
        figures: BTreeMap::from([("assumption".to_owned(), 3), ("read".to_owned(), 1)]),
        inputs: vec![Input { name: "world.toml".to_owned(), sha256: "00".repeat(32) }],
        scenarios: vec![scenario("baseline", 1.0), scenario("=levy", 2.0)],
        slices: SLICES.to_vec(),
        periods: vec![Period { start: start(), months: 12 }, Period { start: start().plus(12), months: 12 }],
        replicate_numbers: vec![1, 2],
        outcomes: vec![vec![run(25), run(20)], vec![run(35), run(26)]],
        replicates_asked: 2,
        seed: 7,
        scale: 10,
        start: start(),
        years: 2,
        every: "year".to_owned(),
        by: vec!["residence".to_owned()],
        timings: Timings { wall_seconds: 1.5, person_months: 3_000, person_months_per_second: 2_000.0, threads: 2 },
    }
}

/// An effect on the NEET rate of everybody over twelve replicates, with an interval of two standard errors.
pub fn effect(unit: &str, baseline: f64, difference: f64, mcse: f64) -> Effect {
    Effect {
        scenario: "levy".to_owned(),
        measure: "neet_rate".to_owned(),
        unit: unit.to_owned(),
        place: Place { region: "all".into(), region_basis: String::new(), origin: "all".into(), sex: "all".into() },
        period: "whole run".to_owned(),
        months: 120,
        baseline: Some(baseline),
        difference: Some(difference),
        mcse: Some(mcse),
        interval: Some((difference - 2.0 * mcse, difference + 2.0 * mcse)),
        replicates: 12,
    }
}
