//! Measures: what the counts of a run say, each with its unit, denominator, ages and direction.
//!
//! A measure reads whole-number counts and gives a numerator and a denominator; a value with an
//! empty denominator is unknown, never zero. One file a measure or family of measures; all are
//! listed in [`measures`]. Nothing here knows about replicates or files: see [`crate::statistics`]
//! and [`crate::results`].

mod activity;
mod ages;
mod apprenticeships;
mod class_by_age;
mod counted;
mod decomposition;
mod destinations;
mod education_mobility;
mod employment;
mod entries;
mod evaluate;
mod fluidity;
mod higher_education;
mod income_mobility;
mod job_class;
mod labour_flows;
mod measure;
mod median_pay;
mod mobility;
mod mobility_matrix;
mod neet;
mod odds;
mod over_qualification;
mod pay_by_age;
mod qualification_by_age;
mod qualifications;
mod ratio;
mod regional_gap;
mod registry;
mod routes;
mod slices;
mod spans;
mod spending;
mod standings;
mod state_shares;
mod statuses;
mod sums;
mod surveyed;
mod vacancies;
mod youth_unemployment;

pub use ages::Ages;
pub use counted::Counted;
pub use decomposition::{DECOMPOSED, Decomposed, Decomposition};
pub use evaluate::{RunOutcome, evaluate};
pub use measure::{Better, Form, Measure, Prominence, Scope};
pub use mobility_matrix::{MobilityMatrix, matrix};
pub use ratio::Ratio;
pub use registry::{all_measures, known_measure, measure_named, measures};
pub use slices::slices;
pub use spans::{LAST_YEAR, Period, PeriodSpan, WHOLE_RUN, spans};
pub use standings::{StandingGroup, Standings, groups, standings};
pub use surveyed::Surveyed;

#[cfg(test)]
mod testing;
