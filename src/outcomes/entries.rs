//! Entries to higher education, apprenticeships by age, and moves.

use super::ages::Ages;
use super::counted::Counted;
use super::measure::{Better, Measure, Prominence, Scope};
use super::ratio::{Ratio, float};
use crate::domain::Level;
use strum::VariantArray;

/// Entry rates to higher education, starts of apprenticeships by age, their achievement rate, and moves between regions.
///
/// An entry rate sums the rates of single ages, as an initial participation rate does: entries at the ages, over the people of one year of
/// age. The achievement rate compares completions with starts of the same period, which agree with one cohort's when starts hardly change.
///
/// # Source
/// Entry: UCAS (18 year olds), Department for Education, Widening participation (by 19). Age groups of apprenticeship starts: Department for
/// Education.
pub(super) const MEASURES: &[Measure] = &[
    Measure {
        key: "higher_education_entry.18",
        label: "Entry to higher education at {last}",
        numerator: "people entering higher education up to the age of {last}",
        denominator: "people of one year of age at 18-19",
        ages: Ages::between(16, 18),
        prominence: Prominence::Detail,
        compute: |counted, ages| entry(counted, ages),
        ..Measure::SHARE
    },
    Measure {
        key: "higher_education_entry.19",
        label: "Entry to higher education by {last}",
        numerator: "people entering higher education up to the age of {last}",
        denominator: "people of one year of age at 18-19",
        ages: Ages::between(16, 19),
        prominence: Prominence::Detail,
        compute: |counted, ages| entry(counted, ages),
        ..Measure::SHARE
    },
    Measure {
        key: "apprenticeship_starts.under_19",
        label: "Apprenticeship starts under 19",
        ages: Ages::between(16, 18),
        compute: |counted, _| Ratio::a_year(counted, counted.starts(Level::VARIANTS, &[0])),
        ..STARTS
    },
    Measure {
        key: "apprenticeship_starts.19_24",
        label: "Apprenticeship starts at {ages}",
        ages: Ages::between(19, 24),
        compute: |counted, _| Ratio::a_year(counted, counted.starts(Level::VARIANTS, &[1])),
        ..STARTS
    },
    Measure {
        key: "apprenticeship_achievement",
        label: "Apprenticeship achievement rate",
        numerator: "apprenticeships completed",
        denominator: "apprenticeships started",
        ages: Ages::ALL,
        prominence: Prominence::Detail,
        compute: |counted, _| {
            let all = [0, 1, 2];
            let completed = counted.completions(Level::VARIANTS, &all);
            Ratio::of_agents(counted, completed, counted.starts(Level::VARIANTS, &all))
        },
        ..Measure::SHARE
    },
    Measure {
        key: "moves_between_regions.18_20",
        label: "Moving between regions, {ages}",
        ages: Ages::between(18, 20),
        compute: |counted, ages| moves(counted, ages),
        ..MOVES
    },
    Measure {
        key: "moves_between_regions.21_24",
        label: "Moving between regions, {ages}",
        ages: Ages::between(21, 24),
        compute: |counted, ages| moves(counted, ages),
        ..MOVES
    },
    Measure {
        key: "moves_between_regions.25_29",
        label: "Moving between regions, {ages}",
        ages: Ages::between(25, 29),
        compute: |counted, ages| moves(counted, ages),
        ..MOVES
    },
    Measure {
        key: "moves_between_regions.30_39",
        label: "Moving between regions, {ages}",
        ages: Ages::between(30, 39),
        compute: |counted, ages| moves(counted, ages),
        ..MOVES
    },
];

const STARTS: Measure = Measure {
    unit: "people a year",
    numerator: "apprenticeship starts at the ages",
    denominator: "years",
    prominence: Prominence::Detail,
    ..Measure::SHARE
};

const MOVES: Measure = Measure {
    unit: "moves a person and year",
    numerator: "moves to another region of the world at the ages",
    denominator: "person-years at the ages",
    better: Better::Neither,
    prominence: Prominence::Detail,
    scope: Scope::Places,
    ..Measure::SHARE
};

fn entry(counted: &Counted, ages: Ages) -> Ratio {
    let people_of_one_age = float(counted.everybody(Ages::between(18, 19))) * counted.scale() / 24.0;
    let Some(surveyed) = counted.surveyed() else { return Ratio::UNKNOWN };
    let entries = float(surveyed.entries(ages)) * counted.scale();
    Ratio { numerator: entries, denominator: people_of_one_age }
}

/// Known for everybody alone.
fn moves(counted: &Counted, ages: Ages) -> Ratio {
    let years = float(counted.everybody(ages)) * counted.scale() / 12.0;
    counted
        .surveyed()
        .and_then(|surveyed| surveyed.moves(ages))
        .map_or(Ratio::UNKNOWN, |moves| Ratio { numerator: float(moves) * counted.scale(), denominator: years })
}

#[cfg(test)]
mod tests {
    use crate::domain::Level;
    use crate::engine::tally::Status;
    use crate::outcomes::testing::Sheet;

    #[test]
    fn an_entry_rate_adds_up_the_rates_of_single_ages() {
        // 240 person-months over two ages are ten people of one age; 3 enter at 18 and 2 at 19.
        let sheet = Sheet::new()
            .stock(18, Status::SixthForm, 120)
            .stock(19, Status::Working, 120)
            .entries(18, 3)
            .entries(19, 2)
            .entries(20, 9);
        sheet.expect("higher_education_entry.18", 0.3);
        sheet.expect("higher_education_entry.19", 0.5);
    }

    #[test]
    fn achievement_compares_completions_with_starts() {
        let sheet = Sheet::new().starts(Level::Level2, 0, 10).starts(Level::Level4Plus, 1, 4);
        sheet.expect("apprenticeship_achievement", 0.5);
        // Ten agents of ten people each in a quarter of a year.
        sheet.expect("apprenticeship_starts.under_19", 400.0);
        sheet.expect("apprenticeship_starts.19_24", 160.0);
    }

    #[test]
    fn moves_are_by_person_and_year() {
        let mut sheet = Sheet::new().stock(22, Status::Working, 240);
        sheet.survey().moves[6] = 1;
        sheet.expect("moves_between_regions.21_24", 0.05);
    }
}
