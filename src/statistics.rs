//! Means, Monte Carlo standard errors, quantiles and paired differences of plain numbers.
//!
//! Floats are added in the order they are given, never any other, so that results are the same on
//! every machine. Student's t is worked out here because the usual packages call the platform's
//! logarithm, which differs between CPUs. No word of the model belongs here.

mod ensemble;
mod precision;
mod ratio;
mod unpaired;

pub use ensemble::{EnsembleSpread, PairOfMeans};
pub use precision::replicates_for;
pub use ratio::RatioOfMeans;
pub use unpaired::UnpairedDifference;

use std::collections::BTreeMap;

/// Half-widths of a 95% interval in a standard error, of many values: the normal quantile at 0.975.
pub const Z95: f64 = 1.959_963_984_540_054;

/// The fewest values from which an interval is given. From two to four its ends are mostly luck: Student's t with one to three degrees of
/// freedom holds for normal values, and nobody can see from so few whether they are.
pub const FEWEST: usize = 5;
/// The fewest values that are all the same of which this is taken for certain. Fewer agree by chance too often: what differs in one
/// replicate of four agrees in five of them about once in four times, and in ten about once in eighteen.
pub const FEWEST_EQUAL: usize = 10;

/// The sum, added from first to last.
#[must_use]
pub fn sum(values: &[f64]) -> f64 {
    values.iter().fold(0.0, |total, value| total + value)
}

/// The arithmetic mean; `None` of no values.
///
/// ```
/// use rungs::statistics::mean;
///
/// assert_eq!(mean(&[1.0, 2.0, 6.0]), Some(3.0));
/// assert_eq!(mean(&[]), None);
/// ```
#[must_use]
pub fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| sum(values) / count(values.len()))
}

/// The standard deviation of a sample (divisor `n - 1`); `None` of fewer than two values.
///
/// Equal values give exactly zero.
#[must_use]
pub fn sd(values: &[f64]) -> Option<f64> {
    let centre = mean(values)?;
    let equal = values.iter().all(|value| value.total_cmp(&values[0]).is_eq());
    if equal {
        return (values.len() > 1).then_some(0.0);
    }
    let squares: Vec<f64> = values.iter().map(|value| (value - centre) * (value - centre)).collect();
    Some((sum(&squares) / count(values.len() - 1)).sqrt())
}

/// The Monte Carlo standard error of the mean: `sd / sqrt(n)`; `None` of fewer than two values.
///
/// ```
/// use rungs::statistics::mcse;
///
/// assert_eq!(mcse(&[1.0, 3.0]), Some(1.0));
/// assert_eq!(mcse(&[1.0]), None);
/// ```
#[must_use]
pub fn mcse(values: &[f64]) -> Option<f64> {
    Some(sd(values)? / count(values.len()).sqrt())
}

/// The quantile at `probability` (0 to 1) of values sorted upwards, linear between order statistics
/// (type 7 of Hyndman and Fan); `None` of no values.
///
/// ```
/// use rungs::statistics::quantile;
///
/// assert_eq!(quantile(&[1.0, 2.0, 3.0, 4.0], 0.5), Some(2.5));
/// ```
#[must_use]
pub fn quantile(sorted: &[f64], probability: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let wanted = probability.clamp(0.0, 1.0) * count(last);
    // Walking up avoids a cast from a float; lists are as long as there are replicates.
    let below = (0..last).take_while(|index| count(index + 1) <= wanted).count();
    let above = (below + 1).min(last);
    let weight = wanted - count(below);
    Some(sorted[below] + weight * (sorted[above] - sorted[below]))
}

/// What is said of one number over replicates.
///
/// ```
/// use rungs::statistics::Summary;
///
/// let summary = Summary::of(&[2.0, 4.0, 9.0]).unwrap();
/// assert_eq!((summary.mean, summary.p50, summary.replicates), (5.0, 4.0, 3));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Summary {
    /// Mean.
    pub mean: f64,
    /// Standard deviation between replicates; unknown for one.
    pub sd: Option<f64>,
    /// Monte Carlo standard error of the mean; unknown for one replicate.
    pub mcse: Option<f64>,
    /// Fifth percentile over replicates.
    pub p5: f64,
    /// Median over replicates.
    pub p50: f64,
    /// Ninety-fifth percentile over replicates.
    pub p95: f64,
    /// Replicates with a known value.
    pub replicates: usize,
}

impl Summary {
    /// The summary of values in the order of replicates; `None` of no values.
    #[must_use]
    pub fn of(values: &[f64]) -> Option<Self> {
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        Some(Self {
            mean: mean(values)?,
            sd: sd(values),
            mcse: mcse(values),
            p5: quantile(&sorted, 0.05)?,
            p50: quantile(&sorted, 0.5)?,
            p95: quantile(&sorted, 0.95)?,
            replicates: values.len(),
        })
    }
}

/// Spread of differences that rounding alone explains, relative to the largest value.
const ROUNDING: f64 = 1e-13;

/// The mean of differences between pairs that share their luck.
///
/// ```
/// use rungs::statistics::{CriticalValues, PairedDifference};
///
/// // Five replicates with and without a policy: luck is shared, so it cancels.
/// let pairs = [(10.0, 12.0), (20.0, 22.5), (15.0, 16.5), (12.0, 14.0), (17.0, 19.0)];
/// let effect = PairedDifference::of(&pairs, &mut CriticalValues::default()).unwrap();
/// let (low, high) = effect.interval.unwrap();
/// assert_eq!(effect.difference, 2.0);
/// assert!(0.0 < low && low < 2.0 && 2.0 < high);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PairedDifference {
    /// Mean of `after - before`.
    pub difference: f64,
    /// Monte Carlo standard error of that mean; unknown for one pair, and for fewer than [`FEWEST_EQUAL`] that all differ by the same.
    pub mcse: Option<f64>,
    /// 95% interval by Student's t with `pairs - 1` degrees of freedom; unknown when the error is, and for fewer than [`FEWEST`] pairs.
    pub interval: Option<(f64, f64)>,
    /// Mean of `before`.
    pub before: f64,
    /// How many pairs.
    pub pairs: usize,
}

impl PairedDifference {
    /// The mean of `after - before` over `pairs` of `(before, after)`; `None` of no pairs.
    ///
    /// If all differ by the same amount (but for rounding), zero or not, the error is zero and the interval is that amount alone, if there
    /// are at least [`FEWEST_EQUAL`] pairs; of fewer it is not known how far they would differ from others.
    #[must_use]
    pub fn of(pairs: &[(f64, f64)], critical: &mut CriticalValues) -> Option<Self> {
        let before: Vec<f64> = pairs.iter().map(|pair| pair.0).collect();
        let differences: Vec<f64> = pairs.iter().map(|pair| pair.1 - pair.0).collect();
        let difference = mean(&differences)?;
        let largest = pairs.iter().fold(0.0_f64, |largest, pair| largest.max(pair.0.abs()).max(pair.1.abs()));
        let differ = |error: f64| if error > ROUNDING * largest { error } else { 0.0 };
        let mcse = mcse(&differences).map(differ).filter(|error| *error > 0.0 || pairs.len() >= FEWEST_EQUAL);
        let interval = mcse.filter(|_| pairs.len() >= FEWEST).map(|error| {
            let half = critical.two_sided_95(pairs.len() - 1) * error;
            (difference - half, difference + half)
        });
        Some(Self { difference, mcse, interval, before: mean(&before)?, pairs: pairs.len() })
    }
}

/// The probability that a Student variable of so many degrees of freedom is at least as far from zero as `t`.
#[must_use]
pub fn two_sided_p(t: f64, degrees_of_freedom: usize) -> f64 {
    (1.0 - central_probability(t.abs(), degrees_of_freedom.max(1))).clamp(0.0, 1.0)
}

/// Which of several tests looked at together may be called more than chance, so that the expected share of those called so in error is at
/// most `share`, by the probability of each (independent, or depending positively).
///
/// ```
/// use rungs::statistics::discoveries;
///
/// assert_eq!(discoveries(&[0.001, 0.04, 0.03, 0.9], 0.05), [true, false, false, false]);
/// ```
///
/// # Source
/// Benjamini and Hochberg (1995), "Controlling the false discovery rate", Journal of the Royal Statistical Society B 57.
#[must_use]
pub fn discoveries(probabilities: &[f64], share: f64) -> Vec<bool> {
    let mut sorted = probabilities.to_vec();
    sorted.sort_by(f64::total_cmp);
    let all = count(sorted.len());
    let mut below = sorted.iter().enumerate().filter(|(at, p)| **p <= share * count(at + 1) / all);
    let highest = below.next_back().map_or(-1.0, |(_, p)| *p);
    probabilities.iter().map(|p| *p <= highest).collect()
}

/// Two-sided 95% critical values of Student's t, each worked out once.
///
/// ```
/// use rungs::statistics::CriticalValues;
///
/// let mut critical = CriticalValues::default();
/// assert!((critical.two_sided_95(9) - 2.262).abs() < 1e-3);
/// // Ten intervals that hold at once are wider than one.
/// assert!(critical.two_sided_95_together(10, 9) > critical.two_sided_95(9));
/// ```
#[derive(Clone, Debug, Default)]
pub struct CriticalValues {
    known: BTreeMap<(usize, usize), f64>,
}

impl CriticalValues {
    /// The `t` that a Student variable of so many degrees of freedom exceeds in size with
    /// probability 0.05; infinite for none.
    pub fn two_sided_95(&mut self, degrees_of_freedom: usize) -> f64 {
        self.two_sided_95_together(1, degrees_of_freedom)
    }

    /// The `t` with which this many intervals cover their truths all at once with a probability of at least
    /// 0.95, however they depend on each other (Bonferroni): exceeded in size with probability `0.05 / intervals`.
    /// Infinite without degrees of freedom or intervals.
    pub fn two_sided_95_together(&mut self, intervals: usize, degrees_of_freedom: usize) -> f64 {
        if degrees_of_freedom == 0 || intervals == 0 {
            return f64::INFINITY;
        }
        let inside = 1.0 - 0.05 / count(intervals);
        *self.known.entry((intervals, degrees_of_freedom)).or_insert_with(|| critical(inside, degrees_of_freedom))
    }
}

/// Bisection on [`central_probability`], after doubling an upper end until it is one.
fn critical(inside: f64, degrees_of_freedom: usize) -> f64 {
    let (mut low, mut high) = (0.0, 16.0);
    while central_probability(high, degrees_of_freedom) < inside && high < 1e12 {
        high *= 2.0;
    }
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if central_probability(middle, degrees_of_freedom) < inside {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}

/// The probability that a Student variable lies within `-t..t`, by the finite series for whole
/// degrees of freedom.
///
/// # Source
/// Abramowitz and Stegun (1964), 26.7.3 and 26.7.4.
fn central_probability(t: f64, degrees_of_freedom: usize) -> f64 {
    let nu = count(degrees_of_freedom);
    let cosine_squared = nu / (nu + t * t);
    let sine = t / (nu + t * t).sqrt();
    let odd = degrees_of_freedom % 2;
    let mut term = if odd == 1 { cosine_squared.sqrt() } else { 1.0 };
    let mut series = 0.0;
    let mut power = odd;
    // Terms go up in cosine powers by two, to the power `nu - 2`.
    while power + 2 <= degrees_of_freedom {
        series += term;
        term *= cosine_squared * count(power + 1) / count(power + 2);
        power += 2;
    }
    if odd == 1 { std::f64::consts::FRAC_2_PI * (libm::atan(t / nu.sqrt()) + sine * series) } else { sine * series }
}

/// A count as a float; exact below 2^32, far beyond any number of replicates.
fn count(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::INFINITY, f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::rngs::Xoshiro256PlusPlus;
    use rand::{RngExt, SeedableRng};
    use rand_distr::StandardNormal;
    use statrs::distribution::{ContinuousCDF, StudentsT};

    fn near(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-9 * (1.0 + expected.abs()), "found {found}, expected {expected}");
    }

    #[test]
    fn mean_sd_and_error_agree_with_a_hand_worked_sample() {
        // Squares about the mean 5: 9 + 1 + 1 + 1 + 0 + 0 + 4 + 16 = 32; 32/7.
        let values = [2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0];
        near(mean(&values).unwrap(), 5.0);
        near(sd(&values).unwrap(), (32.0_f64 / 7.0).sqrt());
        near(mcse(&values).unwrap(), (4.0_f64 / 7.0).sqrt());
    }

    #[test]
    fn quantiles_are_linear_between_order_statistics() {
        let sorted = [1.0, 2.0, 4.0, 8.0];
        for (probability, expected) in [(0.0, 1.0), (0.05, 1.15), (0.25, 1.75), (0.5, 3.0), (0.95, 7.4), (1.0, 8.0)] {
            near(quantile(&sorted, probability).unwrap(), expected);
        }
        assert_eq!(quantile(&[], 0.5), None);
        near(quantile(&[3.0], 0.95).unwrap(), 3.0);
    }

    #[test]
    fn one_value_has_no_error_and_no_interval() {
        let summary = Summary::of(&[3.5]).unwrap();
        assert_eq!((summary.sd, summary.mcse, summary.replicates), (None, None, 1));
        let paired = PairedDifference::of(&[(1.0, 1.5)], &mut CriticalValues::default()).unwrap();
        assert_eq!((paired.mcse, paired.interval, paired.pairs), (None, None, 1));
        near(paired.difference, 0.5);
        assert!(Summary::of(&[]).is_none());
    }

    #[test]
    fn a_paired_difference_agrees_with_a_hand_worked_sample() {
        // Differences 1, 2, 3, 2, 2: mean 2, variance 2/4, mcse sqrt(0.5 / 5); t(4) = 2.776445105197793.
        let pairs = [(10.0, 11.0), (20.0, 22.0), (30.0, 33.0), (20.0, 22.0), (20.0, 22.0)];
        let paired = PairedDifference::of(&pairs, &mut CriticalValues::default()).unwrap();
        let error = 0.1_f64.sqrt();
        near(paired.difference, 2.0);
        near(paired.before, 20.0);
        near(paired.mcse.unwrap(), error);
        near(paired.interval.unwrap().0, 2.0 - 2.776_445_105_197_793 * error);
        near(paired.interval.unwrap().1, 2.0 + 2.776_445_105_197_793 * error);
    }

    #[test]
    fn fewer_than_five_pairs_have_an_error_and_no_interval() {
        let pairs = [(10.0, 11.0), (20.0, 22.0), (30.0, 33.0), (20.0, 22.0)];
        for few in 2..=4 {
            let paired = PairedDifference::of(&pairs[..few], &mut CriticalValues::default()).unwrap();
            assert!(paired.mcse.is_some() && paired.interval.is_none(), "{few}: {paired:?}");
        }
    }

    #[test]
    fn pairs_that_never_differ_have_exactly_no_effect_and_no_error() {
        let pairs = [(0.1, 0.1), (0.2, 0.2)].repeat(5);
        let paired = PairedDifference::of(&pairs, &mut CriticalValues::default()).unwrap();
        let bits = [paired.difference, paired.mcse.unwrap(), paired.interval.unwrap().0, paired.interval.unwrap().1];
        assert!(bits.iter().all(|value| value.to_bits() == 0), "{bits:?}");
    }

    #[test]
    fn pairs_that_all_differ_by_the_same_amount_are_certain_from_ten_on() {
        for pairs in [[(3.0, 4.0), (5.0, 6.0), (9.0, 10.0)], [(0.25, 0.2), (0.35, 0.3), (0.45, 0.4)], [(1.0, 1.0); 3]] {
            let of = |count: usize| {
                let many: Vec<(f64, f64)> = pairs.into_iter().cycle().take(count).collect();
                PairedDifference::of(&many, &mut CriticalValues::default()).unwrap()
            };
            for few in [2, 5, 9] {
                assert_eq!((of(few).mcse, of(few).interval, of(few).pairs), (None, None, few));
            }
            let ten = of(10);
            assert_eq!((ten.mcse, ten.interval), (Some(0.0), Some((ten.difference, ten.difference))));
        }
    }

    #[test]
    fn equal_values_have_exactly_no_spread() {
        // The mean of three 0.1 is not 0.1 to the last bit, so the squares alone would not be zero.
        assert_eq!(sd(&[0.1, 0.1, 0.1]).map(f64::to_bits), Some(0));
    }

    #[test]
    fn critical_values_agree_with_published_tables_and_with_another_implementation() {
        let mut critical = CriticalValues::default();
        for (degrees, published) in [(1, 12.706), (2, 4.303), (5, 2.571), (11, 2.201), (30, 2.042), (120, 1.980)] {
            assert!((critical.two_sided_95(degrees) - published).abs() < 5e-4, "{degrees}");
        }
        for degrees in (1..200).chain([999, 1000]) {
            let other = StudentsT::new(0.0, 1.0, count(degrees)).unwrap().inverse_cdf(0.975);
            assert!((critical.two_sided_95(degrees) - other).abs() < 1e-7, "{degrees}");
        }
        assert!(critical.two_sided_95(0).is_infinite());
    }

    #[test]
    fn the_interval_covers_the_truth_in_92_to_98_of_a_hundred_meta_replications() {
        // What two worlds with shared luck give: each person is NEET when a uniform number is below a probability that the
        // policy lowers, so values are shares of whole people, skewed where the probability is small. The truth is known.
        let meta_replications = 1_000_u32;
        for (before, after, people, replicates) in [(0.14, 0.13, 400, 10), (0.14, 0.05, 50, 5), (0.02, 0.01, 200, 20)] {
            let mut generator = Xoshiro256PlusPlus::seed_from_u64(7);
            let mut critical = CriticalValues::default();
            let mut covered = 0_u32;
            for _ in 0..meta_replications {
                let drawn: Vec<(f64, f64)> = (0..replicates)
                    .map(|_| {
                        let luck: Vec<f64> = (0..people).map(|_| generator.random::<f64>()).collect();
                        let share = |chance: f64| {
                            count(luck.iter().filter(|number| **number < chance).count()) / f64::from(people)
                        };
                        (share(before), share(after))
                    })
                    .collect();
                let interval = PairedDifference::of(&drawn, &mut critical).and_then(|paired| paired.interval);
                // Pairs that agree by chance have no interval and claim nothing: they do not count as covering.
                covered +=
                    u32::from(interval.is_some_and(|(low, high)| low <= after - before && after - before <= high));
            }
            let share = f64::from(covered) / f64::from(meta_replications);
            assert!((0.92..=0.98).contains(&share), "{people} people, {replicates} replicates: {covered} covered");
        }
    }

    #[test]
    fn of_200_policies_without_an_effect_no_more_than_22_are_said_to_have_one() {
        for replicates in [5, 10, 40] {
            let mut generator = Xoshiro256PlusPlus::seed_from_u64(23);
            let mut normal = || -> f64 { generator.sample(StandardNormal) };
            let mut critical = CriticalValues::default();
            let claims = |_: &u32| {
                let drawn: Vec<(f64, f64)> = (0..replicates)
                    .map(|_| {
                        let shared = normal();
                        (shared + 0.3 * normal(), shared + 0.3 * normal())
                    })
                    .collect();
                let interval = PairedDifference::of(&drawn, &mut critical).unwrap().interval.unwrap();
                interval.0 > 0.0 || interval.1 < 0.0
            };
            let claimed = (0..200_u32).filter(claims).count();
            assert!(claimed <= 22, "{replicates} replicates: {claimed} of 200 claim a difference");
        }
    }

    #[test]
    fn intervals_that_hold_together_are_wider_and_agree_with_another_implementation() {
        let mut critical = CriticalValues::default();
        for intervals in [1_u32, 2, 6, 45] {
            for degrees in [1, 2, 9, 39] {
                let inside = 1.0 - 0.025 / f64::from(intervals);
                let other = StudentsT::new(0.0, 1.0, count(degrees)).unwrap().inverse_cdf(inside);
                let found = critical.two_sided_95_together(usize::try_from(intervals).unwrap(), degrees);
                assert!((found / other - 1.0).abs() < 1e-6, "{intervals} of {degrees}: {found} and {other}");
            }
        }
        assert!(critical.two_sided_95_together(3, 9) > critical.two_sided_95(9));
        assert!(critical.two_sided_95_together(0, 9).is_infinite());
    }

    #[test]
    fn the_interval_covers_the_truth_in_ninety_five_of_a_hundred_repetitions() {
        let repetitions = 2_000_u32;
        for pairs in [5, 7, 12] {
            let mut generator = Xoshiro256PlusPlus::seed_from_u64(7);
            let mut normal = || -> f64 { generator.sample(StandardNormal) };
            let mut critical = CriticalValues::default();
            let mut covered = 0_u32;
            for _ in 0..repetitions {
                let drawn: Vec<(f64, f64)> = (0..pairs)
                    .map(|_| {
                        let shared = normal();
                        (shared, shared + 0.3 + 0.5 * normal())
                    })
                    .collect();
                let interval = PairedDifference::of(&drawn, &mut critical).unwrap().interval.unwrap();
                covered += u32::from(interval.0 <= 0.3 && 0.3 <= interval.1);
            }
            let trials = f64::from(repetitions);
            let z = (f64::from(covered) - 0.95 * trials) / (trials * 0.95 * 0.05).sqrt();
            assert!(z.abs() < 4.5, "{pairs} pairs: {covered} of {repetitions}, z {z}");
        }
    }
}
