//! Places that target groups alone are offered.

use super::group::Group;
use crate::domain::{Level, Region};

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
    /// Public cost of one (GBP), if it is not the world's; apprenticeships are charged at the world's.
    pub unit_cost_gbp: Option<f64>,
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
