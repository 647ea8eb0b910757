//! A measure over time: a line with its interval, and where the policy starts.

use super::axis::{ValueAxis, tick_text};
use super::canvas::{SMALL, head, sheet, write};
use super::palette::{GRID, INK, MUTED, Tone};
use crate::svg::{Anchor, Colour, Face, Position, Sheet};
use std::ops::Range;

/// Width and height in pixels, and the sides of the field of lines.
const SIZE: (f64, f64) = (320.0, 230.0);
const LEFT: f64 = 52.0;
const RIGHT: f64 = 306.0;
const TOP: f64 = 68.0;
const BOTTOM: f64 = 202.0;

/// One value with its interval at a time in years.
#[derive(Clone, Copy, Debug)]
pub(in crate::report) struct TrajectoryPoint {
    /// The middle of the period, in years.
    pub at: f64,
    /// The value.
    pub value: f64,
    /// Its 95% interval, when there is one.
    pub interval: Option<(f64, f64)>,
    /// What it means.
    pub tone: Tone,
}

/// When a policy starts.
#[derive(Clone, Debug)]
pub(in crate::report) struct Start {
    /// In years.
    pub at: f64,
    /// The month, for readers.
    pub label: String,
}

/// A measure over time.
pub(in crate::report) struct Trajectory<'a> {
    /// Its name.
    pub title: &'a str,
    /// What is measured, with its unit.
    pub note: &'a str,
    /// What it shows, in words.
    pub label: &'a str,
    /// The values, in order of time.
    pub points: &'a [TrajectoryPoint],
    /// The run, in years.
    pub years: Range<f64>,
    /// The values that the axis holds.
    pub range: Range<f64>,
    /// When policies start.
    pub starts: &'a [Start],
}

/// The axis that holds all points, with some room; changes are seen against zero.
pub(in crate::report) fn common_range<'a>(points: impl Iterator<Item = &'a TrajectoryPoint> + Clone) -> Range<f64> {
    let zero = points.clone().any(|point| point.tone != Tone::Level).then_some(0.0);
    let ends = points.flat_map(|point| {
        let (low, high) = point.interval.unwrap_or((point.value, point.value));
        [low, high, point.value]
    });
    let (low, high) = ends
        .chain(zero)
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
    if !low.is_finite() || !high.is_finite() {
        return 0.0..1.0;
    }
    let room = if high > low { 0.08 * (high - low) } else { 0.05 * high.abs().max(1e-9) };
    (low - room)..(high + room)
}

impl Trajectory<'_> {
    /// The chart.
    pub(in crate::report) fn svg(&self) -> String {
        let mut sheet = sheet(SIZE.0, SIZE.1);
        head(&mut sheet, self.title, self.note, SIZE.0, 46.0);
        let across = ValueAxis { values: self.years.clone(), pixels: (LEFT, RIGHT) };
        let up = ValueAxis { values: self.range.clone(), pixels: (BOTTOM, TOP) };
        grid(&mut sheet, &across, &up);
        if self.points.iter().any(|point| point.tone != Tone::Level) {
            let zero = up.at(0.0);
            sheet.line(&[(LEFT, zero), (RIGHT, zero)], MUTED, 1.0);
        }
        let place = |(at, value): (f64, f64)| (across.at(at), up.at(value));
        for stretch in stretches(self.points) {
            let colour = colour(stretch[stretch.len() - 1].tone);
            let band: Vec<Position> = band(stretch).into_iter().map(place).collect();
            if !band.is_empty() {
                sheet.polygon(&band, colour.strong(0.2));
            }
            let line: Vec<Position> = stretch.iter().map(|point| place((point.at, point.value))).collect();
            sheet.line(&line, colour, 2.0);
        }
        for point in self.points.iter().filter(|_| self.points.len() <= 12) {
            sheet.dot(place((point.at, point.value)), 2.5, colour(point.tone));
        }
        self.mark_starts(&mut sheet, &across);
        sheet.inline(self.label)
    }

    /// An upright line where each policy starts, and above them when that is.
    fn mark_starts(&self, sheet: &mut Sheet, across: &ValueAxis) {
        let seen: Vec<&Start> = self.starts.iter().filter(|start| self.years.contains(&start.at)).collect();
        for start in &seen {
            let x = across.at(start.at);
            sheet.line(&[(x, BOTTOM), (x, TOP)], INK, 1.0);
        }
        let (Some(first), Some(last)) = (seen.first(), seen.last()) else { return };
        let label =
            if seen.len() == 1 { first.label.clone() } else { format!("{} in {} steps", first.label, seen.len()) };
        // on the side of the lines that has more room
        let late = f64::midpoint(first.at, last.at) > f64::midpoint(self.years.start, self.years.end);
        let (x, anchor) =
            if late { (across.at(first.at) - 4.0, Anchor::End) } else { (across.at(last.at) + 4.0, Anchor::Start) };
        write(sheet, (x, TOP - 5.0), &label, 36, Face { colour: INK, anchor, size: 10.0, ..SMALL });
    }
}

/// Lines to read values by, these values, and whole years.
fn grid(sheet: &mut Sheet, across: &ValueAxis, up: &ValueAxis) {
    for value in up.ticks(4) {
        let y = up.at(value);
        sheet.line(&[(LEFT, y), (RIGHT, y)], GRID, 1.0);
        sheet.text((LEFT - 10.0, y), &tick_text(value, &up.values), Face { anchor: Anchor::End, ..SMALL });
    }
    for year in across.ticks(5).into_iter().filter(|year| (year - year.round()).abs() < 1e-6) {
        sheet.text((across.at(year), BOTTOM + 17.5), &format!("{year:.0}"), Face { anchor: Anchor::Middle, ..SMALL });
    }
}

/// Stretches of points that mean the same, each with the point before it, so that they join.
fn stretches(points: &[TrajectoryPoint]) -> Vec<&[TrajectoryPoint]> {
    let mut stretches = Vec::new();
    let mut first = 0;
    for end in 1..=points.len() {
        // the first point has no line of its own: it goes with what follows
        let ends = points.get(end).is_none_or(|next| end > 1 && next.tone != points[end - 1].tone);
        if ends {
            stretches.push(&points[first..end]);
            first = end - 1;
        }
    }
    stretches
}

fn colour(tone: Tone) -> Colour {
    if tone == Tone::Level { INK } else { tone.colour() }
}

/// The outline of the intervals: along the upper ends and back along the lower.
fn band(points: &[TrajectoryPoint]) -> Vec<(f64, f64)> {
    let known = points.iter().filter_map(|point| point.interval.map(|interval| (point.at, interval)));
    let known: Vec<(f64, (f64, f64))> = known.collect();
    let upper = known.iter().map(|(at, interval)| (*at, interval.1));
    let lower = known.iter().rev().map(|(at, interval)| (*at, interval.0));
    if known.len() < 2 { Vec::new() } else { upper.chain(lower).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(at: f64, value: f64, tone: Tone) -> TrajectoryPoint {
        TrajectoryPoint { at, value, interval: Some((value - 1.0, value + 1.0)), tone }
    }

    #[test]
    fn the_axis_holds_every_interval_and_zero_when_it_is_about_changes() {
        let levels = [point(2025.5, 10.0, Tone::Level), point(2026.5, 12.0, Tone::Level)];
        let level = common_range(levels.iter());
        assert!((level.start - (9.0 - 0.32)).abs() < 1e-9 && (level.end - (13.0 + 0.32)).abs() < 1e-9, "{level:?}");
        assert!(common_range([point(2025.5, 10.0, Tone::Better)].iter()).start < 0.0);
        assert_eq!(common_range([].iter()), 0.0..1.0);
        let flat = common_range([TrajectoryPoint { at: 1.0, value: 0.0, interval: None, tone: Tone::Level }].iter());
        assert!(flat.start < flat.end);
    }

    #[test]
    fn a_line_changes_colour_where_its_meaning_does_and_stays_whole() {
        use Tone::{Unclear, Worse};
        let points = [Unclear, Worse, Worse, Unclear].map(|tone| point(1.0, 1.0, tone));
        let lengths = |points: &[TrajectoryPoint]| stretches(points).iter().map(|part| part.len()).collect::<Vec<_>>();
        assert_eq!(lengths(&points), [3, 2]);
        assert_eq!(lengths(&points[..1]), [1]);
        assert!(lengths(&[]).is_empty());
    }

    #[test]
    fn the_band_goes_along_the_upper_ends_and_back_along_the_lower() {
        let outline = band(&[point(1.0, 5.0, Tone::Level), point(2.0, 6.0, Tone::Level)]);
        assert_eq!(outline, [(1.0, 6.0), (2.0, 7.0), (2.0, 5.0), (1.0, 4.0)]);
        assert!(band(&[point(1.0, 5.0, Tone::Level)]).is_empty());
    }

    #[test]
    fn a_trajectory_marks_the_start_of_the_policy() {
        let points = [point(2025.5, 1.0, Tone::Unclear), point(2026.5, 2.0, Tone::Better)];
        let starts = [Start { at: 2026.25, label: "from April 2026".to_owned() }];
        let chart = Trajectory {
            title: "A",
            note: "b",
            label: "c",
            points: &points,
            years: 2025.0..2027.0,
            range: common_range(points.iter()),
            starts: &starts,
        };
        let svg = chart.svg();
        assert!(svg.contains(">from April 2026<") && svg.contains(">2026<"), "{svg}");
        assert!(svg.contains("<polygon") && svg.contains("#0B65B0"));
    }
}
