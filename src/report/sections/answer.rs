//! The answer: what each scenario changes against the baseline, how sure, and at what cost.

use super::super::facts::{Facts, PolicyFacts};
use super::super::numbers::{cost_cell, effect_cell, effect_unit, mean_cell, per_gain_cell};
use super::super::page::{Block, ClearChange, PageCell, PageTable, ScenarioAnswer, Section, SwitchView, TableRow};
use super::shared::{WHEN, across, across_head, behind};
use crate::money::{CostKind, GAINS, RATE};
use crate::outcomes::Measure;
use crate::results::keys::{LAST_YEAR, Subgroup, WHOLE_RUN};
use crate::results::tables::cost_effectiveness::RatioRow;
use crate::results::tables::costs::CostRow;
use crate::results::tables::effects::EffectRow;
use crate::text::headline::TOLD_FIRST;
use crate::text::number::{Reading, rounded};

/// The measure of cost.
pub(super) const SPENDING: &str = "public_spending";
/// Most changes that are told of one scenario, and most measures of the overview.
const TOLD: usize = 6;
const OVERVIEW: usize = 4;
/// Most scenarios that are told of one under another.
const MOST_BESIDE: usize = 4;
/// The gain that the overview divides the cost by.
const GAIN: usize = 0;

pub(super) fn section(facts: &Facts<'_>) -> Section {
    let headlines = facts.headlines();
    let mut blocks: Vec<Block> = facts.only_a_baseline().into_iter().collect();
    if !facts.policies.is_empty() {
        let periods = [(LAST_YEAR, "Last 12 months"), (WHOLE_RUN, "Whole run")];
        let views = periods.map(|(period, label)| SwitchView {
            label: label.to_owned(),
            blocks: vec![overview(facts, period, &headlines)],
        });
        blocks.push(Block::Switch { legend: "Changes in".to_owned(), name: "answer".to_owned(), views: views.into() });
        blocks.push(scenarios(facts, &headlines));
    }
    blocks.push(every_headline(facts, &headlines));
    Section {
        id: "answer",
        title: "The answer",
        lead: "What each scenario changes against the baseline, how sure that is, and at what cost.".to_owned(),
        blocks,
    }
}

/// A row for each scenario: the changes that matter most, how many are clear, and the cost.
fn overview(facts: &Facts<'_>, period: &str, headlines: &[&'static Measure]) -> Block {
    let everybody = Subgroup::everybody();
    let kept = facts.run.manifest.replicates_kept;
    let told: Vec<&Measure> = facts.telling().into_iter().take(OVERVIEW.min(TOLD_FIRST.len())).collect();
    let text = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<String>>();
    let mut head = text(&["Scenario"]);
    head.extend(told.iter().map(|measure| measure.label.to_owned()));
    head.extend(text(&["Clear changes", "Cost net of savings", &format!("Cost of one {}", GAINS[GAIN].label)]));
    let mut units = text(&[""]);
    units.extend(told.iter().map(|measure| effect_unit(measure.unit)));
    units.extend(text(&["of the headline measures", "GBP million, whole run", "GBP, net of savings"]));
    let level = |measure: &&Measure| mean_cell(facts, facts.mean(measure.key, &everybody, period));
    let mut baseline: Vec<PageCell> = told.iter().map(level).collect();
    baseline.extend([PageCell::plain(""), PageCell::plain(""), PageCell::plain("")]);
    let baseline = TableRow { name: format!("Baseline: {} (level)", facts.baseline_title()), cells: baseline };
    let row = |policy: &PolicyFacts| {
        let effect = |measure: &Measure| facts.effect(policy, measure.key, &everybody, period);
        let mut cells: Vec<PageCell> = told.iter().map(|measure| effect_cell(effect(measure), kept)).collect();
        let (clear, all) = clear_of(facts, policy, headlines, period);
        cells.push(PageCell::plain(&format!("{} of {}", clear.len(), all)));
        cells.extend(cost_cells(facts, policy));
        TableRow { name: policy.title.clone(), cells }
    };
    let caption = format!(
        "Changes against the baseline {}, with 95% intervals over {}; costs are of the whole run. Blue is better, orange worse; grey changes have \
         intervals that hold zero.",
        if period == LAST_YEAR { WHEN } else { "in the run as a whole" },
        facts.over_members()
    );
    let rows = [baseline].into_iter().chain(facts.policies.iter().map(row)).collect();
    Block::Overview { table: PageTable { caption, head, rows }, units }
}

/// The discounted net cost of the whole run, and what that is for each gain.
fn cost_cells(facts: &Facts<'_>, policy: &PolicyFacts) -> [PageCell; 2] {
    let net = facts.cost(policy, CostKind::Net.name()).map_or_else(|| PageCell::plain("unknown"), cost_cell);
    let ratio = facts.ratio(policy, GAINS[GAIN].key, CostKind::Net);
    [net, ratio.map_or_else(|| PageCell::plain("unknown"), per_gain_cell)]
}

/// The effects of a policy that are clear, and how many there are; what it costs is not among them.
fn clear_of<'a>(
    facts: &Facts<'a>,
    policy: &PolicyFacts,
    headlines: &[&'static Measure],
    period: &str,
) -> (Vec<(&'static Measure, &'a EffectRow)>, usize) {
    let of = |measure: &&'static Measure| {
        facts.effect(policy, measure.key, &Subgroup::everybody(), period).map(|effect| (*measure, effect))
    };
    let all: Vec<_> = headlines.iter().filter(|measure| measure.key != SPENDING).filter_map(of).collect();
    let count = all.len();
    (all.into_iter().filter(|(_, effect)| Reading::of(effect).is_clear()).collect(), count)
}

/// Each scenario in words: beside each other when there are few, else one at a time.
fn scenarios(facts: &Facts<'_>, headlines: &[&'static Measure]) -> Block {
    let answers = facts.policies.iter().map(|policy| answer(facts, policy, headlines));
    if facts.policies.len() <= MOST_BESIDE {
        return Block::Answers { answers: answers.collect() };
    }
    let view = |answer: ScenarioAnswer| SwitchView {
        label: answer.title.clone(),
        blocks: vec![Block::Answers { answers: vec![answer] }],
    };
    Block::Switch {
        legend: "One scenario at a time".to_owned(),
        name: "scenario".to_owned(),
        views: answers.map(view).collect(),
    }
}

fn answer(facts: &Facts<'_>, policy: &PolicyFacts, headlines: &[&'static Measure]) -> ScenarioAnswer {
    let (clear, all) = clear_of(facts, policy, headlines, LAST_YEAR);
    let kept = facts.run.manifest.replicates_kept;
    let change = |(measure, effect): (&Measure, &EffectRow)| ClearChange {
        label: measure.label.to_owned(),
        cell: effect_cell(Some(effect), kept),
        unit: effect_unit(measure.unit),
    };
    ScenarioAnswer {
        title: policy.title.clone(),
        name: policy.name.clone(),
        description: policy.description.clone(),
        changes: told(&clear).into_iter().map(change).collect(),
        sure: sure(facts, clear.len(), all),
        cost: cost(facts, policy),
    }
}

/// The changes that are told: those that stand out most from their error, in the order of tables.
fn told<'a>(clear: &[(&'a Measure, &'a EffectRow)]) -> Vec<(&'a Measure, &'a EffectRow)> {
    let weight = |effect: &EffectRow| match (effect.difference, effect.mcse) {
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
    if facts.run.manifest.replicates_kept < 2 {
        return format!("{over}: there is no error to show, so nothing can be called clear.");
    }
    let cover = facts.members().map_or_else(
        || "cover the luck of the draw alone, not doubt about parameters".to_owned(),
        |members| {
            format!("cover doubt about parameters and the luck of the draw together, of {members} sets of parameters")
        },
    );
    format!(
        "{clear} of {all} headline measures change clearly in the last 12 months of the run; of those called clear, at most one in twenty is \
         expected to be luck. Intervals are over {over}, paired with the baseline's, and {cover}."
    )
}

fn cost(facts: &Facts<'_>, policy: &PolicyFacts) -> String {
    let (Some(gross), Some(net)) =
        (facts.cost(policy, CostKind::Gross.name()), facts.cost(policy, CostKind::Net.name()))
    else {
        return "The run does not say what it costs.".to_owned();
    };
    let nothing = |row: &CostRow| row.discounted_gbp_million.abs() < 1e-6 && row.discounted_mcse.unwrap_or(0.0) <= 0.0;
    if nothing(gross) && nothing(net) {
        return "No public money beyond the baseline's.".to_owned();
    }
    let told =
        |cell: PageCell| if cell.range.is_empty() { cell.main } else { format!("{} ({})", cell.main, cell.range) };
    let prices =
        if net.price_year.is_empty() { "base-year prices".to_owned() } else { format!("prices of {}", net.price_year) };
    let ratio = facts.ratio(policy, GAINS[GAIN].key, CostKind::Net);
    let each = ratio.map_or_else(String::new, |row| format!(" {}", for_each(row, &told)));
    format!(
        "GBP {} million net of savings over the whole run, GBP {} million gross, discounted at {}% a year, in {prices}.{each}",
        told(cost_cell(net)),
        told(cost_cell(gross)),
        rounded(RATE * 100.0, 1),
    )
}

fn for_each(row: &RatioRow, told: &dyn Fn(PageCell) -> String) -> String {
    let gain = GAINS[GAIN].label;
    match row.gbp_per_gain {
        Some(_) => format!("That is GBP {} for one {gain}.", told(per_gain_cell(row))),
        None => format!("What one {gain} costs: {}.", row.verdict),
    }
}

/// Every headline measure of every scenario, closed: it is large.
fn every_headline(facts: &Facts<'_>, headlines: &[&'static Measure]) -> Block {
    let rows = headlines.iter().map(|measure| TableRow {
        name: format!("{} ({})", measure.label, effect_unit(measure.unit)),
        cells: across(facts, measure.key, &Subgroup::everybody(), LAST_YEAR),
    });
    let caption = format!(
        "Every headline measure {}: the baseline's level, then the change each scenario makes, with 95% intervals over {}.",
        WHEN,
        facts.over_members()
    );
    behind(caption, across_head(facts, "Measure (unit of the change)"), rows.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outcomes::measure_named;

    #[test]
    fn what_is_told_first_are_headline_measures() {
        for key in TOLD_FIRST {
            assert!(measure_named(key).is_some_and(Measure::is_headline), "{key}");
        }
    }
}
