//! Why a report could not be made.

use crate::folder::error::FolderError;

/// Why a report could not be made.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The results could not be read.
    #[error(transparent)]
    Results(#[from] FolderError),
    /// The page could not be put together.
    #[error("the page could not be put together: {0}")]
    Page(#[from] minijinja::Error),
}
