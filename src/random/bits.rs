//! The mixing of bits under every draw: the output functions of SplitMix64 and of wyrand.

/// Increment of SplitMix64.
pub(super) const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;
/// Increment and mask of wyrand.
pub(super) const WYRAND: [u64; 2] = [0xA076_1D64_78BD_642F, 0xE703_7ED1_A0B4_28DB];

/// The output function of SplitMix64 (Steele, Lea and Flood 2014).
#[inline]
pub(super) fn mix(state: u64) -> u64 {
    let state = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let state = (state ^ (state >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    state ^ (state >> 31)
}

/// Both halves of a 128-bit product folded together: the output function of wyrand (Wang Yi 2019).
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "the halves of a 128-bit product")]
pub(super) fn fold(state: u64) -> u64 {
    let product = u128::from(state) * u128::from(state ^ WYRAND[1]);
    (product >> 64) as u64 ^ product as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mixing_gives_the_published_splitmix_sequence() {
        let sequence: Vec<u64> = (1..=3u64).map(|at| mix(1_234_567u64.wrapping_add(at.wrapping_mul(GOLDEN)))).collect();
        assert_eq!(sequence, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }
}
