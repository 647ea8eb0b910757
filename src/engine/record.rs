//! Counting: once a month, everybody, in whole numbers.

use crate::conditions::Condition as C;
use crate::domain::{JobClass, Kind, Level, State};
use crate::engine::flow::{Event, EventKind, Flow};
use crate::engine::pay::log_pay;
use crate::engine::places::Places;
use crate::engine::population::{Chunk, Person};
use crate::engine::tables::Tables;
use crate::engine::tally::{
    MARK_AGES, PAY_AGES, PAY_BIN_WIDTH, PAY_BINS, PAY_FLOOR_LOG, PeriodTally, Standing, Status, VacancyTally,
};
use crate::engine::{FIRST_COUNTED_MONTHS, MONTHS_A_YEAR};

/// What the counting of people looks at.
#[derive(Clone, Copy)]
pub(crate) struct Census<'a> {
    pub tables: &'a Tables,
    /// Log points of productivity over the baseline, by region.
    pub gain: &'a [f64],
    pub month: u16,
}

impl Census<'_> {
    /// Counts everybody in the chunks at the end of the month.
    pub fn count(&self, tally: &mut PeriodTally, chunks: &[Chunk]) {
        for person in chunks.iter().flat_map(|chunk| &chunk.people) {
            let months = self.month - person.birth;
            if person.state == State::Gone || months < FIRST_COUNTED_MONTHS {
                continue;
            }
            let Some(status) = status(person, self.month) else { continue };
            let age = months / MONTHS_A_YEAR;
            let origin = person.reported_origin();
            let cells = tally.cells.of_person(person.region, person.upbringing_region(), origin, person.sex());
            for cell in cells {
                let at = tally.stock_at(cell, age, status);
                tally.stock[at] += 1;
            }
            if months.is_multiple_of(MONTHS_A_YEAR) {
                self.count_birthday(tally, person, cells, age);
            }
        }
    }

    fn count_birthday(&self, tally: &mut PeriodTally, person: &Person, cells: [usize; 3], age: u16) {
        if let (Some(mark), Some(standing)) = (MARK_AGES.iter().position(|mark| *mark == age), standing(person.state)) {
            for cell in cells {
                let at = tally.mark_at(mark, cell, person.qualification(), standing);
                tally.marks[at] += 1;
            }
        }
        if let Some(mark) = PAY_AGES.iter().position(|mark| *mark == age)
            && let Some(pay) = log_pay(person, &self.tables.pay, self.gain, self.month)
        {
            for cell in cells {
                let at = tally.pay_at(mark, cell, pay_bin(pay));
                tally.pay[at] += 1;
            }
        }
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the bins first")]
pub(crate) fn pay_bin(log_pay: f64) -> usize {
    let bin = (log_pay - PAY_FLOOR_LOG) / PAY_BIN_WIDTH;
    (bin.max(0.0) as usize).min(PAY_BINS - 1)
}

fn status(person: &Person, month: u16) -> Option<Status> {
    let is_long = person.months_neet(month) > MONTHS_A_YEAR;
    Some(match person.state {
        State::SixthForm => Status::SixthForm,
        State::FurtherEducation => Status::FurtherEducation,
        State::Apprenticeship => match person.level() {
            Level::Level2 => Status::Apprenticeship2,
            Level::Level3 => Status::Apprenticeship3,
            Level::Level4Plus => Status::Apprenticeship4Plus,
        },
        State::HigherEducation => Status::HigherEducation,
        State::Working => Status::Working,
        State::Intermediate => Status::Intermediate,
        State::Professional => Status::Professional,
        State::Unemployed if is_long => Status::UnemployedLong,
        State::Unemployed => Status::UnemployedShort,
        State::Inactive if is_long => Status::InactiveLong,
        State::Inactive => Status::InactiveShort,
        State::Gone => return None,
    })
}

pub(crate) fn standing(state: State) -> Option<Standing> {
    Some(match state {
        State::SixthForm | State::FurtherEducation | State::Apprenticeship | State::HigherEducation => {
            Standing::Learning
        }
        State::Working => Standing::Working,
        State::Intermediate => Standing::Intermediate,
        State::Professional => Standing::Professional,
        State::Unemployed | State::Inactive => Standing::Neet,
        State::Gone => return None,
    })
}

/// Counts the month's vacancies, seekers and posts held.
pub(crate) fn count_vacancies(tally: &mut PeriodTally, month: &[VacancyTally], places: &Places, seekers: &[i64]) {
    let whole = |count: i64| u64::try_from(count).unwrap_or(0);
    for (at, (sum, now)) in tally.vacancies.iter_mut().zip(month).enumerate() {
        sum.open += now.open;
        sum.filled += now.filled;
        sum.shortage += now.shortage;
        sum.held += whole(places.held[at]);
        if at % JobClass::count() == JobClass::Working as usize {
            sum.seekers += whole(seekers[at / JobClass::count()]);
        }
    }
}

/// Counts the events and moves of a chunk, and the money they cost.
pub(crate) fn count_flow(tally: &mut PeriodTally, flow: &Flow, tables: &Tables, scale: f64) {
    for event in &flow.events {
        count_event(tally, event, tables, scale);
    }
    let regions = tally.cells.regions();
    for (from, to) in &flow.moves {
        tally.moves[from.index() * regions + to.index()] += 1;
    }
}

fn count_event(tally: &mut PeriodTally, event: &Event, tables: &Tables, scale: f64) {
    for cell in event.cells {
        let at = tally.start_at(cell, event.level, event.age_group);
        match event.kind {
            EventKind::ApprenticeshipStart => tally.starts[at] += 1,
            EventKind::ApprenticeshipCompletion => tally.completions[at] += 1,
        }
    }
    if event.kind == EventKind::ApprenticeshipStart {
        let cost = tables.get(C::ApprenticeshipUnitCost, &[event.level as usize]) * scale;
        tally.spend[event.region.index()].apprenticeships_gbp += pounds(cost);
    }
}

/// Counts support given by region, and the money that levers book besides.
pub(crate) fn count_support(tally: &mut PeriodTally, granted: &[i64], tables: &Tables, scale: f64) {
    let unit = tables.get(C::SupportUnitCost, &[]) * scale;
    for (region, spend) in tally.spend.iter_mut().enumerate() {
        spend.support_gbp += pounds(unit) * u64::try_from(granted[region]).unwrap_or(0);
        let booked = tables.conditions.booked_gbp[region];
        let whole = i64::try_from(pounds(booked.abs())).unwrap_or(i64::MAX);
        spend.other_gbp += if booked < 0.0 { -whole } else { whole };
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "money of a month, far below 2^53 pounds")]
fn pounds(amount: f64) -> u64 {
    libm::round(amount.max(0.0)) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pay_falls_into_the_bin_that_holds_it() {
        assert_eq!(pay_bin(PAY_FLOOR_LOG + 0.5 * PAY_BIN_WIDTH), 0);
        assert_eq!(pay_bin(PAY_FLOOR_LOG + 10.5 * PAY_BIN_WIDTH), 10);
        assert_eq!(pay_bin(-5.0), 0);
        assert_eq!(pay_bin(99.0), PAY_BINS - 1);
    }
}
