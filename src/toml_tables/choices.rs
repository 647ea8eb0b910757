//! Fields of several types behind one face, so that the keys of a table are one list.

use crate::domain::Kind;

/// A whole number of any size.
pub trait WholeNumber {
    /// The number.
    fn get(&self) -> i64;

    /// Sets the number; whether it fits.
    fn set(&mut self, number: i64) -> bool;
}

impl<T: TryFrom<i64> + TryInto<i64> + Copy> WholeNumber for T {
    fn get(&self) -> i64 {
        (*self).try_into().unwrap_or(i64::MAX)
    }

    fn set(&mut self, number: i64) -> bool {
        Self::try_from(number).map(|number| *self = number).is_ok()
    }
}

/// One kind of a closed set.
pub trait Choice {
    /// The names of all kinds, in index order.
    fn known(&self) -> Vec<&'static str>;

    /// The name of the kind.
    fn chosen(&self) -> &'static str;

    /// Sets the kind by its index.
    fn choose(&mut self, index: usize);
}

impl<K: Kind> Choice for K {
    fn known(&self) -> Vec<&'static str> {
        K::names()
    }

    fn chosen(&self) -> &'static str {
        self.name()
    }

    fn choose(&mut self, index: usize) {
        *self = K::VARIANTS[index];
    }
}

/// Some kinds of a closed set.
pub trait Choices {
    /// The names of all kinds, in index order.
    fn known(&self) -> Vec<&'static str>;

    /// The names of those that are chosen.
    fn chosen(&self) -> Vec<&'static str>;

    /// Sets the kinds by their indexes.
    fn choose(&mut self, indexes: &[usize]);
}

impl<K: Kind> Choices for Vec<K> {
    fn known(&self) -> Vec<&'static str> {
        K::names()
    }

    fn chosen(&self) -> Vec<&'static str> {
        self.iter().map(|kind| kind.name()).collect()
    }

    fn choose(&mut self, indexes: &[usize]) {
        *self = indexes.iter().map(|index| K::VARIANTS[*index]).collect();
    }
}
