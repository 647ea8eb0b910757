//! What a results folder has to know of a table: its name, its columns, when it is there, and how it is written.

use crate::results::column::Column;
use crate::results::run::Results;
use std::io::{self, Write};

/// A format of the series beside Parquet, which is always written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// `series.csv`.
    Csv,
}

/// Writes a table of results.
pub type WriteTable = fn(&Results, &mut (dyn Write + Send)) -> io::Result<()>;

/// A table of results.
#[derive(Clone, Copy)]
pub struct ResultTable {
    /// Its file.
    pub file: &'static str,
    /// Its name in the data dictionary: that of the file, but one name for all formats of a series.
    pub title: &'static str,
    /// Its columns, in order.
    pub columns: fn() -> Vec<Column>,
    /// Where its rows come from.
    pub source: RowsFrom,
}

/// Where the rows of a table come from.
#[derive(Clone, Copy)]
pub enum RowsFrom {
    /// From results alone, so that it can be made again from them.
    Results {
        /// Whether results in these formats have it.
        is_held: fn(&Results, &[Format]) -> bool,
        /// Writes it.
        write: WriteTable,
    },
    /// From something else: it is handed in beside them.
    Beside,
}

impl ResultTable {
    /// A table that all results have.
    #[must_use]
    pub const fn new(file: &'static str, columns: fn() -> Vec<Column>, write: WriteTable) -> Self {
        Self { file, title: file, columns, source: RowsFrom::Results { is_held: |_, _| true, write } }
    }

    /// A table that some results have.
    #[must_use]
    pub const fn held_if(self, is_held: fn(&Results, &[Format]) -> bool) -> Self {
        match self.source {
            RowsFrom::Results { write, .. } => Self { source: RowsFrom::Results { is_held, write }, ..self },
            RowsFrom::Beside => self,
        }
    }

    /// The same table under this name in the data dictionary.
    #[must_use]
    pub const fn titled(self, title: &'static str) -> Self {
        Self { title, ..self }
    }

    /// A table that is handed in beside results.
    #[must_use]
    pub const fn beside(file: &'static str, columns: fn() -> Vec<Column>) -> Self {
        Self { file, title: file, columns, source: RowsFrom::Beside }
    }
}
