//! The series: what each replicate gave, from which everything else follows.

pub mod csv;
pub mod parquet;
pub mod read;
pub mod who_moved;
