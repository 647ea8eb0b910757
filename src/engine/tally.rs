//! What the engine counts: whole numbers only, so that no order of adding can change a result.
//!
//! Every count of people is kept for *cells*: region of residence x origin, region of upbringing x
//! origin, and origin x sex. Any one-way or shipped two-way table is a sum of cells.

mod follow_up;
mod panel;
mod snapshot;
pub mod survey;

pub use follow_up::{AboveParents, FOLLOW_UP_AGES, FollowUp, IncomeTally, RANKS};
pub use panel::{Detail, Follow, Glimpse, PanelMonth, PanelSpell, PanelTally, PersonId, Subject};
pub use snapshot::{Seen, Snapshot};

use self::survey::SurveyTally;
use crate::calendar::Month;
use crate::domain::{AGES, Kind, Level, Origin, Qualification, Region, Sex};
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
/// Number of [`Qualification`] values.
pub const QUALIFICATIONS: usize = 5;

/// Birthdays on which qualification and standing are counted (age in years).
pub const MARK_AGES: [u16; 4] = [19, 25, 30, 35];
/// Birthdays on which pay is counted; each is also in [`MARK_AGES`].
pub const PAY_AGES: [u16; 3] = [25, 30, 35];
/// Number of pay bins.
pub const PAY_BINS: usize = 220;
/// Natural log of the lowest pay of the first bin (GBP per hour).
pub const PAY_FLOOR_LOG: f64 = 1.0;
/// Width of a pay bin in log points.
pub const PAY_BIN_WIDTH: f64 = 0.02;
/// Age groups of apprenticeship starts and completions: under 19, 19-24, 25 and over.
pub const START_AGES: [&str; 3] = ["under 19", "19-24", "25 and over"];

/// The region-or-group part of a result: which people it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slice {
    /// Everybody.
    All,
    /// People living in a region.
    Residence(Region),
    /// People living in a region, of one origin class.
    ResidenceOrigin(Region, Origin),
    /// People who grew up in a region; `None` is abroad.
    Upbringing(Option<Region>),
    /// People who grew up in a region, of one origin class.
    UpbringingOrigin(Region, Origin),
    /// One origin class (people who grew up abroad have none).
    Origin(Origin),
    /// One sex.
    Sex(Sex),
    /// One origin class and sex.
    OriginSex(Origin, Sex),
}

/// Numbers the cells of a world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cells {
    regions: usize,
}

/// Origin classes and, last, people who grew up abroad.
const ORIGINS: usize = 6;

impl Cells {
    /// The cells of a world with `regions` regions.
    #[must_use]
    pub fn new(regions: usize) -> Self {
        Self { regions }
    }

    /// The number of regions.
    #[must_use]
    pub fn regions(self) -> usize {
        self.regions
    }

    /// How many cells there are.
    #[must_use]
    pub fn count(self) -> usize {
        (2 * self.regions + 1) * ORIGINS + ORIGINS * 2
    }

    /// The three cells of one person. `origin` and `upbringing` are `None` for people from abroad.
    #[must_use]
    pub fn of_person(
        self,
        residence: Region,
        upbringing: Option<Region>,
        origin: Option<Origin>,
        sex: Sex,
    ) -> [usize; 3] {
        let origin = origin.map_or(ORIGINS - 1, |origin| origin as usize);
        let upbringing = upbringing.map_or(self.regions, Region::index);
        [
            residence.index() * ORIGINS + origin,
            (self.regions + upbringing) * ORIGINS + origin,
            (2 * self.regions + 1) * ORIGINS + origin * 2 + sex as usize,
        ]
    }

    /// Position in the stock of a period; `age` in years.
    #[must_use]
    pub fn stock_at(self, cell: usize, age: u16, status: Status) -> usize {
        // Age outermost: people of one chunk are of one or two ages, and their counts lie close together.
        (usize::from(age - 16) * self.count() + cell) * STATUSES + status as usize
    }

    /// The origin class of the people of a cell; `None` is abroad.
    #[must_use]
    pub fn origin_of(self, cell: usize) -> Option<Origin> {
        let sexes = (2 * self.regions + 1) * ORIGINS;
        let index = if cell < sexes { cell % ORIGINS } else { (cell - sexes) / 2 };
        Origin::VARIANTS.get(index).copied()
    }

    /// The cells whose sum is a slice.
    #[must_use]
    pub fn of_slice(self, slice: Slice) -> Vec<usize> {
        let up = self.regions * ORIGINS;
        let sexes = (2 * self.regions + 1) * ORIGINS;
        match slice {
            Slice::All => (sexes..sexes + ORIGINS * 2).collect(),
            Slice::Residence(region) => (0..ORIGINS).map(|origin| region.index() * ORIGINS + origin).collect(),
            Slice::ResidenceOrigin(region, origin) => vec![region.index() * ORIGINS + origin as usize],
            Slice::Upbringing(region) => {
                let row = region.map_or(self.regions, Region::index);
                (0..ORIGINS).map(|origin| up + row * ORIGINS + origin).collect()
            }
            Slice::UpbringingOrigin(region, origin) => vec![up + region.index() * ORIGINS + origin as usize],
            Slice::Origin(origin) => (0..2).map(|sex| sexes + origin as usize * 2 + sex).collect(),
            Slice::Sex(sex) => (0..ORIGINS).map(|origin| sexes + origin * 2 + sex as usize).collect(),
            Slice::OriginSex(origin, sex) => vec![sexes + origin as usize * 2 + sex as usize],
        }
    }
}

/// Counts of one region and class of job, summed over the months of a period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VacancyTally {
    /// Vacancies open to people aged 16-39 at the start of the month's hiring.
    pub open: u64,
    /// Vacancies filled by them.
    pub filled: u64,
    /// Vacancies with applicants of whom none reached the employer's threshold.
    pub shortage: u64,
    /// People seeking a job of any class in the region (counted once, under the working class).
    pub seekers: u64,
    /// Posts held by people aged 16-39 at the end of the month.
    pub held: u64,
}

/// Public money spent in a period, in whole pounds of the base year, at full scale.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SpendTally {
    /// Apprenticeship training.
    pub apprenticeships_gbp: u64,
    /// Support by local partnerships.
    pub support_gbp: u64,
    /// Everything else: extra courses, guaranteed jobs and training, bursaries, subsidies and grants as people take them, and
    /// what levers book (innovation, help of pupils, adjustments with a cost, unit costs that differ from the world's);
    /// below zero when a lever buys places for less than the world's unit cost.
    pub other_gbp: i64,
}

/// All counts of one period of one run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeriodTally {
    /// First month of the period.
    pub start: Month,
    /// Months counted.
    pub months: u16,
    /// Cells of the world.
    pub cells: Cells,
    /// Person-months by age in years less 16, cell, and [`Status`].
    pub stock: Vec<u32>,
    /// People reaching an age of [`MARK_AGES`], by mark, cell, [`Qualification`] and [`Standing`].
    pub marks: Vec<u32>,
    /// Employed people (apprentices included) reaching an age of [`PAY_AGES`], by mark, cell and pay bin.
    pub pay: Vec<u32>,
    /// Apprenticeship starts by cell, [`Level`] and age group of [`START_AGES`].
    pub starts: Vec<u32>,
    /// Apprenticeships completed, likewise.
    pub completions: Vec<u32>,
    /// Vacancies by region and class of job.
    pub vacancies: Vec<VacancyTally>,
    /// People who moved to another region of the world, by origin region and destination.
    pub moves: Vec<u32>,
    /// Public money by region.
    pub spend: Vec<SpendTally>,
    /// The follow-up of the year that ends in this period, if one does.
    pub follow_up: Option<FollowUp>,
    /// What a household survey would find, if one is taken.
    pub survey: Option<SurveyTally>,
}

impl PeriodTally {
    /// Nothing counted yet.
    #[must_use]
    pub fn new(start: Month, cells: Cells) -> Self {
        let count = cells.count();
        Self {
            start,
            months: 0,
            cells,
            stock: vec![0; count * AGES * STATUSES],
            marks: vec![0; MARK_AGES.len() * count * QUALIFICATIONS * STANDINGS],
            pay: vec![0; PAY_AGES.len() * count * PAY_BINS],
            starts: vec![0; count * Level::count() * START_AGES.len()],
            completions: vec![0; count * Level::count() * START_AGES.len()],
            vacancies: vec![VacancyTally::default(); cells.regions() * 3],
            moves: vec![0; cells.regions() * cells.regions()],
            spend: vec![SpendTally::default(); cells.regions()],
            follow_up: None,
            survey: None,
        }
    }

    /// Adds the counts of people that another tally of the same month holds.
    pub(crate) fn add_flows(&mut self, more: &Self) {
        let own = [&mut self.stock, &mut self.marks, &mut self.pay, &mut self.starts, &mut self.completions];
        let theirs = [&more.stock, &more.marks, &more.pay, &more.starts, &more.completions];
        for (sum, more) in own.into_iter().zip(theirs) {
            add(sum, more);
        }
        add(&mut self.moves, &more.moves);
        if let (Some(sum), Some(more)) = (&mut self.survey, &more.survey) {
            sum.add(more);
        }
        for (sum, more) in self.spend.iter_mut().zip(&more.spend) {
            sum.apprenticeships_gbp += more.apprenticeships_gbp;
            sum.support_gbp += more.support_gbp;
            sum.other_gbp += more.other_gbp;
        }
    }

    /// Position in `stock`; `age` in years.
    #[must_use]
    pub fn stock_at(&self, cell: usize, age: u16, status: Status) -> usize {
        self.cells.stock_at(cell, age, status)
    }

    /// Position in `marks`; `mark` indexes [`MARK_AGES`].
    #[must_use]
    pub fn mark_at(&self, mark: usize, cell: usize, qualification: Qualification, standing: Standing) -> usize {
        ((mark * self.cells.count() + cell) * QUALIFICATIONS + qualification as usize) * STANDINGS + standing as usize
    }

    /// Position in `pay`; `mark` indexes [`PAY_AGES`].
    #[must_use]
    pub fn pay_at(&self, mark: usize, cell: usize, bin: usize) -> usize {
        (mark * self.cells.count() + cell) * PAY_BINS + bin
    }

    /// Position in `starts` and `completions`; `age_group` indexes [`START_AGES`].
    #[must_use]
    pub fn start_at(&self, cell: usize, level: Level, age_group: usize) -> usize {
        (cell * Level::count() + level as usize) * START_AGES.len() + age_group
    }
}

/// Adds counts position by position.
pub(crate) fn add(sum: &mut [u32], more: &[u32]) {
    for (sum, more) in sum.iter_mut().zip(more) {
        *sum += more;
    }
}

/// All counts of one run, period by period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tallies {
    /// People that one agent stands for.
    pub scale: u32,
    /// The periods in order of time.
    pub periods: Vec<PeriodTally>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_slice_family_covers_every_person_once() {
        let cells = Cells::new(3);
        let person = cells.of_person(Region(1), None, None, Sex::Male);
        let holds = |slice| cells.of_slice(slice).iter().filter(|cell| person.contains(cell)).count();
        assert_eq!(holds(Slice::All), 1);
        assert_eq!(holds(Slice::Residence(Region(1))), 1);
        assert_eq!(holds(Slice::Residence(Region(2))), 0);
        assert_eq!(holds(Slice::Upbringing(None)), 1);
        assert_eq!(holds(Slice::Sex(Sex::Male)), 1);
        assert_eq!(Origin::VARIANTS.iter().map(|origin| holds(Slice::Origin(*origin))).sum::<usize>(), 0);
    }

    #[test]
    fn a_cell_knows_the_origin_of_its_people() {
        let cells = Cells::new(3);
        for origin in Origin::VARIANTS.iter().map(|origin| Some(*origin)).chain([None]) {
            for cell in cells.of_person(Region(2), Some(Region(0)), origin, Sex::Male) {
                assert_eq!(cells.origin_of(cell), origin);
            }
        }
    }

    #[test]
    fn cells_are_numbered_without_gap() {
        let cells = Cells::new(2);
        let mut seen = vec![false; cells.count()];
        for region in 0..2 {
            for origin in Origin::VARIANTS.iter().map(|origin| Some(*origin)).chain([None]) {
                for sex in [Sex::Female, Sex::Male] {
                    for upbringing in [Some(Region(0)), Some(Region(1)), None] {
                        for cell in cells.of_person(Region(region), upbringing, origin, sex) {
                            seen[cell] = true;
                        }
                    }
                }
            }
        }
        assert!(seen.iter().all(|seen| *seen));
    }
}
