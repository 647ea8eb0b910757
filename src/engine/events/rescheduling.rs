//! Who has to look ahead again because conditions have changed.
//!
//! Looking ahead takes time and conditions of a lever that comes slowly change every month, so it is kept to those for whom
//! it can bring something new. People whose hazards only fell will not be due before they said: it is enough that they
//! look again then, which is for people in work, the most, and only as long as hazards go on falling. Whoever is left out
//! here must be due in the same month as if they had looked. What depends on which condition is in `rates::affected`,
//! how people look ahead in `competing_risks`.

use super::hazards::is_known;
use crate::calendar::Month;
use crate::conditions::Group;
use crate::engine::rates::affected::Affected;
use crate::engine::rates::groups::Members;
use crate::engine::rates::month_rates::MonthRates;
use crate::engine::state::person::Person;
use crate::units::Probability;
use std::collections::BTreeMap;

/// Who has to look ahead again.
#[derive(Debug)]
pub(crate) struct Rescheduling<'a> {
    /// Kinds of people of whom everybody has to.
    kinds: Affected,
    /// Shares of people known to agencies before and now, if they changed.
    known: Option<[&'a [Probability]; 2]>,
    /// Groups whose members meet other changes than before, and whom of them it concerns. Who may be a member is asked with
    /// the month until which somebody relies on what they found out. Of people in work in doubt that is not known: those look
    /// ahead anyway.
    groups: Vec<(Members, Affected)>,
    /// Whether hazards of people in work fell, and none rose; never with groups that have hazards of their own.
    has_fallen: bool,
}

impl<'a> Rescheduling<'a> {
    /// Those whose hazards differ between two months.
    pub fn between(before: &'a MonthRates, now: &'a MonthRates) -> Self {
        let (old, new) = (&before.everybody.conditions.changes, &now.everybody.conditions.changes);
        let came_or_went =
            old.iter().filter(|change| !new.contains(change)).chain(new.iter().filter(|change| !old.contains(change)));
        let mut groups: BTreeMap<&Group, Affected> = BTreeMap::new();
        for change in came_or_went {
            let affected = groups.entry(&change.group).or_insert(Affected::NOBODY);
            *affected = Affected::by(change.edit.condition).and(*affected);
        }
        let groups = groups.into_iter().filter(|(_, affected)| *affected != Affected::NOBODY);
        let groups = groups.map(|(group, affected)| (Members::new(group), affected)).collect();
        let has_own_hazards = before.groups.have_hazards() || now.groups.have_hazards();
        let (before, now) = (&before.everybody, &now.everybody);
        if has_own_hazards {
            // What holds for everybody need not hold for members.
            return Self { kinds: now.affected_since(before), known: None, groups, has_fallen: false };
        }
        let (kinds, has_fallen) =
            (now.hazards.affected_since(&before.hazards), now.hazards.fell_in_work(&before.hazards));
        let known = (now.known != before.known).then_some([&before.known[..], &now.known[..]]);
        Self { kinds: if has_fallen { kinds.without(Affected::IN_WORK) } else { kinds }, known, groups, has_fallen }
    }

    /// Everybody in work, whose hazards no longer fall.
    pub fn in_work() -> Self {
        Self { kinds: Affected::IN_WORK, known: None, groups: Vec::new(), has_fallen: false }
    }

    /// Adds everybody in work, whose hazards fell in months before, unless they fell again.
    pub fn include_stale(&mut self) {
        if !self.has_fallen {
            self.kinds = self.kinds.and(Affected::IN_WORK);
        }
    }

    /// Whether people in work who have not looked ahead may be due later than they said.
    pub fn leaves_stale(&self) -> bool {
        self.has_fallen
    }

    /// Whether nobody has to.
    pub fn is_needless(&self) -> bool {
        self.kinds == Affected::NOBODY && self.known.is_none() && self.groups.is_empty()
    }

    /// Whether somebody has to who relies until `until` on what they found out.
    pub fn affects(&self, person: &Person, month: Month, until: Month) -> bool {
        let mut groups = self.groups.iter();
        self.kinds.include(person.state)
            || self.known.is_some_and(|known| {
                let [before, now] = known.map(|known| is_known(person, known));
                person.state.is_neet() && before != now
            })
            || groups
                .any(|(members, affected)| affected.include(person.state) && members.may_hold(person, month, until))
    }
}

#[cfg(test)]
mod tests {
    use crate::conditions::{Condition as C, Conditions, Group, education, jobs, support};
    use crate::domain::{Health, Region, Sex};
    use crate::engine::month::Simulation;
    use crate::engine::rates::affected::Affected;
    use crate::engine::tests::{change_for, plan, uk, warmed};
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::select;
    use proptest::test_runner::RngSeed;
    use std::sync::{Arc, LazyLock};
    use strum::VariantArray;

    /// Conditions on which many hazards depend, of all kinds of people: changed the most often.
    const OFTEN: [C; 9] = [
        jobs::SEPARATION.any(),
        jobs::PROMOTION.any(),
        jobs::SEARCH_INTENSITY.any(),
        education::RETURN_TO_LEARNING.any(),
        education::WITHDRAWAL.any(),
        jobs::GIVE_UP_SEARCH.any(),
        jobs::START_SEEKING.any(),
        support::CONTACT.any(),
        support::AGENCY_REACH.any(),
    ];

    /// What holds from one month on: changes for everybody, and for each of three groups.
    type Changes = (Vec<(C, f64)>, Vec<(usize, C, f64)>);

    fn ratio() -> impl Strategy<Value = f64> {
        select(&[0.0, 0.4, 0.8, 1.3, 2.0, 4.0][..])
    }

    /// A change for everybody, of any condition on which hazards depend.
    fn change() -> impl Strategy<Value = (C, f64)> {
        let all = C::all().filter(|condition| Affected::by(*condition) != Affected::NOBODY);
        let condition = prop_oneof![select(&OFTEN[..]), select(all.collect::<Vec<_>>())];
        (condition, ratio())
    }

    /// Changes and for how many months they hold, one after the other: for everybody, for groups, or both.
    fn course() -> impl Strategy<Value = Vec<(Changes, usize)>> {
        let of_group = || (0..3_usize, select(&OFTEN[..]), ratio());
        let most = select(&[(3, 0), (3, 3), (0, 3)][..]);
        most.prop_flat_map(move |(for_all, for_groups)| {
            let changes = (vec(change(), 0..=for_all), vec(of_group(), 0..=for_groups));
            let months = select(&[1_usize, 1, 2, 3, 12][..]);
            vec((changes, months), 3..9)
        })
    }

    fn group() -> impl Strategy<Value = Group> {
        let ages =
            prop_oneof![Just((0, u16::MAX)), (16..30_u16, 0..8_u16).prop_map(|(from, more)| (from, from + more))];
        let sexes = select(vec![Sex::VARIANTS.to_vec(), vec![Sex::Female], Sex::VARIANTS.to_vec()]);
        let health = select(vec![Health::VARIANTS.to_vec(), vec![Health::Limited], Health::VARIANTS.to_vec()]);
        let residence = select(vec![vec![], vec![Region(0), Region(4), Region(6)]]);
        let least_months_neet = select(&[0_u16, 1, 3, 6, 6, 7, 12][..]);
        (ages, sexes, health, residence, least_months_neet).prop_map(
            |(ages, sexes, health, residence, least_months_neet)| Group {
                ages,
                sexes,
                health,
                residence,
                least_months_neet,
                ..Group::everybody()
            },
        )
    }

    /// Conditions with these changes, by the groups they are for.
    fn changed((for_all, for_groups): &Changes, groups: &[Group]) -> Arc<Conditions> {
        let mut conditions = WARMED.1.clone();
        for (condition, ratio) in for_all {
            let range = conditions.layout().range(*condition);
            let spec = condition.spec();
            for value in &mut conditions.values_mut()[range] {
                *value = (*value * ratio).clamp(spec.lowest, spec.highest);
            }
        }
        for (group, condition, ratio) in for_groups {
            change_for(&mut conditions, &groups[*group], *condition, *ratio);
        }
        Arc::new(conditions)
    }

    static WARMED: LazyLock<(Simulation, Conditions)> = LazyLock::new(|| {
        let baseline = uk();
        (warmed(plan(2_000, 96, 12), &Arc::new(baseline.clone())), baseline)
    });

    proptest! {
        #![proptest_config(ProptestConfig {
            cases: 256,
            rng_seed: RngSeed::Fixed(1),
            failure_persistence: None,
            ..ProptestConfig::default()
        })]

        #[test]
        fn whatever_course_conditions_take_nobody_misses_a_month(
            groups in vec(group(), 3),
            course in course(),
        ) {
            let (mut skipped, mut visited) = (WARMED.0.clone(), WARMED.0.clone());
            for (changes, months) in &course {
                let conditions = changed(changes, &groups);
                for _ in 0..*months {
                    skipped.step(&conditions);
                    visited.meet_with_everybody(&conditions);
                    visited.step(&conditions);
                }
                prop_assert!(skipped.snapshot() == visited.snapshot(), "in {:?}", skipped.month());
            }
            prop_assert!(skipped.into_tallies() == visited.into_tallies());
        }
    }
}
