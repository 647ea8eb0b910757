//! `rungs replay`.

use super::ending::{Ending, Step};
use super::flags::ThreadFlags;
use super::rerun::{self, Rerun};
use super::stop::Stop;
use super::terminal;
use super::whole::{ANY, whole};
use crate::diagnostics::printable;
use crate::domain::Kind;
use crate::engine::tally::{Follow, PersonId};
use crate::folder::claim::claim;
use crate::folder::disk::Overwrite;
use crate::folder::hash::sha256;
use crate::folder::panel::{LIFE_COLUMNS, PANEL, life, life_csv, person_named};
use crate::folder::restore::{Kept, kept};
use crate::results::about::NamedRegion;
use crate::results::run::Results;
use crate::threads;
use clap::Args;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  rungs replay results/recession --scenario recession --replicate 3
  rungs replay results/recession --scenario recession --replicate 3 --out results/third
  rungs replay results/recession --scenario recession --replicate 3 --person 2009-TLC-42

The world, the scenarios and the seed are those that the results folder holds; nothing else is read. The
replicate is simulated anew and compared, to the byte, with what the folder holds of it: exit code 0 when
equal, 1 when not. With --out its results are kept as a folder of their own.

With --person one life is printed month by month, from the last year of compulsory schooling on, before the
run starts as well; the comparison goes to stderr. A person is named by birth cohort (2009: born from
September 2008 to August 2009), code of the region of upbringing (or abroad) and a number from 0 among those,
the same in every scenario and replicate; panel.parquet lists those of a panel.";

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
    #[arg(long, value_name = "NUMBER", value_parser = whole::<u32>(ANY))]
    replicate: u32,

    /// Folder for the results of this replicate alone
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// Print the life of this person
    #[arg(long, value_name = "PERSON", conflicts_with = "out")]
    person: Option<String>,

    /// Print the life as CSV
    #[arg(long, requires = "person")]
    csv: bool,

    #[command(flatten)]
    threads: ThreadFlags,
}

impl Replay {
    pub(super) fn run(self) -> Step<Ending> {
        let stop = Stop::listen()?;
        let mut rerun = Rerun::load(&self.run)?;
        self.check_scenario(&rerun)?;
        if let Some(name) = rerun.misfit() {
            let why = format!("found other run settings in scenarios/{name}.toml, expected those of the manifest");
            return Err(rerun::refused(&self.run, &why));
        }
        let saved = rerun.saved()?;
        self.check_replicate(&saved)?;
        let claim = self.out.as_deref().map(|out| claim(out, Overwrite::Refuse)).transpose();
        let claim = claim?;
        let mut there = self.kept(&saved, Some(&self.run))?;
        if let Some(name) = &self.person {
            rerun.inputs.follow = Follow::One(named(name, &saved.world.regions)?);
            there.panel = None;
        }
        rerun.keep_scenarios(&self.scenario);
        let simulate = || rerun.simulate(self.replicate, self.replicate, &stop);
        let outcomes = threads::on_threads(self.threads.count(), simulate)?;
        if stop.is_wanted() {
            terminal::status("stopped before the replicate was compared: nothing was kept");
            return Ok(Ending::Stopped);
        }
        let mut results = rerun.results(outcomes);
        results.settings.replicates = 1;
        let mut anew = self.kept(&results, None)?;
        if let Some(claim) = claim {
            let written = threads::on_threads_if_any(self.threads.count(), || claim.write(&results, &[]))?;
            terminal::status(&format!("results in {}", printable(&written.folder.display().to_string())));
        }
        if let Some(name) = &self.person {
            anew.panel = None;
            let compared = compared(&there, &anew);
            terminal::data(&self.life(name, &results)?)?;
            terminal::status(&format!("{}\n{compared}", self.verdict(&there, &anew)));
        } else {
            terminal::data(&format!("{}\n{}\n", self.verdict(&there, &anew), compared(&there, &anew)))?;
        }
        if there == anew {
            return Ok(Ending::Fine);
        }
        let why = "the replicate is not what this program makes of the same world, scenario and seed";
        Err(Ending::Failed(printable(&format!("{}: {why}", self.run.display()))))
    }

    /// One life as a table or CSV.
    fn life(&self, name: &str, results: &Results) -> Step<String> {
        let panel = results.outcomes.replicates.first().and_then(|replicate| replicate.panels.last());
        let months = panel.map_or(&[][..], |panel| &panel.months);
        if months.is_empty() {
            let (replicate, scenario) = (self.replicate, &self.scenario);
            let why = format!("--person: found nobody named {name:?} in replicate {replicate} of {scenario}");
            let hint = "numbers begin at 0, so a lower one may be there; the column person of panel.parquet lists those of a panel";
            return Err(Ending::Refused(format!("{}\n  hint: {hint}", printable(&why))));
        }
        let rows = life(months, &results.world.regions);
        if self.csv {
            return Ok(life_csv(&rows)?);
        }
        let mut table = terminal::plain_table();
        table.set_header(LIFE_COLUMNS);
        table.add_rows(rows);
        let subject = months[0].subject;
        let origin = subject.origin.map_or("origin unknown", Kind::name);
        let about = format!("{name}: {}, born {}, origin {origin}", subject.sex.name(), subject.birth);
        Ok(format!("{}\n\n{}", printable(&about), terminal::rendered(&mut table)))
    }

    fn verdict(&self, there: &Kept, anew: &Kept) -> String {
        let verdict = if there == anew { "equal" } else { "not equal" };
        format!("replicate {} of {}: {verdict}", self.replicate, printable(&self.scenario))
    }

    fn check_scenario(&self, rerun: &Rerun) -> Step<()> {
        let names = rerun.scenario_names();
        if names.contains(&self.scenario.as_str()) {
            return Ok(());
        }
        Err(unknown("--scenario", &format!("{:?}", self.scenario), &self.run, &names.join(", ")))
    }

    fn check_replicate(&self, saved: &Results) -> Step<()> {
        let numbers = saved.replicate_numbers();
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

    fn kept(&self, results: &Results, folder: Option<&Path>) -> Step<Kept> {
        let kept = kept(results, folder, &self.scenario, self.replicate)?;
        kept.ok_or_else(|| Ending::Failed("found no outcome of the repetition, expected one".to_owned()))
    }
}

/// Which rows of two replicates are the same bytes.
fn compared(there: &Kept, anew: &Kept) -> String {
    let mut files = vec![
        ("series.parquet", &there.series, &anew.series),
        ("who_moved_series.parquet", &there.who_moved, &anew.who_moved),
    ];
    if let Some((there, anew)) = there.panel.as_ref().zip(anew.panel.as_ref()) {
        files.push((PANEL, there, anew));
    }
    let line = |(name, there, anew): (&str, &Vec<u8>, &Vec<u8>)| {
        let (there, anew) = (sha256(there), sha256(anew));
        if there == anew {
            format!("  {name}: the same rows, SHA-256 {there}")
        } else {
            format!("  {name}: other rows: SHA-256 {anew}, in the folder {there}")
        }
    };
    files.into_iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Whose name this is.
fn named(name: &str, regions: &[NamedRegion]) -> Step<PersonId> {
    person_named(name, regions).ok_or_else(|| {
        let codes: Vec<&str> = regions.iter().map(|region| region.code.as_str()).collect();
        let expected = format!("cohort, region and number such as 2009-{}-42", codes.first().unwrap_or(&"abroad"));
        let why =
            format!("--person: found {name:?}, expected {expected}, with a region out of {}, abroad", codes.join(", "));
        Ending::Refused(printable(&why))
    })
}

fn unknown(flag: &str, found: &str, run: &Path, expected: &str) -> Ending {
    Ending::Refused(printable(&format!(
        "{flag}: found {found}, expected one of those in {}: {expected}",
        run.display()
    )))
}
