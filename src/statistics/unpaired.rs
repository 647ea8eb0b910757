//! Differences between two samples that do not share their luck.

use super::{CriticalValues, FEWEST, FEWEST_EQUAL, count, mcse, mean};

/// The difference between the means of two independent samples whose spread may differ.
///
/// ```
/// use rungs::statistics::{CriticalValues, UnpairedDifference};
///
/// let found = UnpairedDifference::of(&[1.0, 2.0, 3.0, 2.0, 2.0], &[11.0, 12.0, 13.0, 12.0, 12.0], &mut CriticalValues::default()).unwrap();
/// assert_eq!(found.difference, 10.0);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct UnpairedDifference {
    /// Mean of `after` less mean of `before`.
    pub difference: f64,
    /// Its standard error; unknown when either sample has fewer than two values, or none varies of fewer than [`FEWEST_EQUAL`].
    pub mcse: Option<f64>,
    /// 95% interval by Welch's t; unknown when the error is, and when either sample has fewer than [`FEWEST`] values.
    pub interval: Option<(f64, f64)>,
    /// Mean of `before`.
    pub before: f64,
    /// Mean of `after`.
    pub after: f64,
}

impl UnpairedDifference {
    /// The difference between two samples; `None` when either is empty.
    ///
    /// The degrees of freedom are those of Welch and Satterthwaite, rounded down, so that the interval is a little too
    /// wide rather than too narrow.
    ///
    /// # Source
    /// Welch (1947), The generalization of Student's problem when several different population variances are involved, Biometrika 34.
    #[must_use]
    pub fn of(before: &[f64], after: &[f64], critical: &mut CriticalValues) -> Option<Self> {
        let (first, second) = (mean(before)?, mean(after)?);
        let difference = second - first;
        let errors = mcse(before).zip(mcse(after));
        let fewest = before.len().min(after.len());
        let mcse = errors
            .map(|(one, other)| (one * one + other * other).sqrt())
            .filter(|error| *error > 0.0 || fewest >= FEWEST_EQUAL);
        let interval = errors.zip(mcse).filter(|_| fewest >= FEWEST).map(|((one, other), error)| {
            let half = if error > 0.0 {
                let freedom = degrees_of_freedom((one, before.len()), (other, after.len()));
                critical.two_sided_95(freedom) * error
            } else {
                0.0
            };
            (difference - half, difference + half)
        });
        Some(Self { difference, mcse, interval, before: first, after: second })
    }
}

/// Of two standard errors of means and the sizes of their samples, at least two each.
fn degrees_of_freedom(one: (f64, usize), other: (f64, usize)) -> usize {
    let square = |error: f64| error * error;
    let (first, second) = (square(one.0), square(other.0));
    let exact = square(first + second) / (square(first) / count(one.1 - 1) + square(second) / count(other.1 - 1));
    // Walking up avoids a cast from a float; there are never more than both samples have.
    (1..=one.1 + other.1 - 2).rev().find(|freedom| count(*freedom) <= exact * (1.0 + 1e-12)).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::rngs::Xoshiro256PlusPlus;
    use rand::{RngExt, SeedableRng};

    #[test]
    fn two_samples_agree_with_a_hand_worked_example() {
        // Means 2 and 6. Twice the values 1, 2, 3: squares 4 over 5, variance 0.8, error squared 0.8 / 6. Twice 4, 6, 6, 8: squares 16 over
        // 7, error squared 16 / 56. Together 0.419048; freedom 0.419048^2 / (0.133333^2 / 5 + 0.285714^2 / 7) = 11.56, rounded down 11;
        // t(11) = 2.200985.
        let (three, four) = ([1.0, 2.0, 3.0], [4.0, 6.0, 6.0, 8.0]);
        let few = UnpairedDifference::of(&three, &four, &mut CriticalValues::default()).unwrap();
        assert_eq!(few.interval, None, "three values are too few");
        let found = UnpairedDifference::of(&three.repeat(2), &four.repeat(2), &mut CriticalValues::default());
        let found = found.unwrap();
        let near = |found: f64, expected: f64| assert!((found - expected).abs() < 1e-6, "{found} {expected}");
        near(found.before, 2.0);
        near(found.after, 6.0);
        near(found.difference, 4.0);
        let error = (0.8_f64 / 6.0 + 16.0 / 56.0).sqrt();
        near(found.mcse.unwrap(), error);
        let (low, high) = found.interval.unwrap();
        near(low, 4.0 - 2.200_985 * error);
        near(high, 4.0 + 2.200_985 * error);
    }

    #[test]
    fn a_sample_of_one_has_a_difference_and_no_error_and_none_has_nothing() {
        let mut critical = CriticalValues::default();
        let found = UnpairedDifference::of(&[1.0], &[2.0, 4.0], &mut critical).unwrap();
        assert_eq!((found.difference.to_bits(), found.mcse, found.interval), (2.0_f64.to_bits(), None, None));
        assert_eq!(UnpairedDifference::of(&[], &[2.0], &mut critical), None);
    }

    #[test]
    fn the_interval_covers_the_truth_in_93_to_98_of_a_hundred_samples_of_unequal_spread() {
        let mut generator = Xoshiro256PlusPlus::seed_from_u64(5);
        let mut critical = CriticalValues::default();
        let mut sample = |size: usize, spread: f64| -> Vec<f64> {
            // Six uniforms less three: nearly normal.
            (0..size).map(|_| spread * ((0..6).map(|_| generator.random::<f64>()).sum::<f64>() - 3.0)).collect()
        };
        let covered = (0..2_000).filter(|_| {
            let (before, after) = (sample(6, 1.0), sample(15, 4.0));
            let found = UnpairedDifference::of(&before, &after, &mut critical).unwrap();
            found.interval.is_some_and(|(low, high)| low <= 0.0 && high >= 0.0)
        });
        let share = f64::from(u32::try_from(covered.count()).unwrap()) / 2_000.0;
        assert!((0.93..=0.98).contains(&share), "{share}");
    }
}
