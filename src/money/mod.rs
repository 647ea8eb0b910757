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
}

#[cfg(test)]
mod testing;

#[cfg(test)]
mod tests;
