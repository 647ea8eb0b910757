//! The program as a user meets it: files, exit codes, and the same bytes whatever the machine does.

#![expect(clippy::unwrap_used, reason = "a test may fail here")]

mod worlds;

use assert_cmd::Command;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use tempfile::TempDir;
use worlds::world_of;

/// The program, started in `folder`.
fn rungs(folder: &Path) -> Command {
    let mut command = Command::cargo_bin("rungs").unwrap();
    command.current_dir(folder).env_remove("NO_COLOR");
    command
}

/// Settings that make a run take a moment, and start late enough for the shipped policies to be in force.
const SMALL: [&str; 8] = ["--scale", "20000", "--years", "1", "--replicates", "3", "--set", "run.start=2026-09"];

/// A small run of two shipped scenarios with further flags, into `out`.
fn run(folder: &Path, out: &str, flags: &[&str]) -> Command {
    let mut command = rungs(folder);
    command.args(["run", "recession", "innovation-generation", "--quiet", "--out", out]).args(SMALL).args(flags);
    command
}

/// A policy that starts with the run, so that one year is enough to see it.
const POLICY: &str = r#"
title = "More of everything"
extends = "baseline"
[[levers.adjust]]
condition = "support_unit_cost"
scale = 1.5
source = "for a test"
"#;

/// Every file of a results folder by its path; of the manifest, everything but its timings.
fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for inner in ["", "scenarios", "world"] {
        for entry in fs::read_dir(folder.join(inner)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let name = path.strip_prefix(folder).unwrap().display().to_string();
                files.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    let mut manifest: serde_json::Value = serde_json::from_slice(&files["manifest.json"]).unwrap();
    for key in ["timings", "seal"] {
        manifest.as_object_mut().unwrap().remove(key).unwrap();
    }
    files.insert("manifest.json".to_owned(), manifest.to_string().into_bytes());
    files
}

/// The names in a folder; none if it is not there.
fn names_in(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn result_files_are_the_same_bytes_for_any_threads_any_repetition_and_older_processors() {
    let folder = TempDir::new().unwrap();
    run(folder.path(), "first", &["--threads", "1", "--format", "csv"]).assert().success();
    let first = contents(&folder.path().join("first"));
    let files = ["series.parquet", "series.csv", "summary.csv", "effects.csv", "data_dictionary.csv"];
    let moves = ["structure_fluidity.csv", "who_moved.csv", "who_moved_series.csv", "who_moved_series.parquet"];
    let money = ["costs.csv", "cost_effectiveness.csv", "between_policies.csv", "precision.csv"];
    for expected in files.into_iter().chain(moves).chain(money) {
        assert!(first.contains_key(expected), "{expected} is missing: {:?}", first.keys());
    }
    let effects = text(&first["effects.csv"]);
    let neet = effects.lines().find(|line| line.starts_with("recession,neet_rate,") && line.contains("last 12 months"));
    assert!(!neet.unwrap().contains(",0,0,0,0,"), "the scenarios must differ for this test to mean anything: {neet:?}");
    assert!(first.contains_key("scenarios/baseline.toml") && first.contains_key("scenarios/recession.toml"));
    let older = "glibc.cpu.hwcaps=-AVX2,-FMA,-AVX512F";
    for (threads, tunables) in [("1", ""), ("2", ""), ("3", ""), ("8", ""), ("2", older)] {
        let name = format!("threads-{threads}-{}", tunables.len());
        run(folder.path(), &name, &["--threads", threads, "--format", "csv"])
            .env("GLIBC_TUNABLES", tunables)
            .assert()
            .success();
        let other = contents(&folder.path().join(&name));
        let differing: Vec<&String> = first.keys().filter(|file| first.get(*file) != other.get(*file)).collect();
        assert!(differing.is_empty() && first.len() == other.len(), "{threads} threads {tunables}: {differing:?}");
    }
}

#[test]
fn another_seed_gives_other_results() {
    let folder = TempDir::new().unwrap();
    run(folder.path(), "one", &["--seed", "1"]).assert().success();
    run(folder.path(), "two", &["--seed", "2"]).assert().success();
    let summary = |name: &str| fs::read(folder.path().join(name).join("summary.csv")).unwrap();
    assert!(summary("one") != summary("two"));
}

#[test]
fn the_manifest_says_what_was_asked_and_what_was_kept() {
    let folder = TempDir::new().unwrap();
    run(folder.path(), "out", &["--seed", "5", "--set", "run.every=year"]).assert().success();
    let manifest = fs::read(folder.path().join("out/manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
    let expected =
        [("status", "complete"), ("start", "2026-09"), ("every", "year"), ("version", env!("CARGO_PKG_VERSION"))];
    for (key, value) in expected {
        assert_eq!(manifest[key], value, "{key}");
    }
    for (key, value) in [("seed", 5), ("replicates_asked", 3), ("replicates_kept", 3), ("scale", 20_000), ("years", 1)]
    {
        assert_eq!(manifest[key], value, "{key}");
    }
    assert_eq!(manifest["scenarios"][0]["name"], "baseline");
    assert!(manifest["inputs"].as_array().unwrap().len() > 3);
}

#[test]
fn effects_go_to_stdout_and_nothing_to_stderr_when_quiet() {
    let folder = TempDir::new().unwrap();
    let quiet = run(folder.path(), "quiet", &[]).assert().success().get_output().clone();
    assert!(text(&quiet.stdout).contains("NEET") && text(&quiet.stdout).contains("recession"));
    assert!(quiet.stderr.is_empty(), "{}", text(&quiet.stderr));
    assert!(!text(&quiet.stdout).contains('\u{1b}'), "no colours when stdout is no terminal");

    let mut talking = rungs(folder.path());
    let talking =
        talking.args(["run", "recession", "--out", "loud"]).args(SMALL).assert().success().get_output().clone();
    assert!(text(&talking.stderr).contains("results in") && text(&talking.stderr).contains("loud"));
    assert!(!text(&talking.stderr).contains('\u{1b}'), "no progress bar when stderr is no terminal");
}

#[test]
fn results_go_to_a_folder_named_after_what_was_run() {
    let folder = TempDir::new().unwrap();
    let policies = folder.path().join("policies");
    fs::create_dir(&policies).unwrap();
    for name in ["more.toml", "much-more.toml"] {
        fs::write(policies.join(name), POLICY).unwrap();
    }
    let with = |files: &[&str]| {
        rungs(folder.path()).arg("run").args(files).args(SMALL).arg("--quiet").assert().success();
    };
    with(&["recession"]);
    with(&["recession", "local-partnerships"]);
    with(&["policies/more.toml", "policies/much-more.toml"]);
    with(&["baseline"]);
    assert_eq!(names_in(&folder.path().join("results")), ["baseline", "policies", "recession", "recession+1"]);
}

#[test]
fn results_are_replaced_only_when_asked() {
    let folder = TempDir::new().unwrap();
    run(folder.path(), "out", &[]).assert().success();
    let before = contents(&folder.path().join("out"));
    let refused = run(folder.path(), "out", &["--seed", "9"]).assert().code(2).get_output().clone();
    assert!(text(&refused.stderr).contains("--overwrite"), "{}", text(&refused.stderr));
    assert!(contents(&folder.path().join("out")) == before);
    run(folder.path(), "out", &["--seed", "9", "--overwrite"]).assert().success();
    assert!(contents(&folder.path().join("out")) != before);
    assert_eq!(names_in(folder.path()), ["out"], "nothing may be left beside the results");
}

#[test]
fn a_folder_that_holds_no_results_is_never_replaced() {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("thesis")).unwrap();
    fs::write(folder.path().join("thesis/chapter.txt"), "four years").unwrap();
    run(folder.path(), "thesis", &["--overwrite"]).assert().code(2);
    assert_eq!(fs::read_to_string(folder.path().join("thesis/chapter.txt")).unwrap(), "four years");
}

#[test]
fn every_mistake_of_every_file_is_shown_at_once_and_nothing_is_written() {
    let folder = TempDir::new().unwrap();
    let one = "title = \"One\"\nextends = \"baseline\"\n[run]\nyears = -1\nscael = 100\n";
    let two = POLICY.replace("support_unit_cost", "suport_unit_cost");
    fs::write(folder.path().join("one.toml"), one).unwrap();
    fs::write(folder.path().join("two.toml"), two).unwrap();
    for verb in ["run", "check"] {
        let output = rungs(folder.path()).args([verb, "one.toml", "two.toml"]).assert().code(2).get_output().clone();
        let said = text(&output.stderr);
        for part in
            ["one.toml:4:", "one.toml:5:", "two.toml:5:", "did you mean \"scale\"", "support_unit_cost", "3 mistakes"]
        {
            assert!(said.contains(part), "{part:?} is not in\n{said}");
        }
        assert!(output.stdout.is_empty());
    }
    assert_eq!(names_in(folder.path()), ["one.toml", "two.toml"]);
}

#[test]
fn a_mistake_in_a_flag_is_said_once_for_all_scenarios() {
    let folder = TempDir::new().unwrap();
    let output = run(folder.path(), "out", &["--set", "run.yeers=3"]).assert().code(2).get_output().clone();
    let said = text(&output.stderr);
    assert!(said.contains("1 mistake") && said.contains("did you mean \"years\""), "{said}");
    assert_eq!(names_in(folder.path()), Vec::<String>::new());
}

#[test]
fn scenarios_of_one_run_share_their_settings() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("short.toml"), format!("{POLICY}\n[run]\nyears = 3\n")).unwrap();
    let output = rungs(folder.path()).args(["check", "recession", "short.toml"]).assert().code(2).get_output().clone();
    let said = text(&output.stderr);
    assert!(
        said.contains("run.years") && said.contains("found 3, expected 10") && said.contains("short.toml"),
        "{said}"
    );
    rungs(folder.path()).args(["check", "recession", "short.toml", "--years", "3"]).assert().success();
    rungs(folder.path()).args(["check", "short.toml"]).assert().success();
}

#[test]
fn two_scenarios_with_one_name_are_refused() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("recession.toml"), POLICY).unwrap();
    let output =
        rungs(folder.path()).args(["check", "recession", "./recession.toml"]).assert().code(2).get_output().clone();
    assert!(text(&output.stderr).contains("another scenario named \"recession\""), "{}", text(&output.stderr));
}

#[test]
fn names_that_differ_only_in_case_are_refused_before_anything_is_computed() {
    let folder = TempDir::new().unwrap();
    for name in ["Recession.toml", "Baseline.toml"] {
        fs::write(folder.path().join(name), POLICY).unwrap();
    }
    for files in [&["recession", "Recession.toml"][..], &["Baseline.toml"]] {
        let output = rungs(folder.path()).arg("check").args(files).assert().code(2).get_output().clone();
        assert!(text(&output.stderr).contains("a name of its own"), "{}", text(&output.stderr));
    }
}

#[test]
fn a_lever_that_never_acts_or_never_reaches_its_strength_is_remarked_on() {
    let folder = TempDir::new().unwrap();
    let late = POLICY.replace("source", "from = \"2090-01\"\nsource");
    let long = POLICY.replace("source", "from = \"2027-01\"\nto = \"2027-06\"\nramp_months = 24\nsource");
    fs::write(folder.path().join("late.toml"), late).unwrap();
    fs::write(folder.path().join("long.toml"), long).unwrap();
    let output = rungs(folder.path()).args(["check", "late.toml", "long.toml"]).assert().success().get_output().clone();
    let said = text(&output.stderr);
    assert!(said.contains("late.toml: levers.adjust[0]: found from 2090-01, outside the run"), "{said}");
    assert!(said.contains("long.toml: levers.adjust[0]: found a ramp of 24 months in 6 months"), "{said}");
    assert_eq!(said.lines().filter(|line| line.starts_with("warning: ")).count(), 2, "{said}");
}

#[test]
fn absurd_asks_are_refused_before_anything_is_allocated() {
    let folder = TempDir::new().unwrap();
    for ask in [["--set", "run.replicates=100000"], ["--scale", "0"], ["--years", "999"], ["--scale", "1000000000000"]]
    {
        let mut command = rungs(folder.path());
        let command = command.args(["run", "recession", "--set", "run.every=month", "--set", "run.scale=1"]).args(ask);
        let output = command.assert().code(2).get_output().clone();
        assert!(text(&output.stderr).contains("error"), "{}", text(&output.stderr));
    }
    assert_eq!(names_in(folder.path()), Vec::<String>::new());
}

#[test]
fn check_says_what_a_run_would_cost_and_simulates_nothing() {
    let folder = TempDir::new().unwrap();
    let output =
        rungs(folder.path()).args(["check", "recession", "--threads", "2"]).assert().success().get_output().clone();
    let said = text(&output.stdout);
    for part in ["baseline", "recession", "shock x 2", "first change 2027-01", "person-months", "memory", "2 threads"] {
        assert!(said.contains(part), "{part:?} is not in\n{said}");
    }
    assert_eq!(names_in(folder.path()), Vec::<String>::new());
}

#[test]
fn compare_shows_one_run_and_two_with_what_differs() {
    let folder = TempDir::new().unwrap();
    run(folder.path(), "one", &["--seed", "1"]).assert().success();
    run(folder.path(), "two", &["--seed", "2"]).assert().success();
    let said = |arguments: &[&str]| {
        text(&rungs(folder.path()).arg("compare").args(arguments).assert().success().get_output().stdout)
    };
    let alone = said(&["one"]);
    assert!(alone.contains("NEET") && alone.contains("recession"), "{alone}");
    let both = said(&["one", "two"]);
    assert!(both.contains("seed") && both.contains("one") && both.contains("two"), "{both}");
    for columns in [60_usize, 80, 100] {
        for arguments in [&["one"][..], &["one", "two"], &["one", "--costs"], &["one", "--region", "each"]] {
            let mut command = rungs(folder.path());
            command.env("COLUMNS", columns.to_string()).arg("compare").args(arguments);
            let narrow = text(&command.assert().success().get_output().stdout);
            let long = narrow.lines().find(|line| line.chars().count() > columns);
            assert!(long.is_none(), "{columns} {arguments:?}: {long:?}");
            // nothing is broken within a word: every one is there as on a wide terminal, but for the names of what stands first
            let wide = said(arguments);
            let is_head = |word: &&str| word.starts_with('─') || ["scenario", "measure", "item", "for"].contains(word);
            let words: Vec<&str> = wide.split_whitespace().filter(|word| !is_head(word)).collect();
            let missing = words.iter().find(|word| !narrow.contains(word.trim_end_matches(',')));
            assert!(missing.is_none(), "{columns} {arguments:?}: {missing:?}\n{narrow}");
        }
    }
    let refused = |arguments: &[&str]| {
        text(&rungs(folder.path()).arg("compare").args(arguments).assert().code(2).get_output().stderr)
    };
    let both = refused(&["one", "--region", "North East", "--origin", "lower working"]);
    // the groups that the run has are named again: they would be gone
    assert!(
        both.contains("--set 'run.by=[\"residence\", \"upbringing\", \"origin\", \"sex\", \"residence x origin\"]'"),
        "{both}"
    );
    let nearly = refused(&["one", "--region", "North Easts"]);
    assert!(
        nearly.contains("--region: found \"North Easts\"") && nearly.contains("did you mean \"North East\"?"),
        "{nearly}"
    );
    let regions = said(&["one", "--measure", "neet_rate", "--region", "each", "--scenario", "recession"]);
    assert!(!regions.contains("Median") && regions.lines().count() > 3, "{regions}");
    let refused = rungs(folder.path()).args(["compare", "three"]).assert().code(2).get_output().clone();
    assert!(text(&refused.stderr).contains("expected a results folder"), "{}", text(&refused.stderr));
    rungs(folder.path()).args(["compare", "one", "--measure", "happiness"]).assert().code(2);
    rungs(folder.path()).args(["compare", "one", "--region", "Atlantis"]).assert().code(2);
}

#[test]
fn two_versions_of_a_scenario_are_compared_in_inputs_and_outcomes() {
    let folder = TempDir::new().unwrap();
    let home = folder.path();
    let finer = ["--scale", "4000", "--years", "1", "--replicates", "3", "--set", "run.start=2026-09"];
    for (out, places) in [("old", "5000"), ("new", "30000")] {
        fs::write(home.join("places.toml"), PLACES.replace("20000", places)).unwrap();
        rungs(home).args(["run", "places.toml", "--quiet", "--no-report", "--out", out]).args(finer).assert().success();
    }
    let measure = ["--measure", "apprenticeship_starts"];
    let files = ["--out", "outcomes.csv", "--inputs", "inputs.csv"];
    let done =
        rungs(home).args(["compare", "old", "new"]).args(measure).args(files).assert().success().get_output().clone();
    let said = text(&done.stdout);
    for part in
        ["levers.apprenticeship_places[0].places_per_year", "starts a year", "places, effect", "paired by replicate"]
    {
        assert!(said.contains(part), "{part:?} is not in\n{said}");
    }
    assert!(said.lines().all(|line| line.chars().count() <= 200), "{said}");
    // the difference of means, from what each run says of itself
    let mean = |run: &str| -> f64 {
        let summary = fs::read_to_string(home.join(run).join("summary.csv")).unwrap();
        let line = summary.lines().find(|line| {
            line.starts_with("places,apprenticeship_starts,") && line.contains(",all,,all,all,last 12 months,")
        });
        line.unwrap().split(',').nth(9).unwrap().parse().unwrap()
    };
    let outcomes = fs::read_to_string(home.join("outcomes.csv")).unwrap();
    let line = outcomes.lines().find(|line| line.contains(",places,value,apprenticeship_starts,")).unwrap();
    let cells: Vec<&str> = line.split(',').collect();
    let found: f64 = cells[14].parse().unwrap();
    // the means have six digits
    assert!((found - (mean("new") - mean("old"))).abs() <= 1.0 && found > 100.0, "{line}");
    assert!(line.ends_with(",paired,3,3,"), "{line}");
    let inputs = fs::read_to_string(home.join("inputs.csv")).unwrap();
    assert!(inputs.contains("places_per_year,5000,30000,starts a year"), "{inputs}");
    rungs(home).args(["compare", "old", "new"]).args(measure).args(files).assert().code(2);
    rungs(home).args(["compare", "old", "new", "--overwrite"]).args(measure).args(files).assert().success();
    rungs(home).args(["report", "new", "--against", "old", "--out", "changed.html"]).assert().success();
    let page = fs::read_to_string(home.join("changed.html")).unwrap();
    assert!(page.contains("id=\"against\"") && page.contains("paired by replicate"));
}

#[test]
fn runs_in_two_worlds_are_compared_number_by_number_and_other_months_are_refused() {
    let folder = TempDir::new().unwrap();
    let home = folder.path();
    copy_world(&home.join("world"));
    let path = home.join("world/jobs.csv");
    let jobs = fs::read_to_string(&path).unwrap();
    fs::write(&path, jobs.replacen("search_vacancy_elasticity,all,,0.5,", "search_vacancy_elasticity,all,,0.7,", 1))
        .unwrap();
    let small = ["--scale", "20000", "--years", "1", "--replicates", "2", "--quiet", "--no-report"];
    rungs(home).args(["run", "recession", "--out", "one"]).args(small).assert().success();
    rungs(home)
        .args(["run", "recession", "--out", "two", "--world", "world", "--seed", "5"])
        .args(small)
        .assert()
        .success();
    rungs(home)
        .args(["run", "recession", "--out", "late", "--set", "run.start=2026-09"])
        .args(small)
        .assert()
        .success();
    let done = rungs(home).args(["compare", "one", "two"]).assert().success().get_output().clone();
    let said = text(&done.stdout);
    for part in ["search_vacancy_elasticity", "0.5", "0.7", "elasticity", "not paired (different seeds", "Welch"] {
        assert!(said.contains(part), "{part:?} is not in\n{said}");
    }
    let refused = rungs(home).args(["compare", "one", "late"]).assert().code(2).get_output().clone();
    let said = text(&refused.stderr);
    assert!(said.contains("found the first month 2026-09, expected 2025-09 as in one"), "{said}");
}

#[test]
fn explain_says_value_unit_source_and_which_file_and_line_set_it() {
    let folder = TempDir::new().unwrap();
    let home = folder.path();
    fs::write(home.join("mine.toml"), "title = \"Mine\"\nextends = \"recession\"\n[run]\nyears = 4\n").unwrap();
    let said =
        |arguments: &[&str]| text(&rungs(home).arg("explain").args(arguments).assert().success().get_output().stdout);
    let jobs = include_str!("../scenarios/uk/jobs.csv");
    let line = jobs.lines().position(|line| line.starts_with("young_share,all,working,")).unwrap() + 1;
    let value = said(&["young_share", "working"]);
    for part in ["share", "assumption", &format!("jobs.csv:{line}"), "people in work who are aged 16-39"] {
        assert!(value.contains(part), "{part:?} is not in\n{value}");
    }
    assert_eq!(said(&["young_share"]).matches("jobs.csv:").count(), 3);
    let of = |key: &str, more: &[&str]| said(&[&[key, "--scenario", "mine.toml"], more].concat());
    assert!(of("run.years", &[]).contains("mine.toml:4"));
    assert!(of("run.years", &["--set", "run.years=6"]).contains("--set"));
    assert!(of("levers.shock[0].job_loss_ratio", &[]).contains("recession (shipped):"));
    assert!(of("separation working/16-17", &[]).contains("by levers.shock[0] (recession (shipped):"));
    assert!(said(&["neet_rate"]).contains("person-months"));
    assert!(said(&["NEET, 16-24"]).contains("targets.csv:2"));
    assert!(said(&["skills_levy"]).contains("ring_fence_under_25"));
    for (wrong, meant) in
        [("separaton", "separation"), ("neet_rat", "neet_rate"), ("skills_levy.allowance", "skills_levy.allowance_gbp")]
    {
        let refused = rungs(home).args(["explain", wrong]).assert().code(2).get_output().clone();
        assert!(text(&refused.stderr).contains(&format!("did you mean {meant:?}?")), "{}", text(&refused.stderr));
    }
}

#[test]
fn a_new_scenario_passes_check_and_overwrites_nothing() {
    let folder = TempDir::new().unwrap();
    let home = folder.path();
    rungs(home).args(["new", "mine", "--lever", "skills_levy", "--lever", "adjust"]).assert().success();
    rungs(home).args(["check", "mine.toml"]).assert().success();
    let before = fs::read(home.join("mine.toml")).unwrap();
    rungs(home).args(["new", "mine.toml"]).assert().code(2);
    assert_eq!(fs::read(home.join("mine.toml")).unwrap(), before);
    let shown = rungs(home).arg("new").assert().success().get_output().clone();
    assert!(text(&shown.stdout).contains("extends"));
    let refused = rungs(home).args(["new", "--lever", "skils_levy"]).assert().code(2).get_output().clone();
    assert!(text(&refused.stderr).contains("did you mean \"skills_levy\"?"), "{}", text(&refused.stderr));
}

#[test]
fn every_verb_has_a_page_in_the_manual_and_none_is_overwritten() {
    let folder = TempDir::new().unwrap();
    let home = folder.path();
    rungs(home).args(["man", "--out", "pages"]).assert().success();
    let pages = names_in(&home.join("pages"));
    for page in ["rungs.1", "rungs-run.1", "rungs-compare.1", "rungs-explain.1", "rungs-man.1"] {
        assert!(pages.contains(&page.to_owned()), "{page} is not in {pages:?}");
    }
    rungs(home).args(["man", "--out", "pages"]).assert().code(2);
    let one = rungs(home).args(["man", "compare"]).assert().success().get_output().clone();
    assert!(text(&one.stdout).contains(".TH") && text(&one.stdout).contains("period"), "{}", text(&one.stdout));
    rungs(home).args(["man", "nothing"]).assert().code(2);
    let schema = rungs(home).arg("schema").assert().success().get_output().clone();
    let schema: serde_json::Value = serde_json::from_slice(&schema.stdout).unwrap();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
}

#[test]
fn assurance_is_worked_out_now_and_repeats_to_the_byte() {
    let folder = TempDir::new().unwrap();
    let home = folder.path();
    let assure = |out: &str| {
        let mut command = rungs(home);
        command.args(["assure", "--scale", "20000", "--years", "1", "--replicates", "2", "--quiet", "--out", out]);
        command.assert().success().get_output().clone()
    };
    let said = text(&assure("one").stdout);
    assert!(said.contains("holds") && !said.contains("DOES NOT HOLD"), "{said}");
    assert_eq!(names_in(&home.join("one")), ["assumptions.csv", "assurance.md", "qa.csv", "validation.csv"]);
    let file = |out: &str, name: &str| fs::read_to_string(home.join(out).join(name)).unwrap();
    let log = file("one", "assumptions.csv");
    let row = cells(&log, "separation,", &["unit", "numbers", "sources", "change", "replicates"]);
    assert_eq!((row[0][0].as_str(), row[0][1].as_str(), row[0][4].as_str()), ("hazard per month", "18", "2"));
    assert!(row[0][3].parse::<f64>().is_ok(), "{row:?}");
    assert!(log.contains("parts of a whole"), "what was not varied says why");
    let page = file("one", "assurance.md");
    for part in [
        "**Purpose.** Rungs is",
        "**Users.** It is for",
        "## Log of checks",
        "not run",
        "does not forecast",
        "`separation`",
    ] {
        assert!(page.to_lowercase().contains(&part.to_lowercase().replace('`', "")), "{part}");
    }
    assure("two");
    for name in ["assumptions.csv", "qa.csv", "validation.csv"] {
        assert_eq!(file("one", name), file("two", name), "{name}");
    }
    let mut again = rungs(home);
    again.args(["assure", "--quiet", "--out", "one"]).assert().code(2);
}

/// A copy of the built-in world.
fn copy_world(to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/uk")).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
    }
}

/// A policy that spends money from the run's first month, and one that spends it on something else.
const PLACES: &str = r#"
title = "More places"
extends = "baseline"
[[levers.apprenticeship_places]]
levels = ["level 2"]
places_per_year = 20000
source = "for a test"
"#;
const SUPPORT: &str = r#"
title = "More support"
extends = "baseline"
[[levers.local_partnership]]
agencies = ["education", "council"]
support_places = 100000
source = "for a test"
"#;

/// A folder with both policies in it.
fn with_policies() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("places.toml"), PLACES).unwrap();
    fs::write(folder.path().join("support.toml"), SUPPORT).unwrap();
    folder
}

/// The cells of the lines of a CSV file that start with `start`, at these columns.
fn cells(file: &str, start: &str, columns: &[&str]) -> Vec<Vec<String>> {
    let mut lines = file.lines();
    let header: Vec<&str> = lines.next().unwrap().split(',').collect();
    let at: Vec<usize> = columns.iter().map(|name| header.iter().position(|known| known == name).unwrap()).collect();
    let wanted = lines.filter(|line| line.starts_with(start));
    wanted.map(|line| at.iter().map(|at| line.split(',').nth(*at).unwrap().to_owned()).collect()).collect()
}

#[test]
fn policies_at_equal_cost_are_planned_to_cost_the_same_and_say_what_they_were_scaled_by() {
    let folder = with_policies();
    let run = |out: &str| {
        let mut command = rungs(folder.path());
        command
            .args(["run", "places.toml", "support.toml", "recession", "--equal-cost", "50", "--out", out])
            .args(SMALL);
        command.assert().success().get_output().clone()
    };
    let output = run("out");
    let (said, talk) = (text(&output.stdout), text(&output.stderr));
    assert!(said.contains("scaled to one budget: places x 0.5") && said.contains("support x "), "{said}");
    assert!(said.lines().count() <= 24 && said.contains("rungs compare out") && said.contains("--between"), "{said}");
    assert!(!said.to_lowercase().contains("best"), "{said}");
    let between = rungs(folder.path()).args(["compare", "out", "--between"]).assert().success().get_output().clone();
    assert!(text(&between.stdout).contains("between scenarios") && text(&between.stdout).contains("Bonferroni"));
    assert!(talk.contains("recession") && talk.contains("no lever that costs money"), "{talk}");
    let costs = fs::read_to_string(folder.path().join("out/costs.csv")).unwrap();
    for scenario in ["places,levers.", "support,levers."] {
        let planned = cells(&costs, scenario, &["basis", "year", "discounted_gbp_million", "mcse"]);
        let whole: Vec<&Vec<String>> = planned.iter().filter(|row| row[1] == "whole run").collect();
        assert_eq!((whole.len(), whole[0][0].as_str(), whole[0][3].as_str()), (1, "planned", ""));
        assert!((whole[0][2].parse::<f64>().unwrap() - 50.0).abs() < 1e-6, "{whole:?}");
    }
    let resolved = fs::read_to_string(folder.path().join("out/scenarios/places.toml")).unwrap();
    let manifest = fs::read(folder.path().join("out/manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
    let factor = manifest["scenarios"][1]["scaled_by"].as_f64().unwrap();
    assert!((factor - 0.5).abs() < 1e-9 && resolved.contains(&format!("full_strength = {factor}")), "{resolved}");
    run("again");
    assert!(contents(&folder.path().join("out")) == contents(&folder.path().join("again")));
    let shown = rungs(folder.path()).args(["compare", "out", "--costs"]).assert().success().get_output().clone();
    assert!(text(&shown.stdout).contains("take-up and knock-on"), "{}", text(&shown.stdout));
    assert!(text(&shown.stdout).contains("GBP per person-month out of NEET"), "{}", text(&shown.stdout));
}

#[test]
fn a_budget_that_cannot_be_spent_or_read_is_refused_before_anything_is_computed() {
    let folder = with_policies();
    for (budget, words) in [("900000", "at most"), ("nothing", "GBP million a year"), ("-3", "GBP million a year")] {
        let mut command = rungs(folder.path());
        command.args(["run", "places.toml", &format!("--equal-cost={budget}")]).args(SMALL);
        let output = command.assert().code(2).get_output().clone();
        assert!(text(&output.stderr).contains(words), "{}", text(&output.stderr));
    }
    assert_eq!(names_in(folder.path()), ["places.toml", "support.toml"]);
    let mut command = rungs(folder.path());
    command.args(["check", "places.toml", "support.toml", "--equal-cost", "first"]);
    let said = text(&command.assert().success().get_output().stdout);
    assert!(said.contains("planned to cost GBP 100 million a year, scaled by 1"), "{said}");
}

#[test]
fn replicates_are_added_until_the_precision_is_reached_and_the_rest_is_as_if_asked_for() {
    let folder = TempDir::new().unwrap();
    let run = |out: &str, flags: &[&str]| {
        let mut command = rungs(folder.path());
        command.args(["run", "recession", "--out", out]).args(&SMALL[..4]).args(&SMALL[6..]).args(flags);
        command.assert().success().get_output().clone()
    };
    let easy = run("easy", &["--replicates", "2", "--until-mcse", "neet_rate=0.5"]);
    assert!(text(&easy.stderr).contains("after 10 replicates, asked 0.5\n"), "{}", text(&easy.stderr));
    let hard = run("hard", &["--replicates", "2", "--until-mcse", "neet_rate=1e-12", "--max-replicates", "5"]);
    assert!(text(&hard.stderr).contains("after 5 replicates") && text(&hard.stderr).contains("not reached"));
    run("five", &["--replicates", "5"]);
    let file = |out: &str, name: &str| fs::read(folder.path().join(out).join(name)).unwrap();
    for name in ["series.parquet", "effects.csv", "costs.csv", "cost_effectiveness.csv"] {
        assert!(file("hard", name) == file("five", name), "{name}");
    }
    let manifest: serde_json::Value = serde_json::from_slice(&file("hard", "manifest.json")).unwrap();
    assert_eq!((manifest["status"].as_str(), manifest["replicates_kept"].as_u64()), (Some("complete"), Some(5)));
    assert_eq!(manifest["until"][0]["measure"], "neet_rate");
    rungs(folder.path()).args(["run", "recession", "--until-mcse", "happiness=1"]).assert().code(2);
    rungs(folder.path()).args(["run", "recession", "--max-replicates", "9"]).assert().code(2);
}

#[test]
fn a_half_width_that_is_asked_for_says_how_many_replicates_it_needs() {
    let folder = TempDir::new().unwrap();
    let mut command = rungs(folder.path());
    command.args(["run", "recession", "--out", "out", "--half-width", "neet_unemployed=0.0001"]).args(SMALL);
    let said = text(&command.assert().success().get_output().stdout);
    let line = said.lines().find(|line| line.contains("NEET and unemployed")).unwrap_or_default();
    assert!(line.contains("for ±0.010"), "{said}");
    let precision = fs::read_to_string(folder.path().join("out/precision.csv")).unwrap();
    let rows =
        cells(&precision, "recession,neet_unemployed,", &["half_width_wanted", "replicates_needed", "replicates"]);
    assert_eq!((rows.len(), rows[0][0].as_str(), rows[0][2].as_str()), (2, "0.0001", "3"));
    let needed: u32 = rows[0][1].parse().unwrap();
    let mut command = rungs(folder.path());
    command.args(["compare", "out", "--measure", "neet_unemployed", "--half-width", "neet_unemployed=0.0001"]);
    let said = text(&command.assert().success().get_output().stdout);
    assert!(said.replace(',', "").contains(&format!("{needed} for ±0.010")), "{needed} is not in\n{said}");
}

#[test]
fn everything_can_be_listed() {
    let folder = TempDir::new().unwrap();
    for (what, expected) in [
        ("conditions", "apprenticeship_places"),
        ("levers", "skills_levy"),
        ("measures", "neet_rate"),
        ("regions", "London"),
        ("scenarios", "innovation-generation"),
    ] {
        let output = rungs(folder.path()).args(["list", what]).assert().success().get_output().clone();
        assert!(text(&output.stdout).contains(expected), "{what}");
    }
    rungs(folder.path()).args(["list", "levers", "unobtainium"]).assert().code(2);
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_is_no_failure() {
    let program = assert_cmd::cargo::cargo_bin("rungs");
    let script = format!("set -o pipefail; {:?} list conditions | true", program.display().to_string());
    let output = std::process::Command::new("bash").args(["-c", &script]).output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_the_run_and_says_what_was_kept() {
    let folder = TempDir::new().unwrap();
    let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin("rungs"));
    command.current_dir(folder.path()).args([
        "run",
        "recession",
        "--out",
        "out",
        "--scale",
        "2000",
        "--replicates",
        "100",
    ]);
    let child = command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped()).spawn().unwrap();
    // the place for the results is claimed right before the simulation starts
    while names_in(folder.path()).is_empty() {
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    let killed = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(killed.success());
    let output = child.wait_with_output().unwrap();
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(130), "{said}");
    assert!(said.contains("stopped"), "{said}");
    if folder.path().join("out").exists() {
        let manifest = fs::read_to_string(folder.path().join("out/manifest.json")).unwrap();
        assert!(manifest.contains("\"stopped\"") && said.contains("are kept in"), "{said}");
    } else {
        assert!(said.contains("nothing was kept"), "{said}");
    }
}

/// The program at work in `folder`, with its status to be read.
#[cfg(unix)]
fn started(folder: &Path, arguments: &[&str]) -> std::process::Child {
    let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin("rungs"));
    command.current_dir(folder).args(arguments).stdout(std::process::Stdio::piped());
    command.stderr(std::process::Stdio::piped()).spawn().unwrap()
}

#[cfg(unix)]
fn signal(child: &std::process::Child, name: &str) {
    std::process::Command::new("kill").args([&format!("-{name}"), &child.id().to_string()]).status().unwrap();
}

#[cfg(unix)]
fn wait_for_a_moment() {
    std::thread::sleep(std::time::Duration::from_millis(20));
}

#[cfg(unix)]
#[test]
fn a_second_interrupt_loses_nothing_that_was_finished() {
    let folder = TempDir::new().unwrap();
    let run = ["run", "recession", "--out", "out", "--scale", "50000", "--replicates", "5000", "--years", "1"];
    let mut child = started(folder.path(), &run);
    while names_in(folder.path()).is_empty() {
        wait_for_a_moment();
    }
    std::thread::sleep(std::time::Duration::from_secs(4));
    while child.try_wait().unwrap().is_none() {
        signal(&child, "INT");
        wait_for_a_moment();
    }
    let output = child.wait_with_output().unwrap();
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(130), "{said}");
    assert_eq!(names_in(folder.path()), ["out"], "{said}");
    assert!(said.contains("are kept in out"), "{said}");
}

/// Waits until a process hears the signals that stop it.
#[cfg(unix)]
fn wait_until_it_listens(child: &std::process::Child) {
    /// Those of HUP, INT and TERM in the mask of signals that are caught.
    const HEARD: u64 = 1 | 1 << 1 | 1 << 14;
    let status = format!("/proc/{}/status", child.id());
    let mask = |text: String| {
        let caught = text.lines().find_map(|line| line.strip_prefix("SigCgt:"))?;
        u64::from_str_radix(caught.trim(), 16).ok()
    };
    for _ in 0..2_000 {
        match fs::read_to_string(&status).map(mask) {
            Ok(Some(caught)) if caught & HEARD == HEARD => return,
            Ok(_) => std::thread::sleep(std::time::Duration::from_millis(5)),
            // No such file on other systems.
            Err(_) => return std::thread::sleep(std::time::Duration::from_millis(300)),
        }
    }
}

#[cfg(unix)]
#[test]
fn a_signal_ends_verbs_with_nothing_to_keep_by_its_code_and_leaves_nothing_behind() {
    let folder = TempDir::new().unwrap();
    let run = ["run", "recession", "--quiet", "--out", "out", "--scale", "2000", "--years", "3", "--replicates", "3"];
    rungs(folder.path()).args(run).assert().success();
    let replay = ["replay", "out", "--scenario", "recession", "--replicate", "2", "--out", "again"];
    for (name, code) in [("INT", 130), ("TERM", 143), ("HUP", 129)] {
        let child = started(folder.path(), &["verify", "out", "--replicates", "3"]);
        wait_until_it_listens(&child);
        signal(&child, name);
        assert_eq!(child.wait_with_output().unwrap().status.code(), Some(code), "verify, {name}");
        let child = started(folder.path(), &replay);
        while names_in(folder.path()).len() == 1 {
            wait_for_a_moment();
        }
        signal(&child, name);
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(code), "replay, {name}: {}", text(&output.stderr));
        assert_eq!(names_in(folder.path()), ["out"]);
    }
}

/// Runs that would take minutes, each of which is to find at once that it can write nothing.
#[test]
fn what_cannot_be_written_is_found_before_anything_is_computed() {
    let folder = TempDir::new().unwrap();
    let home = folder.path();
    run(home, "done", &[]).assert().success();
    fs::write(home.join("file"), "x").unwrap();
    let study = "sensitivity --measure neet_rate --vary separation=0.7..1.4 --samples 500";
    let verbs = [
        ("run recession --scale 20 --replicates 50", ""),
        ("assure --scale 20", "qa.csv"),
        ("validate --scale 20", "validation.svg"),
        ("scale", "scale.csv"),
        (study, "neet_rate.svg"),
        ("calibrate", "fitted.csv"),
        ("replay done --scenario recession --replicate 1", ""),
        ("report done", ""),
        ("compare done done", ""),
        ("reference", "levers.md"),
        ("man", "rungs-run.1"),
    ];
    let before = names_in(home);
    let refused = |command: &str, out: &str, code: i32| {
        let arguments: Vec<&str> = command.split(' ').chain(["--out", out]).collect();
        let time = std::time::Duration::from_secs(60);
        let output = rungs(home).args(arguments).timeout(time).assert().code(code).get_output().clone();
        assert!(output.stdout.is_empty(), "{command}");
        assert!(text(&output.stderr).contains("error: "), "{command}");
        assert_eq!(names_in(home), before, "{command}");
        text(&output.stderr)
    };
    for (command, file) in verbs {
        if cfg!(target_os = "linux") {
            let said = refused(command, "/proc/x", 1);
            assert!(said.contains("/proc: cannot write there: "), "{said}");
        }
        let said = refused(command, "file/x", 2);
        assert!(said.contains("file: found something that is not a folder"), "{said}");
        if !file.is_empty() {
            let aim = home.join("aim");
            fs::create_dir_all(aim.join(file)).unwrap();
            let arguments = command.split(' ').chain(["--out", "aim", "--overwrite"]);
            let time = std::time::Duration::from_secs(60);
            let output = rungs(home).args(arguments).timeout(time).assert().code(2).get_output().clone();
            assert!(text(&output.stderr).contains("is a folder, expected a file"), "{command}");
            assert_eq!(names_in(&aim), [file]);
            fs::remove_dir_all(aim).unwrap();
        }
    }
}

#[test]
fn unknown_verbs_flags_and_shells_are_usage_errors() {
    let folder = TempDir::new().unwrap();
    for arguments in [&["simulate"][..], &["run", "--fast", "recession"], &["completions", "ksh"], &[], &["run"]] {
        rungs(folder.path()).args(arguments).assert().code(2);
    }
}

#[test]
fn help_has_examples_and_shells_can_complete() {
    let folder = TempDir::new().unwrap();
    for verb in ["run", "check", "compare", "explain", "new", "schema", "assure", "list", "completions", "man"] {
        let output = rungs(folder.path()).args([verb, "--help"]).assert().success().get_output().clone();
        assert!(text(&output.stdout).contains("Example"), "{verb}");
    }
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let output = rungs(folder.path()).args(["completions", shell]).assert().success().get_output().clone();
        assert!(text(&output.stdout).contains("rungs"), "{shell}");
    }
}

#[test]
fn a_report_comes_with_a_run_unless_left_out_and_is_never_put_over_other_files() {
    let folder = TempDir::new().unwrap();
    run(folder.path(), "out", &["--no-report"]).assert().success();
    assert!(!folder.path().join("out/report.html").exists());
    rungs(folder.path()).args(["report", "out"]).assert().success().stdout("out/report.html\n");
    let first = fs::read(folder.path().join("out/report.html")).unwrap();
    rungs(folder.path()).args(["report", "out"]).assert().success();
    fs::write(folder.path().join("mine.html"), "mine").unwrap();
    rungs(folder.path()).args(["report", "out", "--out", "mine.html"]).assert().code(2);
    assert_eq!(fs::read(folder.path().join("mine.html")).unwrap(), b"mine");
    rungs(folder.path()).args(["report", "out", "--out", "mine.html", "--overwrite"]).assert().success();
    assert_eq!(fs::read(folder.path().join("mine.html")).unwrap(), first);
    // what is not a report of ours stays, unless it is asked for
    fs::write(folder.path().join("out/report.html"), "notes").unwrap();
    let refused = rungs(folder.path()).args(["report", "out"]).assert().code(2).get_output().clone();
    assert!(text(&refused.stderr).contains("found something there already"), "{}", text(&refused.stderr));
    rungs(folder.path()).args(["report", "out", "--overwrite"]).assert().success();
    assert_eq!(fs::read(folder.path().join("out/report.html")).unwrap(), first);
    // a report belongs to its results: it does not keep them from being replaced
    run(folder.path(), "out", &["--overwrite"]).assert().success();
    assert_eq!(fs::read(folder.path().join("out/report.html")).unwrap(), first);
    rungs(folder.path()).args(["report", "nosuch"]).assert().code(2);
    fs::write(folder.path().join("out/summary.csv"), "x").unwrap();
    let refused = rungs(folder.path()).args(["report", "out"]).assert().code(2).get_output().clone();
    assert!(text(&refused.stderr).contains("changed after the run"));
    assert_eq!(names_in(&folder.path().join("out")).iter().filter(|name| name.starts_with('.')).count(), 0);
}

/// A world of twelve regions in a folder, with three published figures and a plan that frees two parameters.
fn small_world(folder: &Path) {
    world_of(12, &folder.join("world"));
}

/// Settings that make a look at the baseline take a moment.
const QUICK: [&str; 6] = ["--scale", "20000", "--replicates", "2", "--years", "1"];

#[test]
fn validation_says_what_is_missed_in_its_table_and_by_its_exit_code() {
    let folder = TempDir::new().unwrap();
    small_world(folder.path());
    let validate = |flags: &[&str]| {
        let mut command = rungs(folder.path());
        command.args(["validate", "--world", "world", "--quiet"]).args(QUICK).args(flags);
        command.output().unwrap()
    };
    let one = validate(&["--threads", "1", "--out", "first"]);
    let two = validate(&["--threads", "2", "--out", "second"]);
    assert_eq!(String::from_utf8_lossy(&one.stdout), String::from_utf8_lossy(&two.stdout));
    for name in ["validation.csv", "validation.svg"] {
        let read = |out: &str| fs::read(folder.path().join(out).join(name)).unwrap();
        assert_eq!(read("first"), read("second"));
    }
    let table = fs::read_to_string(folder.path().join("first/validation.csv")).unwrap();
    let missed = table.lines().any(|line| line.contains(",fitted,") && line.contains(",miss,"));
    assert_eq!(one.status.code(), Some(if missed { 4 } else { 0 }), "{table}");
    let said = String::from_utf8_lossy(&one.stdout).into_owned();
    assert!(said.contains("everywhere") && said.contains("fitted: ") && said.contains("out-of-sample: "), "{said}");
    assert_eq!(validate(&["--out", "first"]).status.code(), Some(2));
}

#[test]
fn how_levels_depend_on_the_scale_is_measured_and_replaced_only_when_asked() {
    let folder = TempDir::new().unwrap();
    let said = |output: &std::process::Output| String::from_utf8_lossy(&output.stderr).into_owned();
    let small = ["--scales", "5000,20000", "--replicates", "4", "--years", "1", "--quiet", "--out", "table"];
    let scale = |flags: &[&str]| rungs(folder.path()).arg("scale").args(small).args(flags).output().unwrap();
    let first = scale(&["--threads", "1"]);
    assert!(first.status.success(), "{}", said(&first));
    let file = fs::read(folder.path().join("table/scale.csv")).unwrap();
    assert_eq!(first.stdout, file);
    let text = String::from_utf8(file).unwrap();
    assert!(text.starts_with("measure,region,scale,level,bias,mcse,world\n"), "{text}");
    // Four measures, for everybody and in twelve regions; of others those whose bias is told from chance.
    let of = |key: &str| text.lines().filter(|line| line.starts_with(&format!("{key},"))).count();
    assert_eq!([of("neet_rate"), of("apprenticeship_starts"), of("youth_unemployment"), of("employment.30")], [13; 4]);
    assert!(text.lines().filter(|line| !line.contains(",all,")).count() <= 1 + 4 * 12, "{text}");
    assert_eq!(scale(&[]).status.code(), Some(2), "it is there already");
    assert_eq!(scale(&["--threads", "2", "--overwrite"]).stdout, first.stdout);
    let unsorted = rungs(folder.path()).args(["scale", "--scales", "500,100"]).output().unwrap();
    assert_eq!((unsorted.status.code(), unsorted.stdout.len()), (Some(2), 0));
    assert!(said(&unsorted).contains("--scales"), "{}", said(&unsorted));
}

#[test]
fn a_scale_table_of_another_world_or_with_mistakes_is_remarked_on_and_stops_no_run() {
    let folder = TempDir::new().unwrap();
    small_world(folder.path());
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/uk/scale.csv");
    let table = fs::read_to_string(shipped).unwrap();
    let own = folder.path().join("world/scale.csv");
    let verb = |arguments: &[&str]| {
        let output =
            rungs(folder.path()).args(arguments).args(["recession", "--world", "world"]).args(SMALL).output().unwrap();
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    fs::write(&own, &table).unwrap();
    for arguments in [&["check"][..], &["run", "--no-report", "--out", "one"]] {
        let (code, said) = verb(arguments);
        assert_eq!(code, Some(0), "{said}");
        assert!(said.contains("measured on other figures or regions") && !said.contains("note:"), "{said}");
    }
    // the same table with the world's own digest names regions that are not there
    let measured = rungs(folder.path())
        .args(["scale", "--world", "world", "--scales", "20000,50000", "--replicates", "2", "--years", "1"])
        .args(["--quiet", "--out", "measured"])
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&measured.stdout).into_owned();
    let digest = text.lines().nth(1).unwrap().rsplit(',').next().unwrap().to_owned();
    fs::write(&own, table.replace(table.lines().nth(1).unwrap().rsplit(',').next().unwrap(), &digest)).unwrap();
    let (code, said) = verb(&["run", "--no-report", "--out", "two"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("scale.csv: found mistakes") && said.contains("`rungs check` shows them"), "{said}");
    let (code, said) = verb(&["check"]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("scale.csv:10:") && said.contains("\"North East\""), "{said}");
}

#[test]
fn a_mistake_in_a_published_figure_is_shown_at_its_cell() {
    let folder = TempDir::new().unwrap();
    small_world(folder.path());
    let targets = folder.path().join("world/targets.csv");
    let text = fs::read_to_string(&targets).unwrap().replace("neet_rate,all", "neet_rat,all");
    fs::write(&targets, text).unwrap();
    let found = rungs(folder.path()).args(["validate", "--world", "world"]).output().unwrap();
    let said = String::from_utf8_lossy(&found.stderr).into_owned();
    assert_eq!(found.status.code(), Some(2));
    assert!(said.contains("targets.csv:2:") && said.contains("did you mean \"neet_rate"), "{said}");
}

#[test]
fn a_calibration_gives_the_same_bytes_again_and_its_world_loads() {
    let folder = TempDir::new().unwrap();
    small_world(folder.path());
    let calibrate = |out: &str, threads: &str| {
        let mut command = rungs(folder.path());
        command.args(["calibrate", "--world", "world", "--quiet", "--out", out, "--threads", threads]);
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    };
    calibrate("one", "1");
    calibrate("two", "2");
    // What is remembered is not simulated again, and nothing else comes out.
    fs::create_dir(folder.path().join("three")).unwrap();
    fs::copy(folder.path().join("one/.evaluations.csv"), folder.path().join("three/.evaluations.csv")).unwrap();
    calibrate("three", "2");
    for name in ["fitted.csv", "ensemble.csv", "calibration-parameters.csv", "calibration-identification.csv"] {
        let read = |out: &str| fs::read(folder.path().join(out).join(name)).unwrap();
        assert!(!read("one").is_empty());
        assert_eq!(read("one"), read("two"), "{name}");
        assert_eq!(read("one"), read("three"), "{name}");
        fs::copy(folder.path().join("one").join(name), folder.path().join("world").join(name)).unwrap();
    }
    let mut command = rungs(folder.path());
    command.args(["run", "recession", "--world", "world", "--quiet", "--out", "doubt"]).args(SMALL);
    command.args(["--parameters", "ensemble", "--members", "2"]).assert().success();
    let doubt = fs::read_to_string(folder.path().join("doubt/uncertainty.csv")).unwrap();
    assert!(
        doubt.lines().any(|line| line.starts_with("recession,neet_rate,") && line.contains("whole run")),
        "{doubt}"
    );
    // costs too say how sure they are of parameters
    for (name, columns) in [
        ("uncertainty_costs.csv", "gbp_million_error,gbp_million_total_low95"),
        ("uncertainty_cost_effectiveness.csv", "gained_error,gained_total_low95"),
    ] {
        let text = fs::read_to_string(folder.path().join("doubt").join(name)).unwrap();
        assert!(text.lines().next().unwrap().contains(columns), "{text}");
        assert!(text.lines().skip(1).all(|line| line.ends_with(",2")), "{text}");
    }
    let shown = rungs(folder.path()).args(["compare", "doubt", "--costs"]).assert().success();
    let shown = String::from_utf8_lossy(&shown.get_output().stdout).replace('\n', " ");
    assert!(shown.contains("together, of 2 sets of parameters"), "{shown}");
    rungs(folder.path()).args(["verify", "doubt"]).assert().success();
    let manifest = fs::read_to_string(folder.path().join("doubt/manifest.json")).unwrap();
    assert!(manifest.contains("uncertainty.csv") && manifest.contains("fitted.csv"));
}

#[test]
fn sensitivity_ranks_parameters_and_says_what_it_does_not_know() {
    let folder = TempDir::new().unwrap();
    let sensitivity = |flags: &[&str]| {
        let mut command = rungs(folder.path());
        command.args(["sensitivity", "--quiet", "--measure", "neet_rate", "--samples", "2"]).args(QUICK).args(flags);
        command.output().unwrap()
    };
    let varied = ["--vary", "separation=0.7..1.4", "--vary", "pay_spread=0.7..1.4"];
    let found = sensitivity(&[&varied[..], &["--out", "screen"]].concat());
    assert_eq!(found.status.code(), Some(0), "{}", String::from_utf8_lossy(&found.stderr));
    let table = fs::read_to_string(folder.path().join("screen/sensitivity.csv")).unwrap();
    // Pay acts on nothing but pay: its effect is nothing, exactly.
    assert!(
        table.lines().any(|line| line.starts_with("neet_rate,share,pay_spread,morris,mu_star,0.0,0.0,")),
        "{table}"
    );
    assert!(folder.path().join("screen/neet_rate.svg").exists());
    let grouped = sensitivity(&[&varied[..], &["--method", "sobol", "--group", "both=separation,pay_spread"]].concat());
    assert_eq!(grouped.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&grouped.stdout).contains("both"));
    let mistyped = sensitivity(&["--vary", "seperation=0.7..1.4"]);
    assert_eq!(mistyped.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&mistyped.stderr).contains("did you mean \"separation\"?"));
}

#[test]
fn sensitivity_of_an_effect_varies_the_settings_of_a_lever() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("policy.toml"), POLICY.replace("support_unit_cost", "separation")).unwrap();
    let mut command = rungs(folder.path());
    command.args(["sensitivity", "policy.toml", "--quiet", "--effect", "--measure", "neet_rate", "--samples", "2"]);
    command.args(QUICK).args(["--vary", "levers.adjust[0].scale=1.0..1.5"]);
    let found = command.output().unwrap();
    assert_eq!(found.status.code(), Some(0), "{}", String::from_utf8_lossy(&found.stderr));
    assert!(String::from_utf8_lossy(&found.stdout).contains("levers.adjust[0].scale"));
}

#[test]
fn a_replicate_repeats_to_the_byte_from_its_folder_alone() {
    let folder = TempDir::new().unwrap();
    run(folder.path(), "out", &[]).assert().success();
    let replay = |flags: &[&str]| {
        let mut command = rungs(folder.path());
        command.args(["replay", "out"]).args(flags);
        command
    };
    for (scenario, replicate) in [("baseline", "1"), ("recession", "2"), ("innovation-generation", "3")] {
        let done = replay(&["--scenario", scenario, "--replicate", replicate]).assert().success();
        let said = text(&done.get_output().stdout);
        assert!(said.starts_with(&format!("replicate {replicate} of {scenario}: equal\n")), "{said}");
        assert_eq!(said.matches("the same rows").count(), 2, "{said}");
    }
    replay(&["--scenario", "recession", "--replicate", "2", "--out", "second"]).assert().success();
    let effects = text(&fs::read(folder.path().join("second/effects.csv")).unwrap());
    assert!(effects.lines().skip(1).all(|line| line.starts_with("recession,")), "one scenario beside the baseline");
    rungs(folder.path()).args(["verify", "second", "--quiet"]).assert().success();
}

#[test]
fn a_replicate_that_is_not_there_is_refused_with_those_that_are() {
    let folder = TempDir::new().unwrap();
    run(folder.path(), "out", &[]).assert().success();
    let refused = |flags: &[&str], expected: &str| {
        let done = rungs(folder.path()).args(["replay", "out"]).args(flags).assert().code(2);
        let said = text(&done.get_output().stderr);
        assert!(said.contains(expected) && done.get_output().stdout.is_empty(), "{said}");
    };
    let expected =
        "--scenario: found \"boom\", expected one of those in out: baseline, recession, innovation-generation";
    refused(&["--scenario", "boom", "--replicate", "1"], expected);
    refused(
        &["--scenario", "recession", "--replicate", "4"],
        "--replicate: found 4, expected one of those in out: 1 to 3",
    );
    refused(&["--scenario", "recession", "--replicate", "0"], "--replicate: found 0");
    rungs(folder.path()).args(["replay", "nosuch", "--scenario", "a", "--replicate", "1"]).assert().code(2);
}

/// Puts `after` in place of `before` in a file of results, and makes the manifest agree as far as hashes go.
fn forge(run: &Path, file: &str, before: &str, after: &str) {
    let old = fs::read_to_string(run.join(file)).unwrap();
    assert!(old.contains(before), "{file} holds no {before}");
    let new = old.replacen(before, after, 1);
    fs::write(run.join(file), &new).unwrap();
    let hash = rungs::folder::hash::sha256;
    let manifest = fs::read_to_string(run.join("manifest.json")).unwrap();
    let manifest = manifest.replace(&hash(old.as_bytes()), &hash(new.as_bytes()));
    let seal = manifest.rfind("\"seal\": \"").unwrap() + 9;
    let open = format!("{}{}", &manifest[..seal], &manifest[seal + 64..]);
    let sealed = format!("{}{}{}", &manifest[..seal], hash(open.as_bytes()), &manifest[seal + 64..]);
    fs::write(run.join("manifest.json"), sealed).unwrap();
}

#[test]
fn a_run_of_another_version_or_world_is_not_repeated() {
    let folder = TempDir::new().unwrap();
    run(folder.path(), "out", &[]).assert().success();
    let out = folder.path().join("out");
    let flags = ["replay", "out", "--scenario", "recession", "--replicate", "1"];
    let refused = |expected: &str| {
        let said = text(&rungs(folder.path()).args(flags).assert().code(2).get_output().stderr);
        assert!(said.contains(expected), "{said}");
    };
    let manifest = fs::read_to_string(out.join("manifest.json")).unwrap();
    let own = format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"));
    fs::write(out.join("manifest.json"), manifest.replacen(&own, "\"version\": \"0.0.9\"", 1)).unwrap();
    refused("found results of Rungs 0.0.9");
    fs::write(out.join("manifest.json"), &manifest).unwrap();
    fs::write(out.join("world/more.csv"), "x").unwrap();
    refused("more.csv");
    fs::remove_file(out.join("world/more.csv")).unwrap();
    let jobs = fs::read_to_string(out.join("world/jobs.csv")).unwrap();
    fs::write(out.join("world/jobs.csv"), format!("{jobs}\n")).unwrap();
    refused("the file was changed after the run");
    fs::write(out.join("world/jobs.csv"), &jobs).unwrap();
    rungs(folder.path()).args(flags).assert().success();
}

#[test]
fn verify_finds_a_sound_run_sound_and_names_what_was_forged() {
    let folder = TempDir::new().unwrap();
    run(folder.path(), "out", &["--format", "csv"]).assert().success();
    let verify = |flags: &[&str]| {
        let mut command = rungs(folder.path());
        command.args(["verify", "out", "--quiet"]).args(flags);
        command
    };
    let said = text(&verify(&["--replicates", "2"]).assert().success().get_output().stdout);
    assert_eq!(said.matches("all as the run left them").count(), 4, "{said}");
    let out = folder.path().join("out");
    let whole = |name: &str| (out.join(name), fs::read(out.join(name)).unwrap());
    let untouched =
        [whole("manifest.json"), whole("costs.csv"), whole("scenarios/recession.toml"), whole("series.csv")];
    let restore = || untouched.iter().for_each(|(path, bytes)| fs::write(path, bytes).unwrap());
    let named = |expected: &[&str]| {
        let said = text(&verify(&[]).assert().code(1).get_output().stdout);
        expected.iter().for_each(|expected| assert!(said.contains(expected), "no {expected:?} in {said}"));
    };
    fs::write(out.join("costs.csv"), "scenario\n").unwrap();
    named(&["changed    costs.csv: found SHA-256"]);
    restore();
    forge(&out, "costs.csv", "gross", "gr0ss");
    named(&["files hashed: all as", "unfounded  costs.csv: found SHA-256"]);
    restore();
    forge(&out, "scenarios/recession.toml", "seed = 20241205", "seed = 20241206");
    named(&["unfounded  scenarios/recession.toml: found other run settings"]);
    restore();
    forge(&out, "scenarios/recession.toml", "job_loss_ratio = 1.4", "job_loss_ratio = 3.4");
    named(&["unfounded  series.parquet: found a replicate", "of recession"]);
    restore();
    verify(&[]).assert().success();
    rungs(folder.path()).args(["report", "out"]).assert().success();
    verify(&[]).assert().success();
}

#[test]
fn a_panel_is_of_the_same_people_in_every_scenario_whatever_the_threads_and_repeats() {
    let folder = TempDir::new().unwrap();
    for threads in ["1", "3"] {
        let flags = ["--panel", "0.2", "--threads", threads];
        run(folder.path(), &format!("on-{threads}"), &flags).assert().success();
    }
    let panel = |name: &str| fs::read(folder.path().join(name).join("panel.parquet")).unwrap();
    assert!(panel("on-1") == panel("on-3") && panel("on-1").len() > 1_000);
    let others = |name: &str| {
        let mut files = contents(&folder.path().join(name));
        ["panel.parquet", "manifest.json", "report.html"].iter().for_each(|file| drop(files.remove(*file)));
        files
    };
    run(folder.path(), "without", &[]).assert().success();
    assert!(others("on-1") == others("without"), "a panel changes no other result");
    let replay = ["replay", "on-1", "--scenario", "recession", "--replicate", "2"];
    let said = text(&rungs(folder.path()).args(replay).assert().success().get_output().stdout);
    assert!(said.contains("panel.parquet: the same rows"), "{said}");
    rungs(folder.path()).args(["verify", "on-1", "--quiet"]).assert().success();
    for wrong in ["0", "-1", "1.5", "some", "NaN"] {
        run(folder.path(), "never", &[&format!("--panel={wrong}")]).assert().code(2);
    }
}

#[test]
fn a_life_is_printed_month_by_month() {
    let folder = TempDir::new().unwrap();
    run(folder.path(), "out", &[]).assert().success();
    let replay = |flags: &[&str]| {
        let mut command = rungs(folder.path());
        command.args(["replay", "out", "--scenario", "recession", "--replicate", "2", "--person"]).args(flags);
        command
    };
    let done = replay(&["2009-TLC-0"]).assert().success();
    let life = text(&done.get_output().stdout);
    assert!(life.starts_with("2009-TLC-0: ") && life.contains("compulsory schooling") && life.contains("2024-09"));
    assert!(text(&done.get_output().stderr).starts_with("replicate 2 of recession: equal\n"));
    let csv = text(&replay(&["2009-TLC-0", "--csv"]).assert().success().get_output().stdout);
    assert!(csv.starts_with("month,age,doing,region,"), "{csv}");
    assert!(csv.lines().count() > 24, "{csv}");
    let refused = |person: &str, expected: &str| {
        let said = text(&replay(&[person]).assert().code(2).get_output().stderr);
        assert!(said.contains(expected), "{said}");
    };
    refused("2009-TLC-99999", "found nobody named \"2009-TLC-99999\" in replicate 2 of recession");
    refused("somebody", "--person: found \"somebody\", expected cohort, region and number such as 2009-TLC-42");
}

#[test]
fn groups_have_one_period_unless_all_are_asked_for() {
    let folder = TempDir::new().unwrap();
    run(folder.path(), "brief", &[]).assert().success();
    run(folder.path(), "all", &["--all-periods"]).assert().success();
    let rows = |name: &str, file: &str| {
        let text = text(&fs::read(folder.path().join(name).join(file)).unwrap());
        text.lines().skip(1).map(str::to_owned).collect::<Vec<String>>()
    };
    for file in ["summary.csv", "effects.csv", "structure_fluidity.csv"] {
        let (brief, all) = (rows("brief", file), rows("all", file));
        let is_of_everybody = |row: &String| row.contains(",all,,all,all,");
        // the means of a policy in a group are the baseline's and the effect
        let is_in_effects = |row: &String| file == "summary.csv" && !row.starts_with("baseline,");
        let kept = |row: &&String| is_of_everybody(row) || (row.contains(",last 12 months,") && !is_in_effects(row));
        assert_eq!(brief.iter().collect::<Vec<_>>(), all.iter().filter(kept).collect::<Vec<_>>(), "{file}");
        assert!(brief.len() < all.len() && brief.iter().any(|row| !is_of_everybody(row)), "{file}");
    }
    rungs(folder.path()).args(["verify", "all", "--quiet"]).assert().success();
    let compare = |name: &str| {
        let mut command = rungs(folder.path());
        command.args(["compare", name, "--measure", "neet_rate", "--region", "each", "--period", "whole run"]);
        command
    };
    compare("all").assert().success();
    let said = text(&compare("brief").assert().code(2).get_output().stderr);
    assert!(said.contains("--all-periods"), "{said}");
}
