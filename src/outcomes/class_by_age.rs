//! Class of job over a range of ages, as surveys report it.

use super::ages::Ages;
use super::counted::Counted;
use super::measure::{Better, Measure, Prominence};
use super::ratio::Ratio;
use super::statuses::EMPLOYED;
use crate::engine::tally::Status;

const PROFESSIONAL: &str = "of these, in a professional job";
const INTERMEDIATE: &str = "of these, in an intermediate job";
const WORKING: &str = "of these, in a working-class job";

/// The share of person-months in a job that are in a job of each class.
///
/// # Source
/// The age groups of the Social Mobility Commission's indicators: 22-29 (DR33, class of jobs held by young people), 25-29 (IN33, by
/// origin), single ages (IN42). The three analytic classes join its five.
pub(super) const MEASURES: &[Measure] = &[
    Measure {
        key: "job_class.professional.22_29",
        label: "In a professional job, {ages}",
        numerator: PROFESSIONAL,
        ages: Ages::between(22, 29),
        compute: |counted, ages| of(counted, ages, Status::Professional),
        ..IN_CLASS
    },
    Measure {
        key: "job_class.intermediate.22_29",
        label: "In an intermediate job, {ages}",
        numerator: INTERMEDIATE,
        ages: Ages::between(22, 29),
        better: Better::Neither,
        compute: |counted, ages| of(counted, ages, Status::Intermediate),
        ..IN_CLASS
    },
    Measure {
        key: "job_class.working.22_29",
        label: "In a working-class job, {ages}",
        numerator: WORKING,
        ages: Ages::between(22, 29),
        better: Better::Neither,
        compute: |counted, ages| of(counted, ages, Status::Working),
        ..IN_CLASS
    },
    Measure {
        key: "job_class.professional.25_29",
        label: "In a professional job, {ages}",
        numerator: PROFESSIONAL,
        ages: Ages::between(25, 29),
        compute: |counted, ages| of(counted, ages, Status::Professional),
        ..IN_CLASS
    },
    Measure {
        key: "job_class.intermediate.25_29",
        label: "In an intermediate job, {ages}",
        numerator: INTERMEDIATE,
        ages: Ages::between(25, 29),
        better: Better::Neither,
        compute: |counted, ages| of(counted, ages, Status::Intermediate),
        ..IN_CLASS
    },
    Measure {
        key: "job_class.working.25_29",
        label: "In a working-class job, {ages}",
        numerator: WORKING,
        ages: Ages::between(25, 29),
        better: Better::Neither,
        compute: |counted, ages| of(counted, ages, Status::Working),
        ..IN_CLASS
    },
    Measure {
        key: "job_class.professional.aged_25",
        label: "In a professional job, age {ages}",
        numerator: PROFESSIONAL,
        ages: Ages::at(25),
        compute: |counted, ages| of(counted, ages, Status::Professional),
        ..AT_ONE_AGE
    },
    Measure {
        key: "job_class.professional.aged_28",
        label: "In a professional job, age {ages}",
        numerator: PROFESSIONAL,
        ages: Ages::at(28),
        compute: |counted, ages| of(counted, ages, Status::Professional),
        ..AT_ONE_AGE
    },
];

const IN_CLASS: Measure = Measure {
    denominator: "person-months in a job at ages {ages} (apprentices left out)",
    prominence: Prominence::Detail,
    ..Measure::SHARE
};

const AT_ONE_AGE: Measure =
    Measure { denominator: "person-months in a job at age {ages} (apprentices left out)", ..IN_CLASS };

fn of(counted: &Counted, ages: Ages, class: Status) -> Ratio {
    Ratio::of_agents(counted, counted.stock(ages, &[class]), counted.stock(ages, &EMPLOYED))
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
