//! An axis: where values lie on a sheet, and which of them it names.

use crate::text::number::rounded;
use std::ops::Range;

/// Values along a line of pixels.
pub(super) struct ValueAxis {
    /// The values at its two ends.
    pub values: Range<f64>,
    /// Where these are, in pixels; an upright axis starts further down than it ends.
    pub pixels: (f64, f64),
}

impl ValueAxis {
    /// The place of a value.
    pub(super) fn at(&self, value: f64) -> f64 {
        let (start, end) = self.pixels;
        let span = self.values.end - self.values.start;
        if span > 0.0 { start + (end - start) * (value - self.values.start) / span } else { f64::midpoint(start, end) }
    }

    /// At most `most` round values, as close as they go: multiples of 1, 2 or 5 times a power of ten.
    pub(super) fn ticks(&self, most: u32) -> Vec<f64> {
        let Range { start, end } = self.values;
        // no step is wider than what is between two ticks at the ends, nor narrower than a tenth of what `most` take
        let widest = libm::log10(end - start);
        if !widest.is_finite() {
            return Vec::new();
        }
        let finest = libm::floor(libm::log10((end - start) / f64::from(most.max(1)))) - 1.0;
        let powers = (0..).map(|more| finest + f64::from(more)).take_while(|power| *power <= widest + 2.0);
        let steps = powers.flat_map(|power| [1.0, 2.0, 5.0].map(|factor| (factor, power)));
        let ticks = |(factor, power): (f64, f64)| multiples(&self.values, factor, power, most);
        steps.filter_map(ticks).next().unwrap_or_default()
    }
}

/// The multiples of `factor` times ten to `power` in a range, unless there are more than `most`.
fn multiples(range: &Range<f64>, factor: f64, power: f64, most: u32) -> Option<Vec<f64>> {
    // a power of ten is a whole number or divides by one, as then 0.3 is written 0.3
    let ten = libm::exp10(power.abs());
    let value = |number: f64| if power < 0.0 { number * factor / ten } else { number * factor * ten };
    // a multiple that rounding moved out of the range counts as in it
    let first = libm::ceil(range.start / value(1.0) - 1e-9);
    let last = libm::floor(range.end / value(1.0) + 1e-9);
    let fits = last - first < f64::from(most);
    fits.then(|| (0..most).map(|more| first + f64::from(more)).take_while(|at| *at <= last).map(value).collect())
}

/// What an axis writes at a value: decimals enough to tell ticks apart, and a true minus sign.
pub(super) fn tick_text(value: f64, range: &Range<f64>) -> String {
    rounded(value, tick_decimals(range)).replace('-', "−")
}

fn tick_decimals(range: &Range<f64>) -> i32 {
    let mut step = (range.end - range.start) / 4.0;
    let mut decimals = 0;
    while step < 1.0 && decimals < 9 {
        step *= 10.0;
        decimals += 1;
    }
    decimals
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ticks(values: Range<f64>, most: u32) -> Vec<f64> {
        ValueAxis { values, pixels: (0.0, 100.0) }.ticks(most)
    }

    #[test]
    fn values_lie_between_the_ends_in_proportion() {
        let upright = ValueAxis { values: 10.0..20.0, pixels: (200.0, 100.0) };
        for (value, expected) in [(10.0, 200.0), (12.5, 175.0), (20.0, 100.0), (25.0, 50.0)] {
            assert!((upright.at(value) - expected).abs() < 1e-9);
        }
        let flat = ValueAxis { values: 1.0..1.0, pixels: (0.0, 100.0) };
        assert!((flat.at(1.0) - 50.0).abs() < 1e-9, "the middle, where all values are one");
    }

    #[test]
    fn ticks_are_round_and_no_more_than_asked_for() {
        assert_eq!(ticks(0.0..1.0, 5), [0.0, 0.5, 1.0]);
        assert_eq!(ticks(2025.0..2037.0, 5), [2025.0, 2030.0, 2035.0]);
        assert_eq!(ticks(2025.0..2037.0, 6), [2026.0, 2028.0, 2030.0, 2032.0, 2034.0, 2036.0]);
        assert_eq!(ticks(-0.13..0.32, 6), [-0.1, 0.0, 0.1, 0.2, 0.3]);
        assert_eq!(ticks(0.1..0.3, 3), [0.1, 0.2, 0.3]);
        assert_eq!(ticks(-30_000.0..120_000.0, 4), [0.0, 50_000.0, 100_000.0]);
        assert!(ticks(1.0..1.0, 5).is_empty() && ticks(0.0..f64::NAN, 5).is_empty());
    }

    #[test]
    fn ticks_have_as_many_decimals_as_tell_them_apart_and_a_true_minus_sign() {
        assert_eq!(tick_text(-0.1, &(-0.13..0.32)), "−0.1");
        assert_eq!(tick_text(12.0, &(0.0..40.0)), "12");
    }

    proptest! {
        #[test]
        fn ticks_of_any_range_are_in_it_and_rise_and_are_neither_too_many_nor_too_few(
            start in -1e6..1e6_f64,
            span in 1e-6..1e6_f64,
            most in 3..9_u32,
        ) {
            let range = start..start + span;
            let ticks = ticks(range.clone(), most);
            prop_assert!(!ticks.is_empty() && ticks.len() <= most as usize, "{ticks:?}");
            // a step at most 2.5 times as wide as the next finer one leaves a third of the ticks
            prop_assert!(ticks.len() * 3 + 2 >= most as usize, "{ticks:?} of {most}");
            prop_assert!(ticks.windows(2).all(|pair| pair[0] < pair[1]));
            let room = 1e-8 * span + 1e-9 * start.abs();
            prop_assert!(ticks[0] >= range.start - room && ticks[ticks.len() - 1] <= range.end + room);
        }
    }
}
