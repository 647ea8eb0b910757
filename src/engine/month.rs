//! The order of the month, on one page.

use crate::calendar::Month;
use crate::conditions::Conditions;
use crate::domain::{JobClass, Kind, Programme, State};
use crate::engine::apprenticeships::{self, Economy};
use crate::engine::clocks::Clocks;
use crate::engine::education::{self, Entry};
use crate::engine::flow::Flow;
use crate::engine::follow_up::{self, FollowUpView};
use crate::engine::jobs::{self, Market};
use crate::engine::lives::{self, Grant, Outbox, Scene, Who};
use crate::engine::places::Places;
use crate::engine::population::{CHUNK, Chunk, Person};
use crate::engine::record::Census;
use crate::engine::tables::Tables;
use crate::engine::tally::{Cells, PeriodTally, Snapshot, Tallies, VacancyTally};
use crate::engine::{Plan, clocks, record, snapshot, support};
use crate::random::Luck;
use rayon::prelude::*;
use std::sync::Arc;

/// A population, its places and its counts. A clone is a fork: it goes on exactly as the original would.
#[derive(Clone, Debug)]
pub struct Simulation {
    plan: Plan,
    luck: Luck,
    month: u16,
    baseline: Option<Arc<Conditions>>,
    tables: Option<Arc<Tables>>,
    chunks: Vec<Chunk>,
    arrivals: Option<usize>,
    places: Places,
    internal: Vec<f64>,
    tallies: Tallies,
}

/// Chunks below this number are lived through on one thread: there is too little to share.
const FEW_CHUNKS: usize = 64;

impl Simulation {
    /// An empty model at the start of the warm-up.
    #[must_use]
    pub fn new(plan: Plan) -> Self {
        Self {
            luck: Luck::new(plan.seed, plan.replicate),
            month: plan.first_month().0,
            baseline: None,
            tables: None,
            chunks: Vec::new(),
            arrivals: None,
            places: Places::new(plan.regions),
            internal: vec![0.0; plan.regions * JobClass::count()],
            tallies: Tallies { scale: plan.scale, periods: Vec::new() },
            plan,
        }
    }

    /// The month that the next step simulates.
    #[must_use]
    pub fn month(&self) -> Month {
        Month(self.month)
    }

    /// Agents in the model.
    #[must_use]
    pub fn people(&self) -> usize {
        usize::try_from(self.places.people).unwrap_or(0)
    }

    /// Everybody at the end of the month before [`Self::month`].
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        snapshot::take(&self.chunks, self.month.saturating_sub(1))
    }

    /// The counts since the start.
    #[must_use]
    pub fn into_tallies(self) -> Tallies {
        self.tallies
    }

    /// Simulates one month under `conditions`. Those of the first month are the baseline that places
    /// and investment are compared with.
    pub fn step(&mut self, conditions: &Arc<Conditions>) {
        let baseline = Arc::clone(self.baseline.get_or_insert_with(|| Arc::clone(conditions)));
        let tables = self.compile(conditions);
        let scale = f64::from(self.plan.scale);
        let economy = Economy { baseline: &baseline, scale };

        self.enter(&tables, scale);
        self.places.end_support();
        self.places.offer_places(&tables, &economy, self.month);
        let market = Market::new(&tables, &self.places);
        let luck = self.luck;
        let scene = Scene { luck: &luck, tables: &tables, market: &market, month: self.month };

        let outboxes = self.live(&scene);
        let seekers = self.places.unemployed.clone();
        let mut grants: Vec<Vec<(u16, Grant)>> = vec![Vec::new(); self.chunks.len()];
        apprenticeships::allocate(&scene, &economy, &self.chunks, &outboxes, &mut self.places, &mut grants);
        self.allocate_courses(&outboxes, &mut grants);
        let vacancies = jobs::hire(&scene, &outboxes, &mut self.internal, &mut grants);
        let supported = support::allocate(&scene, scale, &self.chunks, &outboxes, &mut self.places, &mut grants);
        let flows = self.receive(&scene, &grants);

        if self.month >= self.plan.start.0 {
            let tally = self.period();
            for flow in outboxes.iter().map(|outbox| &outbox.flow).chain(&flows) {
                record::count_flow(tally, flow, &tables, scale);
            }
            record::count_support(tally, &supported, &tables, scale);
            self.count(&tables, &vacancies, &seekers);
            if follow_up::is_due(self.month - self.plan.start.0) {
                self.follow_up(&tables);
            }
            self.places.grow_posts(&tables);
        }
        self.places.turn(&tables, &baseline);
        self.chunks_done();
        self.month += 1;
        debug_assert!(self.is_conserved(), "stocks no longer follow from people");
    }

    /// The month's tables; when the hazards changed, everybody has to be looked at.
    fn compile(&mut self, conditions: &Arc<Conditions>) -> Arc<Tables> {
        if let Some(tables) = &self.tables
            && (Arc::ptr_eq(&tables.conditions, conditions) || tables.conditions == *conditions)
        {
            return Arc::clone(tables);
        }
        let tables = Arc::new(Tables::new(conditions));
        let is_changed = |before: &Arc<Tables>| before.hazards != tables.hazards || before.known != tables.known;
        let changed = self.tables.as_ref().is_some_and(is_changed);
        if changed {
            self.wake_everybody();
        }
        self.tables = Some(Arc::clone(&tables));
        tables
    }

    /// Makes everybody due this month. Those to whom nothing happens are none the worse for it.
    pub(super) fn wake_everybody(&mut self) {
        for chunk in &mut self.chunks {
            for (wake, person) in chunk.wake.iter_mut().zip(&chunk.people) {
                if person.state != State::Gone {
                    *wake = self.month;
                }
            }
        }
    }

    #[cfg(test)]
    pub(super) fn chunks(&self) -> &[Chunk] {
        &self.chunks
    }

    /// New pupils in September, and people from abroad.
    fn enter(&mut self, tables: &Tables, scale: f64) {
        if Month(self.month).is_september() {
            let pupils = education::pupils(&tables.conditions, &self.luck, scale, self.month);
            for people in pupils.chunks(CHUNK) {
                self.add_chunk(people.to_vec(), |person| person.end);
            }
            self.arrivals = None;
        }
        let luck = self.luck;
        let entry = Entry { luck: &luck, tables, month: self.month };
        let arrivals = education::arrivals(&entry, scale, self.plan.first_month().0);
        for person in arrivals {
            self.add_arrival(person, tables);
        }
    }

    fn add_chunk(&mut self, people: Vec<Person>, wake: impl Fn(&Person) -> u16) {
        let mut flow = Flow::new(self.plan.regions);
        for person in &people {
            flow.add(person);
        }
        self.places.take_over(&flow);
        let mut chunk = Chunk::new(people, self.month);
        for (at, person) in chunk.wake.iter_mut().zip(&chunk.people) {
            *at = wake(person);
        }
        self.chunks.push(chunk);
    }

    fn add_arrival(&mut self, person: Person, tables: &Tables) {
        let mut flow = Flow::new(self.plan.regions);
        flow.add(&person);
        self.places.take_over(&flow);
        let at = match self.arrivals {
            Some(at) if self.chunks[at].people.len() < CHUNK => at,
            _ => {
                self.chunks.push(Chunk::new(Vec::new(), self.month));
                self.chunks.len() - 1
            }
        };
        self.arrivals = Some(at);
        let chunk = &mut self.chunks[at];
        let mut clocks = Clocks::new(person.luck, self.month);
        chunk.wake.push(clocks::next_wake(&person, tables, &mut clocks, self.month));
        chunk.people.push(person);
        chunk.present += 1;
    }

    fn live(&mut self, scene: &Scene<'_>) -> Vec<Outbox> {
        let regions = self.plan.regions;
        let outboxes: Vec<Outbox> = if self.chunks.len() < FEW_CHUNKS {
            self.chunks.iter_mut().map(|chunk| lives::live(scene, chunk, regions)).collect()
        } else {
            self.chunks.par_iter_mut().map(|chunk| lives::live(scene, chunk, regions)).collect()
        };
        for outbox in &outboxes {
            self.places.take_over(&outbox.flow);
        }
        outboxes
    }

    fn receive(&mut self, scene: &Scene<'_>, grants: &[Vec<(u16, Grant)>]) -> Vec<Flow> {
        let regions = self.plan.regions;
        let flows: Vec<Flow> = if self.chunks.len() < FEW_CHUNKS {
            let pairs = self.chunks.iter_mut().zip(grants);
            pairs.map(|(chunk, grants)| lives::receive(scene, chunk, grants, regions)).collect()
        } else {
            let pairs = self.chunks.par_iter_mut().zip(grants);
            pairs.map(|(chunk, grants)| lives::receive(scene, chunk, grants, regions)).collect()
        };
        for flow in &flows {
            self.places.take_over(flow);
        }
        flows
    }

    /// Gives course places by lot within region and programme.
    fn allocate_courses(&mut self, outboxes: &[Outbox], grants: &mut [Vec<(u16, Grant)>]) {
        let programmes = Programme::count();
        let mut queue: Vec<(usize, u32, Who, Programme)> = Vec::new();
        for (chunk, outbox) in outboxes.iter().enumerate() {
            for application in &outbox.courses {
                let at = application.region.index() * programmes + application.programme as usize;
                queue.push((at, application.rank, Who { chunk, at: application.at }, application.programme));
            }
        }
        queue.sort_unstable();
        for (at, _, who, programme) in queue {
            if self.places.courses[at] >= 1.0 {
                self.places.courses[at] -= 1.0;
                grants[who.chunk].push((who.at, Grant::Course(programme)));
            }
        }
    }

    /// The counts of the period that the month belongs to.
    fn period(&mut self) -> &mut PeriodTally {
        let since = self.month - self.plan.start.0;
        let index = usize::from(since / self.plan.months_per_period);
        if self.tallies.periods.len() <= index {
            self.tallies.periods.push(PeriodTally::new(Month(self.month), Cells::new(self.plan.regions)));
        }
        &mut self.tallies.periods[index]
    }

    fn count(&mut self, tables: &Tables, vacancies: &[VacancyTally], seekers: &[i64]) {
        let mut tallies = std::mem::take(&mut self.tallies.periods);
        if let Some(tally) = tallies.last_mut() {
            tally.months += 1;
            let gain = &self.places.productivity_gain;
            Census { tables, gain, month: self.month }.count(tally, &self.chunks);
            record::count_vacancies(tally, vacancies, &self.places, seekers);
        }
        self.tallies.periods = tallies;
    }

    fn follow_up(&mut self, tables: &Tables) {
        let view = FollowUpView { tables, gain: &self.places.productivity_gain, month: self.month };
        let counts = view.count(&self.chunks, Cells::new(self.plan.regions));
        self.period().follow_up = Some(counts);
    }

    /// Drops chunks whose last person has gone.
    fn chunks_done(&mut self) {
        if !Month(self.month).is_september() {
            return;
        }
        self.chunks.retain(|chunk| chunk.present > 0);
        self.arrivals = None;
    }

    /// Whether every stock equals what a count of the people gives. Checked every month in debug builds.
    fn is_conserved(&self) -> bool {
        let mut flow = Flow::new(self.plan.regions);
        let mut present = 0;
        for person in self.chunks.iter().flat_map(|chunk| &chunk.people) {
            flow.add(person);
        }
        for chunk in &self.chunks {
            present += chunk.present;
        }
        let places = &self.places;
        let within = |count: &i64| *count >= 0;
        flow.held == places.held
            && flow.residents == places.residents
            && flow.unemployed == places.unemployed
            && flow.people == places.people
            && i64::try_from(present) == Ok(places.people)
            && places.vacant.iter().chain(&places.older).chain(places.caseload.iter().flatten()).all(within)
            && places.apprenticeships.iter().chain(&places.courses).all(|left| *left >= -1e-6)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::MONTHS_A_YEAR;

    #[test]
    fn warm_up_starts_in_a_september_before_every_counted_birth_cohort() {
        for month in 0..12 {
            let start = Month::new(2025, 1).unwrap().plus(month);
            let plan = Plan { seed: 1, replicate: 1, scale: 100, start, months: 12, months_per_period: 3, regions: 1 };
            assert!(plan.first_month().is_september());
            let years = (start.0 - plan.first_month().0) / MONTHS_A_YEAR;
            assert!((25..=26).contains(&years));
        }
    }
}
