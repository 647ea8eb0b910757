//! What is: people, stocks of regions, and what changed in a month.

pub(super) mod flow;
pub(super) mod population;
pub(super) mod stocks;
