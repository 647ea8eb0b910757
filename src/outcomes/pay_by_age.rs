//! Pay over a range of ages.

use super::ages::Ages;
use super::counted::Counted;
use super::measure::{Form, Measure, Prominence};
use super::ratio::{Ratio, float};
use crate::engine::tally::{PAY_BIN_WIDTH, PAY_FLOOR_LOG};

/// Both groups of ages in the survey: 22-24 and 25-29.
const FROM_22: [usize; 2] = [0, 1];
/// Ages 25-29 alone.
const FROM_25: [usize; 1] = [1];

/// Median hourly pay at 22-29 and mean hourly pay at 25-29 of employed people, apprentices included, in base-year prices.
///
/// From a histogram in log pay with bins of 0.02 log points, each taken at its middle: off by less than 1%.
///
/// # Source
/// Age groups of the Social Mobility Commission's DR34 (median, 22-29) and IN34 (mean, 25-29).
pub(super) const MEASURES: &[Measure] = &[
    Measure {
        key: "median_pay.22_29",
        label: "Median pay, {ages}",
        numerator: "median hourly pay at base-year prices",
        ages: Ages::between(22, 29),
        compute: |counted, _| of(counted, &FROM_22, median),
        ..PAY
    },
    Measure {
        key: "mean_pay.25_29",
        label: "Mean pay, {ages}",
        numerator: "mean hourly pay at base-year prices",
        ages: Ages::between(25, 29),
        compute: |counted, _| of(counted, &FROM_25, mean),
        ..PAY
    },
];

const PAY: Measure = Measure {
    unit: "GBP per hour",
    denominator: "employed people surveyed in the quarter after a birthday, apprentices included (how many the value is of)",
    prominence: Prominence::Detail,
    form: Form::Value,
    ..Measure::SHARE
};

/// A value of the pay of some groups, worked out from their numbers by pay bin.
fn of(counted: &Counted, groups: &[usize], value: fn(&[u64]) -> f64) -> Ratio {
    let Some(surveyed) = counted.surveyed() else { return Ratio::UNKNOWN };
    let bins = surveyed.pay(groups);
    Ratio::of_value(counted, Some(value(&bins)), bins.iter().sum())
}

/// Pay at the middle of each bin (GBP per hour).
fn middles() -> impl Iterator<Item = f64> {
    std::iter::successors(Some(PAY_FLOOR_LOG + PAY_BIN_WIDTH / 2.0), |log| Some(log + PAY_BIN_WIDTH)).map(libm::exp)
}

fn mean(bins: &[u64]) -> f64 {
    let total = bins.iter().zip(middles()).fold(0.0, |sum, (bin, pay)| sum + float(*bin) * pay);
    total / float(bins.iter().sum::<u64>().max(1))
}

fn median(bins: &[u64]) -> f64 {
    let half = float(bins.iter().sum::<u64>()) / 2.0;
    let mut below = 0.0;
    for (bin, middle) in bins.iter().zip(middles()) {
        below += float(*bin);
        if *bin > 0 && below >= half {
            return middle;
        }
    }
    0.0
}

#[cfg(test)]
mod tests {
    use crate::outcomes::testing::Sheet;

    #[test]
    fn pay_is_taken_at_the_middle_of_its_bin() {
        // Bins 50 and 100: exp(1 + 50.5 * 0.02) and exp(1 + 100.5 * 0.02).
        let (low, high) = (libm::exp(2.01), libm::exp(3.01));
        let sheet = Sheet::new().surveyed_pay(1, 50, 3).surveyed_pay(1, 100, 1).surveyed_pay(0, 100, 3);
        sheet.expect("mean_pay.25_29", 0.75 * low + 0.25 * high);
        sheet.expect("median_pay.22_29", high);
    }
}
