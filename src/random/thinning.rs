//! The clocks of the race of exits, by thinning.
//!
//! Every clock of every person has points scattered evenly over time and hazard, one a month and unit of
//! hazard, stored nowhere: the clock rings at the first point that lies under its hazard (thinning; Lewis
//! and Shedler 1979). So the wait of a clock with hazard `h` is exponential with rate `h`, and a hazard
//! that changes moves only the rings between the old hazard and the new. [`Window`] holds those of many
//! months at once, which is what makes skipping cheap; the points are the same as if each month were
//! visited.

use crate::random::bands::{BANDS, CLOCKS, LOWER_TOP, MONTHS, MOST, Regime, UPPER_TOP};
use crate::random::bits::{WYRAND, fold};
use crate::random::luck::{PersonLuck, Purpose};
use crate::random::samplers::{fraction, ln};
use crate::random::season::{Season, YEAR};
use wide::f32x8;

/// Hazards by clock against what the bands of a regime hold.
#[derive(Clone, Copy, Debug)]
pub struct Bound {
    regime: Regime,
    /// Bands that hold points under some hazard.
    bands: usize,
    /// Clocks (as bits) whose hazard exceeds both.
    beyond: u8,
}

impl Bound {
    /// How far hazards reach.
    #[must_use]
    #[inline]
    pub fn of(regime: Regime, hazards: &[f32; CLOCKS]) -> Self {
        let hazards = f32x8::from(*hazards);
        let over = |tops: &[f32; CLOCKS]| hazards.simd_gt(f32x8::from(*tops)).to_bitmask();
        let (some, over, beyond) =
            (over(&[0.0; CLOCKS]), over(&LOWER_TOP[regime as usize]), over(&UPPER_TOP[regime as usize]));
        Self { regime, bands: usize::from(some != 0) + usize::from(over != 0), beyond: beyond.to_le_bytes()[0] }
    }

    /// Whether no clock can ring.
    #[must_use]
    pub fn is_none(self) -> bool {
        self.bands == 0
    }

    /// The clocks (as bits) whose hazard exceeds both bands.
    #[must_use]
    pub fn beyond(self) -> u8 {
        self.beyond
    }
}

/// A month (the upper half) and the part of it that has gone by, in 65,536ths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moment(u32);

impl Moment {
    /// A part of a month.
    #[must_use]
    #[inline]
    pub fn new(month: u16, time: u16) -> Self {
        Self(u32::from(month) << 16 | u32::from(time))
    }

    /// The month.
    #[must_use]
    #[inline]
    pub fn month(self) -> u16 {
        (self.0 >> 16) as u16
    }

    /// The part of the month that has gone by, in 65,536ths.
    #[must_use]
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "the lower half")]
    pub fn time(self) -> u16 {
        self.0 as u16
    }
}

/// A point of a clock: it rings there if its hazard is higher.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// When, counted from the month that was asked for; what lies before it wraps around, to after everything else.
    pub since: Moment,
    /// The clock.
    pub clock: usize,
    /// The hazard above which the clock rings.
    pub hazard: f32,
}

/// A window of months of one person's clocks.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    bound: Bound,
    seed: u64,
    /// Its first month.
    first: u16,
}

impl Window {
    /// The window that holds `month`.
    #[must_use]
    #[inline]
    pub fn of(luck: PersonLuck, bound: Bound, month: u16) -> Self {
        // A division by a number that the compiler knows is a multiplication.
        let number = match bound.regime {
            Regime::Learner => month / MONTHS[0],
            Regime::Worker => month / MONTHS[1],
            Regime::Seeker => month / MONTHS[2],
            Regime::Inactive => month / MONTHS[3],
        };
        let seed = luck.start(number, Purpose::Clocks, bound.regime as u8);
        Self { bound, seed, first: number * MONTHS[bound.regime as usize] }
    }

    /// The month after its last.
    #[must_use]
    pub fn end(&self) -> u16 {
        self.first + MONTHS[self.bound.regime as usize]
    }

    /// Shows `take` every point that may lie under a hazard within the bound, and others; when each is, counted from `month`.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "everything that `take` holds stays in registers")]
    #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "fields of a 64-bit word")]
    pub fn each(&self, season: &Season, month: u16, mut take: impl FnMut(Point)) {
        let months = u64::from(MONTHS[self.bound.regime as usize]);
        let mut numbers = fold(self.seed);
        let mut start = self.seed;
        let first = (u32::from(self.first) << 16).wrapping_sub(u32::from(month) << 16);
        for band in BANDS[self.bound.regime as usize].iter().take(self.bound.bands) {
            let mut state = start;
            for threshold in &band.numbers {
                if (numbers as u32) < *threshold {
                    break;
                }
                state = state.wrapping_add(WYRAND[0]);
                let word = fold(state);
                let clock = band.clock[(((word & 0xF_FFFF) * band.size) >> 20) as usize & 127];
                let clock = usize::from(clock) % CLOCKS;
                let hazard = band.floor[clock] + (word >> 44) as f32 * band.height[clock];
                let part = word >> 20 & (YEAR - 1);
                let when = if clock == season.clock {
                    let years = part * (months / 12);
                    (((years >> 24) * 12) << 16) + season.moment(years & (YEAR - 1))
                } else {
                    (part * months) >> 8
                };
                take(Point { since: Moment(first.wrapping_add(when as u32)), clock, hazard });
            }
            numbers >>= 32;
            start = start.wrapping_add(WYRAND[0].wrapping_mul(MOST as u64));
        }
    }

    /// When in a month of the window a clock rings by what its hazard (the average of the year, if it has a season) has
    /// above both bands.
    #[inline]
    #[must_use]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "part of a month")]
    pub fn beyond(&self, season: &Season, clock: usize, month: u16, hazard: f32) -> Option<u16> {
        let hazard = (hazard - UPPER_TOP[self.bound.regime as usize][clock]) * season.height(clock, month);
        let step = 2 * MOST + 1 + usize::from(month - self.first) * CLOCKS + clock;
        let word = fold(self.seed.wrapping_add(WYRAND[0].wrapping_mul(step as u64)));
        let left = fraction((word >> 32) as u32);
        // The wait is never shorter than 1 - left, which settles most months without a logarithm.
        if 1.0 - left >= hazard {
            return None;
        }
        let wait = -ln(left);
        (wait < hazard).then(|| (wait / hazard * 65_536.0) as u16)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Luck;
    use crate::random::bands::REGIMES;

    const ALL: [Regime; REGIMES] = [Regime::Learner, Regime::Worker, Regime::Seeker, Regime::Inactive];

    /// A season that changes nothing, of clock 4.
    fn even() -> Season {
        Season::new(4, 8, 1.0 / 12.0)
    }

    fn points(window: &Window, season: &Season) -> Vec<Point> {
        let mut points = Vec::new();
        window.each(season, 0, |point| points.push(point));
        points
    }

    /// Whether each clock rings in a month, and when.
    fn rings(luck: PersonLuck, regime: Regime, month: u16, hazards: &[f32; CLOCKS]) -> [Option<u16>; CLOCKS] {
        rings_in(luck, regime, month, hazards, &even())
    }

    fn rings_in(
        luck: PersonLuck,
        regime: Regime,
        month: u16,
        hazards: &[f32; CLOCKS],
        season: &Season,
    ) -> [Option<u16>; CLOCKS] {
        let bound = Bound::of(regime, hazards);
        let window = Window::of(luck, bound, month);
        let points = points(&window, season);
        std::array::from_fn(|clock| {
            let of_clock = points.iter().filter(|point| point.clock == clock && point.since.month() == month);
            let first = of_clock.filter(|point| point.hazard < hazards[clock]).map(|point| point.since.time()).min();
            let is_beyond = bound.beyond() >> clock & 1 == 1;
            let beyond = is_beyond.then(|| window.beyond(season, clock, month, hazards[clock])).flatten();
            first.into_iter().chain(beyond).min()
        })
    }

    fn z(count: u32, total: u32, probability: f64) -> f64 {
        let total = f64::from(total);
        (f64::from(count) - total * probability) / (total * probability * (1.0 - probability)).sqrt()
    }

    #[test]
    fn a_clock_rings_with_the_probability_of_its_hazard_whatever_band_it_lies_in() {
        let luck = Luck::new(1, 0);
        for regime in ALL {
            for hazard in [0.003f32, 0.02, 0.09, 0.7] {
                let hazards = [hazard; CLOCKS];
                let mut rung = [0; CLOCKS];
                let total = 40_000;
                for number in 0..total {
                    let month = 1200 + u16::try_from(number % 97).unwrap();
                    for (count, ring) in rung.iter_mut().zip(rings(luck.person(1, number), regime, month, &hazards)) {
                        *count += u32::from(ring.is_some());
                    }
                }
                let expected = -libm::expm1(-f64::from(hazard));
                for (clock, count) in rung.into_iter().enumerate() {
                    assert!(z(count, total, expected).abs() < 4.5, "{regime:?} {hazard} {clock}: {count}");
                }
            }
        }
    }

    #[test]
    fn clocks_ring_independently_and_the_earlier_wins_by_hazard() {
        let luck = Luck::new(2, 0);
        let mut hazards = [0.0; CLOCKS];
        (hazards[1], hazards[2]) = (0.6, 0.2);
        let (mut both, mut first, mut either, total) = (0, 0, 0, 60_000);
        for number in 0..total {
            let [_, one, two, ..] = rings(luck.person(1, number), Regime::Seeker, 1333, &hazards);
            both += u32::from(one.is_some() && two.is_some());
            either += u32::from(one.is_some() || two.is_some());
            first += u32::from(one.is_some_and(|one| two.is_none_or(|two| one < two)));
        }
        let ring = |hazard: f64| -libm::expm1(-hazard);
        assert!(z(both, total, ring(0.6) * ring(0.2)).abs() < 4.5);
        assert!(z(either, total, ring(0.8)).abs() < 4.5);
        assert!(z(first, either, 0.75).abs() < 4.5);
    }

    #[test]
    fn a_higher_hazard_keeps_every_ring_of_a_lower_one() {
        let luck = Luck::new(3, 0);
        for number in 0..3_000 {
            for regime in ALL {
                let (low, high) = ([0.01; CLOCKS], [0.08; CLOCKS]);
                let person = luck.person(1, number);
                let (low, high) = (rings(person, regime, 1410, &low), rings(person, regime, 1410, &high));
                for (low, high) in low.into_iter().zip(high) {
                    assert!(low.is_none() || high.is_some_and(|high| Some(high) <= low));
                }
            }
        }
    }

    #[test]
    fn a_clock_with_a_season_rings_by_its_share_of_the_year_in_each_month_and_evenly_within() {
        let luck = Luck::new(4, 0);
        for (share, hazard) in [(0.8, 0.004f32), (0.8, 0.06), (0.3, 0.02), (0.0, 0.02), (1.0, 0.02)] {
            let season = Season::new(4, 8, share);
            let (mut rung, mut late, total) = ([0u32; 12], 0, 60_000);
            for number in 0..total {
                let month = 1200 + u16::try_from(number % 60).unwrap();
                let hazards = [hazard; CLOCKS];
                if let Some(time) = rings_in(luck.person(1, number), Regime::Inactive, month, &hazards, &season)[4] {
                    rung[usize::from(month % 12)] += 1;
                    late += u32::from(time >= 32_768);
                }
            }
            for (month, count) in rung.into_iter().enumerate() {
                let height = if month == 8 { share * 12.0 } else { (1.0 - share) * 12.0 / 11.0 };
                let expected = -libm::expm1(-f64::from(hazard) * height);
                let spread =
                    if expected > 0.0 && expected < 1.0 { z(count, total / 12, expected) } else { f64::from(count) };
                assert!(spread.abs() < 4.5, "{share} {hazard} month {month}: {count}");
            }
            let all: u32 = rung.iter().sum();
            let first_half = -libm::expm1(-f64::from(hazard) * 6.0);
            if first_half < 0.05 {
                assert!(z(late, all, 0.5).abs() < 4.5, "{share} {hazard}: {late} of {all} late");
            }
        }
    }

    #[test]
    fn points_keep_their_golden_values() {
        let golden: [&[(u16, usize, u16)]; REGIMES] = [
            &[(1516, 0, 1408)],
            &[
                (1508, 6, 55283),
                (1511, 3, 51378),
                (1507, 4, 33600),
                (1481, 1, 9501),
                (1496, 5, 57572),
                (1501, 7, 45290),
                (1502, 4, 48844),
                (1477, 2, 38032),
                (1506, 6, 24869),
                (1507, 6, 248),
                (1480, 0, 27394),
                (1490, 0, 53874),
                (1485, 0, 2238),
                (1506, 0, 26331),
            ],
            &[
                (1501, 1, 29546),
                (1509, 5, 5978),
                (1500, 1, 25252),
                (1508, 1, 38114),
                (1505, 5, 24210),
                (1506, 1, 2212),
                (1503, 3, 23754),
                (1502, 1, 43550),
            ],
            &[
                (1501, 3, 48190),
                (1504, 3, 5374),
                (1507, 3, 36620),
                (1508, 3, 36410),
                (1507, 5, 21294),
                (1506, 3, 59527),
                (1505, 5, 60204),
                (1503, 1, 15659),
                (1508, 5, 48159),
                (1509, 5, 35552),
                (1509, 1, 11671),
            ],
        ];
        for (regime, golden) in ALL.into_iter().zip(golden) {
            let hazards = [0.999; CLOCKS].map(|hazard: f32| hazard);
            let window = Window::of(Luck::new(42, 1).person(3, 7), Bound::of(regime, &hazards), 1509);
            let found = points(&window, &Season::new(4, 8, 0.8)).into_iter();
            let found: Vec<_> = found.map(|point| (point.since.month(), point.clock, point.since.time())).collect();
            assert_eq!(found, golden, "{regime:?}");
        }
    }
}
