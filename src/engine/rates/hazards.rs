//! Hazards: how fast each exit of a person runs in a month, from who they are and what they meet.
//!
//! Whatever people share is multiplied out once for each month's conditions: a row of hazards for each
//! kind of person, ready to be scaled by the personal effect and by time. Nothing here is drawn.
//! Next: `hazard_rows` multiplies them out, `events::hazards` scales them for a person.

use super::affected::Affected;
use super::hazard_rows::{self, ByClock, SITUATIONS, TRAITS};
use super::reader::{Grid, Reader, single, whole};
use crate::calendar::MONTHS_A_YEAR;
use crate::conditions::{apprenticeships, education, jobs, support};
use crate::domain::{
    Clock, EnumTable, Health, Indexed, LEAVING_AGE, Level, Origin, Programme, Seeker, State, SupportEffect,
};
use crate::engine::state::person::EFFECT_STEPS;
use crate::random::Season;
use crate::units::{Hazard, Probability};

/// Longest duration with a factor of its own, in months.
pub(crate) const LONGEST: usize = 256;
/// More months than anybody has, a power of two: a month in a table of that length is found without a branch.
const MONTHS: usize = 512;
/// September, counted from January as 0.
const SEPTEMBER: u16 = 8;

/// The exits of people, as ready products that the personal effect and time still scale.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Hazards {
    /// Of leaving a programme early, by programme and origin.
    pub withdrawal: Grid<Programme, Origin>,
    /// Of leaving an apprenticeship early, by level and origin.
    pub apprenticeship_withdrawal: Grid<Level, Origin>,
    /// Of everybody in work.
    pub in_work: Vec<ByClock>,
    /// Of everybody who is NEET.
    pub neet: Vec<ByClock>,
    /// `exp(loading x effect)` by step of the personal effect from -128, and 0 in the second for the clock of the next step:
    /// of people in learning or work, of unemployed and of inactive people.
    pub effect: [Vec<[ByClock; 2]>; 3],
    /// When in the year people return to learning.
    pub season: Season,
    /// `(1 + d/1.5)^-phi` by months `d` out of work, for the clocks that depend on it, of unemployed and of inactive people.
    dependence: [Box<[ByClock; MONTHS]>; 2],
    /// The probability that those who leave learning search in the same month, by health.
    pub leavers_search: EnumTable<Health, Probability>,
    pub support: SupportEffects,
    /// Ratio on asking for a course.
    pub course_pull: EnumTable<Programme, f32>,
}

/// What support does, and for how long.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SupportEffects {
    pub ratio: EnumTable<SupportEffect, f32>,
    pub months: u16,
    pub fade_months: u16,
    /// By region: share of the effect with a health limitation.
    pub health_discount: Vec<f32>,
    /// By region: ratio on the effect.
    pub quality: Vec<f32>,
}

impl SupportEffects {
    /// Whether some effect of support slows an exit down.
    pub fn can_slow(&self) -> bool {
        self.ratio.values().iter().any(|ratio| *ratio < 1.0)
    }
}

impl Hazards {
    /// The hazards of a month's conditions.
    pub fn new(from: &Reader<'_>) -> Self {
        let loadings = from.row(jobs::PERSONAL_LOADING);
        let phi = from.get(jobs::DURATION_DEPENDENCE);
        let search = from.row(jobs::SEARCH_INTENSITY);
        let search_by_health = from.row(jobs::SEARCH_BY_HEALTH);
        let by_origin = from.row(education::WITHDRAWAL_BY_ORIGIN);
        let times = |rate: f32| by_origin.map(|ratio| rate * ratio);
        Self {
            withdrawal: from.row(education::WITHDRAWAL).map(times),
            apprenticeship_withdrawal: from.row(apprenticeships::APPRENTICESHIP_WITHDRAWAL).map(times),
            in_work: hazard_rows::in_work(from),
            neet: hazard_rows::neet(from),
            effect: effects(&loadings),
            season: Season::new(Clock::Learn.index(), SEPTEMBER, from.get(education::SEPTEMBER_SHARE)),
            dependence: [State::Unemployed, State::Inactive].map(|state| {
                Box::new(std::array::from_fn(|months| {
                    dependence_factors(state, duration_factor(months.min(LONGEST - 1), phi))
                }))
            }),
            leavers_search: search_by_health
                .map(|ratio| Hazard(f64::from(search[Seeker::Leaver] * ratio)).over_a_month()),
            support: SupportEffects {
                ratio: from.row(support::SUPPORT_EFFECT),
                months: whole(from.get(support::SUPPORT_MONTHS)),
                fade_months: whole(from.get(support::SUPPORT_FADE_MONTHS)),
                health_discount: from.single_by_region(support::SUPPORT_HEALTH_DISCOUNT),
                quality: from.single_by_region(support::SUPPORT_QUALITY),
            },
            course_pull: from.row(education::COURSE_PULL),
        }
    }

    /// Ratios that months out of work make of the hazards of somebody NEET.
    #[inline]
    pub fn dependence(&self, state: State, months: u16) -> &ByClock {
        &self.dependence[usize::from(state == State::Inactive)][usize::from(months) % MONTHS]
    }

    /// Whether hazards of people in work are lower than `before`, and none is higher.
    pub fn fell_in_work(&self, before: &Self) -> bool {
        fn values(rows: &[ByClock]) -> impl Iterator<Item = &f32> {
            rows.iter().flat_map(|row| row.values())
        }
        let pairs = || values(&self.in_work).zip(values(&before.in_work));
        self.effect[0] == before.effect[0]
            && self.season == before.season
            && pairs().all(|(now, before)| now <= before)
            && pairs().any(|(now, before)| now < before)
    }

    /// Those whose hazards are others than `before`, but for who is known to agencies.
    pub fn affected_since(&self, before: &Self) -> Affected {
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
        let if_not = |same: bool, who| if same { Affected::NOBODY } else { who };
        if_not(learning, Affected::LEARNING).and(if_not(working, Affected::IN_WORK)).and(if_not(neet, Affected::NEET))
    }
}

/// `exp(loading x effect)` by step of the personal effect: in learning or work, unemployed, inactive.
fn effects(loadings: &ByClock) -> [Vec<[ByClock; 2]>; 3] {
    let mut unemployed = *loadings;
    // Being reached is the agencies' doing.
    unemployed[Clock::Step] = 0.0;
    let mut inactive = unemployed;
    // A person prone to inactivity is slow to leave it: the same loading with the sign turned.
    inactive[Clock::Activity] *= -1.0;
    [*loadings, unemployed, inactive].map(|loadings| (0..256).map(|step| effect_factors(&loadings, step)).collect())
}

/// `exp(loading x effect)` of all clocks for one step of the personal effect, and the same with the clock of the next step
/// stopped.
fn effect_factors(loadings: &ByClock, step: u16) -> [ByClock; 2] {
    let effect = (f64::from(step) - 128.0) / EFFECT_STEPS;
    let factors = loadings.map(|loading| single(libm::exp(f64::from(loading) * effect)));
    let mut stopped = factors;
    stopped[Clock::Step] = 0.0;
    [factors, stopped]
}

/// The ratio for the clocks that slow down with months out of work.
fn dependence_factors(state: State, ratio: f32) -> ByClock {
    let mut ratios = ByClock::filled(1.0);
    ratios[Clock::Search] = ratio;
    ratios[Clock::Learn] = ratio;
    if state == State::Inactive {
        ratios[Clock::Activity] = ratio;
    }
    ratios
}

#[expect(clippy::cast_precision_loss, reason = "months are few")]
fn duration_factor(months: usize, phi: f64) -> f32 {
    single(libm::pow(1.0 + months as f64 / 1.5, -phi))
}

const _: () = assert!((LEAVING_AGE * MONTHS_A_YEAR) as usize <= MONTHS && TRAITS == 4 * 5 && SITUATIONS == 5);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conditions::Condition;
    use crate::domain::{Health, Kind, Origin, Sex};
    use crate::engine::rates::tables::Tables;
    use crate::world::World;
    use std::sync::Arc;

    #[test]
    fn duration_dependence_starts_at_one_and_falls() {
        assert!((duration_factor(0, 0.25) - 1.0).abs() < 1e-6);
        assert!((duration_factor(24, 0.25) - 0.4927).abs() < 1e-3);
    }

    #[test]
    fn hazards_depend_on_the_conditions_that_are_listed_and_on_no_other() {
        let uk = World::uk().unwrap().baseline;
        let before = Tables::new(&Arc::new(uk.clone()));
        for condition in Condition::all() {
            let mut conditions = uk.clone();
            for position in conditions.layout().range(condition) {
                let value = &mut conditions.values_mut()[position];
                *value = *value * 0.5 + 0.1;
            }
            let now = Tables::new(&Arc::new(conditions));
            assert_eq!(now.affected_since(&before), Affected::by(condition), "{condition:?}");
        }
    }

    #[test]
    fn rows_have_as_many_kinds_as_there_are_traits() {
        assert_eq!(Origin::count() * Health::count() * Sex::count(), TRAITS);
    }
}
