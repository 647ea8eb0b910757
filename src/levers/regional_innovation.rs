//! `regional_innovation`: public investment in research and development outside where it is today.

use super::common::Common;
use super::effect::{Effect, shares_by_youth};
use super::printer::Printer;
use super::table::Table;
use super::{Entry, Key, Lever};
use crate::calendar::Month;
use crate::conditions::{Condition, Operation};
use crate::world::World;

/// The registry's line.
pub const ENTRY: Entry = Entry {
    name: "regional_innovation",
    purpose: "adds investment in innovation, shared over regions by their young people",
    keys: &[Key {
        name: "investment_gbp_million_per_year",
        unit: "GBP million a year",
        meaning: "investment over all the regions, all of it public money (needed)",
    }],
    evidence: "ten high-tech jobs bring about seven further local jobs, six of them low-skilled (Lee and Clarke 2019, UK); the path from investment to productivity is the world's assumption",
    read: |table, world, start| RegionalInnovation::read(table, world, start).map(Lever::RegionalInnovation),
};

/// Investment in innovation.
#[derive(Clone, Debug, PartialEq)]
pub struct RegionalInnovation {
    /// When, where, on what authority.
    pub common: Common,
    /// Investment over all the regions at full strength (GBP million a year).
    pub investment_gbp_million_per_year: f64,
}

impl RegionalInnovation {
    fn read(table: &mut Table<'_>, world: &World, start: Month) -> Option<Self> {
        table.needs("investment_gbp_million_per_year");
        let investment = table.number("investment_gbp_million_per_year", 0.0..=1e6);
        let common = Common::read(table, world, start);
        if !common.group.is_everybody() {
            let message = "found a target group, expected none: investment changes a place for all who live there";
            return table.note("target", message.to_owned(), None);
        }
        Some(Self { common, investment_gbp_million_per_year: investment? })
    }

    /// What it does in a month in which it has this strength.
    #[must_use]
    pub fn effect(&self, world: &World, strength: f64) -> Effect {
        let mut effect = Effect::default();
        let regions = self.common.regions(world);
        let gbp_million_per_year = strength * self.investment_gbp_million_per_year;
        for (region, share) in regions.iter().zip(shares_by_youth(world, &regions)) {
            let here = gbp_million_per_year * share;
            effect.edit(world, Condition::InnovationInvestment, &[region.index()], Operation::Shift(here));
            effect.book(*region, here * 1e6 / 12.0);
        }
        effect
    }

    /// Writes its own keys.
    pub fn print(&self, out: &mut Printer) {
        out.number("investment_gbp_million_per_year", self.investment_gbp_million_per_year);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Region;
    use crate::levers::tests::{common, conditions_with, world};

    #[test]
    fn investment_follows_young_people_and_is_booked_where_it_is_spent() {
        let world = world();
        let mut common = common();
        common.regions = vec![Region(0), Region(2)];
        let lever = RegionalInnovation { common, investment_gbp_million_per_year: 36.0 };
        let conditions = conditions_with(lever.effect(&world, 0.5), &world);
        let added = |region: usize| {
            conditions.get(Condition::InnovationInvestment, &[region])
                - world.baseline.get(Condition::InnovationInvestment, &[region])
        };
        for (region, share) in [(0, 2.0 / 3.0), (1, 0.0), (2, 1.0 / 3.0)] {
            assert!((added(region) - 18.0 * share).abs() < 1e-9);
            assert!((conditions.booked_gbp[region] - 1.5e6 * share).abs() < 1e-3);
        }
    }
}
