//! Transitions: what happens to each person who is due, and what they ask for.

use crate::calendar::{MONTHS_A_YEAR, Month};
use crate::domain::{Clock, LEAVING_AGE, Seeker, State};
use crate::engine::events::competing_risks::{look_ahead, search_again};
use crate::engine::exchange::allocation::Allocation;
use crate::engine::exchange::context::MonthContext;
use crate::engine::exchange::requests::{Applicant, BATCH, Requests};
use crate::engine::observers::record;
use crate::engine::parallel::FEW_CHUNKS;
use crate::engine::plan::Survey;
use crate::engine::state::chunk::Chunk;
use crate::engine::state::flow::{ApprenticeshipEventKind, Flow};
use crate::engine::state::person::Person;
use crate::engine::state::posts::post;
use crate::engine::state::stocks::RegionalStocks;
use crate::engine::state::survey_change::SurveyChange;
use crate::engine::submodels::{apprenticeships, courses, education, guarantee, hiring, job_search, moves, support};
use rayon::prelude::*;

/// The month of everybody who is due.
pub(crate) fn advance(
    context: &MonthContext<'_>,
    chunks: &mut [Chunk],
    by_chunk: &mut [Requests],
    stocks: &mut RegionalStocks,
) {
    if chunks.len() < FEW_CHUNKS {
        chunks.iter_mut().zip(&mut *by_chunk).for_each(|(chunk, requests)| advance_chunk(context, chunk, requests));
    } else {
        let pairs = (chunks, &mut *by_chunk).into_par_iter();
        pairs.for_each(|(chunk, requests)| advance_chunk(context, chunk, requests));
    }
    by_chunk.iter().for_each(|requests| stocks.take_over(&requests.flow));
}

/// Hands out what the markets gave.
pub(crate) fn apply_allocations(
    context: &MonthContext<'_>,
    chunks: &mut [Chunk],
    by_chunk: &mut [Requests],
    allocations: &mut [Vec<(u16, Allocation)>],
    stocks: &mut RegionalStocks,
) {
    let apply = |((chunk, requests), given): ((&mut Chunk, &mut Requests), &mut Vec<(u16, Allocation)>)| {
        apply_to_chunk(context, chunk, requests, given);
    };
    if chunks.len() < FEW_CHUNKS {
        chunks.iter_mut().zip(&mut *by_chunk).zip(allocations).for_each(apply);
    } else {
        chunks.par_iter_mut().zip(&mut *by_chunk).zip(allocations).for_each(apply);
    }
    by_chunk.iter().for_each(|requests| stocks.take_over(&requests.flow));
}

/// The month of all people of a chunk who are due. Those who wait for nobody's answer look ahead at once.
fn advance_chunk(context: &MonthContext<'_>, chunk: &mut Chunk, requests: &mut Requests) {
    requests.clear();
    let mut due = std::mem::take(&mut requests.due);
    chunk.due(context.month, &mut due);
    if context.may_be_stale {
        due.retain(|at| is_due(context, chunk, usize::from(*at)));
    }
    chunk.set_seekers_apart(context.month, &mut due, &mut requests.seeking);
    let seeking = std::mem::take(&mut requests.seeking);
    for batch in seeking.chunks(job_search::ABREAST) {
        let applicant =
            |at: &u16| Applicant { at: *at, seeker: Seeker::Unemployed, person: chunk.people[usize::from(*at)] };
        requests.applicants.extend(batch.iter().map(applicant));
        job_search::send(context, requests);
    }
    requests.seeking = seeking;
    let mut records = std::mem::take(&mut requests.records);
    for batch in due.chunks(BATCH) {
        fetch(chunk, batch, &mut records);
        for (at, before) in batch.iter().zip(&records) {
            let mut person = *before;
            let asked = requests.asked();
            step(&context.of(before), *at, &mut person, requests);
            settle(context, before, &mut person, &mut requests.flow);
            let at_index = usize::from(*at);
            chunk.present -= usize::from(person.state == State::Gone);
            if requests.asked() == asked {
                look_ahead(chunk, at_index, context.rates, &mut person, context.month + 1);
            } else {
                requests.waiting.push(*at);
            }
            chunk.people[at_index] = person;
        }
        if requests.applicants.len() >= job_search::ABREAST {
            job_search::send(context, requests);
        }
    }
    (requests.due, requests.records) = (due, records);
    job_search::send(context, requests);
}

/// Copies records that lie far apart: fetching several at once lets their cache misses overlap.
fn fetch(chunk: &Chunk, batch: &[u16], records: &mut Vec<Person>) {
    records.clear();
    records.extend(batch.iter().map(|at| chunk.people[usize::from(*at)]));
}

/// Hands out what the markets gave, and looks ahead for those who waited for it.
fn apply_to_chunk(
    context: &MonthContext<'_>,
    chunk: &mut Chunk,
    requests: &mut Requests,
    allocations: &mut Vec<(u16, Allocation)>,
) {
    requests.flow.clear_stocks();
    for batch in allocations.chunks(BATCH) {
        // One person may be given two things, so records are only brought near here, not copied.
        for (at, _) in batch {
            std::hint::black_box(chunk.people[usize::from(*at)].state);
        }
        for (at, allocation) in batch {
            apply(context, &mut chunk.people[usize::from(*at)], *allocation, &mut requests.flow);
        }
    }
    allocations.clear();
    let records = &mut requests.records;
    for batch in requests.waiting.chunks(BATCH) {
        fetch(chunk, batch, records);
        for (at, person) in batch.iter().map(|at| usize::from(*at)).zip(&mut *records) {
            look_ahead(chunk, at, context.rates, person, context.month + 1);
            chunk.people[at].occurrence = person.occurrence;
        }
    }
    for batch in requests.seeking.chunks(BATCH) {
        fetch(chunk, batch, records);
        for (at, person) in batch.iter().map(|at| usize::from(*at)).zip(&mut *records) {
            let until = if person.state == State::Unemployed { chunk.alone_until[at] } else { Month::FIRST };
            match search_again(person, context.rates, context.month + 1, until) {
                Some(month) => chunk.wake[at] = month,
                None => {
                    look_ahead(chunk, at, context.rates, person, until.max(context.month + 1));
                    chunk.people[at].occurrence = person.occurrence;
                }
            }
        }
    }
    if context.counted_since != Month::NEVER {
        record::note_birthdays(context, chunk, &mut requests.flow);
    }
}

/// Gives somebody what a market decided.
fn apply(context: &MonthContext<'_>, person: &mut Person, allocation: Allocation, flow: &mut Flow) {
    let before = *person;
    let own = context.of(person);
    match allocation {
        Allocation::Job(region, class) => {
            hiring::pay_for_hire(&own, person, region, class, flow);
            hiring::take(person, region, class, context.month);
        }
        Allocation::Post(region, class) => hiring::take(person, region, class, context.month),
        Allocation::Apprenticeship(level) => {
            apprenticeships::begin(&own, person, level);
            flow.note(ApprenticeshipEventKind::Start, person, level, context.month);
        }
        Allocation::Refusal => education::refused(&own, person, flow),
        Allocation::Course(programme) => education::admit(&own, person, programme, flow),
        Allocation::Instead(step) => education::go_on(&own, person, step, flow),
        Allocation::Support => person.support_start = context.month,
        Allocation::GuaranteedJob => guarantee::begin(&own, person),
    }
    settle(context, &before, person, flow);
}

/// Whether somebody who was said to be due is so; people in work look ahead again, as hazards now stand.
fn is_due(context: &MonthContext<'_>, chunk: &mut Chunk, at: usize) -> bool {
    let mut person = chunk.people[at];
    if person.state.job_class().is_some() {
        look_ahead(chunk, at, context.rates, &mut person, context.month);
        chunk.people[at] = person;
    }
    chunk.wake[at] == context.month
}

/// Books a change of a person.
fn settle(context: &MonthContext<'_>, before: &Person, person: &mut Person, flow: &mut Flow) {
    flow.replace(before, person, context.month, context.counted_since);
    if context.survey == Survey::Taken {
        flow.changes.extend(SurveyChange::between(before, person, context.month, flow.cells()));
    }
}

/// What a person does who is due.
fn step(context: &MonthContext<'_>, at: u16, person: &mut Person, requests: &mut Requests) {
    if context.month >= person.birth + LEAVING_AGE * MONTHS_A_YEAR {
        if let Some(class) = person.post_class() {
            requests.flow.to_older[post(person.region, class)] += 1;
        }
        return person.go(context.month);
    }
    if context.month == person.end() {
        return match person.state {
            State::Apprenticeship => apprenticeships::finish(context, at, person, requests),
            State::WorkingClassJob => guarantee::finish(context, at, person, requests),
            State::SixthForm
            | State::FurtherEducation
            | State::HigherEducation
            | State::Intermediate
            | State::Professional
            | State::Unemployed
            | State::Inactive
            | State::Gone => education::finish(context, at, person, requests),
        };
    }
    let occurrence = person.occurrence;
    match occurrence.own() {
        Some(Clock::Move) if person.state.is_neet() => moves::move_away(context, person, &mut requests.flow),
        Some(clock @ (Clock::Leave | Clock::Activity | Clock::Depart)) => exit(context, at, person, clock, requests),
        Some(clock @ (Clock::Move | Clock::Search | Clock::Step | Clock::Learn | Clock::Apprentice)) => {
            attempt(context, at, person, clock, requests);
        }
        None => {}
    }
    if occurrence.is_reached() && person.state.is_neet() {
        support::contact(context, at, person, requests);
    }
}

/// An exit that needs nobody's leave.
fn exit(context: &MonthContext<'_>, at: u16, person: &mut Person, clock: Clock, requests: &mut Requests) {
    match clock {
        Clock::Leave => match person.state {
            State::SixthForm | State::FurtherEducation | State::HigherEducation => {
                education::withdraw(context, at, person, requests);
            }
            State::Apprenticeship => apprenticeships::withdraw(context, at, person, requests),
            State::WorkingClassJob | State::Intermediate | State::Professional => person.seek(context.month),
            State::Unemployed | State::Inactive | State::Gone => {}
        },
        Clock::Activity if person.state == State::Inactive => person.seek(context.month),
        Clock::Activity => person.withdraw(context.month),
        Clock::Depart => person.go(context.month),
        Clock::Move | Clock::Search | Clock::Step | Clock::Learn | Clock::Apprentice => {}
    }
}

/// An attempt at something that others have to allocation.
fn attempt(context: &MonthContext<'_>, at: u16, person: &Person, clock: Clock, requests: &mut Requests) {
    match clock {
        Clock::Search => {
            let seeker = match person.state {
                State::Unemployed => Seeker::Unemployed,
                State::Inactive => Seeker::Inactive,
                State::SixthForm
                | State::FurtherEducation
                | State::Apprenticeship
                | State::HigherEducation
                | State::WorkingClassJob
                | State::Intermediate
                | State::Professional
                | State::Gone => Seeker::Employed,
            };
            requests.applicants.push(Applicant { at, seeker, person: *person });
        }
        Clock::Step => hiring::ask_for_promotion(context, at, person, requests),
        Clock::Learn => courses::apply(context, at, person, requests),
        Clock::Apprentice => apprenticeships::apply(context, at, person, requests),
        Clock::Move => hiring::ask_to_move(context, at, person, requests),
        Clock::Leave | Clock::Activity | Clock::Depart => {}
    }
}
