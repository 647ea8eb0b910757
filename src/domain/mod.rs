//! The closed vocabulary of the model: what a person and a place can be.
//!
//! Only names and orders live here; no number, no rule. Regions alone are open: an index into the
//! list of whatever world is loaded.

mod kinds;

pub use kinds::*;

/// A place: an index into the world's list of regions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Region(pub u8);

impl Region {
    /// The index into dense tables by region.
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// The most regions a world may have: one index is kept for "abroad".
pub const MOST_REGIONS: usize = 250;
/// The youngest simulated age in years.
pub const FIRST_AGE: u16 = 16;
/// People leave the model on the birthday on which they reach this age in years.
pub const LEAVING_AGE: u16 = 40;
/// The number of simulated ages in years.
pub const AGES: usize = 24;

/// A closed set of kinds with a dense index and the name used in TOML, tables and files.
pub trait Kind: strum::VariantArray + Copy + Into<&'static str> + 'static {
    /// How many there are.
    #[must_use]
    fn count() -> usize {
        Self::VARIANTS.len()
    }

    /// The name used in TOML, tables and files.
    #[must_use]
    fn name(self) -> &'static str {
        self.into()
    }

    /// The kind with this name.
    #[must_use]
    fn named(name: &str) -> Option<Self> {
        Self::VARIANTS.iter().copied().find(|kind| kind.name() == name)
    }

    /// All names, in index order.
    #[must_use]
    fn names() -> Vec<&'static str> {
        Self::VARIANTS.iter().map(|kind| kind.name()).collect()
    }
}

impl<T: strum::VariantArray + Copy + Into<&'static str> + 'static> Kind for T {}
