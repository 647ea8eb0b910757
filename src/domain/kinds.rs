//! The kinds themselves. The order within each is the index order of every dense table.

use strum::{IntoStaticStr, VariantArray};

/// Sex as recorded at birth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray, IntoStaticStr)]
#[repr(u8)]
pub enum Sex {
    /// Female.
    #[strum(serialize = "female")]
    Female,
    /// Male.
    #[strum(serialize = "male")]
    Male,
}

/// Origin class: the main earner's occupation when the person was 14 (the Social Mobility Commission's five).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray, IntoStaticStr)]
#[repr(u8)]
pub enum Origin {
    /// Higher professional.
    #[strum(serialize = "higher professional")]
    HigherProfessional,
    /// Lower professional.
    #[strum(serialize = "lower professional")]
    LowerProfessional,
    /// Intermediate.
    #[strum(serialize = "intermediate")]
    Intermediate,
    /// Higher working.
    #[strum(serialize = "higher working")]
    HigherWorking,
    /// Lower working.
    #[strum(serialize = "lower working")]
    LowerWorking,
}

/// Whether a lasting health condition limits daily life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray, IntoStaticStr)]
#[repr(u8)]
pub enum Health {
    /// Not limited.
    #[strum(serialize = "not limited")]
    NotLimited,
    /// Limited.
    #[strum(serialize = "limited")]
    Limited,
}

/// Highest qualification held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray, IntoStaticStr)]
#[repr(u8)]
pub enum Qualification {
    /// Below level 2.
    #[strum(serialize = "below level 2")]
    BelowLevel2,
    /// Five good GCSEs or equivalent.
    #[strum(serialize = "level 2")]
    Level2,
    /// A levels or equivalent.
    #[strum(serialize = "level 3")]
    Level3,
    /// Below a degree.
    #[strum(serialize = "level 4-5")]
    Level4To5,
    /// A degree or higher.
    #[strum(serialize = "level 6+")]
    Level6Plus,
}

/// Destination class of a job (NS-SEC analytic classes).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray, IntoStaticStr)]
#[repr(u8)]
pub enum JobClass {
    /// Working.
    #[strum(serialize = "working")]
    Working,
    /// Intermediate.
    #[strum(serialize = "intermediate")]
    Intermediate,
    /// Professional.
    #[strum(serialize = "professional")]
    Professional,
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
    /// Employed, in training, paid.
    #[strum(serialize = "apprenticeship")]
    Apprenticeship,
    /// Higher education.
    #[strum(serialize = "higher education")]
    HigherEducation,
    /// In a working-class job.
    #[strum(serialize = "working")]
    WorkingClassJob,
    /// Intermediate.
    #[strum(serialize = "intermediate")]
    Intermediate,
    /// Professional.
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
pub enum InactiveReason {
    /// Health.
    #[strum(serialize = "health")]
    Health,
    /// Caring.
    #[strum(serialize = "caring")]
    Caring,
    /// Other.
    #[strum(serialize = "other")]
    Other,
}

/// Apprenticeship level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray, IntoStaticStr)]
#[repr(u8)]
pub enum Level {
    /// Intermediate.
    #[strum(serialize = "level 2")]
    Level2,
    /// Advanced.
    #[strum(serialize = "level 3")]
    Level3,
    /// Higher.
    #[strum(serialize = "level 4+")]
    Level4Plus,
}

/// The two age groups that apprenticeship places are funded for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray, IntoStaticStr)]
#[repr(u8)]
pub enum Funding {
    /// Under 25.
    #[strum(serialize = "under 25")]
    Under25,
    /// 25 and over.
    #[strum(serialize = "25 and over")]
    From25,
}

/// Courses outside apprenticeships.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray, IntoStaticStr)]
#[repr(u8)]
pub enum Programme {
    /// Sixth form.
    #[strum(serialize = "sixth form")]
    SixthForm,
    /// Further education level 2.
    #[strum(serialize = "further education level 2")]
    FurtherLevel2,
    /// Further education level 3.
    #[strum(serialize = "further education level 3")]
    FurtherLevel3,
    /// Higher education level 4-5.
    #[strum(serialize = "higher education level 4-5")]
    HigherShort,
    /// Higher education degree.
    #[strum(serialize = "higher education degree")]
    HigherDegree,
}

/// What a person may choose when a stage of education ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray, IntoStaticStr)]
#[repr(u8)]
pub enum NextStep {
    /// Sixth form.
    #[strum(serialize = "sixth form")]
    SixthForm,
    /// Further education level 3.
    #[strum(serialize = "further education level 3")]
    FurtherLevel3,
    /// Further education level 2.
    #[strum(serialize = "further education level 2")]
    FurtherLevel2,
    /// Apply for a place.
    #[strum(serialize = "apprenticeship")]
    Apprenticeship,
    /// Higher education.
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
pub enum Attainment {
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
    /// Middle.
    #[strum(serialize = "middle")]
    Middle,
    /// High.
    #[strum(serialize = "high")]
    High,
}

/// How somebody got to where they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray, IntoStaticStr)]
#[repr(u8)]
pub enum Route {
    /// Straight to work.
    #[strum(serialize = "straight to work")]
    StraightToWork,
    /// Academic.
    #[strum(serialize = "academic")]
    Academic,
    /// Vocational.
    #[strum(serialize = "vocational")]
    Vocational,
    /// Apprenticeship.
    #[strum(serialize = "apprenticeship")]
    Apprenticeship,
}

/// Age bands of hazards and rates, in years.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray, IntoStaticStr)]
#[repr(u8)]
pub enum AgeBand {
    /// 16-17.
    #[strum(serialize = "16-17")]
    From16,
    /// 18-20.
    #[strum(serialize = "18-20")]
    From18,
    /// 21-24.
    #[strum(serialize = "21-24")]
    From21,
    /// 25-29.
    #[strum(serialize = "25-29")]
    From25,
    /// 30-34.
    #[strum(serialize = "30-34")]
    From30,
    /// 35-39.
    #[strum(serialize = "35-39")]
    From35,
}

/// Bodies that may know a young person who is NEET.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray, IntoStaticStr)]
#[repr(u8)]
pub enum Agency {
    /// Education.
    #[strum(serialize = "education")]
    Education,
    /// Employers.
    #[strum(serialize = "employers")]
    Employers,
    /// Voluntary sector.
    #[strum(serialize = "voluntary sector")]
    Voluntary,
    /// Health.
    #[strum(serialize = "health")]
    Health,
    /// Jobcentre.
    #[strum(serialize = "jobcentre")]
    Jobcentre,
    /// Council.
    #[strum(serialize = "council")]
    Council,
}

/// Who is looking for a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray, IntoStaticStr)]
#[repr(u8)]
pub enum Seeker {
    /// Unemployed.
    #[strum(serialize = "unemployed")]
    Unemployed,
    /// Inactive.
    #[strum(serialize = "inactive")]
    Inactive,
    /// Employed.
    #[strum(serialize = "employed")]
    Employed,
    /// Leaver of learning.
    #[strum(serialize = "leaver of learning")]
    Leaver,
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

/// Where graduates who had moved away to study go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray, IntoStaticStr)]
#[repr(u8)]
pub enum AfterStudy {
    /// Return home.
    #[strum(serialize = "return home")]
    ReturnHome,
    /// Stay.
    #[strum(serialize = "stay")]
    Stay,
    /// Elsewhere.
    #[strum(serialize = "elsewhere")]
    Elsewhere,
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

/// Month of the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray, IntoStaticStr)]
#[repr(u8)]
pub enum CalendarMonth {
    /// January.
    #[strum(serialize = "january")]
    January,
    /// February.
    #[strum(serialize = "february")]
    February,
    /// March.
    #[strum(serialize = "march")]
    March,
    /// April.
    #[strum(serialize = "april")]
    April,
    /// May.
    #[strum(serialize = "may")]
    May,
    /// June.
    #[strum(serialize = "june")]
    June,
    /// July.
    #[strum(serialize = "july")]
    July,
    /// August.
    #[strum(serialize = "august")]
    August,
    /// September.
    #[strum(serialize = "september")]
    September,
    /// October.
    #[strum(serialize = "october")]
    October,
    /// November.
    #[strum(serialize = "november")]
    November,
    /// December.
    #[strum(serialize = "december")]
    December,
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

    /// Not in education, employment or training.
    #[must_use]
    pub fn is_neet(self) -> bool {
        matches!(self, Self::Unemployed | Self::Inactive)
    }
}

impl AgeBand {
    /// The band of an age in completed years (ages under 16 count with the first band, over 39 with the last).
    #[must_use]
    pub fn of(age_years: u16) -> Self {
        // By table: branches would be guessed wrong too often where everybody's ages meet.
        const BY_AGE: [AgeBand; 36] = {
            let mut bands = [AgeBand::From16; 36];
            let mut age = 0;
            while age < bands.len() {
                bands[age] = match age {
                    0..=17 => AgeBand::From16,
                    18..=20 => AgeBand::From18,
                    21..=24 => AgeBand::From21,
                    25..=29 => AgeBand::From25,
                    30..=34 => AgeBand::From30,
                    _ => AgeBand::From35,
                };
                age += 1;
            }
            bands
        };
        BY_AGE[usize::from(age_years).min(BY_AGE.len() - 1)]
    }

    /// The first age in years of the band.
    #[must_use]
    pub fn first_age(self) -> u16 {
        match self {
            Self::From16 => 16,
            Self::From18 => 18,
            Self::From21 => 21,
            Self::From25 => 25,
            Self::From30 => 30,
            Self::From35 => 35,
        }
    }

    /// The first age in years after the band.
    #[must_use]
    pub fn end_age(self) -> u16 {
        match self {
            Self::From16 => 18,
            Self::From18 => 21,
            Self::From21 => 25,
            Self::From25 => 30,
            Self::From30 => 35,
            Self::From35 => 40,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Kind;

    #[test]
    fn every_name_reads_back() {
        for kind in NextStep::VARIANTS {
            assert_eq!(NextStep::named(kind.name()), Some(*kind));
        }
        assert_eq!(Origin::named("duke"), None);
    }

    #[test]
    fn every_age_falls_into_its_band() {
        for age in 16..40 {
            let band = AgeBand::of(age);
            assert!((band.first_age()..band.end_age()).contains(&age));
        }
    }
}
