//! Writes tables as TOML that reads back to the same values.

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
    pub fn whole(&mut self, key: &str, number: u64) {
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

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
