//! Income mobility: pay against that of parents.

use super::ages::Ages;
use super::counted::Counted;
use super::measure::{Better, Form, Measure, Prominence};
use super::ratio::{Ratio, float};
use crate::engine::tally::{IncomeTally, RANKS};

const AT_AGE: &str = "people aged {ages} in the last month of the year who grew up in a region of the world";
const ABOVE: &str = "of these, paid more an hour, in real terms, than their parents were at their age";

/// Rank-rank slope, expected rank at the 25th percentile of parents, and the share paid more than their parents.
///
/// Ranks, from 0 to 1, are those among everybody of the same age who grew up in a region of the world; equals share the
/// middle of their ranks, and people without pay share the lowest. With `R` the rank of hourly pay and `P` that of
/// parents' pay, in the people that a row is about, `slope b = sum (P - mean P)(R - mean R) / sum (P - mean P)^2` and
/// `expected rank at p25 = mean R + b (1/4 - mean P)`. Those without pay are not paid more than their parents.
///
/// # Source
/// Chetty, Hendren, Kline and Saez (2014), "Where is the land of opportunity?", Quarterly Journal of Economics 129; Chetty
/// and others (2017), "The fading American dream", Science 356. They rank yearly family income; here it is hourly
/// pay of a person and of the main earner of the family.
pub(super) const MEASURES: &[Measure] = &[
    Measure {
        key: "rank_rank_slope.25",
        label: "Rank-rank slope of pay at {ages}",
        ages: Ages::at(25),
        prominence: Prominence::Detail,
        compute: |counted, ages| slope_at(counted, ages.first),
        ..SLOPE
    },
    Measure {
        key: "rank_rank_slope.30",
        label: "Rank-rank slope of pay at {ages}",
        ages: Ages::at(30),
        compute: |counted, ages| slope_at(counted, ages.first),
        ..SLOPE
    },
    Measure {
        key: "expected_rank_p25.25",
        label: "Expected rank at p{ages}, at {ages}",
        denominator: AT_AGE,
        ages: Ages::at(25),
        prominence: Prominence::Detail,
        compute: |counted, ages| rank_at(counted, ages.first),
        ..RANK
    },
    Measure {
        key: "expected_rank_p25.30",
        label: "Expected rank at p25, at {ages}",
        denominator: AT_AGE,
        ages: Ages::at(30),
        compute: |counted, ages| rank_at(counted, ages.first),
        ..RANK
    },
    Measure {
        key: "above_parents_pay.25",
        label: "Paid more than parents at {ages}",
        numerator: ABOVE,
        denominator: AT_AGE,
        ages: Ages::at(25),
        prominence: Prominence::Detail,
        compute: |counted, ages| above(counted, ages.first),
        ..Measure::SHARE
    },
    Measure {
        key: "above_parents_pay.30",
        label: "Paid more than parents at {ages}",
        numerator: ABOVE,
        denominator: AT_AGE,
        ages: Ages::at(30),
        compute: |counted, ages| above(counted, ages.first),
        ..Measure::SHARE
    },
];

const SLOPE: Measure = Measure {
    unit: "rank per rank",
    numerator: "sum of (parents' rank less its mean) x (own rank less its mean), by that of squares of (parents' rank less its mean)",
    denominator: AT_AGE,
    better: Better::Lower,
    form: Form::Value,
    ..Measure::SHARE
};

const RANK: Measure = Measure {
    unit: "rank, 0 to 1",
    numerator: "rank of pay expected of people whose parents stand a quarter of the way up",
    form: Form::Value,
    ..Measure::SHARE
};

/// The sums of products less means: `(sum (P - mean P)(R - mean R), sum (P - mean P)^2)`, in ranks from 0 to 1.
fn centred(tally: IncomeTally) -> Option<(f64, f64)> {
    let people = float(tally.people);
    let ranks = float(RANKS);
    let less_means = |sum: u64, a: u64, b: u64| (float(sum) - float(a) * float(b) / people) / (ranks * ranks);
    let spread = less_means(tally.parents_squared, tally.parents, tally.parents);
    (tally.people > 1 && spread > 0.0).then(|| (less_means(tally.products, tally.parents, tally.own), spread))
}

fn slope_at(counted: &Counted, age: u16) -> Ratio {
    let tally = counted.incomes(age);
    Ratio::of_value(counted, centred(tally).map(|(products, spread)| products / spread), tally.people)
}

fn rank_at(counted: &Counted, age: u16) -> Ratio {
    Ratio::of_value(counted, expected_rank(counted, age), counted.incomes(age).people)
}

/// The rank expected at the 25th percentile of parents; `None` when parents do not differ.
pub(super) fn expected_rank(counted: &Counted, age: u16) -> Option<f64> {
    let tally = counted.incomes(age);
    let (products, spread) = centred(tally)?;
    let mean = |sum: u64| float(sum) / float(tally.people) / float(RANKS);
    Some(mean(tally.own) + products / spread * (0.25 - mean(tally.parents)))
}

fn above(counted: &Counted, age: u16) -> Ratio {
    let tally = counted.incomes(age);
    Ratio::of_agents(counted, tally.above_parents, tally.people)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Origin;
    use crate::engine::tally::AboveParents;
    use crate::outcomes::testing::Sheet;

    #[test]
    fn ranks_agree_with_a_hand_worked_regression() {
        // Parents 0, 1/4, 3/4 and 1; own ranks 1/4, 1/4, 1/2 and 1: means 1/2 and 1/2, products 7/16 over squares 10/16.
        let quarter = RANKS / 4;
        let pairs = [(0, 1), (1, 1), (3, 2), (4, 4)];
        let sheet = pairs.iter().fold(Sheet::new(), |sheet, (parents, own)| {
            let above = if *own > 1 { AboveParents::Yes } else { AboveParents::No };
            sheet.income(30, Origin::LowerWorking, (parents * quarter, own * quarter), above)
        });
        sheet.expect("rank_rank_slope.30", 0.7);
        sheet.expect("expected_rank_p25.30", 0.5 - 0.7 * 0.25);
        sheet.expect("above_parents_pay.30", 0.5);
        assert_eq!(sheet.value("rank_rank_slope.25"), None);
    }

    #[test]
    fn parents_who_do_not_differ_tell_no_slope() {
        let sheet = [1, 2].iter().fold(Sheet::new(), |sheet, own| {
            sheet.income(25, Origin::LowerWorking, (RANKS / 2, own * 100), AboveParents::No)
        });
        assert_eq!((sheet.value("rank_rank_slope.25"), sheet.value("expected_rank_p25.25")), (None, None));
        sheet.expect("above_parents_pay.25", 0.0);
    }
}
