//! A tally for hand-worked examples: one region, everybody a woman who grew up there.

use super::{Counted, all_measures};
use crate::calendar::Month;
use crate::domain::{JobClass, Level, Origin, Qualification, Region, Route, Sex};
use crate::engine::tally::survey::{Activity, Spell, SurveyTally};
use crate::engine::tally::{
    AboveParents, Cells, FOLLOW_UP_AGES, FollowUp, MARK_AGES, PAY_AGES, PeriodTally, Slice, Standing, Status,
};
use strum::VariantArray;

/// The scale of the examples: one agent stands for ten people.
pub const SCALE: u32 = 10;

/// A tally being filled in.
pub struct Sheet {
    pub period: PeriodTally,
}

impl Sheet {
    /// Three months in which nothing happened.
    pub fn new() -> Self {
        let mut period = PeriodTally::new(Month::new(2025, 9).unwrap(), Cells::new(1));
        period.months = 3;
        period.survey = Some(SurveyTally::new(period.cells));
        Self { period }
    }

    /// Three months in which something of everything happened.
    pub fn crowded() -> Self {
        let mut sheet = Self::new();
        let survey = sheet.period.survey.as_mut().unwrap();
        for at_risk in &mut survey.at_risk {
            *at_risk = 40;
        }
        for counts in [
            &mut sheet.period.stock,
            &mut sheet.period.marks,
            &mut sheet.period.pay,
            &mut survey.people,
            &mut survey.pay,
            &mut survey.exits,
            &mut survey.destinations,
        ] {
            for (index, count) in counts.iter_mut().enumerate() {
                *count = u32::try_from(1 + index % 7).unwrap();
            }
        }
        for count in &mut sheet.follow_up().routes {
            *count = 3;
        }
        for (rank, income) in [(0, AboveParents::No), (1, AboveParents::Yes)] {
            for sum in &mut sheet.follow_up().incomes {
                sum.count(rank, rank, income);
            }
        }
        sheet.period.starts.fill(8);
        sheet.period.completions.fill(3);
        for vacancy in &mut sheet.period.vacancies {
            vacancy.open = 10;
            vacancy.shortage = 3;
        }
        sheet
    }

    fn cells(&self, origin: Option<Origin>) -> [usize; 3] {
        let upbringing = origin.map(|_| Region(0));
        self.period.cells.of_person(Region(0), upbringing, origin, Sex::Female)
    }

    /// Adds person-months.
    pub fn stock(mut self, age: u16, status: Status, months: u32) -> Self {
        for cell in self.cells(Some(Origin::Intermediate)) {
            let at = self.period.stock_at(cell, age, status);
            self.period.stock[at] += months;
        }
        self
    }

    /// Adds people reaching a counted birthday.
    pub fn mark(mut self, age: u16, origin: Option<Origin>, what: (Qualification, Standing), people: u32) -> Self {
        let mark = MARK_AGES.iter().position(|known| *known == age).unwrap();
        for cell in self.cells(origin) {
            let at = self.period.mark_at(mark, cell, what.0, what.1);
            self.period.marks[at] += people;
        }
        self
    }

    /// Adds employed people reaching a birthday on which pay is counted.
    pub fn pay(mut self, age: u16, bin: usize, people: u32) -> Self {
        let mark = PAY_AGES.iter().position(|known| *known == age).unwrap();
        for cell in self.cells(Some(Origin::Intermediate)) {
            let at = self.period.pay_at(mark, cell, bin);
            self.period.pay[at] += people;
        }
        self
    }

    /// The survey.
    pub fn survey(&mut self) -> &mut SurveyTally {
        self.period.survey.as_mut().unwrap()
    }

    fn follow_up(&mut self) -> &mut FollowUp {
        let cells = self.period.cells;
        self.period.follow_up.get_or_insert_with(|| FollowUp::new(cells))
    }

    /// Adds people followed up in a job.
    pub fn route(mut self, age: u16, route: Route, class: JobClass, people: u32) -> Self {
        let age = FOLLOW_UP_AGES.iter().position(|known| *known == age).unwrap();
        for cell in self.cells(Some(Origin::Intermediate)) {
            let at = self.follow_up().route_at(age, cell, route, class);
            self.follow_up().routes[at] += people;
        }
        self
    }

    /// Adds one person followed up with these ranks of parents' and own pay.
    pub fn income(mut self, age: u16, origin: Origin, ranks: (u64, u64), above: AboveParents) -> Self {
        let age = FOLLOW_UP_AGES.iter().position(|known| *known == age).unwrap();
        for cell in self.cells(Some(origin)) {
            let at = self.follow_up().income_at(age, cell);
            self.follow_up().incomes[at].count(ranks.0, ranks.1, above);
        }
        self
    }

    /// Adds apprenticeship starts and half as many completions.
    pub fn starts(mut self, level: Level, age_group: usize, people: u32) -> Self {
        for cell in self.cells(Some(Origin::Intermediate)) {
            let at = self.period.start_at(cell, level, age_group);
            self.period.starts[at] += people;
            self.period.completions[at] += people / 2;
        }
        self
    }

    /// Adds people to the survey.
    pub fn surveyed(mut self, group: usize, qualification: Qualification, standing: Standing, people: u32) -> Self {
        for cell in self.cells(Some(Origin::Intermediate)) {
            let at = SurveyTally::person_at(self.period.cells, group, cell, qualification, standing);
            self.survey().people[at] += people;
        }
        self
    }

    /// Adds employed people to the survey.
    pub fn surveyed_pay(mut self, group: usize, bin: usize, people: u32) -> Self {
        for cell in self.cells(Some(Origin::Intermediate)) {
            let at = SurveyTally::pay_at(self.period.cells, group, cell, bin);
            self.survey().pay[at] += people;
        }
        self
    }

    /// Adds person-months at risk and exits.
    pub fn spell(mut self, kind: Qualification, spell: Spell, at_risk: u32, exits: &[(Activity, u32)]) -> Self {
        for cell in self.cells(Some(Origin::Intermediate)) {
            self.survey().at_risk[SurveyTally::spell_at(cell, kind, spell)] += at_risk;
            for (to, people) in exits {
                self.survey().exits[SurveyTally::exit_at(cell, kind, spell, *to)] += people;
            }
        }
        self
    }

    /// Adds people to a January of destinations.
    pub fn destination(mut self, stage: usize, status: Status, people: u32) -> Self {
        for cell in self.cells(Some(Origin::Intermediate)) {
            let at = SurveyTally::destination_at(self.period.cells, stage, cell, status);
            self.survey().destinations[at] += people;
        }
        self
    }

    /// Adds entries to higher education.
    pub fn entries(mut self, age: u16, people: u32) -> Self {
        for cell in self.cells(Some(Origin::Intermediate)) {
            self.survey().entries[SurveyTally::entry_at(cell, age).unwrap()] += people;
        }
        self
    }

    /// What everybody's measures read.
    pub fn counted(&self) -> Counted {
        Counted::new(&self.period, Slice::All, SCALE)
    }

    /// The value of a measure for everybody.
    pub fn value(&self, key: &str) -> Option<f64> {
        let measure = all_measures().iter().find(|measure| measure.key == key).unwrap();
        measure.form.value(measure.of(&self.counted()))
    }

    /// Asserts the value of a measure to nine digits.
    pub fn expect(&self, key: &str, expected: f64) {
        let found = self.value(key).unwrap();
        assert!((found - expected).abs() < 1e-9 * (1.0 + expected.abs()), "{key}: found {found}, expected {expected}");
    }

    /// One person-month in every status at `age`.
    pub fn one_of_each(self, age: u16) -> Self {
        Status::VARIANTS.iter().fold(self, |sheet, status| sheet.stock(age, *status, 1))
    }
}
