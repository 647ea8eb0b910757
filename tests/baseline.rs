//! The shipped baseline beside published figures. A miss counts when it lies more than 4.5 Monte Carlo standard errors outside.

use rungs::calendar::Month;
use rungs::calibrate::{self, Finding, Settings, Target};
use rungs::experiment::Unobserved;
use rungs::world::World;
use std::sync::{Arc, LazyLock};

/// What chance may do to one figure.
const LARGEST_Z: f64 = 4.5;

static FOUND: LazyLock<Vec<(Target, Finding)>> = LazyLock::new(|| {
    let world = World::uk().expect("the shipped world has no mistakes");
    let targets = calibrate::read(&world).expect("the shipped figures have no mistakes");
    let start = Month::new(2025, 9).expect("a month of the calendar");
    let settings = Settings { seed: 7, scale: 100, replicates: 8, start, years: 3 };
    let sets = [Arc::new(world.baseline.clone())];
    let replicates = calibrate::simulate(&sets, &targets, &settings, &Unobserved).remove(0).expect("nothing stops it");
    let findings = calibrate::findings(&targets, &replicates);
    targets.into_iter().zip(findings).collect()
});

/// The named figure, in a message too.
fn found(name: &str) -> &'static (Target, Finding) {
    FOUND.iter().find(|(target, _)| target.name == name).unwrap_or_else(|| panic!("no figure is called {name}"))
}

/// How many standard errors a figure lies outside an interval.
fn z_outside((target, finding): &(Target, Finding), low: f64, high: f64) -> f64 {
    let (Some(simulated), Some(mcse)) = (finding.simulated, finding.mcse) else { panic!("{} is unknown", target.name) };
    (low - simulated).max(simulated - high).max(0.0) / mcse
}

#[test]
fn mechanisms_that_nobody_imposed_are_as_published() {
    let bounds = [
        ("elasticity of job finding to vacancies", 0.3, 0.5),
        ("slope of the Beveridge curve", f64::NEG_INFINITY, 0.0),
        ("displacement by help with search", 0.0, 1.0),
        ("finding work: unemployed under 3 months against over 2 years", 2.5, 3.5),
        ("finding work: graduates against no qualification", 2.2, 3.0),
        ("young graduates below professional jobs", 31.0, 36.0),
    ];
    for (name, low, high) in bounds {
        let z = z_outside(found(name), low, high);
        assert!(z < LARGEST_Z, "{name}: {:?} is {z:.1} standard errors outside {low} to {high}", found(name).1);
    }
}

#[test]
fn help_with_search_displaces_some_but_not_all_beyond_doubt() {
    let (_, finding) = found("displacement by help with search");
    let (share, mcse) = (finding.simulated.unwrap(), finding.mcse.unwrap());
    assert!(share - LARGEST_Z * mcse > 0.0 && share + LARGEST_Z * mcse < 1.0, "{share} with error {mcse}");
}

#[test]
fn no_region_and_no_origin_is_two_points_off_on_neet() {
    let neet: Vec<_> = FOUND
        .iter()
        .filter(|(target, _)| target.subject == "NEET" && target.name.starts_with("NEET, 16-24, "))
        .collect();
    let places = neet.iter().filter(|(target, _)| target.used == calibrate::Use::Fitted);
    let mut counted = 0;
    for one in places {
        let value = one.0.value.expect("published");
        let z = z_outside(one, value - 2.0, value + 2.0);
        assert!(z < LARGEST_Z, "{}: {:?}, published {value}", one.0.name, one.1);
        counted += 1;
    }
    assert_eq!(counted, 17, "twelve regions and five origins");
}
