//! What a bill does when a lever is changed in a way of which the answer is known: for every lever that names a price.

#![expect(clippy::unwrap_used, reason = "a test may fail here")]

use rungs::calendar::Month;
use rungs::experiment::{EVERYBODY, Experiment, Outcomes, Unobserved, run};
use rungs::levers::{LEVERS, Lever, conflicts};
use rungs::money::planned_gbp;
use rungs::outcomes::measures;
use rungs::scenario::{Overrides, Scenario};
use rungs::world::World;
use std::collections::BTreeSet;

/// A lever, its price, and what else it needs.
type Price = (&'static str, &'static str, &'static str);

/// Keys in pounds that say what something costs and change nothing that anybody does, each in a lever that uses it.
const PRICES: [Price; 8] = [
    ("adjust", "cost_gbp_million_per_year = 40", "condition = \"contact\"\nscale = 1.2"),
    ("apprenticeship_places", "unit_cost_gbp = 5_000", "levels = [\"level 2\"]\nplaces_per_year = 30_000"),
    ("attainment", "cost_gbp_per_pupil = 700", "gain_standard_deviations = 0.2"),
    ("careers_guidance", "cost_gbp_per_pupil_per_year = 54", "benchmarks = 4"),
    ("further_education", "cost_gbp_million_per_year = 50", "achievement_percentage_points = 2"),
    (
        "local_partnership",
        "unit_cost_gbp = 2_000",
        "agencies = [\"education\", \"council\"]\nsupport_places = 40_000\ncaseload_ratio = 1.5",
    ),
    ("youth_guarantee", "job_unit_cost_gbp = 7_000", "after_months = 6\njobs_per_year = 60_000"),
    ("youth_guarantee", "training_unit_cost_gbp = 1_500", "after_months = 6\ntraining_places_per_year = 60_000"),
];

/// Keys in pounds that buy something, or that people or employers look at.
const AMOUNTS: [(&str, &str); 8] = [
    ("further_education", "bursary_gbp_per_year"),
    ("higher_education", "grant_gbp_per_year"),
    ("hiring_subsidy", "subsidy_gbp_per_hire"),
    ("regional_innovation", "investment_gbp_million_per_year"),
    ("relocation_support", "with_offer_grant_gbp"),
    ("relocation_support", "without_offer_grant_gbp"),
    ("skills_levy", "additional_budget_gbp_million_per_year"),
    ("skills_levy", "allowance_gbp"),
];

/// The month in which the levers start: the fourth of the run.
const FROM: &str = "2026-12";

/// A scenario of one of [`PRICES`] with its price so many times, and what else it says of the lever.
fn priced(of: (&str, &str, &str), times: f64, more: &str, world: &World) -> Scenario {
    let (kind, price, rest) = of;
    let (key, gbp) = price.split_once(" = ").unwrap();
    let gbp = gbp.replace('_', "").parse::<f64>().unwrap() * times;
    scenario(&format!("{kind}-{key}-{times}"), &format!("[[levers.{kind}]]\n{key} = {gbp}\n{rest}\n{more}"), world)
}

fn scenario(name: &str, levers: &str, world: &World) -> Scenario {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join(format!("{name}.toml"));
    let from = if levers.contains("from = ") { String::new() } else { format!("from = \"{FROM}\"\n") };
    std::fs::write(&file, format!("title = \"x\"\nextends = \"baseline\"\n{levers}\n{from}source = \"x\"\n")).unwrap();
    let set = ["run.start=\"2026-09\"", "run.years=2", "run.replicates=1", "run.scale=20000", "run.every=\"month\""];
    let overrides = Overrides { set: set.map(str::to_owned).to_vec(), ..Overrides::default() };
    Scenario::load(&file.display().to_string(), &overrides, world).unwrap()
}

fn bill(levers: &[&Lever], like: &Scenario, world: &World) -> Vec<f64> {
    planned_gbp(levers, &like.run, world)
}

fn near(found: f64, expected: f64) -> bool {
    (found - expected).abs() <= 1e-9 * (1.0 + expected.abs())
}

#[test]
fn every_key_in_pounds_is_a_price_or_an_amount() {
    let listed: BTreeSet<(&str, &str)> =
        PRICES.iter().map(|(kind, price, _)| (*kind, price.split(' ').next().unwrap())).chain(AMOUNTS).collect();
    let found = LEVERS.iter().flat_map(|kind| {
        let keys = kind.keys().into_iter().filter(|key| key.unit.starts_with("GBP"));
        keys.map(|key| (kind.name, key.name)).collect::<Vec<_>>()
    });
    assert_eq!(found.collect::<BTreeSet<_>>(), listed);
}

#[test]
fn twice_the_price_is_twice_the_plan() {
    let world = World::uk().unwrap();
    for price in PRICES {
        for more in ["", "target = { sex = [\"female\"] }", "regions = [\"Wales\"]", "ramp_months = 5"] {
            let of = |times: f64| {
                let scenario = priced(price, times, more, &world);
                bill(&[&scenario.levers[0]], &scenario, &world)
            };
            let [nothing, once, twice] = [0.0, 1.0, 2.0].map(of);
            assert!(once.iter().sum::<f64>() > nothing.iter().sum::<f64>() + 1e4, "{:?} {more}: {once:?}", price);
            for ((nothing, once), twice) in nothing.iter().zip(&once).zip(&twice) {
                assert!(near(twice - once, once - nothing), "{:?} {more}: {nothing} {once} {twice}", price);
            }
        }
    }
}

#[test]
fn two_halves_of_a_lever_cost_what_the_whole_does_and_refuse_each_other_or_do_the_same() {
    let world = World::uk().unwrap();
    for price in PRICES {
        let whole = priced(price, 1.0, "", &world);
        let half = whole.levers[0].scaled(0.5);
        let (one, two) = (bill(&[&whole.levers[0]], &whole, &world), bill(&[&half, &half], &whole, &world));
        assert!(one.iter().zip(&two).all(|(one, two)| near(*two, *one)), "{:?}: {one:?} {two:?}", price);
        assert!(conflicts(&[half.clone(), half], &world).is_empty(), "{:?}", price);
    }
}

#[test]
fn a_lever_that_starts_a_month_later_costs_nothing_in_that_month_and_the_same_in_the_others() {
    let world = World::uk().unwrap();
    for price in PRICES {
        let sooner = priced(price, 1.0, "", &world);
        let mut later = sooner.levers[0].clone();
        later.common.from = FROM.parse::<Month>().unwrap().plus(1);
        let (sooner, later) = (bill(&[&sooner.levers[0]], &sooner, &world), bill(&[&later], &sooner, &world));
        assert!(later[..4].iter().all(|gbp| near(*gbp, 0.0)), "{:?}: {later:?}", price);
        assert!(sooner[4..].iter().zip(&later[4..]).all(|(one, other)| near(*other, *one)), "{:?}", price);
    }
}

#[test]
fn levers_that_share_what_employers_offer_cost_what_there_is_in_any_order() {
    let world = World::uk().unwrap();
    let places = |gbp: u32| {
        format!(
            "[[levers.apprenticeship_places]]\nlevels = [\"level 2\"]\nplaces_per_year = 900_000\nunit_cost_gbp = {gbp}\n"
        )
    };
    let one = scenario("one", &places(5_000), &world);
    let levers = [&one.levers[0], &scenario("other", &places(7_000), &world).levers[0]].map(Clone::clone);
    let [dear, cheap, both, turned] =
        [vec![&levers[1]], vec![&levers[0]], vec![&levers[0], &levers[1]], vec![&levers[1], &levers[0]]]
            .map(|levers| bill(&levers, &one, &world).iter().sum::<f64>());
    // either alone would take every place, and both have it half and half
    assert!(near(both, turned) && near(both, 0.5 * (cheap + dear)), "{cheap} {dear} {both} {turned}");
    assert!(near(cheap * 7.0, dear * 5.0), "{cheap} {dear}");
}

/// What each scenario spends beyond the first in each month of one replicate (GBP).
fn beyond(outcomes: &Outcomes) -> Vec<Vec<f64>> {
    let measure = measures().iter().position(|measure| measure.key == "public_spending").unwrap();
    let spent = |scenario: usize, month: usize| {
        outcomes.replicates[0].runs[scenario].ratio(measure, EVERYBODY, month).numerator
    };
    let scenarios = 1..outcomes.replicates[0].runs.len();
    let month = |scenario: usize| (0..24).map(|month| 1e6 * (spent(scenario, month) - spent(0, month))).collect();
    scenarios.map(month).collect()
}

#[test]
fn what_is_simulated_follows_the_price_from_the_first_month_in_force_on() {
    let world = World::uk().unwrap();
    let mut scenarios = vec![priced(PRICES[0], 0.0, "full_strength = 0", &world)];
    for price in PRICES {
        scenarios.extend([0.0, 1.0, 2.0].map(|times| priced(price, times, "", &world)));
    }
    let outcomes = run(&Experiment::of(&world, &scenarios).unwrap(), &Unobserved);
    for (of, prices) in beyond(&outcomes).chunks(3).zip(PRICES) {
        let [nothing, once, twice] = of else { panic!("three prices") };
        let sum = |months: &[f64]| months.iter().sum::<f64>();
        assert!(sum(once) > sum(nothing) + 1e6, "{prices:?}: {} {}", sum(nothing), sum(once));
        for (month, ((nothing, once), twice)) in nothing.iter().zip(once).zip(twice).enumerate() {
            // each sum of a month and region is rounded to a pound
            assert!((twice - once - (once - nothing)).abs() < 100.0, "{prices:?} {month}: {nothing} {once} {twice}");
            assert!(month >= 3 || twice.abs() < 1e-6, "{prices:?} costs {twice} in month {month}, before it starts");
        }
    }
}
