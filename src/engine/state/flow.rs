//! What changed in one chunk this month: net stocks by place, and things to be counted.
//!
//! A changed person replaces what they were, so that stocks follow from what people are and cannot
//! drift from it. Person-months are counted when a spell ends, or when a period does, all at once.

use super::person::Person;
use super::posts::post;
use super::status_spell::StatusSpell;
use super::survey_change::SurveyChange;
use crate::calendar::Month;
use crate::domain::{JobClass, Kind, Level, Qualification, Region, State};
use crate::engine::tally::{Cells, Standing};

/// A start or completion that is counted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ApprenticeshipEvent {
    pub kind: ApprenticeshipEventKind,
    pub level: Level,
    /// Index into the age groups of starts.
    pub age_group: usize,
    pub cells: [usize; 3],
    pub region: Region,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ApprenticeshipEventKind {
    Start,
    Completion,
}

/// A birthday on which qualification, standing and pay are counted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Birthday {
    /// Index into the ages that are counted.
    pub mark: usize,
    pub cells: [usize; 3],
    pub qualification: Qualification,
    pub standing: Standing,
    /// Index into the ages and bins of pay, for employed people of those ages.
    pub pay: Option<(usize, usize)>,
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
    /// Spells that ended.
    pub spells: Vec<StatusSpell>,
    pub events: Vec<ApprenticeshipEvent>,
    /// Moves between regions.
    pub moves: Vec<(Region, Region)>,
    pub birthdays: Vec<Birthday>,
    /// Public money paid to people, by region (GBP for each agent's one person).
    pub spent_gbp: Vec<f64>,
    /// Posts that hires open which would not be there without a subsidy, by region and class.
    pub subsidised_posts: Vec<f64>,
    /// Changes that a survey sees.
    pub changes: Vec<SurveyChange>,
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
            subsidised_posts: vec![0.0; classes],
            ..Self::default()
        }
    }

    /// Forgets everything, but keeps the memory.
    pub fn clear(&mut self) {
        self.clear_stocks();
        self.spells.clear();
        self.events.clear();
        self.moves.clear();
        self.birthdays.clear();
        self.changes.clear();
    }

    /// Forgets the changes of stocks.
    pub fn clear_stocks(&mut self) {
        for stocks in [&mut self.held, &mut self.to_older, &mut self.residents, &mut self.unemployed] {
            stocks.fill(0);
        }
        self.spent_gbp.fill(0.0);
        self.subsidised_posts.fill(0.0);
        self.people = 0;
    }

    pub fn cells(&self) -> Cells {
        Cells::new(self.residents.len())
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
        // Added whether or not there is something to add: branches would be guessed wrong too often.
        let class = person.state.job_class().unwrap_or(JobClass::Working);
        let holds = person.state.job_class().is_some() & !person.is_guaranteed();
        self.held[post(person.region, class)] += by * i64::from(holds);
        self.unemployed[region] += by * i64::from(person.state == State::Unemployed);
    }

    /// Puts a changed person in the place of what they were, and counts what ended and a move if there was
    /// one. Months before `since` are not counted.
    pub fn replace(&mut self, before: &Person, after: &mut Person, month: Month, since: Month) {
        if before.is_counted_as(after) {
            return;
        }
        self.count(before, -1);
        self.count(after, 1);
        if before.counted.max(since) < month {
            self.spells.push(StatusSpell::of(before, self.cells(), since, month));
        }
        after.counted = month;
        if before.region != after.region && after.state != State::Gone {
            self.moves.push((before.region, after.region));
        }
    }

    /// Counts an apprenticeship event of a person.
    pub fn note(&mut self, kind: ApprenticeshipEventKind, person: &Person, level: Level, month: Month) {
        let age_group = match person.age(month) {
            0..=18 => 0,
            19..=24 => 1,
            _ => 2,
        };
        let cells = self.cells().of(person);
        self.events.push(ApprenticeshipEvent { kind, level, age_group, cells, region: person.region });
    }
}
