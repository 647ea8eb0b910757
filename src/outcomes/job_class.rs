//! Class of job on a birthday.

use super::ages::Ages;
use super::counted::Counted;
use super::measure::{Better, Measure, Prominence};
use super::ratio::Ratio;
use super::statuses::EMPLOYED_STANDINGS;
use crate::engine::tally::Standing;

const AT_AGE: &str = "people in a job on their {ages}th birthday (apprentices left out)";

/// The share of people in a job on a birthday who are in each class of job; the three shares of an age
/// add up to one.
///
/// Classes are the three analytic classes of the National Statistics Socio-economic Classification.
pub(super) const MEASURES: &[Measure] = &[
    Measure {
        key: "job_class.professional.25",
        label: "In a professional job at {ages}",
        numerator: "of these, in a professional job",
        denominator: AT_AGE,
        ages: Ages::at(25),
        compute: |counted, ages| in_class(counted, ages.first, Standing::Professional),
        ..Measure::SHARE
    },
    Measure {
        key: "job_class.intermediate.25",
        label: "In an intermediate job at {ages}",
        numerator: "of these, in an intermediate job",
        denominator: AT_AGE,
        ages: Ages::at(25),
        better: Better::Neither,
        prominence: Prominence::Detail,
        compute: |counted, ages| in_class(counted, ages.first, Standing::Intermediate),
        ..Measure::SHARE
    },
    Measure {
        key: "job_class.working.25",
        label: "In a working-class job at {ages}",
        numerator: "of these, in a working-class job",
        denominator: AT_AGE,
        ages: Ages::at(25),
        better: Better::Neither,
        prominence: Prominence::Detail,
        compute: |counted, ages| in_class(counted, ages.first, Standing::Working),
        ..Measure::SHARE
    },
    Measure {
        key: "job_class.professional.30",
        label: "In a professional job at {ages}",
        numerator: "of these, in a professional job",
        denominator: AT_AGE,
        ages: Ages::at(30),
        compute: |counted, ages| in_class(counted, ages.first, Standing::Professional),
        ..Measure::SHARE
    },
    Measure {
        key: "job_class.intermediate.30",
        label: "In an intermediate job at {ages}",
        numerator: "of these, in an intermediate job",
        denominator: AT_AGE,
        ages: Ages::at(30),
        better: Better::Neither,
        prominence: Prominence::Detail,
        compute: |counted, ages| in_class(counted, ages.first, Standing::Intermediate),
        ..Measure::SHARE
    },
    Measure {
        key: "job_class.working.30",
        label: "In a working-class job at {ages}",
        numerator: "of these, in a working-class job",
        denominator: AT_AGE,
        ages: Ages::at(30),
        better: Better::Neither,
        prominence: Prominence::Detail,
        compute: |counted, ages| in_class(counted, ages.first, Standing::Working),
        ..Measure::SHARE
    },
    Measure {
        key: "job_class.professional.35",
        label: "In a professional job at {ages}",
        numerator: "of these, in a professional job",
        denominator: AT_AGE,
        ages: Ages::at(35),
        prominence: Prominence::Detail,
        compute: |counted, ages| in_class(counted, ages.first, Standing::Professional),
        ..Measure::SHARE
    },
    Measure {
        key: "job_class.intermediate.35",
        label: "In an intermediate job at {ages}",
        numerator: "of these, in an intermediate job",
        denominator: AT_AGE,
        ages: Ages::at(35),
        better: Better::Neither,
        prominence: Prominence::Detail,
        compute: |counted, ages| in_class(counted, ages.first, Standing::Intermediate),
        ..Measure::SHARE
    },
    Measure {
        key: "job_class.working.35",
        label: "In a working-class job at {ages}",
        numerator: "of these, in a working-class job",
        denominator: AT_AGE,
        ages: Ages::at(35),
        better: Better::Neither,
        prominence: Prominence::Detail,
        compute: |counted, ages| in_class(counted, ages.first, Standing::Working),
        ..Measure::SHARE
    },
];

pub(super) fn in_class(counted: &Counted, age: u16, class: Standing) -> Ratio {
    Ratio::of_agents(counted, counted.standing(age, &[class]), counted.standing(age, &EMPLOYED_STANDINGS))
}

#[cfg(test)]
mod tests {
    use crate::domain::{Origin, Qualification};
    use crate::engine::tally::Standing;
    use crate::outcomes::testing::Sheet;

    #[test]
    fn only_people_in_a_job_are_in_the_denominator() {
        let what = |standing| (Qualification::Level3, standing);
        let from = Some(Origin::Intermediate);
        let sheet = Sheet::new()
            .mark(25, from, what(Standing::Professional), 3)
            .mark(25, from, what(Standing::Intermediate), 2)
            .mark(25, None, what(Standing::Working), 5)
            .mark(25, from, what(Standing::Learning), 50)
            .mark(25, from, what(Standing::Neet), 50)
            .mark(30, from, what(Standing::Professional), 1)
            .mark(35, from, what(Standing::Working), 3)
            .mark(35, from, what(Standing::Intermediate), 1);
        sheet.expect("job_class.professional.25", 0.3);
        sheet.expect("job_class.intermediate.25", 0.2);
        sheet.expect("job_class.working.25", 0.5);
        sheet.expect("job_class.professional.30", 1.0);
        sheet.expect("job_class.intermediate.35", 0.25);
        sheet.expect("job_class.working.35", 0.75);
    }
}
