//! What the engine counts: whole numbers only, so that no order of adding can change a result.
//!
//! Every count of people is kept for *cells*: region of residence x origin, region of upbringing x
//! origin, and origin x sex. Any one-way or shipped two-way table is a sum of cells.

mod cells;
mod follow_up;
mod panel;
mod pay_bins;
mod period;
mod snapshot;
mod status;
pub mod survey;

pub use cells::{Cells, Slice};
pub(crate) use cells::{FIRST_COUNTED_MONTHS, add};
pub use follow_up::{AboveParents, FOLLOW_UP_AGES, FollowUp, IncomeTally, RANKS};
pub use panel::{Detail, Follow, Glimpse, PanelMonth, PanelPerson, PanelSpell, PanelTally, PersonId};
pub(crate) use pay_bins::pay_bin;
pub use pay_bins::{PAY_BIN_WIDTH, PAY_BINS, PAY_FLOOR_LOG};
pub use period::{MARK_AGES, PAY_AGES, PeriodTally, START_AGES, SpendTally, Tallies, VacancyTally};
pub use snapshot::{Seen, Snapshot};
pub use status::{QUALIFICATIONS, STANDINGS, STATUSES, Standing, Status};
