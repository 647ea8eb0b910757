//! The bands of hazards under which the points of clocks are drawn, by regime.

/// Clocks of a person.
pub const CLOCKS: usize = 8;

/// How the points of people in one kind of situation are drawn: dense enough under the hazards that they
/// meet, sparse enough that a window of months holds only a few.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Regime {
    /// Learners and apprentices: one clock.
    Learner,
    /// People in work.
    Worker,
    /// People who seek work: something rings nearly every month.
    Seeker,
    /// People who are NEET and do not seek work.
    Inactive,
}

/// Regimes.
pub(super) const REGIMES: usize = 4;
/// Months of a window by [`Regime`].
pub(super) const MONTHS: [u16; REGIMES] = [48, 36, 12, 12];
/// The lower band of hazards by [`Regime`] and clock, in 256ths a month: nearly everybody's hazard lies in it.
const LOWER: [[u8; CLOCKS]; REGIMES] =
    [[4, 0, 0, 0, 0, 0, 0, 0], [3, 1, 8, 2, 2, 1, 3, 1], [0, 20, 0, 31, 1, 13, 1, 1], [0, 12, 4, 31, 1, 13, 1, 1]];
/// The upper band, which lies on top of the lower. What exceeds both is drawn month by month.
const UPPER: [[u8; CLOCKS]; REGIMES] =
    [[8, 0, 0, 0, 0, 0, 0, 0], [8, 3, 8, 3, 3, 2, 3, 1], [0, 30, 0, 15, 1, 33, 2, 1], [0, 20, 6, 15, 1, 33, 2, 1]];

/// One band of one regime: the number of its points in a window, and what each is a point of.
pub(super) struct Band {
    /// There are more than `k` points when a 32-bit word reaches threshold `k` (Poisson distribution).
    pub(super) numbers: [u32; MOST],
    /// The clock of each 256th.
    pub(super) clock: [u8; 128],
    /// How many 256ths there are.
    pub(super) size: u64,
    /// Lowest hazard, and height of the band in 2^-20, by clock.
    pub(super) floor: [f32; CLOCKS],
    pub(super) height: [f32; CLOCKS],
}

/// Most points of one band in a window; more have a probability below 1e-9.
pub(super) const MOST: usize = 32;

impl Band {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a probability of 2^-32")]
    const fn new(regime: usize, below: [u8; CLOCKS], width: [u8; CLOCKS]) -> Self {
        let (mut clocks, mut size) = ([0; 128], 0);
        let (mut floor, mut height) = ([0.0; CLOCKS], [0.0; CLOCKS]);
        let mut clock = 0;
        while clock < CLOCKS {
            let end = size + width[clock] as usize;
            while size < end {
                clocks[size] = clock as u8;
                size += 1;
            }
            floor[clock] = below[clock] as f32 / 256.0;
            height[clock] = width[clock] as f32 / 256.0 / 1_048_576.0;
            clock += 1;
        }
        let mean = MONTHS[regime] as f64 * size as f64 / 256.0;
        let (mut numbers, mut term, mut sum) = ([0; MOST], exp_of_minus(mean), 0.0);
        let mut number = 0;
        while number < MOST {
            sum += term;
            term *= mean / (number + 1) as f64;
            numbers[number] = (sum * 4_294_967_296.0) as u32;
            number += 1;
        }
        Self { numbers, clock: clocks, size: size as u64, floor, height }
    }
}

/// `e^-x` by its series, which the compiler can work out, for `x` up to some ten.
const fn exp_of_minus(x: f64) -> f64 {
    let (mut term, mut sum, mut number) = (1.0, 1.0, 1.0);
    while number < 80.0 {
        term *= x / number;
        sum += term;
        number += 1.0;
    }
    1.0 / sum
}

/// Bands by regime: the lower and the upper.
pub(super) static BANDS: [[Band; 2]; REGIMES] = {
    const fn of(regime: usize) -> [Band; 2] {
        [Band::new(regime, [0; CLOCKS], LOWER[regime]), Band::new(regime, LOWER[regime], UPPER[regime])]
    }
    [of(0), of(1), of(2), of(3)]
};

/// Tops of the lower band; no hazard reaches over it into an upper band that is not there.
pub(super) const LOWER_TOP: [[f32; CLOCKS]; REGIMES] = {
    let mut tops = [[f32::INFINITY; CLOCKS]; REGIMES];
    let mut at = 0;
    while at < REGIMES * CLOCKS {
        let (regime, clock) = (at / CLOCKS, at % CLOCKS);
        if UPPER[regime][clock] > 0 {
            tops[regime][clock] = LOWER[regime][clock] as f32 / 256.0;
        }
        at += 1;
    }
    tops
};

/// Tops of both bands.
pub(super) const UPPER_TOP: [[f32; CLOCKS]; REGIMES] = {
    let mut tops = [[0.0; CLOCKS]; REGIMES];
    let mut at = 0;
    while at < REGIMES * CLOCKS {
        let (regime, clock) = (at / CLOCKS, at % CLOCKS);
        tops[regime][clock] = (LOWER[regime][clock] + UPPER[regime][clock]) as f32 / 256.0;
        at += 1;
    }
    tops
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Luck, Purpose};
    use rand::RngExt;
    use rand_distr::Poisson;

    #[test]
    fn the_series_of_the_compiler_is_the_exponential() {
        for x in [0.0, 0.3, 2.5, 7.9] {
            assert!((exp_of_minus(x) / libm::exp(-x) - 1.0).abs() < 1e-14);
        }
    }

    #[test]
    fn numbers_of_points_are_distributed_as_the_poisson_variates_of_rand_distr() {
        let draws = 100_000;
        for (regime, band) in BANDS.iter().enumerate().flat_map(|(at, both)| both.iter().map(move |band| (at, band))) {
            let mean = f64::from(MONTHS[regime]) * band.size as f64 / 256.0;
            let stream = Luck::new(8, 0).person(0, 0).stream(0, Purpose::Own, 0);
            let numbers: Vec<f64> = stream.sample_iter(Poisson::new(mean).unwrap()).take(draws).collect();
            for (most, threshold) in (0u32..).zip(band.numbers) {
                let expected = f64::from(threshold) / 4_294_967_296.0;
                let within = numbers.iter().filter(|number| **number <= f64::from(most)).count() as f64;
                let spread = (draws as f64 * expected * (1.0 - expected)).sqrt();
                assert!((within - draws as f64 * expected).abs() < 4.5 * spread.max(0.5), "{regime} {mean} {most}");
            }
        }
    }
}
