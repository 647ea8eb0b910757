//! Employment at a single age.

use super::counted::{APPRENTICES, EMPLOYED};
use super::{Counted, Measure, Ratio, share};

/// The employment rate at an age: `person-months in a job or an apprenticeship / all person-months`.
///
/// Apprentices are employed, as in the Labour Force Survey; students who work beside their course are not,
/// because the model knows one state at a time.
pub(super) const MEASURES: [Measure; 3] = [
    at_age("employment.25", "In work at 25", "person-months of everybody aged 25", "25", |counted| rate(counted, 25)),
    at_age("employment.30", "In work at 30", "person-months of everybody aged 30", "30", |counted| rate(counted, 30)),
    at_age("employment.35", "In work at 35", "person-months of everybody aged 35", "35", |counted| rate(counted, 35)),
];

const fn at_age(
    key: &'static str,
    label: &'static str,
    denominator: &'static str,
    ages: &'static str,
    compute: fn(&Counted) -> Ratio,
) -> Measure {
    share(key, label, "person-months in a job or an apprenticeship", denominator, ages, compute).detail()
}

fn rate(counted: &Counted, age: u16) -> Ratio {
    let working = counted.stock(age..=age, &EMPLOYED) + counted.stock(age..=age, &APPRENTICES);
    Ratio::of_agents(counted, working, counted.everybody(age..=age))
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
