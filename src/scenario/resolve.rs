//! Reads a scenario as typed into a scenario as meant, noting every mistake.

use super::file::Typed;
use super::{Breakdown, Every, MOST_REPLICATES, MOST_SCALE, MOST_YEARS, RunSettings, Scenario, print};
use crate::calendar::Month;
use crate::diagnostics::{Diagnostics, printable};
use crate::levers::{LEVERS, Lever, check_together};
use crate::toml_tables::TableReader;
use crate::world::World;

/// The first and last month a run may start in.
const STARTS: (&str, &str) = ("1950-01", "2150-12");

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
    }
    match read {
        Some(mut scenario) if typed.collector.is_empty() => {
            scenario.resolved = print::print(&scenario, world);
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

fn read_run(mut run: TableReader<'_>) -> Option<RunSettings> {
    let start = run.month("start");
    if let Some(found) = start.filter(|start| !is_start(*start)) {
        run.note::<()>("start", format!("found {found}, expected a month from {} to {}", STARTS.0, STARTS.1), None);
    }
    let years = run.whole("years", 1, MOST_YEARS);
    let replicates = run.whole("replicates", 1, MOST_REPLICATES);
    let scale = run.whole("scale", 1, MOST_SCALE);
    let seed = run.whole("seed", 0, u64::MAX >> 1);
    let every = run.kind::<Every>("every", "a period");
    run.allows_nothing("by");
    let everybody_only = run.value("by").is_some_and(|typed| typed.as_list().is_some_and(<[_]>::is_empty));
    let by = if everybody_only { Some(Vec::new()) } else { run.kinds::<Breakdown>("by", "a breakdown") };
    run.finish();
    Some(RunSettings {
        start: start?,
        years: years?,
        replicates: replicates?,
        scale: scale?,
        seed: seed?,
        every: every?,
        by: by?,
    })
}

fn is_start(month: Month) -> bool {
    let end = |text: &str| text.parse::<Month>().ok();
    end(STARTS.0) <= Some(month) && Some(month) <= end(STARTS.1)
}

fn read_levers(mut levers: TableReader<'_>, world: &World, start: Month) -> Vec<Lever> {
    let mut read = Vec::new();
    for entry in LEVERS {
        read.extend(levers.each(entry.name, |table| entry.read(table, world, start)));
    }
    check_together(&read, world, &mut levers);
    levers.finish();
    read
}
