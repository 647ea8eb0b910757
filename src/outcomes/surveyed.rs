//! The survey counts of one period about one slice, summed once.

use super::ages::Ages;
use super::sums::{add_each, sum_cells};
use crate::domain::{FIRST_AGE, Qualification};
use crate::engine::tally::survey::{
    ACTIVITIES, Activity, DESTINATION_YEARS, ENTRY_AGES, SPELLS, SURVEY_AGES, SURVEY_MONTHS, Spell,
};
use crate::engine::tally::{PAY_BINS, PeriodTally, QUALIFICATIONS, STANDINGS, STATUSES, Slice, Standing, Status};
use strum::VariantArray;

/// What a household survey would find about one slice, in agents.
#[derive(Clone, Debug)]
pub struct Surveyed {
    /// Months of the period: those that are no whole quarters may hold exits but nobody at risk.
    months: u16,
    people: Vec<u64>,
    pay: Vec<u64>,
    at_risk: Vec<u64>,
    exits: Vec<u64>,
    entries: Vec<u64>,
    moves: Vec<u64>,
    destinations: Vec<u64>,
}

impl Surveyed {
    /// Sums the cells of `slice` in `period`, if there was a survey.
    pub(super) fn new(period: &PeriodTally, slice: Slice) -> Option<Self> {
        let survey = period.survey.as_ref()?;
        let (cells, total) = (period.cells.of_slice(slice), period.cells.count());
        Some(Self {
            months: period.months,
            people: sum_cells(&survey.people, &cells, total, SURVEY_AGES.len()),
            pay: sum_cells(&survey.pay, &cells, total, SURVEY_AGES.len()),
            at_risk: sum_cells(&survey.at_risk, &cells, total, 1),
            exits: sum_cells(&survey.exits, &cells, total, 1),
            entries: sum_cells(&survey.entries, &cells, total, 1),
            destinations: sum_cells(&survey.destinations, &cells, total, DESTINATION_YEARS.len()),
            moves: match slice {
                Slice::All => survey.moves.iter().map(|count| u64::from(*count)).collect(),
                Slice::Residence(_)
                | Slice::ResidenceOrigin(..)
                | Slice::Upbringing(_)
                | Slice::UpbringingOrigin(..)
                | Slice::Origin(_)
                | Slice::Sex(_)
                | Slice::OriginSex(..) => Vec::new(),
            },
        })
    }

    /// Adds what another period's survey found about the same slice.
    pub(super) fn add(&mut self, more: &Self) {
        self.months += more.months;
        let own = [
            (&mut self.people, &more.people),
            (&mut self.pay, &more.pay),
            (&mut self.at_risk, &more.at_risk),
            (&mut self.exits, &more.exits),
            (&mut self.entries, &more.entries),
            (&mut self.moves, &more.moves),
            (&mut self.destinations, &more.destinations),
        ];
        for (sums, more) in own {
            add_each(sums, more);
        }
    }

    /// People of one group of [`SURVEY_AGES`] with at least `lowest`, in these standings.
    #[must_use]
    pub fn people(&self, group: usize, qualifications: &[Qualification], standings: &[Standing]) -> u64 {
        let at = |kind: Qualification, standing: Standing| {
            self.people[(group * QUALIFICATIONS + kind as usize) * STANDINGS + standing as usize]
        };
        qualifications.iter().map(|kind| standings.iter().map(|standing| at(*kind, *standing)).sum::<u64>()).sum()
    }

    /// Employed people (apprentices included) of some groups of [`SURVEY_AGES`], by pay bin.
    #[must_use]
    pub fn pay(&self, groups: &[usize]) -> Vec<u64> {
        (0..PAY_BINS).map(|bin| groups.iter().map(|group| self.pay[group * PAY_BINS + bin]).sum()).collect()
    }

    /// Person-months at risk of leaving these spells; none in a period that is not made of whole quarters.
    #[must_use]
    pub fn at_risk(&self, qualifications: &[Qualification], spells: &[Spell]) -> u64 {
        let at = |kind: Qualification, spell: Spell| self.at_risk[kind as usize * SPELLS + spell as usize];
        let all = || qualifications.iter().map(|kind| spells.iter().map(|spell| at(*kind, *spell)).sum::<u64>()).sum();
        if self.months > 0 && self.months.is_multiple_of(SURVEY_MONTHS) { all() } else { 0 }
    }

    /// Exits from these spells to one activity.
    #[must_use]
    pub fn exits(&self, qualifications: &[Qualification], spells: &[Spell], to: Activity) -> u64 {
        let at = |kind: Qualification, spell: Spell| {
            self.exits[(kind as usize * SPELLS + spell as usize) * ACTIVITIES + to as usize]
        };
        qualifications.iter().map(|kind| spells.iter().map(|spell| at(*kind, *spell)).sum::<u64>()).sum()
    }

    /// Entries to higher education at these ages of [`ENTRY_AGES`].
    #[must_use]
    pub fn entries(&self, ages: Ages) -> u64 {
        ages.each().filter(|age| ENTRY_AGES.contains(age)).map(|age| self.entries[usize::from(age - FIRST_AGE)]).sum()
    }

    /// People in a January of [`DESTINATION_YEARS`] in these statuses.
    #[must_use]
    pub fn destinations(&self, stage: usize, statuses: &[Status]) -> u64 {
        statuses.iter().map(|status| self.destinations[stage * STATUSES + *status as usize]).sum()
    }

    /// Moves between regions at these ages; `None` unless the slice is everybody.
    #[must_use]
    pub fn moves(&self, ages: Ages) -> Option<u64> {
        ages.each().map(|age| self.moves.get(usize::from(age - FIRST_AGE)).copied()).sum()
    }
}

/// Every qualification.
pub const ANY: &[Qualification] = Qualification::VARIANTS;
/// Every spell of unemployment.
pub const UNEMPLOYMENT: [Spell; 4] =
    [Spell::UnemployedUnder3, Spell::Unemployed3To12, Spell::Unemployed12To24, Spell::UnemployedOver24];
