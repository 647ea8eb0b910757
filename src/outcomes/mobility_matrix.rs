//! The origin-destination matrix: where people of each origin class come to.

use super::ages::Ages;
use super::counted::Counted;
use super::evaluate::RunOutcome;
use super::measure::{Better, Measure, Prominence, Scope};
use super::ratio::Ratio;
use super::statuses::EMPLOYED_STANDINGS;
use crate::domain::Origin;
use strum::VariantArray;

/// People by origin class (rows, in the order of [`Origin`]) and class of job (working, intermediate, professional).
pub type MobilityMatrix = [[f64; 3]; 5];

const JOBS: [&str; 3] =
    ["of these, in a working-class job", "of these, in an intermediate job", "of these, in a professional job"];
const ORIGINS: [&str; 5] = [
    "people of higher professional origin in a job on their {ages}th birthday",
    "people of lower professional origin in a job on their {ages}th birthday",
    "people of intermediate origin in a job on their {ages}th birthday",
    "people of higher working origin in a job on their {ages}th birthday",
    "people of lower working origin in a job on their {ages}th birthday",
];
const AT_25: Ages = Ages::at(25);
const AT_30: Ages = Ages::at(30);

/// The outflow matrix at 25 and 30: `people of the origin in the class of job / people of the origin in a job`.
///
/// The three shares of an origin add up to one. Numerators are the matrix of counts itself. Apprentices,
/// students, people out of work and people who grew up abroad are left out.
pub(super) const MEASURES: &[Measure] = &[
    Measure {
        key: "mobility_matrix.higher_professional.working.25",
        label: "Higher professional origin, working job, at {ages}",
        ..cell::<0, 0>(AT_25)
    },
    Measure {
        key: "mobility_matrix.higher_professional.intermediate.25",
        label: "Higher professional origin, intermediate job, at {ages}",
        ..cell::<0, 1>(AT_25)
    },
    Measure {
        key: "mobility_matrix.higher_professional.professional.25",
        label: "Higher professional origin, professional job, at {ages}",
        ..cell::<0, 2>(AT_25)
    },
    Measure {
        key: "mobility_matrix.lower_professional.working.25",
        label: "Lower professional origin, working job, at {ages}",
        ..cell::<1, 0>(AT_25)
    },
    Measure {
        key: "mobility_matrix.lower_professional.intermediate.25",
        label: "Lower professional origin, intermediate job, at {ages}",
        ..cell::<1, 1>(AT_25)
    },
    Measure {
        key: "mobility_matrix.lower_professional.professional.25",
        label: "Lower professional origin, professional job, at {ages}",
        ..cell::<1, 2>(AT_25)
    },
    Measure {
        key: "mobility_matrix.intermediate.working.25",
        label: "Intermediate origin, working job, at {ages}",
        ..cell::<2, 0>(AT_25)
    },
    Measure {
        key: "mobility_matrix.intermediate.intermediate.25",
        label: "Intermediate origin, intermediate job, at {ages}",
        ..cell::<2, 1>(AT_25)
    },
    Measure {
        key: "mobility_matrix.intermediate.professional.25",
        label: "Intermediate origin, professional job, at {ages}",
        ..cell::<2, 2>(AT_25)
    },
    Measure {
        key: "mobility_matrix.higher_working.working.25",
        label: "Higher working origin, working job, at {ages}",
        ..cell::<3, 0>(AT_25)
    },
    Measure {
        key: "mobility_matrix.higher_working.intermediate.25",
        label: "Higher working origin, intermediate job, at {ages}",
        ..cell::<3, 1>(AT_25)
    },
    Measure {
        key: "mobility_matrix.higher_working.professional.25",
        label: "Higher working origin, professional job, at {ages}",
        ..cell::<3, 2>(AT_25)
    },
    Measure {
        key: "mobility_matrix.lower_working.working.25",
        label: "Lower working origin, working job, at {ages}",
        ..cell::<4, 0>(AT_25)
    },
    Measure {
        key: "mobility_matrix.lower_working.intermediate.25",
        label: "Lower working origin, intermediate job, at {ages}",
        ..cell::<4, 1>(AT_25)
    },
    Measure {
        key: "mobility_matrix.lower_working.professional.25",
        label: "Lower working origin, professional job, at {ages}",
        ..cell::<4, 2>(AT_25)
    },
    Measure {
        key: "mobility_matrix.higher_professional.working.30",
        label: "Higher professional origin, working job, at {ages}",
        ..cell::<0, 0>(AT_30)
    },
    Measure {
        key: "mobility_matrix.higher_professional.intermediate.30",
        label: "Higher professional origin, intermediate job, at {ages}",
        ..cell::<0, 1>(AT_30)
    },
    Measure {
        key: "mobility_matrix.higher_professional.professional.30",
        label: "Higher professional origin, professional job, at {ages}",
        ..cell::<0, 2>(AT_30)
    },
    Measure {
        key: "mobility_matrix.lower_professional.working.30",
        label: "Lower professional origin, working job, at {ages}",
        ..cell::<1, 0>(AT_30)
    },
    Measure {
        key: "mobility_matrix.lower_professional.intermediate.30",
        label: "Lower professional origin, intermediate job, at {ages}",
        ..cell::<1, 1>(AT_30)
    },
    Measure {
        key: "mobility_matrix.lower_professional.professional.30",
        label: "Lower professional origin, professional job, at {ages}",
        ..cell::<1, 2>(AT_30)
    },
    Measure {
        key: "mobility_matrix.intermediate.working.30",
        label: "Intermediate origin, working job, at {ages}",
        ..cell::<2, 0>(AT_30)
    },
    Measure {
        key: "mobility_matrix.intermediate.intermediate.30",
        label: "Intermediate origin, intermediate job, at {ages}",
        ..cell::<2, 1>(AT_30)
    },
    Measure {
        key: "mobility_matrix.intermediate.professional.30",
        label: "Intermediate origin, professional job, at {ages}",
        ..cell::<2, 2>(AT_30)
    },
    Measure {
        key: "mobility_matrix.higher_working.working.30",
        label: "Higher working origin, working job, at {ages}",
        ..cell::<3, 0>(AT_30)
    },
    Measure {
        key: "mobility_matrix.higher_working.intermediate.30",
        label: "Higher working origin, intermediate job, at {ages}",
        ..cell::<3, 1>(AT_30)
    },
    Measure {
        key: "mobility_matrix.higher_working.professional.30",
        label: "Higher working origin, professional job, at {ages}",
        ..cell::<3, 2>(AT_30)
    },
    Measure {
        key: "mobility_matrix.lower_working.working.30",
        label: "Lower working origin, working job, at {ages}",
        ..cell::<4, 0>(AT_30)
    },
    Measure {
        key: "mobility_matrix.lower_working.intermediate.30",
        label: "Lower working origin, intermediate job, at {ages}",
        ..cell::<4, 1>(AT_30)
    },
    Measure {
        key: "mobility_matrix.lower_working.professional.30",
        label: "Lower working origin, professional job, at {ages}",
        ..cell::<4, 2>(AT_30)
    },
];

/// A share of the matrix, but for its name.
const fn cell<const ORIGIN: usize, const JOB: usize>(ages: Ages) -> Measure {
    Measure {
        numerator: JOBS[JOB],
        denominator: ORIGINS[ORIGIN],
        ages,
        better: Better::Neither,
        prominence: Prominence::Detail,
        scope: Scope::Origins,
        compute: flow::<ORIGIN, JOB>,
        ..Measure::SHARE
    }
}

fn flow<const ORIGIN: usize, const JOB: usize>(counted: &Counted, ages: Ages) -> Ratio {
    let origin = Origin::VARIANTS[ORIGIN];
    let people = EMPLOYED_STANDINGS.map(|job| counted.standing_from(ages.first, origin, job));
    Ratio::of_agents(counted, people[JOB], people.iter().sum())
}

/// The matrix of people at `age` (25 or 30) over one span of a run; `None` for other ages.
#[must_use]
pub fn matrix(run: &RunOutcome, age: u16, slice: usize, span: usize) -> Option<MobilityMatrix> {
    let key = format!("mobility_matrix.higher_professional.working.{age}");
    let first = run.measure(&key)?;
    let mut matrix = MobilityMatrix::default();
    for (row, jobs) in matrix.iter_mut().enumerate() {
        for (column, people) in jobs.iter_mut().enumerate() {
            *people = run.ratio(first + row * EMPLOYED_STANDINGS.len() + column, slice, span).numerator;
        }
    }
    Some(matrix)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Kind, Qualification};
    use crate::engine::tally::{Slice, Standing, Tallies};
    use crate::outcomes::testing::{SCALE, Sheet};
    use crate::outcomes::{evaluate, measures};

    fn sheet() -> Sheet {
        let what = |standing| (Qualification::Level3, standing);
        Sheet::new()
            .mark(30, Some(Origin::LowerWorking), what(Standing::Working), 5)
            .mark(30, Some(Origin::LowerWorking), what(Standing::Professional), 3)
            .mark(30, Some(Origin::HigherProfessional), what(Standing::Intermediate), 2)
            .mark(30, Some(Origin::HigherProfessional), what(Standing::Neet), 9)
            .mark(30, None, what(Standing::Professional), 9)
    }

    #[test]
    fn rows_of_the_matrix_are_shares_of_an_origin() {
        sheet().expect("mobility_matrix.lower_working.working.30", 0.625);
        sheet().expect("mobility_matrix.lower_working.intermediate.30", 0.0);
        sheet().expect("mobility_matrix.higher_professional.intermediate.30", 1.0);
        assert_eq!(sheet().value("mobility_matrix.intermediate.working.30"), None);
        assert_eq!(sheet().value("mobility_matrix.lower_working.working.25"), None);
    }

    #[test]
    fn keys_follow_the_order_of_origins_and_jobs() {
        let keys: Vec<String> = MEASURES.iter().map(|measure| measure.key.to_owned()).collect();
        let expected = ["25", "30"].iter().flat_map(|age| {
            Origin::VARIANTS.iter().flat_map(move |origin| {
                ["working", "intermediate", "professional"]
                    .map(|job| format!("mobility_matrix.{}.{job}.{age}", origin.name().replace(' ', "_")))
            })
        });
        assert_eq!(keys, expected.collect::<Vec<_>>());
    }

    #[test]
    fn the_counts_are_added_over_periods() {
        let tallies = Tallies { scale: SCALE, periods: vec![sheet().period, sheet().period] };
        let found = matrix(&evaluate(&tallies, &[Slice::All], measures()), 30, 0, 2).unwrap();
        let mut expected = MobilityMatrix::default();
        expected[0] = [0.0, 40.0, 0.0];
        expected[4] = [100.0, 0.0, 60.0];
        assert_eq!(found, expected);
        assert_eq!(matrix(&evaluate(&tallies, &[Slice::All], measures()), 31, 0, 2), None);
    }
}
