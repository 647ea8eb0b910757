//! The house rules that no compiler holds: who imports whom, and who may name what.

#![expect(clippy::unwrap_used, reason = "a test may fail here")]

mod sources;

use sources::{Source, circles, imports, names, public_items, sources, types};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Floors of a house from the ground up. Rooms of one floor are neighbours that do not import each other; a room
/// imports from lower floors alone.
type Floors = &'static [&'static [&'static str]];

/// The rooms of `src`.
const ROOMS: Floors = &[
    &["units", "calendar", "diagnostics", "input_files", "names", "threads"],
    &["domain", "svg"],
    &["random", "toml_tables"],
    &["conditions"],
    &["world"],
    &["levers"],
    &["scenario"],
    &["engine"],
    &["outcomes", "statistics"],
    &["experiment"],
    &["money"],
    &["calibrate"],
    &["results"],
    &["folder", "text"],
    &["compare"],
    &["assure"],
    &["report"],
    &["cli"],
];

/// Rooms that have floors of their own inside: the path of the room, and its files and folders.
const HOUSES: &[(&str, Floors)] = &[
    ("", ROOMS),
    (
        "engine",
        &[
            &["plan", "parallel", "tally"],
            &["state"],
            &["rates"],
            &["exchange", "events"],
            &["submodels", "observers"],
            &["transitions"],
            &["month"],
        ],
    ),
    ("random", &[&["bands", "bits", "samplers", "season"], &["choice", "stream"], &["luck"], &["thinning"]]),
    ("experiment", &[&["observer", "results", "setup"], &["estimate", "replicate"], &["run"], &["until"]]),
    (
        "calibrate",
        &[
            &["design", "files", "matrix", "rows", "sample"],
            &["scale"],
            &["mechanisms"],
            &["targets"],
            &["findings", "simulate", "target_table"],
            &["plot"],
            &["sensitivity"],
            &["plan"],
            &["evaluate"],
            &["fit"],
            &["ensemble", "fitted"],
        ],
    ),
    (
        "levers",
        &[
            &["common", "young_people", "budget"],
            &["effect", "apprenticeship_spending"],
            &["change"],
            &["effect_builder"],
            &["policy"],
            &["lever"],
            &["policies"],
            &["conflicts"],
            &["remarks"],
        ],
    ),
    (
        "results",
        &[
            &["about", "cell", "column"],
            &["shared_columns", "run"],
            &["keys"],
            &["read", "spans", "table"],
            &["tables"],
        ],
    ),
    (
        "folder",
        &[
            &["error", "hash"],
            &["disk", "manifest"],
            &["report_page", "read"],
            &["unexpected_files", "series"],
            &["panel", "verify"],
            &["tables", "restore"],
            &["dictionary"],
            &["contents"],
            &["claim"],
        ],
    ),
    ("compare", &[&["filter", "inputs"], &["two_runs"], &["comparison_csv", "comparison_table"]]),
    ("text", &[&["layout", "number"], &["brief", "effects_table"], &["contrasts_table", "headline", "money_table"]]),
    (
        "scenario",
        &[&["run", "shipped"], &["file", "meant"], &["resolve", "set", "timeline"], &["load", "set_keys", "schema"]],
    ),
    (
        "toml_tables",
        &[
            &["choices", "key_info", "printer", "schema", "words"],
            &["value"],
            &["parse", "suggestions"],
            &["collector"],
            &["reader"],
            &["keys"],
        ],
    ),
];

/// Rooms that import none of ours.
const APART: [&str; 2] = ["statistics", "units"];

/// Lines of a file before its tests, and things that it shows to others, at most.
const MOST_LINES: usize = 400;
const MOST_PUBLIC: usize = 25;

fn text_of(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// The room of a house that a file is in; `None` for files outside the house and for its face, `mod.rs`.
fn room_of<'a>(house: &str, source: &'a Source) -> Option<&'a str> {
    let depth = if house.is_empty() { 0 } else { house.split('/').count() };
    let inside = source.module.iter().take(depth).map(String::as_str).eq(house.split('/').take(depth));
    source.module.get(depth).map(String::as_str).filter(|_| inside)
}

/// Fails with every file outside `allowed` rooms that names one of `words`.
fn only(allowed: &[&str], words: &[&str]) {
    let mut found = Vec::new();
    for source in sources().iter().filter(|source| !allowed.contains(&source.room())) {
        found.extend(
            words.iter().filter(|word| names(&source.code, word)).map(|word| format!("{}: {word}", source.path)),
        );
    }
    assert!(found.is_empty(), "only {allowed:?} may name these:\n{}", found.join("\n"));
}

#[test]
fn every_room_has_a_floor() {
    for (house, floors) in HOUSES {
        let listed: BTreeSet<&str> = floors.concat().into_iter().collect();
        let there: BTreeSet<String> =
            sources().iter().filter_map(|source| room_of(house, source)).map(str::to_owned).collect();
        let without: Vec<&String> = there.iter().filter(|room| !listed.contains(room.as_str())).collect();
        assert!(without.is_empty(), "rooms of {house:?} without a floor: {without:?}");
        let gone: Vec<&&str> = listed.iter().filter(|room| !there.contains(**room)).collect();
        assert!(gone.is_empty(), "floors of {house:?} without a room: {gone:?}");
    }
}

#[test]
fn a_room_imports_only_from_lower_floors() {
    let files = sources();
    let mut wrong = Vec::new();
    for (from, to) in imports(&files) {
        for (house, floors) in HOUSES {
            let (Some(own), Some(other)) = (room_of(house, &files[from]), room_of(house, &files[to])) else {
                continue;
            };
            let floor = |room: &str| floors.iter().position(|floor| floor.contains(&room));
            let is_apart = house.is_empty() && APART.contains(&own);
            if own != other && (is_apart || floor(other) >= floor(own)) {
                wrong.push(format!("{} uses {}", files[from].path, files[to].path));
            }
        }
    }
    assert!(wrong.is_empty(), "{} imports go up:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let files = sources();
    let imports = imports(&files);
    let circles = circles(files.len(), &imports);
    let told = circles.iter().map(|circle| {
        let inner = imports.iter().filter(|(from, to)| circle.contains(from) && circle.contains(to));
        let lines: Vec<String> =
            inner.map(|(from, to)| format!("    {} uses {}", files[*from].path, files[*to].path)).collect();
        format!("  a circle of {}:\n{}", circle.len(), lines.join("\n"))
    });
    let told: Vec<String> = told.collect();
    assert!(told.is_empty(), "{} circles of files:\n{}", told.len(), told.join("\n"));
}

#[test]
fn every_room_is_used_by_another() {
    let files = sources();
    let imports = imports(&files);
    for room in ROOMS.concat().into_iter().filter(|room| *room != "cli") {
        let is_used = imports.iter().any(|(from, to)| files[*to].room() == room && files[*from].room() != room);
        assert!(is_used, "nobody imports the room {room:?}");
    }
}

#[test]
fn the_reading_of_imports_finds_what_it_is_meant_to_find() {
    let file = |path: &str, code: &str| Source {
        path: path.to_owned(),
        module: path
            .trim_end_matches(".rs")
            .split('/')
            .filter(|part| *part != "mod" && *part != "lib")
            .map(str::to_owned)
            .collect(),
        code: code.to_owned(),
        lines: 0,
    };
    let files = [
        file("lib.rs", "pub mod a;\npub mod b;\n"),
        file(
            "a/mod.rs",
            "mod inner;\nmod plain;\npub use inner::{Deep, other};\npub use plain::*;\nfn f() { other(); }\n",
        ),
        file("a/inner.rs", "use super::plain;\npub struct Deep;\npub fn other() { plain::g(); }\n"),
        file("a/plain.rs", "pub fn g() {}\npub struct Wide;\n"),
        file("b.rs", "use crate::a::{Deep as D, Wide};\nuse std::fmt;\nfn h() { crate::a::f(); D; fmt::x(); }\n"),
    ];
    let found: Vec<(&str, &str)> =
        imports(&files).into_iter().map(|(from, to)| (&files[from].path[..], &files[to].path[..])).collect();
    let expected = [
        ("a/mod.rs", "a/inner.rs"),
        ("a/inner.rs", "a/plain.rs"),
        ("b.rs", "a/mod.rs"),
        ("b.rs", "a/inner.rs"),
        ("b.rs", "a/plain.rs"),
    ];
    assert_eq!(found, expected);
    assert!(circles(5, &imports(&files)).is_empty());
    assert_eq!(circles(4, &BTreeSet::from([(0, 1), (1, 2), (2, 0), (2, 3)])), [[0, 1, 2]]);
    assert!(names("use rayon::prelude;", "rayon") && !names("crayons", "rayon"));
    assert_eq!(
        public_items(
            "pub fn a() {}\npub(crate) struct B {\n    pub field: u8,\n}\nimpl B {\n    pub const fn c() {}\n}\npub use d::e;\n"
        ),
        3
    );
    assert!(sources().len() > 40 && imports(&sources()).len() > 400);
}

#[test]
fn results_see_the_engine_through_its_tallies_alone() {
    let files = sources();
    for (from, to) in imports(&files) {
        let (own, used) = (&files[from], &files[to]);
        if ["outcomes", "results", "folder", "text", "compare"].contains(&own.room()) && used.room() == "engine" {
            assert!(used.path.starts_with("engine/tally"), "{} looks into the engine: {}", own.path, used.path);
        }
    }
}

#[test]
fn the_engine_knows_no_policy_no_file_and_no_clock() {
    for source in sources().iter().filter(|source| source.room() == "engine") {
        for word in ["levers", "scenario", "std::fs", "std::io", "std::env", "std::time", "std::net", "Result", "World"]
        {
            assert!(!names(&source.code, word), "{} names {word}", source.path);
        }
    }
}

#[test]
fn policy_never_meets_a_person() {
    for source in
        sources().iter().filter(|source| ["levers", "scenario", "world", "conditions"].contains(&source.room()))
    {
        for word in ["engine", "random", "Population", "Simulation"] {
            assert!(!names(&source.code, word), "{} names {word}", source.path);
        }
    }
}

#[test]
fn threads_belong_to_experiments_and_the_engine() {
    only(&["threads", "experiment", "engine", "calibrate"], &["rayon", "std::thread::spawn", "std::thread::scope"]);
}

#[test]
fn only_the_command_line_prints_and_shows_progress() {
    only(&["cli"], &["println", "eprintln", "print!", "eprint!", "stdout", "stderr", "indicatif", "clap", "dbg"]);
}

#[test]
fn only_the_command_line_reads_clocks_and_hears_signals() {
    only(&["cli"], &["std::time", "Instant", "SystemTime", "signal_hook"]);
}

#[test]
fn only_one_room_knows_a_generator_of_random_numbers() {
    only(
        &["random"],
        &["rand", "rand_distr", "rand_core", "Philox", "philox", "RandomState", "DefaultHasher", "getrandom"],
    );
}

#[test]
fn files_are_read_and_written_at_the_edge() {
    only(
        &["input_files", "world", "scenario", "folder", "cli", "calibrate"],
        &["std::fs", "File", "fs::write", "fs::read"],
    );
}

#[test]
fn numbers_that_change_results_come_from_no_environment() {
    only(&["cli"], &["std::env", "available_parallelism", "current_num_threads"]);
}

#[test]
fn no_region_is_named_in_the_code_and_nothing_counts_them() {
    let world: toml::Table = text_of("scenarios/uk/world.toml").parse().unwrap();
    let regions = world["regions"].as_array().unwrap();
    let texts = regions.iter().flat_map(|region| ["name", "code"].map(|key| region[key].as_str().unwrap().to_owned()));
    let texts: Vec<String> = texts.collect();
    assert!(texts.len() > 2);
    for source in sources() {
        // examples in help texts may name regions; conditions of use may not
        for text in texts.iter().filter(|_| source.room() != "cli") {
            assert!(!names(&source.code, text), "{} names the region {text}", source.path);
        }
        for counted in ["regions: 12", "regions == 12", "regions = 12", "12 regions", "REGIONS: usize", "REGION_COUNT"]
        {
            assert!(!names(&source.code, counted), "{} counts regions: {counted}", source.path);
        }
    }
}

#[test]
fn files_stay_short_enough_to_read() {
    let long = sources().into_iter().filter(|source| source.lines > MOST_LINES);
    let long: Vec<String> =
        long.map(|source| format!("{}: {} lines before its tests", source.path, source.lines)).collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[test]
fn files_show_few_things_to_others() {
    let shown = sources().into_iter().map(|source| (public_items(&source.code), source.path));
    let many: Vec<String> = shown
        .filter(|(shown, _)| *shown > MOST_PUBLIC)
        .map(|(shown, path)| format!("{path}: {shown} public items"))
        .collect();
    assert!(many.is_empty(), "{}", many.join("\n"));
}

#[test]
fn a_type_name_stands_for_one_thing() {
    let files = sources();
    let mut meanings: BTreeMap<(Option<usize>, &str), BTreeSet<&str>> = BTreeMap::new();
    for file in &files {
        let floor = ROOMS.iter().position(|floor| floor.contains(&file.room()));
        for (name, is_public) in types(&file.code) {
            // what a file keeps to itself may be called as on another floor, what it shows may not
            for scope in [Some(floor), is_public.then_some(None)].into_iter().flatten() {
                meanings.entry((scope, name)).or_default().insert(&file.path);
            }
        }
    }
    let twice = meanings.into_iter().filter(|(_, paths)| paths.len() > 1);
    let told: BTreeSet<String> = twice.map(|((_, name), paths)| format!("{name}: {paths:?}")).collect();
    assert!(
        told.is_empty(),
        "{} names with two meanings:\n{}",
        told.len(),
        told.into_iter().collect::<Vec<_>>().join("\n")
    );
}
