//! Money: what each scenario costs, from `costs.csv`, and what that buys, from `cost_effectiveness.csv`, when the run
//! holds them.
//!
//! Columns that are read: of `costs.csv` `scenario`, `item`, `basis`, `year`, `price_year`, `gbp_million` with `mcse`,
//! `low95`, `high95`, and the same `discounted_`; of `cost_effectiveness.csv` `scenario`, `gain`, `cost`, `price_year`,
//! `gained` with its error, `gbp_per_gain` with its interval, and `verdict`.

use super::super::ReportError;
use super::super::charts::{Forest, ForestRow, Tone};
use super::super::facts::{Facts, Policy};
use super::super::numbers::{effect_cell, mean_cell, number_cell, typeset};
use super::super::page::{Block, Cell, Section, Table, TableRow, View};
use super::super::tables::{self, Record};
use super::answer::SPENDING;
use super::{WHEN, figure};
use crate::output::{LAST_YEAR, Place, Reading, Shown, WHOLE_RUN};

/// The table of costs, and of what they buy.
const COSTS: &str = "costs.csv";
const GAINS: &str = "cost_effectiveness.csv";

pub(super) fn section(facts: &Facts<'_>) -> Result<Section, ReportError> {
    let everybody = Place::everybody();
    let mut blocks = Vec::new();
    if let Some(mean) = facts.mean(SPENDING, &everybody, LAST_YEAR) {
        blocks.extend(chart(facts, &mean.unit)?);
        blocks.push(Block::Open { table: spending(facts, &mean.unit) });
    } else {
        blocks.push(Block::Missing { text: "This run does not hold public spending.".to_owned() });
    }
    blocks.extend(costs(facts)?);
    blocks.extend(gains(facts)?);
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

/// Every item over the whole run, by scenario.
fn costs(facts: &Facts<'_>) -> Result<Vec<Block>, ReportError> {
    let Some(rows) = tables::read(facts.saved, COSTS, &["scenario", "item", "basis", "year", "gbp_million"])? else {
        let text = "This run does not hold what items cost or save (no costs.csv).".to_owned();
        return Ok(vec![Block::Missing { text }]);
    };
    let view = |policy: &Policy| {
        let own = rows.iter().filter(|row| row.text("scenario") == policy.name && row.text("year") == WHOLE_RUN);
        let table_rows: Vec<TableRow> = own.map(cost_row).collect();
        let prices = rows.first().map_or("", |row| row.text("price_year"));
        let caption = format!(
            "What {} costs over the whole run, GBP million at prices of {prices}, with 95% intervals over {}. Planned items are what levers ask for.",
            policy.title,
            facts.over_replicates()
        );
        let head = ["Item", "How it is known", "Undiscounted", "Discounted"].map(str::to_owned).to_vec();
        View {
            label: policy.title.clone(),
            blocks: vec![Block::Open { table: Table { caption, head, rows: table_rows } }],
        }
    };
    let views = facts.policies.iter().map(view).collect();
    Ok(vec![Block::Switch { legend: "Items of".to_owned(), name: "costs".to_owned(), views }])
}

fn cost_row(row: &Record) -> TableRow {
    let amount = |value: &str, mcse: &str, low: &str, high: &str| {
        number_cell(row.number(value), row.number(mcse), row.interval(low, high))
    };
    TableRow {
        name: row.text("item").to_owned(),
        cells: vec![
            Cell::plain(row.text("basis")),
            amount("gbp_million", "mcse", "low95", "high95"),
            amount("discounted_gbp_million", "discounted_mcse", "discounted_low95", "discounted_high95"),
        ],
    }
}

/// What the money buys, by scenario.
fn gains(facts: &Facts<'_>) -> Result<Vec<Block>, ReportError> {
    let Some(rows) = tables::read(facts.saved, GAINS, &["scenario", "gain", "cost", "gbp_per_gain", "verdict"])? else {
        let text = "This run does not hold costs per outcome (no cost_effectiveness.csv): what the money buys has to be read from the effects."
            .to_owned();
        return Ok(vec![Block::Missing { text }]);
    };
    let title = |name: &str| {
        let found = facts.policies.iter().find(|policy| policy.name == name);
        found.map_or_else(|| name.to_owned(), |policy| policy.title.clone())
    };
    let row = |row: &Record| {
        let per_gain =
            number_cell(row.number("gbp_per_gain"), None, row.interval("gbp_per_gain_low95", "gbp_per_gain_high95"));
        TableRow {
            name: title(row.text("scenario")),
            cells: vec![
                Cell::plain(&row.text("gain").replace('_', " ").replace('.', ", ")),
                number_cell(
                    row.number("gained"),
                    row.number("gained_mcse"),
                    row.interval("gained_low95", "gained_high95"),
                ),
                Cell::plain(row.text("cost")),
                Cell { note: row.text("verdict").to_owned(), ..per_gain },
            ],
        }
    };
    let prices = rows.first().map_or("", |row| row.text("price_year"));
    let caption = format!(
        "What the money buys: gains over the baseline and discounted GBP for each, at prices of {prices}, with 95% intervals over {}.",
        facts.over_replicates()
    );
    let head = ["Scenario", "Gain", "How many", "Cost", "GBP for each"].map(str::to_owned).to_vec();
    Ok(vec![Block::Open { table: Table { caption, head, rows: rows.iter().map(row).collect() } }])
}
