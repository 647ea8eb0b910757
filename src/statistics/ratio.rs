//! The ratio of two means over replicates, such as a cost over a gain, with Fieller's interval.

use super::{CriticalValues, FEWEST, FEWEST_EQUAL, count, mean, sum};

/// The ratio of the mean of numerators to the mean of denominators.
///
/// ```
/// use rungs::statistics::{CriticalValues, RatioOfMeans};
///
/// // Cost and gain in five replicates; Fieller's interval takes in that the gain is uncertain as well.
/// let pairs = [(100.0, 4.0), (110.0, 4.5), (95.0, 4.2), (105.0, 3.9), (101.0, 4.1)];
/// let found = RatioOfMeans::of(&pairs, &mut CriticalValues::default());
/// let RatioOfMeans::Estimated { ratio, low, high } = found else { panic!("{found:?}") };
/// assert!(low < ratio && ratio < high);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum RatioOfMeans {
    /// Nothing to work with: fewer than [`FEWEST`] pairs, or than [`FEWEST_EQUAL`] that are all the same.
    Unknown,
    /// The 95% interval of the denominator's mean covers zero: any ratio at all would fit.
    NotEstimable,
    /// The denominator's mean is clearly not zero.
    Estimated {
        /// Mean numerator over mean denominator.
        ratio: f64,
        /// Lower end of the 95% interval.
        low: f64,
        /// Upper end of the 95% interval.
        high: f64,
    },
}

impl RatioOfMeans {
    /// The ratio of pairs of `(numerator, denominator)`, one of each replicate.
    ///
    /// Fieller's interval holds every ratio `r` for which the mean of `numerator - r x denominator` is not told apart
    /// from zero by Student's t with `pairs - 1` degrees of freedom. With the means `y` and `x`, their Monte Carlo
    /// variances `vy`, `vx` and covariance `c`, the ends are the roots of
    ///
    /// ```text
    /// (x^2 - t^2 vx) r^2 - 2 (y x - t^2 c) r + (y^2 - t^2 vy) = 0
    /// ```
    ///
    /// They enclose the ratio only if `x^2 > t^2 vx`, which is to say if the interval of the denominator leaves zero out.
    ///
    /// # Source
    /// Fieller (1954), Some problems in interval estimation, Journal of the Royal Statistical Society B 16(2).
    #[must_use]
    pub fn of(pairs: &[(f64, f64)], critical: &mut CriticalValues) -> Self {
        let numerators: Vec<f64> = pairs.iter().map(|pair| pair.0).collect();
        let denominators: Vec<f64> = pairs.iter().map(|pair| pair.1).collect();
        let all_equal = pairs.iter().all(|pair| *pair == pairs[0]);
        let fewest = if all_equal { FEWEST_EQUAL } else { FEWEST };
        let (Some(y), Some(x), true) = (mean(&numerators), mean(&denominators), pairs.len() >= fewest) else {
            return Self::Unknown;
        };
        let shared = |a: &[f64], mean_a: f64, b: &[f64], mean_b: f64| {
            let products: Vec<f64> = a.iter().zip(b).map(|(a, b)| (a - mean_a) * (b - mean_b)).collect();
            sum(&products) / (count(pairs.len() - 1) * count(pairs.len()))
        };
        let variances = [shared(&numerators, y, &numerators, y), shared(&denominators, x, &denominators, x)];
        let covariance = shared(&numerators, y, &denominators, x);
        Self::fieller([y, x], variances, covariance, critical.two_sided_95(pairs.len() - 1))
    }

    /// The ratio of the means `y` and `x` with these variances and covariance, at this `t`.
    pub(super) fn fieller([y, x]: [f64; 2], [vy, vx]: [f64; 2], covariance: f64, t: f64) -> Self {
        let leading = x * x - t * t * vx;
        if leading <= 0.0 || x.abs() <= 0.0 {
            return Self::NotEstimable;
        }
        let half = y * x - t * t * covariance;
        let constant = y * y - t * t * vy;
        // Rounding alone can make it negative, when numerators and denominators are in proportion.
        let root = (half * half - leading * constant).max(0.0).sqrt();
        Self::Estimated { ratio: y / x, low: (half - root) / leading, high: (half + root) / leading }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::rngs::Xoshiro256PlusPlus;
    use rand::{RngExt, SeedableRng};
    use rand_distr::StandardNormal;

    fn estimated(pairs: &[(f64, f64)]) -> (f64, f64, f64) {
        match RatioOfMeans::of(pairs, &mut CriticalValues::default()) {
            RatioOfMeans::Estimated { ratio, low, high } => (ratio, low, high),
            other @ (RatioOfMeans::Unknown | RatioOfMeans::NotEstimable) => panic!("{other:?}"),
        }
    }

    #[test]
    fn fiellers_interval_agrees_with_a_hand_worked_sample() {
        // Means 20 and 4; about them, sums of squares 200 and 2 and of products 10; divided by n (n - 1) = 6,
        // vy = 200/6, vx = 2/6, c = 10/6.
        let t2 = 2.776_445_105_197_793_f64 * 2.776_445_105_197_793;
        let (leading, half, constant) = (16.0 - t2 * 2.0 / 20.0, 80.0 - t2 * 10.0 / 20.0, 400.0 - t2 * 200.0 / 20.0);
        let root = (half * half - leading * constant).sqrt();
        let (ratio, low, high) = estimated(&[(10.0, 4.0), (20.0, 3.0), (30.0, 5.0), (20.0, 4.0), (20.0, 4.0)]);
        assert!((ratio - 5.0).abs() < 1e-12);
        assert!((low - (half - root) / leading).abs() < 1e-9 && (high - (half + root) / leading).abs() < 1e-9);
        assert!(low < ratio && ratio < high);
    }

    #[test]
    fn a_denominator_without_error_gives_the_interval_of_the_numerator_divided_by_it() {
        // Numerators 1, 2, 3 have the mean 2 and mcse 1/sqrt(3); divided by 2.
        let (ratio, low, high) = estimated(&[(1.0, 2.0), (2.0, 2.0), (3.0, 2.0), (2.0, 2.0), (2.0, 2.0)]);
        let half = 2.776_445_105_197_793 * (0.5_f64 / 5.0).sqrt() / 2.0;
        assert!((ratio - 1.0).abs() < 1e-12 && (low - (1.0 - half)).abs() < 1e-9 && (high - (1.0 + half)).abs() < 1e-9);
    }

    #[test]
    fn numerators_in_proportion_to_denominators_have_a_ratio_without_error() {
        let (ratio, low, high) = estimated(&[(30.0, 10.0), (33.0, 11.0), (36.0, 12.0), (33.0, 11.0), (33.0, 11.0)]);
        assert!((ratio - 3.0).abs() < 1e-12 && (low - 3.0).abs() < 1e-6 && (high - 3.0).abs() < 1e-6);
    }

    #[test]
    fn no_ratio_is_given_when_the_denominator_may_be_zero() {
        let unclear = [(10.0, 1.0), (10.0, -1.0), (10.0, 0.5), (10.0, 1.0), (10.0, -1.0)];
        assert_eq!(RatioOfMeans::of(&unclear, &mut CriticalValues::default()), RatioOfMeans::NotEstimable);
        let nothing = [(10.0, 0.0), (20.0, 0.0), (15.0, 0.0), (15.0, 0.0), (15.0, 0.0)];
        assert_eq!(RatioOfMeans::of(&nothing, &mut CriticalValues::default()), RatioOfMeans::NotEstimable);
        for few in [&[(1.0, 1.0), (2.0, 1.5), (1.5, 1.2), (1.2, 1.1)][..], &[(1.0, 1.0); 9][..]] {
            assert_eq!(RatioOfMeans::of(few, &mut CriticalValues::default()), RatioOfMeans::Unknown);
        }
    }

    #[test]
    fn fiellers_interval_covers_the_truth_in_92_to_98_of_a_hundred_meta_replications() {
        // Cost 100 with deviation 10, gain 4 with deviation 1, correlated one half; the truth is 25.
        for pairs in [5_u32, 10, 40] {
            let mut generator = Xoshiro256PlusPlus::seed_from_u64(11);
            let mut normal = || -> f64 { generator.sample(StandardNormal) };
            let mut critical = CriticalValues::default();
            let (mut covered, mut estimable) = (0_u32, 0_u32);
            for _ in 0..1_000 {
                let drawn: Vec<(f64, f64)> = (0..pairs)
                    .map(|_| {
                        let (shared, own) = (normal(), normal());
                        (100.0 + 10.0 * (0.5 * shared + 0.75_f64.sqrt() * own), 4.0 + shared)
                    })
                    .collect();
                if let RatioOfMeans::Estimated { low, high, .. } = RatioOfMeans::of(&drawn, &mut critical) {
                    estimable += 1;
                    covered += u32::from(low <= 25.0 && 25.0 <= high);
                }
            }
            assert!(estimable > 990, "{pairs} pairs: {estimable} estimable");
            let share = f64::from(covered) / f64::from(estimable);
            assert!((0.92..=0.98).contains(&share), "{pairs} pairs: {covered} of {estimable}");
        }
    }
}
