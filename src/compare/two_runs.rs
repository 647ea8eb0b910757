//! Two runs made at different times, by different versions or in different worlds: may they be compared, and what differs in
//! their outcomes.
//!
//! Each replicate of one run is set against the same replicate of the other when both met the same luck; else the two are
//! independent samples, and the comparison says why.

use crate::compare::filter::Filter;
use crate::folder::error::FolderError;
use crate::folder::manifest::{Manifest, RunStatus};
use crate::folder::read::Saved;
use crate::folder::series::read::{About, Series};
use crate::outcomes::{Form, Period, PeriodSpan, measure_named, measures, spans};
use crate::results::keys::{Heading, RowKey};
use crate::results::tables::effects::{EffectRow, mark_chance};
use crate::statistics::{CriticalValues, PairedDifference, UnpairedDifference, mean};
use std::collections::{BTreeMap, BTreeSet};

/// What is compared of a scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Quantity {
    /// The measure itself.
    Value,
    /// Its difference to the baseline of the same run.
    Effect,
}

impl Quantity {
    /// The word used in files and tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Effect => "effect",
        }
    }
}

/// How the replicates of two runs are set against each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Matching {
    /// Replicate by replicate: both runs met the same luck (common random numbers).
    Paired,
    /// As independent samples (Welch), for these reasons.
    Welch(Vec<String>),
}

impl Matching {
    /// The word used in files.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Paired => "paired",
            Self::Welch(_) => "welch",
        }
    }
}

/// One outcome in two runs.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// What is compared.
    pub quantity: Quantity,
    /// Second run less first: `baseline` is the first run's mean, `replicates` are those of the difference, the fewer of the two
    /// when they are independent samples.
    pub effect: EffectRow,
    /// The second run's mean.
    pub second: Option<f64>,
    /// Replicates of each run that the difference is of.
    pub replicates: [u32; 2],
}

/// What differs in the outcomes of two runs.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// The folders of the runs.
    pub names: [String; 2],
    /// How replicates are set against each other.
    pub method: Matching,
    /// What else a reader has to know: runs of different length, or of different revisions.
    pub notes: Vec<String>,
    /// Scenarios that only one of them has.
    pub left_out: [Vec<String>; 2],
    /// Outcomes in the order of scenarios, measures and places.
    pub rows: Vec<Difference>,
}

/// Why two runs were not compared.
#[derive(Debug, thiserror::Error)]
pub enum CompareError {
    /// A file could not be read.
    #[error(transparent)]
    Output(#[from] FolderError),
    /// They cannot be: every reason, each with what was found and expected.
    #[error("{}", .0.join("\n"))]
    Incomparable(Vec<String>),
}

/// Compares the second run with the first in everything that the filter takes, over its period.
///
/// Of the baseline and of every scenario that both have, the measure itself and, but for the baseline, its difference to the
/// baseline of the same run.
///
/// # Errors
/// When they cannot be compared, or a file is missing, is not what it should be, or changed after the run.
pub fn compare(first: &Saved, second: &Saved, filter: &Filter) -> Result<Comparison, CompareError> {
    let reasons = objections(first, second);
    if !reasons.is_empty() {
        return Err(CompareError::Incomparable(reasons));
    }
    let shared = shared_scenarios(first, second);
    let baselines = [first.baseline(), second.baseline()];
    let wanted = |heading: &Heading<'_>| {
        // what a scenario changes is seen against its baseline, so that is read whatever the filter says
        let any = Filter { scenarios: Vec::new(), ..filter.clone() };
        let is_needed = shared.contains(heading.scenario) || baselines.contains(&heading.scenario);
        is_needed && any.takes_any_period(heading)
    };
    let series = [first.series(wanted)?, second.series(wanted)?];
    let (spans, note) = shared_spans(&series);
    let Some(span) = spans.into_iter().find(|span| span.name == filter.period) else {
        return Err(CompareError::Incomparable(vec![nothing_shared(filter)]));
    };
    let method = method(first, second, &series);
    let order: Vec<&str> = first.scenarios.iter().map(|(name, _)| name.as_str()).collect();
    let shown = order.into_iter().filter(|name| shared.contains(*name));
    let shown: Vec<&str> =
        shown.filter(|name| filter.scenarios.is_empty() || filter.scenarios.iter().any(|one| one == name)).collect();
    let mut rows = Rows { series: &series, baselines, span: &span, method: &method }.of(&shown);
    for rows in rows.chunk_by_mut(|one, other| one.effect.key.scenario == other.effect.key.scenario) {
        for quantity in [Quantity::Value, Quantity::Effect] {
            mark_chance(rows.iter_mut().filter(|row| row.quantity == quantity).map(|row| &mut row.effect));
        }
    }
    if rows.is_empty() {
        return Err(CompareError::Incomparable(vec![nothing_shared(filter)]));
    }
    let only = |own: &Saved| -> Vec<String> {
        let names = own.scenarios.iter().map(|(name, _)| name.clone());
        names.filter(|name| !shared.contains(name.as_str())).collect()
    };
    Ok(Comparison {
        names: [first, second].map(|run| run.folder.display().to_string()),
        notes: note.into_iter().chain(revisions(&first.manifest, &second.manifest)).collect(),
        left_out: [only(first), only(second)],
        rows,
        method,
    })
}

fn nothing_shared(filter: &Filter) -> String {
    format!(
        "found nothing like that in both runs over the period {:?}, expected a measure, scenario, group and period that both have",
        filter.period
    )
}

fn shared_scenarios<'a>(first: &'a Saved, second: &Saved) -> BTreeSet<&'a str> {
    let has = |name: &&str| second.scenarios.iter().any(|(other, _)| other == name);
    first.scenarios.iter().map(|(name, _)| name.as_str()).filter(has).collect()
}

/// Every reason why two runs cannot be compared.
fn objections(first: &Saved, second: &Saved) -> Vec<String> {
    let mut reasons = Vec::new();
    for run in [first, second] {
        let manifest = &run.manifest;
        if manifest.status == RunStatus::Stopped {
            reasons.push(format!(
                "{}: found a run that was stopped after {} of {} replicates, expected a finished one",
                run.folder.display(),
                manifest.replicates_kept,
                manifest.replicates_asked
            ));
        }
    }
    let (one, other) = (&first.manifest, &second.manifest);
    let mut differ = |what: &str, found: &str, expected: &str| {
        if found != expected {
            let folder = second.folder.display();
            reasons
                .push(format!("{folder}: found {what} {found}, expected {expected} as in {}", first.folder.display()));
        }
    };
    differ("the first month", &other.start, &one.start);
    differ("periods of a", &other.every, &one.every);
    differ("the regions", &region_names(other), &region_names(one));
    reasons
}

fn region_names(manifest: &Manifest) -> String {
    let names: Vec<&str> = manifest.regions.iter().map(|region| region.name.as_str()).collect();
    if names.is_empty() { "(none named)".to_owned() } else { names.join(", ") }
}

/// Whether each replicate of one run met the luck of the same replicate of the other.
fn method(first: &Saved, second: &Saved, series: &[Series; 2]) -> Matching {
    let (one, other) = (&first.manifest, &second.manifest);
    let mut reasons = Vec::new();
    let mut differ = |what: &str, one: String, other: String| {
        if one != other {
            reasons.push(format!("{what} {one} and {other}"));
        }
    };
    differ("different versions:", one.version.clone(), other.version.clone());
    differ("different seeds:", one.seed.to_string(), other.seed.to_string());
    differ("different scales:", one.scale.to_string(), other.scale.to_string());
    let numbers = |series: &Series| series.runs.values().flat_map(BTreeMap::keys).copied().collect::<BTreeSet<u32>>();
    let [own, others] = [numbers(&series[0]), numbers(&series[1])];
    if own.intersection(&others).count() < own.len().min(others.len()).min(2) {
        reasons.push("no two replicates of the same number in both".to_owned());
    }
    if reasons.is_empty() { Matching::Paired } else { Matching::Welch(reasons) }
}

/// Runs of one version may still be built from different revisions.
fn revisions(first: &Manifest, second: &Manifest) -> Option<String> {
    let text = |manifest: &Manifest| manifest.git.clone().unwrap_or_else(|| "an unknown revision".to_owned());
    let (one, other) = (text(first), text(second));
    (one != other && first.version == second.version).then(|| {
        format!("both are version {}, built from {one} and {other}: what differs may be the program", first.version)
    })
}

/// The spans of the periods that both runs have, and what to say when one of them is longer.
fn shared_spans(series: &[Series; 2]) -> (Vec<PeriodSpan>, Option<String>) {
    let [one, other] = series;
    let both = one.periods.iter().zip(&other.periods).take_while(|(one, other)| one == other);
    let both: Vec<Period> = both.map(|(period, _)| *period).collect();
    let longest = one.periods.len().max(other.periods.len());
    let months: u32 = both.iter().map(|period| u32::from(period.months)).sum();
    let note = (both.len() < longest)
        .then(|| format!("the runs differ in length: compared over the first {months} months, which both have"));
    if both.is_empty() { (Vec::new(), note) } else { (spans(&both), note) }
}

/// What rows are made of.
struct Rows<'a> {
    series: &'a [Series; 2],
    baselines: [&'a str; 2],
    span: &'a PeriodSpan,
    method: &'a Matching,
}

impl Rows<'_> {
    /// The rows of these scenarios, in the order of measures and places.
    fn of(&self, scenarios: &[&str]) -> Vec<Difference> {
        let mut critical = CriticalValues::default();
        let mut rows = Vec::new();
        for scenario in scenarios {
            let [one, other] = self.series;
            let mut subjects: Vec<&About> =
                one.runs.keys().filter(|about| about.0 == *scenario && other.runs.contains_key(*about)).collect();
            let rank = |about: &About| measures().iter().position(|measure| measure.key == about.1);
            subjects.sort_by_cached_key(|about| (rank(about), about.2.clone()));
            let quantities: &[Quantity] = if self.baselines.contains(scenario) {
                &[Quantity::Value]
            } else {
                &[Quantity::Value, Quantity::Effect]
            };
            for about in subjects.into_iter().filter(|about| self.is_known(about)) {
                rows.extend(quantities.iter().map(|quantity| self.row(about, *quantity, &mut critical)));
            }
        }
        rows
    }

    fn row(&self, about: &About, quantity: Quantity, critical: &mut CriticalValues) -> Difference {
        let [one, other] = [0, 1].map(|run| self.values(run, about, quantity));
        let found = match self.method {
            Matching::Paired => paired(&one, &other, critical),
            Matching::Welch(_) => welch(&one, &other, critical),
        };
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let (scenario, measure, subgroup) = about.clone();
        Difference {
            quantity,
            effect: EffectRow {
                key: RowKey {
                    scenario,
                    unit: measure_named(&measure).map_or("", |measure| measure.unit).to_owned(),
                    measure,
                    subgroup,
                    period: self.span.name.clone(),
                    months: self.span.months,
                },
                baseline: found.first,
                difference: found.difference,
                mcse: found.mcse,
                interval: found.interval,
                replicates: count(found.replicates[0].min(found.replicates[1])),
                members: None,
                is_chance: false,
            },
            second: found.second,
            replicates: found.replicates.map(count),
        }
    }

    /// Whether both runs can say something: what is no ratio has no value over months that are no span of a run.
    fn is_known(&self, about: &About) -> bool {
        let is_ratio = measure_named(&about.1).is_none_or(|measure| measure.form == Form::Ratio);
        let has = |series: &Series| {
            spans(&series.periods).iter().any(|own| (own.start, own.months) == (self.span.start, self.span.months))
        };
        is_ratio || self.series.iter().all(has)
    }

    /// The value of each replicate of one run, or what it differs by from the run's own baseline.
    fn values(&self, run: usize, about: &About, quantity: Quantity) -> BTreeMap<u32, f64> {
        let series = &self.series[run];
        let own = series.values(about, self.span);
        match quantity {
            Quantity::Value => own,
            Quantity::Effect => {
                let baseline = (self.baselines[run].to_owned(), about.1.clone(), about.2.clone());
                let baseline = series.values(&baseline, self.span);
                own.into_iter().filter_map(|(number, value)| Some((number, value - baseline.get(&number)?))).collect()
            }
        }
    }
}

/// Means and difference of one outcome.
struct Found {
    first: Option<f64>,
    second: Option<f64>,
    difference: Option<f64>,
    mcse: Option<f64>,
    interval: Option<(f64, f64)>,
    replicates: [usize; 2],
}

fn paired(one: &BTreeMap<u32, f64>, other: &BTreeMap<u32, f64>, critical: &mut CriticalValues) -> Found {
    let pairs: Vec<(f64, f64)> = one.iter().filter_map(|(number, value)| Some((*value, *other.get(number)?))).collect();
    let found = PairedDifference::of(&pairs, critical);
    let after: Vec<f64> = pairs.iter().map(|pair| pair.1).collect();
    Found {
        first: found.map(|found| found.before),
        second: mean(&after),
        difference: found.map(|found| found.difference),
        mcse: found.and_then(|found| found.mcse),
        interval: found.and_then(|found| found.interval),
        replicates: [pairs.len(); 2],
    }
}

fn welch(one: &BTreeMap<u32, f64>, other: &BTreeMap<u32, f64>, critical: &mut CriticalValues) -> Found {
    let [one, other] = [one, other].map(|values| values.values().copied().collect::<Vec<f64>>());
    let found = UnpairedDifference::of(&one, &other, critical);
    Found {
        first: mean(&one),
        second: mean(&other),
        difference: found.map(|found| found.difference),
        mcse: found.and_then(|found| found.mcse),
        interval: found.and_then(|found| found.interval),
        replicates: [one.len(), other.len()],
    }
}

#[cfg(test)]
mod tests;
