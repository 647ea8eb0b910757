//! The assumptions log: each condition with its values, sources and confidence, and what a measure does when it alone is a
//! tenth higher.

use crate::conditions::{Condition, Spec};
use crate::domain::Kind;
use crate::experiment::Outcomes;
use crate::outcomes::Measure;
use crate::results::cell::text as cell_text;
use crate::results::keys::{LAST_YEAR, RowKey, Subgroup};
use crate::results::tables::effects::EffectRow;
use crate::scenario::{Overrides, Scenario};
use crate::statistics::{CriticalValues, PairedDifference};
use crate::text::brief::brief;
use crate::text::number::EffectText;
use crate::world::{Confidence, World};
use std::collections::{BTreeMap, BTreeSet};
use std::io;

/// What each condition is scaled by.
pub(super) const SCALE: f64 = 1.1;

/// What was planned for each condition: the scenario that scales it, or why there is none.
#[derive(Clone, Debug)]
pub struct VariationPlan {
    of: Vec<Result<usize, String>>,
}

/// One condition of the log.
#[derive(Clone, Debug)]
pub struct Assumption {
    /// What it is.
    pub spec: &'static Spec,
    /// Its lowest and highest value.
    pub values: (f64, f64),
    /// How many numbers it has.
    pub numbers: usize,
    /// The keys of its sources.
    pub sources: String,
    /// How its numbers are known, with how many of each.
    pub confidence: String,
    /// The change of the measure when all of its numbers are a tenth higher.
    pub change: Option<PairedDifference>,
    /// Why it was not varied.
    pub not_varied: Option<String>,
}

/// The scenarios to run: the baseline, and one for each condition that can be scaled alone.
#[must_use]
pub fn plan(world: &World, baseline: &Scenario, overrides: &Overrides) -> (Vec<Scenario>, VariationPlan) {
    let mut scenarios = vec![everybody_alone(baseline)];
    let mut of = Vec::new();
    for condition in Condition::all() {
        if condition.parts_axis().is_some() {
            of.push(Err("parts of a whole: all of them higher changes nothing".to_owned()));
            continue;
        }
        let lever = format!(
            "levers.adjust=[{{condition = {:?}, scale = {SCALE}, source = \"one at a time\"}}]",
            condition.spec().name
        );
        let set = Overrides { set: vec![lever], ..overrides.clone() };
        match Scenario::load("baseline", &set, world) {
            Ok(scenario) => {
                let same = scenario.timeline(world).months.iter().all(|month| **month == world.baseline);
                if same {
                    of.push(Err("zero in the baseline, or at the end of its range".to_owned()));
                } else {
                    of.push(Ok(scenarios.len()));
                    scenarios.push(everybody_alone(&scenario));
                }
            }
            Err(mistakes) => {
                let why = mistakes.list().first().map_or_else(String::new, |mistake| mistake.message.clone());
                of.push(Err(why));
            }
        }
    }
    (scenarios, VariationPlan { of })
}

/// The scenario without breakdowns, which nobody asks for here.
fn everybody_alone(scenario: &Scenario) -> Scenario {
    let mut scenario = scenario.clone();
    scenario.run.by = Vec::new();
    scenario
}

/// The log, in the order of conditions; `measure` is an index of the measures of results.
#[must_use]
pub fn assumptions(world: &World, plan: &VariationPlan, outcomes: &Outcomes, measure: usize) -> Vec<Assumption> {
    let mut critical = CriticalValues::default();
    let span = outcomes.last_year();
    Condition::all()
        .zip(&plan.of)
        .map(|(condition, planned)| {
            let range = world.baseline.layout().range(condition);
            let values = &world.baseline.values()[range.clone()];
            let fold = |start: f64, pick: fn(f64, f64) -> f64| values.iter().copied().fold(start, pick);
            let figures = &world.figures[range];
            let sources: BTreeSet<&str> = figures.iter().map(|figure| figure.source.as_str()).collect();
            let mut counts: BTreeMap<Confidence, usize> = BTreeMap::new();
            figures.iter().for_each(|figure| *counts.entry(figure.confidence).or_default() += 1);
            let confidence: Vec<String> =
                counts.iter().map(|(confidence, count)| format!("{} {count}", confidence.name())).collect();
            let change = planned.as_ref().ok().and_then(|at| {
                let pairs = outcomes.replicates.iter().filter_map(|replicate| {
                    let value = |scenario: usize| replicate.runs[scenario].value(measure, 0, span);
                    Some((value(0)?, value(*at)?))
                });
                PairedDifference::of(&pairs.collect::<Vec<_>>(), &mut critical)
            });
            Assumption {
                spec: condition.spec(),
                values: (fold(f64::INFINITY, f64::min), fold(f64::NEG_INFINITY, f64::max)),
                numbers: values.len(),
                sources: sources.into_iter().collect::<Vec<_>>().join(" "),
                confidence: confidence.join(", "),
                change,
                not_varied: planned.as_ref().err().cloned(),
            }
        })
        .collect()
}

/// Those with a change, largest first.
#[must_use]
pub fn by_size(all: &[Assumption]) -> Vec<&Assumption> {
    let size = |one: &Assumption| one.change.map_or(0.0, |change| change.difference.abs());
    let mut sorted: Vec<&Assumption> = all.iter().filter(|one| one.change.is_some()).collect();
    sorted.sort_by(|one, other| size(other).total_cmp(&size(one)));
    sorted
}

impl Assumption {
    /// The change with its error, and its interval, as text.
    #[must_use]
    pub fn said(&self, measure: &Measure) -> (String, String) {
        let Some(change) = self.change else { return ("not varied".to_owned(), String::new()) };
        let shown = EffectText::of(&EffectRow {
            is_chance: false,
            members: None,
            key: RowKey {
                scenario: String::new(),
                measure: measure.key.to_owned(),
                unit: measure.unit.to_owned(),
                subgroup: Subgroup::everybody(),
                period: LAST_YEAR.to_owned(),
                months: 12,
            },
            baseline: Some(change.before),
            difference: Some(change.difference),
            mcse: change.mcse,
            interval: change.interval,
            replicates: u32::try_from(change.pairs).unwrap_or(u32::MAX),
        });
        (format!("{} {}", shown.effect(), shown.unit), shown.interval)
    }

    /// Its value or the range of its values.
    pub(super) fn range(&self) -> String {
        let (low, high) = self.values;
        if low < high { format!("{} to {}", brief(low), brief(high)) } else { brief(low) }
    }
}

/// The log as CSV.
///
/// # Errors
/// When the bytes cannot be written.
pub fn write_assumptions(all: &[Assumption], measure: &Measure) -> io::Result<Vec<u8>> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record([
        "condition",
        "meaning",
        "unit",
        "numbers",
        "lowest",
        "highest",
        "sources",
        "confidence",
        "scaled_by",
        "measure",
        "measure_unit",
        "change",
        "mcse",
        "low95",
        "high95",
        "replicates",
        "not_varied",
    ])?;
    let known = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
    for one in all {
        let change = one.change;
        csv.write_record([
            one.spec.name.to_owned(),
            one.spec.meaning.to_owned(),
            one.spec.unit.to_owned(),
            one.numbers.to_string(),
            one.values.0.to_string(),
            one.values.1.to_string(),
            cell_text(&one.sources),
            one.confidence.clone(),
            SCALE.to_string(),
            measure.key.to_owned(),
            measure.unit.to_owned(),
            known(change.map(|change| change.difference)),
            known(change.and_then(|change| change.mcse)),
            known(change.and_then(|change| change.interval).map(|interval| interval.0)),
            known(change.and_then(|change| change.interval).map(|interval| interval.1)),
            change.map_or(0, |change| change.pairs).to_string(),
            one.not_varied.clone().unwrap_or_default(),
        ])?;
    }
    csv.into_inner().map_err(|error| io::Error::other(error.to_string()))
}
