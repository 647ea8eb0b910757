//! Targets that load, every kind of mistake in those that do not, and judgements worked out by hand.

use super::findings::estimates;
use super::sample::Sample;
use super::*;
use crate::calendar::Month;
use crate::experiment::Unobserved;
use crate::world::World;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;

const HEAD: &str = "subject,target,measure,by,of,value,low,high,unit,period,source,confidence,use,note\n";

/// The built-in world in a folder of its own, with other targets.
fn world_with(targets: &str) -> (TempDir, World) {
    let dir = tempfile::tempdir().unwrap();
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/uk");
    for entry in fs::read_dir(shipped).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if !name.starts_with("targets") && !name.starts_with('.') {
            fs::copy(&path, dir.path().join(name)).unwrap();
        }
    }
    fs::write(dir.path().join("targets.csv"), format!("{HEAD}{targets}")).unwrap();
    let world = World::load(dir.path()).unwrap();
    (dir, world)
}

/// The one target of a row.
fn target(row: &str) -> Target {
    let (_dir, world) = world_with(row);
    read(&world).unwrap().swap_remove(0)
}

/// Every mistake of some rows: the text it points at, and what it says.
fn mistakes(rows: &str) -> Vec<(String, String)> {
    let (_dir, world) = world_with(rows);
    let text = format!("{HEAD}{rows}");
    let found = read(&world).unwrap_err();
    let pointed = found.list().iter().map(|mistake| {
        let span = mistake.span.clone().unwrap();
        (text[span].to_owned(), mistake.message.clone())
    });
    pointed.collect()
}

const GOOD: &str = "NEET,all young people,neet_rate,all,,13,12,14,percent,2024,smc-in21,read,fitted,\n";

#[test]
fn the_shipped_targets_load_and_keep_at_least_a_third_out_of_sample() {
    let world = World::uk().unwrap();
    let targets = read(&world).unwrap();
    let fitted = targets.iter().filter(|target| target.used == Use::Fitted).count();
    assert!(targets.len() > 150 && fitted > 60, "{} {fitted}", targets.len());
    assert!(3 * (targets.len() - fitted) >= targets.len());
    for target in &targets {
        let (low, high) = target.accepted();
        assert!(low < high, "{}", target.name);
        assert!(target.used == Use::OutOfSample || target.centre().is_some(), "{}", target.name);
    }
}

#[test]
fn the_shipped_plan_reads_and_touches_far_less_than_it_leaves() {
    let world = World::of(None, crate::world::Fitted::LeftOut).unwrap();
    let targets = read(&world).unwrap();
    let plan = FitPlan::read(&world, &targets).unwrap();
    let count = count(&world, &plan);
    assert!(3 * count.touched < count.fixed, "{count:?}");
    let compared = targets.iter().filter(|target| target.used == Use::OutOfSample).count();
    assert!(3 * compared >= targets.len(), "a third of the figures is for comparison: {compared} of {}", targets.len());
    // A point of zeros is the world's own figures, whose weights may be brought to their sums again.
    let same = plan.world_at(&world, &vec![0.0; plan.free.len()]);
    let pairs = same.baseline.values().iter().zip(world.baseline.values());
    assert!(pairs.into_iter().all(|(same, own)| (same - own).abs() <= 1e-12 * own.abs()));
}

#[test]
fn a_published_interval_decides_and_else_a_point_or_a_twentieth() {
    assert_eq!(target(GOOD).accepted(), (12.0, 14.0));
    let share = target("NEET,x,neet_rate,all,,13,,,percent,2024,smc-in21,read,fitted,\n").accepted();
    assert_eq!(share, (12.0, 14.0));
    let pay = target("pay,x,median_pay.22_29,all,,20,,,GBP per hour,2024,smc-dr34,read,fitted,\n").accepted();
    assert_eq!(pay, (19.0, 21.0));
    let slope = "m,x,mechanism.beveridge_slope,all,,,-inf,0,elasticity,2024,assumption,assumption,out-of-sample,\n";
    assert_eq!(target(slope).accepted(), (f64::NEG_INFINITY, 0.0));
}

#[test]
fn every_mistake_in_a_row_is_found_at_its_cell() {
    let row = "NEET,x,neet_rat,origins,lower,13x,14,12,per cent,,nobody,sure,fit,\n";
    let found = mistakes(row);
    let pointed: Vec<&str> = found.iter().map(|(text, _)| text.as_str()).collect();
    assert_eq!(pointed, ["", "neet_rat", "origins", "13x", "14", "nobody", "sure", "fit"], "{found:#?}");
    assert!(found[1].1.contains("expected a measure"));
}

#[test]
fn a_target_must_be_about_somebody_and_say_something() {
    let found = |row: &str| mistakes(row).into_iter().map(|(text, _)| text).collect::<Vec<_>>();
    let row = |by: &str, of: &str, measure: &str, unit: &str| {
        format!("NEET,x,{measure},{by},{of},13,,,{unit},2024,smc-in21,read,fitted,\n")
    };
    assert_eq!(found(&row("residence", "Atlantis", "neet_rate", "percent")), ["Atlantis"]);
    assert_eq!(found(&row("origin x sex", "lower working/men", "neet_rate", "percent")), ["lower working/men"]);
    assert_eq!(found(&row("sex", "male", "vacancies_per_unemployed", "vacancies per person")), ["sex"]);
    assert_eq!(found(&row("residence", "England", "median_pay.25", "GBP per hour")), ["England"]);
    assert_eq!(found(&row("all", "", "neet_rate", "persons")), ["persons"]);
    assert_eq!(found("NEET,x,neet_rate,all,,,,,percent,2024,smc-in21,read,fitted,\n"), [""]);
    assert_eq!(found("NEET,x,neet_rate,all,,15,12,14,percent,2024,smc-in21,read,fitted,\n"), ["15"]);
    assert_eq!(found("NEET,x,neet_rate,all,,13,12,,percent,2024,smc-in21,read,fitted,\n"), [""]);
    assert_eq!(found("NEET,x,neet_rate,all,,13,,14,percent,2024,smc-in21,read,fitted,\n"), [""]);
    assert_eq!(found("NEET,x,neet_rate,all,,13,-inf,inf,percent,2024,smc-in21,read,fitted,\n"), ["-inf"]);
    assert_eq!(found(&format!("{GOOD}{GOOD}")), ["all young people"]);
}

#[test]
fn a_figure_outside_what_its_measure_can_be_is_refused() {
    let found = |measure: &str, numbers: &str, unit: &str| {
        let good = "NEET,y,neet_rate,all,,,,,percent,2024,smc-in21,read,fitted,\n";
        let row = format!("NEET,x,{measure},all,,{numbers},{unit},2024,smc-in21,read,fitted,\n");
        // the second row is wrong in any case
        let mut found: Vec<String> = mistakes(&format!("{row}{good}")).into_iter().map(|(text, _)| text).collect();
        found.pop();
        found
    };
    let no_mistake = [""; 0];
    assert_eq!(found("neet_rate", "13.868,12.9,14.8", "share"), ["13.868", "12.9", "14.8"]);
    assert_eq!(found("neet_rate", "101,,", "percent"), ["101"]);
    assert_eq!(found("neet_rate", "-1,,", "percent"), ["-1"]);
    assert_eq!(found("apprenticeship_starts", "-5,,", "people a year"), ["-5"]);
    assert_eq!(found("net_mobility.30", "-0.1,,", "share difference"), no_mistake);
    assert_eq!(found("mechanism.beveridge_slope", "-2,,", "elasticity"), no_mistake);
    assert_eq!(found("neet_rate", "100,0,100", "percent"), no_mistake);
}

#[test]
fn rows_of_commas_alone_are_no_figures() {
    let (_dir, world) = world_with(&format!("{GOOD},,,,,,,,,,,,,\n,,,,,,,,,,,,,\n"));
    assert_eq!(read(&world).unwrap().len(), 1);
}

#[test]
fn a_value_is_judged_by_its_mean_and_the_share_is_shown_in_percent() {
    let target = target(GOOD);
    let sample = |above: f64| vec![Some(Sample { above, below: 1.0 })];
    let judged = |values: &[f64]| {
        let replicates: Vec<_> = values.iter().map(|value| sample(*value)).collect();
        findings(std::slice::from_ref(&target), &replicates)[0]
    };
    let inside = judged(&[11.0, 13.5]);
    assert_eq!((inside.verdict, inside.simulated), (Agreement::Pass, Some(12.25)));
    // Standard error of two values 2.5 apart: 2.5 / sqrt(2) / sqrt(2).
    assert!((inside.mcse.unwrap() - 1.25).abs() < 1e-12);
    let outside = judged(&[14.5, 15.0]);
    assert_eq!((outside.verdict, outside.off_by), (Agreement::Miss, 0.75));
    assert_eq!(findings(std::slice::from_ref(&target), &[vec![None]])[0].verdict, Agreement::Unknown);
}

#[test]
fn a_ratio_of_sums_has_the_error_of_the_delete_one_jackknife() {
    let row = "m,x,mechanism.displacement,all,,,0,1,share,2024,assumption,assumption,out-of-sample,\n";
    let samples = [(1.0, 2.0), (2.0, 2.0), (3.0, 4.0)].map(|(above, below)| Sample { above, below });
    // Whole 6/8; without each: 5/6, 4/6, 3/4. Pseudo-values 3 x 3/4 - 2 x each.
    let found = estimates(&target(row), &samples);
    let expected = [2.25 - 10.0 / 6.0, 2.25 - 8.0 / 6.0, 0.75];
    assert!(found.iter().zip(expected).all(|(found, expected)| (found - expected).abs() < 1e-12), "{found:?}");
}

fn tiny() -> Settings {
    Settings { seed: 5, scale: 20_000, replicates: 2, start: Month::new(2025, 9).unwrap(), years: 1 }
}

#[test]
fn answers_are_those_of_a_run_and_do_not_depend_on_what_else_is_asked() {
    let (_dir, world) = world_with(&format!(
        "{GOOD}NEET,in England,neet_rate,residence,England,13,,,percent,2024,smc-in21,read,fitted,\n\
         m,x,mechanism.displacement,all,,,0,1,share,2024,assumption,assumption,out-of-sample,\n"
    ));
    let targets = read(&world).unwrap();
    let sets = [Arc::new(world.baseline.clone()), Arc::new(world.baseline.clone())];
    let all = simulate(&sets, &targets, &tiny(), &Unobserved);
    assert_eq!(all[0], all[1]);
    let few = simulate(&sets[..1], &targets[..1], &tiny(), &Unobserved);
    let first = |found: &Option<Vec<Vec<Option<Sample>>>>| {
        found.as_ref().unwrap().iter().map(|replicate| replicate[0]).collect::<Vec<_>>()
    };
    assert_eq!(first(&few[0]), first(&all[0]));
    let rate = few[0].as_ref().unwrap()[0][0].unwrap().above;
    assert!((1.0..40.0).contains(&rate), "{rate}");
}

#[test]
fn displacement_by_more_search_lies_between_none_and_all() {
    // Posts are given, so that what men gain beyond vacancies filled sooner is lost by women.
    let (_dir, world) = world_with(
        "m,x,mechanism.displacement,all,,,0,1,share,2024,assumption,assumption,out-of-sample,\n\
         m,y,mechanism.beveridge_slope,all,,,-inf,0,elasticity,2024,assumption,assumption,out-of-sample,\n",
    );
    let targets = read(&world).unwrap();
    let settings = Settings { scale: 5_000, replicates: 4, years: 2, ..tiny() };
    let sets = [Arc::new(world.baseline.clone())];
    let found = findings(&targets, simulate(&sets, &targets, &settings, &Unobserved)[0].as_ref().unwrap());
    for finding in found {
        let (mean, error) = (finding.simulated.unwrap(), finding.mcse.unwrap());
        // Only a value that lies outside by more than chance would be wrong.
        assert!(finding.off_by <= 4.5 * error, "{mean} +/- {error}");
    }
}

#[test]
fn a_plot_has_a_mark_for_every_target_that_is_known() {
    let target = target(GOOD);
    let known = findings(std::slice::from_ref(&target), &[vec![Some(Sample { above: 13.0, below: 1.0 })]]);
    let plot = plot_findings(std::slice::from_ref(&target), &known);
    assert!(plot.starts_with("<svg") && plot.matches("<circle").count() == 1, "{plot}");
    let unknown = findings(std::slice::from_ref(&target), &[vec![None]]);
    assert_eq!(plot_findings(std::slice::from_ref(&target), &unknown).matches("<circle").count(), 0);
}

/// A plan with one parameter of each kind.
const PLAN: &str = r#"
[fit]
seed = 3
scale = 20000
replicates = 1
years = 1
starts = 1
rounds = 1
alignment_runs = 1
fine_scale = 20000
fine_alignment_runs = 1
[ensemble]
members = 2
most_draws = 20
pass_share = 0.0
[[parameters]]
name = "separation"
condition = "separation"
change = "scale"
low = 0.3
high = 2.0
sd = 0.3
why = "a test"
[[parameters]]
name = "threshold"
condition = "hiring_threshold"
of = "working"
change = "shift"
low = -1.0
high = 1.0
sd = 0.4
why = "a test"
[[alignments]]
name = "posts"
condition = "posts_per_resident"
of = "*/all"
measure = "neet_rate"
by = "residence"
gain = -0.1
low = 0.8
high = 1.3
sd = 0.05
why = "a test"
"#;

/// A world that is to be fitted by [`PLAN`] to three figures.
fn fittable() -> (TempDir, World, Vec<Target>, FitPlan) {
    let rows = format!(
        "{GOOD}NEET,in London,neet_rate,residence,London,13,,,percent,2024,smc-in21,read,fitted,\n\
         jobs,found,flow.unemployed_to_employed,all,,0.1,,,per month,2024,ons-flows-2013,read,fitted,\n"
    );
    let (dir, _) = world_with(&rows);
    fs::write(dir.path().join("calibration.toml"), PLAN).unwrap();
    let world = World::of(Some(dir.path()), crate::world::Fitted::LeftOut).unwrap();
    let targets = read(&world).unwrap();
    let plan = FitPlan::read(&world, &targets).unwrap();
    (dir, world, targets, plan)
}

/// Fit, ensemble, and points simulated.
fn fitted(world: &World, targets: &[Target], plan: &FitPlan, memory: Option<&Path>) -> (Fit, Ensemble, usize) {
    let settings =
        Settings { seed: plan.seed, scale: plan.scale, replicates: plan.replicates, years: plan.years, ..tiny() };
    let mut evaluator = Evaluator::new(world, plan, targets, settings, &Unobserved, memory).unwrap();
    let mut said = |_: &str| {};
    let fit = fit(&mut evaluator, &mut said).unwrap();
    let ensemble = ensemble(&mut evaluator, &fit, &mut said).unwrap();
    let simulated = evaluator.simulated();
    (fit, ensemble, simulated)
}

#[test]
fn a_calibration_repeats_to_the_bit_and_goes_on_where_it_was_stopped() {
    let (dir, world, targets, plan) = fittable();
    let memory = dir.path().join(".evaluations.csv");
    let (fit, ensemble, simulated) = fitted(&world, &targets, &plan, Some(&memory));
    assert!(simulated > 5 && ensemble.members.len() == 2);
    // Half of what was found is forgotten, in the middle of a line.
    let kept = fs::read(&memory).unwrap();
    fs::write(&memory, &kept[..kept.len() / 2]).unwrap();
    let (again, same, rest) = fitted(&world, &targets, &plan, Some(&memory));
    assert_eq!((&again, &same), (&fit, &ensemble));
    assert!(0 < rest && rest < simulated, "{rest} of {simulated}");
    let (fresh, _, _) = fitted(&world, &targets, &plan, None);
    let bits = |fit: &Fit| fit.point.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
    assert_eq!(bits(&fresh), bits(&fit));
    let before = misfit(&plan, &aims(&targets), &vec![0.0; plan.free.len()], &fit.answer);
    assert!(before.is_finite());
    let most = f64::from(u32::try_from(plan.searched()).unwrap());
    assert!(fit.settled() > 0.0 && fit.settled() < most, "{} of {most}", fit.settled());
}

#[test]
fn a_search_starts_where_the_plan_says_and_nowhere_beyond_the_ends() {
    let (dir, world, targets, plan) = fittable();
    assert!(plan.start().iter().all(|x| *x == 0.0));
    let with = |start: &str| {
        let text = PLAN.replacen("sd = 0.3\n", &format!("sd = 0.3\nstart = {start}\n"), 1);
        fs::write(dir.path().join("calibration.toml"), text).unwrap();
        let world = World::of(Some(dir.path()), crate::world::Fitted::LeftOut).unwrap();
        FitPlan::read(&world, &targets)
    };
    let there = with("1.5").unwrap();
    assert!((there.free[0].value(there.start()[0]) - 1.5).abs() < 1e-12);
    assert!(there.start()[1..].iter().all(|x| *x == 0.0));
    let no_rounds = |plan: FitPlan| FitPlan { rounds: 0, starts: 0, ..plan };
    let found = |plan: FitPlan| fitted(&world, &targets, &no_rounds(plan), None).0.point[0];
    assert!((found(there.clone()) - there.start()[0]).abs() < 1e-12 && found(plan) == 0.0);
    for beyond in ["0.1", "2.5", "nan"] {
        assert!(with(beyond).unwrap_err().list()[0].message.contains("from 0.3 to 2"));
    }
}

#[test]
fn fitted_conditions_stand_for_the_figures_they_were_set_from() {
    let (dir, world, _, plan) = fittable();
    let mut point = vec![0.0; plan.free.len()];
    (point[0], point[2]) = (1.0, -0.5);
    let mut table = Vec::new();
    write_fitted(&world, &plan, &point, &mut table).unwrap();
    fs::write(dir.path().join("fitted.csv"), &table).unwrap();
    let loaded = World::load(dir.path()).unwrap();
    let expected = plan.world_at(&world, &point).baseline;
    let bits = |values: &[f64]| values.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
    assert_eq!(bits(loaded.baseline.values()), bits(expected.values()));
    let left_out = World::of(Some(dir.path()), crate::world::Fitted::LeftOut).unwrap();
    assert_eq!(left_out.baseline, world.baseline);
}

#[test]
fn an_ensemble_reads_back_to_its_worlds() {
    let (dir, world, _, plan) = fittable();
    let members = vec![plan.free.iter().map(|free| free.value(0.25)).collect::<Vec<f64>>()];
    let ensemble = Ensemble { members, passed: vec![1.0], draws: 1 };
    let mut table = Vec::new();
    write_ensemble(&plan, &ensemble, &mut table).unwrap();
    fs::write(dir.path().join("ensemble.csv"), &table).unwrap();
    let loaded = World::of(Some(dir.path()), crate::world::Fitted::LeftOut).unwrap();
    let worlds = read_ensemble(&world, &plan, loaded.ensemble().unwrap()).unwrap();
    let expected = plan.world_at(&world, &vec![0.25; plan.free.len()]);
    assert_eq!(worlds.len(), 1);
    let pairs = worlds[0].baseline.values().iter().zip(expected.baseline.values());
    assert!(pairs.into_iter().all(|(found, expected)| (found - expected).abs() <= 1e-12 * expected.abs()));
    fs::write(dir.path().join("ensemble.csv"), "member,other\n1,2\n").unwrap();
    let wrong = World::of(Some(dir.path()), crate::world::Fitted::LeftOut).unwrap();
    assert!(read_ensemble(&world, &plan, wrong.ensemble().unwrap()).is_err());
}

#[test]
fn every_mistake_in_a_plan_is_found() {
    let (dir, ..) = fittable();
    let text = PLAN
        .replace("\"separation\"\nchange", "\"seperation\"\nchange")
        .replace("of = \"working\"", "of = \"clergy\"")
        .replace("low = 0.8", "low = 1.1")
        .replace("by = \"residence\"", "by = \"residenc\"");
    fs::write(dir.path().join("calibration.toml"), &text).unwrap();
    let world = World::of(Some(dir.path()), crate::world::Fitted::LeftOut).unwrap();
    let found = FitPlan::read(&world, &read(&world).unwrap()).unwrap_err();
    let said: Vec<&str> = found.list().iter().map(|mistake| mistake.message.as_str()).collect();
    assert_eq!(said.len(), 3, "{said:#?}");
    assert!(said[0].contains("seperation") && said[1].contains("clergy") && said[2].contains("residenc"));
}
