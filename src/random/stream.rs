//! A keyed stream of draws, as many as wanted, for everything that `rand` and `rand_distr` can draw.

use crate::random::bits::{GOLDEN, fold, mix};
use rand::TryRng;
use rand::rand_core::utils::fill_bytes_via_next_word;
use std::convert::Infallible;

/// The draws of one person for one month, purpose and part: a generator in the sense of `rand_core`.
///
/// Two streams of different keys have nothing to do with each other, and a stream is the same
/// however many other draws came before it. Its first two 64-bit words are those of
/// [`PersonLuck::words`](crate::random::PersonLuck::words).
///
/// ```
/// use rungs::random::rand::RngExt;
/// use rungs::random::rand_distr::Poisson;
/// use rungs::random::{Luck, Purpose};
///
/// let mut draws = Luck::new(42, 1).person(0, 0).stream(1509, Purpose::Own, 0);
/// let die = draws.random_range(1..=6);
/// let calls: f64 = draws.sample(Poisson::new(2.5)?);
/// assert!((1..=6).contains(&die) && calls >= 0.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stream {
    state: u64,
    /// Words left of those that the key owns in the person's own sequence.
    owned: u8,
}

impl Stream {
    /// The stream of a key, from the place in the person's sequence where the key's two words are.
    pub(super) fn new(state: u64) -> Self {
        Self { state, owned: 2 }
    }
}

impl TryRng for Stream {
    type Error = Infallible;

    #[inline]
    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let word = mix(self.state);
        let next = self.state.wrapping_add(GOLDEN);
        // The place after the key's own two is the next month's: there the stream goes its own way.
        self.state = if self.owned == 1 { fold(next) } else { next };
        self.owned = self.owned.saturating_sub(1);
        Ok(word)
    }

    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "the lower half of a 64-bit word")]
    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        self.try_next_u64().map(|word| word as u32)
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        fill_bytes_via_next_word(bytes, || self.try_next_u64())
    }
}

#[cfg(test)]
mod tests {
    use crate::random::{Luck, Purpose};
    use rand::{Rng, RngExt};
    use rand_distr::{Distribution, Exp1, Gamma, Poisson, StandardNormal, Uniform};
    use std::collections::BTreeSet;

    #[test]
    fn the_first_words_of_a_stream_are_the_words_of_its_key() {
        for (number, month, part) in [(0, 0, 0), (7, 1509, 3), (u32::MAX, u16::MAX, u8::MAX)] {
            let person = Luck::new(42, 1).person(3, number);
            let mut stream = person.stream(month, Purpose::Score, part);
            let halves = [stream.next_u64(), stream.next_u64()].map(|word| [word & 0xFFFF_FFFF, word >> 32]);
            assert_eq!(halves.concat(), person.words(month, Purpose::Score, part).map(u64::from));
        }
    }

    #[test]
    fn a_stream_keeps_its_golden_values_past_the_words_of_its_key() {
        let mut stream = Luck::new(42, 1).person(3, 7).stream(1509, Purpose::Score, 0);
        let words: [u64; 5] = std::array::from_fn(|_| stream.next_u64());
        let expected = [
            12_556_607_576_633_275_893,
            10_887_112_614_849_230_611,
            5_967_473_295_784_781_464,
            1_514_315_978_454_398_415,
            3_041_739_463_626_584_662,
        ];
        assert_eq!(words, expected);
    }

    #[test]
    fn streams_of_different_keys_share_no_word() {
        let (one, other) = (Luck::new(1, 0).person(0, 1), Luck::new(1, 0).person(0, 2));
        let purposes = [Purpose::Design, Purpose::Own];
        let keys = [one, other].into_iter().flat_map(|person| (0..40).map(move |month| (person, month)));
        let keys = keys.flat_map(|(person, month)| purposes.map(|purpose| (person, month, purpose)));
        let words = keys.flat_map(|(person, month, purpose)| {
            let mut stream = person.stream(month, purpose, 0);
            (0..200).map(move |_| stream.next_u64())
        });
        // Of 32,000 words of 64 bits two are equal with a probability of 3e-11.
        assert_eq!(words.collect::<BTreeSet<u64>>().len(), 2 * 40 * 2 * 200);
    }

    #[test]
    fn bytes_are_those_of_the_words_in_order() {
        let stream = || Luck::new(5, 0).person(0, 0).stream(3, Purpose::Own, 0);
        let mut bytes = [0; 19];
        stream().fill_bytes(&mut bytes);
        let mut words = stream();
        let expected: Vec<u8> = (0..3).flat_map(|_| words.next_u64().to_le_bytes()).take(19).collect();
        assert_eq!(bytes[..], expected);
    }

    /// Whether the mean and the variance of draws are those that are known, in standard errors of each.
    fn has_moments(distribution: &impl Distribution<f64>, mean: f64, variance: f64, kurtosis: f64) {
        let stream = Luck::new(6, 0).person(0, 0).stream(0, Purpose::Own, 0);
        let count = 200_000;
        let values: Vec<f64> = stream.sample_iter(distribution).take(count).collect();
        let n = 200_000.0;
        let off = values.iter().map(|value| value - mean).sum::<f64>() / n;
        assert!((off / (variance / n).sqrt()).abs() < 4.5, "the mean is off by {off}");
        let found = values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / n;
        let error = variance * ((kurtosis - 1.0) / n).sqrt();
        assert!(((found - variance) / error).abs() < 4.5, "a variance of {found}");
    }

    #[test]
    fn every_distribution_can_be_drawn_from_a_stream_and_has_its_moments() {
        has_moments(&Uniform::new(-1.0, 1.0).unwrap(), 0.0, 1.0 / 3.0, 1.8);
        has_moments(&StandardNormal, 0.0, 1.0, 3.0);
        has_moments(&Exp1, 1.0, 1.0, 9.0);
        has_moments(&Poisson::new(2.5).unwrap(), 2.5, 2.5, 3.0 + 1.0 / 2.5);
        has_moments(&Gamma::new(4.0, 0.5).unwrap(), 2.0, 1.0, 3.0 + 6.0 / 4.0);
    }
}
