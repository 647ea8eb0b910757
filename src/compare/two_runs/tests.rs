use super::*;
use crate::calendar::Month;
use crate::compare::comparison_csv::write_comparisons;
use crate::experiment::Replicate;
use crate::folder::claim::claim;
use crate::folder::disk::Overwrite;
use crate::outcomes::{RunOutcome, measures};
use crate::results::keys::{LAST_YEAR, WHOLE_RUN};
use crate::results::run::Results;
use crate::results::testing;
use crate::scenario::Every;
use std::sync::Arc;

fn saved(home: &tempfile::TempDir, name: &str, results: &Results) -> Saved {
    let out = home.path().join(name);
    claim(&out, Overwrite::Refuse).unwrap().write(results, &[]).unwrap();
    Saved::load(&out).unwrap()
}

fn neet() -> Filter {
    Filter { measures: vec!["neet_rate".to_owned()], ..Filter::default() }
}

/// The run of [`testing::results`] with another version of its policy: in the first year NEET is 22% in replicate 1 and 29% in
/// replicate 2, where the first version has 20% and 26%.
fn second_version() -> Results {
    let mut results = testing::results();
    let [one, two] = [testing::run(22, 10), testing::run(29, 10)];
    results.outcomes.replicates[0].runs[1] = one;
    results.outcomes.replicates[1].runs[1] = two;
    results
}

/// Each of two replicates five times: enough for intervals.
fn five_times(mut results: Results) -> Results {
    let two = results.outcomes.replicates.clone();
    let ten = two.iter().cycle().zip(1..=10).map(|(kept, number)| Replicate { number, ..kept.clone() });
    results.outcomes.replicates = ten.collect();
    results.settings.replicates = 10;
    results
}

fn compared(first: &Results, second: &Results, filter: &Filter) -> Result<Comparison, CompareError> {
    let home = tempfile::tempdir().unwrap();
    compare(&saved(&home, "one", first), &saved(&home, "two", second), filter)
}

fn row<'a>(comparison: &'a Comparison, scenario: &str, quantity: Quantity) -> &'a Difference {
    comparison.rows.iter().find(|row| row.effect.key.scenario == scenario && row.quantity == quantity).unwrap()
}

fn near(found: Option<f64>, expected: f64) {
    assert!((found.unwrap() - expected).abs() < 1e-9, "{found:?} {expected}");
}

#[test]
fn two_versions_of_a_scenario_agree_with_numbers_worked_by_hand() {
    let year = Filter { period: "2025-09".to_owned(), ..neet() };
    let found = compared(&testing::ten_replicates(), &five_times(second_version()), &year).unwrap();
    assert_eq!(found.method, Matching::Paired);
    // 20% and 26% become 22% and 29%: +2 and +3 points, each five times: mean 2.5, variance 2.5 / 9, error 1/6; t(9) = 2.262157.
    let value = row(&found, "=levy", Quantity::Value);
    near(value.effect.baseline, 0.23);
    near(value.second, 0.255);
    near(value.effect.difference, 0.025);
    near(value.effect.mcse, 0.005 / 3.0);
    let (low, high) = value.effect.interval.unwrap();
    let half = 0.005 / 3.0 * 2.262_157;
    assert!((low - (0.025 - half)).abs() < 1e-7 && (high - (0.025 + half)).abs() < 1e-7);
    // Against baselines of 25% and 35%: -5 and -9 points become -3 and -6.
    let effect = row(&found, "=levy", Quantity::Effect);
    near(effect.effect.baseline, -0.07);
    near(effect.second, -0.045);
    near(effect.effect.difference, 0.025);
    near(effect.effect.mcse, 0.005 / 3.0);
    let baseline = row(&found, "baseline", Quantity::Value);
    assert_eq!((baseline.effect.difference, baseline.effect.mcse), (Some(0.0), Some(0.0)));
    assert!(found.rows.iter().all(|row| row.effect.key.scenario != "baseline" || row.quantity == Quantity::Value));
}

#[test]
fn a_whole_run_pools_its_periods_before_the_division() {
    let found = compared(&testing::results(), &second_version(), &neet()).unwrap();
    // Twelve of a hundred are NEET in the second year of both: (20 + 12) / 200 and (26 + 12) / 200 become 17% and 20.5%.
    let value = row(&found, "=levy", Quantity::Value);
    near(value.effect.baseline, 0.175);
    near(value.second, 0.187_5);
    let last = compared(&testing::results(), &second_version(), &Filter { period: LAST_YEAR.to_owned(), ..neet() });
    assert!(last.unwrap().rows.iter().all(|row| row.effect.difference == Some(0.0)));
}

#[test]
fn other_luck_makes_independent_samples_and_says_why() {
    let mut second = second_version();
    second = five_times(second);
    second.settings.seed = 8;
    second.settings.scale = 20;
    let year = Filter { period: "2025-09".to_owned(), ..neet() };
    let found = compared(&testing::ten_replicates(), &second, &year).unwrap();
    assert_eq!(
        found.method,
        Matching::Welch(vec!["different seeds: 7 and 8".to_owned(), "different scales: 10 and 20".to_owned()])
    );
    // 20 and 26, five times (mean 23, error 3 / 3), against 22 and 29 (25.5, error 3.5 / 3): error sqrt(9 + 12.25) / 3 points;
    // freedom 21.25^2 / (81 / 9 + 150.0625 / 9) = 17.59, rounded down 17: t = 2.109816.
    let value = row(&found, "=levy", Quantity::Value);
    near(value.effect.difference, 0.025);
    near(value.effect.mcse, 0.21_25_f64.sqrt() / 30.0);
    assert!((value.effect.interval.unwrap().0 - (0.025 - 0.046_097_722 / 3.0 * 2.109_816)).abs() < 1e-6);
    assert_eq!(value.replicates, [10, 10]);
}

#[test]
fn runs_of_different_size_are_paired_over_the_replicates_that_both_have() {
    let mut second = second_version();
    second.outcomes.replicates.remove(0);
    second.settings.replicates = 1;
    let found = compared(&testing::results(), &second, &Filter { period: "2025-09".to_owned(), ..neet() }).unwrap();
    let value = row(&found, "=levy", Quantity::Value);
    near(value.effect.difference, 0.03);
    assert_eq!((value.effect.mcse, value.replicates), (None, [1, 1]));
}

#[test]
fn a_longer_run_is_compared_over_the_months_that_both_have() {
    let mut short = testing::results();
    short.outcomes.periods.truncate(1);
    short.settings.years = 1;
    let cut = |run: &Arc<RunOutcome>| {
        // The first of two years, which is then the whole run and its last twelve months as well.
        let first = run.ratios().chunks(4).flat_map(|spans| [spans[0]; 3]).collect();
        let spans = spans(&testing::results().outcomes.periods[..1]);
        Arc::new(RunOutcome::from_ratios(measures(), run.slices(), &spans, first).unwrap())
    };
    for replicate in &mut short.outcomes.replicates {
        replicate.runs = replicate.runs.iter().map(cut).collect();
    }
    let found = compared(&testing::results(), &short, &neet()).unwrap();
    assert_eq!(found.notes, ["the runs differ in length: compared over the first 12 months, which both have"]);
    let value = row(&found, "=levy", Quantity::Value);
    near(value.effect.baseline, 0.23);
    assert_eq!((value.effect.difference, value.effect.key.months), (Some(0.0), 12));
    assert_eq!(value.effect.key.period, WHOLE_RUN);
}

#[test]
fn scenarios_that_one_run_alone_has_are_listed() {
    let mut second = testing::results();
    second.scenarios[1].name = "other".to_owned();
    let found = compared(&testing::results(), &second, &neet()).unwrap();
    assert_eq!(found.left_out, [vec!["=levy".to_owned()], vec!["other".to_owned()]]);
    assert!(found.rows.iter().all(|row| row.effect.key.scenario == "baseline"));
}

#[test]
fn what_cannot_be_compared_is_refused_with_every_reason() {
    let mut second = testing::results();
    second.settings.start = Month::new(2026, 9).unwrap();
    second.settings.every = Every::Month;
    second.world.regions[0].name = "South".to_owned();
    second.settings.replicates = 9;
    let Err(CompareError::Incomparable(reasons)) = compared(&testing::results(), &second, &neet()) else {
        panic!("it was compared")
    };
    let expected = [
        "found a run that was stopped after 2 of 9 replicates, expected a finished one",
        "found the first month 2026-09, expected 2025-09 as in",
        "found periods of a month, expected year as in",
        "found the regions South, expected North as in",
    ];
    assert_eq!(reasons.len(), expected.len(), "{reasons:?}");
    assert!(expected.iter().zip(&reasons).all(|(part, reason)| reason.contains(part)), "{reasons:?}");
    let nothing =
        compared(&testing::results(), &testing::results(), &Filter { period: "1999-01".to_owned(), ..neet() });
    assert!(matches!(nothing, Err(CompareError::Incomparable(_))));
}

#[test]
fn a_comparison_is_a_table_that_says_how_it_was_made() {
    let mut bytes = Vec::new();
    let year = Filter { period: "2025-09".to_owned(), ..neet() };
    let found = compared(&testing::results(), &second_version(), &year).unwrap();
    write_comparisons(&[found], &mut bytes).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    assert_eq!(
        text.lines().next().unwrap(),
        "first_run,second_run,scenario,quantity,measure,unit,region,region_basis,origin,sex,period,months,first,second,\
         difference,mcse,low95,high95,method,replicates_first,replicates_second,reason"
    );
    let line =
        text.lines().find(|line| line.contains("'=levy,effect,neet_rate,share,all,,all,all,2025-09,12,")).unwrap();
    assert!(line.ends_with(",paired,2,2,"), "{line}");
}
