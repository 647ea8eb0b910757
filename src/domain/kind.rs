//! What all closed sets of kinds have in common.

/// A closed set of kinds with a dense index and the name used in TOML, tables and files.
pub trait Kind: strum::VariantArray + Copy + Into<&'static str> + 'static {
    /// How many there are.
    #[must_use]
    fn count() -> usize {
        Self::VARIANTS.len()
    }

    /// The kind at an index below [`Kind::count`].
    #[must_use]
    #[inline]
    fn at(index: usize) -> Self {
        Self::VARIANTS[index]
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{NextStep, Origin};
    use strum::VariantArray;

    #[test]
    fn every_name_reads_back() {
        for kind in NextStep::VARIANTS {
            assert_eq!(NextStep::named(kind.name()), Some(*kind));
        }
        assert_eq!(Origin::named("duke"), None);
    }
}
