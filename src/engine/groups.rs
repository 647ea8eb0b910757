//! Target groups: who belongs to one, and the tables that its members meet.
//!
//! A condition that a lever changes for a group alone is compiled into tables of its own for each set
//! of groups that somebody belongs to, the first time that it is asked for. So any number that people
//! meet one by one can be kept to a group, and nothing else in the engine knows of groups.

use crate::conditions::{Group, MOST_GROUPS};
use crate::domain::Region;
use crate::engine::lives::Scene;
use crate::engine::population::Person;
use crate::engine::tables::Tables;
use std::sync::{Arc, OnceLock};

/// The target groups of a month, and the tables of each set of them.
#[derive(Clone, Debug)]
pub(crate) struct Groups {
    groups: Vec<Group>,
    own: Vec<OnceLock<Box<Tables>>>,
}

impl Groups {
    /// These groups, with no tables yet.
    ///
    /// # Panics
    /// If there are more than [`MOST_GROUPS`].
    pub fn new(groups: Vec<&Group>) -> Self {
        assert!(groups.len() <= MOST_GROUPS, "the number of groups is checked before a run");
        let sets = if groups.is_empty() { 0 } else { 1 << groups.len() };
        Self { groups: groups.into_iter().cloned().collect(), own: vec![OnceLock::new(); sets] }
    }

    /// All of them.
    pub fn all(&self) -> &[Group] {
        &self.groups
    }

    /// The groups that somebody belongs to, as bits.
    fn of(&self, person: &Person, month: u16) -> usize {
        let bit = |(at, group): (usize, &Group)| usize::from(is_member(group, person, month)) << at;
        self.groups.iter().enumerate().map(bit).fold(0, |set, bit| set | bit)
    }
}

impl Tables {
    /// The tables that a person meets in `month`: these, or those of the groups they belong to.
    #[inline]
    pub fn of(&self, person: &Person, month: u16) -> &Self {
        if self.groups.groups.is_empty() {
            return self;
        }
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

/// Whether somebody belongs to a target group this month.
pub(crate) fn is_member(group: &Group, person: &Person, month: u16) -> bool {
    let age = person.age(month);
    let grew_up = || group.upbringing.contains(&Region(person.upbringing));
    (group.ages.0..=group.ages.1).contains(&age)
        && group.origins.contains(&person.origin())
        && group.sexes.contains(&person.sex())
        && group.qualifications.contains(&person.qualification())
        && group.health.contains(&person.health())
        && (group.upbringing.is_empty() || grew_up())
        && (group.residence.is_empty() || group.residence.contains(&person.region))
        && (group.least_months_neet == 0
            || person.state.is_neet() && person.months_neet(month) >= group.least_months_neet)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conditions::{Change, Condition as C, Conditions, Edit, Operation};
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
        assert!(is_member(&everybody, &person, MONTH));
        assert!(others.iter().all(|group| !is_member(group, &person, MONTH)));
    }
}
