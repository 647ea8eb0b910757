//! What is: people, stocks of regions, and what changed in a month.

pub(super) mod applicants;
pub(super) mod chunk;
pub(super) mod flow;
pub(super) mod next_event;
pub(super) mod occupation;
pub(super) mod person;
pub(super) mod population;
pub(super) mod posts;
pub(super) mod status_spell;
pub(super) mod stocks;
pub(super) mod survey_change;
pub(super) mod places_left;
