//! `regional_innovation`: public investment in research and development outside where it is today.

use super::common::Common;
use super::effect::Effect;
use super::work::Work;
use super::{Entry, Key, Lever, Policy};
use crate::calendar::Month;
use crate::conditions::{Condition, Operation};
use crate::toml_tables::{Printer, TableReader};
use crate::world::World;

/// The registry's line.
pub const ENTRY: Entry = Entry {
    name: "regional_innovation",
    purpose: "adds investment in innovation, shared over regions by their young people",
    keys: &[
        Key {
            name: "investment_gbp_million_per_year",
            unit: "GBP million a year",
            meaning: "investment over all the regions, all of it public money (needed)",
        },
        Key {
            name: "local_hiring_score",
            unit: "score",
            meaning: "standing with employers there that conditions on the money give to members of the target group who are NEET; only with a target",
        },
    ],
    evidence: "ten high-tech jobs bring about seven further local jobs, six of them low-skilled (Lee and Clarke 2019, UK); the path from investment to productivity is the world's assumption, and so is what conditions on local hiring do",
    read: |table, world, start| RegionalInnovation::read(table, world, start).map(Lever::RegionalInnovation),
};

/// Investment in innovation.
#[derive(Clone, Debug, PartialEq)]
pub struct RegionalInnovation {
    /// When, where, on what authority; and whom employers there are to hire first.
    pub common: Common,
    /// Investment over all the regions at full strength (GBP million a year).
    pub investment_gbp_million_per_year: f64,
    /// Standing with employers there for members of the target group who are NEET (score).
    pub local_hiring_score: f64,
}

impl RegionalInnovation {
    fn read(table: &mut TableReader<'_>, world: &World, start: Month) -> Option<Self> {
        table.needs("investment_gbp_million_per_year");
        let investment = table.number("investment_gbp_million_per_year", 0.0..=1e6);
        let score = table.number("local_hiring_score", 0.0..=20.0);
        let common = Common::read(table, world, start);
        if common.group.is_everybody() == table.has("local_hiring_score") {
            let (key, message) = if table.has("target") {
                (
                    "target",
                    "found a target group without `local_hiring_score`, expected both: investment itself changes a place for all who live there",
                )
            } else {
                ("local_hiring_score", "found no target group beside it, expected the group that is to be hired first")
            };
            table.note::<()>(key, message.to_owned(), None);
        }
        Some(Self { common, investment_gbp_million_per_year: investment?, local_hiring_score: score.unwrap_or(0.0) })
    }
}

impl Policy for RegionalInnovation {
    fn common(&self) -> &Common {
        &self.common
    }

    fn effect(&self, world: &World, strength: f64) -> Effect {
        let mut work = Work::new(world, &self.common, strength);
        work.share_out(Condition::InnovationInvestment, None, self.investment_gbp_million_per_year);
        work.book(self.investment_gbp_million_per_year * 1e6);
        work.change(Condition::ScoreSubsidy, &[], Operation::Shift(self.local_hiring_score));
        work.done()
    }

    fn print(&self, _world: &World, out: &mut Printer) {
        out.number("investment_gbp_million_per_year", self.investment_gbp_million_per_year);
        if !self.common.group.is_everybody() {
            out.number("local_hiring_score", self.local_hiring_score);
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::conditions::Conditions;
    use crate::domain::Region;
    use crate::levers::tests::{common, conditions_with, world};

    pub(crate) fn example(size: f64) -> Lever {
        Lever::RegionalInnovation(RegionalInnovation {
            common: common(),
            investment_gbp_million_per_year: 0.1 * size,
            local_hiring_score: 0.0,
        })
    }

    pub(crate) fn supply(conditions: &Conditions) -> f64 {
        conditions.table(Condition::InnovationInvestment).iter().sum()
    }

    #[test]
    fn conditions_on_the_money_raise_the_standing_of_the_group_there() {
        let world = world();
        let mut common = common();
        (common.regions, common.group) = (vec![Region(1)], crate::levers::tests::young_women());
        let lever = RegionalInnovation { common, investment_gbp_million_per_year: 1.0, local_hiring_score: 0.5 };
        let conditions = conditions_with(lever.effect(&world, 0.5), &world);
        let score = |conditions: &Conditions| conditions.get(Condition::ScoreSubsidy, &[]);
        assert!((score(&conditions) - score(&world.baseline)).abs() < 1e-12);
        let own = conditions.met_by(|group| group.residence == [Region(1)]);
        assert!((score(&own) - score(&world.baseline) - 0.25).abs() < 1e-12);
    }

    #[test]
    fn investment_follows_young_people_and_is_booked_where_it_is_spent() {
        let world = world();
        let mut common = common();
        common.regions = vec![Region(0), Region(2)];
        let lever = RegionalInnovation { common, investment_gbp_million_per_year: 36.0, local_hiring_score: 0.0 };
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
