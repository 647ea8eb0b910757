//! The small world that the tests of levers use, and ways to see what one does there.

use super::common::Common;
use super::effect::Effect;
use super::lever::Lever;
use super::policies::LEVERS;
use super::policy::Policy;
use crate::conditions::apprenticeships::{
    APPRENTICESHIP_PLACES, APPRENTICESHIP_UNIT_COST, EMPLOYER_WILLINGNESS, LEVY_BUDGET_SHARE, LEVY_PAY_BILL, LEVY_RATE,
};
use crate::conditions::population::COHORT_SIZE;
use crate::conditions::support::{SUPPORT_MONTHS, SUPPORT_UNIT_COST};
use crate::conditions::{Condition, Conditions, Group, Layout, TableKey};
use crate::domain::Sex;
use crate::world::{RegionInfo, World};
use std::collections::BTreeMap;
use std::sync::Arc;

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
    set(&mut baseline, COHORT_SIZE, &[20_000.0, 10_000.0, 10_000.0]);
    set(
        &mut baseline,
        APPRENTICESHIP_PLACES,
        &[10.0, 20.0, 40.0, 60.0, 30.0, 90.0, 30.0, 40.0, 20.0, 50.0, 60.0, 80.0, 5.0, 8.0, 7.0, 9.0, 6.0, 4.0],
    );
    set(&mut baseline, APPRENTICESHIP_UNIT_COST, &[4_000.0, 6_000.0, 12_000.0]);
    set(&mut baseline, EMPLOYER_WILLINGNESS, &[10.0; 18]);
    set(&mut baseline, LEVY_PAY_BILL, &[1e9]);
    set(&mut baseline, LEVY_RATE, &[0.005]);
    set(&mut baseline, LEVY_BUDGET_SHARE, &[0.6]);
    set(&mut baseline, SUPPORT_UNIT_COST, &[3_000.0]);
    set(&mut baseline, SUPPORT_MONTHS, &[6.0]);
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

fn set<K>(conditions: &mut Conditions, condition: Condition<K>, values: &[f64]) {
    let range = conditions.layout().range(condition);
    conditions.values_mut()[range].copy_from_slice(values);
}

/// For everybody, everywhere, always.
pub(crate) fn common() -> Common {
    Common { source: "test".into(), ..Common::from_month("2026-09".parse().unwrap()) }
}

/// Young women, a target group.
pub(crate) fn young_women() -> Group {
    Group { ages: (16, 24), sexes: vec![Sex::Female], ..Group::everybody() }
}

/// A number of some conditions against the baseline's.
pub(crate) fn ratio<K: TableKey>(conditions: &Conditions, world: &World, condition: Condition<K>, key: K) -> f64 {
    conditions.get(condition, key) / world.baseline.get(condition, key)
}

/// What a number of some conditions has more than the baseline's.
pub(crate) fn gain<K: TableKey>(conditions: &Conditions, world: &World, condition: Condition<K>, key: K) -> f64 {
    conditions.get(condition, key) - world.baseline.get(condition, key)
}

/// The conditions of a month in which an effect is all that happens.
pub(crate) fn conditions_with(effect: Effect, world: &World) -> Arc<Conditions> {
    effect.on(&Arc::new(world.baseline.clone()))
}

/// One lever of each kind, of a size: 0 is nothing at all.
pub(crate) fn of_each_kind(size: f64) -> Vec<Lever> {
    LEVERS.iter().map(|kind| (kind.example)(common(), size)).collect()
}

/// A policy for everybody, everywhere, always.
pub(crate) trait ForEverybody: Policy {
    /// As a lever.
    fn lever(self) -> Lever {
        Lever::new(common(), self)
    }

    /// What it does in its first month at a strength.
    fn effect(&self, world: &World, strength: f64) -> Effect {
        self.clone().lever().effect_at(world, strength, common().from)
    }
}

impl<P: Policy> ForEverybody for P {}
