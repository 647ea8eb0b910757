//! Hazards: how fast each exit of a person runs in a month, from who they are and what they meet.
//!
//! Products of ready factors, nothing drawn. Next: `clocks` turns hazards into what rings and when.

use crate::domain::{AgeBand, Clock, Health, Seeker, State, SupportEffect};
use crate::engine::courses::programme_of_returner;
use crate::engine::population::Person;
use crate::engine::tables::{Hazards, LONGEST, Tables};
use crate::random::{CLOCKS, Purpose};

/// The hazards of one person in `month`, by clock. Returning to learning is the average over the year.
pub(crate) fn hazards(person: &Person, all: &Tables, month: u16) -> [f32; CLOCKS] {
    let all = all.of(person, month);
    let tables = &all.hazards;
    match person.state {
        State::SixthForm | State::FurtherEducation | State::HigherEducation => learner(person, tables),
        State::Apprenticeship => apprentice(person, tables),
        State::Working | State::Intermediate | State::Professional => worker(person, tables, month),
        State::Unemployed | State::Inactive => neet(person, all, month),
        State::Gone => [0.0; CLOCKS],
    }
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
        // Nobody is promoted out of a guaranteed job.
        if person.is_guaranteed() { 0.0 } else { of(Clock::Step, promotion) },
        of(Clock::Learn, return_to_learning(person, tables, band)),
        of(Clock::Apprentice, tables.apprenticeship_application_in_work[band]),
        0.0,
        of(Clock::Depart, tables.departure[band]),
    ]
}

fn neet(person: &Person, all: &Tables, month: u16) -> [f32; CLOCKS] {
    let tables = &all.hazards;
    let band = AgeBand::of(person.age(month)) as usize;
    let (_, qualification, health) = parts(person);
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
    let learn = return_to_learning(person, tables, band) * dependence;
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

fn return_to_learning(person: &Person, tables: &Hazards, band: usize) -> f32 {
    let pull = tables.course_pull[programme_of_returner(person.qualification()) as usize];
    let usual = tables.return_to_learning[band][person.qualification() as usize];
    usual * tables.return_by_origin[person.origin() as usize] * pull
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

/// How much of the effect of support is left: 1 while it runs, then falling to 0 over the fading months; less
/// with a health limitation or where support is spread thin.
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
    left.max(0.0) * discount * tables.support_quality[person.region.index()]
}

fn support_ratio(person: &Person, tables: &Hazards, kind: SupportEffect, month: u16) -> f32 {
    1.0 + (tables.support_effect[kind as usize] - 1.0) * support_strength(person, tables, month)
}
