//! Tables of TOML as a user typed them: what was typed and where, read key by key, so that every mistake
//! is found in one go and shown at its place.
//!
//! The way: [`parse`] turns text into [`Value`]s with their [`Span`]s, a [`TableReader`] asks for keys, the
//! [`Collector`] gathers what is wrong, [`Schema`] takes down what was asked for, and a [`Printer`] writes
//! tables that read back to the same values. A [`Key`] declares all that once. Nothing here knows what the
//! keys mean.

mod choices;
mod collector;
mod key_info;
mod keys;
mod parse;
mod printer;
mod reader;
mod schema;
mod suggestions;
mod value;
mod words;

pub use choices::{Choice, Choices, WholeNumber};
pub use collector::Collector;
pub use key_info::KeyInfo;
pub use keys::{Key, PrintOwn, ReadOwn, print_keys, read_keys, without_keys};
pub use parse::{SyntaxError, parse, parse_value};
pub use printer::Printer;
pub use reader::TableReader;
pub use schema::{KeyType, Need, Schema, SchemaKey};
pub use value::{Content, Entries, Entry, Span, Value};
pub use words::{closest, quoted};
