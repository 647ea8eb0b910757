//! Unemployment among active young people.

use super::counted::{APPRENTICES, EMPLOYED, UNEMPLOYED};
use super::{Better, Measure, Ratio, share};

/// Youth unemployment: `unemployed / (employed + apprentices + unemployed)`, person-months at 16 to 24.
///
/// Students who seek work count as students here, so the level lies below the published rate, which
/// follows the International Labour Organization and counts them as active.
pub(super) const MEASURES: [Measure; 1] = [share(
    "youth_unemployment",
    "Youth unemployment rate, 16-24",
    "person-months unemployed at ages 16-24",
    "person-months in a job, in an apprenticeship or unemployed at ages 16-24",
    "16-24",
    |counted| {
        let unemployed = counted.stock(16..=24, &UNEMPLOYED);
        let in_work = counted.stock(16..=24, &EMPLOYED) + counted.stock(16..=24, &APPRENTICES);
        Ratio::of_agents(counted, unemployed, unemployed + in_work)
    },
)
.better(Better::Lower)];

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
