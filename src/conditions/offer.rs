//! Places that target groups alone are offered.

use super::group::Group;
use crate::domain::{Funding, Level, Region};

/// Places that only members of a target group are offered this month.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// The region that they are in.
    pub region: Region,
    /// Who may take one.
    pub group: Group,
    /// What they are.
    pub kind: OfferKind,
    /// How many, in the unit of the kind.
    pub places: f64,
    /// Public cost of one (GBP), if it is not the world's.
    pub unit_cost_gbp: Option<f64>,
}

/// Apprenticeship places for everybody, beside those at the world's unit cost, that cost something else.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PricedPlaces {
    /// The region that they are in.
    pub region: Region,
    /// Their level.
    pub level: Level,
    /// The age group that they are funded for.
    pub funding: Funding,
    /// How many (starts a year).
    pub places: f64,
    /// Public cost of one start (GBP).
    pub unit_cost_gbp: f64,
}

/// What the places for a target group are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OfferKind {
    /// Apprenticeships (starts a year).
    Apprenticeships(Level),
    /// Support (persons at a time).
    Support,
    /// Guaranteed jobs (starts a year).
    GuaranteedJobs,
    /// Guaranteed training (starts a year).
    GuaranteedTraining,
}
