//! Cells of CSV files: text that no spreadsheet runs as a formula, and numbers that read back.

use crate::diagnostics::printable;
use serde::de::Error;
use serde::{Deserialize, Deserializer};

/// Characters that make a spreadsheet read a cell as a formula.
const TRIGGERS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Text with control and direction-changing characters made visible, and a leading apostrophe when a
/// spreadsheet would otherwise run it.
#[must_use]
pub fn text(raw: &str) -> String {
    let quoted = raw.starts_with(TRIGGERS) || raw.starts_with('\'');
    format!("{}{}", if quoted { "'" } else { "" }, printable(raw))
}

/// The text that a cell written by `text` stands for (control characters stay visible).
#[must_use]
pub fn read_text(cell: &str) -> &str {
    cell.strip_prefix('\'').unwrap_or(cell)
}

/// The shortest decimal number that reads back as exactly this one.
#[must_use]
pub fn number(value: f64) -> String {
    format!("{value}")
}

/// The number, or an empty cell when it is unknown.
#[must_use]
pub fn known(value: Option<f64>) -> String {
    value.map_or_else(String::new, number)
}

/// The lower end of an interval, or an empty cell when it is unknown.
#[must_use]
pub fn low(interval: Option<(f64, f64)>) -> String {
    known(interval.map(|(low, _)| low))
}

/// The upper end of an interval, or an empty cell when it is unknown.
#[must_use]
pub fn high(interval: Option<(f64, f64)>) -> String {
    known(interval.map(|(_, high)| high))
}

/// A whole number, or an empty cell when it is unknown.
#[must_use]
pub fn known_count(value: Option<u32>) -> String {
    value.map_or_else(String::new, |count| count.to_string())
}

/// A number in six significant digits: more than any Monte Carlo error leaves standing, and half the bytes of all that a number holds.
#[must_use]
pub fn six_digits(value: f64) -> f64 {
    format!("{value:.5e}").parse().unwrap_or(value)
}

/// Reads a text that [`text`] wrote.
///
/// # Errors
/// When it is no text.
pub(crate) fn as_text<'de: 'a, 'a, D: Deserializer<'de>>(cell: D) -> Result<&'a str, D::Error> {
    <&str>::deserialize(cell).map(read_text)
}

/// The same, kept.
///
/// # Errors
/// When it is no text.
pub(crate) fn as_owned_text<'de, D: Deserializer<'de>>(cell: D) -> Result<String, D::Error> {
    <&str>::deserialize(cell).map(|cell| read_text(cell).to_owned())
}

/// Reads a number that [`known`] wrote.
///
/// # Errors
/// When it is no number, or not a finite one.
pub(crate) fn as_known<'de, D: Deserializer<'de>>(cell: D) -> Result<Option<f64>, D::Error> {
    Option::<f64>::deserialize(cell)?.map(finite).transpose()
}

/// Reads a number that [`number`] wrote.
///
/// # Errors
/// When it is no number, or not a finite one.
pub(crate) fn as_number<'de, D: Deserializer<'de>>(cell: D) -> Result<f64, D::Error> {
    f64::deserialize(cell).and_then(finite)
}

fn finite<E: Error>(number: f64) -> Result<f64, E> {
    if number.is_finite() { Ok(number) } else { Err(E::custom("a number that is not finite")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_brief_number_keeps_six_digits_whatever_its_size_and_a_short_one_is_itself() {
        for (value, expected) in
            [(0.123_456_789, 0.123_457), (-98_765_432.1, -98_765_400.0), (1.234_567_89e-30, 1.234_57e-30)]
        {
            assert_eq!(six_digits(value).to_bits(), f64::to_bits(expected));
        }
        for value in [0.0, -0.05, 25.0, 1e300] {
            assert_eq!(six_digits(value).to_bits(), f64::to_bits(value));
        }
    }

    #[test]
    fn no_text_cell_can_start_a_formula_or_drive_a_terminal() {
        for raw in [
            "=HYPERLINK(\"http://x\")",
            "+1",
            "-1+1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\u{1b}]8;;x",
            "a\u{202e}b",
            "\0",
            "'quoted",
        ] {
            let cell = text(raw);
            assert!(!cell.starts_with(TRIGGERS), "{raw:?} became {cell:?}");
            assert!(cell.chars().all(|letter| !letter.is_control() && letter != '\u{202e}'), "{cell:?}");
        }
    }

    #[test]
    fn printable_text_reads_back_as_it_was() {
        for raw in ["North East", "-5 per cent", "=1", "'tis", "Yorkshire and The Humber", ""] {
            assert_eq!(read_text(&text(raw)), raw);
        }
    }

    #[test]
    fn numbers_read_back_to_the_bit_and_unknown_is_empty() {
        for value in [0.0, 0.1 + 0.2, 1.0 / 3.0, 5e-324, 1.797e308, -123_456.75] {
            assert_eq!(number(value).parse::<f64>().unwrap().to_bits(), value.to_bits());
        }
        assert_eq!(known(None), "");
        assert_eq!(known(Some(0.0)), "0");
    }
}
