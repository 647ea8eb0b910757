//! Tables with one value for each kind, which that kind alone can index.

use super::{
    AfterStudy, AgeBand, AttainmentBand, AttainmentCut, Clock, Health, JobClass, Level, NextStep, Origin, Programme,
    Qualification, Seeker, Sex, SupportEffect,
};
use std::ops::{Index, IndexMut};
use strum::VariantArray;

/// A kind by which tables are indexed.
pub trait Indexed: VariantArray + Copy {
    /// One value for each kind.
    type Array<V>: AsRef<[V]> + AsMut<[V]>;

    /// The place among all kinds, counted from 0.
    fn index(self) -> usize;

    /// One value for each kind, made in their order.
    fn array<V>(make: impl FnMut(Self) -> V) -> Self::Array<V>;
}

/// A macro, because Rust has no cast to a number, and no array of as many values, that holds for whatever kind there is.
macro_rules! indexed {
    ($($kind:ident)+) => {
        $(impl Indexed for $kind {
            type Array<V> = [V; Self::VARIANTS.len()];

            #[inline]
            fn index(self) -> usize {
                self as usize
            }

            #[inline]
            fn array<V>(make: impl FnMut(Self) -> V) -> Self::Array<V> {
                let mut make = make;
                std::array::from_fn(|at| make(Self::VARIANTS[at]))
            }
        })+
    };
}

indexed! {
    AfterStudy AgeBand AttainmentBand AttainmentCut Clock Health JobClass Level NextStep Origin Programme Qualification Seeker
    Sex SupportEffect
}

/// One value for each kind of `K`.
///
/// ```
/// use rungs::domain::{EnumTable, JobClass};
///
/// let mut posts = EnumTable::from_fn(|class| if class == JobClass::Professional { 5 } else { 0 });
/// posts[JobClass::Working] += 1;
/// assert_eq!((posts[JobClass::Working], posts[JobClass::Professional]), (1, 5));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EnumTable<K: Indexed, V> {
    values: K::Array<V>,
}

impl<K: Indexed, V> EnumTable<K, V> {
    /// The table of what `make` gives for each kind.
    #[inline]
    #[must_use]
    pub fn from_fn(make: impl FnMut(K) -> V) -> Self {
        Self { values: K::array(make) }
    }

    /// The same for each kind.
    #[inline]
    #[must_use]
    pub fn filled(value: V) -> Self
    where
        V: Copy,
    {
        Self::from_fn(|_| value)
    }

    /// The table of these values, in the order of kinds.
    #[inline]
    #[must_use]
    pub fn new(values: K::Array<V>) -> Self {
        Self { values }
    }

    /// The values in the order of kinds.
    #[inline]
    #[must_use]
    pub fn values(&self) -> &K::Array<V> {
        &self.values
    }

    /// The table of what `change` makes of each value.
    #[inline]
    #[must_use]
    pub fn map<W>(&self, mut change: impl FnMut(V) -> W) -> EnumTable<K, W>
    where
        V: Copy,
    {
        EnumTable::from_fn(|kind| change(self[kind]))
    }
}

impl<K: Indexed, V> Index<K> for EnumTable<K, V> {
    type Output = V;

    #[inline]
    fn index(&self, kind: K) -> &V {
        &self.values.as_ref()[kind.index()]
    }
}

impl<K: Indexed, V> IndexMut<K> for EnumTable<K, V> {
    #[inline]
    fn index_mut(&mut self, kind: K) -> &mut V {
        &mut self.values.as_mut()[kind.index()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_finds_the_value_that_was_made_for_it() {
        let ranks = EnumTable::from_fn(|class: JobClass| class as u8);
        assert!(JobClass::VARIANTS.iter().all(|class| ranks[*class] == *class as u8));
        assert_eq!(*ranks.values(), [0, 1, 2]);
        assert_eq!(ranks.map(|rank| 2 * rank).values(), &[0, 2, 4]);
    }

    #[test]
    fn a_table_takes_no_more_room_than_its_values() {
        assert_eq!(size_of::<EnumTable<Qualification, f32>>(), 5 * size_of::<f32>());
    }
}
