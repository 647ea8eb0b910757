//! Keyed draws for designs of experiments: the same points for the same seed, whatever is computed in which order.

use crate::random::{Luck, Purpose, RngExt, SliceRandom, Stream};

/// What is drawn; each has streams of its own, one a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Draw {
    /// A trajectory of a screening.
    Trajectory = 1,
    /// The resamples of the error of a screening.
    ScreeningResample = 4,
    /// The base points of a study by variance.
    BasePoints = 5,
    /// The resamples of the errors of a study by variance.
    VarianceResample = 6,
    /// Where a fit starts.
    Starts = 10,
    /// A candidate for the ensemble.
    Candidate = 11,
}

/// The draws of one row of a seed; neither rows nor what is drawn have anything to do with each other.
pub(super) fn stream(seed: u64, draw: Draw, row: usize) -> Stream {
    let row = u32::try_from(row).unwrap_or(u32::MAX);
    Luck::new(seed, u32::MAX).person(draw as u32, row).stream(0, Purpose::Design, 0)
}

/// The whole numbers below `count` in random order.
pub(super) fn shuffled(count: usize, draws: &mut Stream) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    order.shuffle(draws);
    order
}

/// `count` points of a Latin hypercube: every coordinate has one point in each of `count` equal steps.
pub(super) fn hypercube(count: usize, dimensions: usize, draws: &mut Stream) -> Vec<Vec<f64>> {
    let steps = f64::from(u32::try_from(count.max(1)).unwrap_or(u32::MAX));
    let orders: Vec<Vec<usize>> = (0..dimensions).map(|_| shuffled(count, draws)).collect();
    let mut place = |step: usize| {
        let step = f64::from(u32::try_from(step).unwrap_or(u32::MAX));
        (step + draws.random::<f64>()) / steps
    };
    (0..count).map(|row| orders.iter().map(|order| place(order[row])).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_of_a_latin_hypercube_has_one_point() {
        let points = hypercube(50, 3, &mut stream(1, Draw::Starts, 0));
        for column in 0..3 {
            let mut places: Vec<f64> = points.iter().map(|point| point[column] * 50.0).collect();
            places.sort_by(f64::total_cmp);
            assert!(places.iter().zip(0..).all(|(place, step)| (0.0..1.0).contains(&(place - f64::from(step)))));
        }
    }

    #[test]
    fn coordinates_of_a_latin_hypercube_have_nothing_to_do_with_each_other() {
        let points = hypercube(400, 2, &mut stream(1, Draw::Starts, 0));
        let product: f64 = points.iter().map(|point| (point[0] - 0.5) * (point[1] - 0.5) * 12.0).sum();
        // A correlation of 400 independent pairs has a standard error of 1/20.
        assert!((product / 400.0).abs() < 4.5 / 20.0, "{}", product / 400.0);
    }

    #[test]
    fn seeds_rows_and_what_is_drawn_differ_and_repeat() {
        let draw = |seed, what, row| stream(seed, what, row).random::<u64>();
        let first = draw(1, Draw::Starts, 3);
        assert_eq!(first, draw(1, Draw::Starts, 3));
        assert!(
            [draw(2, Draw::Starts, 3), draw(1, Draw::Candidate, 3), draw(1, Draw::Starts, 4)]
                .iter()
                .all(|other| *other != first)
        );
    }

    #[test]
    fn designs_keep_their_golden_values() {
        let mut draws = stream(5, Draw::BasePoints, 0);
        assert_eq!(shuffled(8, &mut draws), [4, 6, 0, 3, 2, 1, 7, 5]);
        let point = hypercube(2, 1, &mut draws)[0][0];
        assert_eq!(point.to_bits(), 4_601_744_208_412_429_087);
    }

    #[test]
    fn every_order_is_equally_likely() {
        let mut counts = std::collections::BTreeMap::new();
        for row in 0..6_000 {
            *counts.entry(shuffled(3, &mut stream(5, Draw::Trajectory, row))).or_insert(0.0f64) += 1.0;
        }
        // Binomial standard error of a sixth of 6000: 28.9.
        assert_eq!(counts.len(), 6);
        assert!(counts.values().all(|count| (count - 1000.0).abs() < 4.5 * 28.9), "{counts:?}");
    }
}
