//! Class of job over a range of ages, as surveys report it.

use super::counted::EMPLOYED;
use super::{Better, Counted, Measure, Ratio, share};
use crate::engine::tally::Status;
use std::ops::RangeInclusive;

const PROFESSIONAL: &str = "of these, in a professional job";
const INTERMEDIATE: &str = "of these, in an intermediate job";
const WORKING: &str = "of these, in a working-class job";
const AT_22_29: &str = "person-months in a job at ages 22-29 (apprentices left out)";
const AT_25_29: &str = "person-months in a job at ages 25-29 (apprentices left out)";
const AT_25: &str = "person-months in a job at age 25 (apprentices left out)";
const AT_28: &str = "person-months in a job at age 28 (apprentices left out)";

/// The share of person-months in a job that are in a job of each class.
///
/// # Source
/// The age groups of the Social Mobility Commission's indicators: 22-29 (DR33, class of jobs held by young people), 25-29 (IN33, by
/// origin), single ages (IN42). The three analytic classes join its five.
pub(super) const MEASURES: [Measure; 8] = [
    in_class(
        "job_class.professional.22_29",
        "In a professional job, 22-29",
        PROFESSIONAL,
        AT_22_29,
        "22-29",
        |counted| of(counted, 22..=29, Status::Professional),
    ),
    in_class(
        "job_class.intermediate.22_29",
        "In an intermediate job, 22-29",
        INTERMEDIATE,
        AT_22_29,
        "22-29",
        |counted| of(counted, 22..=29, Status::Intermediate),
    )
    .better(Better::Neither),
    in_class("job_class.working.22_29", "In a working-class job, 22-29", WORKING, AT_22_29, "22-29", |counted| {
        of(counted, 22..=29, Status::Working)
    })
    .better(Better::Neither),
    in_class(
        "job_class.professional.25_29",
        "In a professional job, 25-29",
        PROFESSIONAL,
        AT_25_29,
        "25-29",
        |counted| of(counted, 25..=29, Status::Professional),
    ),
    in_class(
        "job_class.intermediate.25_29",
        "In an intermediate job, 25-29",
        INTERMEDIATE,
        AT_25_29,
        "25-29",
        |counted| of(counted, 25..=29, Status::Intermediate),
    )
    .better(Better::Neither),
    in_class("job_class.working.25_29", "In a working-class job, 25-29", WORKING, AT_25_29, "25-29", |counted| {
        of(counted, 25..=29, Status::Working)
    })
    .better(Better::Neither),
    in_class("job_class.professional.aged_25", "In a professional job, age 25", PROFESSIONAL, AT_25, "25", |counted| {
        of(counted, 25..=25, Status::Professional)
    }),
    in_class("job_class.professional.aged_28", "In a professional job, age 28", PROFESSIONAL, AT_28, "28", |counted| {
        of(counted, 28..=28, Status::Professional)
    }),
];

const fn in_class(
    key: &'static str,
    label: &'static str,
    numerator: &'static str,
    denominator: &'static str,
    ages: &'static str,
    compute: fn(&Counted) -> Ratio,
) -> Measure {
    share(key, label, numerator, denominator, ages, compute).detail()
}

fn of(counted: &Counted, ages: RangeInclusive<u16>, class: Status) -> Ratio {
    Ratio::of_agents(counted, counted.stock(ages.clone(), &[class]), counted.stock(ages, &EMPLOYED))
}

#[cfg(test)]
mod tests {
    use crate::engine::tally::Status;
    use crate::outcomes::testing::Sheet;

    #[test]
    fn classes_of_an_age_group_are_shares_of_people_in_a_job() {
        let sheet = Sheet::new()
            .stock(22, Status::Working, 5)
            .stock(25, Status::Professional, 3)
            .stock(28, Status::Professional, 1)
            .stock(29, Status::Intermediate, 1)
            .stock(25, Status::Apprenticeship3, 90)
            .stock(28, Status::UnemployedLong, 90)
            .stock(28, Status::Working, 3)
            .stock(31, Status::Professional, 4);
        sheet.expect("job_class.professional.22_29", 4.0 / 13.0);
        sheet.expect("job_class.working.25_29", 3.0 / 8.0);
        sheet.expect("job_class.intermediate.25_29", 1.0 / 8.0);
        sheet.expect("job_class.professional.aged_25", 1.0);
        sheet.expect("job_class.professional.aged_28", 0.25);
    }
}
