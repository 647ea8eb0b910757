//! One whole small run of every shipped scenario and every kind of lever, file by file, against the bytes that it has always had.
//!
//! `tests/golden/digests.sha256` is what `sha256sum` prints of the results folder of the run below, with the program's version cut out
//! of Parquet files. When a change is meant to move results, say so
//! in CHANGELOG.md under **Results change**, look at the new numbers (`rungs compare` of an old and a new run), and only then put in the
//! lines that this test prints.

#![expect(clippy::unwrap_used, reason = "a test may fail here")]

use assert_cmd::Command;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// Small, in months in which the shipped policies are in force, with everything that a run can write.
const FLAGS: [&str; 14] = [
    "--scale",
    "10000",
    "--years",
    "2",
    "--replicates",
    "2",
    "--set",
    "run.start=2026-09",
    "--panel",
    "0.3",
    "--format",
    "csv",
    "--no-report",
    "--quiet",
];

/// The scenario files of a folder in order of their names.
fn scenarios(folder: &str) -> Vec<String> {
    let entries = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut files: Vec<String> =
        names.filter(|name| name.ends_with(".toml")).map(|name| format!("{folder}/{name}")).collect();
    files.sort();
    files
}

/// The bytes of a file with the version of the program taken out of it: Parquet files name their writer.
fn without_version(mut bytes: Vec<u8>) -> Vec<u8> {
    let writer = concat!("rungs version ", env!("CARGO_PKG_VERSION")).as_bytes();
    if let Some(at) = bytes.windows(writer.len()).position(|window| window == writer) {
        bytes.drain(at..at + writer.len());
    }
    bytes
}

/// The lines of `sha256sum` for every file of a folder but the manifest, which holds the time, and the copy of the world.
fn digests(folder: &Path) -> String {
    let mut lines = Vec::new();
    for inner in ["", "scenarios"] {
        for entry in fs::read_dir(folder.join(inner)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
            if path.is_file() && name != "manifest.json" {
                let digest = Sha256::digest(without_version(fs::read(&path).unwrap())).iter().fold(
                    String::new(),
                    |mut text, byte| {
                        let _ = write!(text, "{byte:02x}");
                        text
                    },
                );
                lines.push((name.clone(), format!("{digest}  {name}\n")));
            }
        }
    }
    lines.sort();
    lines.into_iter().map(|(_, line)| line).collect()
}

#[test]
fn every_file_of_a_small_run_has_its_golden_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("golden");
    let mut run = Command::cargo_bin("rungs").unwrap();
    run.current_dir(env!("CARGO_MANIFEST_DIR")).arg("run");
    for folder in ["scenarios", "scenarios/equal-cost", "tests/golden"] {
        run.args(scenarios(folder));
    }
    run.args(FLAGS).arg("--out").arg(&out);
    run.assert().success();
    let found = digests(&out);
    let expected =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/digests.sha256")).unwrap();
    let moved: Vec<&str> = found.lines().filter(|line| !expected.lines().any(|known| known == *line)).collect();
    assert!(found == expected, "bytes moved in:\n{}\nall of it:\n{found}", moved.join("\n"));
}

#[test]
fn the_golden_run_has_every_kind_of_lever() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/every-lever.toml")).unwrap();
    for kind in rungs::levers::LEVERS {
        assert!(text.contains(&format!("[[levers.{}]]", kind.name)), "{} has no lever in the golden run", kind.name);
    }
}
