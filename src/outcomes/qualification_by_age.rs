//! Highest qualification over a range of ages.

use super::surveyed::ANY;
use super::{Better, Counted, Measure, Ratio, share};
use crate::domain::Qualification;
use crate::engine::tally::Standing;
use strum::VariantArray;

const EVERYBODY: &str = "people surveyed in the quarter after a birthday at 25-29";

/// Highest qualification at 25-29.
///
/// # Source
/// Age group and levels follow the Social Mobility Commission's IN23; the two degrees it tells apart are one level here.
pub(super) const MEASURES: [Measure; 5] = [
    held("qualification.level_6_plus.25_29", "Degree, 25-29", "of these, at level 6 or above", |counted| {
        with(counted, Qualification::Level6Plus)
    }),
    held("qualification.level_4_5.25_29", "Level 4-5, 25-29", "of these, at level 4 or 5", |counted| {
        with(counted, Qualification::Level4To5)
    })
    .better(Better::Neither),
    held("qualification.level_3.25_29", "Level 3, 25-29", "of these, at level 3", |counted| {
        with(counted, Qualification::Level3)
    })
    .better(Better::Neither),
    held("qualification.level_2.25_29", "Level 2, 25-29", "of these, at level 2", |counted| {
        with(counted, Qualification::Level2)
    })
    .better(Better::Neither),
    held("qualification.below_level_2.25_29", "Below level 2, 25-29", "of these, below level 2", |counted| {
        with(counted, Qualification::BelowLevel2)
    })
    .better(Better::Lower),
];

/// The group of ages 25-29 in the survey.
const LATER: usize = 1;

const fn held(
    key: &'static str,
    label: &'static str,
    numerator: &'static str,
    compute: fn(&Counted) -> Ratio,
) -> Measure {
    share(key, label, numerator, EVERYBODY, "25-29", compute).detail()
}

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
