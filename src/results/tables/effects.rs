//! `effects.csv`: what each scenario changes against the baseline, paired by replicate.

use crate::experiment::Replicate;
use crate::outcomes::PeriodSpan;
use crate::results::cell;
use crate::results::column::{Column, RowColumn, columns, write};
use crate::results::keys::{Heading, Keyed, RowKey, Subgroup, heading_fields};
use crate::results::read::{TableLine, wanted_rows};
use crate::results::run::Results;
use crate::results::shared_columns::{BASELINE, DIFFERENCE, HIGH95, LOW95, MCSE, REPLICATES};
use crate::results::spans::{spans_of, subgroups, subjects};
use crate::results::table::ResultTable;
use crate::statistics::{CriticalValues, PairedDifference, discoveries, two_sided_p};
use serde::Deserialize;
use std::io::Read;

/// The table.
pub(crate) const TABLE: ResultTable =
    ResultTable::new("effects.csv", own_columns, |results, sink| write(sink, &fields(), effects(results)));

/// One effect: a row.
#[derive(Clone, Debug, PartialEq)]
pub struct EffectRow {
    /// What it is about.
    pub key: RowKey,
    /// Mean of the baseline over the same replicates; unknown when no replicate has a value.
    pub baseline: Option<f64>,
    /// Mean difference to the baseline.
    pub difference: Option<f64>,
    /// Monte Carlo standard error of the difference; unknown for one replicate, and when all agree by chance.
    pub mcse: Option<f64>,
    /// 95% interval of the difference (Monte Carlo error alone).
    pub interval: Option<(f64, f64)>,
    /// Replicates with a value in both.
    pub replicates: u32,
    /// Sets of parameters, each of as many replicates, that difference, error and interval are of; none of the world's own alone.
    pub members: Option<u32>,
    /// Whether it is taken for chance although its interval leaves zero out, because of all that is shown with it: see [`mark_chance`].
    pub is_chance: bool,
}

/// The share of those called clear in error among all that are shown together.
pub(super) const FALSE_DISCOVERIES: f64 = 0.05;

/// The probability of a difference as large by luck alone, of so many values; without an error it is certain.
pub(super) fn probability(difference: f64, mcse: f64, values: u32) -> f64 {
    if mcse > 0.0 {
        let freedom = usize::try_from(values).map_or(0, |count| count.saturating_sub(1));
        return two_sided_p(difference / mcse, freedom);
    }
    if difference.abs() > 0.0 { 0.0 } else { 1.0 }
}

/// Marks those rows, of a family that is looked at together, that look clear by no more than chance would have it: among the rest the
/// expected share of errors is at most 5% (Benjamini and Hochberg).
pub fn mark_chance<'a>(family: impl Iterator<Item = &'a mut EffectRow>) {
    let mut known: Vec<(f64, &mut EffectRow)> = family.filter_map(|row| Some((row.probability()?, row))).collect();
    let probabilities: Vec<f64> = known.iter().map(|(p, _)| *p).collect();
    for ((_, row), is_clear) in known.iter_mut().zip(discoveries(&probabilities, FALSE_DISCOVERIES)) {
        row.is_chance = !is_clear;
    }
}

impl Keyed for EffectRow {
    fn key(&self) -> &RowKey {
        &self.key
    }
}

fn own_columns() -> Vec<Column> {
    columns(&fields())
}

fn fields() -> Vec<RowColumn<EffectRow>> {
    let mut fields = heading_fields();
    fields.extend([
        BASELINE.of(|row: &EffectRow| cell::known(row.baseline)),
        DIFFERENCE.of(|row: &EffectRow| cell::known(row.difference)),
        MCSE.of(|row: &EffectRow| cell::known(row.mcse)),
        LOW95.of(|row: &EffectRow| cell::low(row.interval)),
        HIGH95.of(|row: &EffectRow| cell::high(row.interval)),
        REPLICATES.of(|row: &EffectRow| row.replicates.to_string()),
    ]);
    fields
}

/// Every effect of a run: by scenario, measure, slice and span.
pub fn effects(results: &Results) -> impl Iterator<Item = EffectRow> + '_ {
    effects_where(results, &|_| true)
}

/// Those effects that are `wanted`, in the same order.
pub fn effects_where<'a>(
    results: &'a Results,
    wanted: &'a dyn Fn(&Heading<'_>) -> bool,
) -> impl Iterator<Item = EffectRow> + 'a {
    let scenarios = results.scenarios.iter().enumerate().skip(1);
    scenarios.flat_map(move |(index, scenario)| {
        let (subgroups, spans) = (subgroups(results), results.outcomes.spans());
        over(results, index, &scenario.name, &subgroups, &spans, wanted)
    })
}

/// The effects on everybody in the periods of these names, in the order of [`effects`].
pub(crate) fn effects_on_everybody(results: &Results, periods: &[&str]) -> Vec<EffectRow> {
    let spans = results.outcomes.spans();
    let wanted = |heading: &Heading<'_>| periods.contains(&heading.period);
    let everybody = &subgroups(results)[..results.outcomes.slices.len().min(1)];
    let scenarios = results.scenarios.iter().enumerate().skip(1);
    scenarios.flat_map(|(index, scenario)| over(results, index, &scenario.name, everybody, &spans, &wanted)).collect()
}

/// The effects of one scenario that are wanted on the first of the slices, as many as there are subgroups, in these periods.
fn over(
    results: &Results,
    scenario: usize,
    name: &str,
    subgroups: &[Subgroup],
    spans: &[PeriodSpan],
    wanted: &dyn Fn(&Heading<'_>) -> bool,
) -> Vec<EffectRow> {
    let mut critical = CriticalValues::default();
    let mut effects = Vec::new();
    for subject in subjects(results, subgroups) {
        for (at, span) in spans_of(results, spans, subject.slice_index) {
            let heading = subject.heading(name, span);
            if !wanted(&heading) {
                continue;
            }
            let (measure, slice) = (subject.measure_index, subject.slice_index);
            let pair = |replicate: &Replicate| {
                let value = |scenario: usize| replicate.runs[scenario].value(measure, slice, at);
                Some((value(0)?, value(scenario)?))
            };
            let pairs: Vec<(f64, f64)> = results.outcomes.replicates.iter().filter_map(pair).collect();
            let paired = PairedDifference::of(&pairs, &mut critical);
            effects.push(EffectRow {
                key: RowKey::of(&heading),
                baseline: paired.map(|paired| cell::six_digits(paired.before)),
                difference: paired.map(|paired| cell::six_digits(paired.difference)),
                mcse: paired.and_then(|paired| paired.mcse).map(cell::six_digits),
                interval: paired
                    .and_then(|paired| paired.interval)
                    .map(|(low, high)| (cell::six_digits(low), cell::six_digits(high))),
                replicates: u32::try_from(pairs.len()).unwrap_or(u32::MAX),
                members: None,
                is_chance: false,
            });
        }
    }
    effects
}

/// The numbers of an effect as they stand in a file.
#[derive(Deserialize)]
struct EffectNumbers {
    #[serde(deserialize_with = "cell::as_known")]
    baseline: Option<f64>,
    #[serde(deserialize_with = "cell::as_known")]
    difference: Option<f64>,
    #[serde(deserialize_with = "cell::as_known")]
    mcse: Option<f64>,
    #[serde(deserialize_with = "cell::as_known")]
    low95: Option<f64>,
    #[serde(deserialize_with = "cell::as_known")]
    high95: Option<f64>,
    replicates: u32,
}

impl EffectRow {
    /// The probability of an effect as large by luck alone; `None` without an interval.
    fn probability(&self) -> Option<f64> {
        self.interval?;
        Some(probability(self.difference?, self.mcse?, self.values()))
    }

    /// How many values it is the mean of: sets of parameters where there are several, else replicates.
    #[must_use]
    pub fn values(&self) -> u32 {
        self.members.unwrap_or(self.replicates)
    }

    /// The effect that a line of a file holds.
    pub(super) fn read(key: RowKey, line: &TableLine<'_>) -> csv::Result<Self> {
        let EffectNumbers { baseline, difference, mcse, low95, high95, replicates } = line.part()?;
        Ok(Self {
            key,
            baseline,
            difference,
            mcse,
            interval: low95.zip(high95),
            replicates,
            members: None,
            is_chance: false,
        })
    }
}

/// Reads those effects back that are `wanted`.
///
/// # Errors
/// The line and what is wrong with it.
pub(crate) fn read(source: impl Read, wanted: &dyn Fn(&Heading<'_>) -> bool) -> Result<Vec<EffectRow>, String> {
    wanted_rows(source, &own_columns(), "an effect", wanted, EffectRow::read)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::keys::{LAST_YEAR, WHOLE_RUN};
    use crate::results::testing;

    fn one(measure: &str, period: &str) -> EffectRow {
        let wanted = |effect: &EffectRow| {
            effect.key.measure == measure && effect.key.period == period && effect.key.subgroup.region == "all"
        };
        effects(&testing::ten_replicates()).find(wanted).unwrap()
    }

    #[test]
    fn the_effect_of_a_small_run_agrees_with_a_hand_worked_example() {
        // First year: 0.25 -> 0.20 and 0.35 -> 0.26, differences -0.05 and -0.09, each five times: mean -0.07, variance 10 x 0.0004 / 9,
        // mcse 0.02 / 3; t(9) = 2.262157.
        let effect = one("neet_rate", "2025-09");
        // written in six significant digits
        let near = |found: Option<f64>, expected: f64| {
            assert!((found.unwrap() - expected).abs() <= 5e-6 * expected.abs(), "{effect:?}");
        };
        near(effect.baseline, 0.30);
        near(effect.difference, -0.07);
        near(effect.mcse, 0.02 / 3.0);
        near(effect.interval.map(|interval| interval.0), -0.07 - 2.262_157_162_740_992 * 0.02 / 3.0);
        assert_eq!((effect.replicates, effect.key.scenario.as_str()), (10, "=levy"));
    }

    #[test]
    fn the_whole_run_pools_its_years_and_an_unchanged_year_has_exactly_no_effect() {
        // The second year is the same in both scenarios (0.12 in both), so the pooled effect is half.
        assert!((one("neet_rate", WHOLE_RUN).difference.unwrap() + 0.035).abs() < 1e-9);
        let last = one("neet_rate", LAST_YEAR);
        assert_eq!((last.difference, last.mcse, last.interval), (Some(0.0), Some(0.0), Some((0.0, 0.0))));
    }

    #[test]
    fn of_many_effects_without_a_cause_few_are_called_clear_and_a_strong_one_stays() {
        let effect = |t: f64| crate::results::testing::effect("share", 0.1, 0.01 * t, 0.01);
        // Twenty at the edge of 5%, as luck has one of twenty: none is clear together. With eleven degrees of freedom t is 2.201.
        let mut rows: Vec<EffectRow> = (0..20).map(|at| effect(if at == 0 { 2.3 } else { 0.1 })).collect();
        mark_chance(rows.iter_mut());
        assert!(rows.iter().all(|row| row.is_chance));
        rows[1] = effect(12.0);
        mark_chance(rows.iter_mut());
        assert!(!rows[1].is_chance && rows[0].is_chance);
        let mut alone = [effect(2.3)];
        mark_chance(alone.iter_mut());
        assert!(!alone[0].is_chance, "one alone is judged by its interval");
    }

    #[test]
    fn effects_read_back_as_they_were_written() {
        let results = testing::results();
        let mut bytes = Vec::new();
        write(&mut bytes, &fields(), effects(&results)).unwrap();
        assert_eq!(read(bytes.as_slice(), &|_| true).unwrap(), effects(&results).collect::<Vec<_>>());
    }

    #[test]
    fn a_broken_file_is_refused_with_its_line() {
        let good = own_columns().iter().map(|column| column.name).collect::<Vec<_>>().join(",");
        assert!(read("a,b\n1,2\n".as_bytes(), &|_| true).unwrap_err().contains("expected"));
        let broken = format!("{good}\ns,m,u,all,,all,all,p,12,1,NaN,,,,3\n");
        assert!(read(broken.as_bytes(), &|_| true).unwrap_err().starts_with("line 2: found"));
    }
}
