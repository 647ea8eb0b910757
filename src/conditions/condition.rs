//! The handle by which a condition is named: typed by the key of its table, or of any.

use std::marker::PhantomData;

/// A condition: a table of numbers that people meet, which a policy may change.
///
/// `K` is what its numbers are looked up by, such as `(JobClass, AgeBand)`: see [`TableKey`](super::TableKey). Lists of
/// conditions, and whoever has a condition's name from a file, know nothing of that: for them `K` is [`AnyKey`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Condition<K = AnyKey> {
    /// The position in the order of the layout: below the number of conditions, which fits.
    index: u8,
    key: PhantomData<K>,
}

/// The key of a condition of which only the name is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AnyKey;

impl<K> Condition<K> {
    /// The condition at a position in the order of the layout.
    pub(super) const fn at(index: usize) -> Self {
        assert!(index <= u8::MAX as usize, "more conditions than can be numbered");
        #[expect(clippy::cast_possible_truncation, reason = "just checked")]
        let index = index as u8;
        Self { index, key: PhantomData }
    }

    /// The position in the order of the layout.
    #[must_use]
    pub const fn index(&self) -> usize {
        self.index as usize
    }

    /// The same condition, its key forgotten.
    #[must_use]
    pub const fn any(&self) -> Condition {
        Condition { index: self.index, key: PhantomData }
    }
}
