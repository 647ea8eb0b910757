//! Reads a scenario as typed into a scenario as meant, noting every mistake.

use super::file::Typed;
use super::meant::Scenario;
use super::run::read_run;
use crate::calendar::Month;
use crate::diagnostics::{Diagnostics, printable};
use crate::levers::{LEVERS, Lever, check_conflicts};
use crate::names::is_misread;
use crate::toml_tables::TableReader;
use crate::world::World;

/// The scenario as meant.
///
/// # Errors
/// Every mistake in the files and overrides.
pub(super) fn resolve(mut typed: Typed, world: &World) -> Result<Scenario, Diagnostics> {
    let read = if typed.collector.is_hopeless() { None } else { read_scenario(&mut typed, world) };
    let name_is_fit = is_fit_name(&typed.name);
    if !name_is_fit && !typed.collector.is_unread() {
        let message = format!(
            "found the file name {:?}, expected letters, digits and marks, without a leading dot or a slash",
            typed.name
        );
        typed.collector.note(&typed.start, "", message, None);
    } else if is_misread(&typed.name) && !typed.collector.is_unread() {
        let message = format!(
            "found the file name {:?}, which readers of tables take for a missing value, a number or a date, expected a name with a word in it",
            typed.name
        );
        let hint = format!("rename the file, such as \"plan-{}.toml\"", typed.name.trim());
        typed.collector.note(&typed.start, "", message, Some(hint));
    }
    match read {
        Some(mut scenario) if typed.collector.is_empty() => {
            scenario.resolved = scenario.printed(world);
            Ok(scenario)
        }
        Some(_) | None => Err(typed.collector.into_diagnostics(&typed.start)),
    }
}

/// Whether a scenario may have this name, which goes into file names and tables of results.
#[must_use]
pub fn is_fit_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 200
        && !name.starts_with('.')
        && printable(name) == name
        && !name.contains(['/', '\\', '\u{fffd}'])
}

/// The scenario that was typed, as far as it can be read.
pub(super) fn read_scenario(typed: &mut Typed, world: &World) -> Option<Scenario> {
    let mut top = TableReader::new(&typed.entries, &typed.start, String::new(), &mut typed.collector);
    top.needs("title");
    // It was read with the files: here it is only a key that there is.
    top.value("extends");
    let title = top.text("title");
    let description = read_description(&mut top);
    let run = top.table("run").and_then(read_run);
    // Without a start to go by, the first month there is makes no lever's months wrong.
    let start = run.as_ref().map_or(Month(0), |run| run.start);
    let levers = top.table("levers").map_or_else(Vec::new, |levers| read_levers(levers, world, start));
    top.finish();
    let (name, files) = (typed.name.clone(), typed.files.clone());
    Some(Scenario { name, title: title?, description, run: run?, levers, files, resolved: String::new() })
}

fn read_description(top: &mut TableReader<'_>) -> String {
    top.allows_nothing("description");
    let blank =
        top.value("description").is_some_and(|typed| typed.as_text().is_some_and(|text| text.trim().is_empty()));
    if blank { String::new() } else { top.text("description").unwrap_or_default() }
}

/// The most levers of a scenario: every pair of them is checked.
pub const MOST_LEVERS: usize = 200;

/// Notes the first lever that is one too many, if there is one.
fn has_too_many(levers: &mut TableReader<'_>) -> bool {
    let mut before = 0;
    for kind in LEVERS {
        let count = levers.items(kind.name).len();
        if before + count > MOST_LEVERS {
            let message = format!("found more than {MOST_LEVERS} levers, expected at most {MOST_LEVERS} in a scenario");
            let hint = "one lever may name several regions, and have a ramp and an end".to_owned();
            levers.note_item(kind.name, MOST_LEVERS - before, "", message, Some(hint));
            return true;
        }
        before += count;
    }
    false
}

fn read_levers(mut levers: TableReader<'_>, world: &World, start: Month) -> Vec<Lever> {
    let mut read = Vec::new();
    if has_too_many(&mut levers) {
        return read;
    }
    for kind in LEVERS {
        read.extend(levers.each(kind.name, |table| kind.read(table, world, start)));
    }
    check_conflicts(&read, world, &mut levers);
    levers.finish();
    read
}
