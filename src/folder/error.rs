//! Why results could not be written or read.

use crate::diagnostics::printable;
use crate::input_files::NotRead;
use std::io;
use std::path::{Path, PathBuf};

/// Why results could not be written or read.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// The results folder is already there.
    #[error("{}: found something there already, expected a name that is free", shown(.0))]
    Exists(PathBuf),
    /// Where a folder is wanted there is something else.
    #[error("{}: found something that is not a folder, expected a folder or a name that is free", shown(.0))]
    NotAFolder(PathBuf),
    /// What is to be replaced was not made by this program.
    #[error("{}: found no results of Rungs there, expected a results folder: it is not replaced", shown(.0))]
    NotResults(PathBuf),
    /// A folder of results holds something else as well.
    #[error("{}: found {:?}, which is not of these results, expected results alone: they are not replaced", shown(.folder), printable(.file))]
    Unexpected {
        /// The folder.
        folder: PathBuf,
        /// What its manifest does not list, seen from the folder.
        file: String,
    },
    /// There are no results to read.
    #[error("{}: found no results there (no manifest.json), expected a results folder", shown(.0))]
    NoResults(PathBuf),
    /// The path has no last part that could be a folder's name.
    #[error("{}: found no name for a results folder, expected a path such as results/levy", shown(.0))]
    NoName(PathBuf),
    /// Two scenarios would share a file, or a name cannot be a file's.
    #[error("found the scenario name {0:?}, expected a name that is used once and can be a file's")]
    ScenarioName(String),
    /// Outcomes do not have the size that scenarios, slices and periods ask for.
    #[error("found {found} outcomes or periods, expected {expected}")]
    Shape {
        /// How many there are.
        found: usize,
        /// How many there should be.
        expected: usize,
    },
    /// A file changed after the run.
    #[error("{}: found contents with SHA-256 {found}, expected {expected}: the file was changed after the run", shown(.path))]
    Changed {
        /// The file.
        path: PathBuf,
        /// The hash of what is there.
        found: String,
        /// The hash in the manifest.
        expected: String,
    },
    /// A file is not what it should be.
    #[error("{}: {}", shown(.path), printable(.message))]
    Malformed {
        /// The file.
        path: PathBuf,
        /// What was found and expected.
        message: String,
    },
    /// The system lets nothing be written into a folder.
    #[error("{}: cannot write there: {source}", shown(.folder))]
    Unwritable {
        /// The folder.
        folder: PathBuf,
        /// The system's own words.
        source: io::Error,
    },
    /// The system refused.
    #[error("{}: {source}", shown(.path))]
    System {
        /// The file or folder.
        path: PathBuf,
        /// The system's own words.
        source: io::Error,
    },
}

impl FolderError {
    /// The remedy, when it is known.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Exists(_) => Some("choose another name with --out, or replace what is there with --overwrite"),
            Self::NotAFolder(_) | Self::NotResults(_) => Some("choose another folder with --out"),
            Self::Unexpected { .. } => Some("move it elsewhere, or choose another folder with --out"),
            Self::NoResults(_) => Some("name a folder that `rungs run` wrote, such as results/recession"),
            Self::ScenarioName(_) => Some("rename the scenario's file"),
            Self::NoName(_)
            | Self::Shape { .. }
            | Self::Changed { .. }
            | Self::Malformed { .. }
            | Self::Unwritable { .. }
            | Self::System { .. } => None,
        }
    }

    /// What it means that a file cannot be opened: what the system refused, or what no run has written.
    pub(crate) fn unread(path: &Path) -> impl FnOnce(NotRead) -> Self + '_ {
        |reason| match reason {
            NotRead::System(source) => Self::System { path: path.to_owned(), source },
            NotRead::Folder | NotRead::Irregular | NotRead::TooLarge(_) => {
                Self::Malformed { path: path.to_owned(), message: reason.to_string() }
            }
        }
    }

    pub(crate) fn system(path: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
        |source| Self::System { path: path.to_owned(), source }
    }
}

fn shown(path: &Path) -> String {
    printable(&path.display().to_string())
}
