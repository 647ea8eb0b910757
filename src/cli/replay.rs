//! `rungs replay`.

use super::again::Again;
use super::ending::{Ending, Step};
use super::flags::ThreadFlags;
use super::terminal;
use crate::experiment::{self, Unobserved};
use crate::mistakes::printable;
use crate::output::{self, Kept, Overwrite, Results, claim};
use clap::Args;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  rungs replay results/recession --scenario recession --replicate 3
  rungs replay results/recession --scenario recession --replicate 3 --out results/third

The world, the scenarios and the seed are those that the results folder holds; nothing else is read. The
replicate is simulated anew and compared, to the byte, with what the folder holds of it: exit code 0 when
equal, 1 when not. With --out its results are kept as a folder of their own.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Replay {
    /// Results folder
    #[arg(value_name = "RUN")]
    run: PathBuf,

    /// Scenario to repeat
    #[arg(long, value_name = "NAME")]
    scenario: String,

    /// Replicate to repeat
    #[arg(long, value_name = "NUMBER")]
    replicate: u32,

    /// Folder for the results of this replicate alone
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    #[command(flatten)]
    threads: ThreadFlags,
}

impl Replay {
    pub(super) fn fulfil(self) -> Step<Ending> {
        let mut again = Again::load(&self.run)?;
        self.check_scenario(&again)?;
        let saved = again.saved()?;
        self.check_replicate(&saved)?;
        let claim = self.out.as_deref().map(|out| claim(out, Overwrite::Refuse)).transpose();
        let claim = claim.map_err(|error| Ending::output(&error))?;
        let there = self.kept(&saved)?;
        again.keep_scenarios(&self.scenario);
        let simulate = || again.simulate(self.replicate, self.replicate, &Unobserved);
        let outcomes = experiment::on_threads(self.threads.count(), simulate).map_err(Ending::Failed)?;
        let results = Results { replicates_asked: 1, ..again.results(outcomes) };
        let anew = self.kept(&results)?;
        if let Some(claim) = claim {
            let written = claim.write(&results, &[]).map_err(|error| Ending::output(&error))?;
            terminal::talk(&format!("results in {}", printable(&written.folder.display().to_string())));
        }
        self.judge(&there, &anew)
    }

    fn check_scenario(&self, again: &Again) -> Step<()> {
        let names = again.scenario_names();
        if names.contains(&self.scenario.as_str()) {
            return Ok(());
        }
        Err(unknown("--scenario", &format!("{:?}", self.scenario), &self.run, &names.join(", ")))
    }

    fn check_replicate(&self, saved: &Results) -> Step<()> {
        let numbers = &saved.replicate_numbers;
        if numbers.contains(&self.replicate) {
            return Ok(());
        }
        let is_run_of = numbers.iter().zip(1..).all(|(number, place)| *number == place);
        let expected = if is_run_of {
            format!("1 to {}", numbers.len())
        } else {
            numbers.iter().map(u32::to_string).collect::<Vec<_>>().join(", ")
        };
        Err(unknown("--replicate", &self.replicate.to_string(), &self.run, &expected))
    }

    fn kept(&self, results: &Results) -> Step<Kept> {
        let kept = output::kept(results, &self.scenario, self.replicate).map_err(|error| Ending::output(&error))?;
        kept.ok_or_else(|| Ending::Failed("found no outcome of the repetition, expected one".to_owned()))
    }

    /// Says whether two replicates are the same bytes.
    fn judge(&self, there: &Kept, anew: &Kept) -> Step<Ending> {
        let files = [
            ("series.parquet", &there.series, &anew.series),
            ("who_moved_series.parquet", &there.who_moved, &anew.who_moved),
        ];
        let mut lines = Vec::new();
        for (name, there, anew) in files {
            let (there, anew) = (output::sha256(there), output::sha256(anew));
            lines.push(if there == anew {
                format!("  {name}: the same rows, SHA-256 {there}")
            } else {
                format!("  {name}: other rows: SHA-256 {anew}, in the folder {there}")
            });
        }
        let verdict = if there == anew { "equal" } else { "not equal" };
        let what = format!("replicate {} of {}: {verdict}", self.replicate, printable(&self.scenario));
        terminal::data(&format!("{what}\n{}\n", lines.join("\n")))?;
        if there == anew {
            return Ok(Ending::Fine);
        }
        let run = printable(&self.run.display().to_string());
        Err(Ending::Failed(format!(
            "{run}: the replicate is not what this program makes of the same world, scenario and seed"
        )))
    }
}

fn unknown(flag: &str, found: &str, run: &Path, expected: &str) -> Ending {
    Ending::Refused(printable(&format!(
        "{flag}: found {found}, expected one of those in {}: {expected}",
        run.display()
    )))
}
