//! What finished runs say beside each other: which rows to show, and what differs between two runs in inputs and in outcomes.

pub mod comparison_csv;
pub mod comparison_table;
pub mod filter;
pub mod inputs;
pub mod two_runs;
