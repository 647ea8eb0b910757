//! Competing risks: the next month in which something happens to a person, and what.
//!
//! Every exit has its own clock, which goes off at the first of its points that lies under its hazard.
//! Exits that need nobody's leave come before attempts (applications); within each kind the first of
//! the month wins.

use super::hazards::{in_work, is_supported, lasting_search, leaving, neet, over_time, product, support_strength};
use crate::calendar::{MONTHS_A_YEAR, Month};
use crate::domain::{AgeBand, Clock, LEAVING_AGE, State};
use crate::engine::rates::hazard_rows::ByClock;
use crate::engine::rates::month_rates::MonthRates;
use crate::engine::state::chunk::Chunk;
use crate::engine::state::next_event::{NextEvent, Occurrence};
use crate::engine::state::person::Person;
use crate::random::{Bound, CLOCKS, Moment, Regime, Season, Window};
use std::hint::select_unpredictable;
use std::ops::Range;

/// The next month, not before `from`, in which a person has to be looked at, and what happens in it: a clock
/// as hazards now stand, or none when a course ends or they reach the leaving age.
pub(crate) fn next_event(person: &Person, rates: &MonthRates, from: Month) -> NextEvent {
    match person.state {
        State::SixthForm | State::FurtherEducation | State::HigherEducation | State::Apprenticeship => {
            of_learner(person, rates, from)
        }
        State::WorkingClassJob | State::Intermediate | State::Professional => of_worker(person, rates, from),
        State::Unemployed | State::Inactive => of_neet(person, rates, from),
        State::Gone => NextEvent::end(Month::NEVER),
    }
}

/// Works out when the person at a place of a chunk, of whom `person` may be a copy, is due again, not before `from`, and
/// what happens then.
pub(crate) fn look_ahead(chunk: &mut Chunk, at: usize, rates: &MonthRates, person: &mut Person, from: Month) {
    let next = next_event(person, rates, from);
    (chunk.wake[at], chunk.alone_until[at]) = (next.month, next.alone_until);
    person.occurrence = next.occurrence;
}

/// [`next_event`] of learners and apprentices, who have one clock; their hazards never rise by themselves.
fn of_learner(person: &Person, rates: &MonthRates, from: Month) -> NextEvent {
    let never = |_| Month::NEVER;
    before_due(person, rates, from, never, |from, until| {
        let own = rates.for_hazards_of(person, from);
        let mut hazards = ByClock::filled(0.0);
        hazards[Clock::Leave] = leaving(person, own);
        first_event(person, &own.hazards.season, Regime::Learner, from..until, &hazards, |clock, _| {
            hazards.values()[clock]
        })
    })
}

/// [`next_event`] of people in work, whose hazards change with their age.
fn of_worker(person: &Person, rates: &MonthRates, from: Month) -> NextEvent {
    let rise = |from: Month| end_of_band(person, from);
    before_due(person, rates, from, rise, |from, until| {
        let own = rates.for_hazards_of(person, from);
        let hazards = in_work(person, own, from);
        first_event(person, &own.hazards.season, Regime::Worker, from..until, &hazards, |clock, _| {
            hazards.values()[clock]
        })
    })
}

/// [`next_event`] of people who are NEET, whose hazards change with age and support, and fall with time.
fn of_neet(person: &Person, rates: &MonthRates, from: Month) -> NextEvent {
    let rise = |from: Month| end_of_band(person, from).min(rise_of_support(person, rates, from));
    before_due(person, rates, from, rise, |from, until| {
        let own = rates.for_hazards_of(person, from);
        let (season, lasting) = (&own.hazards.season, neet(person, own, from));
        let regime = if person.state == State::Unemployed { Regime::Seeker } else { Regime::Inactive };
        if person.support_start > Month::FIRST {
            let ratio = |month: Month| over_time(person, &own.hazards, month.max(from));
            let highest = product(&lasting, &ratio(from));
            return first_event(person, season, regime, from..until, &highest, |clock, month| {
                lasting.values()[clock] * ratio(month).values()[clock]
            });
        }
        let ratio = |month: Month| own.hazards.dependence(person.state, month.wrapping_sub(person.neet_since()));
        let highest = product(&lasting, ratio(from));
        first_event(person, season, regime, from..until, &highest, |clock, month| {
            lasting.values()[clock] * ratio(month).values()[clock]
        })
    })
}

/// Looks for what happens first by `first_event`, from one month in which hazards may `rise` to the next, until a course or
/// working life ends. Nobody joins or leaves a target group in the months given to it, and hazards do not rise, but may
/// fall: with time out of work, or when support wears off.
#[inline(always)]
#[expect(clippy::inline_always, reason = "each kind of person has a copy without what the others need")]
fn before_due(
    person: &Person,
    rates: &MonthRates,
    from: Month,
    rise: impl Fn(Month) -> Month,
    first_event: impl Fn(Month, Month) -> Option<NextEvent>,
) -> NextEvent {
    let due = person.end().min(person.birth + LEAVING_AGE * MONTHS_A_YEAR);
    let mut from = from;
    while from < due {
        let mut until = rise(from).min(due);
        if rates.groups.may_touch(person) {
            until = until.min(rates.groups.next_change(person, from));
        }
        if let Some(found) = first_event(from, until) {
            return found;
        }
        from = until;
    }
    NextEvent::end(from)
}

/// The birthday after `month` with which hazards change.
fn end_of_band(person: &Person, month: Month) -> Month {
    person.birth + AgeBand::of(person.age(month)).end_age() * MONTHS_A_YEAR
}

/// The first month after `month` in which support, or its end, may make hazards higher than they were then.
fn rise_of_support(person: &Person, rates: &MonthRates, month: Month) -> Month {
    if person.support_start == Month::FIRST {
        return Month::NEVER;
    }
    let support = &rates.for_hazards_of(person, month).hazards.support;
    if support.can_slow() && support_strength(person, support, month) > 0.0 {
        month + 1
    } else if is_supported(person, support, month) {
        person.support_start + support.months
    } else {
        Month::NEVER
    }
}

/// The next month, from `from` on and before `until`, in which an unemployed person searches, if nothing else can
/// happen in these months.
pub(crate) fn search_again(person: &Person, rates: &MonthRates, from: Month, until: Month) -> Option<Month> {
    if from >= until {
        return None;
    }
    let window = Window::of(person.luck, Bound::of(Regime::Seeker, &[0.0; CLOCKS]), from.0);
    let own = rates.for_hazards_of(person, from);
    let lasting = lasting_search(person, own, from);
    let ratio = |month: Month| {
        if person.support_start > Month::FIRST {
            over_time(person, &own.hazards, month)[Clock::Search]
        } else {
            own.hazards.dependence(State::Unemployed, person.months_neet(month))[Clock::Search]
        }
    };
    let season = &own.hazards.season;
    let does_search = |month: &Month| window.beyond(season, SEARCH, month.0, lasting * ratio(*month)).is_some();
    (from.0..until.0).map(Month).find(does_search)
}

/// The first month in which something happens, given the highest hazard of each clock in these months, and that of a month.
///
/// A window has points before the first month as well. Counted from it, theirs are months from 65,488 on, which come
/// after all others and are never among the 48 of a window; what `hazard` says of them does not matter, so that it may
/// wrap around as well. Branches to leave them out would be guessed wrong too often.
#[inline(always)]
#[expect(clippy::inline_always, reason = "each kind of person has a copy without what the others need")]
fn first_event(
    person: &Person,
    season: &Season,
    regime: Regime,
    months: Range<Month>,
    highest: &ByClock,
    hazard: impl Fn(usize, Month) -> f32,
) -> Option<NextEvent> {
    let bound = Bound::of(regime, highest.values());
    if bound.is_none() {
        return None;
    }
    let contact = if matches!(regime, Regime::Seeker | Regime::Inactive) { Clock::Step as usize } else { CLOCKS };
    let others = bound.beyond() & !(1 << SEARCH);
    let mut from = months.start;
    while from < months.end {
        let window = Window::of(person.luck, bound, from.0);
        let end = Month(window.end()).min(months.end);
        let left = end - from;
        let mut race = Race { contact, own: LAST, reached: LAST };
        window.each(season, from.0, |point| {
            let month = from.wrapping_add(point.since.month());
            let does_happen = point.hazard < hazard(point.clock, month);
            race.enter(point.clock, select_unpredictable(does_happen, key(point.since, point.clock), LAST));
        });
        let mut month = 0;
        while others != 0 && month <= race.month().min(left - 1) {
            for clock in ones(others) {
                if let Some(time) = window.beyond(season, clock, (from + month).0, hazard(clock, from + month)) {
                    race.enter(clock, key(Moment::new(month, time), clock));
                }
            }
            month += 1;
        }
        let alone = race.month().min(left);
        if bound.beyond() >> SEARCH & 1 == 1 {
            for month in 0..=race.month().min(left - 1) {
                if let Some(time) = window.beyond(season, SEARCH, (from + month).0, hazard(SEARCH, from + month)) {
                    race.enter(SEARCH, key(Moment::new(month, time), SEARCH));
                    break;
                }
            }
        }
        if race.month() < left {
            let alone_until = if regime == Regime::Seeker { from + alone } else { Month::FIRST };
            return Some(NextEvent { month: from + race.month(), occurrence: race.occurrence(), alone_until });
        }
        from = end;
    }
    None
}

/// Clocks that are attempts and not exits, as bits.
const ATTEMPTS: u64 =
    1 << Clock::Search as u32 | 1 << Clock::Step as u32 | 1 << Clock::Learn as u32 | 1 << Clock::Apprentice as u32;
/// The clock of people who seek work, for whom it goes off more often than all others.
const SEARCH: usize = Clock::Search as usize;
/// After everything that may happen.
const LAST: u64 = u64::MAX;

/// The first of a person's own clocks to go off, and the first contact of an agency. What happens is one number ([`key`])
/// that grows with the month; within a month exits come before attempts, then the earlier, then the lower clock.
struct Race {
    /// The clock that is the agencies' attempt to reach somebody who is NEET.
    contact: usize,
    own: u64,
    reached: u64,
}

impl Race {
    /// Lets a clock go off, [`LAST`] for not at all; without branches, which would be guessed wrong half of the time.
    #[inline]
    fn enter(&mut self, clock: usize, key: u64) {
        let (own, reached) = select_unpredictable(clock == self.contact, (LAST, key), (key, LAST));
        self.own = select_unpredictable(own < self.own, own, self.own);
        self.reached = select_unpredictable(reached < self.reached, reached, self.reached);
    }

    /// The first month, counted from the start of the race.
    fn month(&self) -> u16 {
        month_of(self.own.min(self.reached))
    }

    /// What happens in that month.
    fn occurrence(&self) -> Occurrence {
        let month = self.month();
        let own = if month_of(self.own) == month { self.own.to_le_bytes()[0] + 1 } else { 0 };
        let occurrence = Occurrence::new(own);
        if month_of(self.reached) == month { occurrence.with_contact() } else { occurrence }
    }
}

/// A clock that goes off, as a number.
#[inline]
fn key(when: Moment, clock: usize) -> u64 {
    u64::from(when.month()) << 32 | u64::from(when.time()) << 8 | TAGS[clock]
}

/// What a clock adds to its keys: its number, and a bit that puts attempts after exits of the same month.
const TAGS: [u64; CLOCKS] = {
    let mut tags = [0; CLOCKS];
    let mut clock = 0;
    while clock < CLOCKS {
        tags[clock] = (ATTEMPTS >> clock & 1) << 31 | clock as u64;
        clock += 1;
    }
    tags
};

/// The month of a key.
fn month_of(key: u64) -> u16 {
    let bytes = key.to_le_bytes();
    u16::from_le_bytes([bytes[4], bytes[5]])
}

/// The positions of the bits that are set.
fn ones(mut bits: u8) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let at = usize::try_from(bits.trailing_zeros()).ok().filter(|at| *at < CLOCKS)?;
        bits &= bits - 1;
        Some(at)
    })
}
