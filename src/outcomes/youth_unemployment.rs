//! Unemployment among active young people.

use super::ages::Ages;
use super::measure::{Better, Measure};
use super::ratio::Ratio;
use super::statuses::{APPRENTICES, EMPLOYED, UNEMPLOYED};

/// Youth unemployment: `unemployed / (employed + apprentices + unemployed)`, person-months at 16 to 24.
///
/// Students who seek work count as students here, so the level lies below the published rate, which
/// follows the International Labour Organization and counts them as active.
pub(super) const MEASURES: &[Measure] = &[Measure {
    key: "youth_unemployment",
    label: "Youth unemployment rate, {ages}",
    numerator: "person-months unemployed at ages {ages}",
    denominator: "person-months in a job, in an apprenticeship or unemployed at ages {ages}",
    ages: Ages::between(16, 24),
    better: Better::Lower,
    compute: |counted, ages| {
        let unemployed = counted.stock(ages, &UNEMPLOYED);
        let in_work = counted.stock(ages, &EMPLOYED) + counted.stock(ages, &APPRENTICES);
        Ratio::of_agents(counted, unemployed, unemployed + in_work)
    },
    ..Measure::SHARE
}];

#[cfg(test)]
mod tests {
    use crate::engine::tally::Status;
    use crate::outcomes::testing::Sheet;

    #[test]
    fn apprentices_are_active_and_students_and_the_inactive_are_not() {
        let sheet = Sheet::new()
            .stock(18, Status::UnemployedShort, 2)
            .stock(19, Status::UnemployedLong, 1)
            .stock(20, Status::Professional, 5)
            .stock(20, Status::Apprenticeship3, 12)
            .stock(20, Status::HigherEducation, 70)
            .stock(20, Status::InactiveShort, 30);
        sheet.expect("youth_unemployment", 3.0 / 20.0);
    }
}
