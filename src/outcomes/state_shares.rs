//! What young people are doing, by age.

use super::ages::Ages;
use super::counted::Counted;
use super::measure::{Better, Measure, Prominence};
use super::ratio::Ratio;
use super::statuses::{APPRENTICES, EMPLOYED, INACTIVE, UNEMPLOYED};
use crate::engine::tally::Status;

const AT_AGE: &str = "person-months of everybody aged {ages}";

/// The share of an age group's time spent in each state: `person-months in the state / all person-months`.
///
/// States that an age group hardly knows are left out (higher education at 16-17, sixth form from 21); the rest
/// of an age group's shares add up to one but for those.
pub(super) const MEASURES: &[Measure] = &[
    Measure {
        key: "state_share.sixth_form.16_17",
        label: "In sixth form, {ages}",
        denominator: AT_AGE,
        ages: Ages::between(16, 17),
        ..SIXTH_FORM
    },
    Measure {
        key: "state_share.further_education.16_17",
        label: "In further education, {ages}",
        denominator: AT_AGE,
        ages: Ages::between(16, 17),
        ..FURTHER_EDUCATION
    },
    Measure {
        key: "state_share.apprenticeship.16_17",
        label: "In an apprenticeship, {ages}",
        denominator: AT_AGE,
        ages: Ages::between(16, 17),
        ..APPRENTICESHIP
    },
    Measure {
        key: "state_share.employed.16_17",
        label: "In a job, {ages}",
        denominator: AT_AGE,
        ages: Ages::between(16, 17),
        ..JOB
    },
    Measure {
        key: "state_share.unemployed.16_17",
        label: "Unemployed, {ages}",
        denominator: AT_AGE,
        ages: Ages::between(16, 17),
        ..UNEMPLOYMENT
    },
    Measure {
        key: "state_share.inactive.16_17",
        label: "Inactive, {ages}",
        denominator: AT_AGE,
        ages: Ages::between(16, 17),
        ..INACTIVITY
    },
    Measure {
        key: "state_share.sixth_form.18_20",
        label: "In sixth form, {ages}",
        denominator: AT_AGE,
        ages: Ages::between(18, 20),
        ..SIXTH_FORM
    },
    Measure {
        key: "state_share.further_education.18_20",
        label: "In further education, {ages}",
        denominator: AT_AGE,
        ages: Ages::between(18, 20),
        ..FURTHER_EDUCATION
    },
    Measure {
        key: "state_share.apprenticeship.18_20",
        label: "In an apprenticeship, {ages}",
        denominator: AT_AGE,
        ages: Ages::between(18, 20),
        ..APPRENTICESHIP
    },
    Measure {
        key: "state_share.higher_education.18_20",
        label: "In higher education, {ages}",
        denominator: AT_AGE,
        ages: Ages::between(18, 20),
        ..HIGHER_EDUCATION
    },
    Measure {
        key: "state_share.employed.18_20",
        label: "In a job, {ages}",
        denominator: AT_AGE,
        ages: Ages::between(18, 20),
        ..JOB
    },
    Measure {
        key: "state_share.unemployed.18_20",
        label: "Unemployed, {ages}",
        denominator: AT_AGE,
        ages: Ages::between(18, 20),
        ..UNEMPLOYMENT
    },
    Measure {
        key: "state_share.inactive.18_20",
        label: "Inactive, {ages}",
        denominator: AT_AGE,
        ages: Ages::between(18, 20),
        ..INACTIVITY
    },
    Measure {
        key: "state_share.further_education.21_24",
        label: "In further education, {ages}",
        denominator: AT_AGE,
        ages: Ages::between(21, 24),
        ..FURTHER_EDUCATION
    },
    Measure {
        key: "state_share.apprenticeship.21_24",
        label: "In an apprenticeship, {ages}",
        denominator: AT_AGE,
        ages: Ages::between(21, 24),
        ..APPRENTICESHIP
    },
    Measure {
        key: "state_share.higher_education.21_24",
        label: "In higher education, {ages}",
        denominator: AT_AGE,
        ages: Ages::between(21, 24),
        ..HIGHER_EDUCATION
    },
    Measure {
        key: "state_share.employed.21_24",
        label: "In a job, {ages}",
        denominator: AT_AGE,
        ages: Ages::between(21, 24),
        ..JOB
    },
    Measure {
        key: "state_share.unemployed.21_24",
        label: "Unemployed, {ages}",
        denominator: AT_AGE,
        ages: Ages::between(21, 24),
        ..UNEMPLOYMENT
    },
    Measure {
        key: "state_share.inactive.21_24",
        label: "Inactive, {ages}",
        denominator: AT_AGE,
        ages: Ages::between(21, 24),
        ..INACTIVITY
    },
    Measure {
        key: "state_share.further_education.25_29",
        label: "In further education, {ages}",
        denominator: AT_AGE,
        ages: Ages::between(25, 29),
        ..FURTHER_EDUCATION
    },
    Measure {
        key: "state_share.apprenticeship.25_29",
        label: "In an apprenticeship, {ages}",
        denominator: AT_AGE,
        ages: Ages::between(25, 29),
        ..APPRENTICESHIP
    },
    Measure {
        key: "state_share.higher_education.25_29",
        label: "In higher education, {ages}",
        denominator: AT_AGE,
        ages: Ages::between(25, 29),
        ..HIGHER_EDUCATION
    },
    Measure {
        key: "state_share.employed.25_29",
        label: "In a job, {ages}",
        denominator: AT_AGE,
        ages: Ages::between(25, 29),
        ..JOB
    },
    Measure {
        key: "state_share.unemployed.25_29",
        label: "Unemployed, {ages}",
        denominator: AT_AGE,
        ages: Ages::between(25, 29),
        ..UNEMPLOYMENT
    },
    Measure {
        key: "state_share.inactive.25_29",
        label: "Inactive, {ages}",
        denominator: AT_AGE,
        ages: Ages::between(25, 29),
        ..INACTIVITY
    },
    Measure {
        key: "state_share.further_education.30_39",
        label: "In further education, {ages}",
        denominator: AT_AGE,
        ages: Ages::between(30, 39),
        ..FURTHER_EDUCATION
    },
    Measure {
        key: "state_share.apprenticeship.30_39",
        label: "In an apprenticeship, {ages}",
        denominator: AT_AGE,
        ages: Ages::between(30, 39),
        ..APPRENTICESHIP
    },
    Measure {
        key: "state_share.higher_education.30_39",
        label: "In higher education, {ages}",
        denominator: AT_AGE,
        ages: Ages::between(30, 39),
        ..HIGHER_EDUCATION
    },
    Measure {
        key: "state_share.employed.30_39",
        label: "In a job, {ages}",
        denominator: AT_AGE,
        ages: Ages::between(30, 39),
        ..JOB
    },
    Measure {
        key: "state_share.unemployed.30_39",
        label: "Unemployed, {ages}",
        denominator: AT_AGE,
        ages: Ages::between(30, 39),
        ..UNEMPLOYMENT
    },
    Measure {
        key: "state_share.inactive.30_39",
        label: "Inactive, {ages}",
        denominator: AT_AGE,
        ages: Ages::between(30, 39),
        ..INACTIVITY
    },
];

const IN_STATE: Measure = Measure { better: Better::Neither, prominence: Prominence::Detail, ..Measure::SHARE };
const SIXTH_FORM: Measure = Measure {
    numerator: "person-months in sixth form",
    compute: |counted, ages| of_age(counted, ages, &[Status::SixthForm]),
    ..IN_STATE
};
const FURTHER_EDUCATION: Measure = Measure {
    numerator: "person-months in further education",
    compute: |counted, ages| of_age(counted, ages, &[Status::FurtherEducation]),
    ..IN_STATE
};
const APPRENTICESHIP: Measure = Measure {
    numerator: "person-months in an apprenticeship",
    compute: |counted, ages| of_age(counted, ages, &APPRENTICES),
    ..IN_STATE
};
const HIGHER_EDUCATION: Measure = Measure {
    numerator: "person-months in higher education",
    compute: |counted, ages| of_age(counted, ages, &[Status::HigherEducation]),
    ..IN_STATE
};
const JOB: Measure = Measure {
    numerator: "person-months in a job (apprentices left out)",
    better: Better::Higher,
    compute: |counted, ages| of_age(counted, ages, &EMPLOYED),
    ..IN_STATE
};
const UNEMPLOYMENT: Measure = Measure {
    numerator: "person-months unemployed and not in learning",
    better: Better::Lower,
    compute: |counted, ages| of_age(counted, ages, &UNEMPLOYED),
    ..IN_STATE
};
const INACTIVITY: Measure = Measure {
    numerator: "person-months inactive and not in learning",
    better: Better::Lower,
    compute: |counted, ages| of_age(counted, ages, &INACTIVE),
    ..IN_STATE
};

fn of_age(counted: &Counted, ages: Ages, statuses: &[Status]) -> Ratio {
    Ratio::of_agents(counted, counted.stock(ages, statuses), counted.everybody(ages))
}

#[cfg(test)]
mod tests {
    use crate::outcomes::testing::Sheet;

    #[test]
    fn each_state_gets_its_share_of_the_age_group() {
        // One person-month in each of the 13 statuses at 19, and 13 more in another age group.
        let sheet = Sheet::new().one_of_each(19).one_of_each(26);
        sheet.expect("state_share.sixth_form.18_20", 1.0 / 13.0);
        sheet.expect("state_share.further_education.18_20", 1.0 / 13.0);
        sheet.expect("state_share.apprenticeship.18_20", 3.0 / 13.0);
        sheet.expect("state_share.higher_education.18_20", 1.0 / 13.0);
        sheet.expect("state_share.employed.18_20", 3.0 / 13.0);
        sheet.expect("state_share.unemployed.18_20", 2.0 / 13.0);
        sheet.expect("state_share.inactive.18_20", 2.0 / 13.0);
        assert_eq!(sheet.value("state_share.employed.21_24"), None);
    }
}
