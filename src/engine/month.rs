//! The order of the month, on one page.

use crate::calendar::Month;
use crate::conditions::Conditions;
use crate::engine::events::competing_risks;
use crate::engine::events::rescheduling::Rescheduling;
use crate::engine::exchange::allocation::Allocation;
use crate::engine::exchange::context::{MonthContext, Offers};
use crate::engine::exchange::market::Market;
use crate::engine::exchange::requests::Requests;
use crate::engine::observers::counts::Counts;
use crate::engine::observers::record::MonthRecord;
use crate::engine::observers::snapshot;
use crate::engine::observers::view::View;
use crate::engine::parallel::FEW_CHUNKS;
use crate::engine::plan::{Plan, Survey};
use crate::engine::rates::economy::Economy;
use crate::engine::rates::month_rates::MonthRates;
use crate::engine::state::chunk::Chunk;
use crate::engine::state::flow::Flow;
use crate::engine::state::next_event::NextEvent;
use crate::engine::state::person::Person;
use crate::engine::state::population::Population;
use crate::engine::state::stocks::RegionalStocks;
use crate::engine::submodels::entrants::{self, Entry};
use crate::engine::submodels::hiring::{self, Hiring};
use crate::engine::submodels::{apprenticeships, courses, places, posts, support};
use crate::engine::tally::{Follow, PanelTally, Snapshot, Tallies, VacancyTally};
use crate::engine::transitions;
use crate::random::Luck;
use rayon::prelude::*;
use std::sync::Arc;
use strum::{IntoStaticStr, VariantArray};

/// A population, its regions and its counts. A clone is a fork: it goes on exactly as the original would.
///
/// ```
/// use rungs::engine::{Plan, Simulation, Survey};
/// use rungs::prelude::*;
/// use std::sync::Arc;
///
/// let world = World::uk()?;
/// let start = "2026-09".parse()?;
/// let mut simulation = Simulation::new(Plan {
///     seed: 1,
///     replicate: 1,
///     scale: 50_000,
///     start,
///     months: 12,
///     months_per_period: 12,
///     regions: world.regions.len(),
///     survey: Survey::NotTaken,
/// });
/// let conditions = Arc::new(world.baseline);
/// while simulation.month() < start.plus(12) {
///     simulation.step(&conditions);
/// }
/// assert_eq!(simulation.into_tallies().periods.len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Simulation {
    plan: Plan,
    luck: Luck,
    month: Month,
    baseline: Option<Arc<Conditions>>,
    rates: Option<Arc<MonthRates>>,
    population: Population,
    /// Whether people in work may be due later than is said, since their hazards fell.
    may_be_stale: bool,
    /// What the people of each chunk ask for, and what they are given.
    requests: Vec<Requests>,
    allocations: Vec<Vec<(u16, Allocation)>>,
    stocks: RegionalStocks,
    hiring: Hiring,
    counts: Counts,
}

/// A part of the month, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, VariantArray, IntoStaticStr)]
#[strum(serialize_all = "lowercase")]
pub enum Phase {
    /// Conditions become tables, those look ahead who have to (`rescheduling`), and a period closes.
    #[strum(serialize = "look ahead")]
    LookAhead,
    /// People enter.
    Enter,
    /// Places and vacancies are offered.
    Offer,
    /// Those who are due live their month.
    Live,
    /// Markets decide.
    Match,
    /// People take what they were given.
    Receive,
    /// Everything is counted.
    Count,
    /// Places go on to the next month.
    Turn,
}

/// What the markets of a month have done.
struct Matched {
    vacancies: Vec<VacancyTally>,
    /// Unemployed people by region before they were done.
    seekers: Vec<i64>,
    /// What support costs by region (GBP for each agent's one person).
    support_gbp: Vec<f64>,
}

impl Simulation {
    /// An empty model at the start of the warm-up.
    #[must_use]
    pub fn new(plan: Plan) -> Self {
        Self {
            luck: Luck::new(plan.seed, plan.replicate),
            month: plan.first_month(),
            baseline: None,
            rates: None,
            population: Population::default(),
            may_be_stale: false,
            requests: Vec::new(),
            allocations: Vec::new(),
            stocks: RegionalStocks::new(plan.regions),
            hiring: Hiring::new(plan.regions),
            counts: Counts::new(plan),
            plan,
        }
    }

    /// The same model, in which these people will be followed; to be asked for before the first month.
    #[must_use]
    pub fn following(mut self, follow: Follow) -> Self {
        self.counts.follow(follow);
        self
    }

    /// What was seen of those who are followed; from then on nobody is.
    pub fn take_panel(&mut self) -> PanelTally {
        self.counts.take_panel(self.last_month())
    }

    /// The month that the next step simulates.
    #[must_use]
    pub fn month(&self) -> Month {
        self.month
    }

    /// The month before it.
    fn last_month(&self) -> Month {
        Month(self.month.0.saturating_sub(1))
    }

    /// Agents in the model.
    #[must_use]
    pub fn people(&self) -> usize {
        usize::try_from(self.stocks.people).unwrap_or(0)
    }

    /// Bytes that one person takes: a record, and two months (`wake`, `alone_until`).
    #[must_use]
    pub fn bytes_per_person(&self) -> usize {
        size_of::<Person>() + 2 * size_of::<Month>()
    }

    /// Everybody at the end of the month before [`Self::month`].
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        snapshot::take(&self.population.chunks, self.last_month())
    }

    /// The counts since the start.
    #[must_use]
    pub fn into_tallies(self) -> Tallies {
        self.counts.into_tallies(&self.population.chunks, self.month)
    }

    /// Simulates one month under `conditions`. Those of the first month are the baseline that places
    /// and investment are compared with.
    pub fn step(&mut self, conditions: &Arc<Conditions>) {
        self.step_watched(conditions, &mut |_| {});
    }

    /// The same, telling `watch` at the end of each part of the month: the engine itself reads no clock.
    pub fn step_watched(&mut self, conditions: &Arc<Conditions>, watch: &mut dyn FnMut(Phase)) {
        let baseline = Arc::clone(self.baseline.get_or_insert_with(|| Arc::clone(conditions)));
        let economy = Economy { baseline: &baseline, scale: f64::from(self.plan.scale) };
        let rates = self.meet(conditions);
        if self.plan.counted_since(self.month) == self.month {
            self.counts.close_period(&self.population.chunks, self.month);
        }
        watch(Phase::LookAhead);
        self.enter(&rates);
        watch(Phase::Enter);
        let offers = self.offer(&rates, &economy);
        let context = self.context(&rates, &offers);
        watch(Phase::Offer);
        self.advance(&context);
        watch(Phase::Live);
        let matched = self.allocate(&context, &economy);
        watch(Phase::Match);
        self.apply_allocations(&context);
        watch(Phase::Receive);
        self.observe(&rates, &matched);
        watch(Phase::Count);
        posts::turn(&mut self.stocks, &rates.everybody, &baseline);
        self.month += 1;
        watch(Phase::Turn);
        debug_assert!(self.is_conserved(), "stocks no longer follow from people");
    }

    /// The month's rates; where hazards changed, people look ahead again, at once or when they are due.
    fn meet(&mut self, conditions: &Arc<Conditions>) -> Arc<MonthRates> {
        if let Some(rates) = &self.rates {
            let met = &rates.everybody.conditions;
            if Arc::ptr_eq(met, conditions) || met == conditions {
                let rates = Arc::clone(rates);
                if self.may_be_stale {
                    self.reschedule(&rates, &Rescheduling::in_work());
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
            self.reschedule(&rates, &rescheduling);
        }
        rates
    }

    fn reschedule(&mut self, rates: &MonthRates, rescheduling: &Rescheduling<'_>) {
        self.may_be_stale = rescheduling.leaves_stale();
        if !rescheduling.is_needless() {
            let month = self.month;
            self.look_ahead(rates, |person, until| rescheduling.affects(person, month, until));
        }
    }

    /// Works out anew when people are due. Those for whom nothing changed are none the worse for it.
    fn look_ahead(&mut self, rates: &MonthRates, is_affected: impl Fn(&Person, Month) -> bool + Sync) {
        let month = self.month;
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
        let chunks = &mut self.population.chunks;
        if chunks.len() < FEW_CHUNKS {
            chunks.iter_mut().for_each(look);
        } else {
            chunks.par_iter_mut().for_each(look);
        }
    }

    #[cfg(test)]
    pub(super) fn look_ahead_for_everybody(&mut self) {
        if let Some(rates) = self.rates.clone() {
            self.look_ahead(&rates, |_, _| true);
        }
    }

    /// Everybody looks ahead under these conditions, whomever they affect.
    #[cfg(test)]
    pub(super) fn meet_with_everybody(&mut self, conditions: &Arc<Conditions>) {
        self.meet(conditions);
        self.may_be_stale = false;
        self.look_ahead_for_everybody();
    }

    #[cfg(test)]
    pub(super) fn chunks(&self) -> &[Chunk] {
        &self.population.chunks
    }

    /// New pupils in September, and people from abroad.
    fn enter(&mut self, rates: &MonthRates) {
        let (luck, scale) = (self.luck, f64::from(self.plan.scale));
        let entry = Entry { luck: &luck, rates, month: self.month };
        if self.month.is_september() {
            let chunks = self.population.drop_empty_chunks();
            if let Some(panel) = &mut self.counts.panel {
                panel.move_chunks(&chunks);
            }
            for (ordinal, pupil) in entrants::pupils(&entry, scale) {
                self.add(pupil, ordinal, NextEvent::end(pupil.end()));
            }
        }
        for (ordinal, person, next) in entrants::arrivals(&entry, scale, self.plan.first_month()) {
            self.add(person, ordinal, next);
        }
        self.requests.resize_with(self.population.chunks.len(), || Requests::new(self.plan.regions));
        self.allocations.resize(self.population.chunks.len(), Vec::new());
    }

    /// Takes in somebody with this number in their group.
    fn add(&mut self, person: Person, ordinal: u32, next: NextEvent) {
        self.stocks.add(&person);
        let (chunk, at) = self.population.add(person, next);
        if let Some(panel) = &mut self.counts.panel {
            panel.meet(&self.luck, &person, ordinal, chunk, at);
        }
    }

    /// What is on offer this month: places, vacancies and support.
    fn offer(&mut self, rates: &MonthRates, economy: &Economy<'_>) -> Offers {
        self.stocks.end_support();
        places::offer(&mut self.stocks, &rates.everybody, economy, self.month);
        let mut offers = Offers {
            market: Market::new(&rates.everybody, &self.stocks),
            productivity_gain: self.stocks.productivity_gain.clone(),
            free_support: Vec::new(),
        };
        offers.free_support = support::is_free(&self.context(rates, &offers), economy.scale, &self.stocks);
        offers
    }

    fn context<'a>(&self, rates: &'a MonthRates, offers: &'a Offers) -> MonthContext<'a> {
        MonthContext {
            luck: self.luck,
            rates,
            tables: &rates.everybody,
            offers,
            month: self.month,
            counted_since: self.plan.counted_since(self.month),
            may_be_stale: self.may_be_stale,
            survey: if self.month < self.plan.start { Survey::NotTaken } else { self.plan.survey },
        }
    }

    /// Those who are due live their month.
    fn advance(&mut self, context: &MonthContext<'_>) {
        let pairs = (&mut self.population.chunks, &mut self.requests);
        if pairs.0.len() < FEW_CHUNKS {
            pairs.0.iter_mut().zip(pairs.1).for_each(|(chunk, own)| transitions::advance(context, chunk, own));
        } else {
            pairs.into_par_iter().for_each(|(chunk, own)| transitions::advance(context, chunk, own));
        }
        self.take_over();
    }

    /// Markets decide who gets what was asked for.
    fn allocate(&mut self, context: &MonthContext<'_>, economy: &Economy<'_>) -> Matched {
        let seekers = self.stocks.unemployed.clone();
        let (chunks, requests) = (&self.population.chunks, &self.requests);
        let (stocks, given) = (&mut self.stocks, &mut self.allocations);
        apprenticeships::allocate(context, economy, chunks, requests, stocks, given);
        courses::allocate(context, requests, stocks, given);
        let vacancies = hiring::hire(context, requests, &mut self.hiring, stocks, given);
        let support_gbp = support::allocate(context, economy.scale, chunks, requests, stocks, given);
        Matched { vacancies, seekers, support_gbp }
    }

    /// People take what they were given.
    fn apply_allocations(&mut self, context: &MonthContext<'_>) {
        let triples = (&mut self.population.chunks, &mut self.requests, &mut self.allocations);
        let apply = |((chunk, requests), given): ((&mut Chunk, &mut Requests), &mut Vec<(u16, Allocation)>)| {
            transitions::apply_allocations(context, chunk, requests, given);
        };
        if triples.0.len() < FEW_CHUNKS {
            triples.0.iter_mut().zip(triples.1).zip(triples.2).for_each(apply);
        } else {
            triples.0.par_iter_mut().zip(triples.1).zip(triples.2).for_each(apply);
        }
        self.take_over();
    }

    fn take_over(&mut self) {
        for requests in &self.requests {
            self.stocks.take_over(&requests.flow);
        }
    }

    /// What happened is looked at and counted.
    fn observe(&mut self, rates: &Arc<MonthRates>, matched: &Matched) {
        let other_gbp = self.stocks.take_spent();
        let gain = &self.stocks.productivity_gain;
        let view = View { rates, gain, month: self.month, chunks: &self.population.chunks };
        let month = MonthRecord {
            requests: &self.requests,
            stocks: &self.stocks,
            vacancies: &matched.vacancies,
            seekers: &matched.seekers,
            support_gbp: &matched.support_gbp,
            other_gbp: &other_gbp,
        };
        self.counts.observe(&view, &month);
        if self.month >= self.plan.start {
            posts::grow_posts(&mut self.stocks, &rates.everybody);
        }
    }

    /// Whether every stock equals what a count of the people gives. Checked every month in debug builds.
    fn is_conserved(&self) -> bool {
        let mut flow = Flow::new(self.plan.regions);
        self.population.people().for_each(|person| flow.add(person));
        let present: usize = self.population.chunks.iter().map(|chunk| chunk.present).sum();
        let stocks = &self.stocks;
        let at_least_none = |count: &i64| *count >= 0;
        let mut left = stocks.apprenticeships.iter().chain(&stocks.courses).chain(&stocks.extra_courses);
        flow.held == stocks.held
            && flow.residents == stocks.residents
            && flow.unemployed == stocks.unemployed
            && flow.people == stocks.people
            && i64::try_from(present) == Ok(stocks.people)
            && stocks.vacant.iter().chain(&stocks.older).chain(stocks.caseload.iter().flatten()).all(at_least_none)
            && left.all(|left| *left >= -1e-6)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::MONTHS_A_YEAR;

    #[test]
    fn warm_up_starts_in_a_september_before_every_counted_birth_cohort() {
        for month in 0..12 {
            let start = Month::new(2025, 1).unwrap().plus(month);
            let plan = Plan { start, ..crate::engine::tests::plan(100, 12, 1) };
            assert!(plan.first_month().is_september());
            let years = (start - plan.first_month()) / MONTHS_A_YEAR;
            assert!((25..=26).contains(&years));
        }
    }
}
