//! Who moved and who was displaced: the same people in both worlds, from `movers.csv` when the run holds it.
//!
//! Columns that are read: `scenario`, `group`, `outcome` (such as `moved up`, `moved down`, `displaced`), `unit`, `value`,
//! and `mcse`, `low95`, `high95`, `replicates` when they are there.

use super::super::ReportError;
use super::super::facts::Facts;
use super::super::numbers::plural;
use super::super::page::{Block, Cell, Section, Table, TableRow, View};
use super::super::tables::{self, Record};
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
            vec![Block::Switch { legend: "Scenario".to_owned(), name: "movers".to_owned(), views: views(facts, &rows) }]
        }
    };
    Ok(Section {
        id: "movers",
        title: "Who moved and who was displaced",
        lead:
            "The same people in both worlds: a policy that only re-orders a queue shows gains with losses beside them."
                .to_owned(),
        blocks,
    })
}

fn views(facts: &Facts<'_>, rows: &[Record]) -> Vec<View> {
    let of = |name: &str| rows.iter().filter(|row| row.text("scenario") == name).collect::<Vec<_>>();
    let policies = facts.policies.iter().map(|policy| (policy, of(&policy.name))).filter(|(_, rows)| !rows.is_empty());
    policies
        .map(|(policy, rows)| View { label: policy.title.clone(), blocks: vec![Block::Open { table: table(&rows) }] })
        .collect()
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
        found.map_or_else(|| Cell::plain("–"), |row| number_cell(row))
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
