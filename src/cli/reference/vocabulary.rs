//! What scenario files may name and what results hold: levers, conditions, measures.

use super::super::list::{met_by, range};
use super::page::{Page, capital};
use crate::assure::markdown::{item, paragraph};
use crate::conditions::Condition;
use crate::domain::Kind;
use crate::levers::{COMMON_KEYS, LEVERS};
use crate::outcomes::{Form, Measure, all_measures, measures};
use crate::toml_tables::KeyInfo;
use crate::world::{Confidence, World};
use std::fmt::Write as _;
use strum::VariantArray;

/// Every lever with its keys and its evidence.
pub(super) fn levers() -> Page {
    let mut body = String::from("## Every lever\n\n");
    body += &keys(COMMON_KEYS.iter().map(|key| *key.about()));
    for lever in LEVERS {
        let _ = write!(body, "\n## {}\n\n", lever.name);
        body += &paragraph(&format!("{}.", capital(lever.purpose)));
        body += &keys(lever.own_keys());
        body += "\n";
        body += &paragraph(&format!("Evidence: {}.", lever.evidence));
        body.truncate(body.trim_end().len());
        body += "\n";
    }
    let lead = "tables `[[levers.NAME]]` of a scenario file; `rungs new NAME --lever KIND` writes one with every key and its range."
        .to_owned();
    Page { file: "levers.md", title: "Levers", lead, body }
}

fn keys(keys: impl IntoIterator<Item = KeyInfo>) -> String {
    keys.into_iter().map(|key| item(&format!("`{}` ({}): {}.", key.name, key.unit, key.meaning()))).collect()
}

/// Every condition with its values in the built-in world.
pub(super) fn conditions(world: &World) -> Page {
    let mut body = paragraph(&format!(
        "{} has {} numbers for {} conditions: {}. Each names its source; `rungs explain NAME` shows it, and where it stands.",
        world.title,
        world.figures.len(),
        Condition::all().len(),
        by_confidence(world)
    ));
    let mut subjects: Vec<&str> = Vec::new();
    for condition in Condition::all() {
        if !subjects.contains(&condition.spec().subject) {
            subjects.push(condition.spec().subject);
        }
    }
    for subject in subjects {
        let _ = write!(body, "## {}\n\n", capital(subject));
        for condition in Condition::all().filter(|condition| condition.spec().subject == subject) {
            let spec = condition.spec();
            let axes: Vec<&str> = spec.axes.iter().map(|axis| axis.name()).collect();
            let each = if axes.is_empty() { String::new() } else { format!(", for each {}", axes.join(" x ")) };
            body += &item(&format!(
                "`{}` ({}{each}; met by {}): {}. Built in: {}.",
                spec.name,
                spec.unit,
                met_by(spec.met_by),
                spec.meaning,
                range(world.baseline.table(condition))
            ));
        }
        body += "\n";
    }
    body.truncate(body.trim_end().len());
    body += "\n";
    let lead = "every number that people and places meet, and that an `adjust` lever can change. What people meet one by one can differ \
                for a target group; what places meet is the same for everybody."
        .to_owned();
    Page { file: "conditions.md", title: "Conditions", lead, body }
}

/// How many numbers are of which confidence.
fn by_confidence(world: &World) -> String {
    let count = |kind: Confidence| world.figures.iter().filter(|figure| figure.confidence == kind).count();
    let said: Vec<String> =
        Confidence::VARIANTS.iter().map(|kind| format!("{} {}", count(*kind), kind.name())).collect();
    said.join(", ")
}

/// Every measure, those of results first.
pub(super) fn measure_list() -> Page {
    let mut body = String::from("## In results\n\n");
    body += &measures().iter().map(of_measure).collect::<String>();
    body += "\n## Only to compare with published figures\n\n";
    body +=
        &paragraph("Taken by `rungs validate`, `rungs sensitivity` and `rungs calibrate`; results do not hold them.");
    body += &all_measures()[measures().len()..].iter().map(of_measure).collect::<String>();
    let lead = "key, name, unit, ages, which direction is better, and what is counted out of what. Headline measures are shown without \
                being asked for. Over several periods a measure is worked out from the counts of all their months."
        .to_owned();
    Page { file: "measures.md", title: "Measures", lead, body }
}

fn of_measure(measure: &Measure) -> String {
    let headline = if measure.is_headline() { "; headline" } else { "" };
    let form = if measure.form == Form::Value { "; values of parts do not add up" } else { "" };
    item(&format!(
        "`{}`: {} ({}, ages {}; better: {}{headline}{form}): {} / {}",
        measure.key,
        measure.label,
        measure.unit,
        measure.ages,
        measure.better.name(),
        measure.numerator,
        measure.denominator
    ))
}
