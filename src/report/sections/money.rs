//! Money: what each scenario costs, from `costs.csv`, and what that buys, from `cost_effectiveness.csv`, when the run
//! holds them.
//!
//! Columns that are read: of `costs.csv` `scenario`, `item`, `basis`, `year`, `price_year`, `gbp_million` with `mcse`,
//! `low95`, `high95`, and the same `discounted_`; of `cost_effectiveness.csv` `scenario`, `gain`, `cost`, `price_year`,
//! `gained` with its error, `gbp_per_gain` with its interval, and `verdict`.

use super::super::ReportError;
use super::super::charts::{Forest, ForestRow, NONE, Tone};
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
    blocks.extend(items_and_gains(facts)?);
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
fn items_and_gains(facts: &Facts<'_>) -> Result<Vec<Block>, ReportError> {
    let items = tables::read(facts.saved, COSTS, &["scenario", "item", "basis", "year", "gbp_million"])?;
    let gained = tables::read(facts.saved, GAINS, &["scenario", "gain", "cost", "gbp_per_gain", "verdict"])?;
    let mut blocks = Vec::new();
    let mut missing = |what: &str, file: &str| {
        let text = format!("This run does not hold {what} (no {file}).");
        blocks.push(Block::Missing { text });
    };
    if items.is_none() {
        missing("what items cost or save", COSTS);
    }
    if gained.is_none() {
        missing("costs per outcome", GAINS);
    }
    let (items, gained) = (items.unwrap_or_default(), gained.unwrap_or_default());
    let mut views = Vec::new();
    for policy in &facts.policies {
        let own = |rows: &[Record]| {
            rows.iter().filter(|row| row.text("scenario") == policy.name).cloned().collect::<Vec<_>>()
        };
        let tables = [costs(facts, policy, &own(&items)), gains(facts, policy, &own(&gained))];
        let tables: Vec<Block> =
            tables.into_iter().filter(|table| !table.rows.is_empty()).map(|table| Block::Open { table }).collect();
        if !tables.is_empty() {
            views.push(View { label: policy.title.clone(), blocks: tables });
        }
    }
    if !views.is_empty() {
        blocks.push(Block::Switch { legend: "Costs and what they buy".to_owned(), name: "costs".to_owned(), views });
    }
    Ok(blocks)
}

fn costs(facts: &Facts<'_>, policy: &Policy, rows: &[Record]) -> Table {
    let prices = rows.first().map_or("", |row| row.text("price_year"));
    Table {
        caption: format!(
            "What {} costs over the whole run, GBP million at prices of {prices}, with 95% intervals over {}. Planned items are what levers ask for.",
            policy.title,
            facts.over_replicates()
        ),
        head: ["Item", "How it is known", "Undiscounted", "Discounted"].map(str::to_owned).to_vec(),
        rows: rows.iter().filter(|row| row.text("year") == WHOLE_RUN).map(cost_row).collect(),
    }
}

fn cost_row(row: &Record) -> TableRow {
    let amount = |value: &str, mcse: &str, low: &str, high: &str| {
        // less than a pound is the rounding of a sum
        let whole = row.number(value).map(|million| if million.abs() < 1e-6 { 0.0 } else { million });
        number_cell(whole, row.number(mcse), row.interval(low, high))
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

/// What the money buys: a row for each gain, with its gross and its net cost.
fn gains(facts: &Facts<'_>, policy: &Policy, rows: &[Record]) -> Table {
    let of = |gain: &str, cost: &str| {
        let found = rows.iter().find(|row| row.text("gain") == gain && row.text("cost") == cost);
        found.map_or_else(|| Cell::plain(NONE), per_gain)
    };
    let mut seen: Vec<&str> = Vec::new();
    let mut table_rows = Vec::new();
    for row in rows {
        let gain = row.text("gain");
        if !seen.contains(&gain) {
            seen.push(gain);
            let interval = row.interval("gained_low95", "gained_high95");
            let gained = number_cell(row.number("gained"), row.number("gained_mcse"), interval);
            let name = gain.replace('_', " ").replace('.', ", ");
            table_rows.push(TableRow { name, cells: vec![gained, of(gain, "gross"), of(gain, "net")] });
        }
    }
    let prices = rows.first().map_or("", |row| row.text("price_year"));
    Table {
        caption: format!(
            "What the money of {} buys: gains over the baseline, and discounted GBP for each at prices of {prices}, with 95% intervals over {}.",
            policy.title,
            facts.over_replicates()
        ),
        head: ["Gain", "How many", "GBP for each, gross", "GBP for each, net of savings"].map(str::to_owned).to_vec(),
        rows: table_rows,
    }
}

fn per_gain(row: &Record) -> Cell {
    let interval = row.interval("gbp_per_gain_low95", "gbp_per_gain_high95");
    Cell { note: row.text("verdict").to_owned(), ..number_cell(row.number("gbp_per_gain"), None, interval) }
}
