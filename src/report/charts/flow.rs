//! Streams of people between stages: a column for each stage, a ribbon for each stream, as wide as it is
//! large and in the colour of where it leads.

use super::canvas::{SMALL, count, head, sheet, write};
use super::palette::{INK, KINDS, MUTED};
use crate::svg::{Anchor, Face, Position, Sheet};

/// Width and height in pixels; where stages begin, and the width of a bar.
const SIZE: (f64, f64) = (460.0, 392.0);
const LEFT: f64 = 130.0;
const RIGHT: f64 = 310.0;
const TOP: f64 = 66.0;
const BOTTOM: f64 = 380.0;
const BAR: f64 = 10.0;
/// Gap between the bars of a stage in pixels.
const GAP: f64 = 10.0;
/// Points along the edge of a ribbon.
const STEPS: u32 = 9;

/// A stream between neighbouring stages.
#[derive(Clone, Debug)]
pub(in crate::report) struct FlowStream {
    /// The stage that it leaves, from 0.
    pub stage: usize,
    /// The place in the stage that it leaves.
    pub from: usize,
    /// The place in the next stage.
    pub to: usize,
    /// How large it is.
    pub size: f64,
}

/// Streams between stages.
pub(in crate::report) struct FlowChart<'a> {
    /// Its name.
    pub title: &'a str,
    /// What is measured, with its unit.
    pub note: &'a str,
    /// What it shows, in words.
    pub label: &'a str,
    /// The names of the places of each stage, from the top.
    pub stages: &'a [Vec<String>],
    /// The streams.
    pub streams: &'a [FlowStream],
}

/// A bar: where it begins and how high it is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Bar {
    top: f64,
    height: f64,
}

impl FlowChart<'_> {
    /// The chart.
    pub(in crate::report) fn svg(&self) -> String {
        let mut sheet = sheet(SIZE.0, SIZE.1);
        head(&mut sheet, self.title, self.note, SIZE.0, 46.0);
        let bars = self.bars();
        self.ribbons(&mut sheet, &bars);
        for (stage, places) in self.stages.iter().enumerate() {
            for (place, name) in places.iter().enumerate() {
                let bar = bars[stage][place];
                let x = self.across(stage);
                let colour = match (stage, bar.height > 0.0) {
                    (_, false) => MUTED,
                    (0, true) => INK,
                    (_, true) => KINDS[place % KINDS.len()],
                };
                sheet.rectangle([(x, bar.top), (x + BAR, bar.top + bar.height.max(0.5))], colour);
                name_bar(&mut sheet, stage, (x, bar.top + bar.height / 2.0), name);
            }
        }
        sheet.inline(self.label)
    }

    /// A ribbon for each stream, under those that leave or enter the same bar before it.
    fn ribbons(&self, sheet: &mut Sheet, bars: &[Vec<Bar>]) {
        let unused: Vec<Vec<f64>> = self.stages.iter().map(|places| vec![0.0; places.len()]).collect();
        let (mut left_used, mut right_used) = (unused.clone(), unused);
        let scale = self.scale();
        for stream in self.streams.iter().filter(|stream| self.is_within(stream)) {
            let height = stream.size * scale;
            let out = &mut right_used[stream.stage][stream.from];
            let start = bars[stream.stage][stream.from].top + *out;
            *out += height;
            let into = &mut left_used[stream.stage + 1][stream.to];
            let end = bars[stream.stage + 1][stream.to].top + *into;
            *into += height;
            let outline =
                ribbon((self.across(stream.stage) + BAR, start), (self.across(stream.stage + 1), end), height);
            sheet.polygon(&outline, KINDS[stream.to % KINDS.len()].strong(0.55));
        }
    }

    fn is_within(&self, stream: &FlowStream) -> bool {
        let places = |stage: usize| self.stages.get(stage).map_or(0, Vec::len);
        stream.size > 0.0 && stream.from < places(stream.stage) && stream.to < places(stream.stage + 1)
    }

    fn across(&self, stage: usize) -> f64 {
        let steps = count(self.stages.len().saturating_sub(1)).max(1.0);
        LEFT + (RIGHT - LEFT) * count(stage) / steps
    }

    /// The size of each place: what leaves it or what enters it, whichever is more.
    fn sizes(&self) -> Vec<Vec<f64>> {
        let sum = |filter: &dyn Fn(&FlowStream) -> bool| {
            self.streams
                .iter()
                .filter(|stream| self.is_within(stream) && filter(stream))
                .map(|stream| stream.size)
                .sum::<f64>()
        };
        let size = |stage: usize, place: usize| {
            let out = sum(&|stream| stream.stage == stage && stream.from == place);
            let into = sum(&|stream| stream.stage + 1 == stage && stream.to == place);
            f64::max(out, into)
        };
        self.stages
            .iter()
            .enumerate()
            .map(|(stage, places)| (0..places.len()).map(|place| size(stage, place)).collect())
            .collect()
    }

    /// Pixels for each unit of size: the fullest stage fills the height.
    fn scale(&self) -> f64 {
        let needed = |sizes: &Vec<f64>| {
            let room = BOTTOM - TOP - GAP * count(sizes.len().saturating_sub(1));
            let total: f64 = sizes.iter().sum();
            if total > 0.0 { room / total } else { f64::INFINITY }
        };
        let scale = self.sizes().iter().map(needed).fold(f64::INFINITY, f64::min);
        if scale.is_finite() { scale.max(0.0) } else { 0.0 }
    }

    fn bars(&self) -> Vec<Vec<Bar>> {
        let scale = self.scale();
        let stack = |sizes: &Vec<f64>| {
            let mut top = TOP;
            let bar = |size: &f64| {
                let bar = Bar { top, height: size * scale };
                top += bar.height + GAP;
                bar
            };
            sizes.iter().map(bar).collect()
        };
        self.sizes().iter().map(stack).collect()
    }
}

/// The name of a bar, before it in the first stage and after it in the others.
fn name_bar(sheet: &mut Sheet, stage: usize, (x, y): Position, name: &str) {
    let face = Face { colour: INK, ..SMALL };
    if stage == 0 {
        write(sheet, (x - 8.0, y), name, 24, Face { anchor: Anchor::End, ..face });
    } else {
        write(sheet, (x + BAR + 8.0, y), name, 24, face);
    }
}

/// The outline of a ribbon of one height between two points: an S-shaped edge along the top and back below.
fn ribbon(from: Position, to: Position, height: f64) -> Vec<Position> {
    let edge = |step: u32| {
        let along = f64::from(step) / f64::from(STEPS);
        let ease = along * along * (3.0 - 2.0 * along);
        (from.0 + (to.0 - from.0) * along, from.1 + (to.1 - from.1) * ease)
    };
    let upper = (0..=STEPS).map(edge);
    let lower = (0..=STEPS).rev().map(|step| (edge(step).0, edge(step).1 + height));
    upper.chain(lower).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ribbons_are_as_wide_as_streams_are_large_and_fill_the_bars() {
        let stages = [vec!["A".to_owned(), "B".to_owned()], vec!["C".to_owned()]];
        let stream = |from, size| FlowStream { stage: 0, from, to: 0, size };
        let streams = [stream(0, 30.0), stream(1, 10.0)];
        let flow = FlowChart { title: "t", note: "n", label: "l", stages: &stages, streams: &streams };
        let bars = flow.bars();
        assert!((bars[0][0].height / bars[0][1].height - 3.0).abs() < 1e-9);
        assert!((bars[1][0].height - bars[0][0].height - bars[0][1].height).abs() < 1e-9);
        assert!(bars[0][1].top + bars[0][1].height <= BOTTOM + 1e-9);
        assert_eq!(flow.svg().matches("<polygon").count(), 2);
        assert!(FlowChart { streams: &[], ..flow }.svg().ends_with("</svg>"));
    }
}
