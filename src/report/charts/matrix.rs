//! A table as a picture: a cell for each row and column, stronger for more.

use super::canvas::{Area, Drawn, INK, MUTED, Tone, Type, draw, filled, head, pale, strength, wide, write};
use crate::report::ReportError;
use plotters::style::text_anchor::HPos;

/// Width of the names and of a column, height of a row and of the head in pixels.
const NAMES: f64 = 118.0;
const COLUMN: f64 = 65.0;
const ROW: f64 = 30.0;
const HEAD: f64 = 80.0;

/// One cell.
#[derive(Clone, Debug)]
pub(in crate::report) struct Cell {
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
    pub rows: &'a [(String, Vec<Cell>)],
}

impl Matrix<'_> {
    /// The chart.
    pub(in crate::report) fn svg(&self) -> Result<String, ReportError> {
        let width = NAMES + COLUMN * count(self.columns.len()) + 8.0;
        let size = (width, HEAD + ROW * count(self.rows.len()) + 8.0);
        let pixels = |length: f64| wide(length) / wide(1.0);
        draw((pixels(size.0), pixels(size.1)), self.label, |area| self.paint(area, pixels(size.0)))
    }

    fn paint(&self, area: &Area<'_>, width: u32) -> Drawn {
        head(area, self.title, self.note, width, 46.0)?;
        let largest = self.rows.iter().flat_map(|row| &row.1).map(|cell| cell.size.abs()).fold(0.0, f64::max);
        let centred = Type { across: HPos::Center, ..Type::SMALL };
        let mut left = NAMES + 8.0;
        for column in self.columns {
            write(area, (left + COLUMN / 2.0, HEAD - 9.0), column, 15, Type { size: 9.4, ..centred })?;
            left += COLUMN;
        }
        let mut top = HEAD;
        for (name, cells) in self.rows {
            let face = Type { colour: INK, ..Type::SMALL };
            write(area, (8.0, top + ROW / 2.0), name, 24, face)?;
            let mut left = NAMES + 8.0;
            for cell in cells {
                let corners = [(left, top), (left + COLUMN - 3.0, top + ROW - 3.0)];
                if cell.tone == Tone::Unclear {
                    pale(area, corners)?;
                } else {
                    filled(area, corners, cell.tone.colour(), strength(cell.size, largest))?;
                }
                let ink = if cell.tone == Tone::Unclear { MUTED } else { INK };
                let middle = (left + COLUMN / 2.0 - 1.5, top + ROW / 2.0 - 1.5);
                write(area, middle, &cell.text, 13, Type { size: 12.0, colour: ink, ..centred })?;
                left += COLUMN;
            }
            top += ROW;
        }
        Ok(())
    }
}

fn count(number: usize) -> f64 {
    u32::try_from(number).map_or(0.0, f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_matrix_has_a_cell_for_each_row_and_column() {
        let cell = |text: &str, tone| Cell { text: text.to_owned(), size: 1.0, tone };
        let rows = [("working".to_owned(), vec![cell("40%", Tone::Level), cell("–", Tone::Unclear)])];
        let columns = ["up".to_owned(), "down".to_owned()];
        let svg = Matrix { title: "t", note: "n", label: "l", columns: &columns, rows: &rows }.svg().unwrap();
        assert!(svg.contains("40%") && svg.contains("working") && svg.contains("down"), "{svg}");
    }
}
