//! The examples and the code of the guide, run on a small run. Needs Python 3 and packages from the Python Package Index; says loudly when
//! it has to be skipped, and fails instead where `RUNGS_PYTHON=required`.

#![expect(clippy::unwrap_used, reason = "a test may fail here")]

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn said(done: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr))
}

/// Runs a command to its end; what it said if it failed.
fn done(command: &mut Command) -> Result<String, String> {
    let output = command.output().map_err(|error| error.to_string())?;
    if output.status.success() { Ok(said(&output)) } else { Err(said(&output)) }
}

/// A Python with the packages of the examples, in a folder of its own.
fn python(home: &Path) -> Result<PathBuf, String> {
    let venv = home.join("venv");
    done(Command::new("python3").args(["-m", "venv"]).arg(&venv))?;
    let python = venv.join("bin/python");
    let requirements = root().join("examples/requirements.txt");
    let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"];
    done(Command::new(&python).args(install).arg(requirements))?;
    Ok(python)
}

/// The blocks of the guide's page on analysis in a language.
fn blocks(language: &str) -> Vec<String> {
    let page = fs::read_to_string(root().join("docs/how-to/analyse-results-elsewhere.md")).unwrap();
    let fence = format!("```{language}\n");
    page.split(&fence).skip(1).map(|rest| rest.split("```").next().unwrap().to_owned()).collect()
}

#[test]
fn the_examples_and_the_code_of_the_guide_run_and_answer() {
    let home = tempfile::tempdir().unwrap();
    let python = match python(home.path()) {
        Ok(python) => python,
        Err(missing) => {
            let required = std::env::var_os("RUNGS_PYTHON").is_some_and(|value| value == "required");
            assert!(!required, "{missing}");
            let _ = writeln!(std::io::stderr(), "\nSKIPPED the examples: no Python with their packages: {missing}\n");
            return;
        }
    };
    let flags = ["--scale", "5000", "--years", "2", "--replicates", "3", "--panel", "0.3", "--quiet"];
    let mut run = assert_cmd::Command::cargo_bin("rungs").unwrap();
    let set = ["--set", "run.start=2027-01", "--out", "results/quick"];
    run.current_dir(home.path()).args(["run", "recession", "local-partnerships"]).args(flags).args(set);
    run.assert().success();

    let example = |name: &str| {
        let file = root().join("examples").join(name);
        done(Command::new(&python).arg(file).arg("results/quick").current_dir(home.path())).unwrap()
    };
    let pandas = example("panel_pandas.py");
    for scenario in ["baseline", "recession", "local-partnerships"] {
        assert!(pandas.contains(&format!("{scenario}: 0.")), "{pandas}");
    }
    assert!(pandas.contains("standard error 0.0") && !pandas.contains("Empty"), "{pandas}");
    let polars = example("panel_polars.py");
    assert!(polars.contains("North East") && polars.contains("panel_share_neet"), "{polars}");
    let duckdb = example("panel_duckdb.py");
    assert!(duckdb.contains("higher education") && duckdb.contains("agree on the NEET rate"), "{duckdb}");

    let [code] = <[String; 1]>::try_from(blocks("python")).unwrap();
    let shown = format!("{code}\nassert len(effects) and len(series) and len(panel)\n");
    done(Command::new(&python).arg("-c").arg(shown).current_dir(home.path())).unwrap();
    let [query] = <[String; 1]>::try_from(blocks("sql")).unwrap();
    let ask = "import sys, duckdb\nrows = duckdb.sql(sys.argv[1]).fetchall()\nassert len(rows) == 6, rows\nprint(rows)";
    let rows = done(Command::new(&python).args(["-c", ask, &query]).current_dir(home.path())).unwrap();
    assert!(rows.contains("'recession', '2028-01'"), "{rows}");
}
