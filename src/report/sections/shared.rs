//! What sections share: how many charts they may hold, and the blocks that several of them have.

use super::super::facts::{Facts, PolicyFacts};
use super::super::numbers::{effect_cell, effect_unit, mean_cell, plural};
use super::super::page::{Block, ChartFigure, PageCell, PageTable, TableRow};
use crate::outcomes::Measure;
use crate::results::keys::{LAST_YEAR, Subgroup};
use crate::text::headline::TOLD_FIRST;

/// Most small charts of one section: a report stays small enough to mail however many scenarios there are.
pub(super) const MOST_SMALL_CHARTS: usize = 66;

/// The period that single numbers are about, in words.
pub(super) const WHEN: &str = "in the last 12 months of the run";

impl Facts<'_> {
    /// What a section says when there is nothing to compare.
    pub(super) fn only_a_baseline(&self) -> Option<Block> {
        let text = "This run has a baseline alone: no scenario to compare with it.".to_owned();
        self.policies.is_empty().then_some(Block::Missing { text })
    }

    /// How many replicates a number is of, in words.
    pub(super) fn over_replicates(&self) -> String {
        let kept = usize::try_from(self.run.manifest.replicates_kept).unwrap_or(usize::MAX);
        plural(kept, "replicate", "replicates")
    }

    /// How many replicates, and sets of parameters if there are several, a change or a cost is of, in words.
    pub(super) fn over_members(&self) -> String {
        let over = self.over_replicates();
        self.members().map_or_else(|| over.clone(), |members| format!("{over} in each of {members} sets of parameters"))
    }

    /// The headline measures, those of [`TOLD_FIRST`] in front.
    pub(super) fn telling(&self) -> Vec<&'static Measure> {
        let mut measures = self.headlines();
        let rank =
            |measure: &&Measure| TOLD_FIRST.iter().position(|key| *key == measure.key).unwrap_or(TOLD_FIRST.len());
        measures.sort_by_key(rank);
        measures
    }

    /// How many measures fit when each takes a chart for the baseline and every scenario.
    pub(super) fn measures_that_fit(&self, charts: usize) -> usize {
        (charts / (self.policies.len() + 1)).max(1)
    }
}

/// A measure's headline: its name and unit of change.
pub(super) fn change_note(measure: &Measure) -> String {
    format!("{}, {}", measure.label, effect_unit(measure.unit))
}

/// A row for each place: the baseline, then the effect of each policy.
pub(super) fn place_rows(facts: &Facts<'_>, measure: &str, places: &[(String, Subgroup)]) -> Vec<TableRow> {
    places
        .iter()
        .map(|(name, place)| TableRow { name: name.clone(), cells: across(facts, measure, place, LAST_YEAR) })
        .collect()
}

/// The baseline's mean, then the effect of each policy.
pub(super) fn across(facts: &Facts<'_>, measure: &str, place: &Subgroup, period: &str) -> Vec<PageCell> {
    let kept = facts.run.manifest.replicates_kept;
    let effect = |policy: &PolicyFacts| effect_cell(facts.effect(policy, measure, place, period), kept);
    let baseline = mean_cell(facts, facts.mean(measure, place, period));
    [baseline].into_iter().chain(facts.policies.iter().map(effect)).collect()
}

/// The headings of such a table; `what` is over the rows' names.
pub(super) fn across_head(facts: &Facts<'_>, what: &str) -> Vec<String> {
    let baseline = [what.to_owned(), format!("Baseline: {}", facts.baseline_title())];
    baseline.into_iter().chain(facts.policies.iter().map(|policy| policy.title.clone())).collect()
}

/// A chart and the name of its file.
pub(super) fn figure(svg: String, parts: &[&str], shape: &'static str) -> ChartFigure {
    let letters = parts.join("-").to_lowercase();
    let plain = letters.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' });
    let file: String =
        plain.collect::<String>().split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    ChartFigure { svg, file: file.chars().take(80).collect(), shape }
}

/// A closed table.
pub(super) fn behind(caption: String, head: Vec<String>, rows: Vec<TableRow>) -> Block {
    Block::Behind { table: PageTable { caption, head, rows } }
}
