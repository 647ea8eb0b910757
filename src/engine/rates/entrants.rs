//! What people are when they enter, as a month's conditions have it.

use super::from::From;
use crate::conditions::Condition as C;

/// What people are when they enter, as shares, and attainment in standard deviations.
#[derive(Clone, Debug)]
pub(crate) struct Entrants {
    pub male_share: f64,
    pub health_limitation: [f64; 5],
    pub origin_share: Vec<[f64; 5]>,
    pub attainment_by_origin: [f64; 5],
    pub attainment_by_region: Vec<f64>,
    /// What earlier help adds, and the line below which it is given.
    help: f64,
    help_below: f64,
    pub arrival_qualification: [f64; 5],
    pub arrival_students: [f64; 6],
}

impl Entrants {
    /// Those of these conditions.
    pub fn new(from: &From<'_>) -> Self {
        Self {
            male_share: from.get(C::MaleShare),
            health_limitation: from.exact(C::HealthLimitation),
            origin_share: from.rows_by_region(C::OriginShare),
            attainment_by_origin: from.exact(C::AttainmentByOrigin),
            attainment_by_region: from.by_region(C::AttainmentByRegion),
            help: from.get(C::AttainmentHelp),
            help_below: from.get(C::AttainmentHelpBelow),
            arrival_qualification: from.exact(C::ArrivalQualification),
            arrival_students: from.exact(C::ArrivalStudents),
        }
    }

    /// Attainment after earlier help, which brings nobody past the line below which it is given.
    pub fn helped(&self, attainment: f64) -> f64 {
        if attainment >= self.help_below { attainment } else { (attainment + self.help).min(self.help_below) }
    }
}
