//! Everybody at the end of a month, as compared between the worlds of one replicate.

use crate::engine::FIRST_COUNTED_MONTHS;
use crate::engine::population::{Chunk, Person};
use crate::engine::record::standing;
use crate::engine::tally::{Seen, Snapshot};
use rayon::prelude::*;

/// Everybody aged 16 and over who has not gone, at the end of `month`.
pub(crate) fn take(chunks: &[Chunk], month: u16) -> Snapshot {
    Snapshot::of(chunks.par_iter().map(|chunk| chunk.people.iter().filter_map(move |person| seen(person, month))))
}

fn seen(person: &Person, month: u16) -> Option<Seen> {
    let age_months = month - person.birth;
    (age_months >= FIRST_COUNTED_MONTHS).then_some(())?;
    Some(Seen {
        identity: person.luck.identity(),
        age_months,
        upbringing: person.upbringing_region(),
        origin: person.origin(),
        sex: person.sex(),
        qualification: person.qualification(),
        standing: standing(person.state)?,
    })
}
