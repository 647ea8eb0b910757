//! Months of the year.

use strum::{IntoStaticStr, VariantArray};

/// Month of the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray, IntoStaticStr)]
#[repr(u8)]
#[expect(missing_docs, reason = "the names say it all")]
pub enum CalendarMonth {
    #[strum(serialize = "january")]
    January,
    #[strum(serialize = "february")]
    February,
    #[strum(serialize = "march")]
    March,
    #[strum(serialize = "april")]
    April,
    #[strum(serialize = "may")]
    May,
    #[strum(serialize = "june")]
    June,
    #[strum(serialize = "july")]
    July,
    #[strum(serialize = "august")]
    August,
    #[strum(serialize = "september")]
    September,
    #[strum(serialize = "october")]
    October,
    #[strum(serialize = "november")]
    November,
    #[strum(serialize = "december")]
    December,
}
