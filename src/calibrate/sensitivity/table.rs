//! The findings of a study as CSV and as a plot.

use super::study::{Found, StudyResults};
use crate::calibrate::plot::{Bar, plot_bars};
use crate::outcomes::all_measures;
use std::io::{self, Write};

/// The columns of `sensitivity.csv`.
const COLUMNS: [&str; 9] =
    ["measure", "unit", "parameter", "method", "index", "value", "half_width", "done", "left_out"];

/// One number of a study.
struct Line<'a> {
    measure: usize,
    group: &'a str,
    index: &'static str,
    value: Option<f64>,
    half_width: Option<f64>,
}

/// Every number, measure by measure, groups in order; `None` where an index is unknown.
fn lines<'a>(results: &StudyResults, chosen: &'a [usize], groups: &'a [String]) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    for (at, measure) in chosen.iter().enumerate() {
        for (place, group) in groups.iter().enumerate() {
            let mut add = |index, value: Option<f64>, half_width: Option<f64>| {
                lines.push(Line { measure: *measure, group, index, value, half_width });
            };
            match &results.found {
                Found::Morris(found) => {
                    let found = found[at].as_ref().map(|found| found[place]);
                    add("mu_star", found.map(|found| found.mu_star), found.map(|found| found.half_width));
                    add("mu", found.and_then(|found| found.mu), None);
                    add("sigma", found.and_then(|found| found.sigma), None);
                }
                Found::Sobol(found) => {
                    let found = found[at].as_ref().map(|found| found[place]);
                    add("first", found.map(|found| found.first), found.map(|found| found.first_half_width));
                    add("total", found.map(|found| found.total), found.map(|found| found.total_half_width));
                }
            }
        }
    }
    lines
}

/// Writes a row for each index of each measure and group; unknown ones are empty.
///
/// # Errors
/// When the sink refuses.
pub fn write_results(results: &StudyResults, chosen: &[usize], groups: &[String], sink: impl Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(sink);
    csv.write_record(COLUMNS)?;
    let method = match results.found {
        Found::Morris(_) => "morris",
        Found::Sobol(_) => "sobol",
    };
    for line in lines(results, chosen, groups) {
        let measure = &all_measures()[line.measure];
        let at = chosen.iter().position(|known| *known == line.measure).unwrap_or(0);
        let number = |number: Option<f64>| number.map_or_else(String::new, |number| format!("{number:?}"));
        csv.write_record([
            measure.key,
            measure.unit,
            line.group,
            method,
            line.index,
            &number(line.value),
            &number(line.half_width),
            &results.done.to_string(),
            &results.left_out[at].to_string(),
        ])?;
    }
    csv.flush()
}

/// A plot for one measure: bars of `mu_star`, or of total with first-order indices inside, with their intervals.
#[must_use]
pub fn plot_results(results: &StudyResults, chosen: &[usize], groups: &[String], measure: usize) -> String {
    let mut bars: Vec<Bar> = groups.iter().map(|group| Bar { name: group.clone(), ..Bar::default() }).collect();
    for line in lines(results, chosen, groups).into_iter().filter(|line| line.measure == measure) {
        let Some(bar) = bars.iter_mut().find(|bar| bar.name == line.group) else { continue };
        match line.index {
            "mu_star" | "total" => {
                bar.length = line.value.unwrap_or(0.0);
                bar.half_width = line.half_width.unwrap_or(0.0);
            }
            "first" => bar.inner = line.value,
            _ => {}
        }
    }
    bars.sort_by(|a, b| b.length.total_cmp(&a.length).then_with(|| a.name.cmp(&b.name)));
    let what = match results.found {
        Found::Morris(_) => "mean size of the effect over the range (mu*)",
        Found::Sobol(_) => "total index, and inside it the first-order index",
    };
    let known = &all_measures()[measure];
    plot_bars(&format!("{} ({})", known.label, known.unit), what, &bars)
}
