//! A map on which each region is one tile of the same size.

use super::canvas::{SMALL, head, letters, sheet, wrapped, write};
use super::palette::{INK, MUTED, PALE, Tone, strength};
use crate::svg::{Anchor, Face, Sheet};

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
    pub(in crate::report) fn svg(&self) -> String {
        let most = |read: fn(&Tile) -> u8| f64::from(self.tiles.iter().map(read).max().unwrap_or(0)) + 1.0;
        let (columns, rows) = (most(|tile| tile.at.0), most(|tile| tile.at.1));
        let side = ((WIDTH - 16.0) / columns).min(WIDEST);
        let mut sheet = sheet(WIDTH, (HEAD + side * TALL * rows + 10.0).round());
        head(&mut sheet, self.title, self.note, WIDTH, 46.0);
        for tile in self.tiles {
            self.tile(&mut sheet, tile, side);
        }
        sheet.inline(self.label)
    }

    fn tile(&self, sheet: &mut Sheet, tile: &Tile, side: f64) {
        let (across, down) = (side, side * TALL);
        let gap = (side * 0.05).min(3.0);
        let (left, top) = (8.0 + across * f64::from(tile.at.0), HEAD + down * f64::from(tile.at.1));
        let corners = [(left, top), (left + across - gap, top + down - gap)];
        let (fill, ink) = if tile.tone == Tone::Unclear {
            (PALE.into(), MUTED)
        } else {
            let shade = strength(tile.size - self.sizes.1, self.sizes.0 - self.sizes.1);
            (tile.tone.colour().strong(shade), INK)
        };
        sheet.rectangle(corners, fill);
        let face = Face { size: (side * 0.165).clamp(4.0, 10.0), colour: ink, anchor: Anchor::Middle, ..SMALL };
        // letters are a little more than half as wide as they are high
        let most = letters(across - gap, face.size * 0.6);
        let middle = left + (across - gap) / 2.0;
        let mut line = top + down * 0.22;
        for part in wrapped(&tile.name, most, 2) {
            write(sheet, (middle, line), &part, most, face);
            line += face.size * 1.12;
        }
        let number = Face { size: (side * 0.24).clamp(4.0, 12.5), bold: true, ..face };
        write(sheet, (middle, top + down * 0.73), &tile.text, 9, number);
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
        let svg = map.svg();
        assert_eq!(svg.matches("#0B65B0").count(), 1);
        assert!(svg.contains(">N<") && svg.contains(">S<"), "{svg}");
        assert!(TileMap { tiles: &[], ..map }.svg().ends_with("</svg>"));
    }
}
