//! The keyed source of draws: a run's, a person's, and what a month and purpose draw from it.

use crate::random::bits::{GOLDEN, mix};
use crate::random::samplers::uniform;
use crate::random::stream::Stream;

/// What a draw is for. The number is part of the key: never reuse or renumber one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Purpose {
    /// The clocks of the race of exits.
    Clocks = 1,
    /// Sex, origin, health, birth month.
    Traits = 3,
    /// Attainment and personal effect.
    Attainment = 4,
    /// Parental earnings.
    Parents = 5,
    /// The next step when a stage of education ends.
    NextStep = 6,
    /// Passing a course.
    Pass = 7,
    /// Length and place of higher education.
    Study = 8,
    /// Which of two regions, and which region.
    Destination = 9,
    /// Level of apprenticeship applied for, and rank among applicants.
    Apprenticeship = 10,
    /// What happens after an apprenticeship.
    AfterApprenticeship = 11,
    /// Class and region of a job application.
    Direction = 12,
    /// Score and vacancy of a job application.
    Score = 13,
    /// Rank among those asking for promotion, a course or support.
    Queue = 14,
    /// Whether agencies know somebody.
    Known = 15,
    /// Personal deviation of pay.
    Pay = 16,
    /// Rounding of fractions of people and places.
    Rounding = 17,
    /// Age and background of people who arrive from abroad.
    Arrival = 18,
    /// What happens after a guaranteed job.
    AfterGuarantee = 19,
    /// Points at which a sensitivity study or a calibration looks; nobody's life.
    Design = 20,
    /// Draws of a policy or a measure that is not part of the model.
    Own = 21,
}

/// The source of all draws of one person in one run.
///
/// One Philox block of (seed, replicate, cohort, region, number) says where the person's own SplitMix64
/// sequence starts; a draw is the place in it that month, purpose and part name. So a draw costs a few
/// multiplications, and nobody's depends on anybody else's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PersonLuck(u64);

/// The source of all draws of one run.
///
/// ```
/// use rungs::random::{Luck, Purpose};
///
/// let person = Luck::new(42, 1).person(3, 7);
/// let words = person.words(1509, Purpose::Own, 0);
/// // The same key gives the same words whatever was drawn before; another person's are their own.
/// assert_eq!(words, Luck::new(42, 1).person(3, 7).words(1509, Purpose::Own, 0));
/// assert_ne!(words, Luck::new(42, 1).person(3, 8).words(1509, Purpose::Own, 0));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Luck {
    key: [u32; 2],
    replicate: u32,
}

const MULTIPLIERS: [u64; 2] = [0xD251_1F53, 0xCD9E_8D57];
const WEYL: [u32; 2] = [0x9E37_79B9, 0xBB67_AE85];
const ROUNDS: usize = 10;
/// Philox4x32-10: four random words for a counter under a key.
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "the halves of a 64-bit product")]
fn philox(key: [u32; 2], counter: [u32; 4]) -> [u32; 4] {
    let [mut c0, mut c1, mut c2, mut c3] = counter;
    let [mut k0, mut k1] = key;
    for _ in 0..ROUNDS {
        let a = MULTIPLIERS[0] * u64::from(c0);
        let b = MULTIPLIERS[1] * u64::from(c2);
        (c0, c2) = ((b >> 32) as u32 ^ c1 ^ k0, (a >> 32) as u32 ^ c3 ^ k1);
        (c1, c3) = (b as u32, a as u32);
        k0 = k0.wrapping_add(WEYL[0]);
        k1 = k1.wrapping_add(WEYL[1]);
    }
    [c0, c1, c2, c3]
}

impl Luck {
    /// The draws of one replicate of a seed.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "the two halves of the seed")]
    pub fn new(seed: u64, replicate: u32) -> Self {
        Self { key: [seed as u32, (seed >> 32) as u32], replicate }
    }

    /// The draws of the person with this number in a group (cohort and region of upbringing).
    #[must_use]
    pub fn person(&self, group: u32, number: u32) -> PersonLuck {
        let [a, b, _, _] = philox(self.key, [number, group, 0, self.replicate]);
        PersonLuck(u64::from(a) | u64::from(b) << 32)
    }

    /// Whether a share of all people, in parts of 2^32, holds the person with this number in a group: the same in every replicate, and a
    /// larger share holds everybody that a smaller one does.
    #[must_use]
    pub fn is_in_panel(&self, group: u32, number: u32, share: u32) -> bool {
        philox(self.key, [number, group, 1, u32::MAX])[0] < share || share == u32::MAX
    }

    /// A fraction of people or places as a whole number: up or down with the right chance, keyed by
    /// place, month and part.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "counts of agents are below 2^32")]
    pub fn rounded(&self, expected: f64, place: u32, month: u16, part: u8) -> u32 {
        (expected.max(0.0) + self.fraction(place, month, part)).floor() as u32
    }

    /// A fraction of a person or place, any of them as likely, keyed likewise.
    #[must_use]
    pub fn fraction(&self, place: u32, month: u16, part: u8) -> f64 {
        let third = u32::from(month) | (Purpose::Rounding as u32) << 16 | u32::from(part) << 24;
        uniform(philox(self.key, [place, u32::MAX, third, self.replicate])[0])
    }
}

impl PersonLuck {
    /// Who this is: the same number in every scenario of a replicate.
    #[must_use]
    pub fn identity(self) -> u64 {
        self.0
    }

    /// Where the words of a month, purpose and part lie in the person's sequence: two places, then the next month's.
    #[inline]
    fn place(self, month: u16, purpose: Purpose, part: u8) -> u64 {
        let block = u64::from(month) | (purpose as u64) << 16 | u64::from(part) << 24;
        self.0.wrapping_add(GOLDEN.wrapping_mul(2 * block))
    }

    /// Where the sequence of a purpose starts that goes on by itself.
    #[inline]
    pub(super) fn start(self, month: u16, purpose: Purpose, part: u8) -> u64 {
        mix(self.place(month, purpose, part))
    }

    /// Four independent 32-bit words for a month and purpose; `part` tells apart several blocks of one
    /// purpose.
    #[must_use]
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "the halves of a 64-bit word")]
    pub fn words(self, month: u16, purpose: Purpose, part: u8) -> [u32; 4] {
        let place = self.place(month, purpose, part);
        let (first, second) = (mix(place), mix(place.wrapping_add(GOLDEN)));
        [first as u32, (first >> 32) as u32, second as u32, (second >> 32) as u32]
    }

    /// As many draws as wanted for a month, purpose and part, of whatever `rand` and `rand_distr` can draw. The first
    /// are those of [`Self::words`], so that a purpose takes either and not both.
    #[must_use]
    pub fn stream(self, month: u16, purpose: Purpose, part: u8) -> Stream {
        Stream::new(self.place(month, purpose, part))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn philox_gives_the_published_known_answers() {
        assert_eq!(philox([0, 0], [0; 4]), [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]);
        assert_eq!(philox([u32::MAX; 2], [u32::MAX; 4]), [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]);
        assert_eq!(
            philox([0xa409_3822, 0x299f_31d0], [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344]),
            [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
        );
    }

    #[test]
    fn philox_gives_the_blocks_of_another_implementation() {
        let mut state = 1;
        let mut word = || {
            state = mix(state);
            u32::try_from(state >> 32).unwrap()
        };
        for _ in 0..2_000 {
            let (key, counter) = ([word(), word()], [word(), word(), word(), word()]);
            assert_eq!(philox(key, counter), rand_philox::philox4x32_10(counter, key));
        }
    }

    #[test]
    fn words_keep_their_golden_values() {
        let words = Luck::new(42, 1).person(3, 7).words(1509, Purpose::Score, 0);
        assert_eq!(words, [758412789, 2923563024, 2781034259, 2534853437]);
    }
}
