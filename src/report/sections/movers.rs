//! Who moved and who was displaced: the same people in both worlds, from `movers.csv` when the run holds it.
//!
//! Columns that are read: `scenario`, `group`, `outcome` (such as `moved up`, `moved down`, `displaced`), `unit`, `value`,
//! and `mcse`, `low95`, `high95`, `replicates` when they are there.

use super::super::ReportError;
use super::super::charts::{Forest, ForestRow, NONE, Tone};
use super::super::facts::Facts;
use super::super::numbers::plural;
use super::super::page::{Block, Cell, Section, Table, TableRow, View};
use super::super::tables::{self, Record};
use super::figure;
use super::mobility::number_cell;

/// The table of movers.
const MOVERS: &str = "movers.csv";

pub(super) fn section(facts: &Facts<'_>) -> Result<Section, ReportError> {
    let read = tables::read(facts.saved, MOVERS, &["scenario", "group", "outcome", "unit", "value"])?;
    let blocks = match read {
        None => {
            let text = "This run does not hold who moved up, moved down or was displaced (no movers.csv): effects above are net, so gains \
                        of some may hide losses of others."
                .to_owned();
            vec![Block::Missing { text }]
        }
        Some(rows) => {
            vec![Block::Switch {
                legend: "Scenario".to_owned(),
                name: "movers".to_owned(),
                views: views(facts, &rows)?,
            }]
        }
    };
    Ok(Section {
        id: "movers",
        title: "Who moved, who was displaced",
        lead:
            "The same people in both worlds: a policy that only re-orders a queue shows gains with losses beside them."
                .to_owned(),
        blocks,
    })
}

fn views(facts: &Facts<'_>, rows: &[Record]) -> Result<Vec<View>, ReportError> {
    let mut views = Vec::new();
    for policy in &facts.policies {
        let own: Vec<&Record> = rows.iter().filter(|row| row.text("scenario") == policy.name).collect();
        if !own.is_empty() {
            let figures = vec![figure(chart(&policy.title, &own)?, &["movers", &policy.name], "half")];
            let blocks = vec![Block::Figures { figures }, Block::Open { table: table(&own) }];
            views.push(View { label: policy.title.clone(), blocks });
        }
    }
    Ok(views)
}

/// What an outcome means for those it happens to; `None` of what stays as it was, which would dwarf the others.
fn tone(outcome: &str) -> Option<Tone> {
    match outcome {
        "unchanged" => None,
        "moved up" => Some(Tone::Better),
        "moved down" | "displaced" => Some(Tone::Worse),
        _ => Some(Tone::Level),
    }
}

fn chart(title: &str, rows: &[&Record]) -> Result<String, ReportError> {
    let row = |row: &&Record| {
        let cell = number_cell(row);
        let range = if cell.range.is_empty() { String::new() } else { format!(" ({})", cell.range) };
        Some(ForestRow {
            name: format!("{}: {}", row.text("group"), row.text("outcome")),
            value: row.number("value")?,
            interval: row.interval(),
            range: None,
            tone: tone(row.text("outcome"))?,
            text: format!("{}{range}", cell.main),
        })
    };
    let rows_shown: Vec<ForestRow> = rows.iter().filter_map(row).collect();
    let unit = rows.first().map_or("", |row| row.text("unit"));
    let label = format!("Who moved and who was displaced by {title}; the table below has the numbers");
    Forest {
        title,
        note: &format!("{unit}; blue up, orange down or displaced"),
        label: &label,
        neutral: 0.0,
        rows: &rows_shown,
    }
    .svg()
}

/// A row for each group, a column for each outcome.
fn table(rows: &[&Record]) -> Table {
    let each = |column: &str| {
        let mut found: Vec<&str> = Vec::new();
        rows.iter().map(|row| row.text(column)).for_each(|text| {
            if !found.contains(&text) {
                found.push(text)
            }
        });
        found
    };
    let (groups, outcomes) = (each("group"), each("outcome"));
    let cell = |group: &str, outcome: &str| {
        let found = rows.iter().find(|row| row.text("group") == group && row.text("outcome") == outcome);
        found.map_or_else(|| Cell::plain(NONE), |row| number_cell(row))
    };
    let row = |group: &&str| TableRow {
        name: (*group).to_owned(),
        cells: outcomes.iter().map(|outcome| cell(group, outcome)).collect(),
    };
    let unit = rows.first().map_or("", |row| row.text("unit"));
    let replicates = rows.iter().filter_map(|row| row.replicates()).min().unwrap_or(0);
    let over = plural(usize::try_from(replicates).unwrap_or(0), "replicate", "replicates");
    Table {
        caption: format!("{unit}, against the same people in the baseline, with 95% intervals over {over}."),
        head: ["Group"].iter().chain(&outcomes).map(|text| (*text).to_owned()).collect(),
        rows: groups.iter().map(row).collect(),
    }
}
