//! Months on the calendar, the academic year, and how both are written.

use std::fmt;
use std::ops::{Add, AddAssign, Sub};
use std::str::FromStr;

/// A calendar month: months since January 1900.
///
/// ```
/// use rungs::calendar::Month;
///
/// let start: Month = "2026-09".parse()?;
/// assert_eq!(start.plus(12).to_string(), "2027-09");
/// assert!(start.is_september() && start.year() == 2026);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(transparent)]
pub struct Month(pub u16);

/// Months in a year.
pub const MONTHS_A_YEAR: u16 = 12;

const EPOCH_YEAR: u16 = 1900;
const LAST_YEAR: u16 = 2199;

impl Month {
    /// Before everything that is simulated: of what has not begun.
    pub const FIRST: Self = Self(0);
    /// After everything that is simulated: of what never comes.
    pub const NEVER: Self = Self(u16::MAX);

    /// The month of `year` numbered `month` (1 to 12), if both are in range (years 1900 to 2199).
    #[must_use]
    pub fn new(year: u16, month: u16) -> Option<Self> {
        ((EPOCH_YEAR..=LAST_YEAR).contains(&year) && (1..=12).contains(&month))
            .then(|| Self((year - EPOCH_YEAR) * 12 + month - 1))
    }

    /// The calendar year.
    #[must_use]
    pub fn year(self) -> u16 {
        EPOCH_YEAR + self.0 / 12
    }

    /// The month of the year, 1 (January) to 12.
    #[must_use]
    pub fn month_of_year(self) -> u16 {
        self.0 % 12 + 1
    }

    /// The month `months` later.
    #[must_use]
    pub fn plus(self, months: u16) -> Self {
        Self(self.0 + months)
    }

    /// The month `months` later, or [`Self::NEVER`] where there is none.
    #[must_use]
    pub fn saturating_add(self, months: u16) -> Self {
        Self(self.0.saturating_add(months))
    }

    /// The months from `earlier` to this one; none if it is later.
    #[must_use]
    pub fn saturating_sub(self, earlier: Self) -> u16 {
        self.0.saturating_sub(earlier.0)
    }

    /// The month `months` later, around the end of all months: for hot loops that do not look at the result then.
    #[must_use]
    pub fn wrapping_add(self, months: u16) -> Self {
        Self(self.0.wrapping_add(months))
    }

    /// The months from `earlier` to this one, likewise.
    #[must_use]
    pub fn wrapping_sub(self, earlier: Self) -> u16 {
        self.0.wrapping_sub(earlier.0)
    }

    /// The months of the year before this one, 0 (January) to 11: an index into tables by month of the year.
    #[must_use]
    pub fn index_in_year(self) -> usize {
        usize::from(self.0 % MONTHS_A_YEAR)
    }

    /// Whether the academic year starts in this month.
    #[must_use]
    pub fn is_september(self) -> bool {
        self.month_of_year() == 9
    }
}

impl Add<u16> for Month {
    type Output = Self;

    fn add(self, months: u16) -> Self {
        Self(self.0 + months)
    }
}

impl AddAssign<u16> for Month {
    fn add_assign(&mut self, months: u16) {
        self.0 += months;
    }
}

impl Sub<u16> for Month {
    type Output = Self;

    fn sub(self, months: u16) -> Self {
        Self(self.0 - months)
    }
}

/// The months from the latter to the former.
impl Sub for Month {
    type Output = u16;

    fn sub(self, earlier: Self) -> u16 {
        self.0 - earlier.0
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:02}", self.year(), self.month_of_year())
    }
}

/// A text that is no month.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("found {0:?}, expected a month such as \"2026-09\" between 1900-01 and 2199-12")]
pub struct NotAMonth(String);

impl FromStr for Month {
    type Err = NotAMonth;

    fn from_str(text: &str) -> Result<Self, NotAMonth> {
        let parsed = text.split_once('-').and_then(|(year, month)| {
            let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
            let shaped = year.len() == 4 && month.len() == 2 && digits(year) && digits(month);
            shaped.then_some(())?;
            Self::new(year.parse().ok()?, month.parse().ok()?)
        });
        parsed.ok_or_else(|| NotAMonth(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_reads_back_as_it_was_written() {
        for text in ["1900-01", "2025-09", "2199-12"] {
            assert_eq!(text.parse::<Month>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn nonsense_months_are_refused() {
        for text in ["", "2025", "2025-13", "2025-00", "25-09", "2025-9", "1899-12", "+025-01", "2025-+1"] {
            assert!(text.parse::<Month>().is_err(), "{text}");
        }
    }

    #[test]
    fn september_starts_the_academic_year() {
        assert!("2025-09".parse::<Month>().unwrap().is_september());
        assert!(!"2025-10".parse::<Month>().unwrap().is_september());
    }

    #[test]
    fn months_apart_and_months_later_agree() {
        let (earlier, later) = (Month(1_500), Month(1_507));
        assert_eq!((earlier + 7, later - 7, later - earlier), (later, earlier, 7));
        assert_eq!((earlier.saturating_sub(later), later.wrapping_sub(earlier)), (0, 7));
        assert_eq!(earlier.wrapping_add(7), later);
    }

    #[test]
    fn no_month_comes_after_the_one_that_never_comes() {
        assert_eq!(Month::NEVER.saturating_add(1), Month::NEVER);
        assert!(Month::FIRST < Month(1_500) && Month(1_500) < Month::NEVER);
    }

    #[test]
    fn tables_by_month_of_the_year_begin_with_january() {
        let months = ["2025-01", "2025-09", "2025-12"].map(|text| text.parse::<Month>().unwrap().index_in_year());
        assert_eq!(months, [0, 8, 11]);
    }
}
