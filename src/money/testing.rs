//! What the tests of this room share.

use crate::scenario::{Every, RunSettings};

/// Some years by year from the month in which the levers of tests start.
pub fn run(years: u16) -> RunSettings {
    RunSettings {
        start: "2026-09".parse().unwrap(),
        years,
        replicates: 2,
        scale: 100,
        seed: 1,
        every: Every::Year,
        by: Vec::new(),
    }
}
