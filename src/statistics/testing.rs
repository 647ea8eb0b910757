//! A small generator for the tests of this room alone (Steele, Lea and Flood 2014).

/// A stream of random numbers from a seed.
pub struct SplitMix(pub u64);

impl SplitMix {
    /// Uniform between 0 and 1, never either.
    pub fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        word ^= word >> 31;
        (f64::from(u32::try_from(word >> 32).unwrap()) + 0.5) / 4_294_967_296.0
    }

    /// Standard normal.
    pub fn normal(&mut self) -> f64 {
        let radius = (-2.0 * libm::log(self.uniform())).sqrt();
        radius * libm::cos(std::f64::consts::TAU * self.uniform())
    }
}
