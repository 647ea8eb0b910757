//! Money: what each scenario costs, and what that buys when the run holds `costs.csv`.
//!
//! Columns of `costs.csv` that are read: `scenario`, `item` (such as `per person-month out of NEET`), `unit`, `value`, and
//! `mcse`, `low95`, `high95`, `replicates` when they are there.

use super::super::ReportError;
use super::super::charts::{Forest, ForestRow, Tone};
use super::super::facts::Facts;
use super::super::numbers::{effect_cell, mean_cell, typeset};
use super::super::page::{Block, Cell, Section, Table, TableRow};
use super::super::tables::{self, Record};
use super::answer::SPENDING;
use super::mobility::number_cell;
use super::{WHEN, figure};
use crate::output::{LAST_YEAR, Place, Reading, Shown, WHOLE_RUN};

/// The table of costs.
const COSTS: &str = "costs.csv";

pub(super) fn section(facts: &Facts<'_>) -> Result<Section, ReportError> {
    let everybody = Place::everybody();
    let mut blocks = Vec::new();
    if let Some(mean) = facts.mean(SPENDING, &everybody, LAST_YEAR) {
        blocks.extend(chart(facts, &mean.unit)?);
        blocks.push(Block::Open { table: spending(facts, &mean.unit) });
    } else {
        blocks.push(Block::Missing { text: "This run does not hold public spending.".to_owned() });
    }
    match tables::read(facts.saved, COSTS, &["scenario", "item", "unit", "value"])? {
        Some(rows) => blocks.push(Block::Open { table: costs(facts, &rows) }),
        None => blocks.push(Block::Missing {
            text: "This run does not hold costs per outcome or savings (no costs.csv): what follows from the money has to be read from the \
                   effects."
                .to_owned(),
        }),
    }
    Ok(Section {
        id: "money",
        title: "Money",
        lead: "Gross public spending, in prices of the base year: training of apprentices, support, and what levers book. Savings are not \
               taken off."
            .to_owned(),
        blocks,
    })
}

fn chart(facts: &Facts<'_>, unit: &str) -> Result<Option<Block>, ReportError> {
    let row = |policy: &super::Policy| {
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

fn costs(facts: &Facts<'_>, rows: &[Record]) -> Table {
    let title = |name: &str| {
        facts
            .policies
            .iter()
            .find(|policy| policy.name == name)
            .map_or_else(|| name.to_owned(), |policy| policy.title.clone())
    };
    let row = |row: &Record| TableRow {
        name: title(row.text("scenario")),
        cells: vec![Cell::plain(row.text("item")), number_cell(row), Cell::plain(row.text("unit"))],
    };
    Table {
        caption: format!("What the money buys, with 95% intervals over {}.", facts.over_replicates()),
        head: ["Scenario", "What", "Cost", "Unit"].map(str::to_owned).to_vec(),
        rows: rows.iter().map(row).collect(),
    }
}
