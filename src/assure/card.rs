//! The model card with both logs, as Markdown: what the documents, the registries and this run say, put together.

use super::checks::not_run;
use super::found::Assurance;
use super::markdown::plain as cell;
use super::varied::{SCALE, by_size};
use crate::calibrate::{Agreement, Use};
use crate::domain::Kind;
use crate::text::brief::number;
use crate::text::effects_table::NOT_A_FORECAST;
use std::collections::BTreeMap;
use std::fmt::Write as _;

const README: &str = include_str!("../../README.md");
const MODEL: &str = include_str!("../../MODEL.md");

/// The page.
#[must_use]
pub fn markdown(found: &Assurance<'_>) -> String {
    let mut text =
        format!("# Assurance of Rungs {}\n\nWritten by `rungs assure`; {NOT_A_FORECAST}.\n", env!("CARGO_PKG_VERSION"));
    card(found, &mut text);
    log_of_checks(found, &mut text);
    log_of_assumptions(found, &mut text);
    text
}

fn card(found: &Assurance<'_>, text: &mut String) {
    let run = &found.baseline.run;
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    found.world.figures.iter().for_each(|figure| *kinds.entry(figure.confidence.name()).or_default() += 1);
    let kinds: Vec<String> = kinds.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
    let _ = writeln!(
        text,
        "\n## Model card\n\n**Purpose.** {}\n\n**Users.** {}",
        paragraph("Rungs is a "),
        paragraph("It is for ")
    );
    let _ = writeln!(
        text,
        "\n**Version.** {} ({}).\n\n**Data.** {}: {} numbers from {} sources, by how they were obtained: {}.",
        env!("CARGO_PKG_VERSION"),
        option_env!("RUNGS_GIT").filter(|revision| !revision.is_empty()).unwrap_or("unknown revision"),
        cell(&found.world.title),
        found.world.figures.len(),
        found.world.sources.len(),
        kinds.join(", ")
    );
    let _ = writeln!(
        text,
        "\n**This assurance.** Baseline from {}, {} years, {} replicates, one agent for {} people, seed {}.",
        run.start, run.years, run.replicates, run.scale, run.seed
    );
    for used in [Use::Fitted, Use::OutOfSample] {
        let of = || found.targets.iter().zip(&found.findings).filter(|(target, _)| target.used == used);
        let passed = of().filter(|(_, finding)| finding.verdict == Agreement::Pass).count();
        let _ = writeln!(text, "\n**Fit, {}.** {passed} of {} published figures agree.", used.name(), of().count());
    }
    let speed = number(found.person_months_per_second / 1e6, 1);
    let _ = writeln!(text, "\n**Performance.** {speed} million person-months a second in this run.\n\n**Limits.**\n");
    let limits = MODEL.split_once("What the model cannot do\n").map_or("", |(_, after)| after);
    let _ = writeln!(text, "{}", limits.split("\n## ").next().unwrap_or("").trim());
}

/// The first paragraph of the front page that starts so, on one line.
fn paragraph(start: &str) -> String {
    let found = README.split("\n\n").find(|paragraph| paragraph.starts_with(start));
    found.map_or_else(String::new, |paragraph| paragraph.replace('\n', " "))
}

fn log_of_checks(found: &Assurance<'_>, text: &mut String) {
    *text += "\n## Log of checks\n\n| check | how | result | found |\n|---|---|---|---|\n";
    for check in &found.checked {
        let result = if check.holds { "holds" } else { "**does not hold**" };
        let _ = writeln!(text, "| {} | {} | {result} | {} |", check.name, check.how, check.found);
    }
    let misses = found.targets.iter().zip(&found.findings).filter(|(_, finding)| finding.verdict != Agreement::Pass);
    let names: Vec<String> = misses.map(|(target, _)| cell(&target.name)).collect();
    let _ = writeln!(text, "\nPublished figures that do not agree ({}): {}.", names.len(), names.join("; "));
    let tests = not_run();
    let _ =
        writeln!(text, "\nNot run here: the program's own tests (`cargo test`), among them these {}:\n", tests.len());
    tests.iter().for_each(|test| text.push_str(&format!("- `{test}`\n")));
}

fn log_of_assumptions(found: &Assurance<'_>, text: &mut String) {
    let measure = found.measure;
    let _ = writeln!(
        text,
        "\n## Assumptions log\n\nEach condition alone times {SCALE} from the first month on: the change of {} (everybody, last 12 months), paired by \
         replicate, with its Monte Carlo standard error and 95% interval. A change from before the run, or of some of its numbers only, may do \
         something else. Largest first; those that were not varied last.\n\n\
         | condition | meaning | value | unit | sources | confidence | effect | 95% interval |\n|---|---|---|---|---|---|---|---|",
        measure.label
    );
    let rest = found.assumptions.iter().filter(|one| one.change.is_none());
    for one in by_size(&found.assumptions).into_iter().chain(rest) {
        let (change, interval) = one.said(measure);
        let interval = one.not_varied.clone().unwrap_or(interval);
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} | {change} | {} |",
            one.spec.name,
            one.spec.meaning,
            one.range(),
            one.spec.unit,
            cell(&one.sources),
            one.confidence,
            cell(&interval)
        );
    }
}
