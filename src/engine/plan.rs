//! What one run is to do.

use crate::calendar::{MONTHS_A_YEAR, Month};

/// Academic years of warm-up: every age has a full history when counting starts.
const WARM_UP_YEARS: u16 = 25;

/// What one run is to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Seed of all draws.
    pub seed: u64,
    /// Number of the replicate.
    pub replicate: u32,
    /// People that one agent stands for.
    pub scale: u32,
    /// First month that is counted.
    pub start: Month,
    /// Months counted.
    pub months: u16,
    /// Months in a period of counts.
    pub months_per_period: u16,
    /// Regions of the world.
    pub regions: usize,
    /// Whether a survey is taken.
    pub survey: Survey,
}

/// Whether everybody is asked what a household survey asks, beside what is counted anyway. It changes nobody, but takes time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Survey {
    /// Four times a year.
    Taken,
    /// Never.
    NotTaken,
}

impl Plan {
    /// First month of the period that is being counted in `month`; [`Month::NEVER`] during the warm-up.
    pub(crate) fn counted_since(&self, month: Month) -> Month {
        if month < self.start { Month::NEVER } else { month - (month - self.start) % self.months_per_period }
    }

    /// The first month simulated: a September, early enough for every age to have a full history at the start.
    #[must_use]
    pub fn first_month(&self) -> Month {
        let latest = self.start.0 - WARM_UP_YEARS * MONTHS_A_YEAR;
        Month(latest - (latest + 4) % MONTHS_A_YEAR)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_counted_since_the_first_of_its_period_and_never_in_the_warm_up() {
        let plan = Plan { start: Month(1_500), ..crate::engine::tests::plan(100, 36, 1) };
        let since = |month| plan.counted_since(Month(month));
        assert_eq!([1_499, 1_500, 1_511, 1_512].map(since), [Month::NEVER, Month(1_500), Month(1_500), Month(1_512)]);
    }
}
