//! Who stands elsewhere: how many more or fewer people of each group do what, from `who_moved.csv` when the run holds it.

use super::super::charts::{Forest, ForestRow, NONE, Tone};
use super::super::error::ReportError;
use super::super::facts::Facts;
use super::super::numbers::number_cell;
use super::super::page::{Block, PageCell, PageTable, Section, SwitchView, TableRow};
use super::shared::figure;
use crate::domain::Kind;
use crate::engine::tally::Standing;
use crate::outcomes::Better;
use crate::results::keys::ALL;
use crate::results::tables::who_moved::{Member, Moved};
use crate::text::number::Reading;

/// The traits that a row may be about, in order, each with its name for somebody who has it.
fn traits(row: &Moved) -> [(&'static str, &str); 5] {
    let Member { subgroup, age_band, qualification } = &row.member;
    [
        ("region", &subgroup.region),
        ("origin", &subgroup.origin),
        ("sex", &subgroup.sex),
        ("age_band", age_band),
        ("qualification", qualification),
    ]
}

/// The traits that a row is broken down by.
fn broken_down(row: &Moved) -> impl Iterator<Item = (&'static str, &str)> {
    traits(row).into_iter().filter(|(_, name)| *name != ALL)
}

/// What people do, in order, in words, and which direction is better for them.
const STANDINGS: [(Standing, &str, Better); 5] = [
    (Standing::Neet, "NEET", Better::Lower),
    (Standing::Learning, "in learning", Better::Neither),
    (Standing::Working, "working-class job", Better::Neither),
    (Standing::Intermediate, "intermediate job", Better::Neither),
    (Standing::Professional, "professional job", Better::Higher),
];

pub(super) fn section(facts: &Facts<'_>) -> Result<Section, ReportError> {
    let blocks = match &facts.run.moved {
        None => {
            let text =
                "This run does not hold how many people of each group stand elsewhere (no who_moved.csv).".to_owned();
            vec![Block::Missing { text }]
        }
        Some(rows) => {
            let views = views(facts, rows);
            vec![Block::Switch { legend: "Scenario".to_owned(), name: "movers".to_owned(), views }]
        }
    };
    Ok(Section {
        id: "movers",
        title: "Who stands elsewhere",
        lead: "How many more or fewer people of each group do what at the end of the run, against the baseline. These are net changes: when \
               one takes the place of another of the same group, nothing changes here."
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
            if of_kind(&own, "region").next().is_some() {
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
        _ => name.to_owned(),
    }
}

/// The change in people and its interval.
fn people_cell(row: &Moved) -> PageCell {
    number_cell(Some(row.change), row.mcse, row.interval)
}

/// What everybody does, and those who are NEET of each class of origin.
fn everybody(title: &str, rows: &[&Moved]) -> String {
    let mut shown: Vec<ForestRow> =
        rows.iter().filter(|row| broken_down(row).next().is_none()).filter_map(|row| dot(row)).collect();
    shown.extend(of_kind(rows, "origin"));
    let label = format!("How many more or fewer people do what with {title}; the table below has the numbers");
    Forest { title, note: "people more or fewer at the end of the run", label: &label, neutral: 0.0, rows: &shown }
        .svg()
}

/// Those who are NEET of each region of upbringing.
fn regions(title: &str, rows: &[&Moved]) -> String {
    let shown: Vec<ForestRow> = of_kind(rows, "region").collect();
    let label = format!(
        "How many more or fewer people are NEET with {title}, by region of upbringing; the table below has the numbers"
    );
    Forest {
        title,
        note: "people NEET, more or fewer, by where they grew up",
        label: &label,
        neutral: 0.0,
        rows: &shown,
    }
    .svg()
}

/// Those who are NEET in each group of one kind.
fn of_kind<'a>(rows: &'a [&'a Moved], column: &'a str) -> impl Iterator<Item = ForestRow> + 'a {
    rows.iter()
        .filter(move |row| row.standing == Standing::Neet.name() && broken_down(row).any(|(name, _)| name == column))
        .filter_map(|row| dot(row))
}

fn dot(row: &Moved) -> Option<ForestRow> {
    let (_, standing, better) = STANDINGS.iter().find(|(known, _, _)| known.name() == row.standing)?;
    let clear = row.interval.filter(|_| !row.is_chance);
    let tone = clear.map_or(Tone::Unclear, |(low, high)| Tone::of(Reading::of_interval(low, high, *better)));
    let cell = people_cell(row);
    let range = if cell.range.is_empty() { String::new() } else { format!(" ({})", cell.range) };
    Some(ForestRow {
        name: format!("{}: {standing}", group(row)),
        value: row.change,
        interval: row.interval,
        range: None,
        tone,
        text: format!("{}{range}", cell.main),
    })
}

/// A row for each group, a column for each standing.
fn table(facts: &Facts<'_>, rows: &[&Moved]) -> PageTable {
    let mut groups: Vec<String> = Vec::new();
    for row in rows {
        if !groups.contains(&group(row)) {
            groups.push(group(row));
        }
    }
    let cell = |name: &String, standing: Standing| {
        let found = rows.iter().find(|row| row.standing == standing.name() && &group(row) == name);
        found.map_or_else(|| PageCell::plain(NONE), |row| people_cell(row))
    };
    let row = |name: &String| TableRow {
        name: name.clone(),
        cells: STANDINGS.iter().map(|(standing, _, _)| cell(name, *standing)).collect(),
    };
    PageTable {
        caption: format!(
            "People more or fewer at the end of the run, against the baseline, with 95% intervals over {}. Groups by qualification are of \
             those who hold it in each of the two worlds.",
            facts.over_replicates()
        ),
        head: ["Group"].into_iter().chain(STANDINGS.iter().map(|(_, name, _)| *name)).map(str::to_owned).collect(),
        rows: groups.iter().map(row).collect(),
    }
}
