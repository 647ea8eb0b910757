//! A report in a real browser. Needs Chromium, Node and `npm ci --prefix tests/browser`; says loudly when it has to
//! be skipped, and fails instead where `RUNGS_BROWSER=required`.

#![expect(clippy::unwrap_used, reason = "a test may fail here")]
#![expect(clippy::disallowed_methods, reason = "a test may look at the clock")]

mod hostile;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// The browser, if there is one.
fn browser() -> Option<PathBuf> {
    let named = std::env::var_os("CHROMIUM").map(PathBuf::from);
    let usual = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].map(PathBuf::from);
    named.into_iter().chain(usual).find(|path| path.is_file())
}

/// What is missing to run the test, in words.
fn missing() -> Option<String> {
    let driver = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/node_modules/playwright-core");
    if browser().is_none() {
        return Some("found no Chromium (Debian: apt-get install chromium, or name one in CHROMIUM)".to_owned());
    }
    if Command::new("node").arg("--version").output().is_err() {
        return Some("found no Node".to_owned());
    }
    (!driver.is_dir()).then(|| "found no playwright-core (npm ci --prefix tests/browser)".to_owned())
}

/// Whether the test can run; a skipped one is said past the test runner's capture.
fn is_ready(test: &str) -> bool {
    let Some(missing) = missing() else { return true };
    let required = std::env::var_os("RUNGS_BROWSER").is_some_and(|value| value == "required");
    assert!(!required, "{missing}");
    let _ = writeln!(std::io::stderr(), "\nSKIPPED {test}: {missing}\n");
    false
}

/// Opens a report and fails with what the browser found wrong; `kind` is `shipped` or `hostile`.
fn open(kind: &str, report: &Path) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/report.mjs");
    let done = Command::new("node").arg(script).arg(browser().unwrap()).arg(kind).arg(report).output().unwrap();
    let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(done.status.success(), "{}{}", said(&done.stdout), said(&done.stderr));
}

fn rungs(folder: &Path, arguments: &[&str]) {
    assert_cmd::Command::cargo_bin("rungs").unwrap().current_dir(folder).args(arguments).assert().success();
}

#[test]
fn the_report_of_the_shipped_scenarios_is_small_quick_and_works() {
    let home = tempfile::tempdir().unwrap();
    let shipped: Vec<&str> = rungs::scenario::SHIPPED.iter().map(|shipped| shipped.name).collect();
    let settings = ["--scale", "20000", "--years", "3", "--replicates", "3", "--quiet", "--out", "run"];
    rungs(home.path(), &[&["run"], &shipped[..], &settings].concat());
    let report = home.path().join("run/report.html");
    let bytes = fs::metadata(&report).unwrap().len();
    assert!(bytes < 2_000_000, "the report has {bytes} bytes");
    let start = Instant::now();
    rungs(home.path(), &["report", "run", "--out", "again.html"]);
    let _ = writeln!(std::io::stderr(), "report of {bytes} bytes built in {:.1} s", start.elapsed().as_secs_f64());
    assert_eq!(fs::read(&report).unwrap(), fs::read(home.path().join("again.html")).unwrap(), "same run, same report");
    if is_ready("the report in a browser") {
        open("shipped", &report);
    }
}

#[test]
fn hostile_names_do_nothing_in_a_browser() {
    let home = tempfile::tempdir().unwrap();
    let saved = rungs::folder::read::Saved::load(&hostile::write_run(home.path())).unwrap();
    let report = home.path().join("hostile.html");
    fs::write(&report, rungs::report::html(&saved, None).unwrap()).unwrap();
    if is_ready("hostile names in a browser") {
        open("hostile", &report);
    }
}
