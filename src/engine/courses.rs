//! Courses that have to be applied for: by people who return to learning, and by people whom further
//! places draw in. The former compete for `course_places`, the latter for `extra_course_places`.

use crate::conditions::Condition as C;
use crate::domain::{Kind, NextStep, Programme, Qualification, Region};
use crate::engine::lives::{Grant, Outbox, Scene, Who};
use crate::engine::places::Places;
use crate::engine::population::Person;
use crate::random::{Purpose, uniform};

/// An application for a course place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CourseApplication {
    pub at: u16,
    pub region: Region,
    pub programme: Programme,
    pub rank: u32,
    pub places: CoursePlace,
    /// What a leaver of a stage does who is refused.
    pub instead: Option<NextStep>,
}

/// The two kinds of place; each has a queue of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum CoursePlace {
    /// For people who return to learning.
    Ordinary,
    /// For people who would not have come without it.
    Extra,
}

/// The course that somebody who returns to learning would take.
pub(crate) fn programme_of_returner(qualification: Qualification) -> Programme {
    match qualification {
        Qualification::BelowLevel2 => Programme::FurtherLevel2,
        Qualification::Level2 => Programme::FurtherLevel3,
        Qualification::Level3 | Qualification::Level4To5 | Qualification::Level6Plus => Programme::HigherDegree,
    }
}

/// The course that a step leads to, if it leads to one; higher education counts as a degree course.
pub(crate) fn programme_of_step(step: NextStep) -> Option<Programme> {
    match step {
        NextStep::SixthForm => Some(Programme::SixthForm),
        NextStep::FurtherLevel3 => Some(Programme::FurtherLevel3),
        NextStep::FurtherLevel2 => Some(Programme::FurtherLevel2),
        NextStep::HigherEducation => Some(Programme::HigherDegree),
        NextStep::Apprenticeship | NextStep::Work | NextStep::Inactive => None,
    }
}

/// Somebody applies to return to learning. Of those whom a pull makes apply `pull` times as often, one in
/// `pull` would have applied anyway.
pub(crate) fn apply(scene: &Scene<'_>, at: u16, person: &Person, outbox: &mut Outbox) {
    let programme = programme_of_returner(person.qualification());
    let words = person.luck.words(scene.month, Purpose::Queue, 0);
    let pull = f64::from(scene.tables.hazards.course_pull[programme as usize]);
    let places = if uniform(words[1]) * pull < 1.0 { CoursePlace::Ordinary } else { CoursePlace::Extra };
    let (region, rank) = (person.region, words[0]);
    outbox.courses.push(CourseApplication { at, region, programme, rank, places, instead: None });
}

/// A leaver of a stage applies for a further place, and would otherwise do something else.
pub(crate) fn apply_instead_of(
    scene: &Scene<'_>,
    at: u16,
    person: &Person,
    programme: Programme,
    instead: NextStep,
    outbox: &mut Outbox,
) {
    let rank = person.luck.words(scene.month, Purpose::Queue, 0)[0];
    let (region, places) = (person.region, CoursePlace::Extra);
    outbox.courses.push(CourseApplication { at, region, programme, rank, places, instead: Some(instead) });
}

/// Gives course places by lot within region, programme and kind of place.
pub(crate) fn allocate(scene: &Scene<'_>, outboxes: &[Outbox], places: &mut Places, grants: &mut [Vec<(u16, Grant)>]) {
    let mut queue: Vec<(CoursePlace, usize, u32, Who, &CourseApplication)> = Vec::new();
    for (chunk, outbox) in outboxes.iter().enumerate() {
        for application in &outbox.courses {
            let at = application.region.index() * Programme::count() + application.programme as usize;
            queue.push((application.places, at, application.rank, Who { chunk, at: application.at }, application));
        }
    }
    queue.sort_unstable_by_key(|(places, at, rank, who, _)| (*places, *at, *rank, *who));
    for (kind, at, _, who, application) in queue {
        let left = match kind {
            CoursePlace::Ordinary => &mut places.courses[at],
            CoursePlace::Extra => &mut places.extra_courses[at],
        };
        if *left >= 1.0 {
            *left -= 1.0;
            grants[who.chunk].push((who.at, Grant::Course(application.programme)));
            if kind == CoursePlace::Extra {
                let cost = scene.tables.get(C::ExtraCourseUnitCost, &[application.programme as usize]);
                places.spent_gbp[application.region.index()] += cost;
            }
        } else if let Some(step) = application.instead {
            grants[who.chunk].push((who.at, Grant::Instead(step)));
        }
    }
}
