//! Qualifications, courses, apprenticeships, and the choices between them.

use strum::{IntoStaticStr, VariantArray};

/// Highest qualification held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray, IntoStaticStr)]
#[repr(u8)]
pub enum Qualification {
    /// Fewer than five good GCSEs.
    #[strum(serialize = "below level 2")]
    BelowLevel2,
    /// Five good GCSEs or equivalent.
    #[strum(serialize = "level 2")]
    Level2,
    /// A levels or equivalent.
    #[strum(serialize = "level 3")]
    Level3,
    /// Higher education below a degree.
    #[strum(serialize = "level 4-5")]
    Level4To5,
    /// A degree or higher.
    #[strum(serialize = "level 6+")]
    Level6Plus,
}

/// Apprenticeship level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray, IntoStaticStr)]
#[repr(u8)]
pub enum Level {
    /// Intermediate apprenticeships.
    #[strum(serialize = "level 2")]
    Level2,
    /// Advanced apprenticeships.
    #[strum(serialize = "level 3")]
    Level3,
    /// Higher and degree apprenticeships.
    #[strum(serialize = "level 4+")]
    Level4Plus,
}

/// The two age groups that apprenticeship places are funded for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, VariantArray, IntoStaticStr)]
#[repr(u8)]
#[expect(missing_docs, reason = "the names say it all")]
pub enum Funding {
    #[default]
    #[strum(serialize = "under 25")]
    Under25,
    #[strum(serialize = "25 and over")]
    From25,
}

/// Courses outside apprenticeships.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray, IntoStaticStr)]
#[repr(u8)]
pub enum Programme {
    /// A levels or equivalent, at school or in a sixth form.
    #[strum(serialize = "sixth form")]
    SixthForm,
    /// A vocational course worth five good GCSEs.
    #[strum(serialize = "further education level 2")]
    FurtherLevel2,
    /// A vocational course worth A levels.
    #[strum(serialize = "further education level 3")]
    FurtherLevel3,
    /// Shorter higher education, such as a foundation degree.
    #[strum(serialize = "higher education level 4-5")]
    HigherShort,
    /// A first degree.
    #[strum(serialize = "higher education degree")]
    HigherDegree,
}

/// What a person may choose when a stage of education ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray, IntoStaticStr)]
#[repr(u8)]
pub enum NextStep {
    /// A levels or equivalent.
    #[strum(serialize = "sixth form")]
    SixthForm,
    /// A vocational course worth A levels.
    #[strum(serialize = "further education level 3")]
    FurtherLevel3,
    /// A vocational course worth five good GCSEs.
    #[strum(serialize = "further education level 2")]
    FurtherLevel2,
    /// Apply for a place.
    #[strum(serialize = "apprenticeship")]
    Apprenticeship,
    /// A degree, or a shorter course (drawn by attainment).
    #[strum(serialize = "higher education")]
    HigherEducation,
    /// Look for a job.
    #[strum(serialize = "work")]
    Work,
    /// Neither learn nor look for work.
    #[strum(serialize = "inactive")]
    Inactive,
}

/// Band of attainment at 16.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray, IntoStaticStr)]
#[repr(u8)]
pub enum AttainmentBand {
    /// Below five good GCSEs including English and mathematics.
    #[strum(serialize = "low")]
    Low,
    /// Between the two thresholds.
    #[strum(serialize = "middle")]
    Middle,
    /// Likely to go on to selective courses.
    #[strum(serialize = "high")]
    High,
}

/// The two thresholds that cut attainment into bands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray, IntoStaticStr)]
#[repr(u8)]
pub enum AttainmentCut {
    /// Between low and middle.
    #[strum(serialize = "middle")]
    Middle,
    /// Between middle and high.
    #[strum(serialize = "high")]
    High,
}

/// Where graduates who had moved away to study go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray, IntoStaticStr)]
#[repr(u8)]
pub enum AfterStudy {
    /// To the region they grew up in.
    #[strum(serialize = "return home")]
    ReturnHome,
    /// Nowhere: they stay where they studied.
    #[strum(serialize = "stay")]
    Stay,
    /// To a third region.
    #[strum(serialize = "elsewhere")]
    Elsewhere,
}
