//! A month's conditions as ready factors.

pub(super) mod affected;
pub(super) mod groups;
pub(super) mod hazard_rows;
pub(super) mod hazards;
pub(super) mod tables;
