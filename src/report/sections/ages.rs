//! Where people are by age: the shares of each state, and what scenarios change.

use super::super::charts::{AgeChart, AgeColumn, Matrix, MatrixCell, NONE, Tone};
use super::super::facts::{Facts, PolicyFacts};
use super::super::numbers::brief;
use super::super::page::{Block, ChartFigure, Section, SwitchView, TableRow};
use super::shared::{WHEN, across, across_head, behind, figure};
use crate::outcomes::measure_named;
use crate::results::keys::{LAST_YEAR, Subgroup};
use crate::text::number::Reading;

/// The start of the keys of shares by age.
const SHARES: &str = "state_share.";
/// The states from the bottom of the stack up, as keys spell them.
const STATES: [&str; 7] =
    ["sixth_form", "further_education", "higher_education", "apprenticeship", "employed", "unemployed", "inactive"];

/// The first age of a band and the age after its last.
type Band = (u8, u8);

pub(super) fn section(facts: &Facts<'_>) -> Section {
    let bands = bands(facts);
    let mut section = Section {
        id: "ages",
        title: "Where people are, by age",
        lead: format!(
            "Shares of each age group's time in learning (blues and green), in a job (grey), unemployed and inactive (oranges), {WHEN}. \
             A band is as wide as its years. Below, what each scenario changes, in percentage points; only clear changes are coloured."
        ),
        blocks: Vec::new(),
    };
    if bands.is_empty() {
        section.blocks.push(Block::Missing { text: "This run has no shares of states by age.".to_owned() });
        return section;
    }
    if facts.policies.is_empty() {
        section.blocks.push(Block::Figures { figures: vec![stack(facts, &bands, None)] });
    }
    let views: Vec<SwitchView> = facts.policies.iter().map(|policy| view(facts, policy, &bands)).collect();
    if !views.is_empty() {
        section.blocks.push(Block::Switch { legend: "Scenario".to_owned(), name: "ages".to_owned(), views });
    }
    let rows = facts.keys_starting(SHARES).into_iter().map(|key| TableRow {
        name: measure_named(key).map_or_else(|| key.to_owned(), |measure| measure.label.to_owned()),
        cells: across(facts, key, &Subgroup::everybody(), LAST_YEAR),
    });
    let caption = format!(
        "Shares of states by age {WHEN}: the baseline's level, changes in percentage points, with 95% intervals over {}.",
        facts.over_replicates()
    );
    section.blocks.push(behind(caption, across_head(facts, "State and age"), rows.collect()));
    section
}

/// The bands of age that the run has, from young to old.
fn bands(facts: &Facts<'_>) -> Vec<Band> {
    let mut bands: Vec<Band> = facts.keys_starting(SHARES).into_iter().filter_map(band_of).collect();
    bands.sort_unstable();
    bands.dedup();
    bands
}

/// The band of a key such as `state_share.employed.16_17`: `(16, 18)`.
fn band_of(key: &str) -> Option<Band> {
    let (first, last) = key.rsplit('.').next()?.split_once('_')?;
    Some((first.parse().ok()?, last.parse::<u8>().ok()?.checked_add(1)?))
}

fn key(state: &str, band: Band) -> String {
    format!("{SHARES}{state}.{}_{}", band.0, band.1 - 1)
}

fn spoken(state: &str) -> String {
    state.replace('_', " ")
}

/// The stack of the baseline, or of a policy.
fn stack(facts: &Facts<'_>, bands: &[Band], policy: Option<&PolicyFacts>) -> ChartFigure {
    let everybody = Subgroup::everybody();
    let share = |state: &str, band: Band| {
        let key = key(state, band);
        let level = facts.mean(&key, &everybody, LAST_YEAR).and_then(|mean| mean.values.mean).unwrap_or(0.0);
        let change = policy.and_then(|policy| facts.effect(policy, &key, &everybody, LAST_YEAR)?.difference);
        level + change.unwrap_or(0.0)
    };
    let of_band =
        |band: &Band| AgeColumn { ages: *band, shares: STATES.iter().map(|state| share(state, *band)).collect() };
    let title = policy.map_or_else(|| format!("Baseline: {}", facts.baseline_title()), |policy| policy.title.clone());
    let chart = AgeChart {
        title: &title,
        note: "share of time, by age in years",
        label: &format!("Stacked shares of states by age, {title}; the table below has the numbers"),
        states: &STATES.map(spoken),
        bands: &bands.iter().map(of_band).collect::<Vec<_>>(),
    };
    let name = policy.map_or("baseline", |policy| policy.name.as_str());
    figure(chart.svg(), &["ages", name], "slim")
}

/// What a policy changes: a cell for each state and band, and the stack that results.
fn view(facts: &Facts<'_>, policy: &PolicyFacts, bands: &[Band]) -> SwitchView {
    let cell = |state: &str, band: Band| {
        let effect = facts.effect(policy, &key(state, band), &Subgroup::everybody(), LAST_YEAR);
        let text = effect.map_or_else(|| NONE.to_owned(), brief);
        let tone = effect.map_or(Tone::Unclear, |effect| Tone::of(Reading::of(effect)));
        let size = effect.filter(|_| tone != Tone::Unclear).and_then(|effect| effect.difference).unwrap_or(0.0);
        MatrixCell { text, size, tone }
    };
    let rows: Vec<(String, Vec<MatrixCell>)> =
        STATES.iter().map(|state| (spoken(state), bands.iter().map(|band| cell(state, *band)).collect())).collect();
    let columns: Vec<String> = bands.iter().map(|band| format!("{}–{}", band.0, band.1 - 1)).collect();
    let chart = Matrix {
        title: &policy.title,
        note: "change in the share of time, percentage points, by age in years",
        label: &format!("Change in shares of states by age made by {}; the table below has the numbers", policy.title),
        columns: &columns,
        rows: &rows,
    };
    let changes = figure(chart.svg(), &["ages-change", &policy.name], "half");
    let figures = vec![stack(facts, bands, None), stack(facts, bands, Some(policy)), changes];
    SwitchView { label: policy.title.clone(), blocks: vec![Block::Figures { figures }] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_band_of_a_key_ends_before_the_next_birthday() {
        assert_eq!(band_of("state_share.employed.16_17"), Some((16, 18)));
        assert_eq!(key("employed", (16, 18)), "state_share.employed.16_17");
        assert_eq!(band_of("state_share.employed"), None);
    }

    #[test]
    fn every_state_that_a_measure_counts_has_a_place_in_the_stack() {
        let keys = crate::outcomes::measures().iter().map(|measure| measure.key);
        for key in keys.filter(|key| key.starts_with(SHARES)) {
            let state = key.split('.').nth(1).unwrap();
            assert!(STATES.contains(&state), "{key}");
        }
    }
}
