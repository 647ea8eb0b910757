//! A condition: what it means, each of its values, where it comes from, and what a scenario does to it.

use super::super::ending::{Ending, Step};
use super::super::terminal;
use super::in_scenario::InScenario;
use crate::calendar::Month;
use crate::conditions::{Condition, Conditions};
use crate::diagnostics::printable;
use crate::domain::Kind;
use crate::levers::path;
use crate::world::World;
use std::sync::Arc;

/// A value that a scenario changes.
struct Changed {
    value: f64,
    month: Month,
    by: Vec<String>,
}

/// What the condition is and the rows of its table that have every name of `place`.
pub(super) fn explain(condition: Condition, place: &str, world: &World, known: Option<&InScenario>) -> Step<String> {
    let positions = positions(condition, place, world)?;
    let spec = condition.spec();
    let mut head = terminal::plain_table();
    head.add_row(["condition", spec.name]);
    head.add_row(["meaning", spec.meaning]);
    head.add_row(["unit", spec.unit]);
    head.add_row(["range", &format!("{} to {}", terminal::brief(spec.lowest), terminal::brief(spec.highest))]);
    head.add_row(["subject", spec.subject]);
    let [only] = positions[..] else {
        return Ok(format!("{}\n{}", terminal::rendered(&mut head), table(condition, &positions, world, known)));
    };
    let figure = &world.figures[only];
    let source = world.sources.get(&figure.source);
    let name = world.place_name(condition, only);
    if !name.is_empty() {
        head.add_row(["of", &printable(&name)]);
    }
    head.add_row(["value", &world.baseline.values()[only].to_string()]);
    if let Some(known) = known {
        head.add_row(["in the scenario", &said(changed(only, world, known))]);
    }
    head.add_row(["period", &printable(&figure.period)]);
    head.add_row(["source", &printable(&source.map_or(figure.source.clone(), |source| source.title.clone()))]);
    head.add_row(["", &printable(source.map_or("", |source| &source.url))]);
    head.add_row(["confidence", figure.confidence.name()]);
    head.add_row(["note", &printable(&figure.note)]);
    head.add_row(["set in", &printable(&format!("{}:{}", figure.file, figure.line))]);
    Ok(terminal::rendered(&mut head))
}

fn table(condition: Condition, positions: &[usize], world: &World, known: Option<&InScenario>) -> String {
    let mut table = terminal::plain_table();
    let in_scenario = known.map(|_| "in the scenario");
    table.set_header(["of", "value"].into_iter().chain(in_scenario).chain([
        "source",
        "period",
        "confidence",
        "set in",
    ]));
    for position in positions {
        let figure = &world.figures[*position];
        let mut row =
            vec![printable(&world.place_name(condition, *position)), world.baseline.values()[*position].to_string()];
        row.extend(known.map(|known| said(changed(*position, world, known))));
        row.extend([
            printable(&figure.source),
            printable(&figure.period),
            figure.confidence.name().to_owned(),
            printable(&format!("{}:{}", figure.file, figure.line)),
        ]);
        table.add_row(row);
    }
    terminal::rendered(&mut table)
}

/// The positions whose names along the axes include all of `place`, which slashes divide.
fn positions(condition: Condition, place: &str, world: &World) -> Step<Vec<usize>> {
    let wanted: Vec<String> =
        place.split('/').map(|part| part.trim().to_lowercase()).filter(|part| !part.is_empty()).collect();
    let has = |position: &usize| {
        let name = world.place_name(condition, *position).to_lowercase();
        let parts: Vec<&str> = name.split('/').collect();
        wanted.iter().all(|part| parts.contains(&part.as_str()))
    };
    let all = world.baseline.layout().range(condition);
    let found: Vec<usize> = all.clone().filter(has).collect();
    if !found.is_empty() {
        return Ok(found);
    }
    let names: Vec<String> = all.map(|position| world.place_name(condition, position)).collect();
    let mut parts: Vec<&str> = names.iter().flat_map(|name| name.split('/')).collect();
    parts.sort_unstable();
    parts.dedup();
    let near = wanted.iter().find_map(|part| crate::toml_tables::closest(part, &parts));
    let hint = near.unwrap_or_else(|| format!("the names are: {}", parts.join(", ")));
    Err(Ending::Refused(format!(
        "found no row {:?} of {}, expected names along its axes with slashes between them\n  hint: {}",
        printable(place),
        condition.spec().name,
        printable(&hint)
    )))
}

/// The value of the first month in which a scenario changes a number furthest, and the levers that do so alone.
fn changed(position: usize, world: &World, known: &InScenario) -> Option<Changed> {
    let scenario = &known.scenario;
    let baseline = world.baseline.values()[position];
    let distance = |conditions: &Conditions| (conditions.values()[position] - baseline).abs();
    let mut furthest: Option<(usize, f64)> = None;
    for (at, conditions) in known.timeline.months.iter().enumerate() {
        let size = distance(conditions);
        if size > furthest.map_or(0.0, |(_, size)| size) {
            furthest = Some((at, size));
        }
    }
    let (at, _) = furthest?;
    let month = scenario.run.start.plus(u16::try_from(at).ok()?);
    let base = Arc::new(world.baseline.clone());
    let mut by = Vec::new();
    for (index, lever) in scenario.levers.iter().enumerate() {
        let alone = lever.effect(world, month).on(&base);
        if distance(&alone) > 0.0 {
            let key = path(&scenario.levers, index);
            let set = known.set_by(&format!("{key}.source"));
            by.push(format!("{key} ({set})"));
        }
    }
    Some(Changed { value: known.timeline.months[at].values()[position], month, by })
}

fn said(changed: Option<Changed>) -> String {
    changed.map_or_else(
        || "as it is".to_owned(),
        |changed| {
            let by = if changed.by.is_empty() { "its levers together".to_owned() } else { changed.by.join(", ") };
            printable(&format!("{} in {} by {by}", changed.value, changed.month))
        },
    )
}
