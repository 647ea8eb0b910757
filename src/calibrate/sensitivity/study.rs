//! A study of the model: which points are looked at, and what comes back while others are still out.

use super::morris::{self, Screening};
use super::parameter::VariedParameter;
use super::sobol::{self, BaseOutputs, Indices};
use crate::calibrate::simulate::{Settings, Sums, live, warm_up};
use crate::conditions::{Conditions, apply};
use crate::diagnostics::Diagnostics;
use crate::engine::Simulation;
use crate::engine::tally::{Slice, Tallies};
use crate::experiment::Observer;
use crate::outcomes::all_measures;
use crate::scenario::{Overrides, Scenario, Timeline};
use crate::statistics;
use crate::world::World;
use rayon::prelude::*;
use std::sync::Arc;

/// How points are chosen, and how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StudyMethod {
    /// Morris screening with so many trajectories.
    Morris(usize),
    /// Sobol' indices with so many base points.
    Sobol(usize),
}

/// What of a scenario is the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compared {
    /// The measure in it.
    Level,
    /// The difference that it makes to the baseline under the same conditions, with the same luck.
    Effect,
}

/// What is run at every point.
pub struct Model<'a> {
    /// The world whose conditions are varied.
    pub world: &'a World,
    /// A scenario file or the name of a shipped scenario.
    pub scenario: &'a str,
    /// Changes laid over it at every point.
    pub overrides: Overrides,
    /// What varies.
    pub parameters: &'a [VariedParameter],
    /// The outputs: measures, as indices of [`all_measures`], of everybody over the whole run.
    pub measures: &'a [usize],
    /// Which number of a measure.
    pub compared: Compared,
    /// How it is simulated.
    pub settings: Settings,
}

/// Which points of the model are looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct Study {
    /// How points are chosen.
    pub method: StudyMethod,
    /// Groups of parameters that move together: a name, and indices of parameters.
    pub groups: Vec<(String, Vec<usize>)>,
    /// Seed of the points.
    pub seed: u64,
}

/// What is known so far.
#[derive(Clone, Debug, PartialEq)]
pub struct StudyResults {
    /// Trajectories or base points done.
    pub done: usize,
    /// How many there will be.
    pub of: usize,
    /// Outputs that were unknown at some point of these; their trajectories or base points are left out.
    pub left_out: Vec<usize>,
    /// For each measure what is known of each group.
    pub found: Found,
}

/// For each measure the findings on each group; `None` while nothing can be said, or for shares of no variance.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// By screening.
    Morris(Vec<Option<Vec<Screening>>>),
    /// By variance.
    Sobol(Vec<Option<Vec<Indices>>>),
}

impl StudyMethod {
    /// Trajectories or base points.
    #[must_use]
    pub fn blocks(self) -> usize {
        match self {
            Self::Morris(blocks) | Self::Sobol(blocks) => blocks,
        }
    }

    /// Points of a trajectory or base point.
    #[must_use]
    pub fn points(self, groups: usize) -> usize {
        match self {
            Self::Morris(_) => groups + 1,
            Self::Sobol(_) => groups + 2,
        }
    }
}

impl Model<'_> {
    /// Whether the scenario can be read at both ends of every parameter.
    ///
    /// # Errors
    /// The mistakes at the first end at which there are any.
    pub fn check(&self) -> Result<(), Diagnostics> {
        let middle: Vec<f64> = vec![0.5; self.parameters.len()];
        self.at(&middle)?;
        for column in 0..self.parameters.len() {
            for end in [0.0, 1.0] {
                let mut point = middle.clone();
                point[column] = end;
                self.at(&point)?;
            }
        }
        Ok(())
    }

    /// The baseline's conditions and the scenario's at a point of the cube.
    fn at(&self, point: &[f64]) -> Result<(Arc<Conditions>, Timeline), Diagnostics> {
        let values: Vec<f64> =
            self.parameters.iter().zip(point).map(|(parameter, place)| parameter.at(*place)).collect();
        let pairs = || self.parameters.iter().zip(&values);
        let mut edits: Vec<_> = pairs().flat_map(|(parameter, value)| parameter.edits(*value)).collect();
        let mut world = self.world.clone();
        apply(&mut world.baseline, &mut edits);
        let mut overrides = self.overrides.clone();
        overrides.set.extend(pairs().filter_map(|(parameter, value)| parameter.overrides(*value)));
        let scenario = Scenario::load(self.scenario, &overrides, &world)?;
        Ok((Arc::new(world.baseline.clone()), scenario.timeline(&world)))
    }

    /// The outputs at each point, the mean over replicates; `None` if stopped.
    fn evaluate(&self, points: &[Vec<f64>], observer: &dyn Observer) -> Option<Vec<Vec<Option<f64>>>> {
        let prepared: Vec<_> = points.iter().map(|point| self.at(point).ok()).collect();
        let runs: Vec<(usize, u32)> = (0..points.len())
            .flat_map(|point| (1..=self.settings.replicates).map(move |number| (point, number)))
            .collect();
        let outputs: Vec<Option<Vec<Option<f64>>>> = runs
            .par_iter()
            .with_max_len(1)
            .map(|(point, number)| {
                let found = match &prepared[*point] {
                    Some((baseline, timeline)) => self.replicate(baseline, timeline, *number, observer),
                    None => Some(vec![None; self.measures.len()]),
                };
                observer.replicate_done();
                found
            })
            .collect();
        let outputs: Option<Vec<Vec<Option<f64>>>> = outputs.into_iter().collect();
        let replicates = usize::try_from(self.settings.replicates).unwrap_or(1).max(1);
        let mean_of = |runs: &[Vec<Option<f64>>], measure: usize| {
            let known: Option<Vec<f64>> = runs.iter().map(|run| run[measure]).collect();
            statistics::mean(&known?)
        };
        let of_point = |runs: &[Vec<Option<f64>>]| (0..self.measures.len()).map(|at| mean_of(runs, at)).collect();
        Some(outputs?.chunks(replicates).map(of_point).collect())
    }

    /// The outputs of one replicate; `None` if stopped.
    fn replicate(
        &self,
        baseline: &Arc<Conditions>,
        timeline: &Timeline,
        number: u32,
        observer: &dyn Observer,
    ) -> Option<Vec<Option<f64>>> {
        let trunk = warm_up(baseline, &self.settings, number, observer)?;
        let before = match self.compared {
            Compared::Level => None,
            Compared::Effect => {
                let months = std::iter::repeat_n(baseline, timeline.months.len());
                Some(live(Simulation::clone(&trunk), months, observer)?)
            }
        };
        let after = live(trunk, &timeline.months, observer)?;
        let levels = values(self.measures, &after);
        let Some(before) = before else { return Some(levels) };
        let difference = |(after, before): (&Option<f64>, &Option<f64>)| Some((*after)? - (*before)?);
        Some(levels.iter().zip(&values(self.measures, &before)).map(difference).collect())
    }
}

/// The measures over everybody.
fn values(measures_wanted: &[usize], tallies: &Tallies) -> Vec<Option<f64>> {
    let Some(mut sums) = Sums::of(tallies) else { return vec![None; measures_wanted.len()] };
    measures_wanted.iter().map(|measure| sums.value(&all_measures()[*measure], &[Slice::All])).collect()
}

/// Runs a study. `arrived` hears what is known after every trajectory or base point, the last included. When the observer asks to stop, what
/// was finished counts; `None` if that is nothing.
pub fn run(
    model: &Model<'_>,
    study: &Study,
    observer: &dyn Observer,
    arrived: &mut (dyn FnMut(&StudyResults) + Send),
) -> Option<StudyResults> {
    let groups: Vec<Vec<usize>> = study.groups.iter().map(|(_, members)| members.clone()).collect();
    let dimensions = model.parameters.len();
    let of = study.method.blocks();
    let points_of: Box<dyn Fn(usize) -> Vec<Vec<f64>>> = match study.method {
        StudyMethod::Morris(_) => {
            let groups = groups.clone();
            Box::new(move |number| morris::trajectory(&groups, dimensions, number, study.seed))
        }
        StudyMethod::Sobol(count) => {
            let (groups, bases) = (groups.clone(), sobol::base(count, dimensions, study.seed));
            Box::new(move |number| sobol::points(&bases[number].0, &bases[number].1, &groups))
        }
    };
    let mut blocks: Vec<Block> = Vec::new();
    let mut last = None;
    for number in 0..of {
        let points = points_of(number);
        let Some(outputs) = model.evaluate(&points, observer) else { break };
        blocks.push(Block { points, outputs });
        let results = so_far(&blocks, model.measures.len(), study, &groups, of);
        arrived(&results);
        last = Some(results);
    }
    last
}

/// A trajectory or base point with its outputs.
struct Block {
    points: Vec<Vec<f64>>,
    outputs: Vec<Vec<Option<f64>>>,
}

impl Block {
    /// One measure's outputs, if all are known.
    fn of(&self, measure: usize) -> Option<Vec<f64>> {
        self.outputs.iter().map(|outputs| outputs[measure]).collect()
    }
}

fn so_far(blocks: &[Block], count: usize, study: &Study, groups: &[Vec<usize>], of: usize) -> StudyResults {
    let known = |measure: usize| blocks.iter().filter_map(move |block| Some((block, block.of(measure)?)));
    let left_out = (0..count).map(|measure| blocks.len() - known(measure).count()).collect();
    let found = match study.method {
        StudyMethod::Morris(_) => {
            let of_measure = |measure: usize| {
                let walked: Vec<_> = known(measure).map(|(block, outputs)| (block.points.clone(), outputs)).collect();
                morris::screening(&walked, groups, study.seed)
            };
            Found::Morris((0..count).map(of_measure).collect())
        }
        StudyMethod::Sobol(_) => {
            let row = |outputs: Vec<f64>| {
                let inner = outputs[1..=groups.len()].to_vec();
                BaseOutputs { a: outputs[0], mixed: inner, b: outputs[groups.len() + 1] }
            };
            let of_measure = |measure: usize| {
                let rows: Vec<BaseOutputs> = known(measure).map(|(_, outputs)| row(outputs)).collect();
                sobol::indices(&rows, groups.len(), study.seed)
            };
            Found::Sobol((0..count).map(of_measure).collect())
        }
    };
    StudyResults { done: blocks.len(), of, left_out, found }
}
