//! Moves between regions: where people go when they go.

use crate::conditions::Condition as C;
use crate::domain::Region;
use crate::engine::flow::Flow;
use crate::engine::lives::Scene;
use crate::engine::population::Person;
use crate::random::{Purpose, race};

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
    let weights = scene.tables.move_flow[here]
        .iter()
        .enumerate()
        .map(|(there, flow)| if there == here { 0.0 } else { flow * pull(there) });
    let mut drawn = (u8::MAX, [0; 4]);
    let region = race(weights, |there| {
        // At most 250 regions, four to a block, so the blocks of two journeys never meet.
        let part = journey as u8 + u8::try_from(there / 4).unwrap_or(0);
        if drawn.0 != part {
            drawn = (part, person.luck.words(scene.month, Purpose::Destination, part));
        }
        drawn.1[there % 4]
    })?;
    Some(Region(u8::try_from(region).ok()?))
}

/// A move of somebody NEET without an offer in hand: towards pay and vacancies.
pub(crate) fn move_away(scene: &Scene<'_>, person: &mut Person, flow: &mut Flow) {
    if let Some(region) = destination(scene, person, Journey::WithoutOffer, |there| scene.market.pull[there]) {
        flow.spent_gbp[region.index()] += scene.tables.get(C::MovingGrantWithoutOffer, &[]);
        person.region = region;
        person.home = region;
    }
}
