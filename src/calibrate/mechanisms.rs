//! What no single run shows: how the model answers a shock. Each number comes out of the model; none is a parameter.
//!
//! An experiment lives through the same months twice, from the same past and with the same luck, once under the world's conditions and once
//! under changed ones.

use super::sample::Sample;
use crate::conditions::{Conditions, Edit, Group, GroupEdit, Operation, apply, jobs};
use crate::domain::Sex;
use crate::engine::tally::{Slice, Status, Tallies};
use crate::outcomes::{Ages, Counted, all_measures};
use std::sync::Arc;
use strum::{IntoStaticStr, VariantArray};

/// A number that an experiment gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray, IntoStaticStr)]
pub enum Mechanism {
    /// Change of the log rate at which the unemployed find work, over that of log vacancies per unemployed person, when posts are fewer.
    #[strum(serialize = "mechanism.job_finding_elasticity")]
    JobFindingElasticity,
    /// Change of log vacancies over that of log unemployment, when posts are fewer.
    #[strum(serialize = "mechanism.beveridge_slope")]
    BeveridgeSlope,
    /// Jobs that women lose, over those that men gain, when men search more for the same posts.
    #[strum(serialize = "mechanism.displacement")]
    Displacement,
}

/// What is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Disturbance {
    /// Posts are fewer by [`POSTS_LEFT`], in every region and class.
    FewerPosts,
    /// Men send more applications, by [`SEARCH_RATIO`].
    MenSearchMore,
}

/// Posts left by the shock to posts, as a share.
const POSTS_LEFT: f64 = 0.97;
/// Ratio on men's applications in the shock to search.
const SEARCH_RATIO: f64 = 1.3;

impl Mechanism {
    /// Its unit.
    #[must_use]
    pub fn unit(self) -> &'static str {
        match self {
            Self::JobFindingElasticity | Self::BeveridgeSlope => "elasticity",
            Self::Displacement => "share",
        }
    }

    pub(super) fn shock(self) -> Disturbance {
        match self {
            Self::JobFindingElasticity | Self::BeveridgeSlope => Disturbance::FewerPosts,
            Self::Displacement => Disturbance::MenSearchMore,
        }
    }

    /// The parts of the ratio in one replicate.
    pub(super) fn parts(self, before: &Tallies, after: &Tallies) -> Option<Sample> {
        let change = |key: &str| Some(libm::log(everybody(after, key)?) - libm::log(everybody(before, key)?));
        let sample = match self {
            Self::JobFindingElasticity => {
                Sample { above: change("flow.unemployed_to_employed")?, below: change("vacancies_per_unemployed")? }
            }
            Self::BeveridgeSlope => {
                let unemployment = libm::log(unemployed(after)?) - libm::log(unemployed(before)?);
                Sample { above: change("vacancies_per_unemployed")? + unemployment, below: unemployment }
            }
            Self::Displacement => Sample {
                above: employed(before, Sex::Female)? - employed(after, Sex::Female)?,
                below: employed(after, Sex::Male)? - employed(before, Sex::Male)?,
            },
        };
        (sample.above.is_finite() && sample.below.is_finite()).then_some(sample)
    }
}

/// Every shock that these mechanisms need, once.
pub(super) fn shocks(mechanisms: &[Mechanism]) -> Vec<Disturbance> {
    let needed = |shock: &Disturbance| mechanisms.iter().any(|mechanism| mechanism.shock() == *shock);
    [Disturbance::FewerPosts, Disturbance::MenSearchMore].into_iter().filter(needed).collect()
}

impl Disturbance {
    /// The conditions after the shock.
    pub(super) fn on(self, conditions: &Arc<Conditions>) -> Arc<Conditions> {
        let mut changed = Conditions::clone(conditions);
        match self {
            Self::FewerPosts => {
                let condition = jobs::POSTS_PER_RESIDENT.any();
                let range = changed.layout().range(condition);
                let operation = Operation::Scale(POSTS_LEFT);
                let mut edits: Vec<Edit> = range.map(|position| Edit { condition, position, operation }).collect();
                apply(&mut changed, &mut edits);
            }
            Self::MenSearchMore => {
                let condition = jobs::SEARCH_INTENSITY.any();
                let group = Group { sexes: vec![Sex::Male], ..Group::everybody() };
                let operation = Operation::Scale(SEARCH_RATIO);
                let edits = changed.layout().range(condition).map(|position| Edit { condition, position, operation });
                changed.changes = edits.map(|edit| GroupEdit { group: group.clone(), edit }).collect();
            }
        }
        Arc::new(changed)
    }
}

fn everybody(tallies: &Tallies, key: &str) -> Option<f64> {
    let counted = Counted::new(tallies.periods.first()?, Slice::All, tallies.scale);
    let measure = all_measures().iter().find(|measure| measure.key == key)?;
    measure.value(&counted).filter(|value| *value > 0.0)
}

/// Person-months in a job, in agents.
fn employed(tallies: &Tallies, sex: Sex) -> Option<f64> {
    let counted = Counted::new(tallies.periods.first()?, Slice::Sex(sex), tallies.scale);
    Some(as_f64(counted.stock(Ages::ALL, &[Status::Working, Status::Intermediate, Status::Professional])))
}

/// Person-months unemployed, in agents.
fn unemployed(tallies: &Tallies) -> Option<f64> {
    let counted = Counted::new(tallies.periods.first()?, Slice::All, tallies.scale);
    Some(as_f64(counted.stock(Ages::ALL, &[Status::UnemployedShort, Status::UnemployedLong])))
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
fn as_f64(count: u64) -> f64 {
    count as f64
}
