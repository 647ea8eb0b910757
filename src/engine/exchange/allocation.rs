//! What markets give.

use crate::domain::{JobClass, Level, NextStep, Programme, Region};

/// A person by chunk and place in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Who {
    pub chunk: usize,
    pub at: u16,
}

/// What somebody is given, or refused, by a market.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Allocation {
    /// An advertised job.
    Job(Region, JobClass),
    /// A post that was claimed before it was advertised.
    Post(Region, JobClass),
    Apprenticeship(Level),
    /// No apprenticeship place was left.
    Refusal,
    Course(Programme),
    /// No further course place was left: the step that would have been taken without it.
    Instead(NextStep),
    Support,
    GuaranteedJob,
}
