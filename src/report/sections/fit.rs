//! Fit to published figures, from `validation.csv` when the run holds it.
//!
//! Columns that are read: `target`, `unit`, `period`, `source`, `use` (fitted, or kept to check against), `published` with
//! `low` and `high`, `simulated` with `mcse` and `replicates`, and `verdict`.

use super::super::ReportError;
use super::super::charts::{Forest, ForestRow, Tone};
use super::super::facts::Facts;
use super::super::numbers::number_cell;
use super::super::page::{Block, Cell, Section, Table, TableRow};
use super::super::tables::{self, Record};
use super::figure;
use crate::statistics::CriticalValues;

/// The table of published and simulated figures.
const FIT: &str = "validation.csv";

pub(super) fn section(facts: &Facts<'_>) -> Result<Section, ReportError> {
    let blocks = match tables::read(facts.saved, FIT, &["target", "unit", "published", "simulated"])? {
        None => {
            let text = "This run does not hold published figures to compare its baseline with (no validation.csv). MODEL.md compares the shipped \
                        baseline with published figures, misses included."
                .to_owned();
            vec![Block::Missing { text }]
        }
        Some(rows) => vec![chart(&rows)?, Block::Open { table: table(facts, &rows) }],
    };
    Ok(Section {
        id: "fit",
        title: "Fit to published figures",
        lead: "The baseline beside what was published. A figure that was fitted shows that fitting works; only one that was kept back tests \
               the model."
            .to_owned(),
        blocks,
    })
}

/// The interval of what is simulated (Monte Carlo error alone).
fn simulated(row: &Record) -> Option<(f64, f64)> {
    let free = row.text("replicates").parse::<usize>().ok()?.checked_sub(1)?;
    let half = CriticalValues::default().two_sided_95(free) * row.number("mcse")?;
    row.number("simulated").map(|value| (value - half, value + half)).filter(|_| half.is_finite())
}

/// Every figure as per cent of the published one; the grey range is the published interval.
fn chart(rows: &[Record]) -> Result<Block, ReportError> {
    let row = |row: &Record| {
        let published = row.number("published").filter(|published| published.abs() > 0.0)?;
        let percent = |value: f64| 100.0 * value / published;
        let both = |ends: (f64, f64)| (percent(ends.0), percent(ends.1));
        Some(ForestRow {
            name: row.text("target").to_owned(),
            value: percent(row.number("simulated")?),
            interval: simulated(row).map(both),
            range: row.interval("low", "high").map(both),
            tone: if row.text("verdict") == "miss" { Tone::Worse } else { Tone::Level },
            text: format!(
                "{} of {}",
                cell(row, "simulated", simulated(row)).main,
                cell(row, "published", row.interval("low", "high")).main
            ),
        })
    };
    let rows: Vec<ForestRow> = rows.iter().filter_map(row).collect();
    let forest = Forest {
        title: "Simulated as per cent of published",
        note: "grey: the published interval; orange: a miss",
        label: "Simulated figures as per cent of published ones; the table below has the numbers",
        neutral: 100.0,
        rows: &rows,
    };
    Ok(Block::Figures { figures: vec![figure(forest.svg()?, &["fit"], "half")] })
}

fn table(facts: &Facts<'_>, rows: &[Record]) -> Table {
    let row = |row: &Record| TableRow {
        name: row.text("target").to_owned(),
        cells: vec![
            Cell::plain(row.text("unit")),
            cell(row, "published", row.interval("low", "high")),
            cell(row, "simulated", simulated(row)),
            Cell::plain(row.text("verdict")),
            Cell::plain(row.text("use")),
            Cell::plain(&[row.text("source"), row.text("period")].join(" ")),
        ],
    };
    Table {
        caption: format!(
            "Published figures with their intervals, and the baseline with 95% intervals over {}.",
            facts.over_replicates()
        ),
        head: ["Figure", "Unit", "Published", "Simulated", "Verdict", "Used", "Source"].map(str::to_owned).to_vec(),
        rows: rows.iter().map(row).collect(),
    }
}

fn cell(row: &Record, column: &str, interval: Option<(f64, f64)>) -> Cell {
    number_cell(row.number(column), None, interval)
}
