//! Reading conditions into tables.

use crate::conditions::{Along, Condition, Conditions, TableKey};
use crate::domain::{EnumTable, Indexed, Region};
use crate::units::Probability;

/// A table over two closed axes.
pub(crate) type Grid<A, B> = EnumTable<A, EnumTable<B, f32>>;

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
pub(crate) struct Reader<'a>(pub &'a Conditions);

impl Reader<'_> {
    /// The one number of a condition.
    pub fn get(&self, condition: Condition<()>) -> f64 {
        self.0.get(condition, ())
    }

    /// The same in single precision.
    pub fn one(&self, condition: Condition<()>) -> f32 {
        single(self.get(condition))
    }

    /// The numbers of a condition along its one axis.
    pub fn exact<K: TableKey + Indexed>(&self, condition: Condition<K>) -> EnumTable<K, f64> {
        EnumTable::from_fn(|kind| self.0.get(condition, kind))
    }

    /// The one probability of a condition.
    pub fn probability(&self, condition: Condition<()>) -> Probability {
        Probability(self.get(condition))
    }

    /// The probabilities of a condition along its one axis.
    pub fn probabilities<K: TableKey + Indexed>(&self, condition: Condition<K>) -> EnumTable<K, Probability> {
        self.exact(condition).map(Probability)
    }

    /// The numbers of a condition along its one axis, in single precision.
    pub fn row<K: TableKey + Indexed>(&self, condition: Condition<K>) -> EnumTable<K, f32> {
        self.exact(condition).map(single)
    }

    /// The numbers of a condition along its one axis, as whole months.
    pub fn months<K: TableKey + Indexed>(&self, condition: Condition<K>) -> EnumTable<K, u16> {
        self.exact(condition).map(whole)
    }

    /// The numbers of a condition along its two axes.
    pub fn grid<A: Along + Indexed, B: Along + Indexed>(&self, condition: Condition<(A, B)>) -> Grid<A, B> {
        EnumTable::from_fn(|a| EnumTable::from_fn(|b| single(self.0.get(condition, (a, b)))))
    }

    /// The number of each region.
    pub fn by_region(&self, condition: Condition<Region>) -> Vec<f64> {
        self.0.table(condition).to_vec()
    }

    /// The same in single precision.
    pub fn single_by_region(&self, condition: Condition<Region>) -> Vec<f32> {
        self.0.table(condition).iter().map(|value| single(*value)).collect()
    }

    /// The numbers of each region along the other axis.
    pub fn rows_by_region<K: Along + Indexed>(&self, condition: Condition<(Region, K)>) -> Vec<EnumTable<K, f64>> {
        self.regions().map(|region| EnumTable::from_fn(|kind| self.0.get(condition, (region, kind)))).collect()
    }

    /// The regions of the world.
    pub fn regions(&self) -> impl Iterator<Item = Region> + use<> {
        Region::all(self.0.layout().regions())
    }
}
