//! The house rules that no compiler holds: who imports whom, and who may name what.

#![expect(clippy::unwrap_used, reason = "a test may fail here")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms from the ground up. Rooms of one group are neighbours of equal height that do not import
/// each other; a room imports from lower groups alone.
const FLOORS: [&[&str]; 18] = [
    &["units", "calendar", "diagnostics", "threads"],
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

/// Rooms that import none of ours.
const APART: [&str; 2] = ["statistics", "units"];

/// One file under `src`, without comments and without its tests.
struct Source {
    path: String,
    room: String,
    code: String,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    let read = |file: &PathBuf| {
        let inner = file.strip_prefix(&root).unwrap();
        let path = inner.to_string_lossy().replace('\\', "/");
        let room = path.split('/').next().unwrap().trim_end_matches(".rs").to_owned();
        Source { code: without_tests(&without_comments(&fs::read_to_string(file).unwrap())), path, room }
    };
    let all: Vec<Source> = files.iter().map(read).collect();
    let only_for_tests = |source: &Source| {
        let name = source.path.rsplit('/').next().unwrap();
        name == "tests.rs" || name == "testing.rs"
    };
    all.into_iter().filter(|source| !only_for_tests(source)).collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// Line comments go, doc comments too; a `//` inside a string is kept when a quote follows it.
fn without_comments(text: &str) -> String {
    let cut = |line: &str| match line.find("//") {
        Some(at) if !line[at..].contains('"') => line[..at].to_owned(),
        Some(_) | None => line.to_owned(),
    };
    let kept = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    kept.map(|line| format!("{}\n", cut(line))).collect()
}

/// What stands before the test module, which comes last in every file.
fn without_tests(code: &str) -> String {
    let starts = ["#[cfg(test)]\nmod tests {", "#[cfg(test)]\npub(crate) mod tests {"];
    let start = starts.iter().filter_map(|start| code.find(start)).min().unwrap_or(code.len());
    code[..start].to_owned()
}

fn floor(room: &str) -> usize {
    FLOORS.iter().position(|floor| floor.contains(&room)).unwrap_or_else(|| panic!("the room {room:?} has no floor"))
}

/// The paths after `crate::`, such as `engine::tally::Slice`, with nested groups written out.
fn crate_paths(code: &str) -> BTreeSet<String> {
    let mut paths = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let before = code[..at].chars().next_back();
        if before.is_none_or(|letter| !letter.is_alphanumeric() && letter != '_') {
            write_out("", &code[at + "crate::".len()..], &mut paths);
        }
    }
    paths
}

/// Adds the paths at the start of `rest`, and gives what follows them.
fn write_out<'a>(prefix: &str, rest: &'a str, paths: &mut BTreeSet<String>) -> &'a str {
    let rest = rest.trim_start();
    if let Some(mut inner) = rest.strip_prefix('{') {
        loop {
            inner = write_out(prefix, inner, paths).trim_start();
            match inner.strip_prefix(',') {
                Some(next) if !next.trim_start().starts_with('}') => inner = next,
                Some(next) => return next.trim_start().strip_prefix('}').unwrap_or(next),
                None => return inner.strip_prefix('}').unwrap_or(inner),
            }
        }
    }
    let end = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(rest.len());
    let path = if prefix.is_empty() { rest[..end].to_owned() } else { format!("{prefix}::{}", &rest[..end]) };
    match rest[end..].strip_prefix("::") {
        Some(deeper) if !deeper.starts_with('<') => write_out(&path, deeper, paths),
        Some(_) | None => {
            paths.insert(path);
            &rest[end..]
        }
    }
}

/// Whether `word` stands in the code as a whole word.
fn names(code: &str, word: &str) -> bool {
    let inside = |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
    code.match_indices(word)
        .any(|(at, _)| !inside(code[..at].chars().next_back()) && !inside(code[at + word.len()..].chars().next()))
}

/// Fails with every file outside `allowed` rooms that names one of `words`.
fn only(allowed: &[&str], words: &[&str]) {
    let mut found = Vec::new();
    for source in sources().iter().filter(|source| !allowed.contains(&source.room.as_str())) {
        found.extend(
            words.iter().filter(|word| names(&source.code, word)).map(|word| format!("{}: {word}", source.path)),
        );
    }
    assert!(found.is_empty(), "only {allowed:?} may name these:\n{}", found.join("\n"));
}

#[test]
fn every_room_is_in_the_list_of_rooms() {
    let listed: BTreeSet<&str> = FLOORS.concat().into_iter().collect();
    for source in sources() {
        let known = listed.contains(source.room.as_str()) || ["lib", "main"].contains(&source.room.as_str());
        assert!(known, "{} is in no known room", source.path);
    }
}

#[test]
fn a_room_imports_only_from_rooms_closer_to_the_ground() {
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|source| !["lib", "main"].contains(&source.room.as_str())) {
        for path in crate_paths(&source.code) {
            let room = path.split("::").next().unwrap();
            let same = room == source.room;
            let apart = APART.contains(&source.room.as_str());
            if !same && (apart || floor(room) >= floor(&source.room)) {
                wrong.push(format!("{} imports crate::{path}", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "imports go towards the ground only:\n{}", wrong.join("\n"));
}

#[test]
fn the_reading_of_imports_finds_what_it_is_meant_to_find() {
    let code = "use crate::a::{b, c::{D, e}, f};\nfn g() { crate::h::i(); }\npub(crate) struct J;\nuse crate::k;";
    let found: Vec<String> = crate_paths(code).into_iter().collect();
    assert_eq!(found, ["a::b", "a::c::D", "a::c::e", "a::f", "h::i", "k"]);
    assert!(names("use rayon::prelude;", "rayon") && !names("crayons", "rayon"));
    assert!(sources().len() > 40 && sources().iter().any(|source| !crate_paths(&source.code).is_empty()));
}

#[test]
fn results_see_the_engine_through_its_tallies_alone() {
    for source in sources()
        .iter()
        .filter(|source| ["outcomes", "results", "folder", "text", "compare"].contains(&source.room.as_str()))
    {
        for path in crate_paths(&source.code).iter().filter(|path| path.starts_with("engine")) {
            assert!(path.starts_with("engine::tally"), "{} looks into the engine: crate::{path}", source.path);
        }
    }
}

#[test]
fn the_engine_knows_no_policy_no_file_and_no_clock() {
    for source in sources().iter().filter(|source| source.room == "engine") {
        for word in ["levers", "scenario", "std::fs", "std::io", "std::env", "std::time", "std::net", "Result", "World"]
        {
            assert!(!names(&source.code, word), "{} names {word}", source.path);
        }
    }
}

#[test]
fn policy_never_meets_a_person() {
    for source in
        sources().iter().filter(|source| ["levers", "scenario", "world", "conditions"].contains(&source.room.as_str()))
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
    only(&["world", "scenario", "folder", "cli", "calibrate"], &["std::fs", "File", "fs::write", "fs::read"]);
}

#[test]
fn numbers_that_change_results_come_from_no_environment() {
    only(&["cli"], &["std::env", "available_parallelism", "current_num_threads"]);
}

#[test]
fn no_region_is_named_in_the_code_and_nothing_counts_them() {
    let world = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/uk/world.toml")).unwrap();
    let world: toml::Table = world.parse().unwrap();
    let regions = world["regions"].as_array().unwrap();
    let texts = regions.iter().flat_map(|region| ["name", "code"].map(|key| region[key].as_str().unwrap().to_owned()));
    let texts: Vec<String> = texts.collect();
    assert!(texts.len() > 2);
    for source in sources() {
        // examples in help texts may name regions; conditions of use may not
        for text in texts.iter().filter(|_| source.room != "cli") {
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
    for source in sources() {
        let registry = source.path == "conditions/registry.rs" || source.path == "domain/kinds.rs";
        let lines = source.code.lines().count();
        assert!(registry || lines <= 400, "{} has {lines} lines before its tests", source.path);
    }
}
