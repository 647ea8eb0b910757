//! Relative mobility: how chances differ by origin, whatever the number of good jobs.

use super::ages::Ages;
use super::counted::Counted;
use super::measure::{Better, Form, Measure, Prominence, Scope};
use super::odds::log_odds_ratio;
use super::ratio::Ratio;
use super::statuses::EMPLOYED_STANDINGS;
use crate::domain::Origin;
use crate::engine::tally::Standing;

/// The log odds ratio of a professional job between the ends of the origin classes.
///
/// `ln[(HP professional / HP not) / (LW professional / LW not)]` among people in a job, with `HP` higher professional and
/// `LW` lower working origin, and half a person added to each count (see `odds`). Zero is equal chances. It does
/// not change when there are more professional jobs for all in proportion of their odds.
pub(super) const MEASURES: &[Measure] = &[
    Measure {
        key: "log_odds_ratio.25",
        label: "Log odds ratio of a professional job at {ages}",
        ages: Ages::at(25),
        prominence: Prominence::Detail,
        compute: |counted, ages| compare(counted, ages.first),
        ..LOG_ODDS
    },
    Measure {
        key: "log_odds_ratio.30",
        label: "Log odds ratio of a professional job at {ages}",
        ages: Ages::at(30),
        compute: |counted, ages| compare(counted, ages.first),
        ..LOG_ODDS
    },
    Measure {
        key: "log_odds_ratio.35",
        label: "Log odds ratio of a professional job at {ages}",
        ages: Ages::at(35),
        prominence: Prominence::Detail,
        compute: |counted, ages| compare(counted, ages.first),
        ..LOG_ODDS
    },
];

const LOG_ODDS: Measure = Measure {
    unit: "log odds ratio",
    numerator: "natural logarithm of the odds of a professional job, higher professional to lower working origin",
    denominator: "people of higher professional and lower working origin in a job on the birthday (how many it is of)",
    better: Better::Lower,
    form: Form::Value,
    scope: Scope::Origins,
    ..Measure::SHARE
};

fn compare(counted: &Counted, age: u16) -> Ratio {
    let split = |origin| {
        let professional = counted.standing_from(age, origin, Standing::Professional);
        let all: u64 = EMPLOYED_STANDINGS.iter().map(|job| counted.standing_from(age, origin, *job)).sum();
        [professional, all - professional]
    };
    let (top, bottom) = (split(Origin::HigherProfessional), split(Origin::LowerWorking));
    let people = top.iter().chain(&bottom).sum();
    Ratio::of_value(counted, log_odds_ratio(top, bottom), people)
}

#[cfg(test)]
mod tests {
    use crate::domain::{Origin, Qualification};
    use crate::engine::tally::Standing;
    use crate::outcomes::testing::Sheet;

    #[test]
    fn the_log_odds_ratio_agrees_with_a_hand_worked_table() {
        let what = |standing| (Qualification::Level3, standing);
        let sheet = Sheet::new()
            .mark(30, Some(Origin::HigherProfessional), what(Standing::Professional), 60)
            .mark(30, Some(Origin::HigherProfessional), what(Standing::Working), 40)
            .mark(30, Some(Origin::LowerWorking), what(Standing::Professional), 25)
            .mark(30, Some(Origin::LowerWorking), what(Standing::Intermediate), 30)
            .mark(30, Some(Origin::LowerWorking), what(Standing::Working), 45)
            .mark(30, Some(Origin::LowerWorking), what(Standing::Neet), 999)
            .mark(30, Some(Origin::Intermediate), what(Standing::Professional), 999);
        // (60.5 / 40.5) / (25.5 / 75.5) = 4.422900, whose logarithm is 1.486795595.
        sheet.expect("log_odds_ratio.30", 1.486_795_595);
        assert_eq!(sheet.value("log_odds_ratio.25"), None);
    }
}
