//! `shock`: a recession, or a change of demand for some classes of job, and the recovery from it.

use super::common::Common;
use super::effect::Effect;
use super::work::Work;
use super::{Entry, Key, Lever, Policy};
use crate::calendar::Month;
use crate::conditions::{Condition, Operation};
use crate::domain::{JobClass, Kind};
use crate::toml_tables::{Printer, TableReader};
use crate::world::World;
use strum::VariantArray;

/// The registry's line.
pub const ENTRY: Entry = Entry {
    name: "shock",
    purpose: "changes posts and job losses by class and region; `ramp_months` is its onset, `fade_months` the recovery",
    keys: &[
        Key { name: "classes", unit: "names", meaning: "classes of job that it meets; all without it" },
        Key {
            name: "posts_ratio",
            unit: "ratio",
            meaning: "ratio on the posts that employers want, for everybody there; 1 without it",
        },
        Key {
            name: "job_loss_ratio",
            unit: "ratio",
            meaning: "ratio on losing a job, for the target group if there is one; 1 without it",
        },
    ],
    evidence: "vacancies for each unemployed person: 0.63 in 2019, 0.34 in 2020, 0.87 in 2021; 0.19 in 2010, 0.44 in 2015 (SMC job vacancy rate, 2025); both job loss and job finding move with the cycle (Gomes 2012, UK)",
    read: |table, world, start| Shock::read(table, world, start).map(Lever::Shock),
};

/// A change of demand.
#[derive(Clone, Debug, PartialEq)]
pub struct Shock {
    /// When, where, on what authority; who loses jobs.
    pub common: Common,
    /// The classes of job, in index order.
    pub classes: Vec<JobClass>,
    /// Ratio on posts wanted.
    pub posts_ratio: f64,
    /// Ratio on losing a job.
    pub job_loss_ratio: f64,
}

impl Shock {
    fn read(table: &mut TableReader<'_>, world: &World, start: Month) -> Option<Self> {
        table.needs_one_of(&["posts_ratio", "job_loss_ratio"]);
        let classes = table.kinds("classes", "a class of job");
        let posts = table.number("posts_ratio", 0.0..=10.0);
        let job_loss = table.number("job_loss_ratio", 0.0..=100.0);
        Some(Self {
            common: Common::read(table, world, start),
            classes: classes.unwrap_or_else(|| JobClass::VARIANTS.to_vec()),
            posts_ratio: posts.unwrap_or(1.0),
            job_loss_ratio: job_loss.unwrap_or(1.0),
        })
    }
}

impl Policy for Shock {
    fn common(&self) -> &Common {
        &self.common
    }

    fn effect(&self, world: &World, strength: f64) -> Effect {
        let mut work = Work::new(world, &self.common, strength);
        for class in &self.classes {
            let class = Some(*class as usize);
            work.change(Condition::PostsPerResident, &[class], Operation::Scale(self.posts_ratio));
            work.change(Condition::Separation, &[class, None], Operation::Scale(self.job_loss_ratio));
        }
        work.done()
    }

    fn print(&self, _world: &World, out: &mut Printer) {
        out.names("classes", self.classes.iter().map(|class| class.name()));
        out.number("posts_ratio", self.posts_ratio);
        out.number("job_loss_ratio", self.job_loss_ratio);
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::conditions::Conditions;
    use crate::domain::Region;
    use crate::levers::tests::{common, conditions_with, world, young_women};

    pub(crate) fn example(size: f64) -> Lever {
        let (posts_ratio, job_loss_ratio) = (1.0 - 0.05 * size, 1.0 + 0.2 * size);
        Lever::Shock(Shock { common: common(), classes: vec![JobClass::Working], posts_ratio, job_loss_ratio })
    }

    pub(crate) fn supply(conditions: &Conditions) -> f64 {
        -conditions.get(Condition::PostsPerResident, &[0, 0])
    }

    #[test]
    fn posts_close_in_their_class_and_region_and_only_the_group_loses_more_jobs() {
        let world = world();
        let mut common = common();
        (common.regions, common.group) = (vec![Region(1)], young_women());
        let lever = Shock { common, classes: vec![JobClass::Intermediate], posts_ratio: 0.9, job_loss_ratio: 2.0 };
        let conditions = conditions_with(lever.effect(&world, 1.0), &world);
        let ratio = |conditions: &Conditions, condition, at: &[usize]| {
            conditions.get(condition, at) / world.baseline.get(condition, at)
        };
        for (region, class, expected) in [(1, 1, 0.9), (1, 0, 1.0), (0, 1, 1.0)] {
            assert!((ratio(&conditions, Condition::PostsPerResident, &[region, class]) - expected).abs() < 1e-12);
        }
        assert!((ratio(&conditions, Condition::Separation, &[1, 2]) - 1.0).abs() < 1e-12);
        let own = conditions.met_by(|group| group.residence == [Region(1)]);
        assert!((ratio(&own, Condition::Separation, &[1, 2]) - 2.0).abs() < 1e-12);
        assert!((ratio(&own, Condition::Separation, &[2, 2]) - 1.0).abs() < 1e-12);
    }
}
