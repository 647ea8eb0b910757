//! `between_policies.csv`: every two scenarios against each other, and whether one is clearly ahead of all.
//!
//! Effects against the baseline do not rank policies: two that both differ from it may not differ from each other. Here each two are
//! compared in pairs that share their luck, and a scenario is ahead only if all its comparisons on a measure say so at once.

use crate::outcomes::{Better, Measure, measure_named, measures};
use crate::results::keys::{LAST_YEAR, WHOLE_RUN, spans};
use crate::results::run::Results;
use crate::results::tables::cell;
use crate::statistics::{CriticalValues, PairedDifference};
use std::io::{self, Read, Write};

/// The place of everybody among the slices of results.
const EVERYBODY: usize = 0;

/// The columns, in order.
pub(crate) const COLUMNS: [&str; 12] = [
    "scenario",
    "other",
    "measure",
    "unit",
    "period",
    "difference",
    "mcse",
    "low95",
    "high95",
    "low95_together",
    "high95_together",
    "replicates",
];

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
pub struct Standing {
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

/// The standing of every headline measure with a direction, over the last year and the whole run; none with fewer than two policies.
#[must_use]
pub fn standings(results: &Results) -> Vec<Standing> {
    if results.scenarios.len() < 3 {
        return Vec::new();
    }
    let mut critical = CriticalValues::default();
    let spans = spans(&results.periods);
    let wanted = |measure: &&Measure| measure.is_headline() && measure.better != Better::Neither;
    let mut standings = Vec::new();
    for (index, measure) in measures().iter().enumerate().filter(|(_, measure)| wanted(measure)) {
        for span in spans.iter().filter(|span| [LAST_YEAR, WHOLE_RUN].contains(&span.name.as_str())) {
            let values: Vec<Vec<Option<f64>>> = (0..results.scenarios.len())
                .map(|scenario| {
                    let runs = results.outcomes.iter();
                    runs.map(|runs| runs[scenario].pooled(index, EVERYBODY, span.periods.clone())).collect()
                })
                .collect();
            let contrasts = contrasts(&values, &mut critical);
            let pairs: Vec<Pair> =
                contrasts.iter().map(|contrast| (contrast.scenario, contrast.other, contrast.together)).collect();
            let (ahead, unbeaten) = leaders(measure.better, &pairs, values.len());
            standings.push(Standing { measure, period: span.name.clone(), contrasts, ahead, unbeaten });
        }
    }
    standings
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
            let together = paired.and_then(|paired| {
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

/// Writes every contrast.
///
/// # Errors
/// When the sink refuses.
pub(crate) fn write(results: &Results, sink: &mut dyn Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(sink);
    csv.write_record(COLUMNS)?;
    for standing in standings(results) {
        for contrast in &standing.contrasts {
            let number =
                |read: fn(&PairedDifference) -> Option<f64>| cell::known(contrast.paired.as_ref().and_then(read));
            let name = |index: usize| cell::text(&results.scenarios[index].name);
            csv.write_record([
                name(contrast.scenario),
                name(contrast.other),
                standing.measure.key.to_owned(),
                standing.measure.unit.to_owned(),
                standing.period.clone(),
                number(|paired| Some(paired.difference)),
                number(|paired| paired.mcse),
                number(|paired| paired.interval.map(|interval| interval.0)),
                number(|paired| paired.interval.map(|interval| interval.1)),
                cell::known(contrast.together.map(|interval| interval.0)),
                cell::known(contrast.together.map(|interval| interval.1)),
                contrast.paired.map_or(0, |paired| paired.pairs).to_string(),
            ])?;
        }
    }
    csv.flush()
}

/// Reads back who is ahead on each measure and period; `scenarios` are those of the run, in its order.
///
/// # Errors
/// The line and what is wrong with it.
pub(crate) fn read(source: impl Read, scenarios: &[&str]) -> Result<Vec<Ranking>, String> {
    let mut csv = csv::Reader::from_reader(source);
    let header = csv.headers().map_err(|error| error.to_string())?;
    if header != COLUMNS.as_slice() {
        return Err(format!("found the columns {:?}, expected {COLUMNS:?}", header.iter().collect::<Vec<_>>()));
    }
    let mut subjects: Vec<((String, String), Vec<Pair>)> = Vec::new();
    for record in csv.records() {
        let record = record.map_err(|error| error.to_string())?;
        let line = record.position().map_or(0, csv::Position::line);
        let (subject, pair) = read_one(&record, scenarios)
            .ok_or_else(|| format!("line {line}: found {record:?}, expected a difference between two scenarios"))?;
        match subjects.last_mut().filter(|(last, _)| *last == subject) {
            Some((_, pairs)) => pairs.push(pair),
            None => subjects.push((subject, vec![pair])),
        }
    }
    let ranking = |((measure, period), pairs): ((String, String), Vec<Pair>)| {
        let better = measure_named(&measure).map_or(Better::Neither, |measure| measure.better);
        let (ahead, unbeaten) = leaders(better, &pairs, scenarios.len());
        let name = |index: usize| scenarios[index].to_owned();
        Ranking { measure, period, ahead: ahead.map(name), unbeaten: unbeaten.into_iter().map(name).collect() }
    };
    Ok(subjects.into_iter().map(ranking).collect())
}

fn read_one(record: &csv::StringRecord, scenarios: &[&str]) -> Option<((String, String), Pair)> {
    let text = |index: usize| record.get(index).map(cell::read_text);
    let place = |index: usize| scenarios.iter().position(|name| Some(*name) == text(index));
    let number = |index: usize| record.get(index).and_then(cell::read_known);
    let together = number(9)?.zip(number(10)?);
    Some(((text(2)?.to_owned(), text(4)?.to_owned()), (place(0)?, place(1)?, together)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::testing;

    /// Values of a scenario in four replicates about a mean.
    fn about(mean: f64, spread: f64) -> Vec<Option<f64>> {
        [1.0, -1.0, 0.5, -0.5].iter().map(|step| Some(mean + spread * step)).collect()
    }

    /// Shared luck, which contrasts cancel.
    fn shared(values: Vec<Option<f64>>) -> Vec<Option<f64>> {
        values.iter().zip([5.0, -3.0, 1.0, 8.0]).map(|(value, luck)| value.map(|value| value + luck)).collect()
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
            write(results, &mut bytes).unwrap();
            String::from_utf8(bytes).unwrap().lines().count()
        };
        assert_eq!(lines(&results), 1);
        let third = crate::results::about::ScenarioInfo { name: "third".to_owned(), ..results.scenarios[1].clone() };
        results.scenarios.push(third);
        for runs in &mut results.outcomes {
            runs.push(runs[0].clone());
        }
        let headlines = measures().iter().filter(|measure| measure.is_headline() && measure.better != Better::Neither);
        assert_eq!(lines(&results), 1 + 2 * 3 * headlines.count());
    }

    #[test]
    fn who_is_ahead_reads_back_as_it_stood() {
        let mut results = testing::results();
        let third = crate::results::about::ScenarioInfo { name: "third".to_owned(), ..results.scenarios[1].clone() };
        results.scenarios.push(third);
        for runs in &mut results.outcomes {
            runs.push(runs[1].clone());
        }
        let mut bytes = Vec::new();
        write(&results, &mut bytes).unwrap();
        let names = ["baseline", "=levy", "third"];
        let read = read(bytes.as_slice(), &names).unwrap();
        let standings = standings(&results);
        assert_eq!(read.len(), standings.len());
        for (ranking, standing) in read.iter().zip(&standings) {
            let unbeaten: Vec<String> = standing.unbeaten.iter().map(|index| names[*index].to_owned()).collect();
            assert_eq!((ranking.measure.as_str(), &ranking.period), (standing.measure.key, &standing.period));
            assert_eq!(ranking.ahead.as_deref(), standing.ahead.map(|index| names[index]));
            assert_eq!(ranking.unbeaten, unbeaten);
        }
        assert!(super::read(bytes.as_slice(), &["baseline"]).unwrap_err().starts_with("line 2: found"));
    }
}
