//! Who is looked at, and what is counted.

pub(super) mod follow_up;
pub(super) mod panel;
pub(super) mod record;
pub(super) mod snapshot;
pub(super) mod survey;
