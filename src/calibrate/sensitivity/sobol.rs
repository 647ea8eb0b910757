//! Shares of an output's variance by Sobol' indices (Saltelli et al. 2010, the estimators of their table 2).
//!
//! Two independent sets of points `A` and `B`, and for each group the points of `A` with that group's coordinates taken from `B`.

use crate::calibrate::design::{Draw, hypercube, stream};
use crate::random::IndexedRandom;
use crate::statistics::{Z95, mean, sd};

/// Resamples of the bootstrap.
const RESAMPLES: usize = 1000;

/// What the variance of an output owes to one group of parameters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Indices {
    /// First-order index: the share of variance that the group explains by itself.
    pub first: f64,
    /// Half the width of its bootstrap 95% interval.
    pub first_half_width: f64,
    /// Total index: the share that would be left if all but the group were known.
    pub total: f64,
    /// Half the width of its bootstrap 95% interval.
    pub total_half_width: f64,
}

/// The outputs of one base point: at `A`, at `A` with each group from `B`, and at `B`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct BaseOutputs {
    pub a: f64,
    pub mixed: Vec<f64>,
    pub b: f64,
}

/// The points of one base point in the order of [`BaseOutputs`].
pub(super) fn points(a: &[f64], b: &[f64], groups: &[Vec<usize>]) -> Vec<Vec<f64>> {
    let mixed = |group: &Vec<usize>| {
        let mut point = a.to_vec();
        group.iter().for_each(|column| point[*column] = b[*column]);
        point
    };
    let mut points = vec![a.to_vec()];
    points.extend(groups.iter().map(mixed));
    points.push(b.to_vec());
    points
}

/// Base points `A` and `B` of a study.
pub(super) fn base(count: usize, dimensions: usize, seed: u64) -> Vec<(Vec<f64>, Vec<f64>)> {
    let both = hypercube(count, 2 * dimensions, &mut stream(seed, Draw::BasePoints, 0));
    both.into_iter().map(|point| (point[..dimensions].to_vec(), point[dimensions..].to_vec())).collect()
}

/// The indices of each group; `None` of fewer than two rows, or when the output never changes: shares of nothing are unknown.
pub(super) fn indices(rows: &[BaseOutputs], groups: usize, seed: u64) -> Option<Vec<Indices>> {
    let centre =
        mean(&rows.iter().flat_map(|row| row.mixed.iter().chain([&row.a, &row.b]).copied()).collect::<Vec<_>>())?;
    // Outputs far from 0 would swamp the products below.
    let shifted = |row: &BaseOutputs| BaseOutputs {
        a: row.a - centre,
        mixed: row.mixed.iter().map(|value| value - centre).collect(),
        b: row.b - centre,
    };
    let rows: Vec<BaseOutputs> = rows.iter().map(shifted).collect();
    let whole: Vec<&BaseOutputs> = rows.iter().collect();
    let estimates = estimate(&whole, groups)?;
    let mut draws = stream(seed, Draw::VarianceResample, 0);
    let resampled: Vec<Vec<(f64, f64)>> = (0..RESAMPLES)
        .filter_map(|_| {
            let chosen: Vec<&BaseOutputs> = rows.iter().filter_map(|_| rows.choose(&mut draws)).collect();
            estimate(&chosen, groups)
        })
        .collect();
    let error = |of: &dyn Fn(&(f64, f64)) -> f64, group: usize| {
        let values: Vec<f64> = resampled.iter().map(|estimates| of(&estimates[group])).collect();
        Z95 * sd(&values).unwrap_or(f64::INFINITY)
    };
    let found = |(group, (first, total)): (usize, &(f64, f64))| Indices {
        first: *first,
        first_half_width: error(&|pair| pair.0, group),
        total: *total,
        total_half_width: error(&|pair| pair.1, group),
    };
    Some(estimates.iter().enumerate().map(found).collect())
}

/// First-order and total index of each group.
fn estimate(rows: &[&BaseOutputs], groups: usize) -> Option<Vec<(f64, f64)>> {
    let ends: Vec<f64> = rows.iter().map(|row| row.a).chain(rows.iter().map(|row| row.b)).collect();
    let centre = mean(&ends)?;
    let variance = mean(&ends.iter().map(|end| (end - centre) * (end - centre)).collect::<Vec<_>>())?;
    if rows.len() < 2 || variance <= 0.0 {
        return None;
    }
    let of_group = |group: usize| {
        let first: Vec<f64> = rows.iter().map(|row| row.b * (row.mixed[group] - row.a)).collect();
        let total: Vec<f64> = rows.iter().map(|row| (row.a - row.mixed[group]) * (row.a - row.mixed[group])).collect();
        Some((mean(&first)? / variance, 0.5 * mean(&total)? / variance))
    };
    (0..groups).map(of_group).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calibrate::sensitivity::testing::{each_alone, g, reference, unit_ishigami};

    fn rows(outputs: &[f64], groups: usize) -> Vec<BaseOutputs> {
        let row = |chunk: &[f64]| BaseOutputs { a: chunk[0], mixed: chunk[1..=groups].to_vec(), b: chunk[groups + 1] };
        outputs.chunks(groups + 2).map(row).collect()
    }

    #[test]
    fn indices_of_salibs_own_outputs_are_salibs() {
        for (name, groups) in [("sobol_ishigami", 3), ("sobol_ishigami_grouped", 2)] {
            let salib = reference(name);
            for (at, found) in indices(&rows(&salib.outputs, groups), groups, 1).unwrap().iter().enumerate() {
                assert!((found.first - salib.s1[at].unwrap()).abs() < 1e-9, "{name}: {found:?}");
                assert!((found.total - salib.st[at].unwrap()).abs() < 1e-9, "{name}: {found:?}");
                // Two bootstraps of a thousand resamples agree to some percent.
                let half = salib.s1_conf[at].unwrap();
                assert!((found.first_half_width - half).abs() < 0.15 * half, "{name}: {found:?} {half}");
            }
        }
    }

    #[test]
    fn own_points_give_salibs_indices_within_their_intervals() {
        for (name, function, dimensions) in
            [("sobol_ishigami_large", unit_ishigami as fn(&[f64]) -> f64, 3), ("sobol_g_large", g, 8)]
        {
            let salib = reference(name);
            let groups = each_alone(dimensions);
            let evaluated: Vec<BaseOutputs> = base(4096, dimensions, 11)
                .iter()
                .map(|(a, b)| points(a, b, &groups).iter().map(|point| function(point)).collect::<Vec<f64>>())
                .flat_map(|outputs| rows(&outputs, dimensions))
                .collect();
            for (at, found) in indices(&evaluated, dimensions, 11).unwrap().iter().enumerate() {
                let error = salib.s1_conf[at].unwrap().hypot(found.first_half_width) / Z95;
                assert!((found.first - salib.s1[at].unwrap()).abs() <= 4.5 * error, "{name} {at}: {found:?}");
                let error = salib.st_conf[at].unwrap().hypot(found.total_half_width) / Z95;
                assert!((found.total - salib.st[at].unwrap()).abs() <= 4.5 * error, "{name} {at}: {found:?}");
            }
        }
    }

    #[test]
    fn a_still_output_has_no_indices_and_a_single_row_neither() {
        let still = BaseOutputs { a: 3.0, mixed: vec![3.0; 2], b: 3.0 };
        assert_eq!(indices(&[still.clone(), still.clone()], 2, 1), None);
        assert_eq!(indices(&[BaseOutputs { b: 4.0, ..still }], 2, 1), None);
    }

    #[test]
    fn indices_do_not_depend_on_where_zero_is() {
        let salib = reference("sobol_ishigami");
        let far: Vec<f64> = salib.outputs.iter().map(|output| output + 1e6).collect();
        let (near, far) = (indices(&rows(&salib.outputs, 3), 3, 1).unwrap(), indices(&rows(&far, 3), 3, 1).unwrap());
        for (near, far) in near.iter().zip(far) {
            assert!((near.first - far.first).abs() < 1e-6 && (near.total - far.total).abs() < 1e-6);
        }
    }
}
