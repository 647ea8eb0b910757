//! What people do, as counts have it.

use crate::domain::State;
use strum::{IntoStaticStr, VariantArray};

/// A person's state as counted, with months NEET split at a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray, IntoStaticStr)]
#[repr(u8)]
pub enum Status {
    /// School or sixth-form study.
    #[strum(serialize = "sixth form")]
    SixthForm,
    /// Vocational study.
    #[strum(serialize = "further education")]
    FurtherEducation,
    /// Apprentice, level 2.
    #[strum(serialize = "apprenticeship level 2")]
    Apprenticeship2,
    /// Apprentice, level 3.
    #[strum(serialize = "apprenticeship level 3")]
    Apprenticeship3,
    /// Apprentice, level 4 and above.
    #[strum(serialize = "apprenticeship level 4+")]
    Apprenticeship4Plus,
    /// Higher education.
    #[strum(serialize = "higher education")]
    HigherEducation,
    /// In a working-class job.
    #[strum(serialize = "working")]
    Working,
    /// In an intermediate job.
    #[strum(serialize = "intermediate")]
    Intermediate,
    /// In a professional job.
    #[strum(serialize = "professional")]
    Professional,
    /// Unemployed, NEET for up to twelve months.
    #[strum(serialize = "unemployed to 12 months")]
    UnemployedShort,
    /// Unemployed, NEET for more than twelve months.
    #[strum(serialize = "unemployed over 12 months")]
    UnemployedLong,
    /// Inactive, NEET for up to twelve months.
    #[strum(serialize = "inactive to 12 months")]
    InactiveShort,
    /// Inactive, NEET for more than twelve months.
    #[strum(serialize = "inactive over 12 months")]
    InactiveLong,
}

/// Number of [`Status`] values.
pub const STATUSES: usize = 13;

/// What somebody does on a birthday that is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray, IntoStaticStr)]
#[repr(u8)]
pub enum Standing {
    /// In a working-class job.
    #[strum(serialize = "working")]
    Working,
    /// In an intermediate job.
    #[strum(serialize = "intermediate")]
    Intermediate,
    /// In a professional job.
    #[strum(serialize = "professional")]
    Professional,
    /// In education or an apprenticeship.
    #[strum(serialize = "learning")]
    Learning,
    /// Not in education, employment or training.
    #[strum(serialize = "neet")]
    Neet,
}

/// Number of [`Standing`] values.
pub const STANDINGS: usize = 5;
/// Number of [`Qualification`](crate::domain::Qualification) values.
pub const QUALIFICATIONS: usize = 5;

impl Standing {
    /// What somebody in a state does; `None` of people who have gone.
    pub(crate) fn of(state: State) -> Option<Self> {
        Some(match state {
            State::SixthForm | State::FurtherEducation | State::Apprenticeship | State::HigherEducation => {
                Self::Learning
            }
            State::WorkingClassJob => Self::Working,
            State::Intermediate => Self::Intermediate,
            State::Professional => Self::Professional,
            State::Unemployed | State::Inactive => Self::Neet,
            State::Gone => return None,
        })
    }
}
