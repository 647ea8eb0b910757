//! Lives: what happens to each person who is due, and what they ask for.

use crate::calendar::MONTHS_A_YEAR;
use crate::domain::{Clock, JobClass, Kind, LEAVING_AGE, Level, NextStep, Programme, Region, Seeker, State};
use crate::engine::events::competing_risks;
use crate::engine::observers::record;
use crate::engine::observers::survey::Change;
use crate::engine::plan::Survey;
use crate::engine::rates::tables::Tables;
use crate::engine::state::chunk::Chunk;
use crate::engine::state::flow::{EventKind, Flow, post};
use crate::engine::state::person::{NEVER, Person};
use crate::engine::submodels::apprenticeships;
use crate::engine::submodels::apprenticeships::ApprenticeshipApplication;
use crate::engine::submodels::courses::{self, CourseApplication};
use crate::engine::submodels::education;
use crate::engine::submodels::guarantee;
use crate::engine::submodels::hiring::{self, Claim, Market};
use crate::engine::submodels::job_search::{self, Applicant, JobApplication};
use crate::engine::submodels::moves;
use crate::engine::submodels::support::{self, SupportRequest};
use crate::random::Luck;

/// What everybody sees of the month.
#[derive(Clone, Copy)]
pub(crate) struct Scene<'a> {
    pub luck: &'a Luck,
    pub tables: &'a Tables,
    pub market: &'a Market,
    /// Log points of productivity over the baseline, by region.
    pub productivity_gain: &'a [f64],
    /// By region: whether support is free for those who are reached.
    pub free_support: &'a [bool],
    pub month: u16,
    /// First month of the period that is being counted; [`NEVER`] during the warm-up.
    pub counted_since: u16,
    /// Whether people in work may be due later than is said.
    pub is_in_doubt: bool,
    /// Whether a survey hears of changes.
    pub survey: Survey,
}

/// A person by chunk and place in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Who {
    pub chunk: usize,
    pub at: u16,
}

/// What the people of one chunk ask for this month, and what changed.
#[derive(Clone, Debug)]
pub(crate) struct Outbox {
    /// Who was due.
    due: Vec<u16>,
    /// Who of them waits for an answer.
    waiting: Vec<u16>,
    /// Who can do nothing but apply for a job, and waits as well.
    seeking: Vec<u16>,
    /// Who applies for a job.
    pub applicants: Vec<Applicant>,
    /// Applications for advertised jobs, by region and class.
    pub jobs: Vec<Vec<JobApplication>>,
    pub claims: Vec<Claim>,
    pub apprenticeships: Vec<ApprenticeshipApplication>,
    pub courses: Vec<CourseApplication>,
    pub support: Vec<SupportRequest>,
    pub flow: Flow,
    /// Memory of records that are looked at together.
    records: Vec<Person>,
}

impl Outbox {
    pub fn new(regions: usize) -> Self {
        Self {
            due: Vec::new(),
            waiting: Vec::new(),
            seeking: Vec::new(),
            applicants: Vec::new(),
            jobs: vec![Vec::new(); regions * JobClass::count()],
            claims: Vec::new(),
            apprenticeships: Vec::new(),
            courses: Vec::new(),
            support: Vec::new(),
            flow: Flow::new(regions),
            records: Vec::with_capacity(BATCH),
        }
    }

    /// How much has been asked for.
    fn asked(&self) -> usize {
        self.applicants.len() + self.claims.len() + self.apprenticeships.len() + self.courses.len() + self.support.len()
    }

    /// Forgets everything, but keeps the memory.
    fn clear(&mut self) {
        self.waiting.clear();
        self.seeking.clear();
        self.applicants.clear();
        self.jobs.iter_mut().for_each(Vec::clear);
        self.claims.clear();
        self.apprenticeships.clear();
        self.courses.clear();
        self.support.clear();
        self.flow.clear();
    }
}

/// What somebody is given, or refused, by a market.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Grant {
    /// An advertised job.
    Job(Region, JobClass),
    /// A post that was claimed before it was advertised.
    Post(Region, JobClass),
    Apprenticeship(Level),
    /// No apprenticeship place was left.
    Refusal,
    Course(Programme),
    /// No further course place was left: the step that would have been taken without it.
    Instead(NextStep),
    Support,
    GuaranteedJob,
}

/// The month of all people of a chunk who are due. Those who wait for nobody's answer look ahead at once.
pub(crate) fn live(scene: &Scene<'_>, chunk: &mut Chunk, outbox: &mut Outbox) {
    outbox.clear();
    let mut due = std::mem::take(&mut outbox.due);
    chunk.due(scene.month, &mut due);
    if scene.is_in_doubt {
        due.retain(|at| chunk.is_due(usize::from(*at), scene));
    }
    chunk.set_seekers_apart(scene.month, &mut due, &mut outbox.seeking);
    let seeking = std::mem::take(&mut outbox.seeking);
    for batch in seeking.chunks(job_search::ABREAST) {
        let applicant =
            |at: &u16| Applicant { at: *at, seeker: Seeker::Unemployed, person: chunk.people[usize::from(*at)] };
        outbox.applicants.extend(batch.iter().map(applicant));
        job_search::send(scene, outbox);
    }
    outbox.seeking = seeking;
    let mut records = std::mem::take(&mut outbox.records);
    for batch in due.chunks(BATCH) {
        fetch(chunk, batch, &mut records);
        for (at, before) in batch.iter().zip(&records) {
            let mut person = *before;
            let asked = outbox.asked();
            act(&scene.of(before), *at, &mut person, outbox);
            settle(scene, before, &mut person, &mut outbox.flow);
            let at_index = usize::from(*at);
            chunk.present -= usize::from(person.state == State::Gone);
            if outbox.asked() == asked {
                chunk.look_ahead(at_index, scene.tables, &mut person, scene.month + 1);
            } else {
                outbox.waiting.push(*at);
            }
            chunk.people[at_index] = person;
        }
        if outbox.applicants.len() >= job_search::ABREAST {
            job_search::send(scene, outbox);
        }
    }
    (outbox.due, outbox.records) = (due, records);
    job_search::send(scene, outbox);
}

/// Copies records that lie far apart: fetching several at once lets their cache misses overlap.
fn fetch(chunk: &Chunk, batch: &[u16], records: &mut Vec<Person>) {
    records.clear();
    records.extend(batch.iter().map(|at| chunk.people[usize::from(*at)]));
}

/// People looked at together.
const BATCH: usize = 32;

/// Hands out what the markets gave, and looks ahead for those who waited for it.
pub(crate) fn receive(scene: &Scene<'_>, chunk: &mut Chunk, outbox: &mut Outbox, grants: &mut Vec<(u16, Grant)>) {
    outbox.flow.clear_stocks();
    for batch in grants.chunks(BATCH) {
        // One person may be given two things, so records are only brought near here, not copied.
        for (at, _) in batch {
            std::hint::black_box(chunk.people[usize::from(*at)].state);
        }
        for (at, grant) in batch {
            give(scene, &mut chunk.people[usize::from(*at)], *grant, &mut outbox.flow);
        }
    }
    grants.clear();
    let records = &mut outbox.records;
    for batch in outbox.waiting.chunks(BATCH) {
        fetch(chunk, batch, records);
        for (at, person) in batch.iter().map(|at| usize::from(*at)).zip(&mut *records) {
            chunk.look_ahead(at, scene.tables, person, scene.month + 1);
            chunk.people[at].occurrence = person.occurrence;
        }
    }
    for batch in outbox.seeking.chunks(BATCH) {
        fetch(chunk, batch, records);
        for (at, person) in batch.iter().map(|at| usize::from(*at)).zip(&mut *records) {
            let until = if person.state == State::Unemployed { chunk.alone_until[at] } else { 0 };
            match competing_risks::search_again(person, scene.tables, scene.month + 1, until) {
                Some(month) => chunk.wake[at] = month,
                None => {
                    chunk.look_ahead(at, scene.tables, person, until.max(scene.month + 1));
                    chunk.people[at].occurrence = person.occurrence;
                }
            }
        }
    }
    if scene.counted_since != NEVER {
        record::note_birthdays(scene, chunk, &mut outbox.flow);
    }
}

fn give(scene: &Scene<'_>, person: &mut Person, grant: Grant, flow: &mut Flow) {
    let before = *person;
    let own = scene.of(person);
    match grant {
        Grant::Job(region, class) => {
            hiring::pay_for_hire(&own, person, region, class, flow);
            hiring::take(person, region, class, scene.month);
        }
        Grant::Post(region, class) => hiring::take(person, region, class, scene.month),
        Grant::Apprenticeship(level) => {
            apprenticeships::begin(&own, person, level);
            flow.note(EventKind::ApprenticeshipStart, person, level, scene.month);
        }
        Grant::Refusal => education::refused(&own, person, flow),
        Grant::Course(programme) => education::admit(&own, person, programme, flow),
        Grant::Instead(step) => education::go_on(&own, person, step, flow),
        Grant::Support => person.support_start = scene.month,
        Grant::GuaranteedJob => guarantee::begin(&own, person),
    }
    settle(scene, &before, person, flow);
}

impl Chunk {
    /// Works out when the person at a place is due again, not before `from`, and what rings then.
    pub fn look_ahead(&mut self, at: usize, tables: &Tables, person: &mut Person, from: u16) {
        let next = competing_risks::next_event(person, tables, from);
        (self.wake[at], self.alone_until[at]) = (next.month, next.alone_until);
        person.occurrence = next.occurrence;
    }

    /// Whether somebody who was said to be due is so; people in work look ahead again, as hazards now stand.
    fn is_due(&mut self, at: usize, scene: &Scene<'_>) -> bool {
        let mut person = self.people[at];
        if person.state.job_class().is_some() {
            self.look_ahead(at, scene.tables, &mut person, scene.month);
            self.people[at] = person;
        }
        self.wake[at] == scene.month
    }
}

/// Books a change of a person.
fn settle(scene: &Scene<'_>, before: &Person, person: &mut Person, flow: &mut Flow) {
    flow.replace(before, person, scene.month, scene.counted_since);
    if scene.survey == Survey::Taken {
        flow.changes.extend(Change::between(before, person, scene.month, flow.cells()));
    }
}

fn act(scene: &Scene<'_>, at: u16, person: &mut Person, outbox: &mut Outbox) {
    if scene.month >= person.birth + LEAVING_AGE * MONTHS_A_YEAR {
        if let Some(class) = person.post_class() {
            outbox.flow.to_older[post(person.region, class)] += 1;
        }
        return person.go(scene.month);
    }
    if scene.month == person.end() {
        return match person.state {
            State::Apprenticeship => apprenticeships::finish(scene, at, person, outbox),
            State::WorkingClassJob => guarantee::finish(scene, at, person, outbox),
            State::SixthForm
            | State::FurtherEducation
            | State::HigherEducation
            | State::Intermediate
            | State::Professional
            | State::Unemployed
            | State::Inactive
            | State::Gone => education::finish(scene, at, person, outbox),
        };
    }
    let occurrence = person.occurrence;
    match occurrence.own() {
        Some(Clock::Move) if person.state.is_neet() => moves::move_away(scene, person, &mut outbox.flow),
        Some(clock @ (Clock::Leave | Clock::Activity | Clock::Depart)) => exit(scene, at, person, clock, outbox),
        Some(clock @ (Clock::Move | Clock::Search | Clock::Step | Clock::Learn | Clock::Apprentice)) => {
            attempt(scene, at, person, clock, outbox);
        }
        None => {}
    }
    if occurrence.is_reached() && person.state.is_neet() {
        support::contact(scene, at, person, outbox);
    }
}

/// An exit that needs nobody's leave.
fn exit(scene: &Scene<'_>, at: u16, person: &mut Person, clock: Clock, outbox: &mut Outbox) {
    match clock {
        Clock::Leave => match person.state {
            State::SixthForm | State::FurtherEducation | State::HigherEducation => {
                education::withdraw(scene, at, person, outbox);
            }
            State::Apprenticeship => apprenticeships::withdraw(scene, at, person, outbox),
            State::WorkingClassJob | State::Intermediate | State::Professional => person.seek(scene.month),
            State::Unemployed | State::Inactive | State::Gone => {}
        },
        Clock::Activity if person.state == State::Inactive => person.seek(scene.month),
        Clock::Activity => person.withdraw(scene.month),
        Clock::Depart => person.go(scene.month),
        Clock::Move | Clock::Search | Clock::Step | Clock::Learn | Clock::Apprentice => {}
    }
}

/// An attempt at something that others have to grant.
fn attempt(scene: &Scene<'_>, at: u16, person: &Person, clock: Clock, outbox: &mut Outbox) {
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
            outbox.applicants.push(Applicant { at, seeker, person: *person });
        }
        Clock::Step => hiring::ask_for_promotion(scene, at, person, outbox),
        Clock::Learn => courses::apply(scene, at, person, outbox),
        Clock::Apprentice => apprenticeships::apply(scene, at, person, outbox),
        Clock::Move => hiring::ask_to_move(scene, at, person, outbox),
        Clock::Leave | Clock::Activity | Clock::Depart => {}
    }
}
