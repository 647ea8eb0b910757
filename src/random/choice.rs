//! Choices that move as little as they can when what is chosen from changes: races and slots.

use crate::random::bits::{GOLDEN, WYRAND, fold};
use std::hint::select_unpredictable;

/// Which of several alternatives rings first when each has its own exponential clock: alternative
/// `k` wins with probability `weight_k / sum`, and changing one weight moves choices only into or
/// out of that alternative. `units` are standard exponential variates, one for each weight or more. `None` when no weight is
/// positive.
///
/// ```
/// use rungs::random::{exponentials, race};
///
/// // The second alternative has no weight, so it never wins.
/// let first = race(&[1.0, 0.0, 3.0], &exponentials([7, 8, 9])).unwrap();
/// assert!(first == 0 || first == 2);
/// assert_eq!(race(&[0.0], &exponentials([7])), None);
/// ```
///
/// # Panics
/// In debug builds when there are fewer units than weights.
#[must_use]
#[inline]
pub fn race<const N: usize>(weights: &[f32; N], units: &[f32]) -> Option<usize> {
    debug_assert!(units.len() >= N, "an alternative without a unit would be left out");
    let mut first = Winner::nobody();
    for (at, (weight, unit)) in weights.iter().zip(units).enumerate() {
        first.enter(at, select_unpredictable(*weight > 0.0, unit / weight, f32::INFINITY));
    }
    first.winner()
}

/// A race as it goes on; without branches, which would be guessed wrong.
#[derive(Clone, Copy, Debug)]
pub struct Winner {
    wait: f32,
    at: usize,
}

impl Winner {
    /// Nobody has rung yet.
    #[must_use]
    pub fn nobody() -> Self {
        Self { wait: f32::INFINITY, at: usize::MAX }
    }

    /// Lets alternative `at` ring after a wait: a unit exponential variate over the weight, infinite for no weight.
    #[inline]
    pub fn enter(&mut self, at: usize, wait: f32) {
        *self = select_unpredictable(wait < self.wait, Self { wait, at }, *self);
    }

    /// Who rang first, if anybody did.
    #[must_use]
    pub fn winner(self) -> Option<usize> {
        (self.at != usize::MAX).then_some(self.at)
    }
}

/// Which of `slots` equal places a draw falls into. One slot more moves one draw in `slots + 1`, into that
/// slot. `slots` must be at least 1.
///
/// Consistent hashing by powers of two (after Leu 2023): the draw's highest bit below the next power says in which
/// doubling it lies, and a word of that doubling where. What falls beyond the last slot draws again.
///
/// ```
/// use rungs::random::slot;
///
/// let draw = 0x1234_5678_9ABC_DEF0;
/// let among = slot(draw, 1000);
/// let with_one_more = slot(draw, 1001);
/// assert!(with_one_more == among || with_one_more == 1000);
/// ```
#[must_use]
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "a slot is below 2^32")]
pub fn slot(draw: u64, slots: u32) -> u32 {
    let slots = u64::from(slots);
    let levels = 64 - (slots - 1).leading_zeros();
    let place = among(draw, levels);
    if place < slots {
        return place as u32;
    }
    let half = 1 << (levels - 1);
    let mut at = draw.wrapping_add(WYRAND[0].wrapping_mul(u64::from(64 + levels)));
    loop {
        let drawn = fold(at) & (2 * half - 1);
        if drawn < slots {
            return if drawn >= half { drawn as u32 } else { among(draw, levels - 1) as u32 };
        }
        at = at.wrapping_add(GOLDEN);
    }
}

/// Which of `2^levels` places a draw falls into: the same as among half as many, or one in the upper half.
#[inline]
fn among(draw: u64, levels: u32) -> u64 {
    let bits = draw & ((1 << levels) - 1);
    let level = 63 - (bits | 1).leading_zeros();
    let within = fold(draw.wrapping_add(WYRAND[0].wrapping_mul(u64::from(level))));
    (bits.min(1) << level) | (within & ((1 << level) - 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::bits::mix;
    use crate::random::{Luck, Purpose, exponentials};

    #[test]
    fn slots_keep_their_golden_values() {
        assert_eq!([1, 2, 10, 1000].map(|slots| slot(0x1234_5678_9ABC_DEF0, slots)), [0, 0, 0, 747]);
    }

    #[test]
    fn slots_are_even_and_one_more_takes_draws_only_into_itself() {
        let draws: Vec<u64> = (0..60_000u32).map(|number| mix(u64::from(number).wrapping_mul(GOLDEN))).collect();
        for slots in [1u32, 2, 3, 7, 8, 9, 64, 100] {
            let mut counts = vec![0u32; usize::try_from(slots).unwrap()];
            for draw in &draws {
                let (now, more) = (slot(*draw, slots), slot(*draw, slots + 1));
                assert!(more == now || more == slots, "{now} of {slots} became {more}");
                counts[usize::try_from(now).unwrap()] += 1;
            }
            let expected = 60_000.0 / f64::from(slots);
            for count in counts {
                let spread = (expected * (1.0 - 1.0 / f64::from(slots))).sqrt().max(1e-9);
                assert!(((f64::from(count) - expected) / spread).abs() < 4.8, "{count} of {slots} slots");
            }
        }
    }

    #[test]
    fn a_race_picks_each_alternative_as_often_as_its_weight_says() {
        let luck = Luck::new(9, 0);
        let count = 60_000u32;
        let mut wins = [0u32; 3];
        for ordinal in 0..count {
            let words = luck.person(0, ordinal).words(0, Purpose::NextStep, 0);
            wins[race(&[1.0, 2.0, 7.0], &exponentials(words)).unwrap()] += 1;
        }
        for (won, share) in wins.iter().zip([0.1, 0.2, 0.7]) {
            let n = f64::from(count);
            assert!(((f64::from(*won) - n * share) / (n * share * (1.0 - share)).sqrt()).abs() < 4.5);
        }
    }

    #[test]
    fn raising_one_weight_moves_choices_only_into_that_alternative() {
        let luck = Luck::new(9, 0);
        for ordinal in 0..5_000 {
            let words = luck.person(0, ordinal).words(0, Purpose::NextStep, 0);
            let before = race(&[1.0, 2.0, 3.0], &exponentials(words));
            let after = race(&[1.0, 2.0, 4.0], &exponentials(words));
            assert!(before == after || after == Some(2));
        }
    }
}
