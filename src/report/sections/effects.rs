//! Effects: every headline measure of a scenario as a point with its interval.

use super::super::ReportError;
use super::super::charts::{Forest, ForestRow, Tone};
use super::super::facts::{Facts, Policy};
use super::super::numbers::{effect_unit, typeset};
use super::super::page::{Block, Figure, Section, View};
use super::{WHEN, across_head, behind, change_note, figure, place_rows};
use crate::outcomes::Measure;
use crate::output::{Effect, LAST_YEAR, Place, Reading, Shown};

pub(super) fn section(facts: &Facts<'_>) -> Result<Section, ReportError> {
    let views = facts.policies.iter().map(|policy| view(facts, policy)).collect::<Result<Vec<_>, _>>()?;
    let switch = Block::Switch { legend: "Scenario".to_owned(), name: "effects".to_owned(), views };
    let mut blocks = facts.only_a_baseline().map_or_else(|| vec![switch], |nothing| vec![nothing]);
    blocks.extend(groups(facts));
    Ok(Section {
        id: "effects",
        title: "Effects and how sure they are",
        lead: format!(
            "Each point is the change from the baseline {WHEN}, each line its 95% interval over {}. What crosses the \
             upright mark is not clear.",
            facts.over_replicates()
        ),
        blocks,
    })
}

fn view(facts: &Facts<'_>, policy: &Policy) -> Result<View, ReportError> {
    let everybody = Place::everybody();
    let of = |measure: &&'static Measure| {
        facts.effect(policy, measure.key, &everybody, LAST_YEAR).map(|effect| (*measure, effect))
    };
    let all: Vec<(&Measure, &Effect)> = facts.headlines().iter().filter_map(of).collect();
    let shares = all.iter().filter(|(measure, _)| measure.unit == "share");
    let others = all.iter().filter(|(measure, _)| measure.unit != "share");
    let shares: Vec<ForestRow> = shares.filter_map(|(measure, effect)| row(measure, effect, 100.0)).collect();
    let others: Vec<ForestRow> =
        others.filter_map(|(measure, effect)| row(measure, effect, of_baseline(effect)?)).collect();
    let chart = |rows: &[ForestRow], note: &str, kind: &str| -> Result<Figure, ReportError> {
        let label =
            format!("Effects of {} with intervals, {note}; the table of the answer has the numbers", policy.title);
        let forest = Forest { title: &policy.title, note, label: &label, neutral: 0.0, rows };
        Ok(figure(forest.svg()?, &["effects", &policy.name, kind], "half"))
    };
    let mut figures = Vec::new();
    if !shares.is_empty() {
        figures.push(chart(&shares, "Shares: change in percentage points", "points")?);
    }
    if !others.is_empty() {
        figures.push(chart(&others, "Others: change in per cent of the baseline", "per-cent")?);
    }
    Ok(View { label: policy.title.clone(), blocks: vec![Block::Figures { figures }] })
}

/// What makes a difference per cent of the baseline.
fn of_baseline(effect: &Effect) -> Option<f64> {
    effect.baseline.filter(|baseline| baseline.abs() > 0.0).map(|baseline| 100.0 / baseline.abs())
}

fn row(measure: &Measure, effect: &Effect, factor: f64) -> Option<ForestRow> {
    let shown = Shown::of(effect);
    let range = if shown.interval.is_empty() { String::new() } else { format!(" ({})", shown.interval) };
    Some(ForestRow {
        name: if measure.unit == "share" { measure.label.to_owned() } else { change_note(measure) },
        value: effect.difference? * factor,
        interval: effect.interval.map(|(low, high)| (low * factor, high * factor)),
        range: None,
        tone: Tone::of(Reading::of(effect)),
        text: typeset(&format!("{}{range}", shown.difference)),
    })
}

/// The first measure by origin and sex, when the run has them.
fn groups(facts: &Facts<'_>) -> Option<Block> {
    let measure = *facts.headlines().first()?;
    let mut places: Vec<(String, Place)> = vec![("everybody".to_owned(), Place::everybody())];
    let found = facts.saved.effects.iter().filter(|effect| effect.measure == measure.key && effect.period == LAST_YEAR);
    for effect in found {
        let place = &effect.place;
        let by_one = place.region_basis.is_empty() && (place.origin == "all") != (place.sex == "all");
        if by_one && !places.iter().any(|(_, known)| known == place) {
            let name = if place.sex == "all" { format!("{} origin", place.origin) } else { place.sex.clone() };
            places.push((name, place.clone()));
        }
    }
    let caption = format!(
        "{} by class of origin and sex {WHEN}: the baseline's level, changes in {}, with 95% intervals over {}.",
        measure.label,
        effect_unit(measure.unit),
        facts.over_replicates()
    );
    let rows = place_rows(facts, measure.key, &places);
    (places.len() > 1).then(|| behind(caption, across_head(facts, "Group"), rows))
}
