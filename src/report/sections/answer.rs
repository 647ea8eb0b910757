//! The answer: what each scenario changes against the baseline, how sure, and at what cost.

use super::super::facts::{Facts, Policy};
use super::super::numbers::{effect_cell, effect_unit, typeset};
use super::super::page::{Answer, Block, Change, Section, Table, TableRow};
use super::{WHEN, across, across_head};
use crate::outcomes::Measure;
use crate::output::{Effect, LAST_YEAR, Place, Reading, Shown, WHOLE_RUN};

/// The measure of cost.
pub(super) const SPENDING: &str = "public_spending";
/// Most changes that are told of one scenario.
const TOLD: usize = 5;

pub(super) fn section(facts: &Facts<'_>) -> Section {
    let headlines = facts.headlines();
    let answers = facts.policies.iter().map(|policy| answer(facts, policy, &headlines)).collect();
    let rows = headlines.iter().map(|measure| TableRow {
        name: format!("{} ({})", measure.label, effect_unit(measure.unit)),
        cells: across(facts, measure.key, &Place::everybody(), LAST_YEAR),
    });
    let caption = format!(
        "Every headline measure {WHEN}: the baseline's level, then the change each scenario makes, with 95% intervals over {}.",
        facts.over_replicates()
    );
    let table = Table { caption, head: across_head(facts, "Measure (unit of the change)"), rows: rows.collect() };
    let blocks = match facts.only_a_baseline() {
        Some(nothing) => vec![nothing, Block::Open { table }],
        None => vec![Block::Answers { answers }, Block::Open { table }],
    };
    Section {
        id: "answer",
        title: "The answer",
        lead: format!(
            "What each scenario changes against the baseline, {WHEN}. A change is called clear when its 95% interval leaves \
             zero out; differences are paired, so the same people meet the same luck in both."
        ),
        blocks,
    }
}

fn answer(facts: &Facts<'_>, policy: &Policy, headlines: &[&'static Measure]) -> Answer {
    let of = |measure: &&'static Measure| {
        facts.effect(policy, measure.key, &Place::everybody(), LAST_YEAR).map(|effect| (*measure, effect))
    };
    let all: Vec<(&Measure, &Effect)> =
        headlines.iter().filter(|measure| measure.key != SPENDING).filter_map(of).collect();
    let clear: Vec<_> = all.iter().filter(|(_, effect)| Reading::of(effect).is_clear()).collect();
    let kept = facts.saved.manifest.replicates_kept;
    let change = |(measure, effect): &(&Measure, &Effect)| Change {
        label: measure.label.to_owned(),
        cell: effect_cell(Some(effect), kept),
        unit: effect_unit(measure.unit),
    };
    Answer {
        title: policy.title.clone(),
        name: policy.name.clone(),
        description: policy.description.clone(),
        changes: told(&clear).into_iter().map(change).collect(),
        sure: sure(facts, clear.len(), all.len()),
        cost: cost(facts, policy),
    }
}

/// The changes that are told: those that stand out most from their error, in the order of tables.
fn told<'a, 'b>(clear: &[&'b (&'a Measure, &'a Effect)]) -> Vec<&'b (&'a Measure, &'a Effect)> {
    let weight = |effect: &Effect| match (effect.difference, effect.mcse) {
        (Some(difference), Some(mcse)) if mcse > 0.0 => (difference / mcse).abs(),
        _ => f64::INFINITY,
    };
    let mut weights: Vec<f64> = clear.iter().map(|(_, effect)| weight(effect)).collect();
    weights.sort_by(|a, b| b.total_cmp(a));
    let least = weights.get(TOLD - 1).copied().unwrap_or(0.0);
    clear.iter().copied().filter(|(_, effect)| weight(effect) >= least).take(TOLD).collect()
}

fn sure(facts: &Facts<'_>, clear: usize, all: usize) -> String {
    let over = facts.over_replicates();
    if facts.saved.manifest.replicates_kept < 2 {
        return format!("{over}: there is no error to show, so nothing can be called clear.");
    }
    format!(
        "{clear} of {all} headline measures change clearly. Intervals are over {over} and cover the luck of the draw alone, \
         not doubt about parameters."
    )
}

fn cost(facts: &Facts<'_>, policy: &Policy) -> String {
    let everybody = Place::everybody();
    let part =
        |period: &str| facts.effect(policy, SPENDING, &everybody, period).filter(|effect| effect.difference.is_some());
    let Some(last) = part(LAST_YEAR) else { return "The run does not say what it costs.".to_owned() };
    if Reading::of(last) == Reading::NoDifference && part(WHOLE_RUN).map(Reading::of) == Some(Reading::NoDifference) {
        return "No public money beyond the baseline's.".to_owned();
    }
    let told = |effect: &Effect| {
        let shown = Shown::of(effect);
        let range = if shown.interval.is_empty() { String::new() } else { format!(" ({})", shown.interval) };
        typeset(&format!("{}{range}", shown.difference))
    };
    let whole = part(WHOLE_RUN)
        .map_or_else(String::new, |whole| format!("; over the whole run {} a year on average", told(whole)));
    format!("{} {} gross {WHEN}{whole}.", told(last), last.unit)
}
