//! Fit to published figures, from `fit.csv` when the run holds it.
//!
//! Columns that are read: `target`, `unit`, `period`, `source`, `use` (fitted, or kept to check against), `published`,
//! `published_low`, `published_high`, `simulated`, and `low95`, `high95`, `replicates` of what is simulated.

use super::super::ReportError;
use super::super::charts::{Forest, ForestRow, NONE, Tone};
use super::super::facts::Facts;
use super::super::numbers::typeset;
use super::super::page::{Block, Cell, Section, Table, TableRow};
use super::super::tables::{self, Record};
use super::figure;
use crate::output::{decimals, rounded};

/// The table of published and simulated figures.
const FIT: &str = "fit.csv";

pub(super) fn section(facts: &Facts<'_>) -> Result<Section, ReportError> {
    let blocks = match tables::read(facts.saved, FIT, &["target", "unit", "published", "simulated"])? {
        None => {
            let text = "This run does not hold published figures to compare its baseline with (no fit.csv). MODEL.md compares the shipped \
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

/// Whether the simulated figure lies within the published interval; `None` when there is no such interval.
fn is_within(row: &Record) -> Option<bool> {
    let (low, high) = row.number("published_low").zip(row.number("published_high"))?;
    row.number("simulated").map(|simulated| (low..=high).contains(&simulated))
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
            interval: row.interval().map(both),
            range: row.number("published_low").zip(row.number("published_high")).map(both),
            tone: if is_within(row) == Some(false) { Tone::Worse } else { Tone::Level },
            text: format!("{} of {}", typeset(row.text("simulated")), typeset(row.text("published"))),
        })
    };
    let rows: Vec<ForestRow> = rows.iter().filter_map(row).collect();
    let forest = Forest {
        title: "Simulated as per cent of published",
        note: "grey: the published interval; orange: outside of it",
        label: "Simulated figures as per cent of published ones; the table below has the numbers",
        neutral: 100.0,
        rows: &rows,
    };
    Ok(Block::Figures { figures: vec![figure(forest.svg()?, &["fit"], "half")] })
}

fn table(facts: &Facts<'_>, rows: &[Record]) -> Table {
    let number = |row: &Record, value: &str, low: &str, high: &str| {
        let Some(found) = row.number(value) else { return Cell::plain(NONE) };
        let ends = row.number(low).zip(row.number(high));
        let places = decimals(ends.map(|(low, high)| (high - low) / 4.0), Some(found), None);
        let text = |value: f64| typeset(&rounded(value, places));
        Cell {
            range: ends.map_or_else(String::new, |(low, high)| format!("{} to {}", text(low), text(high))),
            ..Cell::plain(&text(found))
        }
    };
    let row = |row: &Record| {
        let within = is_within(row).map_or("no published interval", |within| if within { "within" } else { "outside" });
        TableRow {
            name: row.text("target").to_owned(),
            cells: vec![
                Cell::plain(row.text("unit")),
                number(row, "published", "published_low", "published_high"),
                number(row, "simulated", "low95", "high95"),
                Cell::plain(within),
                Cell::plain(row.text("use")),
                Cell::plain(&[row.text("source"), row.text("period")].join(" ")),
            ],
        }
    };
    Table {
        caption: format!(
            "Published figures with their intervals, and the baseline with 95% intervals over {}.",
            facts.over_replicates()
        ),
        head: ["Figure", "Unit", "Published", "Simulated", "Interval", "Used", "Source"].map(str::to_owned).to_vec(),
        rows: rows.iter().map(row).collect(),
    }
}
