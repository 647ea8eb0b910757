//! Structure versus fluidity: what a change in mobility owes to different jobs, and what to fairer chances.

use super::mobility_matrix::MobilityMatrix;

/// A share of the mobility matrix whose change is split.
#[derive(Clone, Copy, Debug)]
pub struct Decomposed {
    /// The measure with this share.
    pub measure: &'static str,
    /// The age of the matrix.
    pub age: u16,
    share: fn(&MobilityMatrix) -> Option<f64>,
}

/// What is split, in the order of tables.
pub const DECOMPOSED: [Decomposed; 6] = [
    Decomposed { measure: "upward_mobility.25", age: 25, share: upward },
    Decomposed { measure: "downward_mobility.25", age: 25, share: downward },
    Decomposed { measure: "long_range_upward.25", age: 25, share: long_range_upward },
    Decomposed { measure: "upward_mobility.30", age: 30, share: upward },
    Decomposed { measure: "downward_mobility.30", age: 30, share: downward },
    Decomposed { measure: "long_range_upward.30", age: 30, share: long_range_upward },
];

/// A change of a share, split in two: `change = structure + fluidity`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Decomposition {
    /// The share in the baseline.
    pub baseline: f64,
    /// Scenario less baseline.
    pub change: f64,
    /// What other margins do (how many come from each origin and how many jobs of each class there are), with the
    /// baseline's odds ratios.
    pub structure: f64,
    /// What other odds ratios do: fairer, or less fair, chances.
    pub fluidity: f64,
}

impl Decomposed {
    /// Splits the change from `baseline` to `scenario`; `None` when a share is unknown or the baseline has nobody of an
    /// origin or in a class of job that the scenario has.
    ///
    /// The baseline's matrix is fitted to the scenario's margins by iterative proportional fitting, which keeps its odds
    /// ratios. With `S` the share: `structure = S(fitted) - S(baseline)`, `fluidity = S(scenario) - S(fitted)`.
    ///
    /// # Source
    /// Deming and Stephan (1940), "On a least squares adjustment of a sampled frequency table when the expected
    /// marginal totals are known", Annals of Mathematical Statistics 11; for mobility tables Breen (2010), "Educational
    /// expansion and social mobility in the 20th century", Social Forces 89.
    #[must_use]
    pub fn of(&self, baseline: &MobilityMatrix, scenario: &MobilityMatrix) -> Option<Decomposition> {
        let fitted = fit(baseline, scenario)?;
        let (before, between, after) = ((self.share)(baseline)?, (self.share)(&fitted)?, (self.share)(scenario)?);
        Some(Decomposition {
            baseline: before,
            change: after - before,
            structure: between - before,
            fluidity: after - between,
        })
    }
}

/// The class of job that each origin class corresponds to, as a column.
const SAME: [usize; 5] = [2, 2, 1, 0, 0];

fn upward(matrix: &MobilityMatrix) -> Option<f64> {
    share(matrix, |origin, job| job > SAME[origin], |_| true)
}

fn downward(matrix: &MobilityMatrix) -> Option<f64> {
    share(matrix, |origin, job| job < SAME[origin], |_| true)
}

fn long_range_upward(matrix: &MobilityMatrix) -> Option<f64> {
    share(matrix, |_, job| job == 2, |origin| SAME[origin] == 0)
}

/// The share of cells that count among those of origins that are in the denominator.
fn share(matrix: &MobilityMatrix, counts: impl Fn(usize, usize) -> bool, is_in: impl Fn(usize) -> bool) -> Option<f64> {
    let (mut counted, mut everybody) = (0.0, 0.0);
    for (origin, jobs) in matrix.iter().enumerate().filter(|(origin, _)| is_in(*origin)) {
        for (job, people) in jobs.iter().enumerate() {
            everybody += people;
            counted += if counts(origin, job) { *people } else { 0.0 };
        }
    }
    (everybody > 0.0).then(|| counted / everybody)
}

/// Rounds after which fitting is given up; a matrix without zeros needs about ten.
const MOST_ROUNDS: usize = 1_000;
/// The largest part of all people by which a margin may still be off.
const TOLERANCE: f64 = 1e-12;

/// The matrix with the odds ratios of `seed` and the margins of `margins`.
fn fit(seed: &MobilityMatrix, margins: &MobilityMatrix) -> Option<MobilityMatrix> {
    let (rows, columns) = (row_sums(margins), column_sums(margins));
    let everybody = rows.iter().fold(0.0, |sum, row| sum + row);
    let mut fitted = *seed;
    for _ in 0..MOST_ROUNDS {
        let by_row = factors(&rows, &row_sums(&fitted))?;
        for (jobs, factor) in fitted.iter_mut().zip(by_row) {
            jobs.iter_mut().for_each(|people| *people *= factor);
        }
        let by_column = factors(&columns, &column_sums(&fitted))?;
        for jobs in &mut fitted {
            jobs.iter_mut().zip(&by_column).for_each(|(people, factor)| *people *= factor);
        }
        let found = row_sums(&fitted);
        let off = found.iter().zip(&rows).fold(0.0, |off: f64, (found, wanted)| off.max((found - wanted).abs()));
        if off <= TOLERANCE * everybody {
            return Some(fitted);
        }
    }
    None
}

/// What makes sums into those wanted; `None` when nothing can.
fn factors<const N: usize>(wanted: &[f64; N], sums: &[f64; N]) -> Option<[f64; N]> {
    let mut factors = [0.0; N];
    for ((factor, wanted), sum) in factors.iter_mut().zip(wanted).zip(sums) {
        if *sum > 0.0 {
            *factor = wanted / sum;
        } else if *wanted > 0.0 {
            return None;
        }
    }
    Some(factors)
}

fn row_sums(matrix: &MobilityMatrix) -> [f64; 5] {
    matrix.map(|jobs| jobs.iter().fold(0.0, |sum, people| sum + people))
}

fn column_sums(matrix: &MobilityMatrix) -> [f64; 3] {
    matrix.iter().fold([0.0; 3], |sums, jobs| std::array::from_fn(|job| sums[job] + jobs[job]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outcomes::measure_named;

    /// Ten times as many people of working as of professional origin, with these jobs: working, professional.
    fn matrix(professional_origin: [f64; 2], working_origin: [f64; 2]) -> MobilityMatrix {
        let mut matrix = MobilityMatrix::default();
        matrix[0] = [professional_origin[0], 0.0, professional_origin[1]];
        matrix[4] = [working_origin[0], 0.0, working_origin[1]];
        matrix
    }

    fn near(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-9, "found {found}, expected {expected}");
    }

    #[test]
    fn more_good_jobs_at_the_same_odds_are_structure_alone() {
        // Odds of a professional job: 4 and 1 before, doubled to 8 and 2 after, so that the odds ratio stays 4.
        let before = matrix([20.0, 80.0], [50.0, 50.0]);
        let after = matrix([100.0 / 9.0, 800.0 / 9.0], [100.0 / 3.0, 200.0 / 3.0]);
        let found = DECOMPOSED[0].of(&before, &after).unwrap();
        near(found.baseline, 0.25);
        near(found.structure, 1.0 / 3.0 - 0.25);
        near(found.fluidity, 0.0);
    }

    #[test]
    fn other_chances_at_the_same_margins_are_fluidity_alone() {
        let before = matrix([20.0, 80.0], [50.0, 50.0]);
        let after = matrix([30.0, 70.0], [40.0, 60.0]);
        let found = DECOMPOSED[5].of(&before, &after).unwrap();
        near(found.baseline, 0.5);
        near(found.change, 0.1);
        near(found.structure, 0.0);
        near(found.fluidity, 0.1);
    }

    #[test]
    fn a_change_of_both_agrees_with_a_hand_worked_example() {
        // Before: odds 1 and 1/4, ratio 4. After: margins 100 + 100 and 120 professional. At ratio 4, with x the working
        // origin's professionals, (120 - x)(100 - x) = 4 x (x - 20): 3x^2 + 140x - 12,000 = 0, so x = 44.079...
        let before = matrix([50.0, 50.0], [80.0, 20.0]);
        let after = matrix([30.0, 70.0], [50.0, 50.0]);
        let x = ((140.0_f64 * 140.0 + 4.0 * 3.0 * 12_000.0).sqrt() - 140.0) / 6.0;
        let found = DECOMPOSED[2].of(&before, &after).unwrap();
        near(found.structure, (x - 20.0) / 100.0);
        near(found.fluidity, (50.0 - x) / 100.0);
        near(found.structure + found.fluidity, found.change);
    }

    #[test]
    fn fitting_keeps_odds_ratios_and_takes_margins() {
        let seed = [[3.0, 5.0, 9.0], [2.0, 2.0, 4.0], [4.0, 3.0, 1.0], [6.0, 2.0, 1.0], [8.0, 1.0, 1.0]];
        let target = [[1.0, 8.0, 2.0], [3.0, 3.0, 3.0], [1.0, 9.0, 5.0], [6.0, 1.0, 7.0], [2.0, 2.0, 9.0]];
        let fitted = fit(&seed, &target).unwrap();
        for (found, wanted) in row_sums(&fitted).iter().zip(row_sums(&target)) {
            near(*found, wanted);
        }
        for (found, wanted) in column_sums(&fitted).iter().zip(column_sums(&target)) {
            near(*found, wanted);
        }
        let ratio = |of: &MobilityMatrix, row: usize| of[0][0] * of[row][2] / (of[0][2] * of[row][0]);
        for row in 1..5 {
            near(ratio(&fitted, row), ratio(&seed, row));
        }
    }

    #[test]
    fn what_the_baseline_does_not_have_cannot_be_fitted() {
        let before = matrix([20.0, 80.0], [0.0, 0.0]);
        assert_eq!(DECOMPOSED[0].of(&before, &matrix([1.0, 1.0], [1.0, 1.0])), None);
        assert_eq!(DECOMPOSED[0].of(&MobilityMatrix::default(), &MobilityMatrix::default()), None);
    }

    #[test]
    fn what_is_split_is_a_measure() {
        for split in DECOMPOSED {
            assert!(
                measure_named(split.measure)
                    .is_some_and(|measure| measure.ages == crate::outcomes::Ages::at(split.age))
            );
        }
    }
}
