//! Reading conditions into tables.

use crate::conditions::{Condition as C, Conditions};

/// A table over two closed axes.
pub(crate) type Grid<const A: usize, const B: usize> = [[f32; B]; A];

/// A hazard or weight in single precision.
#[expect(clippy::cast_possible_truncation, reason = "hazards and weights are single precision by design")]
pub(crate) fn single(value: f64) -> f32 {
    value as f32
}

/// A non-negative number of months or the like as a whole number.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the registry holds it within 0..=600")]
pub(crate) fn whole(value: f64) -> u16 {
    (value + 0.5) as u16
}

/// Conditions, in the shapes that tables have.
pub(crate) struct From<'a>(pub &'a Conditions);

impl From<'_> {
    /// The one number of a condition.
    pub fn get(&self, condition: C) -> f64 {
        self.0.get(condition, &[])
    }

    /// The same in single precision.
    pub fn one(&self, condition: C) -> f32 {
        single(self.0.get(condition, &[]))
    }

    /// The numbers of a condition along its one axis, in single precision.
    pub fn row<const A: usize>(&self, condition: C) -> [f32; A] {
        std::array::from_fn(|a| single(self.0.get(condition, &[a])))
    }

    /// The same in double precision.
    pub fn exact<const A: usize>(&self, condition: C) -> [f64; A] {
        std::array::from_fn(|a| self.0.get(condition, &[a]))
    }

    /// The same as whole months.
    pub fn months<const A: usize>(&self, condition: C) -> [u16; A] {
        self.exact::<A>(condition).map(whole)
    }

    /// The numbers of a condition along its two axes.
    pub fn grid<const A: usize, const B: usize>(&self, condition: C) -> Grid<A, B> {
        std::array::from_fn(|a| std::array::from_fn(|b| single(self.0.get(condition, &[a, b]))))
    }

    /// The number of each region.
    pub fn by_region(&self, condition: C) -> Vec<f64> {
        self.0.table(condition).to_vec()
    }

    /// The numbers of each region along the other axis.
    pub fn rows_by_region<const A: usize>(&self, condition: C) -> Vec<[f64; A]> {
        let row = |region| std::array::from_fn(|a| self.0.get(condition, &[region, a]));
        (0..self.0.layout().regions()).map(row).collect()
    }

    /// The number of each region, in single precision.
    pub fn single_by_region(&self, condition: C) -> Vec<f32> {
        self.0.table(condition).iter().map(|value| single(*value)).collect()
    }
}
