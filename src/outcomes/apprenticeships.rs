//! Apprenticeship starts and completions.

use super::ages::Ages;
use super::measure::{Measure, Prominence};
use super::ratio::Ratio;
use crate::domain::Level;
use strum::VariantArray;

/// Every age group of [`crate::engine::tally::START_AGES`].
const ANY_AGE: [usize; 3] = [0, 1, 2];
/// The age groups under 25.
const UNDER_25: [usize; 2] = [0, 1];

/// Starts and completions in people a year: `agents x scale / years`, in total, by level, and under 25.
///
/// Age is that at the start or at the completion. A completion is an apprenticeship passed at its end.
pub(super) const MEASURES: &[Measure] = &[
    Measure {
        key: "apprenticeship_starts",
        label: "Apprenticeship starts",
        numerator: STARTS,
        ages: Ages::ALL,
        compute: |counted, _| Ratio::a_year(counted, counted.starts(Level::VARIANTS, &ANY_AGE)),
        ..A_YEAR
    },
    Measure {
        key: "apprenticeship_starts.level_2",
        label: "Apprenticeship starts, level 2",
        numerator: STARTS,
        ages: Ages::ALL,
        prominence: Prominence::Detail,
        compute: |counted, _| Ratio::a_year(counted, counted.starts(&[Level::Level2], &ANY_AGE)),
        ..A_YEAR
    },
    Measure {
        key: "apprenticeship_starts.level_3",
        label: "Apprenticeship starts, level 3",
        numerator: STARTS,
        ages: Ages::ALL,
        prominence: Prominence::Detail,
        compute: |counted, _| Ratio::a_year(counted, counted.starts(&[Level::Level3], &ANY_AGE)),
        ..A_YEAR
    },
    Measure {
        key: "apprenticeship_starts.level_4_plus",
        label: "Apprenticeship starts, level 4 and above",
        numerator: STARTS,
        ages: Ages::ALL,
        prominence: Prominence::Detail,
        compute: |counted, _| Ratio::a_year(counted, counted.starts(&[Level::Level4Plus], &ANY_AGE)),
        ..A_YEAR
    },
    Measure {
        key: "apprenticeship_starts.under_25",
        label: "Apprenticeship starts under 25",
        numerator: STARTS,
        ages: Ages::between(16, 24),
        compute: |counted, _| Ratio::a_year(counted, counted.starts(Level::VARIANTS, &UNDER_25)),
        ..A_YEAR
    },
    Measure {
        key: "apprenticeship_completions",
        label: "Apprenticeships completed",
        numerator: COMPLETIONS,
        ages: Ages::ALL,
        compute: |counted, _| Ratio::a_year(counted, counted.completions(Level::VARIANTS, &ANY_AGE)),
        ..A_YEAR
    },
    Measure {
        key: "apprenticeship_completions.level_2",
        label: "Apprenticeships completed, level 2",
        numerator: COMPLETIONS,
        ages: Ages::ALL,
        prominence: Prominence::Detail,
        compute: |counted, _| Ratio::a_year(counted, counted.completions(&[Level::Level2], &ANY_AGE)),
        ..A_YEAR
    },
    Measure {
        key: "apprenticeship_completions.level_3",
        label: "Apprenticeships completed, level 3",
        numerator: COMPLETIONS,
        ages: Ages::ALL,
        prominence: Prominence::Detail,
        compute: |counted, _| Ratio::a_year(counted, counted.completions(&[Level::Level3], &ANY_AGE)),
        ..A_YEAR
    },
    Measure {
        key: "apprenticeship_completions.level_4_plus",
        label: "Apprenticeships completed, level 4 and above",
        numerator: COMPLETIONS,
        ages: Ages::ALL,
        prominence: Prominence::Detail,
        compute: |counted, _| Ratio::a_year(counted, counted.completions(&[Level::Level4Plus], &ANY_AGE)),
        ..A_YEAR
    },
    Measure {
        key: "apprenticeship_completions.under_25",
        label: "Apprenticeships completed under 25",
        numerator: COMPLETIONS,
        ages: Ages::between(16, 24),
        prominence: Prominence::Detail,
        compute: |counted, _| Ratio::a_year(counted, counted.completions(Level::VARIANTS, &UNDER_25)),
        ..A_YEAR
    },
];

const STARTS: &str = "apprenticeships started (people)";
const COMPLETIONS: &str = "apprenticeships completed (people)";

const A_YEAR: Measure = Measure { unit: "people a year", denominator: "years", ..Measure::SHARE };

#[cfg(test)]
mod tests {
    use crate::domain::Level;
    use crate::outcomes::testing::Sheet;

    #[test]
    fn starts_are_scaled_to_people_and_to_a_year() {
        // A quarter of a year at ten people an agent: each agent is 40 people a year.
        let sheet =
            Sheet::new().starts(Level::Level2, 0, 6).starts(Level::Level3, 1, 4).starts(Level::Level4Plus, 2, 2);
        sheet.expect("apprenticeship_starts", 480.0);
        sheet.expect("apprenticeship_starts.level_2", 240.0);
        sheet.expect("apprenticeship_starts.level_3", 160.0);
        sheet.expect("apprenticeship_starts.level_4_plus", 80.0);
        sheet.expect("apprenticeship_starts.under_25", 400.0);
        sheet.expect("apprenticeship_completions", 240.0);
        sheet.expect("apprenticeship_completions.level_2", 120.0);
        sheet.expect("apprenticeship_completions.level_3", 80.0);
        sheet.expect("apprenticeship_completions.level_4_plus", 40.0);
        sheet.expect("apprenticeship_completions.under_25", 200.0);
    }
}
