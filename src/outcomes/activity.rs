//! Parts of the NEET population, and who is economically active.

use super::ages::Ages;
use super::measure::{Better, Measure, Prominence};
use super::ratio::Ratio;
use super::statuses::{APPRENTICES, EMPLOYED, NEET, UNEMPLOYED};
use crate::engine::tally::Status;

const PEOPLE_NEET: &str = "person-months NEET at ages {ages}";

/// NEET at the youngest ages, the make-up of those NEET, and economic activity at 25-29.
///
/// # Source
/// Ages follow the Department for Education's "Participation in education, training and employment" (16-18) and the Social Mobility
/// Commission's IN31 (25-29).
pub(super) const MEASURES: &[Measure] = &[
    Measure {
        key: "neet_rate.16_18",
        label: "NEET rate, {ages}",
        numerator: "person-months NEET at ages {ages}",
        denominator: "person-months of everybody aged {ages}",
        ages: Ages::between(16, 18),
        better: Better::Lower,
        prominence: Prominence::Detail,
        compute: |counted, ages| Ratio::of_agents(counted, counted.stock(ages, &NEET), counted.everybody(ages)),
        ..Measure::SHARE
    },
    Measure {
        key: "neet_unemployed_share",
        label: "Unemployed share of those NEET, {ages}",
        numerator: "of these, unemployed",
        denominator: PEOPLE_NEET,
        ages: Ages::between(16, 24),
        better: Better::Neither,
        prominence: Prominence::Detail,
        compute: |counted, ages| {
            Ratio::of_agents(counted, counted.stock(ages, &UNEMPLOYED), counted.stock(ages, &NEET))
        },
        ..Measure::SHARE
    },
    Measure {
        key: "neet_over_12_months_share",
        label: "Share of those NEET who are so for over 12 months, {ages}",
        numerator: "of these, NEET for more than 12 months",
        denominator: PEOPLE_NEET,
        ages: Ages::between(16, 24),
        better: Better::Lower,
        prominence: Prominence::Detail,
        compute: |counted, ages| {
            let long = counted.stock(ages, &[Status::UnemployedLong, Status::InactiveLong]);
            Ratio::of_agents(counted, long, counted.stock(ages, &NEET))
        },
        ..Measure::SHARE
    },
    Measure {
        key: "economically_active.25_29",
        label: "Economically active, {ages}",
        numerator: "person-months in a job, in an apprenticeship or unemployed at ages {ages}",
        denominator: "person-months of everybody aged {ages}",
        ages: Ages::between(25, 29),
        prominence: Prominence::Detail,
        compute: |counted, ages| {
            let active: u64 =
                [&EMPLOYED[..], &APPRENTICES, &UNEMPLOYED].iter().map(|statuses| counted.stock(ages, statuses)).sum();
            Ratio::of_agents(counted, active, counted.everybody(ages))
        },
        ..Measure::SHARE
    },
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
