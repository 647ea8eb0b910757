//! What young people are doing, by age.

use super::counted::{APPRENTICES, EMPLOYED, INACTIVE, UNEMPLOYED};
use super::{Better, Counted, Measure, Ratio, share};
use crate::engine::tally::Status;
use std::ops::RangeInclusive;

const SIXTH_FORM: [Status; 1] = [Status::SixthForm];
const FURTHER_EDUCATION: [Status; 1] = [Status::FurtherEducation];
const HIGHER_EDUCATION: [Status; 1] = [Status::HigherEducation];
const AT_16_17: &str = "person-months of everybody aged 16-17";
const AT_18_20: &str = "person-months of everybody aged 18-20";
const AT_21_24: &str = "person-months of everybody aged 21-24";
const AT_25_29: &str = "person-months of everybody aged 25-29";
const AT_30_39: &str = "person-months of everybody aged 30-39";

/// The share of an age group's time spent in each state: `person-months in the state / all person-months`.
///
/// States that an age group hardly knows are left out (higher education at 16-17, sixth form from 21); the rest
/// of an age group's shares add up to one but for those.
pub(super) const MEASURES: [Measure; 31] = [
    in_state(
        "state_share.sixth_form.16_17",
        "In sixth form, 16-17",
        "person-months in sixth form",
        AT_16_17,
        "16-17",
        |counted| of_age(counted, 16..=17, &SIXTH_FORM),
    ),
    in_state(
        "state_share.further_education.16_17",
        "In further education, 16-17",
        "person-months in further education",
        AT_16_17,
        "16-17",
        |counted| of_age(counted, 16..=17, &FURTHER_EDUCATION),
    ),
    in_state(
        "state_share.apprenticeship.16_17",
        "In an apprenticeship, 16-17",
        "person-months in an apprenticeship",
        AT_16_17,
        "16-17",
        |counted| of_age(counted, 16..=17, &APPRENTICES),
    ),
    in_state(
        "state_share.employed.16_17",
        "In a job, 16-17",
        "person-months in a job (apprentices left out)",
        AT_16_17,
        "16-17",
        |counted| of_age(counted, 16..=17, &EMPLOYED),
    )
    .better(Better::Higher),
    in_state(
        "state_share.unemployed.16_17",
        "Unemployed, 16-17",
        "person-months unemployed and not in learning",
        AT_16_17,
        "16-17",
        |counted| of_age(counted, 16..=17, &UNEMPLOYED),
    )
    .better(Better::Lower),
    in_state(
        "state_share.inactive.16_17",
        "Inactive, 16-17",
        "person-months inactive and not in learning",
        AT_16_17,
        "16-17",
        |counted| of_age(counted, 16..=17, &INACTIVE),
    )
    .better(Better::Lower),
    in_state(
        "state_share.sixth_form.18_20",
        "In sixth form, 18-20",
        "person-months in sixth form",
        AT_18_20,
        "18-20",
        |counted| of_age(counted, 18..=20, &SIXTH_FORM),
    ),
    in_state(
        "state_share.further_education.18_20",
        "In further education, 18-20",
        "person-months in further education",
        AT_18_20,
        "18-20",
        |counted| of_age(counted, 18..=20, &FURTHER_EDUCATION),
    ),
    in_state(
        "state_share.apprenticeship.18_20",
        "In an apprenticeship, 18-20",
        "person-months in an apprenticeship",
        AT_18_20,
        "18-20",
        |counted| of_age(counted, 18..=20, &APPRENTICES),
    ),
    in_state(
        "state_share.higher_education.18_20",
        "In higher education, 18-20",
        "person-months in higher education",
        AT_18_20,
        "18-20",
        |counted| of_age(counted, 18..=20, &HIGHER_EDUCATION),
    ),
    in_state(
        "state_share.employed.18_20",
        "In a job, 18-20",
        "person-months in a job (apprentices left out)",
        AT_18_20,
        "18-20",
        |counted| of_age(counted, 18..=20, &EMPLOYED),
    )
    .better(Better::Higher),
    in_state(
        "state_share.unemployed.18_20",
        "Unemployed, 18-20",
        "person-months unemployed and not in learning",
        AT_18_20,
        "18-20",
        |counted| of_age(counted, 18..=20, &UNEMPLOYED),
    )
    .better(Better::Lower),
    in_state(
        "state_share.inactive.18_20",
        "Inactive, 18-20",
        "person-months inactive and not in learning",
        AT_18_20,
        "18-20",
        |counted| of_age(counted, 18..=20, &INACTIVE),
    )
    .better(Better::Lower),
    in_state(
        "state_share.further_education.21_24",
        "In further education, 21-24",
        "person-months in further education",
        AT_21_24,
        "21-24",
        |counted| of_age(counted, 21..=24, &FURTHER_EDUCATION),
    ),
    in_state(
        "state_share.apprenticeship.21_24",
        "In an apprenticeship, 21-24",
        "person-months in an apprenticeship",
        AT_21_24,
        "21-24",
        |counted| of_age(counted, 21..=24, &APPRENTICES),
    ),
    in_state(
        "state_share.higher_education.21_24",
        "In higher education, 21-24",
        "person-months in higher education",
        AT_21_24,
        "21-24",
        |counted| of_age(counted, 21..=24, &HIGHER_EDUCATION),
    ),
    in_state(
        "state_share.employed.21_24",
        "In a job, 21-24",
        "person-months in a job (apprentices left out)",
        AT_21_24,
        "21-24",
        |counted| of_age(counted, 21..=24, &EMPLOYED),
    )
    .better(Better::Higher),
    in_state(
        "state_share.unemployed.21_24",
        "Unemployed, 21-24",
        "person-months unemployed and not in learning",
        AT_21_24,
        "21-24",
        |counted| of_age(counted, 21..=24, &UNEMPLOYED),
    )
    .better(Better::Lower),
    in_state(
        "state_share.inactive.21_24",
        "Inactive, 21-24",
        "person-months inactive and not in learning",
        AT_21_24,
        "21-24",
        |counted| of_age(counted, 21..=24, &INACTIVE),
    )
    .better(Better::Lower),
    in_state(
        "state_share.further_education.25_29",
        "In further education, 25-29",
        "person-months in further education",
        AT_25_29,
        "25-29",
        |counted| of_age(counted, 25..=29, &FURTHER_EDUCATION),
    ),
    in_state(
        "state_share.apprenticeship.25_29",
        "In an apprenticeship, 25-29",
        "person-months in an apprenticeship",
        AT_25_29,
        "25-29",
        |counted| of_age(counted, 25..=29, &APPRENTICES),
    ),
    in_state(
        "state_share.higher_education.25_29",
        "In higher education, 25-29",
        "person-months in higher education",
        AT_25_29,
        "25-29",
        |counted| of_age(counted, 25..=29, &HIGHER_EDUCATION),
    ),
    in_state(
        "state_share.employed.25_29",
        "In a job, 25-29",
        "person-months in a job (apprentices left out)",
        AT_25_29,
        "25-29",
        |counted| of_age(counted, 25..=29, &EMPLOYED),
    )
    .better(Better::Higher),
    in_state(
        "state_share.unemployed.25_29",
        "Unemployed, 25-29",
        "person-months unemployed and not in learning",
        AT_25_29,
        "25-29",
        |counted| of_age(counted, 25..=29, &UNEMPLOYED),
    )
    .better(Better::Lower),
    in_state(
        "state_share.inactive.25_29",
        "Inactive, 25-29",
        "person-months inactive and not in learning",
        AT_25_29,
        "25-29",
        |counted| of_age(counted, 25..=29, &INACTIVE),
    )
    .better(Better::Lower),
    in_state(
        "state_share.further_education.30_39",
        "In further education, 30-39",
        "person-months in further education",
        AT_30_39,
        "30-39",
        |counted| of_age(counted, 30..=39, &FURTHER_EDUCATION),
    ),
    in_state(
        "state_share.apprenticeship.30_39",
        "In an apprenticeship, 30-39",
        "person-months in an apprenticeship",
        AT_30_39,
        "30-39",
        |counted| of_age(counted, 30..=39, &APPRENTICES),
    ),
    in_state(
        "state_share.higher_education.30_39",
        "In higher education, 30-39",
        "person-months in higher education",
        AT_30_39,
        "30-39",
        |counted| of_age(counted, 30..=39, &HIGHER_EDUCATION),
    ),
    in_state(
        "state_share.employed.30_39",
        "In a job, 30-39",
        "person-months in a job (apprentices left out)",
        AT_30_39,
        "30-39",
        |counted| of_age(counted, 30..=39, &EMPLOYED),
    )
    .better(Better::Higher),
    in_state(
        "state_share.unemployed.30_39",
        "Unemployed, 30-39",
        "person-months unemployed and not in learning",
        AT_30_39,
        "30-39",
        |counted| of_age(counted, 30..=39, &UNEMPLOYED),
    )
    .better(Better::Lower),
    in_state(
        "state_share.inactive.30_39",
        "Inactive, 30-39",
        "person-months inactive and not in learning",
        AT_30_39,
        "30-39",
        |counted| of_age(counted, 30..=39, &INACTIVE),
    )
    .better(Better::Lower),
];

const fn in_state(
    key: &'static str,
    label: &'static str,
    numerator: &'static str,
    denominator: &'static str,
    ages: &'static str,
    compute: fn(&Counted) -> Ratio,
) -> Measure {
    share(key, label, numerator, denominator, ages, compute).better(Better::Neither).detail()
}

fn of_age(counted: &Counted, ages: RangeInclusive<u16>, statuses: &[Status]) -> Ratio {
    Ratio::of_agents(counted, counted.stock(ages.clone(), statuses), counted.everybody(ages))
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
