//! Median pay on a birthday.

use super::ages::Ages;
use super::counted::Counted;
use super::measure::{Form, Measure, Prominence};
use super::ratio::{Ratio, float};
use crate::engine::tally::{PAY_BIN_WIDTH, PAY_FLOOR_LOG};

/// Median hourly pay of employed people, apprentices included, in base-year prices.
///
/// From a histogram in log pay with bins of 0.02 log points, straight in pounds within the bin that
/// holds the middle person: off by less than 2% of pay at the very most.
pub(super) const MEASURES: &[Measure] = &[
    Measure {
        key: "median_pay.25",
        label: "Median pay at {ages}",
        ages: Ages::at(25),
        compute: |counted, ages| median(counted, ages.first),
        ..MEDIAN
    },
    Measure {
        key: "median_pay.30",
        label: "Median pay at {ages}",
        ages: Ages::at(30),
        compute: |counted, ages| median(counted, ages.first),
        ..MEDIAN
    },
    Measure {
        key: "median_pay.35",
        label: "Median pay at {ages}",
        ages: Ages::at(35),
        prominence: Prominence::Detail,
        compute: |counted, ages| median(counted, ages.first),
        ..MEDIAN
    },
];

const MEDIAN: Measure = Measure {
    unit: "GBP per hour",
    numerator: "median hourly pay at base-year prices",
    denominator: "employed people reaching the birthday, apprentices included (how many the median is of)",
    form: Form::Value,
    ..Measure::SHARE
};

/// The median as numerator and the number of people as denominator.
fn median(counted: &Counted, age: u16) -> Ratio {
    let bins = counted.pay(age);
    let people = bins.iter().sum::<u64>();
    let half = float(people) / 2.0;
    let mut below = 0.0;
    let mut lower_log = PAY_FLOOR_LOG;
    let mut numerator = 0.0;
    for bin in bins {
        let here = float(*bin);
        if *bin > 0 && below + here >= half {
            let lower = libm::exp(lower_log);
            let upper = libm::exp(lower_log + PAY_BIN_WIDTH);
            numerator = lower + (half - below) / here * (upper - lower);
            break;
        }
        below += here;
        lower_log += PAY_BIN_WIDTH;
    }
    Ratio { numerator, denominator: float(people) * counted.scale() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outcomes::{measure_named, testing::Sheet};

    fn found(sheet: &Sheet, key: &str) -> Ratio {
        measure_named(key).unwrap().of(&sheet.counted())
    }

    #[test]
    fn the_median_lies_a_quarter_into_the_bin_that_holds_the_middle_person() {
        // 9 below, 4 in bin 50 (log pay 2.00-2.02), 7 above: the 10th of 20 is a quarter into the bin.
        let sheet = Sheet::new().pay(25, 10, 9).pay(25, 50, 4).pay(25, 90, 7);
        let (lower, upper) = (libm::exp(2.0), libm::exp(2.02));
        let ratio = found(&sheet, "median_pay.25");
        assert!((ratio.numerator - (lower + 0.25 * (upper - lower))).abs() < 1e-9, "{ratio:?}");
        assert!((ratio.denominator - 200.0).abs() < 1e-9);
    }

    #[test]
    fn nobody_in_work_leaves_the_median_unknown() {
        let ratio = found(&Sheet::new().pay(25, 10, 9), "median_pay.30");
        assert_eq!(ratio.value(), None);
    }
}
