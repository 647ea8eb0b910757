//! Everybody at one moment, in eight bytes each, so that the same person can be found in two worlds.

use crate::domain::{Origin, Qualification, Region, Sex};
use crate::engine::tally::Standing;
use rayon::prelude::*;
use strum::VariantArray;

/// One person of a snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Who they are, to 37 bits: together with age and upbringing it names one person of the same replicate.
    pub identity: u64,
    /// Age (completed months).
    pub age_months: u16,
    /// Region of upbringing; `None` for abroad.
    pub upbringing: Option<Region>,
    /// The origin class drawn; people from abroad are reported without one.
    pub origin: Origin,
    /// Sex.
    pub sex: Sex,
    /// Highest qualification.
    pub qualification: Qualification,
    /// What they do.
    pub standing: Standing,
}

/// Bits of a packed person, from the highest: age, upbringing, identity; then origin, sex, qualification, standing.
const IDENTITY_BITS: u32 = 37;
const TRAIT_BITS: u32 = 10;
const UPBRINGING_AT: u32 = IDENTITY_BITS + TRAIT_BITS;
const AGE_AT: u32 = UPBRINGING_AT + 8;
const ABROAD: u8 = u8::MAX;

impl Seen {
    /// Who this is among everybody of both worlds.
    #[must_use]
    pub fn key(&self) -> u64 {
        self.pack() >> TRAIT_BITS
    }

    fn pack(self) -> u64 {
        let upbringing = self.upbringing.map_or(ABROAD, |region| region.0);
        u64::from(self.age_months.min(511)) << AGE_AT
            | u64::from(upbringing) << UPBRINGING_AT
            | (self.identity & ((1 << IDENTITY_BITS) - 1)) << TRAIT_BITS
            | (self.origin as u64) << 7
            | (self.sex as u64) << 6
            | (self.qualification as u64) << 3
            | self.standing as u64
    }

    fn unpack(bits: u64) -> Self {
        let upbringing = u8::try_from(bits >> UPBRINGING_AT & 0xFF).unwrap_or(ABROAD);
        Self {
            identity: bits >> TRAIT_BITS & ((1 << IDENTITY_BITS) - 1),
            age_months: u16::try_from(bits >> AGE_AT).unwrap_or(0),
            upbringing: (upbringing != ABROAD).then_some(Region(upbringing)),
            origin: kind(bits >> 7 & 7),
            sex: kind(bits >> 6 & 1),
            qualification: kind(bits >> 3 & 7),
            standing: kind(bits & 7),
        }
    }
}

/// The kind with this index; only indices that were packed occur.
fn kind<T: VariantArray + Copy>(index: u64) -> T {
    let index = usize::try_from(index).unwrap_or(0);
    T::VARIANTS[index.min(T::VARIANTS.len() - 1)]
}

/// Everybody at one moment, sorted by who they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snapshot {
    packed: Vec<u64>,
}

impl Snapshot {
    /// A snapshot of lists of people, in any order.
    #[must_use]
    pub fn of<I: IntoIterator<Item = Seen>>(lists: impl ParallelIterator<Item = I>) -> Self {
        let mut packed: Vec<u64> = lists.flat_map_iter(|list| list.into_iter().map(Seen::pack)).collect();
        packed.par_sort_unstable();
        Self { packed }
    }

    /// Everybody, in the order of [`Seen::key`].
    pub fn people(&self) -> impl Iterator<Item = Seen> + '_ {
        self.packed.iter().map(|bits| Seen::unpack(*bits))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(identity: u64) -> Seen {
        Seen {
            identity,
            age_months: 479,
            upbringing: Some(Region(249)),
            origin: Origin::LowerWorking,
            sex: Sex::Male,
            qualification: Qualification::Level6Plus,
            standing: Standing::Neet,
        }
    }

    #[test]
    fn a_person_reads_back_from_eight_bytes() {
        let young = Seen { age_months: 192, upbringing: None, origin: Origin::HigherProfessional, ..seen(0) };
        for person in [seen((1 << 37) - 1), seen(5), young] {
            assert_eq!(Seen::unpack(person.pack()), person);
        }
    }

    #[test]
    fn what_somebody_does_is_no_part_of_who_they_are() {
        let other = Seen { standing: Standing::Working, qualification: Qualification::BelowLevel2, ..seen(7) };
        assert_eq!(seen(7).key(), other.key());
        assert_ne!(seen(7).key(), seen(8).key());
    }

    #[test]
    fn snapshots_do_not_depend_on_the_order_in_which_people_are_met() {
        let of = |lists: [Vec<u64>; 2]| {
            Snapshot::of(lists.to_vec().into_par_iter().map(|list| list.into_iter().map(seen).collect::<Vec<_>>()))
        };
        let one = of([vec![3, 1], vec![2]]);
        assert_eq!(one, of([vec![2, 3], vec![1]]));
        assert_eq!(one.people().map(|person| person.identity).collect::<Vec<_>>(), [1, 2, 3]);
    }
}
