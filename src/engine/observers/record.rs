//! Counting, in whole numbers: spells when they end, everybody when a period does.

use crate::calendar::{MONTHS_A_YEAR, Month};
use crate::conditions::apprenticeships;
use crate::domain::{FIRST_AGE, JobClass, Kind, State};
use crate::engine::events::pay::log_pay;
use crate::engine::exchange::context::MonthContext;
use crate::engine::exchange::requests::Requests;
use crate::engine::parallel::FEW_CHUNKS;
use crate::engine::rates::tables::Tables;
use crate::engine::state::chunk::Chunk;
use crate::engine::state::flow::{ApprenticeshipEvent, ApprenticeshipEventKind, Birthday, Flow};
use crate::engine::state::person::{Person, cohort_of};
use crate::engine::state::status_spell::StatusSpell;
use crate::engine::state::stocks::RegionalStocks;
use crate::engine::tally::survey::SurveyTally;
use crate::engine::tally::{
    Cells, FIRST_COUNTED_MONTHS, MARK_AGES, PAY_AGES, PeriodTally, Standing, Status, VacancyTally, add, pay_bin,
};
use rayon::prelude::*;

/// What happened in a month.
pub(crate) struct MonthRecord<'a> {
    /// What the people of each chunk asked for, and what changed with them.
    pub requests: &'a [Requests],
    pub stocks: &'a RegionalStocks,
    /// What became of vacancies, by region and class.
    pub vacancies: &'a [VacancyTally],
    /// Unemployed people by region before markets were done.
    pub seekers: &'a [i64],
    /// What was paid for support by region (GBP for each agent's one person).
    pub support_gbp: &'a [f64],
    /// What was paid to or for people besides.
    pub other_gbp: &'a [f64],
}

/// Counts what happened in a month.
pub(crate) fn count(tally: &mut PeriodTally, month: &MonthRecord<'_>, tables: &Tables, scale: f64) {
    count_flows(tally, month.requests, tables, scale);
    count_spending(tally, month, tables, scale);
    count_vacancies(tally, month);
}

/// Counts the months of one spell by age and status.
fn count_spell(stock: &mut [u32], cells: Cells, spell: &StatusSpell) {
    let offsets = spell.cells.map(|cell| cells.stock_at(cell, FIRST_AGE, Status::SixthForm));
    let mut at = spell.from.max(spell.birth + FIRST_COUNTED_MONTHS);
    while at < spell.to {
        let age = (at - spell.birth) / MONTHS_A_YEAR;
        let birthday = spell.birth + (age + 1) * MONTHS_A_YEAR;
        let (status, until) = spell.status(at);
        let end = spell.to.min(birthday).min(until);
        let first = cells.stock_at(0, age, status);
        for offset in offsets {
            stock[first + offset] += u32::from(end - at);
        }
        at = end;
    }
}

/// Counts the months of spells that go on at the end of a period.
pub(crate) fn close(tally: &mut PeriodTally, chunks: &[Chunk], end: Month) {
    let (cells, since) = (tally.cells, tally.start);
    let count = |stock: &mut Vec<u32>, chunk: &Chunk| {
        for person in chunk.people.iter().filter(|person| person.state != State::Gone) {
            count_spell(stock, cells, &StatusSpell::of(person, cells, since, end));
        }
    };
    if chunks.len() < FEW_CHUNKS {
        chunks.iter().for_each(|chunk| count(&mut tally.stock, chunk));
        return;
    }
    let none = || vec![0; tally.stock.len()];
    let counted = |mut stock, chunk: &Chunk| {
        count(&mut stock, chunk);
        stock
    };
    let both = |mut sum: Vec<u32>, more: Vec<u32>| {
        add(&mut sum, &more);
        sum
    };
    if let Some(stock) = chunks.par_iter().fold(none, counted).reduce_with(both) {
        add(&mut tally.stock, &stock);
    }
}

/// What is counted of the people of a chunk who have one of [`MARK_AGES`] this month.
pub(crate) fn note_birthdays(context: &MonthContext<'_>, chunk: &Chunk, flow: &mut Flow) {
    for (mark, age) in MARK_AGES.iter().enumerate() {
        let birth = context.month - age * MONTHS_A_YEAR;
        if cohort_of(birth) == chunk.cohort {
            for person in chunk.people.iter().filter(|person| person.birth == birth) {
                flow.birthdays.extend(birthday(context, flow.cells(), person, mark));
            }
        }
    }
}

fn birthday(context: &MonthContext<'_>, cells: Cells, person: &Person, mark: usize) -> Option<Birthday> {
    let standing = Standing::of(person.state)?;
    let pay_at = PAY_AGES.iter().position(|age| *age == MARK_AGES[mark]);
    let bin = |_: &usize| {
        log_pay(person, &context.rates.of(person, context.month).pay, &context.offers.productivity_gain, context.month)
            .map(pay_bin)
    };
    let pay = pay_at.and_then(|at| Some((at, bin(&at)?)));
    Some(Birthday { mark, cells: cells.of(person), qualification: person.qualification(), standing, pay })
}

/// Counts the month's vacancies, seekers and posts held.
fn count_vacancies(tally: &mut PeriodTally, month: &MonthRecord<'_>) {
    let whole = |count: i64| u64::try_from(count).unwrap_or(0);
    for (at, (sum, now)) in tally.vacancies.iter_mut().zip(month.vacancies).enumerate() {
        sum.open += now.open;
        sum.filled += now.filled;
        sum.shortage += now.shortage;
        sum.held += whole(month.stocks.held[at]);
        if at % JobClass::count() == JobClass::Working as usize {
            sum.seekers += whole(month.seekers[at / JobClass::count()]);
        }
    }
}

/// The fewest by_chunk that are counted together.
const OUTBOXES_TOGETHER: usize = 32;

/// Counts what happened in all chunks, and the money it costs.
fn count_flows(tally: &mut PeriodTally, by_chunk: &[Requests], tables: &Tables, scale: f64) {
    if by_chunk.len() < FEW_CHUNKS {
        by_chunk.iter().for_each(|requests| count_flow(tally, &requests.flow, tables, scale));
        return;
    }
    let none = || {
        let survey = tally.survey.as_ref().map(|_| SurveyTally::new(tally.cells));
        PeriodTally { survey, ..PeriodTally::new(tally.start, tally.cells) }
    };
    let count = |mut counted, requests: &Requests| {
        count_flow(&mut counted, &requests.flow, tables, scale);
        counted
    };
    let both = |mut sum: PeriodTally, more: PeriodTally| {
        sum.add_flows(&more);
        sum
    };
    let parts = by_chunk.par_iter().with_min_len(OUTBOXES_TOGETHER).fold(none, count);
    if let Some(counted) = parts.reduce_with(both) {
        tally.add_flows(&counted);
    }
}

/// Counts what happened in a chunk, and the money it costs.
fn count_flow(tally: &mut PeriodTally, flow: &Flow, tables: &Tables, scale: f64) {
    let cells = tally.cells;
    for spell in &flow.spells {
        count_spell(&mut tally.stock, cells, spell);
    }
    for event in &flow.events {
        count_event(tally, event, tables, scale);
    }
    if let Some(survey) = &mut tally.survey {
        flow.changes.iter().for_each(|change| change.count(survey));
    }
    for (from, to) in &flow.moves {
        tally.moves[from.index() * cells.regions() + to.index()] += 1;
    }
    for birthday in &flow.birthdays {
        count_birthday(tally, birthday);
    }
}

fn count_birthday(tally: &mut PeriodTally, birthday: &Birthday) {
    for cell in birthday.cells {
        let at = tally.mark_at(birthday.mark, cell, birthday.qualification, birthday.standing);
        tally.marks[at] += 1;
        if let Some((age, bin)) = birthday.pay {
            let at = tally.pay_at(age, cell, bin);
            tally.pay[at] += 1;
        }
    }
}

fn count_event(tally: &mut PeriodTally, event: &ApprenticeshipEvent, tables: &Tables, scale: f64) {
    for cell in event.cells {
        let at = tally.start_at(cell, event.level, event.age_group);
        match event.kind {
            ApprenticeshipEventKind::Start => tally.starts[at] += 1,
            ApprenticeshipEventKind::Completion => tally.completions[at] += 1,
        }
    }
    if event.kind == ApprenticeshipEventKind::Start {
        let cost = tables.get(apprenticeships::APPRENTICESHIP_UNIT_COST, event.level) * scale;
        tally.spend[event.region.index()].apprenticeships_gbp += pounds(cost);
    }
}

/// Counts what was paid, and what levers book besides.
fn count_spending(tally: &mut PeriodTally, month: &MonthRecord<'_>, tables: &Tables, scale: f64) {
    for (region, spend) in tally.spend.iter_mut().enumerate() {
        spend.support_gbp += pounds(month.support_gbp[region] * scale);
        for gbp in [month.other_gbp[region] * scale, tables.conditions.booked_gbp[region]] {
            let whole = i64::try_from(pounds(gbp.abs())).unwrap_or(i64::MAX);
            spend.other_gbp += if gbp < 0.0 { -whole } else { whole };
        }
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "money of a month, far below 2^53 pounds")]
fn pounds(amount: f64) -> u64 {
    libm::round(amount.max(0.0)) as u64
}
