//! Writes tables as TOML that reads back to the same values.

use crate::diagnostics::printable;
use std::fmt::Write as _;

/// TOML text in the making.
#[derive(Debug, Default)]
pub struct Printer {
    out: String,
}

impl Printer {
    /// The text so far.
    #[must_use]
    pub fn into_text(self) -> String {
        self.out
    }

    /// A table's heading, such as `[run]` or `[[levers.adjust]]`, with an empty line above it.
    pub fn heading(&mut self, heading: &str) {
        let gap = if self.out.is_empty() { "" } else { "\n" };
        let _ = writeln!(self.out, "{gap}{heading}");
    }

    /// A key with text.
    pub fn text(&mut self, key: &str, text: &str) {
        let _ = writeln!(self.out, "{key} = {}", quoted(text));
    }

    /// A key with a whole number.
    pub fn whole(&mut self, key: &str, number: i64) {
        let _ = writeln!(self.out, "{key} = {number}");
    }

    /// A key with a number, in the shortest form that reads back to the same bits.
    pub fn number(&mut self, key: &str, number: f64) {
        let text = format!("{number:?}");
        let _ = writeln!(self.out, "{key} = {}", text.strip_suffix(".0").unwrap_or(&text));
    }

    /// A key with a list of names.
    pub fn names<'a>(&mut self, key: &str, names: impl IntoIterator<Item = &'a str>) {
        let quoted: Vec<String> = names.into_iter().map(quoted).collect();
        let _ = writeln!(self.out, "{key} = [{}]", quoted.join(", "));
    }

    /// A key with a first and a last number.
    pub fn span(&mut self, key: &str, (first, last): (u16, u16)) {
        let _ = writeln!(self.out, "{key} = [{first}, {last}]");
    }
}

/// Text as TOML. What could drive a terminal that shows the file is written as `\UXXXXXXXX`, which reads back the same.
fn quoted(text: &str) -> String {
    if printable(text) == text {
        return toml::Value::String(text.to_owned()).to_string();
    }
    let mut out = String::from("\"");
    for character in text.chars() {
        let is_plain = printable(character.encode_utf8(&mut [0; 4])).starts_with(character);
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            _ if is_plain => out.push(character),
            _ => {
                let _ = write!(out, "\\U{:08X}", u32::from(character));
            }
        }
    }
    out + "\""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_reads_back_and_none_drives_a_terminal() {
        for text in [
            "plain",
            "\"quoted\" \\ back",
            "\u{1b}[31m\u{202e}\"\\",
            "a\u{9b}b",
            "tab\there",
            "line\nbreak",
            "'",
            "\u{2028}",
        ] {
            let written = quoted(text);
            let read: toml::Table = format!("key = {written}").parse().unwrap();
            assert_eq!(read["key"].as_str(), Some(text), "{written}");
            assert!(
                written.chars().all(|letter| letter == '\n' || printable(&letter.to_string()) == letter.to_string())
            );
        }
    }
}
