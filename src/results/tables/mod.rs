//! The tables of a run, one file each.

pub mod cost_effectiveness;
pub mod costs;
pub mod effects;
pub mod parameters;
pub mod policy_contrasts;
pub mod precision;
pub mod structure_fluidity;
pub mod summary;
pub mod uncertainty;
pub mod who_moved;
