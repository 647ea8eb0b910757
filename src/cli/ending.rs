//! How a request ended, and the exit code for it.

use super::{stop, terminal};
use crate::diagnostics::Diagnostics;
use crate::folder::error::FolderError;
use crate::threads::ThreadsRefused;
use std::io;
use std::process::ExitCode;

/// How a request ended.
#[derive(Debug)]
pub enum Ending {
    /// As asked.
    Fine,
    /// The input has mistakes.
    Mistaken(Diagnostics),
    /// The request itself cannot be met, such as an output folder that exists.
    Refused(String),
    /// Something went wrong on the way.
    Failed(String),
    /// The baseline misses a figure that it is fitted to; the table says which.
    Missed,
    /// The user stopped it; what was kept has been said.
    Stopped,
}

/// Either the value or an ending other than fine.
pub(super) type Step<T> = Result<T, Ending>;

impl Ending {
    /// Says what is left to say, and gives the exit code.
    #[must_use]
    pub fn report(self) -> ExitCode {
        match self {
            Self::Fine => ExitCode::SUCCESS,
            Self::Mistaken(mistakes) => {
                terminal::status(mistakes.to_string().trim_end());
                ExitCode::from(2)
            }
            Self::Refused(why) => {
                terminal::status(&format!("error: {why}"));
                ExitCode::from(2)
            }
            Self::Failed(why) => {
                terminal::status(&format!("error: {why}"));
                ExitCode::FAILURE
            }
            Self::Missed => ExitCode::from(4),
            Self::Stopped => ExitCode::from(stop::exit_code()),
        }
    }
}

impl From<ThreadsRefused> for Ending {
    fn from(refused: ThreadsRefused) -> Self {
        Self::Failed(refused.to_string())
    }
}

impl From<stop::Deaf> for Ending {
    fn from(deaf: stop::Deaf) -> Self {
        Self::Failed(deaf.to_string())
    }
}

impl From<io::Error> for Ending {
    /// What a failed write to stdout means: a reader who has seen enough is no failure.
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Self::Fine
        } else {
            Self::Failed(format!("cannot write: {error}"))
        }
    }
}

impl From<FolderError> for Ending {
    /// Why results could not be written or read, with the remedy if it is known. What the user can put
    /// right is bad input; what the system refused is a failure.
    fn from(error: FolderError) -> Self {
        let text = error.hint().map_or_else(|| error.to_string(), |hint| format!("{error}\n  hint: {hint}"));
        match error {
            FolderError::Exists(_)
            | FolderError::NotAFolder(_)
            | FolderError::NotResults(_)
            | FolderError::Unexpected { .. }
            | FolderError::NoResults(_)
            | FolderError::NoName(_)
            | FolderError::ScenarioName(_)
            | FolderError::Changed { .. }
            | FolderError::Malformed { .. } => Self::Refused(text),
            FolderError::Shape { .. } | FolderError::Unwritable { .. } | FolderError::System { .. } => {
                Self::Failed(text)
            }
        }
    }
}

impl From<Diagnostics> for Ending {
    fn from(mistakes: Diagnostics) -> Self {
        Self::Mistaken(mistakes)
    }
}
