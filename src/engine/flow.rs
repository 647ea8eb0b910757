//! What changed in one chunk this month: net stocks by place, and things to be counted.
//!
//! A changed person replaces what they were, so that stocks follow from what people are and cannot
//! drift from it.

use crate::domain::{JobClass, Kind, Level, Region, State};
use crate::engine::population::Person;
use crate::engine::tally::Cells;

/// A counted event.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Event {
    pub kind: EventKind,
    pub level: Level,
    /// Index into the age groups of starts.
    pub age_group: usize,
    pub cells: [usize; 3],
    pub region: Region,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EventKind {
    ApprenticeshipStart,
    ApprenticeshipCompletion,
}

/// Net changes of one chunk in one month.
#[derive(Clone, Debug, Default)]
pub(crate) struct Flow {
    /// Posts held by people aged 16-39, by region and class.
    pub held: Vec<i64>,
    /// Posts that their holder took past the leaving age.
    pub to_older: Vec<i64>,
    /// People past compulsory schooling, by region.
    pub residents: Vec<i64>,
    /// Unemployed people, by region.
    pub unemployed: Vec<i64>,
    /// People in the model.
    pub people: i64,
    pub events: Vec<Event>,
    /// Moves between regions.
    pub moves: Vec<(Region, Region)>,
    /// Public money paid to people, by region (GBP for each agent's one person).
    pub spent_gbp: Vec<f64>,
}

impl Flow {
    pub fn new(regions: usize) -> Self {
        let classes = regions * JobClass::count();
        Self {
            held: vec![0; classes],
            to_older: vec![0; classes],
            residents: vec![0; regions],
            unemployed: vec![0; regions],
            spent_gbp: vec![0.0; regions],
            ..Self::default()
        }
    }

    /// Puts a person into all stocks.
    pub fn add(&mut self, person: &Person) {
        self.count(person, 1);
    }

    fn count(&mut self, person: &Person, by: i64) {
        if person.state == State::Gone {
            return;
        }
        self.people += by;
        if person.is_pupil() {
            return;
        }
        let region = person.region.index();
        self.residents[region] += by;
        if let Some(class) = person.post_class() {
            self.held[post(person.region, class)] += by;
        }
        if person.state == State::Unemployed {
            self.unemployed[region] += by;
        }
    }

    /// Puts a changed person in the place of what they were, and counts a move if there was one.
    pub fn replace(&mut self, before: &Person, after: &Person) {
        let is_alike = before.state == after.state
            && before.region == after.region
            && before.is_pupil() == after.is_pupil()
            && before.post_class() == after.post_class();
        if is_alike {
            return;
        }
        self.count(before, -1);
        self.count(after, 1);
        if before.region != after.region && after.state != State::Gone {
            self.moves.push((before.region, after.region));
        }
    }

    /// Counts an apprenticeship event of a person.
    pub fn note(&mut self, kind: EventKind, person: &Person, level: Level, month: u16) {
        let age_group = match person.age(month) {
            0..=18 => 0,
            19..=24 => 1,
            _ => 2,
        };
        let regions = self.residents.len();
        let cells = Cells::new(regions).of_person(
            person.region,
            person.upbringing_region(),
            person.reported_origin(),
            person.sex(),
        );
        self.events.push(Event { kind, level, age_group, cells, region: person.region });
    }
}

/// The index of a region's posts of a class.
pub(crate) fn post(region: Region, class: JobClass) -> usize {
    region.index() * JobClass::count() + class as usize
}
