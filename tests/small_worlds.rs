//! Every verb in worlds of few and of many regions.

#![expect(clippy::unwrap_used, reason = "a test may fail here")]

mod worlds;

use assert_cmd::Command;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// What a command says on stdout; it must not crash, and must end with one of these codes.
fn said(folder: &Path, command: &str, codes: &[i32]) -> String {
    let mut rungs = Command::cargo_bin("rungs").unwrap();
    let output = rungs.current_dir(folder).args(command.split(' ')).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (out, error) = (text(&output.stdout), text(&output.stderr));
    let code = output.status.code();
    assert!(code.is_some_and(|code| codes.contains(&code)), "rungs {command}: {code:?}\n{out}\n{error}");
    out
}

/// Runs every verb that reads a world or results in a world of so many regions.
fn every_verb_in_a_world_of(regions: usize, scale: u32) {
    let home = TempDir::new().unwrap();
    let folder = home.path();
    worlds::world_of(regions, &folder.join("world"));
    let small = format!("--world world --years 1 --replicates 2 --scale {scale}");
    let fine = |command: &str| said(folder, command, &[0]);
    fs::write(folder.join("policy.toml"), POLICY).unwrap();
    fine(&format!("check policy.toml {small}"));
    fine(&format!("run policy.toml {small} --out one --panel 0.1 --format csv --all-periods"));
    fine(&format!("run policy.toml further-education {small} --out two --set run.start=2027-01 --equal-cost first"));
    for flags in
        ["", " --region each", " --costs", " --region each --basis upbringing", " --measure regional_gap.neet_rate"]
    {
        fine(&format!("compare one{flags}"));
    }
    fine("compare two --between");
    fine("compare one one --out outcomes.csv --inputs inputs.csv");
    fine("verify one");
    fine("replay one --scenario policy --replicate 2");
    fine("replay one --scenario policy --replicate 1 --person 2009-R1-0");
    said(folder, &format!("validate {small} --out validation"), &[0, 4]);
    fine("report one --out page.html --validation validation/validation.csv --against one");
    fine("report one --out page.md");
    fine(&format!("sensitivity {small} --measure neet_rate --quiet --vary separation=0.7..1.4 --samples 2"));
    let study = format!("sensitivity policy.toml {small} --quiet --effect --measure neet_rate --samples 2");
    fine(&format!("{study} --vary levers.shock[0].posts_ratio=0.8..0.95 --out study"));
    fine(&format!("assure {small} --out assured"));
    fine(&format!("scale --world world --years 1 --replicates 2 --scales {},{scale} --out scales", scale / 2));
    fine("new mine --world world --lever local_partnership");
    fine("check mine.toml --world world");
    fine("explain move_flow --world world");
    fine("list regions --world world");
    fine("calibrate --world world --out fit");
    for name in ["fitted.csv", "ensemble.csv"] {
        fs::copy(folder.join("fit").join(name), folder.join("world").join(name)).unwrap();
    }
    fs::copy(folder.join("scales/scale.csv"), folder.join("world/scale.csv")).unwrap();
    fine(&format!("run policy.toml {small} --out three --parameters ensemble --members 2"));
    fine("verify three");
    fine("compare three");
    fine("compare one three");
    fine("report three --out three.html");
    if regions <= 13 {
        fine(&format!("{study} --vary levers.shock[0].posts_ratio=0.8..0.95 --method sobol"));
        fine(&format!("run policy.toml {small} --out four --until-mcse neet_rate=0.5 --max-replicates 4"));
        fine("compare three four");
    }
    let page = fs::read_to_string(folder.join("one/report.html")).unwrap();
    let is_one = regions == 1;
    assert_eq!(page.contains("id=\"map\""), !is_one, "a map is of several regions");
    assert_eq!(page.contains("Regional gap"), !is_one, "a gap is between regions");
}

const POLICY: &str = r#"
title = "More of everything"
extends = "baseline"
[[levers.shock]]
posts_ratio = 0.9
source = "for a test"
[[levers.apprenticeship_places]]
levels = ["level 2"]
places_per_year = 2000
regions = ["Region 1"]
source = "for a test"
"#;

#[test]
fn every_verb_works_in_a_world_of_one_region() {
    every_verb_in_a_world_of(1, 5_000);
}

#[test]
fn every_verb_works_in_a_world_of_two_regions() {
    every_verb_in_a_world_of(2, 10_000);
}

#[test]
fn every_verb_works_in_a_world_of_thirteen_regions() {
    every_verb_in_a_world_of(13, 50_000);
}

#[test]
fn every_verb_works_in_a_world_of_forty_one_regions() {
    every_verb_in_a_world_of(41, 200_000);
}

#[test]
fn every_verb_works_in_a_world_of_250_regions() {
    every_verb_in_a_world_of(250, 1_000_000);
}
