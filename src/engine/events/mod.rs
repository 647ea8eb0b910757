//! When something happens to a person, and what they are paid.

pub(super) mod competing_risks;
pub(super) mod hazards;
pub(super) mod pay;
pub(super) mod rescheduling;
pub(super) mod schedule;
