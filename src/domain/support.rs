//! Who reaches young people who are NEET, and what support does for them.

use strum::{IntoStaticStr, VariantArray};

/// Bodies that may know a young person who is NEET.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray, IntoStaticStr)]
#[repr(u8)]
#[expect(missing_docs, reason = "the names say it all")]
pub enum Agency {
    #[strum(serialize = "education")]
    Education,
    #[strum(serialize = "employers")]
    Employers,
    #[strum(serialize = "voluntary sector")]
    Voluntary,
    #[strum(serialize = "health")]
    Health,
    #[strum(serialize = "jobcentre")]
    Jobcentre,
    #[strum(serialize = "council")]
    Council,
}

/// What support acts on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray, IntoStaticStr)]
#[repr(u8)]
pub enum SupportEffect {
    /// Return to learning.
    #[strum(serialize = "learning")]
    Learning,
    /// Applying for an apprenticeship.
    #[strum(serialize = "apprenticeship")]
    Apprenticeship,
    /// Searching for a job.
    #[strum(serialize = "search")]
    Search,
}
