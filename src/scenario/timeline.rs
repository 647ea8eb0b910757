//! Lays policies along the months of a run: a scenario's levers, or what somebody writes of their own.

use super::meant::Scenario;
use super::run::RunSettings;
use crate::calendar::Month;
use crate::conditions::Conditions;
use crate::levers::Effect;
use crate::world::World;
use std::sync::Arc;

/// The conditions of each month of a run.
///
/// ```
/// use rungs::conditions::{Edit, Operation, apply, jobs};
/// use rungs::prelude::*;
///
/// let world = World::uk()?;
/// let settings = Scenario::load("baseline", &Overrides::default(), &world)?.run;
/// let halved = Edit::new(world.baseline.layout(), jobs::VACANCY_LAPSE, (), Operation::Scale(0.5));
/// let from = settings.start.plus(6);
/// let timeline = Timeline::new(&world, &settings, |month, conditions| {
///     if month >= from {
///         apply(conditions, &mut [halved]);
///     }
/// });
/// assert_eq!(*timeline.months[5], world.baseline);
/// assert_ne!(*timeline.months[6], world.baseline);
/// # Ok::<(), Diagnostics>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Timeline {
    /// One entry a month from the run's start; equal neighbours share one table.
    pub months: Vec<Arc<Conditions>>,
}

impl Scenario {
    /// The conditions of each month of the run.
    #[must_use]
    pub fn timeline(&self, world: &World) -> Timeline {
        Timeline::of(self, world)
    }
}

impl Timeline {
    /// The baseline of a world as a policy changes it, month by month.
    #[must_use]
    pub fn new(world: &World, settings: &RunSettings, policy: impl Fn(Month, &mut Conditions)) -> Self {
        let of_month = |month| {
            let mut conditions = world.baseline.clone();
            policy(month, &mut conditions);
            Arc::new(conditions)
        };
        Self::of_months(settings, of_month)
    }

    /// The baseline of a world, which nothing changes.
    #[must_use]
    pub fn unchanged(world: &World, settings: &RunSettings) -> Self {
        Self::new(world, settings, |_, _| {})
    }

    /// The baseline of a world as the levers of a scenario change it.
    fn of(scenario: &Scenario, world: &World) -> Self {
        let baseline = Arc::new(world.baseline.clone());
        let of_month = |month| {
            let mut effect = Effect::default();
            for lever in &scenario.levers {
                effect.append(lever.effect(world, month));
            }
            effect.on(&baseline)
        };
        Self::of_months(&scenario.run, of_month)
    }

    fn of_months(settings: &RunSettings, of_month: impl Fn(Month) -> Arc<Conditions>) -> Self {
        let mut months: Vec<Arc<Conditions>> = Vec::with_capacity(usize::from(settings.months()));
        for at in 0..settings.months() {
            let conditions = of_month(settings.start.plus(at));
            let same = months.last().filter(|last| **last == conditions).cloned();
            months.push(same.unwrap_or(conditions));
        }
        Self { months }
    }
}
