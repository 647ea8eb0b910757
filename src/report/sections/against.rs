//! What differs from another run: inputs first, then outcomes. Only in a report that was asked for it.

use super::super::charts::Tone;
use super::super::numbers::{plural, typeset};
use super::super::page::{Block, PageCell, PageTable, Section, SwitchView, TableRow};
use crate::compare::comparison_table::{levels, method, told};
use crate::compare::inputs::InputDifference;
use crate::compare::two_runs::{Comparison, Difference, Quantity};
use crate::outcomes::measure_named;
use crate::text::number::{EffectText, Reading};

/// The most inputs that the page lists; `rungs compare --inputs` writes them all.
const MOST_INPUTS: usize = 400;

pub(in crate::report) fn section(comparison: &Comparison, inputs: &[InputDifference]) -> Section {
    let rows = told(comparison);
    let views =
        rows.chunk_by(|one, other| one.effect.key.scenario == other.effect.key.scenario).map(|rows| SwitchView {
            label: rows[0].effect.key.scenario.clone(),
            blocks: vec![Block::Open { table: outcomes(rows, &comparison.names) }],
        });
    let mut blocks = vec![Block::List { items: notes(comparison) }];
    blocks.push(Block::Switch {
        legend: "Differences of".to_owned(),
        name: "against".to_owned(),
        views: views.collect(),
    });
    blocks.push(Block::Behind { table: input_table(inputs, &comparison.names) });
    Section {
        id: "against",
        title: "Against another run",
        lead: format!(
            "What differs between this run ({}) and {}: {} of the inputs, and these outcomes of the scenarios that both have. Of the baseline \
             its values, of every other scenario its effect on the baseline of the same run.",
            comparison.names[1],
            comparison.names[0],
            inputs.len()
        ),
        blocks,
    }
}

fn notes(comparison: &Comparison) -> Vec<(String, String)> {
    let mut items = vec![("How they are compared:".to_owned(), method(comparison))];
    for (name, only) in comparison.names.iter().zip(&comparison.left_out) {
        if !only.is_empty() {
            items.push((format!("Only in {name}:"), only.join(", ")));
        }
    }
    items.extend(comparison.notes.iter().map(|note| ("Note:".to_owned(), note.clone())));
    items
}

fn outcomes(rows: &[&Difference], names: &[String; 2]) -> PageTable {
    let first = &rows[0];
    let what = match first.quantity {
        Quantity::Value => "Values",
        Quantity::Effect => "Effects on the baseline of the same run",
    };
    let replicates = usize::try_from(first.effect.replicates).unwrap_or(usize::MAX);
    PageTable {
        caption: format!(
            "{what}, {}: {} less {}, with 95% interval (Monte Carlo error alone), {}.",
            first.effect.key.period,
            names[1],
            names[0],
            plural(replicates, "replicate", "replicates")
        ),
        head: ["Measure", &names[0], &names[1], "Difference", "Unit"].map(str::to_owned).to_vec(),
        rows: rows.iter().map(|row| outcome(row)).collect(),
    }
}

fn outcome(row: &Difference) -> TableRow {
    let (shown, reading) = (EffectText::of(&row.effect), Reading::of(&row.effect));
    let [one, other] = levels(row).map(|text| PageCell::plain(&typeset(&text)));
    let difference = PageCell {
        main: typeset(&shown.effect()),
        range: typeset(&shown.interval),
        note: reading.word().to_owned(),
        tone: Tone::of(reading).class(),
    };
    let label = measure_named(&row.effect.key.measure).map_or(row.effect.key.measure.as_str(), |measure| measure.label);
    TableRow { name: label.to_owned(), cells: vec![one, other, difference, PageCell::plain(&shown.unit)] }
}

fn input_table(inputs: &[InputDifference], names: &[String; 2]) -> PageTable {
    let shown = inputs.len().min(MOST_INPUTS);
    let row = |input: &InputDifference| {
        let value = |value: &Option<String>| PageCell::plain(value.as_deref().unwrap_or("–"));
        TableRow {
            name: format!("{} {}", input.place, input.key),
            cells: vec![value(&input.first), value(&input.second), PageCell::plain(&input.unit)],
        }
    };
    PageTable {
        caption: format!("Inputs that differ: {shown} of {}.", inputs.len()),
        head: ["Input", &names[0], &names[1], "Unit"].map(str::to_owned).to_vec(),
        rows: inputs[..shown].iter().map(row).collect(),
    }
}
