//! Taking the survey: four looks a year at everybody, and every change between spells.

use super::view::MonthView;
use crate::calendar::{MONTHS_A_YEAR, Month};
use crate::domain::FIRST_AGE;
use crate::engine::parallel::FEW_CHUNKS;
use crate::engine::state::chunk::Chunk;
use crate::engine::state::person::{Person, cohort_of};
use crate::engine::state::status_spell::StatusSpell;
use crate::engine::state::survey_change::spell;
use crate::engine::tally::survey::{DESTINATION_YEARS, SURVEY_AGES, SURVEY_MONTHS, SurveyTally};
use crate::engine::tally::{Cells, FIRST_COUNTED_MONTHS, Standing, Status, pay_bin};
use rayon::prelude::*;

/// Looks at everybody, if this is a month of the survey.
pub(crate) fn take(view: &MonthView<'_>, survey: &mut SurveyTally, cells: Cells) {
    if !view.month.0.is_multiple_of(SURVEY_MONTHS) {
        return;
    }
    let chunks = view.chunks;
    if chunks.len() < FEW_CHUNKS {
        chunks.iter().for_each(|chunk| look(view, chunk, cells, survey));
        return;
    }
    let looked = |mut survey, chunk: &Chunk| {
        look(view, chunk, cells, &mut survey);
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

fn look(view: &MonthView<'_>, chunk: &Chunk, all: Cells, survey: &mut SurveyTally) {
    for person in &chunk.people {
        let months = view.month - person.birth;
        if person.has_gone() || months < FIRST_COUNTED_MONTHS {
            continue;
        }
        let cells = all.of(person);
        if let Some(spell) = spell(person, view.month) {
            for cell in cells {
                let at = SurveyTally::spell_at(cell, person.qualification(), spell);
                survey.at_risk[at] += u32::from(SURVEY_MONTHS);
            }
        }
        if let Some((stage, status)) = destination(person, all, view.month) {
            for cell in cells {
                survey.destinations[SurveyTally::destination_at(all, stage, cell, status)] += 1;
            }
        }
        let group = SURVEY_AGES.iter().position(|ages| ages.contains(&(months / MONTHS_A_YEAR)));
        if let Some(group) = group.filter(|_| months % MONTHS_A_YEAR < SURVEY_MONTHS) {
            ask(view, person, all, cells, group, survey);
        }
    }
}

/// Asks a person for qualification and pay.
fn ask(view: &MonthView<'_>, person: &Person, all: Cells, cells: [usize; 3], group: usize, survey: &mut SurveyTally) {
    let Some(standing) = Standing::of(person.state) else { return };
    let pay = view.log_pay(person);
    for cell in cells {
        survey.people[SurveyTally::person_at(all, group, cell, person.qualification(), standing)] += 1;
        if let Some(pay) = pay {
            survey.pay[SurveyTally::pay_at(all, group, cell, pay_bin(pay))] += 1;
        }
    }
}

/// Stage and status of a person who is in a January of destinations.
fn destination(person: &Person, cells: Cells, month: Month) -> Option<(usize, Status)> {
    if !month.0.is_multiple_of(MONTHS_A_YEAR) {
        return None;
    }
    // The academic year of somebody born from September on ends in the summer of the year in which they are 17.
    let left_school = cohort_of(person.birth) + FIRST_AGE;
    let years = (month.0 / MONTHS_A_YEAR).checked_sub(left_school)?;
    let stage = DESTINATION_YEARS.iter().position(|wanted| *wanted == years)?;
    Some((stage, StatusSpell::of(person, cells, Month::FIRST, month).status(month).0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Region;
    use crate::random::Luck;

    const MONTH: Month = Month(1500);

    #[test]
    fn destinations_are_those_of_the_first_and_third_january_after_compulsory_schooling() {
        // Born in September 2000 or August 2001: school ends in the summer of 2017.
        for birth in [Month(2000 * 12 + 8), Month(2001 * 12 + 7)] {
            let somebody = Person::pupil(Luck::new(1, 1).person(0, 0), birth, MONTH, Region(0));
            let stage = |year: u16, month: u16| {
                destination(&somebody, Cells::new(2), Month(year * 12 + month)).map(|found| found.0)
            };
            assert_eq!([2017, 2018, 2019, 2020].map(|year| stage(year, 0)), [None, Some(0), None, Some(1)]);
            assert_eq!(stage(2018, 3), None);
        }
    }
}
