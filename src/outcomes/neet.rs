//! Young people not in education, employment or training.

use super::ages::Ages;
use super::counted::Counted;
use super::measure::{Better, Measure, Prominence};
use super::ratio::Ratio;
use super::statuses::{INACTIVE, NEET, UNEMPLOYED};
use crate::engine::tally::Status;

const POPULATION: &str = "person-months of everybody aged {ages}";

/// The NEET rate and its parts, each a share of everybody aged 16 to 24.
///
/// `rate = NEET person-months / all person-months`, ages 16 to 24; the unemployed and the inactive add
/// up to it, and those NEET for more than twelve months without a break are part of it.
///
/// # Source
/// The definition is that of the Office for National Statistics, "Young people not in education,
/// employment or training (NEET), UK".
pub(super) const MEASURES: &[Measure] = &[
    Measure {
        key: "neet_rate",
        label: "NEET rate, {ages}",
        numerator: "person-months NEET at ages {ages}",
        denominator: POPULATION,
        ages: Ages::between(16, 24),
        better: Better::Lower,
        compute: |counted, ages| of(counted, ages, &NEET),
        ..Measure::SHARE
    },
    Measure {
        key: "neet_unemployed",
        label: "NEET and unemployed, {ages}",
        numerator: "person-months unemployed and not in learning at ages {ages}",
        denominator: POPULATION,
        ages: Ages::between(16, 24),
        better: Better::Lower,
        prominence: Prominence::Detail,
        compute: |counted, ages| of(counted, ages, &UNEMPLOYED),
        ..Measure::SHARE
    },
    Measure {
        key: "neet_inactive",
        label: "NEET and inactive, {ages}",
        numerator: "person-months inactive and not in learning at ages {ages}",
        denominator: POPULATION,
        ages: Ages::between(16, 24),
        better: Better::Lower,
        prominence: Prominence::Detail,
        compute: |counted, ages| of(counted, ages, &INACTIVE),
        ..Measure::SHARE
    },
    Measure {
        key: "neet_over_12_months",
        label: "NEET for over 12 months, {ages}",
        numerator: "person-months at ages {ages} of people NEET for more than 12 months",
        denominator: POPULATION,
        ages: Ages::between(16, 24),
        better: Better::Lower,
        compute: |counted, ages| of(counted, ages, &[Status::UnemployedLong, Status::InactiveLong]),
        ..Measure::SHARE
    },
    Measure {
        key: "neet_rate.16_39",
        label: "NEET rate, {ages}",
        numerator: "person-months NEET at ages {ages}",
        denominator: "person-months of everybody aged {ages}",
        ages: Ages::ALL,
        better: Better::Lower,
        prominence: Prominence::Detail,
        compute: |counted, ages| of(counted, ages, &NEET),
        ..Measure::SHARE
    },
];

/// The NEET rate at 16-24; `None` when there is nobody.
pub(super) fn rate(counted: &Counted) -> Option<f64> {
    of(counted, Ages::between(16, 24), &NEET).value()
}

fn of(counted: &Counted, ages: Ages, statuses: &[Status]) -> Ratio {
    Ratio::of_agents(counted, counted.stock(ages, statuses), counted.everybody(ages))
}

#[cfg(test)]
mod tests {
    use crate::engine::tally::Status;
    use crate::outcomes::testing::Sheet;

    #[test]
    fn neet_and_its_parts_agree_with_a_hand_worked_example() {
        // 100 person-months at 16-24: 80 working, 6 + 4 unemployed, 3 + 7 inactive; 25-year-olds are left out.
        let sheet = Sheet::new()
            .stock(16, Status::Working, 80)
            .stock(17, Status::UnemployedShort, 6)
            .stock(24, Status::UnemployedLong, 4)
            .stock(20, Status::InactiveShort, 3)
            .stock(20, Status::InactiveLong, 7)
            .stock(25, Status::InactiveLong, 900);
        sheet.expect("neet_rate", 0.20);
        sheet.expect("neet_unemployed", 0.10);
        sheet.expect("neet_inactive", 0.10);
        sheet.expect("neet_over_12_months", 0.11);
        sheet.expect("neet_rate.16_39", 0.92);
    }
}
