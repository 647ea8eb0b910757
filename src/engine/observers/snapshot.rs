//! Everybody at the end of a month, as compared between the worlds of one replicate.

use crate::calendar::Month;
use crate::engine::state::chunk::Chunk;
use crate::engine::state::person::Person;
use crate::engine::tally::{FIRST_COUNTED_MONTHS, Seen, Snapshot, Standing};
use rayon::prelude::*;

/// Everybody aged 16 and over who has not gone, at the end of `month`.
pub(crate) fn take(chunks: &[Chunk], month: Month) -> Snapshot {
    Snapshot::of(chunks.par_iter().map(|chunk| chunk.people.iter().filter_map(move |person| seen(person, month))))
}

fn seen(person: &Person, month: Month) -> Option<Seen> {
    let age_months = month - person.birth;
    (age_months >= FIRST_COUNTED_MONTHS).then_some(())?;
    Some(Seen {
        identity: person.luck.identity(),
        age_months,
        upbringing: person.upbringing_region(),
        origin: person.origin(),
        sex: person.sex(),
        qualification: person.qualification(),
        standing: Standing::of(person.state)?,
    })
}

#[cfg(test)]
mod tests {
    use crate::calendar::Month;
    use crate::engine::month::Simulation;
    use crate::engine::plan::{Plan, Survey};
    use crate::world::World;
    use std::collections::BTreeSet;
    use std::sync::Arc;

    #[test]
    fn everybody_counted_is_seen_once_under_a_key_of_their_own() {
        let world = World::uk().unwrap();
        let regions = world.regions.len();
        let start = Month::new(2025, 9).unwrap();
        let plan = Plan {
            seed: 3,
            replicate: 1,
            scale: 500,
            start,
            months: 3,
            months_per_period: 3,
            regions,
            survey: Survey::NotTaken,
        };
        let conditions = Arc::new(world.baseline);
        let mut simulation = Simulation::new(plan);
        while simulation.month() < start.plus(1) {
            simulation.step(&conditions);
        }
        let people: Vec<_> = simulation.snapshot().people().collect();
        let keys: BTreeSet<u64> = people.iter().map(crate::engine::tally::Seen::key).collect();
        assert_eq!(keys.len(), people.len());
        // in the first counted month a stock is a number of people; each is in three cells
        let tallies = simulation.into_tallies();
        let counted: u64 = tallies.periods[0].stock.iter().map(|count| u64::from(*count)).sum();
        assert_eq!(counted, 3 * u64::try_from(people.len()).unwrap());
    }
}
