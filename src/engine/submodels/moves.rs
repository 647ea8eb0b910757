//! Moves between regions: where people go when they go.

use crate::conditions::places;
use crate::domain::Region;
use crate::engine::exchange::context::MonthContext;
use crate::engine::state::flow::Flow;
use crate::engine::state::person::Person;
use crate::random::{Purpose, Winner, exponentials};
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

/// Regions whose draws are worked out at once.
const ABREAST: usize = 16;

/// The region that a person goes to, other than their own: a race over observed flows times `pull`.
pub(crate) fn destination(
    context: &MonthContext<'_>,
    person: &Person,
    journey: Journey,
    pull: impl Fn(usize) -> f32,
) -> Option<Region> {
    let here = person.region.index();
    let mut first = Winner::nobody();
    // At most 250 regions, four to a block of words, so the blocks of two journeys never meet.
    let mut part = journey as u8;
    for (start, flows) in (0..).step_by(ABREAST).zip(context.tables.move_flow[here].chunks(ABREAST)) {
        let mut words = [0; ABREAST];
        for (words, _) in words.as_chunks_mut::<4>().0.iter_mut().zip(flows.chunks(4)) {
            *words = person.luck.words(context.month.0, Purpose::Destination, part);
            part = part.wrapping_add(1);
        }
        for (there, (flow, unit)) in (start..).zip(flows.iter().zip(exponentials(words))) {
            let weight = select_unpredictable(there == here, 0.0, flow * pull(there));
            first.enter(there, unit / weight);
        }
    }
    Some(Region(u8::try_from(first.winner()?).ok()?))
}

/// A move of somebody NEET without an offer in hand: towards pay and vacancies.
pub(crate) fn move_away(context: &MonthContext<'_>, person: &mut Person, flow: &mut Flow) {
    if let Some(region) = destination(context, person, Journey::WithoutOffer, |there| context.offers.market.pull[there])
    {
        flow.spent_gbp[region.index()] += context.tables.get(places::MOVING_GRANT_WITHOUT_OFFER, ());
        person.region = region;
        person.home = region;
    }
}
