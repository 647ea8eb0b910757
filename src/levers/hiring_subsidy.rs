//! `hiring_subsidy`: money for employers who hire somebody NEET from a target group.

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
    name: "hiring_subsidy",
    purpose: "pays employers who hire people who are NEET: raises their standing, and opens some extra posts",
    keys: &[
        Key {
            name: "subsidy_gbp_per_hire",
            unit: "GBP per hire",
            meaning: "paid for everybody in the group who is hired from being NEET, also those who would have been (needed)",
        },
        Key {
            name: "standing_per_gbp_1000",
            unit: "score per GBP 1,000",
            meaning: "what each GBP 1,000 adds to the score by which employers rank them; 0.1 without it",
        },
        Key {
            name: "deadweight",
            unit: "share",
            meaning: "subsidised hires for which no post is opened that would not be there anyway; 0.9 without it",
        },
    ],
    evidence: "Youth Contract 2012: up to GBP 2,275 a hire, little evidence that such payments work alone (Work and Pensions Committee 2012); effects low and costs high over many studies (Youth Futures Foundation); standing and deadweight have no UK estimate: assumptions; who is hired instead of whom follows from the ranking",
    read: |table, world, start| HiringSubsidy::read(table, world, start).map(Lever::HiringSubsidy),
};

/// Money for employers who hire.
#[derive(Clone, Debug, PartialEq)]
pub struct HiringSubsidy {
    /// When, where those who are hired live, who, on what authority.
    pub common: Common,
    /// Paid for each hire (GBP).
    pub subsidy_gbp_per_hire: f64,
    /// Score that each GBP 1,000 adds.
    pub standing_per_gbp_1000: f64,
    /// Share of subsidised hires for which no post is opened.
    pub deadweight: f64,
}

impl HiringSubsidy {
    fn read(table: &mut TableReader<'_>, world: &World, start: Month) -> Option<Self> {
        table.needs("subsidy_gbp_per_hire");
        let subsidy = table.number("subsidy_gbp_per_hire", 0.0..=1e5);
        let standing = table.number("standing_per_gbp_1000", 0.0..=10.0);
        let deadweight = table.number("deadweight", 0.0..=1.0);
        Some(Self {
            common: Common::read(table, world, start),
            subsidy_gbp_per_hire: subsidy?,
            standing_per_gbp_1000: standing.unwrap_or(0.1),
            deadweight: deadweight.unwrap_or(0.9),
        })
    }
}

impl Policy for HiringSubsidy {
    fn common(&self) -> &Common {
        &self.common
    }

    fn effect(&self, world: &World, strength: f64) -> Effect {
        let mut work = Work::new(world, &self.common, strength);
        if self.subsidy_gbp_per_hire <= 0.0 {
            return work.done();
        }
        let standing = self.standing_per_gbp_1000 * self.subsidy_gbp_per_hire / 1_000.0;
        work.change(Condition::HiringSubsidy, &[], Operation::Shift(self.subsidy_gbp_per_hire));
        work.change(Condition::ScoreSubsidy, &[], Operation::Shift(standing));
        work.change(Condition::HiringSubsidyExtraPosts, &[], Operation::AtLeast(1.0 - self.deadweight));
        work.done()
    }

    fn print(&self, _world: &World, out: &mut Printer) {
        out.number("subsidy_gbp_per_hire", self.subsidy_gbp_per_hire);
        out.number("standing_per_gbp_1000", self.standing_per_gbp_1000);
        out.number("deadweight", self.deadweight);
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::conditions::Conditions;
    use crate::levers::tests::{common, conditions_with, world, young_women};

    fn subsidy(gbp: f64) -> HiringSubsidy {
        HiringSubsidy { common: common(), subsidy_gbp_per_hire: gbp, standing_per_gbp_1000: 0.2, deadweight: 0.4 }
    }

    pub(crate) fn example(size: f64) -> Lever {
        Lever::HiringSubsidy(subsidy(1_000.0 * size))
    }

    pub(crate) fn supply(conditions: &Conditions) -> f64 {
        conditions.get(Condition::ScoreSubsidy, &[])
    }

    #[test]
    fn two_subsidies_add_up_but_their_extra_posts_do_not() {
        let world = world();
        let mut both = subsidy(1_500.0).effect(&world, 1.0);
        both.append(subsidy(500.0).effect(&world, 1.0));
        let conditions = conditions_with(both, &world);
        let gain = |condition| conditions.get(condition, &[]) - world.baseline.get(condition, &[]);
        assert!((gain(Condition::HiringSubsidy) - 2_000.0).abs() < 1e-9);
        assert!((gain(Condition::ScoreSubsidy) - 0.4).abs() < 1e-12);
        assert!((conditions.get(Condition::HiringSubsidyExtraPosts, &[]) - 0.6).abs() < 1e-12);
    }

    #[test]
    fn a_target_group_alone_is_subsidised() {
        let world = world();
        let mut lever = subsidy(1_000.0);
        lever.common.group = young_women();
        let conditions = conditions_with(lever.effect(&world, 1.0), &world);
        assert_eq!(conditions.values(), world.baseline.values());
        let own = conditions.met_by(|group| *group == young_women());
        assert!(own.get(Condition::HiringSubsidy, &[]) > world.baseline.get(Condition::HiringSubsidy, &[]));
    }
}
