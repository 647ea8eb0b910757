//! What people meet in a month: everybody, and members of target groups.
//!
//! A condition that a lever changes for a group alone is compiled into tables of its own for each set
//! of groups that somebody belongs to, the first time that it is asked for. So any number that people
//! meet one by one can be kept to a group, and neither tables nor groups know of each other.

use super::groups::Groups;
use super::tables::Tables;
use crate::calendar::Month;
use crate::conditions::{Conditions, Group};
use crate::engine::state::person::Person;
use std::sync::{Arc, OnceLock};

/// The rates of a month.
#[derive(Clone, Debug)]
pub(crate) struct MonthRates {
    /// What everybody meets who belongs to no target group.
    pub everybody: Tables,
    pub groups: Groups,
    /// What members of each set of groups meet.
    of_sets: Vec<OnceLock<Box<Tables>>>,
}

impl MonthRates {
    /// The rates of these conditions.
    pub fn new(conditions: &Arc<Conditions>) -> Self {
        let groups = Groups::new(conditions);
        Self { everybody: Tables::new(conditions), of_sets: vec![OnceLock::new(); groups.sets()], groups }
    }

    /// The tables that a person meets in `month`: those of everybody, or those of the groups they belong to.
    #[inline]
    pub fn of(&self, person: &Person, month: Month) -> &Tables {
        if self.groups.is_empty() { &self.everybody } else { self.of_member(person, month) }
    }

    /// The tables whose hazards a person has in `month`.
    #[inline]
    pub fn for_hazards_of(&self, person: &Person, month: Month) -> &Tables {
        if self.groups.may_touch(person) { self.of_member(person, month) } else { &self.everybody }
    }

    /// Kept apart, so that runs without groups have none of it in their way.
    #[cold]
    #[inline(never)]
    fn of_member(&self, person: &Person, month: Month) -> &Tables {
        let set = self.groups.of(person, month);
        if set == 0 { &self.everybody } else { self.of_sets[set].get_or_init(|| Box::new(self.of_set(set))) }
    }

    fn of_set(&self, set: usize) -> Tables {
        let in_set = |group: &Group| self.groups.is_in(group, set);
        Tables::new(&Arc::new(self.everybody.conditions.met_by(in_set)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conditions::{Condition, Edit, GroupEdit, Operation, support};
    use crate::domain::Region;
    use crate::random::Luck;
    use crate::world::World;

    const MONTH: Month = Month(1500);

    fn with<K: Copy>(mut conditions: Conditions, group: &Group, condition: Condition<K>, by: f64) -> Conditions {
        for position in conditions.layout().range(condition) {
            let edit = Edit { condition: condition.any(), position, operation: Operation::Scale(by) };
            conditions.changes.push(GroupEdit { group: group.clone(), edit });
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
        let base = uk.get(support::CONTACT, ());
        let conditions = with(with(uk, &young, support::CONTACT, 2.0), &northern, support::CONTACT.any(), 3.0);
        let rates = MonthRates::new(&Arc::new(conditions));
        let met = |age, region| rates.of(&person(age, Region(region)), MONTH).get(support::CONTACT, ()) / base;
        for (age, region, expected) in [(18, 1, 2.0), (30, 0, 3.0), (18, 0, 6.0), (30, 1, 1.0)] {
            assert!((met(age, region) - expected).abs() < 1e-12, "{age} {region}");
        }
    }
}
