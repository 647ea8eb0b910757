//! What people and markets tell each other in a month.

pub(super) mod allocation;
pub(super) mod context;
pub(super) mod market;
pub(super) mod requests;
