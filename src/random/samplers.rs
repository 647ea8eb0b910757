//! Variates from 32-bit words: uniform, exponential and normal, by basic operations alone.
//!
//! They are part of the model: the same on every processor, cheap, and in plain loops that processors
//! work out several turns of at once.

/// A word as a number in (0, 1), never 0 nor 1.
///
/// ```
/// use rungs::random::uniform;
///
/// assert!(uniform(0) > 0.0 && uniform(u32::MAX) < 1.0);
/// ```
#[must_use]
#[inline]
pub fn uniform(word: u32) -> f64 {
    (f64::from(word) + 0.5) / 4_294_967_296.0
}

/// A word's leading 23 bits as a number in (0, 1); with half a step added they fill a float's 24.
#[inline]
#[expect(clippy::cast_precision_loss, reason = "23 bits and a half fit a float exactly")]
pub(super) fn fraction(word: u32) -> f32 {
    ((word >> 9) as f32 + 0.5) / 8_388_608.0
}

/// Natural logarithm of a positive normal number, within 2e-7 of its value or of 1, whichever is
/// larger: basic operations only, so the same on every processor, and a third of the cost of `libm`.
#[inline]
#[expect(clippy::cast_precision_loss, clippy::cast_possible_wrap, reason = "an exponent is small")]
pub(super) fn ln(value: f32) -> f32 {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Luck, Purpose};
    use rand::RngExt;
    use rand_distr::{Exp1, StandardNormal};

    #[test]
    fn samplers_keep_their_golden_values() {
        let words = [758412789, 2923563024, 2781034259, 2534853437];
        assert_eq!(uniform(words[0]).to_bits(), 4595530047883837440);
        assert_eq!(exponential(words[1]).to_bits(), 1_053_093_794);
        assert_eq!(normal(words[2], words[3]).to_bits(), 1_061_772_820);
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

    /// Draws of ours and of another implementation agree in the share below each cut, in standard errors of the
    /// difference of two shares.
    fn agree(ours: &[f64], theirs: &[f64], cuts: &[f64]) {
        let share = |draws: &[f64], cut: f64| {
            let below = draws.iter().filter(|draw| **draw < cut).count();
            f64::from(u32::try_from(below).unwrap()) / f64::from(u32::try_from(draws.len()).unwrap())
        };
        for cut in cuts {
            let (ours, theirs, n) = (share(ours, *cut), share(theirs, *cut), ours.len());
            let middle = (ours + theirs) / 2.0;
            let error = (2.0 * middle * (1.0 - middle) / f64::from(u32::try_from(n).unwrap())).sqrt();
            assert!((ours - theirs).abs() < 4.5 * error, "below {cut}: {ours} of ours, {theirs} of theirs");
        }
    }

    #[test]
    fn exponentials_and_normals_are_distributed_as_those_of_rand_distr() {
        let count = 200_000;
        let words = |number: u32| Luck::new(4, 0).person(0, number).words(0, Purpose::Own, 0);
        let theirs = || Luck::new(4, 0).person(1, 0).stream(0, Purpose::Own, 0);
        let ours: Vec<f64> = (0..count).map(|number| f64::from(exponential(words(number)[0]))).collect();
        let exponentials: Vec<f64> = theirs().sample_iter(Exp1).take(ours.len()).collect();
        agree(&ours, &exponentials, &[0.01, 0.1, 0.3, 0.7, 1.0, 1.5, 2.5, 4.0, 6.0]);
        let normals_of = |number: u32| normals(words(number)[1], words(number)[2]).map(f64::from);
        let pairs: Vec<[f64; 2]> = (0..count).map(normals_of).collect();
        let normals: Vec<f64> = theirs().sample_iter(StandardNormal).take(ours.len()).collect();
        for of_pair in 0..2 {
            let ours: Vec<f64> = pairs.iter().map(|pair| pair[of_pair]).collect();
            agree(&ours, &normals, &[-3.0, -2.0, -1.2, -0.5, 0.0, 0.4, 1.0, 1.7, 2.5, 3.3]);
        }
    }
}
