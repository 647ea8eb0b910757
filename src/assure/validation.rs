//! The baseline beside published figures, as a page that says what it was found with.

use super::markdown::{item, paragraph, plain};
use crate::calibrate::{Agreement, Finding, Settings, Target, Use};
use crate::folder::hash::sha256;
use crate::text::brief::brief;
use crate::text::effects_table::NOT_A_FORECAST;
use crate::world::{TextFile, World};
use std::collections::BTreeSet;
use std::fmt::Write as _;

type Row<'a> = (&'a Target, &'a Finding);

/// The page; beside it are a table, `validation.csv`, and a plot, `validation.svg`.
#[must_use]
pub fn validation_page(world: &World, settings: &Settings, targets: &[Target], findings: &[Finding]) -> String {
    let rows: Vec<Row<'_>> = targets.iter().zip(findings).collect();
    let mut text = String::from("# The baseline beside published figures\n\n");
    text += &paragraph(&format!("Written by `rungs validate --out`; {NOT_A_FORECAST}."));
    text += &item(&format!("Rungs {}; world {}.", env!("CARGO_PKG_VERSION"), plain(&world.title)));
    text += &item(&format!("Figures: `{}`.", fingerprint(world)));
    text += &item(&format!(
        "{} years from {}, {} replicates, one agent for {} people, seed {}.\n",
        settings.years, settings.start, settings.replicates, settings.scale, settings.seed
    ));
    text += "\n";
    text += &paragraph(
        "A simulated value passes inside the published 95% interval or, where none is published, within one percentage point of a share and \
         5% of anything else. After ± stands the Monte Carlo standard error of the mean over replicates, which does not soften the verdict. \
         Everything is in [validation.csv](validation.csv), with sources, and drawn in [validation.svg](validation.svg).",
    );
    text += &scores(&rows);
    for (used, verdict, heading) in [
        (Use::Fitted, Agreement::Miss, "Fitted figures that miss"),
        (Use::OutOfSample, Agreement::Miss, "Figures out of sample that miss"),
        (Use::Fitted, Agreement::Pass, "Fitted figures that pass"),
        (Use::OutOfSample, Agreement::Pass, "Figures out of sample that pass"),
    ] {
        let _ = write!(text, "\n## {heading}\n\n");
        // what is unknown agrees with nothing
        let found =
            |finding: &Finding| if finding.verdict == Agreement::Pass { Agreement::Pass } else { Agreement::Miss };
        let of = rows.iter().filter(|(target, finding)| target.used == used && found(finding) == verdict);
        of.for_each(|row| text += &item(&said(row)));
    }
    text
}

/// How many pass, by subject.
fn scores(rows: &[Row<'_>]) -> String {
    let mut text = String::from("| subject | fitted that pass | out of sample that pass |\n|---|---|---|\n");
    let mut subjects: Vec<&str> = Vec::new();
    for (target, _) in rows {
        if !subjects.contains(&target.subject.as_str()) {
            subjects.push(&target.subject);
        }
    }
    for subject in subjects.into_iter().map(Some).chain([None]) {
        let [fitted, other] = [Use::Fitted, Use::OutOfSample].map(|used| {
            let is_of =
                |target: &Target| target.used == used && subject.is_none_or(|subject| target.subject == subject);
            let of: Vec<&Row<'_>> = rows.iter().filter(|(target, _)| is_of(target)).collect();
            let passed = of.iter().filter(|(_, finding)| finding.verdict == Agreement::Pass).count();
            if of.is_empty() { String::new() } else { format!("{passed} of {}", of.len()) }
        });
        let _ = writeln!(text, "| {} | {fitted} | {other} |", subject.map_or_else(|| "all".to_owned(), plain));
    }
    text
}

fn said((target, finding): &Row<'_>) -> String {
    let end = |end: f64| if end.is_finite() { brief(end) } else { String::new() };
    let (low, high) = target.accepted();
    let accepted = match (low.is_finite(), high.is_finite()) {
        (true, true) => format!("{} to {}", end(low), end(high)),
        (true, false) => format!("at least {}", end(low)),
        (false, _) => format!("at most {}", end(high)),
    };
    let published = target.value.map_or_else(String::new, |value| format!("published {}, ", brief(value)));
    let simulated = finding.simulated.map_or_else(|| "unknown".to_owned(), brief);
    let error = finding.mcse.map_or_else(String::new, |error| format!(" ± {}", brief(error)));
    format!(
        "{} ({}): {published}accepted {accepted}, simulated **{simulated}**{error}",
        plain(&target.name),
        plain(&target.unit)
    )
}

/// What tells a world from every other, published figures included: SHA-256 over the names and hashes of its files.
#[must_use]
pub fn fingerprint(world: &World) -> String {
    let files = world.files.iter().chain(&world.beside).map(TextFile::summary);
    fingerprint_of(files.map(|file| (file.name, file.sha256)))
}

/// The same of any files, in any order.
pub(super) fn fingerprint_of(files: impl Iterator<Item = (String, String)>) -> String {
    let lines: BTreeSet<String> = files.map(|(name, hash)| format!("{name} {hash}\n")).collect();
    sha256(lines.into_iter().collect::<String>().as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_file_changes_the_fingerprint_and_the_order_of_files_does_not() {
        let of =
            |files: [(&str, &str); 2]| fingerprint_of(files.into_iter().map(|(name, hash)| (name.into(), hash.into())));
        assert_eq!(of([("a", "1"), ("b", "2")]), of([("b", "2"), ("a", "1")]));
        assert_ne!(of([("a", "1"), ("b", "2")]), of([("a", "1"), ("b", "3")]));
    }
}
