//! What a person is, is doing, and came by.

use strum::{IntoStaticStr, VariantArray};

/// Sex as recorded at birth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray, IntoStaticStr)]
#[repr(u8)]
#[expect(missing_docs, reason = "the names say it all")]
pub enum Sex {
    #[strum(serialize = "female")]
    Female,
    #[strum(serialize = "male")]
    Male,
}

/// Origin class: the main earner's occupation when the person was 14 (the Social Mobility Commission's five).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray, IntoStaticStr)]
#[repr(u8)]
pub enum Origin {
    /// Higher managers and the professions, such as doctors, lawyers and engineers.
    #[strum(serialize = "higher professional")]
    HigherProfessional,
    /// Lower managers, and jobs such as teacher or nurse.
    #[strum(serialize = "lower professional")]
    LowerProfessional,
    /// Clerical and sales jobs, and small employers.
    #[strum(serialize = "intermediate")]
    Intermediate,
    /// Technical and craft jobs, such as mechanic or plumber.
    #[strum(serialize = "higher working")]
    HigherWorking,
    /// Routine jobs, such as cleaner or porter, and families in which nobody worked.
    #[strum(serialize = "lower working")]
    LowerWorking,
}

/// Whether a lasting health condition limits daily life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray, IntoStaticStr)]
#[repr(u8)]
#[expect(missing_docs, reason = "the names say it all")]
pub enum Health {
    #[strum(serialize = "not limited")]
    NotLimited,
    #[strum(serialize = "limited")]
    Limited,
}

/// What a person is doing: exactly one at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray, IntoStaticStr)]
#[repr(u8)]
pub enum State {
    /// School or sixth-form study at level 3.
    #[strum(serialize = "sixth form")]
    SixthForm,
    /// Vocational study at level 2 or 3.
    #[strum(serialize = "further education")]
    FurtherEducation,
    /// Employed, in training, paid; counted as in learning.
    #[strum(serialize = "apprenticeship")]
    Apprenticeship,
    /// A degree or a course at level 4 or 5.
    #[strum(serialize = "higher education")]
    HigherEducation,
    /// In a job of the working class.
    #[strum(serialize = "working")]
    WorkingClassJob,
    /// In a job of the intermediate class.
    #[strum(serialize = "intermediate")]
    Intermediate,
    /// In a job of the professional class.
    #[strum(serialize = "professional")]
    Professional,
    /// Not in learning, seeking work.
    #[strum(serialize = "unemployed")]
    Unemployed,
    /// Not in learning, not seeking work.
    #[strum(serialize = "inactive")]
    Inactive,
    /// Left the country or reached the leaving age; not in any table.
    #[strum(serialize = "gone")]
    Gone,
}

/// Why somebody who is not in learning does not seek work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray, IntoStaticStr)]
#[repr(u8)]
#[expect(missing_docs, reason = "the names say it all")]
pub enum InactiveReason {
    #[strum(serialize = "health")]
    Health,
    #[strum(serialize = "caring")]
    Caring,
    #[strum(serialize = "other")]
    Other,
}

/// How somebody got to where they are: the way by which the highest qualification came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray, IntoStaticStr)]
#[repr(u8)]
pub enum Route {
    /// By what compulsory schooling gave.
    #[strum(serialize = "straight to work")]
    StraightToWork,
    /// By sixth form or higher education.
    #[strum(serialize = "academic")]
    Academic,
    /// By further education.
    #[strum(serialize = "vocational")]
    Vocational,
    /// By an apprenticeship.
    #[strum(serialize = "apprenticeship")]
    Apprenticeship,
}

impl State {
    /// Not in education, employment or training.
    #[must_use]
    pub fn is_neet(self) -> bool {
        matches!(self, Self::Unemployed | Self::Inactive)
    }
}
