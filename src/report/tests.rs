//! The report of a small run, with and without the tables that only some runs hold.

use super::html;
use crate::money::Money;
use crate::output::testing::results;
use crate::output::{Overwrite, Results, Saved, claim};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::Path;

/// Writes `results`, adds `tables` as a later version of the run would, and reads it all back.
fn saved(home: &Path, results: &Results, tables: &[(&str, &str)]) -> Saved {
    let folder = home.join("run");
    claim(&folder, Overwrite::Refuse).unwrap().write(results, &[]).unwrap();
    let path = folder.join("manifest.json");
    let mut manifest: serde_json::Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    for (name, text) in tables {
        fs::write(folder.join(name), text).unwrap();
        let hash: String = Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
        manifest["files"][*name] = hash.into();
    }
    fs::write(&path, manifest.to_string()).unwrap();
    Saved::load(&folder).unwrap()
}

fn report(results: &Results, tables: &[(&str, &str)]) -> String {
    let home = tempfile::tempdir().unwrap();
    html(&saved(home.path(), results, tables)).unwrap()
}

const SECTIONS: [&str; 11] = [
    "answer",
    "trajectories",
    "effects",
    "map",
    "ages",
    "mobility",
    "movers",
    "money",
    "fit",
    "assumptions",
    "provenance",
];

#[test]
fn every_section_is_there_and_says_what_the_run_does_not_hold() {
    let page = report(&results(), &[]);
    for id in SECTIONS {
        assert!(page.contains(&format!("<section id=\"{id}\"")), "{id}");
    }
    for missing in ["no flow diagram", "no validation.csv", "add &quot;origin&quot; to run.by"] {
        assert!(page.contains(missing), "{missing}");
    }
    assert!(page.contains("Simulated under these assumptions, not a forecast"));
    assert!(page.contains("Intervals from fewer than 5 replicates are unreliable."));
}

#[test]
fn a_table_shows_the_hand_worked_effect_with_its_interval() {
    // 0.25 -> 0.20 and 0.35 -> 0.26 in the first year: -7 points, mcse 2, t 12.706
    let page = report(&results(), &[]);
    assert!(page.contains("−7.0 <i>not clear</i> <small>−32.4 to +18.4</small>"), "{page}");
    assert!(page.contains("30% <small>"), "the baseline's level is there too");
}

#[test]
fn a_region_is_a_tile_with_its_code() {
    let page = report(&results(), &[]);
    assert!(page.contains("by region of residence."));
    assert!(page.contains("aria-label=\"Map of NEET rate, 16-24 in the baseline; the table below has the numbers\""));
}

#[test]
fn costs_and_what_they_buy_are_shown_with_their_errors() {
    let page = report(&results(), &[]);
    for shown in [
        "<th scope=\"row\">levers.skills_levy[0]</th><td>planned</td><td>10",
        "12.0 <small>5.7 to 18.4</small>",
        "person-month out of NEET, 16-24",
        "30,800 <small>28,000 to 34,000</small>",
        "– <i>not estimable</i>",
        "25, against the baseline; discounted at 3.5% a year",
    ] {
        assert!(page.contains(shown), "{shown}");
    }
}

#[test]
fn who_moved_and_who_was_displaced_is_shown_by_group() {
    // of four people one is displaced in both replicates; the last moves up in one
    let page = report(&results(), &[]);
    for shown in
        ["<th scope=\"row\">everybody</th>", "in a job, working class, in the baseline", "NEET in the baseline"]
    {
        assert!(page.contains(shown), "{shown}");
    }
}

#[test]
fn published_figures_that_a_run_holds_are_shown_misses_included() {
    let fit = "target,unit,period,source,use,published,low,high,simulated,mcse,replicates,verdict\n\
               NEET rate,per cent,2024,ONS,kept back,13.6,12.9,14.3,15.1,0.02,5,miss\n";
    let page = report(&results(), &[("validation.csv", fit)]);
    for shown in ["<td>miss</td>", "kept back"] {
        assert!(page.contains(shown), "{shown}");
    }
}

#[test]
fn a_table_that_changed_after_the_run_or_lacks_a_column_is_refused() {
    let home = tempfile::tempdir().unwrap();
    let run = saved(home.path(), &results(), &[("validation.csv", "target,unit\n")]);
    let message = html(&run).unwrap_err().to_string();
    assert!(message.contains("validation.csv") && message.contains("expected \"published\""), "{message}");
    fs::write(run.folder.join("validation.csv"), "target\n").unwrap();
    assert!(html(&run).unwrap_err().to_string().contains("changed after the run"));
}

#[test]
fn routes_of_each_origin_are_a_flow() {
    let home = tempfile::tempdir().unwrap();
    let run = saved(home.path(), &results(), &[]);
    let mut summary = fs::read_to_string(run.folder.join("summary.csv")).unwrap();
    for origin in ["higher professional", "lower working"] {
        for (route, share) in [("academic", 0.75), ("apprenticeship", 0.25)] {
            let place = format!("all,,{origin},all,last 12 months,12");
            summary += &format!("baseline,route_share.{route}.30,share,{place},{share},0.01,0.005,,,,2\n");
        }
    }
    fs::remove_dir_all(&run.folder).unwrap();
    let page = html(&saved(home.path(), &results(), &[("summary.csv", &summary)])).unwrap();
    assert!(page.contains(">Before: Title of baseline<") && page.contains(">After: Title of =levy<"));
    assert!(page.contains("lower working origin, apprenticeship, at 30</th><td>25.0%"), "{page}");
}

#[test]
fn equal_runs_have_equal_reports_whatever_the_clock_said() {
    let (first, mut slower) = (results(), results());
    slower.timings.wall_seconds = 99.0;
    assert_eq!(report(&first, &[]), report(&slower, &[]));
}

#[test]
fn one_replicate_and_a_baseline_alone_have_reports_that_claim_nothing() {
    let mut single = results();
    single.outcomes.truncate(1);
    single.who_moved.truncate(1);
    single.replicate_numbers.truncate(1);
    single.replicates_asked = 1;
    let page = report(&single, &[]);
    assert!(page.contains("nothing in this report can be called clear") && !page.contains("<i>better</i>"));
    let mut alone = results();
    alone.scenarios.truncate(1);
    alone.outcomes.iter_mut().for_each(|runs| runs.truncate(1));
    alone.who_moved.iter_mut().for_each(|runs| runs.truncate(1));
    alone.money = Money::default();
    assert!(report(&alone, &[]).contains("This run has a baseline alone"));
}
