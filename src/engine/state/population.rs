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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Month;
    use crate::domain::Region;
    use crate::random::Luck;

    /// Adds somebody born in a month, and says where they are.
    fn add(population: &mut Population, birth: Month) -> (usize, usize) {
        let person = Person::pupil(Luck::new(1, 1).person(0, 0), birth, birth + 192, Region(0));
        population.add(person, NextEvent::end(Month::NEVER))
    }

    #[test]
    fn people_of_one_birth_cohort_share_a_chunk_and_keep_their_places_when_others_go() {
        let mut population = Population::default();
        let births = [Month(1_200), Month(1_200), Month(1_212)];
        let places = births.map(|birth| add(&mut population, birth));
        assert_eq!(places, [(0, 0), (0, 1), (1, 0)]);
        population.chunks[0].present = 0;
        assert_eq!(population.drop_empty_chunks(), [None, Some(0)]);
        assert_eq!(add(&mut population, births[2]), (0, 1));
        assert_eq!(add(&mut population, births[0]), (1, 0), "a cohort without a chunk gets a new one");
        assert_eq!(population.people().count(), 3);
    }
}
