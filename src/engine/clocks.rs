//! The race of exits: each person's hazards, what rings in a month, and the next month worth looking at.
//!
//! Every exit has its own clock with its own uniform number a month: exit `k` rings when that number
//! is below `1 - exp(-h_k)`. Exits that need nobody's leave come before attempts (applications); within
//! each kind the first to ring in the month wins, at `-ln(1-u)/h` of the month.

use crate::conditions::{Condition, Group, OfferKind};
use crate::domain::{AgeBand, Clock, Health, LEAVING_AGE, Region, Seeker, State, SupportEffect};
use crate::engine::MONTHS_A_YEAR;
use crate::engine::population::{NEVER as NO_MONTH, Person};
use crate::engine::tables::{Hazards, LONGEST, Tables};
use crate::random::{CLOCKS, NEVER, PersonLuck, Purpose, WINDOW_MONTHS, Window, level_of};
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

/// The hazards of one person in `month`, by clock. Returning to learning is the average over the year.
pub(super) fn hazards(person: &Person, all: &Tables, month: u16) -> [f32; CLOCKS] {
    let tables = &all.hazards;
    let mut hazards = match person.state {
        State::SixthForm | State::FurtherEducation | State::HigherEducation => learner(person, tables),
        State::Apprenticeship => apprentice(person, tables),
        State::Working | State::Intermediate | State::Professional => worker(person, tables, month),
        State::Unemployed | State::Inactive => neet(person, all, month),
        State::Gone => [0.0; CLOCKS],
    };
    for offer in &tables.ratios {
        if let OfferKind::HazardRatio(condition, ratio) = offer.kind
            && offer.region == person.region
            && let Some(clock) = exit_of(condition, person)
            && is_member(&offer.group, person, month)
        {
            hazards[clock as usize] *= single(ratio);
        }
    }
    hazards
}

/// The ratio of target groups on one condition for a person.
pub(crate) fn ratio(person: &Person, tables: &Hazards, condition: Condition, month: u16) -> f32 {
    tables.ratios.iter().fold(1.0, |product, offer| match offer.kind {
        OfferKind::HazardRatio(of, ratio)
            if of == condition && offer.region == person.region && is_member(&offer.group, person, month) =>
        {
            product * single(ratio)
        }
        OfferKind::HazardRatio(..) | OfferKind::Apprenticeships(..) | OfferKind::Support(_) => product,
    })
}

/// The clock that a condition is the hazard of for this person, if it is one they face.
fn exit_of(condition: Condition, person: &Person) -> Option<Clock> {
    let is_learner = matches!(person.state, State::SixthForm | State::FurtherEducation | State::HigherEducation);
    let is_working = person.state.job_class().is_some();
    let faces_it = match condition {
        Condition::Withdrawal => is_learner,
        Condition::ApprenticeshipWithdrawal => person.state == State::Apprenticeship,
        Condition::Separation
        | Condition::LeaveToInactivity
        | Condition::Promotion
        | Condition::ApprenticeshipApplicationInWork => is_working,
        Condition::GiveUpSearch => person.state == State::Unemployed,
        Condition::StartSeeking => person.state == State::Inactive,
        Condition::Contact | Condition::ApprenticeshipApplication | Condition::MoveHazard => person.state.is_neet(),
        Condition::SearchIntensity | Condition::ReturnToLearning | Condition::Departure => {
            is_working || person.state.is_neet()
        }
        _ => false,
    };
    faces_it.then_some(condition.spec().clock).flatten()
}

#[expect(clippy::cast_possible_truncation, reason = "hazards are single precision by design")]
fn single(value: f64) -> f32 {
    value as f32
}

/// `exp(loading x effect)` of a clock.
fn effect(person: &Person, tables: &Hazards, clock: Clock) -> f32 {
    effects(person, tables)[clock as usize]
}

fn effects<'a>(person: &Person, tables: &'a Hazards) -> &'a [f32; CLOCKS] {
    &tables.effect[usize::from(person.effect.cast_unsigned() ^ 0x80)]
}

fn learner(person: &Person, tables: &Hazards) -> [f32; CLOCKS] {
    let mut hazards = [0.0; CLOCKS];
    if !person.is_pupil() {
        hazards[Clock::Leave as usize] = tables.withdrawal[person.programme() as usize]
            * tables.withdrawal_by_origin[person.origin() as usize]
            * effect(person, tables, Clock::Leave);
    }
    hazards
}

fn apprentice(person: &Person, tables: &Hazards) -> [f32; CLOCKS] {
    let mut hazards = [0.0; CLOCKS];
    hazards[Clock::Leave as usize] = tables.apprenticeship_withdrawal[person.level() as usize]
        * tables.withdrawal_by_origin[person.origin() as usize]
        * effect(person, tables, Clock::Leave);
    hazards
}

fn worker(person: &Person, tables: &Hazards, month: u16) -> [f32; CLOCKS] {
    let band = AgeBand::of(person.age(month)) as usize;
    let (origin, qualification, health) = parts(person);
    let class = person.state as usize - State::Working as usize;
    let effects = effects(person, tables);
    let of = |clock: Clock, hazard: f32| hazard * effects[clock as usize];
    let inactivity = tables.leave_to_inactivity[person.sex() as usize][band] * inactivity_ratio(person, tables);
    let separation = tables.separation[class][band]
        * tables.separation_by_qualification[qualification]
        * tables.separation_by_health[health];
    let promotion =
        tables.promotion[class] * tables.promotion_by_qualification[qualification] * tables.promotion_by_origin[origin];
    let search = tables.search_intensity[Seeker::Employed as usize] * tables.search_by_health[health];
    [
        of(Clock::Leave, separation),
        of(Clock::Activity, inactivity),
        of(Clock::Search, search),
        of(Clock::Step, promotion),
        of(Clock::Learn, tables.return_to_learning[band][qualification] * tables.return_by_origin[origin]),
        of(Clock::Apprentice, tables.apprenticeship_application_in_work[band]),
        0.0,
        of(Clock::Depart, tables.departure[band]),
    ]
}

fn neet(person: &Person, all: &Tables, month: u16) -> [f32; CLOCKS] {
    let tables = &all.hazards;
    let band = AgeBand::of(person.age(month)) as usize;
    let (origin, qualification, health) = parts(person);
    let sex = person.sex() as usize;
    let months = usize::from(person.months_neet(month)).min(LONGEST - 1);
    let dependence = tables.duration[months];
    let effects = effects(person, tables);
    let of = |clock: Clock, hazard: f32| hazard * effects[clock as usize];
    let support = |kind| support_ratio(person, tables, kind, month);
    let is_seeking = person.state == State::Unemployed;
    let activity = if is_seeking {
        of(Clock::Activity, tables.give_up_search[sex][band] * inactivity_ratio(person, tables))
    } else {
        let ratio = tables.seeking_by_qualification[qualification] * tables.seeking_by_health[health];
        // A person prone to inactivity is slow to leave it: the same loading with the sign turned.
        tables.start_seeking[sex][band] * ratio * dependence / effect(person, tables, Clock::Activity)
    };
    let seeker = if is_seeking { Seeker::Unemployed } else { Seeker::Inactive };
    let search = tables.search_intensity[seeker as usize] * tables.search_by_health[health] * dependence;
    let learn = tables.return_to_learning[band][qualification] * tables.return_by_origin[origin] * dependence;
    [
        0.0,
        activity,
        of(Clock::Search, search * support(SupportEffect::Search)),
        of(Clock::Step, if can_be_reached(person, all, month) { tables.contact } else { 0.0 }),
        of(Clock::Learn, learn * support(SupportEffect::Learning)),
        of(Clock::Apprentice, tables.apprenticeship_application[band] * support(SupportEffect::Apprenticeship)),
        of(Clock::Move, tables.move_hazard[band] * tables.move_by_qualification[qualification]),
        of(Clock::Depart, tables.departure[band]),
    ]
}

fn parts(person: &Person) -> (usize, usize, usize) {
    (person.origin() as usize, person.qualification() as usize, person.health() as usize)
}

fn inactivity_ratio(person: &Person, tables: &Hazards) -> f32 {
    let (origin, qualification, health) = parts(person);
    tables.inactivity_by_origin[origin]
        * tables.inactivity_by_qualification[qualification]
        * tables.inactivity_by_health[health]
}

/// Whether an agency that tries can reach somebody: anyone who can offer support knows them, which is
/// settled once for each NEET spell, and they are not supported already.
fn can_be_reached(person: &Person, tables: &Tables, month: u16) -> bool {
    let drawn = (f64::from(person.reach) + 0.5) / 65_536.0;
    !is_supported(person, &tables.hazards, month) && drawn < tables.known[person.region.index()]
}

/// The draw that settles for a NEET spell whether agencies know somebody, in 65,536ths.
pub(crate) fn reach(person: &Person) -> u16 {
    let word = person.luck.words(person.neet_since, Purpose::Known, 0)[0];
    u16::try_from(word >> 16).unwrap_or(u16::MAX)
}

/// Whether support is running.
pub(crate) fn is_supported(person: &Person, tables: &Hazards, month: u16) -> bool {
    person.support_start > 0 && month - person.support_start < tables.support_months
}

/// How much of the effect of support is left: 1 while it runs, then falling to 0 over the fading months.
pub(crate) fn support_strength(person: &Person, tables: &Hazards, month: u16) -> f32 {
    if person.support_start == 0 {
        return 0.0;
    }
    let over = (month - person.support_start).saturating_sub(tables.support_months);
    let left = 1.0 - f32::from(over) / f32::from(tables.support_fade_months.max(1));
    let discount = match person.health() {
        Health::NotLimited => 1.0,
        Health::Limited => tables.support_health_discount[person.region.index()],
    };
    left.max(0.0) * discount
}

fn support_ratio(person: &Person, tables: &Hazards, kind: SupportEffect, month: u16) -> f32 {
    1.0 + (tables.support_effect[kind as usize] - 1.0) * support_strength(person, tables, month)
}

/// Whether somebody belongs to a target group this month.
pub(crate) fn is_member(group: &Group, person: &Person, month: u16) -> bool {
    let age = person.age(month);
    let upbringing = || group.upbringing.contains(&Region(person.upbringing));
    (group.ages.0..=group.ages.1).contains(&age)
        && group.origins.contains(&person.origin())
        && group.sexes.contains(&person.sex())
        && group.qualifications.contains(&person.qualification())
        && group.health.contains(&person.health())
        && (group.upbringing.is_empty() || upbringing())
        && (group.least_months_neet == 0
            || person.state.is_neet() && person.months_neet(month) >= group.least_months_neet)
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
        let until = first_rise(person, tables, known_at).min(due);
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
fn first_rise(person: &Person, tables: &Hazards, known_at: u16) -> u16 {
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
    for offer in &tables.ratios {
        let group = &offer.group;
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
