//! Parts of the NEET population, and who is economically active.

use super::counted::{APPRENTICES, EMPLOYED, NEET, UNEMPLOYED};
use super::{Better, Measure, Ratio, share};
use crate::engine::tally::Status;

const NEET_16_24: &str = "person-months NEET at ages 16-24";

/// NEET at the youngest ages, the make-up of those NEET, and economic activity at 25-29.
///
/// # Source
/// Ages follow the Department for Education's "Participation in education, training and employment" (16-18) and the Social Mobility
/// Commission's IN31 (25-29).
pub(super) const MEASURES: [Measure; 4] = [
    share(
        "neet_rate.16_18",
        "NEET rate, 16-18",
        "person-months NEET at ages 16-18",
        "person-months of everybody aged 16-18",
        "16-18",
        |counted| Ratio::of_agents(counted, counted.stock(16..=18, &NEET), counted.everybody(16..=18)),
    )
    .better(Better::Lower)
    .detail(),
    share(
        "neet_unemployed_share",
        "Unemployed share of those NEET, 16-24",
        "of these, unemployed",
        NEET_16_24,
        "16-24",
        |counted| Ratio::of_agents(counted, counted.stock(16..=24, &UNEMPLOYED), counted.stock(16..=24, &NEET)),
    )
    .better(Better::Neither)
    .detail(),
    share(
        "neet_over_12_months_share",
        "Share of those NEET who are so for over 12 months, 16-24",
        "of these, NEET for more than 12 months",
        NEET_16_24,
        "16-24",
        |counted| {
            let long = counted.stock(16..=24, &[Status::UnemployedLong, Status::InactiveLong]);
            Ratio::of_agents(counted, long, counted.stock(16..=24, &NEET))
        },
    )
    .better(Better::Lower)
    .detail(),
    share(
        "economically_active.25_29",
        "Economically active, 25-29",
        "person-months in a job, in an apprenticeship or unemployed at ages 25-29",
        "person-months of everybody aged 25-29",
        "25-29",
        |counted| {
            let active: u64 = [&EMPLOYED[..], &APPRENTICES, &UNEMPLOYED]
                .iter()
                .map(|statuses| counted.stock(25..=29, statuses))
                .sum();
            Ratio::of_agents(counted, active, counted.everybody(25..=29))
        },
    )
    .detail(),
];

#[cfg(test)]
mod tests {
    use crate::engine::tally::Status;
    use crate::outcomes::testing::Sheet;

    #[test]
    fn those_neet_are_split_by_activity_and_by_time() {
        let sheet = Sheet::new()
            .stock(17, Status::UnemployedShort, 2)
            .stock(18, Status::InactiveLong, 3)
            .stock(18, Status::SixthForm, 15)
            .stock(24, Status::UnemployedLong, 3)
            .stock(25, Status::InactiveShort, 4)
            .stock(26, Status::Apprenticeship2, 1)
            .stock(27, Status::Working, 3);
        sheet.expect("neet_rate.16_18", 0.25);
        sheet.expect("neet_unemployed_share", 5.0 / 8.0);
        sheet.expect("neet_over_12_months_share", 6.0 / 8.0);
        sheet.expect("economically_active.25_29", 0.5);
    }
}
