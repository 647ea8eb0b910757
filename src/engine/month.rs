//! The order of the month, on one page.

use crate::calendar::Month;
use crate::conditions::Conditions;
use crate::domain::{JobClass, Kind};
use crate::engine::events::rescheduling::Rethinking;
use crate::engine::observers::follow_up::{self, FollowUpView};
use crate::engine::observers::panel::{Panel, PanelView};
use crate::engine::observers::record;
use crate::engine::observers::record::Paid;
use crate::engine::observers::snapshot;
use crate::engine::observers::survey::SurveyView;
use crate::engine::parallel::FEW_CHUNKS;
use crate::engine::plan::{Plan, Survey};
use crate::engine::rates::tables::Tables;
use crate::engine::state::chunk::{CHUNK, Chunk};
use crate::engine::state::flow::Flow;
use crate::engine::state::next_event::NextEvent;
use crate::engine::state::person::{NEVER, Person, cohort_of};
use crate::engine::state::stocks::Places;
use crate::engine::submodels::apprenticeships::{self, Economy};
use crate::engine::submodels::courses;
use crate::engine::submodels::entrants::{self, Entry};
use crate::engine::submodels::hiring::{self, Market, Vacancy};
use crate::engine::submodels::support;
use crate::engine::tally::survey::SurveyTally;
use crate::engine::tally::{Cells, Follow, PanelTally, PeriodTally, Snapshot, Tallies, VacancyTally};
use crate::engine::transitions::{self, Grant, Outbox, Scene};
use crate::random::Luck;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;
use strum::{IntoStaticStr, VariantArray};

/// A population, its places and its counts. A clone is a fork: it goes on exactly as the original would.
#[derive(Clone, Debug)]
pub struct Simulation {
    plan: Plan,
    luck: Luck,
    month: u16,
    baseline: Option<Arc<Conditions>>,
    tables: Option<Arc<Tables>>,
    chunks: Vec<Chunk>,
    /// Whether people in work may be due later than is said, since their hazards fell.
    is_in_doubt: bool,
    /// The chunk of each birth cohort that has room.
    open: BTreeMap<u16, usize>,
    outboxes: Vec<Outbox>,
    grants: Vec<Vec<(u16, Grant)>>,
    places: Places,
    internal: Vec<f64>,
    /// Memory of the month's vacancies.
    vacancies: Vec<Vacancy>,
    tallies: Tallies,
    panel: Option<Box<Panel>>,
}

/// A part of the month, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, VariantArray, IntoStaticStr)]
#[strum(serialize_all = "lowercase")]
pub enum Phase {
    /// Conditions become tables, those look ahead who have to (`rethinking`), and a period closes.
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
        Self {
            luck: Luck::new(plan.seed, plan.replicate),
            month: plan.first_month().0,
            baseline: None,
            tables: None,
            chunks: Vec::new(),
            is_in_doubt: false,
            open: BTreeMap::new(),
            outboxes: Vec::new(),
            grants: Vec::new(),
            places: Places::new(plan.regions),
            internal: vec![0.0; plan.regions * JobClass::count()],
            vacancies: Vec::new(),
            tallies: Tallies { scale: plan.scale, periods: Vec::new() },
            panel: None,
            plan,
        }
    }

    /// The same model, in which these people will be followed; to be asked for before the first month.
    #[must_use]
    pub fn following(self, follow: Follow) -> Self {
        Self { panel: Panel::of(follow), ..self }
    }

    /// What was seen of those who are followed; from then on nobody is.
    pub fn take_panel(&mut self) -> PanelTally {
        let month = self.month.saturating_sub(1);
        self.panel.take().map_or_else(PanelTally::default, |panel| panel.into_tally(month))
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

    /// Bytes that one person takes: a record, and two months (`wake`, `alone_until`).
    #[must_use]
    pub fn bytes_per_person(&self) -> usize {
        size_of::<Person>() + 2 * size_of::<u16>()
    }

    /// Everybody at the end of the month before [`Self::month`].
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        snapshot::take(&self.chunks, self.month.saturating_sub(1))
    }

    /// The counts since the start.
    #[must_use]
    pub fn into_tallies(mut self) -> Tallies {
        self.close_period();
        self.tallies
    }

    /// Simulates one month under `conditions`. Those of the first month are the baseline that places
    /// and investment are compared with.
    pub fn step(&mut self, conditions: &Arc<Conditions>) {
        self.step_watched(conditions, &mut |_| {});
    }

    /// The same, telling `watch` at the end of each part of the month: the engine itself reads no clock.
    pub fn step_watched(&mut self, conditions: &Arc<Conditions>, watch: &mut dyn FnMut(Phase)) {
        let baseline = Arc::clone(self.baseline.get_or_insert_with(|| Arc::clone(conditions)));
        let tables = self.compile(conditions);
        if self.counted_since() == self.month {
            self.close_period();
        }
        watch(Phase::LookAhead);
        let scale = f64::from(self.plan.scale);
        let economy = Economy { baseline: &baseline, scale };

        self.enter(&tables, scale);
        watch(Phase::Enter);
        self.places.end_support();
        self.places.offer_places(&tables, &economy, self.month);
        let market = Market::new(&tables, &self.places);
        let (luck, gain) = (self.luck, self.places.productivity_gain.clone());
        let mut scene = Scene {
            luck: &luck,
            tables: &tables,
            market: &market,
            productivity_gain: &gain,
            free_support: &[],
            month: self.month,
            counted_since: self.counted_since(),
            is_in_doubt: self.is_in_doubt,
            survey: if self.month < self.plan.start.0 { Survey::NotTaken } else { self.plan.survey },
        };
        let free_support = support::is_free(&scene, scale, &self.places);
        scene.free_support = &free_support;

        watch(Phase::Offer);

        self.live(&scene);
        watch(Phase::Live);
        let seekers = self.places.unemployed.clone();
        let (outboxes, places, grants) = (&self.outboxes, &mut self.places, &mut self.grants);
        let (internal, memory) = (&mut self.internal, &mut self.vacancies);
        apprenticeships::allocate(&scene, &economy, &self.chunks, outboxes, places, grants);
        courses::allocate(&scene, outboxes, places, grants);
        let vacancies = hiring::hire(&scene, outboxes, internal, memory, places, grants);
        let supported = support::allocate(&scene, scale, &self.chunks, outboxes, places, grants);
        watch(Phase::Match);
        self.receive(&scene);
        watch(Phase::Receive);

        self.look_at_panel(&tables);
        let paid = self.places.take_spent();
        if self.month >= self.plan.start.0 {
            self.count(&tables, &vacancies, &seekers, &Paid { support: &supported, other: &paid });
            if follow_up::is_due(self.month - self.plan.start.0) {
                self.follow_up(&tables);
            }
            self.places.grow_posts(&tables);
        }
        watch(Phase::Count);
        self.places.turn(&tables, &baseline);
        self.month += 1;
        watch(Phase::Turn);
        debug_assert!(self.is_conserved(), "stocks no longer follow from people");
    }

    /// The month's tables; where hazards changed, people look ahead again, at once or when they are due.
    fn compile(&mut self, conditions: &Arc<Conditions>) -> Arc<Tables> {
        if let Some(tables) = &self.tables
            && (Arc::ptr_eq(&tables.conditions, conditions) || tables.conditions == *conditions)
        {
            let tables = Arc::clone(tables);
            if self.is_in_doubt {
                self.rethink(&tables, &Rethinking::in_work());
            }
            return tables;
        }
        let tables = Arc::new(Tables::new(conditions));
        if let Some(before) = self.tables.replace(Arc::clone(&tables)) {
            let mut rethinking = Rethinking::between(&before, &tables);
            if self.is_in_doubt {
                rethinking.settle_doubt();
            }
            self.rethink(&tables, &rethinking);
        }
        tables
    }

    fn rethink(&mut self, tables: &Tables, rethinking: &Rethinking<'_>) {
        self.is_in_doubt = rethinking.leaves_doubt();
        if !rethinking.is_needless() {
            let month = self.month;
            self.look_ahead(tables, |person, until| rethinking.concerns(person, month, until));
        }
    }

    /// Works out anew when people are due. Those for whom nothing changed are none the worse for it.
    fn look_ahead(&mut self, tables: &Tables, concerns: impl Fn(&Person, u16) -> bool + Sync) {
        let month = self.month;
        let look = |chunk: &mut Chunk| {
            for at in 0..chunk.people.len() {
                // Seekers who are refused go on by what they found out, until that month.
                if concerns(&chunk.people[at], chunk.wake[at].max(chunk.alone_until[at])) {
                    let mut person = chunk.people[at];
                    chunk.look_ahead(at, tables, &mut person, month);
                    chunk.people[at] = person;
                }
            }
        };
        if self.chunks.len() < FEW_CHUNKS {
            self.chunks.iter_mut().for_each(look);
        } else {
            self.chunks.par_iter_mut().for_each(look);
        }
    }

    #[cfg(test)]
    pub(super) fn look_ahead_for_everybody(&mut self) {
        if let Some(tables) = self.tables.clone() {
            self.look_ahead(&tables, |_, _| true);
        }
    }

    /// Everybody looks ahead under these conditions, whomever they concern.
    #[cfg(test)]
    pub(super) fn meet(&mut self, conditions: &Arc<Conditions>) {
        self.compile(conditions);
        self.is_in_doubt = false;
        self.look_ahead_for_everybody();
    }

    #[cfg(test)]
    pub(super) fn chunks(&self) -> &[Chunk] {
        &self.chunks
    }

    /// New pupils in September, and people from abroad.
    fn enter(&mut self, tables: &Tables, scale: f64) {
        let luck = self.luck;
        if Month(self.month).is_september() {
            self.drop_empty_chunks();
            for (ordinal, pupil) in entrants::pupils(tables, &luck, scale, self.month) {
                self.add(pupil, ordinal, NextEvent::end(pupil.end()));
            }
        }
        let entry = Entry { luck: &luck, tables, month: self.month };
        for (ordinal, person, next) in entrants::arrivals(&entry, scale, self.plan.first_month().0) {
            self.add(person, ordinal, next);
        }
        self.outboxes.resize_with(self.chunks.len(), || Outbox::new(self.plan.regions));
        self.grants.resize(self.chunks.len(), Vec::new());
    }

    /// Takes in somebody with this number in their group.
    fn add(&mut self, person: Person, ordinal: u32, next: NextEvent) {
        self.places.add(&person);
        let cohort = cohort_of(person.birth);
        let at = match self.open.get(&cohort) {
            Some(at) if self.chunks[*at].people.len() < CHUNK => *at,
            _ => {
                self.chunks.push(Chunk::new(cohort));
                self.open.insert(cohort, self.chunks.len() - 1);
                self.chunks.len() - 1
            }
        };
        if let Some(panel) = &mut self.panel {
            panel.meet(&self.luck, &person, ordinal, at, self.chunks[at].people.len());
        }
        self.chunks[at].push(person, next);
    }

    /// Looks at those who are followed, if any are.
    fn look_at_panel(&mut self, tables: &Arc<Tables>) {
        if let Some(panel) = &mut self.panel {
            let gain = &self.places.productivity_gain;
            panel.look(&PanelView { tables, gain, month: self.month, start: self.plan.start.0 }, &self.chunks);
        }
    }

    fn follow_up(&mut self, tables: &Tables) {
        let view = FollowUpView { tables, gain: &self.places.productivity_gain, month: self.month };
        let counts = view.count(&self.chunks, Cells::new(self.plan.regions));
        if let Some(tally) = self.tallies.periods.last_mut() {
            tally.follow_up = Some(counts);
        }
    }

    /// Drops chunks whose last person has gone.
    fn drop_empty_chunks(&mut self) {
        if let Some(panel) = &mut self.panel {
            let mut kept = 0..;
            let places = self.chunks.iter().map(|chunk| (chunk.present > 0).then(|| kept.next()).flatten());
            panel.move_chunks(&places.collect::<Vec<_>>());
        }
        self.chunks.retain(|chunk| chunk.present > 0);
        self.open = self.chunks.iter().enumerate().map(|(at, chunk)| (chunk.cohort, at)).collect();
    }

    fn live(&mut self, scene: &Scene<'_>) {
        let pairs = (&mut self.chunks, &mut self.outboxes);
        if pairs.0.len() < FEW_CHUNKS {
            pairs.0.iter_mut().zip(pairs.1).for_each(|(chunk, outbox)| transitions::live(scene, chunk, outbox));
        } else {
            pairs.into_par_iter().for_each(|(chunk, outbox)| transitions::live(scene, chunk, outbox));
        }
        self.take_over();
    }

    fn receive(&mut self, scene: &Scene<'_>) {
        let triples = (&mut self.chunks, &mut self.outboxes, &mut self.grants);
        let receive = |((chunk, outbox), grants): ((&mut Chunk, &mut Outbox), &mut Vec<(u16, Grant)>)| {
            transitions::receive(scene, chunk, outbox, grants);
        };
        if triples.0.len() < FEW_CHUNKS {
            triples.0.iter_mut().zip(triples.1).zip(triples.2).for_each(receive);
        } else {
            triples.0.par_iter_mut().zip(triples.1).zip(triples.2).for_each(receive);
        }
        self.take_over();
    }

    fn take_over(&mut self) {
        for outbox in &self.outboxes {
            self.places.take_over(&outbox.flow);
        }
    }

    /// First month of the period being counted; never during the warm-up.
    fn counted_since(&self) -> u16 {
        match self.month.checked_sub(self.plan.start.0) {
            Some(since) => self.month - since % self.plan.months_per_period,
            None => NEVER,
        }
    }

    /// Counts the spells that go on at the end of the period so far.
    fn close_period(&mut self) {
        if let Some(tally) = self.tallies.periods.last_mut() {
            record::close(tally, &self.chunks, self.month);
        }
    }

    fn count(&mut self, tables: &Tables, vacancies: &[VacancyTally], seekers: &[i64], paid: &Paid<'_>) {
        let scale = f64::from(self.plan.scale);
        let index = usize::from((self.month - self.plan.start.0) / self.plan.months_per_period);
        if self.tallies.periods.len() <= index {
            self.tallies.periods.push(PeriodTally::new(Month(self.month), Cells::new(self.plan.regions)));
        }
        let tally = &mut self.tallies.periods[index];
        tally.months += 1;
        if self.plan.survey == Survey::Taken {
            let view = SurveyView { tables, gain: &self.places.productivity_gain, month: self.month };
            let cells = tally.cells;
            view.take(tally.survey.get_or_insert_with(|| SurveyTally::new(cells)), &self.chunks, cells);
        }
        record::count_flows(tally, &self.outboxes, tables, scale);
        record::count_spending(tally, paid, tables, scale);
        record::count_vacancies(tally, vacancies, &self.places, seekers);
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
            && places
                .apprenticeships
                .iter()
                .chain(&places.courses)
                .chain(&places.extra_courses)
                .all(|left| *left >= -1e-6)
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
            let years = (start.0 - plan.first_month().0) / MONTHS_A_YEAR;
            assert!((25..=26).contains(&years));
        }
    }
}
