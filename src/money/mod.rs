//! Money: what each policy costs year by year, what it saves, and what a unit of what it gains costs.
//!
//! Costs come from two sides. A *plan* (`plan`) is what a lever would cost if every place that it funds were taken, worked out
//! from conditions without simulating. What is *simulated* is the difference of public spending to the baseline, in each
//! replicate. `books` sets one against the other, `gains` divides costs by gains, `equal` scales scenarios to one budget.
//! All of it is in prices of one year; [`discount_factor`] weighs years. Nothing here simulates or writes a file.

mod books;
mod discount;
mod equal;
mod gains;
mod plan;

pub use books::{Amount, Basis, CostLine, Item};
pub use discount::{LATER_RATE, RATE, discount_factor};
pub use equal::{EqualBudget, Scaled, equalise};
pub use gains::{CostKind, CostPerGain, CostVerdict, Direction, GAINS, Gain};
pub use plan::{a_year, planned_gbp};

use crate::experiment::Outcomes;
use crate::scenario::Scenario;
use crate::statistics::CriticalValues;
use crate::world::World;

/// What an experiment says about money.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Money {
    /// The year of all prices, such as `2024/25`; unknown if the world does not say.
    pub price_year: Option<String>,
    /// What each scenario costs and saves, item by item and year by year.
    pub costs: Vec<CostLine>,
    /// What a unit of each gain costs.
    pub ratios: Vec<CostPerGain>,
}

impl Money {
    /// The costs, savings and ratios of every scenario but the first, which is the baseline.
    #[must_use]
    pub fn of(world: &World, scenarios: &[Scenario], outcomes: &Outcomes) -> Self {
        let mut money = Self { price_year: world.price_year.clone(), ..Self::default() };
        if outcomes.replicates.is_empty() {
            return money;
        }
        for (index, scenario) in scenarios.iter().enumerate().skip(1) {
            let books = books::Books::of(world, scenario, index, outcomes);
            money.ratios.extend(gains::ratios(&books, outcomes, index));
            money.costs.extend(books.into_lines());
        }
        money
    }

    /// The same under several sets of parameters, each simulated with luck of its own, from what there is under each.
    #[must_use]
    pub fn over_members(members: &[Self]) -> Self {
        let mut critical = CriticalValues::default();
        let Some(first) = members.first() else { return Self::default() };
        let lines = |at: usize| members.iter().filter_map(|money| money.costs.get(at)).collect::<Vec<_>>();
        let costs = (0..first.costs.len()).filter_map(|at| CostLine::over_members(&lines(at), &mut critical)).collect();
        let ratios = |at: usize| members.iter().filter_map(|money| money.ratios.get(at)).collect::<Vec<_>>();
        let ratios = (0..first.ratios.len()).filter_map(|at| gains::over_members(&ratios(at), &mut critical)).collect();
        Self { price_year: first.price_year.clone(), costs, ratios }
    }
}

#[cfg(test)]
mod testing;

#[cfg(test)]
mod tests;
