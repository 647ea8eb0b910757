//! Every condition, one row each, in a file for its subject.

mod row;

pub mod population;
pub mod education;
pub mod apprenticeships;
pub mod jobs;
pub mod support;
pub mod places;
pub mod pay;
