//! A small run for the tests of this room: one region, two years, two scenarios, two replicates.

use crate::calendar::Month;
use crate::domain::{Origin, Qualification, Region, Sex};
use crate::engine::tally::{Cells, PeriodTally, Seen, Slice, Snapshot, Standing, Status, Tallies};
use crate::experiment::{Outcomes, Replicate};
use crate::money::{Amount, Basis, CostKind, CostLine, CostPerGain, CostVerdict, GAINS, Item, Money};
use crate::outcomes::{self, Period, RunOutcome, Standings, evaluate, measures};
use crate::results::about::{Input, NamedRegion, PeriodRows, RunOptions, ScenarioInfo, Timings, WorldInfo};
use crate::results::keys::{RowKey, Subgroup};
use crate::results::run::Results;
use crate::results::tables::effects::EffectRow;
use crate::scenario::{Breakdown, Every, RunSettings};
use crate::world::TextFile;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

const SLICES: [Slice; 4] = [Slice::All, Slice::Residence(Region(0)), Slice::Upbringing(None), Slice::Sex(Sex::Male)];

/// Two years of 100 person-months at age 20, ten people an agent: `neet` of them NEET in the first year, 12 in the second. In the
/// first year `up` of 20 people of working origin reach 30 in a professional job, and 15 of 20 of professional origin.
pub fn run(neet: u32, up: u32) -> Arc<RunOutcome> {
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
    Arc::new(evaluate(&Tallies { scale: 10, periods: periods.to_vec() }, &SLICES, measures()))
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

/// Where people stand in both scenarios: with the levy one of four is NEET who worked, and the last does this instead of being NEET.
fn standings(last: Standing) -> Vec<Arc<Standings>> {
    let baseline = world([Standing::Working, Standing::Working, Standing::Learning, Standing::Neet]);
    let levy = world([Standing::Neet, Standing::Working, Standing::Learning, last]);
    [baseline, levy].map(|world| Arc::new(outcomes::standings(&world, 1))).to_vec()
}

fn start() -> Month {
    Month::new(2025, 9).unwrap()
}

/// A gross cost of 12 +- 0.5 million, 10 of them planned, and a gain of 400 +- 20 person-months.
fn money() -> Money {
    let amount = |mean: f64, mcse: f64| Amount {
        mean,
        mcse: Some(mcse),
        interval: Some((mean - 12.7 * mcse, mean + 12.7 * mcse)),
    };
    let line = |item: Item, gbp_million: Amount| CostLine {
        scenario: "=levy".to_owned(),
        basis: item.basis(),
        replicates: (item.basis() == Basis::Simulated).then_some(2),
        item,
        year: None,
        months: 24,
        gbp_million,
        discounted_gbp_million: gbp_million,
    };
    let ratio = |kind: CostKind, gain: usize, verdict: CostVerdict| CostPerGain {
        scenario: "=levy".to_owned(),
        gain: &GAINS[gain],
        kind,
        gained: amount(400.0, 20.0),
        gained_discounted: amount(390.0, 19.0),
        cost_gbp_million: amount(12.0, 0.5),
        means: None,
        verdict,
        replicates: 2,
    };
    let estimated = CostVerdict::Estimated { gbp: 30_769.2, interval: (28_000.0, 34_000.0) };
    let planned = Amount { mean: 10.0, mcse: None, interval: None };
    Money {
        price_year: Some("2024/25".to_owned()),
        costs: vec![
            line(Item::Lever("levers.skills_levy[0]".to_owned()), planned),
            line(Item::Planned, planned),
            line(Item::TakeUp, amount(2.0, 0.5)),
            line(Item::Gross, amount(12.0, 0.5)),
            line(Item::Savings, amount(0.07, 0.01)),
            line(Item::Net, amount(11.93, 0.5)),
        ],
        ratios: vec![
            ratio(CostKind::Gross, 0, estimated),
            ratio(CostKind::Net, 0, estimated),
            ratio(CostKind::Gross, 4, CostVerdict::NotEstimable),
            ratio(CostKind::Net, 4, CostVerdict::NotEstimable),
        ],
    }
}

/// The run: in the first year NEET falls from 25% to 20% in replicate 1 and from 35% to 26% in replicate 2.
pub fn results() -> Results {
    let scenario = |name: &str, rate: f64| ScenarioInfo {
        name: name.to_owned(),
        title: format!("Title of {name}"),
        resolved: format!("title = \"Title of {name}\"\n\n[levers]\nrate = {rate}\n"),
        scaled_by: None,
    };
    let replicate = |number: u32, runs: Vec<Arc<RunOutcome>>, last: Standing| Replicate {
        number,
        runs,
        standings: standings(last),
        panels: Vec::new(),
    };
    Results {
        world: WorldInfo {
            name: "toy".to_owned(),
            title: "Toy".to_owned(),
            regions: vec![NamedRegion { name: "North".to_owned(), code: "N".to_owned(), tile: (0, 0) }],
            figures: BTreeMap::from([("assumption".to_owned(), 3), ("read".to_owned(), 1)]),
            files: vec![TextFile::new("toy", "world.toml", "name = \"toy\"\n".to_owned())],
        },
        scenarios: vec![scenario("baseline", 1.0), scenario("=levy", 2.0)],
        settings: RunSettings {
            start: start(),
            years: 2,
            replicates: 2,
            scale: 10,
            seed: 7,
            every: Every::Year,
            by: vec![Breakdown::Residence],
        },
        options: RunOptions {
            period_rows: PeriodRows::All,
            half_widths: Vec::new(),
            panel_share: None,
            until: Vec::new(),
            scale_note: None,
        },
        inputs: vec![Input { name: "world.toml".to_owned(), sha256: "00".repeat(32) }],
        outcomes: Outcomes {
            slices: SLICES.to_vec(),
            periods: vec![Period { start: start(), months: 12 }, Period { start: start().plus(12), months: 12 }],
            replicates: vec![
                replicate(1, vec![run(25, 5), run(20, 10)], Standing::Neet),
                replicate(2, vec![run(35, 5), run(26, 10)], Standing::Professional),
            ],
        },
        money: money(),
        timings: Timings { wall_seconds: 1.5, person_months: 3_000, person_months_per_second: 2_000.0, threads: 2 },
    }
}

/// The same with each of its two replicates five times: enough for intervals.
pub fn ten_replicates() -> Results {
    let mut results = results();
    let two = results.outcomes.replicates.clone();
    let ten = two.iter().cycle().zip(1..=10).map(|(kept, number)| Replicate { number, ..kept.clone() });
    results.outcomes.replicates = ten.collect();
    results.settings.replicates = 10;
    results
}

/// An effect on the NEET rate of everybody over twelve replicates, with an interval of two standard errors.
pub fn effect(unit: &str, baseline: f64, difference: f64, mcse: f64) -> EffectRow {
    EffectRow {
        key: RowKey {
            scenario: "levy".to_owned(),
            measure: "neet_rate".to_owned(),
            unit: unit.to_owned(),
            subgroup: Subgroup::everybody(),
            period: "whole run".to_owned(),
            months: 120,
        },
        baseline: Some(baseline),
        difference: Some(difference),
        mcse: Some(mcse),
        interval: Some((difference - 2.0 * mcse, difference + 2.0 * mcse)),
        replicates: 12,
        members: None,
        is_chance: false,
    }
}
