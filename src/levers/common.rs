//! What every lever has: when, where, for whom, and on what authority.

use crate::calendar::Month;
use crate::conditions::Group;
use crate::domain::{FIRST_AGE, Health, Kind, LEAVING_AGE, Origin, Qualification, Region, Sex};
use crate::toml_tables::{Printer, TableReader};
use crate::world::World;

/// The longest ramp or fade (months).
const LONGEST_RAMP_MONTHS: u16 = 420;
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

impl Common {
    /// Reads the common keys; a lever without `from` starts with the run.
    pub fn read(table: &mut TableReader<'_>, world: &World, run_start: Month) -> Self {
        table.needs("source");
        let from = table.month("from").unwrap_or(run_start);
        let to = table.month("to");
        if let Some(to) = to.filter(|to| *to < from) {
            table.note::<()>(
                "to",
                format!("found {to}, expected a month from {from} on, where the lever starts"),
                None,
            );
        }
        let ramp_months = table.whole("ramp_months", 0, LONGEST_RAMP_MONTHS).unwrap_or(0);
        let fade_months = table.whole("fade_months", 0, LONGEST_RAMP_MONTHS).unwrap_or(0);
        let full_strength = table.number("full_strength", 0.0..=MOST_STRENGTH).unwrap_or(1.0);
        if fade_months > 0 && !table.has("to") {
            table.note::<()>("fade_months", "found a fade without an end, expected `to` beside it".to_owned(), None);
        }
        let mut regions = read_regions(table, "regions", world).unwrap_or_default();
        if regions.len() == world.regions.len() {
            regions.clear();
        }
        let group = table.table("target").map_or_else(Group::everybody, |target| read_group(target, world));
        let source = table.text("source").unwrap_or_default();
        Self { from, to, ramp_months, fade_months, full_strength, regions, group, source }
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
    pub fn print_head(&self, world: &World, out: &mut Printer) {
        out.text("from", &self.from.to_string());
        if let Some(to) = self.to {
            out.text("to", &to.to_string());
            out.whole("fade_months", u64::from(self.fade_months));
        }
        out.whole("ramp_months", u64::from(self.ramp_months));
        out.number("full_strength", self.full_strength);
        if !self.regions.is_empty() {
            out.names("regions", region_names(&self.regions, world));
        }
    }

    /// Writes the keys that come after a lever's own; `path` is the lever's, such as `levers.adjust`.
    pub fn print_tail(&self, world: &World, path: &str, out: &mut Printer) {
        out.text("source", &self.source);
        if self.group.is_everybody() {
            return;
        }
        let (group, everybody) = (&self.group, Group::everybody());
        out.heading(&format!("[{path}.target]"));
        out.span("ages", (group.ages.0.max(FIRST_AGE), group.ages.1.min(LEAVING_AGE - 1)));
        if group.origins != everybody.origins {
            out.names("origin", group.origins.iter().map(|kind| kind.name()));
        }
        if group.sexes != everybody.sexes {
            out.names("sex", group.sexes.iter().map(|kind| kind.name()));
        }
        if group.qualifications != everybody.qualifications {
            out.names("qualification", group.qualifications.iter().map(|kind| kind.name()));
        }
        if group.health != everybody.health {
            out.names("health", group.health.iter().map(|kind| kind.name()));
        }
        if !group.upbringing.is_empty() {
            out.names("upbringing", region_names(&group.upbringing, world));
        }
        out.whole("months_neet_at_least", u64::from(group.least_months_neet));
    }
}

/// The share of `months` that has passed after `passed` of them; `None` once all have.
fn part(months: u16, passed: u16) -> Option<f64> {
    (passed < months).then(|| f64::from(passed) / f64::from(months))
}

fn read_group(mut target: TableReader<'_>, world: &World) -> Group {
    let everybody = Group::everybody();
    let last_age = LEAVING_AGE - 1;
    let ages = target.span("ages", FIRST_AGE, last_age).filter(|ages| *ages != (FIRST_AGE, last_age));
    let group = Group {
        ages: ages.unwrap_or(everybody.ages),
        origins: target.kinds::<Origin>("origin", "an origin class").unwrap_or(everybody.origins),
        sexes: target.kinds::<Sex>("sex", "a sex").unwrap_or(everybody.sexes),
        qualifications: target
            .kinds::<Qualification>("qualification", "a qualification")
            .unwrap_or(everybody.qualifications),
        health: target.kinds::<Health>("health", "a state of health").unwrap_or(everybody.health),
        upbringing: read_regions(&mut target, "upbringing", world).unwrap_or_default(),
        // Where people live is what `regions` says.
        residence: Vec::new(),
        least_months_neet: target.whole("months_neet_at_least", 0, 288).unwrap_or(0),
    };
    target.finish();
    group
}

/// A list of different regions of the world, in index order.
fn read_regions(table: &mut TableReader<'_>, key: &'static str, world: &World) -> Option<Vec<Region>> {
    let known: Vec<&str> = world.regions.iter().map(|region| region.name.as_str()).collect();
    let indexes = table.names(key, "a region", &known)?;
    indexes.into_iter().map(|index| u8::try_from(index).ok().map(Region)).collect()
}

/// All regions of a world, in index order.
#[must_use]
pub fn all_regions(world: &World) -> Vec<Region> {
    (0..world.regions.len()).filter_map(|index| u8::try_from(index).ok().map(Region)).collect()
}

/// The names of regions.
pub fn region_names<'a>(regions: &'a [Region], world: &'a World) -> impl Iterator<Item = &'a str> {
    regions.iter().map(|region| world.regions[region.index()].name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lever(from: &str, to: Option<&str>, ramp_months: u16, fade_months: u16) -> Common {
        Common {
            from: from.parse().unwrap(),
            to: to.map(|to| to.parse().unwrap()),
            ramp_months,
            fade_months,
            full_strength: 1.0,
            regions: Vec::new(),
            group: Group::everybody(),
            source: "test".into(),
        }
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
