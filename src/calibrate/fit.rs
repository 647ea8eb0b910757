//! The fit: the most probable point of the parameters, given the published figures and what was held of the parameters before.
//!
//! The sum of squared misses, each in standard errors of its figure, and of squared distances from the prior is brought down by steps of Gauss
//! and Newton with the damping of Levenberg and Marquardt; derivatives are differences between runs that share their luck. Between steps,
//! aligned parameters follow their own figures, as in iterative proportional fitting. It starts from the best of a Latin hypercube, and ends
//! with more agents, for the figures of small regions.

use super::design::{Draw, hypercube, stream};
use super::evaluate::{Estimate, Estimates, Evaluator, Halt};
use super::matrix::{Cholesky, RealMatrix};
use super::plan::{FitPlan, Free};
use super::targets::{Target, Use};
use crate::statistics::{self, Z95};

/// Difference between runs for a derivative, in prior standard deviations: wide, as luck is not shared once lives part.
const DIFFERENCE: f64 = 0.8;
/// The longest step in one direction, in prior standard deviations.
const LONGEST_STEP: f64 = 1.2;
/// Derivatives of a point count for no less than one in this many in their running mean.
const KEPT: f64 = 5.0;
/// A miss counts no more than this many standard errors when derivatives pull: one figure that cannot be met must not rule all others.
const MOST: f64 = 2.0;

/// Where a search ended.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// The point, in prior standard deviations of each free parameter.
    pub point: Vec<f64>,
    /// What the targets come out as there.
    pub answer: Estimates,
    /// Derivatives of the targets, as their aims see them, by the searched parameters, mostly at the last points at which they were taken.
    pub jacobian: RealMatrix,
    /// Posterior covariance of the searched parameters, in prior standard deviations.
    pub covariance: RealMatrix,
}

impl Fit {
    /// How many parameters the figures settle, of as many as the search moved: the rest stay where the prior puts them.
    #[must_use]
    pub fn settled(&self) -> f64 {
        self.covariance.diagonal().iter().map(|variance| 1.0 - variance).sum()
    }
}

/// What the search aims at: for each target its value and standard error; `None` for targets that are not fitted. Those that an aligned
/// parameter follows are aims too, as alignment keeps the mean of a family and so leaves their level to the search.
#[must_use]
pub fn aims(targets: &[Target]) -> Vec<Option<Aim>> {
    let aim = |target: &Target| {
        let (low, high) = target.accepted();
        let middle = target.centre()?;
        let is_sought = target.used == Use::Fitted && (high - low).is_finite();
        let error = (high - low) / 2.0 / Z95;
        // A rate or a price may be off by a factor before the search; its logarithm answers more evenly.
        let is_log = target.simulated.unit() != "share" && middle > 0.0;
        is_sought.then_some(if is_log {
            Aim { middle: libm::log(middle), error: error / middle, is_log }
        } else {
            Aim { middle, error, is_log }
        })
    };
    targets.iter().map(aim).collect()
}

/// A value to come near, and its standard error: of a share as it is, of anything else its logarithm.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Aim {
    middle: f64,
    error: f64,
    is_log: bool,
}

impl Aim {
    /// A simulated value as the aim sees it.
    fn seen(&self, found: Estimate) -> Estimate {
        let mean = found.mean.max(f64::MIN_POSITIVE);
        if self.is_log { Estimate { mean: libm::log(mean), error: found.error / mean } } else { found }
    }

    /// The variance of a miss: that of the figure, and that of the difference of two simulated values.
    #[must_use]
    pub fn variance(&self, found: Estimate) -> f64 {
        let error = self.seen(found).error;
        self.error * self.error + 2.0 * error * error
    }

    /// The miss, in standard errors.
    fn miss(&self, found: Estimate) -> f64 {
        (self.seen(found).mean - self.middle) / self.variance(found).sqrt()
    }

    /// What a change of what the aim sees is in the target's unit, near a simulated value.
    #[must_use]
    pub fn unseen(&self, change: f64, found: Estimate) -> f64 {
        if self.is_log { change * found.mean } else { change }
    }
}

/// Searches. `said` hears a line after each stage.
///
/// # Errors
/// When stopped, or when what was found cannot be kept; going on later repeats nothing.
pub fn fit(evaluator: &mut Evaluator<'_>, said: &mut (dyn FnMut(&str) + Send)) -> Result<Fit, Halt> {
    let plan = evaluator.plan;
    let aims = aims(evaluator.targets);
    let mut point = start(evaluator, &aims, said)?;
    let mut answer = one(evaluator, &point)?;
    (point, answer) = align(evaluator, plan.alignment_runs, point, answer)?;
    let mut damping = 0.1;
    let mut jacobian = derivatives(evaluator, &aims, &point, &answer)?;
    let mut averaged = 1.0;
    for round in 1..=plan.rounds {
        let before = misfit(plan, &aims, &point, &answer);
        let step = step(plan, &aims, &point, &answer, &jacobian, damping);
        let tried = moved(plan, &point, &step);
        let answered = one(evaluator, &tried)?;
        let (tried, answered) = align(evaluator, plan.alignment_runs, tried, answered)?;
        let after = misfit(plan, &aims, &tried, &answered);
        let verdict = if after < before { "taken" } else { "not taken" };
        said(&format!("step {round} of {}: misfit {before:.1} to {after:.1}, {verdict}", plan.rounds));
        if after < before {
            (point, answer) = (tried, answered);
            damping = (damping * 0.3_f64).max(1e-3);
            // Steps are short and derivatives noisy: in a mean over points most of the noise goes, and little else.
            averaged = (averaged + 1.0_f64).min(KEPT);
            let here = derivatives(evaluator, &aims, &point, &answer)?;
            jacobian = jacobian.mixed(1.0 - 1.0 / averaged, &here, 1.0 / averaged);
        } else {
            damping *= 4.0;
        }
    }
    evaluator.settings.scale = plan.fine_scale;
    answer = one(evaluator, &point)?;
    (point, answer) = align(evaluator, plan.fine_alignment_runs, point, answer)?;
    evaluator.settings.scale = plan.scale;
    let covariance = covariance(plan, &aims, &answer, &jacobian);
    Ok(Fit { point, answer, jacobian, covariance })
}

fn one(evaluator: &mut Evaluator<'_>, point: &[f64]) -> Result<Estimates, Halt> {
    Ok(evaluator.at(&[point.to_vec()])?.swap_remove(0))
}

/// The best of the plan's start (the world's own figures, unless it says otherwise) and points of a Latin hypercube around it.
fn start(
    evaluator: &mut Evaluator<'_>,
    aims: &[Option<Aim>],
    said: &mut (dyn FnMut(&str) + Send),
) -> Result<Vec<f64>, Halt> {
    let plan = evaluator.plan;
    let searched = plan.searched();
    let mut points = vec![plan.start()];
    for place in hypercube(plan.starts, searched, &mut stream(plan.seed, Draw::Starts, 0)) {
        let mut point = plan.start();
        for (x, (place, free)) in point.iter_mut().zip(place.iter().zip(&plan.free)) {
            let (low, high) = free.ends();
            *x = (*x + 2.0 * place - 1.0).clamp(low, high);
        }
        points.push(point);
    }
    let answers = evaluator.at(&points)?;
    let misfits: Vec<f64> =
        points.iter().zip(&answers).map(|(point, answer)| misfit(plan, aims, point, answer)).collect();
    let best = (0..points.len()).min_by(|a, b| misfits[*a].total_cmp(&misfits[*b])).unwrap_or(0);
    said(&format!(
        "start: misfit {:.1}, the best of {} points ({:.1} at the first)",
        misfits[best],
        points.len(),
        misfits[0]
    ));
    Ok(points.swap_remove(best))
}

/// Lets aligned parameters follow their figures.
fn align(
    evaluator: &mut Evaluator<'_>,
    runs: usize,
    mut point: Vec<f64>,
    mut answer: Estimates,
) -> Result<(Vec<f64>, Estimates), Halt> {
    let plan = evaluator.plan;
    if plan.searched() == plan.free.len() {
        return Ok((point, answer));
    }
    for _ in 0..runs {
        point = followed(plan, &point, evaluator.targets, &answer);
        answer = one(evaluator, &point)?;
    }
    Ok((point, answer))
}

/// Where aligned parameters go when their figures came out as they did. Each family keeps its mean: levels are for the search, and only
/// differences between places follow their figures.
fn followed(plan: &FitPlan, point: &[f64], targets: &[Target], answer: &Estimates) -> Vec<f64> {
    let pull = |free: &Free| -> Option<(usize, f64)> {
        let alignment = free.aligned?;
        let (aim, found) = (targets[alignment.target].centre()?, answer[alignment.target]?);
        let is_positive = aim > 0.0 && found.mean > 0.0;
        is_positive.then(|| (alignment.family, alignment.gain * (libm::log(aim) - libm::log(found.mean))))
    };
    let pulls: Vec<Option<(usize, f64)>> = plan.free.iter().map(pull).collect();
    let mean_of = |family: usize| {
        let own: Vec<f64> = pulls.iter().flatten().filter(|(of, _)| *of == family).map(|(_, pull)| *pull).collect();
        statistics::mean(&own).unwrap_or(0.0)
    };
    let moved = |((free, x), pull): ((&Free, &f64), &Option<(usize, f64)>)| match pull {
        Some((family, pull)) => {
            let (low, high) = free.ends();
            (x + (pull - mean_of(*family)) / free.sd).clamp(low, high)
        }
        None => *x,
    };
    plan.free.iter().zip(point).zip(&pulls).map(moved).collect()
}

/// The sum of squares that is brought down.
#[must_use]
pub fn misfit(plan: &FitPlan, aims: &[Option<Aim>], point: &[f64], answer: &Estimates) -> f64 {
    let of_targets = aims.iter().zip(answer).fold(0.0, |sum, (aim, found)| match (aim, found) {
        (Some(aim), Some(found)) => {
            let miss = bounded(aim.miss(*found));
            sum + miss * miss
        }
        (Some(_), None) => sum + MOST * MOST * 4.0,
        (None, Some(_) | None) => sum,
    });
    point.iter().take(plan.searched()).fold(of_targets, |sum, x| sum + x * x)
}

/// A miss whose square grows in proportion to the miss beyond [`MOST`] (Huber 1964).
fn bounded(miss: f64) -> f64 {
    let size = miss.abs();
    if size <= MOST { miss } else { (MOST * (2.0 * size - MOST)).sqrt() * miss.signum() }
}

/// Derivatives of each target, as its aim sees it, by each searched parameter, from one run a parameter.
fn derivatives(
    evaluator: &mut Evaluator<'_>,
    aims: &[Option<Aim>],
    point: &[f64],
    answer: &Estimates,
) -> Result<RealMatrix, Halt> {
    let plan = evaluator.plan;
    let searched = plan.searched();
    let mut points = Vec::new();
    let mut differences = Vec::new();
    for column in 0..searched {
        let (_, high) = plan.free[column].ends();
        let way = if point[column] + DIFFERENCE > high { -DIFFERENCE } else { DIFFERENCE };
        let mut near = point.to_vec();
        near[column] += way;
        points.push(near);
        differences.push(way);
    }
    let answers = evaluator.at(&points)?;
    let seen = |row: usize, found: Estimate| aims[row].map_or(found, |aim| aim.seen(found)).mean;
    Ok(RealMatrix::new(answer.len(), searched, |row, column| match (answer[row], answers[column][row]) {
        (Some(here), Some(there)) => (seen(row, there) - seen(row, here)) / differences[column],
        (Some(_) | None, Some(_) | None) => 0.0,
    }))
}

/// The information of the figures and of the prior on the searched parameters; `weights` are inverse variances.
fn information(plan: &FitPlan, jacobian: &RealMatrix, weights: &[f64]) -> RealMatrix {
    let searched = plan.searched();
    let mut information = RealMatrix::identity(searched);
    for (row, weight) in weights.iter().enumerate() {
        for a in 0..searched {
            for b in 0..searched {
                information[(a, b)] += weight * jacobian[(row, a)] * jacobian[(row, b)];
            }
        }
    }
    information
}

/// The step from a point.
fn step(
    plan: &FitPlan,
    aims: &[Option<Aim>],
    point: &[f64],
    answer: &Estimates,
    jacobian: &RealMatrix,
    damping: f64,
) -> Vec<f64> {
    let searched = plan.searched();
    let weight = |(aim, found): (&Option<Aim>, &Option<Estimate>)| match (aim, found) {
        (Some(aim), Some(found)) => {
            let size = aim.miss(*found).abs();
            (if size <= MOST { 1.0 } else { MOST / size }) / aim.variance(*found)
        }
        (Some(_) | None, Some(_) | None) => 0.0,
    };
    let weights: Vec<f64> = aims.iter().zip(answer).map(weight).collect();
    let mut matrix = information(plan, jacobian, &weights);
    for at in 0..searched {
        matrix[(at, at)] *= 1.0 + damping;
    }
    let mut pull: Vec<f64> = point[..searched].iter().map(|x| -x).collect();
    for (row, (aim, found)) in aims.iter().zip(answer).enumerate() {
        if let (Some(aim), Some(found)) = (aim, found) {
            for at in 0..searched {
                pull[at] += weights[row] * jacobian[(row, at)] * (aim.middle - aim.seen(*found).mean);
            }
        }
    }
    // The prior makes the matrix positive definite.
    let solved = Cholesky::new(&matrix).map_or_else(|| vec![0.0; searched], |factor| factor.solve(&pull));
    let longest = solved.iter().fold(0.0_f64, |longest, part| longest.max(part.abs()));
    let shorter = if longest > LONGEST_STEP { LONGEST_STEP / longest } else { 1.0 };
    solved.iter().map(|part| part * shorter).collect()
}

/// A point moved by a step, held between the ends.
fn moved(plan: &FitPlan, point: &[f64], step: &[f64]) -> Vec<f64> {
    let mut tried = point.to_vec();
    for ((x, part), free) in tried.iter_mut().zip(step).zip(&plan.free) {
        let (low, high) = free.ends();
        *x = (*x + part).clamp(low, high);
    }
    tried
}

/// The posterior covariance of the searched parameters, for small changes around the point.
fn covariance(plan: &FitPlan, aims: &[Option<Aim>], answer: &Estimates, jacobian: &RealMatrix) -> RealMatrix {
    let weight = |(aim, found): (&Option<Aim>, &Option<Estimate>)| match (aim, found) {
        (Some(aim), Some(found)) => 1.0 / aim.variance(*found),
        (Some(_) | None, Some(_) | None) => 0.0,
    };
    let weights: Vec<f64> = aims.iter().zip(answer).map(weight).collect();
    let searched = plan.searched();
    Cholesky::new(&information(plan, jacobian, &weights))
        .map_or_else(|| RealMatrix::identity(searched), |factor| factor.inverse())
}
