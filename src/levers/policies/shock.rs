//! `shock`: a recession, or a change of demand for some classes of job, and the recovery from it.

use crate::conditions::jobs::{POSTS_PER_RESIDENT, SEPARATION};
use crate::domain::JobClass;
use crate::levers::effect_builder::EffectBuilder;
use crate::levers::policy::Policy;
use crate::toml_tables::Key;

/// A change of demand.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shock {
    /// The classes of job, in index order.
    pub classes: Vec<JobClass>,
    /// Ratio on posts wanted.
    pub posts_ratio: f64,
    /// Ratio on losing a job.
    pub job_loss_ratio: f64,
}

impl Policy for Shock {
    const NAME: &'static str = "shock";
    const PURPOSE: &'static str =
        "changes posts and job losses by class and region; `ramp_months` is its onset, `fade_months` the recovery";
    const EVIDENCE: &'static str = "vacancies for each unemployed person: 0.63 in 2019, 0.34 in 2020, 0.87 in 2021; 0.19 in 2010, 0.44 in 2015 (SMC job vacancy rate, 2025); both job loss and job finding move with the cycle (Gomes 2012, UK)";
    const KEYS: &'static [Key<Self>] = &[
        Key::names("classes", "a class of job", |own: &mut Self| &mut own.classes)
            .means("names", "classes of job that it meets")
            .or_all(),
        Key::number("posts_ratio", 0.0..=10.0, |own: &mut Self| &mut own.posts_ratio)
            .means("ratio", "ratio on the posts that employers want, for everybody there")
            .or(1.0),
        Key::number("job_loss_ratio", 0.0..=100.0, |own: &mut Self| &mut own.job_loss_ratio)
            .means("ratio", "ratio on losing a job, for the target group if there is one")
            .or(1.0),
    ];
    const NEEDS_ONE_OF: &'static [&'static str] = &["posts_ratio", "job_loss_ratio"];

    fn act(&self, effect: &mut EffectBuilder<'_>) {
        for class in &self.classes {
            effect.change(POSTS_PER_RESIDENT).of(*class).scale(self.posts_ratio);
            effect.change(SEPARATION).of(*class).scale(self.job_loss_ratio);
        }
    }

    fn can_be_scaled(&self) -> bool {
        false
    }

    #[cfg(test)]
    fn example(size: f64) -> Self {
        let (posts_ratio, job_loss_ratio) = (1.0 - 0.05 * size, 1.0 + 0.2 * size);
        Self { classes: vec![JobClass::Working], posts_ratio, job_loss_ratio }
    }

    #[cfg(test)]
    fn supply(conditions: &crate::conditions::Conditions) -> f64 {
        -conditions.get(POSTS_PER_RESIDENT, (crate::domain::Region(0), JobClass::Working))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conditions::Conditions;
    use crate::domain::{AgeBand, Region};
    use crate::levers::testing::{ForEverybody, conditions_with, ratio, world, young_women};
    use strum::VariantArray;

    #[test]
    fn posts_close_in_their_class_and_region_and_only_the_group_loses_more_jobs() {
        let world = world();
        let shock = Shock { classes: vec![JobClass::Intermediate], posts_ratio: 0.9, job_loss_ratio: 2.0 };
        let mut lever = shock.lever();
        (lever.common.regions, lever.common.group) = (vec![Region(1)], young_women());
        let conditions = conditions_with(lever.effect_at(&world, 1.0, lever.common.from), &world);
        let (working, intermediate) = (JobClass::Working, JobClass::Intermediate);
        for (region, class, expected) in [(1, intermediate, 0.9), (1, working, 1.0), (0, intermediate, 1.0)] {
            let posts = ratio(&conditions, &world, POSTS_PER_RESIDENT, (Region(region), class));
            assert!((posts - expected).abs() < 1e-12);
        }
        let losses =
            |conditions: &Conditions, class| ratio(conditions, &world, SEPARATION, (class, AgeBand::VARIANTS[2]));
        assert!((losses(&conditions, intermediate) - 1.0).abs() < 1e-12);
        let own = conditions.met_by(|group| group.residence == [Region(1)]);
        assert!((losses(&own, intermediate) - 2.0).abs() < 1e-12);
        assert!((losses(&own, JobClass::Professional) - 1.0).abs() < 1e-12);
    }
}
