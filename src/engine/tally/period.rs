//! All counts of one period, and of one run.

use super::cells::{Cells, add};
use super::follow_up::FollowUp;
use super::pay_bins::PAY_BINS;
use super::status::{QUALIFICATIONS, STANDINGS, STATUSES, Standing, Status};
use super::survey::SurveyTally;
use crate::calendar::Month;
use crate::domain::{AGES, Kind, Level, Qualification};

/// Birthdays on which qualification and standing are counted (age in years).
pub const MARK_AGES: [u16; 4] = [19, 25, 30, 35];
/// Birthdays on which pay is counted; each is also in [`MARK_AGES`].
pub const PAY_AGES: [u16; 3] = [25, 30, 35];
/// Age groups of apprenticeship starts and completions: under 19, 19-24, 25 and over.
pub const START_AGES: [&str; 3] = ["under 19", "19-24", "25 and over"];

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
    /// Everything else: extra courses, guaranteed jobs and training, bursaries, subsidies and allocations as people take them, and
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

/// All counts of one run, period by period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tallies {
    /// People that one agent stands for.
    pub scale: u32,
    /// The periods in order of time.
    pub periods: Vec<PeriodTally>,
}
