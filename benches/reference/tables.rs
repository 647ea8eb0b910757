//! The workload's numbers, as read from `tables.txt`: blocks of numbers, each after a line with its name.

use crate::{FIRST_JOB, MONTHS, Person, START, byte, narrow, number};
use rungs::random::{PersonLuck, Purpose, uniform};
use std::collections::BTreeMap;

pub const STATES: usize = 9;
pub const QUALIFICATIONS: usize = 5;
pub const CLASSES: usize = 4;
pub const REGIONS: usize = 12;
pub const TIERS: usize = STATES - FIRST_JOB;
/// Ages in months at entry, and where bands of them begin.
const AGES: (u16, u16) = (192, 300);
const BANDS: [u16; 2] = [216, 252];
/// Most months that somebody has been in a state at the start.
const MONTHS_BEFORE: u16 = 11;
/// Fall of hazards with months in a state.
const DURATION: f64 = 0.05;
/// Slices of one month's exposure in which times are looked up: shorter than any month's is in the end.
const SLICES: f32 = 8.0;
const _: () =
    assert!(DURATION * ((MONTHS + MONTHS_BEFORE + 1) as f64) < SLICES as f64 - 1.0, "no slice holds two months");

pub struct Tables {
    /// Hazards of leaving by state, qualification, class and region.
    rates: Vec<f32>,
    /// Cumulated probabilities of destinations by state and qualification.
    destinations: Vec<f64>,
    /// Months in a state, each weighted by how far hazards have fallen, up to each number of months.
    pub exposure: Vec<f32>,
    /// How many of these are at most each multiple of a slice.
    reached: Vec<u8>,
    /// Qualification gained by leaving a state.
    pub gain: Vec<u8>,
    /// Pay at entry by tier.
    pub pay: Vec<f64>,
    vacancy_rates: Vec<f64>,
    region_shares: Vec<f64>,
    /// Cumulated shares of regions, classes, and by band of age of states and qualifications.
    regions: Vec<f64>,
    classes: Vec<f64>,
    first_states: Vec<f64>,
    first_qualifications: Vec<f64>,
}

impl Tables {
    /// The numbers in a text.
    ///
    /// # Errors
    /// When a block is missing or is no numbers.
    pub fn read(text: &str) -> Result<Self, String> {
        let mut blocks: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
        let mut name = "";
        for line in text.lines() {
            if let Some(heading) = line.strip_prefix("# ") {
                name = heading.split(' ').next().unwrap_or("");
                continue;
            }
            let numbers: Result<Vec<f64>, _> = line.split_whitespace().map(str::parse).collect();
            blocks.entry(name).or_default().extend(numbers.map_err(|error| format!("{name}: {error}"))?);
        }
        let mut block = |name: &str| blocks.remove(name).ok_or_else(|| format!("there is no block {name}"));
        let (base, ratios) = (block("base")?, block("regmult")?);
        let hazards = base.iter().flat_map(|base| ratios.iter().map(move |ratio| base * ratio));
        let exposure = exposure();
        let region_shares = block("regshare")?;
        Ok(Self {
            reached: reached(&exposure),
            exposure,
            rates: hazards.map(single).collect(),
            destinations: block("dest")?.chunks(STATES).flat_map(cumulated).collect(),
            gain: block("qgain")?.into_iter().map(whole).collect(),
            pay: block("wage0")?,
            vacancy_rates: block("vacrate")?,
            regions: cumulated(&region_shares).collect(),
            region_shares,
            classes: cumulated(&block("classshare")?).collect(),
            first_states: block("initstate")?.chunks(STATES).flat_map(cumulated).collect(),
            first_qualifications: block("initqual")?.chunks(QUALIFICATIONS).flat_map(cumulated).collect(),
        })
    }

    /// Hazard of leaving in the first month.
    pub fn rate(&self, state: usize, qualification: usize, class: usize, region: usize) -> f32 {
        self.rates[((state * QUALIFICATIONS + qualification) * CLASSES + class) * REGIONS + region]
    }

    /// Where a leaver goes; `draw` is even in (0, 1).
    pub fn destination(&self, state: usize, qualification: usize, draw: f64) -> usize {
        pick(&self.destinations[(state * QUALIFICATIONS + qualification) * STATES..][..STATES], draw)
    }

    /// In which month of a state, from 0, so much exposure is passed; `None` for never.
    #[inline]
    pub fn month_past(&self, target: f32) -> Option<u16> {
        let slice = floor(f64::from(target * SLICES));
        let reached = usize::from(*self.reached.get(slice)?);
        // No slice holds two of them.
        let months = reached + usize::from(*self.exposure.get(reached)? <= target);
        (months < self.exposure.len()).then(|| narrow(months - 1))
    }

    /// Vacancies a month by region and tier.
    pub fn vacancies(&self, people: u32) -> Vec<usize> {
        let of_region = |share: &f64| {
            let share = *share;
            self.vacancy_rates.iter().map(move |rate| floor(f64::from(people) * share * rate + 0.5))
        };
        self.region_shares.iter().flat_map(of_region).collect()
    }

    /// Somebody at the start.
    pub fn draw(&self, luck: PersonLuck) -> Person {
        let [age, region, class, state] = luck.words(0, Purpose::Traits, 0).map(uniform);
        let [qualification, months, ..] = luck.words(0, Purpose::Traits, 1).map(uniform);
        let age = AGES.0 + even(age, AGES.1 - AGES.0 + 1);
        let band = BANDS.iter().filter(|first| age >= **first).count();
        let state = pick(&self.first_states[band * STATES..][..STATES], state);
        Person {
            luck,
            birth: START - age,
            since: START - even(months, MONTHS_BEFORE + 1),
            region: byte(pick(&self.regions, region)),
            class: byte(pick(&self.classes, class)),
            state: byte(state),
            qualification: byte(pick(
                &self.first_qualifications[band * QUALIFICATIONS..][..QUALIFICATIONS],
                qualification,
            )),
        }
    }
}

/// How far hazards add up over the months in a state, for a hazard of one in the first month.
fn exposure() -> Vec<f32> {
    let mut sum = 0.0;
    let longest = MONTHS + MONTHS_BEFORE + 2;
    let mut exposure = vec![0.0];
    for months in 0..longest {
        sum += 1.0 / (1.0 + DURATION * f64::from(months));
        exposure.push(single(sum));
    }
    exposure
}

fn reached(exposure: &[f32]) -> Vec<u8> {
    let slices = exposure.last().map_or(0, |last| floor(f64::from(last * SLICES)) + 1);
    let at_most =
        |slice: usize| byte(exposure.iter().filter(|exposure| f64::from(**exposure * SLICES) <= number(slice)).count());
    (0..slices).map(at_most).collect()
}

fn cumulated(shares: &[f64]) -> impl Iterator<Item = f64> {
    shares.iter().scan(0.0, |sum, share| {
        *sum += share;
        Some(*sum)
    })
}

/// Where a draw falls among cumulated shares.
fn pick(cumulated: &[f64], draw: f64) -> usize {
    cumulated.iter().map(|share| usize::from(*share <= draw)).sum::<usize>().min(cumulated.len() - 1)
}

/// One of so many whole numbers, each as likely.
fn even(draw: f64, numbers: u16) -> u16 {
    narrow(floor(draw * f64::from(numbers)))
}

#[expect(clippy::cast_possible_truncation, reason = "hazards are single precision by design")]
fn single(value: f64) -> f32 {
    value as f32
}

fn whole(value: f64) -> u8 {
    byte(floor(value))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small count, at least zero")]
fn floor(value: f64) -> usize {
    value as usize
}
