//! Money: what each scenario costs and saves, and what that buys.

use super::super::charts::{Forest, ForestRow, NONE, Tone};
use super::super::facts::{Facts, PolicyFacts};
use super::super::numbers::{cost_cell, effect_cell, mean_cell, number_cell, per_gain_cell, typeset, unrounded};
use super::super::page::{Block, PageCell, PageTable, Section, SwitchView, TableRow};
use super::answer::SPENDING;
use super::shared::{WHEN, figure};
use crate::money::{CostKind, GAINS, Gain, RATE};
use crate::outcomes::Better;
use crate::results::keys::{LAST_YEAR, Subgroup, WHOLE_RUN};
use crate::results::tables::costs::CostRow;
use crate::text::number::{EffectText, Reading, rounded};

/// The items of the overview, as `costs.csv` spells them.
const TOTALS: [&str; 3] = ["gross", "savings", "net"];

pub(super) fn section(facts: &Facts<'_>) -> Section {
    let everybody = Subgroup::everybody();
    let mut blocks = Vec::new();
    if let Some(mean) = facts.mean(SPENDING, &everybody, LAST_YEAR) {
        blocks.extend(charts(facts, &mean.key.unit));
        blocks.push(totals(facts, &mean.key.unit));
    } else {
        blocks.push(Block::Missing { text: "This run does not hold public spending.".to_owned() });
    }
    blocks.extend(items_and_gains(facts));
    Section {
        id: "money",
        title: "Money",
        lead: "Public money beyond the baseline's: training of apprentices, support, and what levers book. Savings are benefits not paid at \
               16-24, and nothing else. Costs per gain count people who are displaced; they are not estimable when nothing may have been gained."
            .to_owned(),
        blocks,
    }
}

/// Spending a year beyond the baseline's, and the net cost of the whole run.
fn charts(facts: &Facts<'_>, unit: &str) -> Option<Block> {
    let spending = |policy: &PolicyFacts| {
        let effect = facts.effect(policy, SPENDING, &Subgroup::everybody(), LAST_YEAR)?;
        let shown = EffectText::of(effect);
        Some(dot(policy, effect.difference?, effect.interval, typeset(&with_range(shown.difference, &shown.interval))))
    };
    let net = |policy: &PolicyFacts| {
        let row = facts.cost(policy, CostKind::Net.name())?;
        let cell = cost_cell(row);
        let interval = row.discounted_low95.zip(row.discounted_high95);
        Some(dot(policy, row.discounted_gbp_million, interval, with_range(cell.main, &cell.range)))
    };
    let spending: Vec<ForestRow> = facts.policies.iter().filter_map(spending).collect();
    let net: Vec<ForestRow> = facts.policies.iter().filter_map(net).collect();
    let charts = [
        ("Spending beyond the baseline's", format!("{unit}, {WHEN}"), "spending", spending),
        ("Cost net of savings", "GBP million, whole run, discounted".to_owned(), "net-cost", net),
    ];
    let mut figures = Vec::new();
    for (title, note, file, rows) in charts.iter().filter(|chart| !chart.3.is_empty()) {
        let label = format!("{title} of each scenario, {note}; the table below has the numbers");
        let forest = Forest { title, note, label: &label, neutral: 0.0, rows };
        figures.push(figure(forest.svg(), &[file], "half"));
    }
    (!figures.is_empty()).then_some(Block::Figures { figures })
}

/// More or less money is neither better nor worse.
fn dot(policy: &PolicyFacts, value: f64, interval: Option<(f64, f64)>, text: String) -> ForestRow {
    let tone = interval.map_or(Tone::Unclear, |(low, high)| Tone::of(Reading::of_interval(low, high, Better::Neither)));
    ForestRow { name: policy.title.clone(), value, interval, range: None, tone, text }
}

fn with_range(number: String, range: &str) -> String {
    if range.is_empty() { number } else { format!("{number} ({range})") }
}

/// A row for each scenario: spending a year, and what the whole run costs and saves.
fn totals(facts: &Facts<'_>, unit: &str) -> Block {
    let everybody = Subgroup::everybody();
    let kept = facts.run.manifest.replicates_kept;
    let periods = [LAST_YEAR, WHOLE_RUN];
    let level = |period: &&str| mean_cell(facts, facts.mean(SPENDING, &everybody, period));
    let mut cells: Vec<PageCell> = periods.iter().map(level).collect();
    cells.extend(TOTALS.map(|_| PageCell::plain("")));
    let baseline = TableRow { name: format!("Baseline: {} (level)", facts.baseline_title()), cells };
    let policy = |policy: &PolicyFacts| {
        let effect = |period: &&str| effect_cell(facts.effect(policy, SPENDING, &everybody, period), kept);
        let total = |item: &str| facts.cost(policy, item).map_or_else(|| PageCell::plain(NONE), cost_cell);
        let cells = periods.iter().map(effect).chain(TOTALS.map(total)).collect();
        TableRow { name: policy.title.clone(), cells }
    };
    let year = facts.run.costs.first().map_or("", |row| &row.price_year);
    let head = ["Scenario", "Spending, last 12 months", "Spending, whole run", "Gross cost", "Savings", "Net cost"];
    let units = ["", unit, unit, "GBP million, whole run", "GBP million, whole run", "GBP million, whole run"];
    let table = PageTable {
        caption: format!(
            "What each scenario adds to public spending a year (the baseline's level in the first row), and what the whole run costs and saves, \
             discounted at {}% a year; {}, with 95% intervals over {}.",
            rounded(RATE * 100.0, 1),
            prices(year),
            facts.over_members()
        ),
        head: head.map(str::to_owned).into(),
        rows: [baseline].into_iter().chain(facts.policies.iter().map(policy)).collect(),
    };
    Block::Overview { table, units: units.map(str::to_owned).into() }
}

/// For each scenario every item over the whole run, and what the money buys.
fn items_and_gains(facts: &Facts<'_>) -> Option<Block> {
    let view = |policy: &PolicyFacts| {
        let rows: Vec<&CostRow> = facts.costs(policy).collect();
        let tables = [what_it_buys(facts, policy), items(facts, policy, &rows)];
        SwitchView { label: policy.title.clone(), blocks: tables.map(|table| Block::Open { table }).into() }
    };
    let views: Vec<SwitchView> = facts.policies.iter().map(view).collect();
    let switch = Block::Switch { legend: "Items, and what the money buys".to_owned(), name: "costs".to_owned(), views };
    (!facts.run.costs.is_empty()).then_some(switch)
}

/// Prices of a year, in words.
fn prices(year: &str) -> String {
    if year.is_empty() { "prices of the base year".to_owned() } else { format!("prices of {year}") }
}

fn items(facts: &Facts<'_>, policy: &PolicyFacts, rows: &[&CostRow]) -> PageTable {
    PageTable {
        caption: format!(
            "What {} costs and saves over the whole run, GBP million at {}, against the baseline; discounted at {}% a year, with 95% intervals \
             over {}.",
            policy.title,
            prices(rows.first().map_or("", |row| &row.price_year)),
            rounded(RATE * 100.0, 1),
            facts.over_members()
        ),
        head: ["Item", "How it is known", "Undiscounted", "Discounted"].map(str::to_owned).to_vec(),
        rows: rows.iter().map(|row| cost_row(row)).collect(),
    }
}

fn cost_row(row: &CostRow) -> TableRow {
    let undiscounted = number_cell(Some(unrounded(row.gbp_million)), row.mcse, row.low95.zip(row.high95));
    TableRow { name: row.item.clone(), cells: vec![PageCell::plain(&row.basis), undiscounted, cost_cell(row)] }
}

/// What the money buys: a row for each gain, with its gross and its net cost.
fn what_it_buys(facts: &Facts<'_>, policy: &PolicyFacts) -> PageTable {
    let row = |gain: &Gain| {
        let [gross, net] = [CostKind::Gross, CostKind::Net].map(|kind| facts.ratio(policy, gain.key, kind));
        let gained = gross?;
        let interval = gained.gained_low95.zip(gained.gained_high95);
        let per_gain = [gross, net].map(|row| row.map_or_else(|| PageCell::plain(NONE), per_gain_cell));
        let many = number_cell(Some(gained.gained), gained.gained_mcse, interval);
        Some(TableRow { name: gain.label.to_owned(), cells: [many].into_iter().chain(per_gain).collect() })
    };
    let year = facts.run.costs.first().map_or("", |row| &row.price_year);
    PageTable {
        caption: format!(
            "What the money of {} buys: gains over the baseline in the whole run, and GBP for one more of each, discounted, at {}, with 95% \
             intervals over {}.",
            policy.title,
            prices(year),
            facts.over_members()
        ),
        head: ["Gain", "How many", "GBP for one more, gross", "GBP for one more, net of savings"]
            .map(str::to_owned)
            .to_vec(),
        rows: GAINS.iter().filter_map(row).collect(),
    }
}
