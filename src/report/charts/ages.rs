//! Where people are by age: shares of each state stacked over bands of age as wide as their years.

use super::axis::ValueAxis;
use super::canvas::{SMALL, head, sheet, write};
use super::palette::{GRID, INK, KINDS};
use crate::svg::{Anchor, Face, Sheet};

/// Width and height in pixels, and the sides of the field of blocks.
const SIZE: (f64, f64) = (264.0, 385.0);
const LEFT: f64 = 46.0;
const RIGHT: f64 = 254.0;
const TOP: f64 = 143.0;
const BOTTOM: f64 = 355.0;

/// One band of age.
#[derive(Clone, Debug)]
pub(in crate::report) struct AgeColumn {
    /// The first age and the age after the last, in years.
    pub ages: (u8, u8),
    /// The share of each state, 0 to 1.
    pub shares: Vec<f64>,
}

/// States by age.
pub(in crate::report) struct AgeChart<'a> {
    /// Its name.
    pub title: &'a str,
    /// What is measured.
    pub note: &'a str,
    /// What it shows, in words.
    pub label: &'a str,
    /// The names of the states, from the bottom up.
    pub states: &'a [String],
    /// The bands, from young to old.
    pub bands: &'a [AgeColumn],
}

impl AgeChart<'_> {
    /// The chart.
    pub(in crate::report) fn svg(&self) -> String {
        let mut sheet = sheet(SIZE.0, SIZE.1);
        head(&mut sheet, self.title, self.note, SIZE.0, 46.0);
        self.legend(&mut sheet);
        let across = self.across();
        let up = ValueAxis { values: 0.0..1.0, pixels: (BOTTOM, TOP) };
        for share in up.ticks(5) {
            let y = up.at(share);
            sheet.line(&[(LEFT, y), (RIGHT, y)], GRID, 1.0);
            let face = Face { anchor: Anchor::End, ..SMALL };
            sheet.text((LEFT - 10.0, y), &format!("{:.0}%", share * 100.0), face);
        }
        for band in self.bands {
            // blocks keep a little apart, thin ones less
            let (left, right) = (across.at(f64::from(band.ages.0)), across.at(f64::from(band.ages.1)) - 2.5);
            let mut bottom = 0.0;
            for (index, share) in band.shares.iter().enumerate().filter(|(_, share)| **share > 0.0) {
                let top = bottom + share - f64::min(0.006, share / 3.0);
                sheet.rectangle([(left, up.at(top)), (right, up.at(bottom))], KINDS[index % KINDS.len()]);
                bottom += share;
            }
        }
        // where a band begins or ends, and nowhere else
        let mut edges: Vec<u8> = self.bands.iter().flat_map(|band| [band.ages.0, band.ages.1]).collect();
        edges.dedup();
        for edge in edges {
            let face = Face { anchor: Anchor::Middle, ..SMALL };
            sheet.text((across.at(f64::from(edge)), BOTTOM + 13.0), &edge.to_string(), face);
        }
        sheet.inline(self.label)
    }

    fn across(&self) -> ValueAxis {
        let ages = self.bands.iter().map(|band| band.ages);
        let (first, last) = ages.fold((u8::MAX, 0), |(first, last), ages| (first.min(ages.0), last.max(ages.1)));
        ValueAxis { values: f64::from(first)..f64::from(last), pixels: (LEFT, RIGHT) }
    }

    /// Swatches and names in rows of two.
    fn legend(&self, sheet: &mut Sheet) {
        let (mut left, mut top) = (8.0, 69.0);
        for (index, state) in self.states.iter().enumerate() {
            if index > 0 && index % 2 == 0 {
                (left, top) = (8.0, top + 17.0);
            }
            sheet.rectangle([(left, top - 5.0), (left + 10.0, top + 5.0)], KINDS[index % KINDS.len()]);
            write(sheet, (left + 15.0, top), state, 17, Face { colour: INK, ..SMALL });
            left += 125.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_of_every_band_has_a_block_and_a_name() {
        let states = ["sixth form".to_owned(), "employed".to_owned()];
        let bands = [
            AgeColumn { ages: (16, 18), shares: vec![0.7, 0.3] },
            AgeColumn { ages: (18, 21), shares: vec![0.1, 0.9] },
        ];
        let svg = AgeChart { title: "t", note: "n", label: "l", states: &states, bands: &bands }.svg();
        // two bands and the legend
        assert_eq!(svg.matches("#1D4E89").count(), 3, "{svg}");
        assert!(svg.contains("sixth form") && svg.contains("100%"));
        assert!(AgeChart { title: "", note: "", label: "", states: &[], bands: &[] }.svg().ends_with("</svg>"));
    }
}
