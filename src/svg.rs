//! Pictures as SVG text: a sheet that takes rectangles, lines, polygons, circles and texts.
//!
//! Places are in pixels from the top left and written with two decimals, so that the bytes of a
//! picture are the same everywhere. Each text is made printable and escaped here, once for all.

use crate::diagnostics::printable;
use std::fmt::{self, Display, Write};

/// A place on a sheet: across and down.
pub type Position = (f64, f64);

/// Red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

impl Colour {
    /// The colour, so strong: 1 hides what lies under it.
    #[must_use]
    pub fn strong(self, opacity: f64) -> Paint {
        Paint { colour: self, opacity }
    }
}

impl Display for Colour {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "#{:02X}{:02X}{:02X}", self.0, self.1, self.2)
    }
}

/// A colour that may let through what lies under it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Paint {
    colour: Colour,
    opacity: f64,
}

impl From<Colour> for Paint {
    fn from(colour: Colour) -> Self {
        colour.strong(1.0)
    }
}

/// Which point of a text is placed; its middle line always is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Where it starts.
    Start,
    /// Its middle.
    Middle,
    /// Where it ends.
    End,
}

/// How a text looks and which of its points is placed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Face {
    /// Height of the letters in pixels.
    pub size: f64,
    /// Their colour.
    pub colour: Colour,
    /// Whether they are bold.
    pub bold: bool,
    /// The point that is placed.
    pub anchor: Anchor,
}

/// A sheet that is drawn on. What comes later lies above what came before.
#[derive(Clone, Debug)]
pub struct Sheet {
    size: (f64, f64),
    usual: Face,
    body: String,
}

impl Sheet {
    /// A sheet of a width and a height, all of one colour. What texts share with `usual` is said
    /// once for the whole sheet.
    #[must_use]
    pub fn new(size: (f64, f64), paper: Colour, usual: Face) -> Self {
        let mut sheet = Self { size, usual, body: String::new() };
        sheet.rectangle([(0.0, 0.0), size], paper);
        sheet
    }

    /// A filled rectangle between two opposite corners.
    pub fn rectangle(&mut self, [a, b]: [Position; 2], fill: impl Into<Paint>) {
        let (left, top) = (a.0.min(b.0), a.1.min(b.1));
        let (width, height) = ((a.0 - b.0).abs(), (a.1 - b.1).abs());
        self.open("rect");
        self.numbers(&[("x", left), ("y", top), ("width", width), ("height", height)]);
        self.fill(fill.into());
        self.body.push_str("/>");
    }

    /// A line through some points.
    pub fn line(&mut self, points: &[Position], colour: Colour, width: f64) {
        self.open("polyline");
        self.points(points);
        self.stroke(colour, width);
        self.body.push_str("/>");
    }

    /// A filled polygon.
    pub fn polygon(&mut self, corners: &[Position], fill: impl Into<Paint>) {
        self.open("polygon");
        self.points(corners);
        self.fill(fill.into());
        self.body.push_str("/>");
    }

    /// A filled circle.
    pub fn dot(&mut self, middle: Position, radius: f64, fill: impl Into<Paint>) {
        self.circle(middle, radius);
        self.fill(fill.into());
        self.body.push_str("/>");
    }

    /// A circle that is not filled.
    pub fn ring(&mut self, middle: Position, radius: f64, colour: Colour, width: f64) {
        self.circle(middle, radius);
        self.stroke(colour, width);
        self.body.push_str("/>");
    }

    /// One line of text.
    pub fn text(&mut self, (x, y): Position, text: &str, face: Face) {
        self.open("text");
        self.numbers(&[("x", x), ("y", y)]);
        // half the height of an x brings the middle of the letters to the place
        self.attribute("dy", "0.5ex");
        if exactly(face.size) != exactly(self.usual.size) {
            self.attribute("font-size", exactly(face.size));
        }
        if face.bold {
            self.attribute("font-weight", "bold");
        }
        match face.anchor {
            Anchor::Start => {}
            Anchor::Middle => self.attribute("text-anchor", "middle"),
            Anchor::End => self.attribute("text-anchor", "end"),
        }
        if face.colour != self.usual.colour {
            self.attribute("fill", face.colour);
        }
        let _ = write!(self.body, ">{}</text>", escaped(text));
    }

    /// The picture as it stands in a page; `label` says in words what it shows.
    #[must_use]
    pub fn inline(self, label: &str) -> String {
        self.finished("", label)
    }

    /// The picture as a file of its own; `label` says in words what it shows.
    #[must_use]
    pub fn file(self, label: &str) -> String {
        self.finished(" xmlns=\"http://www.w3.org/2000/svg\" font-family=\"sans-serif\"", label)
    }

    fn finished(&self, attributes: &str, label: &str) -> String {
        let (width, height) = (exactly(self.size.0), exactly(self.size.1));
        format!(
            "<svg{attributes} width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\" \
             aria-label=\"{}\" font-size=\"{}\" fill=\"{}\">{}</svg>",
            escaped(label),
            exactly(self.usual.size),
            self.usual.colour,
            self.body,
        )
    }

    fn open(&mut self, tag: &str) {
        let _ = write!(self.body, "<{tag}");
    }

    fn attribute(&mut self, name: &str, value: impl Display) {
        let _ = write!(self.body, " {name}=\"{value}\"");
    }

    fn numbers(&mut self, numbers: &[(&str, f64)]) {
        for (name, number) in numbers {
            self.attribute(name, exactly(*number));
        }
    }

    fn circle(&mut self, (x, y): Position, radius: f64) {
        self.open("circle");
        self.numbers(&[("cx", x), ("cy", y), ("r", radius)]);
    }

    fn points(&mut self, points: &[Position]) {
        let points: Vec<String> = points.iter().map(|(x, y)| format!("{},{}", exactly(*x), exactly(*y))).collect();
        self.attribute("points", points.join(" "));
    }

    /// The fill is always written, as what is drawn would otherwise take the colour of texts.
    fn fill(&mut self, Paint { colour, opacity }: Paint) {
        self.attribute("fill", colour);
        if opacity < 1.0 {
            self.attribute("opacity", exactly(opacity));
        }
    }

    fn stroke(&mut self, colour: Colour, width: f64) {
        self.attribute("fill", "none");
        self.attribute("stroke", colour);
        if exactly(width) != "1" {
            self.attribute("stroke-width", exactly(width));
        }
    }
}

/// A number with two decimals at most: a place on a sheet, or close to its edge when it is far out or no number.
fn exactly(number: f64) -> String {
    const FAR: f64 = 1e5;
    let number = if number.is_nan() { 0.0 } else { number.clamp(-FAR, FAR) };
    // a zero of either sign is the same place
    ((number * 100.0).round() / 100.0 + 0.0).to_string()
}

/// Printable text without what would end it in SVG or HTML.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in printable(text).chars() {
        match letter {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    const BLACK: Colour = Colour(0, 0, 0);
    const BLUE: Colour = Colour(0x0B, 0x65, 0xB0);
    const WHITE: Colour = Colour(255, 255, 255);
    const USUAL: Face = Face { size: 11.0, colour: BLACK, bold: false, anchor: Anchor::Start };

    /// What `draw` puts on an empty sheet.
    fn drawn(draw: impl FnOnce(&mut Sheet)) -> String {
        let empty = Sheet::new((100.0, 50.0), WHITE, USUAL);
        let mut sheet = empty.clone();
        draw(&mut sheet);
        sheet.body.strip_prefix(&empty.body).unwrap().to_owned()
    }

    #[test]
    fn shapes_are_written_as_they_were_asked_for() {
        assert_eq!(
            drawn(|sheet| sheet.rectangle([(30.0, 20.005), (10.0, 5.0)], BLUE.strong(0.55))),
            "<rect x=\"10\" y=\"5\" width=\"20\" height=\"15.01\" fill=\"#0B65B0\" opacity=\"0.55\"/>"
        );
        assert_eq!(
            drawn(|sheet| sheet.line(&[(1.0, 2.0), (1.0 / 3.0, -0.001)], BLUE, 2.0)),
            "<polyline points=\"1,2 0.33,0\" fill=\"none\" stroke=\"#0B65B0\" stroke-width=\"2\"/>"
        );
        assert_eq!(
            drawn(|sheet| sheet.polygon(&[(0.0, 0.0), (1.0, 0.0), (0.0, 1.0)], BLACK)),
            "<polygon points=\"0,0 1,0 0,1\" fill=\"#000000\"/>"
        );
        assert_eq!(
            drawn(|sheet| sheet.dot((5.0, 6.0), 2.5, BLUE)),
            "<circle cx=\"5\" cy=\"6\" r=\"2.5\" fill=\"#0B65B0\"/>"
        );
        assert_eq!(
            drawn(|sheet| sheet.ring((5.0, 6.0), 4.0, BLUE, 1.0)),
            "<circle cx=\"5\" cy=\"6\" r=\"4\" fill=\"none\" stroke=\"#0B65B0\"/>"
        );
    }

    #[test]
    fn a_text_says_only_what_differs_from_the_usual() {
        assert_eq!(drawn(|sheet| sheet.text((8.0, 9.5), "a", USUAL)), "<text x=\"8\" y=\"9.5\" dy=\"0.5ex\">a</text>");
        let other = Face { size: 12.5, colour: BLUE, bold: true, anchor: Anchor::End };
        assert_eq!(
            drawn(|sheet| sheet.text((8.0, 9.5), "a", other)),
            "<text x=\"8\" y=\"9.5\" dy=\"0.5ex\" font-size=\"12.5\" font-weight=\"bold\" text-anchor=\"end\" \
             fill=\"#0B65B0\">a</text>"
        );
    }

    #[test]
    fn no_text_and_no_label_can_leave_its_place() {
        let hostile = "</text><script>\"&'\u{202e}\u{1b} opacity=\"1\"";
        let shown = "&lt;/text&gt;&lt;script&gt;&quot;&amp;&#39;\\u{202e}\\u{1b} opacity=&quot;1&quot;";
        let mut sheet = Sheet::new((100.0, 50.0), WHITE, USUAL);
        sheet.text((0.0, 0.0), hostile, USUAL);
        let svg = sheet.inline(hostile);
        assert_eq!(svg.matches(shown).count(), 2, "{svg}");
        assert!(!svg.contains("<script") && !svg.contains('\u{202e}') && !svg.contains('\u{1b}'));
    }

    #[test]
    fn no_number_breaks_a_picture() {
        let far = [(f64::NAN, f64::INFINITY), (f64::NEG_INFINITY, f64::MAX)];
        assert!(drawn(|sheet| sheet.line(&far, BLUE, 1.0)).contains("\"0,100000 -100000,100000\""));
    }

    #[test]
    fn a_file_names_its_language_and_its_letters_and_a_part_of_a_page_does_not() {
        let sheet = Sheet::new((100.0, 50.0), WHITE, USUAL);
        let (file, inline) = (sheet.clone().file("what it shows"), sheet.inline("what it shows"));
        assert!(file.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" font-family=\"sans-serif\" width=\"100\""));
        assert_eq!(
            inline,
            "<svg width=\"100\" height=\"50\" viewBox=\"0 0 100 50\" role=\"img\" aria-label=\"what it shows\" \
             font-size=\"11\" fill=\"#000000\"><rect x=\"0\" y=\"0\" width=\"100\" height=\"50\" \
             fill=\"#FFFFFF\"/></svg>"
        );
    }
}
