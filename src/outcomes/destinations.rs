//! Where people are in the January after compulsory schooling and after 16-18 study.

use super::counted::{APPRENTICES, EMPLOYED, NEET};
use super::{Better, Counted, Measure, Ratio, share};
use crate::engine::tally::Status;
use strum::VariantArray;

const AFTER_16: &str = "people in their first January after compulsory schooling";
const AFTER_18: &str = "people in their third January after compulsory schooling";
const EDUCATION: [Status; 3] = [Status::SixthForm, Status::FurtherEducation, Status::HigherEducation];

/// Destinations after 16 and after 18, as shares of everybody of the academic year.
///
/// # Source
/// The destination measures of the Department for Education, which ask for six months or two terms in one destination (a snapshot here), and
/// after 18 leave out who left study at 17.
pub(super) const MEASURES: [Measure; 7] = [
    at("destination.16.education", "In education after 16", "of these, in education", AFTER_16, "16-17", |counted| {
        of(counted, 0, &EDUCATION)
    }),
    at(
        "destination.16.apprenticeship",
        "In an apprenticeship after 16",
        "of these, in an apprenticeship",
        AFTER_16,
        "16-17",
        |counted| of(counted, 0, &APPRENTICES),
    ),
    at("destination.16.neet", "NEET after 16", "of these, NEET", AFTER_16, "16-17", |counted| of(counted, 0, &NEET))
        .better(Better::Lower),
    at("destination.18.education", "In education after 18", "of these, in education", AFTER_18, "18-19", |counted| {
        of(counted, 1, &EDUCATION)
    }),
    at(
        "destination.18.apprenticeship",
        "In an apprenticeship after 18",
        "of these, in an apprenticeship",
        AFTER_18,
        "18-19",
        |counted| of(counted, 1, &APPRENTICES),
    ),
    at("destination.18.work", "In a job after 18", "of these, in a job", AFTER_18, "18-19", |counted| {
        of(counted, 1, &EMPLOYED)
    }),
    at("destination.18.neet", "NEET after 18", "of these, NEET", AFTER_18, "18-19", |counted| of(counted, 1, &NEET))
        .better(Better::Lower),
];

const fn at(
    key: &'static str,
    label: &'static str,
    numerator: &'static str,
    denominator: &'static str,
    ages: &'static str,
    compute: fn(&Counted) -> Ratio,
) -> Measure {
    share(key, label, numerator, denominator, ages, compute).better(Better::Neither).detail()
}

fn of(counted: &Counted, stage: usize, statuses: &[Status]) -> Ratio {
    let Some(surveyed) = counted.surveyed() else { return Ratio::UNKNOWN };
    let people = |statuses: &[Status]| surveyed.destinations(stage, statuses);
    Ratio::of_agents(counted, people(statuses), people(Status::VARIANTS))
}

#[cfg(test)]
mod tests {
    use crate::engine::tally::Status;
    use crate::outcomes::testing::Sheet;

    #[test]
    fn destinations_are_shares_of_their_academic_year() {
        let sheet = Sheet::new()
            .destination(0, Status::SixthForm, 8)
            .destination(0, Status::Apprenticeship2, 1)
            .destination(0, Status::UnemployedShort, 1)
            .destination(1, Status::HigherEducation, 2)
            .destination(1, Status::Working, 2);
        sheet.expect("destination.16.education", 0.8);
        sheet.expect("destination.16.apprenticeship", 0.1);
        sheet.expect("destination.16.neet", 0.1);
        sheet.expect("destination.18.education", 0.5);
        sheet.expect("destination.18.work", 0.5);
    }
}
