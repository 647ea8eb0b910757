//! Reading tables back: rows by the names of their columns, and of large tables those alone that are wanted.

use crate::results::column::Column;
use crate::results::keys::{Heading, RowKey};
use csv::StringRecord;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::io::Read;

/// Bytes that are read at a time.
const AT_A_TIME: usize = 1 << 16;

/// Every row of a table with these columns; `what` is what a row holds, in words.
///
/// # Errors
/// The line and what is wrong with it.
pub(crate) fn rows<Row: DeserializeOwned>(
    source: impl Read,
    columns: &[Column],
    what: &str,
) -> Result<Vec<Row>, String> {
    let mut rows = Vec::new();
    each_line(source, columns, what, |line| {
        rows.push(line.part()?);
        Ok(())
    })?;
    Ok(rows)
}

/// Every row that is `wanted` of a table whose rows begin with a heading; `of` makes it of what it is about and its line.
///
/// # Errors
/// The line and what is wrong with it.
pub(crate) fn wanted_rows<Row>(
    source: impl Read,
    columns: &[Column],
    what: &str,
    wanted: &dyn Fn(&Heading<'_>) -> bool,
    of: fn(RowKey, &TableLine<'_>) -> csv::Result<Row>,
) -> Result<Vec<Row>, String> {
    let mut rows = Vec::new();
    each_line(source, columns, what, |line| {
        let heading: Heading<'_> = line.part()?;
        if wanted(&heading) {
            rows.push(of(RowKey::of(&heading), line)?);
        }
        Ok(())
    })?;
    Ok(rows)
}

/// A line of a table, with the names of its columns.
pub(crate) struct TableLine<'a> {
    header: &'a StringRecord,
    record: &'a StringRecord,
}

impl<'a> TableLine<'a> {
    /// The columns that `Part` names.
    ///
    /// # Errors
    /// When one of them does not hold what it should.
    pub(crate) fn part<Part: Deserialize<'a>>(&self) -> csv::Result<Part> {
        self.record.deserialize(Some(self.header))
    }
}

fn each_line(
    source: impl Read,
    columns: &[Column],
    what: &str,
    mut take: impl FnMut(&TableLine<'_>) -> csv::Result<()>,
) -> Result<(), String> {
    let mut csv = csv::ReaderBuilder::new().buffer_capacity(AT_A_TIME).from_reader(source);
    let header = csv.headers().map_err(|error| error.to_string())?.clone();
    let names: Vec<&str> = columns.iter().map(|column| column.name).collect();
    if header != names {
        return Err(format!("found the columns {:?}, expected {names:?}", header.iter().collect::<Vec<_>>()));
    }
    let mut record = StringRecord::new();
    while csv.read_record(&mut record).map_err(|error| error.to_string())? {
        take(&TableLine { header: &header, record: &record }).map_err(|_| {
            let line = record.position().map_or(0, csv::Position::line);
            format!("line {line}: found {record:?}, expected {what}")
        })?;
    }
    Ok(())
}
