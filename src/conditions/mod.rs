//! Everything a month offers people: one flat table of named numbers, and offers for target groups.
//!
//! This is the seam between policy and engine. A lever edits conditions; past this room nothing can
//! tell a policy from the baseline. Nothing here knows a lever, a file or a person's life.

mod axis;
mod unit;
mod spec;
mod condition;
mod rows;
mod registry;
mod layout;
mod group;
mod offer;
mod operation;
mod month;
mod edit;

pub use axis::{Along, Axis, Destination, HasAxis, TableKey};
pub use condition::{AnyKey, Condition};
pub use edit::apply;
pub use group::{Group, MOST_GROUPS};
pub use layout::Layout;
pub use month::{Conditions, GroupEdit};
pub use offer::{Offer, OfferKind, PricedPlaces};
pub use operation::{Edit, Operation, order};
pub use rows::{apprenticeships, education, jobs, pay, places, population, support};
pub use spec::{Met, Spec, Whole};
