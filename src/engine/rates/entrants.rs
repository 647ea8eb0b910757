//! What people are when they enter, as a month's conditions have it.

use super::reader::Reader;
use crate::conditions::{education, population};
use crate::domain::{AgeBand, EnumTable, Origin, Qualification};
use crate::units::Probability;

/// What people are when they enter, as shares, and attainment in standard deviations.
#[derive(Clone, Debug)]
pub(crate) struct Entrants {
    pub male_share: Probability,
    pub health_limitation: EnumTable<Origin, Probability>,
    pub origin_share: Vec<EnumTable<Origin, f64>>,
    pub attainment_by_origin: EnumTable<Origin, f64>,
    pub attainment_by_region: Vec<f64>,
    /// What earlier help adds, and the line below which it is given.
    help: f64,
    help_below: f64,
    pub arrival_qualification: EnumTable<Qualification, f64>,
    pub arrival_students: EnumTable<AgeBand, Probability>,
}

impl Entrants {
    /// Those of these conditions.
    pub fn new(from: &Reader<'_>) -> Self {
        Self {
            male_share: from.probability(population::MALE_SHARE),
            health_limitation: from.probabilities(population::HEALTH_LIMITATION),
            origin_share: from.rows_by_region(population::ORIGIN_SHARE),
            attainment_by_origin: from.exact(education::ATTAINMENT_BY_ORIGIN),
            attainment_by_region: from.by_region(education::ATTAINMENT_BY_REGION),
            help: from.get(education::ATTAINMENT_HELP),
            help_below: from.get(education::ATTAINMENT_HELP_BELOW),
            arrival_qualification: from.exact(population::ARRIVAL_QUALIFICATION),
            arrival_students: from.probabilities(population::ARRIVAL_STUDENTS),
        }
    }

    /// Attainment after earlier help, which brings nobody past the line below which it is given.
    pub fn helped(&self, attainment: f64) -> f64 {
        if attainment >= self.help_below { attainment } else { (attainment + self.help).min(self.help_below) }
    }
}
