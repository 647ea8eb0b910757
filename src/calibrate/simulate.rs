//! What the model says about each target: replicates of the baseline, in parallel.

use super::mechanisms::{self, Mechanism};
use super::sample::Sample;
use super::targets::{Simulated, Target};
use crate::calendar::Month;
use crate::conditions::Conditions;
use crate::engine::tally::{PeriodTally, Slice, Tallies};
use crate::engine::{Plan, Simulation, Survey};
use crate::experiment::Observer;
use crate::outcomes::{Counted, Measure, Ratio};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;
use strum::VariantArray;

/// How the baseline is simulated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Seed of all draws.
    pub seed: u64,
    /// People that one agent stands for.
    pub scale: u32,
    /// Independent repetitions.
    pub replicates: u32,
    /// The first month counted.
    pub start: Month,
    /// Years counted.
    pub years: u16,
}

/// For each set of conditions, each replicate and each target, what the baseline says; in the target's unit. `None` for
/// what is unknown, and no result at all for sets that were stopped.
#[must_use]
pub fn simulate(
    sets: &[Arc<Conditions>],
    targets: &[Target],
    settings: &Settings,
    observer: &dyn Observer,
) -> Vec<Option<Vec<Vec<Option<Sample>>>>> {
    let replicates = settings.replicates;
    let runs: Vec<(usize, u32)> =
        (0..sets.len()).flat_map(|set| (1..=replicates).map(move |number| (set, number))).collect();
    let mut done = runs
        .into_par_iter()
        .with_max_len(1)
        .map(|(set, number)| {
            let found = replicate(&sets[set], targets, settings, number, observer);
            observer.replicate_done();
            found
        })
        .collect::<Vec<_>>()
        .into_iter();
    sets.iter().map(|_| done.by_ref().take(replicates as usize).collect::<Vec<_>>().into_iter().collect()).collect()
}

/// What one replicate says; `None` if it was stopped.
fn replicate(
    conditions: &Arc<Conditions>,
    targets: &[Target],
    settings: &Settings,
    number: u32,
    observer: &dyn Observer,
) -> Option<Vec<Option<Sample>>> {
    let trunk = warm_up(conditions, settings, number, observer)?;
    let months = usize::from(settings.years) * 12;
    let wanted =
        |mechanism: &Mechanism| targets.iter().any(|target| target.simulated == Simulated::Mechanism(*mechanism));
    let mechanisms: Vec<Mechanism> = Mechanism::VARIANTS.iter().copied().filter(wanted).collect();
    let mut shocked = Vec::new();
    for shock in mechanisms::shocks(&mechanisms) {
        let changed = shock.on(conditions);
        let tallies = live(trunk.clone(), std::iter::repeat_n(&changed, months), observer)?;
        shocked.push((shock, tallies));
    }
    let baseline = live(trunk, std::iter::repeat_n(conditions, months), observer)?;
    let mut sums = Sums::of(&baseline)?;
    let answer = |target: &Target| match target.simulated {
        Simulated::Measure(_) => {
            let value = sums.value(target.simulated.measure()?, &target.slices)?;
            Some(Sample { above: value * target.per_unit, below: 1.0 })
        }
        Simulated::Mechanism(mechanism) => {
            let (_, after) = shocked.iter().find(|(shock, _)| *shock == mechanism.shock())?;
            mechanism.parts(&baseline, after)
        }
    };
    Some(targets.iter().map(answer).collect())
}

/// A replicate as it is before the first month counted; `None` if it was stopped.
pub(super) fn warm_up(
    conditions: &Arc<Conditions>,
    settings: &Settings,
    number: u32,
    observer: &dyn Observer,
) -> Option<Simulation> {
    let months = settings.years * 12;
    let mut trunk = Simulation::new(Plan {
        seed: settings.seed,
        replicate: number,
        scale: settings.scale,
        start: settings.start,
        months,
        months_per_period: months,
        regions: conditions.layout().regions(),
        survey: Survey::Taken,
    });
    while trunk.month() < settings.start {
        advance(&mut trunk, conditions, observer)?;
    }
    Some(trunk)
}

/// Lives through the months that are counted, which are one period; `None` if it was stopped.
pub(super) fn live<'a>(
    mut simulation: Simulation,
    months: impl IntoIterator<Item = &'a Arc<Conditions>>,
    observer: &dyn Observer,
) -> Option<Tallies> {
    for conditions in months {
        advance(&mut simulation, conditions, observer)?;
    }
    Some(simulation.into_tallies())
}

fn advance(simulation: &mut Simulation, conditions: &Arc<Conditions>, observer: &dyn Observer) -> Option<()> {
    if observer.stop_wanted() {
        return None;
    }
    simulation.step(conditions);
    observer.person_months(u64::try_from(simulation.people()).unwrap_or(u64::MAX));
    Some(())
}

/// Counts of one period by slice, each summed once.
pub(super) struct Sums<'a> {
    period: &'a PeriodTally,
    scale: u32,
    known: BTreeMap<Slice, Counted>,
}

impl<'a> Sums<'a> {
    /// The counts of the one period of a run; `None` of a run without any.
    pub(super) fn of(tallies: &'a Tallies) -> Option<Self> {
        Some(Self { period: tallies.periods.first()?, scale: tallies.scale, known: BTreeMap::new() })
    }

    fn counted(&mut self, slice: Slice) -> &Counted {
        self.known.entry(slice).or_insert_with(|| Counted::new(self.period, slice, self.scale))
    }

    /// The value of a measure over several slices; `None` when it is unknown.
    pub(super) fn value(&mut self, measure: &Measure, slices: &[Slice]) -> Option<f64> {
        let mut sum = Ratio { numerator: 0.0, denominator: 0.0 };
        for slice in slices {
            let ratio = measure.of(self.counted(*slice));
            // A number a year has the length of the period as its denominator, in every slice.
            let denominator = if measure.unit.ends_with("a year") {
                ratio.denominator.max(sum.denominator)
            } else {
                sum.denominator + ratio.denominator
            };
            sum = Ratio { numerator: sum.numerator + ratio.numerator, denominator };
        }
        measure.form.value(sum)
    }
}
