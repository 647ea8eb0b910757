//! What levers must not do together: two that set one thing would compound instead of set.
//!
//! Each lever is checked alone when it is read; this looks at all levers of a scenario.

use super::{Lever, SkillsLevy};
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
pub struct Clash {
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

/// Notes every clash between the levers of a scenario, at the key in the table `levers` they were read from.
pub fn check_together(levers: &[Lever], world: &World, table: &mut TableReader<'_>) {
    for clash in clashes(levers, world) {
        let lever = &levers[clash.lever];
        let (name, at) = (lever.entry().name, number(levers, clash.lever));
        // Where a table of this kind could not be read, the numbers would name the wrong ones.
        let read = levers.iter().filter(|other| other.entry().name == name).count();
        if table.items(name).len() == read {
            table.note_item(name, at, clash.key, clash.message, Some(clash.hint.to_owned()));
        }
    }
}

/// Every clash, in the order of the later lever.
#[must_use]
pub fn clashes(levers: &[Lever], world: &World) -> Vec<Clash> {
    let mut clashes = Vec::new();
    for (at, lever) in levers.iter().enumerate() {
        let clash = |(before, other): (usize, &Lever)| {
            let key = set_by_both(lever, other, world).filter(|_| overlap(lever, other))?;
            Some(twice(levers, at, before, key))
        };
        clashes.extend(levers[..at].iter().enumerate().find_map(clash));
    }
    clashes.extend(redirected_twice(levers, world));
    clashes.extend(too_many_groups(levers, world));
    clashes.sort_by_key(|clash| clash.lever);
    clashes
}

fn twice(levers: &[Lever], lever: usize, earlier: usize, key: &'static str) -> Clash {
    let from = levers[earlier].common().from;
    let message = format!(
        "found a value that is also set by {} from {from}, expected one lever that sets it",
        path(levers, earlier)
    );
    Clash { lever, earlier, key, message, hint: "leave it out of one of them, or end one before the other starts" }
}

/// The key by which a lever sets a number that the other sets too.
fn set_by_both(lever: &Lever, other: &Lever, world: &World) -> Option<&'static str> {
    let theirs = other.policy().sets(world);
    let is_theirs =
        |condition: Condition, at: &[usize]| theirs.iter().any(|their| their.1 == condition && their.2 == at);
    let mine = lever.policy().sets(world);
    mine.iter().find(|(_, condition, at)| is_theirs(*condition, at)).map(|(key, ..)| *key)
}

/// Whether both are in force in one month.
fn overlap(a: &Lever, b: &Lever) -> bool {
    let starts_before_end = |a: &Lever, b: &Lever| b.common().last().is_none_or(|last| a.common().from <= last);
    starts_before_end(a, b) && starts_before_end(b, a)
}

/// The first month in which levies redirect more of a region's spending than there is.
fn redirected_twice(levers: &[Lever], world: &World) -> Option<Clash> {
    let levies: Vec<(usize, &SkillsLevy)> = levers
        .iter()
        .enumerate()
        .filter_map(|(at, lever)| if let Lever::SkillsLevy(levy) = lever { Some((at, levy)) } else { None })
        .collect();
    for (_, levy) in &levies {
        for month in levy.common.summits() {
            for region in levy.common.regions(world) {
                let sharing: Vec<_> = levies.iter().filter(|(_, levy)| redirected(levy, region, month) > 0.0).collect();
                let sum = sharing.iter().fold(0.0, |sum, (_, levy)| sum + redirected(levy, region, month));
                if let ([(earlier, _), .., (at, levy)], true) = (&sharing[..], sum > 1.0 + SHARE_TOLERANCE) {
                    return Some(too_much(levers, *at, *earlier, levy, month));
                }
            }
        }
    }
    None
}

/// The share of a region's spending that a levy redirects in a month.
fn redirected(levy: &SkillsLevy, region: Region, month: Month) -> f64 {
    let here = levy.common.regions.is_empty() || levy.common.regions.contains(&region);
    if here { levy.redirect(levy.common.strength(month)) } else { 0.0 }
}

fn too_much(levers: &[Lever], lever: usize, earlier: usize, levy: &SkillsLevy, month: Month) -> Clash {
    let message = format!(
        "found {} beside what {} redirects of the same spending in {month}, expected no more than 1 in sum",
        levy.redirect_existing,
        path(levers, earlier)
    );
    Clash {
        lever,
        earlier,
        key: "redirect_existing",
        message,
        hint: "lower one of them, or keep them to different regions",
    }
}

/// The first lever whose target groups are more than people can be told apart by.
fn too_many_groups(levers: &[Lever], world: &World) -> Option<Clash> {
    let mut groups = BTreeSet::new();
    for (at, lever) in levers.iter().enumerate() {
        let effect = lever.policy().effect(world, 1.0);
        groups.extend(effect.changes().iter().map(|change| change.group.clone()));
        if groups.len() > MOST_GROUPS {
            let message = format!(
                "found {} different target groups and regions, expected no more than {MOST_GROUPS} in a scenario",
                groups.len()
            );
            let hint = "let levers share a target group, or leave regions out of those that work everywhere";
            return Some(Clash { lever: at, earlier: 0, key: "target", message, hint });
        }
    }
    None
}

/// A lever's place among those of its kind.
fn number(levers: &[Lever], at: usize) -> usize {
    let name = levers[at].entry().name;
    levers[..at].iter().filter(|other| other.entry().name == name).count()
}

/// A lever as a user writes it, such as `levers.skills_levy[0]`.
#[must_use]
pub fn path(levers: &[Lever], at: usize) -> String {
    format!("levers.{}[{}]", levers[at].entry().name, number(levers, at))
}
