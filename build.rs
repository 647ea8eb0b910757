//! Tells the program which git revision it is built from, if that is known.

use std::path::Path;
use std::process::Command;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let Some(folder) = git(&["rev-parse", "--absolute-git-dir"]) else { return };
    println!("cargo:rerun-if-changed={folder}/HEAD");
    let branch = git(&["symbolic-ref", "--quiet", "HEAD"]).map(|branch| format!("{folder}/{branch}"));
    for file in branch.into_iter().chain([format!("{folder}/packed-refs")]) {
        // a path that is not there would make every build start anew
        if Path::new(&file).exists() {
            println!("cargo:rerun-if-changed={file}");
        }
    }
    if let Some(revision) = git(&["rev-parse", "HEAD"]) {
        println!("cargo:rustc-env=RUNGS_GIT={revision}");
    }
}

/// What git answers, if it is there, knows this folder as the root of a repository, and succeeds.
fn git(arguments: &[&str]) -> Option<String> {
    let here = std::env::var_os("CARGO_MANIFEST_DIR")?;
    if !Path::new(&here).join(".git").exists() {
        return None;
    }
    let answer = Command::new("git").args(arguments).current_dir(here).output().ok()?;
    let text = String::from_utf8(answer.stdout).ok()?;
    (answer.status.success() && !text.trim().is_empty()).then(|| text.trim().to_owned())
}
