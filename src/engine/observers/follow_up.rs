//! The yearly follow-up: once a year, people of certain ages, in whole numbers.
//!
//! It counts what a stock of states cannot hold: by which route people came to their job, and how their pay
//! stands to that of their parents. Ranks need everybody of an age at once, so that it looks twice: first at
//! who is paid what, then at where that stands. It changes nobody.

use super::view::MonthView;
use crate::calendar::MONTHS_A_YEAR;
use crate::domain::{JobClass, Route};
use crate::engine::events::pay::log_pay_beside_parents;
use crate::engine::state::chunk::Chunk;
use crate::engine::state::person::{Person, cohort_of};
use crate::engine::tally::{AboveParents, Cells, FOLLOW_UP_AGES, FollowUp, PAY_BINS, RANKS, pay_bin};
use rayon::prelude::*;

/// Whether the follow-up is due at the end of a month, counted from the first month that is counted.
pub(crate) fn is_due(month_since_start: u16) -> bool {
    (month_since_start + 1).is_multiple_of(MONTHS_A_YEAR)
}

/// One person as the follow-up sees them, in few bytes: there may be millions.
#[derive(Clone, Copy, Debug)]
struct PersonAtAge {
    cells: [u16; 3],
    /// Index of [`FOLLOW_UP_AGES`].
    age: u8,
    /// Route and class, of people in a job.
    job: Option<(Route, JobClass)>,
    income: Option<Income>,
}

/// Pay of somebody who grew up in a region of the world.
#[derive(Clone, Copy, Debug)]
struct Income {
    /// Bin of pay, counted from 1; 0 for people without pay.
    own: u8,
    /// Bin of parents' pay, likewise.
    parents: u8,
    above: AboveParents,
}

/// Bins of pay, and one for people without pay.
const BINS: usize = PAY_BINS + 1;

/// The counts of everybody of a followed age.
pub(crate) fn count(view: &MonthView<'_>, cells: Cells) -> FollowUp {
    let followed: Vec<Vec<PersonAtAge>> = view.chunks.par_iter().map(|chunk| look(view, chunk, cells)).collect();
    let people = || followed.iter().flatten();
    let ranks = ranks(people());
    let mut counts = FollowUp::new(cells);
    for person in people() {
        let age = usize::from(person.age);
        for cell in person.cells.map(usize::from) {
            if let Some((route, class)) = person.job {
                let at = counts.route_at(age, cell, route, class);
                counts.routes[at] += 1;
            }
            if let Some(income) = person.income {
                let own = ranks[age].own[usize::from(income.own)];
                let parents = ranks[age].parents[usize::from(income.parents)];
                let at = counts.income_at(age, cell);
                counts.incomes[at].count(parents, own, income.above);
            }
        }
    }
    counts
}

fn look(view: &MonthView<'_>, chunk: &Chunk, cells: Cells) -> Vec<PersonAtAge> {
    let births = FOLLOW_UP_AGES.map(|age| view.month - age * MONTHS_A_YEAR);
    // Months of birth of one age lie in two cohorts.
    if !births.iter().any(|last| (cohort_of(*last - (MONTHS_A_YEAR - 1))..=cohort_of(*last)).contains(&chunk.cohort)) {
        return Vec::new();
    }
    chunk.people.iter().filter_map(|person| follow(view, person, cells)).collect()
}

fn follow(view: &MonthView<'_>, person: &Person, cells: Cells) -> Option<PersonAtAge> {
    let years = person.age(view.month);
    let age = FOLLOW_UP_AGES.iter().position(|age| *age == years).filter(|_| !person.has_gone())?;
    let cells = cells.of_person(person.region, person.upbringing_region(), person.reported_origin(), person.sex());
    Some(PersonAtAge {
        cells: cells.map(|cell| u16::try_from(cell).unwrap_or(u16::MAX)),
        age: narrow(age),
        job: person.state.job_class().map(|class| (person.route(), class)),
        income: income(view, person),
    })
}

/// Pay beside that of parents; `None` for people who grew up abroad.
fn income(view: &MonthView<'_>, person: &Person) -> Option<Income> {
    let pay = &view.rates.of(person, view.month).pay;
    let (own, parents) = log_pay_beside_parents(person, pay, view.gain, view.month)?;
    let above = if own.is_some_and(|own| own > parents) { AboveParents::Yes } else { AboveParents::No };
    let bin = |log_pay| narrow(pay_bin(log_pay) + 1);
    Some(Income { own: own.map_or(0, bin), parents: bin(parents), above })
}

/// An index into one of the short tables of this file.
fn narrow(index: usize) -> u8 {
    u8::try_from(index).unwrap_or(u8::MAX)
}

const _: () = assert!(BINS <= 256 && std::mem::size_of::<PersonAtAge>() <= 16);

/// The rank of each bin of pay among people of one age, in parts of [`RANKS`].
struct Ranks {
    own: Vec<u64>,
    parents: Vec<u64>,
}

fn ranks<'a>(followed: impl Iterator<Item = &'a PersonAtAge>) -> [Ranks; FOLLOW_UP_AGES.len()] {
    let mut people = [[[0u64; BINS]; 2]; FOLLOW_UP_AGES.len()];
    for person in followed {
        if let Some(income) = person.income {
            let [own, parents] = &mut people[usize::from(person.age)];
            own[usize::from(income.own)] += 1;
            parents[usize::from(income.parents)] += 1;
        }
    }
    people.map(|[own, parents]| Ranks { own: middle_ranks(&own), parents: middle_ranks(&parents) })
}

/// The middle of the ranks that the people of each bin share: `(below + here / 2) / everybody`.
fn middle_ranks(people: &[u64]) -> Vec<u64> {
    let everybody = people.iter().sum::<u64>().max(1);
    let mut below = 0;
    let mut ranks = Vec::with_capacity(people.len());
    for here in people {
        ranks.push(RANKS * (2 * below + here) / (2 * everybody));
        below += here;
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Month;
    use crate::engine::month::Simulation;
    use crate::engine::plan::{Plan, Survey};
    use crate::world::World;
    use std::sync::Arc;

    const YEARS: u16 = 2;

    /// Two counted years of the built-in world, three months a period.
    fn lived() -> Simulation {
        let world = World::uk().unwrap();
        let regions = world.regions.len();
        let start = Month::new(2025, 9).unwrap();
        let months = YEARS * MONTHS_A_YEAR;
        let plan = Plan {
            seed: 3,
            replicate: 1,
            scale: 2_000,
            start,
            months,
            months_per_period: 3,
            regions,
            survey: Survey::NotTaken,
        };
        let conditions = Arc::new(world.baseline);
        let mut simulation = Simulation::new(plan);
        while simulation.month() < start.plus(months) {
            simulation.step(&conditions);
        }
        simulation
    }

    #[test]
    fn everybody_of_an_age_is_followed_up_once_a_year() {
        let simulation = lived();
        let month = simulation.month() - 1;
        let aged = |age: u16, is: fn(&Person) -> bool| {
            let people = simulation.chunks().iter().flat_map(|chunk| &chunk.people);
            people.filter(|person| !person.has_gone() && person.age(month) == age && is(person)).count()
        };
        let grew_up_here = aged(30, |person| person.upbringing_region().is_some());
        let in_jobs = aged(25, |person| person.state.job_class().is_some());
        let periods = simulation.into_tallies().periods;
        let with: Vec<usize> = (0..periods.len()).filter(|at| periods[*at].follow_up.is_some()).collect();
        assert_eq!(with, [3, 7], "the quarter in which each year ends");
        let follow_up = periods[7].follow_up.as_ref().unwrap();
        // each person is in three cells
        let jobs: u32 = follow_up.routes[..follow_up.routes.len() / FOLLOW_UP_AGES.len()].iter().sum();
        let people: u64 = follow_up.incomes[follow_up.income_at(1, 0)..].iter().map(|sum| sum.people).sum();
        assert_eq!((usize::try_from(jobs).unwrap(), usize::try_from(people).unwrap()), (3 * in_jobs, 3 * grew_up_here));
        assert!(in_jobs > 100 && grew_up_here > 100);
    }

    #[test]
    fn ranks_average_to_the_middle_and_pay_follows_parents_pay() {
        let periods = lived().into_tallies().periods;
        let follow_up = periods[7].follow_up.as_ref().unwrap();
        let mut all = crate::engine::tally::IncomeTally::default();
        follow_up.incomes[follow_up.income_at(1, 0)..].iter().for_each(|sum| all.add(sum));
        // middle ranks are rounded down to a part of RANKS
        for sum in [all.own, all.parents] {
            assert!(sum <= all.people * RANKS / 2 && all.people * RANKS / 2 - sum <= all.people, "{all:?}");
        }
        assert!(u128::from(all.products) * u128::from(all.people) > u128::from(all.own) * u128::from(all.parents));
        assert!(all.above_parents > 0 && all.above_parents < all.people);
    }

    #[test]
    fn people_of_equal_pay_share_the_middle_of_their_ranks() {
        // Of eight people two are unpaid (ranks 0 to 1/4), four alike (1/4 to 3/4), two above.
        let ranks = middle_ranks(&[2, 0, 4, 2]);
        assert_eq!(ranks, [RANKS / 8, RANKS / 4, RANKS / 2, RANKS * 7 / 8]);
        assert_eq!(middle_ranks(&[0, 0]), [0, 0]);
    }

    #[test]
    fn the_follow_up_is_due_in_the_last_month_of_each_year() {
        let due: Vec<u16> = (0..36).filter(|month| is_due(*month)).collect();
        assert_eq!(due, [11, 23, 35]);
    }
}
