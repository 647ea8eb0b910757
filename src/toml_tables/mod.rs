//! Tables of TOML as a user typed them: what was typed and where, read key by key, so that every mistake
//! is found in one go and shown at its place.
//!
//! The way: [`parse`] turns text into [`Value`]s with their [`Span`]s, a [`TableReader`] asks for keys, the
//! [`Collector`] gathers what is wrong, [`Schema`] takes down what was asked for, and a [`Printer`] writes
//! tables that read back to the same values. Nothing here knows what the keys mean.

mod collector;
mod parse;
mod printer;
mod reader;
mod schema;
mod value;
mod words;

pub use collector::Collector;
pub use parse::{SyntaxError, parse, parse_value};
pub use printer::Printer;
pub use reader::TableReader;
pub use schema::{KeyType, Need, Schema, SchemaKey};
pub use value::{Content, Entries, Entry, Span, Value};
pub use words::{closest, quoted};
