//! Courses that have to be applied for: by people who return to learning, and by people whom further
//! places draw in. The former compete for `course_places`, the latter for `extra_course_places`.

use crate::conditions::education;
use crate::domain::{NextStep, Programme};
use crate::engine::exchange::allocation::{Allocation, Who};
use crate::engine::exchange::context::MonthContext;
use crate::engine::exchange::requests::{CourseApplication, CoursePlace, Requests};
use crate::engine::parallel::sort_by_key;
use crate::engine::rates::hazard_rows::programme_of_returner;
use crate::engine::state::person::Person;
use crate::engine::state::stocks::RegionalStocks;
use crate::random::{Purpose, uniform};

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
pub(crate) fn apply(context: &MonthContext<'_>, at: u16, person: &Person, requests: &mut Requests) {
    let programme = programme_of_returner(person.qualification());
    let words = person.luck.words(context.month.0, Purpose::Queue, 0);
    let pull = f64::from(context.tables.hazards.course_pull[programme]);
    let places = if uniform(words[1]) * pull < 1.0 { CoursePlace::Ordinary } else { CoursePlace::Extra };
    let (region, rank) = (person.region, words[0]);
    requests.courses.push(CourseApplication { at, region, programme, rank, places, instead: None });
}

/// A leaver of a stage applies for a further place, and would otherwise do something else.
pub(crate) fn apply_instead_of(
    context: &MonthContext<'_>,
    at: u16,
    person: &Person,
    programme: Programme,
    instead: NextStep,
    requests: &mut Requests,
) {
    let rank = person.luck.words(context.month.0, Purpose::Queue, 0)[0];
    let (region, places) = (person.region, CoursePlace::Extra);
    requests.courses.push(CourseApplication { at, region, programme, rank, places, instead: Some(instead) });
}

/// Gives course places by lot within region, programme and kind of place.
pub(crate) fn allocate(
    context: &MonthContext<'_>,
    by_chunk: &[Requests],
    stocks: &mut RegionalStocks,
    allocations: &mut [Vec<(u16, Allocation)>],
) {
    let mut queue: Vec<(u64, Who, &CourseApplication)> = Vec::new();
    for (chunk, requests) in by_chunk.iter().enumerate() {
        let place = |application: &CourseApplication| Who { chunk, at: application.at };
        queue.extend(requests.courses.iter().map(|application| (application.order(), place(application), application)));
    }
    sort_by_key(&mut queue, |(order, who, _)| (*order, *who));
    for (_, who, application) in queue {
        let (kind, at) = (application.places, application.queue());
        let left = match kind {
            CoursePlace::Ordinary => &mut stocks.courses[at],
            CoursePlace::Extra => &mut stocks.extra_courses[at],
        };
        if *left >= 1.0 {
            *left -= 1.0;
            allocations[who.chunk].push((who.at, Allocation::Course(application.programme)));
            if kind == CoursePlace::Extra {
                let cost = context.tables.get(education::EXTRA_COURSE_UNIT_COST, application.programme);
                stocks.spent_gbp[application.region.index()] += cost;
            }
        } else if let Some(step) = application.instead {
            allocations[who.chunk].push((who.at, Allocation::Instead(step)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conditions::Conditions;
    use crate::domain::Region;
    use crate::engine::tally::{Status, Tallies};
    use crate::engine::tests::{fill, months_in, other_gbp, plan, run_on, set, uk, warmed};
    use std::sync::Arc;

    const SCALE: u32 = 1_000;
    const MONTHS: u16 = 24;

    /// The UK with so many extra places of a programme a year in each region, and a pull to it.
    fn with(programme: Programme, pull: f64, places: f64) -> Arc<Conditions> {
        let mut conditions = uk();
        set(&mut conditions, education::COURSE_PULL, programme, pull);
        for region in 0..12 {
            set(&mut conditions, education::EXTRA_COURSE_PLACES, (Region::at(region), programme), places);
        }
        Arc::new(conditions)
    }

    fn starts(tallies: &Tallies, programme: Programme) -> f64 {
        other_gbp(tallies) / f64::from(SCALE) / uk().get(education::EXTRA_COURSE_UNIT_COST, programme)
    }

    #[test]
    fn further_places_are_taken_by_people_who_would_not_have_come_and_no_more_of_them() {
        for (programme, status) in
            [(Programme::HigherDegree, Status::HigherEducation), (Programme::FurtherLevel3, Status::FurtherEducation)]
        {
            let trunk = warmed(plan(SCALE, MONTHS, 12), &Arc::new(uk()));
            let run = |places| run_on(trunk.clone(), &with(programme, 2.0, places), MONTHS);
            let (few, many) = (run(1_000.0), run(4_000.0));
            let starts = [&few, &many].map(|tallies| starts(tallies, programme));
            assert!(starts[0] < starts[1], "{programme:?} {starts:?}");
            for (starts, places) in starts.into_iter().zip([1_000.0, 4_000.0]) {
                // Fractions are carried, so each region may be less than one agent beyond its places of two years and a part.
                assert!(starts > 0.0 && starts <= places * 12.0 * 3.0 / f64::from(SCALE) + 12.0);
            }
            let before = run_on(trunk.clone(), &Arc::new(uk()), MONTHS);
            assert!(months_in(&many, &[status]) > months_in(&before, &[status]), "{programme:?}");
        }
    }

    #[test]
    fn a_bursary_is_paid_for_the_years_of_each_course_that_starts() {
        let mut conditions = uk();
        fill(&mut conditions, education::BURSARY, 1_000.0);
        let trunk = warmed(plan(SCALE, MONTHS, 12), &Arc::new(uk()));
        let (with, without) =
            (run_on(trunk.clone(), &Arc::new(conditions), MONTHS), run_on(trunk, &Arc::new(uk()), MONTHS));
        assert!(other_gbp(&without).abs() < 1e-9);
        // Course lengths are 12, 22, 24 and 34 months, so that all payments are a multiple of GBP 1,000 / 6.
        let sixths = other_gbp(&with) / f64::from(SCALE) * 6.0 / 1_000.0;
        assert!(sixths > 0.0 && (sixths - sixths.round()).abs() < 0.05, "{sixths}");
        assert_eq!(with.periods[1].stock, without.periods[1].stock, "money alone changes nobody");
    }
}
