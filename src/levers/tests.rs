//! What holds for every lever, and the small world that the tests of single levers use.

use super::*;
use crate::conditions::{Conditions, Group, Layout, Met};
use crate::domain::{Region, Sex};
use crate::toml_tables::{Collector, Entries, Span};
use crate::world::RegionInfo;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use strum::VariantArray;

pub(crate) use super::local_partnership::tests::partnership;
pub(crate) use super::youth_guarantee::tests::example as youth_guarantee;

/// A world of three regions made in code; two of its people in four live in the first.
pub(crate) fn world() -> World {
    let names = ["North", "South", "West"];
    let layout = Arc::new(Layout::new(names.len()));
    let mut values = vec![0.0; layout.size()];
    for condition in Condition::all() {
        let spec = condition.spec();
        for (at, position) in layout.range(condition).enumerate() {
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
        areas: Vec::new(),
        baseline,
        price_year: None,
        figures: Vec::new(),
        sources: BTreeMap::new(),
        files: Vec::new(),
        beside: Vec::new(),
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

/// What the tests of all levers need of one kind.
struct Kind {
    /// A lever of a size: 0 is nothing at all, 2 is more than 1.
    example: fn(f64) -> Lever,
    /// How much of what it supplies there is.
    supply: fn(&Conditions) -> f64,
}

fn kind(kind: LeverKind) -> Kind {
    macro_rules! of {
        ($module:ident) => {
            Kind { example: super::$module::tests::example, supply: super::$module::tests::supply }
        };
    }
    match kind {
        LeverKind::SkillsLevy => of!(skills_levy),
        LeverKind::ApprenticeshipPlaces => of!(apprenticeship_places),
        LeverKind::LocalPartnership => of!(local_partnership),
        LeverKind::YouthGuarantee => of!(youth_guarantee),
        LeverKind::FurtherEducation => of!(further_education),
        LeverKind::HigherEducation => of!(higher_education),
        LeverKind::Attainment => of!(attainment),
        LeverKind::CareersGuidance => of!(careers_guidance),
        LeverKind::RelocationSupport => of!(relocation_support),
        LeverKind::HiringSubsidy => of!(hiring_subsidy),
        LeverKind::RegionalInnovation => of!(regional_innovation),
        LeverKind::Shock => of!(shock),
        LeverKind::Adjust => of!(adjust),
    }
}

fn sample(of: LeverKind) -> Lever {
    (kind(of).example)(1.0)
}

/// One lever of each kind, of a size: 0 is nothing at all.
pub(crate) fn of_each_kind(size: f64) -> Vec<Lever> {
    LeverKind::VARIANTS.iter().map(|of| (kind(*of).example)(size)).collect()
}

/// One lever of each kind, each of which changes something.
fn one_of_each() -> Vec<Lever> {
    of_each_kind(1.0)
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
    assert_eq!(LEVERS.len(), LeverKind::VARIANTS.len());
    let span = Span { file: "test".into(), bytes: 0..0 };
    for (kind, entry) in LeverKind::VARIANTS.iter().zip(LEVERS) {
        assert_eq!(entry.name.replace('_', ""), format!("{kind:?}").to_lowercase());
        assert_eq!(sample(*kind).entry().name, entry.name);
        assert!(!entry.purpose.is_empty() && !entry.evidence.is_empty());
        let (entries, mut collector) = (Entries::new(), Collector::default());
        let mut table = TableReader::new(&entries, &span, String::new(), &mut collector);
        let _ = (entry.read)(&mut table, &world(), common().from);
        let read: BTreeSet<&str> = table.asked().iter().copied().collect();
        let listed: BTreeSet<&str> = COMMON_KEYS.iter().chain(entry.keys).map(|key| key.name).collect();
        assert_eq!(read, listed);
        assert!(collector.missing_keys().contains(&"source"));
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

pub(crate) fn common_of(lever: &mut Lever) -> &mut Common {
    match lever {
        Lever::SkillsLevy(lever) => &mut lever.common,
        Lever::ApprenticeshipPlaces(lever) => &mut lever.common,
        Lever::LocalPartnership(lever) => &mut lever.common,
        Lever::YouthGuarantee(lever) => &mut lever.common,
        Lever::FurtherEducation(lever) => &mut lever.common,
        Lever::HigherEducation(lever) => &mut lever.common,
        Lever::Attainment(lever) => &mut lever.common,
        Lever::CareersGuidance(lever) => &mut lever.common,
        Lever::RelocationSupport(lever) => &mut lever.common,
        Lever::HiringSubsidy(lever) => &mut lever.common,
        Lever::RegionalInnovation(lever) => &mut lever.common,
        Lever::Shock(lever) => &mut lever.common,
        Lever::Adjust(lever) => &mut lever.common,
    }
}

#[test]
fn a_lever_set_to_no_effect_leaves_the_baseline_itself() {
    let world = world();
    let baseline = Arc::new(world.baseline.clone());
    for of in LeverKind::VARIANTS {
        for group in [Group::everybody(), young_women()] {
            let mut lever = (kind(*of).example)(0.0);
            common_of(&mut lever).group = group;
            let conditions = lever.effect(&world, common().from).on(&baseline);
            assert!(Arc::ptr_eq(&conditions, &baseline), "{lever:?}");
        }
    }
}

#[test]
fn more_of_a_lever_never_gives_less_of_what_it_supplies() {
    let world = world();
    for of in LeverKind::VARIANTS {
        for group in [Group::everybody(), young_women()] {
            let supply = |size: f64, months: u16| {
                let mut lever = (kind(*of).example)(size);
                let common = common_of(&mut lever);
                (common.group, common.ramp_months) = (group.clone(), 4);
                let month = common.from.plus(months);
                (kind(*of).supply)(&met_by_all(&conditions_with(lever.effect(&world, month), &world)))
            };
            for months in [0, 2, 30] {
                let supplies = [0.0, 1.0, 2.0].map(|size| supply(size, months));
                assert!(supplies.is_sorted_by(|less, more| less < more), "{of:?} {supplies:?} for {group:?}");
            }
            assert!([0, 1, 2, 3].map(|months| supply(1.0, months)).is_sorted(), "{of:?} grows along its ramp");
        }
    }
}

#[test]
fn a_target_group_changes_nothing_for_anybody_else_that_people_meet() {
    let world = world();
    for of in LeverKind::VARIANTS {
        let mut lever = sample(*of);
        common_of(&mut lever).group = young_women();
        let conditions = conditions_with(lever.effect(&world, common().from), &world);
        let joins = matches!(lever, Lever::LocalPartnership(_));
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
        common_of(&mut lever).ramp_months = 7;
        common_of(&mut lever).group = young_women();
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
        common_of(&mut lever).regions = vec![Region(1)];
        let conditions = conditions_with(lever.effect(&world, common().from), &world);
        for condition in Condition::all() {
            let lengths = conditions.layout().lengths(condition);
            let by_region = condition.spec().axes.first() == Some(&crate::conditions::Axis::Region);
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
            let by_region = change.edit.condition.spec().axes.first() == Some(&crate::conditions::Axis::Region);
            assert!(by_region || change.group.residence == [Region(1)], "{change:?}");
        }
    }
}

#[test]
fn twice_the_lever_is_twice_the_money_and_places_and_no_more_of_the_shares_that_it_sets() {
    use Condition as C;
    use LeverKind as K;
    let world = world();
    let now = common().from;
    let all = |condition, conditions: &Conditions| conditions.table(condition).iter().sum::<f64>();
    let change = |lever: &Lever, condition| {
        all(condition, &met_by_all(&conditions_with(lever.effect(&world, now), &world)))
            - all(condition, &world.baseline)
    };
    let booked = |lever: &Lever| lever.effect(&world, now).booked().iter().map(|(_, gbp)| gbp).sum::<f64>();
    let offered = |lever: &Lever| lever.effect(&world, now).offers().iter().map(|offer| offer.places).sum::<f64>();
    for once in one_of_each().iter().filter(|lever| !matches!(lever, Lever::Shock(_))) {
        let twice = once.scaled(2.0);
        assert!((booked(&twice) - 2.0 * booked(once)).abs() < 1e-6, "{once:?}");
        assert!((offered(&twice) - 2.0 * offered(once)).abs() < 1e-6, "{once:?}");
    }
    for (kind, grows) in [
        (K::RegionalInnovation, C::InnovationInvestment),
        (K::ApprenticeshipPlaces, C::ApprenticeshipPlaces),
        (K::LocalPartnership, C::ReservedPosts),
        (K::FurtherEducation, C::ExtraCoursePlaces),
        (K::FurtherEducation, C::Bursary),
        (K::HigherEducation, C::ExtraCoursePlaces),
        (K::Attainment, C::AttainmentHelp),
        (K::RelocationSupport, C::MovingGrantWithOffer),
        (K::HiringSubsidy, C::HiringSubsidy),
        (K::Adjust, C::SupportQuality),
    ] {
        let (once, twice) = (change(&sample(kind), grows), change(&sample(kind).scaled(2.0), grows));
        assert!(once > 0.0 && (twice - 2.0 * once).abs() < 1e-6, "{kind:?}: {once} and {twice}");
    }
    let Lever::ApprenticeshipPlaces(places) = sample(K::ApprenticeshipPlaces) else { panic!("places") };
    let Lever::SkillsLevy(levy) = sample(K::SkillsLevy) else { panic!("a levy") };
    for (lever, stays) in [
        (
            Lever::ApprenticeshipPlaces(ApprenticeshipPlaces { displacement: Some(0.5), ..places }),
            C::ApprenticeshipDisplacement,
        ),
        (Lever::SkillsLevy(SkillsLevy { displacement: Some(0.5), ..levy }), C::ApprenticeshipDisplacement),
        (sample(K::LocalPartnership), C::HandoverLoss),
        (sample(K::LocalPartnership), C::AgencyReach),
        (sample(K::YouthGuarantee), C::AgencyReach),
        (sample(K::YouthGuarantee), C::Contact),
        (sample(K::HiringSubsidy), C::HiringSubsidyExtraPosts),
    ] {
        let (once, twice) = (change(&lever, stays), change(&lever.scaled(2.0), stays));
        assert!(once.abs() > 1e-6 && (twice - once).abs() < 1e-12, "{lever:?}: {once} and {twice}");
    }
}

#[test]
fn what_has_no_cost_and_what_is_used_up_cannot_be_doubled() {
    let world = world();
    let met = |lever: &Lever| bits(&conditions_with(lever.effect(&world, common().from), &world));
    let shock = sample(LeverKind::Shock);
    assert_eq!(shock.scaled(2.0), shock);
    let Lever::Adjust(adjust) = sample(LeverKind::Adjust) else { panic!("an adjust") };
    let free = Lever::Adjust(Adjust { cost_gbp_million_per_year: 0.0, ..adjust });
    assert_eq!(free.scaled(2.0), free);
    // All of a budget cannot be redirected twice.
    let redirected =
        SkillsLevy { redirect_existing: 1.0, ring_fence_under_25: 1.0, ..super::skills_levy::tests::levy() };
    let levy = Lever::SkillsLevy(redirected);
    assert_eq!(met(&levy.scaled(2.0)), met(&levy));
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
