//! People of one birth cohort: a wake month and a record for each.
//!
//! Months scan only the wake column; a record is read when its person is due. A chunk is never
//! reordered, and goes when its last person has gone.

use super::next_event::NextEvent;
use super::person::Person;
use crate::calendar::Month;
use wide::u16x8;

/// Most people in a chunk, whatever the number of threads.
pub(crate) const CHUNK: usize = 16_384;
/// People of one birth cohort.
#[derive(Clone, Debug)]
pub(crate) struct Chunk {
    pub cohort: u16,
    /// The next month in which each person has to be looked at; of people in work it may be too early while their hazards fall.
    pub wake: Vec<Month>,
    /// Of unemployed people the month before which nothing but a search can happen; 0 for others.
    pub alone_until: Vec<Month>,
    pub people: Vec<Person>,
    /// People who have not gone.
    pub present: usize,
}

impl Chunk {
    /// A chunk without people.
    pub fn new(cohort: u16) -> Self {
        Self { cohort, wake: Vec::new(), alone_until: Vec::new(), people: Vec::new(), present: 0 }
    }

    /// Adds a person who has to be looked at next as said.
    pub fn push(&mut self, mut person: Person, next: NextEvent) {
        person.occurrence = next.occurrence;
        self.people.push(person);
        self.wake.push(next.month);
        self.alone_until.push(next.alone_until);
        self.present += 1;
    }

    /// Takes those out of `due` who can do nothing but search in `month`.
    pub fn set_seekers_apart(&self, month: Month, due: &mut Vec<u16>, seekers: &mut Vec<u16>) {
        seekers.resize(due.len(), 0);
        let (mut others, mut found) = (0, 0);
        for at in 0..due.len() {
            // Written into both lists and kept in one: a branch would be guessed wrong half of the time.
            let person = due[at];
            (due[others], seekers[found]) = (person, person);
            let is_seeker = month < self.alone_until[usize::from(person)];
            others += usize::from(!is_seeker);
            found += usize::from(is_seeker);
        }
        due.truncate(others);
        seekers.truncate(found);
    }

    /// The people due in `month`, in order.
    pub fn due(&self, month: Month, due: &mut Vec<u16>) {
        self::due(&self.wake, month, due);
    }
}

/// Finds who is due: the places of at most 65,536 wake months that are `month`, in order.
pub fn due(wake: &[Month], month: Month, due: &mut Vec<u16>) {
    due.clear();
    let (blocks, rest) = wake.as_chunks::<64>();
    for (start, block) in (0..=u16::MAX).step_by(64).zip(blocks) {
        let mut flags = 0;
        for (shift, wakes) in (0..64).step_by(8).zip(block.as_chunks::<8>().0) {
            flags |=
                u64::from(u16x8::from(wakes.map(|month| month.0)).simd_eq(u16x8::splat(month.0)).to_bitmask()) << shift;
        }
        due.extend(ones(flags).map(|at| start + at));
    }
    let start = wake.len() - rest.len();
    let found = (0..).zip(rest).filter(|(_, wake)| **wake == month);
    due.extend(found.filter_map(|(at, _)| u16::try_from(start + at).ok()));
}

/// The places of the bits that are set.
fn ones(mut flags: u64) -> impl Iterator<Item = u16> {
    (0..flags.count_ones()).map(move |_| {
        let at = flags.trailing_zeros();
        flags &= flags - 1;
        u16::try_from(at).unwrap_or(0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Region;
    use crate::random::Luck;

    fn person() -> Person {
        Person::pupil(Luck::new(1, 1).person(0, 0), Month(1200), Month(1390), Region(0))
    }

    #[test]
    fn only_those_due_are_found() {
        let mut chunk = Chunk::new(0);
        for _ in 0..130 {
            chunk.push(person(), NextEvent::end(Month(5)));
        }
        chunk.wake[64] = Month(7);
        chunk.wake[129] = Month(7);
        let mut due = Vec::new();
        chunk.due(Month(7), &mut due);
        assert_eq!(due, [64, 129]);
    }
}
