//! Plots as SVG: simulated values against published intervals, and what matters how much.

use super::findings::{Agreement, Finding};
use super::targets::{Target, Use};
use crate::svg::{Anchor, Colour, Face, Sheet};

/// Width of a plot, where its names end and its field starts, and where its first row is, in pixels.
const WIDTH: f64 = 960.0;
const LEFT: f64 = 360.0;
const TOP: f64 = 56.0;
/// Height of a row.
const ROW: f64 = 18.0;
/// Further out than this many half-widths a value is drawn at the edge.
const EDGE: f64 = 4.0;

/// Dark enough for text and dots on white, and told apart without red and green.
const INK: Colour = Colour(40, 40, 40);
const PASS: Colour = Colour(0, 114, 178);
const MISS: Colour = Colour(213, 94, 0);
const BAND: Colour = Colour(225, 232, 238);
const WHITE: Colour = Colour(255, 255, 255);

/// A line of a legend, a name or a number.
const SMALL: Face = Face { size: 10.0, colour: INK, bold: false, anchor: Anchor::Start };
/// The name of a plot.
const TITLE: Face = Face { size: 13.0, ..SMALL };

/// The title of a plot of findings.
const FINDINGS: &str = "Simulated against published";

/// A sheet with room for so many rows under a title and a legend, and its height.
fn sheet(rows: usize, title: &str, legend: &str) -> (Sheet, f64) {
    let height = TOP + ROW * u32::try_from(rows).map_or(0.0, f64::from) + 20.0;
    let mut sheet = Sheet::new((WIDTH, height), WHITE, SMALL);
    sheet.text((12.0, 16.0), title, TITLE);
    sheet.text((12.0, 34.0), legend, SMALL);
    (sheet, height)
}

/// The middle of each row.
fn middles() -> impl Iterator<Item = f64> {
    (0_u32..).map(|row| TOP + ROW * f64::from(row))
}

/// One row a target: where the simulated value lies in the accepted interval, which is drawn from -1 to 1 in every row. Filled dots
/// are fitted, rings are not; a value beyond the edge is drawn at it.
#[must_use]
pub fn plot_findings(targets: &[Target], findings: &[Finding]) -> String {
    let legend =
        "shaded: the accepted interval; dot: fitted; ring: out of sample; bar: two Monte Carlo standard errors";
    let (mut sheet, height) = sheet(targets.len(), FINDINGS, legend);
    let at = |place: f64| LEFT + (place.clamp(-EDGE, EDGE) + EDGE) / (2.0 * EDGE) * (WIDTH - LEFT - 40.0);
    sheet.rectangle([(at(-1.0), TOP - 14.0), (at(1.0), height - 16.0)], BAND);
    for ((target, finding), y) in targets.iter().zip(findings).zip(middles()) {
        sheet.text((LEFT - 12.0, y), &target.name, Face { anchor: Anchor::End, ..SMALL });
        let Some((place, error)) = standardised(target, finding) else { continue };
        let colour = if finding.verdict == Agreement::Pass { PASS } else { MISS };
        sheet.line(&[(at(place - 2.0 * error), y), (at(place + 2.0 * error), y)], colour, 1.0);
        if target.used == Use::Fitted {
            sheet.dot((at(place), y), 4.0, colour);
        } else {
            sheet.ring((at(place), y), 4.0, colour, 1.0);
        }
    }
    sheet.file(&format!("{FINDINGS}; {legend}"))
}

/// The simulated value and its error in half-widths of the accepted interval from its middle.
fn standardised(target: &Target, finding: &Finding) -> Option<(f64, f64)> {
    let (low, high) = target.accepted();
    let simulated = finding.simulated?;
    if !(low.is_finite() && high.is_finite()) {
        // Of an interval with one end only the side is known.
        return Some((if finding.verdict == Agreement::Pass { 0.0 } else { EDGE }, 0.0));
    }
    let half = (high - low) / 2.0;
    Some(((simulated - (low + half)) / half, finding.mcse.unwrap_or(0.0) / half))
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
pub(super) fn plot_bars(title: &str, what: &str, bars: &[Bar]) -> String {
    let legend = format!("{what}; lines: 95% intervals");
    let (mut sheet, _) = sheet(bars.len(), title, &legend);
    let longest =
        bars.iter().fold(0.0_f64, |longest, bar| longest.max(bar.length + bar.half_width)).max(f64::MIN_POSITIVE);
    let at = |length: f64| LEFT + (length / longest).clamp(0.0, 1.0) * (WIDTH - LEFT - 110.0);
    for (bar, y) in bars.iter().zip(middles()) {
        sheet.text((LEFT - 12.0, y), &bar.name, Face { anchor: Anchor::End, ..SMALL });
        sheet.rectangle([(LEFT, y - 6.0), (at(bar.length), y + 6.0)], PASS.strong(0.45));
        if let Some(inner) = bar.inner {
            sheet.rectangle([(LEFT, y - 6.0), (at(inner), y + 6.0)], PASS);
        }
        let (low, high) = (at(bar.length - bar.half_width), at(bar.length + bar.half_width));
        sheet.line(&[(low, y), (high, y)], INK, 1.0);
        sheet.text((high + 6.0, y), &format!("{:.3}", bar.length), SMALL);
    }
    sheet.file(&format!("{title}; {legend}"))
}
