//! Employment at a single age.

use super::ages::Ages;
use super::counted::Counted;
use super::measure::{Measure, Prominence};
use super::ratio::Ratio;
use super::statuses::{APPRENTICES, EMPLOYED};

/// The employment rate at an age: `person-months in a job or an apprenticeship / all person-months`.
///
/// Apprentices are employed, as in the Labour Force Survey; students who work beside their course are not,
/// because the model knows one state at a time.
pub(super) const MEASURES: &[Measure] = &[
    Measure {
        key: "employment.25",
        label: "In work at {ages}",
        denominator: "person-months of everybody aged {ages}",
        ages: Ages::at(25),
        compute: rate,
        ..EMPLOYMENT
    },
    Measure {
        key: "employment.30",
        label: "In work at {ages}",
        denominator: "person-months of everybody aged {ages}",
        ages: Ages::at(30),
        compute: rate,
        ..EMPLOYMENT
    },
    Measure {
        key: "employment.35",
        label: "In work at {ages}",
        denominator: "person-months of everybody aged {ages}",
        ages: Ages::at(35),
        compute: rate,
        ..EMPLOYMENT
    },
];

const EMPLOYMENT: Measure = Measure {
    numerator: "person-months in a job or an apprenticeship",
    prominence: Prominence::Detail,
    ..Measure::SHARE
};

fn rate(counted: &Counted, ages: Ages) -> Ratio {
    let working = counted.stock(ages, &EMPLOYED) + counted.stock(ages, &APPRENTICES);
    Ratio::of_agents(counted, working, counted.everybody(ages))
}

#[cfg(test)]
mod tests {
    use crate::engine::tally::Status;
    use crate::outcomes::testing::Sheet;

    #[test]
    fn jobs_and_apprenticeships_are_work_and_study_is_not() {
        let sheet = Sheet::new()
            .stock(25, Status::Working, 3)
            .stock(25, Status::Apprenticeship3, 2)
            .stock(25, Status::HigherEducation, 4)
            .stock(25, Status::InactiveLong, 1)
            .stock(26, Status::Working, 90)
            .stock(35, Status::Professional, 1);
        sheet.expect("employment.25", 0.5);
        sheet.expect("employment.35", 1.0);
        assert_eq!(sheet.value("employment.30"), None);
    }
}
