//! One month's conditions as dense tables of ready factors.
//!
//! Built once for each distinct set of conditions; everything transcendental that does not depend on
//! a person's luck happens here.

use super::affected::Affected;
use super::entrants::Entrants;
use super::hazards::{Hazards, LONGEST};
use super::pay::Pay;
use super::reader::{Grid, Reader, single, whole};
use crate::conditions::{Condition, Conditions, TableKey, apprenticeships, education, jobs, pay, places, support};
use crate::domain::{
    AfterStudy, Agency, AttainmentBand, AttainmentCut, EnumTable, JobClass, Level, NextStep, Origin, Programme,
    Qualification, Sex,
};
use crate::engine::state::person::Person;
use crate::units::Probability;
use std::sync::Arc;
use strum::VariantArray;

/// What people meet.
#[derive(Clone, Debug)]
pub(crate) struct Tables {
    pub conditions: Arc<Conditions>,
    pub hazards: Hazards,
    pub choice_at_16: Grid<NextStep, AttainmentBand>,
    pub choice_after_level_2: Grid<NextStep, AttainmentBand>,
    pub choice_after_level_3: Grid<NextStep, AttainmentBand>,
    pub choice_by_origin: Grid<NextStep, Origin>,
    pub choice_by_region: Vec<EnumTable<NextStep, f32>>,
    pub choice_by_sex: Grid<NextStep, Sex>,
    pub course_months: EnumTable<Programme, u16>,
    pub pass_rate: EnumTable<Programme, Probability>,
    pub apprenticeship_months: EnumTable<Level, u16>,
    pub apprenticeship_pass_rate: EnumTable<Level, Probability>,
    pub apprenticeship_kept_on: EnumTable<Level, Probability>,
    pub apprenticeship_class: Grid<Level, JobClass>,
    pub apprenticeship_leaver_to_job: Probability,
    pub leave_home_to_study: EnumTable<Origin, Probability>,
    pub higher_short_share: EnumTable<AttainmentBand, Probability>,
    pub after_study: EnumTable<AfterStudy, f32>,
    pub study_pull: Vec<f32>,
    /// Weights of destinations by region of origin.
    pub move_flow: Vec<Vec<f32>>,
    /// `exp(taste) x pay^elasticity` by class, and infinity to fill up what processors work out at once.
    pub direction: EnumTable<Qualification, [f32; 4]>,
    pub search_far: EnumTable<Qualification, Probability>,
    pub requirement: EnumTable<JobClass, f32>,
    pub score: Score,
    /// `ln(1 + d)` by months.
    pub log_months: Vec<f32>,
    pub threshold: EnumTable<JobClass, f32>,
    /// By region: whether somebody NEET is known to those who can offer support.
    pub known: Vec<Probability>,
    pub pay: Pay,
    pub guaranteed_job_months: u16,
    pub hiring: HiringMoney,
    pub entrants: Entrants,
    /// Least attainment of the middle and the high band.
    pub attainment_threshold: EnumTable<AttainmentCut, f64>,
}

/// Weights of the hiring score.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Score {
    pub requirement: f32,
    pub excess: f32,
    pub experience: f32,
    pub attainment: f32,
    pub network: EnumTable<Origin, f32>,
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
        let from = Reader(conditions);
        let regions = conditions.layout().regions();
        Self {
            hazards: Hazards::new(&from),
            choice_at_16: from.grid(education::CHOICE_AT_16),
            choice_after_level_2: from.grid(education::CHOICE_AFTER_LEVEL_2),
            choice_after_level_3: from.grid(education::CHOICE_AFTER_LEVEL_3),
            choice_by_origin: from.grid(education::CHOICE_BY_ORIGIN),
            choice_by_region: from
                .rows_by_region(education::CHOICE_BY_REGION)
                .iter()
                .map(|row| row.map(single))
                .collect(),
            choice_by_sex: from.grid(education::CHOICE_BY_SEX),
            course_months: from.months(education::COURSE_MONTHS),
            pass_rate: from.probabilities(education::PASS_RATE),
            apprenticeship_months: from.months(apprenticeships::APPRENTICESHIP_MONTHS),
            apprenticeship_pass_rate: from.probabilities(apprenticeships::APPRENTICESHIP_PASS_RATE),
            apprenticeship_kept_on: from.probabilities(apprenticeships::APPRENTICESHIP_KEPT_ON),
            apprenticeship_class: from.grid(apprenticeships::APPRENTICESHIP_CLASS),
            apprenticeship_leaver_to_job: from.probability(apprenticeships::APPRENTICESHIP_LEAVER_TO_JOB),
            leave_home_to_study: from.probabilities(education::LEAVE_HOME_TO_STUDY),
            higher_short_share: from.probabilities(education::HIGHER_SHORT_SHARE),
            after_study: from.row(education::AFTER_STUDY),
            study_pull: from.single_by_region(education::STUDY_PULL),
            move_flow: conditions
                .table(places::MOVE_FLOW)
                .chunks(regions)
                .map(|row| row.iter().map(|flow| single(*flow)).collect())
                .collect(),
            direction: direction(&from),
            search_far: from.probabilities(jobs::SEARCH_FAR),
            requirement: from.row(jobs::JOB_REQUIREMENT),
            score: score(&from),
            log_months: (0..LONGEST).map(log_months).collect(),
            threshold: from.row(jobs::HIRING_THRESHOLD),
            known: known(&from),
            pay: Pay::new(&from),
            guaranteed_job_months: whole(from.get(support::GUARANTEED_JOB_MONTHS)),
            hiring: HiringMoney {
                subsidy_gbp: from.one(jobs::HIRING_SUBSIDY),
                moving_grant_gbp: from.one(places::MOVING_GRANT_WITH_OFFER),
                extra_posts: from.one(jobs::HIRING_SUBSIDY_EXTRA_POSTS),
            },
            entrants: Entrants::new(&from),
            attainment_threshold: from.exact(education::ATTAINMENT_THRESHOLD),
            conditions: Arc::clone(conditions),
        }
    }

    /// Those whose hazards differ from an earlier month, changes for target groups aside.
    pub fn affected_since(&self, before: &Self) -> Affected {
        let known = if self.known == before.known { Affected::NOBODY } else { Affected::NEET };
        self.hazards.affected_since(&before.hazards).and(known)
    }

    /// One number of the month's conditions.
    #[inline]
    pub fn get<K: TableKey>(&self, condition: Condition<K>, key: K) -> f64 {
        self.conditions.get(condition, key)
    }

    /// Somebody's weights of the next step, of a choice table.
    pub fn next_steps(
        &self,
        table: &Grid<NextStep, AttainmentBand>,
        band: AttainmentBand,
        person: &Person,
    ) -> EnumTable<NextStep, f32> {
        let (origin, sex, region) = (person.origin(), person.sex(), person.upbringing_region());
        EnumTable::from_fn(|step| {
            let regional = region.map_or(1.0, |region| self.choice_by_region[region.index()][step]);
            table[step][band] * self.choice_by_origin[step][origin] * regional * self.choice_by_sex[step][sex]
        })
    }
}

#[expect(clippy::cast_precision_loss, reason = "months are few")]
fn log_months(months: usize) -> f32 {
    single(libm::log1p(months as f64))
}

fn direction(from: &Reader<'_>) -> EnumTable<Qualification, [f32; 4]> {
    let elasticity = from.get(jobs::SEARCH_PAY_ELASTICITY);
    let pay = from.exact(pay::PAY_BY_CLASS);
    EnumTable::from_fn(|qualification| {
        std::array::from_fn(|at| {
            let Some(class) = JobClass::VARIANTS.get(at).copied() else { return f32::INFINITY };
            let taste = from.0.get(jobs::SEARCH_DIRECTION, (qualification, class));
            single(libm::exp(-taste - elasticity * libm::log(pay[class] / pay[JobClass::Working])))
        })
    })
}

fn score(from: &Reader<'_>) -> Score {
    Score {
        requirement: from.one(jobs::SCORE_REQUIREMENT),
        excess: from.one(jobs::SCORE_EXCESS),
        experience: from.one(jobs::SCORE_EXPERIENCE),
        attainment: from.one(jobs::SCORE_ATTAINMENT),
        network: from.row(jobs::SCORE_NETWORK),
        distance: from.one(jobs::SCORE_DISTANCE),
        duration: from.one(jobs::SCORE_DURATION),
        subsidy: from.one(jobs::SCORE_SUBSIDY),
    }
}

/// By region: the probability that somebody NEET is known to those who can offer support,
/// `1 - prod(1 - reach_j x (1 - loss))`.
fn known(from: &Reader<'_>) -> Vec<Probability> {
    let known_in = |region| {
        let kept = 1.0 - from.0.get(support::HANDOVER_LOSS, region);
        let missed = Agency::VARIANTS
            .iter()
            .map(|agency| 1.0 - from.0.get(support::AGENCY_REACH, (region, *agency)) * kept)
            .fold(1.0, |product, factor| product * factor);
        Probability(1.0 - missed)
    };
    from.regions().map(known_in).collect()
}
