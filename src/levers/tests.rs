//! What holds for every lever, and the small world that the tests of single levers use.

use super::typed::{Entries, Place};
use super::*;
use crate::conditions::{Condition, Conditions, Group, Layout, Operation};
use crate::domain::{Agency, Funding, Level, Region, Sex};
use crate::world::RegionInfo;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use strum::VariantArray;

/// A world of three regions made in code; two of its people in four live in the first.
pub(crate) fn world() -> World {
    let names = ["North", "South", "West"];
    let layout = Arc::new(Layout::new(names.len()));
    let mut values = vec![0.0; layout.size()];
    for condition in Condition::VARIANTS {
        let spec = condition.spec();
        for (at, position) in layout.range(*condition).enumerate() {
            let some = 0.3 + 0.01 * f64::from(u8::try_from(at % 7).unwrap());
            values[position] = some.clamp(spec.lowest, spec.highest);
        }
    }
    let mut baseline = Conditions::new(layout, values);
    set(&mut baseline, Condition::CohortSize, &[20_000.0, 10_000.0, 10_000.0]);
    set(
        &mut baseline,
        Condition::ApprenticeshipPlaces,
        &[10.0, 20.0, 40.0, 60.0, 30.0, 90.0, 30.0, 40.0, 20.0, 50.0, 60.0, 80.0, 5.0, 8.0, 7.0, 9.0, 6.0, 4.0],
    );
    set(&mut baseline, Condition::ApprenticeshipUnitCost, &[4_000.0, 6_000.0, 12_000.0]);
    set(&mut baseline, Condition::EmployerWillingness, &[10.0; 18]);
    set(&mut baseline, Condition::LevyPayBill, &[1e9]);
    set(&mut baseline, Condition::LevyRate, &[0.005]);
    set(&mut baseline, Condition::LevyBudgetShare, &[0.6]);
    set(&mut baseline, Condition::SupportUnitCost, &[3_000.0]);
    set(&mut baseline, Condition::SupportMonths, &[6.0]);
    let regions = names.map(|name| RegionInfo { name: name.into(), code: String::new(), tile: (0, 0) }).to_vec();
    World {
        name: "small".into(),
        title: "A small world".into(),
        regions,
        baseline,
        price_year: None,
        figures: Vec::new(),
        sources: BTreeMap::new(),
        files: Vec::new(),
    }
}

fn set(conditions: &mut Conditions, condition: Condition, values: &[f64]) {
    let range = conditions.layout().range(condition);
    conditions.values_mut()[range].copy_from_slice(values);
}

/// For everybody, everywhere, always.
pub(crate) fn common() -> Common {
    Common {
        from: "2026-09".parse().unwrap(),
        to: None,
        ramp_months: 0,
        fade_months: 0,
        full_strength: 1.0,
        regions: Vec::new(),
        group: Group::everybody(),
        source: "test".into(),
    }
}

/// Young women, a target group.
pub(crate) fn young_women() -> Group {
    Group { ages: (16, 24), sexes: vec![Sex::Female], ..Group::everybody() }
}

/// The conditions of a month in which an effect is all that happens.
pub(crate) fn conditions_with(effect: Effect, world: &World) -> Arc<Conditions> {
    effect.on(&Arc::new(world.baseline.clone()))
}

/// One lever of each kind, each of which changes something.
fn one_of_each() -> Vec<Lever> {
    LeverKind::VARIANTS.iter().map(|kind| sample(*kind)).collect()
}

fn sample(kind: LeverKind) -> Lever {
    let common = common();
    match kind {
        LeverKind::SkillsLevy => {
            Lever::SkillsLevy(SkillsLevy { common, ring_fence_under_25: 0.7, redirect_existing: 0.1, ..no_levy() })
        }
        LeverKind::ApprenticeshipPlaces => Lever::ApprenticeshipPlaces(ApprenticeshipPlaces {
            common,
            places_per_year: 33.0,
            displacement: Some(0.5),
            ..no_places()
        }),
        LeverKind::LocalPartnership => Lever::LocalPartnership(LocalPartnership {
            common,
            support_places: 70.0,
            handover_loss: Some(0.1),
            unit_cost_gbp: Some(2_000.0),
            ..no_partnership()
        }),
        LeverKind::RegionalInnovation => {
            Lever::RegionalInnovation(RegionalInnovation { common, investment_gbp_million_per_year: 0.1 })
        }
        LeverKind::Adjust => Lever::Adjust(Adjust {
            common,
            change: Operation::Scale(1.3),
            cost_gbp_million_per_year: 3.7,
            ..no_adjustment()
        }),
    }
}

fn without_effect() -> Vec<Lever> {
    let shift = Adjust { change: Operation::Shift(0.0), ..no_adjustment() };
    let mut grouped = Adjust { condition: Condition::Separation, of: vec![None, None], ..no_adjustment() };
    grouped.common.group = young_women();
    let moved_nowhere = SkillsLevy { redirect_existing: 0.5, ..no_levy() };
    vec![
        Lever::SkillsLevy(no_levy()),
        Lever::SkillsLevy(moved_nowhere),
        Lever::ApprenticeshipPlaces(no_places()),
        Lever::LocalPartnership(no_partnership()),
        Lever::RegionalInnovation(RegionalInnovation { common: common(), investment_gbp_million_per_year: 0.0 }),
        Lever::Adjust(no_adjustment()),
        Lever::Adjust(shift),
        Lever::Adjust(grouped),
    ]
}

fn no_levy() -> SkillsLevy {
    SkillsLevy {
        common: common(),
        rate_change_percentage_points: 0.0,
        budget_share: None,
        additional_budget_gbp_million_per_year: 0.0,
        ring_fence_under_25: 0.0,
        regional_spread: 0.0,
        redirect_existing: 0.0,
    }
}

fn no_places() -> ApprenticeshipPlaces {
    ApprenticeshipPlaces {
        common: common(),
        levels: vec![Level::Level2, Level::Level3],
        funding: Funding::Under25,
        places_per_year: 0.0,
        displacement: Some(0.9),
        unit_cost_gbp: Some(1.0),
    }
}

fn no_partnership() -> LocalPartnership {
    let agencies = vec![Agency::Education, Agency::Council];
    LocalPartnership { common: common(), agencies, handover_loss: None, support_places: 0.0, unit_cost_gbp: Some(1.0) }
}

fn no_adjustment() -> Adjust {
    Adjust {
        common: common(),
        condition: Condition::ApprenticeshipPlaces,
        of: vec![None, None],
        change: Operation::Scale(1.0),
        cost_gbp_million_per_year: 0.0,
    }
}

fn bits(conditions: &Conditions) -> Vec<u64> {
    conditions.values().iter().chain(&conditions.booked_gbp).map(|value| value.to_bits()).collect()
}

#[test]
fn the_registry_names_every_lever_and_every_key_it_reads() {
    assert_eq!(LEVERS.len(), LeverKind::VARIANTS.len());
    let place = Place { file: "test".into(), span: 0..0 };
    for (kind, entry) in LeverKind::VARIANTS.iter().zip(LEVERS) {
        assert_eq!(entry.name.replace('_', ""), format!("{kind:?}").to_lowercase());
        assert_eq!(sample(*kind).entry().name, entry.name);
        assert!(!entry.purpose.is_empty() && !entry.evidence.is_empty());
        let (entries, mut log) = (Entries::new(), Log::default());
        let mut table = Table::new(&entries, &place, String::new(), &mut log);
        let _ = (entry.read)(&mut table, &world(), common().from);
        let read: BTreeSet<&str> = table.asked().iter().copied().collect();
        let listed: BTreeSet<&str> = COMMON_KEYS.iter().chain(entry.keys).map(|key| key.name).collect();
        assert_eq!(read, listed);
        assert!(log.missing.iter().any(|mistake| mistake.key == "source"));
    }
}

#[test]
fn every_lever_changes_something_and_nothing_once_it_has_ended() {
    let world = world();
    for mut lever in one_of_each() {
        assert!(!lever.effect(&world, common().from).is_nothing(), "{lever:?}");
        common_of(&mut lever).to = Some("2027-08".parse().unwrap());
        assert!(!lever.effect(&world, "2027-08".parse().unwrap()).is_nothing(), "{lever:?}");
        assert!(lever.effect(&world, "2027-09".parse().unwrap()).is_nothing(), "{lever:?}");
        assert!(lever.effect(&world, "2026-08".parse().unwrap()).is_nothing(), "{lever:?}");
    }
}

fn common_of(lever: &mut Lever) -> &mut Common {
    match lever {
        Lever::SkillsLevy(lever) => &mut lever.common,
        Lever::ApprenticeshipPlaces(lever) => &mut lever.common,
        Lever::LocalPartnership(lever) => &mut lever.common,
        Lever::RegionalInnovation(lever) => &mut lever.common,
        Lever::Adjust(lever) => &mut lever.common,
    }
}

#[test]
fn a_lever_set_to_no_effect_leaves_the_baseline_itself() {
    let world = world();
    let baseline = Arc::new(world.baseline.clone());
    for lever in without_effect() {
        let conditions = lever.effect(&world, common().from).on(&baseline);
        assert!(Arc::ptr_eq(&conditions, &baseline), "{lever:?}");
    }
}

#[test]
fn levers_combine_to_the_same_bits_in_any_order() {
    let world = world();
    let mut levers = one_of_each();
    for mut lever in one_of_each() {
        common_of(&mut lever).ramp_months = 7;
        if !matches!(lever, Lever::RegionalInnovation(_)) {
            common_of(&mut lever).group = young_women();
        }
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
        assert_eq!(turned.offers, forward.offers);
    }
}

#[test]
fn a_lever_in_one_region_leaves_the_conditions_of_the_others_alone() {
    let world = world();
    for mut lever in one_of_each() {
        common_of(&mut lever).regions = vec![Region(1)];
        if let Lever::ApprenticeshipPlaces(lever) = &mut lever {
            lever.displacement = None;
        }
        let conditions = conditions_with(lever.effect(&world, common().from), &world);
        for condition in Condition::VARIANTS {
            let lengths = conditions.layout().lengths(*condition);
            let by_region = condition.spec().axes.first() == Some(&crate::conditions::Axis::Region);
            let others = if by_region { lengths.iter().skip(1).product::<usize>() } else { 0 };
            let (now, then) = (conditions.table(*condition), world.baseline.table(*condition));
            for (at, (now, then)) in now.iter().zip(then).enumerate() {
                let elsewhere = others == 0 || at / others != 1;
                assert!(!elsewhere || now.to_bits() == then.to_bits(), "{condition:?} in {lever:?}");
            }
        }
        assert_eq!(conditions.booked_gbp[0].to_bits() + conditions.booked_gbp[2].to_bits(), 0);
    }
}

#[test]
fn twice_the_lever_is_twice_the_money_and_places_and_no_more_of_the_shares_that_it_sets() {
    let world = world();
    let change = |lever: &Lever, condition: Condition| {
        let conditions = conditions_with(lever.effect(&world, common().from), &world);
        conditions.table(condition)[0] - world.baseline.table(condition)[0]
    };
    let booked = |lever: &Lever| lever.effect(&world, common().from).booked().iter().map(|(_, gbp)| gbp).sum::<f64>();
    for (kind, grows, stays) in [
        (LeverKind::RegionalInnovation, Condition::InnovationInvestment, None),
        (LeverKind::ApprenticeshipPlaces, Condition::ApprenticeshipPlaces, Some(Condition::ApprenticeshipDisplacement)),
        (LeverKind::LocalPartnership, Condition::SupportPlaces, Some(Condition::HandoverLoss)),
        (LeverKind::Adjust, Condition::ApprenticeshipPlaces, None),
    ] {
        let (once, twice) = (sample(kind), sample(kind).scaled(2.0));
        assert!((change(&twice, grows) - 2.0 * change(&once, grows)).abs() < 1e-9, "{once:?}");
        assert!((booked(&twice) - 2.0 * booked(&once)).abs() < 1e-6, "{once:?}");
        if let Some(stays) = stays {
            assert!(change(&once, stays).abs() > 1e-6, "{once:?}");
            assert!((change(&twice, stays) - change(&once, stays)).abs() < 1e-12, "{once:?}");
        }
    }
    // All of a budget cannot be redirected twice.
    let levy = sample(LeverKind::SkillsLevy);
    let twice = conditions_with(levy.scaled(2.0).effect(&world, common().from), &world);
    assert_eq!(bits(&twice), bits(&conditions_with(levy.effect(&world, common().from), &world)));
}

#[test]
fn a_ramp_makes_a_lever_grow_in_equal_steps() {
    let world = world();
    let mut lever = sample(LeverKind::RegionalInnovation);
    common_of(&mut lever).ramp_months = 4;
    let added = |months| {
        let conditions = conditions_with(lever.effect(&world, common().from.plus(months)), &world);
        conditions.get(Condition::InnovationInvestment, &[0])
            - world.baseline.get(Condition::InnovationInvestment, &[0])
    };
    for months in 0..4 {
        assert!((added(months) - added(9) * f64::from(months + 1) / 4.0).abs() < 1e-12);
    }
}
