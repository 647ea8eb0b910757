//! Moves between regions: where people go when they go.

use crate::conditions::Condition as C;
use crate::domain::Region;
use crate::engine::flow::Flow;
use crate::engine::lives::Scene;
use crate::engine::population::Person;
use crate::random::{Purpose, Winner, exponential};
use std::hint::select_unpredictable;

/// Why somebody looks at other regions; each has draws of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Journey {
    ToStudy = 0,
    AfterStudy = 64,
    ToWork = 128,
    /// Without an offer when NEET, for other reasons than a post when in work.
    WithoutOffer = 192,
}

/// The region that a person goes to, other than their own: a race over observed flows times `pull`.
pub(crate) fn destination(
    scene: &Scene<'_>,
    person: &Person,
    journey: Journey,
    pull: impl Fn(usize) -> f32,
) -> Option<Region> {
    let here = person.region.index();
    let mut first = Winner::nobody();
    // At most 250 regions, four to a block, so the blocks of two journeys never meet.
    for (part, flows) in (journey as u8..).zip(scene.tables.move_flow[here].chunks(4)) {
        let units = person.luck.words(scene.month, Purpose::Destination, part).map(exponential);
        let start = usize::from(part - journey as u8) * 4;
        for (there, (flow, unit)) in (start..).zip(flows.iter().zip(units)) {
            let weight = select_unpredictable(there == here, 0.0, flow * pull(there));
            first.enter(there, unit / weight);
        }
    }
    Some(Region(u8::try_from(first.winner()?).ok()?))
}

/// A move of somebody NEET without an offer in hand: towards pay and vacancies.
pub(crate) fn move_away(scene: &Scene<'_>, person: &mut Person, flow: &mut Flow) {
    if let Some(region) = destination(scene, person, Journey::WithoutOffer, |there| scene.market.pull[there]) {
        flow.spent_gbp[region.index()] += scene.tables.get(C::MovingGrantWithoutOffer, &[]);
        person.region = region;
        person.home = region;
    }
}
