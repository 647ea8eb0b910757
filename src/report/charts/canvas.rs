//! The sheet that charts are drawn on: size, colours, texts, and the SVG around it.

use crate::diagnostics::printable;
use crate::report::ReportError;
use crate::text::number::Reading;
use minijinja::HtmlEscape;
use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

/// A sheet or a part of one.
pub(super) type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;
/// Whether something could be drawn.
pub(super) type Drawn = Result<(), DrawingAreaErrorKind<std::io::Error>>;

/// Drawing units in one pixel: the backend rounds places to whole units, which would show in lines.
pub(super) const UNIT: i32 = 4;

/// Text and lines that carry the message. The style sheet gives each of these colours its dark counterpart.
pub(super) const INK: RGBColor = RGBColor(0x1A, 0x1D, 0x21);
/// Text and lines that explain.
pub(super) const MUTED: RGBColor = RGBColor(0x62, 0x68, 0x70);
/// Lines to read values by.
pub(super) const GRID: RGBColor = RGBColor(0xE3, 0xE5, 0xE8);
/// The ground of a cell that says nothing clear.
const PALE: RGBColor = RGBColor(0xF1, 0xF2, 0xF3);
/// What everything is drawn on.
pub(super) const PAPER: RGBColor = RGBColor(0xFE, 0xFE, 0xFD);
/// A level, where no direction is meant.
pub(super) const LEVEL: RGBColor = RGBColor(0x5B, 0x6B, 0x7F);
/// A change for the better, for the worse, and one that is neither: three colours that colour-blind readers
/// tell apart (after Okabe and Ito 2008, darkened for contrast).
const BETTER: RGBColor = RGBColor(0x0B, 0x65, 0xB0);
const WORSE: RGBColor = RGBColor(0xC2, 0x4E, 0x00);
const NEITHER: RGBColor = RGBColor(0x7A, 0x51, 0x96);
/// A change that is not clear.
const UNCLEAR: RGBColor = RGBColor(0x8A, 0x90, 0x98);
/// Colours that tell things apart that have no direction, such as states and routes: blues and greens, grey, oranges. The style sheet gives each
/// its dark counterpart.
pub(super) const KINDS: [RGBColor; 8] = [
    RGBColor(0x1D, 0x4E, 0x89),
    RGBColor(0x4D, 0x8F, 0xC4),
    RGBColor(0x9C, 0xCB, 0xE3),
    RGBColor(0x2A, 0x8C, 0x82),
    RGBColor(0xC9, 0xCD, 0xD2),
    RGBColor(0xF0, 0xB4, 0x5C),
    RGBColor(0xB8, 0x4A, 0x14),
    RGBColor(0x7A, 0x51, 0x96),
];
/// A cell without a number.
pub(in crate::report) const NONE: &str = "–";

/// What the colour of a change means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) enum Tone {
    /// For the better.
    Better,
    /// For the worse.
    Worse,
    /// Clear, and neither better nor worse.
    Neither,
    /// Not clear, no difference, or unknown.
    Unclear,
    /// A level and not a change.
    Level,
}

impl Tone {
    /// The tone of a reading.
    pub(in crate::report) fn of(reading: Reading) -> Self {
        match reading {
            Reading::Better => Self::Better,
            Reading::Worse => Self::Worse,
            Reading::Higher | Reading::Lower => Self::Neither,
            Reading::NoDifference | Reading::NotClear | Reading::Unknown => Self::Unclear,
        }
    }

    /// The name used by the style sheet.
    pub(in crate::report) fn class(self) -> &'static str {
        match self {
            Self::Better => "better",
            Self::Worse => "worse",
            Self::Neither => "neither",
            Self::Unclear => "unclear",
            Self::Level => "level",
        }
    }

    pub(super) fn colour(self) -> RGBColor {
        match self {
            Self::Better => BETTER,
            Self::Worse => WORSE,
            Self::Neither => NEITHER,
            Self::Unclear => UNCLEAR,
            Self::Level => LEVEL,
        }
    }
}

/// Draws a chart of so many pixels; `label` says in words what it shows.
pub(super) fn draw(
    size: (u32, u32),
    label: &str,
    paint: impl FnOnce(&Area<'_>) -> Drawn,
) -> Result<String, ReportError> {
    let mut svg = String::new();
    let units = UNIT.unsigned_abs();
    let area = SVGBackend::with_string(&mut svg, (size.0 * units, size.1 * units)).into_drawing_area();
    area.fill(&PAPER)
        .and_then(|()| paint(&area))
        .and_then(|()| area.present())
        .map_err(|error| ReportError::Drawing(error.to_string()))?;
    drop(area);
    Ok(finished(&svg, size, label))
}

/// The chart as it stands in a page: what most elements repeat is said once, and there is a name for those who
/// cannot see it. Quotes in texts are escaped, so the patterns here are found in tags alone.
fn finished(svg: &str, (width, height): (u32, u32), label: &str) -> String {
    let body = svg.split_once(">\n").map_or("", |(_, body)| body);
    let (size, colour) = (Type::SMALL.size * f64::from(UNIT), hexadecimal(MUTED));
    let usual = [
        " font-family=\"sans-serif\"".to_owned(),
        " opacity=\"1\"".to_owned(),
        " stroke=\"none\"".to_owned(),
        " stroke-width=\"1\"".to_owned(),
        " text-anchor=\"start\"".to_owned(),
        format!(" font-size=\"{size}\""),
        format!(" fill=\"{colour}\""),
    ];
    let body = usual.iter().fold(body.to_owned(), |body, repeated| body.replace(repeated, ""));
    let body = body.replace(" \"/>", "\"/>").replace(">\n", ">").replace("\n</", "</");
    let units = UNIT.unsigned_abs();
    let label = printable(label);
    let label = HtmlEscape(&label);
    format!(
        "<svg width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{label}\" font-size=\"{size}\" \
         fill=\"{colour}\">{body}",
        width * units,
        height * units,
    )
}

/// A colour as the backend writes it.
fn hexadecimal(RGBColor(red, green, blue): RGBColor) -> String {
    format!("#{red:02X}{green:02X}{blue:02X}")
}

/// So many pixels in drawing units.
#[expect(clippy::cast_possible_truncation, reason = "places on a sheet are a few thousand units")]
pub(super) fn px(pixels: f64) -> i32 {
    (pixels * f64::from(UNIT)).round() as i32
}

/// A width of so many pixels in drawing units.
pub(super) fn wide(pixels: f64) -> u32 {
    px(pixels).unsigned_abs()
}

/// How a text looks and which of its points is placed.
#[derive(Clone, Copy)]
pub(super) struct Type {
    pub size: f64,
    pub colour: RGBColor,
    pub weight: FontStyle,
    pub across: HPos,
}

impl Type {
    /// Explaining text of the usual size, starting at its place.
    pub(super) const SMALL: Self = Self { size: 11.0, colour: MUTED, weight: FontStyle::Normal, across: HPos::Left };
    /// The name of a chart.
    pub(super) const TITLE: Self = Self { size: 12.5, colour: INK, weight: FontStyle::Bold, across: HPos::Left };

    /// The style of this text; its middle line is placed.
    pub(super) fn style(self) -> TextStyle<'static> {
        // The backend divides sizes by 1.24.
        let font = FontDesc::new(FontFamily::SansSerif, f64::from(wide(self.size)) * 1.24, self.weight);
        TextStyle { font, color: self.colour.to_backend_color(), pos: Pos::new(self.across, VPos::Center) }
    }
}

/// Writes `text` at a place in pixels, cut to `most` characters.
pub(super) fn write(area: &Area<'_>, (x, y): (f64, f64), text: &str, most: usize, face: Type) -> Drawn {
    area.draw(&Text::new(cut(text, most), (px(x), px(y)), face.style()))
}

/// Printable text of so many characters at most.
pub(super) fn cut(text: &str, most: usize) -> String {
    let text = printable(text);
    if text.chars().count() <= most {
        return text;
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// The name of a chart, on two lines where it needs them, and a line under it that ends `bottom` pixels from the top.
pub(super) fn head(area: &Area<'_>, title: &str, note: &str, width: u32, bottom: f64) -> Drawn {
    // Narrow charts have a smaller name. Letters of both are as wide as those of the widest usual typeface.
    let (size, letter) = if width < 400 { (12.0, 7.2) } else { (12.5, 7.6) };
    let room = |pixels: f64| usize::try_from(px((f64::from(width) - 12.0) / pixels) / UNIT).unwrap_or(0);
    let lines = wrapped(title, room(letter), 2);
    let mut top = bottom - 17.0 - 15.0 * (f64::from(u8::try_from(lines.len()).unwrap_or(1)) - 1.0);
    for line in &lines {
        write(area, (8.0, top), line, room(letter), Type { size, ..Type::TITLE })?;
        top += 15.0;
    }
    write(area, (8.0, bottom), note, room(6.2), Type::SMALL)
}

/// Printable text on so many lines at most, each of so many characters; the last is cut with a mark when more is left.
pub(super) fn wrapped(text: &str, most: usize, lines: usize) -> Vec<String> {
    let text = printable(text);
    let mut wrapped: Vec<String> = vec![String::new()];
    for word in text.split_whitespace() {
        let full = wrapped.len() == lines;
        let Some(line) = wrapped.last_mut() else { break };
        if line.is_empty() || full || line.chars().count() + 1 + word.chars().count() <= most {
            let gap = if line.is_empty() { "" } else { " " };
            *line = format!("{line}{gap}{word}");
        } else {
            wrapped.push(word.to_owned());
        }
    }
    wrapped.iter().map(|line| cut(line, most)).collect()
}

/// A filled rectangle between two corners in pixels.
pub(super) fn filled(area: &Area<'_>, corners: [(f64, f64); 2], colour: RGBColor, alpha: f64) -> Drawn {
    let corners = corners.map(|(x, y)| (px(x), px(y)));
    area.draw(&Rectangle::new(corners, colour.mix(alpha).filled()))
}

/// The ground of a cell that says nothing clear.
pub(super) fn pale(area: &Area<'_>, corners: [(f64, f64); 2]) -> Drawn {
    filled(area, corners, PALE, 1.0)
}

/// How strong the fill of a change of this size is, of the largest of its kind.
pub(super) fn strength(size: f64, largest: f64) -> f64 {
    let share = if largest > 0.0 { (size.abs() / largest).clamp(0.0, 1.0) } else { 0.0 };
    // Four steps that can be told apart: rounding keeps from suggesting more.
    [0.14, 0.26, 0.38, 0.5][if share < 0.25 {
        0
    } else if share < 0.5 {
        1
    } else if share < 0.75 {
        2
    } else {
        3
    }]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_a_chart_cannot_leave_it() {
        let hostile = "<script>\"&'\u{202e}\u{1b} opacity=\"1\"";
        let svg = draw((100, 50), hostile, |area| write(area, (1.0, 1.0), hostile, 99, Type::SMALL)).unwrap();
        assert!(!svg.contains("<script") && !svg.contains('\u{202e}') && !svg.contains('\u{1b}'), "{svg}");
        assert!(svg.contains("&lt;script&gt;&quot;&amp;&apos;\\u{202e}\\u{1b} opacity=&quot;1&quot;"), "{svg}");
    }

    #[test]
    fn a_long_text_is_cut_with_a_mark() {
        assert_eq!(cut("Growth and skills", 9), "Growth a…");
        assert_eq!(cut("Growth", 6), "Growth");
    }

    #[test]
    fn a_long_name_takes_two_lines_and_no_more() {
        assert_eq!(wrapped("Growth and skills levy", 12, 2), ["Growth and", "skills levy"]);
        assert_eq!(wrapped("Growth and skills levy for the young", 12, 2), ["Growth and", "skills levy…"]);
        assert_eq!(wrapped("Growth", 12, 2), ["Growth"]);
        assert_eq!(wrapped("", 12, 2), [""]);
    }

    #[test]
    fn a_chart_has_a_name_and_nothing_of_style() {
        let svg = draw((10, 10), "what it shows", |_| Ok(())).unwrap();
        assert!(
            svg.starts_with("<svg ") && svg.contains("aria-label=\"what it shows\"") && svg.ends_with("</svg>"),
            "{svg}"
        );
        assert!(!svg.contains("style="));
    }
}
