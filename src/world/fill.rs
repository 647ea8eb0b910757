//! Rows to numbers: the most specific row wins, every number has one, and shares add up.

use super::folder::shown_in;
use super::parts::Figure;
use super::table::{FigureRow, FigureRows};
use crate::conditions::{Axis, Condition, Layout, Whole};
use crate::diagnostics::{Diagnostic, Diagnostics};
use std::collections::{BTreeMap, BTreeSet};

/// How far from 1 shares may add up, before they are made to add up exactly.
const SHARE_TOLERANCE: f64 = 0.005;

/// The row that a number comes from.
#[derive(Clone, Copy)]
struct Choice {
    /// How many axes the row names, and whether a calibration has set it.
    rank: (usize, bool),
    row: usize,
    /// Another row of the same rank.
    rival: Option<usize>,
}

/// One number for each position of `layout`; shares are made to add up to 1.
pub(super) fn fill(
    folder: &str,
    rows: &FigureRows,
    layout: &Layout,
    regions: &[&str],
    mistakes: &mut Diagnostics,
) -> Vec<f64> {
    let unique = without_repeats(&rows.list, mistakes);
    let choices = choose(&rows.list, &unique, layout);
    report_rivals(&rows.list, &choices, mistakes);
    report_missing(folder, rows, &choices, layout, regions, mistakes);
    report_unnamed_flows(&rows.list, &choices, layout, regions, mistakes);
    let mut values: Vec<f64> =
        choices.iter().map(|choice| choice.map_or(f64::NAN, |choice| rows.list[choice.row].value)).collect();
    check_shares(&rows.list, &choices, layout, &mut values, mistakes);
    check_weights(&rows.list, &choices, layout, &values, mistakes);
    values
}

/// The figure behind each position of `layout`.
pub(super) fn figures(rows: &FigureRows, layout: &Layout) -> Vec<Figure> {
    let all: Vec<usize> = (0..rows.list.len()).collect();
    choose(&rows.list, &all, layout).into_iter().flatten().map(|choice| rows.list[choice.row].figure.clone()).collect()
}

/// The rows that are not a repetition of an earlier one.
fn without_repeats(rows: &[FigureRow], mistakes: &mut Diagnostics) -> Vec<usize> {
    let mut first: BTreeMap<(Condition, &[Option<usize>], bool), usize> = BTreeMap::new();
    let mut unique = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let key = (row.condition, row.pattern.as_slice(), row.is_fitted);
        match first.get(&key) {
            Some(earlier) => mistakes.add(clash(row, &rows[*earlier])),
            None => {
                first.insert(key, index);
                unique.push(index);
            }
        }
    }
    unique
}

fn choose(rows: &[FigureRow], indices: &[usize], layout: &Layout) -> Vec<Option<Choice>> {
    let mut choices: Vec<Option<Choice>> = vec![None; layout.size()];
    for row in indices.iter().copied() {
        let rank = (rows[row].pattern.iter().flatten().count(), rows[row].is_fitted);
        for position in positions(layout, &rows[row]) {
            let choice = &mut choices[position];
            *choice = match *choice {
                Some(held) if held.rank > rank => Some(held),
                Some(held) if held.rank == rank => Some(Choice { rival: Some(row), ..held }),
                Some(_) | None => Some(Choice { rank, row, rival: None }),
            };
        }
    }
    choices
}

fn positions(layout: &Layout, row: &FigureRow) -> Vec<usize> {
    let start = layout.range(row.condition).start;
    layout.lengths(row.condition).iter().zip(&row.pattern).fold(vec![start], |found, (length, part)| {
        let indices = part.map_or(0..*length, |index| index..index + 1);
        let below = |base: usize| indices.clone().map(move |index| start + (base - start) * length + index);
        found.into_iter().flat_map(below).collect()
    })
}

fn report_rivals(rows: &[FigureRow], choices: &[Option<Choice>], mistakes: &mut Diagnostics) {
    let pairs = choices.iter().flatten().filter_map(|choice| Some((choice.rival?, choice.row)));
    for (later, earlier) in pairs.collect::<BTreeSet<_>>() {
        mistakes.add(clash(&rows[later], &rows[earlier]));
    }
}

fn clash(row: &FigureRow, earlier: &FigureRow) -> Diagnostic {
    let message = format!(
        "found a second row for a number that line {} of {} already gives, expected one",
        earlier.figure.line, earlier.figure.file
    );
    at(row, message)
}

fn at(row: &FigureRow, message: String) -> Diagnostic {
    let key = row.condition.spec().name.to_owned();
    Diagnostic { file: row.shown.clone(), span: Some(row.span.clone()), key, message, hint: None }
}

fn report_missing(
    folder: &str,
    rows: &FigureRows,
    choices: &[Option<Choice>],
    layout: &Layout,
    regions: &[&str],
    mistakes: &mut Diagnostics,
) {
    for condition in Condition::all().filter(|condition| !rows.unplaced.may_explain(*condition)) {
        let range = layout.range(condition);
        let missing: Vec<usize> = range.clone().filter(|position| choices[*position].is_none()).collect();
        let Some(first) = missing.first() else { continue };
        let spec = condition.spec();
        let wanted = if missing.len() == range.len() {
            "found no row, expected at least one".to_owned()
        } else {
            format!(
                "found no row for {}, expected one{}",
                place_name(condition, *first, layout, regions),
                others(missing.len() - 1)
            )
        };
        let hint = Some(format!("{} ({})", spec.meaning, spec.unit));
        let file = shown_in(folder, &format!("{}.csv", spec.subject));
        // It belongs behind the last row of its condition, or of its file.
        let here = |row: &&FigureRow| row.shown == file;
        let last = rows.list.iter().rev().filter(here).find(|row| row.condition == condition);
        let span = last.or_else(|| rows.list.iter().rev().find(here)).map(|row| row.span.clone());
        mistakes.add(Diagnostic { file, span, key: spec.name.to_owned(), message: wanted, hint });
    }
}

/// A flow between two regions that nobody gave is none that is known to be as large as the row for all says.
fn report_unnamed_flows(
    rows: &[FigureRow],
    choices: &[Option<Choice>],
    layout: &Layout,
    regions: &[&str],
    mistakes: &mut Diagnostics,
) {
    let is_flow = |condition: &Condition| condition.spec().axes == [Axis::Region, Axis::Destination];
    for condition in Condition::all().filter(is_flow) {
        let names_both = |row: &FigureRow| row.condition == condition && row.pattern.iter().all(Option::is_some);
        let Some(last) = rows.iter().rev().find(|row| names_both(row)) else { continue };
        let is_unnamed = |position: &usize| {
            let place = position - layout.range(condition).start;
            let is_between = place / regions.len() != place % regions.len();
            is_between && choices[*position].is_some_and(|choice| choice.rank.0 == 0)
        };
        let missing: Vec<usize> = layout.range(condition).filter(is_unnamed).collect();
        let Some(first) = missing.first() else { continue };
        let value = choices[*first].map_or(0.0, |choice| rows[choice.row].value);
        let message = format!(
            "found no row for {}, expected one{}: the row for all would make it {value}",
            place_name(condition, *first, layout, regions),
            others(missing.len() - 1)
        );
        let hint = Some("give it a row of its own, with 0 if nobody goes that way".to_owned());
        mistakes.add(Diagnostic { hint, ..at(last, message) });
    }
}

fn others(count: usize) -> String {
    if count == 0 { String::new() } else { format!(" (and for {count} more)") }
}

/// The names of a position along every axis, joined by slashes.
pub(super) fn place_name(condition: Condition, position: usize, layout: &Layout, regions: &[&str]) -> String {
    let mut rest = position - layout.range(condition).start;
    let axes = condition.spec().axes.iter().zip(layout.lengths(condition)).rev();
    let mut names: Vec<&str> = axes
        .map(|(axis, length)| {
            let index = rest % length;
            rest /= length;
            axis.names().map_or_else(|| regions[index], |names| names[index])
        })
        .collect();
    names.reverse();
    names.join("/")
}

fn check_shares(
    rows: &[FigureRow],
    choices: &[Option<Choice>],
    layout: &Layout,
    values: &mut [f64],
    mistakes: &mut Diagnostics,
) {
    for condition in Condition::all().filter(|condition| condition.is_shared_out()) {
        let parts = layout.lengths(condition).last().copied().unwrap_or(1);
        let range = layout.range(condition);
        for start in range.step_by(parts) {
            let shares = &mut values[start..start + parts];
            let sum: f64 = shares.iter().sum();
            if sum.is_nan() {
                continue;
            }
            if (sum - 1.0).abs() <= SHARE_TOLERANCE {
                shares.iter_mut().for_each(|share| *share /= sum);
            } else if let Some(choice) = choices[start] {
                mistakes.add(at(
                    &rows[choice.row],
                    format!("found shares that add up to {sum:.4} from this row on, expected 1"),
                ));
            }
        }
    }
}

/// The weights between which somebody must be able to choose, with the length of the axis chosen along.
fn check_weights(
    rows: &[FigureRow],
    choices: &[Option<Choice>],
    layout: &Layout,
    values: &[f64],
    mistakes: &mut Diagnostics,
) {
    for condition in Condition::all().filter(|condition| condition.spec().whole == Some(Whole::Chosen)) {
        let range = layout.range(condition);
        let steps = layout.lengths(condition)[0];
        let groups = range.len() / steps;
        for group in 0..groups {
            let weights = range.clone().skip(group).step_by(groups).map(|position| values[position]);
            let none = weights.fold(0.0, |sum, weight| sum + weight) <= 0.0;
            if let Some(choice) = choices[range.start + group].filter(|_| none) {
                mistakes.add(at(
                    &rows[choice.row],
                    "found weights that are all 0, expected at least one above 0".to_owned(),
                ));
            }
        }
    }
}
