//! Builds what a lever does in a month: the words in which levers say it.

use super::budget::Budget;
use super::change::ChangeBuilder;
use super::common::Common;
use super::effect::Effect;
use super::young_people::shares_by_youth;
use crate::calendar::{MONTHS_A_YEAR, Month};
use crate::conditions::{Condition, Group, Offer, OfferKind, Operation, TableKey};
use crate::domain::Region;
use crate::world::World;

/// What a lever has done so far in a month in which it has some strength.
#[derive(Debug)]
pub struct EffectBuilder<'a> {
    world: &'a World,
    common: &'a Common,
    strength: f64,
    month: Month,
    effect: Effect,
}

impl<'a> EffectBuilder<'a> {
    /// Nothing done yet in a month.
    #[must_use]
    pub fn new(world: &'a World, common: &'a Common, strength: f64, month: Month) -> Self {
        Self { world, common, strength, month, effect: Effect::default() }
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
        self.month.saturating_sub(self.common.from) / MONTHS_A_YEAR
    }

    /// The month.
    #[must_use]
    pub fn month(&self) -> Month {
        self.month
    }

    /// Changes a condition: what follows says which of its numbers, how strongly, for whom, where and by how much.
    pub fn change<K>(&mut self, condition: Condition<K>) -> ChangeBuilder<'_, K> {
        ChangeBuilder::new(self.world, self.common, self.strength, condition, &mut self.effect)
    }

    /// Adds to a number of each region its share, by young people, of a whole (as far as in force).
    pub fn share_out<K: TableKey>(&mut self, condition: Condition<K>, key: impl Fn(Region) -> K, whole: f64) {
        for (region, share) in self.shares() {
            let part = Operation::Shift(self.strength * whole * share);
            self.effect.edit(self.world, condition, key(region), part);
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

    /// Books a sum of public money that is paid in this month in one region (as far as in force).
    pub fn book_now_in(&mut self, region: Region, gbp: f64) {
        self.effect.book(region, self.strength * gbp);
    }

    /// Books a yearly sum of public money in one region, paid in equal months (as far as in force).
    pub fn book_in(&mut self, region: Region, gbp_per_year: f64) {
        self.effect.book(region, self.strength * gbp_per_year / 12.0);
    }

    /// The effect itself, for what a lever has worked out for its strength.
    pub fn worked_out(&mut self) -> &mut Effect {
        &mut self.effect
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conditions::apprenticeships::LEVY_RATE;
    use crate::conditions::support::{CONTACT, SUPPORT_QUALITY};
    use crate::levers::testing::{common, world};

    #[test]
    fn what_is_the_same_everywhere_changes_for_those_who_live_in_the_regions() {
        let world = world();
        let mut common = common();
        common.regions = vec![Region(2)];
        let mut builder = EffectBuilder::new(&world, &common, 1.0, common.from);
        builder.change(CONTACT).scale(2.0);
        builder.change(SUPPORT_QUALITY).scale(2.0);
        let effect = builder.build();
        assert_eq!(effect.changes()[0].group, Group { residence: vec![Region(2)], ..Group::everybody() });
        assert_eq!((effect.changes().len(), effect.edits().len()), (1, 1));
    }

    #[test]
    fn a_lever_that_is_scaled_up_goes_as_far_as_each_change_says() {
        let world = world();
        let common = common();
        let mut builder = EffectBuilder::new(&world, &common, 3.0, common.from);
        builder.change(LEVY_RATE).shift(0.5);
        builder.change(LEVY_RATE).no_further().shift(0.5);
        builder.change(LEVY_RATE).in_full().shift(0.5);
        let shifts: Vec<Operation> = builder.build().edits().iter().map(|edit| edit.operation).collect();
        assert_eq!(shifts, [1.5, 0.5, 0.5].map(Operation::Shift));
    }
}
