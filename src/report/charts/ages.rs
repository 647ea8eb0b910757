//! Where people are by age: shares of each state stacked over bands of age as wide as their years.

use super::canvas::{Area, Drawn, GRID, INK, KINDS, Type, draw, head, px, wide, write};
use crate::report::ReportError;
use plotters::prelude::*;
use plotters::style::text_anchor::HPos;

/// Width and height in pixels.
const SIZE: (u32, u32) = (264, 385);

/// One band of age.
#[derive(Clone, Debug)]
pub(in crate::report) struct AgeBand {
    /// The first age and the age after the last, in years.
    pub ages: (u8, u8),
    /// The share of each state, 0 to 1.
    pub shares: Vec<f64>,
}

/// States by age.
pub(in crate::report) struct Ages<'a> {
    /// Its name.
    pub title: &'a str,
    /// What is measured.
    pub note: &'a str,
    /// What it shows, in words.
    pub label: &'a str,
    /// The names of the states, from the bottom up.
    pub states: &'a [String],
    /// The bands, from young to old.
    pub bands: &'a [AgeBand],
}

impl Ages<'_> {
    /// The chart.
    pub(in crate::report) fn svg(&self) -> Result<String, ReportError> {
        draw(SIZE, self.label, |area| self.paint(area))
    }

    fn paint(&self, area: &Area<'_>) -> Drawn {
        head(area, self.title, self.note, SIZE.0, 46.0)?;
        self.legend(area)?;
        let ages = self.bands.iter().map(|band| band.ages);
        let (first, last) = ages.fold((u8::MAX, 0), |(first, last), ages| (first.min(ages.0), last.max(ages.1)));
        let (first, last) = if first < last { (f64::from(first), f64::from(last)) } else { (0.0, 1.0) };
        let mut chart = ChartBuilder::on(area)
            .margin_top(px(143.0))
            .margin_right(px(10.0))
            .margin_bottom(px(6.0))
            .x_label_area_size(px(24.0))
            .y_label_area_size(px(46.0))
            .build_cartesian_2d(first..last, 0.0..1.0)?;
        chart
            .configure_mesh()
            .disable_x_mesh()
            .disable_x_axis()
            .bold_line_style(GRID.stroke_width(wide(1.0)))
            .light_line_style(TRANSPARENT)
            .axis_style(TRANSPARENT)
            .set_all_tick_mark_size(0)
            .set_tick_mark_size(LabelAreaPosition::Left, px(5.0))
            .y_labels(5)
            .y_label_formatter(&|share| format!("{:.0}%", share * 100.0))
            .y_label_style(Type::SMALL.style())
            .draw()?;
        for band in self.bands {
            // blocks keep a little apart, thin ones less
            let (left, right) = (f64::from(band.ages.0), f64::from(band.ages.1) - 0.012 * (last - first));
            let mut bottom = 0.0;
            for (index, share) in band.shares.iter().enumerate().filter(|(_, share)| **share > 0.0) {
                let corners = [(left, bottom + share - f64::min(0.006, share / 3.0)), (right, bottom)];
                chart.draw_series([Rectangle::new(corners, KINDS[index % KINDS.len()].filled())])?;
                bottom += share;
            }
        }
        // where a band begins or ends, and nowhere else
        let mut edges: Vec<u8> = self.bands.iter().flat_map(|band| [band.ages.0, band.ages.1]).collect();
        edges.dedup();
        let face = Type { across: HPos::Center, ..Type::SMALL };
        for edge in edges {
            let (x, y) = chart.backend_coord(&(f64::from(edge), 0.0));
            area.draw(&Text::new(edge.to_string(), (x, y + px(13.0)), face.style()))?;
        }
        Ok(())
    }

    /// Swatches and names in rows of two.
    fn legend(&self, area: &Area<'_>) -> Drawn {
        let (mut left, mut top) = (8.0, 69.0);
        for (index, state) in self.states.iter().enumerate() {
            if index > 0 && index % 2 == 0 {
                (left, top) = (8.0, top + 17.0);
            }
            let corners = [(left, top - 5.0), (left + 10.0, top + 5.0)].map(|(x, y)| (px(x), px(y)));
            area.draw(&Rectangle::new(corners, KINDS[index % KINDS.len()].filled()))?;
            write(area, (left + 15.0, top), state, 17, Type { colour: INK, ..Type::SMALL })?;
            left += 125.0;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_of_every_band_has_a_block_and_a_name() {
        let states = ["sixth form".to_owned(), "employed".to_owned()];
        let bands =
            [AgeBand { ages: (16, 18), shares: vec![0.7, 0.3] }, AgeBand { ages: (18, 21), shares: vec![0.1, 0.9] }];
        let svg = Ages { title: "t", note: "n", label: "l", states: &states, bands: &bands }.svg().unwrap();
        // two bands and the legend
        assert_eq!(svg.matches("#1D4E89").count(), 3, "{svg}");
        assert!(svg.contains("sixth form") && svg.contains("100%"));
        assert!(Ages { title: "", note: "", label: "", states: &[], bands: &[] }.svg().is_ok());
    }
}
