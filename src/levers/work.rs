//! A lever at work in a month: the words in which most levers say what they do.

use super::common::Common;
use super::effect::{Effect, every_combination, shares_by_youth};
use crate::conditions::{Axis, Condition, Group, Met, Offer, OfferKind, Operation};
use crate::domain::{Health, Kind, Origin, Region, Sex};
use crate::world::World;

/// What a lever has done so far in a month in which it has some strength.
#[derive(Debug)]
pub struct Work<'a> {
    world: &'a World,
    common: &'a Common,
    strength: f64,
    effect: Effect,
}

impl<'a> Work<'a> {
    /// Nothing done yet.
    #[must_use]
    pub fn new(world: &'a World, common: &'a Common, strength: f64) -> Self {
        Self { world, common, strength, effect: Effect::default() }
    }

    /// All that was done.
    #[must_use]
    pub fn done(self) -> Effect {
        self.effect
    }

    /// The lever's regions with the share of each among its young people.
    #[must_use]
    pub fn shares(&self) -> Vec<(Region, f64)> {
        let regions = self.common.regions(self.world);
        let shares = shares_by_youth(self.world, &regions);
        regions.into_iter().zip(shares).collect()
    }

    /// Changes a condition in the lever's regions for its target group, as far as the lever is in force.
    /// `of` has one index, or `None` for all, for each axis of the condition but the region.
    ///
    /// What places meet changes for everybody there. A condition that is the same everywhere changes
    /// for those who live in the regions, if people meet it.
    pub fn change(&mut self, condition: Condition, of: &[Option<usize>], operation: Operation) {
        self.change_for(&self.common.group.clone(), condition, of, operation);
    }

    /// The same for a target group other than the lever's.
    pub fn change_for(&mut self, group: &Group, condition: Condition, of: &[Option<usize>], operation: Operation) {
        self.change_at(self.strength, group, condition, of, operation);
    }

    /// The same at full strength, for what says where and not how much.
    pub fn change_fully(&mut self, condition: Condition, of: &[Option<usize>], operation: Operation) {
        self.change_at(1.0, &self.common.group.clone(), condition, of, operation);
    }

    fn change_at(
        &mut self,
        strength: f64,
        group: &Group,
        condition: Condition,
        of: &[Option<usize>],
        operation: Operation,
    ) {
        let group = match condition.spec().met_by {
            Met::Places => Group::everybody(),
            Met::People => self.living_there(group, condition),
        };
        for at in every_combination(&self.indexes(condition, of)) {
            let now = self.world.baseline.get(condition, &at);
            self.effect.edit_for(self.world, &group, condition, &at, at_strength(operation, strength, now));
        }
    }

    /// The group as it is named where a condition itself does not tell regions apart.
    fn living_there(&self, group: &Group, condition: Condition) -> Group {
        let is_local = condition.spec().axes.contains(&Axis::Region);
        let residence = if is_local { Vec::new() } else { self.common.regions.clone() };
        Group { residence, ..group.clone() }
    }

    /// The indexes to change along each axis of a condition.
    fn indexes(&self, condition: Condition, of: &[Option<usize>]) -> Vec<Vec<usize>> {
        let mut of = of.iter();
        let along = |axis: &Axis| {
            if *axis == Axis::Region {
                return self.common.regions(self.world).iter().map(|region| region.index()).collect();
            }
            let all = || (0..axis.len(self.world.regions.len())).collect();
            of.next().copied().flatten().map_or_else(all, |index| vec![index])
        };
        condition.spec().axes.iter().map(along).collect()
    }

    /// Brings one number of each region for everybody to what the lever's keys say, as far as the lever is in force; a lever
    /// that is scaled up brings it no further.
    pub fn each_region(&mut self, change: impl Fn(Region) -> (Condition, Vec<usize>, Operation)) {
        for region in self.common.regions(self.world) {
            let (condition, at, operation) = change(region);
            let now = self.world.baseline.get(condition, &at);
            self.effect.edit(self.world, condition, &at, at_strength(operation, self.strength.min(1.0), now));
        }
    }

    /// Changes one number for everybody by something worked out for the strength.
    pub fn edit_fully(&mut self, condition: Condition, at: &[usize], operation: Operation) {
        self.effect.edit(self.world, condition, at, operation);
    }

    /// How much of the lever is in force: 1 is all that its keys say, and a lever that is scaled up has more.
    #[must_use]
    pub fn strength(&self) -> f64 {
        self.strength
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

/// Share of the pupils of a year in a region who belong to a group, by origin class. What they become later
/// (age, qualification, months NEET) does not count.
#[must_use]
pub fn pupils(world: &World, region: Region, group: &Group) -> Vec<f64> {
    let baseline = &world.baseline;
    let is_here = group.upbringing.is_empty() || group.upbringing.contains(&region);
    let male = baseline.get(Condition::MaleShare, &[]);
    let of_sex = |sex: &Sex| match sex {
        Sex::Male => male,
        Sex::Female => 1.0 - male,
    };
    let sexes = group.sexes.iter().map(of_sex).fold(0.0, |sum, share| sum + share);
    let number = |origin: usize| {
        let limited = baseline.get(Condition::HealthLimitation, &[origin]);
        let of_health = |health: &Health| match health {
            Health::Limited => limited,
            Health::NotLimited => 1.0 - limited,
        };
        let healths = group.health.iter().map(of_health).fold(0.0, |sum, share| sum + share);
        let is_member = is_here && group.origins.iter().any(|member| *member as usize == origin);
        let origins = baseline.get(Condition::OriginShare, &[region.index(), origin]);
        let cohort = baseline.get(Condition::CohortSize, &[region.index()]);
        if is_member { cohort * origins * sexes * healths } else { 0.0 }
    };
    (0..Origin::count()).map(number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::levers::tests::{common, world, young_women};

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
        let mut work = Work::new(&world, &common, 1.0);
        work.change(Condition::Contact, &[], Operation::Scale(2.0));
        work.change(Condition::SupportQuality, &[], Operation::Scale(2.0));
        let effect = work.done();
        assert_eq!(effect.changes()[0].group, Group { residence: vec![Region(2)], ..Group::everybody() });
        assert_eq!((effect.changes().len(), effect.edits().len()), (1, 1));
    }

    #[test]
    fn the_pupils_of_everybody_are_the_cohort() {
        let world = world();
        let all: f64 = pupils(&world, Region(0), &Group::everybody()).iter().sum();
        let origins: f64 = (0..5).map(|origin| world.baseline.get(Condition::OriginShare, &[0, origin])).sum();
        assert!((all - 20_000.0 * origins).abs() < 1e-6);
        let girls: f64 = pupils(&world, Region(0), &young_women()).iter().sum();
        assert!((girls - all * (1.0 - world.baseline.get(Condition::MaleShare, &[]))).abs() < 1e-6);
    }
}
