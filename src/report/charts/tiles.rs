//! A map on which each region is one tile of the same size.

use super::canvas::{Area, Drawn, INK, MUTED, Tone, Type, draw, filled, head, pale, strength, wide, wrapped, write};
use crate::report::ReportError;
use plotters::prelude::*;
use plotters::style::text_anchor::HPos;

/// Width in pixels, height of the head, and the widest tile.
const WIDTH: f64 = 320.0;
const HEAD: f64 = 58.0;
const WIDEST: f64 = 62.0;
/// Height of a tile as a share of its width.
const TALL: f64 = 1.04;

/// One region.
#[derive(Clone, Debug)]
pub(in crate::report) struct Tile {
    /// Column and row from the top left.
    pub at: (u8, u8),
    /// Its name.
    pub name: String,
    /// The number as text.
    pub text: String,
    /// Its size, for the strength of the colour.
    pub size: f64,
    /// What it means.
    pub tone: Tone,
}

/// A map of tiles.
pub(in crate::report) struct TileMap<'a> {
    /// Its name.
    pub title: &'a str,
    /// What is measured, with its unit.
    pub note: &'a str,
    /// What it shows, in words.
    pub label: &'a str,
    /// The regions.
    pub tiles: &'a [Tile],
    /// The size that has the strongest colour, and the one that has the weakest.
    pub sizes: (f64, f64),
}

impl TileMap<'_> {
    /// The chart.
    pub(in crate::report) fn svg(&self) -> Result<String, ReportError> {
        let most = |read: fn(&Tile) -> u8| f64::from(self.tiles.iter().map(read).max().unwrap_or(0)) + 1.0;
        let (columns, rows) = (most(|tile| tile.at.0), most(|tile| tile.at.1));
        let side = ((WIDTH - 16.0) / columns).min(WIDEST);
        let height = HEAD + side * TALL * rows + 10.0;
        draw((wide(WIDTH) / wide(1.0), wide(height) / wide(1.0)), self.label, |area| self.paint(area, side))
    }

    fn paint(&self, area: &Area<'_>, side: f64) -> Drawn {
        head(area, self.title, self.note, wide(WIDTH) / wide(1.0), 46.0)?;
        let (across, down) = (side, side * TALL);
        let gap = (side * 0.05).min(3.0);
        for tile in self.tiles {
            let (left, top) = (8.0 + across * f64::from(tile.at.0), HEAD + down * f64::from(tile.at.1));
            let corners = [(left, top), (left + across - gap, top + down - gap)];
            let middle = f64::midpoint(left, left + across - gap);
            if tile.tone == Tone::Unclear {
                pale(area, corners)?;
            } else {
                let shade = strength(tile.size - self.sizes.1, self.sizes.0 - self.sizes.1);
                filled(area, corners, tile.tone.colour(), shade)?;
            }
            let ink = if tile.tone == Tone::Unclear { MUTED } else { INK };
            let face = Type { size: (side * 0.165).clamp(4.0, 10.0), colour: ink, across: HPos::Center, ..Type::SMALL };
            // letters are a little more than half as wide as they are high
            let most = usize::try_from(wide((across - gap) / (face.size * 0.6)) / wide(1.0)).unwrap_or(1);
            let mut line = top + down * 0.22;
            for part in wrapped(&tile.name, most, 2) {
                write(area, (middle, line), &part, most, face)?;
                line += face.size * 1.12;
            }
            let number = Type { size: (side * 0.24).clamp(4.0, 12.5), weight: FontStyle::Bold, ..face };
            write(area, (middle, top + down * 0.73), &tile.text, 9, number)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_region_is_one_tile_and_only_clear_changes_have_colour() {
        let tile = |column, name: &str, tone| Tile {
            at: (column, 0),
            name: name.to_owned(),
            text: "+1".to_owned(),
            size: 1.0,
            tone,
        };
        let tiles = [tile(0, "N", Tone::Better), tile(1, "S", Tone::Unclear)];
        let map = TileMap { title: "Levy", note: "points", label: "map", tiles: &tiles, sizes: (1.0, 0.0) };
        let svg = map.svg().unwrap();
        assert_eq!(svg.matches("#0B65B0").count(), 1);
        assert!(svg.contains(">N<") && svg.contains(">S<"), "{svg}");
        assert!(TileMap { tiles: &[], ..map }.svg().is_ok());
    }
}
