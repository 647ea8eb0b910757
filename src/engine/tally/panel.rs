//! The panel: lives of a sample of people, spell by spell, or of one person month by month.

use crate::calendar::Month;
use crate::domain::{InactiveReason, Level, Origin, Programme, Qualification, Region, Route, Sex, State};

/// Who somebody is in every scenario and replicate of a seed: cohort, region of upbringing and a number among those.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PersonId {
    /// The calendar year in which the academic year of birth ended, counted like [`Month`]: those born from September 2000 to August
    /// 2001 are of 2001.
    pub cohort: u16,
    /// Region of upbringing; `None` for abroad.
    pub upbringing: Option<Region>,
    /// The number among people of the same cohort and upbringing.
    pub ordinal: u32,
}

/// Who is followed through a run. It changes nobody's life, but takes time and memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Follow {
    /// Nobody.
    Nobody,
    /// A share of all people in parts of 2^32, drawn from seed and [`PersonId`] alone, spell by spell from the first counted month.
    Share(u32),
    /// One person, month by month from the first one simulated.
    One(PersonId),
}

/// What a state is about, where there is more to say than its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Nothing.
    None,
    /// The last year of compulsory schooling.
    Compulsory,
    /// A course.
    Programme(Programme),
    /// An apprenticeship.
    Level(Level),
    /// A job that the youth guarantee pays for.
    Guaranteed,
    /// Not seeking work.
    Reason(InactiveReason),
}

impl Detail {
    /// The name used in tables; empty for nothing.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Compulsory => "compulsory schooling",
            Self::Programme(programme) => programme.into(),
            Self::Level(level) => level.into(),
            Self::Guaranteed => "guaranteed job",
            Self::Reason(reason) => reason.into(),
        }
    }
}

/// What can be seen of somebody in a month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glimpse {
    /// What they do.
    pub state: State,
    /// More about it.
    pub detail: Detail,
    /// Where they live.
    pub region: Region,
    /// Highest qualification.
    pub qualification: Qualification,
    /// The route by which it came.
    pub route: Route,
    /// Hourly pay in pounds of the base year; `None` without a job.
    pub pay_gbp_per_hour: Option<f64>,
}

/// Somebody who is followed: what never changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PanelPerson {
    /// Who they are.
    pub id: PersonId,
    /// Month of birth.
    pub birth: Month,
    /// Sex.
    pub sex: Sex,
    /// Origin class; `None` for people who grew up abroad.
    pub origin: Option<Origin>,
}

/// Months in which somebody did one thing in one place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PanelSpell {
    /// Whose.
    pub subject: PanelPerson,
    /// The number of the spell in this panel, from 1.
    pub number: u16,
    /// The month in which it began. Of the first spell of somebody who is there when counting starts it is the month in which the
    /// state began; that part of it was spent elsewhere, or in what came before, is not seen.
    pub start: Month,
    /// The month in which it had ended; `None` when it goes on after the run.
    pub end: Option<Month>,
    /// The first month of it that was seen.
    pub first: Glimpse,
    /// The last month of it that was seen.
    pub last: Glimpse,
}

/// One month of the person who is followed alone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PanelMonth {
    /// Who it is.
    pub subject: PanelPerson,
    /// The month.
    pub month: Month,
    /// What they did at its end.
    pub glimpse: Glimpse,
    /// Months in the present spell of neither learning nor work; 0 for others.
    pub months_neet: u16,
    /// Whether support began this month.
    pub is_support_start: bool,
}

/// What was seen of those who were followed, in an order that depends on nothing but the inputs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PanelTally {
    /// Spells, by person and number.
    pub spells: Vec<PanelSpell>,
    /// Months of the one person followed, in order.
    pub months: Vec<PanelMonth>,
}
