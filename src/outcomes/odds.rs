//! Odds ratios of two groups.

/// The natural logarithm of the ratio of two groups' odds, each given as (those with the outcome, those without);
/// `None` when a group is empty.
///
/// `ln[(a + 1/2)(d + 1/2) / ((b + 1/2)(c + 1/2))]` for the counts `(a, b)` and `(c, d)`: the half keeps it finite where a
/// count is zero, and takes most of the bias of small counts away.
///
/// # Source
/// Haldane (1956), "The estimation and significance of the logarithm of a ratio of frequencies", Annals of Human
/// Genetics 20; Anscombe (1956), "On estimating binomial response relations", Biometrika 43.
pub(super) fn log_odds_ratio(one: [u64; 2], other: [u64; 2]) -> Option<f64> {
    let is_empty = |group: [u64; 2]| group[0] + group[1] == 0;
    if is_empty(one) || is_empty(other) {
        return None;
    }
    let log = |count: u64| libm::log(super::ratio::float(count) + 0.5);
    Some(log(one[0]) - log(one[1]) - log(other[0]) + log(other[1]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odds_ratios_agree_with_a_hand_worked_example() {
        // (30.5 / 10.5) / (5.5 / 20.5) = 2.904762 / 0.268293 = 10.826840; its logarithm is 2.382028.
        let found = log_odds_ratio([30, 10], [5, 20]).unwrap();
        assert!((found - 2.382_028_220_36).abs() < 1e-9, "{found}");
    }

    #[test]
    fn equal_groups_have_no_odds_between_them_and_empty_ones_none_known() {
        assert_eq!(log_odds_ratio([3, 4], [3, 4]), Some(0.0));
        assert_eq!(log_odds_ratio([0, 0], [3, 4]), None);
        assert!(log_odds_ratio([5, 0], [0, 5]).unwrap().is_finite());
    }
}
