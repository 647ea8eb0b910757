//! Who moved and who was displaced: the same people in both worlds, from `who_moved.csv` when the run holds it.
//!
//! Columns that are read: `scenario`, the group (`region`, `region_basis`, `origin`, `sex`, `age_band`, `qualification`,
//! `doing`), `change`, and `share` of the group with `mcse`, `low95`, `high95`.

use super::super::charts::{Forest, ForestRow, NONE, Tone};
use super::super::error::ReportError;
use super::super::facts::Facts;
use super::super::numbers::number_cell;
use super::super::page::{Block, Cell, Section, Table, TableRow, View};
use super::super::tables::{self, Record};
use super::shared::figure;
use crate::outcomes::Better;
use crate::results::tables::who_moved::NET;
use crate::text::number::Reading;

/// The table of movers.
const MOVERS: &str = "who_moved.csv";
/// The columns that say whom a row is about.
const GROUP: [&str; 6] = ["region", "origin", "sex", "age_band", "qualification", "doing"];
/// The changes that are told, in order, with what they mean for those they happen to.
const CHANGES: [(&str, Tone); 4] =
    [("moved up", Tone::Better), ("moved down", Tone::Worse), ("displaced", Tone::Worse), (NET, Tone::Level)];

pub(super) fn section(facts: &Facts<'_>) -> Result<Section, ReportError> {
    let columns: Vec<&str> = ["scenario", "change", "share"].iter().chain(&GROUP).copied().collect();
    let blocks = match tables::read(facts.saved, MOVERS, &columns)? {
        None => {
            let text = "This run does not hold who moved up, moved down or was displaced (no who_moved.csv): effects above are net, so \
                        gains of some may hide losses of others."
                .to_owned();
            vec![Block::Missing { text }]
        }
        Some(rows) => {
            let views = views(facts, &rows);
            vec![Block::Switch { legend: "Scenario".to_owned(), name: "movers".to_owned(), views }]
        }
    };
    Ok(Section {
        id: "movers",
        title: "Who moved, who was displaced",
        lead: "The same people in both worlds, at the end of the run: a policy that only re-orders a queue shows gains with losses beside \
               them. Displaced are people who are NEET here and were in a job or in learning in the baseline."
            .to_owned(),
        blocks,
    })
}

fn views(facts: &Facts<'_>, rows: &[Record]) -> Vec<View> {
    let mut views = Vec::new();
    for policy in &facts.policies {
        // one trait at a time: groups of two are in the file
        let one_trait = |row: &&Record| GROUP.iter().filter(|column| !row.is_margin(&[column])).count() < 2;
        let own = rows.iter().filter(|row| row.text("scenario") == policy.name);
        let own: Vec<&Record> = own.filter(one_trait).collect();
        if !own.is_empty() {
            let mut figures = vec![figure(everybody(&policy.title, &own), &["who-moved", &policy.name], "half")];
            if balances(&own, "region").next().is_some() {
                figures.push(figure(regions(&policy.title, &own), &["who-moved-regions", &policy.name], "half"));
            }
            let blocks = vec![Block::Figures { figures }, Block::Behind { table: table(facts, &own) }];
            views.push(View { label: policy.title.clone(), blocks });
        }
    }
    views
}

/// Whom a row is about, in words.
fn group(row: &Record) -> String {
    let Some(column) = GROUP.iter().find(|column| !row.is_margin(&[column])) else { return "everybody".to_owned() };
    let name = row.text(column);
    match *column {
        "region" => format!("from {name}"),
        "origin" => format!("{name} origin"),
        "age_band" => format!("aged {name}"),
        "qualification" => format!("holding {name}"),
        "doing" => format!("{} in the baseline", did(name)),
        _ => name.to_owned(),
    }
}

/// What somebody did, in words.
fn did(standing: &str) -> String {
    match standing {
        "neet" => "NEET".to_owned(),
        "learning" => "in learning".to_owned(),
        class => format!("in a job, {class} class,"),
    }
}

/// The share in per cent and its interval.
fn share_cell(row: &Record) -> Cell {
    let percent = |value: f64| 100.0 * value;
    let interval = row.interval("low95", "high95").map(|(low, high)| (percent(low), percent(high)));
    number_cell(row.number("share").map(percent), row.number("mcse").map(percent), interval)
}

/// What happens to everybody, and the balance of each class of origin.
fn everybody(title: &str, rows: &[&Record]) -> String {
    let mut shown: Vec<ForestRow> =
        rows.iter().filter(|row| row.is_margin(&GROUP)).filter_map(|row| dot(row)).collect();
    shown.extend(balances(rows, "origin"));
    let label = format!("Who moved and who was displaced by {title}; the table below has the numbers");
    Forest {
        title,
        note: "per cent of the group; net: up less down and displaced",
        label: &label,
        neutral: 0.0,
        rows: &shown,
    }
    .svg()
}

/// The balance of each region of upbringing.
fn regions(title: &str, rows: &[&Record]) -> String {
    let shown: Vec<ForestRow> = balances(rows, "region").collect();
    let label = format!(
        "Balance of those who moved and were displaced by {title}, by region of upbringing; the table below has the numbers"
    );
    Forest { title, note: "net, per cent of those who grew up there", label: &label, neutral: 0.0, rows: &shown }.svg()
}

/// The balance of each group of one kind.
fn balances<'a>(rows: &'a [&'a Record], column: &'a str) -> impl Iterator<Item = ForestRow> + 'a {
    rows.iter().filter(move |row| row.text("change") == NET && !row.is_margin(&[column])).filter_map(|row| dot(row))
}

fn dot(row: &Record) -> Option<ForestRow> {
    let percent = |value: f64| 100.0 * value;
    let interval = row.interval("low95", "high95").map(|(low, high)| (percent(low), percent(high)));
    let change = row.text("change");
    let tone = match CHANGES.iter().find(|(known, _)| *known == change)?.1 {
        Tone::Level => {
            interval.map_or(Tone::Unclear, |(low, high)| Tone::of(Reading::of_interval(low, high, Better::Higher)))
        }
        meant @ (Tone::Better | Tone::Worse | Tone::Neither | Tone::Unclear) => meant,
    };
    let cell = share_cell(row);
    let range = if cell.range.is_empty() { String::new() } else { format!(" ({})", cell.range) };
    Some(ForestRow {
        name: format!("{}: {change}", group(row)),
        value: percent(row.number("share")?),
        interval,
        range: None,
        tone,
        text: format!("{}{range}", cell.main),
    })
}

/// A row for each group, a column for each change.
fn table(facts: &Facts<'_>, rows: &[&Record]) -> Table {
    let mut groups: Vec<String> = Vec::new();
    for row in rows {
        if !groups.contains(&group(row)) {
            groups.push(group(row));
        }
    }
    let cell = |name: &String, change: &str| {
        let found = rows.iter().find(|row| row.text("change") == change && &group(row) == name);
        found.map_or_else(|| Cell::plain(NONE), |row| share_cell(row))
    };
    let row = |name: &String| TableRow {
        name: name.clone(),
        cells: CHANGES.iter().map(|(change, _)| cell(name, change)).collect(),
    };
    Table {
        caption: format!(
            "Per cent of each group, against the same people in the baseline, with 95% intervals over {}. Net is up less down and displaced.",
            facts.over_replicates()
        ),
        head: ["Group"].into_iter().chain(CHANGES.iter().map(|(change, _)| *change)).map(str::to_owned).collect(),
        rows: groups.iter().map(row).collect(),
    }
}
