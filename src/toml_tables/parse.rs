//! From text to values: the one place that knows the parser.
//!
//! What is not TOML is an error with its place, and the rest is read on, so that one look shows every mistake.

use super::value::{Content, Entries, Entry, Span, Value};
use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Text that is not TOML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// The bytes of the text it concerns, if they are known.
    pub bytes: Option<Range<usize>>,
    reason: String,
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not TOML: {}", self.reason)
    }
}

impl std::error::Error for SyntaxError {}

impl From<toml::de::Error> for SyntaxError {
    fn from(error: toml::de::Error) -> Self {
        Self { bytes: error.span(), reason: error.message().to_owned() }
    }
}

/// The keys of a text as far as it is TOML, and where it is not.
#[must_use]
pub fn parse(text: &str, file: &Arc<str>) -> (Entries, Vec<SyntaxError>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    (entries_of(table.into_inner(), file, 0), errors.into_iter().map(SyntaxError::from).collect())
}

/// One value of TOML that starts `offset` bytes into the file.
///
/// # Errors
/// Why the text is not TOML.
pub fn parse_value(text: &str, file: &Arc<str>, offset: usize) -> Result<Value, SyntaxError> {
    let (value, mut errors) = DeValue::parse_recoverable(text);
    if errors.is_empty() { Ok(value_of(value, file, offset)) } else { Err(errors.swap_remove(0).into()) }
}

fn entries_of(table: DeTable<'_>, file: &Arc<str>, offset: usize) -> Entries {
    let entry = |(key, value): (Spanned<Cow<'_, str>>, Spanned<DeValue<'_>>)| {
        let key_span = span_of(key.span(), file, offset);
        (key.into_inner().into_owned(), Entry { key_span, value: value_of(value, file, offset) })
    };
    table.into_iter().map(entry).collect()
}

fn value_of(value: Spanned<DeValue<'_>>, file: &Arc<str>, offset: usize) -> Value {
    let span = span_of(value.span(), file, offset);
    let content = match value.into_inner() {
        DeValue::String(text) => Content::Text(text.into_owned()),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or_else(|_| Content::Other("a whole number beyond 64 bits".to_owned()), Content::Whole),
        DeValue::Float(number) => {
            number.as_str().parse().map_or_else(|_| Content::Other(number.as_str().to_owned()), Content::Number)
        }
        DeValue::Boolean(truth) => Content::Other(truth.to_string()),
        DeValue::Datetime(date) => Content::Other(format!("the date {date}")),
        DeValue::Array(items) => Content::List(items.into_iter().map(|item| value_of(item, file, offset)).collect()),
        DeValue::Table(table) => Content::Table(entries_of(table, file, offset)),
    };
    Value { span, content }
}

fn span_of(bytes: Range<usize>, file: &Arc<str>, offset: usize) -> Span {
    Span { file: Arc::clone(file), bytes: bytes.start + offset..bytes.end + offset }
}
