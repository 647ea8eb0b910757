//! Screening by elementary effects (Morris 1991; Campolongo, Cariboni and Saltelli 2007).
//!
//! A trajectory walks through the cube and moves one group of coordinates at a time by a fixed step. The change of the output over the step
//! is an elementary effect; `mu_star`, the mean of its size, ranks groups, and its spread tells curvature and interaction.

use crate::calibrate::design::{Draw, shuffled, stream};
use crate::random::{IndexedRandom, RngExt, Stream};
use crate::statistics::{self, Z95};

/// Levels of the grid on which trajectories walk.
const LEVELS: u32 = 4;
/// The step between two points of a trajectory: `levels / (2 (levels - 1))`.
const STEP: f64 = 2.0 / 3.0;
/// Resamples of the bootstrap.
const RESAMPLES: usize = 1000;

/// What screening says of one group of parameters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Screening {
    /// Mean effect of raising the parameter; unknown for a group, whose members may pull in different directions.
    pub mu: Option<f64>,
    /// Mean size of the effect.
    pub mu_star: f64,
    /// Half the width of the bootstrap 95% interval of `mu_star`.
    pub half_width: f64,
    /// Standard deviation of the effect; unknown for a group and for a single trajectory.
    pub sigma: Option<f64>,
}

/// The points of one trajectory: one more than there are groups, whose members are coordinates of a cube of `dimensions`.
pub(super) fn trajectory(groups: &[Vec<usize>], dimensions: usize, number: usize, seed: u64) -> Vec<Vec<f64>> {
    let mut draws = stream(seed, Draw::Trajectory, number);
    let is_upward: Vec<bool> = (0..dimensions).map(|_| draws.random()).collect();
    let level = |upward: &bool| {
        let lower = draws.random_range(0..LEVELS / 2);
        let from_below = f64::from(lower) / f64::from(LEVELS - 1);
        if *upward { from_below } else { 1.0 - from_below }
    };
    let mut point: Vec<f64> = is_upward.iter().map(level).collect();
    let mut points = vec![point.clone()];
    for group in shuffled(groups.len(), &mut draws) {
        for column in &groups[group] {
            point[*column] += if is_upward[*column] { STEP } else { -STEP };
        }
        points.push(point.clone());
    }
    points
}

/// The effects of one trajectory, a signed one for each group (signed by the group's first member).
fn effects(points: &[Vec<f64>], outputs: &[f64], groups: &[Vec<usize>]) -> Option<Vec<f64>> {
    let mut found = vec![None; groups.len()];
    for (ends, values) in points.windows(2).zip(outputs.windows(2)) {
        let moved =
            |group: &&Vec<usize>| group.iter().any(|column| (ends[1][*column] - ends[0][*column]).abs() > STEP / 2.0);
        let at = groups.iter().position(|group| moved(&group))?;
        let way = (ends[1][groups[at][0]] - ends[0][groups[at][0]]).signum();
        found[at] = Some(way * (values[1] - values[0]) / STEP);
    }
    found.into_iter().collect()
}

/// The screening of each group from whole trajectories; `None` before the first.
pub(super) fn screening(
    trajectories: &[(Vec<Vec<f64>>, Vec<f64>)],
    groups: &[Vec<usize>],
    seed: u64,
) -> Option<Vec<Screening>> {
    let all: Vec<Vec<f64>> =
        trajectories.iter().filter_map(|(points, outputs)| effects(points, outputs, groups)).collect();
    if all.is_empty() {
        return None;
    }
    let of_group = |(at, members): (usize, &Vec<usize>)| {
        let effects: Vec<f64> = all.iter().map(|effects| effects[at]).collect();
        let sizes: Vec<f64> = effects.iter().map(|effect| effect.abs()).collect();
        let is_single = members.len() == 1;
        Some(Screening {
            mu: statistics::mean(&effects).filter(|_| is_single),
            mu_star: statistics::mean(&sizes)?,
            half_width: Z95 * bootstrap_error(&sizes, stream(seed, Draw::ScreeningResample, 0)),
            sigma: statistics::sd(&effects).filter(|_| is_single),
        })
    };
    groups.iter().enumerate().map(of_group).collect()
}

/// The standard deviation of the mean over resamples; 0 of equal values.
fn bootstrap_error(values: &[f64], mut draws: Stream) -> f64 {
    let mean = |_| {
        let chosen: Vec<f64> = values.iter().filter_map(|_| values.choose(&mut draws)).copied().collect();
        statistics::mean(&chosen).unwrap_or(0.0)
    };
    let means: Vec<f64> = (0..RESAMPLES).map(mean).collect();
    statistics::sd(&means).unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calibrate::sensitivity::testing::{Reference, each_alone, g, ishigami, reference, unit_ishigami};

    fn by_trajectory(found: &Reference, size: usize) -> Vec<(Vec<Vec<f64>>, Vec<f64>)> {
        let rows = found.rows.chunks(size).map(<[Vec<f64>]>::to_vec);
        rows.zip(found.outputs.chunks(size).map(<[f64]>::to_vec)).collect()
    }

    fn close(found: f64, expected: f64) -> bool {
        (found - expected).abs() < 1e-9
    }

    #[test]
    fn effects_of_salibs_own_points_are_salibs() {
        let salib = reference("morris_ishigami");
        let found = screening(&by_trajectory(&salib, 4), &each_alone(3), 1).unwrap();
        for (at, found) in found.iter().enumerate() {
            assert!(close(found.mu.unwrap(), salib.mu[at].unwrap()), "{found:?}");
            assert!(close(found.mu_star, salib.mu_star[at].unwrap()));
            assert!(close(found.sigma.unwrap(), salib.sigma[at].unwrap()));
            // Two bootstraps of a thousand resamples agree to some percent.
            let half = salib.mu_star_conf[at].unwrap();
            assert!((found.half_width - half).abs() <= 0.15 * half + 1e-9, "{found:?} {half}");
        }
    }

    #[test]
    fn groups_move_together_as_salibs_do() {
        let salib = reference("morris_ishigami_grouped");
        let groups = vec![vec![0, 2], vec![1]];
        let found = screening(&by_trajectory(&salib, 3), &groups, 1).unwrap();
        for (at, found) in found.iter().enumerate() {
            assert!(close(found.mu_star, salib.mu_star[at].unwrap()), "{found:?}");
        }
        assert_eq!((found[0].mu, found[0].sigma), (None, None));
    }

    #[test]
    fn own_trajectories_give_salibs_indices_within_their_intervals() {
        for (name, function, dimensions) in
            [("morris_ishigami_large", unit_ishigami as fn(&[f64]) -> f64, 3), ("morris_g_large", g, 8)]
        {
            let salib = reference(name);
            let groups = each_alone(dimensions);
            let walked: Vec<(Vec<Vec<f64>>, Vec<f64>)> = (0..2000)
                .map(|number| trajectory(&groups, dimensions, number, 11))
                .map(|points| (points.clone(), points.iter().map(|point| function(point)).collect()))
                .collect();
            for (at, found) in screening(&walked, &groups, 11).unwrap().iter().enumerate() {
                let (expected, half) = (salib.mu_star[at].unwrap(), salib.mu_star_conf[at].unwrap());
                // Standard error of the difference of two estimates, each half-width being 1.96 of one.
                let error = half.hypot(found.half_width) / Z95;
                assert!((found.mu_star - expected).abs() <= 4.5 * error + 1e-9, "{name} {at}: {found:?} {expected}");
            }
        }
    }

    #[test]
    fn an_output_that_never_moves_has_no_effect_and_no_error() {
        let groups = each_alone(3);
        let still: Vec<(Vec<Vec<f64>>, Vec<f64>)> =
            (0..5).map(|number| (trajectory(&groups, 3, number, 1), vec![2.5; 4])).collect();
        for found in screening(&still, &groups, 1).unwrap() {
            assert!(found.mu_star == 0.0 && found.half_width == 0.0 && found.sigma == Some(0.0));
        }
    }

    #[test]
    fn trajectories_stay_in_the_cube_and_move_one_group_a_step() {
        let groups = vec![vec![0, 2], vec![1], vec![3]];
        for number in 0..200 {
            let points = trajectory(&groups, 4, number, 3);
            assert_eq!(points.len(), 4);
            assert!(points.iter().flatten().all(|place| (-1e-12..=1.0 + 1e-12).contains(place)), "{points:?}");
            assert!(effects(&points, &[1.0, 2.0, 4.0, 8.0], &groups).is_some());
        }
        assert!(ishigami(&[0.0, 0.0, 0.0]).abs() < 1e-12);
    }
}
