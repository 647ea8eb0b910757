//! What observers look at.

use crate::calendar::Month;
use crate::engine::events::pay;
use crate::engine::rates::month_rates::MonthRates;
use crate::engine::state::chunk::Chunk;
use crate::engine::state::person::Person;
use std::sync::Arc;

/// Everybody at the end of a month.
#[derive(Clone, Copy)]
pub(crate) struct MonthView<'a> {
    pub rates: &'a Arc<MonthRates>,
    /// Log points of productivity over the baseline, by region.
    pub gain: &'a [f64],
    pub month: Month,
    pub chunks: &'a [Chunk],
}

impl MonthView<'_> {
    /// Log of hourly pay in base-year pounds; `None` for people without a job.
    pub fn log_pay(&self, person: &Person) -> Option<f64> {
        pay::log_pay(person, &self.rates.of(person, self.month).pay, self.gain, self.month)
    }
}
