//! Numbers and tables as text for people, in no more digits than the error of a number supports.
//!
//! These give text; printing it is for `cli`.

pub mod brief;
pub mod contrasts_table;
pub mod effects_table;
pub mod headline;
pub(crate) mod layout;
pub mod money_table;
pub mod number;
