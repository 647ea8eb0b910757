//! A small run for the tests of this room: one region, two years, two scenarios, two replicates.

use super::{Input, Results, ScenarioInfo, Timings};
use crate::calendar::Month;
use crate::domain::Qualification;
use crate::domain::{Origin, Region, Sex};
use crate::engine::tally::{Cells, PeriodTally, Seen, Slice, Snapshot, Standing, Status, Tallies};
use crate::outcomes::{self, Period, RunOutcome, WhoMoved, evaluate};
use rayon::prelude::*;
use std::sync::Arc;

const SLICES: [Slice; 4] = [Slice::All, Slice::Residence(Region(0)), Slice::Upbringing(None), Slice::Sex(Sex::Male)];

/// Two years of 100 person-months at age 20, ten people an agent: `neet` of them NEET in the first year, 12 in the second. In the
/// first year `up` of 20 people of working origin reach 30 in a professional job, and 15 of 20 of professional origin.
fn run(neet: u32, up: u32) -> Arc<RunOutcome> {
    let periods = [(0, neet), (12, 12)].map(|(after, neet)| {
        let mut period = PeriodTally::new(start().plus(after), Cells::new(1));
        period.months = 12;
        for cell in period.cells.of_person(Region(0), Some(Region(0)), Some(Origin::Intermediate), Sex::Female) {
            for (status, months) in [(Status::InactiveShort, neet), (Status::Working, 100 - neet)] {
                let at = period.stock_at(cell, 20, status);
                period.stock[at] = months;
            }
        }
        if after == 0 {
            reach_30(&mut period, up);
        }
        period
    });
    Arc::new(evaluate(&Tallies { scale: 10, periods: periods.to_vec() }, &SLICES))
}

fn reach_30(period: &mut PeriodTally, up: u32) {
    for (origin, up) in [(Origin::LowerWorking, up), (Origin::HigherProfessional, 15)] {
        for cell in period.cells.of_person(Region(0), Some(Region(0)), Some(origin), Sex::Female) {
            for (standing, people) in [(Standing::Professional, up), (Standing::Working, 20 - up)] {
                let at = period.mark_at(2, cell, Qualification::Level3, standing);
                period.marks[at] = people;
            }
        }
    }
}

/// Four people who do these things.
fn world(doing: [Standing; 4]) -> Snapshot {
    let seen = |(identity, standing): (u64, Standing)| Seen {
        identity,
        age_months: 20 * 12,
        upbringing: Some(Region(0)),
        origin: Origin::Intermediate,
        sex: Sex::Female,
        qualification: Qualification::Level2,
        standing,
    };
    Snapshot::of([(0..).zip(doing).map(seen).collect::<Vec<_>>()].into_par_iter())
}

/// One person of four is displaced, and the last does this instead of being NEET.
fn moved(last: Standing) -> Vec<Option<Arc<WhoMoved>>> {
    let baseline = world([Standing::Working, Standing::Working, Standing::Learning, Standing::Neet]);
    let levy = world([Standing::Neet, Standing::Working, Standing::Learning, last]);
    vec![None, Some(Arc::new(outcomes::who_moved(&baseline, &levy, 1)))]
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
        region_names: vec!["North".to_owned()],
        inputs: vec![Input { name: "world.toml".to_owned(), sha256: "00".repeat(32) }],
        scenarios: vec![scenario("baseline", 1.0), scenario("=levy", 2.0)],
        slices: SLICES.to_vec(),
        periods: vec![Period { start: start(), months: 12 }, Period { start: start().plus(12), months: 12 }],
        replicate_numbers: vec![1, 2],
        outcomes: vec![vec![run(25, 5), run(20, 10)], vec![run(35, 5), run(26, 10)]],
        who_moved: vec![moved(Standing::Neet), moved(Standing::Professional)],
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
