//! Values as a user typed them, each with its place, so that a mistake found late can still be shown.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// Where something was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file as the user named it, or `--set`.
    pub file: Arc<str>,
    /// The bytes of that file.
    pub span: Range<usize>,
}

/// A value as typed.
#[derive(Clone, Debug)]
pub struct Node {
    /// Where it was typed.
    pub place: Place,
    /// What was typed.
    pub value: Value,
}

/// What was typed.
#[derive(Clone, Debug)]
pub enum Value {
    /// Text in quotes.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// A number with a fraction or an exponent.
    Number(f64),
    /// Anything that no key takes (a date, `true`, a number beyond 64 bits), described in words.
    Other(String),
    /// A list.
    List(Vec<Node>),
    /// A table.
    Table(Entries),
}

/// The keys of a table with their values.
pub type Entries = BTreeMap<String, Entry>;

/// A key and its value.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Where the key was typed.
    pub key_place: Place,
    /// The value.
    pub node: Node,
}

impl Node {
    /// The text, if it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        if let Value::Text(text) = &self.value { Some(text) } else { None }
    }

    /// The whole number, if it is one.
    #[must_use]
    pub fn as_whole(&self) -> Option<i64> {
        if let Value::Whole(number) = self.value { Some(number) } else { None }
    }

    /// The number, whole or not, if it is one.
    #[must_use]
    pub fn as_number(&self) -> Option<f64> {
        if let Value::Number(number) = self.value { Some(number) } else { self.as_whole().map(|whole| whole as f64) }
    }

    /// The items, if it is a list.
    #[must_use]
    pub fn as_list(&self) -> Option<&[Self]> {
        if let Value::List(items) = &self.value { Some(items) } else { None }
    }

    /// The entries, if it is a table.
    #[must_use]
    pub fn as_table(&self) -> Option<&Entries> {
        if let Value::Table(entries) = &self.value { Some(entries) } else { None }
    }

    /// What was typed, in a few words for a message.
    #[must_use]
    pub fn described(&self) -> String {
        match &self.value {
            Value::Text(text) => quoted(text),
            Value::Whole(number) => number.to_string(),
            Value::Number(number) => format!("{number:?}"),
            Value::Other(words) => words.clone(),
            Value::List(items) => described_list(items),
            Value::Table(_) => "a table".to_owned(),
        }
    }
}

fn described_list(items: &[Node]) -> String {
    const MOST_ITEMS: usize = 4;
    let plain = |item: &Node| item.as_text().is_some() || item.as_number().is_some();
    if items.is_empty() {
        "an empty list".to_owned()
    } else if items.len() <= MOST_ITEMS && items.iter().all(plain) {
        format!("[{}]", items.iter().map(Node::described).collect::<Vec<_>>().join(", "))
    } else {
        format!("a list of {}", items.len())
    }
}

/// Text in quotes for a message, cut when it is long.
#[must_use]
pub fn quoted(text: &str) -> String {
    let cut = shortened(text);
    if cut.len() == text.len() { format!("{text:?}") } else { format!("{cut:?}...") }
}

/// The first characters of a text that may be very long.
#[must_use]
pub fn shortened(text: &str) -> &str {
    const MOST_CHARACTERS: usize = 60;
    text.char_indices().nth(MOST_CHARACTERS).map_or(text, |(end, _)| &text[..end])
}
