//! How a scenario is run: the table `[run]`, each key declared once.

use crate::calendar::Month;
use crate::domain::Kind;
use crate::toml_tables::{Key, Printer, TableReader, print_keys, read_keys};
use strum::{IntoStaticStr, VariantArray};

/// The longest run (years).
pub const MOST_YEARS: u16 = 35;
/// The most replicates of a run.
pub const MOST_REPLICATES: u32 = 100_000;
/// The most people that one agent may stand for.
pub const MOST_SCALE: u32 = 1_000_000;

/// The first and last month a run may start in.
const STARTS: (&str, &str) = ("1950-01", "2150-12");

/// How a scenario is run.
///
/// ```
/// use rungs::prelude::*;
///
/// let world = World::uk()?;
/// let baseline = Scenario::load("baseline", &Overrides::default(), &world)?;
/// let small = RunSettings { years: 2, scale: 20_000, replicates: 4, ..baseline.run };
/// assert_eq!(small.months(), 24);
/// # Ok::<(), Diagnostics>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunSettings {
    /// The first month that is counted.
    pub start: Month,
    /// Years counted, 1 to [`MOST_YEARS`].
    pub years: u16,
    /// Independent repetitions, 1 to [`MOST_REPLICATES`].
    pub replicates: u32,
    /// People that one agent stands for, 1 to [`MOST_SCALE`].
    pub scale: u32,
    /// The seed of all randomness.
    pub seed: u64,
    /// The length of a period in the results.
    pub every: Every,
    /// The breakdowns in the results, beside everybody.
    pub by: Vec<Breakdown>,
}

impl RunSettings {
    /// Months counted.
    #[must_use]
    pub fn months(&self) -> u16 {
        self.years * 12
    }
}

/// The length of a period in the results.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray, IntoStaticStr)]
pub enum Every {
    /// One month.
    #[strum(serialize = "month")]
    Month,
    /// Three months.
    #[strum(serialize = "quarter")]
    Quarter,
    /// Twelve months.
    #[strum(serialize = "year")]
    Year,
}

impl Every {
    /// Months in a period.
    #[must_use]
    pub fn months(self) -> u16 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Year => 12,
        }
    }
}

/// A way of breaking results down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray, IntoStaticStr)]
pub enum Breakdown {
    /// By the region that people live in.
    #[strum(serialize = "residence")]
    Residence,
    /// By the region that people grew up in.
    #[strum(serialize = "upbringing")]
    Upbringing,
    /// By origin class.
    #[strum(serialize = "origin")]
    Origin,
    /// By sex.
    #[strum(serialize = "sex")]
    Sex,
    /// By the region that people live in and origin class.
    #[strum(serialize = "residence x origin")]
    ResidenceOrigin,
    /// By the region that people grew up in and origin class.
    #[strum(serialize = "upbringing x origin")]
    UpbringingOrigin,
    /// By origin class and sex.
    #[strum(serialize = "origin x sex")]
    OriginSex,
}

/// The keys of `[run]`. Every one is always there: those of the shipped baseline lie under every scenario.
const KEYS: &[Key<RunSettings>] = &[
    Key::month("start", |run: &mut RunSettings| &mut run.start),
    Key::whole("years", 1..=MOST_YEARS as i64, |run: &mut RunSettings| &mut run.years),
    Key::whole("replicates", 1..=MOST_REPLICATES as i64, |run: &mut RunSettings| &mut run.replicates),
    Key::whole("scale", 1..=MOST_SCALE as i64, |run: &mut RunSettings| &mut run.scale),
    Key::whole("seed", 0..=i64::MAX, |run: &mut RunSettings| &mut run.seed),
    Key::name("every", "a period", |run: &mut RunSettings| &mut run.every),
    Key::own("by", read_by, |run, out, key, _| out.names(key, run.by.iter().map(|breakdown| breakdown.name()))),
];

/// Reads `[run]`; `None` if any key cannot stand.
pub(super) fn read_run(mut table: TableReader<'_>) -> Option<RunSettings> {
    let mut run =
        RunSettings { start: Month(0), years: 0, replicates: 0, scale: 0, seed: 0, every: Every::Year, by: Vec::new() };
    read_keys(KEYS, &mut run, &mut table, &[]);
    let complete = KEYS.iter().all(|key| table.can_stand(key.about().name));
    if table.can_stand("start") && !is_start(run.start) {
        let message = format!("found {}, expected a month from {} to {}", run.start, STARTS.0, STARTS.1);
        table.note("start", message, None);
    }
    table.finish();
    complete.then_some(run)
}

/// An empty list is fine here: results for everybody alone.
fn read_by(run: &mut RunSettings, table: &mut TableReader<'_>, key: &'static str, _regions: &[&str]) -> bool {
    table.allows_nothing(key);
    if table.value(key).is_some_and(|typed| typed.as_list().is_some_and(<[_]>::is_empty)) {
        run.by = Vec::new();
        return true;
    }
    let chosen = |indexes: Vec<usize>| indexes.into_iter().map(|index| Breakdown::VARIANTS[index]).collect();
    table.names(key, "a breakdown", &Breakdown::names()).map(|indexes| run.by = chosen(indexes)).is_some()
}

fn is_start(month: Month) -> bool {
    let end = |text: &str| text.parse::<Month>().ok();
    end(STARTS.0) <= Some(month) && Some(month) <= end(STARTS.1)
}

/// Writes `[run]` so that it reads back to the same settings.
pub(super) fn print_run(run: &RunSettings, out: &mut Printer) {
    out.heading("[run]");
    print_keys(KEYS, run, out, &[]);
}
