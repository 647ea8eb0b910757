//! One budget for all: the levers of each scenario scaled until their plans cost the same.

use super::discount::discount_factor;
use super::plan::{a_year, planned_gbp};
use crate::calendar::MONTHS_A_YEAR;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::levers::{Lever, MOST_STRENGTH};
use crate::scenario::{RunSettings, Scenario};
use crate::world::World;

/// How close to the budget a plan has to come, as a share of it.
const TOLERANCE: f64 = 1e-9;
/// Most steps of the search; each halves what is left, and plans are linear up to employers' room.
const MOST_STEPS: usize = 200;

/// The money that every scenario is to cost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum EqualBudget {
    /// What the first scenario after the baseline is planned to cost.
    First,
    /// So much in every year of the run (GBP million a year, base-year prices).
    GbpMillionAYear(f64),
}

/// A scenario scaled to the budget.
#[derive(Clone, Debug)]
pub struct Scaled {
    /// The scenario, with its levers scaled.
    pub scenario: Scenario,
    /// What the levers that cost money were scaled by; none when there are none (they are left as they are).
    pub factor: Option<f64>,
    /// What it is planned to cost now (GBP million a year, on average over the run, not discounted).
    pub planned_gbp_million_per_year: f64,
}

/// The scenarios with one planned cost, discounted to the run's first year: the levers of each that cost money are all scaled
/// by one factor of its own. The first scenario is the baseline and stays as it is, and so do levers without a cost.
///
/// # Errors
/// A mistake for each scenario that cannot spend as much, however far it is scaled, and for a first scenario that costs nothing.
pub fn equalise(scenarios: &[Scenario], budget: EqualBudget, world: &World) -> Result<Vec<Scaled>, Diagnostics> {
    let mut mistakes = Diagnostics::default();
    let mut scaled = Vec::new();
    let Some(wanted) = wanted(scenarios, budget, world) else {
        mistakes.add(mistake(scenarios.get(1), "found a first scenario that costs nothing, expected one with a cost"));
        return Err(mistakes);
    };
    for (index, scenario) in scenarios.iter().enumerate() {
        let costed = if index == 0 { vec![false; scenario.levers.len()] } else { costed(scenario, world) };
        let factor = if costed.contains(&true) { factor(scenario, &costed, wanted, world) } else { Ok(None) };
        match factor {
            Ok(factor) => scaled.push(apply(scenario, &costed, factor, world)),
            Err(most) => {
                let per_year = most / discounted_years(&scenario.run) / 1e6;
                let expected = wanted / discounted_years(&scenario.run) / 1e6;
                let message = format!(
                    "found levers that can cost GBP {per_year:.1} million a year at most, expected GBP {expected:.1} million"
                );
                mistakes.add(mistake(Some(scenario), &message));
            }
        }
    }
    mistakes.or(scaled)
}

/// The budget, discounted to the first year (GBP).
fn wanted(scenarios: &[Scenario], budget: EqualBudget, world: &World) -> Option<f64> {
    let first = scenarios.get(1)?;
    let gbp = match budget {
        EqualBudget::First => present_value(&planned(&first.levers, &first.run, world)),
        EqualBudget::GbpMillionAYear(million) => million * 1e6 * discounted_years(&first.run),
    };
    (gbp > 0.0).then_some(gbp)
}

/// The sum of the weights of a run's years.
fn discounted_years(run: &RunSettings) -> f64 {
    (0..run.years).fold(0.0, |sum, year| sum + discount_factor(year))
}

fn planned(levers: &[Lever], run: &RunSettings, world: &World) -> Vec<f64> {
    planned_gbp(&levers.iter().collect::<Vec<_>>(), run, world)
}

fn present_value(planned_gbp: &[f64]) -> f64 {
    let months = (0..u16::MAX).zip(planned_gbp);
    months.fold(0.0, |sum, (month, gbp)| sum + gbp * discount_factor(month / MONTHS_A_YEAR))
}

/// Which levers cost money of their own.
fn costed(scenario: &Scenario, world: &World) -> Vec<bool> {
    let costs = |lever: &Lever| present_value(&planned_gbp(&[lever], &scenario.run, world)) > 0.5;
    scenario.levers.iter().map(costs).collect()
}

fn scaled_levers(scenario: &Scenario, costed: &[bool], factor: f64) -> Vec<Lever> {
    let levers = scenario.levers.iter().zip(costed);
    levers.map(|(lever, costed)| if *costed { lever.scaled(factor) } else { lever.clone() }).collect()
}

fn apply(scenario: &Scenario, costed: &[bool], factor: Option<f64>, world: &World) -> Scaled {
    let scenario = match factor {
        Some(factor) => scenario.with_levers(scaled_levers(scenario, costed, factor), world),
        None => scenario.clone(),
    };
    let planned_gbp_million_per_year = a_year(&planned(&scenario.levers, &scenario.run, world));
    Scaled { scenario, factor, planned_gbp_million_per_year }
}

/// The factor at which the levers cost the budget, or the most that they can cost. Plans are linear in the factor until employers
/// have no room left, so the first guess is nearly always exact; else it is searched for between two factors, by halves.
fn factor(scenario: &Scenario, costed: &[bool], wanted: f64, world: &World) -> Result<Option<f64>, f64> {
    let cost = |factor: f64| present_value(&planned(&scaled_levers(scenario, costed, factor), &scenario.run, world));
    let near = |found: f64| (found - wanted).abs() <= TOLERANCE * wanted;
    let now = cost(1.0);
    let guess = if now > 0.0 { wanted / now } else { 1.0 };
    let most = scenario
        .levers
        .iter()
        .fold(MOST_STRENGTH, |most, lever| most.min(MOST_STRENGTH / lever.common.full_strength.max(1.0)));
    let (mut low, mut high) = (0.0, guess.min(most));
    let mut found = cost(high);
    while found < wanted && !near(found) && high < most {
        low = high;
        high = (2.0 * high).min(most);
        found = cost(high);
    }
    if near(found) {
        return Ok(Some(high));
    }
    if found < wanted {
        return Err(found);
    }
    for _ in 0..MOST_STEPS {
        let middle = 0.5 * (low + high);
        found = cost(middle);
        if near(found) {
            return Ok(Some(middle));
        }
        if found < wanted {
            low = middle;
        } else {
            high = middle;
        }
    }
    Ok(Some(high))
}

fn mistake(scenario: Option<&Scenario>, message: &str) -> Diagnostic {
    let file = scenario.and_then(|scenario| scenario.files.first()).map_or("--equal-cost", |file| &file.name);
    Diagnostic {
        file: file.to_owned(),
        span: None,
        key: "--equal-cost".to_owned(),
        message: message.to_owned(),
        hint: Some("ask for another budget, or leave the scenario out".to_owned()),
    }
}
