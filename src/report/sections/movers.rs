//! Who moved and who was displaced: the same people in both worlds, from `who_moved.csv` when the run holds it.

use super::super::charts::{Forest, ForestRow, NONE, Tone};
use super::super::error::ReportError;
use super::super::facts::Facts;
use super::super::numbers::number_cell;
use super::super::page::{Block, PageCell, PageTable, Section, SwitchView, TableRow};
use super::shared::figure;
use crate::outcomes::Better;
use crate::results::keys::ALL;
use crate::results::tables::who_moved::{Member, Moved, NET};
use crate::text::number::Reading;

/// The traits that a row may be about, in order, each with its name for somebody who has it.
fn traits(row: &Moved) -> [(&'static str, &str); 6] {
    let Member { subgroup, age_band, qualification, doing } = &row.member;
    [
        ("region", &subgroup.region),
        ("origin", &subgroup.origin),
        ("sex", &subgroup.sex),
        ("age_band", age_band),
        ("qualification", qualification),
        ("doing", doing),
    ]
}

/// The traits that a row is broken down by.
fn broken_down(row: &Moved) -> impl Iterator<Item = (&'static str, &str)> {
    traits(row).into_iter().filter(|(_, name)| *name != ALL)
}
/// The changes that are told, in order, with what they mean for those they happen to.
const CHANGES: [(&str, Tone); 4] =
    [("moved up", Tone::Better), ("moved down", Tone::Worse), ("displaced", Tone::Worse), (NET, Tone::Level)];

pub(super) fn section(facts: &Facts<'_>) -> Result<Section, ReportError> {
    let blocks = match &facts.run.moved {
        None => {
            let text = "This run does not hold who moved up, moved down or was displaced (no who_moved.csv): effects above are net, so \
                        gains of some may hide losses of others."
                .to_owned();
            vec![Block::Missing { text }]
        }
        Some(rows) => {
            let views = views(facts, rows);
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

fn views(facts: &Facts<'_>, rows: &[Moved]) -> Vec<SwitchView> {
    let mut views = Vec::new();
    for policy in &facts.policies {
        // one trait at a time: groups of two are in the file
        let one_trait = |row: &&Moved| broken_down(row).count() < 2;
        let own = rows.iter().filter(|row| row.scenario == policy.name);
        let own: Vec<&Moved> = own.filter(one_trait).collect();
        if !own.is_empty() {
            let mut figures = vec![figure(everybody(&policy.title, &own), &["who-moved", &policy.name], "half")];
            if balances(&own, "region").next().is_some() {
                figures.push(figure(regions(&policy.title, &own), &["who-moved-regions", &policy.name], "half"));
            }
            let blocks = vec![Block::Figures { figures }, Block::Behind { table: table(facts, &own) }];
            views.push(SwitchView { label: policy.title.clone(), blocks });
        }
    }
    views
}

/// Whom a row is about, in words.
fn group(row: &Moved) -> String {
    let Some((column, name)) = broken_down(row).next() else { return "everybody".to_owned() };
    match column {
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
fn share_cell(row: &Moved) -> PageCell {
    let percent = |value: f64| 100.0 * value;
    let interval = row.interval.map(|(low, high)| (percent(low), percent(high)));
    number_cell(row.share.map(percent), row.mcse.map(percent), interval)
}

/// What happens to everybody, and the balance of each class of origin.
fn everybody(title: &str, rows: &[&Moved]) -> String {
    let mut shown: Vec<ForestRow> =
        rows.iter().filter(|row| broken_down(row).next().is_none()).filter_map(|row| dot(row)).collect();
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
fn regions(title: &str, rows: &[&Moved]) -> String {
    let shown: Vec<ForestRow> = balances(rows, "region").collect();
    let label = format!(
        "Balance of those who moved and were displaced by {title}, by region of upbringing; the table below has the numbers"
    );
    Forest { title, note: "net, per cent of those who grew up there", label: &label, neutral: 0.0, rows: &shown }.svg()
}

/// The balance of each group of one kind.
fn balances<'a>(rows: &'a [&'a Moved], column: &'a str) -> impl Iterator<Item = ForestRow> + 'a {
    rows.iter()
        .filter(move |row| row.change == NET && broken_down(row).any(|(name, _)| name == column))
        .filter_map(|row| dot(row))
}

fn dot(row: &Moved) -> Option<ForestRow> {
    let percent = |value: f64| 100.0 * value;
    let interval = row.interval.map(|(low, high)| (percent(low), percent(high)));
    let change = row.change.as_str();
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
        value: percent(row.share?),
        interval,
        range: None,
        tone,
        text: format!("{}{range}", cell.main),
    })
}

/// A row for each group, a column for each change.
fn table(facts: &Facts<'_>, rows: &[&Moved]) -> PageTable {
    let mut groups: Vec<String> = Vec::new();
    for row in rows {
        if !groups.contains(&group(row)) {
            groups.push(group(row));
        }
    }
    let cell = |name: &String, change: &str| {
        let found = rows.iter().find(|row| row.change.as_str() == change && &group(row) == name);
        found.map_or_else(|| PageCell::plain(NONE), |row| share_cell(row))
    };
    let row = |name: &String| TableRow {
        name: name.clone(),
        cells: CHANGES.iter().map(|(change, _)| cell(name, change)).collect(),
    };
    PageTable {
        caption: format!(
            "Per cent of each group, against the same people in the baseline, with 95% intervals over {}. Net is up less down and displaced.",
            facts.over_replicates()
        ),
        head: ["Group"].into_iter().chain(CHANGES.iter().map(|(change, _)| *change)).map(str::to_owned).collect(),
        rows: groups.iter().map(row).collect(),
    }
}
