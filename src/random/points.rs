//! The clocks of the race of exits.
//!
//! Every clock of every person has points scattered evenly over time and hazard, one a month and unit of
//! hazard, stored nowhere: the clock rings at the first point that lies under its hazard (thinning; Lewis
//! and Shedler 1979). So the wait of a clock with hazard `h` is exponential with rate `h`, and a hazard
//! that changes moves only the rings between the old hazard and the new. [`Points`] finds those of many
//! months at once, which is what makes skipping cheap; the points are the same as if each month were
//! visited.

use crate::random::{PersonLuck, Purpose, WYRAND, exponential, fold};
use std::sync::LazyLock;

/// Clocks of a person.
pub const CLOCKS: usize = 8;

/// How the points of people in one kind of situation are drawn: dense enough under the hazards that they
/// meet, sparse enough that a stretch of months holds only a few.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Pace {
    /// Learners and apprentices: one clock.
    Learner,
    /// People in work.
    Worker,
    /// People who are NEET.
    Neet,
}

/// Months of a stretch by [`Pace`]: whole years.
const STRETCH: [u16; 3] = [48, 36, 12];
/// The lower band of hazards by [`Pace`] and clock, in 256ths a month: nearly everybody's hazard lies in it.
const LOWER: [[u8; CLOCKS]; 3] = [[8, 0, 0, 0, 0, 0, 0, 0], [4, 2, 6, 2, 2, 2, 0, 1], [0, 20, 8, 40, 3, 12, 2, 1]];
/// The upper band, which lies on top of the lower. What exceeds both is drawn month by month.
const UPPER: [[u8; CLOCKS]; 3] = [[24, 0, 0, 0, 0, 0, 0, 0], [12, 4, 10, 6, 4, 2, 0, 1], [0, 30, 0, 24, 6, 20, 2, 1]];

/// One band of one pace: the number of its points in a stretch, and what each is a point of.
struct Band {
    /// There are more than `k` points when a 32-bit word reaches threshold `k` (Poisson distribution).
    numbers: [u32; MOST],
    /// The clock of each 256th.
    clock: [u8; 128],
    /// How many 256ths there are.
    size: u64,
    /// Lowest hazard, and height of the band in 2^-20, by clock.
    floor: [f32; CLOCKS],
    height: [f32; CLOCKS],
}

/// Most points of one band in a stretch; more have a probability below 1e-9.
const MOST: usize = 32;

impl Band {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a probability of 2^-32")]
    fn new(pace: usize, below: [u8; CLOCKS], width: [u8; CLOCKS]) -> Self {
        let mut clock = [0; 128];
        let mut size = 0;
        for (at, share) in width.iter().enumerate() {
            clock[size..size + usize::from(*share)].fill(at as u8);
            size += usize::from(*share);
        }
        let mean = f64::from(STRETCH[pace]) * size as f64 / 256.0;
        let (mut term, mut sum, mut number) = (libm::exp(-mean), 0.0, 0.0);
        let numbers = std::array::from_fn(|_| {
            sum += term;
            number += 1.0;
            term *= mean / number;
            (sum * 4_294_967_296.0) as u32
        });
        let floor = below.map(|below| f32::from(below) / 256.0);
        let height = width.map(|width| f32::from(width) / 256.0 / 1_048_576.0);
        Self { numbers, clock, size: size as u64, floor, height }
    }
}

/// Bands by pace: the lower and the upper.
static BANDS: LazyLock<[[Band; 2]; 3]> = LazyLock::new(|| {
    std::array::from_fn(|pace| [Band::new(pace, [0; CLOCKS], LOWER[pace]), Band::new(pace, LOWER[pace], UPPER[pace])])
});

/// Hazards by clock against what the bands of a pace hold.
#[derive(Clone, Copy, Debug)]
pub struct Reach {
    pace: Pace,
    /// Bands that hold points under some hazard.
    bands: usize,
    /// Clocks (as bits) whose hazard exceeds both.
    beyond: u8,
}

impl Reach {
    /// How far hazards reach.
    #[must_use]
    #[inline]
    pub fn of(pace: Pace, hazards: &[f32; CLOCKS]) -> Self {
        let (mut is_any, mut is_upper, mut beyond) = (false, false, 0);
        for (clock, hazard) in hazards.iter().enumerate() {
            is_any |= *hazard > 0.0;
            is_upper |= *hazard > LOWER_TOP[pace as usize][clock];
            beyond |= u8::from(*hazard > UPPER_TOP[pace as usize][clock]) << clock;
        }
        Self { pace, bands: usize::from(is_any) + usize::from(is_upper), beyond }
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

/// Tops of the lower band; no hazard reaches over it into an upper band that is not there.
const LOWER_TOP: [[f32; CLOCKS]; 3] = {
    let mut tops = [[f32::INFINITY; CLOCKS]; 3];
    let mut at = 0;
    while at < 3 * CLOCKS {
        let (pace, clock) = (at / CLOCKS, at % CLOCKS);
        if UPPER[pace][clock] > 0 {
            tops[pace][clock] = LOWER[pace][clock] as f32 / 256.0;
        }
        at += 1;
    }
    tops
};

/// Tops of both bands.
const UPPER_TOP: [[f32; CLOCKS]; 3] = {
    let mut tops = [[0.0; CLOCKS]; 3];
    let mut at = 0;
    while at < 3 * CLOCKS {
        let (pace, clock) = (at / CLOCKS, at % CLOCKS);
        tops[pace][clock] = (LOWER[pace][clock] + UPPER[pace][clock]) as f32 / 256.0;
        at += 1;
    }
    tops
};

/// A point of a clock that lies under its hazard.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// Month.
    pub month: u16,
    /// The clock.
    pub clock: u8,
    /// Part of the month that has gone by, in 65,536ths.
    pub time: u16,
    /// The hazard above which the clock rings.
    pub hazard: f32,
}

/// The points of a person's clocks in one stretch of months that lie under their hazards. Made once,
/// turned to one person and time after another.
#[derive(Clone, Debug)]
pub struct Points {
    reach: Reach,
    seed: u64,
    first: u16,
    count: usize,
    points: [Point; 2 * MOST],
}

impl Default for Points {
    fn default() -> Self {
        let reach = Reach { pace: Pace::Learner, bands: 0, beyond: 0 };
        Self { reach, seed: 0, first: 0, count: 0, points: [Point::default(); 2 * MOST] }
    }
}

/// When in the year a clock rings.
#[derive(Clone, Copy, Debug)]
pub struct Season {
    /// The seasonal clock.
    pub clock: usize,
    /// The month of the year, from 0, on which it concentrates.
    pub month: u16,
    /// Share of its rings in that month; the others share the rest evenly.
    pub share: f32,
}

impl Points {
    /// Turns to the stretch of months that holds `month`, and returns the month after its last. Hazards are
    /// a month; that of the seasonal clock is the average over the year.
    #[inline]
    pub fn turn_to(
        &mut self,
        luck: PersonLuck,
        reach: Reach,
        month: u16,
        hazards: &[f32; CLOCKS],
        season: Season,
    ) -> u16 {
        let pace = reach.pace as usize;
        // A division by a number that the compiler knows is a multiplication.
        let number = match reach.pace {
            Pace::Learner => month / STRETCH[0],
            Pace::Worker => month / STRETCH[1],
            Pace::Neet => month / STRETCH[2],
        };
        let length = STRETCH[pace];
        let [a, b, lower, upper] = luck.words(number, Purpose::Clocks, reach.pace as u8);
        self.reach = reach;
        self.seed = u64::from(a) | u64::from(b) << 32;
        self.first = number * length;
        self.count = 0;
        self.scatter(&BANDS[pace][0], lower, 0, hazards, season);
        if reach.bands > 1 {
            self.scatter(&BANDS[pace][1], upper, MOST as u64, hazards, season);
        }
        self.first + length
    }

    #[inline]
    #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "fields of a 64-bit word")]
    fn scatter(&mut self, band: &Band, number: u32, from: u64, hazards: &[f32; CLOCKS], season: Season) {
        let length = u64::from(STRETCH[self.reach.pace as usize]);
        let mut state = self.seed.wrapping_add(WYRAND[0].wrapping_mul(from));
        for threshold in &band.numbers {
            if number < *threshold {
                break;
            }
            state = state.wrapping_add(WYRAND[0]);
            let word = fold(state);
            let clock = band.clock[(((word & 0xF_FFFF) * band.size) >> 20) as usize & 127];
            let at = usize::from(clock) % CLOCKS;
            let hazard = band.floor[at] + (word >> 44) as f32 * band.height[at];
            if hazard < hazards[at] {
                let when = (word >> 20 & 0xFF_FFFF) * length;
                let (mut month, time) = ((when >> 24) as u16, (when >> 8) as u16);
                if at == season.clock {
                    month = seasonal(month, time, season);
                }
                self.points[self.count % (2 * MOST)] = Point { month: self.first + month, clock, time, hazard };
                self.count += 1;
            }
        }
    }

    /// The points under the hazards, in no order.
    #[inline]
    pub fn iter(&self) -> impl Iterator<Item = &Point> {
        self.points[..self.count.min(2 * MOST)].iter()
    }

    /// The first point of a clock in one month of the stretch that lies above the bands and under
    /// `hazard`, in 65,536ths of the month; `season` is that month's hazard over the average.
    #[must_use]
    #[inline]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "part of a month")]
    pub fn beyond(&self, clock: usize, month: u16, hazard: f32, season: f32) -> Option<u16> {
        let over = (hazard - UPPER_TOP[self.reach.pace as usize][clock]) * season;
        let step = 2 * MOST + 1 + usize::from(month - self.first) * CLOCKS + clock;
        let word = fold(self.seed.wrapping_add(WYRAND[0].wrapping_mul(step as u64)));
        let wait = exponential((word >> 32) as u32);
        (wait < over).then(|| (wait / over * 65_536.0) as u16)
    }
}

/// A month of a stretch moved to where the season puts it in its year; `draw` (65,536ths) settles where.
#[inline]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "months of a year")]
fn seasonal(month: u16, draw: u16, season: Season) -> u16 {
    let year = month / 12 * 12;
    // Which of the twelve months it was, and where in it, make one even number below 1.
    let even = (f32::from(month - year) + (f32::from(draw) + 0.5) / 65_536.0) / 12.0;
    if even < season.share {
        return year + season.month;
    }
    let other = ((even - season.share) / (1.0 - season.share) * 11.0) as u16;
    year + (season.month + 1 + other.min(10)) % 12
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Luck;

    const SEASON: Season = Season { clock: 4, month: 8, share: 0.85 };
    const PACES: [Pace; 3] = [Pace::Learner, Pace::Worker, Pace::Neet];

    /// Whether each clock rings in a month, and when.
    fn rings(luck: PersonLuck, pace: Pace, month: u16, hazards: &[f32; CLOCKS]) -> [Option<u16>; CLOCKS] {
        let reach = Reach::of(pace, hazards);
        let mut points = Points::default();
        points.turn_to(luck, reach, month, hazards, SEASON);
        std::array::from_fn(|clock| {
            let under = points.iter().filter(|point| usize::from(point.clock) == clock && point.month == month);
            let first = under.map(|point| point.time).min();
            let is_beyond = reach.beyond() >> clock & 1 == 1;
            let beyond = is_beyond.then(|| points.beyond(clock, month, hazards[clock], 1.0)).flatten();
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
        for pace in PACES {
            for hazard in [0.003f32, 0.02, 0.09, 0.7] {
                let mut hazards = [hazard; CLOCKS];
                hazards[SEASON.clock] = 0.0;
                let mut rung = [0; CLOCKS];
                let total = 40_000;
                for number in 0..total {
                    let month = 1200 + u16::try_from(number % 97).unwrap();
                    for (count, ring) in rung.iter_mut().zip(rings(luck.person(1, number), pace, month, &hazards)) {
                        *count += u32::from(ring.is_some());
                    }
                }
                let expected = -libm::expm1(-f64::from(hazard));
                for (clock, count) in rung.into_iter().enumerate().filter(|(clock, _)| *clock != SEASON.clock) {
                    assert!(z(count, total, expected).abs() < 4.5, "{pace:?} {hazard} {clock}: {count}");
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
            let [_, one, two, ..] = rings(luck.person(1, number), Pace::Neet, 1333, &hazards);
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
            for pace in PACES {
                let (low, high) = ([0.01; CLOCKS], [0.08; CLOCKS]);
                let person = luck.person(1, number);
                let (low, high) = (rings(person, pace, 1410, &low), rings(person, pace, 1410, &high));
                for (low, high) in low.into_iter().zip(high) {
                    assert!(low.is_none() || high.is_some_and(|high| Some(high) <= low));
                }
            }
        }
    }

    #[test]
    fn the_seasonal_clock_keeps_its_yearly_rate_and_its_share() {
        let luck = Luck::new(4, 0);
        let mut hazards = [0.0; CLOCKS];
        hazards[SEASON.clock] = 0.01;
        let (mut by_month, people) = ([0u32; 12], 60_000);
        let mut points = Points::default();
        for number in 0..people {
            points.turn_to(luck.person(1, number), Reach::of(Pace::Neet, &hazards), 1200, &hazards, SEASON);
            for point in points.iter() {
                by_month[usize::from(point.month % 12)] += 1;
            }
        }
        let total: u32 = by_month.iter().sum();
        let expected = f64::from(people) * 0.12;
        assert!(((f64::from(total) - expected) / expected.sqrt()).abs() < 4.5);
        assert!(z(by_month[8], total, 0.85).abs() < 4.5);
        for month in (0..12).filter(|month| *month != 8) {
            assert!(z(by_month[month], total, 0.15 / 11.0).abs() < 4.5, "{month}: {}", by_month[month]);
        }
    }

    #[test]
    fn points_keep_their_golden_values() {
        let golden: [&[(u16, u8, u16)]; 3] = [
            &[(1493, 0, 28908), (1516, 0, 1408), (1501, 0, 49803), (1518, 0, 62239)],
            &[
                (1508, 5, 55283),
                (1511, 2, 51378),
                (1480, 0, 27394),
                (1490, 0, 53874),
                (1485, 0, 2238),
                (1506, 0, 26331),
                (1488, 2, 5909),
                (1481, 1, 53867),
                (1503, 0, 4812),
            ],
            &[(1501, 1, 29546), (1509, 5, 5978), (1500, 1, 25252), (1508, 1, 38114), (1505, 5, 24210), (1506, 1, 2212)],
        ];
        for (pace, golden) in PACES.into_iter().zip(golden) {
            let hazards = [0.999; CLOCKS].map(|hazard: f32| hazard);
            let mut points = Points::default();
            points.turn_to(Luck::new(42, 1).person(3, 7), Reach::of(pace, &hazards), 1509, &hazards, SEASON);
            let found: Vec<_> = points.iter().map(|point| (point.month, point.clock, point.time)).collect();
            assert_eq!(found, golden, "{pace:?}");
        }
    }
}
