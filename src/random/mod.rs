//! Keyed draws: the only room that knows a generator.
//!
//! A draw depends on (seed, replicate, person, month, purpose) and on nothing else: not on how many
//! draws came before, not on threads, not on other people. Philox4x32-10 (Salmon, Moraes, Dror and
//! Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3") gives each person a start of their own;
//! SplitMix64 goes on from there.
//!
//! The clocks of the race of exits are a special case: see [`Stretch`].

mod points;

use std::hint::select_unpredictable;

pub use points::{CLOCKS, Moment, Pace, Point, Reach, Season, Stretch};

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
}

/// The source of all draws of one person in one run.
///
/// One Philox block of (seed, replicate, cohort, region, number) says where the person's own SplitMix64
/// sequence starts; a draw is the place in it that month, purpose and part name. So a draw costs a few
/// multiplications, and nobody's depends on anybody else's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PersonLuck(u64);

/// The source of all draws of one run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Luck {
    key: [u32; 2],
    replicate: u32,
}

const MULTIPLIERS: [u64; 2] = [0xD251_1F53, 0xCD9E_8D57];
const WEYL: [u32; 2] = [0x9E37_79B9, 0xBB67_AE85];
const ROUNDS: usize = 10;
/// Increment of SplitMix64.
const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;
/// Increment and mask of wyrand.
const WYRAND: [u64; 2] = [0xA076_1D64_78BD_642F, 0xE703_7ED1_A0B4_28DB];

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

/// The output function of SplitMix64 (Steele, Lea and Flood 2014).
#[inline]
fn mix(state: u64) -> u64 {
    let state = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let state = (state ^ (state >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    state ^ (state >> 31)
}

/// Both halves of a 128-bit product folded together: the output function of wyrand (Wang Yi 2019).
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "the halves of a 128-bit product")]
fn fold(state: u64) -> u64 {
    let product = u128::from(state) * u128::from(state ^ WYRAND[1]);
    (product >> 64) as u64 ^ product as u64
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
        let third = u32::from(month) | (Purpose::Rounding as u32) << 16 | u32::from(part) << 24;
        let word = philox(self.key, [place, u32::MAX, third, self.replicate])[0];
        (expected.max(0.0) + uniform(word)).floor() as u32
    }
}

impl PersonLuck {
    /// Who this is: the same number in every scenario of a replicate.
    #[must_use]
    pub fn identity(self) -> u64 {
        self.0
    }

    /// Where the sequence of a purpose starts that goes on by itself.
    #[inline]
    fn start(self, month: u16, purpose: Purpose, part: u8) -> u64 {
        let block = u64::from(month) | (purpose as u64) << 16 | u64::from(part) << 24;
        mix(self.0.wrapping_add(GOLDEN.wrapping_mul(2 * block)))
    }

    /// Four independent 32-bit words for a month and purpose; `part` tells apart several blocks of one
    /// purpose.
    #[must_use]
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "the halves of a 64-bit word")]
    pub fn words(self, month: u16, purpose: Purpose, part: u8) -> [u32; 4] {
        let block = u64::from(month) | (purpose as u64) << 16 | u64::from(part) << 24;
        let state = self.0.wrapping_add(GOLDEN.wrapping_mul(2 * block));
        let (first, second) = (mix(state), mix(state.wrapping_add(GOLDEN)));
        [first as u32, (first >> 32) as u32, second as u32, (second >> 32) as u32]
    }
}

/// A word as a number in (0, 1), never 0 nor 1.
#[must_use]
#[inline]
pub fn uniform(word: u32) -> f64 {
    (f64::from(word) + 0.5) / 4_294_967_296.0
}

/// A word's leading 23 bits as a number in (0, 1); with half a step added they fill a float's 24.
#[inline]
#[expect(clippy::cast_precision_loss, reason = "23 bits and a half fit a float exactly")]
fn fraction(word: u32) -> f32 {
    ((word >> 9) as f32 + 0.5) / 8_388_608.0
}

/// Natural logarithm of a positive normal number, within 2e-7 of its value or of 1, whichever is
/// larger: basic operations only, so the same on every processor, and a third of the cost of `libm`.
#[inline]
#[expect(clippy::cast_precision_loss, clippy::cast_possible_wrap, reason = "an exponent is small")]
fn ln(value: f32) -> f32 {
    /// Bits of the square root of one half: the mantissa is brought into [sqrt(1/2), sqrt(2)).
    const HALF_ROOT: u32 = 0x3F35_04F3;
    let shifted = value.to_bits().wrapping_sub(HALF_ROOT);
    let exponent = (shifted as i32 >> 23) as f32;
    let mantissa = f32::from_bits((shifted & 0x007F_FFFF) + HALF_ROOT);
    // ln m = 2 atanh(s), s = (m - 1) / (m + 1), |s| < 0.1716.
    let s = (mantissa - 1.0) / (mantissa + 1.0);
    let square = s * s;
    let series = 1.0 + square * (1.0 / 3.0 + square * (0.2 + square * (1.0 / 7.0 + square * (1.0 / 9.0))));
    exponent * std::f32::consts::LN_2 + 2.0 * s * series
}

/// A standard exponential variate.
#[must_use]
#[inline]
pub fn exponential(word: u32) -> f32 {
    -ln(fraction(word))
}

/// A standard normal variate (Box and Muller), to single precision.
#[must_use]
#[inline]
pub fn normal(first: u32, second: u32) -> f32 {
    let v = fraction(second) - 0.5;
    // The cosine of v turns.
    radius(first) * sine(0.25 - v.abs())
}

/// Two independent standard normal variates for the price of little more than one; the first is [`normal`].
#[must_use]
#[inline]
pub fn normals(first: u32, second: u32) -> [f32; 2] {
    let (radius, v) = (radius(first), fraction(second) - 0.5);
    // The sine of v turns is that of half a turn less v, and odd.
    let folded = 0.25 - (v.abs() - 0.25).abs();
    [radius * sine(0.25 - v.abs()), radius * sine(folded.copysign(v))]
}

/// [`normals`] of several pairs of words at once, in two rows: the first of each pair, and the second.
#[must_use]
#[inline]
pub fn normal_rows<const N: usize>(first: &[u32; N], second: &[u32; N]) -> [[f32; N]; 2] {
    let mut rows = [[0.0; N]; 2];
    // A plain loop, several turns of which processors work out at once.
    for at in 0..N {
        [rows[0][at], rows[1][at]] = normals(first[at], second[at]);
    }
    rows
}

#[inline]
fn radius(word: u32) -> f32 {
    (-2.0 * ln(fraction(word))).sqrt()
}

/// The sine of a part of a turn, from -1/4 to 1/4.
#[inline]
fn sine(turns: f32) -> f32 {
    let x = turns * std::f32::consts::TAU;
    let square = x * x;
    let series =
        square * (-1.0 / 6.0 + square * (1.0 / 120.0 + square * (-1.0 / 5_040.0 + square * (1.0 / 362_880.0))));
    x + x * series
}

/// Standard exponential variates, one for each word.
#[must_use]
#[inline(never)]
pub fn exponentials<const N: usize>(words: [u32; N]) -> [f32; N] {
    let mut units = [0.0; N];
    // A plain loop, several turns of which processors work out at once.
    for (unit, word) in units.iter_mut().zip(words) {
        *unit = exponential(word);
    }
    units
}

/// Which of several alternatives rings first when each has its own exponential clock: alternative
/// `k` wins with probability `weight_k / sum`, and changing one weight moves choices only into or
/// out of that alternative. `units` are standard exponential variates, one for each weight or more. `None` when no weight is
/// positive.
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
    fn mixing_gives_the_published_splitmix_sequence() {
        let sequence: Vec<u64> = (1..=3u64).map(|at| mix(1_234_567u64.wrapping_add(at.wrapping_mul(GOLDEN)))).collect();
        assert_eq!(sequence, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    #[test]
    fn samplers_keep_their_golden_values() {
        let words = Luck::new(42, 1).person(3, 7).words(1509, Purpose::Score, 0);
        assert_eq!(words, [758412789, 2923563024, 2781034259, 2534853437]);
        assert_eq!(uniform(words[0]).to_bits(), 4595530047883837440);
        assert_eq!(exponential(words[1]).to_bits(), 1_053_093_794);
        assert_eq!(normal(words[2], words[3]).to_bits(), 1_061_772_820);
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
    fn fractions_never_reach_zero_or_one() {
        assert!(fraction(0) > 0.0 && fraction(u32::MAX) < 1.0);
    }

    #[test]
    fn the_fast_logarithm_is_a_logarithm() {
        for step in 1..400_000u32 {
            let value = fraction(step.wrapping_mul(10_007));
            let exact = libm::log(f64::from(value));
            assert!((f64::from(ln(value)) - exact).abs() <= 2e-7 * exact.abs().max(1.0), "{value}");
        }
    }

    #[test]
    fn the_fast_normal_follows_the_exact_formula() {
        for step in 0..100_000u32 {
            let (a, b) = (step.wrapping_mul(0x9E37_79B9), step.wrapping_mul(0x85EB_CA6B));
            let (u, v) = (f64::from(fraction(a)), f64::from(fraction(b)) - 0.5);
            let exact = libm::sqrt(-2.0 * libm::log(u)) * libm::cos(std::f64::consts::TAU * v);
            assert!((f64::from(normal(a, b)) - exact).abs() < 4e-5, "{u} {v}");
            let other = libm::sqrt(-2.0 * libm::log(u)) * libm::sin(std::f64::consts::TAU * v);
            let [first, second] = normals(a, b);
            assert_eq!(first.to_bits(), normal(a, b).to_bits());
            assert!((f64::from(second) - other).abs() < 4e-5, "{u} {v}");
        }
    }

    #[test]
    fn normal_variates_have_the_moments_of_a_normal() {
        let luck = Luck::new(3, 0);
        let count = 200_000u32;
        let (mut sum, mut squares) = (0.0, 0.0);
        for ordinal in 0..count {
            let words = luck.person(0, ordinal).words(0, Purpose::Attainment, 0);
            let value = f64::from(normal(words[0], words[1]));
            sum += value;
            squares += value * value;
        }
        let n = f64::from(count);
        assert!((sum / n.sqrt()).abs() < 4.5);
        assert!(((squares - n) / (2.0 * n).sqrt()).abs() < 4.5);
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
