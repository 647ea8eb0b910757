//! From origin to destination, and the routes between: the matrix at each age, and a flow of those who reach a good
//! job from their class of origin by their route. Both are measures of the run by class of origin.

use super::super::charts::{FlowChart, FlowStream, Matrix, MatrixCell, NONE, Tone};
use super::super::error::ReportError;
use super::super::facts::{Facts, PolicyFacts};
use super::super::numbers::{brief, effect_cell, level};
use super::super::page::{Block, ChartFigure, Section, SwitchView, TableRow};
use super::shared::{WHEN, across_head, behind, figure, place_rows};
use crate::domain::{Kind, Origin};
use crate::outcomes::measure_named;
use crate::results::keys::{LAST_YEAR, Subgroup};
use crate::results::tables::structure_fluidity::EffectPart;
use crate::text::number::Reading;
use strum::VariantArray;

/// The start of the keys of shares of routes to a good job.
const ROUTES: &str = "route_share.";
/// The start of the keys of classes of job, and the classes.
const CLASSES: &str = "job_class.";
const DESTINATIONS: [&str; 3] = ["professional", "intermediate", "working"];

pub(super) fn section(facts: &Facts<'_>) -> Result<Section, ReportError> {
    let mut blocks = matrices(facts);
    blocks.extend(routes(facts));
    blocks.extend(parts(facts)?);
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
fn matrices(facts: &Facts<'_>) -> Vec<Block> {
    let mut ages: Vec<&str> =
        facts.keys_starting(CLASSES).into_iter().filter_map(|key| key.rsplit('.').next()).collect();
    ages.sort_unstable();
    ages.dedup();
    let has_origins =
        |age: &&str| facts.mean(&key(DESTINATIONS[0], age), &from(Origin::VARIANTS[0]), LAST_YEAR).is_some();
    ages.retain(has_origins);
    if ages.is_empty() {
        let text = "This run is not broken down by class of origin: add \"origin\" to run.by.".to_owned();
        return vec![Block::Missing { text }];
    }
    let views: Vec<SwitchView> = ages.iter().map(|age| view(facts, age)).collect();
    vec![Block::Switch { legend: "At age".to_owned(), name: "matrix".to_owned(), views }]
}

fn key(class: &str, age: &str) -> String {
    format!("{CLASSES}{class}.{age}")
}

fn from(origin: Origin) -> Subgroup {
    Subgroup { origin: origin.name().to_owned(), ..Subgroup::everybody() }
}

fn view(facts: &Facts<'_>, age: &str) -> SwitchView {
    let mut figures = vec![matrix(facts, age, None)];
    for policy in &facts.policies {
        figures.push(matrix(facts, age, Some(policy)));
    }
    let mut rows = Vec::new();
    for class in DESTINATIONS {
        let places: Vec<(String, Subgroup)> = Origin::VARIANTS
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
    SwitchView { label: age.to_owned(), blocks: vec![Block::Figures { figures }, table] }
}

/// The shares of the baseline, or the changes that a policy makes.
fn matrix(facts: &Facts<'_>, age: &str, policy: Option<&PolicyFacts>) -> ChartFigure {
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
    figure(chart.svg(), &["origin-destination", age, name], "small")
}

fn level_cell(facts: &Facts<'_>, key: &str, place: &Subgroup) -> MatrixCell {
    let mean = facts.mean(key, place, LAST_YEAR);
    let text = mean.map_or_else(|| NONE.to_owned(), |mean| level(facts, mean).0);
    MatrixCell { text, size: mean.and_then(|mean| mean.values.mean).unwrap_or(0.0), tone: Tone::Level }
}

fn change_cell(facts: &Facts<'_>, policy: &PolicyFacts, key: &str, place: &Subgroup) -> MatrixCell {
    let effect = facts.effect(policy, key, place, LAST_YEAR);
    let text = effect.map_or_else(|| NONE.to_owned(), brief);
    let tone = effect.map_or(Tone::Unclear, |effect| Tone::of(Reading::of(effect)));
    let size = effect.filter(|_| tone != Tone::Unclear).and_then(|effect| effect.difference).unwrap_or(0.0);
    MatrixCell { text, size, tone }
}

/// A flow before and after for each scenario.
fn routes(facts: &Facts<'_>) -> Vec<Block> {
    let has_origins = |key: &&str| facts.mean(key, &from(Origin::VARIANTS[0]), LAST_YEAR).is_some();
    let keys: Vec<&str> = facts.keys_starting(ROUTES).into_iter().filter(has_origins).collect();
    if keys.is_empty() {
        let text = "This run does not hold by which routes people of each origin reach a good job, so there is no flow diagram.".to_owned();
        return vec![Block::Missing { text }];
    }
    let before = |policy: Option<&PolicyFacts>| flow(facts, &keys, policy);
    let mut views = Vec::new();
    for policy in &facts.policies {
        let figures = vec![before(None), before(Some(policy))];
        views.push(SwitchView { label: policy.title.clone(), blocks: vec![Block::Figures { figures }] });
    }
    if views.is_empty() {
        let blocks = vec![Block::Figures { figures: vec![before(None)] }];
        views.push(SwitchView { label: facts.baseline_title().to_owned(), blocks });
    }
    let switch =
        Block::Switch { legend: "Routes to a good job, before and after".to_owned(), name: "routes".to_owned(), views };
    let mut rows = Vec::new();
    for key in &keys {
        let named = |origin: &Origin| (format!("{} origin, {}", origin.name(), route(key)), from(*origin));
        rows.extend(place_rows(facts, key, &Origin::VARIANTS.iter().map(named).collect::<Vec<_>>()));
    }
    let caption = format!(
        "Of people of each origin who reach a good job, the share of each route {WHEN}: the baseline's level, changes in percentage points, with \
         95% intervals over {}.",
        facts.over_replicates()
    );
    vec![switch, behind(caption, across_head(facts, "Origin and route"), rows)]
}

/// The route and age of a key such as `route_share.straight_to_work.30`.
fn route(key: &str) -> String {
    key.trim_start_matches(ROUTES).replace('_', " ").replace('.', ", at ")
}

/// The route alone.
fn way(key: &str) -> String {
    let route = key.trim_start_matches(ROUTES);
    route.split_once('.').map_or(route, |(way, _)| way).replace('_', " ")
}

/// Those who reach a good job from each origin, by route, in the baseline or under a policy.
fn flow(facts: &Facts<'_>, keys: &[&str], policy: Option<&PolicyFacts>) -> ChartFigure {
    let title = policy
        .map_or_else(|| format!("Before: {}", facts.baseline_title()), |policy| format!("After: {}", policy.title));
    let share = |key: &str, origin: Origin| {
        let level = facts.mean(key, &from(origin), LAST_YEAR).and_then(|mean| mean.values.mean).unwrap_or(0.0);
        let change = policy.and_then(|policy| facts.effect(policy, key, &from(origin), LAST_YEAR)?.difference);
        level + change.unwrap_or(0.0)
    };
    let streams = Origin::VARIANTS.iter().enumerate().flat_map(|(from, origin)| {
        keys.iter().enumerate().map(move |(to, key)| FlowStream { stage: 0, from, to, size: share(key, *origin) })
    });
    let origins = Origin::VARIANTS.iter().map(|origin| origin.name().to_owned()).collect();
    let everybody = Subgroup::everybody();
    // the level before, the change after, of all origins together
    let number = |key: &str| match policy {
        None => facts.mean(key, &everybody, LAST_YEAR).map(|mean| level(facts, mean).0),
        Some(policy) => facts.effect(policy, key, &everybody, LAST_YEAR).map(brief),
    };
    let place = |key: &&str| format!("{} {}", way(key), number(key).unwrap_or_else(|| NONE.to_owned()));
    let note = match policy {
        None => "good jobs by route; each origin 100%; at the right, of all",
        Some(_) => "the same after; at the right, change in percentage points",
    };
    let chart = FlowChart {
        title: &title,
        note,
        label: &format!("Routes to a good job by class of origin, {title}; the table below has the numbers"),
        stages: &[origins, keys.iter().map(place).collect()],
        streams: &streams.collect::<Vec<_>>(),
    };
    figure(chart.svg(), &["routes", policy.map_or("baseline", |policy| &policy.name)], "half")
}

/// What changes of mobility owe to more good jobs, and what to fairer chances of them.
fn parts(facts: &Facts<'_>) -> Result<Option<Block>, ReportError> {
    let parts = &facts.run.parts;
    let kept = facts.run.manifest.replicates_kept;
    let mut rows = Vec::new();
    for policy in &facts.policies {
        let own: Vec<&EffectPart> = parts.iter().filter(|part| part.effect.key.scenario == policy.name).collect();
        let mut seen: Vec<&str> = Vec::new();
        for part in &own {
            let measure = part.effect.key.measure.as_str();
            if !seen.contains(&measure) {
                seen.push(measure);
                let cell = |name: &str| {
                    let found = own.iter().find(|part| part.part == name && part.effect.key.measure == measure);
                    effect_cell(found.map(|part| &part.effect), kept)
                };
                let label = measure_named(measure).map_or(measure, |measure| measure.label);
                let cells = ["change", "structure", "fluidity"].map(cell).into();
                rows.push(TableRow { name: format!("{}: {label}", policy.title), cells });
            }
        }
    }
    let caption = format!(
        "What a change in mobility owes to structure (more or fewer jobs of each class) and to fluidity (fairer or less fair chances of them) \
         {WHEN}, in percentage points, with 95% intervals over {}.",
        facts.over_replicates()
    );
    let head = ["Scenario and measure", "Change", "Structure", "Fluidity"].map(str::to_owned).to_vec();
    Ok((!rows.is_empty()).then(|| behind(caption, head, rows)))
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
