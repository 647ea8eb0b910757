//! The report of a small run, with and without the tables that only some runs hold.

use super::html;
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
    for missing in [
        "no flow diagram",
        "no who_moved.csv",
        "no costs.csv",
        "no cost_effectiveness.csv",
        "no validation.csv",
        "add &quot;origin&quot; to run.by",
    ] {
        assert!(page.contains(missing), "{missing}");
    }
    assert!(page.contains("Simulated under these assumptions, not a forecast"));
    assert!(page.contains("Intervals from fewer than 5 replicates are unreliable."));
}

#[test]
fn a_table_shows_the_hand_worked_effect_with_its_interval() {
    // 0.25 -> 0.20 and 0.35 -> 0.26 in the first year: -7 points, mcse 2, t 12.706
    let page = report(&results(), &[]);
    assert!(page.contains("−7.0 <small>−32.4 to +18.4</small> <i>not clear</i>"), "{page}");
    assert!(page.contains("30% <small>"), "the baseline's level is there too");
}

#[test]
fn a_region_is_a_tile_with_its_code() {
    let page = report(&results(), &[]);
    assert!(page.contains("by region people live in: N North."));
    assert!(page.contains("aria-label=\"Map of NEET rate, 16-24 in the baseline; the table below has the numbers\""));
}

#[test]
fn tables_that_a_run_holds_are_shown() {
    let movers = "scenario,region,region_basis,origin,sex,age_band,qualification,doing,change,people,share,mcse,low95,high95,replicates\n\
                  '=levy,all,,all,all,all,all,all,moved up,1234,0.0123,0.0003,0.0117,0.0129,2\n\
                  '=levy,all,,all,all,all,all,employed,displaced,200,0.002,0.0002,0.0016,0.0024,2\n";
    let costs = "scenario,item,basis,year,months,price_year,gbp_million,mcse,low95,high95,discounted_gbp_million,discounted_mcse,\
                 discounted_low95,discounted_high95,replicates\n\
                 '=levy,gross,simulated,whole run,24,2024/25,98.76,3,92,105,90,3,84,96,2\n";
    let gains = "scenario,gain,cost,price_year,gained,gained_mcse,gained_low95,gained_high95,gbp_per_gain,gbp_per_gain_low95,\
                 gbp_per_gain_high95,verdict,replicates\n\
                 '=levy,upward_move.25,net,2024/25,5000,100,4800,5200,9876,9200,10500,estimated,2\n";
    let fit = "target,unit,period,source,use,published,low,high,simulated,mcse,replicates,verdict\n\
               NEET rate,per cent,2024,ONS,kept back,13.6,12.9,14.3,15.1,0.02,5,miss\n";
    let tables =
        [("who_moved.csv", movers), ("costs.csv", costs), ("cost_effectiveness.csv", gains), ("validation.csv", fit)];
    let page = report(&results(), &tables);
    for shown in [
        "<th scope=\"row\">everybody</th><td class=\"level\">1.23 <small>1.17 to 1.29</small>",
        "employed in the baseline",
        "99 <small>92 to 105</small>",
        "upward move, 25",
        "9,900 <small>9,200 to 10,500</small> <i>estimated</i>",
        "<td class=\"level\">miss</td>",
        "kept back",
    ] {
        assert!(page.contains(shown), "{shown}");
    }
    assert_eq!(page.matches("does not hold").count(), 1, "of routes alone");
}

#[test]
fn a_table_that_changed_after_the_run_or_lacks_a_column_is_refused() {
    let home = tempfile::tempdir().unwrap();
    let run = saved(home.path(), &results(), &[("who_moved.csv", "scenario,share\n")]);
    let message = html(&run).unwrap_err().to_string();
    assert!(message.contains("who_moved.csv") && message.contains("expected \"change\""), "{message}");
    fs::write(run.folder.join("who_moved.csv"), "scenario\n").unwrap();
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
    assert!(page.contains("lower working origin, apprenticeship, at 30</th><td class=\"level\">25.0%"), "{page}");
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
    single.replicate_numbers.truncate(1);
    single.replicates_asked = 1;
    let page = report(&single, &[]);
    assert!(page.contains("nothing in this report can be called clear") && !page.contains("<i>better</i>"));
    let mut alone = results();
    alone.scenarios.truncate(1);
    alone.outcomes.iter_mut().for_each(|runs| runs.truncate(1));
    assert!(report(&alone, &[]).contains("This run has a baseline alone"));
}
