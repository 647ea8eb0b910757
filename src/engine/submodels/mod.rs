//! What can be asked for, and who gets it.

pub(super) mod apprenticeship_queues;
pub(super) mod apprenticeships;
pub(super) mod courses;
pub(super) mod education;
pub(super) mod entrants;
pub(super) mod guarantee;
pub(super) mod hiring;
pub(super) mod job_search;
pub(super) mod markets;
pub(super) mod moves;
pub(super) mod places;
pub(super) mod posts;
pub(super) mod support;
