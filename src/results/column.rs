//! Columns of tables. Each is declared once: its name, what it means, its unit, and what stands in it.

use std::io::{self, Write};

/// A column as the data dictionary has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name, which means the same in every file.
    pub name: &'static str,
    /// What it means.
    pub meaning: &'static str,
    /// The unit of its numbers; empty when it has none.
    pub unit: &'static str,
}

impl Column {
    /// A column.
    #[must_use]
    pub const fn new(name: &'static str, meaning: &'static str, unit: &'static str) -> Self {
        Self { name, meaning, unit }
    }

    /// The column with what stands in it, ready to be written.
    #[must_use]
    pub const fn of<Row>(self, cell: fn(&Row) -> String) -> RowColumn<Row> {
        RowColumn { column: self, cell }
    }
}

/// A column of rows of one kind.
#[derive(Clone, Copy)]
pub struct RowColumn<Row> {
    column: Column,
    cell: fn(&Row) -> String,
}

/// The columns of these fields.
#[must_use]
pub fn columns<Row>(fields: &[RowColumn<Row>]) -> Vec<Column> {
    fields.iter().map(|field| field.column).collect()
}

/// Writes rows as CSV, under the names of the columns.
///
/// # Errors
/// When the sink refuses.
pub fn write<Row>(sink: impl Write, fields: &[RowColumn<Row>], rows: impl IntoIterator<Item = Row>) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(sink);
    csv.write_record(fields.iter().map(|field| field.column.name))?;
    for row in rows {
        csv.write_record(fields.iter().map(|field| (field.cell)(&row)))?;
    }
    csv.flush()
}
