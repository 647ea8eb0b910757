//! Lays a scenario's levers along the months of its run.

use super::Scenario;
use crate::conditions::Conditions;
use crate::levers::Effect;
use crate::world::World;
use std::sync::Arc;

/// The conditions of each month of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Timeline {
    /// One entry a month from the run's start; equal neighbours share one table.
    pub months: Vec<Arc<Conditions>>,
}

impl Timeline {
    pub(super) fn new(scenario: &Scenario, world: &World) -> Self {
        let baseline = Arc::new(world.baseline.clone());
        let mut months: Vec<Arc<Conditions>> = Vec::with_capacity(usize::from(scenario.run.months()));
        for at in 0..scenario.run.months() {
            let month = scenario.run.start.plus(at);
            let mut effect = Effect::default();
            for lever in &scenario.levers {
                effect.append(lever.effect(world, month));
            }
            let conditions = effect.on(&baseline);
            let same = months.last().filter(|last| **last == conditions).cloned();
            months.push(same.unwrap_or(conditions));
        }
        Self { months }
    }
}
