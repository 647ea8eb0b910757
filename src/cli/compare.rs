//! `rungs compare`.

use super::ending::{Ending, Step};
use super::flags::HalfWidthFlags;
use super::stop::undisturbed;
use super::terminal;
use crate::compare::comparison_csv::write_comparisons;
use crate::compare::comparison_table;
use crate::compare::filter::{Filter, Pick};
use crate::compare::inputs::{InputDifference, input_differences, write_input_differences};
use crate::compare::two_runs::{CompareError, Comparison, compare};
use crate::diagnostics::{did_you_mean, printable};
use crate::domain::{Kind, Origin, Sex};
use crate::folder::disk::{Overwrite, check_alone, write_alone};
use crate::folder::read::Saved;
use crate::outcomes::known_measure;
use crate::results::about::HalfWidth;
use crate::results::keys::{ALL, LAST_YEAR};
use crate::results::tables::{
    cost_effectiveness::RatioRow, costs::CostRow, effects::EffectRow, uncertainty::put_doubt,
};
use crate::scenario::Breakdown;
use crate::text::layout::wrapped;
use crate::text::{contrasts_table, effects_table, money_table};
use clap::Args;
use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  rungs compare results/scenarios
  rungs compare results/scenarios --measure neet_rate --region each
  rungs compare results/scenarios --costs
  rungs compare results/scenarios --between
  rungs compare results/scenarios --half-width neet_rate=0.0002
  rungs compare results/levy results/levy-2
  rungs compare results/levy results/levy-2 --out outcomes.csv --inputs inputs.csv

One run: its effects against its baseline. Two or more: what differs from the first in the inputs, key by
key, and in the outcomes of the scenarios that both have, by name. Replicates are paired when version, seed
and scale are the same, and else compared as independent samples; the table says which and why.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Compare {
    /// Results folders
    #[arg(value_name = "RUN", required = true)]
    runs: Vec<PathBuf>,

    /// Show this measure instead of the headline ones; may be repeated (see `rungs list measures`)
    #[arg(long, value_name = "KEY")]
    measure: Vec<String>,

    /// Show this scenario only; may be repeated
    #[arg(long, value_name = "NAME")]
    scenario: Vec<String>,

    /// Show one region, or `each`; `all` is the whole world
    #[arg(long, value_name = "NAME", default_value = "all")]
    region: String,

    /// Show one origin class, or `each`
    #[arg(long, value_name = "NAME", default_value = "all")]
    origin: String,

    /// Show one sex, or `each`
    #[arg(long, value_name = "NAME", default_value = "all")]
    sex: String,

    /// Count people of a region where they live (without it) or where they grew up
    #[arg(long, value_name = "BASIS", value_parser = ["residence", "upbringing"])]
    basis: Option<String>,

    #[command(flatten)]
    half_widths: HalfWidthFlags,

    /// Show what each scenario costs, item by item, and what a unit of each gain costs
    #[arg(long)]
    costs: bool,

    #[command(flatten)]
    standing: StandingFlags,

    #[command(flatten)]
    files: FileFlags,

    /// Show this period: `last 12 months`, `whole run`, or its first month as in effects.csv
    #[arg(long, value_name = "PERIOD", default_value = LAST_YEAR)]
    period: String,
}

/// How scenarios compare with each other.
#[derive(Debug, Args)]
struct StandingFlags {
    /// Show which scenarios of one run are clearly ahead of all others, measure by measure
    #[arg(long)]
    between: bool,
}

/// Where comparisons of runs go beside the terminal.
#[derive(Debug, Args)]
struct FileFlags {
    /// Write the outcomes of two or more runs as CSV
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,

    /// Write the inputs that differ as CSV, each one of them
    #[arg(long, value_name = "FILE")]
    inputs: Option<PathBuf>,

    /// Replace files that are there already
    #[arg(long)]
    overwrite: bool,
}

impl FileFlags {
    fn replace(&self) -> Overwrite {
        if self.overwrite { Overwrite::Replace } else { Overwrite::Refuse }
    }

    /// Refuses before anything is read if not all files could be written.
    fn check(&self) -> Step<()> {
        for (flag, path) in [("--out", &self.out), ("--inputs", &self.inputs)] {
            let Some(path) = path else { continue };
            if flag == "--inputs" && self.out.as_ref() == Some(path) {
                let path = printable(&path.display().to_string());
                return Err(Ending::Refused(format!("{flag}: {path} is the file of --out, too, nothing was written")));
            }
            check_alone(path, self.replace())?;
        }
        Ok(())
    }

    /// Writes the files that were asked for, each whole or not at all.
    fn write(&self, outcomes: &[Comparison], inputs: &[([String; 2], Vec<InputDifference>)]) -> Step<()> {
        let keep = |path: &Option<PathBuf>, fill: &dyn Fn(&mut Vec<u8>) -> io::Result<()>| {
            let Some(path) = path else { return Ok(()) };
            let mut bytes = Vec::new();
            fill(&mut bytes)?;
            Ok(undisturbed(|| write_alone(path, &String::from_utf8_lossy(&bytes), self.replace()))?)
        };
        keep(&self.out, &|bytes| write_comparisons(outcomes, bytes))?;
        keep(&self.inputs, &|bytes| write_input_differences(inputs, bytes))
    }
}

impl Compare {
    pub(super) fn run(self) -> Step<Ending> {
        if let Some(why) = self.measure.iter().find_map(|key| known_measure(key).err()) {
            return Err(Ending::Refused(format!("--measure: {why}")));
        }
        self.files.check()?;
        let load = |folder: &PathBuf| match self.runs.len() {
            // the effects of each run are looked up in one alone
            1 => Saved::load(folder),
            _ => Saved::load_where(folder, |_| false),
        };
        let runs = self.runs.iter().map(load).collect::<Result<Vec<Saved>, _>>()?;
        self.check_flags()?;
        runs.iter().try_for_each(|run| self.check_names(run))?;
        let text = match &runs[..] {
            [run] => self.one(run)?,
            runs => self.several(runs)?,
        };
        terminal::data(&format!("{}\n", wrapped(&text, usize::from(terminal::width_or_usual()))))?;
        Ok(Ending::Fine)
    }

    /// Refuses flags that would change nothing beside others.
    fn check_flags(&self) -> Step<()> {
        let groups = [("--region", &self.region), ("--origin", &self.origin), ("--sex", &self.sex)];
        let groups = groups.into_iter().map(|(flag, name)| (flag, name != "all"));
        let width = !self.half_widths.asked().is_empty();
        let rest = [("--basis", self.basis.is_some()), ("--half-width", width)];
        let of_costs = [
            ("--between", self.standing.between),
            ("--measure", !self.measure.is_empty()),
            ("--period", self.period != LAST_YEAR),
        ];
        let of_standing = [("--scenario", !self.scenario.is_empty())];
        let (other, without): (&str, Vec<(&str, bool)>) = if self.costs {
            ("--costs", groups.chain(rest).chain(of_costs).collect())
        } else if self.standing.between {
            ("--between", groups.chain(rest).chain(of_standing).collect())
        } else {
            ("", Vec::new())
        };
        if let Some((flag, _)) = without.iter().find(|(_, is_given)| *is_given) {
            return Err(Ending::Refused(format!(
                "{flag}: found {other} beside it, which has no rows to choose by it, expected one of them"
            )));
        }
        if self.basis.is_some() && self.region == "all" {
            let why = "--basis: found no region beside it, expected one, or `--region each`";
            return Err(Ending::Refused(why.to_owned()));
        }
        if self.files.overwrite && self.files.out.is_none() && self.files.inputs.is_none() {
            return Err(Ending::Refused("--overwrite: found no file to write, expected --out or --inputs".to_owned()));
        }
        Ok(())
    }

    /// Refuses names of scenarios and regions that a run does not have.
    fn check_names(&self, run: &Saved) -> Step<()> {
        let scenarios: Vec<&str> = run.manifest.scenarios.iter().map(|scenario| scenario.name.as_str()).collect();
        for name in &self.scenario {
            check_name("--scenario", name, &scenarios)?;
        }
        let regions: Vec<&str> = run.manifest.regions.iter().map(|region| region.name.as_str()).collect();
        if !["all", "each", "abroad"].contains(&self.region.as_str()) && !regions.is_empty() {
            check_name("--region", &self.region, &regions)?;
        }
        for (flag, name, known) in [("--origin", &self.origin, Origin::names()), ("--sex", &self.sex, Sex::names())] {
            if !["all", "each"].contains(&name.as_str()) {
                check_name(flag, name, &known)?;
            }
        }
        Ok(())
    }

    fn one(&self, run: &Saved) -> Step<String> {
        for (flag, file) in [("--out", &self.files.out), ("--inputs", &self.files.inputs)] {
            if file.is_some() {
                return Err(Ending::Refused(format!(
                    "{flag}: found one run, expected two or more; the effects of one are in its effects.csv"
                )));
            }
        }
        if self.standing.between {
            let mut rankings = run.rankings()?;
            rankings.retain(|ranking| self.measure.is_empty() || self.measure.contains(&ranking.measure));
            let text = contrasts_table::policy_contrasts(
                &rankings,
                &run.manifest.scenarios,
                &self.period,
                Some(terminal::width_or_usual()),
            );
            return if text.is_empty() { Err(too_few(&self.period)) } else { Ok(text) };
        }
        if let Some(note) = &run.manifest.scale_note {
            terminal::remark(&format!("note: {}", printable(note)));
        }
        if self.costs { costs(run, &self.filter()) } else { alone(run, &self.filter(), &self.half_widths.asked()) }
    }

    /// The first run against each of the others.
    fn several(&self, runs: &[Saved]) -> Step<String> {
        let wants_width = !self.half_widths.asked().is_empty();
        for (flag, is_given) in
            [("--costs", self.costs), ("--between", self.standing.between), ("--half-width", wants_width)]
        {
            if is_given {
                return Err(Ending::Refused(format!("{flag}: found several runs, expected one")));
            }
        }
        let filter = self.filter();
        let width = Some(terminal::width_or_usual());
        let mut parts = vec![comparison_table::runs(&runs.iter().collect::<Vec<_>>())];
        let (mut outcomes, mut inputs) = (Vec::new(), Vec::new());
        for (at, other) in runs.iter().enumerate().skip(1) {
            let (comparison, differing) = against(&runs[0], other, &filter)?;
            let letters = [comparison_table::letter(0), comparison_table::letter(at)];
            let letters = [letters[0].as_str(), letters[1].as_str()];
            parts.push(comparison_table::inputs(&differing, letters, width));
            parts.push(comparison_table::outcomes(&comparison, letters, width));
            inputs.push((comparison.names.clone(), differing));
            outcomes.push(comparison);
        }
        self.files.write(&outcomes, &inputs)?;
        Ok(parts.join("\n\n"))
    }

    fn filter(&self) -> Filter {
        Filter {
            measures: self.measure.clone(),
            scenarios: self.scenario.clone(),
            period: self.period.clone(),
            region_basis: self.basis.clone().unwrap_or_else(|| "residence".to_owned()),
            region: pick(&self.region),
            origin: pick(&self.origin),
            sex: pick(&self.sex),
        }
    }
}

/// Refuses a name that is not among those that are known.
fn check_name(flag: &str, name: &str, known: &[&str]) -> Step<()> {
    if known.contains(&name) {
        return Ok(());
    }
    let of_list = name.contains([',', ';']).then(|| "name one, or `each` for all of them".to_owned());
    let hint = of_list
        .or_else(|| did_you_mean(name, known.iter().copied()))
        .unwrap_or_else(|| format!("there are: {}", known.join(", ")));
    Err(Ending::Refused(format!("{flag}: found {name:?}, expected a name that the run has\n  hint: {hint}")))
}

fn pick(wanted: &str) -> Pick {
    match wanted {
        "all" => Pick::Total,
        "each" => Pick::Each,
        name => Pick::Named(name.to_owned()),
    }
}

fn alone(run: &Saved, filter: &Filter, half_widths: &[HalfWidth]) -> Step<String> {
    let mut rows = filter.effects_of(run);
    put_doubt(rows.iter_mut(), &run.spreads(|heading| heading.period == filter.period)?);
    if rows.is_empty() {
        return Err(nothing(run, filter));
    }
    Ok(effects_table::effects(&rows, half_widths, run.baseline(), Some(terminal::width_or_usual())))
}

/// What the scenarios of a run cost.
fn costs(run: &Saved, filter: &Filter) -> Step<String> {
    let shown = |name: &String| filter.scenarios.is_empty() || filter.scenarios.contains(name);
    let costs: Vec<CostRow> = run.costs.iter().filter(|row| shown(&row.scenario)).cloned().collect();
    let ratios: Vec<RatioRow> = run.ratios.iter().filter(|row| shown(&row.scenario)).cloned().collect();
    if costs.is_empty() {
        return Err(nothing(run, filter));
    }
    let width = Some(terminal::width_or_usual());
    Ok(format!("{}\n\n{}", money_table::items(&costs, width), money_table::money(&costs, &ratios, width)))
}

/// What differs between two runs, in outcomes and in inputs.
pub(super) fn against(first: &Saved, second: &Saved, filter: &Filter) -> Step<(Comparison, Vec<InputDifference>)> {
    let comparison = compare(first, second, filter).map_err(|error| match error {
        CompareError::Output(error) => Ending::from(error),
        CompareError::Incomparable(reasons) => {
            let reasons: Vec<String> = reasons.iter().map(|reason| printable(reason)).collect();
            Ending::Refused(format!("these runs cannot be compared\n  {}", reasons.join("\n  ")))
        }
    })?;
    let inputs = input_differences(first, second)?;
    Ok((comparison, inputs))
}

fn too_few(period: &str) -> Ending {
    Ending::Refused(format!(
        "--between: found no comparison of scenarios over {period:?}, expected a run of two or more beside the baseline, over its last 12 \
         months or the whole run"
    ))
}

/// What to say when no effect is left to show: which of what was asked for the run does not have and what it has instead, or how a run
/// is made that has them together.
fn nothing(run: &Saved, filter: &Filter) -> Ending {
    if run.effects.is_empty() {
        return Ending::Refused("found the baseline alone, expected a scenario to compare it with".to_owned());
    }
    let names = |of: fn(&EffectRow) -> &str| {
        let names: BTreeSet<&str> = run.effects.iter().map(of).filter(|name| !name.is_empty()).collect();
        names
    };
    let listed = |names: &BTreeSet<&str>| names.iter().map(|name| printable(name)).collect::<Vec<_>>().join(", ");
    let named = |pick: &Pick| match pick {
        Pick::Named(name) => vec![name.clone()],
        Pick::Total | Pick::Each => Vec::new(),
    };
    let asked = [
        ("--scenario", filter.scenarios.clone(), names(|effect| &effect.key.scenario)),
        ("--region", named(&filter.region), names(|effect| &effect.key.subgroup.region)),
        ("--origin", named(&filter.origin), names(|effect| &effect.key.subgroup.origin)),
        ("--sex", named(&filter.sex), names(|effect| &effect.key.subgroup.sex)),
        ("--period", vec![filter.period.clone()], names(|effect| &effect.key.period)),
    ];
    let mut missing = Vec::new();
    // groups that the run was not made by are no names that are mistaken
    let is_broken_down = |known: &BTreeSet<&str>| known.len() > 1 || !known.contains(ALL);
    for (flag, wanted, known) in asked.iter().filter(|(_, _, known)| is_broken_down(known)) {
        for name in wanted.iter().filter(|name| !known.contains(name.as_str())) {
            let guess = did_you_mean(name, known.iter().copied());
            let hint = guess.map_or_else(String::new, |guess| format!("; {}", printable(&guess)));
            missing.push(format!("{flag}: found {:?}, expected one of {}{hint}", printable(name), listed(known)));
        }
    }
    let by = [(&filter.region, filter.region_basis.as_str()), (&filter.origin, "origin"), (&filter.sex, "sex")];
    let by: Vec<&str> = by.into_iter().filter(|(pick, _)| **pick != Pick::Total).map(|(_, name)| name).collect();
    let by = by.join(" x ");
    if missing.is_empty() && Breakdown::named(&by).is_some() {
        let has = |effect: &&EffectRow| Filter { period: effect.key.period.clone(), ..filter.clone() }.takes(effect);
        missing.push(if run.effects.iter().any(|effect| has(&effect)) {
            format!(
                "found no {by} over {:?}, expected the last 12 months: groups have no other rows unless the run is made with --all-periods",
                printable(&filter.period)
            )
        } else {
            // what the run has would go if it was not named again
            let all: Vec<String> = run.manifest.by.iter().map(String::as_str).chain([by.as_str()]).map(|name| format!("{name:?}")).collect();
            format!("found no {by} in this run\n  hint: make the run again with --set 'run.by=[{}]'", all.join(", "))
        });
    } else if missing.is_empty() {
        let known = Breakdown::names();
        missing.push(format!("found no effects by {by}, expected groups that a run can have: {}", known.join(", ")));
    }
    Ending::Refused(missing.join("\n"))
}
