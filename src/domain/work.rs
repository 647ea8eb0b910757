//! Jobs, who looks for them, and the exits that compete for a person.

use super::people::State;
use strum::{IntoStaticStr, VariantArray};

/// Destination class of a job (NS-SEC analytic classes).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray, IntoStaticStr)]
#[repr(u8)]
pub enum JobClass {
    /// Routine and manual jobs, and their supervisors.
    #[strum(serialize = "working")]
    Working,
    /// Clerical, sales and service jobs, and small employers.
    #[strum(serialize = "intermediate")]
    Intermediate,
    /// Managers and professionals, higher and lower.
    #[strum(serialize = "professional")]
    Professional,
}

/// Who is looking for a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray, IntoStaticStr)]
#[repr(u8)]
pub enum Seeker {
    /// NEET and seeking.
    #[strum(serialize = "unemployed")]
    Unemployed,
    /// NEET and not seeking, but open to what comes along.
    #[strum(serialize = "inactive")]
    Inactive,
    /// In a job, wanting another.
    #[strum(serialize = "employed")]
    Employed,
    /// At the end of a course or an apprenticeship, before any month out of work.
    #[strum(serialize = "leaver of learning")]
    Leaver,
}

/// The exits that race each month; each has its own keyed uniform per person and month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray, IntoStaticStr)]
#[repr(u8)]
pub enum Clock {
    /// Lose a job; withdraw from a course or an apprenticeship.
    #[strum(serialize = "leave")]
    Leave,
    /// Stop or start seeking work.
    #[strum(serialize = "activity")]
    Activity,
    /// Apply for a job.
    #[strum(serialize = "search")]
    Search,
    /// Be promoted (in work); be reached by an agency (when NEET).
    #[strum(serialize = "step")]
    Step,
    /// Return to learning.
    #[strum(serialize = "learn")]
    Learn,
    /// Apply for an apprenticeship.
    #[strum(serialize = "apprentice")]
    Apprentice,
    /// Move to another region.
    #[strum(serialize = "move")]
    Move,
    /// Leave the country.
    #[strum(serialize = "depart")]
    Depart,
}

impl JobClass {
    /// The state of holding a job of this class.
    #[must_use]
    pub fn state(self) -> State {
        match self {
            Self::Working => State::WorkingClassJob,
            Self::Intermediate => State::Intermediate,
            Self::Professional => State::Professional,
        }
    }
}

impl State {
    /// The class of the job, for states that are an ordinary job.
    #[must_use]
    pub fn job_class(self) -> Option<JobClass> {
        match self {
            Self::WorkingClassJob => Some(JobClass::Working),
            Self::Intermediate => Some(JobClass::Intermediate),
            Self::Professional => Some(JobClass::Professional),
            Self::SixthForm
            | Self::FurtherEducation
            | Self::Apprenticeship
            | Self::HigherEducation
            | Self::Unemployed
            | Self::Inactive
            | Self::Gone => None,
        }
    }
}
