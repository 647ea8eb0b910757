//! Target groups: who belongs to one, and the tables that its members meet.
//!
//! A condition that a lever changes for a group alone is compiled into tables of its own for each set
//! of groups that somebody belongs to, the first time that it is asked for. So any number that people
//! meet one by one can be kept to a group, and nothing else in the engine knows of groups.

use crate::calendar::MONTHS_A_YEAR;
use crate::conditions::{Conditions, Group, MOST_GROUPS};
use crate::domain::{LEAVING_AGE, Region};
use crate::engine::rates::affected::Concerned;
use crate::engine::rates::tables::Tables;
use crate::engine::state::person::{NEVER, Person, kinds_of};
use crate::engine::transitions::Scene;
use std::sync::{Arc, OnceLock};

/// The target groups of a month, and the tables of each set of them.
#[derive(Clone, Debug)]
pub(crate) struct Groups {
    groups: Vec<Group>,
    members: Vec<Members>,
    /// Of those whose members have hazards of their own.
    with_hazards: Vec<Members>,
    own: Vec<OnceLock<Box<Tables>>>,
}

impl Groups {
    /// The groups of these conditions, with no tables yet.
    ///
    /// # Panics
    /// If there are more than [`MOST_GROUPS`].
    pub fn new(conditions: &Conditions) -> Self {
        let groups: Vec<Group> = conditions.groups().into_iter().cloned().collect();
        assert!(groups.len() <= MOST_GROUPS, "the number of groups is checked before a run");
        let sets = if groups.is_empty() { 0 } else { 1 << groups.len() };
        let with_hazards = groups.iter().filter(|group| {
            let mut own = conditions.changes.iter().filter(|change| change.group == **group);
            own.any(|change| Concerned::by(change.edit.condition) != Concerned::NOBODY)
        });
        let with_hazards = with_hazards.map(Members::new).collect();
        let members = groups.iter().map(Members::new).collect();
        Self { with_hazards, members, groups, own: vec![OnceLock::new(); sets] }
    }

    /// Whether the members of some group have hazards of their own.
    pub fn have_hazards(&self) -> bool {
        !self.with_hazards.is_empty()
    }

    /// Whether some group may give a person hazards of their own before they are next looked at.
    #[inline]
    pub fn may_touch(&self, person: &Person) -> bool {
        !self.with_hazards.is_empty() && self.open_to(person).next().is_some()
    }

    /// Groups with hazards of their own that a person belongs to or may come to belong to.
    fn open_to<'a>(&'a self, person: &'a Person) -> impl Iterator<Item = &'a Members> {
        // Nobody becomes NEET unseen.
        self.with_hazards.iter().filter(|group| group.least_months_neet == 0 || person.state.is_neet())
    }

    /// The first month after `known_at` in which somebody may come to belong to a group or leave one, as far
    /// as age and months out of work settle it.
    #[cold]
    #[inline(never)]
    pub fn next_change(&self, person: &Person, known_at: u16) -> u16 {
        let birthday = |age: u16| if age < LEAVING_AGE { person.birth + age * MONTHS_A_YEAR } else { NEVER };
        let limits = self.open_to(person).flat_map(|group| {
            let (youngest, oldest) = group.ages;
            [
                birthday(youngest),
                birthday(oldest.saturating_add(1)),
                person.neet_since().saturating_add(group.least_months_neet),
            ]
        });
        limits.filter(|limit| *limit > known_at).fold(NEVER, u16::min)
    }

    /// The groups that somebody belongs to, as bits.
    fn of(&self, person: &Person, month: u16) -> usize {
        let bit = |(at, members): (usize, &Members)| usize::from(members.hold(person, month)) << at;
        self.members.iter().enumerate().map(bit).fold(0, |set, bit| set | bit)
    }
}

impl Tables {
    /// The tables that a person meets in `month`: these, or those of the groups they belong to.
    #[inline]
    pub fn of(&self, person: &Person, month: u16) -> &Self {
        if self.groups.groups.is_empty() { self } else { self.of_member(person, month) }
    }

    /// The tables whose hazards a person has in `month`.
    #[inline]
    pub fn for_hazards_of(&self, person: &Person, month: u16) -> &Self {
        if self.groups.may_touch(person) { self.of_member(person, month) } else { self }
    }

    /// Kept apart, so that runs without groups have none of it in their way.
    #[cold]
    #[inline(never)]
    fn of_member(&self, person: &Person, month: u16) -> &Self {
        let set = self.groups.of(person, month);
        if set == 0 { self } else { self.groups.own[set].get_or_init(|| Box::new(self.of_set(set))) }
    }

    fn of_set(&self, set: usize) -> Self {
        let in_set = |group: &Group| {
            let at = self.groups.groups.binary_search(group);
            at.is_ok_and(|at| set >> at & 1 == 1)
        };
        Self::new(&Arc::new(self.conditions.met_by(in_set)))
    }
}

impl Scene<'_> {
    /// The month as a person meets it.
    pub fn of(&self, person: &Person) -> Self {
        Self { tables: self.tables.of(person, self.month), ..*self }
    }
}

/// Who belongs to a target group, as it is asked again and again: lists of kinds as bits.
#[derive(Clone, Debug)]
pub(crate) struct Members {
    ages: (u16, u16),
    least_months_neet: u16,
    /// By sex, health and origin in one number ([`Person::traits`]).
    traits: u32,
    qualifications: u8,
    /// By number of the region, abroad included.
    upbringing: [u64; 4],
    residence: [u64; 4],
}

impl Members {
    /// The members of a group.
    pub fn new(group: &Group) -> Self {
        let traits = (0..1 << 5).filter(|traits| {
            let [sex, health, origin] = kinds_of(*traits);
            group.sexes.iter().any(|held| *held as usize == sex)
                && group.health.iter().any(|held| *held as usize == health)
                && group.origins.iter().any(|held| *held as usize == origin)
        });
        let regions = |regions: &[Region]| {
            let all = if regions.is_empty() { [u64::MAX; 4] } else { [0; 4] };
            regions.iter().fold(all, |mut bits, region| {
                bits[region.index() / 64] |= 1 << (region.index() % 64);
                bits
            })
        };
        Self {
            ages: group.ages,
            least_months_neet: group.least_months_neet,
            traits: traits.fold(0, |bits, traits| bits | 1 << traits),
            qualifications: group.qualifications.iter().fold(0, |bits, held| bits | 1 << *held as u8),
            upbringing: regions(&group.upbringing),
            residence: regions(&group.residence),
        }
    }

    /// Whether somebody belongs this month.
    #[inline]
    pub fn hold(&self, person: &Person, month: u16) -> bool {
        let age = person.age(month);
        (self.ages.0..=self.ages.1).contains(&age)
            && self.are_like(person)
            && (self.least_months_neet == 0
                || person.state.is_neet() && person.months_neet(month) >= self.least_months_neet)
    }

    /// Whether somebody may belong in some month until `until`.
    pub fn may_hold(&self, person: &Person, month: u16, until: u16) -> bool {
        let ages = person.age(month)..=person.age(until.min(person.birth + LEAVING_AGE * MONTHS_A_YEAR));
        *ages.start() <= self.ages.1
            && *ages.end() >= self.ages.0
            && self.are_like(person)
            && (self.least_months_neet == 0
                || person.state.is_neet() && person.months_neet(until) >= self.least_months_neet)
    }

    /// Whether somebody is of the kind that the group is for, months aside.
    fn are_like(&self, person: &Person) -> bool {
        let is_in = |regions: &[u64; 4], region: u8| regions[usize::from(region / 64)] >> (region % 64) & 1 == 1;
        (self.traits >> person.traits() & 1 == 1)
            & (self.qualifications >> person.qualification() as u8 & 1 == 1)
            & is_in(&self.upbringing, person.upbringing)
            & is_in(&self.residence, person.region.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conditions::{Change, Condition as C, Conditions, Edit, Operation};
    use crate::engine::state::person::ABROAD;
    use crate::random::Luck;
    use crate::world::World;

    const MONTH: u16 = 1500;

    fn with(mut conditions: Conditions, group: &Group, condition: C, by: f64) -> Conditions {
        for position in conditions.layout().range(condition) {
            let edit = Edit { condition, position, operation: Operation::Scale(by) };
            conditions.changes.push(Change { group: group.clone(), edit });
        }
        conditions
    }

    fn person(age: u16, region: Region) -> Person {
        Person::pupil(Luck::new(1, 1).person(0, 1), MONTH - age * 12, MONTH - 100, region)
    }

    #[test]
    fn members_of_two_groups_meet_the_changes_of_both_and_others_those_of_none() {
        let young = Group { ages: (16, 19), ..Group::everybody() };
        let northern = Group { residence: vec![Region(0)], ..Group::everybody() };
        let uk = World::uk().unwrap().baseline;
        let base = uk.get(C::Contact, &[]);
        let conditions = with(with(uk, &young, C::Contact, 2.0), &northern, C::Contact, 3.0);
        let tables = Tables::new(&Arc::new(conditions));
        let met = |age, region| tables.of(&person(age, Region(region)), MONTH).get(C::Contact, &[]) / base;
        for (age, region, expected) in [(18, 1, 2.0), (30, 0, 3.0), (18, 0, 6.0), (30, 1, 1.0)] {
            assert!((met(age, region) - expected).abs() < 1e-12, "{age} {region}");
        }
    }

    #[test]
    fn each_part_of_a_group_leaves_people_out() {
        let (everybody, person) = (Group::everybody(), person(18, Region(3)));
        let others = [
            Group { ages: (19, 40), ..everybody.clone() },
            Group { origins: vec![], ..everybody.clone() },
            Group { sexes: vec![], ..everybody.clone() },
            Group { qualifications: vec![], ..everybody.clone() },
            Group { health: vec![], ..everybody.clone() },
            Group { upbringing: vec![Region(2)], ..everybody.clone() },
            Group { residence: vec![Region(2)], ..everybody.clone() },
            Group { least_months_neet: 1, ..everybody.clone() },
        ];
        assert!(Members::new(&everybody).hold(&person, MONTH));
        assert!(others.iter().all(|group| !Members::new(group).hold(&person, MONTH)));
        let mut abroad = person;
        abroad.upbringing = ABROAD;
        assert!(Members::new(&everybody).hold(&abroad, MONTH));
        assert!(!Members::new(&Group { upbringing: vec![Region(3)], ..everybody }).hold(&abroad, MONTH));
    }
}
