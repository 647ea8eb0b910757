//! A change of a condition, said in words.
//!
//! It has three choices beside its size: how strong it is, for whom, and where. Each has a word of its own;
//! without it, the change is as strong as the lever is in force, for the lever's target group, in the
//! lever's regions.

use super::common::Common;
use super::effect::Effect;
use crate::conditions::{Along, AnyKey, Axis, Condition, Edit, Group, HasAxis, Met, Operation};
use crate::domain::Region;
use crate::world::World;
use std::marker::PhantomData;

/// How much of a change is made.
#[derive(Clone, Copy, Debug)]
enum Strength {
    InForce,
    AtMostAll,
    All,
}

/// A change of a condition, being said.
#[derive(Debug)]
#[must_use = "a change is made by saying how much"]
pub struct ChangeBuilder<'a, K = AnyKey> {
    world: &'a World,
    common: &'a Common,
    in_force: f64,
    condition: Condition,
    key: PhantomData<K>,
    effect: &'a mut Effect,
    of: Vec<(Axis, usize)>,
    strength: Strength,
    group: Group,
    regions: Vec<Region>,
}

impl<'a, K> ChangeBuilder<'a, K> {
    /// A change of a condition by a lever that is in force to some strength.
    pub(super) fn new(
        world: &'a World,
        common: &'a Common,
        in_force: f64,
        condition: Condition<K>,
        effect: &'a mut Effect,
    ) -> Self {
        let (group, regions) = (common.group.clone(), common.regions(world));
        let (condition, key, strength) = (condition.any(), PhantomData, Strength::InForce);
        Self { world, common, in_force, condition, key, effect, of: Vec::new(), strength, group, regions }
    }

    /// Only its numbers for this kind; all along every axis of which no kind is named.
    pub fn of<A, Place>(self, kind: A) -> Self
    where
        K: HasAxis<A, Place>,
        A: Along,
    {
        self.at_index(A::AXIS, kind.along())
    }

    /// The same, by the index along an axis.
    pub fn at_index(mut self, axis: Axis, index: usize) -> Self {
        debug_assert!(self.condition.spec().axes.contains(&axis), "{axis:?} of {}", self.condition.spec().name);
        self.of.push((axis, index));
        self
    }

    /// No more than all of it, where the lever is scaled up: for shares that its keys say.
    pub fn no_further(mut self) -> Self {
        self.strength = Strength::AtMostAll;
        self
    }

    /// All of it in every month in force: for what says where, and not how much.
    pub fn in_full(mut self) -> Self {
        self.strength = Strength::All;
        self
    }

    /// For this group.
    pub fn for_group(mut self, group: &Group) -> Self {
        self.group = group.clone();
        self
    }

    /// For everybody there.
    pub fn for_everybody(self) -> Self {
        self.for_group(&Group::everybody())
    }

    /// In this region alone.
    pub fn in_region(mut self, region: Region) -> Self {
        self.regions = vec![region];
        self
    }

    /// Multiplies.
    pub fn scale(self, by: f64) {
        self.by(Operation::Scale(by));
    }

    /// Adds.
    pub fn shift(self, by: f64) {
        self.by(Operation::Shift(by));
    }

    /// Raises to a bound what is below it.
    pub fn at_least(self, bound: f64) {
        self.by(Operation::AtLeast(bound));
    }

    /// Lowers to a bound what is above it.
    pub fn at_most(self, bound: f64) {
        self.by(Operation::AtMost(bound));
    }

    /// Makes the change.
    ///
    /// What places meet changes for everybody there. A condition that is the same everywhere changes
    /// for those who live in the lever's regions, if people meet it.
    pub fn by(self, operation: Operation) {
        let strength = match self.strength {
            Strength::InForce => self.in_force,
            Strength::AtMostAll => self.in_force.min(1.0),
            Strength::All => 1.0,
        };
        let group = match self.condition.spec().met_by {
            Met::Places => Group::everybody(),
            Met::People => self.living_there(),
        };
        let baseline = &self.world.baseline;
        for at in every_combination(&self.indexes()) {
            let position = baseline.layout().position_at(self.condition, &at);
            let operation = at_strength(operation, strength, baseline.values()[position]);
            self.effect.edit_for(&group, Edit { condition: self.condition, position, operation });
        }
    }

    /// The group as it is named where a condition itself does not tell regions apart.
    fn living_there(&self) -> Group {
        let is_local = self.condition.spec().axes.contains(&Axis::Region);
        let residence = if is_local { Vec::new() } else { self.common.regions.clone() };
        Group { residence, ..self.group.clone() }
    }

    /// The indexes to change along each axis of the condition.
    fn indexes(&self) -> Vec<Vec<usize>> {
        let along = |axis: &Axis| {
            if *axis == Axis::Region {
                return self.regions.iter().map(|region| region.index()).collect();
            }
            let named = self.of.iter().find(|(named, _)| named == axis);
            named.map_or_else(|| (0..axis.len(self.world.regions.len())).collect(), |(_, index)| vec![*index])
        };
        self.condition.spec().axes.iter().map(along).collect()
    }
}

/// Every choice of one index from each list, in order of the lists.
fn every_combination(lists: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut combinations = vec![Vec::new()];
    for list in lists {
        combinations = combinations
            .iter()
            .flat_map(|head| list.iter().map(move |index| head.iter().copied().chain([*index]).collect()))
            .collect();
    }
    combinations
}

/// An operation on a number that is `now` in the baseline, at a strength between 0 (none) and 1 (all of it), or above it: no
/// ratio is below zero then, and no bound beyond what the lever's keys say.
#[must_use]
pub fn at_strength(operation: Operation, strength: f64, now: f64) -> Operation {
    let towards = |bound: f64| now + strength.min(1.0) * (bound - now);
    match operation {
        Operation::Scale(by) => Operation::Scale((1.0 + strength * (by - 1.0)).max(0.0)),
        Operation::Shift(by) => Operation::Shift(strength * by),
        Operation::AtLeast(bound) => Operation::AtLeast(towards(bound.max(now))),
        Operation::AtMost(bound) => Operation::AtMost(towards(bound.min(now))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn combinations_come_in_row_major_order() {
        assert_eq!(every_combination(&[vec![1, 2], vec![7, 8]]), [[1, 7], [1, 8], [2, 7], [2, 8]]);
        assert_eq!(every_combination(&[]), [Vec::<usize>::new()]);
    }

    #[test]
    fn a_bound_moves_towards_its_value_and_never_the_wrong_way() {
        assert_eq!(at_strength(Operation::AtLeast(1.0), 0.5, 0.4), Operation::AtLeast(0.7));
        assert_eq!(at_strength(Operation::AtLeast(0.2), 0.5, 0.4), Operation::AtLeast(0.4));
        assert_eq!(at_strength(Operation::AtMost(0.0), 0.25, 0.5), Operation::AtMost(0.375));
    }
}
