//! A table as a picture: a cell for each row and column, stronger for more.

use super::canvas::{SMALL, count, head, sheet, write};
use super::palette::{INK, MUTED, PALE, Tone, strength};
use crate::svg::{Anchor, Face, Position, Sheet};

/// Width of the names and of a column, height of a row and of the head in pixels.
const NAMES: f64 = 118.0;
const COLUMN: f64 = 65.0;
const ROW: f64 = 30.0;
const HEAD: f64 = 80.0;

/// One cell.
#[derive(Clone, Debug)]
pub(in crate::report) struct MatrixCell {
    /// The number as text.
    pub text: String,
    /// Its size, for the strength of the colour.
    pub size: f64,
    /// What it means.
    pub tone: Tone,
}

/// A table as a picture.
pub(in crate::report) struct Matrix<'a> {
    /// Its name.
    pub title: &'a str,
    /// What is measured, with its unit.
    pub note: &'a str,
    /// What it shows, in words.
    pub label: &'a str,
    /// The names of the columns.
    pub columns: &'a [String],
    /// Each row: its name and a cell for each column.
    pub rows: &'a [(String, Vec<MatrixCell>)],
}

impl Matrix<'_> {
    /// The chart.
    pub(in crate::report) fn svg(&self) -> String {
        let width = NAMES + COLUMN * count(self.columns.len()) + 8.0;
        let mut sheet = sheet(width, HEAD + ROW * count(self.rows.len()) + 8.0);
        head(&mut sheet, self.title, self.note, width, 46.0);
        let left = |column: usize| NAMES + 8.0 + COLUMN * count(column);
        for (column, name) in self.columns.iter().enumerate() {
            let face = Face { size: 9.4, anchor: Anchor::Middle, ..SMALL };
            write(&mut sheet, (left(column) + COLUMN / 2.0, HEAD - 9.0), name, 15, face);
        }
        let largest = self.rows.iter().flat_map(|row| &row.1).map(|cell| cell.size.abs()).fold(0.0, f64::max);
        for (row, (name, cells)) in self.rows.iter().enumerate() {
            let top = HEAD + ROW * count(row);
            write(&mut sheet, (8.0, top + ROW / 2.0), name, 24, Face { colour: INK, ..SMALL });
            for (column, cell) in cells.iter().enumerate() {
                cell.draw(&mut sheet, (left(column), top), largest);
            }
        }
        sheet.inline(self.label)
    }
}

impl MatrixCell {
    fn draw(&self, sheet: &mut Sheet, (left, top): Position, largest: f64) {
        let (fill, ink) = if self.tone == Tone::Unclear {
            (PALE.into(), MUTED)
        } else {
            (self.tone.colour().strong(strength(self.size, largest)), INK)
        };
        let (width, height) = (COLUMN - 3.0, ROW - 3.0);
        sheet.rectangle([(left, top), (left + width, top + height)], fill);
        let face = Face { size: 12.0, colour: ink, anchor: Anchor::Middle, ..SMALL };
        write(sheet, (left + width / 2.0, top + height / 2.0), &self.text, 13, face);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_matrix_has_a_cell_for_each_row_and_column() {
        let cell = |text: &str, tone| MatrixCell { text: text.to_owned(), size: 1.0, tone };
        let rows = [("working".to_owned(), vec![cell("40%", Tone::Level), cell("–", Tone::Unclear)])];
        let columns = ["up".to_owned(), "down".to_owned()];
        let svg = Matrix { title: "t", note: "n", label: "l", columns: &columns, rows: &rows }.svg();
        assert!(svg.contains("40%") && svg.contains("working") && svg.contains("down"), "{svg}");
    }
}
