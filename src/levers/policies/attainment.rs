//! `attainment`: earlier help for pupils with the lowest attainment, so that later cohorts reach 16 with more.

use crate::conditions::Group;
use crate::conditions::education::{
    ATTAINMENT_BY_ORIGIN, ATTAINMENT_BY_REGION, ATTAINMENT_HELP, ATTAINMENT_HELP_BELOW,
};
use crate::domain::{Origin, Region};
use crate::levers::common::Common;
use crate::levers::effect_builder::EffectBuilder;
use crate::levers::policy::{Policy, SetNumber};
use crate::levers::young_people::pupils;
use crate::toml_tables::Key;
use crate::world::World;
use strum::VariantArray;

/// Help for pupils with the lowest attainment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attainment {
    /// What pupils below the line gain (standard deviations).
    pub gain_standard_deviations: f64,
    /// The line, if it is not the world's (standard deviations against the national mean).
    pub below_standard_deviations: Option<f64>,
    /// Public cost of each pupil below the line (GBP).
    pub cost_gbp_per_pupil: f64,
}

impl Policy for Attainment {
    const NAME: &'static str = "attainment";
    const PURPOSE: &'static str = "raises the attainment at 16 of pupils who would be below a line, up to the line";
    const EVIDENCE: &'static str = "pupils who reach the last compulsory year, in September, while it is in force gain, and their whole cost is booked then, though the help is earlier; NFER's evaluations of the National Tutoring Programme found about no gain in its first year and one month in its second; the size of the gain is the user's";
    const KEYS: &'static [Key<Self>] = &[
        Key::number("gain_standard_deviations", 0.0..=5.0, |own: &mut Self| &mut own.gain_standard_deviations)
            .means("standard deviations", "what pupils below the line gain, at most up to it")
            .needed(),
        Key::number_or_none("below_standard_deviations", -5.0..=5.0, |own: &mut Self| {
            &mut own.below_standard_deviations
        })
        .means("standard deviations", "the line, against the national mean")
        .otherwise("the world's `attainment_help_below`"),
        Key::number("cost_gbp_per_pupil", 0.0..=1e6, |own: &mut Self| &mut own.cost_gbp_per_pupil)
            .means("GBP per pupil", "public cost for each pupil below the line, over all the years of help")
            .otherwise("none"),
    ];

    fn act(&self, effect: &mut EffectBuilder<'_>) {
        if self.gain_standard_deviations <= 0.0 {
            return;
        }
        let (world, group) = (effect.world(), effect.group());
        effect.change(ATTAINMENT_HELP).shift(self.gain_standard_deviations);
        if let Some(below) = self.below_standard_deviations {
            let now = world.baseline.get(ATTAINMENT_HELP_BELOW, ());
            effect.change(ATTAINMENT_HELP_BELOW).in_full().shift(below - now);
        }
        // pupils reach their last compulsory year in September, and nobody does in another month
        if effect.month().is_september() {
            for region in effect.regions() {
                effect.book_now_in(region, self.cost_gbp_per_pupil * self.helped(world, region, group));
            }
        }
    }

    fn acts_in_september(&self) -> bool {
        true
    }

    fn sets(&self, common: &Common, world: &World) -> Vec<SetNumber> {
        let sets = self.below_standard_deviations.is_some() && self.gain_standard_deviations > 0.0;
        let regions = common.regions(world).into_iter().filter(|_| sets);
        regions.map(|region| ("below_standard_deviations", ATTAINMENT_HELP_BELOW.any(), vec![region.index()])).collect()
    }

    #[cfg(test)]
    fn example(size: f64) -> Self {
        Self { gain_standard_deviations: 0.2 * size, below_standard_deviations: Some(-0.5), cost_gbp_per_pupil: 700.0 }
    }

    #[cfg(test)]
    fn supply(conditions: &crate::conditions::Conditions) -> f64 {
        conditions.get(ATTAINMENT_HELP, ())
    }
}

impl Attainment {
    /// Pupils of a group in a year in a region who would be below the line (standard normal about the mean of
    /// origin and region).
    fn helped(&self, world: &World, region: Region, group: &Group) -> f64 {
        let below = self.below_standard_deviations.unwrap_or(world.baseline.get(ATTAINMENT_HELP_BELOW, ()));
        let regional = world.baseline.get(ATTAINMENT_BY_REGION, region);
        let share = |origin: Origin| {
            let mean = world.baseline.get(ATTAINMENT_BY_ORIGIN, origin) + regional;
            0.5 * libm::erfc((mean - below) / std::f64::consts::SQRT_2)
        };
        let members = pupils(world, region, group);
        members.iter().zip(Origin::VARIANTS).fold(0.0, |sum, (pupils, origin)| sum + pupils * share(*origin))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conditions::Conditions;
    use crate::levers::testing::{ForEverybody, common, conditions_with, world};

    #[test]
    fn only_pupils_below_the_line_are_paid_for() {
        let mut world = world();
        for condition in [ATTAINMENT_BY_ORIGIN.any(), ATTAINMENT_BY_REGION.any()] {
            let range = world.baseline.layout().range(condition);
            world.baseline.values_mut()[range].fill(0.0);
        }
        let lever = Attainment {
            gain_standard_deviations: 0.1,
            below_standard_deviations: Some(0.0),
            cost_gbp_per_pupil: 1_200.0,
        };
        let booked = &conditions_with(lever.effect(&world, 1.0), &world).booked_gbp;
        // Half of all pupils are below the mean.
        let all: f64 = pupils(&world, Region(0), &common().group).iter().sum();
        // and that when they are reached, in September
        assert!((booked[0] - all * 0.5 * 1_200.0).abs() < 1e-6);
    }

    #[test]
    fn the_line_is_where_it_is_said_to_be_from_the_first_month_of_a_ramp() {
        let world = world();
        let lever = Attainment {
            gain_standard_deviations: 0.4,
            below_standard_deviations: Some(-0.6),
            cost_gbp_per_pupil: 0.0,
        };
        let conditions = conditions_with(lever.effect(&world, 0.25), &world);
        assert!((conditions.get(ATTAINMENT_HELP_BELOW, ()) + 0.6).abs() < 1e-12);
        let gain = |conditions: &Conditions| conditions.get(ATTAINMENT_HELP, ());
        assert!((gain(&conditions) - gain(&world.baseline) - 0.1).abs() < 1e-12);
    }
}
