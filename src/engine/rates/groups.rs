//! Target groups: who belongs to one. What members meet is in `month_rates`.

use super::affected::Affected;
use crate::calendar::{MONTHS_A_YEAR, Month};
use crate::conditions::{Conditions, Group, MOST_GROUPS};
use crate::domain::{LEAVING_AGE, Region};
use crate::engine::state::person::{Person, kinds_of};

/// The target groups of a month.
#[derive(Clone, Debug)]
pub(crate) struct Groups {
    groups: Vec<Group>,
    members: Vec<Members>,
    /// Of those whose members have hazards of their own.
    with_hazards: Vec<Members>,
}

impl Groups {
    /// The groups of these conditions.
    ///
    /// # Panics
    /// If there are more than [`MOST_GROUPS`].
    pub fn new(conditions: &Conditions) -> Self {
        let groups: Vec<Group> = conditions.groups().into_iter().cloned().collect();
        assert!(groups.len() <= MOST_GROUPS, "the number of groups is checked before a run");
        let with_hazards = groups.iter().filter(|group| {
            let mut own = conditions.changes.iter().filter(|change| change.group == **group);
            own.any(|change| Affected::by(change.edit.condition) != Affected::NOBODY)
        });
        let with_hazards = with_hazards.map(Members::new).collect();
        let members = groups.iter().map(Members::new).collect();
        Self { with_hazards, members, groups }
    }

    /// Whether there are none.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// How many sets of groups somebody may belong to, as bits.
    pub fn sets(&self) -> usize {
        if self.groups.is_empty() { 0 } else { 1 << self.groups.len() }
    }

    /// Whether a group is in a set.
    pub fn is_in(&self, group: &Group, set: usize) -> bool {
        self.groups.binary_search(group).is_ok_and(|at| set >> at & 1 == 1)
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
    pub fn next_change(&self, person: &Person, known_at: Month) -> Month {
        let birthday = |age: u16| if age < LEAVING_AGE { person.birth + age * MONTHS_A_YEAR } else { Month::NEVER };
        let limits = self.open_to(person).flat_map(|group| {
            let (youngest, oldest) = group.ages;
            [
                birthday(youngest),
                birthday(oldest.saturating_add(1)),
                person.neet_since().saturating_add(group.least_months_neet),
            ]
        });
        limits.filter(|limit| *limit > known_at).fold(Month::NEVER, Month::min)
    }

    /// The groups that somebody belongs to, as bits.
    pub fn of(&self, person: &Person, month: Month) -> usize {
        let bit = |(at, members): (usize, &Members)| usize::from(members.hold(person, month)) << at;
        self.members.iter().enumerate().map(bit).fold(0, |set, bit| set | bit)
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
    pub fn hold(&self, person: &Person, month: Month) -> bool {
        let age = person.age(month);
        (self.ages.0..=self.ages.1).contains(&age)
            && self.are_like(person)
            && (self.least_months_neet == 0
                || person.state.is_neet() && person.months_neet(month) >= self.least_months_neet)
    }

    /// Whether somebody may belong in some month until `until`.
    pub fn may_hold(&self, person: &Person, month: Month, until: Month) -> bool {
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
    use crate::engine::state::person::ABROAD;
    use crate::random::Luck;

    const MONTH: Month = Month(1500);

    fn person(age: u16, region: Region) -> Person {
        Person::pupil(Luck::new(1, 1).person(0, 1), MONTH - age * 12, MONTH - 100, region)
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
