//! What tables may hold, taken down while they are read: the reading is the one place that knows.

/// What a key may hold.
#[derive(Clone, Debug, PartialEq)]
pub enum KeyType {
    /// Some text that is not blank.
    Text,
    /// A number, whole or not, both ends included.
    Number(f64, f64),
    /// A whole number, both ends included.
    Whole(i64, i64),
    /// A month such as `2026-09`.
    Month,
    /// One of these names.
    Name(Vec<String>),
    /// One or more of these names, each once.
    Names(Vec<String>),
    /// A first and a last whole number, both within a range.
    Span(u16, u16),
    /// A table.
    Table,
    /// A list of tables.
    Tables,
}

/// A key, in which table, and what it may hold.
#[derive(Clone, Debug, PartialEq)]
pub struct SchemaKey {
    /// The dotted key of the table, such as `levers.adjust[0]`; empty for the whole file.
    pub table: String,
    /// Its name.
    pub name: &'static str,
    /// What it may hold.
    pub holds: KeyType,
}

/// One of several keys that a table needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// The dotted key of the table.
    pub table: String,
    /// The keys, of which one has to be there.
    pub keys: Vec<&'static str>,
}

/// Everything that a reading asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Schema {
    /// Every key, in the order in which it was asked for.
    pub keys: Vec<SchemaKey>,
    /// What has to be there.
    pub needs: Vec<Need>,
    /// Keys that may also be blank or an empty list, as `(table, key)`.
    pub blank: Vec<(String, &'static str)>,
}

impl Schema {
    /// The keys of one table.
    pub fn of<'a>(&'a self, table: &'a str) -> impl Iterator<Item = &'a SchemaKey> {
        self.keys.iter().filter(move |key| key.table == table)
    }
}
