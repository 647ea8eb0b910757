//! What the public purse pays.

use super::{Better, Counted, Measure, Pooling, Prominence, Ratio, Scope, float};

/// Gross public spending: training of apprentices, support, and what levers book, in prices of the
/// base year; `pounds / 1e6 / years`. Savings are not taken off.
pub(super) const MEASURES: [Measure; 1] = [Measure {
    key: "public_spending",
    label: "Gross public spending",
    unit: "GBP million a year",
    numerator: "public money spent on apprenticeship training, support and other levers, GBP million at base-year prices",
    denominator: "years",
    ages: "16-39",
    better: Better::Neither,
    prominence: Prominence::Headline,
    pooling: Pooling::Sum,
    scope: Scope::Places,
    compute: |counted: &Counted| {
        let spend = counted.spend();
        let places = float(spend.apprenticeships_gbp + spend.support_gbp);
        let other = float(spend.other_gbp.unsigned_abs()) * if spend.other_gbp < 0 { -1.0 } else { 1.0 };
        // Pounds are booked at full scale, so the scale is not applied again.
        Ratio { numerator: (places + other) / 1e6, denominator: counted.years() }
    },
}];

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
}
