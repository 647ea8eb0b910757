//! Flags that several verbs share.

use super::progress::Verbosity;
use super::whole::{ANY, ANY_SEED, ANY_YEARS, whole};
use crate::diagnostics::Diagnostics;
use crate::engine::tally::Follow;
use crate::experiment::Wanted;
use crate::money::EqualBudget;
use crate::outcomes::known_measure;
use crate::results::about::HalfWidth;
use crate::scenario::{Extends, Flag, Overrides};
use crate::world::{Fitted, World};
use clap::Args;
use std::path::PathBuf;

/// Which world.
#[derive(Debug, Args)]
pub(super) struct WorldFlag {
    /// Read the world from this folder instead of the embedded United Kingdom
    #[arg(long = "world", value_name = "DIR")]
    pub(super) folder: Option<PathBuf>,
}

impl WorldFlag {
    /// The world, or every mistake in it.
    pub(super) fn load(&self) -> Result<World, Diagnostics> {
        self.read(Fitted::Used)
    }

    /// The same with what a calibration has set, or as if it never had.
    pub(super) fn read(&self, fitted: Fitted) -> Result<World, Diagnostics> {
        World::of(self.folder.as_deref(), fitted)
    }
}

/// Which scenarios, over which world, and what is changed in them.
#[derive(Debug, Args)]
pub(super) struct ScenarioFlags {
    /// Scenario files, or names of shipped scenarios; the baseline is added if it is not among them
    #[arg(value_name = "FILE", required = true)]
    pub(super) files: Vec<String>,

    #[command(flatten)]
    pub(super) world: WorldFlag,

    /// Seed of all random draws
    #[arg(long, value_name = "NUMBER", value_parser = whole::<u64>(ANY_SEED))]
    seed: Option<u64>,

    /// Times that every scenario is simulated, each with its own luck
    #[arg(long, value_name = "NUMBER", value_parser = whole::<u32>(ANY))]
    replicates: Option<u32>,

    /// People that one agent stands for; 1 simulates everyone
    #[arg(long, value_name = "PEOPLE", value_parser = whole::<u32>(ANY))]
    scale: Option<u32>,

    /// Length of the simulation after the warm-up
    #[arg(long, value_name = "YEARS", value_parser = whole::<u16>(ANY_YEARS))]
    years: Option<u16>,

    /// Scale the levers that cost money, so that every scenario is planned to cost the same when discounted: GBP million in each year of the
    /// run, or `first` for what the first scenario costs
    #[arg(long, value_name = "BUDGET", value_parser = budget)]
    pub(super) equal_cost: Option<EqualBudget>,

    /// Change a key of every scenario, such as run.every=quarter; may be repeated
    #[arg(long, value_name = "KEY=VALUE")]
    set: Vec<String>,

    #[command(flatten)]
    pub(super) extends: ExtendsFlags,
}

/// Which files scenarios may extend.
#[derive(Debug, Args)]
pub(super) struct ExtendsFlags {
    /// Let scenarios extend files outside the folder of the file that is named here
    #[arg(long)]
    extends_anywhere: bool,
}

impl ExtendsFlags {
    /// The same as a word.
    pub(super) fn wanted(&self) -> Extends {
        if self.extends_anywhere { Extends::Anywhere } else { Extends::Within }
    }
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
        Overrides { set: self.set.clone(), flags: flags.collect(), extends: self.extends.wanted() }
    }
}

/// What a budget is: `first`, or millions of pounds a year.
fn budget(text: &str) -> Result<EqualBudget, String> {
    if text == "first" {
        return Ok(EqualBudget::First);
    }
    let million = text.parse::<f64>().ok().filter(|million| *million > 0.0 && *million <= 1e6);
    million.map(EqualBudget::GbpMillionAYear).ok_or_else(|| {
        format!("found {text:?}, expected `first` or a number of GBP million a year above 0, up to 1000000")
    })
}

/// How precise results are to be, or how precise they would become.
#[derive(Debug, Args)]
pub(super) struct UntilFlags {
    /// Add replicates, as many as --replicates at a time, until the effect of every scenario on this measure
    /// (everybody, last 12 months) has a Monte Carlo standard error this small, in the measure's unit; may be repeated
    #[arg(long, value_name = "MEASURE=VALUE", value_parser = measure_value)]
    pub(super) until_mcse: Vec<MeasureValue>,

    /// Stop adding replicates at this number; ten times --replicates without it
    #[arg(long, value_name = "NUMBER", requires = "until_mcse", value_parser = whole::<u32>(1..=100_000))]
    max_replicates: Option<u32>,
}

impl UntilFlags {
    /// The most replicates, if they are not given as a number.
    pub(super) fn most(&self, replicates: u32) -> Option<u32> {
        let most = self.max_replicates.unwrap_or_else(|| replicates.saturating_mul(10));
        (!self.until_mcse.is_empty()).then_some(most)
    }

    /// The precisions asked for.
    pub(super) fn wanted(&self) -> Vec<Wanted> {
        let of = |typed: &MeasureValue| Wanted { measure: typed.measure.to_owned(), mcse: typed.value };
        self.until_mcse.iter().map(of).collect()
    }
}

/// Half-widths to be told about.
#[derive(Debug, Args)]
pub(super) struct HalfWidthFlags {
    /// Say how many replicates the 95% interval of this measure needs to reach no further than this on either side, in
    /// the measure's unit; may be repeated. Others are shown for a tenth of a clear effect, or all of an unclear one
    #[arg(long, value_name = "MEASURE=VALUE", value_parser = measure_value)]
    half_width: Vec<MeasureValue>,
}

impl HalfWidthFlags {
    /// The half-widths asked for.
    pub(super) fn asked(&self) -> Vec<HalfWidth> {
        let of = |typed: &MeasureValue| HalfWidth { measure: typed.measure.to_owned(), half_width: typed.value };
        self.half_width.iter().map(of).collect()
    }
}

/// A measure and a number in its unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct MeasureValue {
    measure: &'static str,
    value: f64,
}

/// `neet_rate=0.0005`.
fn measure_value(text: &str) -> Result<MeasureValue, String> {
    let expected = "a measure and a number above 0 in its unit, such as neet_rate=0.0005";
    let (key, number) = text.split_once('=').ok_or_else(|| format!("found {text:?}, expected {expected}"))?;
    let measure = known_measure(key.trim())?;
    let value = number.trim().parse::<f64>().ok().filter(|value| *value > 0.0 && value.is_finite());
    let value = value.ok_or_else(|| format!("found {number:?}, expected {expected}"))?;
    Ok(MeasureValue { measure: measure.key, value })
}

/// Whether lives are kept.
#[derive(Debug, Args)]
pub(super) struct PanelFlags {
    /// Keep the lives of this share of all people, spell by spell (panel.parquet): the same people in every scenario and replicate
    #[arg(long, value_name = "SHARE", value_parser = share)]
    pub(super) panel: Option<Share>,
}

/// A share above 0, up to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Share(f64);

impl Share {
    /// The share, if it is one.
    pub(super) fn new(share: f64) -> Option<Self> {
        (share > 0.0 && share <= 1.0).then_some(Self(share))
    }

    pub(super) fn value(self) -> f64 {
        self.0
    }

    /// Who is followed: the share in parts of 2^32, at least one part.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "above 0, and held at the largest number"
    )]
    pub(super) fn follow(self) -> Follow {
        Follow::Share((self.0 * f64::from(u32::MAX)).max(1.0) as u32)
    }
}

fn share(text: &str) -> Result<Share, String> {
    let share = text.parse::<f64>().ok().and_then(Share::new);
    share.ok_or_else(|| format!("found {text:?}, expected a share of people above 0, up to 1"))
}

/// How many processor threads to use.
#[derive(Debug, Args)]
pub(super) struct ThreadFlags {
    /// Processor threads; the results are the same for any number
    #[arg(long, value_name = "NUMBER", value_parser = whole::<u16>(1..=1024))]
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
pub(super) struct StatusFlags {
    /// Say nothing but errors on stderr
    #[arg(long, short)]
    pub(super) quiet: bool,
}

impl StatusFlags {
    /// The same as a word.
    pub(super) fn level(&self) -> Verbosity {
        if self.quiet { Verbosity::Quiet } else { Verbosity::Normal }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_budget_is_a_sum_a_year_or_that_of_the_first() {
        assert_eq!(budget("first"), Ok(EqualBudget::First));
        assert_eq!(budget("250.5"), Ok(EqualBudget::GbpMillionAYear(250.5)));
        for wrong in ["", "0", "-5", "NaN", "inf", "second", "2e6"] {
            assert!(budget(wrong).unwrap_err().contains("expected"), "{wrong}");
        }
    }

    #[test]
    fn a_precision_names_a_measure_there_is_and_a_number_above_zero() {
        assert_eq!(measure_value("neet_rate=0.001"), Ok(MeasureValue { measure: "neet_rate", value: 0.001 }));
        for wrong in ["neet_rate", "happiness=1", "neet_rate=0", "neet_rate=-1", "neet_rate=inf", "=1", "neet_rate="] {
            assert!(measure_value(wrong).unwrap_err().contains("expected"), "{wrong}");
        }
    }
}
