//! Fit to published figures: the table of `rungs validate`, when it is handed in or the run holds it.
//!
//! Columns that are read: `subject`, `target`, `use` (fitted, or kept out of the sample to check against), `unit`, `period`, `source`,
//! `published`, the interval that is accepted, `simulated` with `mcse` and `replicates`, and `verdict`.

use super::super::charts::{Forest, ForestRow, Tone};
use super::super::error::ReportError;
use super::super::facts::Facts;
use super::super::numbers::number_cell;
use super::super::page::{Block, ChartFigure, PageCell, Section, SwitchView, TableRow};
use super::super::tables::{self, Record};
use super::shared::{behind, figure};
use crate::statistics::{CriticalValues, FEWEST};

const COLUMNS: [&str; 7] = ["subject", "target", "use", "unit", "published", "simulated", "verdict"];
/// A figure further from the middle than this many half-widths is drawn here.
const EDGE: f64 = 4.0;

pub(super) fn section(facts: &Facts<'_>) -> Result<Section, ReportError> {
    let given = facts.validation.map(|(path, text)| tables::of_text(path, text, &COLUMNS)).transpose()?;
    let own = facts.run.validation.as_ref().map(|(path, text)| tables::of_text(path, text, &COLUMNS));
    let rows = given.map_or_else(|| own.transpose(), |rows| Ok(Some(rows)))?;
    let blocks = match rows {
        None => {
            let text = "This report was made without published figures to compare the baseline with. `rungs validate --out DIR` compares them, and \
                        `rungs report RUN --validation DIR/validation.csv` shows them here; docs/validation has those of the shipped baseline, \
                        misses included."
                .to_owned();
            vec![Block::Missing { text }]
        }
        Some(rows) => shown(&rows),
    };
    Ok(Section {
        id: "fit",
        title: "Fit to published figures",
        lead: "The baseline beside what was published. A figure that was fitted shows that fitting works; only one that was kept out of the \
               sample tests the model."
            .to_owned(),
        blocks,
    })
}

/// How many figures are met, and a view for each subject.
fn shown(rows: &[Record]) -> Vec<Block> {
    let mut uses: Vec<&str> = Vec::new();
    let mut subjects: Vec<&str> = Vec::new();
    for row in rows {
        for (list, name) in [(&mut uses, row.text("use")), (&mut subjects, row.text("subject"))] {
            if !list.contains(&name) {
                list.push(name);
            }
        }
    }
    let met = |used: &&str| {
        let of_use: Vec<&Record> = rows.iter().filter(|row| row.text("use") == *used).collect();
        let passed = of_use.iter().filter(|row| row.text("verdict") == "pass").count();
        (format!("{used}: "), format!("{passed} of {} figures within the interval that is accepted", of_use.len()))
    };
    let view = |subject: &&str| {
        let own: Vec<&Record> = rows.iter().filter(|row| row.text("subject") == *subject).collect();
        let caption = format!(
            "{subject}: published figures with the interval that is accepted, and the baseline with its 95% interval."
        );
        let of_use = |used: &&str| own.iter().copied().filter(|row| row.text("use") == *used).collect::<Vec<_>>();
        let mut figures = Vec::new();
        for used in &uses {
            let rows = of_use(used);
            if !rows.is_empty() {
                figures.push(chart(&format!("{subject}: {used}"), &rows));
            }
        }
        let blocks = vec![Block::Figures { figures }, table(caption, &own)];
        SwitchView { label: (*subject).to_owned(), blocks }
    };
    let views: Vec<SwitchView> = subjects.iter().map(view).collect();
    let switch = Block::Switch { legend: "Subject".to_owned(), name: "fit".to_owned(), views };
    vec![Block::List { items: uses.iter().map(met).collect() }, switch]
}

/// The interval that is accepted; the published one where the table has no other.
fn accepted(row: &Record) -> Option<(f64, f64)> {
    row.interval("accepted_low", "accepted_high").or_else(|| row.interval("low", "high"))
}

/// The interval of what is simulated (Monte Carlo error alone).
fn simulated(row: &Record) -> Option<(f64, f64)> {
    let replicates = row.text("replicates").parse::<usize>().ok().filter(|count| *count >= FEWEST)?;
    let half = CriticalValues::default().two_sided_95(replicates - 1) * row.number("mcse")?;
    row.number("simulated").map(|value| (value - half, value + half)).filter(|_| half.is_finite())
}

/// Where each simulated figure lies in the interval that is accepted.
fn chart(title: &str, rows: &[&Record]) -> ChartFigure {
    let row = |row: &&Record| {
        let (low, high) = accepted(row).filter(|(low, high)| high > low)?;
        let place = |value: f64| (2.0 * (value - low) / (high - low) - 1.0).clamp(-EDGE, EDGE);
        let published = cell(row, "published", None).main;
        Some(ForestRow {
            name: row.text("target").to_owned(),
            value: place(row.number("simulated")?),
            interval: simulated(row).map(|(low, high)| (place(low), place(high))),
            range: Some((-1.0, 1.0)),
            tone: if row.text("verdict") == "pass" { Tone::Level } else { Tone::Worse },
            text: format!("{} of {published}", cell(row, "simulated", simulated(row)).main),
        })
    };
    let rows: Vec<ForestRow> = rows.iter().filter_map(row).collect();
    let forest = Forest {
        title,
        note: "shaded: the interval accepted, in half-widths; orange: a miss",
        label: &format!("{title}: simulated figures in the interval that is accepted; the table below has the numbers"),
        neutral: 0.0,
        rows: &rows,
    };
    figure(forest.svg(), &["fit", title], "half")
}

fn table(caption: String, rows: &[&Record]) -> Block {
    let row = |row: &&Record| TableRow {
        name: row.text("target").to_owned(),
        cells: vec![
            PageCell::plain(row.text("unit")),
            cell(row, "published", accepted(row)),
            cell(row, "simulated", simulated(row)),
            PageCell::plain(row.text("verdict")),
            PageCell::plain(row.text("use")),
            PageCell::plain(&[row.text("source"), row.text("period")].join(" ")),
        ],
    };
    let head = ["Figure", "Unit", "Published", "Simulated", "Verdict", "Used", "Source"].map(str::to_owned).to_vec();
    behind(caption, head, rows.iter().map(row).collect())
}

fn cell(row: &Record, column: &str, interval: Option<(f64, f64)>) -> PageCell {
    number_cell(row.number(column), None, interval)
}
