//! The pay equation in logs, as a month's conditions have it.

use super::from::From;
use crate::conditions::Condition as C;

/// The pay equation.
#[derive(Clone, Debug)]
pub(crate) struct Pay {
    pub class: [f64; 3],
    pub qualification: [f64; 5],
    pub region: Vec<f64>,
    pub experience: f64,
    pub experience_squared: f64,
    pub network: [f64; 5],
    pub scar: [f64; 2],
    pub memory: PayMemory,
    pub spread: f64,
    pub minimum: [f64; 6],
    pub apprentice: [f64; 3],
    pub pass_through: f64,
    pub parents: ParentsPay,
}

/// The pay of parents; all in logs.
#[derive(Clone, Debug)]
pub(crate) struct ParentsPay {
    /// By origin.
    pub typical: [f64; 5],
    pub spread: f64,
    /// Of their child's pay to what they are paid beyond `typical`.
    pub elasticity: f64,
    /// When they were as old as their child is now, by the child's age band.
    pub by_age: [f64; 6],
}

/// Years of innovations that are added up; what lies further back weighs less than one part in a hundred.
pub(crate) const MEMORY_YEARS: usize = 7;

/// How the deviation of a year depends on the innovations of that year and of those before.
#[derive(Clone, Debug)]
pub(crate) struct PayMemory {
    pub weights: [f64; MEMORY_YEARS],
    /// Standard deviation of the weighted sum.
    pub spread: f64,
}

impl PayMemory {
    /// With this share of a deviation left after a year.
    pub fn new(persistence: f64) -> Self {
        let (mut weights, mut weight, mut squares) = ([0.0; MEMORY_YEARS], 1.0, 0.0);
        for place in &mut weights {
            *place = weight;
            squares += weight * weight;
            weight *= persistence;
        }
        Self { weights, spread: libm::sqrt(squares) }
    }
}

impl Pay {
    /// That of a month's conditions.
    pub fn new(from: &From<'_>) -> Self {
        let logs = |condition| from.exact::<3>(condition).map(libm::log);
        Self {
            class: logs(C::PayByClass),
            qualification: from.exact(C::PayByQualification),
            region: from.by_region(C::PayByRegion),
            experience: from.get(C::PayExperience),
            experience_squared: from.get(C::PayExperienceSquared),
            network: from.exact(C::PayNetwork),
            scar: [from.get(C::PayScarEarly), from.get(C::PayScarLate)],
            memory: PayMemory::new(from.get(C::PayPersistence)),
            spread: from.get(C::PaySpread),
            minimum: from.exact::<6>(C::MinimumWage).map(|wage| libm::log(wage.max(0.01))),
            apprentice: logs(C::ApprenticePay),
            pass_through: from.get(C::PayPassThrough),
            parents: ParentsPay {
                typical: from.exact::<5>(C::ParentalPay).map(libm::log),
                spread: from.get(C::ParentalPaySpread),
                elasticity: from.get(C::PayByParents),
                by_age: from.exact::<6>(C::ParentalPayByAge).map(libm::log),
            },
        }
    }
}
