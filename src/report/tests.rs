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
    for missing in ["no routes.csv", "no movers.csv", "no costs.csv", "no fit.csv", "add &quot;origin&quot; to run.by"]
    {
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
    let routes = "scenario,origin,route,destination,unit,value,mcse,low95,high95,replicates\n\
                  baseline,working,apprenticeship,professional,people a year,100,2,90,110,2\n\
                  baseline,working,academic,working,people a year,50,2,40,60,2\n\
                  '=levy,working,apprenticeship,professional,people a year,140,2,130,150,2\n";
    let movers = "scenario,group,outcome,unit,value,mcse,low95,high95,replicates\n\
                  '=levy,everybody,moved up,people,1234,60,1100,1370,2\n'=levy,everybody,displaced,people,200,60,80,320,2\n";
    let costs = "scenario,item,unit,value,mcse,low95,high95,replicates\n'=levy,per completed apprenticeship,GBP,9876,300,9200,10500,2\n";
    let fit = "target,unit,period,source,use,published,published_low,published_high,simulated,low95,high95,replicates\n\
               NEET rate,per cent,2024,ONS,kept back,13.6,12.9,14.3,15.1,14.8,15.4,2\n";
    let tables = [("routes.csv", routes), ("movers.csv", movers), ("costs.csv", costs), ("fit.csv", fit)];
    let page = report(&results(), &tables);
    for shown in [
        "working → apprenticeship → professional",
        "Before: Title of baseline",
        "After: Title of =levy",
        "1,230 <small>1,100 to 1,370</small>",
        "displaced",
        "per completed apprenticeship",
        "9,900 <small>9,200 to 10,500</small>",
        "<td class=\"level\">outside</td>",
        "kept back",
    ] {
        assert!(page.contains(shown), "{shown}");
    }
    assert!(!page.contains("does not hold"));
}

#[test]
fn a_table_that_changed_after_the_run_or_lacks_a_column_is_refused() {
    let home = tempfile::tempdir().unwrap();
    let run = saved(home.path(), &results(), &[("movers.csv", "scenario,group\n")]);
    let message = html(&run).unwrap_err().to_string();
    assert!(message.contains("movers.csv") && message.contains("expected \"outcome\""), "{message}");
    fs::write(run.folder.join("movers.csv"), "scenario\n").unwrap();
    assert!(html(&run).unwrap_err().to_string().contains("changed after the run"));
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
