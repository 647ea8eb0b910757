//! `manifest.json`: what made the results, and the hash of each file.

use crate::diagnostics::printable;
use crate::domain::Kind;
use crate::folder::hash::sha256;
use crate::results::about::{
    HalfWidth, Input, NamedRegion, NamedScenario, PeriodRows, Precision, ScenarioInfo, Timings,
};
use crate::results::run::Results;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The version of the results folder; it also marks a folder as one of ours.
pub const FORMAT: u32 = 1;

/// Whether every replicate that was asked for is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RunStatus {
    /// All of them.
    Complete,
    /// The run was stopped; whole replicates are kept.
    Stopped,
}

/// What made a results folder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// [`FORMAT`].
    pub rungs_results: u32,
    /// Whether every replicate is there.
    pub status: RunStatus,
    /// The version of Rungs.
    pub version: String,
    /// The git revision that it was built from, when known.
    pub git: Option<String>,
    /// The world's name.
    pub world: String,
    /// The world's name for readers; empty in runs of older versions.
    #[serde(default)]
    pub world_title: String,
    /// Its regions, in order; none in runs of older versions.
    #[serde(default)]
    pub regions: Vec<NamedRegion>,
    /// How many of its figures are of each confidence: `read`, `derived`, `assumption` and so on.
    #[serde(default)]
    pub figures: BTreeMap<String, u32>,
    /// The seed.
    pub seed: u64,
    /// Replicates asked for.
    pub replicates_asked: u32,
    /// Replicates kept.
    pub replicates_kept: u32,
    /// People that one agent stands for.
    pub scale: u32,
    /// The first month.
    pub start: String,
    /// Simulated years.
    pub years: u16,
    /// Length of a period.
    pub every: String,
    /// Which periods tables over replicates have rows for.
    #[serde(default = "all_periods")]
    pub period_rows: PeriodRows,
    /// Breakdowns.
    pub by: Vec<String>,
    /// The scenarios; the first is the baseline.
    pub scenarios: Vec<NamedScenario>,
    /// Every file that was read.
    pub inputs: Vec<Input>,
    /// SHA-256 of every result file by its path in the folder.
    pub files: BTreeMap<String, String>,
    /// The precisions that replicates were added for; none if their number was given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub until: Vec<Precision>,
    /// How far levels are off at this scale, if that is known and worth a word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scale_note: Option<String>,
    /// The half-widths that were asked about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub half_widths: Vec<HalfWidth>,
    /// The share of people in the panel, if one was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub panel_share: Option<f64>,
    /// How long it took.
    pub timings: Timings,
    /// SHA-256 of the manifest's own text with nothing between these quotes.
    #[serde(default)]
    pub seal: String,
}

/// What runs of older versions hold.
fn all_periods() -> PeriodRows {
    PeriodRows::All
}

impl Manifest {
    /// The manifest of `results`, whose files have these hashes.
    #[must_use]
    pub fn of(results: &Results, files: BTreeMap<String, String>) -> Self {
        let kept = u32::try_from(results.outcomes.replicates.len()).unwrap_or(u32::MAX);
        let named = |scenario: &ScenarioInfo| NamedScenario {
            name: scenario.name.clone(),
            title: scenario.title.clone(),
            scaled_by: scenario.scaled_by,
        };
        let open = Self {
            rungs_results: FORMAT,
            status: if kept < results.settings.replicates { RunStatus::Stopped } else { RunStatus::Complete },
            version: env!("CARGO_PKG_VERSION").to_owned(),
            git: option_env!("RUNGS_GIT").filter(|revision| !revision.is_empty()).map(str::to_owned),
            world: results.world.name.clone(),
            world_title: results.world.title.clone(),
            regions: results.world.regions.clone(),
            figures: results.world.figures.clone(),
            seed: results.settings.seed,
            replicates_asked: results.settings.replicates,
            replicates_kept: kept,
            scale: results.settings.scale,
            start: results.settings.start.to_string(),
            years: results.settings.years,
            every: results.settings.every.name().to_owned(),
            period_rows: results.options.period_rows,
            by: results.settings.by.iter().map(|breakdown| breakdown.name().to_owned()).collect(),
            scenarios: results.scenarios.iter().map(named).collect(),
            inputs: results.inputs.clone(),
            files,
            until: results.options.until.clone(),
            scale_note: results.options.scale_note.clone(),
            half_widths: results.options.half_widths.clone(),
            panel_share: results.options.panel_share,
            timings: results.timings,
            seal: String::new(),
        };
        Self { seal: sha256(open.text().as_bytes()), ..open }
    }

    /// Whether `text`, which reads as this manifest, is what the run wrote to the byte.
    pub(crate) fn is_sealed(&self, text: &str) -> bool {
        let closed = format!("\"seal\": \"{}\"", self.seal);
        let open = text.rfind(&closed).map(|at| [&text[..at], "\"seal\": \"\"", &text[at + closed.len()..]].concat());
        open.is_some_and(|open| sha256(open.as_bytes()) == self.seal)
    }

    /// The manifest as it stands in a file: what could drive a terminal that shows it is written as `\uXXXX`, which
    /// reads back the same.
    pub(crate) fn text(&self) -> String {
        // Every field is a number, a text or a list of them, so there is always a text.
        let json = serde_json::to_string_pretty(self).unwrap_or_default();
        let mut out = String::with_capacity(json.len());
        for character in json.chars() {
            let is_plain = character == '\n' || printable(character.encode_utf8(&mut [0; 4])).starts_with(character);
            if is_plain {
                out.push(character);
            } else {
                character.encode_utf16(&mut [0; 2]).iter().for_each(|unit| out += &format!("\\u{unit:04x}"));
            }
        }
        out + "\n"
    }

    /// What tells this run from every other: SHA-256 of the manifest without its timings. Equal runs have equal
    /// fingerprints; a changed input, setting, version or result changes it.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let timings = Timings { wall_seconds: 0.0, person_months: 0, person_months_per_second: 0.0, threads: 0 };
        let timeless = Self { timings, seal: String::new(), ..self.clone() };
        // Every field is a number, a text or a list of them, so there is always a text.
        sha256(serde_json::to_string(&timeless).unwrap_or_default().as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::testing;

    #[test]
    fn a_manifest_reads_back_and_keeps_its_order() {
        let manifest = Manifest::of(&testing::results(), BTreeMap::from([("a.csv".to_owned(), "ff".to_owned())]));
        let text = serde_json::to_string_pretty(&manifest).unwrap();
        assert_eq!(serde_json::from_str::<Manifest>(&text).unwrap(), manifest);
        assert!(text.find("rungs_results").unwrap() < text.find("\"seed\"").unwrap());
        assert!(text.find("\"files\"").unwrap() < text.find("\"timings\"").unwrap());
    }

    #[test]
    fn a_manifest_drives_no_terminal_and_reads_back() {
        let mut results = testing::results();
        results.world.name = "\u{9b}31m\u{202e}\"\\x".to_owned();
        let manifest = Manifest::of(&results, BTreeMap::new());
        let text = manifest.text();
        assert!(
            text.chars().all(|letter| letter == '\n' || printable(&letter.to_string()) == letter.to_string()),
            "{text}"
        );
        assert_eq!(serde_json::from_str::<Manifest>(&text).unwrap(), manifest);
    }

    #[test]
    fn a_fingerprint_knows_every_input_and_no_clock() {
        let manifest = |results: &Results| Manifest::of(results, BTreeMap::new()).fingerprint();
        let (first, mut slower, mut other) = (testing::results(), testing::results(), testing::results());
        slower.timings.wall_seconds = 99.0;
        other.inputs[0].sha256 = "11".repeat(32);
        assert_eq!(manifest(&first), manifest(&slower));
        assert_ne!(manifest(&first), manifest(&other));
    }

    #[test]
    fn a_run_with_fewer_replicates_than_asked_for_was_stopped() {
        let mut results = testing::results();
        assert_eq!(Manifest::of(&results, BTreeMap::new()).status, RunStatus::Complete);
        results.settings.replicates = 5;
        assert_eq!(Manifest::of(&results, BTreeMap::new()).status, RunStatus::Stopped);
    }
}
