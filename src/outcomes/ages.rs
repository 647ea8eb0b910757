//! The ages that a measure is about.

use crate::domain::{FIRST_AGE, LEAVING_AGE};
use std::fmt;
use std::ops::RangeInclusive;

/// Ages in completed years: what is counted and what is written are both read from here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ages {
    /// The first.
    pub first: u16,
    /// The last.
    pub last: u16,
}

impl Ages {
    /// Every simulated age.
    pub const ALL: Self = Self::between(FIRST_AGE, LEAVING_AGE - 1);

    /// One age.
    #[must_use]
    pub const fn at(age: u16) -> Self {
        Self { first: age, last: age }
    }

    /// The ages from a first to a last, both included.
    #[must_use]
    pub const fn between(first: u16, last: u16) -> Self {
        Self { first, last }
    }

    /// The ages one by one.
    #[must_use]
    pub fn each(self) -> RangeInclusive<u16> {
        self.first..=self.last
    }
}

impl fmt::Display for Ages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last {
            return write!(f, "{}", self.first);
        }
        write!(f, "{}-{}", self.first, self.last)
    }
}
