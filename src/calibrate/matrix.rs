//! The linear algebra of the search: matrices and the Cholesky factor of those that are symmetric
//! and positive definite, as information and covariance are (Golub and Van Loan 2013, 4.2).

use std::ops::{Index, IndexMut};

/// Numbers in rows and columns.
#[derive(Clone, Debug, PartialEq)]
pub struct RealMatrix {
    columns: usize,
    numbers: Vec<f64>,
}

impl RealMatrix {
    /// The matrix with these numbers.
    #[must_use]
    pub fn new(rows: usize, columns: usize, number: impl Fn(usize, usize) -> f64) -> Self {
        let places = (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column)));
        Self { columns, numbers: places.map(|(row, column)| number(row, column)).collect() }
    }

    /// Ones on the diagonal and zeros elsewhere.
    #[must_use]
    pub fn identity(size: usize) -> Self {
        Self::new(size, size, |row, column| if row == column { 1.0 } else { 0.0 })
    }

    /// So much of this matrix and so much of one of the same size.
    #[must_use]
    pub fn mixed(&self, own: f64, other: &Self, others: f64) -> Self {
        let pairs = self.numbers.iter().zip(&other.numbers);
        Self { columns: self.columns, numbers: pairs.map(|(a, b)| a * own + b * others).collect() }
    }

    /// The numbers whose row is their column.
    #[must_use]
    pub fn diagonal(&self) -> Vec<f64> {
        self.numbers.iter().step_by(self.columns + 1).copied().collect()
    }
}

impl Index<(usize, usize)> for RealMatrix {
    type Output = f64;

    fn index(&self, (row, column): (usize, usize)) -> &f64 {
        &self.numbers[row * self.columns + column]
    }
}

impl IndexMut<(usize, usize)> for RealMatrix {
    fn index_mut(&mut self, (row, column): (usize, usize)) -> &mut f64 {
        &mut self.numbers[row * self.columns + column]
    }
}

/// The lower triangle whose product with its transpose is a symmetric positive definite matrix.
#[derive(Clone, Debug, PartialEq)]
pub struct Cholesky(RealMatrix);

impl Cholesky {
    /// The factor of a symmetric matrix, of which the lower half is read, unless it is not positive definite.
    #[must_use]
    pub fn new(matrix: &RealMatrix) -> Option<Self> {
        let size = matrix.columns;
        let mut lower = RealMatrix::new(size, size, |_, _| 0.0);
        for column in 0..size {
            for row in column..size {
                let rest =
                    (0..column).fold(matrix[(row, column)], |rest, at| rest - lower[(column, at)] * lower[(row, at)]);
                if row > column {
                    lower[(row, column)] = rest / lower[(column, column)];
                } else if rest > 0.0 {
                    lower[(row, row)] = rest.sqrt();
                } else {
                    return None;
                }
            }
        }
        Some(Self(lower))
    }

    /// The triangle, with zeros above it.
    #[must_use]
    pub fn lower(&self) -> &RealMatrix {
        &self.0
    }

    /// What the factored matrix takes to `right`.
    #[must_use]
    pub fn solve(&self, right: &[f64]) -> Vec<f64> {
        let Self(lower) = self;
        let size = right.len();
        let mut solved = right.to_vec();
        for row in 0..size {
            let rest = (0..row).fold(solved[row], |rest, at| rest - solved[at] * lower[(row, at)]);
            solved[row] = rest / lower[(row, row)];
        }
        for row in (0..size).rev() {
            let below: Vec<f64> = (row + 1..size).map(|at| lower[(at, row)]).collect();
            solved[row] = (solved[row] - dot(&below, &solved[row + 1..])) / lower[(row, row)];
        }
        solved
    }

    /// The inverse of the factored matrix.
    #[must_use]
    pub fn inverse(&self) -> RealMatrix {
        let size = self.0.columns;
        let unit = |column: usize| (0..size).map(|row| if row == column { 1.0 } else { 0.0 }).collect::<Vec<_>>();
        let columns: Vec<Vec<f64>> = (0..size).map(|column| self.solve(&unit(column))).collect();
        RealMatrix::new(size, size, |row, column| columns[column][row])
    }
}

/// The scalar product. Eight sums side by side lose less to rounding than one; the shipped fit was found with this
/// order of additions.
fn dot(a: &[f64], b: &[f64]) -> f64 {
    let in_eights = a.len() / 8 * 8;
    let mut sums = [0.0; 8];
    for (at, (x, y)) in a.iter().zip(b).take(in_eights).enumerate() {
        sums[at % 8] += x * y;
    }
    let sum = (0..4).fold(0.0, |sum, lane| sum + (sums[lane] + sums[lane + 4]));
    a.iter().zip(b).skip(in_eights).fold(sum, |sum, (x, y)| sum + x * y)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn matrix<const N: usize>(rows: [[f64; N]; N]) -> RealMatrix {
        RealMatrix::new(N, N, |row, column| rows[row][column])
    }

    fn product(a: &RealMatrix, b: &RealMatrix) -> RealMatrix {
        let size = a.columns;
        RealMatrix::new(size, size, |row, column| (0..size).map(|at| a[(row, at)] * b[(at, column)]).sum())
    }

    fn furthest(a: &RealMatrix, b: &RealMatrix) -> f64 {
        a.numbers.iter().zip(&b.numbers).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
    }

    #[test]
    fn the_factor_of_a_small_matrix_is_what_one_finds_by_hand() {
        let factor = Cholesky::new(&matrix([[4.0, 12.0, -16.0], [12.0, 37.0, -43.0], [-16.0, -43.0, 98.0]])).unwrap();
        assert_eq!(factor.lower(), &matrix([[2.0, 0.0, 0.0], [6.0, 1.0, 0.0], [-8.0, 5.0, 3.0]]));
        // 4x + 12y - 16z = 0, 12x + 37y - 43z = 6, -16x - 43y + 98z = 39 at (1, 1, 1)
        assert_eq!(factor.solve(&[0.0, 6.0, 39.0]), [1.0, 1.0, 1.0]);
    }

    #[test]
    fn the_inverse_of_a_small_matrix_is_what_one_finds_by_hand() {
        let inverse = Cholesky::new(&matrix([[4.0, 2.0], [2.0, 2.0]])).unwrap().inverse();
        assert!(furthest(&inverse, &matrix([[0.5, -0.5], [-0.5, 1.0]])) < 1e-15, "{inverse:?}");
        assert_eq!(inverse.diagonal().len(), 2);
    }

    #[test]
    fn only_positive_definite_matrices_have_a_factor() {
        assert_eq!(Cholesky::new(&matrix([[1.0, 2.0], [2.0, 1.0]])), None);
        assert_eq!(Cholesky::new(&matrix([[0.0]])), None);
        assert_eq!(Cholesky::new(&matrix([[f64::NAN]])), None);
    }

    #[test]
    fn a_mixture_is_a_weighted_sum() {
        let mixed = matrix([[1.0, 2.0], [3.0, 4.0]]).mixed(0.75, &RealMatrix::identity(2), 0.25);
        assert_eq!(mixed, matrix([[1.0, 1.5], [2.25, 3.25]]));
    }

    #[test]
    fn a_scalar_product_has_every_term_once_however_long_it_is() {
        for length in 0..40_u32 {
            let numbers: Vec<f64> = (1..=length).map(f64::from).collect();
            let squares = f64::from(length * (length + 1) * (2 * length + 1) / 6);
            assert!((dot(&numbers, &numbers) - squares).abs() < 1e-9, "{length}");
        }
    }

    proptest! {
        #[test]
        fn a_factor_gives_its_matrix_back_and_undoes_it(
            size in 1..24_usize,
            numbers in prop::collection::vec(-1.0..1.0_f64, 24 * 24),
        ) {
            // A product with its transpose is positive semidefinite; ones on the diagonal make it definite.
            let half = RealMatrix::new(size, size, |row, column| numbers[24 * row + column]);
            let transposed = |matrix: &RealMatrix| RealMatrix::new(size, size, |row, column| matrix[(column, row)]);
            let whole = product(&half, &transposed(&half)).mixed(1.0, &RealMatrix::identity(size), 1.0);
            let factor = Cholesky::new(&whole).unwrap();
            prop_assert!(furthest(&product(factor.lower(), &transposed(factor.lower())), &whole) < 1e-12);
            prop_assert!(furthest(&product(&whole, &factor.inverse()), &RealMatrix::identity(size)) < 1e-11);
            let solved = factor.solve(&numbers[..size]);
            let back = (0..size).map(|row| (0..size).map(|at| whole[(row, at)] * solved[at]).sum::<f64>());
            prop_assert!(back.zip(&numbers).all(|(found, number)| (found - number).abs() < 1e-11));
        }
    }
}
