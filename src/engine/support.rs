//! Support of people who are NEET: who is reached, and who gets one of the limited places.

use crate::conditions::{Condition as C, OfferKind};
use crate::domain::Region;
use crate::engine::hazards::is_member;
use crate::engine::lives::{Grant, Outbox, Scene, Who};
use crate::engine::places::Places;
use crate::engine::population::{Chunk, Person};
use crate::random::Purpose;

/// Stands for the month in the key of rounding, which is the same all the time.
const SUPPORT_ROUNDING: u16 = 0;

/// Somebody who was reached and wants support.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SupportRequest {
    pub at: u16,
    pub region: Region,
    pub rank: u32,
}

/// An agency has reached a person.
pub(crate) fn contact(scene: &Scene<'_>, at: u16, person: &Person, outbox: &mut Outbox) {
    let rank = person.luck.words(scene.month, Purpose::Queue, 1)[0];
    outbox.support.push(SupportRequest { at, region: person.region, rank });
}

/// Gives the free places of each region by lot; places for target groups go to members left over.
pub(crate) fn allocate(
    scene: &Scene<'_>,
    scale: f64,
    chunks: &[Chunk],
    outboxes: &[Outbox],
    places: &mut Places,
    grants: &mut [Vec<(u16, Grant)>],
) -> Vec<i64> {
    let mut queues: Vec<Vec<(u32, Who)>> = vec![Vec::new(); places.regions];
    for (chunk, outbox) in outboxes.iter().enumerate() {
        for request in &outbox.support {
            queues[request.region.index()].push((request.rank, Who { chunk, at: request.at }));
        }
    }
    let mut granted = vec![0; places.regions];
    let months = scene.tables.hazards.support_months;
    for (index, queue) in queues.iter_mut().enumerate() {
        queue.sort_unstable();
        let region = Region(u8::try_from(index).unwrap_or(u8::MAX));
        let mut pools = pools(scene, region, scale);
        let mut taken = places.caseload[index];
        for pool in &mut pools {
            let before = taken[pool.kind()].min(pool.places);
            pool.places -= before;
            taken[pool.kind()] -= before;
        }
        let mut given = [0; 2];
        for (_, who) in queue.iter() {
            let person = &chunks[who.chunk].people[usize::from(who.at)];
            let is_open = |pool: &&mut Pool<'_>| {
                pool.places > 0 && pool.group.is_none_or(|group| is_member(group, person, scene.month))
            };
            if let Some(pool) = pools.iter_mut().find(is_open) {
                pool.places -= 1;
                given[pool.kind()] += 1;
                grants[who.chunk].push((who.at, Grant::Support));
            }
        }
        granted[index] = given[0] + given[1];
        places.support(region, given, months.max(1));
    }
    granted
}

struct Pool<'a> {
    places: i64,
    group: Option<&'a crate::conditions::Group>,
}

impl Pool<'_> {
    /// Which caseload the places are on: 0 for everybody's, 1 for target groups'.
    fn kind(&self) -> usize {
        usize::from(self.group.is_some())
    }
}

/// The support places of a region: those for everybody first, then those for target groups. Fractions
/// are rounded once for a run, so that a caseload does not flicker.
fn pools<'a>(scene: &Scene<'a>, region: Region, scale: f64) -> Vec<Pool<'a>> {
    let agents = |places: f64, part: usize| {
        let part = u8::try_from(part).unwrap_or(u8::MAX);
        i64::from(scene.luck.rounded(places / scale, u32::from(region.0), SUPPORT_ROUNDING, part))
    };
    let open = Pool { places: agents(scene.tables.get(C::SupportPlaces, &[region.index()]), 0), group: None };
    let offers = scene.tables.conditions.offers.iter().filter_map(|offer| match offer.kind {
        OfferKind::Support(places) if offer.region == region => Some((places, &offer.group)),
        OfferKind::Support(_) | OfferKind::Apprenticeships(..) | OfferKind::HazardRatio(..) => None,
    });
    let kept =
        offers.enumerate().map(|(at, (places, group))| Pool { places: agents(places, at + 1), group: Some(group) });
    std::iter::once(open).chain(kept).collect()
}
