//! Plots as SVG: simulated values against published intervals, and what matters how much.

use super::findings::{Finding, Verdict};
use super::targets::{Target, Use};
use crate::diagnostics::printable;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

const ROW: i32 = 18;
const LEFT: i32 = 360;
const WIDTH: i32 = 960;
const TOP: i32 = 56;
/// Further out than this many half-widths a value is drawn at the edge.
const EDGE: f64 = 4.0;

/// Dark enough for text and dots on white, and told apart without red and green.
const INK: RGBColor = RGBColor(40, 40, 40);
const PASS: RGBColor = RGBColor(0, 114, 178);
const MISS: RGBColor = RGBColor(213, 94, 0);
const BAND: RGBColor = RGBColor(225, 232, 238);

/// One row a target: where the simulated value lies in the accepted interval, which is drawn from -1 to 1 in every row. Filled dots
/// are fitted, rings are not; a value beyond the edge is drawn at it.
///
/// # Errors
/// What the drawing refused.
pub fn plot_findings(targets: &[Target], findings: &[Finding]) -> Result<String, String> {
    let rows = i32::try_from(targets.len()).map_err(|error| error.to_string())?;
    let mut svg = String::new();
    draw_findings(targets, findings, TOP + rows * ROW + 20, &mut svg).map_err(|error| error.to_string())?;
    Ok(svg)
}

fn draw_findings(
    targets: &[Target],
    findings: &[Finding],
    height: i32,
    svg: &mut String,
) -> Result<(), Box<dyn std::error::Error>> {
    let size = (WIDTH.unsigned_abs(), height.unsigned_abs());
    let root = SVGBackend::with_string(svg, size).into_drawing_area();
    root.fill(&WHITE)?;
    let at = |position: f64| LEFT + whole((position + EDGE) / (2.0 * EDGE) * f64::from(WIDTH - LEFT - 40));
    root.draw(&Rectangle::new([(at(-1.0), TOP - 14), (at(1.0), height - 16)], BAND.filled()))?;
    root.draw(&Text::new("Simulated against published", (12, 10), ("sans-serif", 16).into_font().color(&INK)))?;
    let legend =
        "shaded: the accepted interval; dot: fitted; ring: out of sample; bar: two Monte Carlo standard errors";
    root.draw(&Text::new(legend, (12, 30), ("sans-serif", 11).into_font().color(&INK)))?;
    let style = ("sans-serif", 11).into_font().color(&INK).pos(Pos::new(HPos::Right, VPos::Center));
    for ((target, finding), row) in targets.iter().zip(findings).zip(0..) {
        let y = TOP + row * ROW;
        root.draw(&Text::new(printable(&target.name), (LEFT - 12, y), style.clone()))?;
        let Some((position, error)) = standardised(target, finding) else { continue };
        let colour = if finding.verdict == Verdict::Pass { PASS } else { MISS };
        let x = at(position.clamp(-EDGE, EDGE));
        let ends = [position - 2.0 * error, position + 2.0 * error].map(|end| (at(end.clamp(-EDGE, EDGE)), y));
        root.draw(&PathElement::new(ends, colour))?;
        let fill = if target.used == Use::Fitted { colour.filled() } else { colour.stroke_width(1) };
        root.draw(&Circle::new((x, y), 4, fill))?;
    }
    root.present()?;
    Ok(())
}

/// The simulated value and its error in half-widths of the accepted interval from its middle.
fn standardised(target: &Target, finding: &Finding) -> Option<(f64, f64)> {
    let (low, high) = target.accepted();
    let simulated = finding.simulated?;
    if !(low.is_finite() && high.is_finite()) {
        // Of an interval with one end only the side is known.
        return Some((if finding.verdict == Verdict::Pass { 0.0 } else { EDGE }, 0.0));
    }
    let half = (high - low) / 2.0;
    Some(((simulated - (low + half)) / half, finding.mcse.unwrap_or(0.0) / half))
}

#[expect(clippy::cast_possible_truncation, reason = "a place on a page")]
fn whole(place: f64) -> i32 {
    place.round() as i32
}

/// A bar of a plot, with an inner one and the half-width of its interval.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Bar {
    pub name: String,
    pub length: f64,
    pub inner: Option<f64>,
    pub half_width: f64,
}

/// Bars under a title, one a row, all to the same scale.
pub(super) fn plot_bars(title: &str, what: &str, bars: &[Bar]) -> Result<String, String> {
    let rows = i32::try_from(bars.len()).map_err(|error| error.to_string())?;
    let mut svg = String::new();
    draw_bars(title, what, bars, TOP + rows * ROW + 20, &mut svg).map_err(|error| error.to_string())?;
    Ok(svg)
}

fn draw_bars(
    title: &str,
    what: &str,
    bars: &[Bar],
    height: i32,
    svg: &mut String,
) -> Result<(), Box<dyn std::error::Error>> {
    let root = SVGBackend::with_string(svg, (WIDTH.unsigned_abs(), height.unsigned_abs())).into_drawing_area();
    root.fill(&WHITE)?;
    root.draw(&Text::new(title.to_owned(), (12, 10), ("sans-serif", 16).into_font().color(&INK)))?;
    let legend = format!("{what}; lines: 95% intervals");
    root.draw(&Text::new(legend, (12, 30), ("sans-serif", 11).into_font().color(&INK)))?;
    let longest =
        bars.iter().fold(0.0_f64, |longest, bar| longest.max(bar.length + bar.half_width)).max(f64::MIN_POSITIVE);
    let at = |length: f64| LEFT + whole((length / longest).clamp(0.0, 1.0) * f64::from(WIDTH - LEFT - 110));
    let left = ("sans-serif", 11).into_font().color(&INK).pos(Pos::new(HPos::Right, VPos::Center));
    let right = ("sans-serif", 11).into_font().color(&INK).pos(Pos::new(HPos::Left, VPos::Center));
    for (bar, row) in bars.iter().zip(0..) {
        let y = TOP + row * ROW;
        root.draw(&Text::new(printable(&bar.name), (LEFT - 12, y), left.clone()))?;
        root.draw(&Rectangle::new([(LEFT, y - 6), (at(bar.length), y + 6)], PASS.mix(0.45).filled()))?;
        if let Some(inner) = bar.inner {
            root.draw(&Rectangle::new([(LEFT, y - 6), (at(inner), y + 6)], PASS.filled()))?;
        }
        let ends = [bar.length - bar.half_width, bar.length + bar.half_width].map(|end| (at(end), y));
        root.draw(&PathElement::new(ends, INK))?;
        root.draw(&Text::new(format!("{:.3}", bar.length), (ends[1].0 + 6, y), right.clone()))?;
    }
    root.present()?;
    Ok(())
}
