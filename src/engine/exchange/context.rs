//! What everybody sees of the month.

use super::market::Market;
use crate::calendar::Month;
use crate::engine::plan::Survey;
use crate::engine::rates::month_rates::MonthRates;
use crate::engine::rates::tables::Tables;
use crate::engine::state::person::Person;
use crate::random::Luck;

/// What is on offer this month.
#[derive(Debug)]
pub(crate) struct Offers {
    pub market: Market,
    /// Log points of productivity over the baseline, by region.
    pub productivity_gain: Vec<f64>,
    /// By region: whether support is free for those who are reached.
    pub free_support: Vec<bool>,
}

/// The month as everybody or, by [`Self::of`], one person sees it.
#[derive(Clone, Copy)]
pub(crate) struct MonthContext<'a> {
    pub luck: Luck,
    pub rates: &'a MonthRates,
    /// What is met by everybody, or by the person that the context is of.
    pub tables: &'a Tables,
    pub offers: &'a Offers,
    pub month: Month,
    /// First month of the period that is being counted; [`Month::NEVER`] during the warm-up.
    pub counted_since: Month,
    /// Whether people in work may be due later than is said.
    pub may_be_stale: bool,
    /// Whether a survey hears of changes.
    pub survey: Survey,
}

impl MonthContext<'_> {
    /// The month as a person meets it.
    #[inline]
    pub fn of(&self, person: &Person) -> Self {
        Self { tables: self.rates.of(person, self.month), ..*self }
    }
}
