//! The effects of a finished run as a page that says what it was found with.

use super::markdown::{item, paragraph, plain};
use super::validation::fingerprint_of;
use crate::folder::read::Saved;
use crate::outcomes::{Measure, measures};
use crate::results::keys::{LAST_YEAR, Subgroup};
use crate::results::tables::cost_effectiveness::RatioRow;
use crate::results::tables::effects::EffectRow;
use crate::scenario::Scenario;
use crate::text::effects_table::NOT_A_FORECAST;
use crate::text::number::{EffectText, rounded};
use crate::world::{TextFile, World};
use std::fmt::Write as _;

/// The page: for each scenario every headline measure of everybody, and what a person-month out of NEET costs.
#[must_use]
pub fn results_page(saved: &Saved) -> String {
    let run = &saved.manifest;
    let inputs = run.inputs.iter().map(|file| (file.name.clone(), file.sha256.clone()));
    let mut text = String::from("# What the scenarios say\n\n");
    text += &paragraph(&format!("Written by `rungs report --out`; {NOT_A_FORECAST}."));
    text += &item(&format!("Rungs {}; world {}.", run.version, plain(&run.world_title)));
    text += &item(&format!("Inputs: `{}`.", fingerprint_of(inputs)));
    text += &item(&format!(
        "{} years from {}, {} replicates, one agent for {} people, seed {}.",
        run.years, run.start, run.replicates_kept, run.scale, run.seed
    ));
    text += "\n";
    text += &paragraph(
        "Differences to the baseline in the last twelve months of the run, everybody, with their Monte Carlo standard error and 95% \
         interval: the luck of the draw alone. Cost per person-month out of NEET at 16-24 is gross and discounted, over the whole run.",
    );
    for scenario in run.scenarios.iter().skip(1) {
        let title = if scenario.title.is_empty() { &scenario.name } else { &scenario.title };
        let _ = write!(text, "## {}\n\n", plain(title));
        text += &paragraph(&format!("`{}`. {}", scenario.name, cost(saved, &scenario.name)));
        text += "| measure | baseline | effect | 95% interval |\n|---|--:|--:|--:|\n";
        let headlines = measures().iter().filter(|measure| measure.is_headline());
        headlines.filter_map(|measure| row(saved, &scenario.name, measure)).for_each(|row| text += &row);
        text += "\n";
    }
    text.truncate(text.trim_end().len());
    text + "\n"
}

fn row(saved: &Saved, scenario: &str, measure: &Measure) -> Option<String> {
    let everybody = Subgroup::everybody();
    let is_meant = |effect: &&EffectRow| {
        effect.key.scenario == scenario
            && effect.key.measure == measure.key
            && effect.key.period == LAST_YEAR
            && effect.key.subgroup == everybody
    };
    let shown = EffectText::of(saved.effects.iter().find(is_meant)?);
    let EffectText { baseline, interval, unit, .. } = &shown;
    Some(format!("| {} ({unit}) | {baseline} | {} | {interval} |\n", measure.label, shown.effect()))
}

/// What a person-month out of NEET costs, in words.
fn cost(saved: &Saved, scenario: &str) -> String {
    let is_meant =
        |row: &&RatioRow| row.scenario == scenario && row.gain == "month_out_of_neet.16_24" && row.cost == "gross";
    let Some(ratio) = saved.ratios.iter().find(is_meant) else { return String::new() };
    let pounds = |value: f64| format!("GBP {}", rounded(value, -1));
    match (ratio.gbp_per_gain, ratio.gbp_per_gain_low95, ratio.gbp_per_gain_high95) {
        (Some(value), Some(low), Some(high)) => {
            format!("A person-month out of NEET costs {} ({} to {}).", pounds(value), pounds(low), pounds(high))
        }
        _ => format!("Cost of a person-month out of NEET: {}.", ratio.verdict),
    }
}

/// What tells the inputs of a run of these scenarios from all others, as [`results_page`] writes it.
#[must_use]
pub fn inputs_fingerprint(world: &World, scenarios: &[Scenario]) -> String {
    let of_scenarios = scenarios.iter().flat_map(|scenario| scenario.files.clone());
    let files = world.files.iter().map(TextFile::summary).chain(of_scenarios);
    fingerprint_of(files.map(|file| (file.name, file.sha256)))
}
