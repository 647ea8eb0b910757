//! The series: what each replicate gave, from which everything else follows.

pub mod csv_series;
pub mod parquet_series;
pub mod read;
pub mod rows;
pub mod who_moved_series;
