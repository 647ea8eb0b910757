//! Money: what each scenario costs and saves, and what that buys.

use super::super::ReportError;
use super::super::charts::{Forest, ForestRow, NONE, Tone};
use super::super::facts::{Facts, Policy};
use super::super::numbers::{effect_cell, mean_cell, number_cell, typeset};
use super::super::page::{Block, Cell, Section, Table, TableRow, View};
use super::answer::SPENDING;
use super::{WHEN, figure};
use crate::money::{GAINS, Gain, Kind, RATE};
use crate::output::{CostRow, LAST_YEAR, Place, RatioRow, Reading, Shown, WHOLE_RUN, rounded};

pub(super) fn section(facts: &Facts<'_>) -> Result<Section, ReportError> {
    let everybody = Place::everybody();
    let mut blocks = Vec::new();
    if let Some(mean) = facts.mean(SPENDING, &everybody, LAST_YEAR) {
        blocks.extend(chart(facts, &mean.unit)?);
        blocks.push(Block::Open { table: spending(facts, &mean.unit) });
    } else {
        blocks.push(Block::Missing { text: "This run does not hold public spending.".to_owned() });
    }
    blocks.extend(items_and_gains(facts));
    Ok(Section {
        id: "money",
        title: "Money",
        lead: "First gross public spending, in prices of the base year: training of apprentices, support, and what levers book, with nothing \
               taken off. Then what each item costs or saves and what the money buys, as far as the run holds it."
            .to_owned(),
        blocks,
    })
}

fn chart(facts: &Facts<'_>, unit: &str) -> Result<Option<Block>, ReportError> {
    let row = |policy: &Policy| {
        let effect = facts.effect(policy, SPENDING, &Place::everybody(), LAST_YEAR)?;
        let shown = Shown::of(effect);
        let range = if shown.interval.is_empty() { String::new() } else { format!(" ({})", shown.interval) };
        Some(ForestRow {
            name: policy.title.clone(),
            value: effect.difference?,
            interval: effect.interval,
            range: None,
            tone: Tone::of(Reading::of(effect)),
            text: typeset(&format!("{}{range}", shown.difference)),
        })
    };
    let rows: Vec<ForestRow> = facts.policies.iter().filter_map(row).collect();
    if rows.is_empty() {
        return Ok(None);
    }
    let forest = Forest {
        title: "Spending beyond the baseline's",
        note: &format!("{unit}, {WHEN}"),
        label: "Gross public spending of each scenario beyond the baseline's; the table below has the numbers",
        neutral: 0.0,
        rows: &rows,
    };
    Ok(Some(Block::Figures { figures: vec![figure(forest.svg()?, &["spending"], "half")] }))
}

/// The baseline's level, then what each scenario adds, in the last year and over the whole run.
fn spending(facts: &Facts<'_>, unit: &str) -> Table {
    let everybody = Place::everybody();
    let kept = facts.saved.manifest.replicates_kept;
    let periods = [LAST_YEAR, WHOLE_RUN];
    let baseline = TableRow {
        name: format!("Baseline: {} (level)", facts.baseline_title()),
        cells: periods.iter().map(|period| mean_cell(facts, facts.mean(SPENDING, &everybody, period))).collect(),
    };
    let policies = facts.policies.iter().map(|policy| TableRow {
        name: policy.title.clone(),
        cells: periods
            .iter()
            .map(|period| effect_cell(facts.effect(policy, SPENDING, &everybody, period), kept))
            .collect(),
    });
    Table {
        caption: format!(
            "Gross public spending, {unit}: the baseline's level, then what each scenario adds, with 95% intervals over {}.",
            facts.over_replicates()
        ),
        head: ["Scenario", "Last 12 months", "Whole run, a year on average"].map(str::to_owned).to_vec(),
        rows: [baseline].into_iter().chain(policies).collect(),
    }
}

/// For each scenario every item over the whole run, and what the money buys.
fn items_and_gains(facts: &Facts<'_>) -> Option<Block> {
    let view = |policy: &Policy| {
        let lines: Vec<&CostRow> = facts.costs(policy).collect();
        let gains: Vec<&RatioRow> = facts.ratios(policy).collect();
        let mut blocks = Vec::new();
        if !lines.is_empty() {
            blocks.push(Block::Open { table: items(facts, policy, &lines) });
        }
        if !gains.is_empty() {
            blocks.push(Block::Open { table: what_it_buys(facts, policy, &gains) });
        }
        (!blocks.is_empty()).then(|| View { label: policy.title.clone(), blocks })
    };
    let views: Vec<View> = facts.policies.iter().filter_map(view).collect();
    let switch = Block::Switch { legend: "Scenario".to_owned(), name: "costs".to_owned(), views };
    (!facts.saved.costs.is_empty()).then_some(switch)
}

/// Prices of a year, in words.
fn prices(year: &str) -> String {
    if year.is_empty() { "prices of the base year".to_owned() } else { format!("prices of {year}") }
}

fn items(facts: &Facts<'_>, policy: &Policy, rows: &[&CostRow]) -> Table {
    Table {
        caption: format!(
            "What {} costs and saves over the whole run, GBP million at {}, against the baseline; discounted at {}% a year, with 95% intervals \
             over {}.",
            policy.title,
            prices(rows.first().map_or("", |row| &row.price_year)),
            rounded(RATE * 100.0, 1),
            facts.over_replicates()
        ),
        head: ["Item", "How it is known", "Undiscounted", "Discounted"].map(str::to_owned).to_vec(),
        rows: rows.iter().map(|row| cost_row(row)).collect(),
    }
}

fn cost_row(row: &CostRow) -> TableRow {
    let amount = |value: f64, mcse: Option<f64>, ends: (Option<f64>, Option<f64>)| {
        // less than a pound is the rounding of a sum
        let million = if value.abs() < 1e-6 { 0.0 } else { value };
        number_cell(Some(million), mcse, ends.0.zip(ends.1))
    };
    TableRow {
        name: row.item.clone(),
        cells: vec![
            Cell::plain(&row.basis),
            amount(row.gbp_million, row.mcse, (row.low95, row.high95)),
            amount(row.discounted_gbp_million, row.discounted_mcse, (row.discounted_low95, row.discounted_high95)),
        ],
    }
}

/// What the money buys: a row for each gain, with its gross and its net cost.
fn what_it_buys(facts: &Facts<'_>, policy: &Policy, rows: &[&RatioRow]) -> Table {
    let row = |gain: &Gain| {
        let of = |kind: Kind| rows.iter().find(|row| row.gain == gain.key && row.cost == kind.name());
        let gross = of(Kind::Gross)?;
        let interval = gross.gained_low95.zip(gross.gained_high95);
        let gained = number_cell(Some(gross.gained), gross.gained_mcse, interval);
        let per_gain = |row: Option<&&RatioRow>| row.map_or_else(|| Cell::plain(NONE), |row| per_gain(row));
        Some(TableRow {
            name: gain.label.to_owned(),
            cells: vec![gained, per_gain(Some(gross)), per_gain(of(Kind::Net))],
        })
    };
    Table {
        caption: format!(
            "What the money of {} buys: gains over the baseline, and GBP for one more of each, discounted, at {}, with 95% intervals over {}.",
            policy.title,
            prices(rows.first().map_or("", |row| &row.price_year)),
            facts.over_replicates()
        ),
        head: ["Gain", "How many", "GBP for one more, gross", "GBP for one more, net of savings"]
            .map(str::to_owned)
            .to_vec(),
        rows: GAINS.iter().filter_map(row).collect(),
    }
}

fn per_gain(row: &RatioRow) -> Cell {
    match row.gbp_per_gain {
        None => Cell { note: row.verdict.clone(), ..Cell::plain(NONE) },
        Some(_) => number_cell(row.gbp_per_gain, None, row.gbp_per_gain_low95.zip(row.gbp_per_gain_high95)),
    }
}
