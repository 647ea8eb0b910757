//! `between_policies.csv`: every two scenarios against each other, and whether one is clearly ahead of all.
//!
//! Effects against the baseline do not rank policies: two that both differ from it may not differ from each other. Here each two are
//! compared in pairs that share their luck, and a scenario is ahead only if all its comparisons on a measure say so at once.

use crate::outcomes::{Better, Measure, measure_named, measures};
use crate::results::column::{Column, RowColumn, columns, write};
use crate::results::keys::{LAST_YEAR, WHOLE_RUN};
use crate::results::run::Results;
use crate::results::shared_columns::{
    DIFFERENCE, HIGH95, LOW95, MCSE, MEASURE, OF_MEASURE, PERIOD, REPLICATES, SCENARIO, UNIT,
};
use crate::results::table::ResultTable;
use crate::results::{cell, read};
use crate::statistics::{CriticalValues, PairedDifference};
use serde::Deserialize;
use std::io::Read;

/// The table.
pub(crate) const TABLE: ResultTable =
    ResultTable::new("between_policies.csv", own_columns, |results, sink| write(sink, &fields(), rows(results)));

fn own_columns() -> Vec<Column> {
    columns(&fields())
}

/// The place of everybody among the slices of results.
const EVERYBODY: usize = 0;

/// One scenario against another on one measure.
#[derive(Clone, Debug, PartialEq)]
pub struct Contrast {
    /// The scenario's place among those of the run.
    pub scenario: usize,
    /// The other's place.
    pub other: usize,
    /// Mean of scenario less other, replicate by replicate, with its error; unknown without a value in both.
    pub paired: Option<PairedDifference>,
    /// The interval that covers its truth together with those of all other pairs on the measure, in 95% of cases (Bonferroni).
    pub together: Option<(f64, f64)>,
}

/// What the contrasts of one measure and period say.
#[derive(Clone, Debug)]
pub struct MeasureContrasts {
    /// The measure.
    pub measure: &'static Measure,
    /// The period's name.
    pub period: String,
    /// Every two scenarios.
    pub contrasts: Vec<Contrast>,
    /// The scenario that is clearly better than every other, if there is one.
    pub ahead: Option<usize>,
    /// Scenarios that no other is clearly better than, in the order of the run.
    pub unbeaten: Vec<usize>,
}

/// Who is ahead on one measure, as a finished run has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranking {
    /// The measure's key.
    pub measure: String,
    /// The period's name.
    pub period: String,
    /// The scenario that is clearly better than every other, if there is one.
    pub ahead: Option<String>,
    /// Scenarios that no other is clearly better than, in the order of the run.
    pub unbeaten: Vec<String>,
}

/// The of_measure of every headline measure with a direction, over the last year and the whole run; none with fewer than two policies.
#[must_use]
pub fn measure_contrasts(results: &Results) -> Vec<MeasureContrasts> {
    if results.scenarios.len() < 3 {
        return Vec::new();
    }
    let mut critical = CriticalValues::default();
    let spans = results.outcomes.spans();
    let wanted = |measure: &&Measure| measure.is_headline() && measure.better != Better::Neither;
    let mut measure_contrasts = Vec::new();
    for (index, measure) in measures().iter().enumerate().filter(|(_, measure)| wanted(measure)) {
        for (at, span) in
            spans.iter().enumerate().filter(|(_, span)| [LAST_YEAR, WHOLE_RUN].contains(&span.name.as_str()))
        {
            let values: Vec<Vec<Option<f64>>> = (0..results.scenarios.len())
                .map(|scenario| {
                    let runs = results.outcomes.replicates.iter().map(|replicate| &replicate.runs[scenario]);
                    runs.map(|run| run.value(index, EVERYBODY, at)).collect()
                })
                .collect();
            let contrasts = contrasts(&values, &mut critical);
            let pairs: Vec<Pair> =
                contrasts.iter().map(|contrast| (contrast.scenario, contrast.other, contrast.together)).collect();
            let (ahead, unbeaten) = leaders(measure.better, &pairs, values.len());
            measure_contrasts.push(MeasureContrasts { measure, period: span.name.clone(), contrasts, ahead, unbeaten });
        }
    }
    measure_contrasts
}

/// Every two scenarios, the later against the earlier.
fn contrasts(values: &[Vec<Option<f64>>], critical: &mut CriticalValues) -> Vec<Contrast> {
    let pairs = values.len() * (values.len() - 1) / 2;
    let mut contrasts = Vec::with_capacity(pairs);
    for scenario in 1..values.len() {
        for other in 0..scenario {
            let both = values[other].iter().zip(&values[scenario]);
            let both: Vec<(f64, f64)> = both.filter_map(|(before, after)| Some(((*before)?, (*after)?))).collect();
            let paired = PairedDifference::of(&both, critical);
            let together = paired.filter(|paired| paired.interval.is_some()).and_then(|paired| {
                let half = critical.two_sided_95_together(pairs, paired.pairs - 1) * paired.mcse?;
                Some((paired.difference - half, paired.difference + half))
            });
            contrasts.push(Contrast { scenario, other, paired, together });
        }
    }
    contrasts
}

/// Two scenarios and the interval of their difference that holds together with those of all other pairs.
type Pair = (usize, usize, Option<(f64, f64)>);

/// Who is clearly better than all others, and whom nobody is clearly better than.
fn leaders(better: Better, pairs: &[Pair], scenarios: usize) -> (Option<usize>, Vec<usize>) {
    let beats = |one: usize, another: usize| {
        pairs.iter().any(|(scenario, other, together)| {
            let rises = together.is_some_and(|(low, _)| low > 0.0);
            let falls = together.is_some_and(|(_, high)| high < 0.0);
            let (up, down) = match better {
                Better::Higher => (rises, falls),
                Better::Lower => (falls, rises),
                Better::Neither => (false, false),
            };
            (*scenario, *other) == (one, another) && up || (*other, *scenario) == (one, another) && down
        })
    };
    let others = |one: usize| (0..scenarios).filter(move |another| *another != one);
    let ahead = (0..scenarios).find(|one| others(*one).all(|another| beats(*one, another)));
    let unbeaten = (0..scenarios).filter(|one| !others(*one).any(|another| beats(another, *one))).collect();
    (ahead, unbeaten)
}

/// A contrast with what it is about: a row.
struct ContrastRow<'a> {
    names: [&'a str; 2],
    measure: &'static Measure,
    period: String,
    contrast: Contrast,
}

fn fields<'a>() -> Vec<RowColumn<ContrastRow<'a>>> {
    fn known(row: &ContrastRow<'_>, read: fn(&PairedDifference) -> Option<f64>) -> String {
        cell::known(row.contrast.paired.as_ref().and_then(read))
    }
    let low = Column::new(
        "low95_together",
        "lower end of the interval that holds together with those of all other pairs on the measure and period in 95% \
         of cases (Bonferroni); a scenario is clearly ahead if all of its intervals leave zero out",
        OF_MEASURE,
    );
    vec![
        SCENARIO.of(|row: &ContrastRow<'a>| cell::text(row.names[0])),
        Column::new("other", "name of the scenario that the difference is to", "")
            .of(|row: &ContrastRow<'a>| cell::text(row.names[1])),
        MEASURE.of(|row: &ContrastRow<'a>| row.measure.key.to_owned()),
        UNIT.of(|row: &ContrastRow<'a>| row.measure.unit.to_owned()),
        PERIOD.of(|row: &ContrastRow<'a>| row.period.clone()),
        DIFFERENCE.of(|row: &ContrastRow<'a>| known(row, |paired| Some(paired.difference))),
        MCSE.of(|row: &ContrastRow<'a>| known(row, |paired| paired.mcse)),
        LOW95.of(|row: &ContrastRow<'a>| known(row, |paired| paired.interval.map(|interval| interval.0))),
        HIGH95.of(|row: &ContrastRow<'a>| known(row, |paired| paired.interval.map(|interval| interval.1))),
        low.of(|row: &ContrastRow<'a>| cell::low(row.contrast.together)),
        Column::new("high95_together", "upper end of that interval", OF_MEASURE)
            .of(|row: &ContrastRow<'a>| cell::high(row.contrast.together)),
        REPLICATES.of(|row: &ContrastRow<'a>| row.contrast.paired.map_or(0, |paired| paired.pairs).to_string()),
    ]
}

/// Every contrast of all measure_contrasts.
fn rows(results: &Results) -> impl Iterator<Item = ContrastRow<'_>> {
    measure_contrasts(results).into_iter().flat_map(move |MeasureContrasts { measure, period, contrasts, .. }| {
        contrasts.into_iter().map(move |contrast| {
            let names = [contrast.scenario, contrast.other].map(|index| results.scenarios[index].name.as_str());
            ContrastRow { names, measure, period: period.clone(), contrast }
        })
    })
}

impl Ranking {
    /// Who is ahead, of scenarios that have these names in the order of the run.
    fn of(measure: &str, period: &str, pairs: &[Pair], scenarios: &[&str]) -> Self {
        let better = measure_named(measure).map_or(Better::Neither, |measure| measure.better);
        let (ahead, unbeaten) = leaders(better, pairs, scenarios.len());
        let name = |index: usize| scenarios[index].to_owned();
        Self {
            measure: measure.to_owned(),
            period: period.to_owned(),
            ahead: ahead.map(name),
            unbeaten: unbeaten.into_iter().map(name).collect(),
        }
    }
}

/// Who is ahead on each measure and period of a run.
#[must_use]
pub fn rankings(results: &Results) -> Vec<Ranking> {
    let names: Vec<&str> = results.scenarios.iter().map(|scenario| scenario.name.as_str()).collect();
    let pair = |contrast: &Contrast| (contrast.scenario, contrast.other, contrast.together);
    let ranking = |of_measure: MeasureContrasts| {
        let pairs: Vec<Pair> = of_measure.contrasts.iter().map(pair).collect();
        Ranking::of(of_measure.measure.key, &of_measure.period, &pairs, &names)
    };
    measure_contrasts(results).into_iter().map(ranking).collect()
}

/// What a file says of a contrast, as far as rankings follow from it.
#[derive(Deserialize)]
struct ContrastLine {
    #[serde(deserialize_with = "cell::as_owned_text")]
    scenario: String,
    #[serde(deserialize_with = "cell::as_owned_text")]
    other: String,
    measure: String,
    period: String,
    #[serde(deserialize_with = "cell::as_known")]
    low95_together: Option<f64>,
    #[serde(deserialize_with = "cell::as_known")]
    high95_together: Option<f64>,
}

/// Reads back who is ahead on each measure and period; `scenarios` are those of the run, in its order.
///
/// # Errors
/// The line and what is wrong with it.
pub(crate) fn read(source: impl Read, scenarios: &[&str]) -> Result<Vec<Ranking>, String> {
    let lines: Vec<ContrastLine> = read::rows(source, &own_columns(), "a difference between two scenarios")?;
    let place = |line: usize, wanted: &str| {
        let found = scenarios.iter().position(|name| *name == wanted);
        found.ok_or_else(|| format!("line {line}: found the scenario {wanted:?}, expected one of the run"))
    };
    let mut subjects: Vec<(&str, &str, Vec<Pair>)> = Vec::new();
    for (number, line) in (2..).zip(&lines) {
        let together = line.low95_together.zip(line.high95_together);
        let pair = (place(number, &line.scenario)?, place(number, &line.other)?, together);
        match subjects.last_mut().filter(|(measure, period, _)| *measure == line.measure && *period == line.period) {
            Some((_, _, pairs)) => pairs.push(pair),
            None => subjects.push((&line.measure, &line.period, vec![pair])),
        }
    }
    Ok(subjects.iter().map(|(measure, period, pairs)| Ranking::of(measure, period, pairs, scenarios)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::testing;

    /// Values of a scenario in six replicates about a mean.
    fn about(mean: f64, spread: f64) -> Vec<Option<f64>> {
        [1.0, -1.0, 0.5, -0.5, 0.25, -0.25].iter().map(|step| Some(mean + spread * step)).collect()
    }

    /// Shared luck, which contrasts cancel.
    fn shared(values: Vec<Option<f64>>) -> Vec<Option<f64>> {
        values
            .iter()
            .zip([5.0, -3.0, 1.0, 8.0, 2.0, -1.0])
            .map(|(value, luck)| value.map(|value| value + luck))
            .collect()
    }

    fn of(values: &[Vec<Option<f64>>], better: Better) -> (Option<usize>, Vec<usize>) {
        let contrasts = contrasts(values, &mut CriticalValues::default());
        let pairs: Vec<Pair> =
            contrasts.iter().map(|contrast| (contrast.scenario, contrast.other, contrast.together)).collect();
        leaders(better, &pairs, values.len())
    }

    #[test]
    fn a_scenario_is_ahead_only_if_it_is_told_apart_from_every_other() {
        let apart = [shared(about(10.0, 0.0)), shared(about(9.0, 0.01)), shared(about(7.0, 0.02))];
        assert_eq!(of(&apart, Better::Lower), (Some(2), vec![2]));
        assert_eq!(of(&apart, Better::Higher), (Some(0), vec![0]));
        // The two policies differ from the baseline, and not from each other.
        let close = [shared(about(10.0, 0.0)), shared(about(7.1, 0.3)), shared(about(7.0, -0.3))];
        assert_eq!(of(&close, Better::Lower), (None, vec![1, 2]));
        assert_eq!(of(&close, Better::Neither), (None, vec![0, 1, 2]));
    }

    #[test]
    fn intervals_that_hold_together_are_wider_than_each_alone() {
        let found = contrasts(&[about(1.0, 0.1), about(2.0, 0.3), about(3.0, -0.2)], &mut CriticalValues::default());
        assert_eq!(found.len(), 3);
        for contrast in &found {
            let (alone, together) = (contrast.paired.unwrap().interval.unwrap(), contrast.together.unwrap());
            assert!(together.0 < alone.0 && alone.1 < together.1);
        }
    }

    #[test]
    fn one_replicate_puts_nobody_ahead() {
        let single = [vec![Some(1.0)], vec![Some(2.0)], vec![None]];
        assert_eq!(of(&single, Better::Higher), (None, vec![0, 1, 2]));
    }

    #[test]
    fn two_policies_are_needed_for_a_comparison_between_policies() {
        let mut results = testing::results();
        let lines = |results: &Results| {
            let mut bytes = Vec::new();
            write(&mut bytes, &fields(), rows(results)).unwrap();
            String::from_utf8(bytes).unwrap().lines().count()
        };
        assert_eq!(lines(&results), 1);
        let third = crate::results::about::ScenarioInfo { name: "third".to_owned(), ..results.scenarios[1].clone() };
        results.scenarios.push(third);
        for replicate in &mut results.outcomes.replicates {
            replicate.runs.push(replicate.runs[0].clone());
        }
        let headlines = measures().iter().filter(|measure| measure.is_headline() && measure.better != Better::Neither);
        assert_eq!(lines(&results), 1 + 2 * 3 * headlines.count());
    }

    #[test]
    fn who_is_ahead_reads_back_as_it_stood() {
        let mut results = testing::results();
        let third = crate::results::about::ScenarioInfo { name: "third".to_owned(), ..results.scenarios[1].clone() };
        results.scenarios.push(third);
        for replicate in &mut results.outcomes.replicates {
            replicate.runs.push(replicate.runs[1].clone());
        }
        let mut bytes = Vec::new();
        write(&mut bytes, &fields(), rows(&results)).unwrap();
        let names = ["baseline", "=levy", "third"];
        let read = read(bytes.as_slice(), &names).unwrap();
        let measure_contrasts = measure_contrasts(&results);
        assert_eq!(read.len(), measure_contrasts.len());
        for (ranking, of_measure) in read.iter().zip(&measure_contrasts) {
            let unbeaten: Vec<String> = of_measure.unbeaten.iter().map(|index| names[*index].to_owned()).collect();
            assert_eq!((ranking.measure.as_str(), &ranking.period), (of_measure.measure.key, &of_measure.period));
            assert_eq!(ranking.ahead.as_deref(), of_measure.ahead.map(|index| names[index]));
            assert_eq!(ranking.unbeaten, unbeaten);
        }
        assert!(super::read(bytes.as_slice(), &["baseline"]).unwrap_err().starts_with("line 2: found"));
    }
}
