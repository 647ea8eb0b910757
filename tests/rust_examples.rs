//! The programs in `examples` are built, run, and give a number with its interval.

#![expect(clippy::unwrap_used, reason = "a test may fail here")]

use std::process::Command;

/// What an example says.
fn said_by(example: &str) -> String {
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    let arguments = ["run", "--quiet", "--offline", "--manifest-path", manifest, "--example", example];
    let output = Command::new(env!("CARGO")).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The numbers after the colon, signs included, but for the level of the interval.
fn numbers(said: &str) -> Vec<f64> {
    let after = said.split_once(':').unwrap().1.replace("95% interval", "");
    after.split([' ', '(', ')', '%', ',', '\n']).filter_map(|word| word.parse().ok()).collect()
}

#[test]
fn a_policy_of_ones_own_runs_and_has_an_interval_below_zero() {
    let said = said_by("own_policy");
    let [difference, low, high] = numbers(&said)[..] else { panic!("{said}") };
    assert!(low < difference && difference < high && high < 0.0, "{said}");
}

#[test]
fn a_measure_of_ones_own_is_evaluated_and_compared() {
    let said = said_by("own_measure");
    let [before, difference, low, high] = numbers(&said)[..] else { panic!("{said}") };
    assert!((1.0..30.0).contains(&before), "a share of people under 20: {said}");
    assert!(low < difference && difference < high, "{said}");
}
