//! Tables for people: what differs between two runs, in inputs and in outcomes.
//!
//! These give text; printing it is for `cli`.

use crate::compare::inputs::InputDifference;
use crate::compare::two_runs::{Comparison, Difference, Matching, Quantity};
use crate::diagnostics::printable;
use crate::folder::manifest::Manifest;
use crate::folder::read::Saved;
use crate::results::tables::effects::EffectRow;
use crate::text::effects_table::{NOT_A_FORECAST, about, label, new_table, noted, right, verdict};
use crate::text::layout::fitted;
use crate::text::number::{EffectText, is_exactly_zero};
use comfy_table::Cell;

/// The most rows of one input, such as one condition of a world, that a table for a terminal shows.
const MOST_ROWS: usize = 8;
/// The longest text of a value that a table shows (characters).
const LONGEST: usize = 40;
/// The same of a hash, which is there to differ, not to be read.
const LONGEST_HASH: usize = 12;
/// The same of a key.
const LONGEST_KEY: usize = 80;

/// How the two runs are called in tables, with what made each.
#[must_use]
pub fn runs(all: &[&Saved]) -> String {
    let said = |(at, run): (usize, &&Saved)| {
        let manifest = &run.manifest;
        let Manifest { version, world, seed, replicates_kept, scale, start, years, .. } = manifest;
        printable(&format!(
            "{}  {}: version {version}, world {world}, seed {seed}, {replicates_kept} replicates, one agent for {scale}, {years} years from {start}",
            letter(at),
            run.folder.display()
        ))
    };
    all.iter().enumerate().map(said).collect::<Vec<_>>().join("\n")
}

/// The letter of a run in tables.
#[must_use]
pub fn letter(at: usize) -> String {
    u8::try_from(at)
        .ok()
        .filter(|at| *at < 26)
        .map_or_else(|| format!("run {}", at + 1), |at| char::from(b'A' + at).to_string())
}

/// The inputs in which two runs differ; a line saying so when there are none. `letters` are those of the runs.
#[must_use]
pub fn inputs(rows: &[InputDifference], letters: [&str; 2], width: Option<u16>) -> String {
    if rows.is_empty() {
        return format!("{} and {} have the same inputs", letters[0], letters[1]);
    }
    let mut table = new_table();
    table.set_header(["input", "key", letters[0], letters[1], "unit"]);
    let mut hidden = 0;
    let group = |row: &InputDifference| (row.place.clone(), row.key.split(' ').next().unwrap_or("").to_owned());
    for rows in rows.chunk_by(|one, other| one.place == "world" && group(one) == group(other)) {
        for row in &rows[..rows.len().min(MOST_ROWS)] {
            let most = if row.unit == "SHA-256" { LONGEST_HASH } else { LONGEST };
            let value =
                |value: &Option<String>| value.as_deref().map_or_else(|| "(none)".to_owned(), |text| short(text, most));
            let (input, unit) = (short(&row.place, LONGEST), short(&row.unit, LONGEST));
            table.add_row([input, short(&row.key, LONGEST_KEY), value(&row.first), value(&row.second), unit]);
        }
        hidden += rows.len().saturating_sub(MOST_ROWS);
        if rows.len() > MOST_ROWS {
            let more = format!("and {} more of {}", rows.len() - MOST_ROWS, group(&rows[0]).1);
            table.add_row([String::new(), more, String::new(), String::new(), String::new()]);
        }
    }
    let hint = if hidden > 0 { "\n--inputs FILE writes every one of them" } else { "" };
    format!("inputs that differ between {} and {}\n{}{hint}", letters[0], letters[1], fitted(&mut table, 2, width))
}

/// A text of a file, cut when it has more than so many characters.
fn short(text: &str, most: usize) -> String {
    let text = printable(text);
    if text.chars().count() <= most {
        return text;
    }
    text.chars().take(most - 3).chain("...".chars()).collect()
}

/// What differs in outcomes: levels of the baseline, and effects of each scenario on its own run's baseline. Differences that
/// are exactly zero are counted, not shown.
#[must_use]
pub fn outcomes(comparison: &Comparison, letters: [&str; 2], width: Option<u16>) -> String {
    let mut text = format!("outcomes of {} less those of {}\n", letters[1], letters[0]);
    let rows = told(comparison);
    let shown: Vec<&&Difference> = rows.iter().filter(|row| !is_exactly_zero(&row.effect)).collect();
    if let Some(first) = shown.first() {
        let one_group = rows.iter().all(|row| row.effect.key.subgroup == first.effect.key.subgroup);
        let mut table = new_table();
        let group = (!one_group).then_some("for");
        let change = format!("{} - {} ± mcse", letters[1], letters[0]);
        let head = ["scenario", "measure"].into_iter().chain(group);
        table.set_header(head.chain([letters[0], letters[1], &change, "95% interval", "unit", ""]));
        for (at, row) in shown.iter().enumerate() {
            let is_first = at == 0 || shown[at - 1].effect.key.scenario != row.effect.key.scenario;
            let name = if is_first { named(row) } else { String::new() };
            let group = (!one_group).then(|| about(&row.effect));
            table.add_row([Cell::new(name)].into_iter().chain(cells(row, group)));
        }
        text += &fitted(&mut table, if one_group { 2 } else { 3 }, width);
        text += "\n";
    }
    let have_both = comparison.rows.iter().any(|row| row.quantity == Quantity::Effect);
    if shown.is_empty() {
        let scenarios = if have_both { "" } else { "; they have no scenario in common but the baseline" };
        text += &format!("no difference to show{scenarios}\n");
    }
    text += "\n";
    text + &noted(&notes(comparison, rows.len(), rows.len() - shown.len(), letters), width)
}

/// The rows that say everything once: of the baseline its values, of scenarios their effects.
#[must_use]
pub fn told(comparison: &Comparison) -> Vec<&Difference> {
    let has_effect = |row: &Difference| {
        comparison
            .rows
            .iter()
            .any(|one| one.quantity == Quantity::Effect && one.effect.key.scenario == row.effect.key.scenario)
    };
    comparison.rows.iter().filter(|row| row.quantity == Quantity::Effect || !has_effect(row)).collect()
}

/// Scenario and quantity.
fn named(row: &Difference) -> String {
    let scenario = printable(&row.effect.key.scenario);
    match row.quantity {
        Quantity::Value => scenario,
        Quantity::Effect => format!("{scenario}, effect"),
    }
}

/// The cells of a row after its name; whom it is about if that differs between rows.
fn cells(row: &Difference, group: Option<String>) -> Vec<Cell> {
    let effect = &row.effect;
    let shown = EffectText::of(effect);
    let mut cells = vec![Cell::new(label(&effect.key.measure))];
    cells.extend(group.map(Cell::new));
    let [one, other] = levels(row);
    cells.extend([one, other, shown.effect(), shown.interval.clone()].map(|text| right(&text)));
    cells.push(Cell::new(&shown.unit));
    cells.push(Cell::new(verdict(effect)));
    cells
}

/// The means of both runs as text, in the digits that the error of their difference supports; effects on shares are in % points.
#[must_use]
pub fn levels(row: &Difference) -> [String; 2] {
    let text = |value: Option<f64>| EffectText::of(&EffectRow { baseline: value, ..row.effect.clone() }).baseline;
    [row.effect.baseline, row.second].map(|value| match row.quantity {
        Quantity::Value => text(value),
        Quantity::Effect => text(value).trim_end_matches('%').to_owned(),
    })
}

/// How replicates were set against each other, in a sentence.
#[must_use]
pub fn method(comparison: &Comparison) -> String {
    let counts = comparison.rows.iter().map(|row| row.replicates);
    let [most, others] = counts.fold([0, 0], |most, found| [most[0].max(found[0]), most[1].max(found[1])]);
    match &comparison.method {
        Matching::Paired => format!(
            "paired by replicate over {most} that both have: same version, seed and scale, so the same people met the same luck"
        ),
        Matching::Welch(reasons) => format!(
            "not paired ({}): independent samples of {most} and {others} replicates, intervals by Welch's t",
            printable(&reasons.join("; "))
        ),
    }
}

fn notes(comparison: &Comparison, all: usize, zero: usize, letters: [&str; 2]) -> String {
    let mut lines = Vec::new();
    if zero > 0 {
        lines.push(format!("{zero} of {all} differences are exactly zero and not shown"));
    }
    lines.push(method(comparison));
    for (letter, only) in letters.iter().zip(&comparison.left_out) {
        if !only.is_empty() {
            let names: Vec<String> = only.iter().map(|name| printable(name)).collect();
            lines.push(format!("only in {letter}: {}", names.join(", ")));
        }
    }
    lines.extend(comparison.notes.iter().map(|note| printable(note)));
    lines.push("values of the baseline; effects are differences to the baseline of the same run".to_owned());
    lines.push(format!("± and interval: Monte Carlo error only; {NOT_A_FORECAST}"));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::filter::Filter;
    use crate::compare::two_runs::compare;
    use crate::folder::claim::claim;
    use crate::folder::disk::Overwrite;
    use crate::results::testing;

    fn comparison() -> Comparison {
        let home = tempfile::tempdir().unwrap();
        let mut second = testing::results();
        second.outcomes.replicates[0].runs[1] = testing::run(22, 10);
        second.outcomes.replicates[1].runs[1] = testing::run(29, 10);
        let [one, two] = [("one", testing::results()), ("two", second)].map(|(name, results)| {
            let out = home.path().join(name);
            claim(&out, Overwrite::Refuse).unwrap().write(&results, &[]).unwrap();
            Saved::load(&out).unwrap()
        });
        compare(&one, &two, &Filter { period: "2025-09".to_owned(), ..Filter::default() }).unwrap()
    }

    #[test]
    fn outcomes_show_what_differs_and_count_what_does_not() {
        let text = outcomes(&comparison(), ["A", "B"], Some(120));
        assert!(
            text.contains("=levy, effect") && text.contains("+2.5 ± 0.5") && text.contains("paired by replicate"),
            "{text}"
        );
        assert!(text.contains("differences are exactly zero") && text.ends_with(NOT_A_FORECAST), "{text}");
        assert!(text.lines().take_while(|line| !line.is_empty()).all(|line| line.chars().count() <= 120), "{text}");
    }

    #[test]
    fn a_world_that_differs_everywhere_is_shown_in_part() {
        let row = |at: usize| InputDifference {
            place: "world".to_owned(),
            key: format!("move_flow {at}"),
            first: Some("1".to_owned()),
            second: None,
            unit: "persons a year".to_owned(),
        };
        let text = inputs(&(0..30).map(row).collect::<Vec<_>>(), ["A", "B"], Some(80));
        assert!(
            text.contains("and 22 more of move_flow") && text.contains("(none)") && text.contains("--inputs"),
            "{text}"
        );
        assert_eq!(inputs(&[], ["A", "B"], None), "A and B have the same inputs");
    }
}
