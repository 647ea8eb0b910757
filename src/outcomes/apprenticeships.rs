//! Apprenticeship starts and completions.

use super::{Better, Counted, Measure, Pooling, Prominence, Ratio, Scope};
use crate::domain::Level;
use strum::VariantArray;

/// Every age group of [`crate::engine::tally::START_AGES`].
const ANY_AGE: [usize; 3] = [0, 1, 2];
/// The age groups under 25.
const UNDER_25: [usize; 2] = [0, 1];

/// Starts and completions in people a year: `agents x scale / years`, in total, by level, and under 25.
///
/// Age is that at the start or at the completion. A completion is an apprenticeship passed at its end.
pub(super) const MEASURES: [Measure; 10] = [
    a_year("apprenticeship_starts", "Apprenticeship starts", STARTS, "16-39", |counted| {
        Ratio::a_year(counted, counted.starts(Level::VARIANTS, &ANY_AGE))
    }),
    a_year("apprenticeship_starts.level_2", "Apprenticeship starts, level 2", STARTS, "16-39", |counted| {
        Ratio::a_year(counted, counted.starts(&[Level::Level2], &ANY_AGE))
    })
    .detail(),
    a_year("apprenticeship_starts.level_3", "Apprenticeship starts, level 3", STARTS, "16-39", |counted| {
        Ratio::a_year(counted, counted.starts(&[Level::Level3], &ANY_AGE))
    })
    .detail(),
    a_year(
        "apprenticeship_starts.level_4_plus",
        "Apprenticeship starts, level 4 and above",
        STARTS,
        "16-39",
        |counted| Ratio::a_year(counted, counted.starts(&[Level::Level4Plus], &ANY_AGE)),
    )
    .detail(),
    a_year("apprenticeship_starts.under_25", "Apprenticeship starts under 25", STARTS, "16-24", |counted| {
        Ratio::a_year(counted, counted.starts(Level::VARIANTS, &UNDER_25))
    }),
    a_year("apprenticeship_completions", "Apprenticeships completed", COMPLETIONS, "16-39", |counted| {
        Ratio::a_year(counted, counted.completions(Level::VARIANTS, &ANY_AGE))
    }),
    a_year(
        "apprenticeship_completions.level_2",
        "Apprenticeships completed, level 2",
        COMPLETIONS,
        "16-39",
        |counted| Ratio::a_year(counted, counted.completions(&[Level::Level2], &ANY_AGE)),
    )
    .detail(),
    a_year(
        "apprenticeship_completions.level_3",
        "Apprenticeships completed, level 3",
        COMPLETIONS,
        "16-39",
        |counted| Ratio::a_year(counted, counted.completions(&[Level::Level3], &ANY_AGE)),
    )
    .detail(),
    a_year(
        "apprenticeship_completions.level_4_plus",
        "Apprenticeships completed, level 4 and above",
        COMPLETIONS,
        "16-39",
        |counted| Ratio::a_year(counted, counted.completions(&[Level::Level4Plus], &ANY_AGE)),
    )
    .detail(),
    a_year(
        "apprenticeship_completions.under_25",
        "Apprenticeships completed under 25",
        COMPLETIONS,
        "16-24",
        |counted| Ratio::a_year(counted, counted.completions(Level::VARIANTS, &UNDER_25)),
    )
    .detail(),
];

const STARTS: &str = "apprenticeships started (people)";
const COMPLETIONS: &str = "apprenticeships completed (people)";

const fn a_year(
    key: &'static str,
    label: &'static str,
    numerator: &'static str,
    ages: &'static str,
    compute: fn(&Counted) -> Ratio,
) -> Measure {
    Measure {
        key,
        label,
        unit: "people a year",
        numerator,
        denominator: "years",
        ages,
        better: Better::Higher,
        prominence: Prominence::Headline,
        pooling: Pooling::Sum,
        scope: Scope::Anyone,
        compute,
    }
}

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
