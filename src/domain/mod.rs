//! The closed vocabulary of the model: what a person and a place can be.
//!
//! Only names and orders live here; no number, no rule. Regions alone are open: an index into the
//! list of whatever world is loaded. The order within each kind is the index order of every dense table.

mod kind;
mod region;
mod ages;
mod months;
mod people;
mod education;
mod work;
mod support;
mod enum_table;

pub use ages::{AGES, AgeBand, FIRST_AGE, LEAVING_AGE};
pub use education::{AfterStudy, AttainmentBand, AttainmentCut, Funding, Level, NextStep, Programme, Qualification};
pub use enum_table::{EnumTable, Indexed};
pub use kind::Kind;
pub use months::CalendarMonth;
pub use people::{Health, InactiveReason, Origin, Route, Sex, State};
pub use region::{MOST_REGIONS, Region};
pub use support::{Agency, SupportEffect};
pub use work::{Clock, JobClass, Seeker};
