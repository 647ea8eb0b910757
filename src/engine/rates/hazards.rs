//! Hazards: how fast each exit of a person runs in a month, from who they are and what they meet.
//!
//! Whatever people share is multiplied out once for each month's conditions: a row of hazards for each
//! kind of person, ready to be scaled by the personal effect and by time. Nothing here is drawn.
//! Next: `rows` multiplies them out, `clocks` turns hazards into what rings and when.

use crate::calendar::MONTHS_A_YEAR;
use crate::conditions::Condition as C;
use crate::domain::{AgeBand, Clock, Health, Kind, LEAVING_AGE, Qualification, Seeker, State, SupportEffect};
use crate::engine::rates::affected::Concerned;
use crate::engine::rates::hazard_rows;
use crate::engine::rates::tables::{From, Grid, Tables, single, whole};
use crate::engine::state::person::{EFFECT_STEPS, Person};
use crate::random::{CLOCKS, Purpose, Season, uniform};

/// Longest duration with a factor of its own, in months.
pub(crate) const LONGEST: usize = 256;
/// More months than anybody has, a power of two: a month in a table of that length is found without a branch.
const MONTHS: usize = 512;
/// Situations with rows of their own: three classes of job, unemployed, inactive.
pub(super) const SITUATIONS: usize = 5;
/// Kinds of people within a situation, age band and qualification: origin, health and sex.
pub(super) const TRAITS: usize = 20;

/// September, counted from January as 0.
const SEPTEMBER: u16 = 8;
/// The clock that has a season.
pub(crate) const LEARN: usize = Clock::Learn as usize;

/// Hazards by clock.
pub(crate) type ByClock = [f32; CLOCKS];

/// The exits of people, as ready products that the personal effect and time still scale.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Hazards {
    /// Of leaving a programme early, by programme and origin.
    withdrawal: Grid<5, 5>,
    /// Of leaving an apprenticeship early, by level and origin.
    apprenticeship_withdrawal: Grid<3, 5>,
    /// Of everybody in work.
    in_work: Vec<ByClock>,
    /// Of everybody who is NEET.
    neet: Vec<ByClock>,
    /// `exp(loading x effect)` by step of the personal effect from -128, and 0 in the second for the clock of the next step:
    /// of people in learning or work, of unemployed and of inactive people.
    effect: [Vec<[ByClock; 2]>; 3],
    /// When in the year people return to learning.
    pub season: Season,
    /// `(1 + d/1.5)^-phi` by months `d` out of work, for the clocks that hang on it, of unemployed and of inactive people.
    dependence: [Box<[ByClock; MONTHS]>; 2],
    /// The probability that those who leave learning search in the same month, by health.
    pub leavers_search: [f64; 2],
    pub support: SupportEffects,
    /// Ratio on asking for a course.
    pub course_pull: [f32; 5],
}

/// What support does, and for how long.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SupportEffects {
    ratio: [f32; 3],
    pub months: u16,
    fade_months: u16,
    /// By region: share of the effect with a health limitation.
    health_discount: Vec<f32>,
    /// By region: ratio on the effect.
    quality: Vec<f32>,
}

impl SupportEffects {
    /// Whether some effect of support slows an exit down.
    pub fn can_slow(&self) -> bool {
        self.ratio.iter().any(|ratio| *ratio < 1.0)
    }
}

/// The hazard of leaving a course or an apprenticeship early, from the tables that a person meets.
#[inline]
pub(crate) fn leaving(person: &Person, all: &Tables) -> f32 {
    let tables = &all.hazards;
    let origin = person.origin() as usize;
    let withdrawal = if person.state == State::Apprenticeship {
        tables.apprenticeship_withdrawal[person.level() as usize][origin]
    } else if person.is_pupil() {
        0.0
    } else {
        tables.withdrawal[person.programme() as usize][origin]
    };
    withdrawal * tables.effect[0][step_of(person)][0][Clock::Leave as usize]
}

/// The hazards of somebody in work, by clock, from the tables that they meet in `month`. Returning to learning is the
/// average over the year.
#[inline(never)]
pub(crate) fn in_work(person: &Person, all: &Tables, month: u16) -> ByClock {
    let tables = &all.hazards;
    let situation = person.state as usize - State::WorkingClassJob as usize;
    let row = &tables.in_work[row_of(person, situation, month)];
    // Nobody is promoted out of a guaranteed job.
    product(row, &tables.effect[0][step_of(person)][usize::from(person.is_guaranteed())])
}

/// The same of somebody NEET, before time out of work and support act on them.
#[inline(never)]
pub(crate) fn neet(person: &Person, all: &Tables, month: u16) -> ByClock {
    let tables = &all.hazards;
    let situation = person.state as usize - State::Unemployed as usize;
    let row = &tables.neet[row_of(person, situation, month)];
    product(row, &tables.effect[1 + situation][step_of(person)][usize::from(!is_known(person, &all.known))])
}

/// The hazard of an unemployed person's search, as [`neet`] has it among all others.
#[inline]
pub(crate) fn lasting_search(person: &Person, all: &Tables, month: u16) -> f32 {
    let tables = &all.hazards;
    tables.neet[row_of(person, 0, month)][Clock::Search as usize]
        * tables.effect[1][step_of(person)][0][Clock::Search as usize]
}

/// The step of a person's effect, counted from the lowest.
fn step_of(person: &Person) -> usize {
    usize::from(person.effect.cast_unsigned() ^ 0x80)
}

/// Ratios that time out of work and support make of the hazards of somebody NEET.
pub(crate) fn over_time(person: &Person, tables: &Hazards, month: u16) -> ByClock {
    let mut ratios = *tables.dependence(person.state, person.months_neet(month));
    if person.support_start > 0 {
        let strength = support_strength(person, &tables.support, month);
        let ratio = |kind: SupportEffect| 1.0 + (tables.support.ratio[kind as usize] - 1.0) * strength;
        ratios[Clock::Search as usize] *= ratio(SupportEffect::Search);
        ratios[Clock::Learn as usize] *= ratio(SupportEffect::Learning);
        ratios[Clock::Apprentice as usize] *= ratio(SupportEffect::Apprenticeship);
    }
    if is_supported(person, &tables.support, month) {
        // Whoever is supported already is not offered support.
        ratios[Clock::Step as usize] = 0.0;
    }
    ratios
}

pub(crate) fn product(one: &ByClock, other: &ByClock) -> ByClock {
    std::array::from_fn(|clock| one[clock] * other[clock])
}

fn row_of(person: &Person, situation: usize, month: u16) -> usize {
    let band = AgeBand::of(person.age(month)) as usize;
    row(situation, band, person.qualification() as usize) * TRAITS + person.traits()
}

pub(super) fn row(situation: usize, band: usize, qualification: usize) -> usize {
    (situation * AgeBand::count() + band) * Qualification::count() + qualification
}

/// Whether anyone who can offer support knows somebody NEET, which is settled once for each spell, by the share of people
/// known in each region.
#[inline]
pub(crate) fn is_known(person: &Person, known: &[f64]) -> bool {
    let word = person.luck.words(person.neet_since(), Purpose::Known, 0)[0];
    uniform(word) < known[person.region.index()]
}

/// Whether support is running.
pub(crate) fn is_supported(person: &Person, support: &SupportEffects, month: u16) -> bool {
    person.support_start > 0 && month - person.support_start < support.months
}

/// How much of the effect of support is left: 1 while it runs, then falling to 0 over the fading months; less
/// with a health limitation or where support is spread thin.
pub(crate) fn support_strength(person: &Person, support: &SupportEffects, month: u16) -> f32 {
    if person.support_start == 0 {
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

impl Hazards {
    /// The hazards of a month's conditions.
    pub fn new(from: &From<'_>) -> Self {
        let loadings: ByClock = from.row(C::PersonalLoading);
        let phi = from.get(C::DurationDependence);
        let search: [f32; 4] = from.row(C::SearchIntensity);
        let search_by_health: [f32; 2] = from.row(C::SearchByHealth);
        let by_origin: [f32; 5] = from.row(C::WithdrawalByOrigin);
        let times = |rate: f32| by_origin.map(|ratio| rate * ratio);
        Self {
            withdrawal: from.row::<5>(C::Withdrawal).map(times),
            apprenticeship_withdrawal: from.row::<3>(C::ApprenticeshipWithdrawal).map(times),
            in_work: hazard_rows::in_work(from),
            neet: hazard_rows::neet(from),
            effect: effects(&loadings),
            season: Season::new(LEARN, SEPTEMBER, from.get(C::SeptemberShare)),
            dependence: [State::Unemployed, State::Inactive].map(|state| {
                Box::new(std::array::from_fn(|months| {
                    dependence_factors(state, duration_factor(months.min(LONGEST - 1), phi))
                }))
            }),
            leavers_search: search_by_health
                .map(|ratio| -libm::expm1(-f64::from(search[Seeker::Leaver as usize] * ratio))),
            support: SupportEffects {
                ratio: from.row(C::SupportEffect),
                months: whole(from.get(C::SupportMonths)),
                fade_months: whole(from.get(C::SupportFadeMonths)),
                health_discount: from.single_by_region(C::SupportHealthDiscount),
                quality: from.single_by_region(C::SupportQuality),
            },
            course_pull: from.row(C::CoursePull),
        }
    }

    /// Ratios that months out of work make of the hazards of somebody NEET.
    #[inline]
    pub fn dependence(&self, state: State, months: u16) -> &ByClock {
        &self.dependence[usize::from(state == State::Inactive)][usize::from(months) % MONTHS]
    }

    /// Whether hazards of people in work are lower than `before`, and none is higher.
    pub fn fell_in_work(&self, before: &Self) -> bool {
        let pairs = || self.in_work.iter().flatten().zip(before.in_work.iter().flatten());
        self.effect[0] == before.effect[0]
            && self.season == before.season
            && pairs().all(|(now, before)| now <= before)
            && pairs().any(|(now, before)| now < before)
    }

    /// Those whose hazards are others than `before`, but for who is known to agencies.
    pub fn concerned_since(&self, before: &Self) -> Concerned {
        let learning = self.withdrawal == before.withdrawal
            && self.apprenticeship_withdrawal == before.apprenticeship_withdrawal
            && self.effect[0] == before.effect[0];
        let working =
            self.in_work == before.in_work && self.effect[0] == before.effect[0] && self.season == before.season;
        let neet = self.neet == before.neet
            && self.effect[1..] == before.effect[1..]
            && self.season == before.season
            && self.dependence == before.dependence
            && self.support == before.support;
        let if_not = |same: bool, who| if same { Concerned::NOBODY } else { who };
        if_not(learning, Concerned::LEARNING)
            .and(if_not(working, Concerned::WORKING))
            .and(if_not(neet, Concerned::NEET))
    }
}

/// `exp(loading x effect)` by step of the personal effect: in learning or work, unemployed, inactive.
fn effects(loadings: &ByClock) -> [Vec<[ByClock; 2]>; 3] {
    let mut unemployed = *loadings;
    // Being reached is the agencies' doing.
    unemployed[Clock::Step as usize] = 0.0;
    let mut inactive = unemployed;
    // A person prone to inactivity is slow to leave it: the same loading with the sign turned.
    inactive[Clock::Activity as usize] *= -1.0;
    [*loadings, unemployed, inactive].map(|loadings| (0..256).map(|step| effect_factors(&loadings, step)).collect())
}

/// `exp(loading x effect)` of all clocks for one step of the personal effect, and the same with the clock of the next step
/// stopped.
fn effect_factors(loadings: &ByClock, step: u16) -> [ByClock; 2] {
    let effect = (f64::from(step) - 128.0) / EFFECT_STEPS;
    let factors = loadings.map(|loading| single(libm::exp(f64::from(loading) * effect)));
    let mut stopped = factors;
    stopped[Clock::Step as usize] = 0.0;
    [factors, stopped]
}

/// The ratio for the clocks that slow down with months out of work.
fn dependence_factors(state: State, ratio: f32) -> ByClock {
    let mut ratios = [1.0; CLOCKS];
    ratios[Clock::Search as usize] = ratio;
    ratios[LEARN] = ratio;
    if state == State::Inactive {
        ratios[Clock::Activity as usize] = ratio;
    }
    ratios
}

#[expect(clippy::cast_precision_loss, reason = "months are few")]
fn duration_factor(months: usize, phi: f64) -> f32 {
    single(libm::pow(1.0 + months as f64 / 1.5, -phi))
}

const _: () = assert!(
    (LEAVING_AGE * MONTHS_A_YEAR) as usize <= MONTHS
        && TRAITS == 4 * 5
        && SITUATIONS == 5
        && State::Professional as usize - State::WorkingClassJob as usize == 2
        && State::Inactive as usize - State::Unemployed as usize == 1
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Origin, Sex};
    use crate::world::World;
    use std::sync::Arc;

    #[test]
    fn duration_dependence_starts_at_one_and_falls() {
        assert!((duration_factor(0, 0.25) - 1.0).abs() < 1e-6);
        assert!((duration_factor(24, 0.25) - 0.4927).abs() < 1e-3);
    }

    #[test]
    fn hazards_hang_on_the_conditions_that_are_listed_and_on_no_other() {
        let uk = World::uk().unwrap().baseline;
        let before = Tables::new(&Arc::new(uk.clone()));
        for condition in C::all() {
            let mut conditions = uk.clone();
            for position in conditions.layout().range(condition) {
                let value = &mut conditions.values_mut()[position];
                *value = *value * 0.5 + 0.1;
            }
            let now = Tables::new(&Arc::new(conditions));
            assert_eq!(now.concerned_since(&before), Concerned::by(condition), "{condition:?}");
        }
    }

    #[test]
    fn rows_have_as_many_kinds_as_there_are_traits() {
        assert_eq!(Origin::count() * Health::count() * Sex::count(), TRAITS);
    }
}
