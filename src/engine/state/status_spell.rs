//! Months in one status, which are counted all at once.

use super::person::Person;
use crate::calendar::{MONTHS_A_YEAR, Month};
use crate::domain::State;
use crate::engine::tally::{Cells, Status};
use strum::VariantArray;

/// Months that somebody spent in one state and region.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StatusSpell {
    pub cells: [usize; 3],
    pub birth: Month,
    /// First month.
    pub from: Month,
    /// The month after the last.
    pub to: Month,
    /// The month from which the status is the next one, of people who are NEET for longer than a year; never for others.
    pub long_from: Month,
    /// The status before that month.
    pub status: Status,
}

impl StatusSpell {
    /// The months from `since` or a person's last count, whichever is later, until `to`.
    pub fn of(person: &Person, cells: Cells, since: Month, to: Month) -> Self {
        let long_from = person.neet_since().saturating_add(MONTHS_A_YEAR + 1);
        Self {
            cells: cells.of(person),
            birth: person.birth,
            from: person.counted.max(since),
            to,
            long_from: if person.state.is_neet() { long_from } else { Month::NEVER },
            status: short_status(person),
        }
    }

    /// The status in a month, and the month in which it changes by itself.
    pub fn status(&self, month: Month) -> (Status, Month) {
        let is_long = month >= self.long_from;
        (
            Status::VARIANTS[self.status as usize + usize::from(is_long)],
            if is_long { Month::NEVER } else { self.long_from },
        )
    }
}

/// The status of somebody, NEET for up to a year if NEET at all.
fn short_status(person: &Person) -> Status {
    // By table: branches would be guessed wrong too often.
    const BY_STATE: [Status; State::VARIANTS.len()] = {
        let mut statuses = [Status::SixthForm; State::VARIANTS.len()];
        let mut at = 0;
        while at < statuses.len() {
            statuses[at] = match State::VARIANTS[at] {
                State::SixthForm => Status::SixthForm,
                State::FurtherEducation => Status::FurtherEducation,
                State::Apprenticeship => Status::Apprenticeship2,
                State::HigherEducation => Status::HigherEducation,
                State::WorkingClassJob => Status::Working,
                State::Intermediate => Status::Intermediate,
                State::Professional => Status::Professional,
                State::Unemployed => Status::UnemployedShort,
                State::Inactive | State::Gone => Status::InactiveShort,
            };
            at += 1;
        }
        statuses
    };
    let level = if person.state == State::Apprenticeship { person.level() as usize } else { 0 };
    Status::VARIANTS[BY_STATE[person.state as usize] as usize + level]
}
