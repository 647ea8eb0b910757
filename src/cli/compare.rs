//! `rungs compare`.

use super::ending::{Ending, Step};
use super::flags::HalfWidthFlags;
use super::terminal;
use crate::outcomes::measure_named;
use crate::output::{
    CostRow, Effect, Filter, HalfWidth, LAST_YEAR, Pick, RatioRow, Saved, compared_effects, effects_table,
    input_differences, table, tables,
};
use clap::Args;
use std::collections::BTreeSet;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  rungs compare results/scenarios
  rungs compare results/scenarios --measure neet_rate --region each
  rungs compare results/scenarios --costs
  rungs compare results/scenarios --half-width neet_rate=0.0002
  rungs compare results/recession results/recession-with-levy

One run: its effects against its baseline. Two or more: the first beside each of the others, with the
inputs that differ.";

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

    /// Count people where they live or where they grew up
    #[arg(long, value_name = "BASIS", default_value = "residence", value_parser = ["residence", "upbringing"])]
    basis: String,

    #[command(flatten)]
    half_widths: HalfWidthFlags,

    /// Show what each scenario costs, item by item, and what a unit of each gain costs
    #[arg(long)]
    costs: bool,

    /// Show this period: `last 12 months`, `whole run`, or its first month as in effects.csv
    #[arg(long, value_name = "PERIOD", default_value = LAST_YEAR)]
    period: String,
}

impl Compare {
    pub(super) fn fulfil(self) -> Step<Ending> {
        let unknown = self.measure.iter().find(|key| measure_named(key).is_none());
        if let Some(key) = unknown {
            return Err(Ending::Refused(format!(
                "--measure: found {key:?}, expected a key as in `rungs list measures`"
            )));
        }
        let runs = self.runs.iter().map(|folder| Saved::load(folder).map_err(|error| Ending::output(&error)));
        let runs: Vec<Saved> = runs.collect::<Step<_>>()?;
        let filter = self.filter();
        let text = match &runs[..] {
            [first, others @ ..] if !others.is_empty() => {
                others.iter().map(|other| side_by_side(first, other, &filter)).collect::<Step<Vec<_>>>()?.join("\n\n")
            }
            runs if self.costs => runs.iter().map(|run| costs(run, &filter)).collect::<Step<Vec<_>>>()?.join("\n\n"),
            runs => {
                let asked = self.half_widths.asked();
                runs.iter().map(|run| alone(run, &filter, &asked)).collect::<Step<Vec<_>>>()?.join("\n\n")
            }
        };
        terminal::data(&format!("{text}\n"))?;
        Ok(Ending::Fine)
    }

    fn filter(&self) -> Filter {
        Filter {
            measures: self.measure.clone(),
            scenarios: self.scenario.clone(),
            period: self.period.clone(),
            region_basis: self.basis.clone(),
            region: pick(&self.region),
            origin: pick(&self.origin),
            sex: pick(&self.sex),
        }
    }
}

fn pick(wanted: &str) -> Pick {
    match wanted {
        "all" => Pick::Total,
        "each" => Pick::Each,
        name => Pick::Named(name.to_owned()),
    }
}

fn alone(run: &Saved, filter: &Filter, half_widths: &[HalfWidth]) -> Step<String> {
    let rows = effects_table(run, filter);
    if rows.is_empty() {
        return Err(nothing(&[run]));
    }
    Ok(table::effects(&rows, half_widths, run.baseline(), terminal::width()))
}

/// What the scenarios of a run cost.
fn costs(run: &Saved, filter: &Filter) -> Step<String> {
    let shown = |name: &String| filter.scenarios.is_empty() || filter.scenarios.contains(name);
    let costs: Vec<CostRow> = run.costs.iter().filter(|row| shown(&row.scenario)).cloned().collect();
    let ratios: Vec<RatioRow> = run.ratios.iter().filter(|row| shown(&row.scenario)).cloned().collect();
    if costs.is_empty() {
        return Err(nothing(&[run]));
    }
    let width = terminal::width();
    Ok(format!("{}\n\n{}", tables::items(&costs, width), tables::money(&costs, &ratios, width)))
}

fn side_by_side(first: &Saved, second: &Saved, filter: &Filter) -> Step<String> {
    let rows = compared_effects(first, second, filter);
    if rows.is_empty() {
        return Err(nothing(&[first, second]));
    }
    let mut inputs = input_differences(first, second);
    // a scenario that only one of them has is named under `scenarios`; its keys would say no more
    inputs.retain(|row| !row.place.starts_with("scenarios/") || [first, second].iter().all(|run| has(run, &row.place)));
    let inputs = table::inputs(&inputs, [first, second], terminal::width());
    Ok(format!("{}\n\n{inputs}", table::compared(&rows, [first, second], terminal::width())))
}

/// Whether a run has the scenario of this file.
fn has(run: &Saved, place: &str) -> bool {
    run.scenarios.iter().any(|(name, _)| place == format!("scenarios/{name}.toml"))
}

/// What to say when no effect is left to show: what there is to choose from.
fn nothing(runs: &[&Saved]) -> Ending {
    let effects = || runs.iter().flat_map(|run| &run.effects);
    let names = |of: fn(&Effect) -> &str| {
        let names: BTreeSet<&str> = effects().map(of).collect();
        names.into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>().join(", ")
    };
    if effects().next().is_none() {
        return Ending::Refused("found the baseline alone, expected a scenario to compare it with".to_owned());
    }
    Ending::Refused(format!(
        "found no effect like that, expected one of\n  scenarios: {}\n  regions: {}\n  origins: {}\n  sexes: {}\n  periods: {}\n  hint: groups have rows for the last 12 months alone, unless the run was made with --all-periods",
        names(|effect| &effect.scenario),
        names(|effect| &effect.place.region),
        names(|effect| &effect.place.origin),
        names(|effect| &effect.place.sex),
        names(|effect| &effect.period),
    ))
}
