//! The race of exits: the next month in which something rings for a person, and what.
//!
//! Every exit has its own clock, which rings at the first of its points that lies under its hazard.
//! Exits that need nobody's leave come before attempts (applications); within each kind the first to
//! ring in the month wins.

use crate::domain::{AgeBand, Clock, LEAVING_AGE, State};
use crate::engine::MONTHS_A_YEAR;
use crate::engine::hazards::{hazards, is_supported, support_strength};
use crate::engine::population::{NEVER as NO_MONTH, Person};
use crate::engine::tables::Tables;
use crate::random::{CLOCKS, Pace, Points, Reach, Season};
use strum::VariantArray;

/// What rings for a person in the month in which they are next due.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Rings {
    /// The exit or attempt that comes first.
    pub own: Option<Clock>,
    /// Whether an agency reaches a person who is NEET: that is the agency's doing, not an attempt of theirs.
    pub is_reached: bool,
}

const LEARN: usize = Clock::Learn as usize;
/// September, counted from January as 0.
const SEPTEMBER: u16 = 8;

/// The next month, not before `from`, in which a person has to be looked at, and what rings in it: a clock
/// as hazards now stand, or none when a course ends or they reach the leaving age.
pub(crate) fn next(person: &Person, tables: &Tables, points: &mut Points, from: u16) -> (u16, Rings) {
    let due = person.end.min(person.birth + LEAVING_AGE * MONTHS_A_YEAR);
    let mut from = from;
    while from < due {
        let until = first_rise(person, tables, from).min(due);
        if let Some(found) = Listening::to(person, tables, from).first(points, until) {
            return found;
        }
        from = until;
    }
    (from, Rings::default())
}

fn pace(state: State) -> Pace {
    match state {
        State::SixthForm | State::FurtherEducation | State::HigherEducation | State::Apprenticeship => Pace::Learner,
        State::Working | State::Intermediate | State::Professional => Pace::Worker,
        State::Unemployed | State::Inactive | State::Gone => Pace::Neet,
    }
}

/// Hazards that do not rise for some months.
struct Listening<'a> {
    person: &'a Person,
    tables: &'a Tables,
    /// The month for which the hazards were worked out.
    month: u16,
    hazards: [f32; CLOCKS],
    reach: Reach,
}

impl<'a> Listening<'a> {
    fn to(person: &'a Person, tables: &'a Tables, month: u16) -> Self {
        let hazards = hazards(person, tables, month);
        Self { person, tables, month, reach: Reach::of(pace(person.state), &hazards), hazards }
    }

    /// The first month before `until` in which a clock rings.
    fn first(&self, points: &mut Points, until: u16) -> Option<(u16, Rings)> {
        if self.reach.is_none() {
            return None;
        }
        let season = Season { clock: LEARN, month: SEPTEMBER, share: self.tables.hazards.september_share };
        let mut from = self.month;
        while from < until {
            let end = points.turn_to(self.person.luck, self.reach, from, &self.hazards, season);
            while let Some(month) = self.candidate(points, from, until.min(end)) {
                if let Some(rings) = self.ring(points, month) {
                    return Some((month, rings));
                }
                from = month + 1;
            }
            from = end;
        }
        None
    }

    /// The first month of a stretch in which a clock rings if hazards are as high as they can be.
    fn candidate(&self, points: &Points, from: u16, until: u16) -> Option<u16> {
        let mut best = until;
        for point in points.iter() {
            if point.month >= from && point.month < best {
                best = point.month;
            }
        }
        if self.reach.beyond() != 0 {
            best = (from..best).find(|month| self.is_beyond(points, *month)).unwrap_or(best);
        }
        (best < until).then_some(best)
    }

    fn is_beyond(&self, points: &Points, month: u16) -> bool {
        ones(self.reach.beyond())
            .any(|clock| points.beyond(clock, month, self.hazards[clock], self.season(clock, month)).is_some())
    }

    /// The hazard of a clock in a month over its average.
    fn season(&self, clock: usize, month: u16) -> f32 {
        let share = self.tables.hazards.september_share;
        match (clock, month % MONTHS_A_YEAR) {
            (LEARN, SEPTEMBER) => share * 12.0,
            (LEARN, _) => (1.0 - share) * 12.0 / 11.0,
            _ => 1.0,
        }
    }

    /// The hazards in a month: lower than they were when duration dependence or support wears off, or a
    /// target group is left.
    fn hazards_in(&self, month: u16) -> [f32; CLOCKS] {
        let can_fall = self.person.state.is_neet() || !self.tables.groups.all().is_empty();
        if can_fall && month != self.month { hazards(self.person, self.tables, month) } else { self.hazards }
    }

    /// What rings in a month.
    fn ring(&self, points: &Points, month: u16) -> Option<Rings> {
        let hazards = self.hazards_in(month);
        let contact = self.person.state.is_neet().then_some(Clock::Step);
        let mut race = Race { contact, ..Race::default() };
        for point in points.iter() {
            let clock = usize::from(point.clock) % CLOCKS;
            if point.month == month && point.hazard < hazards[clock] {
                race.enter(clock, point.time);
            }
        }
        for clock in ones(self.reach.beyond()) {
            if let Some(time) = points.beyond(clock, month, hazards[clock], self.season(clock, month)) {
                race.enter(clock, time);
            }
        }
        race.rings()
    }
}

/// Those that ring in one month: the first exit, the first attempt, and an agency's contact.
#[derive(Default)]
struct Race {
    /// The clock that is the agencies' attempt to reach somebody who is NEET.
    contact: Option<Clock>,
    exit: Option<(u16, Clock)>,
    attempt: Option<(u16, Clock)>,
    is_reached: bool,
}

impl Race {
    fn enter(&mut self, clock: usize, time: u16) {
        let clock = Clock::VARIANTS[clock];
        if self.contact == Some(clock) {
            self.is_reached = true;
            return;
        }
        let first = match clock {
            Clock::Leave | Clock::Activity | Clock::Move | Clock::Depart => &mut self.exit,
            Clock::Search | Clock::Step | Clock::Learn | Clock::Apprentice => &mut self.attempt,
        };
        if first.is_none_or(|earliest| (time, clock) < earliest) {
            *first = Some((time, clock));
        }
    }

    fn rings(self) -> Option<Rings> {
        let own = self.exit.or(self.attempt).map(|(_, clock)| clock);
        (own.is_some() || self.is_reached).then_some(Rings { own, is_reached: self.is_reached })
    }
}

/// The positions of the bits that are set.
fn ones(mut bits: u8) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let at = usize::try_from(bits.trailing_zeros()).ok().filter(|at| *at < CLOCKS)?;
        bits &= bits - 1;
        Some(at)
    })
}

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
