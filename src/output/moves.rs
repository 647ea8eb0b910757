//! Tables for people: who moved, and why mobility changed.
//!
//! These give text; printing it is for `cli`.

use super::rows::{ALL, LAST_YEAR};
use super::table::new_table;
use super::who_moved::{Moved, NET};
use super::{Results, SplitEffect, structure_fluidity, who_moved};
use crate::domain::Kind;
use crate::mistakes::printable;
use crate::outcomes::{Change, measure_named};
use comfy_table::{Cell, CellAlignment};

/// The measures whose change is shown split.
const SHOWN: [&str; 2] = ["upward_mobility.25", "upward_mobility.30"];

/// Who moved in each scenario, everybody together, and what changed mobility over the last twelve months; empty for the
/// baseline alone.
#[must_use]
pub fn moves(results: &Results, width: Option<u16>) -> String {
    let moved: Vec<Moved> = who_moved(results).into_iter().filter(is_about_everybody).collect();
    if moved.is_empty() {
        return String::new();
    }
    let split: Vec<SplitEffect> = structure_fluidity(results)
        .into_iter()
        .filter(|row| row.period == LAST_YEAR && row.place.region == ALL && row.place.sex == ALL)
        .filter(|row| SHOWN.contains(&row.measure))
        .collect();
    format!("{}\n\n{}", moved_table(&moved, width), split_table(&split, width))
}

fn is_about_everybody(row: &Moved) -> bool {
    let member = &row.member;
    let place = [&member.place.region, &member.place.origin, &member.place.sex];
    place.iter().all(|part| *part == ALL) && [member.age_band, member.qualification, member.doing] == [ALL; 3]
}

fn moved_table(rows: &[Moved], width: Option<u16>) -> String {
    let shown = [Change::Up.name(), Change::Down.name(), Change::Displaced.name(), NET, Change::Unchanged.name()];
    let mut table = new_table(width);
    table.set_header(["scenario"].into_iter().chain(shown));
    for rows in rows.chunk_by(|a, b| a.scenario == b.scenario) {
        let of = |change: &&str| rows.iter().find(|row| row.change == *change).map_or_else(String::new, said);
        table.add_row(
            [Cell::new(printable(&rows[0].scenario))].into_iter().chain(shown.iter().map(|change| right(&of(change)))),
        );
    }
    format!(
        "who moved by the end of the run: % of the baseline's people aged 16-39 ± mcse, each compared with themselves\n{}",
        table.trim_fmt()
    )
}

fn said(row: &Moved) -> String {
    error_text(row.share, row.mcse)
}

fn split_table(rows: &[SplitEffect], width: Option<u16>) -> String {
    let mut table = new_table(width);
    table.set_header(["scenario", "measure", "change", "structure", "fluidity"]);
    for rows in rows.chunk_by(|a, b| (&a.scenario, a.measure) == (&b.scenario, b.measure)) {
        let label = measure_named(rows[0].measure).map_or(rows[0].measure, |measure| measure.label);
        let parts = rows.iter().map(|row| right(&error_text(row.difference, row.mcse)));
        table.add_row([Cell::new(printable(&rows[0].scenario)), Cell::new(label)].into_iter().chain(parts));
    }
    format!(
        "change in mobility, {LAST_YEAR}, % points ± mcse: by other jobs (structure), by other chances (fluidity)\n{}",
        table.trim_fmt()
    )
}

/// A share in percent with its error, in as many digits as the error allows.
fn error_text(share: Option<f64>, mcse: Option<f64>) -> String {
    let percent = |value: Option<f64>| value.map(|value| value * 100.0);
    super::shown::with_error(percent(share), percent(mcse))
}

fn right(text: &str) -> Cell {
    Cell::new(text).set_alignment(CellAlignment::Right)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::testing;

    #[test]
    fn the_tables_show_each_scenario_with_its_error() {
        let text = moves(&testing::results(), Some(140));
        assert!(text.contains("=levy") && text.contains("displaced") && text.contains("structure"), "{text}");
        assert!(text.contains("12 ± 12") || text.contains("13 ± 13"), "{text}");
    }

    #[test]
    fn the_baseline_alone_has_nobody_to_compare() {
        let mut results = testing::results();
        results.scenarios.truncate(1);
        results.outcomes.iter_mut().for_each(|runs| runs.truncate(1));
        results.who_moved.iter_mut().for_each(|runs| runs.truncate(1));
        assert_eq!(moves(&results, None), "");
    }
}
