//! From origin to destination, and the routes between: a matrix from the run's measures, and a flow diagram from
//! `routes.csv` when the run holds it.
//!
//! Columns of `routes.csv` that are read: `scenario`, `origin`, `route`, `destination`, `unit`, `value` (people on that
//! way), and `low95`, `high95`, `replicates` when they are there.

use super::super::ReportError;
use super::super::charts::{Flow, Matrix, MatrixCell, NONE, Stream, Tone};
use super::super::facts::{Facts, Policy};
use super::super::numbers::{brief, level, typeset};
use super::super::page::{Block, Cell, Figure, Section, TableRow, View};
use super::super::tables::{self, Record};
use super::{WHEN, across_head, behind, figure, place_rows};
use crate::domain::{Kind, Origin};
use crate::output::{LAST_YEAR, Place, Reading, decimals, rounded};
use std::collections::{BTreeMap, BTreeSet};
use strum::VariantArray;

/// The table of routes.
const ROUTES: &str = "routes.csv";
/// Its columns of places, in the order of the flow.
const STAGES: [&str; 3] = ["origin", "route", "destination"];
/// The start of the keys of classes of job, and the classes.
const CLASSES: &str = "job_class.";
const DESTINATIONS: [&str; 3] = ["professional", "intermediate", "working"];

pub(super) fn section(facts: &Facts<'_>) -> Result<Section, ReportError> {
    let mut blocks = matrices(facts)?;
    blocks.extend(routes(facts)?);
    Ok(Section {
        id: "mobility",
        title: "From origin to destination",
        lead: format!(
            "Of people from each class of origin who are in a job on a birthday {WHEN}, the share in each class of job; every row adds up to \
             100%. Then what each scenario changes, and by which routes people reach a job."
        ),
        blocks,
    })
}

/// The matrix at each age that the run measures.
fn matrices(facts: &Facts<'_>) -> Result<Vec<Block>, ReportError> {
    let mut ages: Vec<&str> =
        facts.keys_starting(CLASSES).into_iter().filter_map(|key| key.rsplit('.').next()).collect();
    ages.sort_unstable();
    ages.dedup();
    let has_origins =
        |age: &&str| facts.mean(&key(DESTINATIONS[0], age), &from(Origin::VARIANTS[0]), LAST_YEAR).is_some();
    ages.retain(has_origins);
    if ages.is_empty() {
        let text = "This run is not broken down by class of origin: add \"origin\" to run.by.".to_owned();
        return Ok(vec![Block::Missing { text }]);
    }
    let views = ages.iter().map(|age| view(facts, age)).collect::<Result<Vec<_>, _>>()?;
    Ok(vec![Block::Switch { legend: "At age".to_owned(), name: "matrix".to_owned(), views }])
}

fn key(class: &str, age: &str) -> String {
    format!("{CLASSES}{class}.{age}")
}

fn from(origin: Origin) -> Place {
    Place { origin: origin.name().to_owned(), ..Place::everybody() }
}

fn view(facts: &Facts<'_>, age: &str) -> Result<View, ReportError> {
    let mut figures = vec![matrix(facts, age, None)?];
    for policy in &facts.policies {
        figures.push(matrix(facts, age, Some(policy))?);
    }
    let mut rows = Vec::new();
    for class in DESTINATIONS {
        let places: Vec<(String, Place)> = Origin::VARIANTS
            .iter()
            .map(|origin| (format!("{} origin, in a {class} job", origin.name()), from(*origin)))
            .collect();
        rows.extend(place_rows(facts, &key(class, age), &places));
    }
    let caption = format!(
        "Class of job at {age} by class of origin {WHEN}: the baseline's level, changes in percentage points, with 95% intervals over {}.",
        facts.over_replicates()
    );
    let table = behind(caption, across_head(facts, "Origin and destination"), rows);
    Ok(View { label: age.to_owned(), blocks: vec![Block::Figures { figures }, table] })
}

/// The shares of the baseline, or the changes that a policy makes.
fn matrix(facts: &Facts<'_>, age: &str, policy: Option<&Policy>) -> Result<Figure, ReportError> {
    let row = |origin: &Origin| {
        let cell = |class: &&str| match policy {
            None => level_cell(facts, &key(class, age), &from(*origin)),
            Some(policy) => change_cell(facts, policy, &key(class, age), &from(*origin)),
        };
        (origin.name().to_owned(), DESTINATIONS.iter().map(cell).collect())
    };
    let rows: Vec<(String, Vec<MatrixCell>)> = Origin::VARIANTS.iter().map(row).collect();
    let title = policy.map_or_else(|| format!("Baseline: {}", facts.baseline_title()), |policy| policy.title.clone());
    let note = if policy.is_some() {
        "change, percentage points; rows are origins"
    } else {
        "per cent of each row; rows are origins"
    };
    let chart = Matrix {
        title: &title,
        note,
        label: &format!("Class of job at {age} by class of origin, {title}; the table below has the numbers"),
        columns: &DESTINATIONS.map(str::to_owned),
        rows: &rows,
    };
    let name = policy.map_or("baseline", |policy| policy.name.as_str());
    Ok(figure(chart.svg()?, &["origin-destination", age, name], "half"))
}

fn level_cell(facts: &Facts<'_>, key: &str, place: &Place) -> MatrixCell {
    let mean = facts.mean(key, place, LAST_YEAR);
    let text = mean.map_or_else(|| NONE.to_owned(), |mean| level(facts, mean).0);
    MatrixCell { text, size: mean.and_then(|mean| mean.mean).unwrap_or(0.0), tone: Tone::Level }
}

fn change_cell(facts: &Facts<'_>, policy: &Policy, key: &str, place: &Place) -> MatrixCell {
    let effect = facts.effect(policy, key, place, LAST_YEAR);
    let text = effect.map_or_else(|| NONE.to_owned(), brief);
    let tone = effect.map_or(Tone::Unclear, |effect| Tone::of(Reading::of(effect)));
    let size = effect.filter(|_| tone != Tone::Unclear).and_then(|effect| effect.difference).unwrap_or(0.0);
    MatrixCell { text, size, tone }
}

fn routes(facts: &Facts<'_>) -> Result<Vec<Block>, ReportError> {
    let Some(rows) = tables::read(facts.saved, ROUTES, &["scenario", "origin", "route", "destination", "value"])?
    else {
        let text = "This run does not hold the routes by which people reach a job (no routes.csv), so there is no flow diagram.".to_owned();
        return Ok(vec![Block::Missing { text }]);
    };
    let of = |name: &str| rows.iter().filter(|row| row.text("scenario") == name).collect::<Vec<_>>();
    let baseline = facts.saved.baseline();
    let before = |records: &[&Record]| flow(records, baseline, &format!("Before: {}", facts.baseline_title()));
    let first = of(baseline);
    let mut views = Vec::new();
    for policy in &facts.policies {
        let own = of(&policy.name);
        if !own.is_empty() {
            let after = flow(&own, &policy.name, &format!("After: {}", policy.title))?;
            let figures = if first.is_empty() { vec![after] } else { vec![before(&first)?, after] };
            let blocks = vec![Block::Figures { figures }, way_table(facts, &first, &own)];
            views.push(View { label: policy.title.clone(), blocks });
        }
    }
    if views.is_empty() && !first.is_empty() {
        let blocks = vec![Block::Figures { figures: vec![before(&first)?] }, way_table(facts, &first, &[])];
        views.push(View { label: facts.baseline_title().to_owned(), blocks });
    }
    Ok(vec![Block::Switch { legend: "Routes, before and after".to_owned(), name: "routes".to_owned(), views }])
}

/// Origin, route and destination as three stages; streams to the first destination are coloured.
fn flow(rows: &[&Record], name: &str, title: &str) -> Result<Figure, ReportError> {
    let stages = STAGES.map(|column| in_order(rows, column));
    let good = stages[2].first().cloned().unwrap_or_default();
    let unit = rows.first().map_or("", |row| row.text("unit"));
    let chart = Flow {
        title,
        note: &format!("from class of origin by route to the job reached, {unit}; blue: to {good}"),
        label: &format!("Flow from origin by route to destination, {title}; the table below has the numbers"),
        stages: &stages,
        streams: &streams(rows, &stages, &good),
    };
    Ok(figure(chart.svg()?, &["routes", name], "wide"))
}

/// What flows between neighbouring places, apart by whether it ends at the `good` destination; streams to one place
/// lie beside each other.
fn streams(rows: &[&Record], stages: &[Vec<String>; 3], good: &str) -> Vec<Stream> {
    let at = |stage: usize, text: &str| stages[stage].iter().position(|place| place == text).unwrap_or(usize::MAX);
    let mut sizes: BTreeMap<(usize, usize, usize, bool), f64> = BTreeMap::new();
    for row in rows {
        let ends: Vec<usize> = (0..3).map(|stage| at(stage, row.text(STAGES[stage]))).collect();
        let is_other = row.text(STAGES[2]) != good;
        for stage in 0..2 {
            let size = sizes.entry((stage, ends[stage], ends[stage + 1], is_other)).or_insert(0.0);
            *size += row.number("value").unwrap_or(0.0);
        }
    }
    let stream = |((stage, from, to, is_other), size)| Stream {
        stage,
        from,
        to,
        size,
        tone: if is_other { Tone::Level } else { Tone::Better },
    };
    sizes.into_iter().map(stream).collect()
}

/// The texts of a column, each once, as they first appear.
fn in_order(rows: &[&Record], column: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for row in rows {
        if !found.iter().any(|known| known == row.text(column)) {
            found.push(row.text(column).to_owned());
        }
    }
    found
}

/// The people on each way before and after.
fn way_table(facts: &Facts<'_>, before: &[&Record], after: &[&Record]) -> Block {
    let way = |row: &Record| STAGES.map(|column| row.text(column).to_owned());
    let find = |rows: &[&Record], wanted: &[String; 3]| {
        rows.iter().find(|row| &way(row) == wanted).map_or_else(|| Cell::plain(NONE), |row| number_cell(row))
    };
    let mut ways: Vec<[String; 3]> = before.iter().chain(after).map(|row| way(row)).collect();
    let mut seen = BTreeSet::new();
    ways.retain(|way| seen.insert(way.clone()));
    let of_way =
        |way: &[String; 3]| TableRow { name: way.join(" → "), cells: vec![find(before, way), find(after, way)] };
    let unit = before.iter().chain(after).next().map_or("", |row| row.text("unit"));
    let caption = format!("People on each way, {unit}, with 95% intervals over {}.", facts.over_replicates());
    let head = ["Origin → route → destination", "Before", "After"].map(str::to_owned).to_vec();
    behind(caption, head, ways.iter().map(of_way).collect())
}

/// The `value` of a record and its interval, in digits that the interval supports.
pub(super) fn number_cell(row: &Record) -> Cell {
    let Some(value) = row.number("value") else { return Cell::plain(NONE) };
    let error = row.number("mcse").or(row.interval().map(|(low, high)| (high - low) / 4.0));
    let places = decimals(error, Some(value), None);
    let text = |value: f64| typeset(&rounded(value, places));
    let range = row.interval().map_or_else(String::new, |(low, high)| format!("{} to {}", text(low), text(high)));
    Cell { range, ..Cell::plain(&text(value)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_of_job_has_a_column() {
        let keys = crate::outcomes::measures().iter().map(|measure| measure.key);
        for key in keys.filter(|key| key.starts_with(CLASSES)) {
            assert!(DESTINATIONS.contains(&key.split('.').nth(1).unwrap()), "{key}");
        }
    }
}
