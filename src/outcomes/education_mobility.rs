//! Education mobility: what people hold against the class they grew up in.

use super::ages::Ages;
use super::counted::Counted;
use super::measure::{Better, Form, Measure, Prominence, Scope};
use super::odds::log_odds_ratio;
use super::ratio::Ratio;
use crate::domain::{Origin, Qualification};

const WORKING_ORIGINS: [Origin; 2] = [Origin::HigherWorking, Origin::LowerWorking];
const WORKING_AT_AGE: &str = "people of working-class origin reaching their {ages}th birthday";
const DEGREE: &str = "of these, at level 6 or above";

/// Qualifications of people of working-class origin, and the odds of a degree between the ends of the classes.
///
/// `ln[(HP with a degree / HP without) / (LW with / LW without)]`, with `HP` higher professional and `LW` lower working
/// origin, and half a person added to each count (see `odds`). Parents' own qualifications are not in the model, so
/// that origin class stands for them.
pub(super) const MEASURES: &[Measure] = &[
    Measure {
        key: "education_mobility.level_3_plus.19",
        label: "Level 3 or above at {ages}, working-class origin",
        numerator: "of these, at level 3 or above",
        denominator: WORKING_AT_AGE,
        ages: Ages::at(19),
        prominence: Prominence::Detail,
        compute: |counted, ages| from_working_class(counted, ages.first, Qualification::Level3),
        ..Measure::SHARE
    },
    Measure {
        key: "education_mobility.degree.25",
        label: "Degree at {ages}, working-class origin",
        numerator: DEGREE,
        denominator: WORKING_AT_AGE,
        ages: Ages::at(25),
        prominence: Prominence::Detail,
        compute: |counted, ages| from_working_class(counted, ages.first, Qualification::Level6Plus),
        ..Measure::SHARE
    },
    Measure {
        key: "education_mobility.degree.30",
        label: "Degree at {ages}, working-class origin",
        numerator: DEGREE,
        denominator: WORKING_AT_AGE,
        ages: Ages::at(30),
        prominence: Prominence::Detail,
        compute: |counted, ages| from_working_class(counted, ages.first, Qualification::Level6Plus),
        ..Measure::SHARE
    },
    Measure {
        key: "education_mobility.log_odds_ratio.25",
        label: "Log odds ratio of a degree at {ages}",
        ages: Ages::at(25),
        compute: |counted, ages| gap(counted, ages.first),
        ..ODDS
    },
    Measure {
        key: "education_mobility.log_odds_ratio.30",
        label: "Log odds ratio of a degree at {ages}",
        ages: Ages::at(30),
        compute: |counted, ages| gap(counted, ages.first),
        ..ODDS
    },
];

const ODDS: Measure = Measure {
    unit: "log odds ratio",
    numerator: "natural logarithm of the odds of level 6 or above, higher professional to lower working origin",
    denominator: "people of higher professional and lower working origin on the birthday (how many it is of)",
    better: Better::Lower,
    prominence: Prominence::Detail,
    form: Form::Value,
    scope: Scope::Origins,
    ..Measure::SHARE
};

fn from_working_class(counted: &Counted, age: u16, lowest: Qualification) -> Ratio {
    let at_least =
        |lowest| WORKING_ORIGINS.iter().map(|origin| counted.qualified_from(age, *origin, lowest)).sum::<u64>();
    Ratio::of_agents(counted, at_least(lowest), at_least(Qualification::BelowLevel2))
}

fn gap(counted: &Counted, age: u16) -> Ratio {
    let split = |origin| {
        let with = counted.qualified_from(age, origin, Qualification::Level6Plus);
        [with, counted.qualified_from(age, origin, Qualification::BelowLevel2) - with]
    };
    let (top, bottom) = (split(Origin::HigherProfessional), split(Origin::LowerWorking));
    let people = top.iter().chain(&bottom).sum();
    Ratio::of_value(counted, log_odds_ratio(top, bottom), people)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::tally::Standing;
    use crate::outcomes::testing::Sheet;

    #[test]
    fn education_mobility_agrees_with_a_hand_worked_example() {
        let degree = (Qualification::Level6Plus, Standing::Neet);
        let none = (Qualification::Level3, Standing::Working);
        let sheet = Sheet::new()
            .mark(25, Some(Origin::HigherProfessional), degree, 30)
            .mark(25, Some(Origin::HigherProfessional), none, 10)
            .mark(25, Some(Origin::HigherWorking), degree, 5)
            .mark(25, Some(Origin::LowerWorking), degree, 5)
            .mark(25, Some(Origin::LowerWorking), none, 20)
            .mark(25, None, degree, 99)
            .mark(19, Some(Origin::LowerWorking), none, 1)
            .mark(19, Some(Origin::LowerWorking), (Qualification::Level2, Standing::Learning), 3);
        sheet.expect("education_mobility.degree.25", 10.0 / 30.0);
        sheet.expect("education_mobility.level_3_plus.19", 0.25);
        // (30.5 / 10.5) / (5.5 / 20.5) = 10.826840, whose logarithm is this.
        sheet.expect("education_mobility.log_odds_ratio.25", 2.382_028_220_36);
        assert_eq!(sheet.value("education_mobility.log_odds_ratio.30"), None);
    }
}
