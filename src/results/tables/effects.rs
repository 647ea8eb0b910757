//! `effects.csv`: what each scenario changes against the baseline, paired by replicate.

use crate::results::keys::{self, Heading, Place, Span, places, spans, spans_of, subjects};
use crate::results::run::Results;
use crate::results::tables::cell;
use crate::statistics::{CriticalValues, PairedDifference};
use std::io::{self, Read, Write};

/// The columns, in order.
pub(crate) const COLUMNS: [&str; 15] = [
    "scenario",
    "measure",
    "unit",
    "region",
    "region_basis",
    "origin",
    "sex",
    "period",
    "months",
    "baseline",
    "difference",
    "mcse",
    "low95",
    "high95",
    "replicates",
];

/// One effect: a row of `effects.csv`.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// The scenario's name.
    pub scenario: String,
    /// The measure's key.
    pub measure: String,
    /// The unit of baseline and difference.
    pub unit: String,
    /// Whom it is about.
    pub place: Place,
    /// The period.
    pub period: String,
    /// Its length in months.
    pub months: u32,
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
}

/// Every effect of a run: by scenario, measure, slice and span.
pub fn effects(results: &Results) -> impl Iterator<Item = Effect> + '_ {
    let scenarios = results.scenarios.iter().enumerate().skip(1);
    scenarios.flat_map(|(index, scenario)| of_scenario(results, index, &scenario.name))
}

/// The effects on everybody in the periods of these names, in the order of [`effects`].
pub(crate) fn effects_on_everybody(results: &Results, periods: &[&str]) -> Vec<Effect> {
    let spans: Vec<Span> = spans(&results.periods).into_iter().filter(|span| periods.contains(&&*span.name)).collect();
    let everybody = &places(results)[..results.slices.len().min(1)];
    let scenarios = results.scenarios.iter().enumerate().skip(1);
    scenarios.flat_map(|(index, scenario)| over(results, index, &scenario.name, everybody, &spans)).collect()
}

fn of_scenario(results: &Results, scenario_index: usize, name: &str) -> Vec<Effect> {
    over(results, scenario_index, name, &places(results), &spans(&results.periods))
}

/// The effects of one scenario on the first of the slices, as many as there are places, in these periods.
fn over(results: &Results, scenario_index: usize, name: &str, places: &[Place], spans: &[Span]) -> Vec<Effect> {
    let mut critical = CriticalValues::default();
    let mut effects = Vec::new();
    for subject in subjects(results, places) {
        for span in spans_of(results, spans, subject.slice_index) {
            let (measure, slice) = (subject.measure_index, subject.slice_index);
            let pairs: Vec<(f64, f64)> = results
                .outcomes
                .iter()
                .filter_map(|runs| {
                    let before = runs[0].pooled(measure, slice, span.periods.clone())?;
                    Some((before, runs[scenario_index].pooled(measure, slice, span.periods.clone())?))
                })
                .collect();
            let paired = PairedDifference::of(&pairs, &mut critical);
            effects.push(Effect {
                scenario: name.to_owned(),
                measure: subject.measure.key.to_owned(),
                unit: subject.measure.unit.to_owned(),
                place: subject.place.clone(),
                period: span.name.clone(),
                months: span.months,
                baseline: paired.map(|paired| cell::brief(paired.before)),
                difference: paired.map(|paired| cell::brief(paired.difference)),
                mcse: paired.and_then(|paired| paired.mcse).map(cell::brief),
                interval: paired
                    .and_then(|paired| paired.interval)
                    .map(|(low, high)| (cell::brief(low), cell::brief(high))),
                replicates: u32::try_from(pairs.len()).unwrap_or(u32::MAX),
            });
        }
    }
    effects
}

/// Writes every effect.
///
/// # Errors
/// When the sink refuses.
pub(crate) fn write(results: &Results, sink: &mut dyn Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(sink);
    csv.write_record(COLUMNS)?;
    for effect in effects(results) {
        csv.write_record([
            cell::text(&effect.scenario),
            effect.measure,
            effect.unit,
            cell::text(&effect.place.region),
            effect.place.region_basis,
            effect.place.origin,
            effect.place.sex,
            effect.period,
            effect.months.to_string(),
            cell::known(effect.baseline),
            cell::known(effect.difference),
            cell::known(effect.mcse),
            cell::known(effect.interval.map(|interval| interval.0)),
            cell::known(effect.interval.map(|interval| interval.1)),
            effect.replicates.to_string(),
        ])?;
    }
    csv.flush()
}

/// Reads those effects back that are `wanted`.
///
/// # Errors
/// The line and what is wrong with it.
pub(crate) fn read(source: impl Read, wanted: &dyn Fn(&Heading<'_>) -> bool) -> Result<Vec<Effect>, String> {
    keys::read(source, &COLUMNS, wanted, read_one, "an effect")
}

fn read_one(heading: &Heading<'_>, record: &csv::StringRecord) -> Option<Effect> {
    let number = |index: usize| record.get(index).and_then(cell::read_known);
    Some(Effect {
        scenario: heading.scenario.to_owned(),
        measure: heading.measure.to_owned(),
        unit: record.get(2)?.to_owned(),
        place: heading.place(),
        period: heading.period.to_owned(),
        months: record.get(8)?.parse().ok()?,
        baseline: number(9)?,
        difference: number(10)?,
        mcse: number(11)?,
        interval: number(12)?.zip(number(13)?),
        replicates: record.get(14)?.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::keys::{LAST_YEAR, WHOLE_RUN};
    use crate::results::testing;

    fn one(measure: &str, period: &str) -> Effect {
        let wanted =
            |effect: &Effect| effect.measure == measure && effect.period == period && effect.place.region == "all";
        effects(&testing::results()).find(wanted).unwrap()
    }

    #[test]
    fn the_effect_of_a_small_run_agrees_with_a_hand_worked_example() {
        // First year: 0.25 -> 0.20 and 0.35 -> 0.26, differences -0.05 and -0.09: mean -0.07, mcse 0.02.
        let effect = one("neet_rate", "2025-09");
        // written in six significant digits
        let near = |found: Option<f64>, expected: f64| {
            assert!((found.unwrap() - expected).abs() <= 5e-6 * expected.abs(), "{effect:?}");
        };
        near(effect.baseline, 0.30);
        near(effect.difference, -0.07);
        near(effect.mcse, 0.02);
        near(effect.interval.map(|interval| interval.0), -0.07 - 12.706_204_736_432_095 * 0.02);
        assert_eq!((effect.replicates, effect.scenario.as_str()), (2, "=levy"));
    }

    #[test]
    fn the_whole_run_pools_its_years_and_an_unchanged_year_has_exactly_no_effect() {
        // The second year is the same in both scenarios (0.12 in both), so the pooled effect is half.
        assert!((one("neet_rate", WHOLE_RUN).difference.unwrap() + 0.035).abs() < 1e-9);
        let last = one("neet_rate", LAST_YEAR);
        assert_eq!((last.difference, last.mcse, last.interval), (Some(0.0), Some(0.0), Some((0.0, 0.0))));
    }

    #[test]
    fn effects_read_back_as_they_were_written() {
        let results = testing::results();
        let mut bytes = Vec::new();
        write(&results, &mut bytes).unwrap();
        assert_eq!(read(bytes.as_slice(), &|_| true).unwrap(), effects(&results).collect::<Vec<_>>());
    }

    #[test]
    fn a_broken_file_is_refused_with_its_line() {
        let good = COLUMNS.join(",");
        assert!(read("a,b\n1,2\n".as_bytes(), &|_| true).unwrap_err().contains("expected"));
        let broken = format!("{good}\ns,m,u,all,,all,all,p,12,1,NaN,,,,3\n");
        assert!(read(broken.as_bytes(), &|_| true).unwrap_err().starts_with("line 2: found"));
    }
}
