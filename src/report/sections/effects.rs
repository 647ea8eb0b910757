//! Effects: every headline measure of a scenario as a point with its interval.

use super::super::charts::{Forest, ForestRow, NONE, Tone};
use super::super::error::ReportError;
use super::super::facts::{Facts, PolicyFacts};
use super::super::numbers::{effect_unit, factor, is_share, number_cell, typeset};
use super::super::page::{Block, ChartFigure, PageCell, PageTable, Section, SwitchView, TableRow};
use super::shared::{WHEN, across_head, behind, change_note, figure, place_rows};
use crate::outcomes::{Measure, measure_named};
use crate::results::keys::{LAST_YEAR, Subgroup};
use crate::results::tables::effects::EffectRow;
use crate::results::tables::policy_contrasts::Ranking;
use crate::results::tables::precision::ReplicatesNeeded;
use crate::results::tables::uncertainty::SpreadRow;
use crate::statistics::FEWEST_EQUAL;
use crate::text::brief::count;
use crate::text::number::{EffectText, Reading, rounded};

pub(super) fn section(facts: &Facts<'_>) -> Result<Section, ReportError> {
    let views: Vec<SwitchView> = facts.policies.iter().map(|policy| view(facts, policy)).collect();
    let switch = Block::Switch { legend: "Scenario".to_owned(), name: "effects".to_owned(), views };
    let mut blocks = facts.only_a_baseline().map_or_else(|| vec![switch], |nothing| vec![nothing]);
    blocks.extend(groups(facts));
    blocks.extend(doubt(facts)?);
    blocks.extend(between(facts)?);
    blocks.extend(needed(facts)?);
    Ok(Section {
        id: "effects",
        title: "Effects and how sure they are",
        lead: format!(
            "Each point is the change from the baseline {WHEN}, each line its 95% interval over {}. What crosses the \
             upright mark is not clear.",
            facts.over_members()
        ),
        blocks,
    })
}

fn view(facts: &Facts<'_>, policy: &PolicyFacts) -> SwitchView {
    let everybody = Subgroup::everybody();
    let of = |measure: &&'static Measure| {
        facts.effect(policy, measure.key, &everybody, LAST_YEAR).map(|effect| (*measure, effect))
    };
    let all: Vec<(&Measure, &EffectRow)> = facts.headlines().iter().filter_map(of).collect();
    let shares = all.iter().filter(|(measure, _)| is_share(measure.unit));
    let others = all.iter().filter(|(measure, _)| !is_share(measure.unit));
    let shares: Vec<ForestRow> = shares.filter_map(|(measure, effect)| row(measure, effect, 100.0)).collect();
    let others: Vec<ForestRow> =
        others.filter_map(|(measure, effect)| row(measure, effect, of_baseline(effect)?)).collect();
    let chart = |rows: &[ForestRow], note: &str, kind: &str| -> ChartFigure {
        let label =
            format!("Effects of {} with intervals, {note}; the table of the answer has the numbers", policy.title);
        let forest = Forest { title: &policy.title, note, label: &label, neutral: 0.0, rows };
        figure(forest.svg(), &["effects", &policy.name, kind], "half")
    };
    let mut figures = Vec::new();
    if !shares.is_empty() {
        figures.push(chart(&shares, "Shares and gaps: change in percentage points", "points"));
    }
    if !others.is_empty() {
        figures.push(chart(&others, "Others: change in per cent of the baseline", "per-cent"));
    }
    SwitchView { label: policy.title.clone(), blocks: vec![Block::Figures { figures }] }
}

/// What makes a difference per cent of the baseline.
fn of_baseline(effect: &EffectRow) -> Option<f64> {
    effect.baseline.filter(|baseline| baseline.abs() > 0.0).map(|baseline| 100.0 / baseline.abs())
}

fn row(measure: &Measure, effect: &EffectRow, factor: f64) -> Option<ForestRow> {
    let shown = EffectText::of(effect);
    let range = if shown.interval.is_empty() { String::new() } else { format!(" ({})", shown.interval) };
    Some(ForestRow {
        name: name(measure),
        value: effect.difference? * factor,
        interval: effect.interval.map(|(low, high)| (low * factor, high * factor)),
        range: None,
        tone: Tone::of(Reading::of(effect)),
        text: typeset(&format!("{}{range}", shown.difference)),
    })
}

/// The measure, with its unit where that is short.
fn name(measure: &Measure) -> String {
    const ROOM: usize = 44;
    let note = change_note(measure);
    if is_share(measure.unit) || note.chars().count() > ROOM { measure.label.to_owned() } else { note }
}

/// Effects under many sets of parameters, which doubt about parameters widens.
fn doubt(facts: &Facts<'_>) -> Result<Option<Block>, ReportError> {
    let spreads = &facts.run.spreads;
    let cell = |measure: &Measure, policy: &PolicyFacts| {
        let wanted = |spread: &&SpreadRow| spread.key.scenario == policy.name && spread.key.measure == measure.key;
        spreads.iter().find(wanted).map_or_else(|| PageCell::plain(NONE), |spread| spread_cell(spread, measure))
    };
    let row = |measure: &&'static Measure| TableRow {
        name: change_note(measure),
        cells: facts.policies.iter().map(|policy| cell(measure, policy)).collect(),
    };
    let members = facts.members().unwrap_or(0);
    let caption = format!(
        "Changes {WHEN} under {members} sets of parameters that fit as well: the mean, what share of the variance between sets is doubt about \
         parameters, and the 95% interval of both together. Intervals of levels, of scenarios against each other and of what mobility owes to structure and fluidity are of one set."
    );
    let head = [String::from("Measure")].into_iter().chain(facts.policies.iter().map(|policy| policy.title.clone()));
    let rows: Vec<TableRow> = facts.headlines().iter().map(row).collect();
    let table = PageTable { caption, head: head.collect(), rows };
    Ok((!spreads.is_empty()).then_some(Block::Open { table }))
}

fn spread_cell(row: &SpreadRow, measure: &Measure) -> PageCell {
    let factor = factor(measure.unit);
    let interval = row.spread.and_then(|found| found.interval).map(|(low, high)| (low * factor, high * factor));
    let share = row.spread.and_then(|found| found.parameter_share);
    let share = match share {
        Some(share) => format!("{}% parameters", rounded(100.0 * share, 0)),
        None if usize::try_from(row.members).is_ok_and(|members| members < FEWEST_EQUAL) => {
            "too few to tell".to_owned()
        }
        None => String::new(),
    };
    let tone = interval.map_or(Tone::Unclear, |(low, high)| Tone::of(Reading::of_interval(low, high, measure.better)));
    let cell = number_cell(row.spread.map(|found| found.mean * factor), None, interval);
    PageCell { note: share, tone: tone.class(), ..cell }
}

/// Who is ahead: effects against the baseline do not rank policies, differences between them may.
fn between(facts: &Facts<'_>) -> Result<Option<Block>, ReportError> {
    let rankings = &facts.run.rankings;
    let title = |name: &String| facts.title(name).to_owned();
    let row = |ranking: &Ranking| {
        let measure = measure_named(&ranking.measure)?;
        let all = ranking.unbeaten.len() == facts.policies.len() + 1;
        let rest =
            if all { "all".to_owned() } else { ranking.unbeaten.iter().map(title).collect::<Vec<_>>().join("; ") };
        let ahead = ranking.ahead.as_ref().map_or_else(|| "none".to_owned(), title);
        let rest = if ranking.ahead.is_some() { NONE.to_owned() } else { rest };
        Some(TableRow { name: measure.label.to_owned(), cells: vec![PageCell::plain(&ahead), PageCell::plain(&rest)] })
    };
    let rows: Vec<TableRow> = rankings.iter().filter(|ranking| ranking.period == LAST_YEAR).filter_map(row).collect();
    let caption = format!(
        "Scenarios against each other {WHEN}: which is clearly better than every other, and else which are not clearly worse than any. All paired \
         intervals of a measure hold together in 95% of cases (Bonferroni), over {}. The scenarios cost different amounts.",
        facts.over_replicates()
    );
    let head = ["Measure", "Clearly ahead of all others", "Otherwise not told apart"].map(str::to_owned).to_vec();
    Ok((!rows.is_empty()).then(|| behind(caption, head, rows)))
}

/// How many replicates would make each effect precise; nothing where there is doubt about parameters, which they do not take away.
fn needed(facts: &Facts<'_>) -> Result<Option<Block>, ReportError> {
    if !facts.run.spreads.is_empty() {
        return Ok(None);
    }
    let rows = &facts.run.needed;
    let cell = |measure: &Measure, policy: &PolicyFacts| {
        let wanted = |row: &&ReplicatesNeeded| {
            row.scenario == policy.name && row.measure == measure.key && row.period == LAST_YEAR
        };
        let found = rows.iter().find(wanted).and_then(|row| row.replicates);
        PageCell::plain(&found.map_or_else(|| NONE.to_owned(), |replicates| count(u64::from(replicates))))
    };
    let row = |measure: &&'static Measure| TableRow {
        name: measure.label.to_owned(),
        cells: facts.policies.iter().map(|policy| cell(measure, policy)).collect(),
    };
    let caption = format!(
        "Replicates in all that would make the error of a clear change a tenth of it, and tell one that is not clear from zero if it is as large \
         as it was found {WHEN} (unless another precision was asked for). This run has {}.",
        facts.over_replicates()
    );
    let head = [String::from("Measure")].into_iter().chain(facts.policies.iter().map(|policy| policy.title.clone()));
    let table: Vec<TableRow> = facts.headlines().iter().map(row).collect();
    Ok((!rows.is_empty()).then(|| behind(caption, head.collect(), table)))
}

/// The first measure by origin and sex, when the run has them.
fn groups(facts: &Facts<'_>) -> Option<Block> {
    let measure = *facts.headlines().first()?;
    let mut places: Vec<(String, Subgroup)> = vec![("everybody".to_owned(), Subgroup::everybody())];
    let found =
        facts.run.effects.iter().filter(|effect| effect.key.measure == measure.key && effect.key.period == LAST_YEAR);
    for effect in found {
        let place = &effect.key.subgroup;
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
