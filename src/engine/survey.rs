//! Taking the survey: four looks a year at everybody, and every change between spells.

use crate::domain::{FIRST_AGE, LEAVING_AGE, Qualification, State};
use crate::engine::MONTHS_A_YEAR;
use crate::engine::pay::log_pay;
use crate::engine::population::{Chunk, Person};
use crate::engine::record::{Census, pay_bin, standing, status};
use crate::engine::tally::survey::{Activity, DESTINATION_YEARS, SURVEY_AGES, SURVEY_MONTHS, Spell, SurveyTally};
use crate::engine::tally::{Cells, PeriodTally, Status};

/// What a survey sees of a person's change in a month.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Change {
    qualification: Qualification,
    from: Option<Spell>,
    to: Option<Activity>,
    cells: [usize; 3],
    entered: bool,
    moved: bool,
    age: u16,
}

impl Change {
    /// The change from `before` to `after`; `None` if there was nothing to see.
    pub fn between(before: &Person, after: &Person, month: u16, regions: usize) -> Option<Self> {
        let moved = before.region != after.region && after.state != State::Gone;
        let age = after.age(month);
        if (before.state == after.state && !moved) || !(FIRST_AGE..LEAVING_AGE).contains(&age) {
            return None;
        }
        // Whoever leaves learning and finds a job in the same month was never out of work.
        let from = spell(before, month).filter(|_| before.since < month);
        let to = activity(after.state).filter(|to| Some(*to) != activity(before.state));
        let entered = after.state == State::HigherEducation && before.state != State::HigherEducation;
        let (upbringing, origin) = (before.upbringing_region(), before.reported_origin());
        // At risk where they lived before.
        let cells = Cells::new(regions).of_person(before.region, upbringing, origin, before.sex());
        Some(Self { qualification: before.qualification(), from, to, cells, entered, moved, age })
    }

    /// Counts the change.
    pub fn count(&self, survey: &mut SurveyTally) {
        if let (Some(from), Some(to)) = (self.from, self.to) {
            for cell in self.cells {
                survey.exits[SurveyTally::exit_at(cell, self.qualification, from, to)] += 1;
            }
        }
        for cell in self.cells.into_iter().filter(|_| self.entered) {
            if let Some(at) = SurveyTally::entry_at(cell, self.age) {
                survey.entries[at] += 1;
            }
        }
        survey.moves[usize::from(self.age - FIRST_AGE)] += u32::from(self.moved);
    }
}

/// Looks at everybody, if this is a month of the survey.
pub(crate) fn take(census: &Census<'_>, tally: &mut PeriodTally, chunks: &[Chunk]) {
    if !census.month.is_multiple_of(SURVEY_MONTHS) {
        return;
    }
    for person in chunks.iter().flat_map(|chunk| &chunk.people) {
        let months = census.month - person.birth;
        if person.state == State::Gone || months < FIRST_AGE * MONTHS_A_YEAR {
            continue;
        }
        let origin = person.reported_origin();
        let cells = tally.cells.of_person(person.region, person.upbringing_region(), origin, person.sex());
        if let Some(spell) = spell(person, census.month) {
            for cell in cells {
                let at = SurveyTally::spell_at(cell, person.qualification(), spell);
                tally.survey.at_risk[at] += u32::from(SURVEY_MONTHS);
            }
        }
        if let Some((stage, status)) = destination(person, census.month) {
            for cell in cells {
                let at = SurveyTally::destination_at(tally.cells, stage, cell, status);
                tally.survey.destinations[at] += 1;
            }
        }
        let group = SURVEY_AGES.iter().position(|ages| ages.contains(&(months / MONTHS_A_YEAR)));
        if let Some(group) = group.filter(|_| months % MONTHS_A_YEAR < SURVEY_MONTHS) {
            ask(census, tally, person, cells, group);
        }
    }
}

/// Stage and status of a person who is in a January of destinations.
fn destination(person: &Person, month: u16) -> Option<(usize, Status)> {
    if !month.is_multiple_of(MONTHS_A_YEAR) {
        return None;
    }
    // The academic year of somebody born from September on ends in the summer of the year in which they are 17.
    let left_school = (person.birth + 4) / MONTHS_A_YEAR + FIRST_AGE;
    let years = (month / MONTHS_A_YEAR).checked_sub(left_school)?;
    let stage = DESTINATION_YEARS.iter().position(|wanted| *wanted == years)?;
    Some((stage, status(person, month)?))
}

/// Asks a person for qualification and pay.
fn ask(census: &Census<'_>, tally: &mut PeriodTally, person: &Person, cells: [usize; 3], group: usize) {
    let all = tally.cells;
    let Some(standing) = standing(person.state) else { return };
    let pay = log_pay(person, &census.tables.pay, census.gain, census.month);
    for cell in cells {
        tally.survey.people[SurveyTally::person_at(all, group, cell, person.qualification(), standing)] += 1;
        if let Some(pay) = pay {
            tally.survey.pay[SurveyTally::pay_at(all, group, cell, pay_bin(pay))] += 1;
        }
    }
}

fn spell(person: &Person, month: u16) -> Option<Spell> {
    match person.state {
        State::Apprenticeship | State::Working | State::Intermediate | State::Professional => Some(Spell::Employed),
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
        State::Apprenticeship | State::Working | State::Intermediate | State::Professional => Some(Activity::Employed),
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
        if let Some(change) = Change::between(before, after, MONTH, 2) {
            change.count(&mut survey);
        }
        survey
    }

    #[test]
    fn a_job_found_after_a_year_out_of_work_is_an_exit_of_that_spell() {
        let mut before = person(22);
        before.seek(MONTH - 13);
        let mut after = before;
        after.work(State::Working, MONTH);
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
        after.work(State::Working, MONTH);
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
            let stage = |year: u16, month: u16| destination(&somebody, year * 12 + month).map(|found| found.0);
            assert_eq!([2017, 2018, 2019, 2020].map(|year| stage(year, 0)), [None, Some(0), None, Some(1)]);
            assert_eq!(stage(2018, 3), None);
        }
    }

    #[test]
    fn a_change_of_job_is_no_exit_from_employment() {
        let mut before = person(25);
        before.work(State::Working, MONTH - 3);
        let mut after = before;
        after.work(State::Professional, MONTH);
        assert_eq!(counted(&before, &after).exits.iter().sum::<u32>(), 0);
    }
}
