//! The origin-destination matrix: where people of each origin class come to.

use super::counted::EMPLOYED_STANDINGS;
use super::{Better, Counted, Measure, Ratio, RunOutcome, Scope, share};
use crate::domain::Origin;
use std::ops::Range;
use strum::VariantArray;

/// People by origin class (rows, in the order of [`Origin`]) and class of job (working, intermediate, professional).
pub type Matrix = [[f64; 3]; 5];

const JOBS: [&str; 3] =
    ["of these, in a working-class job", "of these, in an intermediate job", "of these, in a professional job"];
const ORIGINS_AT_25: [&str; 5] = [
    "people of higher professional origin in a job on their 25th birthday",
    "people of lower professional origin in a job on their 25th birthday",
    "people of intermediate origin in a job on their 25th birthday",
    "people of higher working origin in a job on their 25th birthday",
    "people of lower working origin in a job on their 25th birthday",
];
const ORIGINS_AT_30: [&str; 5] = [
    "people of higher professional origin in a job on their 30th birthday",
    "people of lower professional origin in a job on their 30th birthday",
    "people of intermediate origin in a job on their 30th birthday",
    "people of higher working origin in a job on their 30th birthday",
    "people of lower working origin in a job on their 30th birthday",
];

/// The outflow matrix at 25 and 30: `people of the origin in the class of job / people of the origin in a job`.
///
/// The three shares of an origin add up to one. Numerators are the matrix of counts itself. Apprentices,
/// students, people out of work and people who grew up abroad are left out.
pub(super) const MEASURES: [Measure; 30] = [
    cell(
        "mobility_matrix.higher_professional.working.25",
        "Higher professional origin, working job, at 25",
        ORIGINS_AT_25[0],
        JOBS[0],
        "25",
        flow::<0, 0, 25>,
    ),
    cell(
        "mobility_matrix.higher_professional.intermediate.25",
        "Higher professional origin, intermediate job, at 25",
        ORIGINS_AT_25[0],
        JOBS[1],
        "25",
        flow::<0, 1, 25>,
    ),
    cell(
        "mobility_matrix.higher_professional.professional.25",
        "Higher professional origin, professional job, at 25",
        ORIGINS_AT_25[0],
        JOBS[2],
        "25",
        flow::<0, 2, 25>,
    ),
    cell(
        "mobility_matrix.lower_professional.working.25",
        "Lower professional origin, working job, at 25",
        ORIGINS_AT_25[1],
        JOBS[0],
        "25",
        flow::<1, 0, 25>,
    ),
    cell(
        "mobility_matrix.lower_professional.intermediate.25",
        "Lower professional origin, intermediate job, at 25",
        ORIGINS_AT_25[1],
        JOBS[1],
        "25",
        flow::<1, 1, 25>,
    ),
    cell(
        "mobility_matrix.lower_professional.professional.25",
        "Lower professional origin, professional job, at 25",
        ORIGINS_AT_25[1],
        JOBS[2],
        "25",
        flow::<1, 2, 25>,
    ),
    cell(
        "mobility_matrix.intermediate.working.25",
        "Intermediate origin, working job, at 25",
        ORIGINS_AT_25[2],
        JOBS[0],
        "25",
        flow::<2, 0, 25>,
    ),
    cell(
        "mobility_matrix.intermediate.intermediate.25",
        "Intermediate origin, intermediate job, at 25",
        ORIGINS_AT_25[2],
        JOBS[1],
        "25",
        flow::<2, 1, 25>,
    ),
    cell(
        "mobility_matrix.intermediate.professional.25",
        "Intermediate origin, professional job, at 25",
        ORIGINS_AT_25[2],
        JOBS[2],
        "25",
        flow::<2, 2, 25>,
    ),
    cell(
        "mobility_matrix.higher_working.working.25",
        "Higher working origin, working job, at 25",
        ORIGINS_AT_25[3],
        JOBS[0],
        "25",
        flow::<3, 0, 25>,
    ),
    cell(
        "mobility_matrix.higher_working.intermediate.25",
        "Higher working origin, intermediate job, at 25",
        ORIGINS_AT_25[3],
        JOBS[1],
        "25",
        flow::<3, 1, 25>,
    ),
    cell(
        "mobility_matrix.higher_working.professional.25",
        "Higher working origin, professional job, at 25",
        ORIGINS_AT_25[3],
        JOBS[2],
        "25",
        flow::<3, 2, 25>,
    ),
    cell(
        "mobility_matrix.lower_working.working.25",
        "Lower working origin, working job, at 25",
        ORIGINS_AT_25[4],
        JOBS[0],
        "25",
        flow::<4, 0, 25>,
    ),
    cell(
        "mobility_matrix.lower_working.intermediate.25",
        "Lower working origin, intermediate job, at 25",
        ORIGINS_AT_25[4],
        JOBS[1],
        "25",
        flow::<4, 1, 25>,
    ),
    cell(
        "mobility_matrix.lower_working.professional.25",
        "Lower working origin, professional job, at 25",
        ORIGINS_AT_25[4],
        JOBS[2],
        "25",
        flow::<4, 2, 25>,
    ),
    cell(
        "mobility_matrix.higher_professional.working.30",
        "Higher professional origin, working job, at 30",
        ORIGINS_AT_30[0],
        JOBS[0],
        "30",
        flow::<0, 0, 30>,
    ),
    cell(
        "mobility_matrix.higher_professional.intermediate.30",
        "Higher professional origin, intermediate job, at 30",
        ORIGINS_AT_30[0],
        JOBS[1],
        "30",
        flow::<0, 1, 30>,
    ),
    cell(
        "mobility_matrix.higher_professional.professional.30",
        "Higher professional origin, professional job, at 30",
        ORIGINS_AT_30[0],
        JOBS[2],
        "30",
        flow::<0, 2, 30>,
    ),
    cell(
        "mobility_matrix.lower_professional.working.30",
        "Lower professional origin, working job, at 30",
        ORIGINS_AT_30[1],
        JOBS[0],
        "30",
        flow::<1, 0, 30>,
    ),
    cell(
        "mobility_matrix.lower_professional.intermediate.30",
        "Lower professional origin, intermediate job, at 30",
        ORIGINS_AT_30[1],
        JOBS[1],
        "30",
        flow::<1, 1, 30>,
    ),
    cell(
        "mobility_matrix.lower_professional.professional.30",
        "Lower professional origin, professional job, at 30",
        ORIGINS_AT_30[1],
        JOBS[2],
        "30",
        flow::<1, 2, 30>,
    ),
    cell(
        "mobility_matrix.intermediate.working.30",
        "Intermediate origin, working job, at 30",
        ORIGINS_AT_30[2],
        JOBS[0],
        "30",
        flow::<2, 0, 30>,
    ),
    cell(
        "mobility_matrix.intermediate.intermediate.30",
        "Intermediate origin, intermediate job, at 30",
        ORIGINS_AT_30[2],
        JOBS[1],
        "30",
        flow::<2, 1, 30>,
    ),
    cell(
        "mobility_matrix.intermediate.professional.30",
        "Intermediate origin, professional job, at 30",
        ORIGINS_AT_30[2],
        JOBS[2],
        "30",
        flow::<2, 2, 30>,
    ),
    cell(
        "mobility_matrix.higher_working.working.30",
        "Higher working origin, working job, at 30",
        ORIGINS_AT_30[3],
        JOBS[0],
        "30",
        flow::<3, 0, 30>,
    ),
    cell(
        "mobility_matrix.higher_working.intermediate.30",
        "Higher working origin, intermediate job, at 30",
        ORIGINS_AT_30[3],
        JOBS[1],
        "30",
        flow::<3, 1, 30>,
    ),
    cell(
        "mobility_matrix.higher_working.professional.30",
        "Higher working origin, professional job, at 30",
        ORIGINS_AT_30[3],
        JOBS[2],
        "30",
        flow::<3, 2, 30>,
    ),
    cell(
        "mobility_matrix.lower_working.working.30",
        "Lower working origin, working job, at 30",
        ORIGINS_AT_30[4],
        JOBS[0],
        "30",
        flow::<4, 0, 30>,
    ),
    cell(
        "mobility_matrix.lower_working.intermediate.30",
        "Lower working origin, intermediate job, at 30",
        ORIGINS_AT_30[4],
        JOBS[1],
        "30",
        flow::<4, 1, 30>,
    ),
    cell(
        "mobility_matrix.lower_working.professional.30",
        "Lower working origin, professional job, at 30",
        ORIGINS_AT_30[4],
        JOBS[2],
        "30",
        flow::<4, 2, 30>,
    ),
];

const fn cell(
    key: &'static str,
    label: &'static str,
    of: &'static str,
    job: &'static str,
    ages: &'static str,
    compute: fn(&Counted) -> Ratio,
) -> Measure {
    Measure { scope: Scope::Origins, ..share(key, label, job, of, ages, compute).better(Better::Neither).detail() }
}

fn flow<const ORIGIN: usize, const JOB: usize, const AGE: u16>(counted: &Counted) -> Ratio {
    let origin = Origin::VARIANTS[ORIGIN];
    let people = EMPLOYED_STANDINGS.map(|job| counted.standing_from(AGE, origin, job));
    Ratio::of_agents(counted, people[JOB], people.iter().sum())
}

/// The matrix of people at `age` (25 or 30) over several periods of a run; `None` for other ages.
#[must_use]
pub fn matrix(run: &RunOutcome, age: u16, slice: usize, periods: &Range<usize>) -> Option<Matrix> {
    let key = format!("mobility_matrix.higher_professional.working.{age}");
    let first = run.measure(&key)?;
    let mut matrix = Matrix::default();
    for (row, jobs) in matrix.iter_mut().enumerate() {
        for (column, people) in jobs.iter_mut().enumerate() {
            *people = run.summed(first + row * EMPLOYED_STANDINGS.len() + column, slice, periods.clone()).numerator;
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
        let found = matrix(&evaluate(&tallies, &[Slice::All], measures()), 30, 0, &(0..2)).unwrap();
        let mut expected = Matrix::default();
        expected[0] = [0.0, 40.0, 0.0];
        expected[4] = [100.0, 0.0, 60.0];
        assert_eq!(found, expected);
        assert_eq!(matrix(&evaluate(&tallies, &[Slice::All], measures()), 31, 0, &(0..2)), None);
    }
}
