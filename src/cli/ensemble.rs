//! `rungs run --parameters ensemble`: the same scenarios under many sets of parameters.

use super::ending::{Ending, Step};
use super::flags::WorldFlag;
use super::inputs::Inputs;
use super::progress::Progress;
use crate::calibrate::{self, FitPlan};
use crate::experiment::{self, Experiment, Until};
use crate::results::tables::uncertainty::MemberEffects;
use crate::world::{Fitted, World};

/// The worlds of an ensemble, the first `count` of them.
pub(super) fn worlds(world: &WorldFlag, count: usize) -> Step<Vec<World>> {
    let unfitted = world.read(Fitted::LeftOut)?;
    let Some(file) = unfitted.ensemble() else {
        let why = format!("found no ensemble.csv in the world {:?}", unfitted.name);
        return Err(Ending::Refused(format!("{why}\n  hint: `rungs calibrate` makes one")));
    };
    let targets = calibrate::read_fitted(&unfitted)?;
    let plan = FitPlan::read(&unfitted, &targets)?;
    let mut worlds = calibrate::read_ensemble(&unfitted, &plan, file)?;
    if worlds.len() < count {
        let why = format!("found an ensemble of {} members, expected at least {count}", worlds.len());
        return Err(Ending::Refused(format!("{why}\n  hint: --members takes fewer")));
    }
    worlds.truncate(count);
    Ok(worlds)
}

/// The effects under each world. Members have replicates of their own numbers, after the `most` of the run itself, so that
/// their luck differs as well; those that were stopped are left out.
pub(super) fn members(inputs: &Inputs, worlds: &[World], most: u32, progress: &Progress) -> MemberEffects {
    let mut members = MemberEffects::default();
    let replicates = inputs.run().replicates;
    let mut first = most.saturating_add(1);
    for world in worlds {
        let Some(experiment) = Experiment::of(world, &inputs.scenarios) else { break };
        let last = first.saturating_add(replicates - 1);
        let outcomes = experiment::replicates(&experiment, first..=last, progress);
        if u32::try_from(outcomes.replicates.len()).is_ok_and(|kept| kept < replicates) {
            break;
        }
        let until = Until { outcomes, asked: replicates, reached: Vec::new() };
        members.add(&inputs.results_in(world, until, progress.timings(1)));
        first = last.saturating_add(1);
    }
    members
}
