//! Vacancies: the shortage of skills, and how many there are for each unemployed person.

use super::measure::{Better, Measure, Scope};
use super::ratio::Ratio;
use super::statuses::UNEMPLOYED;

/// The skill-shortage share of vacancies and vacancies per unemployed person.
///
/// Both sum over the months of a period: a vacancy open for three months counts three times, as does a
/// person unemployed for three months. A skill-shortage vacancy has applicants of whom none reaches the
/// employer's threshold.
///
/// # Source
/// The first follows the Department for Education's Employer Skills Survey (density of skill-shortage
/// vacancies); the survey asks employers once, and covers vacancies for all ages.
pub(super) const MEASURES: &[Measure] = &[
    Measure {
        key: "skill_shortage_vacancies",
        label: "Skill-shortage share of vacancies",
        numerator: "vacancy-months with applicants of whom none reached the threshold",
        denominator: "vacancy-months open to people aged {ages}",
        better: Better::Lower,
        scope: Scope::Places,
        compute: |counted, _| {
            let vacancies = counted.vacancies();
            Ratio::of_agents(counted, vacancies.shortage, vacancies.open)
        },
        ..Measure::SHARE
    },
    Measure {
        key: "vacancies_per_unemployed",
        label: "Vacancies per unemployed person",
        unit: "vacancies per person",
        numerator: "vacancy-months open to people aged {ages}",
        denominator: "person-months unemployed at ages {ages}",
        better: Better::Neither,
        scope: Scope::Places,
        compute: |counted, ages| Ratio::of_agents(counted, counted.vacancies().open, counted.stock(ages, &UNEMPLOYED)),
        ..Measure::SHARE
    },
];

#[cfg(test)]
mod tests {
    use crate::engine::tally::Status;
    use crate::outcomes::testing::Sheet;

    #[test]
    fn vacancies_of_every_class_count_together() {
        let mut sheet = Sheet::new().stock(30, Status::UnemployedShort, 30).stock(39, Status::UnemployedLong, 10);
        for (class, open, shortage) in [(0, 10, 1), (1, 6, 0), (2, 4, 4)] {
            sheet.period.vacancies[class].open = open;
            sheet.period.vacancies[class].shortage = shortage;
        }
        sheet.expect("skill_shortage_vacancies", 0.25);
        sheet.expect("vacancies_per_unemployed", 0.5);
    }
}
