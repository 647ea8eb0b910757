//! Everybody in the model, in chunks of one birth cohort.

use super::chunk::{CHUNK, Chunk};
use super::next_event::NextEvent;
use super::person::{Person, cohort_of};
use std::collections::BTreeMap;

/// Everybody in the model.
#[derive(Clone, Debug, Default)]
pub(crate) struct Population {
    pub chunks: Vec<Chunk>,
    /// The chunk of each birth cohort that has room.
    open: BTreeMap<u16, usize>,
}

impl Population {
    /// Takes somebody in, and says in which chunk and at which place of it they are.
    pub fn add(&mut self, person: Person, next: NextEvent) -> (usize, usize) {
        let cohort = cohort_of(person.birth);
        let at = match self.open.get(&cohort) {
            Some(at) if self.chunks[*at].people.len() < CHUNK => *at,
            _ => {
                self.chunks.push(Chunk::new(cohort));
                self.open.insert(cohort, self.chunks.len() - 1);
                self.chunks.len() - 1
            }
        };
        self.chunks[at].push(person, next);
        (at, self.chunks[at].people.len() - 1)
    }

    /// Drops chunks whose last person has gone, and says where each of the old ones is now.
    pub fn drop_empty_chunks(&mut self) -> Vec<Option<usize>> {
        let mut kept = 0..;
        let places = self.chunks.iter().map(|chunk| (chunk.present > 0).then(|| kept.next()).flatten()).collect();
        self.chunks.retain(|chunk| chunk.present > 0);
        self.open = self.chunks.iter().enumerate().map(|(at, chunk)| (chunk.cohort, at)).collect();
        places
    }

    /// Everybody, those who have gone included.
    pub fn people(&self) -> impl Iterator<Item = &Person> {
        self.chunks.iter().flat_map(|chunk| &chunk.people)
    }
}
