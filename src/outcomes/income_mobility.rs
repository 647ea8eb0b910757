//! Income mobility: pay against that of parents.

use super::{Better, Counted, Measure, Pooling, Ratio, float, share};
use crate::engine::tally::{IncomeTally, RANKS};

const AT_25: &str = "people aged 25 in the last month of the year who grew up in a region of the world";
const AT_30: &str = "people aged 30 in the last month of the year who grew up in a region of the world";
const ABOVE: &str = "of these, paid more an hour, in real terms, than their parents were at their age";
const SLOPE: &str = "sum of (parents' rank less its mean) x (own rank less its mean)";
const SPREAD: &str = "sum of squares of (parents' rank less its mean)";
const EXPECTED: &str = "rank of pay expected of people whose parents stand a quarter of the way up";

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
pub(super) const MEASURES: [Measure; 6] = [
    slope("rank_rank_slope.25", "Rank-rank slope of pay at 25", "25", |counted| slope_at(counted, 25)).detail(),
    slope("rank_rank_slope.30", "Rank-rank slope of pay at 30", "30", |counted| slope_at(counted, 30)),
    rank("expected_rank_p25.25", "Expected rank at p25, at 25", AT_25, "25", |counted| rank_at(counted, 25)).detail(),
    rank("expected_rank_p25.30", "Expected rank at p25, at 30", AT_30, "30", |counted| rank_at(counted, 30)),
    share("above_parents_pay.25", "Paid more than parents at 25", ABOVE, AT_25, "25", |counted| above(counted, 25))
        .detail(),
    share("above_parents_pay.30", "Paid more than parents at 30", ABOVE, AT_30, "30", |counted| above(counted, 30)),
];

const fn slope(key: &'static str, label: &'static str, ages: &'static str, compute: fn(&Counted) -> Ratio) -> Measure {
    Measure { unit: "rank per rank", ..share(key, label, SLOPE, SPREAD, ages, compute).better(Better::Lower) }
}

const fn rank(
    key: &'static str,
    label: &'static str,
    denominator: &'static str,
    ages: &'static str,
    compute: fn(&Counted) -> Ratio,
) -> Measure {
    Measure {
        unit: "rank, 0 to 1",
        pooling: Pooling::Average,
        ..share(key, label, EXPECTED, denominator, ages, compute)
    }
}

/// The sums of products less means: `(sum (P - mean P)(R - mean R), sum (P - mean P)^2)`, in ranks from 0 to 1.
fn centred(tally: IncomeTally) -> Option<(f64, f64)> {
    let people = float(tally.people);
    let ranks = float(RANKS);
    let less_means = |sum: u64, a: u64, b: u64| (float(sum) - float(a) * float(b) / people) / (ranks * ranks);
    let spread = less_means(tally.parents_squared, tally.parents, tally.parents);
    (tally.people > 1 && spread > 0.0).then(|| (less_means(tally.products, tally.parents, tally.own), spread))
}

fn slope_at(counted: &Counted, age: u16) -> Ratio {
    let (numerator, denominator) = centred(counted.incomes(age)).unwrap_or((0.0, 0.0));
    Ratio { numerator: numerator * counted.scale(), denominator: denominator * counted.scale() }
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
