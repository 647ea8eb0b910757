//! Tables that are no results of a run: columns of names, and a number with its error in each row.

use super::error::ReportError;
use crate::folder::error::FolderError;
use crate::results::cell::read_text;
use std::collections::BTreeMap;
use std::path::Path;

/// A row: its names by column, and its number.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Record {
    names: BTreeMap<String, String>,
}

impl Record {
    /// What stands in a column; empty when there is no such column.
    pub(super) fn text(&self, column: &str) -> &str {
        self.names.get(column).map_or("", String::as_str)
    }

    /// The number in a column; `None` when it is unknown, not a number, or there is no such column.
    pub(super) fn number(&self, column: &str) -> Option<f64> {
        self.text(column).parse::<f64>().ok().filter(|number| number.is_finite())
    }

    /// The interval between two columns.
    pub(super) fn interval(&self, low: &str, high: &str) -> Option<(f64, f64)> {
        self.number(low).zip(self.number(high))
    }
}

/// The rows of a table that lies at `path`.
///
/// # Errors
/// When it is no table, or lacks one of `columns`.
pub(super) fn of_text(path: &Path, text: &str, columns: &[&str]) -> Result<Vec<Record>, ReportError> {
    let records = parse(text.as_bytes(), columns);
    Ok(records.map_err(|message| FolderError::Malformed { path: path.to_owned(), message })?)
}

fn parse(bytes: &[u8], columns: &[&str]) -> Result<Vec<Record>, String> {
    let mut csv = csv::Reader::from_reader(bytes);
    let header = csv.headers().map_err(|error| error.to_string())?.clone();
    if let Some(missing) = columns.iter().find(|column| !header.iter().any(|found| found == **column)) {
        return Err(format!(
            "found the columns {:?}, expected {missing:?} among them",
            header.iter().collect::<Vec<_>>()
        ));
    }
    csv.records()
        .map(|record| {
            let record = record.map_err(|error| error.to_string())?;
            let names = header.iter().zip(record.iter());
            let names = names.map(|(column, text)| (column.to_owned(), read_text(text).to_owned()));
            Ok(Record { names: names.collect() })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_read_by_the_names_of_its_columns() {
        let text = "scenario,value,low95,high95,replicates\n'=levy,1.5,1,,4\n";
        let rows = parse(text.as_bytes(), &["scenario", "value"]).unwrap();
        assert_eq!(
            (rows[0].text("scenario"), rows[0].number("value"), rows[0].text("nosuch")),
            ("=levy", Some(1.5), "")
        );
        assert_eq!((rows[0].interval("low95", "high95"), rows[0].interval("low95", "value")), (None, Some((1.0, 1.5))));
        assert!(parse(text.as_bytes(), &["nosuch"]).unwrap_err().contains("nosuch"));
    }
}
