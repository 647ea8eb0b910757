//! Files that are no files, options without effect, and signals, as a user meets them.

#![expect(clippy::unwrap_used, reason = "a test may fail here")]

use assert_cmd::Command;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// The exit code and everything that was said, within a minute.
fn said(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let mut rungs = Command::cargo_bin("rungs").unwrap();
    rungs.current_dir(folder).args(arguments).timeout(std::time::Duration::from_secs(60));
    let output = rungs.output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8_lossy(&text).into_owned())
}

const SMALL: [&str; 6] = ["--scale", "20000", "--years", "1", "--replicates", "2"];

fn run_into(folder: &Path, out: &str) {
    let arguments = [&["run", "recession", "--quiet", "--set", "run.start=2026-09", "--out", out], &SMALL[..]].concat();
    let (code, text) = said(folder, &arguments);
    assert_eq!(code, Some(0), "{text}");
}

#[test]
#[cfg(unix)]
fn pipes_and_devices_are_refused_at_once_wherever_a_file_is_named() {
    let home = TempDir::new().unwrap();
    let pipe = home.path().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    std::os::unix::fs::symlink("/dev/zero", home.path().join("zero.toml")).unwrap();
    fs::write(home.path().join("on-pipe.toml"), "title = \"x\"\nextends = \"pipe\"\n").unwrap();
    for scenario in ["pipe", "zero.toml", "on-pipe.toml", "/dev/stdin"] {
        let (code, text) = said(home.path(), &["check", scenario]);
        assert!(code == Some(2) && text.contains("expected a file"), "{scenario}: {code:?} {text}");
    }
    run_into(home.path(), "out");
    let (code, text) = said(home.path(), &["report", "out", "--overwrite", "--validation", "pipe"]);
    assert!(code == Some(2) && text.contains("pipe: found something that is not a file"), "{text}");
    for file in ["effects.csv", "report.html", "series.parquet", "world/jobs.csv", "manifest.json"] {
        let path = home.path().join("out").join(file);
        let whole = fs::read(&path).unwrap();
        for target in [pipe.as_path(), Path::new("/dev/zero")] {
            fs::remove_file(&path).unwrap();
            std::os::unix::fs::symlink(target, &path).unwrap();
            let (code, text) = said(home.path(), &["verify", "out"]);
            assert!(matches!(code, Some(1 | 2)) && text.contains(file), "{file}: {code:?} {text}");
            let (code, text) = said(home.path(), &["compare", "out"]);
            let is_read = ["effects.csv", "manifest.json"].contains(&file);
            assert_eq!(code, Some(if is_read { 2 } else { 0 }), "{file}: {text}");
        }
        fs::remove_file(&path).unwrap();
        fs::write(&path, whole).unwrap();
    }
    assert_eq!(said(home.path(), &["verify", "out"]).0, Some(0));
}

#[test]
fn options_that_would_have_no_effect_are_refused() {
    let home = TempDir::new().unwrap();
    run_into(home.path(), "out");
    let vary = ["sensitivity", "--measure", "neet_rate", "--vary", "separation=0.7..1.4"];
    let together = |more: &[&'static str]| [&vary[..], more].concat();
    let refused: Vec<(Vec<&str>, &str)> = vec![
        (vec!["run", "recession", "--members", "5"], "--parameters ensemble"),
        (vec!["check", "recession", "--equal-cost", "250"], "found no lever that costs money"),
        (vec!["run", "baseline", "--until-mcse", "neet_rate=0.1"], "found the baseline alone"),
        (vec!["validate", "--overwrite"], "--out"),
        (vec!["compare", "out", "--costs", "--region", "each"], "--region: found --costs beside it"),
        (vec!["compare", "out", "--between", "--half-width", "neet_rate=0.1"], "--half-width: found --between"),
        (vec!["compare", "out", "--basis", "upbringing"], "--region each"),
        (vec!["compare", "out", "--overwrite"], "--out or --inputs"),
        (vec!["report", "out", "--out", "x.md", "--against", "out"], "--against"),
        (vec!["list", "levers", "--world", "."], "--world"),
        (together(&["--effect"]), "which has no lever"),
        (together(&["--vary", "separation=0.7..1.4"]), "varies already"),
        (together(&["--vary", "separation:working/all=0.7..1.4"]), "varies already"),
        (together(&["--measure", "neet_rate"]), "twice"),
        (vec!["compare", "out", "--measure", "neet_rat"], "did you mean \"neet_rate\"?"),
        (vec!["compare", "out", "--region", "Yorkshire"], "did you mean \"Yorkshire and The Humber\"?"),
        (vec!["compare", "out", "--scenario", "recesion"], "did you mean \"recession\"?"),
        (vec!["assure", "--measure", "neet_rat"], "did you mean \"neet_rate\"?"),
    ];
    for (arguments, expected) in refused {
        let (code, text) = said(home.path(), &arguments);
        assert!(code == Some(2) && text.contains(expected), "{arguments:?}: {code:?} {text}");
    }
}

#[test]
fn a_baseline_of_the_users_own_has_one_meaning() {
    let home = TempDir::new().unwrap();
    let shock = "title = \"own\"\nextends = \"baseline\"\n[[levers.shock]]\nposts_ratio = 0.8\nsource = \"s\"\n";
    fs::write(home.path().join("baseline.toml"), shock).unwrap();
    fs::write(home.path().join("plan.toml"), "title = \"plan\"\nextends = \"baseline\"\n").unwrap();
    for files in [&["plan.toml"][..], &["baseline.toml", "plan.toml"]] {
        let (code, text) = said(home.path(), &[&["check"], files].concat());
        assert!(code == Some(0) && text.contains("never differs from the baseline"), "{text}");
    }
    let (code, text) = said(home.path(), &["check", "baseline.toml", "recession"]);
    assert!(code == Some(0) && text.contains("what differs counts as its effect"), "{text}");
}

#[test]
fn a_world_without_its_fitted_figures_is_remarked_on_and_one_without_sound_targets_refused() {
    let home = TempDir::new().unwrap();
    let world = home.path().join("world");
    fs::create_dir(&world).unwrap();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/uk")).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, world.join(path.file_name().unwrap())).unwrap();
    }
    let check = || said(home.path(), &["check", "recession", "--world", "world"]);
    assert!(!check().1.contains("warning"), "{}", check().1);
    let fitted = fs::read_to_string(world.join("fitted.csv")).unwrap();
    let row = fitted.lines().nth(20).unwrap();
    fs::write(world.join("fitted.csv"), fitted.replace(&format!("{row}\n"), "")).unwrap();
    assert!(check().1.contains("fitted.csv: found no row for"), "{}", check().1);
    fs::remove_file(world.join("fitted.csv")).unwrap();
    assert!(check().1.contains("`rungs calibrate` makes the file"), "{}", check().1);
    let targets = fs::read_to_string(world.join("targets.csv")).unwrap();
    fs::write(world.join("targets.csv"), targets.replacen(",13.868,", ",1386.8,", 1)).unwrap();
    let (code, text) = check();
    assert!(code == Some(2) && text.contains("targets.csv:2:"), "{text}");
}

#[test]
#[cfg(unix)]
fn the_exit_code_says_by_which_signal_a_run_was_stopped() {
    for (signal, code) in [("INT", 130), ("TERM", 143), ("HUP", 129)] {
        let home = TempDir::new().unwrap();
        let program = assert_cmd::cargo::cargo_bin("rungs");
        let arguments = ["run", "recession", "--scale", "2000", "--replicates", "500", "--years", "5", "--out", "out"];
        let mut run = std::process::Command::new(program)
            .args(arguments)
            .current_dir(home.path())
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(std::time::Duration::from_secs(3));
        let process = run.id().to_string();
        assert!(std::process::Command::new("kill").args(["-s", signal, &process]).status().unwrap().success());
        assert_eq!(run.wait().unwrap().code(), Some(code), "{signal}");
        let left: Vec<String> = fs::read_dir(home.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        assert!(left.iter().all(|name| !name.starts_with('.')), "{signal}: {left:?}");
    }
}

#[test]
fn a_forged_table_of_parameters_is_found() {
    use sha2::{Digest, Sha256};
    let hash = |bytes: &[u8]| Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let home = TempDir::new().unwrap();
    run_into(home.path(), "out");
    let [table, manifest] = ["parameters.csv", "manifest.json"].map(|name| home.path().join("out").join(name));
    let before = fs::read_to_string(&table).unwrap();
    let forged = before.replacen(",0.2", ",9.2", 1);
    assert_ne!(before, forged);
    fs::write(&table, &forged).unwrap();
    let text = fs::read_to_string(&manifest).unwrap().replace(&hash(before.as_bytes()), &hash(forged.as_bytes()));
    let (start, seal) = (text.rfind("\"seal\": \"").unwrap() + 9, 64);
    let open = format!("{}{}", &text[..start], &text[start + seal..]);
    fs::write(&manifest, format!("{}{}{}", &text[..start], hash(open.as_bytes()), &text[start + seal..])).unwrap();
    assert_eq!(said(home.path(), &["verify", "out", "--replicates", "0"]).0, Some(0), "the forgery must fit");
    let (code, text) = said(home.path(), &["verify", "out"]);
    assert!(code == Some(1) && text.contains("unfounded  parameters.csv"), "{text}");
}
