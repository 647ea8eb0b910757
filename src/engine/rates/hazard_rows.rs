//! Rows of hazards: what everybody of a kind shares, multiplied out once for each month's conditions.
//!
//! What a person adds to a row is in `events::hazards`.

use super::reader::Reader;
use crate::conditions::{apprenticeships, education, jobs, places, population, support};
use crate::domain::{AgeBand, Clock, EnumTable, Health, JobClass, Kind, Origin, Programme, Qualification, Seeker, Sex};
use crate::engine::state::person::kinds_of;
use strum::VariantArray;

/// Situations with rows of their own: three classes of job, unemployed, inactive.
pub(super) const SITUATIONS: usize = 5;
/// Kinds of people within a situation, age band and qualification: origin, health and sex.
pub(crate) const TRAITS: usize = 20;

/// Hazards by clock.
pub(crate) type ByClock = EnumTable<Clock, f32>;

/// The number of a row: those of the kinds of people within it follow each other.
pub(crate) fn row(situation: usize, band: usize, qualification: usize) -> usize {
    (situation * AgeBand::count() + band) * Qualification::count() + qualification
}

/// The course that somebody who returns to learning would take.
pub(crate) fn programme_of_returner(qualification: Qualification) -> Programme {
    match qualification {
        Qualification::BelowLevel2 => Programme::FurtherLevel2,
        Qualification::Level2 => Programme::FurtherLevel3,
        Qualification::Level3 | Qualification::Level4To5 | Qualification::Level6Plus => Programme::HigherDegree,
    }
}

/// A kind of person as rows have them.
struct Kinds {
    band: AgeBand,
    qualification: Qualification,
    origin: Origin,
    health: Health,
    sex: Sex,
}

/// The rows of some situations, in the order that [`super::hazards::row_of`] expects.
fn rows(situations: usize, hazards: impl Fn(usize, &Kinds) -> ByClock) -> Vec<ByClock> {
    let mut rows = Vec::with_capacity(row(situations, 0, 0) * TRAITS);
    for situation in 0..situations {
        for band in AgeBand::VARIANTS {
            for qualification in Qualification::VARIANTS {
                for traits in 0..TRAITS {
                    let [sex, health, origin] = kinds_of(traits);
                    let kind = Kinds {
                        band: *band,
                        qualification: *qualification,
                        origin: Origin::VARIANTS[origin],
                        health: Health::VARIANTS[health],
                        sex: Sex::VARIANTS[sex],
                    };
                    rows.push(hazards(situation, &kind));
                }
            }
        }
    }
    rows
}

/// Hazards of returning to learning by age band, qualification and origin.
fn returning(from: &Reader<'_>) -> impl Fn(&Kinds) -> f32 + use<> {
    let rate = from.grid(education::RETURN_TO_LEARNING);
    let by_origin = from.row(education::RETURN_BY_ORIGIN);
    let pull = from.row(education::COURSE_PULL);
    move |kind| {
        let pull = pull[programme_of_returner(kind.qualification)];
        rate[kind.band][kind.qualification] * by_origin[kind.origin] * pull
    }
}

/// Ratios on becoming inactive by origin, qualification and health.
fn withdrawing(from: &Reader<'_>) -> impl Fn(&Kinds) -> f32 + use<> {
    let by_origin = from.row(jobs::INACTIVITY_BY_ORIGIN);
    let by_qualification = from.row(jobs::INACTIVITY_BY_QUALIFICATION);
    let by_health = from.row(jobs::INACTIVITY_BY_HEALTH);
    move |kind| by_origin[kind.origin] * by_qualification[kind.qualification] * by_health[kind.health]
}

/// Of everybody in work.
pub(super) fn in_work(from: &Reader<'_>) -> Vec<ByClock> {
    let (returning, withdrawing) = (returning(from), withdrawing(from));
    let separation = from.grid(jobs::SEPARATION);
    let separation_by_qualification = from.row(jobs::SEPARATION_BY_QUALIFICATION);
    let separation_by_health = from.row(jobs::SEPARATION_BY_HEALTH);
    let inactivity = from.grid(jobs::LEAVE_TO_INACTIVITY);
    let promotion = from.row(jobs::PROMOTION);
    let promotion_by_qualification = from.row(jobs::PROMOTION_BY_QUALIFICATION);
    let promotion_by_origin = from.row(jobs::PROMOTION_BY_ORIGIN);
    let search = from.row(jobs::SEARCH_INTENSITY)[Seeker::Employed];
    let search_by_health = from.row(jobs::SEARCH_BY_HEALTH);
    let apprenticeship = from.row(apprenticeships::APPRENTICESHIP_APPLICATION_IN_WORK);
    let moving = from.row(places::MOVE_HAZARD_IN_WORK);
    let moving_by_qualification = from.row(places::MOVE_BY_QUALIFICATION);
    let departure = from.row(population::DEPARTURE);
    rows(SITUATIONS - 2, |class, kind| {
        let class = JobClass::VARIANTS[class];
        let qualification = kind.qualification;
        ByClock::new([
            separation[class][kind.band]
                * separation_by_qualification[qualification]
                * separation_by_health[kind.health],
            inactivity[kind.sex][kind.band] * withdrawing(kind),
            search * search_by_health[kind.health],
            promotion[class] * promotion_by_qualification[qualification] * promotion_by_origin[kind.origin],
            returning(kind),
            apprenticeship[kind.band],
            moving[kind.band] * moving_by_qualification[qualification],
            departure[kind.band],
        ])
    })
}

/// Of everybody who is NEET.
pub(super) fn neet(from: &Reader<'_>) -> Vec<ByClock> {
    let (returning, withdrawing) = (returning(from), withdrawing(from));
    let give_up = from.grid(jobs::GIVE_UP_SEARCH);
    let start = from.grid(jobs::START_SEEKING);
    let start_by_qualification = from.row(jobs::SEEKING_BY_QUALIFICATION);
    let start_by_health = from.row(jobs::SEEKING_BY_HEALTH);
    let search = from.row(jobs::SEARCH_INTENSITY);
    let search_by_health = from.row(jobs::SEARCH_BY_HEALTH);
    let contact = from.one(support::CONTACT);
    let apprenticeship = from.row(apprenticeships::APPRENTICESHIP_APPLICATION);
    let moving = from.row(places::MOVE_HAZARD);
    let moving_by_qualification = from.row(places::MOVE_BY_QUALIFICATION);
    let departure = from.row(population::DEPARTURE);
    rows(2, |situation, kind| {
        let qualification = kind.qualification;
        let (activity, seeker) = if situation == 0 {
            (give_up[kind.sex][kind.band] * withdrawing(kind), Seeker::Unemployed)
        } else {
            let ratio = start_by_qualification[qualification] * start_by_health[kind.health];
            (start[kind.sex][kind.band] * ratio, Seeker::Inactive)
        };
        ByClock::new([
            0.0,
            activity,
            search[seeker] * search_by_health[kind.health],
            contact,
            returning(kind),
            apprenticeship[kind.band],
            moving[kind.band] * moving_by_qualification[qualification],
            departure[kind.band],
        ])
    })
}
