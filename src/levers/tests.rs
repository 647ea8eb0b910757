//! What holds for every lever.

use super::testing::{ForEverybody, common, conditions_with, of_each_kind, world, young_women};
use super::*;
use crate::conditions::apprenticeships::{APPRENTICESHIP_DISPLACEMENT, APPRENTICESHIP_PLACES};
use crate::conditions::education::{ATTAINMENT_HELP, BURSARY, EXTRA_COURSE_PLACES};
use crate::conditions::jobs::{HIRING_SUBSIDY, HIRING_SUBSIDY_EXTRA_POSTS};
use crate::conditions::places::{INNOVATION_INVESTMENT, MOVING_GRANT_WITH_OFFER};
use crate::conditions::support::{AGENCY_REACH, CONTACT, HANDOVER_LOSS, RESERVED_POSTS, SUPPORT_QUALITY};
use crate::conditions::{Axis, Condition, Conditions, Group, Met};
use crate::domain::{Region, Sex};
use crate::toml_tables::{Collector, Entries, Span, TableReader, without_keys};
use std::collections::BTreeSet;
use std::sync::Arc;

/// One lever of each kind, each of which changes something.
fn one_of_each() -> Vec<Lever> {
    of_each_kind(1.0)
}

/// A policy of size 1, for everybody.
fn sample<P: Policy>() -> Lever {
    P::example(1.0).lever()
}

/// What everybody in a world meets, members of every target group included.
fn met_by_all(conditions: &Conditions) -> Conditions {
    conditions.met_by(|_| true)
}

fn bits(conditions: &Conditions) -> Vec<u64> {
    let own = met_by_all(conditions);
    let values = conditions.values().iter().chain(own.values());
    values.chain(&conditions.booked_gbp).map(|value| value.to_bits()).collect()
}

#[test]
fn the_registry_names_every_lever_and_every_key_it_reads() {
    let span = Span { file: "test".into(), bytes: 0..0 };
    let names: BTreeSet<&str> = LEVERS.iter().map(|kind| kind.name).collect();
    assert_eq!(names.len(), LEVERS.len());
    for kind in LEVERS {
        assert_eq!((kind.example)(common(), 1.0).kind().name, kind.name);
        assert!(!kind.purpose.is_empty() && !kind.evidence.is_empty());
        let (entries, mut collector) = (Entries::new(), Collector::default());
        let mut table = TableReader::new(&entries, &span, String::new(), &mut collector);
        let _ = kind.read_from(&mut table, &world(), common().from);
        let read: BTreeSet<&str> = table.asked().iter().copied().collect();
        let listed: BTreeSet<&str> = kind.keys().iter().map(|key| key.name).collect();
        assert_eq!(read, listed);
        assert!(kind.keys().iter().all(|key| !key.unit.is_empty() && !key.meaning().is_empty()));
        assert!(collector.missing_keys().contains(&"source"));
    }
}

#[test]
fn every_lever_changes_something_and_nothing_once_it_has_ended() {
    let world = world();
    for mut lever in one_of_each() {
        assert!(!lever.effect(&world, common().from).is_nothing(), "{lever:?}");
        lever.common.to = Some("2027-08".parse().unwrap());
        assert!(!lever.effect(&world, "2027-08".parse().unwrap()).is_nothing(), "{lever:?}");
        assert!(lever.effect(&world, "2027-09".parse().unwrap()).is_nothing(), "{lever:?}");
        assert!(lever.effect(&world, "2026-08".parse().unwrap()).is_nothing(), "{lever:?}");
    }
}

#[test]
fn a_lever_set_to_no_effect_leaves_the_baseline_itself() {
    let world = world();
    let baseline = Arc::new(world.baseline.clone());
    for of in LEVERS {
        for group in [Group::everybody(), young_women()] {
            let mut lever = (of.example)(common(), 0.0);
            lever.common.group = group;
            let conditions = lever.effect(&world, common().from).on(&baseline);
            assert!(Arc::ptr_eq(&conditions, &baseline), "{lever:?}");
        }
    }
}

#[test]
fn more_of_a_lever_never_gives_less_of_what_it_supplies() {
    let world = world();
    for of in LEVERS {
        for group in [Group::everybody(), young_women()] {
            let supply = |size: f64, months: u16| {
                let mut lever = (of.example)(common(), size);
                (lever.common.group, lever.common.ramp_months) = (group.clone(), 4);
                let month = lever.common.from.plus(months);
                (of.supply)(&met_by_all(&conditions_with(lever.effect(&world, month), &world)))
            };
            for months in [0, 2, 30] {
                let supplies = [0.0, 1.0, 2.0].map(|size| supply(size, months));
                assert!(supplies.is_sorted_by(|less, more| less < more), "{} {supplies:?} for {group:?}", of.name);
            }
            assert!([0, 1, 2, 3].map(|months| supply(1.0, months)).is_sorted(), "{} grows along its ramp", of.name);
        }
    }
}

#[test]
fn a_target_group_changes_nothing_for_anybody_else_that_people_meet() {
    let world = world();
    for of in LEVERS {
        let mut lever = (of.example)(common(), 1.0);
        lever.common.group = young_women();
        let conditions = conditions_with(lever.effect(&world, common().from), &world);
        let joins = lever.policy::<LocalPartnership>().is_some();
        for condition in Condition::all().filter(|condition| condition.spec().met_by == Met::People) {
            // A partnership joins agencies for everybody; its places are for the group.
            let is_same = conditions.table(condition) == world.baseline.table(condition);
            assert!(is_same || joins, "{condition:?} in {lever:?}");
        }
        let narrower = |group: &Group| group.ages == (16, 24) && group.sexes == [Sex::Female];
        assert!(conditions.offers.iter().all(|offer| narrower(&offer.group)), "{lever:?}");
    }
}

#[test]
fn levers_combine_to_the_same_bits_in_any_order() {
    let world = world();
    let mut levers = one_of_each();
    for mut lever in one_of_each() {
        lever.common.ramp_months = 7;
        lever.common.group = young_women();
        levers.push(lever);
    }
    let combined = |levers: &[Lever]| {
        let mut effect = Effect::default();
        for lever in levers {
            effect.append(lever.effect(&world, common().from));
        }
        conditions_with(effect, &world)
    };
    let forward = combined(&levers);
    for turn in 0..levers.len() {
        levers.rotate_left(1);
        levers.swap(0, turn);
        let turned = combined(&levers);
        assert_eq!(bits(&turned), bits(&forward));
        assert_eq!((&turned.offers, &turned.changes), (&forward.offers, &forward.changes));
    }
}

#[test]
fn a_lever_in_one_region_leaves_the_conditions_of_the_others_alone() {
    let world = world();
    for mut lever in one_of_each() {
        lever.common.regions = vec![Region(1)];
        let conditions = conditions_with(lever.effect(&world, common().from), &world);
        for condition in Condition::all() {
            let lengths = conditions.layout().lengths(condition);
            let by_region = condition.spec().axes.first() == Some(&Axis::Region);
            let others = if by_region { lengths.iter().skip(1).product::<usize>() } else { 0 };
            let (now, then) = (conditions.table(condition), world.baseline.table(condition));
            for (at, (now, then)) in now.iter().zip(then).enumerate() {
                let elsewhere = others == 0 || at / others != 1;
                assert!(!elsewhere || now.to_bits() == then.to_bits(), "{condition:?} in {lever:?}");
            }
        }
        assert_eq!(conditions.booked_gbp[0].to_bits() + conditions.booked_gbp[2].to_bits(), 0);
        assert!(conditions.offers.iter().all(|offer| offer.region == Region(1)));
        for change in &conditions.changes {
            let by_region = change.edit.condition.spec().axes.first() == Some(&Axis::Region);
            assert!(by_region || change.group.residence == [Region(1)], "{change:?}");
        }
    }
}

#[test]
fn twice_the_lever_is_twice_the_money_and_places_and_no_more_of_the_shares_that_it_sets() {
    let world = world();
    let now = common().from;
    let all = |condition: Condition, conditions: &Conditions| conditions.table(condition).iter().sum::<f64>();
    let change = |lever: &Lever, condition: Condition| {
        all(condition, &met_by_all(&conditions_with(lever.effect(&world, now), &world)))
            - all(condition, &world.baseline)
    };
    let booked = |lever: &Lever| lever.effect(&world, now).booked().iter().map(|(_, gbp)| gbp).sum::<f64>();
    let offered = |lever: &Lever| lever.effect(&world, now).offers().iter().map(|offer| offer.places).sum::<f64>();
    for once in one_of_each().iter().filter(|lever| lever.policy::<Shock>().is_none()) {
        let twice = once.scaled(2.0);
        assert!((booked(&twice) - 2.0 * booked(once)).abs() < 1e-6, "{once:?}");
        assert!((offered(&twice) - 2.0 * offered(once)).abs() < 1e-6, "{once:?}");
    }
    for (lever, grows) in [
        (sample::<RegionalInnovation>(), INNOVATION_INVESTMENT.any()),
        (sample::<ApprenticeshipPlaces>(), APPRENTICESHIP_PLACES.any()),
        (sample::<LocalPartnership>(), RESERVED_POSTS.any()),
        (sample::<FurtherEducation>(), EXTRA_COURSE_PLACES.any()),
        (sample::<FurtherEducation>(), BURSARY.any()),
        (sample::<HigherEducation>(), EXTRA_COURSE_PLACES.any()),
        (sample::<Attainment>(), ATTAINMENT_HELP.any()),
        (sample::<RelocationSupport>(), MOVING_GRANT_WITH_OFFER.any()),
        (sample::<HiringSubsidy>(), HIRING_SUBSIDY.any()),
        (sample::<Adjust>(), SUPPORT_QUALITY.any()),
    ] {
        let (once, twice) = (change(&lever, grows), change(&lever.scaled(2.0), grows));
        assert!(once > 0.0 && (twice - 2.0 * once).abs() < 1e-6, "{lever:?}: {once} and {twice}");
    }
    let places = ApprenticeshipPlaces { displacement: Some(0.5), ..ApprenticeshipPlaces::example(1.0) };
    let levy = SkillsLevy { displacement: Some(0.5), ..SkillsLevy::example(1.0) };
    for (lever, stays) in [
        (places.lever(), APPRENTICESHIP_DISPLACEMENT.any()),
        (levy.lever(), APPRENTICESHIP_DISPLACEMENT.any()),
        (sample::<LocalPartnership>(), HANDOVER_LOSS.any()),
        (sample::<LocalPartnership>(), AGENCY_REACH.any()),
        (sample::<YouthGuarantee>(), AGENCY_REACH.any()),
        (sample::<YouthGuarantee>(), CONTACT.any()),
        (sample::<HiringSubsidy>(), HIRING_SUBSIDY_EXTRA_POSTS.any()),
    ] {
        let (once, twice) = (change(&lever, stays), change(&lever.scaled(2.0), stays));
        assert!(once.abs() > 1e-6 && (twice - once).abs() < 1e-12, "{lever:?}: {once} and {twice}");
    }
}

#[test]
fn what_has_no_cost_and_what_is_used_up_cannot_be_doubled() {
    let world = world();
    let met = |lever: &Lever| bits(&conditions_with(lever.effect(&world, common().from), &world));
    let shock = sample::<Shock>();
    assert_eq!(shock.scaled(2.0), shock);
    let free = Adjust { cost_gbp_million_per_year: 0.0, ..Adjust::example(1.0) }.lever();
    assert_eq!(free.scaled(2.0), free);
    // All of a budget cannot be redirected twice.
    let levy =
        SkillsLevy { redirect_existing: 1.0, ring_fence_under_25: 1.0, ..without_keys(SkillsLevy::KEYS) }.lever();
    assert_eq!(met(&levy.scaled(2.0)), met(&levy));
}

#[test]
fn a_ramp_makes_a_lever_grow_in_equal_steps() {
    let world = world();
    let mut lever = sample::<RegionalInnovation>();
    lever.common.ramp_months = 4;
    let added = |months| {
        let conditions = conditions_with(lever.effect(&world, common().from.plus(months)), &world);
        conditions.get(INNOVATION_INVESTMENT, Region(0)) - world.baseline.get(INNOVATION_INVESTMENT, Region(0))
    };
    for months in 0..4 {
        assert!((added(months) - added(9) * f64::from(months + 1) / 4.0).abs() < 1e-12);
    }
}
