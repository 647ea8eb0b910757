//! The race of exits: what rings in a month, and the next month in which something does.
//!
//! Every exit has its own clock with its own uniform number a month: exit `k` rings when that number
//! is below `1 - exp(-h_k)`. Exits that need nobody's leave come before attempts (applications); within
//! each kind the first to ring in the month wins, at `-ln(1-u)/h` of the month.

use crate::domain::{AgeBand, Clock, LEAVING_AGE};
use crate::engine::MONTHS_A_YEAR;
use crate::engine::hazards::{hazards, is_supported, support_strength};
use crate::engine::population::{NEVER as NO_MONTH, Person};
use crate::engine::tables::{Hazards, Tables};
use crate::random::{CLOCKS, NEVER, PersonLuck, WINDOW_MONTHS, Window, level_of};
use strum::VariantArray;

/// The positions of the bits that are set.
fn ones(mut bits: u8) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let at = usize::try_from(bits.trailing_zeros()).ok().filter(|at| *at < CLOCKS)?;
        bits &= bits - 1;
        Some(at)
    })
}

/// A person's clocks over the sixteen months that hold some month, and the hazards last worked out.
pub(crate) struct Clocks {
    luck: PersonLuck,
    number: u16,
    window: Window,
    known: Option<(u16, [f32; CLOCKS])>,
}

impl Clocks {
    pub fn new(luck: PersonLuck, month: u16) -> Self {
        let number = month / WINDOW_MONTHS;
        Self { luck, number, window: luck.window(number), known: None }
    }

    /// Forgets the hazards, because the person has changed.
    pub fn forget(&mut self) {
        self.known = None;
    }

    fn uniform(&self, clock: usize, month: u16) -> f64 {
        self.window.uniform(clock, month)
    }

    /// The clock that rings first in `month` among the candidates.
    fn first(&self, candidates: u8, hazards: &[f32; CLOCKS], month: u16) -> Option<Clock> {
        let mut best: Option<(f64, usize)> = None;
        for clock in ones(candidates) {
            let (uniform, hazard) = (self.uniform(clock, month), f64::from(hazards[clock]));
            if !rings(uniform, hazard) {
                continue;
            }
            if candidates.is_power_of_two() {
                return Some(Clock::VARIANTS[clock]);
            }
            let time = -libm::log1p(-uniform) / hazard;
            if best.is_none_or(|(earliest, _)| time < earliest) {
                best = Some((time, clock));
            }
        }
        best.map(|(_, clock)| Clock::VARIANTS[clock])
    }

    /// Turns to another window, if it is not this one.
    fn turn(&mut self, number: u16) -> &Window {
        if number != self.number {
            self.number = number;
            self.window = self.luck.window(number);
        }
        &self.window
    }
}

/// What rang in a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rings {
    /// The exit or attempt that came first.
    pub own: Option<Ring>,
    /// Whether an agency reached a person who is NEET: that is the agency's doing, not an attempt of theirs.
    pub is_reached: bool,
}

/// An exit that rang.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ring {
    /// An exit that needs nobody's leave.
    Exit(Clock),
    /// An application.
    Attempt(Clock),
}

const EXITS: u8 = bits([Clock::Leave, Clock::Activity, Clock::Move, Clock::Depart]);

const CONTACT: u8 = 1 << Clock::Step as u8;

const fn bits(clocks: [Clock; 4]) -> u8 {
    1 << clocks[0] as u8 | 1 << clocks[1] as u8 | 1 << clocks[2] as u8 | 1 << clocks[3] as u8
}

/// What rings for a person in `month`, if anything.
pub(crate) fn ring(person: &Person, tables: &Tables, at: &mut Clocks, month: u16) -> Rings {
    let mut hazards = hazards(person, tables, month);
    at.known = Some((month, hazards));
    hazards[Clock::Learn as usize] *= season(&tables.hazards, month);
    let candidates = at.window.clocks_below(&hazards.map(level_of), month);
    let first = |candidates| at.first(candidates, &hazards, month);
    let contact = if person.state.is_neet() { candidates & CONTACT } else { 0 };
    let attempts = candidates & !EXITS & !contact;
    let own = first(candidates & EXITS).map(Ring::Exit).or_else(|| first(attempts).map(Ring::Attempt));
    Rings { own, is_reached: first(contact).is_some() }
}

/// Whether a uniform number is below `1 - exp(-hazard)`: two cheap bounds settle nearly all.
fn rings(uniform: f64, hazard: f64) -> bool {
    uniform < hazard && (uniform < hazard - 0.5 * hazard * hazard || uniform < -libm::expm1(-hazard))
}

fn season(tables: &Hazards, month: u16) -> f32 {
    if is_september(month) { tables.september } else { tables.other_months }
}

fn is_september(month: u16) -> bool {
    month % MONTHS_A_YEAR == SEPTEMBER
}

/// The next month, not before `from`, in which a person has to be looked at: a clock rings as hazards
/// now stand, a course ends, or they reach the leaving age.
pub(crate) fn next_wake(person: &Person, all: &Tables, at: &mut Clocks, from: u16) -> u16 {
    let tables = &all.hazards;
    let due = person.end.min(person.birth + LEAVING_AGE * MONTHS_A_YEAR);
    let mut from = from;
    let (mut known_at, mut known) = at.known.unwrap_or_else(|| (from, hazards(person, all, from)));
    while from < due {
        let until = first_rise(person, all, known_at).min(due);
        if let Some(month) = Listening::to(&known, tables).first_ring(at, from, until) {
            return month;
        }
        from = from.max(until);
        (known_at, known) = (from, hazards(person, all, from));
    }
    due.max(from)
}

/// Hazards that hold for some months, and the levels to listen at.
struct Listening<'a> {
    hazards: &'a [f32; CLOCKS],
    tables: &'a Hazards,
    other: [u8; CLOCKS],
    september: [u8; CLOCKS],
}

const LEARN: usize = Clock::Learn as usize;

impl<'a> Listening<'a> {
    fn to(hazards: &'a [f32; CLOCKS], tables: &'a Hazards) -> Self {
        let mut other = hazards.map(level_of);
        let mut september = other;
        other[LEARN] = level_of(hazards[LEARN] * tables.other_months);
        september[LEARN] = level_of(hazards[LEARN] * tables.september);
        Self { hazards, tables, other, september }
    }

    /// The first month from `from` and before `until` in which a clock rings.
    fn first_ring(&self, at: &mut Clocks, from: u16, until: u16) -> Option<u16> {
        if from >= until || (self.other == [NEVER; CLOCKS] && self.september == self.other) {
            return None;
        }
        for number in from / WINDOW_MONTHS..=(until - 1) / WINDOW_MONTHS {
            let first = number * WINDOW_MONTHS;
            let window = at.turn(number);
            let mut months = window.months_below(&self.other);
            if self.other[LEARN] != self.september[LEARN] {
                let autumn = SEPTEMBERS[usize::from(first % MONTHS_A_YEAR)];
                months = months & !autumn | window.months_below(&self.september) & autumn;
            }
            months &= u16::MAX << from.saturating_sub(first);
            while months != 0 {
                let month = first + u16::try_from(months.trailing_zeros()).unwrap_or(0);
                if month >= until {
                    return None;
                }
                if self.rings(window, month) {
                    return Some(month);
                }
                months &= months - 1;
            }
        }
        None
    }

    fn rings(&self, window: &Window, month: u16) -> bool {
        let levels = if is_september(month) { &self.september } else { &self.other };
        let season = season(self.tables, month);
        ones(window.clocks_below(levels, month)).any(|clock| {
            let hazard = self.hazards[clock] * if clock == LEARN { season } else { 1.0 };
            window.uniform(clock, month) < f64::from(hazard)
        })
    }
}

/// The Septembers of sixteen months as bits, by the month of the year that they begin in.
const SEPTEMBERS: [u16; 12] = {
    let mut table = [0; 12];
    let mut first = 0;
    while first < MONTHS_A_YEAR {
        let mut month = 0;
        while month < WINDOW_MONTHS {
            if (first + month) % MONTHS_A_YEAR == SEPTEMBER {
                table[first as usize] |= 1 << month;
            }
            month += 1;
        }
        first += 1;
    }
    table
};

/// September, counted from January as 0.
const SEPTEMBER: u16 = 8;

/// The first month after `known_at` in which hazards may be higher than they were then.
fn first_rise(person: &Person, all: &Tables, known_at: u16) -> u16 {
    let tables = &all.of(person, known_at).hazards;
    let birthday = |age: u16| person.birth + age * MONTHS_A_YEAR;
    let mut rise = birthday(AgeBand::of(person.age(known_at)).end_age());
    if person.support_start > 0 && person.state.is_neet() {
        let effect_can_rise = tables.support_effect.iter().any(|ratio| *ratio < 1.0);
        if effect_can_rise && support_strength(person, tables, known_at) > 0.0 {
            return known_at + 1;
        }
        if is_supported(person, tables, known_at) {
            rise = rise.min(person.support_start + tables.support_months);
        }
    }
    for group in all.groups.all() {
        let ages = [group.ages.0, group.ages.1.saturating_add(1)];
        let limits = ages.map(|age| if age < LEAVING_AGE { birthday(age) } else { NO_MONTH });
        let months_neet = person.neet_since.saturating_add(group.least_months_neet);
        for limit in limits.into_iter().chain([months_neet]) {
            if limit > known_at {
                rise = rise.min(limit);
            }
        }
    }
    rise
}
