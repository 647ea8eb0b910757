//! The order of the month, on one page.

use crate::calendar::Month;
use crate::conditions::Conditions;
use crate::engine::events::schedule::Schedule;
use crate::engine::exchange::allocation::Allocation;
use crate::engine::exchange::context::{MonthContext, Offers};
use crate::engine::exchange::requests::Requests;
use crate::engine::observers::counts::Counts;
use crate::engine::observers::record::MonthRecord;
use crate::engine::observers::snapshot;
use crate::engine::observers::view::MonthView;
use crate::engine::plan::{Plan, Survey};
use crate::engine::rates::economy::Economy;
use crate::engine::rates::month_rates::MonthRates;
use crate::engine::state::flow::Flow;
use crate::engine::state::next_event::NextEvent;
use crate::engine::state::person::Person;
use crate::engine::state::population::Population;
use crate::engine::state::stocks::RegionalStocks;
use crate::engine::submodels::entrants::{self, EntryContext};
use crate::engine::submodels::hiring::Hiring;
use crate::engine::submodels::markets::{self, Matched};
use crate::engine::submodels::{places, posts, support};
use crate::engine::tally::{Follow, PanelTally, Snapshot, Tallies};
use crate::engine::transitions;
use crate::random::Luck;
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
    schedule: Schedule,
    population: Population,
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

impl Simulation {
    /// An empty model at the start of the warm-up.
    #[must_use]
    pub fn new(plan: Plan) -> Self {
        let luck = Luck::new(plan.seed, plan.replicate);
        let mut stocks = RegionalStocks::new(plan.regions);
        places::start(&mut stocks, &luck);
        Self {
            luck,
            month: plan.first_month(),
            baseline: None,
            schedule: Schedule::default(),
            population: Population::default(),
            requests: Vec::new(),
            allocations: Vec::new(),
            stocks,
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
        let rates = self.schedule.meet(conditions, self.month, &mut self.population.chunks);
        self.counts.begin(self.month, &self.population.chunks);
        watch(Phase::LookAhead);
        self.enter(&rates);
        watch(Phase::Enter);
        let mut offers = markets::offer(&rates.everybody, &economy, &self.luck, self.month, &mut self.stocks);
        offers.free_support = support::is_free(&self.context(&rates, &offers), economy.scale, &self.stocks);
        let context = self.context(&rates, &offers);
        watch(Phase::Offer);
        let (chunks, requests) = (&mut self.population.chunks, &mut self.requests);
        let (stocks, given) = (&mut self.stocks, &mut self.allocations);
        transitions::advance(&context, chunks, requests, stocks);
        watch(Phase::Live);
        let matched = markets::allocate(&context, &economy, chunks, requests, stocks, &mut self.hiring, given);
        watch(Phase::Match);
        transitions::apply_allocations(&context, chunks, requests, given, stocks);
        watch(Phase::Receive);
        self.observe(&rates, &matched);
        watch(Phase::Count);
        if self.month >= self.plan.start {
            posts::grow_posts(&mut self.stocks, &rates.everybody);
        }
        posts::turn(&mut self.stocks, &rates.everybody, &baseline);
        self.month += 1;
        watch(Phase::Turn);
        debug_assert!(self.is_conserved(), "stocks no longer follow from people");
    }

    #[cfg(test)]
    pub(super) fn look_ahead_for_everybody(&mut self) {
        self.schedule.look_ahead_for_everybody(self.month, &mut self.population.chunks);
    }

    /// Everybody looks ahead under these conditions, whomever they affect.
    #[cfg(test)]
    pub(super) fn meet_with_everybody(&mut self, conditions: &Arc<Conditions>) {
        self.schedule.meet_with_everybody(conditions, self.month, &mut self.population.chunks);
    }

    #[cfg(test)]
    pub(super) fn chunks(&self) -> &[crate::engine::state::chunk::Chunk] {
        &self.population.chunks
    }

    /// New pupils in September, and people from abroad.
    fn enter(&mut self, rates: &MonthRates) {
        if self.month.is_september() {
            let chunks = self.population.drop_empty_chunks();
            if let Some(panel) = &mut self.counts.panel {
                panel.move_chunks(&chunks);
            }
        }
        let entry = EntryContext { luck: &self.luck, rates, month: self.month };
        for (ordinal, person, next) in entrants::all(&entry, f64::from(self.plan.scale), self.plan.first_month()) {
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

    fn context<'a>(&self, rates: &'a MonthRates, offers: &'a Offers) -> MonthContext<'a> {
        MonthContext {
            luck: self.luck,
            rates,
            tables: &rates.everybody,
            offers,
            month: self.month,
            counted_since: self.plan.counted_since(self.month),
            may_be_stale: self.schedule.may_be_stale(),
            survey: if self.month < self.plan.start { Survey::NotTaken } else { self.plan.survey },
        }
    }

    /// What happened is looked at and counted.
    fn observe(&mut self, rates: &Arc<MonthRates>, matched: &Matched) {
        let other_gbp = self.stocks.take_spent();
        let gain = &self.stocks.productivity_gain;
        let view = MonthView { rates, gain, month: self.month, chunks: &self.population.chunks };
        let month = MonthRecord {
            requests: &self.requests,
            stocks: &self.stocks,
            vacancies: &matched.vacancies,
            seekers: &matched.seekers,
            support_gbp: &matched.support_gbp,
            other_gbp: &other_gbp,
        };
        self.counts.observe(&view, &month);
    }

    /// Whether every stock equals what a count of the people gives. Checked every month in debug builds.
    fn is_conserved(&self) -> bool {
        let mut flow = Flow::new(self.plan.regions);
        self.population.people().for_each(|person| flow.add(person));
        let present: usize = self.population.chunks.iter().map(|chunk| chunk.present).sum();
        let stocks = &self.stocks;
        let at_least_none = |count: &i64| *count >= 0;
        let mut left = stocks.courses.iter().chain(&stocks.extra_courses);
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
