//! Taking the survey: four looks a year at everybody, and every change between spells.

use crate::calendar::MONTHS_A_YEAR;
use crate::domain::{FIRST_AGE, LEAVING_AGE, Qualification, State};
use crate::engine::events::pay::log_pay;
use crate::engine::parallel::FEW_CHUNKS;
use crate::engine::rates::tables::Tables;
use crate::engine::state::chunk::Chunk;
use crate::engine::state::flow;
use crate::engine::state::person::Person;
use crate::engine::tally::survey::{Activity, DESTINATION_YEARS, SURVEY_AGES, SURVEY_MONTHS, Spell, SurveyTally};
use crate::engine::tally::{Cells, FIRST_COUNTED_MONTHS, Standing, Status, pay_bin};
use rayon::prelude::*;

/// What a survey sees of a person's change in a month.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Change {
    qualification: Qualification,
    from: Option<Spell>,
    to: Option<Activity>,
    cells: [usize; 3],
    /// Age, if they entered higher education.
    entered_at: Option<u16>,
    /// Age, if they moved to another region.
    moved_at: Option<u16>,
}

impl Change {
    /// The change from `before` to `after`; `None` if there was nothing to see.
    pub fn between(before: &Person, after: &Person, month: u16, cells: Cells) -> Option<Self> {
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

/// What the survey looks at.
#[derive(Clone, Copy)]
pub(crate) struct SurveyView<'a> {
    pub tables: &'a Tables,
    /// Log points of productivity over the baseline, by region.
    pub gain: &'a [f64],
    pub month: u16,
}

impl SurveyView<'_> {
    /// Looks at everybody, if this is a month of the survey.
    pub fn take(&self, survey: &mut SurveyTally, chunks: &[Chunk], cells: Cells) {
        if !self.month.is_multiple_of(SURVEY_MONTHS) {
            return;
        }
        if chunks.len() < FEW_CHUNKS {
            chunks.iter().for_each(|chunk| self.look(chunk, cells, survey));
            return;
        }
        let looked = |mut survey, chunk: &Chunk| {
            self.look(chunk, cells, &mut survey);
            survey
        };
        let parts = chunks.par_iter().fold(|| SurveyTally::new(cells), looked);
        if let Some(sum) = parts.reduce_with(|mut sum, more| {
            sum.add(&more);
            sum
        }) {
            survey.add(&sum);
        }
    }

    fn look(&self, chunk: &Chunk, all: Cells, survey: &mut SurveyTally) {
        for person in &chunk.people {
            let months = self.month - person.birth;
            if person.has_gone() || months < FIRST_COUNTED_MONTHS {
                continue;
            }
            let cells = all.of(person);
            if let Some(spell) = spell(person, self.month) {
                for cell in cells {
                    let at = SurveyTally::spell_at(cell, person.qualification(), spell);
                    survey.at_risk[at] += u32::from(SURVEY_MONTHS);
                }
            }
            if let Some((stage, status)) = destination(person, all, self.month) {
                for cell in cells {
                    survey.destinations[SurveyTally::destination_at(all, stage, cell, status)] += 1;
                }
            }
            let group = SURVEY_AGES.iter().position(|ages| ages.contains(&(months / MONTHS_A_YEAR)));
            if let Some(group) = group.filter(|_| months % MONTHS_A_YEAR < SURVEY_MONTHS) {
                self.ask(person, all, cells, group, survey);
            }
        }
    }

    /// Asks a person for qualification and pay.
    fn ask(&self, person: &Person, all: Cells, cells: [usize; 3], group: usize, survey: &mut SurveyTally) {
        let Some(standing) = Standing::of(person.state) else { return };
        let pay = log_pay(person, &self.tables.of(person, self.month).pay, self.gain, self.month);
        for cell in cells {
            survey.people[SurveyTally::person_at(all, group, cell, person.qualification(), standing)] += 1;
            if let Some(pay) = pay {
                survey.pay[SurveyTally::pay_at(all, group, cell, pay_bin(pay))] += 1;
            }
        }
    }
}

/// Stage and status of a person who is in a January of destinations.
fn destination(person: &Person, cells: Cells, month: u16) -> Option<(usize, Status)> {
    if !month.is_multiple_of(MONTHS_A_YEAR) {
        return None;
    }
    // The academic year of somebody born from September on ends in the summer of the year in which they are 17.
    let left_school = (person.birth + 4) / MONTHS_A_YEAR + FIRST_AGE;
    let years = (month / MONTHS_A_YEAR).checked_sub(left_school)?;
    let stage = DESTINATION_YEARS.iter().position(|wanted| *wanted == years)?;
    Some((stage, flow::Spell::of(person, cells, 0, month).status(month).0))
}

fn spell(person: &Person, month: u16) -> Option<Spell> {
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
    use crate::domain::Region;
    use crate::engine::tally::Slice;
    use crate::random::Luck;

    const MONTH: u16 = 1500;

    fn person(age: u16) -> Person {
        Person::pupil(Luck::new(1, 1).person(0, 0), MONTH - age * MONTHS_A_YEAR - 1, MONTH - 100, Region(0))
    }

    fn counted(before: &Person, after: &Person) -> SurveyTally {
        let mut survey = SurveyTally::new(Cells::new(2));
        if let Some(change) = Change::between(before, after, MONTH, Cells::new(2)) {
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
    fn destinations_are_those_of_the_first_and_third_january_after_compulsory_schooling() {
        // Born in September 2000 or August 2001: school ends in the summer of 2017.
        for birth in [2000 * 12 + 8, 2001 * 12 + 7] {
            let somebody = Person::pupil(Luck::new(1, 1).person(0, 0), birth, MONTH, Region(0));
            let stage =
                |year: u16, month: u16| destination(&somebody, Cells::new(2), year * 12 + month).map(|found| found.0);
            assert_eq!([2017, 2018, 2019, 2020].map(|year| stage(year, 0)), [None, Some(0), None, Some(1)]);
            assert_eq!(stage(2018, 3), None);
        }
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
