//! Highest qualification over a range of ages.

use super::ages::Ages;
use super::counted::Counted;
use super::measure::{Better, Measure, Prominence};
use super::ratio::Ratio;
use super::surveyed::ANY;
use crate::domain::Qualification;
use crate::engine::tally::Standing;
use strum::VariantArray;

/// Highest qualification at 25-29.
///
/// # Source
/// Age group and levels follow the Social Mobility Commission's IN23; the two degrees it tells apart are one level here.
pub(super) const MEASURES: &[Measure] = &[
    Measure {
        key: "qualification.level_6_plus.25_29",
        label: "Degree, {ages}",
        numerator: "of these, at level 6 or above",
        compute: |counted, _| with(counted, Qualification::Level6Plus),
        ..HELD
    },
    Measure {
        key: "qualification.level_4_5.25_29",
        label: "Level 4-5, {ages}",
        numerator: "of these, at level 4 or 5",
        better: Better::Neither,
        compute: |counted, _| with(counted, Qualification::Level4To5),
        ..HELD
    },
    Measure {
        key: "qualification.level_3.25_29",
        label: "Level 3, {ages}",
        numerator: "of these, at level 3",
        better: Better::Neither,
        compute: |counted, _| with(counted, Qualification::Level3),
        ..HELD
    },
    Measure {
        key: "qualification.level_2.25_29",
        label: "Level 2, {ages}",
        numerator: "of these, at level 2",
        better: Better::Neither,
        compute: |counted, _| with(counted, Qualification::Level2),
        ..HELD
    },
    Measure {
        key: "qualification.below_level_2.25_29",
        label: "Below level 2, {ages}",
        numerator: "of these, below level 2",
        better: Better::Lower,
        compute: |counted, _| with(counted, Qualification::BelowLevel2),
        ..HELD
    },
];

/// The group of ages 25-29 in the survey.
const LATER: usize = 1;

const HELD: Measure = Measure {
    denominator: "people surveyed in the quarter after a birthday at {ages}",
    ages: Ages::between(25, 29),
    prominence: Prominence::Detail,
    ..Measure::SHARE
};

fn with(counted: &Counted, qualification: Qualification) -> Ratio {
    let Some(surveyed) = counted.surveyed() else { return Ratio::UNKNOWN };
    let people = |kinds: &[Qualification]| surveyed.people(LATER, kinds, Standing::VARIANTS);
    Ratio::of_agents(counted, people(&[qualification]), people(ANY))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outcomes::testing::Sheet;

    #[test]
    fn qualifications_are_shares_of_everybody() {
        let sheet = Sheet::new()
            .surveyed(1, Qualification::Level6Plus, Standing::Professional, 4)
            .surveyed(1, Qualification::Level6Plus, Standing::Working, 1)
            .surveyed(1, Qualification::Level6Plus, Standing::Intermediate, 1)
            .surveyed(1, Qualification::Level6Plus, Standing::Neet, 4)
            .surveyed(1, Qualification::Level3, Standing::Working, 10)
            .surveyed(0, Qualification::Level3, Standing::Working, 99);
        sheet.expect("qualification.level_6_plus.25_29", 0.5);
        sheet.expect("qualification.level_3.25_29", 0.5);
        sheet.expect("qualification.below_level_2.25_29", 0.0);
    }
}
