//! What levers must not do together: two that set one thing would compound instead of set.
//!
//! Each lever is checked alone when it is read; this looks at all levers of a scenario.

use super::lever::Lever;
use super::policies::Adjust;
use super::policy::{Part, Shared};
use crate::calendar::Month;
use crate::conditions::{Condition, MOST_GROUPS, Operation};
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
    conflicts.extend((0..levers.len()).filter_map(|at| opposed_bounds(levers, at)));
    conflicts.extend(taken_twice(levers, world));
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

/// The first month in which levers of one kind take more of something than there is, for each key.
fn taken_twice(levers: &[Lever], world: &World) -> Vec<Conflict> {
    let mut found: Vec<Conflict> = Vec::new();
    let months: BTreeSet<Month> = levers.iter().flat_map(|lever| lever.common.summits()).collect();
    for month in months {
        let parts_of = |(at, lever): (usize, &Lever)| {
            lever.takes(world, lever.common.strength(month)).into_iter().map(move |part| (at, part)).collect::<Vec<_>>()
        };
        let parts: Vec<(usize, Part)> = levers.iter().enumerate().flat_map(parts_of).collect();
        let parts: Vec<(usize, Part)> = parts.into_iter().filter(|(_, part)| part.amount > 0.0).collect();
        for (place, (at, part)) in parts.iter().enumerate() {
            if found.iter().all(|conflict| conflict.key != part.key) {
                found.extend(too_much(levers, (*at, part), &parts[..place], world, month));
            }
        }
    }
    found
}

/// What is wrong if a lever and those before it take more than there is of what it takes a part of.
fn too_much(
    levers: &[Lever],
    (at, part): (usize, &Part),
    earlier: &[(usize, Part)],
    world: &World,
    month: Month,
) -> Option<Conflict> {
    let common = &levers[at].common;
    let in_group = |other: usize| {
        part.shared != Shared::ByRegionAndGroup || levers[other].common.group.may_share_members(&common.group)
    };
    let earlier: Vec<&(usize, Part)> =
        earlier.iter().filter(|(other, their)| their.key == part.key && in_group(*other)).collect();
    let places: Vec<Option<Region>> = match part.shared {
        Shared::Everywhere => vec![None],
        Shared::ByRegion | Shared::ByRegionAndGroup => common.regions(world).into_iter().map(Some).collect(),
    };
    places.into_iter().find_map(|place| {
        let is_here = |other: usize| {
            let regions = &levers[other].common.regions;
            place.is_none_or(|region| regions.is_empty() || regions.contains(&region))
        };
        let sharing: Vec<&&(usize, Part)> = earlier.iter().filter(|(other, _)| is_here(*other)).collect();
        let sum = sharing.iter().fold(part.amount, |sum, (_, their)| sum + their.amount);
        let first = sharing.first().map(|(other, _)| *other);
        (sum > part.most + SHARE_TOLERANCE).then(|| more_than_there_is(levers, at, first, part, month))
    })
}

fn more_than_there_is(levers: &[Lever], at: usize, first: Option<usize>, part: &Part, month: Month) -> Conflict {
    let Part { key, amount, most, of, .. } = *part;
    let beside = first.map_or_else(String::new, |first| format!(" beside what {} takes", path(levers, first)));
    let in_sum = if first.is_some() { " in sum" } else { "" };
    let message = format!("found {amount} of {of}{beside} in {month}, expected no more than {most}{in_sum}");
    let hint = if first.is_some() {
        "lower one of them, or keep them to different regions or months"
    } else {
        "lower it, or `full_strength`"
    };
    Conflict { lever: at, earlier: first.unwrap_or(at), key, message, hint }
}

/// Bounds of `adjust` that exclude each other: of two, the upper would win without a word.
fn opposed_bounds(levers: &[Lever], at: usize) -> Option<Conflict> {
    let lever = &levers[at];
    let own: &Adjust = lever.policy()?;
    let opposed = |(before, other): (usize, &Lever)| {
        let their: &Adjust = other.policy()?;
        let (key, found, expected) = match (own.change, their.change) {
            (Operation::AtLeast(low), Operation::AtMost(high)) if low > high => {
                ("at_least", low, format!("at most {high}"))
            }
            (Operation::AtMost(high), Operation::AtLeast(low)) if low > high => {
                ("at_most", high, format!("at least {low}"))
            }
            (_, _) => return None,
        };
        let of = own.of.iter().zip(&their.of).all(|(own, their)| own.is_none() || their.is_none() || own == their);
        let [here, there] = [&lever.common, &other.common];
        let places = here.regions.is_empty()
            || there.regions.is_empty()
            || here.regions.iter().any(|region| there.regions.contains(region));
        let is_same = own.condition == their.condition && of && places && here.group.may_share_members(&there.group);
        if !is_same || !overlap(lever, other) {
            return None;
        }
        let message = format!("found {found}, which {} excludes, expected {expected} as it says", path(levers, before));
        let hint = "leave one of them out, or end one before the other starts";
        Some(Conflict { lever: at, earlier: before, key, message, hint })
    };
    levers[..at].iter().enumerate().find_map(opposed)
}

/// The first lever whose target groups are more than people can be told apart by.
fn too_many_groups(levers: &[Lever], world: &World) -> Option<Conflict> {
    let mut groups = BTreeSet::new();
    for (at, lever) in levers.iter().enumerate() {
        let effect = lever.effect_at(world, 1.0, lever.common.from);
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
