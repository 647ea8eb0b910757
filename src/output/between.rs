//! `between_policies.csv`: every two scenarios against each other, and whether one is clearly ahead of all.
//!
//! Effects against the baseline do not rank policies: two that both differ from it may not differ from each other. Here each two are
//! compared in pairs that share their luck, and a scenario is ahead only if all its comparisons on a measure say so at once.

use super::rows::{LAST_YEAR, WHOLE_RUN, spans};
use super::{Results, cell};
use crate::outcomes::{Better, Measure, measures};
use crate::statistics::{CriticalValues, PairedDifference};
use std::io::{self, Write};

/// The place of everybody among the slices of results.
const EVERYBODY: usize = 0;

/// The columns, in order.
pub(super) const COLUMNS: [&str; 12] = [
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
            let (ahead, unbeaten) = leaders(measure.better, &contrasts, values.len());
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

/// Who is clearly better than all others, and whom nobody is clearly better than.
fn leaders(better: Better, contrasts: &[Contrast], scenarios: usize) -> (Option<usize>, Vec<usize>) {
    let beats = |one: usize, another: usize| {
        contrasts.iter().any(|contrast| {
            let rises = contrast.together.is_some_and(|(low, _)| low > 0.0);
            let falls = contrast.together.is_some_and(|(_, high)| high < 0.0);
            let (up, down) = match better {
                Better::Higher => (rises, falls),
                Better::Lower => (falls, rises),
                Better::Neither => (false, false),
            };
            (contrast.scenario, contrast.other) == (one, another) && up
                || (contrast.other, contrast.scenario) == (one, another) && down
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
pub(super) fn write(results: &Results, sink: &mut dyn Write) -> io::Result<()> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::testing;

    /// Values of a scenario in four replicates about a mean.
    fn about(mean: f64, spread: f64) -> Vec<Option<f64>> {
        [1.0, -1.0, 0.5, -0.5].iter().map(|step| Some(mean + spread * step)).collect()
    }

    /// Shared luck, which contrasts cancel.
    fn shared(values: Vec<Option<f64>>) -> Vec<Option<f64>> {
        values.iter().zip([5.0, -3.0, 1.0, 8.0]).map(|(value, luck)| value.map(|value| value + luck)).collect()
    }

    fn of(values: &[Vec<Option<f64>>], better: Better) -> (Option<usize>, Vec<usize>) {
        leaders(better, &contrasts(values, &mut CriticalValues::default()), values.len())
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
        let third = crate::output::ScenarioInfo { name: "third".to_owned(), ..results.scenarios[1].clone() };
        results.scenarios.push(third);
        for runs in &mut results.outcomes {
            runs.push(runs[0].clone());
        }
        let headlines = measures().iter().filter(|measure| measure.is_headline() && measure.better != Better::Neither);
        assert_eq!(lines(&results), 1 + 2 * 3 * headlines.count());
    }
}
