//! Builds what a lever does in a month: the words in which levers say it.
//!
//! A change of a condition has three choices beside its size: how strong it is, for whom, and where. Each
//! has a word of its own; without it, the change is as strong as the lever is in force, for the lever's
//! target group, in the lever's regions.

use super::budget::Budget;
use super::common::Common;
use super::effect::{Effect, every_combination};
use super::young_people::shares_by_youth;
use crate::conditions::{Axis, Condition, Group, Met, Offer, OfferKind, Operation};
use crate::domain::Region;
use crate::world::World;

/// What a lever has done so far in a month in which it has some strength.
#[derive(Debug)]
pub struct EffectBuilder<'a> {
    world: &'a World,
    common: &'a Common,
    strength: f64,
    years: u16,
    effect: Effect,
}

impl<'a> EffectBuilder<'a> {
    /// Nothing done yet, in a month so many whole years after the lever began.
    #[must_use]
    pub fn new(world: &'a World, common: &'a Common, strength: f64, years: u16) -> Self {
        Self { world, common, strength, years, effect: Effect::default() }
    }

    /// All that was done.
    #[must_use]
    pub fn build(self) -> Effect {
        self.effect
    }

    /// The world, whose baseline the lever starts from.
    #[must_use]
    pub fn world(&self) -> &'a World {
        self.world
    }

    /// The lever's target group.
    #[must_use]
    pub fn group(&self) -> &'a Group {
        &self.common.group
    }

    /// The lever's regions.
    #[must_use]
    pub fn regions(&self) -> Vec<Region> {
        self.common.regions(self.world)
    }

    /// The lever's regions with the share of each among its young people.
    #[must_use]
    pub fn shares(&self) -> Vec<(Region, f64)> {
        let regions = self.regions();
        let shares = shares_by_youth(self.world, &regions);
        regions.into_iter().zip(shares).collect()
    }

    /// How much of the lever is in force: 1 is all that its keys say, and a lever that is scaled up has more.
    #[must_use]
    pub fn strength(&self) -> f64 {
        self.strength
    }

    /// Whole years since the lever began.
    #[must_use]
    pub fn years(&self) -> u16 {
        self.years
    }

    /// Changes a condition: what follows says which of its numbers, how strongly, for whom, where and by how much.
    pub fn change(&mut self, condition: Condition) -> ChangeBuilder<'_, 'a> {
        let (group, regions) = (self.common.group.clone(), self.regions());
        ChangeBuilder { builder: self, condition, of: &[], strength: Strength::InForce, group, regions }
    }

    /// Adds to a number of each region its share, by young people, of a whole (as far as in force).
    pub fn share_out(&mut self, condition: Condition, of: Option<usize>, whole: f64) {
        for (region, share) in self.shares() {
            let at: Vec<usize> = [region.index()].into_iter().chain(of).collect();
            self.effect.edit(self.world, condition, &at, Operation::Shift(self.strength * whole * share));
        }
    }

    /// Offers a group places in each region, shared by young people (as far as in force).
    pub fn offer(&mut self, group: &Group, kind: OfferKind, places: f64, unit_cost_gbp: Option<f64>) {
        for (region, share) in self.shares() {
            let places = self.strength * places * share;
            self.effect.offer(Offer { region, group: group.clone(), kind, places, unit_cost_gbp });
        }
    }

    /// Spends money on apprenticeships for the target group: a sum already worked out for the strength.
    pub fn spend(&mut self, budget: Budget) {
        self.effect.spend(budget);
    }

    /// Books a yearly sum of public money, shared over the regions by young people (as far as in force).
    pub fn book(&mut self, gbp_per_year: f64) {
        for (region, share) in self.shares() {
            self.effect.book(region, self.strength * gbp_per_year * share / 12.0);
        }
    }

    /// Books a yearly sum of public money in one region (as far as in force).
    pub fn book_in(&mut self, region: Region, gbp_per_year: f64) {
        self.effect.book(region, self.strength * gbp_per_year / 12.0);
    }

    /// The effect itself, for what a lever has worked out for its strength.
    pub fn worked_out(&mut self) -> &mut Effect {
        &mut self.effect
    }
}

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
pub struct ChangeBuilder<'b, 'a> {
    builder: &'b mut EffectBuilder<'a>,
    condition: Condition,
    of: &'b [Option<usize>],
    strength: Strength,
    group: Group,
    regions: Vec<Region>,
}

impl<'b> ChangeBuilder<'b, '_> {
    /// Which of its numbers: one index, or `None` for all, for each axis but the region. All without it.
    pub fn of(mut self, of: &'b [Option<usize>]) -> Self {
        self.of = of;
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
            Strength::InForce => self.builder.strength,
            Strength::AtMostAll => self.builder.strength.min(1.0),
            Strength::All => 1.0,
        };
        let group = match self.condition.spec().met_by {
            Met::Places => Group::everybody(),
            Met::People => self.living_there(),
        };
        let world = self.builder.world;
        for at in every_combination(&self.indexes()) {
            let operation = at_strength(operation, strength, world.baseline.get(self.condition, &at));
            self.builder.effect.edit_for(world, &group, self.condition, &at, operation);
        }
    }

    /// The group as it is named where a condition itself does not tell regions apart.
    fn living_there(&self) -> Group {
        let is_local = self.condition.spec().axes.contains(&Axis::Region);
        let residence = if is_local { Vec::new() } else { self.builder.common.regions.clone() };
        Group { residence, ..self.group.clone() }
    }

    /// The indexes to change along each axis of the condition.
    fn indexes(&self) -> Vec<Vec<usize>> {
        let mut of = self.of.iter();
        let along = |axis: &Axis| {
            if *axis == Axis::Region {
                return self.regions.iter().map(|region| region.index()).collect();
            }
            let all = || (0..axis.len(self.builder.world.regions.len())).collect();
            of.next().copied().flatten().map_or_else(all, |index| vec![index])
        };
        self.condition.spec().axes.iter().map(along).collect()
    }
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
    use crate::levers::testing::{common, world};

    #[test]
    fn a_bound_moves_towards_its_value_and_never_the_wrong_way() {
        assert_eq!(at_strength(Operation::AtLeast(1.0), 0.5, 0.4), Operation::AtLeast(0.7));
        assert_eq!(at_strength(Operation::AtLeast(0.2), 0.5, 0.4), Operation::AtLeast(0.4));
        assert_eq!(at_strength(Operation::AtMost(0.0), 0.25, 0.5), Operation::AtMost(0.375));
    }

    #[test]
    fn what_is_the_same_everywhere_changes_for_those_who_live_in_the_regions() {
        let world = world();
        let mut common = common();
        common.regions = vec![Region(2)];
        let mut builder = EffectBuilder::new(&world, &common, 1.0, 0);
        builder.change(Condition::Contact).scale(2.0);
        builder.change(Condition::SupportQuality).scale(2.0);
        let effect = builder.build();
        assert_eq!(effect.changes()[0].group, Group { residence: vec![Region(2)], ..Group::everybody() });
        assert_eq!((effect.changes().len(), effect.edits().len()), (1, 1));
    }

    #[test]
    fn a_lever_that_is_scaled_up_goes_as_far_as_each_change_says() {
        let world = world();
        let common = common();
        let mut builder = EffectBuilder::new(&world, &common, 3.0, 0);
        builder.change(Condition::LevyRate).shift(0.5);
        builder.change(Condition::LevyRate).no_further().shift(0.5);
        builder.change(Condition::LevyRate).in_full().shift(0.5);
        let shifts: Vec<Operation> = builder.build().edits().iter().map(|edit| edit.operation).collect();
        assert_eq!(shifts, [1.5, 0.5, 0.5].map(Operation::Shift));
    }
}
