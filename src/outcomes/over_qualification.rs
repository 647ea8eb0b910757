//! Over-qualification: degrees in jobs that do not ask for one.

use super::ages::Ages;
use super::counted::Counted;
use super::measure::{Better, Measure, Prominence};
use super::ratio::Ratio;
use super::statuses::EMPLOYED_STANDINGS;
use crate::domain::Qualification;
use crate::engine::tally::Standing;

const NOT_PROFESSIONAL: [Standing; 2] = [Standing::Working, Standing::Intermediate];
const GRADUATES_AT_AGE: &str = "people at level 6 or above in a job on their {ages}th birthday (apprentices left out)";

/// The share of graduates in a job on a birthday whose job is not professional.
///
/// # Source
/// The idea is that of graduates in non-graduate jobs (Office for National Statistics, "Graduates in the UK labour
/// market"); here a graduate job is one of the professional class, because jobs are told apart by class alone.
pub(super) const MEASURES: &[Measure] = &[
    Measure {
        key: "over_qualification.25",
        label: "Over-qualified at {ages}",
        denominator: GRADUATES_AT_AGE,
        ages: Ages::at(25),
        prominence: Prominence::Detail,
        compute: |counted, ages| over(counted, ages.first),
        ..OVER_QUALIFIED
    },
    Measure {
        key: "over_qualification.30",
        label: "Over-qualified at {ages}",
        denominator: GRADUATES_AT_AGE,
        ages: Ages::at(30),
        compute: |counted, ages| over(counted, ages.first),
        ..OVER_QUALIFIED
    },
    Measure {
        key: "over_qualification.35",
        label: "Over-qualified at {ages}",
        denominator: GRADUATES_AT_AGE,
        ages: Ages::at(35),
        prominence: Prominence::Detail,
        compute: |counted, ages| over(counted, ages.first),
        ..OVER_QUALIFIED
    },
];

const OVER_QUALIFIED: Measure =
    Measure { numerator: "of these, in a working-class or intermediate job", better: Better::Lower, ..Measure::SHARE };

fn over(counted: &Counted, age: u16) -> Ratio {
    let graduates = |standings: &[Standing]| counted.qualified_and_standing(age, Qualification::Level6Plus, standings);
    Ratio::of_agents(counted, graduates(&NOT_PROFESSIONAL), graduates(&EMPLOYED_STANDINGS))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Origin;
    use crate::outcomes::testing::Sheet;

    #[test]
    fn only_graduates_in_a_job_count() {
        let from = Some(Origin::Intermediate);
        let sheet = Sheet::new()
            .mark(30, from, (Qualification::Level6Plus, Standing::Professional), 6)
            .mark(30, None, (Qualification::Level6Plus, Standing::Intermediate), 3)
            .mark(30, from, (Qualification::Level6Plus, Standing::Working), 1)
            .mark(30, from, (Qualification::Level6Plus, Standing::Neet), 50)
            .mark(30, from, (Qualification::Level4To5, Standing::Working), 50);
        sheet.expect("over_qualification.30", 0.4);
        assert_eq!(sheet.value("over_qualification.25"), None);
    }
}
