//! The pay equation in logs, as a month's conditions have it.

use super::reader::Reader;
use crate::conditions::{pay, places, population};
use crate::domain::{AgeBand, EnumTable, JobClass, Level, Origin, Qualification};

/// The pay equation.
#[derive(Clone, Debug)]
pub(crate) struct Pay {
    pub class: EnumTable<JobClass, f64>,
    pub qualification: EnumTable<Qualification, f64>,
    pub region: Vec<f64>,
    pub experience: f64,
    pub experience_squared: f64,
    pub network: EnumTable<Origin, f64>,
    pub scar: [f64; 2],
    pub memory: PayMemory,
    pub spread: f64,
    pub minimum: EnumTable<AgeBand, f64>,
    pub apprentice: EnumTable<Level, f64>,
    pub pass_through: f64,
    pub parents: ParentsPay,
}

/// The pay of parents; all in logs.
#[derive(Clone, Debug)]
pub(crate) struct ParentsPay {
    pub typical: EnumTable<Origin, f64>,
    pub spread: f64,
    /// Of their child's pay to what they are paid beyond `typical`.
    pub elasticity: f64,
    /// When they were as old as their child is now, by the child's age band.
    pub by_age: EnumTable<AgeBand, f64>,
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
    pub fn new(from: &Reader<'_>) -> Self {
        Self {
            class: from.exact(pay::PAY_BY_CLASS).map(libm::log),
            qualification: from.exact(pay::PAY_BY_QUALIFICATION),
            region: from.by_region(pay::PAY_BY_REGION),
            experience: from.get(pay::PAY_EXPERIENCE),
            experience_squared: from.get(pay::PAY_EXPERIENCE_SQUARED),
            network: from.exact(pay::PAY_NETWORK),
            scar: [from.get(pay::PAY_SCAR_EARLY), from.get(pay::PAY_SCAR_LATE)],
            memory: PayMemory::new(from.get(pay::PAY_PERSISTENCE)),
            spread: from.get(pay::PAY_SPREAD),
            minimum: from.exact(pay::MINIMUM_WAGE).map(|wage| libm::log(wage.max(0.01))),
            apprentice: from.exact(pay::APPRENTICE_PAY).map(libm::log),
            pass_through: from.get(places::PAY_PASS_THROUGH),
            parents: ParentsPay {
                typical: from.exact(population::PARENTAL_PAY).map(libm::log),
                spread: from.get(population::PARENTAL_PAY_SPREAD),
                elasticity: from.get(pay::PAY_BY_PARENTS),
                by_age: from.exact(population::PARENTAL_PAY_BY_AGE).map(libm::log),
            },
        }
    }
}
