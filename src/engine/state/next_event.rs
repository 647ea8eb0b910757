//! What happens to a person next, and when.

use crate::calendar::Month;
use crate::domain::Clock;
use strum::VariantArray;

/// What happens to a person in the month in which they are next due.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Occurrence(u8);

/// The bit of [`Occurrence`] that says that somebody is reached.
const REACHED: u8 = 1 << 4;

impl Occurrence {
    /// The exit or attempt with this number, counted from 1 (0 for none).
    #[inline]
    pub fn new(own: u8) -> Self {
        Self(own)
    }

    /// The same, and an agency reaches the person.
    #[inline]
    pub fn with_contact(self) -> Self {
        Self(self.0 | REACHED)
    }

    /// The exit or attempt that comes first.
    pub fn own(self) -> Option<Clock> {
        Clock::VARIANTS.get(usize::from(self.0 & (REACHED - 1)).wrapping_sub(1)).copied()
    }

    /// Whether an agency reaches a person who is NEET: that is the agency's doing, not an attempt of theirs.
    pub fn is_reached(self) -> bool {
        self.0 & REACHED != 0
    }
}

/// When somebody has to be looked at next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NextEvent {
    pub month: Month,
    /// What happens in it.
    pub occurrence: Occurrence,
    /// Nothing but a search can happen before this month, which is looked for again for little when one fails; of
    /// people who are not unemployed it is [`Month::FIRST`].
    pub alone_until: Month,
}

impl NextEvent {
    /// In a month in which something comes to its end, and nothing happens besides.
    pub fn end(month: Month) -> Self {
        Self { month, occurrence: Occurrence::default(), alone_until: Month::FIRST }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_own_event_and_a_contact_fit_into_one_occurrence() {
        for (at, clock) in (1..).zip(Clock::VARIANTS) {
            let (alone, both) = (Occurrence::new(at), Occurrence::new(at).with_contact());
            assert_eq!((alone.own(), alone.is_reached()), (Some(*clock), false));
            assert_eq!((both.own(), both.is_reached()), (Some(*clock), true));
        }
        assert_eq!((Occurrence::default().own(), Occurrence::default().is_reached()), (None, false));
    }
}
