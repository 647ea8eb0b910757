//! Provenance: what made the numbers, so that anybody can make them again.

use super::super::facts::Facts;
use super::super::page::{Block, PageCell, PageTable, Section, TableRow};
use crate::folder::manifest::RunStatus;
use crate::results::about::Input;
use crate::text::brief::count;

pub(super) fn section(facts: &Facts<'_>) -> Section {
    Section {
        id: "provenance",
        title: "Provenance",
        lead: "Same version, inputs and seed give the same results, byte for byte, on any number of threads. The fingerprint is the SHA-256 of \
               the run's manifest without its timings: equal runs have equal fingerprints."
            .to_owned(),
        blocks: vec![Block::Open { table: run(facts) }, Block::Behind { table: files(facts) }],
    }
}

fn run(facts: &Facts<'_>) -> PageTable {
    let manifest = &facts.run.manifest;
    let kept = match manifest.status {
        RunStatus::Complete => format!("{} (all)", manifest.replicates_kept),
        RunStatus::Stopped => {
            format!("{} of {} (the run was stopped)", manifest.replicates_kept, manifest.replicates_asked)
        }
    };
    let by = if manifest.by.is_empty() { "nothing".to_owned() } else { manifest.by.join(", ") };
    let rows = [
        ("Fingerprint", manifest.fingerprint()),
        ("Rungs", manifest.version.clone()),
        ("Git revision", manifest.git.clone().unwrap_or_else(|| "unknown".to_owned())),
        ("World", format!("{} ({})", manifest.world_title, manifest.world)),
        ("Seed", manifest.seed.to_string()),
        ("Replicates", kept),
        ("Scale", format!("one agent for {}", people(manifest.scale))),
        ("First month", manifest.start.clone()),
        ("Years", manifest.years.to_string()),
        ("Periods", format!("one for each {}", manifest.every)),
        ("Broken down by", by),
    ];
    let row = |(name, value): (&str, String)| TableRow { name: name.to_owned(), cells: vec![PageCell::plain(&value)] };
    PageTable {
        caption: "What made this run.".to_owned(),
        head: ["What", "Value"].map(str::to_owned).to_vec(),
        rows: rows.into_iter().map(row).collect(),
    }
}

fn people(scale: u32) -> String {
    if scale == 1 { "each person".to_owned() } else { format!("{} people", count(u64::from(scale))) }
}

/// Every file that was read and written, with its hash.
fn files(facts: &Facts<'_>) -> PageTable {
    let manifest = &facts.run.manifest;
    let row = |name: String, kind: &str, hash: &str| TableRow {
        name,
        cells: vec![PageCell::plain(kind), PageCell::plain(hash)],
    };
    let inputs = manifest.inputs.iter().map(|input: &Input| row(input.name.clone(), "read", &input.sha256));
    let outputs = manifest.files.iter().map(|(name, hash)| row(name.clone(), "written", hash));
    PageTable {
        caption: "Files of this run and their SHA-256.".to_owned(),
        head: ["Name", "Read or written", "SHA-256"].map(str::to_owned).to_vec(),
        rows: inputs.chain(outputs).collect(),
    }
}
