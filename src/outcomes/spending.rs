//! What the public purse pays.

use super::ages::Ages;
use super::counted::Counted;
use super::measure::{Better, Measure, Prominence, Scope};
use super::ratio::{Ratio, float};
use crate::engine::tally::SpendTally;

/// Gross public spending, in all and by what it is for: training of apprentices, support, and all else that levers
/// pay for or book, in prices of the base year; `pounds / 1e6 / years`. Savings are not taken off.
pub(super) const MEASURES: &[Measure] = &[
    Measure {
        key: "public_spending",
        label: "Gross public spending",
        numerator: "public money spent on apprenticeship training, support and everything else that levers pay for, GBP million at base-year prices",
        compute: |counted, _| of(counted, |spend| apprenticeships(spend) + support(spend) + other(spend)),
        ..SPENDING
    },
    Measure {
        key: "public_spending.apprenticeships",
        label: "Gross public spending, apprenticeships",
        numerator: "public money spent on apprenticeship training, GBP million at base-year prices",
        prominence: Prominence::Detail,
        compute: |counted, _| of(counted, apprenticeships),
        ..SPENDING
    },
    Measure {
        key: "public_spending.support",
        label: "Gross public spending, support",
        numerator: "public money spent on support of people NEET, GBP million at base-year prices",
        prominence: Prominence::Detail,
        compute: |counted, _| of(counted, support),
        ..SPENDING
    },
    Measure {
        key: "public_spending.other",
        label: "Gross public spending, other levers",
        numerator: "public money for extra courses, guaranteed jobs and training, bursaries, subsidies, grants for moving and what levers book besides, GBP million at base-year prices; below zero when a lever pays less than the world's unit cost",
        prominence: Prominence::Detail,
        compute: |counted, _| of(counted, other),
        ..SPENDING
    },
];

const SPENDING: Measure = Measure {
    unit: "GBP million a year",
    denominator: "years",
    ages: Ages::ALL,
    better: Better::Neither,
    scope: Scope::Places,
    ..Measure::SHARE
};

/// Pounds are booked at full scale, so the scale is not applied again.
fn of(counted: &Counted, gbp: impl Fn(SpendTally) -> f64) -> Ratio {
    Ratio { numerator: gbp(counted.spend()) / 1e6, denominator: counted.years() }
}

fn apprenticeships(spend: SpendTally) -> f64 {
    float(spend.apprenticeships_gbp)
}

fn support(spend: SpendTally) -> f64 {
    float(spend.support_gbp)
}

fn other(spend: SpendTally) -> f64 {
    float(spend.other_gbp.unsigned_abs()) * if spend.other_gbp < 0 { -1.0 } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use crate::outcomes::testing::Sheet;

    #[test]
    fn three_months_of_spending_are_a_quarter_of_a_year() {
        let mut sheet = Sheet::new();
        sheet.period.spend[0].apprenticeships_gbp = 1_500_000;
        sheet.period.spend[0].support_gbp = 400_000;
        sheet.period.spend[0].other_gbp = 100_000;
        sheet.expect("public_spending", 8.0);
    }

    #[test]
    fn spending_by_purpose_adds_up_and_what_is_paid_less_counts_below_zero() {
        let mut sheet = Sheet::new();
        sheet.period.spend[0].apprenticeships_gbp = 1_500_000;
        sheet.period.spend[0].support_gbp = 400_000;
        sheet.period.spend[0].other_gbp = -100_000;
        sheet.expect("public_spending.apprenticeships", 6.0);
        sheet.expect("public_spending.support", 1.6);
        sheet.expect("public_spending.other", -0.4);
        sheet.expect("public_spending", 7.2);
    }
}
