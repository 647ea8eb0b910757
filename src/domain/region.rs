//! The one open kind: regions, which belong to the world that is loaded.

/// The most regions a world may have: one index is kept for "abroad".
pub const MOST_REGIONS: usize = 250;

/// A place: an index into the world's list of regions.
///
/// ```
/// use rungs::prelude::*;
///
/// let world = World::uk()?;
/// let region = world.region_named("North East").ok_or("no such region")?;
/// assert_eq!(world.regions[region.index()].code, "TLC");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Region(pub u8);

impl Region {
    /// The index into dense tables by region.
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    /// The region at an index below [`MOST_REGIONS`].
    ///
    /// # Panics
    /// If the index is not one that any world has.
    #[must_use]
    pub fn at(index: usize) -> Self {
        assert!(index < MOST_REGIONS, "no world has so many regions");
        #[expect(clippy::cast_possible_truncation, reason = "just checked")]
        let index = index as u8;
        Self(index)
    }

    /// The regions of a world that has so many.
    pub fn all(regions: usize) -> impl DoubleEndedIterator<Item = Self> + Clone {
        (0..=u8::MAX).take(regions).map(Self)
    }
}
