//! Participation in higher education.

use super::ages::Ages;
use super::measure::Measure;
use super::ratio::Ratio;
use crate::engine::tally::Status;

/// Participation: `person-months in higher education / all person-months`, ages 18 to 20.
pub(super) const MEASURES: &[Measure] = &[Measure {
    key: "higher_education_participation",
    label: "Higher education participation, {ages}",
    numerator: "person-months in higher education at ages {ages}",
    denominator: "person-months of everybody aged {ages}",
    ages: Ages::between(18, 20),
    compute: |counted, ages| {
        Ratio::of_agents(counted, counted.stock(ages, &[Status::HigherEducation]), counted.everybody(ages))
    },
    ..Measure::SHARE
}];

#[cfg(test)]
mod tests {
    use crate::engine::tally::Status;
    use crate::outcomes::testing::Sheet;

    #[test]
    fn only_ages_18_to_20_count() {
        let sheet = Sheet::new()
            .stock(18, Status::HigherEducation, 3)
            .stock(20, Status::Working, 5)
            .stock(21, Status::HigherEducation, 100)
            .stock(17, Status::SixthForm, 100);
        sheet.expect("higher_education_participation", 3.0 / 8.0);
    }
}
