//! What a household survey would ask, counted as one: qualifications and pay at ages, and who left which spell.
//!
//! Four times a year everybody is looked at. A spell seen then stands for three months at risk; exits are counted in every month. So rates
//! need periods of whole quarters. People aged [`SURVEY_AGES`] answer once a year, in the quarter after their birthday.

use super::{Cells, PAY_BINS, QUALIFICATIONS, STANDINGS, STATUSES, Standing, Status, add};
use crate::domain::{AGES, FIRST_AGE, Qualification};
use std::ops::RangeInclusive;
use strum::{IntoStaticStr, VariantArray};

/// Ages of people asked about qualification and pay (completed years).
pub const SURVEY_AGES: [RangeInclusive<u16>; 2] = [22..=24, 25..=29];
/// Ages at which entries to higher education are counted (completed years).
pub const ENTRY_AGES: RangeInclusive<u16> = 16..=24;
/// Number of [`ENTRY_AGES`].
const ENTRIES: usize = 9;
/// Years from the summer that ends compulsory schooling to the Januaries in which destinations are counted, rounded up.
pub const DESTINATION_YEARS: [u16; 2] = [1, 3];
/// Months between two looks at everybody.
pub const SURVEY_MONTHS: u16 = 3;

/// A spell that can be left, by how long it has lasted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray, IntoStaticStr)]
#[repr(u8)]
pub enum Spell {
    /// In a job or an apprenticeship.
    #[strum(serialize = "employed")]
    Employed,
    /// Unemployed, NEET for less than three months.
    #[strum(serialize = "unemployed under 3 months")]
    UnemployedUnder3,
    /// Unemployed, NEET for three to twelve months.
    #[strum(serialize = "unemployed 3 to 12 months")]
    Unemployed3To12,
    /// Unemployed, NEET for one to two years.
    #[strum(serialize = "unemployed 12 to 24 months")]
    Unemployed12To24,
    /// Unemployed, NEET for more than two years.
    #[strum(serialize = "unemployed over 24 months")]
    UnemployedOver24,
    /// Inactive and not in learning.
    #[strum(serialize = "inactive")]
    Inactive,
}

/// Number of [`Spell`] values.
pub const SPELLS: usize = 6;

/// Where a spell ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray, IntoStaticStr)]
#[repr(u8)]
pub enum Activity {
    /// A course.
    #[strum(serialize = "learning")]
    Learning,
    /// A job or an apprenticeship.
    #[strum(serialize = "employed")]
    Employed,
    /// Unemployment.
    #[strum(serialize = "unemployed")]
    Unemployed,
    /// Inactivity.
    #[strum(serialize = "inactive")]
    Inactive,
}

/// Number of [`Activity`] values.
pub const ACTIVITIES: usize = 4;

/// The counts of one period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SurveyTally {
    /// People by group of [`SURVEY_AGES`], cell, qualification and standing.
    pub people: Vec<u32>,
    /// Employed people (apprentices included) by group of [`SURVEY_AGES`], cell and pay bin.
    pub pay: Vec<u32>,
    /// Person-months at risk by cell, qualification and [`Spell`].
    pub at_risk: Vec<u32>,
    /// Exits by cell, qualification, [`Spell`] and the [`Activity`] that follows.
    pub exits: Vec<u32>,
    /// Entries to higher education by cell and age of [`ENTRY_AGES`].
    pub entries: Vec<u32>,
    /// Moves between regions by single year of age.
    pub moves: Vec<u32>,
    /// People in the January of each of [`DESTINATION_YEARS`] by cell and [`Status`].
    pub destinations: Vec<u32>,
}

impl SurveyTally {
    /// Nothing counted yet.
    #[must_use]
    pub fn new(cells: Cells) -> Self {
        let count = cells.count();
        Self {
            people: vec![0; SURVEY_AGES.len() * count * QUALIFICATIONS * STANDINGS],
            pay: vec![0; SURVEY_AGES.len() * count * PAY_BINS],
            at_risk: vec![0; count * QUALIFICATIONS * SPELLS],
            exits: vec![0; count * QUALIFICATIONS * SPELLS * ACTIVITIES],
            entries: vec![0; count * ENTRIES],
            moves: vec![0; AGES],
            destinations: vec![0; DESTINATION_YEARS.len() * count * STATUSES],
        }
    }

    /// Adds other counts.
    pub fn add(&mut self, other: &Self) {
        let tables = [
            (&mut self.people, &other.people),
            (&mut self.pay, &other.pay),
            (&mut self.at_risk, &other.at_risk),
            (&mut self.exits, &other.exits),
            (&mut self.entries, &other.entries),
            (&mut self.moves, &other.moves),
            (&mut self.destinations, &other.destinations),
        ];
        for (sums, more) in tables {
            add(sums, more);
        }
    }

    /// Position in `people`; `group` indexes [`SURVEY_AGES`].
    #[must_use]
    pub fn person_at(
        cells: Cells,
        group: usize,
        cell: usize,
        qualification: Qualification,
        standing: Standing,
    ) -> usize {
        ((group * cells.count() + cell) * QUALIFICATIONS + qualification as usize) * STANDINGS + standing as usize
    }

    /// Position in `pay`; `group` indexes [`SURVEY_AGES`].
    #[must_use]
    pub fn pay_at(cells: Cells, group: usize, cell: usize, bin: usize) -> usize {
        (group * cells.count() + cell) * PAY_BINS + bin
    }

    /// Position in `at_risk`.
    #[must_use]
    pub fn spell_at(cell: usize, qualification: Qualification, spell: Spell) -> usize {
        (cell * QUALIFICATIONS + qualification as usize) * SPELLS + spell as usize
    }

    /// Position in `exits`.
    #[must_use]
    pub fn exit_at(cell: usize, qualification: Qualification, spell: Spell, to: Activity) -> usize {
        Self::spell_at(cell, qualification, spell) * ACTIVITIES + to as usize
    }

    /// Position in `destinations`; `stage` indexes [`DESTINATION_YEARS`].
    #[must_use]
    pub fn destination_at(cells: Cells, stage: usize, cell: usize, status: Status) -> usize {
        (stage * cells.count() + cell) * STATUSES + status as usize
    }

    /// Position in `entries`; `None` at other ages.
    #[must_use]
    pub fn entry_at(cell: usize, age: u16) -> Option<usize> {
        ENTRY_AGES.contains(&age).then(|| cell * ENTRIES + usize::from(age - FIRST_AGE))
    }
}

const _: () =
    assert!(*ENTRY_AGES.start() == FIRST_AGE && *ENTRY_AGES.end() as usize == FIRST_AGE as usize + ENTRIES - 1);
