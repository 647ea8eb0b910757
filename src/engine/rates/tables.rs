//! One month's conditions as dense tables of ready factors.
//!
//! Built once for each distinct set of conditions; everything transcendental that does not depend on
//! a person's luck happens here.

use super::affected::Affected;
use super::entrants::Entrants;
use super::from::{From, Grid, single, whole};
use super::hazards::{Hazards, LONGEST};
use super::pay::Pay;
use crate::conditions::{Axis, Condition as C, Conditions};
use crate::domain::{Clock, JobClass, NextStep};
use crate::engine::state::person::Person;
use std::sync::Arc;
use strum::VariantArray;

/// What people meet.
#[derive(Clone, Debug)]
pub(crate) struct Tables {
    pub conditions: Arc<Conditions>,
    pub hazards: Hazards,
    pub choice_at_16: Grid<7, 3>,
    pub choice_after_level_2: Grid<7, 3>,
    pub choice_after_level_3: Grid<7, 3>,
    pub choice_by_origin: Grid<7, 5>,
    pub choice_by_region: Vec<[f32; 7]>,
    pub choice_by_sex: Grid<7, 2>,
    pub course_months: [u16; 5],
    pub pass_rate: [f64; 5],
    pub apprenticeship_months: [u16; 3],
    pub apprenticeship_pass_rate: [f64; 3],
    pub apprenticeship_kept_on: [f64; 3],
    pub apprenticeship_class: Grid<3, 3>,
    pub apprenticeship_leaver_to_job: f64,
    pub leave_home_to_study: [f64; 5],
    pub higher_short_share: [f64; 3],
    pub after_study: [f32; 3],
    pub study_pull: Vec<f32>,
    /// Weights of destinations by region of origin.
    pub move_flow: Vec<Vec<f32>>,
    /// `exp(taste) x pay^elasticity` by qualification and class.
    pub direction: Grid<5, 4>,
    pub search_far: [f64; 5],
    pub requirement: [f32; 3],
    pub score: Score,
    /// `ln(1 + d)` by months.
    pub log_months: Vec<f32>,
    pub threshold: [f32; 3],
    pub known: Vec<f64>,
    pub pay: Pay,
    pub guaranteed_job_months: u16,
    pub hiring: HiringMoney,
    pub entrants: Entrants,
    /// Least attainment of the middle and the high band.
    pub attainment_threshold: [f64; 2],
}

/// Weights of the hiring score.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Score {
    pub requirement: f32,
    pub excess: f32,
    pub experience: f32,
    pub attainment: f32,
    pub network: [f32; 5],
    pub distance: f32,
    pub duration: f32,
    pub subsidy: f32,
}

/// Public money for those who are hired from being NEET.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HiringMoney {
    pub subsidy_gbp: f32,
    pub moving_grant_gbp: f32,
    /// Posts opened by each subsidised hire.
    pub extra_posts: f32,
}

impl Tables {
    /// The tables of these conditions.
    pub fn new(conditions: &Arc<Conditions>) -> Self {
        let from = From(conditions);
        let regions = conditions.layout().regions();
        Self {
            hazards: Hazards::new(&from),
            choice_at_16: from.grid(C::ChoiceAt16),
            choice_after_level_2: from.grid(C::ChoiceAfterLevel2),
            choice_after_level_3: from.grid(C::ChoiceAfterLevel3),
            choice_by_origin: from.grid(C::ChoiceByOrigin),
            choice_by_region: (0..regions)
                .map(|region| std::array::from_fn(|step| single(conditions.get(C::ChoiceByRegion, &[region, step]))))
                .collect(),
            choice_by_sex: from.grid(C::ChoiceBySex),
            course_months: from.months(C::CourseMonths),
            pass_rate: from.exact(C::PassRate),
            apprenticeship_months: from.months(C::ApprenticeshipMonths),
            apprenticeship_pass_rate: from.exact(C::ApprenticeshipPassRate),
            apprenticeship_kept_on: from.exact(C::ApprenticeshipKeptOn),
            apprenticeship_class: from.grid(C::ApprenticeshipClass),
            apprenticeship_leaver_to_job: conditions.get(C::ApprenticeshipLeaverToJob, &[]),
            leave_home_to_study: from.exact(C::LeaveHomeToStudy),
            higher_short_share: from.exact(C::HigherShortShare),
            after_study: from.row(C::AfterStudy),
            study_pull: from.single_by_region(C::StudyPull),
            move_flow: from.single_by_region(C::MoveFlow).chunks(regions).map(<[f32]>::to_vec).collect(),
            direction: direction(&from),
            search_far: from.exact(C::SearchFar),
            requirement: from.row(C::JobRequirement),
            score: score(&from),
            log_months: (0..LONGEST).map(log_months).collect(),
            threshold: from.row(C::HiringThreshold),
            known: known(conditions),
            pay: Pay::new(&from),
            guaranteed_job_months: whole(conditions.get(C::GuaranteedJobMonths, &[])),
            hiring: HiringMoney {
                subsidy_gbp: from.one(C::HiringSubsidy),
                moving_grant_gbp: from.one(C::MovingGrantWithOffer),
                extra_posts: from.one(C::HiringSubsidyExtraPosts),
            },
            entrants: Entrants::new(&from),
            attainment_threshold: from.exact(C::AttainmentThreshold),
            conditions: Arc::clone(conditions),
        }
    }

    /// Those whose hazards differ from an earlier month, changes for target groups aside.
    pub fn affected_since(&self, before: &Self) -> Affected {
        let known = if self.known == before.known { Affected::NOBODY } else { Affected::NEET };
        self.hazards.affected_since(&before.hazards).and(known)
    }

    /// One number of the month's conditions.
    pub fn get(&self, condition: C, at: &[usize]) -> f64 {
        self.conditions.get(condition, at)
    }

    /// Somebody's weights of the next step, of a choice table.
    pub fn next_steps(&self, table: &Grid<7, 3>, band: usize, person: &Person) -> [f32; 7] {
        let (origin, sex) = (person.origin() as usize, person.sex() as usize);
        let region = person.upbringing_region();
        std::array::from_fn(|step| {
            let regional = region.map_or(1.0, |region| self.choice_by_region[region.index()][step]);
            table[step][band] * self.choice_by_origin[step][origin] * regional * self.choice_by_sex[step][sex]
        })
    }
}

#[expect(clippy::cast_precision_loss, reason = "months are few")]
fn log_months(months: usize) -> f32 {
    single(libm::log1p(months as f64))
}

fn direction(from: &From<'_>) -> Grid<5, 4> {
    let elasticity = from.get(C::SearchPayElasticity);
    let pay: [f64; 3] = from.exact(C::PayByClass);
    std::array::from_fn(|qualification| {
        std::array::from_fn(|class| {
            let Some(pay_of_class) = pay.get(class) else { return f32::INFINITY };
            let taste = from.0.get(C::SearchDirection, &[qualification, class]);
            single(libm::exp(-taste - elasticity * libm::log(pay_of_class / pay[0])))
        })
    })
}

fn score(from: &From<'_>) -> Score {
    Score {
        requirement: from.one(C::ScoreRequirement),
        excess: from.one(C::ScoreExcess),
        experience: from.one(C::ScoreExperience),
        attainment: from.one(C::ScoreAttainment),
        network: from.row(C::ScoreNetwork),
        distance: from.one(C::ScoreDistance),
        duration: from.one(C::ScoreDuration),
        subsidy: from.one(C::ScoreSubsidy),
    }
}

/// By region: the probability that somebody NEET is known to those who can offer support,
/// `1 - prod(1 - reach_j x (1 - loss))`.
fn known(conditions: &Conditions) -> Vec<f64> {
    let agencies = Axis::Agency.len(0);
    (0..conditions.layout().regions())
        .map(|region| {
            let kept = 1.0 - conditions.get(C::HandoverLoss, &[region]);
            let missed = (0..agencies)
                .map(|agency| 1.0 - conditions.get(C::AgencyReach, &[region, agency]) * kept)
                .fold(1.0, |product, factor| product * factor);
            1.0 - missed
        })
        .collect()
}

const _: () = assert!(NextStep::VARIANTS.len() == 7 && JobClass::VARIANTS.len() == 3 && Clock::VARIANTS.len() == 8);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Kind;

    #[test]
    fn kinds_and_tables_have_the_same_sizes() {
        assert_eq!(Axis::Clock.len(1), Clock::count());
    }
}
