//! Qualifications held on a birthday.

use super::ages::Ages;
use super::counted::Counted;
use super::measure::{Measure, Prominence};
use super::ratio::Ratio;
use crate::domain::Qualification;
use crate::engine::tally::Standing;
use strum::VariantArray;

const AT_AGE: &str = "people reaching their {ages}th birthday";

/// The share of people reaching a birthday who hold at least a level.
///
/// The birthday is exact, where published attainment by 19 is measured at the end of the academic year in which
/// people turn 19.
pub(super) const MEASURES: &[Measure] = &[
    Measure {
        key: "qualification.level_2_plus.19",
        label: "Level 2 or above at {ages}",
        numerator: "of these, at level 2 or above",
        denominator: AT_AGE,
        ages: Ages::at(19),
        prominence: Prominence::Detail,
        compute: |counted, ages| at_least(counted, ages.first, Qualification::Level2),
        ..Measure::SHARE
    },
    Measure {
        key: "qualification.level_3_plus.19",
        label: "Level 3 or above at {ages}",
        numerator: "of these, at level 3 or above",
        denominator: AT_AGE,
        ages: Ages::at(19),
        compute: |counted, ages| at_least(counted, ages.first, Qualification::Level3),
        ..Measure::SHARE
    },
    Measure {
        key: "qualification.level_3_plus.25",
        label: "Level 3 or above at {ages}",
        numerator: "of these, at level 3 or above",
        denominator: AT_AGE,
        ages: Ages::at(25),
        prominence: Prominence::Detail,
        compute: |counted, ages| at_least(counted, ages.first, Qualification::Level3),
        ..Measure::SHARE
    },
    Measure {
        key: "qualification.level_4_plus.25",
        label: "Level 4 or above at {ages}",
        numerator: "of these, at level 4 or above",
        denominator: AT_AGE,
        ages: Ages::at(25),
        prominence: Prominence::Detail,
        compute: |counted, ages| at_least(counted, ages.first, Qualification::Level4To5),
        ..Measure::SHARE
    },
    Measure {
        key: "qualification.level_6_plus.25",
        label: "Level 6 or above at {ages}",
        numerator: "of these, at level 6 or above",
        denominator: AT_AGE,
        ages: Ages::at(25),
        prominence: Prominence::Detail,
        compute: |counted, ages| at_least(counted, ages.first, Qualification::Level6Plus),
        ..Measure::SHARE
    },
];

fn at_least(counted: &Counted, age: u16, lowest: Qualification) -> Ratio {
    Ratio::of_agents(counted, counted.qualified(age, lowest), counted.standing(age, Standing::VARIANTS))
}

#[cfg(test)]
mod tests {
    use crate::domain::{Origin, Qualification};
    use crate::engine::tally::Standing;
    use crate::outcomes::testing::Sheet;

    #[test]
    fn each_level_counts_those_above_it_too() {
        let from = Some(Origin::LowerWorking);
        let sheet = Sheet::new()
            .mark(19, from, (Qualification::BelowLevel2, Standing::Neet), 1)
            .mark(19, from, (Qualification::Level2, Standing::Working), 4)
            .mark(19, None, (Qualification::Level3, Standing::Learning), 5)
            .mark(25, from, (Qualification::Level2, Standing::Working), 2)
            .mark(25, from, (Qualification::Level3, Standing::Working), 3)
            .mark(25, from, (Qualification::Level4To5, Standing::Professional), 1)
            .mark(25, from, (Qualification::Level6Plus, Standing::Professional), 4);
        sheet.expect("qualification.level_2_plus.19", 0.9);
        sheet.expect("qualification.level_3_plus.19", 0.5);
        sheet.expect("qualification.level_3_plus.25", 0.8);
        sheet.expect("qualification.level_4_plus.25", 0.5);
        sheet.expect("qualification.level_6_plus.25", 0.4);
    }
}
