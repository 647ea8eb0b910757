//! The counts of one period about one slice, summed once so that each measure reads a few numbers.

use super::ages::Ages;
use super::sums::{add_each, sum_cells};
use super::surveyed::Surveyed;
use crate::domain::{AGES, FIRST_AGE, JobClass, Kind, Level, Origin, Qualification, Region, Route};
use crate::engine::tally::{FOLLOW_UP_AGES, IncomeTally, MARK_AGES, PAY_AGES, PAY_BINS, PeriodTally, QUALIFICATIONS};
use crate::engine::tally::{STANDINGS, START_AGES, STATUSES};
use crate::engine::tally::{Slice, SpendTally, Standing, Status, VacancyTally};
use strum::VariantArray;

/// The counts of one period about one slice, in agents (multiply by [`Counted::scale`] for people).
#[derive(Clone, Debug)]
pub struct Counted {
    scale: u32,
    months: u16,
    stock: Vec<u64>,
    marks: Vec<u64>,
    /// Marks of people with an origin class, by mark, origin, qualification and standing.
    origin_marks: Vec<u64>,
    youth: [u64; 5],
    routes: Vec<u64>,
    incomes: Vec<IncomeTally>,
    pay: Vec<u64>,
    starts: Vec<u64>,
    completions: Vec<u64>,
    vacancies: VacancyTally,
    spend: SpendTally,
    by_residence: Vec<Counted>,
    by_upbringing: Vec<Counted>,
    surveyed: Option<Surveyed>,
}

impl Counted {
    /// Sums the cells of `slice` in `period`; one agent stands for `scale` people. Everybody's counts hold those
    /// of each region besides.
    #[must_use]
    pub fn new(period: &PeriodTally, slice: Slice, scale: u32) -> Self {
        let places = if slice == Slice::All { period.cells.regions() } else { 0 };
        let each = |of: fn(Region) -> Slice| {
            Region::all(places).map(|region| Self::of_one(period, of(region), scale)).collect()
        };
        Self {
            by_residence: each(Slice::Residence),
            by_upbringing: each(|region| Slice::Upbringing(Some(region))),
            ..Self::of_one(period, slice, scale)
        }
    }

    /// Adds the counts of another period about the same slice: those of both months together.
    pub(super) fn add(&mut self, more: &Self) {
        self.months += more.months;
        let own = [
            (&mut self.stock, &more.stock),
            (&mut self.marks, &more.marks),
            (&mut self.origin_marks, &more.origin_marks),
            (&mut self.routes, &more.routes),
            (&mut self.pay, &more.pay),
            (&mut self.starts, &more.starts),
            (&mut self.completions, &more.completions),
        ];
        for (sums, more) in own {
            add_each(sums, more);
        }
        add_each(&mut self.youth, &more.youth);
        for (sum, more) in self.incomes.iter_mut().zip(&more.incomes) {
            sum.add(more);
        }
        add_vacancies(&mut self.vacancies, &more.vacancies);
        add_spend(&mut self.spend, &more.spend);
        for (sums, more) in
            [(&mut self.by_residence, &more.by_residence), (&mut self.by_upbringing, &more.by_upbringing)]
        {
            sums.iter_mut().zip(more).for_each(|(sum, more)| sum.add(more));
        }
        if let (Some(sum), Some(more)) = (&mut self.surveyed, &more.surveyed) {
            sum.add(more);
        }
    }

    /// The counts of a slice alone.
    fn of_one(period: &PeriodTally, slice: Slice, scale: u32) -> Self {
        let cells = period.cells.of_slice(slice);
        let total = period.cells.count();
        Self {
            scale,
            months: period.months,
            stock: sum_cells(&period.stock, &cells, total, AGES),
            marks: sum_cells(&period.marks, &cells, total, MARK_AGES.len()),
            origin_marks: sum_marks_by_origin(period, &cells),
            youth: sum_youth_by_origin(period, &cells),
            routes: sum_routes(period, &cells),
            incomes: sum_incomes(period, &cells),
            pay: sum_cells(&period.pay, &cells, total, PAY_AGES.len()),
            starts: sum_cells(&period.starts, &cells, total, 1),
            completions: sum_cells(&period.completions, &cells, total, 1),
            vacancies: sum_vacancies(period, slice),
            spend: sum_spend(period, slice),
            by_residence: Vec::new(),
            by_upbringing: Vec::new(),
            surveyed: Surveyed::new(period, slice),
        }
    }

    /// People that one agent stands for.
    #[must_use]
    pub fn scale(&self) -> f64 {
        f64::from(self.scale)
    }

    /// The length of the period in years.
    #[must_use]
    pub fn years(&self) -> f64 {
        f64::from(self.months) / 12.0
    }

    /// Person-months spent at these ages (completed years) in these statuses.
    #[must_use]
    pub fn stock(&self, ages: Ages, statuses: &[Status]) -> u64 {
        let row = |age: u16| usize::from(age - FIRST_AGE) * STATUSES;
        ages.each().map(|age| statuses.iter().map(|status| self.stock[row(age) + *status as usize]).sum::<u64>()).sum()
    }

    /// Person-months spent at these ages (completed years) in any status.
    #[must_use]
    pub fn everybody(&self, ages: Ages) -> u64 {
        self.stock(ages, Status::VARIANTS)
    }

    /// People reaching `age` with at least `lowest`.
    #[must_use]
    pub fn qualified(&self, age: u16, lowest: Qualification) -> u64 {
        self.qualified_and_standing(age, lowest, Standing::VARIANTS)
    }

    /// People reaching `age` in these standings.
    #[must_use]
    pub fn standing(&self, age: u16, standings: &[Standing]) -> u64 {
        let kinds = Qualification::VARIANTS.iter();
        kinds.map(|kind| standings.iter().map(|standing| self.mark(age, *kind, *standing)).sum::<u64>()).sum()
    }

    /// People reaching `age` with at least `lowest`, in these standings.
    #[must_use]
    pub fn qualified_and_standing(&self, age: u16, lowest: Qualification, standings: &[Standing]) -> u64 {
        let kinds = Qualification::VARIANTS.iter().filter(|kind| **kind >= lowest);
        kinds.map(|kind| standings.iter().map(|standing| self.mark(age, *kind, *standing)).sum::<u64>()).sum()
    }

    /// People of one origin class reaching `age` in one standing.
    #[must_use]
    pub fn standing_from(&self, age: u16, origin: Origin, standing: Standing) -> u64 {
        Qualification::VARIANTS.iter().map(|kind| self.mark_from(age, origin, *kind, standing)).sum()
    }

    /// People of one origin class reaching `age` with at least `lowest`.
    #[must_use]
    pub fn qualified_from(&self, age: u16, origin: Origin, lowest: Qualification) -> u64 {
        let kinds = Qualification::VARIANTS.iter().filter(|kind| **kind >= lowest);
        let everybody = |kind: &Qualification| {
            Standing::VARIANTS.iter().map(|standing| self.mark_from(age, origin, *kind, *standing)).sum::<u64>()
        };
        kinds.map(everybody).sum()
    }

    /// Person-months at ages 16-24 of people of one origin class.
    #[must_use]
    pub fn youth_from(&self, origin: Origin) -> u64 {
        self.youth[origin as usize]
    }

    /// People of `age` who hold a job of one class (apprentices left out) by one route.
    #[must_use]
    pub fn by_route(&self, age: u16, route: Route, class: JobClass) -> u64 {
        let row = index_of(&FOLLOW_UP_AGES, age) * Route::count() + route as usize;
        self.routes[row * JobClass::count() + class as usize]
    }

    /// Pay of people of `age` against that of their parents.
    #[must_use]
    pub fn incomes(&self, age: u16) -> IncomeTally {
        self.incomes[index_of(&FOLLOW_UP_AGES, age)]
    }

    /// The counts of those who live in each region; none unless these are the counts of everybody.
    #[must_use]
    pub fn by_residence(&self) -> &[Self] {
        &self.by_residence
    }

    /// The counts of those who grew up in each region; none unless these are the counts of everybody.
    #[must_use]
    pub fn by_upbringing(&self) -> &[Self] {
        &self.by_upbringing
    }

    /// Employed people (apprentices included) reaching `age`, by pay bin.
    #[must_use]
    pub fn pay(&self, age: u16) -> &[u64] {
        let at = index_of(&PAY_AGES, age) * PAY_BINS;
        &self.pay[at..at + PAY_BINS]
    }

    /// Apprenticeship starts at these levels in these age groups (indices of [`START_AGES`]).
    #[must_use]
    pub fn starts(&self, levels: &[Level], age_groups: &[usize]) -> u64 {
        by_level_and_age(&self.starts, levels, age_groups)
    }

    /// Apprenticeships completed, likewise; the age is that at completion.
    #[must_use]
    pub fn completions(&self, levels: &[Level], age_groups: &[usize]) -> u64 {
        by_level_and_age(&self.completions, levels, age_groups)
    }

    /// Vacancies of every class of job; zero unless the slice is everybody or a region of residence.
    #[must_use]
    pub fn vacancies(&self) -> VacancyTally {
        self.vacancies
    }

    /// Public money; zero unless the slice is everybody or a region of residence.
    #[must_use]
    pub fn spend(&self) -> SpendTally {
        self.spend
    }

    /// What a household survey found, if one was taken.
    #[must_use]
    pub fn surveyed(&self) -> Option<&Surveyed> {
        self.surveyed.as_ref()
    }

    fn mark_from(&self, age: u16, origin: Origin, qualification: Qualification, standing: Standing) -> u64 {
        let row = index_of(&MARK_AGES, age) * Origin::count() + origin as usize;
        self.origin_marks[(row * QUALIFICATIONS + qualification as usize) * STANDINGS + standing as usize]
    }

    fn mark(&self, age: u16, qualification: Qualification, standing: Standing) -> u64 {
        let row = index_of(&MARK_AGES, age) * Qualification::count() + qualification as usize;
        self.marks[row * STANDINGS + standing as usize]
    }
}

/// People reaching each mark by origin class, qualification and standing; those without an origin are left out.
fn sum_marks_by_origin(period: &PeriodTally, cells: &[usize]) -> Vec<u64> {
    let mut sums = vec![0; MARK_AGES.len() * Origin::count() * QUALIFICATIONS * STANDINGS];
    for mark in 0..MARK_AGES.len() {
        for cell in cells {
            let Some(origin) = period.cells.origin_of(*cell) else { continue };
            for qualification in Qualification::VARIANTS {
                for standing in Standing::VARIANTS {
                    let row = (mark * Origin::count() + origin as usize) * QUALIFICATIONS + *qualification as usize;
                    let at = row * STANDINGS + *standing as usize;
                    sums[at] += u64::from(period.marks[period.mark_at(mark, *cell, *qualification, *standing)]);
                }
            }
        }
    }
    sums
}

/// Person-months at ages 16 to 24 by origin class; those without one are left out.
fn sum_youth_by_origin(period: &PeriodTally, cells: &[usize]) -> [u64; 5] {
    let mut sums = [0; 5];
    for cell in cells {
        let Some(origin) = period.cells.origin_of(*cell) else { continue };
        for age in FIRST_AGE..25 {
            let at = period.stock_at(*cell, age, Status::SixthForm);
            sums[origin as usize] += period.stock[at..at + STATUSES].iter().map(|count| u64::from(*count)).sum::<u64>();
        }
    }
    sums
}

/// Jobs by age, route and class; nothing in a period in which no year ends.
fn sum_routes(period: &PeriodTally, cells: &[usize]) -> Vec<u64> {
    match &period.follow_up {
        Some(follow_up) => sum_cells(&follow_up.routes, cells, period.cells.count(), FOLLOW_UP_AGES.len()),
        None => vec![0; FOLLOW_UP_AGES.len() * Route::count() * JobClass::count()],
    }
}

fn sum_incomes(period: &PeriodTally, cells: &[usize]) -> Vec<IncomeTally> {
    let mut sums = vec![IncomeTally::default(); FOLLOW_UP_AGES.len()];
    if let Some(follow_up) = &period.follow_up {
        for (age, sum) in sums.iter_mut().enumerate() {
            for cell in cells {
                sum.add(&follow_up.incomes[follow_up.income_at(age, *cell)]);
            }
        }
    }
    sums
}

fn sum_vacancies(period: &PeriodTally, slice: Slice) -> VacancyTally {
    let mut total = VacancyTally::default();
    let classes = period.vacancies.len() / period.cells.regions().max(1);
    for region in regions_of(slice, period.cells.regions()) {
        for tally in &period.vacancies[region * classes..(region + 1) * classes] {
            add_vacancies(&mut total, tally);
        }
    }
    total
}

fn add_vacancies(total: &mut VacancyTally, more: &VacancyTally) {
    total.open += more.open;
    total.filled += more.filled;
    total.shortage += more.shortage;
    total.seekers += more.seekers;
    total.held += more.held;
}

fn sum_spend(period: &PeriodTally, slice: Slice) -> SpendTally {
    let mut total = SpendTally::default();
    for region in regions_of(slice, period.cells.regions()) {
        add_spend(&mut total, &period.spend[region]);
    }
    total
}

fn add_spend(total: &mut SpendTally, more: &SpendTally) {
    total.apprenticeships_gbp += more.apprenticeships_gbp;
    total.support_gbp += more.support_gbp;
    total.other_gbp += more.other_gbp;
}

/// The regions whose counts that are kept by region alone belong to a slice.
fn regions_of(slice: Slice, regions: usize) -> std::ops::Range<usize> {
    match slice {
        Slice::All => 0..regions,
        Slice::Residence(Region(region)) => usize::from(region)..usize::from(region) + 1,
        Slice::ResidenceOrigin(..)
        | Slice::Upbringing(_)
        | Slice::UpbringingOrigin(..)
        | Slice::Origin(_)
        | Slice::Sex(_)
        | Slice::OriginSex(..) => 0..0,
    }
}

fn by_level_and_age(table: &[u64], levels: &[Level], age_groups: &[usize]) -> u64 {
    let row = |level: Level| level as usize * START_AGES.len();
    levels.iter().map(|level| age_groups.iter().map(|group| table[row(*level) + group]).sum::<u64>()).sum()
}

/// The place of `age` in a list of ages; a measure that asks for another is a mistake in this room.
fn index_of(ages: &[u16], age: u16) -> usize {
    let found = ages.iter().position(|known| *known == age);
    debug_assert!(found.is_some(), "nothing is counted at age {age}");
    found.unwrap_or(0)
}

const _: () = assert!(AGES == 24 && FIRST_AGE == 16);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Month;
    use crate::domain::Sex;
    use crate::engine::tally::Cells;
    use crate::outcomes::statuses::EMPLOYED_STANDINGS;

    #[test]
    fn every_slice_family_counts_every_person_month_once() {
        let mut period = PeriodTally::new(Month(1500), Cells::new(2));
        for (upbringing, origin) in [(Some(Region(0)), Some(Origin::Intermediate)), (None, None)] {
            for cell in period.cells.of_person(Region(1), upbringing, origin, Sex::Female) {
                let at = period.stock_at(cell, 20, Status::Working);
                period.stock[at] += 3;
            }
        }
        let months = |slice| Counted::new(&period, slice, 100).everybody(Ages::ALL);
        assert_eq!(months(Slice::All), 6);
        assert_eq!(months(Slice::Residence(Region(1))), 6);
        assert_eq!(months(Slice::Residence(Region(0))), 0);
        assert_eq!(months(Slice::Upbringing(None)), 3);
        assert_eq!(months(Slice::Origin(Origin::Intermediate)), 3);
        assert_eq!(months(Slice::OriginSex(Origin::Intermediate, Sex::Male)), 0);
    }

    #[test]
    fn people_from_abroad_are_in_no_origin_but_in_every_total() {
        let mut period = PeriodTally::new(Month(1500), Cells::new(1));
        for (upbringing, origin) in [(Some(Region(0)), Some(Origin::LowerWorking)), (None, None)] {
            for cell in period.cells.of_person(Region(0), upbringing, origin, Sex::Male) {
                let at = period.mark_at(1, cell, Qualification::Level3, Standing::Professional);
                period.marks[at] += 5;
            }
        }
        let counted = Counted::new(&period, Slice::Residence(Region(0)), 1);
        assert_eq!(counted.standing(25, &EMPLOYED_STANDINGS), 10);
        assert_eq!(counted.standing_from(25, Origin::LowerWorking, Standing::Professional), 5);
        let from_all_origins =
            Origin::VARIANTS.iter().map(|origin| counted.standing_from(25, *origin, Standing::Professional));
        assert_eq!(from_all_origins.sum::<u64>(), 5);
    }
}
