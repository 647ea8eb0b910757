//! When everybody has to be looked at next, kept up with conditions as they change.

use super::competing_risks;
use super::rescheduling::Rescheduling;
use crate::calendar::Month;
use crate::conditions::Conditions;
use crate::engine::parallel::FEW_CHUNKS;
use crate::engine::rates::month_rates::MonthRates;
use crate::engine::state::chunk::Chunk;
use crate::engine::state::person::Person;
use rayon::prelude::*;
use std::sync::Arc;

/// By what rates people have looked ahead.
#[derive(Clone, Debug, Default)]
pub(crate) struct Schedule {
    rates: Option<Arc<MonthRates>>,
    /// Whether people in work may be due later than is said, since their hazards fell.
    may_be_stale: bool,
}

impl Schedule {
    /// Whether people in work may be due later than is said.
    pub fn may_be_stale(&self) -> bool {
        self.may_be_stale
    }

    /// The rates of a month; where hazards changed, people look ahead again, at once or when they are due.
    pub fn meet(&mut self, conditions: &Arc<Conditions>, month: Month, chunks: &mut [Chunk]) -> Arc<MonthRates> {
        if let Some(rates) = &self.rates {
            let met = &rates.everybody.conditions;
            if Arc::ptr_eq(met, conditions) || met == conditions {
                let rates = Arc::clone(rates);
                if self.may_be_stale {
                    self.reschedule(&Rescheduling::in_work(), &rates, month, chunks);
                }
                return rates;
            }
        }
        let rates = Arc::new(MonthRates::new(conditions));
        if let Some(before) = self.rates.replace(Arc::clone(&rates)) {
            let mut rescheduling = Rescheduling::between(&before, &rates);
            if self.may_be_stale {
                rescheduling.include_stale();
            }
            self.reschedule(&rescheduling, &rates, month, chunks);
        }
        rates
    }

    fn reschedule(&mut self, who: &Rescheduling<'_>, rates: &MonthRates, month: Month, chunks: &mut [Chunk]) {
        self.may_be_stale = who.leaves_stale();
        if !who.is_needless() {
            look_ahead(rates, month, chunks, |person, until| who.affects(person, month, until));
        }
    }

    /// Everybody looks ahead by the rates that were met last, whomever they affect.
    #[cfg(test)]
    pub fn look_ahead_for_everybody(&self, month: Month, chunks: &mut [Chunk]) {
        if let Some(rates) = &self.rates {
            look_ahead(rates, month, chunks, |_, _| true);
        }
    }

    /// Everybody looks ahead under these conditions, whomever they affect.
    #[cfg(test)]
    pub fn meet_with_everybody(&mut self, conditions: &Arc<Conditions>, month: Month, chunks: &mut [Chunk]) {
        self.meet(conditions, month, chunks);
        self.may_be_stale = false;
        self.look_ahead_for_everybody(month, chunks);
    }
}

/// Works out anew when people are due. Those for whom nothing changed are none the worse for it.
fn look_ahead(
    rates: &MonthRates,
    month: Month,
    chunks: &mut [Chunk],
    is_affected: impl Fn(&Person, Month) -> bool + Sync,
) {
    let look = |chunk: &mut Chunk| {
        for at in 0..chunk.people.len() {
            // Seekers who are refused go on by what they found out, until that month.
            if is_affected(&chunk.people[at], chunk.wake[at].max(chunk.alone_until[at])) {
                let mut person = chunk.people[at];
                competing_risks::look_ahead(chunk, at, rates, &mut person, month);
                chunk.people[at] = person;
            }
        }
    };
    if chunks.len() < FEW_CHUNKS {
        chunks.iter_mut().for_each(look);
    } else {
        chunks.par_iter_mut().for_each(look);
    }
}
