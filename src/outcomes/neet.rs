//! Young people not in education, employment or training.

use super::counted::{INACTIVE, NEET, UNEMPLOYED};
use super::{Better, Counted, Measure, Ratio, share};
use crate::engine::tally::Status;

const POPULATION: &str = "person-months of everybody aged 16-24";

/// The NEET rate and its parts, each a share of everybody aged 16 to 24.
///
/// `rate = NEET person-months / all person-months`, ages 16 to 24; the unemployed and the inactive add
/// up to it, and those NEET for more than twelve months without a break are part of it.
///
/// # Source
/// The definition is that of the Office for National Statistics, "Young people not in education,
/// employment or training (NEET), UK".
pub(super) const MEASURES: [Measure; 5] = [
    share("neet_rate", "NEET rate, 16-24", "person-months NEET at ages 16-24", POPULATION, "16-24", |counted| {
        of_youth(counted, &NEET)
    })
    .better(Better::Lower),
    share(
        "neet_unemployed",
        "NEET and unemployed, 16-24",
        "person-months unemployed and not in learning at ages 16-24",
        POPULATION,
        "16-24",
        |counted| of_youth(counted, &UNEMPLOYED),
    )
    .better(Better::Lower)
    .detail(),
    share(
        "neet_inactive",
        "NEET and inactive, 16-24",
        "person-months inactive and not in learning at ages 16-24",
        POPULATION,
        "16-24",
        |counted| of_youth(counted, &INACTIVE),
    )
    .better(Better::Lower)
    .detail(),
    share(
        "neet_over_12_months",
        "NEET for over 12 months, 16-24",
        "person-months at ages 16-24 of people NEET for more than 12 months",
        POPULATION,
        "16-24",
        |counted| of_youth(counted, &[Status::UnemployedLong, Status::InactiveLong]),
    )
    .better(Better::Lower),
    share(
        "neet_rate.16_39",
        "NEET rate, 16-39",
        "person-months NEET at ages 16-39",
        "person-months of everybody aged 16-39",
        "16-39",
        |counted| Ratio::of_agents(counted, counted.stock(16..=39, &NEET), counted.everybody(16..=39)),
    )
    .better(Better::Lower)
    .detail(),
];

/// The NEET rate; `None` when there is nobody.
pub(super) fn rate(counted: &Counted) -> Option<f64> {
    of_youth(counted, &NEET).value()
}

fn of_youth(counted: &Counted, statuses: &[Status]) -> Ratio {
    Ratio::of_agents(counted, counted.stock(16..=24, statuses), counted.everybody(16..=24))
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
