//! Rows of hazards: what everybody of a kind shares, multiplied out once for each month's conditions.
//!
//! What a person adds to a row is in `events::hazards`.

use super::from::{From, Grid, single};
use crate::conditions::Condition as C;
use crate::domain::{AgeBand, Kind, Programme, Qualification, Seeker};
use crate::engine::state::person::kinds_of;
use crate::random::CLOCKS;
use strum::VariantArray;

/// Situations with rows of their own: three classes of job, unemployed, inactive.
pub(super) const SITUATIONS: usize = 5;
/// Kinds of people within a situation, age band and qualification: origin, health and sex.
pub(crate) const TRAITS: usize = 20;

/// Hazards by clock.
pub(crate) type ByClock = [f32; CLOCKS];

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
    band: usize,
    qualification: Qualification,
    origin: usize,
    health: usize,
    sex: usize,
}

/// The rows of some situations, in the order that [`super::hazards::row_of`] expects.
fn rows(situations: usize, hazards: impl Fn(usize, &Kinds) -> ByClock) -> Vec<ByClock> {
    let mut rows = Vec::with_capacity(row(situations, 0, 0) * TRAITS);
    for situation in 0..situations {
        for band in 0..AgeBand::count() {
            for qualification in Qualification::VARIANTS {
                for traits in 0..TRAITS {
                    let [sex, health, origin] = kinds_of(traits);
                    let kind = Kinds { band, qualification: *qualification, origin, health, sex };
                    rows.push(hazards(situation, &kind));
                }
            }
        }
    }
    rows
}

/// Hazards of returning to learning by age band, qualification and origin.
fn returning(from: &From<'_>) -> impl Fn(&Kinds) -> f32 + use<> {
    let rate: Grid<6, 5> = from.grid(C::ReturnToLearning);
    let by_origin: [f32; 5] = from.row(C::ReturnByOrigin);
    let pull: [f32; 5] = from.row(C::CoursePull);
    move |kind| {
        let pull = pull[programme_of_returner(kind.qualification) as usize];
        rate[kind.band][kind.qualification as usize] * by_origin[kind.origin] * pull
    }
}

/// Ratios on becoming inactive by origin, qualification and health.
fn withdrawing(from: &From<'_>) -> impl Fn(&Kinds) -> f32 + use<> {
    let by_origin: [f32; 5] = from.row(C::InactivityByOrigin);
    let by_qualification: [f32; 5] = from.row(C::InactivityByQualification);
    let by_health: [f32; 2] = from.row(C::InactivityByHealth);
    move |kind| by_origin[kind.origin] * by_qualification[kind.qualification as usize] * by_health[kind.health]
}

/// Of everybody in work.
pub(super) fn in_work(from: &From<'_>) -> Vec<ByClock> {
    let (returning, withdrawing) = (returning(from), withdrawing(from));
    let separation: Grid<3, 6> = from.grid(C::Separation);
    let separation_by_qualification: [f32; 5] = from.row(C::SeparationByQualification);
    let separation_by_health: [f32; 2] = from.row(C::SeparationByHealth);
    let inactivity: Grid<2, 6> = from.grid(C::LeaveToInactivity);
    let promotion: [f32; 3] = from.row(C::Promotion);
    let promotion_by_qualification: [f32; 5] = from.row(C::PromotionByQualification);
    let promotion_by_origin: [f32; 5] = from.row(C::PromotionByOrigin);
    let search = from.row::<4>(C::SearchIntensity)[Seeker::Employed as usize];
    let search_by_health: [f32; 2] = from.row(C::SearchByHealth);
    let apprenticeship: [f32; 6] = from.row(C::ApprenticeshipApplicationInWork);
    let moving: [f32; 6] = from.row(C::MoveHazardInWork);
    let moving_by_qualification: [f32; 5] = from.row(C::MoveByQualification);
    let departure: [f32; 6] = from.row(C::Departure);
    rows(SITUATIONS - 2, |class, kind| {
        let qualification = kind.qualification as usize;
        [
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
        ]
    })
}

/// Of everybody who is NEET.
pub(super) fn neet(from: &From<'_>) -> Vec<ByClock> {
    let (returning, withdrawing) = (returning(from), withdrawing(from));
    let give_up: Grid<2, 6> = from.grid(C::GiveUpSearch);
    let start: Grid<2, 6> = from.grid(C::StartSeeking);
    let start_by_qualification: [f32; 5] = from.row(C::SeekingByQualification);
    let start_by_health: [f32; 2] = from.row(C::SeekingByHealth);
    let search: [f32; 4] = from.row(C::SearchIntensity);
    let search_by_health: [f32; 2] = from.row(C::SearchByHealth);
    let contact = single(from.get(C::Contact));
    let apprenticeship: [f32; 6] = from.row(C::ApprenticeshipApplication);
    let moving: [f32; 6] = from.row(C::MoveHazard);
    let moving_by_qualification: [f32; 5] = from.row(C::MoveByQualification);
    let departure: [f32; 6] = from.row(C::Departure);
    rows(2, |situation, kind| {
        let qualification = kind.qualification as usize;
        let (activity, seeker) = if situation == 0 {
            (give_up[kind.sex][kind.band] * withdrawing(kind), Seeker::Unemployed)
        } else {
            let ratio = start_by_qualification[qualification] * start_by_health[kind.health];
            (start[kind.sex][kind.band] * ratio, Seeker::Inactive)
        };
        [
            0.0,
            activity,
            search[seeker as usize] * search_by_health[kind.health],
            contact,
            returning(kind),
            apprenticeship[kind.band],
            moving[kind.band] * moving_by_qualification[qualification],
            departure[kind.band],
        ]
    })
}
