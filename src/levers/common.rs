//! What every lever has: when, where, for whom, and on what authority.

use crate::calendar::Month;
use crate::conditions::Group;
use crate::domain::{FIRST_AGE, LEAVING_AGE, Region};
use crate::toml_tables::{Key, Printer, TableReader, print_keys, read_keys};
use crate::world::World;

/// The longest ramp or fade (months).
const LONGEST_RAMP_MONTHS: i64 = 420;
/// The oldest that members of a target group may be (years).
const LAST_AGE: u16 = LEAVING_AGE - 1;
/// The most that a lever may be scaled up.
pub const MOST_STRENGTH: f64 = 1e6;

/// What every lever has.
#[derive(Clone, Debug, PartialEq)]
pub struct Common {
    /// The first month in force.
    pub from: Month,
    /// The last month in full force; `None` for ever.
    pub to: Option<Month>,
    /// Months from `from` until full strength; 0 and 1 both mean at once.
    pub ramp_months: u16,
    /// Months from `to` until nothing is left; 0 and 1 both mean at once.
    pub fade_months: u16,
    /// How much of the lever full strength is: 1 as its keys say, 2 twice as much.
    pub full_strength: f64,
    /// Where; empty means everywhere.
    pub regions: Vec<Region>,
    /// For whom.
    pub group: Group,
    /// On what authority.
    pub source: String,
}

/// The keys that every lever has.
pub const COMMON_KEYS: &[Key<Common>] = &[
    Key::month("from", |own: &mut Common| &mut own.from)
        .means("month", "first month in force")
        .otherwise("the run's first month"),
    Key::month_or_none("to", |own: &mut Common| &mut own.to)
        .means("month", "last month in full force")
        .otherwise("for ever"),
    Key::whole("ramp_months", 0..=LONGEST_RAMP_MONTHS, |own: &mut Common| &mut own.ramp_months)
        .means("months", "months until full strength, in equal steps")
        .otherwise("0"),
    Key::whole("fade_months", 0..=LONGEST_RAMP_MONTHS, |own: &mut Common| &mut own.fade_months)
        .means("months", "months after `to` until nothing is left, in equal steps")
        .otherwise("0"),
    Key::number("full_strength", 0.0..=MOST_STRENGTH, |own: &mut Common| &mut own.full_strength)
        .means("ratio", "how much of it once it is ramped up: 2 is twice the money, places and changes")
        .or(1.0),
    Key::regions("regions", |own: &mut Common| &mut own.regions).means("names", "where").otherwise("everywhere"),
    Key::own("target", read_target, |_, _, _, _| ())
        .means("table", "for whom: ages, origin, sex, qualification, health, upbringing, months_neet_at_least")
        .otherwise("everybody"),
    Key::text("source", |own: &mut Common| &mut own.source).means("text", "on what authority").needed(),
];

/// The keys of a target group. Where its members live is what `regions` says.
const TARGET_KEYS: &[Key<Group>] = &[
    Key::span("ages", FIRST_AGE, LAST_AGE, |group: &mut Group| &mut group.ages),
    Key::names("origin", "an origin class", |group: &mut Group| &mut group.origins).not_printed_if_all(),
    Key::names("sex", "a sex", |group: &mut Group| &mut group.sexes).not_printed_if_all(),
    Key::names("qualification", "a qualification", |group: &mut Group| &mut group.qualifications).not_printed_if_all(),
    Key::names("health", "a state of health", |group: &mut Group| &mut group.health).not_printed_if_all(),
    Key::regions("upbringing", |group: &mut Group| &mut group.upbringing),
    Key::whole("months_neet_at_least", 0..=288, |group: &mut Group| &mut group.least_months_neet),
];

/// Reads `[levers.KIND.target]`.
fn read_target(own: &mut Common, table: &mut TableReader<'_>, key: &'static str, regions: &[&str]) -> bool {
    let Some(mut target) = table.table(key) else { return false };
    let everybody = Group::everybody();
    own.group = everybody.clone();
    read_keys(TARGET_KEYS, &mut own.group, &mut target, regions);
    if own.group.ages == (FIRST_AGE, LAST_AGE) {
        own.group.ages = everybody.ages;
    }
    target.finish();
    true
}

impl Common {
    /// For everybody, everywhere, from a month on for ever, on no authority yet.
    #[must_use]
    pub fn from_month(from: Month) -> Self {
        Self {
            from,
            to: None,
            ramp_months: 0,
            fade_months: 0,
            full_strength: 1.0,
            regions: Vec::new(),
            group: Group::everybody(),
            source: String::new(),
        }
    }

    /// Reads the common keys; a lever without `from` starts with the run.
    pub fn read(table: &mut TableReader<'_>, world: &World, run_start: Month) -> Self {
        let mut common = Self::from_month(run_start);
        read_keys(COMMON_KEYS, &mut common, table, &region_names(world));
        let from = common.from;
        if let Some(to) = common.to.filter(|to| *to < from) {
            table.note("to", format!("found {to}, expected a month from {from} on, where the lever starts"), None);
        }
        if common.fade_months > 0 && !table.has("to") {
            table.note("fade_months", "found a fade without an end, expected `to` beside it".to_owned(), None);
        }
        if common.regions.len() == world.regions.len() {
            common.regions.clear();
        }
        common
    }

    /// How much of the lever is in force, from 0 (not at all) to `full_strength`: linear over `ramp_months` from
    /// `from` (the last of them has full strength), then linear over `fade_months` after `to`.
    ///
    /// It is above 1 when a lever is scaled up: amounts of money and places grow with it, while shares that a lever sets
    /// have to be held at what its keys say, with `strength.min(1.0)`.
    #[must_use]
    pub fn strength(&self, month: Month) -> f64 {
        self.full_strength * self.share_in_force(month)
    }

    fn share_in_force(&self, month: Month) -> f64 {
        if month < self.from {
            return 0.0;
        }
        match self.to {
            Some(to) if month > to => {
                let left = part(self.fade_months, month.0 - to.0).map_or(0.0, |gone| 1.0 - gone);
                self.ramp(to) * left
            }
            Some(_) | None => self.ramp(month),
        }
    }

    fn ramp(&self, month: Month) -> f64 {
        part(self.ramp_months, month.0 - self.from.0 + 1).unwrap_or(1.0)
    }

    /// The last month in which anything of it is in force; `None` for ever.
    #[must_use]
    pub fn last(&self) -> Option<Month> {
        self.to.map(|to| to.plus(self.fade_months.saturating_sub(1)))
    }

    /// The months between which it is strongest: a sum of levers is nowhere above what it is in one of them.
    #[must_use]
    pub fn summits(&self) -> [Month; 2] {
        let ramped = self.from.plus(self.ramp_months.saturating_sub(1));
        let to = self.to.unwrap_or(ramped);
        [ramped.min(to), to]
    }

    /// The regions it works in, in index order.
    #[must_use]
    pub fn regions(&self, world: &World) -> Vec<Region> {
        if self.regions.is_empty() { all_regions(world) } else { self.regions.clone() }
    }

    /// Writes the keys that come before a lever's own.
    pub fn print_head(&self, out: &mut Printer, regions: &[&str]) {
        // A fade belongs to the end that it follows.
        let end: &[&str] = if self.to.is_some() { &["to", "fade_months"] } else { &[] };
        for name in [&["from"], end, &["ramp_months", "full_strength", "regions"]].concat() {
            print_keys(COMMON_KEYS.iter().filter(|key| key.about().name == name), self, out, regions);
        }
    }

    /// Writes the keys that come after a lever's own; `path` is the lever's, such as `levers.adjust`.
    pub fn print_tail(&self, path: &str, out: &mut Printer, regions: &[&str]) {
        print_keys(COMMON_KEYS.iter().filter(|key| key.about().name == "source"), self, out, regions);
        if !self.group.is_everybody() {
            let ages = (self.group.ages.0.max(FIRST_AGE), self.group.ages.1.min(LAST_AGE));
            out.heading(&format!("[{path}.target]"));
            print_keys(TARGET_KEYS, &Group { ages, ..self.group.clone() }, out, regions);
        }
    }
}

/// The share of `months` that has passed after `passed` of them; `None` once all have.
fn part(months: u16, passed: u16) -> Option<f64> {
    (passed < months).then(|| f64::from(passed) / f64::from(months))
}

/// All regions of a world, in index order.
#[must_use]
pub fn all_regions(world: &World) -> Vec<Region> {
    Region::all(world.regions.len()).collect()
}

/// The names of all regions of a world, in index order.
#[must_use]
pub fn region_names(world: &World) -> Vec<&str> {
    world.regions.iter().map(|region| region.name.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lever(from: &str, to: Option<&str>, ramp_months: u16, fade_months: u16) -> Common {
        let to = to.map(|to| to.parse().unwrap());
        Common { to, ramp_months, fade_months, ..Common::from_month(from.parse().unwrap()) }
    }

    fn strengths(common: &Common, start: &str, months: u16) -> Vec<f64> {
        let start: Month = start.parse().unwrap();
        (0..months).map(|at| common.strength(start.plus(at))).collect()
    }

    #[test]
    fn a_lever_without_a_ramp_is_fully_there_from_its_first_to_its_last_month() {
        let common = lever("2026-02", Some("2026-04"), 0, 0);
        assert_eq!(strengths(&common, "2026-01", 5), [0.0, 1.0, 1.0, 1.0, 0.0]);
    }

    #[test]
    fn a_ramp_is_linear_and_a_fade_mirrors_it() {
        let common = lever("2026-02", Some("2026-05"), 4, 4);
        assert_eq!(strengths(&common, "2026-01", 10), [0.0, 0.25, 0.5, 0.75, 1.0, 0.75, 0.5, 0.25, 0.0, 0.0]);
    }

    #[test]
    fn a_lever_that_ends_before_its_ramp_fades_from_where_it_was() {
        let common = lever("2026-01", Some("2026-02"), 4, 2);
        assert_eq!(strengths(&common, "2026-01", 4), [0.25, 0.5, 0.25, 0.0]);
    }

    #[test]
    fn the_last_month_in_force_is_the_last_of_any_strength() {
        for fade_months in [0, 1, 2, 5] {
            let common = lever("2026-01", Some("2026-03"), 0, fade_months);
            let last = common.last().unwrap();
            assert!(common.strength(last) > 0.0 && common.strength(last.plus(1)) <= 0.0);
        }
    }

    #[test]
    fn full_strength_scales_ramp_and_fade_alike() {
        let mut common = lever("2026-02", Some("2026-05"), 4, 4);
        common.full_strength = 2.0;
        assert_eq!(strengths(&common, "2026-01", 10), [0.0, 0.5, 1.0, 1.5, 2.0, 1.5, 1.0, 0.5, 0.0, 0.0]);
    }

    #[test]
    fn one_month_of_ramp_is_the_same_as_none() {
        let months = |ramp| strengths(&lever("2026-01", None, ramp, 0), "2026-01", 3);
        assert_eq!(months(0), months(1));
    }
}
