//! What levers must not do together: two that set one thing would compound instead of set.
//!
//! Each lever is checked alone when it is read; this looks at all levers of a scenario.

use super::common::Common;
use super::lever::Lever;
use super::policies::SkillsLevy;
use crate::calendar::Month;
use crate::conditions::{Condition, MOST_GROUPS};
use crate::domain::Region;
use crate::toml_tables::TableReader;
use crate::world::World;
use std::collections::BTreeSet;

/// Rounding allowed in shares that add up to 1.
const SHARE_TOLERANCE: f64 = 1e-9;

/// A key of a lever that does not go together with an earlier lever.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The lever's position in the list.
    pub lever: usize,
    /// The earlier lever's position in the list.
    pub earlier: usize,
    /// The key.
    pub key: &'static str,
    /// What was found and expected.
    pub message: String,
    /// What to do about it.
    pub hint: &'static str,
}

/// Notes every conflict between the levers of a scenario, at the key in the table `levers` they were read from.
pub fn check_conflicts(levers: &[Lever], world: &World, table: &mut TableReader<'_>) {
    for conflict in conflicts(levers, world) {
        let lever = &levers[conflict.lever];
        let (name, at) = (lever.kind().name, number(levers, conflict.lever));
        // Where a table of this kind could not be read, the numbers would name the wrong ones.
        let read = levers.iter().filter(|other| other.kind().name == name).count();
        if table.items(name).len() == read {
            table.note_item(name, at, conflict.key, conflict.message, Some(conflict.hint.to_owned()));
        }
    }
}

/// Every conflict, in the order of the later lever.
#[must_use]
pub fn conflicts(levers: &[Lever], world: &World) -> Vec<Conflict> {
    let mut conflicts = Vec::new();
    for (at, lever) in levers.iter().enumerate() {
        let conflict = |(before, other): (usize, &Lever)| {
            let key = set_by_both(lever, other, world).filter(|_| overlap(lever, other))?;
            Some(twice(levers, at, before, key))
        };
        conflicts.extend(levers[..at].iter().enumerate().find_map(conflict));
    }
    conflicts.extend(redirected_twice(levers, world));
    conflicts.extend(too_many_groups(levers, world));
    conflicts.sort_by_key(|conflict| conflict.lever);
    conflicts
}

fn twice(levers: &[Lever], lever: usize, earlier: usize, key: &'static str) -> Conflict {
    let from = levers[earlier].common.from;
    let message = format!(
        "found a value that is also set by {} from {from}, expected one lever that sets it",
        path(levers, earlier)
    );
    Conflict { lever, earlier, key, message, hint: "leave it out of one of them, or end one before the other starts" }
}

/// The key by which a lever sets a number that the other sets too.
fn set_by_both(lever: &Lever, other: &Lever, world: &World) -> Option<&'static str> {
    let theirs = other.sets(world);
    let is_theirs =
        |condition: Condition, at: &[usize]| theirs.iter().any(|their| their.1 == condition && their.2 == at);
    let mine = lever.sets(world);
    mine.iter().find(|(_, condition, at)| is_theirs(*condition, at)).map(|(key, ..)| *key)
}

/// Whether both are in force in one month.
fn overlap(a: &Lever, b: &Lever) -> bool {
    let starts_before_end = |a: &Lever, b: &Lever| b.common.last().is_none_or(|last| a.common.from <= last);
    starts_before_end(a, b) && starts_before_end(b, a)
}

/// The first month in which levies redirect more of a region's spending than there is.
fn redirected_twice(levers: &[Lever], world: &World) -> Option<Conflict> {
    let levies: Vec<Levy<'_>> = levers
        .iter()
        .enumerate()
        .filter_map(|(at, lever)| Some(Levy { at, common: &lever.common, settings: lever.policy()? }))
        .collect();
    for levy in &levies {
        for month in levy.common.summits() {
            for region in levy.common.regions(world) {
                let sharing: Vec<&Levy<'_>> =
                    levies.iter().filter(|levy| levy.redirected(region, month) > 0.0).collect();
                let sum = sharing.iter().fold(0.0, |sum, levy| sum + levy.redirected(region, month));
                if let ([earlier, .., later], true) = (&sharing[..], sum > 1.0 + SHARE_TOLERANCE) {
                    return Some(too_much(levers, later, earlier.at, month));
                }
            }
        }
    }
    None
}

/// A levy among the levers.
struct Levy<'a> {
    at: usize,
    common: &'a Common,
    settings: &'a SkillsLevy,
}

impl Levy<'_> {
    /// The share of a region's spending that it redirects in a month.
    fn redirected(&self, region: Region, month: Month) -> f64 {
        let here = self.common.regions.is_empty() || self.common.regions.contains(&region);
        if here { self.settings.redirect(&self.common.group, self.common.strength(month)) } else { 0.0 }
    }
}

fn too_much(levers: &[Lever], levy: &Levy<'_>, earlier: usize, month: Month) -> Conflict {
    let message = format!(
        "found {} beside what {} redirects of the same spending in {month}, expected no more than 1 in sum",
        levy.settings.redirect_existing,
        path(levers, earlier)
    );
    Conflict {
        lever: levy.at,
        earlier,
        key: "redirect_existing",
        message,
        hint: "lower one of them, or keep them to different regions",
    }
}

/// The first lever whose target groups are more than people can be told apart by.
fn too_many_groups(levers: &[Lever], world: &World) -> Option<Conflict> {
    let mut groups = BTreeSet::new();
    for (at, lever) in levers.iter().enumerate() {
        let effect = lever.effect_at(world, 1.0, 0);
        groups.extend(effect.changes().iter().map(|change| change.group.clone()));
        if groups.len() > MOST_GROUPS {
            let message = format!(
                "found {} different target groups and regions, expected no more than {MOST_GROUPS} in a scenario",
                groups.len()
            );
            let hint = "let levers share a target group, or leave regions out of those that work everywhere";
            return Some(Conflict { lever: at, earlier: 0, key: "target", message, hint });
        }
    }
    None
}

/// A lever's place among those of its kind.
fn number(levers: &[Lever], at: usize) -> usize {
    let name = levers[at].kind().name;
    levers[..at].iter().filter(|other| other.kind().name == name).count()
}

/// A lever as a user writes it, such as `levers.skills_levy[0]`.
#[must_use]
pub fn path(levers: &[Lever], at: usize) -> String {
    format!("levers.{}[{}]", levers[at].kind().name, number(levers, at))
}
