//! Bins that hourly pay is counted in.

/// Number of pay bins.
pub const PAY_BINS: usize = 220;
/// Natural log of the lowest pay of the first bin (GBP per hour).
pub const PAY_FLOOR_LOG: f64 = 1.0;
/// Width of a pay bin in log points.
pub const PAY_BIN_WIDTH: f64 = 0.02;

/// The bin that holds this log of hourly pay.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the bins first")]
pub(crate) fn pay_bin(log_pay: f64) -> usize {
    let bin = (log_pay - PAY_FLOOR_LOG) / PAY_BIN_WIDTH;
    (bin.max(0.0) as usize).min(PAY_BINS - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pay_falls_into_the_bin_that_holds_it() {
        assert_eq!(pay_bin(PAY_FLOOR_LOG + 0.5 * PAY_BIN_WIDTH), 0);
        assert_eq!(pay_bin(PAY_FLOOR_LOG + 10.5 * PAY_BIN_WIDTH), 10);
        assert_eq!(pay_bin(-5.0), 0);
        assert_eq!(pay_bin(99.0), PAY_BINS - 1);
    }
}
