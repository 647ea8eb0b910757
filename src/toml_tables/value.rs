//! Values as a user typed them, each with its place, so that a mistake found late can still be shown.

use super::words::quoted;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// Where something was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The file as the user named it, or `--set`.
    pub file: Arc<str>,
    /// The bytes of that file.
    pub bytes: Range<usize>,
}

/// A value as typed.
#[derive(Clone, Debug)]
pub struct Value {
    /// Where it was typed.
    pub span: Span,
    /// What was typed.
    pub content: Content,
}

/// What was typed.
#[derive(Clone, Debug)]
pub enum Content {
    /// Text in quotes.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// A number with a fraction or an exponent.
    Number(f64),
    /// Anything that no key takes (a date, `true`, a number beyond 64 bits), described in words.
    Other(String),
    /// A list.
    List(Vec<Value>),
    /// A table.
    Table(Entries),
}

/// The keys of a table with their values.
pub type Entries = BTreeMap<String, Entry>;

/// A key and its value.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Where the key was typed.
    pub key_span: Span,
    /// The value.
    pub value: Value,
}

impl Value {
    /// The text, if it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        if let Content::Text(text) = &self.content { Some(text) } else { None }
    }

    /// The whole number, if it is one.
    #[must_use]
    pub fn as_whole(&self) -> Option<i64> {
        if let Content::Whole(number) = self.content { Some(number) } else { None }
    }

    /// The number, whole or not, if it is one.
    #[must_use]
    pub fn as_number(&self) -> Option<f64> {
        if let Content::Number(number) = self.content {
            Some(number)
        } else {
            self.as_whole().map(|whole| whole as f64)
        }
    }

    /// The items, if it is a list.
    #[must_use]
    pub fn as_list(&self) -> Option<&[Self]> {
        if let Content::List(items) = &self.content { Some(items) } else { None }
    }

    /// The entries, if it is a table.
    #[must_use]
    pub fn as_table(&self) -> Option<&Entries> {
        if let Content::Table(entries) = &self.content { Some(entries) } else { None }
    }

    /// What was typed, in a few words for a message.
    #[must_use]
    pub fn described(&self) -> String {
        match &self.content {
            Content::Text(text) => quoted(text),
            Content::Whole(number) => number.to_string(),
            Content::Number(number) => format!("{number:?}"),
            Content::Other(words) => words.clone(),
            Content::List(items) => described_list(items),
            Content::Table(_) => "a table".to_owned(),
        }
    }
}

fn described_list(items: &[Value]) -> String {
    const MOST_ITEMS: usize = 4;
    let plain = |item: &Value| item.as_text().is_some() || item.as_number().is_some();
    if items.is_empty() {
        "an empty list".to_owned()
    } else if items.len() <= MOST_ITEMS && items.iter().all(plain) {
        format!("[{}]", items.iter().map(Value::described).collect::<Vec<_>>().join(", "))
    } else {
        format!("a list of {}", items.len())
    }
}
