//! Keyed draws for designs of experiments: the same points for the same seed, whatever is computed in which order.

use crate::random::{Luck, Purpose, normal, uniform};

/// A stream of independent draws, each named by row, column and stream.
#[derive(Clone, Copy, Debug)]
pub(super) struct Draws {
    luck: Luck,
    stream: u32,
}

impl Draws {
    /// The draws of a seed; streams of one seed have nothing to do with each other.
    pub(super) fn new(seed: u64, stream: u32) -> Self {
        Self { luck: Luck::new(seed, u32::MAX), stream }
    }

    /// Rows below 2^32 and columns below 2^16 have draws of their own.
    fn words(&self, row: usize, column: usize) -> [u32; 4] {
        let row = u32::try_from(row).unwrap_or(u32::MAX);
        let column = u16::try_from(column).unwrap_or(u16::MAX);
        self.luck.person(self.stream, row).words(column, Purpose::Design, 0)
    }

    /// Uniform in (0, 1).
    pub(super) fn uniform(&self, row: usize, column: usize) -> f64 {
        uniform(self.words(row, column)[0])
    }

    /// Standard normal.
    pub(super) fn normal(&self, row: usize, column: usize) -> f64 {
        let words = self.words(row, column);
        f64::from(normal(words[1], words[2]))
    }

    /// One of `count` whole numbers from 0.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the floor of a number below `count`")]
    pub(super) fn below(&self, count: usize, row: usize, column: usize) -> usize {
        let count_float = f64::from(u32::try_from(count).unwrap_or(u32::MAX));
        ((self.uniform(row, column) * count_float) as usize).min(count.saturating_sub(1))
    }

    /// The columns from 0 to `count - 1` of a row in random order.
    pub(super) fn order(&self, count: usize, row: usize) -> Vec<usize> {
        shuffled((0..count).map(|column| self.words(row, column)[3]))
    }

    /// `count` points of a Latin hypercube: every coordinate has one point in each of `count` equal steps.
    pub(super) fn hypercube(&self, count: usize, dimensions: usize) -> Vec<Vec<f64>> {
        let steps = f64::from(u32::try_from(count.max(1)).unwrap_or(u32::MAX));
        let order = |column: usize| shuffled((0..count).map(|row| self.words(row, column)[3]));
        let orders: Vec<Vec<usize>> = (0..dimensions).map(order).collect();
        let place = |row: usize, column: usize| {
            let step = f64::from(u32::try_from(orders[column][row]).unwrap_or(u32::MAX));
            (step + self.uniform(row, column)) / steps
        };
        (0..count).map(|row| (0..dimensions).map(|column| place(row, column)).collect()).collect()
    }
}

/// The places of words in the order of their size.
fn shuffled(words: impl Iterator<Item = u32>) -> Vec<usize> {
    let mut keyed: Vec<(u32, usize)> = words.zip(0..).collect();
    keyed.sort_unstable();
    keyed.into_iter().map(|(_, at)| at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_of_a_latin_hypercube_has_one_point() {
        let points = Draws::new(1, 2).hypercube(50, 3);
        for column in 0..3 {
            let mut places: Vec<f64> = points.iter().map(|point| point[column] * 50.0).collect();
            places.sort_by(f64::total_cmp);
            assert!(places.iter().zip(0..).all(|(place, step)| (0.0..1.0).contains(&(place - f64::from(step)))));
        }
    }

    #[test]
    fn coordinates_of_a_latin_hypercube_have_nothing_to_do_with_each_other() {
        let points = Draws::new(1, 2).hypercube(400, 2);
        let product: f64 = points.iter().map(|point| (point[0] - 0.5) * (point[1] - 0.5) * 12.0).sum();
        // A correlation of 400 independent pairs has a standard error of 1/20.
        assert!((product / 400.0).abs() < 4.5 / 20.0, "{}", product / 400.0);
    }

    #[test]
    fn streams_and_seeds_differ_and_repeat() {
        let draw = |seed, stream| Draws::new(seed, stream).uniform(3, 4).to_bits();
        assert_eq!(draw(1, 1), draw(1, 1));
        assert!(draw(1, 1) != draw(1, 2) && draw(1, 1) != draw(2, 1));
    }

    #[test]
    fn whole_numbers_are_equally_likely() {
        let draws = Draws::new(5, 0);
        let mut counts = [0.0f64; 3];
        for row in 0..9000 {
            counts[draws.below(3, row, 0)] += 1.0;
        }
        // Binomial standard error of a third of 9000: 44.7.
        assert!(counts.iter().all(|count| (count - 3000.0).abs() < 4.5 * 44.7), "{counts:?}");
    }
}
