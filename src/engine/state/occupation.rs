//! What somebody does at present, and going over from one thing to the next.

use super::person::{COMPULSORY, DETAIL, Person};
use crate::calendar::{MONTHS_A_YEAR, Month};
use crate::domain::{Health, InactiveReason, JobClass, Level, Programme, Sex, State};
use strum::VariantArray;

/// Code of a guaranteed job.
const GUARANTEED: u8 = 1;

impl Person {
    /// Months since the present state began.
    pub fn months_in_state(&self, month: Month) -> u16 {
        month.saturating_sub(self.since)
    }

    /// Month in which the present NEET spell began; [`Month::FIRST`] when not NEET.
    pub fn neet_since(&self) -> Month {
        if self.state.is_neet() { self.landmark } else { Month::FIRST }
    }

    /// Month in which the present course, apprenticeship or guaranteed job ends.
    pub fn end(&self) -> Month {
        if self.state.is_neet() { Month::NEVER } else { self.landmark }
    }

    /// Months in the present NEET spell; 0 when not NEET.
    pub fn months_neet(&self, month: Month) -> u16 {
        if self.state.is_neet() { month.saturating_sub(self.landmark) } else { 0 }
    }

    /// Level of the present apprenticeship.
    pub fn level(&self) -> Level {
        Level::VARIANTS[usize::from(self.detail()).min(2)]
    }

    /// The present course.
    pub fn programme(&self) -> Programme {
        Programme::VARIANTS[usize::from(self.detail()).min(4)]
    }

    /// Why somebody who is inactive does not seek work.
    pub fn reason(&self) -> InactiveReason {
        InactiveReason::VARIANTS[usize::from(self.detail()).min(2)]
    }

    /// Whether stocks and counts see no difference between two states of the same person.
    pub fn is_counted_as(&self, other: &Self) -> bool {
        (self.state, self.detail(), self.region, self.neet_since())
            == (other.state, other.detail(), other.region, other.neet_since())
    }

    /// Whether this person has left the model.
    pub fn has_gone(&self) -> bool {
        self.state == State::Gone
    }

    /// Whether this is the last year of compulsory schooling.
    pub fn is_pupil(&self) -> bool {
        self.state == State::SixthForm && self.detail() == COMPULSORY
    }

    /// Begins a course.
    pub fn study(&mut self, programme: Programme, end: Month, month: Month) {
        let state = match programme {
            Programme::SixthForm => State::SixthForm,
            Programme::FurtherLevel2 | Programme::FurtherLevel3 => State::FurtherEducation,
            Programme::HigherShort | Programme::HigherDegree => State::HigherEducation,
        };
        self.enter(state, programme as u8, end, month);
    }

    /// Begins an apprenticeship.
    pub fn apprentice(&mut self, level: Level, end: Month, month: Month) {
        self.enter(State::Apprenticeship, level as u8, end, month);
    }

    /// Begins a job.
    pub fn work(&mut self, state: State, month: Month) {
        self.enter(state, 0, Month::NEVER, month);
    }

    /// Begins a guaranteed job.
    pub fn work_guaranteed(&mut self, end: Month, month: Month) {
        self.enter(State::WorkingClassJob, GUARANTEED, end, month);
    }

    /// Whether this is a guaranteed job.
    pub fn is_guaranteed(&self) -> bool {
        (self.state == State::WorkingClassJob) & (self.detail() == GUARANTEED)
    }

    /// The class of the ordinary post held, if one is.
    pub fn post_class(&self) -> Option<JobClass> {
        if self.is_guaranteed() { None } else { self.state.job_class() }
    }

    /// Becomes unemployed.
    pub fn seek(&mut self, month: Month) {
        self.enter(State::Unemployed, 0, Month::NEVER, month);
    }

    /// Becomes inactive.
    pub fn withdraw(&mut self, month: Month) {
        let reason = match (self.health(), self.sex(), self.age(month)) {
            (Health::Limited, _, _) => InactiveReason::Health,
            (Health::NotLimited, Sex::Female, 21..) => InactiveReason::Caring,
            (Health::NotLimited, _, _) => InactiveReason::Other,
        };
        self.enter(State::Inactive, reason as u8, Month::NEVER, month);
    }

    /// Leaves the model.
    pub fn go(&mut self, month: Month) {
        self.enter(State::Gone, 0, Month::NEVER, month);
    }

    fn enter(&mut self, state: State, detail: u8, end: Month, month: Month) {
        self.leave_present(month);
        self.landmark = match (self.state.is_neet(), state.is_neet()) {
            (true, true) => self.landmark,
            (false, true) => month,
            (_, false) => end,
        };
        self.state = state;
        self.learned = self.learned & ((1 << DETAIL) - 1) | detail << DETAIL;
        self.since = month;
    }

    /// Books what the present state leaves behind: experience, or months of unemployment.
    fn leave_present(&mut self, month: Month) {
        if self.state.job_class().is_some() || self.state == State::Apprenticeship {
            self.experience += self.months_in_state(month);
        }
        if self.state == State::Unemployed {
            for (band, first_age) in [18u16, 21].into_iter().enumerate() {
                let from = self.since.max(self.birth + first_age * MONTHS_A_YEAR);
                let to = month.min(self.birth + (first_age + 3) * MONTHS_A_YEAR);
                let months = u8::try_from(to.saturating_sub(from)).unwrap_or(u8::MAX);
                self.months_unemployed[band] = self.months_unemployed[band].saturating_add(months);
            }
        }
    }

    /// Months in work, the present job included.
    pub fn months_worked(&self, month: Month) -> u16 {
        let working = self.state.job_class().is_some() || self.state == State::Apprenticeship;
        self.experience + if working { self.months_in_state(month) } else { 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Region;
    use crate::random::Luck;

    fn person() -> Person {
        Person::pupil(Luck::new(1, 1).person(0, 0), Month(1200), Month(1390), Region(0))
    }

    #[test]
    fn months_unemployed_are_booked_by_age() {
        let mut person = person();
        let birthday_20 = person.birth + 240;
        person.seek(birthday_20 + 6);
        person.work(State::WorkingClassJob, birthday_20 + 15);
        assert_eq!(person.months_unemployed, [6, 3]);
    }

    #[test]
    fn a_neet_spell_goes_on_when_somebody_stops_seeking() {
        let mut person = person();
        person.seek(Month(1430));
        person.withdraw(Month(1435));
        assert_eq!(person.months_neet(Month(1440)), 10);
        assert_eq!(person.months_in_state(Month(1440)), 5);
    }

    #[test]
    fn work_counts_as_experience_when_it_ends() {
        let mut person = person();
        person.work(State::WorkingClassJob, Month(1430));
        person.work(State::Professional, Month(1436));
        assert_eq!((person.experience, person.months_worked(Month(1440))), (6, 10));
    }
}
