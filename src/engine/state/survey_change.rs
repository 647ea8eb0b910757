//! What a survey sees of a change.

use super::person::Person;
use crate::calendar::Month;
use crate::domain::{FIRST_AGE, LEAVING_AGE, Qualification, State};
use crate::engine::tally::Cells;
use crate::engine::tally::survey::{Activity, Spell, SurveyTally};

/// What a survey sees of a person's change in a month.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SurveyChange {
    qualification: Qualification,
    from: Option<Spell>,
    to: Option<Activity>,
    cells: [usize; 3],
    /// Age, if they entered higher education.
    entered_at: Option<u16>,
    /// Age, if they moved to another region.
    moved_at: Option<u16>,
}

impl SurveyChange {
    /// The change from `before` to `after`; `None` if there was nothing to see.
    pub fn between(before: &Person, after: &Person, month: Month, cells: Cells) -> Option<Self> {
        let moved = before.region != after.region && after.state != State::Gone;
        let age = after.age(month);
        if (before.state == after.state && !moved) || !(FIRST_AGE..LEAVING_AGE).contains(&age) {
            return None;
        }
        // Whoever leaves learning and finds a job in the same month was never out of work.
        let from = spell(before, month).filter(|_| before.since < month);
        let to = activity(after.state).filter(|to| Some(*to) != activity(before.state));
        let entered = after.state == State::HigherEducation && before.state != State::HigherEducation;
        let (entered_at, moved_at) = (entered.then_some(age), moved.then_some(age));
        // At risk where they lived before.
        let qualification = before.qualification();
        Some(Self { qualification, from, to, cells: cells.of(before), entered_at, moved_at })
    }

    /// Counts the change.
    pub fn count(&self, survey: &mut SurveyTally) {
        if let (Some(from), Some(to)) = (self.from, self.to) {
            for cell in self.cells {
                survey.exits[SurveyTally::exit_at(cell, self.qualification, from, to)] += 1;
            }
        }
        for cell in self.cells {
            if let Some(at) = self.entered_at.and_then(|age| SurveyTally::entry_at(cell, age)) {
                survey.entries[at] += 1;
            }
        }
        if let Some(age) = self.moved_at {
            survey.moves[usize::from(age - FIRST_AGE)] += 1;
        }
    }
}

/// The spell that somebody is in, if a survey asks for it.
pub(crate) fn spell(person: &Person, month: Month) -> Option<Spell> {
    match person.state {
        State::Apprenticeship | State::WorkingClassJob | State::Intermediate | State::Professional => {
            Some(Spell::Employed)
        }
        State::Unemployed => Some(match person.months_neet(month) {
            0..3 => Spell::UnemployedUnder3,
            3..=12 => Spell::Unemployed3To12,
            13..=24 => Spell::Unemployed12To24,
            _ => Spell::UnemployedOver24,
        }),
        State::Inactive => Some(Spell::Inactive),
        State::SixthForm | State::FurtherEducation | State::HigherEducation | State::Gone => None,
    }
}

fn activity(state: State) -> Option<Activity> {
    match state {
        State::SixthForm | State::FurtherEducation | State::HigherEducation => Some(Activity::Learning),
        State::Apprenticeship | State::WorkingClassJob | State::Intermediate | State::Professional => {
            Some(Activity::Employed)
        }
        State::Unemployed => Some(Activity::Unemployed),
        State::Inactive => Some(Activity::Inactive),
        State::Gone => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::MONTHS_A_YEAR;
    use crate::domain::Region;
    use crate::engine::tally::Slice;
    use crate::random::Luck;

    const MONTH: Month = Month(1500);

    fn person(age: u16) -> Person {
        Person::pupil(Luck::new(1, 1).person(0, 0), MONTH - age * MONTHS_A_YEAR - 1, MONTH - 100, Region(0))
    }

    fn counted(before: &Person, after: &Person) -> SurveyTally {
        let mut survey = SurveyTally::new(Cells::new(2));
        if let Some(change) = SurveyChange::between(before, after, MONTH, Cells::new(2)) {
            change.count(&mut survey);
        }
        survey
    }

    #[test]
    fn a_job_found_after_a_year_out_of_work_is_an_exit_of_that_spell() {
        let mut before = person(22);
        before.seek(MONTH - 13);
        let mut after = before;
        after.work(State::WorkingClassJob, MONTH);
        let survey = counted(&before, &after);
        let cell = Cells::new(2).of_slice(Slice::Residence(Region(0)))[0];
        let at = SurveyTally::exit_at(cell, Qualification::BelowLevel2, Spell::Unemployed12To24, Activity::Employed);
        assert_eq!((survey.exits[at], survey.exits.iter().sum::<u32>()), (1, 3));
    }

    #[test]
    fn a_job_found_in_the_month_of_leaving_learning_ends_no_unemployment() {
        let mut before = person(18);
        before.seek(MONTH);
        let mut after = before;
        after.work(State::WorkingClassJob, MONTH);
        assert_eq!(counted(&before, &after).exits.iter().sum::<u32>(), 0);
    }

    #[test]
    fn moves_are_counted_at_their_age_whether_or_not_the_state_changes() {
        let mut before = person(25);
        before.seek(MONTH - 3);
        let mut after = before;
        after.region = Region(1);
        let survey = counted(&before, &after);
        assert_eq!((survey.moves[9], survey.exits.iter().sum::<u32>()), (1, 0));
        after.go(MONTH);
        assert_eq!(counted(&before, &after).moves[9], 0);
    }

    #[test]
    fn a_change_of_job_is_no_exit_from_employment() {
        let mut before = person(25);
        before.work(State::WorkingClassJob, MONTH - 3);
        let mut after = before;
        after.work(State::Professional, MONTH);
        assert_eq!(counted(&before, &after).exits.iter().sum::<u32>(), 0);
    }
}
