//! Who is looked at, and what is counted.

pub(super) mod counts;
pub(super) mod follow_up;
pub(super) mod panel;
pub(super) mod record;
pub(super) mod snapshot;
pub(super) mod survey;
pub(super) mod view;
