//! Where people are in the January after compulsory schooling and after 16-18 study.

use super::ages::Ages;
use super::counted::Counted;
use super::measure::{Better, Measure, Prominence};
use super::ratio::Ratio;
use super::statuses::{APPRENTICES, EMPLOYED, NEET};
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
pub(super) const MEASURES: &[Measure] = &[
    Measure {
        key: "destination.16.education",
        label: "In education after 16",
        numerator: "of these, in education",
        denominator: AFTER_16,
        ages: Ages::between(16, 17),
        compute: |counted, _| of(counted, 0, &EDUCATION),
        ..DESTINATION
    },
    Measure {
        key: "destination.16.apprenticeship",
        label: "In an apprenticeship after 16",
        numerator: "of these, in an apprenticeship",
        denominator: AFTER_16,
        ages: Ages::between(16, 17),
        compute: |counted, _| of(counted, 0, &APPRENTICES),
        ..DESTINATION
    },
    Measure {
        key: "destination.16.neet",
        label: "NEET after 16",
        numerator: "of these, NEET",
        denominator: AFTER_16,
        ages: Ages::between(16, 17),
        better: Better::Lower,
        compute: |counted, _| of(counted, 0, &NEET),
        ..DESTINATION
    },
    Measure {
        key: "destination.18.education",
        label: "In education after 18",
        numerator: "of these, in education",
        denominator: AFTER_18,
        ages: Ages::between(18, 19),
        compute: |counted, _| of(counted, 1, &EDUCATION),
        ..DESTINATION
    },
    Measure {
        key: "destination.18.apprenticeship",
        label: "In an apprenticeship after 18",
        numerator: "of these, in an apprenticeship",
        denominator: AFTER_18,
        ages: Ages::between(18, 19),
        compute: |counted, _| of(counted, 1, &APPRENTICES),
        ..DESTINATION
    },
    Measure {
        key: "destination.18.work",
        label: "In a job after 18",
        numerator: "of these, in a job",
        denominator: AFTER_18,
        ages: Ages::between(18, 19),
        compute: |counted, _| of(counted, 1, &EMPLOYED),
        ..DESTINATION
    },
    Measure {
        key: "destination.18.neet",
        label: "NEET after 18",
        numerator: "of these, NEET",
        denominator: AFTER_18,
        ages: Ages::between(18, 19),
        better: Better::Lower,
        compute: |counted, _| of(counted, 1, &NEET),
        ..DESTINATION
    },
];

const DESTINATION: Measure = Measure { better: Better::Neither, prominence: Prominence::Detail, ..Measure::SHARE };

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
