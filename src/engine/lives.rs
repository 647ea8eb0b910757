//! Lives: what happens to each person who is due, and what they ask for.

use crate::domain::{Clock, JobClass, LEAVING_AGE, Level, NextStep, Programme, Region, Seeker, State};
use crate::engine::apprenticeships::ApprenticeshipApplication;
use crate::engine::clocks::{self, Clocks, Ring};
use crate::engine::courses::{self, CourseApplication};
use crate::engine::flow::{EventKind, Flow, post};
use crate::engine::jobs::{self, Claim, JobApplication, Market};
use crate::engine::population::{Chunk, NEVER, Person};
use crate::engine::support::{self, SupportRequest};
use crate::engine::tables::Tables;
use crate::engine::{MONTHS_A_YEAR, apprenticeships, education, guarantee, hazards, moves};
use crate::random::Luck;

/// What everybody sees of the month.
#[derive(Clone, Copy)]
pub(crate) struct Scene<'a> {
    pub luck: &'a Luck,
    pub tables: &'a Tables,
    pub market: &'a Market,
    pub month: u16,
}

/// A person by chunk and place in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Who {
    pub chunk: usize,
    pub at: u16,
}

/// What the people of one chunk ask for this month, and what changed without asking.
#[derive(Clone, Debug)]
pub(crate) struct Outbox {
    pub jobs: Vec<JobApplication>,
    pub claims: Vec<Claim>,
    pub apprenticeships: Vec<ApprenticeshipApplication>,
    pub courses: Vec<CourseApplication>,
    pub support: Vec<SupportRequest>,
    pub flow: Flow,
}

impl Outbox {
    pub fn new(regions: usize) -> Self {
        Self {
            jobs: Vec::new(),
            claims: Vec::new(),
            apprenticeships: Vec::new(),
            courses: Vec::new(),
            support: Vec::new(),
            flow: Flow::new(regions),
        }
    }
}

/// What somebody is given, or refused, by a market.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Grant {
    Job(Region, JobClass),
    Apprenticeship(Level),
    /// No apprenticeship place was left.
    Refusal,
    Course(Programme),
    /// No further course place was left: the step that would have been taken without it.
    Instead(NextStep),
    Support,
    GuaranteedJob,
}

/// The month of all people of a chunk who are due.
pub(crate) fn live(scene: &Scene<'_>, chunk: &mut Chunk, regions: usize) -> Outbox {
    let mut outbox = Outbox::new(regions);
    let (mut due, mut records) = (Vec::new(), Vec::with_capacity(BATCH));
    chunk.due(scene.month, &mut due);
    for batch in due.chunks(BATCH) {
        // Records lie far apart: fetching several at once lets their cache misses overlap.
        records.clear();
        records.extend(batch.iter().map(|at| chunk.people[usize::from(*at)]));
        for (at, before) in batch.iter().zip(&records) {
            let mut person = *before;
            let mut clocks = Clocks::new(person.luck, scene.month);
            act(&scene.of(before), *at, &mut person, &mut clocks, &mut outbox);
            if person != *before {
                settle(before, &mut person, &mut outbox.flow);
                clocks.forget();
                chunk.people[usize::from(*at)] = person;
            }
            let has_gone = person.state == State::Gone;
            chunk.present -= usize::from(has_gone);
            chunk.wake[usize::from(*at)] = if has_gone { NEVER } else { next(scene, &person, &mut clocks) };
        }
    }
    outbox
}

/// People looked at together.
const BATCH: usize = 16;

/// Hands out what the markets gave.
pub(crate) fn receive(scene: &Scene<'_>, chunk: &mut Chunk, grants: &[(u16, Grant)], regions: usize) -> Flow {
    let mut flow = Flow::new(regions);
    for (at, grant) in grants {
        let person = &mut chunk.people[usize::from(*at)];
        let before = *person;
        let own = scene.of(person);
        match *grant {
            Grant::Job(region, class) => jobs::take(person, region, class, scene.month),
            Grant::Apprenticeship(level) => {
                apprenticeships::begin(&own, person, level);
                flow.note(EventKind::ApprenticeshipStart, person, level, scene.month);
            }
            Grant::Refusal => education::refused(&own, person, &mut flow),
            Grant::Course(programme) => education::admit(&own, person, programme, &mut flow),
            Grant::Instead(step) => education::go_on(&own, person, step, &mut flow),
            Grant::Support => person.support_start = scene.month,
            Grant::GuaranteedJob => guarantee::begin(&own, person),
        }
        settle(&before, person, &mut flow);
        let mut clocks = Clocks::new(person.luck, scene.month + 1);
        chunk.wake[usize::from(*at)] = next(scene, person, &mut clocks);
    }
    flow
}

/// Books a change of a person.
fn settle(before: &Person, person: &mut Person, flow: &mut Flow) {
    if person.state.is_neet() && !before.state.is_neet() {
        person.reach = hazards::reach(person);
    }
    flow.replace(before, person);
}

fn next(scene: &Scene<'_>, person: &Person, clocks: &mut Clocks) -> u16 {
    clocks::next_wake(person, scene.tables, clocks, scene.month + 1)
}

fn act(scene: &Scene<'_>, at: u16, person: &mut Person, clocks: &mut Clocks, outbox: &mut Outbox) {
    if scene.month >= person.birth + LEAVING_AGE * MONTHS_A_YEAR {
        if let Some(class) = person.post_class() {
            outbox.flow.to_older[post(person.region, class)] += 1;
        }
        return person.go(scene.month);
    }
    if scene.month == person.end {
        return match person.state {
            State::Apprenticeship => apprenticeships::finish(scene, at, person, outbox),
            State::Working => guarantee::finish(scene, at, person, outbox),
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
    let rings = clocks::ring(person, scene.tables, clocks, scene.month);
    match rings.own {
        Some(Ring::Exit(clock)) => exit(scene, at, person, clock, outbox),
        Some(Ring::Attempt(clock)) => attempt(scene, at, person, clock, outbox),
        None => {}
    }
    if rings.is_reached && person.state.is_neet() {
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
            State::Working | State::Intermediate | State::Professional => person.seek(scene.month),
            State::Unemployed | State::Inactive | State::Gone => {}
        },
        Clock::Activity if person.state == State::Inactive => person.seek(scene.month),
        Clock::Activity => person.withdraw(scene.month),
        Clock::Move => moves::move_away(scene, person, &mut outbox.flow),
        Clock::Depart => person.go(scene.month),
        Clock::Search | Clock::Step | Clock::Learn | Clock::Apprentice => {}
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
                | State::Working
                | State::Intermediate
                | State::Professional
                | State::Gone => Seeker::Employed,
            };
            jobs::apply(scene, at, person, seeker, outbox);
        }
        Clock::Step => jobs::ask_for_promotion(scene, at, person, outbox),
        Clock::Learn => courses::apply(scene, at, person, outbox),
        Clock::Apprentice => apprenticeships::apply(scene, at, person, outbox),
        Clock::Leave | Clock::Activity | Clock::Move | Clock::Depart => {}
    }
}
