//! Counts of the yearly follow-up: what a stock of states cannot hold.

use crate::domain::{JobClass, Kind, Route};
use crate::engine::tally::Cells;

/// Ages (completed years) at which people are followed up.
pub const FOLLOW_UP_AGES: [u16; 2] = [25, 30];
/// Ranks are counted in parts of this many: 0 is the lowest, and the mean of everybody is half of it.
pub const RANKS: u64 = 65_536;

/// Pay and parents' pay of people of one age and cell, as sums over people.
///
/// Ranks are those among everybody of the same age who grew up in a region of the world, in parts of [`RANKS`];
/// people of equal pay share the middle of their ranks. People without pay share the lowest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct IncomeTally {
    /// People who grew up in a region of the world.
    pub people: u64,
    /// Their parents' ranks.
    pub parents: u64,
    /// Their own ranks.
    pub own: u64,
    /// Squares of their parents' ranks.
    pub parents_squared: u64,
    /// Products of both ranks.
    pub products: u64,
    /// Those paid more, in real terms, than their parents were at their age.
    pub above_parents: u64,
}

impl IncomeTally {
    /// Adds one person, of rank `own`, whose parents have rank `parents`.
    pub fn count(&mut self, parents: u64, own: u64, is_above: AboveParents) {
        self.people += 1;
        self.parents += parents;
        self.own += own;
        self.parents_squared += parents * parents;
        self.products += parents * own;
        self.above_parents += u64::from(is_above == AboveParents::Yes);
    }

    /// Adds the sums of other people.
    pub fn add(&mut self, other: &Self) {
        self.people += other.people;
        self.parents += other.parents;
        self.own += other.own;
        self.parents_squared += other.parents_squared;
        self.products += other.products;
        self.above_parents += other.above_parents;
    }
}

/// Whether somebody is paid more than their parents were at their age.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AboveParents {
    /// Paid more.
    Yes,
    /// Paid as much or less, or not paid.
    No,
}

/// People of certain ages in the last month of a counted year. Everybody is seen once at each age.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FollowUp {
    /// Cells of the world.
    pub cells: Cells,
    /// People in a job (apprentices left out) by age of [`FOLLOW_UP_AGES`], cell, [`Route`] and [`JobClass`].
    pub routes: Vec<u32>,
    /// Pay against that of parents by age of [`FOLLOW_UP_AGES`] and cell.
    pub incomes: Vec<IncomeTally>,
}

impl FollowUp {
    /// Nothing counted yet.
    #[must_use]
    pub fn new(cells: Cells) -> Self {
        Self {
            cells,
            routes: vec![0; FOLLOW_UP_AGES.len() * cells.count() * Route::count() * JobClass::count()],
            incomes: vec![IncomeTally::default(); FOLLOW_UP_AGES.len() * cells.count()],
        }
    }

    /// Position in `routes`; `age` indexes [`FOLLOW_UP_AGES`].
    #[must_use]
    pub fn route_at(&self, age: usize, cell: usize, route: Route, class: JobClass) -> usize {
        ((age * self.cells.count() + cell) * Route::count() + route as usize) * JobClass::count() + class as usize
    }

    /// Position in `incomes`; `age` indexes [`FOLLOW_UP_AGES`].
    #[must_use]
    pub fn income_at(&self, age: usize, cell: usize) -> usize {
        age * self.cells.count() + cell
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_of_parts_are_the_sum_of_all() {
        let (mut all, mut one, mut other) = (IncomeTally::default(), IncomeTally::default(), IncomeTally::default());
        for (part, parents, own, above) in [(0, 3, 5, AboveParents::Yes), (1, 2, 7, AboveParents::No)] {
            all.count(parents, own, above);
            if part == 0 { &mut one } else { &mut other }.count(parents, own, above);
        }
        one.add(&other);
        assert_eq!(one, all);
        let expected =
            IncomeTally { people: 2, parents: 5, own: 12, parents_squared: 13, products: 29, above_parents: 1 };
        assert_eq!(all, expected);
    }

    #[test]
    fn positions_fill_the_tables_without_gap() {
        let follow_up = FollowUp::new(Cells::new(2));
        let last = follow_up.cells.count() - 1;
        assert_eq!(
            follow_up.route_at(1, last, Route::Apprenticeship, JobClass::Professional) + 1,
            follow_up.routes.len()
        );
        assert_eq!(follow_up.income_at(1, last) + 1, follow_up.incomes.len());
    }
}
