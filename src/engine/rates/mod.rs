//! A month's conditions as ready factors.

pub(super) mod affected;
pub(super) mod economy;
pub(super) mod entrants;
pub(super) mod groups;
pub(super) mod hazard_rows;
pub(super) mod hazards;
pub(super) mod month_rates;
pub(super) mod pay;
pub(super) mod reader;
pub(super) mod tables;
