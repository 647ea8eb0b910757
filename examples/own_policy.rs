//! A policy of one's own: employers keep young people in their jobs for longer.
//!
//! Any change of the conditions that people meet is a policy. Here the hazard of losing or leaving a working-class job
//! is halved for those under 21, from the second year on. The answer is what that changes in the share of people at
//! 16-24 who are NEET, with the interval that luck leaves.

#![expect(clippy::print_stdout, reason = "an example shows its answer")]

use rungs::conditions::jobs;
use rungs::domain::{AgeBand, JobClass};
use rungs::prelude::*;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let world = World::uk()?;
    let shipped = Scenario::load("baseline", &Overrides::default(), &world)?;
    // One agent stands for 10,000 people, which is quick; a smaller scale and more replicates say it more precisely.
    let settings = RunSettings { years: 3, scale: 10_000, replicates: 8, ..shipped.run };

    let halved =
        |band| Edit::new(world.baseline.layout(), jobs::SEPARATION, (JobClass::Working, band), Operation::Scale(0.5));
    let edits = [AgeBand::From16, AgeBand::From18].map(halved);
    let from = settings.start.plus(12);
    let policy = Timeline::new(&world, &settings, |month, conditions| {
        if month >= from {
            apply(conditions, &mut edits.to_vec());
        }
    });

    let baseline = Timeline::unchanged(&world, &settings);
    let outcomes = run(&Experiment::new(&world, settings, vec![baseline, policy]), &Unobserved);
    let effect = outcomes.effect(1, "neet_rate", EVERYBODY, outcomes.last_year()).ok_or("nobody was counted")?;
    let (low, high) = effect.interval.ok_or("a single replicate has no interval")?;
    let [difference, low, high] = [effect.difference, low, high].map(|share| 100.0 * share);
    println!("NEET at 16-24, last year: {difference:+.2} percentage points (95% interval {low:+.2} to {high:+.2})");
    Ok(())
}
