//! A run on disk: a folder that appears under its final name only when it is whole, with a manifest that traces each file.
//!
//! Writing starts with [`claim::claim`] before computing and ends with [`claim::Claim::write`]; reading back is `read`, making
//! results again from their series `restore`. Nothing here simulates, prints, or reads a clock: times are handed in.

pub mod claim;
pub mod contents;
pub mod dictionary;
pub mod disk;
pub mod error;
pub mod hash;
pub mod manifest;
pub mod panel;
pub mod read;
pub mod report_page;
pub mod restore;
pub mod series;
pub mod tables;
pub mod unexpected_files;
pub mod verify;
