//! Flags that several verbs share.

use super::progress::Talk;
use crate::scenario::{Flag, Overrides};
use clap::Args;
use std::path::PathBuf;

/// Which scenarios, over which world, and what is changed in them.
#[derive(Debug, Args)]
pub(super) struct ScenarioFlags {
    /// Scenario files, or names of shipped scenarios; the baseline is added if it is not among them
    #[arg(value_name = "FILE", required = true)]
    pub(super) files: Vec<String>,

    /// Read the world from this folder instead of the embedded United Kingdom
    #[arg(long, value_name = "DIR")]
    pub(super) world: Option<PathBuf>,

    /// Seed of all random draws
    #[arg(long, value_name = "NUMBER")]
    seed: Option<u64>,

    /// Times that every scenario is simulated, each with its own luck
    #[arg(long, value_name = "NUMBER")]
    replicates: Option<u32>,

    /// People that one agent stands for; 1 simulates everyone
    #[arg(long, value_name = "PEOPLE")]
    scale: Option<u32>,

    /// Length of the simulation after the warm-up
    #[arg(long, value_name = "YEARS")]
    years: Option<u16>,

    /// Change a key of every scenario, such as run.every=quarter; may be repeated
    #[arg(long, value_name = "KEY=VALUE")]
    set: Vec<String>,
}

impl ScenarioFlags {
    /// The changes to make in every scenario; a flag is the same as `--set` of its key.
    pub(super) fn overrides(&self) -> Overrides {
        let typed = [
            ("--seed", "run.seed", self.seed.map(|seed| seed.to_string())),
            ("--replicates", "run.replicates", self.replicates.map(|replicates| replicates.to_string())),
            ("--scale", "run.scale", self.scale.map(|scale| scale.to_string())),
            ("--years", "run.years", self.years.map(|years| years.to_string())),
        ];
        let flags = typed.into_iter().filter_map(|(name, key, value)| Some(Flag { name, key, value: value? }));
        Overrides { set: self.set.clone(), flags: flags.collect() }
    }
}

/// How many processor threads to use.
#[derive(Debug, Args)]
pub(super) struct ThreadFlags {
    /// Processor threads; the results are the same for any number
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
}

impl ThreadFlags {
    /// The number asked for, or as many as the machine has.
    pub(super) fn count(&self) -> usize {
        self.threads.map_or_else(|| std::thread::available_parallelism().map_or(1, usize::from), usize::from)
    }
}

/// How much is said on stderr.
#[derive(Debug, Args)]
pub(super) struct TalkFlags {
    /// Say nothing but errors on stderr
    #[arg(long, short)]
    pub(super) quiet: bool,
}

impl TalkFlags {
    /// The same as a word.
    pub(super) fn level(&self) -> Talk {
        if self.quiet { Talk::Quiet } else { Talk::Normal }
    }
}
