//! How numbers are written for people.

use crate::text::number::grouped;

/// A number in as few digits as tell it from others of its size.
#[must_use]
pub fn brief(value: f64) -> String {
    let mut decimals = 0;
    let mut shown = value.abs();
    while shown > 0.0 && shown < 100.0 && decimals < 6 {
        shown *= 10.0;
        decimals += 1;
    }
    let text = number(value, decimals);
    let trimmed = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    trimmed.to_owned()
}

/// A number with this many decimals and commas between thousands.
#[must_use]
pub fn number(value: f64, decimals: usize) -> String {
    grouped(&format!("{value:.decimals$}"))
}

/// A whole number with commas between thousands.
#[must_use]
pub fn count(value: u64) -> String {
    grouped(&value.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_commas_and_no_negative_zero() {
        assert_eq!(number(-1_234_567.891, 1), "-1,234,567.9");
        assert_eq!(number(-0.001, 2), "0.00");
        assert_eq!(number(999.0, 0), "999");
        assert_eq!(brief(0.016_666_7), "0.0167");
        assert_eq!(brief(0.25), "0.25");
        assert_eq!(brief(0.0), "0");
        assert_eq!(count(1_000), "1,000");
    }
}
