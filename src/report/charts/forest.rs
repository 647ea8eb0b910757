//! Several effects under each other, each a point with its interval, about a line of no effect.

use super::canvas::{Area, Drawn, GRID, INK, LEVEL, MUTED, Tone, Type, draw, head, px, wide, write};
use super::trajectory::tick_decimals;
use crate::report::ReportError;
use crate::text::number::rounded;
use plotters::prelude::*;
use plotters::style::text_anchor::HPos;
use std::ops::Range;

/// Width in pixels: two stand beside each other on a screen, one fits a telephone.
const WIDTH: u32 = 460;
/// Height of a row, of its line of text, of the head and of the axis in pixels.
const ROW: f64 = 38.0;
const TEXT: f64 = 14.0;
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
    pub(in crate::report) fn svg(&self) -> Result<String, ReportError> {
        let height = HEAD + AXIS + ROW * count(self.rows.len());
        draw((WIDTH, wide(height) / wide(1.0)), self.label, |area| self.paint(area))
    }

    fn paint(&self, area: &Area<'_>) -> Drawn {
        head(area, self.title, self.note, WIDTH, 46.0)?;
        let rows = count(self.rows.len());
        let range = self.range();
        let mut chart = ChartBuilder::on(area)
            .margin_top(px(HEAD))
            .margin_left(px(8.0))
            .margin_right(px(8.0))
            .x_label_area_size(px(AXIS - 6.0))
            .margin_bottom(px(6.0))
            // the first row is at the top
            .build_cartesian_2d(range.clone(), rows..0.0)?;
        let decimals = tick_decimals(&range);
        let value = |value: &f64| rounded(*value, decimals).replace('-', "−");
        chart
            .configure_mesh()
            .disable_mesh()
            .disable_y_axis()
            .axis_style(TRANSPARENT)
            .set_all_tick_mark_size(0)
            .set_tick_mark_size(LabelAreaPosition::Bottom, px(5.0))
            .x_labels(6)
            .x_label_formatter(&value)
            .x_label_style(Type::SMALL.style())
            .draw()?;
        for (index, row) in self.rows.iter().enumerate() {
            let y = count(index) + 0.72;
            // lines keep clear of the texts over them
            let across = [(range.start, y), (range.end, y)];
            chart.draw_series(LineSeries::new(across, GRID.stroke_width(wide(1.0))))?;
            let neutral = [(self.neutral, y - 0.2), (self.neutral, y + 0.2)];
            chart.draw_series(LineSeries::new(neutral, INK.stroke_width(wide(1.0))))?;
            let colour = row.tone.colour();
            if let Some((low, high)) = row.range {
                chart.draw_series([Rectangle::new([(low, y - 0.17), (high, y + 0.17)], LEVEL.mix(0.2).filled())])?;
            }
            if let Some((low, high)) = row.interval {
                let ends = [(low, y), (high, y)];
                chart.draw_series(LineSeries::new(ends, colour.stroke_width(wide(2.0))))?;
            }
            chart.draw_series([Circle::new((row.value, y), wide(4.0), colour.filled())])?;
        }
        self.texts(area)
    }

    /// Over each point its name, and at the right the effect in words.
    fn texts(&self, area: &Area<'_>) -> Drawn {
        let right = f64::from(WIDTH) - 8.0;
        for (index, row) in self.rows.iter().enumerate() {
            let top = HEAD + ROW * count(index);
            let ink = if row.tone == Tone::Unclear { MUTED } else { INK };
            let face = Type { colour: ink, ..Type::SMALL };
            write(area, (8.0, top + TEXT), &row.name, 46, face)?;
            write(area, (right, top + TEXT), &row.text, 34, Type { across: HPos::Right, ..face })?;
        }
        Ok(())
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

fn count(number: usize) -> f64 {
    u32::try_from(number).map_or(0.0, f64::from)
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
        let svg = forest.svg().unwrap();
        assert_eq!(svg.matches("<circle").count(), 2);
        assert!(svg.contains("NEET rate") && svg.contains("-0.5") && svg.contains("#0B65B0"), "{svg}");
        let nothing = Forest { rows: &[], ..forest };
        assert!(nothing.svg().unwrap().contains("</svg>"));
    }
}
