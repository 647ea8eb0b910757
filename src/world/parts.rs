//! What a world is made of: its regions, and where its figures come from.

use crate::domain::Region;
use strum::{IntoStaticStr, VariantArray};

/// Several regions under one name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    /// The name.
    pub name: String,
    /// Its regions.
    pub regions: Vec<Region>,
}

/// What is known of a region besides its figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegionInfo {
    /// The name used in files and tables.
    pub name: String,
    /// The statistical code, such as `TLC`.
    pub code: String,
    /// Column and row on a tile map, from the top left.
    pub tile: (u8, u8),
}

/// Where a number comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// The key of its source.
    pub source: String,
    /// The period it refers to.
    pub period: String,
    /// How it is known.
    pub confidence: Confidence,
    /// How it was derived, or why it was assumed.
    pub note: String,
    /// The file it is in.
    pub file: String,
    /// The line of that file, from 1.
    pub line: usize,
}

/// How a figure is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray, IntoStaticStr)]
pub enum Confidence {
    /// Read in the source itself.
    #[strum(serialize = "read")]
    Read,
    /// Worked out from figures that were read; the note says how.
    #[strum(serialize = "derived")]
    Derived,
    /// Read in a page that reports the source.
    #[strum(serialize = "secondary")]
    Secondary,
    /// Assumed; the note says why.
    #[strum(serialize = "assumption")]
    Assumption,
    /// Fitted, so that the model reproduces a published figure.
    #[strum(serialize = "calibrated")]
    Calibrated,
}

/// Something that figures cite.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Publisher and title.
    pub title: String,
    /// Where it can be read; empty when nowhere.
    pub url: String,
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputFile {
    /// Its name.
    pub name: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}
