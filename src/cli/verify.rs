//! `rungs verify`.

use super::ending::{Ending, Step};
use super::flags::{StatusFlags, ThreadFlags};
use super::rerun::Rerun;
use super::terminal;
use super::whole::{ANY, whole};
use crate::diagnostics::printable;
use crate::experiment::Unobserved;
use crate::folder::contents::hashes;
use crate::folder::hash::sha256;
use crate::folder::panel::PANEL;
use crate::folder::report_page::REPORT;
use crate::folder::restore::kept;
use crate::folder::verify::{CheckedFolder, Discrepancy, Tampering, check_files};
use crate::results::run::Results;
use crate::results::table::Format;
use crate::results::tables::parameters::{PARAMETERS, parameters, write_parameters};
use crate::threads;
use clap::Args;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  rungs verify results/scenarios
  rungs verify results/scenarios --replicates 3
  rungs verify results/scenarios --replicates 0

Three checks, each against what the one before cannot see: every file is hashed again; every file that follows
from the kept replicates is made again from them; and some replicates are simulated again in all scenarios
(which ones follows from the run's fingerprint). What is not as the run left it is named: exit code 1. With
--replicates 0 files are hashed alone, which needs neither the version that made them nor much time.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Verify {
    /// Results folder
    #[arg(value_name = "RUN")]
    run: PathBuf,

    /// Replicates to simulate again, each in all scenarios
    #[arg(long, value_name = "NUMBER", default_value_t = 1, value_parser = whole::<u32>(ANY))]
    replicates: u32,

    #[command(flatten)]
    threads: ThreadFlags,

    #[command(flatten)]
    status: StatusFlags,
}

/// Files without which a run can neither be made nor repeated rerun.
fn is_source(file: &str) -> bool {
    let kept = ["manifest.json", "series.parquet", "who_moved_series.parquet", PANEL];
    kept.contains(&file) || file.starts_with("scenarios/") || file.starts_with("world/")
}

impl Verify {
    pub(super) fn run(self) -> Step<Ending> {
        let CheckedFolder { manifest, files, mut findings } = check_files(&self.run)?;
        let mut said = vec![format!("{files} files hashed: {}", judged(findings.len()))];
        if !self.run.join(REPORT).exists() {
            said.push(format!("{REPORT} is not there; `rungs report` makes it again"));
        }
        let broken = findings.iter().find(|finding| is_source(&finding.file));
        if let Some(finding) = broken.filter(|_| self.replicates > 0) {
            said.push(format!("nothing made again or simulated again, for {} is not that of the run", finding.file));
        } else if self.replicates > 0 && manifest.is_some() {
            match self.repeat(&mut findings) {
                Ok(more) => said.extend(more),
                Err(why) if findings.is_empty() => return Err(why),
                Err(Ending::Refused(why)) => said.push(format!("not simulated again: {why}")),
                Err(other) => return Err(other),
            }
        }
        terminal::data(&shown(&findings, &said))?;
        if findings.is_empty() {
            return Ok(Ending::Fine);
        }
        Err(Ending::Failed(printable(&format!("{}: {}", self.run.display(), judged(findings.len())))))
    }

    /// Makes files and replicates again; adds what differs, and says what was done.
    fn repeat(&self, findings: &mut Vec<Discrepancy>) -> Step<Vec<String>> {
        let rerun = Rerun::load(&self.run)?;
        if let Some(name) = rerun.misfit() {
            let file = format!("scenarios/{name}.toml");
            let why = "found other run settings, expected those of the manifest".to_owned();
            findings.push(Discrepancy::unfounded(&file, why));
            return Ok(Vec::new());
        }
        let saved = rerun.saved()?;
        let (made, unfounded) = threads::on_threads_if_any(self.threads.count(), || rebuild(&rerun, &saved))?;
        let mut said = vec![format!("{made} files made again from the replicates: {}", judged(unfounded.len()))];
        let known = |finding: &Discrepancy| findings.iter().any(|found| found.file == finding.file);
        let new: Vec<Discrepancy> = unfounded.into_iter().filter(|finding| !known(finding)).collect();
        findings.extend(new);
        let numbers = sample(&saved.replicate_numbers(), self.replicates, &rerun.manifest.fingerprint());
        for number in numbers {
            if !self.status.quiet {
                terminal::status(&format!("simulating replicate {number} again"));
            }
            let simulate = || rerun.simulate(number, number, &Unobserved);
            let outcomes = threads::on_threads(self.threads.count(), simulate)?;
            let differing = differing(&rerun, &saved, &rerun.results(outcomes), number)?;
            let scenarios = rerun.scenario_names().len();
            said.push(format!(
                "replicate {number} simulated again in {scenarios} scenarios: {}",
                judged(differing.len())
            ));
            findings.extend(differing);
        }
        Ok(said)
    }
}

/// How many files were made again from the replicates, and those that came out otherwise.
fn rebuild(rerun: &Rerun, saved: &Results) -> Step<(usize, Vec<Discrepancy>)> {
    let listed = &rerun.manifest.files;
    let formats = if listed.contains_key("series.csv") { &[Format::Csv][..] } else { &[] };
    let hashes = hashes(saved, formats)?;
    let other = |(name, hash): (&String, &String)| {
        let expected = listed.get(name).map_or("none", String::as_str);
        let why = format!("found SHA-256 {expected} in the manifest, but the replicates give {hash}");
        (expected != hash).then(|| Discrepancy::unfounded(name, why))
    };
    let mut unfounded: Vec<Discrepancy> = hashes.iter().filter_map(other).collect();
    // This one follows from the world in the folder.
    let Some(expected) = listed.get(PARAMETERS) else { return Ok((hashes.len(), unfounded)) };
    let mut bytes = Vec::new();
    write_parameters(&parameters(&rerun.inputs.world), &mut bytes)?;
    let hash = sha256(&bytes);
    if hash != *expected {
        let why = format!("found SHA-256 {expected} in the manifest, but the world gives {hash}");
        unfounded.push(Discrepancy::unfounded(PARAMETERS, why));
    }
    Ok((hashes.len() + 1, unfounded))
}

/// The scenarios in which a replicate that was simulated again is not the one kept.
fn differing(rerun: &Rerun, saved: &Results, anew: &Results, number: u32) -> Step<Vec<Discrepancy>> {
    let mut findings = Vec::new();
    for name in rerun.scenario_names() {
        let of = |results, folder| kept(results, folder, name, number);
        let (Some(there), Some(anew)) = (of(saved, Some(rerun.folder()))?, of(anew, None)?) else { continue };
        let files = [
            ("series.parquet", there.series == anew.series),
            ("who_moved_series.parquet", there.who_moved == anew.who_moved),
            (PANEL, there.panel == anew.panel),
        ];
        for (file, _) in files.iter().filter(|(_, is_same)| !is_same) {
            let why =
                format!("found a replicate {number} of {name} that is not what the same world, scenario and seed give");
            findings.push(Discrepancy::unfounded(file, why));
        }
    }
    Ok(findings)
}

/// So many of the replicates, in a row from a place that the fingerprint names.
fn sample(numbers: &[u32], count: u32, fingerprint: &str) -> Vec<u32> {
    let start = fingerprint.get(..8).and_then(|digits| u32::from_str_radix(digits, 16).ok()).unwrap_or(0);
    let start = usize::try_from(start).unwrap_or(0) % numbers.len().max(1);
    let count = usize::try_from(count).unwrap_or(usize::MAX).min(numbers.len());
    numbers.iter().cycle().skip(start).take(count).copied().collect()
}

fn judged(findings: usize) -> String {
    match findings {
        0 => "all as the run left them".to_owned(),
        1 => "1 is not as the run left it".to_owned(),
        more => format!("{more} are not as the run left them"),
    }
}

fn shown(findings: &[Discrepancy], said: &[String]) -> String {
    let line = |finding: &Discrepancy| {
        let what: &str = word(finding.what);
        printable(&format!("{what:<9}  {}: {}", finding.file, finding.why))
    };
    let lines: Vec<String> = findings.iter().map(line).chain(said.iter().map(|line| printable(line))).collect();
    format!("{}\n", lines.join("\n"))
}

fn word(what: Tampering) -> &'static str {
    what.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_is_in_a_row_goes_round_and_takes_no_replicate_twice() {
        let numbers = [1, 2, 4, 5];
        assert_eq!(sample(&numbers, 2, "00000003aa"), [5, 1]);
        assert_eq!(sample(&numbers, 9, "00000001aa"), [2, 4, 5, 1]);
        assert_eq!(sample(&numbers, 0, "00000001aa"), [0; 0]);
        assert_eq!(sample(&[], 2, "00000001aa"), [0; 0]);
    }
}
