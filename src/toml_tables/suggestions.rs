//! Hints with the value that was meant, for what cannot be taken as it was typed.

use super::value::{Content, Value};
use crate::calendar::Month;

/// A hint with the number that a text, or a number out of range, may be meant for in a key; nothing when none fits.
pub(super) fn number_hint(key: &str, typed: &Value, fits: impl Fn(f64) -> bool) -> Option<String> {
    let (meant, text) = match &typed.content {
        Content::Text(text) => (number_in(text)?, Some(text)),
        Content::Whole(_) | Content::Number(_) => (typed.as_number()?, None),
        Content::Other(_) | Content::List(_) | Content::Table(_) => return None,
    };
    let is_share = fits(1.0) && !fits(2.0);
    let is_percent = text.is_some_and(|text| text.contains('%')) && !key.contains("percent");
    if text.is_some() && !is_percent && fits(meant) {
        return Some(format!("write {meant}, without quotes"));
    }
    let hundredth = meant / 100.0;
    if (is_percent || is_share) && fits(hundredth) {
        return Some(format!("write {hundredth} for {meant}%"));
    }
    let millions = meant / 1e6;
    (key.contains("million") && meant.abs() >= 1e6 && fits(millions)).then(|| format!("write {millions} for {meant}"))
}

/// The number that a text shows: thousands apart, with a sign of percent or of money.
fn number_in(text: &str) -> Option<f64> {
    let bare: String =
        text.chars().filter(|letter| !matches!(letter, ',' | '_' | ' ' | '%' | '£' | '$' | '€')).collect();
    bare.parse::<f64>().ok().filter(|number| number.is_finite())
}

/// A hint with the month that a text may be meant for.
pub(super) fn month_hint(typed: &Value) -> Option<String> {
    let text = typed.as_text().map_or_else(|| typed.described(), str::to_owned);
    let text = in_digits(&text);
    let digits: Vec<&str> =
        text.split(|letter: char| !letter.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let is_year = |part: &str| part.len() == 4;
    let (year, month) = match digits[..] {
        [year, month, ..] if is_year(year) => (year, month),
        [month, year] if is_year(year) => (year, month),
        [_, month, year] if is_year(year) => (year, month),
        [whole] if whole.len() == 6 && whole.is_ascii() => whole.split_at(4),
        [year] if is_year(year) => (year, "1"),
        _ => return None,
    };
    let written = format!("{year}-{month:0>2}");
    written.parse::<Month>().ok().map(|_| format!("write {written:?}"))
}

/// The months, as far as they are told apart.
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// A text with the number of its month in place of the name, if it has one.
fn in_digits(text: &str) -> String {
    let lower = text.to_lowercase();
    let mut words = lower.split(|letter: char| !letter.is_alphabetic()).filter(|word| word.len() >= 3);
    let named = words.find_map(|word| Some((word, MONTHS.iter().position(|month| word.starts_with(month))?)));
    named.map_or_else(|| text.to_owned(), |(word, at)| lower.replacen(word, &format!(" {} ", at + 1), 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::toml_tables::parse_value;

    fn typed(text: &str) -> Value {
        parse_value(text, &"".into(), 0).unwrap()
    }

    #[test]
    fn a_number_that_was_meant_is_suggested_and_only_one_that_fits() {
        let hint = |key: &str, text: &str, range: std::ops::RangeInclusive<f64>| {
            number_hint(key, &typed(text), |number| range.contains(&number)).unwrap_or_default()
        };
        assert_eq!(hint("redirect_existing", "20", 0.0..=1.0), "write 0.2 for 20%");
        assert_eq!(hint("redirect_existing", "\"20%\"", 0.0..=1.0), "write 0.2 for 20%");
        assert_eq!(hint("rate_change_percentage_points", "\"20%\"", -100.0..=100.0), "write 20, without quotes");
        assert_eq!(hint("places_per_year", "\"4,000\"", 0.0..=1e7), "write 4000, without quotes");
        assert_eq!(hint("budget_gbp_million_per_year", "242000000", 0.0..=1e6), "write 242 for 242000000");
        assert_eq!(hint("places_per_year", "242000000", 0.0..=1e7), "");
        assert_eq!(hint("redirect_existing", "2000", 0.0..=1.0), "");
        assert_eq!(hint("redirect_existing", "\"much\"", 0.0..=1.0), "");
        let is_years = |number: f64| number.fract().abs() <= 0.0 && (1.0..=35.0).contains(&number);
        let whole = |text: &str| number_hint("years", &typed(text), is_years);
        assert_eq!(whole("\"5\"").as_deref(), Some("write 5, without quotes"));
        assert_eq!((whole("99"), whole("\"2.5\"")), (None, None));
    }

    #[test]
    fn a_month_that_was_meant_is_suggested() {
        for text in [
            "\"2026/09\"",
            "\"2026-9\"",
            "\"09/2026\"",
            "\"2026-09-01\"",
            "\"01/09/2026\"",
            "\"202609\"",
            "2026-09-01",
            "202609",
            "\"September 2026\"",
            "\"1 Sept 2026\"",
            "\"2026-Sep\"",
        ] {
            assert_eq!(month_hint(&typed(text)).as_deref(), Some("write \"2026-09\""), "{text}");
        }
        assert_eq!(month_hint(&typed("2026")).as_deref(), Some("write \"2026-01\""));
        for text in ["\"soon\"", "\"13/2026\"", "\"September\"", "7"] {
            assert_eq!(month_hint(&typed(text)), None, "{text}");
        }
    }
}
