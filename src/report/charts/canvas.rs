//! What charts share: the sheet they are drawn on, how texts look, and how long they may be.

use super::palette::{INK, MUTED, PAPER};
use crate::diagnostics::printable;
use crate::svg::{Anchor, Face, Position, Sheet};

/// Explaining text of the usual size, starting at its place.
pub(super) const SMALL: Face = Face { size: 11.0, colour: MUTED, bold: false, anchor: Anchor::Start };
/// A cell without a number.
pub(in crate::report) const NONE: &str = "–";

/// An empty sheet of so many pixels.
pub(super) fn sheet(width: f64, height: f64) -> Sheet {
    Sheet::new((width, height), PAPER, SMALL)
}

/// Writes `text`, cut to `most` characters.
pub(super) fn write(sheet: &mut Sheet, at: Position, text: &str, most: usize, face: Face) {
    sheet.text(at, &cut(text, most), face);
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
pub(super) fn head(sheet: &mut Sheet, title: &str, note: &str, width: f64, bottom: f64) {
    // Narrow charts have a smaller name. Letters of both are as wide as those of the widest usual typeface.
    let (size, letter) = if width < 400.0 { (12.0, 7.2) } else { (12.5, 7.6) };
    let face = Face { size, colour: INK, bold: true, ..SMALL };
    let room = width - 12.0;
    let lines = wrapped(title, letters(room, letter), 2);
    let mut top = bottom - 17.0 - if lines.len() > 1 { 15.0 } else { 0.0 };
    for line in &lines {
        write(sheet, (8.0, top), line, letters(room, letter), face);
        top += 15.0;
    }
    write(sheet, (8.0, bottom), note, letters(room, 6.2), SMALL);
}

/// How many letters of one width fit into so many pixels.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count, not below zero, rounded down")]
pub(super) fn letters(room: f64, letter: f64) -> usize {
    (room / letter).max(0.0) as usize
}

/// A number of rows or columns, to reckon places with.
pub(super) fn count(number: usize) -> f64 {
    u32::try_from(number).map_or(0.0, f64::from)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_a_chart_cannot_leave_it() {
        let hostile = "<script>\"&'\u{202e}\u{1b} opacity=\"1\"";
        let mut sheet = sheet(100.0, 50.0);
        write(&mut sheet, (1.0, 1.0), hostile, 99, SMALL);
        let svg = sheet.inline(hostile);
        assert!(!svg.contains("<script") && !svg.contains('\u{202e}') && !svg.contains('\u{1b}'), "{svg}");
        assert!(svg.contains("&lt;script&gt;&quot;&amp;&#39;\\u{202e}\\u{1b} opacity=&quot;1&quot;"), "{svg}");
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
        let svg = sheet(10.0, 10.0).inline("what it shows");
        assert!(
            svg.starts_with("<svg ") && svg.contains("aria-label=\"what it shows\"") && svg.ends_with("</svg>"),
            "{svg}"
        );
        assert!(!svg.contains("style="));
    }

    #[test]
    fn a_long_name_of_a_chart_starts_higher_so_that_the_line_under_it_stays() {
        let drawn = |title: &str| {
            let mut sheet = sheet(100.0, 60.0);
            head(&mut sheet, title, "note", 100.0, 46.0);
            sheet.inline("")
        };
        assert!(drawn("short").contains("y=\"29\""));
        let long = drawn("a name of a chart");
        assert!(long.contains("y=\"14\"") && long.contains("y=\"29\"") && long.contains("y=\"46\""), "{long}");
    }
}
