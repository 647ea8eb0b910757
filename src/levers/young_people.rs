//! Young people as the baseline has them: how a whole is divided over regions by them, and who is at school.

use crate::conditions::Group;
use crate::conditions::population::{COHORT_SIZE, HEALTH_LIMITATION, MALE_SHARE, ORIGIN_SHARE};
use crate::domain::{Health, Origin, Region, Sex};
use crate::world::World;
use strum::VariantArray;

/// Divides a whole over regions by the number of young people who reach 16 in them each year; the
/// shares sum to 1. Equal shares if there are no such people.
#[must_use]
pub fn shares_by_youth(world: &World, regions: &[Region]) -> Vec<f64> {
    shares(regions.iter().map(|region| world.baseline.get(COHORT_SIZE, *region)).collect())
}

/// Weights as shares of their sum; equal shares if the sum is zero.
#[must_use]
pub fn shares(weights: Vec<f64>) -> Vec<f64> {
    let total: f64 = weights.iter().sum();
    let equal = f64::from(u32::try_from(weights.len()).unwrap_or(u32::MAX));
    weights.into_iter().map(|weight| if total > 0.0 { weight / total } else { 1.0 / equal }).collect()
}

/// Share of the pupils of a year in a region who belong to a group, by origin class. What they become later
/// (age, qualification, months NEET) does not count.
#[must_use]
pub fn pupils(world: &World, region: Region, group: &Group) -> Vec<f64> {
    let baseline = &world.baseline;
    let is_here = group.upbringing.is_empty() || group.upbringing.contains(&region);
    let male = baseline.get(MALE_SHARE, ());
    let of_sex = |sex: &Sex| match sex {
        Sex::Male => male,
        Sex::Female => 1.0 - male,
    };
    let sexes = group.sexes.iter().map(of_sex).fold(0.0, |sum, share| sum + share);
    let number = |origin: &Origin| {
        let limited = baseline.get(HEALTH_LIMITATION, *origin);
        let of_health = |health: &Health| match health {
            Health::Limited => limited,
            Health::NotLimited => 1.0 - limited,
        };
        let healths = group.health.iter().map(of_health).fold(0.0, |sum, share| sum + share);
        let is_member = is_here && group.origins.contains(origin);
        let origins = baseline.get(ORIGIN_SHARE, (region, *origin));
        let cohort = baseline.get(COHORT_SIZE, region);
        if is_member { cohort * origins * sexes * healths } else { 0.0 }
    };
    Origin::VARIANTS.iter().map(number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::levers::testing::{world, young_women};

    #[test]
    fn the_pupils_of_everybody_are_the_cohort() {
        let world = world();
        let all: f64 = pupils(&world, Region(0), &Group::everybody()).iter().sum();
        let origins: f64 =
            Origin::VARIANTS.iter().map(|origin| world.baseline.get(ORIGIN_SHARE, (Region(0), *origin))).sum();
        assert!((all - 20_000.0 * origins).abs() < 1e-6);
        let girls: f64 = pupils(&world, Region(0), &young_women()).iter().sum();
        assert!((girls - all * (1.0 - world.baseline.get(MALE_SHARE, ()))).abs() < 1e-6);
    }
}
