//! What a run gave, and its tables: a file for each, with its columns, what they mean, and how a row is made, written and read.
//!
//! Nothing here opens a file: tables are written to a sink and read from a source. `run` holds everything that a run gave,
//! `keys` what rows are about; `tables` has the rest.

pub mod about;
pub mod cell;
pub mod column;
pub mod keys;
pub mod read;
pub mod run;
pub mod shared_columns;
pub mod spans;
pub mod table;
pub mod tables;

#[cfg(test)]
pub(crate) mod testing;
