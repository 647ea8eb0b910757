//! Several effects under each other, each a point with its interval, about a line of no effect.

use super::axis::{ValueAxis, tick_text};
use super::canvas::{SMALL, count, head, sheet, write};
use super::palette::{GRID, INK, LEVEL, MUTED, Tone};
use crate::svg::{Anchor, Face, Sheet};
use std::ops::Range;

/// Width in pixels: two stand beside each other on a screen, one fits a telephone.
const WIDTH: f64 = 460.0;
/// Left and right ends of the axis.
const LEFT: f64 = 8.0;
const RIGHT: f64 = 452.0;
/// Height of a row, where in it the text and the point are, height of the head and of the axis in pixels.
const ROW: f64 = 38.0;
const TEXT: f64 = 14.0;
const POINT: f64 = 27.36;
const HEAD: f64 = 62.0;
const AXIS: f64 = 28.0;

/// One effect.
pub(in crate::report) struct Row {
    /// What it is about.
    pub name: String,
    /// The effect on the chart's axis.
    pub value: f64,
    /// Its interval.
    pub interval: Option<(f64, f64)>,
    /// A range to compare it with, such as a published interval.
    pub range: Option<(f64, f64)>,
    /// What the interval lets one say.
    pub tone: Tone,
    /// The effect as text, with its own unit.
    pub text: String,
}

/// Several effects on one axis.
pub(in crate::report) struct Forest<'a> {
    /// Its name.
    pub title: &'a str,
    /// The unit of the axis.
    pub note: &'a str,
    /// What it shows, in words.
    pub label: &'a str,
    /// Where no effect is.
    pub neutral: f64,
    /// The effects.
    pub rows: &'a [Row],
}

impl Forest<'_> {
    /// The chart.
    pub(in crate::report) fn svg(&self) -> String {
        let bottom = HEAD + ROW * count(self.rows.len());
        let mut sheet = sheet(WIDTH, bottom + AXIS);
        head(&mut sheet, self.title, self.note, WIDTH, 46.0);
        let axis = ValueAxis { values: self.range(), pixels: (LEFT, RIGHT) };
        for value in axis.ticks(6) {
            let face = Face { anchor: Anchor::Middle, ..SMALL };
            sheet.text((axis.at(value), bottom + 15.5), &tick_text(value, &axis.values), face);
        }
        for (index, row) in self.rows.iter().enumerate() {
            let top = HEAD + ROW * count(index);
            self.effect(&mut sheet, row, &axis, top + POINT);
            let ink = if row.tone == Tone::Unclear { MUTED } else { INK };
            let face = Face { colour: ink, ..SMALL };
            write(&mut sheet, (LEFT, top + TEXT), &row.name, 46, face);
            write(&mut sheet, (RIGHT, top + TEXT), &row.text, 34, Face { anchor: Anchor::End, ..face });
        }
        sheet.inline(self.label)
    }

    /// The point of a row with its interval, on its line and about the mark of no effect.
    fn effect(&self, sheet: &mut Sheet, row: &Row, axis: &ValueAxis, y: f64) {
        sheet.line(&[(LEFT, y), (RIGHT, y)], GRID, 1.0);
        let neutral = axis.at(self.neutral);
        sheet.line(&[(neutral, y - 7.6), (neutral, y + 7.6)], INK, 1.0);
        if let Some((low, high)) = row.range {
            sheet.rectangle([(axis.at(low), y - 6.5), (axis.at(high), y + 6.5)], LEVEL.strong(0.2));
        }
        let colour = row.tone.colour();
        if let Some((low, high)) = row.interval {
            sheet.line(&[(axis.at(low), y), (axis.at(high), y)], colour, 2.0);
        }
        sheet.dot((axis.at(row.value), y), 4.0, colour);
    }

    /// The axis: every interval and the line of no effect, with some room.
    fn range(&self) -> Range<f64> {
        let ends = self.rows.iter().flat_map(|row| [row.interval, row.range, Some((row.value, row.value))]);
        let (low, high) =
            ends.flatten().fold((self.neutral, self.neutral), |(low, high), ends| (low.min(ends.0), high.max(ends.1)));
        let room = if high > low { 0.06 * (high - low) } else { 1.0 };
        (low - room)..(high + room)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_has_a_name_a_point_an_interval_and_a_number() {
        let row = |name: &str, value: f64, tone| Row {
            name: name.to_owned(),
            value,
            interval: Some((value - 0.2, value + 0.2)),
            range: None,
            tone,
            text: format!("{value:+}"),
        };
        let rows = [row("NEET rate", -0.5, Tone::Better), row("Pay", 0.1, Tone::Unclear)];
        let forest = Forest { title: "Levy", note: "points", label: "effects", neutral: 0.0, rows: &rows };
        let range = forest.range();
        assert!(range.start < -0.7 && range.end > 0.3, "{range:?}");
        let svg = forest.svg();
        assert_eq!(svg.matches("<circle").count(), 2);
        assert!(svg.contains("NEET rate") && svg.contains("-0.5") && svg.contains("#0B65B0"), "{svg}");
        let nothing = Forest { rows: &[], ..forest };
        assert!(nothing.svg().contains("</svg>"));
    }
}
