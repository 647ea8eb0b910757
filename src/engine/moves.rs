//! Moves between regions: where people go when they go.

use crate::domain::Region;
use crate::engine::lives::Scene;
use crate::engine::population::Person;
use crate::random::{Purpose, race};

/// The region that a person goes to, other than their own: a race over observed flows times `pull`.
pub(crate) fn destination(scene: &Scene<'_>, person: &Person, pull: impl Fn(usize) -> f32) -> Option<Region> {
    let here = person.region.index();
    let weights = scene.tables.move_flow[here]
        .iter()
        .enumerate()
        .map(|(there, flow)| if there == here { 0.0 } else { flow * pull(there) });
    let mut drawn = (u8::MAX, [0; 4]);
    let region = race(weights, |there| {
        let part = u8::try_from(there / 4).unwrap_or(u8::MAX);
        if drawn.0 != part {
            drawn = (part, person.luck.words(scene.month, Purpose::Destination, part));
        }
        drawn.1[there % 4]
    })?;
    Some(Region(u8::try_from(region).ok()?))
}

/// A move without an offer in hand: towards pay and vacancies.
pub(crate) fn move_away(scene: &Scene<'_>, person: &mut Person) {
    if let Some(region) = destination(scene, person, |there| scene.market.pull[there]) {
        person.region = region;
        person.home = region;
    }
}
