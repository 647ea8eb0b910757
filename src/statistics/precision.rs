//! How many replicates a half-width needs.

use super::{CriticalValues, Z95, count};

/// From here on Student's t is close enough to the normal distribution for its first correction.
const MANY: f64 = 200.0;

/// The replicates at which a 95% interval is expected to reach no further than `half_width` on either side, if their
/// standard deviation is the one behind `mcse`, the Monte Carlo standard error over `replicates` of them.
///
/// It is the least `n` of at least two with `t(n - 1) x mcse x sqrt(replicates / n) <= half_width`; above 200 by
/// the first correction of the normal value, `n = (z sd / h)^2 + (z^2 + 1) / 2`, rounded up. The standard deviation is an
/// estimate, so the answer is one too. `None` when nothing can be said (no half-width or no error), or for more than `u32` holds.
///
/// ```
/// use rungs::statistics::{CriticalValues, replicates_for};
///
/// // Ten replicates gave an error of 0.1: how many bring the half-width of the interval down to 0.1?
/// let needed = replicates_for(0.1, 0.1, 10, &mut CriticalValues::default()).unwrap();
/// assert!((38..=42).contains(&needed));
/// ```
///
/// # Source
/// Abramowitz and Stegun (1964), 26.7.5, for the correction.
#[must_use]
pub fn replicates_for(half_width: f64, mcse: f64, replicates: u32, critical: &mut CriticalValues) -> Option<u32> {
    if half_width.is_nan() || half_width <= 0.0 || mcse.is_nan() || mcse < 0.0 || replicates < 2 {
        return None;
    }
    let sd = mcse * f64::from(replicates).sqrt();
    let needed = (Z95 * sd / half_width) * (Z95 * sd / half_width);
    if needed > MANY {
        return whole(needed + 0.5 * (Z95 * Z95 + 1.0));
    }
    let reaches = |n: usize, critical: &mut CriticalValues| critical.two_sided_95(n - 1) * sd / count(n).sqrt();
    let found = (2..usize::MAX).find(|n| reaches(*n, critical) <= half_width);
    found.and_then(|n| u32::try_from(n).ok())
}

/// The whole number at or above a positive number, if it fits.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked against the range first")]
fn whole(number: f64) -> Option<u32> {
    (number < f64::from(u32::MAX)).then(|| number.ceil() as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn needed(half_width: f64, mcse: f64, replicates: u32) -> Option<u32> {
        replicates_for(half_width, mcse, replicates, &mut CriticalValues::default())
    }

    #[test]
    fn the_replicates_agree_with_a_hand_worked_example() {
        // sd = 0.5 x sqrt(4) = 1. t(17)/sqrt(18) = 0.4973 and t(16)/sqrt(17) = 0.5142, so a half-width of 0.5 needs 18.
        assert_eq!(needed(0.5, 0.5, 4), Some(18));
        // The half-width that two replicates have needs two: 12.706 x 0.5 = 6.353.
        assert_eq!(needed(6.36, 0.5, 2), Some(2));
    }

    #[test]
    fn the_half_width_that_there_is_needs_the_replicates_that_there_are() {
        let mut critical = CriticalValues::default();
        for replicates in [2, 3, 10, 50, 150] {
            let half_width = 0.25 * critical.two_sided_95(usize::try_from(replicates).unwrap() - 1);
            assert_eq!(needed(half_width * (1.0 + 1e-9), 0.25, replicates), Some(replicates));
        }
    }

    #[test]
    fn both_ways_of_working_it_out_agree_where_they_meet() {
        let mut critical = CriticalValues::default();
        for n in [202_usize, 300, 1_000] {
            let half_width = critical.two_sided_95(n - 1) / count(n).sqrt() * (1.0 + 1e-9);
            let found = needed(half_width, 1.0 / 10.0_f64.sqrt(), 10).unwrap();
            assert!(found.abs_diff(u32::try_from(n).unwrap()) <= 1, "found {found}, expected about {n}");
        }
    }

    #[test]
    fn nothing_is_said_without_a_half_width_or_an_error() {
        assert_eq!(needed(0.0, 0.1, 10), None);
        assert_eq!(needed(0.1, f64::NAN, 10), None);
        assert_eq!(needed(0.1, 0.1, 1), None);
        assert_eq!(needed(1e-12, 1e6, 10), None);
        assert_eq!(needed(0.1, 0.0, 10), Some(2));
    }
}
