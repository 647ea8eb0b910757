//! The hazards of one person: the row of everybody of their kind, scaled by the personal effect, time and support.

use crate::calendar::Month;
use crate::domain::{AgeBand, Clock, Health, State, SupportEffect};
use crate::engine::rates::hazard_rows::{ByClock, TRAITS, row};
use crate::engine::rates::hazards::{Hazards, SupportEffects};
use crate::engine::rates::tables::Tables;
use crate::engine::state::person::Person;
use crate::random::{Purpose, uniform};
use crate::units::Probability;

/// The hazard of leaving a course or an apprenticeship early, from the tables that a person meets.
#[inline]
pub(crate) fn leaving(person: &Person, all: &Tables) -> f32 {
    let tables = &all.hazards;
    let origin = person.origin();
    let withdrawal = if person.state == State::Apprenticeship {
        tables.apprenticeship_withdrawal[person.level()][origin]
    } else if person.is_pupil() {
        0.0
    } else {
        tables.withdrawal[person.programme()][origin]
    };
    withdrawal * tables.effect[0][step_of(person)][0][Clock::Leave]
}

/// The hazards of somebody in work, by clock, from the tables that they meet in `month`. Returning to learning is the
/// average over the year.
#[inline(never)]
pub(crate) fn in_work(person: &Person, all: &Tables, month: Month) -> ByClock {
    let tables = &all.hazards;
    let situation = person.state as usize - State::WorkingClassJob as usize;
    let row = &tables.in_work[row_of(person, situation, month)];
    // Nobody is promoted out of a guaranteed job.
    product(row, &tables.effect[0][step_of(person)][usize::from(person.is_guaranteed())])
}

/// The same of somebody NEET, before time out of work and support act on them.
#[inline(never)]
pub(crate) fn neet(person: &Person, all: &Tables, month: Month) -> ByClock {
    let tables = &all.hazards;
    let situation = person.state as usize - State::Unemployed as usize;
    let row = &tables.neet[row_of(person, situation, month)];
    product(row, &tables.effect[1 + situation][step_of(person)][usize::from(!is_known(person, &all.known))])
}

/// The hazard of an unemployed person's search, as [`neet`] has it among all others.
#[inline]
pub(crate) fn lasting_search(person: &Person, all: &Tables, month: Month) -> f32 {
    let tables = &all.hazards;
    tables.neet[row_of(person, 0, month)][Clock::Search] * tables.effect[1][step_of(person)][0][Clock::Search]
}

/// The step of a person's effect, counted from the lowest.
fn step_of(person: &Person) -> usize {
    usize::from(person.effect.cast_unsigned() ^ 0x80)
}

/// Ratios that time out of work and support make of the hazards of somebody NEET.
pub(crate) fn over_time(person: &Person, tables: &Hazards, month: Month) -> ByClock {
    let mut ratios = *tables.dependence(person.state, person.months_neet(month));
    if person.support_start > Month::FIRST {
        let strength = support_strength(person, &tables.support, month);
        let ratio = |kind: SupportEffect| 1.0 + (tables.support.ratio[kind] - 1.0) * strength;
        ratios[Clock::Search] *= ratio(SupportEffect::Search);
        ratios[Clock::Learn] *= ratio(SupportEffect::Learning);
        ratios[Clock::Apprentice] *= ratio(SupportEffect::Apprenticeship);
    }
    if is_supported(person, &tables.support, month) {
        // Whoever is supported already is not offered support.
        ratios[Clock::Step] = 0.0;
    }
    ratios
}

/// The products of hazards or ratios, clock by clock.
pub(crate) fn product(one: &ByClock, other: &ByClock) -> ByClock {
    ByClock::new(std::array::from_fn(|clock| one.values()[clock] * other.values()[clock]))
}

fn row_of(person: &Person, situation: usize, month: Month) -> usize {
    let band = AgeBand::of(person.age(month)) as usize;
    row(situation, band, person.qualification() as usize) * TRAITS + person.traits()
}

/// Whether anyone who can offer support knows somebody NEET, which is settled once for each spell, by the share of people
/// known in each region.
#[inline]
pub(crate) fn is_known(person: &Person, known: &[Probability]) -> bool {
    let word = person.luck.words(person.neet_since().0, Purpose::Known, 0)[0];
    known[person.region.index()].includes(uniform(word))
}

/// Whether support is running.
pub(crate) fn is_supported(person: &Person, support: &SupportEffects, month: Month) -> bool {
    person.support_start > Month::FIRST && month - person.support_start < support.months
}

/// How much of the effect of support is left: 1 while it runs, then falling to 0 over the fading months; less
/// with a health limitation or where support is spread thin.
pub(crate) fn support_strength(person: &Person, support: &SupportEffects, month: Month) -> f32 {
    if person.support_start == Month::FIRST {
        return 0.0;
    }
    let over = (month - person.support_start).saturating_sub(support.months);
    let left = 1.0 - f32::from(over) / f32::from(support.fade_months.max(1));
    let discount = match person.health() {
        Health::NotLimited => 1.0,
        Health::Limited => support.health_discount[person.region.index()],
    };
    left.max(0.0) * discount * support.quality[person.region.index()]
}

const _: () = assert!(
    State::Professional as usize - State::WorkingClassJob as usize == 2
        && State::Inactive as usize - State::Unemployed as usize == 1
);
