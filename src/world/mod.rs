//! The baseline: places, rates, costs and moves, each figure with its unit, period, source and confidence.
//!
//! A world is a folder of TOML and CSV files; the United Kingdom's is built into the program. Loading
//! reports every mistake of the whole folder at once. Nothing here knows how many regions there are or
//! what they are called, and nothing here changes a figure. Start at [`World::load`]; then `table` (rows
//! as typed) and `fill` (rows to numbers).

pub(crate) mod cells;
mod fill;
mod folder;
mod header;
mod parts;
mod table;

use crate::conditions::{Condition, Conditions, Layout};
use crate::diagnostics::Diagnostics;
use crate::domain::Region;
pub use folder::{FITTED, SCALE_TABLE, TextFile};
use include_dir::{Dir, include_dir};
pub use parts::{Area, Confidence, Figure, InputFile, RegionInfo, Source};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

static UK: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/scenarios/uk");

/// Everything known of a place and its parts before any policy.
///
/// ```
/// use rungs::prelude::*;
///
/// let world = World::uk()?;
/// assert_eq!(world.regions.len(), 12);
/// // Each number says where it comes from.
/// assert_eq!(world.figures.len(), world.baseline.values().len());
/// # Ok::<(), Diagnostics>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct World {
    /// A short name without spaces, such as `uk`.
    pub name: String,
    /// The name shown to readers.
    pub title: String,
    /// The regions; a [`Region`] is an index into this list.
    pub regions: Vec<RegionInfo>,
    /// The year of its prices, such as `2024/25`, if it says so.
    pub price_year: Option<String>,
    /// Names for several regions together, such as a nation; they serve for published figures alone.
    pub areas: Vec<Area>,
    /// The conditions of every month in which no policy acts.
    pub baseline: Conditions,
    /// Where each number comes from: one figure for each of the baseline's values.
    pub figures: Vec<Figure>,
    /// The sources that figures cite, by key.
    pub sources: BTreeMap<String, Source>,
    /// The files that were read, sorted by name.
    pub files: Vec<TextFile>,
    /// Published figures to compare with, and how the world is fitted to them: files that change no run.
    pub beside: Vec<TextFile>,
}

/// Whether conditions that a calibration has set stand for those they were set from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fitted {
    /// They do.
    Used,
    /// They are left out, as if the world had never been fitted.
    LeftOut,
}

/// Digits of a world's digest.
const DIGITS: usize = 16;

impl World {
    /// The United Kingdom, built in.
    ///
    /// # Errors
    /// The mistakes of the built-in folder; a test holds that there are none.
    pub fn uk() -> Result<Self, Diagnostics> {
        Self::of(None, Fitted::Used)
    }

    /// The world in the folder `dir`.
    ///
    /// # Errors
    /// All mistakes of the folder's files.
    pub fn load(dir: &Path) -> Result<Self, Diagnostics> {
        Self::of(Some(dir), Fitted::Used)
    }

    /// The world in a folder, or the one built in.
    ///
    /// # Errors
    /// All mistakes of the folder's files.
    pub fn of(dir: Option<&Path>, fitted: Fitted) -> Result<Self, Diagnostics> {
        let mut mistakes = Diagnostics::default();
        let (shown, mut files) = match dir {
            Some(dir) => (dir.display().to_string(), folder::read(dir, &mut mistakes)),
            None => ("uk".to_owned(), folder::embedded(&UK, "uk", &mut mistakes)),
        };
        if files.is_empty() && !mistakes.is_empty() {
            return Err(mistakes);
        }
        files.retain(|file| fitted == Fitted::Used || file.name != folder::FITTED);
        build(&shown, &files, mistakes)
    }

    /// The tables of published figures, sorted by name.
    pub fn targets(&self) -> impl Iterator<Item = &TextFile> {
        self.beside.iter().filter(|file| folder::is_table_of_targets(&file.name))
    }

    /// What is free in a calibration, if that is said.
    #[must_use]
    pub fn calibration(&self) -> Option<&TextFile> {
        self.beside.iter().find(|file| file.name == folder::CALIBRATION)
    }

    /// How far levels of the baseline depend on the people that an agent stands for, if that was measured.
    #[must_use]
    pub fn scale_table(&self) -> Option<&TextFile> {
        self.beside.iter().find(|file| file.name == folder::SCALE_TABLE)
    }

    /// Sets of parameters that agree with what is published, if there are any.
    #[must_use]
    pub fn ensemble(&self) -> Option<&TextFile> {
        self.beside.iter().find(|file| file.name == folder::ENSEMBLE)
    }

    /// Where a position of the baseline's values lies in its condition's table: the names along each axis, joined by slashes; empty
    /// for a single number.
    ///
    /// # Panics
    /// If the position is not the condition's.
    #[must_use]
    pub fn place_name(&self, condition: Condition, position: usize) -> String {
        let regions: Vec<&str> = self.regions.iter().map(|region| region.name.as_str()).collect();
        fill::place_name(condition, position, self.baseline.layout(), &regions)
    }

    /// What tells this world's regions and conditions from those of any other: 16 hexadecimal digits.
    #[must_use]
    pub fn digest(&self) -> String {
        let names = self.regions.iter().flat_map(|region| region.name.bytes().chain([b'\n']));
        let values = self.baseline.values().iter().flat_map(|value| value.to_bits().to_le_bytes());
        folder::sha256(&names.chain(values).collect::<Vec<u8>>())[..DIGITS].to_owned()
    }

    /// The region with this name.
    #[must_use]
    pub fn region_named(&self, name: &str) -> Option<Region> {
        let index = self.regions.iter().position(|region| region.name == name)?;
        u8::try_from(index).ok().map(Region)
    }
}

fn build(folder: &str, all: &[TextFile], mut mistakes: Diagnostics) -> Result<World, Diagnostics> {
    let (beside, files): (Vec<TextFile>, Vec<TextFile>) = all.iter().cloned().partition(TextFile::is_beside);
    let files = &files[..];
    let header = header::read(folder, files, &mut mistakes);
    let sources = header::read_sources(folder, files, &mut mistakes);
    let names =
        table::Names { regions: header.as_ref().map(|header| header.region_names()), sources: sources.as_ref() };
    let rows = table::read_all(files, &names, &mut mistakes);
    let Some((header, sources)) = header.zip(sources) else { return Err(mistakes) };
    let layout = Layout::new(header.regions.len());
    let values = fill::fill(folder, &rows, &layout, &header.region_names(), &mut mistakes);
    let figures = if mistakes.is_empty() { fill::figures(&rows, &layout) } else { Vec::new() };
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    Ok(World {
        name: header.name,
        title: header.title,
        regions: header.regions,
        price_year: header.price_year,
        areas: header.areas,
        baseline: Conditions::new(Arc::new(layout), values),
        figures,
        sources,
        files: files.to_vec(),
        beside,
    })
}

#[cfg(test)]
mod tests;
