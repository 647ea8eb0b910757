//! The report of a small run, with and without the tables that only some runs hold.

use super::{RunTables, html, html_of};
use crate::folder::claim::claim;
use crate::folder::disk::Overwrite;
use crate::folder::read::Saved;
use crate::money::Money;
use crate::results::about::NamedRegion;
use crate::results::run::Results;
use crate::results::tables::uncertainty::MemberEffects;
use crate::results::testing::{self, results};
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
    html(&saved(home.path(), results, tables), None).unwrap()
}

/// The report of a world of two regions, which a map can show.
fn report_of_two_regions() -> String {
    let home = tempfile::tempdir().unwrap();
    let mut saved = saved(home.path(), &results(), &[]);
    saved.manifest.regions.push(NamedRegion { name: "South".to_owned(), code: "S".to_owned(), tile: (0, 1) });
    html(&saved, None).unwrap()
}

#[test]
fn a_world_of_one_region_has_no_map() {
    let page = report(&results(), &[]);
    assert!(!page.contains("<section id=\"map\"") && page.contains("<section id=\"ages\""));
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
    let page = report_of_two_regions();
    for id in SECTIONS {
        assert!(page.contains(&format!("<section id=\"{id}\"")), "{id}");
    }
    for missing in ["no flow diagram", "made without published figures", "add &quot;origin&quot; to run.by"] {
        assert!(page.contains(missing), "{missing}");
    }
    assert!(page.contains("Simulated under these assumptions, not a forecast"));
    assert!(page.contains("Fewer than 5 replicates show no interval"));
}

#[test]
fn a_table_shows_the_hand_worked_effect_with_its_interval() {
    // 0.25 -> 0.20 and 0.35 -> 0.26 in the first year, five times each: -7 points, mcse 0.67, t 2.262
    let page = report(&testing::ten_replicates(), &[]);
    assert!(page.contains("−7.0 <i>better</i> <small>−8.5 to −5.5</small>"), "{page}");
    let few = report(&results(), &[]);
    assert!(few.contains("−7 <i>too few to tell</i>") && !few.contains("−7 <i>too few to tell</i> <small>"));
    assert!(page.contains("30.0% <small>"), "the baseline's level is there too");
}

#[test]
fn a_region_is_a_tile_with_its_code() {
    let page = report_of_two_regions();
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
fn who_stands_elsewhere_is_shown_by_group_and_never_gross() {
    // of four people one who worked is NEET in both replicates; the last is in a professional job in one
    let page = report(&results(), &[]);
    for shown in ["<th scope=\"row\">everybody</th>", "from North: NEET", "These are net changes"] {
        assert!(page.contains(shown), "{shown}");
    }
    for gross in ["displaced:", "moved up", "moved down"] {
        assert!(!page.contains(gross), "{gross}");
    }
}

#[test]
fn doubt_about_parameters_is_shown_where_a_run_has_an_ensemble() {
    let head = "scenario,measure,unit,region,region_basis,origin,sex,period,months,members,mean_difference,monte_carlo_error,parameter_sd,\
                parameter_share,total_low95,total_high95\n";
    let rows =
        format!("{head}'=levy,neet_rate,share,all,,all,all,last 12 months,12,20,-0.01,0.001,0.004,0.8,-0.018,-0.002\n");
    let page = report(&results(), &[("uncertainty.csv", &rows)]);
    assert!(page.contains("under 20 sets of parameters"), "{page}");
    assert!(
        page.contains("<td class=\"better\">−1.0 <i>80% parameters</i> <small>−1.8 to −0.2</small></td>"),
        "{page}"
    );
    assert!(page.contains("in each of 20 sets of parameters"), "{page}");
    assert!(!page.contains("nothing in this report can be called clear"), "two replicates in each of twenty sets");
    assert!(!report(&results(), &[]).contains("sets of parameters"));
}

#[test]
fn published_figures_that_a_run_holds_are_shown_misses_included() {
    let fit = "subject,target,use,unit,published,low,high,accepted_low,accepted_high,simulated,mcse,replicates,verdict,period,source\n\
               NEET,NEET rate,out-of-sample,percent,13.6,,,12.9,14.3,15.1,0.02,5,miss,2024,ONS\n\
               NEET,NEET in <b>London</b>,fitted,percent,12,,,11,13,12.4,0.2,5,pass,2024,ONS\n";
    let home = tempfile::tempdir().unwrap();
    let run = saved(home.path(), &results(), &[]);
    let page = html(&run, Some((Path::new("v.csv"), fit))).unwrap();
    for shown in [
        "<td>miss</td>",
        "<b>out-of-sample: </b>0 of 1 figures within",
        "<b>fitted: </b>1 of 1 figures within",
        "NEET in &lt;b&gt;London&lt;",
        "<td>13.6 <small>12.9 to 14.3</small></td>",
    ] {
        assert!(page.contains(shown), "{shown}");
    }
    let message = html(&run, Some((Path::new("v.csv"), "target\nx\n"))).unwrap_err().to_string();
    assert!(message.starts_with("v.csv: found the columns") && message.contains("expected \"subject\""), "{message}");
}

#[test]
fn a_table_that_changed_after_the_run_or_lacks_a_column_is_refused() {
    let home = tempfile::tempdir().unwrap();
    let run = saved(home.path(), &results(), &[("validation.csv", "target,unit\n")]);
    let message = html(&run, None).unwrap_err().to_string();
    assert!(message.contains("validation.csv") && message.contains("expected \"subject\""), "{message}");
    fs::write(run.folder.join("validation.csv"), "target\n").unwrap();
    assert!(html(&run, None).unwrap_err().to_string().contains("changed after the run"));
}

#[test]
fn a_run_that_was_just_written_has_the_report_of_its_folder() {
    let home = tempfile::tempdir().unwrap();
    let written = claim(&home.path().join("run"), Overwrite::Refuse).unwrap().write(&results(), &[]).unwrap();
    let own = RunTables::of(&results(), &MemberEffects::default(), &written.manifest);
    let read_back = html(&Saved::load(&written.folder).unwrap(), None).unwrap();
    assert_eq!(html_of(&own, None, None).unwrap(), read_back);
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
    let page = html(&saved(home.path(), &results(), &[("summary.csv", &summary)]), None).unwrap();
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
    single.outcomes.replicates.truncate(1);
    single.settings.replicates = 1;
    let page = report(&single, &[]);
    assert!(page.contains("nothing in this report can be called clear") && !page.contains("<i>better</i>"));
    let mut alone = results();
    alone.scenarios.truncate(1);
    for replicate in &mut alone.outcomes.replicates {
        replicate.runs.truncate(1);
        replicate.standings.truncate(1);
    }
    alone.money = Money::default();
    assert!(report(&alone, &[]).contains("This run has a baseline alone"));
}
