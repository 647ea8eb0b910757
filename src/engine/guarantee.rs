//! Guaranteed jobs and training: offers to people who have been NEET for some months.
//!
//! A guaranteed job is outside ordinary posts, as an apprenticeship is: it opens for the person and
//! closes behind them. Whoever leaves one early leaves its place unused until it ends.

use crate::conditions::{Condition as C, OfferKind};
use crate::domain::{JobClass, Programme, Qualification, Region};
use crate::engine::groups::is_member;
use crate::engine::jobs::{self, Claimant};
use crate::engine::lives::{Grant, Outbox, Scene};
use crate::engine::places::Places;
use crate::engine::population::Person;
use crate::random::{Purpose, uniform};

/// Keeps the rounding of these offers apart from that of others.
const FIRST_PART: usize = 128;
const MONTHS_A_YEAR: f64 = 12.0;

/// Guaranteed places of one offer that are left this month.
pub(crate) struct Guaranteed<'a> {
    offer: &'a crate::conditions::Offer,
    unit_cost_gbp: f64,
    left: u32,
}

/// The month's guaranteed places in a region, jobs before training.
pub(crate) fn open<'a>(scene: &Scene<'a>, region: Region, scale: f64) -> Vec<Guaranteed<'a>> {
    let offers = scene.tables.conditions.offers.iter().filter(|offer| offer.region == region);
    let world_cost = |kind: OfferKind| match kind {
        OfferKind::GuaranteedJobs => Some(scene.tables.get(C::GuaranteedJobUnitCost, &[])),
        OfferKind::GuaranteedTraining => Some(scene.tables.get(C::GuaranteedTrainingUnitCost, &[])),
        OfferKind::Apprenticeships(_) | OfferKind::Support => None,
    };
    let guaranteed = offers.filter_map(|offer| Some((offer, world_cost(offer.kind)?)));
    let open = |(at, (offer, cost)): (usize, (&'a crate::conditions::Offer, f64))| {
        let part = u8::try_from(FIRST_PART + at).unwrap_or(u8::MAX);
        let expected = offer.places / MONTHS_A_YEAR / scale;
        let left = scene.luck.rounded(expected, u32::from(region.0), scene.month, part);
        Guaranteed { offer, unit_cost_gbp: offer.unit_cost_gbp.unwrap_or(cost), left }
    };
    let mut open: Vec<Guaranteed<'a>> = guaranteed.enumerate().map(open).collect();
    open.sort_by_key(|guaranteed| guaranteed.offer.kind);
    open
}

/// What somebody who was reached is given, if a place for them is left: a job before a course.
pub(crate) fn give(
    scene: &Scene<'_>,
    open: &mut [Guaranteed<'_>],
    person: &Person,
    places: &mut Places,
) -> Option<Grant> {
    let course = course(person.qualification());
    let fits = |guaranteed: &&mut Guaranteed<'_>| {
        let is_open = guaranteed.left > 0 && is_member(&guaranteed.offer.group, person, scene.month);
        is_open && (guaranteed.offer.kind == OfferKind::GuaranteedJobs || course.is_some())
    };
    let guaranteed = open.iter_mut().find(fits)?;
    guaranteed.left -= 1;
    places.spent_gbp[person.region.index()] += guaranteed.unit_cost_gbp;
    if guaranteed.offer.kind == OfferKind::GuaranteedJobs {
        places.guarantee(person.region, scene.tables.guaranteed_job_months);
        return Some(Grant::GuaranteedJob);
    }
    course.map(Grant::Course)
}

/// The course that is offered to people below level 3.
fn course(qualification: Qualification) -> Option<Programme> {
    match qualification {
        Qualification::BelowLevel2 => Some(Programme::FurtherLevel2),
        Qualification::Level2 => Some(Programme::FurtherLevel3),
        Qualification::Level3 | Qualification::Level4To5 | Qualification::Level6Plus => None,
    }
}

/// Begins a guaranteed job.
pub(crate) fn begin(scene: &Scene<'_>, person: &mut Person) {
    person.work_guaranteed(scene.month + scene.tables.guaranteed_job_months, scene.month);
}

/// The end of a guaranteed job: the employer keeps some in an ordinary post if one is free, and the others
/// look for a job.
pub(crate) fn finish(scene: &Scene<'_>, at: u16, person: &mut Person, outbox: &mut Outbox) {
    let words = person.luck.words(scene.month, Purpose::AfterGuarantee, 0);
    if uniform(words[0]) < scene.tables.get(C::GuaranteedJobKeptOn, &[]) {
        person.seek(scene.month);
        return jobs::claim(at, person, JobClass::Working, Claimant::KeptOn, words[1], outbox);
    }
    jobs::leave_learning(scene, at, person, outbox);
}
