//! One file a section, in the order of the page. A section whose table the run does not hold says so.

mod against;
mod ages;
mod answer;
mod assumptions;
mod effects;
mod fit;
mod map;
mod mobility;
mod money;
mod movers;
mod provenance;
mod trajectories;

pub(super) use against::section as against;

use super::ReportError;
use super::facts::{Facts, Policy};
use super::numbers::{effect_cell, effect_unit, mean_cell, plural};
use super::page::{Block, Cell, Figure, Section, Table, TableRow};
use crate::outcomes::Measure;
use crate::results::keys::{LAST_YEAR, Place};
use crate::text::headline::TOLD_FIRST;

/// Every section, in the order of the page.
pub(super) fn all(facts: &Facts<'_>) -> Result<Vec<Section>, ReportError> {
    Ok(vec![
        answer::section(facts),
        trajectories::section(facts),
        effects::section(facts)?,
        map::section(facts),
        ages::section(facts),
        mobility::section(facts)?,
        movers::section(facts)?,
        money::section(facts),
        fit::section(facts)?,
        assumptions::section(facts),
        provenance::section(facts),
    ])
}

/// Most small charts of one section: a report stays small enough to mail however many scenarios there are.
const MOST_SMALL_CHARTS: usize = 66;

/// The period that single numbers are about, in words.
const WHEN: &str = "in the last 12 months of the run";

impl Facts<'_> {
    /// What a section says when there is nothing to compare.
    fn only_a_baseline(&self) -> Option<Block> {
        let text = "This run has a baseline alone: no scenario to compare with it.".to_owned();
        self.policies.is_empty().then_some(Block::Missing { text })
    }

    /// How many replicates a number is of, in words.
    fn over_replicates(&self) -> String {
        let kept = usize::try_from(self.saved.manifest.replicates_kept).unwrap_or(usize::MAX);
        plural(kept, "replicate", "replicates")
    }

    /// The headline measures, those of [`TOLD_FIRST`] in front.
    fn telling(&self) -> Vec<&'static Measure> {
        let mut measures = self.headlines();
        let rank =
            |measure: &&Measure| TOLD_FIRST.iter().position(|key| *key == measure.key).unwrap_or(TOLD_FIRST.len());
        measures.sort_by_key(rank);
        measures
    }

    /// How many measures fit when each takes a chart for the baseline and every scenario.
    fn measures_that_fit(&self, charts: usize) -> usize {
        (charts / (self.policies.len() + 1)).max(1)
    }
}

/// A measure's headline: its name and unit of change.
fn change_note(measure: &Measure) -> String {
    format!("{}, {}", measure.label, effect_unit(measure.unit))
}

/// A row for each place: the baseline, then the effect of each policy.
fn place_rows(facts: &Facts<'_>, measure: &str, places: &[(String, Place)]) -> Vec<TableRow> {
    places
        .iter()
        .map(|(name, place)| TableRow { name: name.clone(), cells: across(facts, measure, place, LAST_YEAR) })
        .collect()
}

/// The baseline's mean, then the effect of each policy.
fn across(facts: &Facts<'_>, measure: &str, place: &Place, period: &str) -> Vec<Cell> {
    let kept = facts.saved.manifest.replicates_kept;
    let effect = |policy: &Policy| effect_cell(facts.effect(policy, measure, place, period), kept);
    let baseline = mean_cell(facts, facts.mean(measure, place, period));
    [baseline].into_iter().chain(facts.policies.iter().map(effect)).collect()
}

/// The headings of such a table; `what` is over the rows' names.
fn across_head(facts: &Facts<'_>, what: &str) -> Vec<String> {
    let baseline = [what.to_owned(), format!("Baseline: {}", facts.baseline_title())];
    baseline.into_iter().chain(facts.policies.iter().map(|policy| policy.title.clone())).collect()
}

/// A chart and the name of its file.
fn figure(svg: String, parts: &[&str], shape: &'static str) -> Figure {
    let letters = parts.join("-").to_lowercase();
    let plain = letters.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' });
    let file: String =
        plain.collect::<String>().split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    Figure { svg, file: file.chars().take(80).collect(), shape }
}

/// A closed table.
fn behind(caption: String, head: Vec<String>, rows: Vec<TableRow>) -> Block {
    Block::Behind { table: Table { caption, head, rows } }
}
