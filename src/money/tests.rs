//! Money on hand-worked outcomes and on the shipped scenarios.

use super::*;
use crate::experiment::Replicate;
use crate::outcomes::{Period, Ratio, RunOutcome, measures, spans};
use crate::scenario::Overrides;
use std::sync::Arc;

/// A run of two years in which every measure counts `of(key, year)` out of one.
fn outcome(of: impl Fn(&str, usize) -> f64) -> Arc<RunOutcome> {
    let ratio = |key: &str, year| Ratio { numerator: of(key, year), denominator: 1.0 };
    // Two years, the whole run, which follows from them, and the last twelve months.
    let ratios = measures().iter().flat_map(|measure| [0, 1, 1, 1].map(|year| ratio(measure.key, year))).collect();
    Arc::new(RunOutcome::from_ratios(measures(), 1, &spans(&periods()), ratios).unwrap())
}

fn periods() -> Vec<Period> {
    let start: crate::calendar::Month = "2026-09".parse().unwrap();
    vec![Period { start, months: 12 }, Period { start: start.plus(12), months: 12 }]
}

/// Six replicates in which a policy spends 10 and 20 million pounds more in its two years, every second replicate one million
/// more in each, and NEET falls by 1,000 and 3,000 person-months, the second time by 100 more in each year.
fn outcomes() -> Outcomes {
    let replicate = |number: u32| {
        let extra = f64::from((number - 1) % 2);
        let baseline = outcome(|_, _| 50_000.0);
        let policy = outcome(|key, year| match key {
            "public_spending" => 50_000.0 + [10.0, 20.0][year] + extra,
            "neet_rate" => 50_000.0 - [1_000.0, 3_000.0][year] - 100.0 * extra,
            "upward_mobility.30" => 50_000.0 + if number % 2 == 1 { 5.0 } else { -5.0 },
            _ => 50_000.0,
        });
        Replicate { number, runs: vec![baseline, policy], standings: Vec::new(), panels: Vec::new() }
    };
    Outcomes {
        slices: vec![crate::engine::tally::Slice::All],
        periods: periods(),
        replicates: (1..=6).map(replicate).collect(),
    }
}

fn scenario(name: &str, world: &World) -> Scenario {
    let set = ["run.start=2026-09", "run.years=2", "run.replicates=2"].map(str::to_owned).to_vec();
    Scenario::load(name, &Overrides { set, ..Overrides::default() }, world).unwrap()
}

fn money() -> Money {
    let world = World::uk().unwrap();
    let scenarios = [scenario("baseline", &world), scenario("local-partnerships", &world)];
    Money::of(&world, &scenarios, &outcomes())
}

fn line<'a>(money: &'a Money, item: &str, year: Option<&str>) -> &'a CostLine {
    let year = year.map(|year| year.parse().unwrap());
    money.costs.iter().find(|line| line.item.name() == item && line.year == year).unwrap()
}

fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-9 * (1.0 + expected.abs()), "found {found}, expected {expected}");
}

#[test]
fn gross_cost_and_savings_agree_with_a_hand_worked_example() {
    let money = money();
    near(line(&money, "gross", Some("2026-09")).gbp_million.mean, 10.5);
    near(line(&money, "gross", Some("2027-09")).gbp_million.mean, 20.5);
    let whole = line(&money, "gross", None);
    near(whole.gbp_million.mean, 31.0);
    near(whole.discounted_gbp_million.mean, 10.5 + 20.5 / 1.035);
    // Replicates 30 and 32, three times: variance 6 / 5, mcse sqrt(1.2 / 6).
    near(whole.gbp_million.mcse.unwrap(), 0.2_f64.sqrt());
    // 1,050 and 3,050 person-months at GBP 174.54.
    near(line(&money, "savings", Some("2026-09")).gbp_million.mean, 1_050.0 * 174.54 / 1e6);
    near(line(&money, "savings", None).gbp_million.mean, 4_100.0 * 174.54 / 1e6);
    near(line(&money, "net", None).gbp_million.mean, 31.0 - 4_100.0 * 174.54 / 1e6);
}

#[test]
fn levers_that_share_employers_are_planned_to_cost_less_than_the_sum_of_each() {
    let world = World::uk().unwrap();
    let levy = scenario("growth-and-skills-levy", &world);
    // Either alone would take all places that employers would still offer.
    let greedy = levy.with_levers(vec![levy.levers[0].scaled(1e3), levy.levers[0].scaled(1e3)], &world);
    let scenarios = [scenario("baseline", &world), greedy];
    let money = Money::of(&world, &scenarios, &outcomes());
    let mean = |item: &str| line(&money, item, None).gbp_million.mean;
    assert!(mean("overlap of levers") < 0.0, "{}", mean("overlap of levers"));
    let levers = mean("levers.skills_levy[0]") + mean("levers.skills_levy[1]");
    near(levers + mean("overlap of levers"), mean("planned"));
    near(mean("planned") + mean("take-up and knock-on"), mean("gross"));
}

#[test]
fn the_lines_of_a_year_add_up_to_its_gross_cost() {
    let money = money();
    for year in [Some("2026-09"), Some("2027-09"), None] {
        let levers = line(&money, "levers.local_partnership[0]", year);
        assert_eq!((levers.basis, levers.replicates, levers.gbp_million.mcse), (Basis::Planned, None, None));
        let take_up = line(&money, "take-up and knock-on", year);
        for amount in [|line: &CostLine| line.gbp_million.mean, |line: &CostLine| line.discounted_gbp_million.mean] {
            near(amount(levers) + amount(take_up), amount(line(&money, "gross", year)));
        }
    }
}

#[test]
fn a_cost_per_gain_divides_discounted_cost_by_discounted_gain() {
    let money = money();
    let found = |gain: &str, kind: CostKind| {
        money.ratios.iter().find(|ratio| ratio.gain.key == gain && ratio.kind == kind).unwrap()
    };
    let gross = found("month_out_of_neet.16_24", CostKind::Gross);
    near(gross.gained.mean, 4_100.0);
    near(gross.gained_discounted.mean, 1_050.0 + 3_050.0 / 1.035);
    let expected = (10.5 + 20.5 / 1.035) * 1e6 / (1_050.0 + 3_050.0 / 1.035);
    assert!(matches!(gross.verdict, CostVerdict::Estimated { gbp, .. } if (gbp - expected).abs() < 1e-6), "{gross:?}");
    let net = found("month_out_of_neet.16_24", CostKind::Net);
    assert!(
        matches!(net.verdict, CostVerdict::Estimated { gbp, .. } if (gbp - (expected - 174.54)).abs() < 1e-6),
        "{net:?}"
    );
    assert_eq!(found("upward_move.30", CostKind::Gross).verdict, CostVerdict::NotEstimable);
    assert_eq!(found("apprenticeship_completed", CostKind::Gross).verdict, CostVerdict::NotEstimable);
}

fn shipped(names: &[&str], world: &World) -> Vec<Scenario> {
    names.iter().map(|name| Scenario::load(name, &Overrides::default(), world).unwrap()).collect()
}

#[test]
fn scenarios_at_equal_cost_are_planned_to_cost_the_same() {
    let world = World::uk().unwrap();
    let scenarios =
        shipped(&["baseline", "local-partnerships", "regional-innovation", "growth-and-skills-levy"], &world);
    let scaled = equalise(&scenarios, EqualBudget::First, &world).unwrap();
    let value = |scenario: &Scenario| {
        let months = planned_gbp(&scenario.levers.iter().collect::<Vec<_>>(), &scenario.run, &world);
        let years = months.chunks(12).map(|year| year.iter().sum::<f64>());
        (0..).zip(years).map(|(year, gbp)| gbp * discount_factor(year)).sum::<f64>()
    };
    assert_eq!((scaled[0].factor, scaled[1].factor), (None, Some(1.0)));
    for other in &scaled[2..] {
        assert!((value(&other.scenario) / value(&scenarios[1]) - 1.0).abs() < 1e-8, "{}", other.scenario.name);
        assert!(other.scenario.resolved.contains("full_strength = "), "{}", other.scenario.resolved);
    }
    let again = equalise(&scenarios, EqualBudget::First, &world).unwrap();
    assert!(scaled.iter().zip(&again).all(|(one, other)| one.scenario.resolved == other.scenario.resolved));
}

#[test]
fn a_scaled_scenario_reads_back_from_its_own_text() {
    let world = World::uk().unwrap();
    let scenarios = shipped(&["baseline", "innovation-generation"], &world);
    let scaled = equalise(&scenarios, EqualBudget::GbpMillionAYear(300.0), &world).unwrap();
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("scaled.toml");
    std::fs::write(&file, &scaled[1].scenario.resolved).unwrap();
    let read = Scenario::load(&file.display().to_string(), &Overrides::default(), &world).unwrap();
    assert_eq!(read.levers, scaled[1].scenario.levers);
    // Money that only moves (the second levy) is no cost and stays as it is.
    let strengths: Vec<f64> = read.levers.iter().map(|lever| lever.common.full_strength).collect();
    assert!((strengths[1] - 1.0).abs() < 1e-12 && strengths[0] < 1.0, "{strengths:?}");
}

#[test]
fn a_budget_beyond_what_employers_would_offer_is_refused_and_a_policy_without_a_cost_is_left_alone() {
    let world = World::uk().unwrap();
    let scenarios = shipped(&["baseline", "growth-and-skills-levy", "recession"], &world);
    let refused = equalise(&scenarios, EqualBudget::GbpMillionAYear(1e6), &world).unwrap_err();
    assert!(refused.list().iter().any(|mistake| mistake.message.contains("at most")), "{refused}");
    let scaled = equalise(&scenarios, EqualBudget::GbpMillionAYear(100.0), &world).unwrap();
    assert!(scaled[1].factor.is_some() && scaled[2].factor.is_none());
    assert_eq!(scaled[2].scenario.resolved, scenarios[2].resolved);
    let costless = shipped(&["baseline", "recession"], &world);
    assert!(equalise(&costless, EqualBudget::First, &world).is_err());
}

#[test]
fn money_under_many_sets_of_parameters_has_an_interval_of_both_doubt_and_luck() {
    let world = World::uk().unwrap();
    let scenarios = [scenario("baseline", &world), scenario("local-partnerships", &world)];
    // Each set of parameters finds another cost and another gain; the spread between sets is far beyond the luck within.
    let member = |by: f64| {
        let mut outcomes = outcomes();
        for replicate in &mut outcomes.replicates {
            replicate.runs[1] = outcome(|key, year| match key {
                "public_spending" => 50_000.0 + by * [10.0, 20.0][year] + f64::from(replicate.number) / 100.0,
                "neet_rate" => 50_000.0 - by * by * [1_000.0, 3_000.0][year] - f64::from(replicate.number),
                _ => 50_000.0,
            });
        }
        Money::of(&world, &scenarios, &outcomes)
    };
    let members: Vec<Money> = [0.8, 0.9, 1.0, 1.1, 1.2, 1.0].map(member).to_vec();
    let over = Money::over_members(&members);
    let (one, all) = (line(&members[2], "gross", None), line(&over, "gross", None));
    let width = |line: &CostLine| line.gbp_million.interval.map(|(low, high)| high - low).unwrap();
    near(all.gbp_million.mean, one.gbp_million.mean);
    assert!(width(all) > 10.0 * width(one), "{} {}", width(all), width(one));
    // two years of 10 and 20 by 0.8 to 1.2: the sets differ by 30 x 0.1414, and the mean of six by a sixth of that variance
    near(all.gbp_million.mcse.unwrap(), {
        let (between, within) = (0.02 * 900.0, one.gbp_million.mcse.unwrap() * one.gbp_million.mcse.unwrap());
        (between - within + between / 6.0).sqrt()
    });
    let planned = line(&over, "planned", None);
    assert_eq!(planned.gbp_million, line(&members[0], "planned", None).gbp_million);
    let per = |money: &Money| {
        let found = |ratio: &&CostPerGain| ratio.gain.key == "month_out_of_neet.16_24" && ratio.kind == CostKind::Gross;
        match money.ratios.iter().find(found).unwrap().verdict {
            CostVerdict::Estimated { gbp, interval: (low, high) } => (gbp, high - low),
            other @ (CostVerdict::NotEstimable | CostVerdict::NoGain | CostVerdict::Unknown) => panic!("{other:?}"),
        }
    };
    let ((gbp, luck), (mean, both)) = (per(&members[2]), per(&over));
    assert!((mean / gbp - 1.0).abs() < 0.05 && both > 10.0 * luck, "{gbp} {mean} {luck} {both}");
    let few = Money::over_members(&members[..3]);
    assert_eq!(line(&few, "gross", None).gbp_million.interval, None);
    assert!(few.ratios.iter().all(|ratio| !matches!(ratio.verdict, CostVerdict::Estimated { .. })));
}
