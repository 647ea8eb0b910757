//! Parameter sets that agree with what is published about as well as the fit: doubt about parameters, to be carried through runs.
//!
//! Points are drawn from the posterior of the fit, simulated, and kept if enough of the fitted figures come out right. Aligned parameters are
//! moved to where the fit's derivatives say that their figures are met again, and by doubt of their own.

use super::design::{Draw, stream};
use super::evaluate::{Estimates, Evaluator, Halt};
use super::fit::{Fit, aims};
use super::matrix::Cholesky;
use super::plan::FitPlan;
use super::targets::{Target, Use};
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::random::{RngExt, StandardNormal};
use crate::world::{TextFile, World};
use std::io::{self, Write};

/// Draws simulated together.
const BATCH: usize = 16;
/// Draws without a single member after which the search for members ends.
const HOPELESS: usize = 160;

/// The members found, and how many draws that took.
#[derive(Clone, Debug, PartialEq)]
pub struct Ensemble {
    /// A value for each free parameter, member by member.
    pub members: Vec<Vec<f64>>,
    /// The share of fitted figures that each member agrees with.
    pub passed: Vec<f64>,
    /// Points that were tried.
    pub draws: usize,
}

/// Draws members until there are enough, too many were tried, or there is no hope of any.
///
/// # Errors
/// When stopped, or when what was found cannot be kept.
pub fn ensemble(
    evaluator: &mut Evaluator<'_>,
    fit: &Fit,
    said: &mut (dyn FnMut(&str) + Send),
) -> Result<Ensemble, Halt> {
    let plan = evaluator.plan;
    let mut found = Ensemble { members: Vec::new(), passed: Vec::new(), draws: 0 };
    while found.members.len() < plan.members && found.draws < plan.most_draws {
        let last = (found.draws + BATCH).min(plan.most_draws);
        let points: Vec<Vec<f64>> =
            (found.draws..last).map(|number| draw(plan, evaluator.targets, fit, number)).collect();
        let answers = evaluator.at(&points)?;
        for (point, answer) in points.iter().zip(&answers) {
            let share = pass_share(evaluator.targets, answer);
            if share >= plan.pass_share && found.members.len() < plan.members {
                found.members.push(plan.free.iter().zip(point).map(|(free, x)| free.value(*x)).collect());
                found.passed.push(share);
            }
        }
        found.draws = last;
        if found.members.is_empty() && found.draws >= HOPELESS {
            break;
        }
        said(&format!("ensemble: {} of {} members from {} draws", found.members.len(), plan.members, found.draws));
    }
    Ok(found)
}

/// The share of fitted figures that come out in their accepted intervals.
#[must_use]
pub fn pass_share(targets: &[Target], answer: &Estimates) -> f64 {
    let (mut passed, mut fitted) = (0.0, 0.0);
    for (target, found) in targets.iter().zip(answer) {
        if target.used == Use::Fitted {
            let (low, high) = target.accepted();
            fitted += 1.0;
            passed += f64::from(u8::from(found.is_some_and(|found| (low..=high).contains(&found.mean))));
        }
    }
    if fitted > 0.0 { passed / fitted } else { 0.0 }
}

/// A point from the posterior.
fn draw(plan: &FitPlan, targets: &[Target], fit: &Fit, number: usize) -> Vec<f64> {
    let searched = plan.searched();
    let aims = aims(targets);
    let normals: Vec<f64> =
        stream(plan.seed, Draw::Candidate, number).sample_iter(StandardNormal).take(plan.free.len()).collect();
    let mut point = fit.point.clone();
    if let Some(factor) = Cholesky::new(&fit.covariance) {
        let lower = factor.lower();
        for row in 0..searched {
            point[row] += (0..=row).fold(0.0, |sum, column| sum + lower[(row, column)] * normals[column]);
        }
    }
    for (at, free) in plan.free.iter().enumerate() {
        let (low, high) = free.ends();
        if let (Some(alignment), true) = (free.aligned, at >= searched) {
            let target = &targets[alignment.target];
            let found = fit.answer[alignment.target].map_or(0.0, |found| found.mean);
            let change = (0..searched).fold(0.0, |sum, column| {
                sum + fit.jacobian[(alignment.target, column)] * (point[column] - fit.point[column])
            });
            let change = match (aims[alignment.target], fit.answer[alignment.target]) {
                (Some(aim), Some(found)) => aim.unseen(change, found),
                (Some(_) | None, Some(_) | None) => change,
            };
            let (lowest, highest) = target.accepted();
            // A quarter of the accepted width: about half a standard error of the figure.
            let doubt = normals[at] * (highest - lowest) / 8.0;
            if found > 0.0 {
                point[at] += alignment.gain * (doubt - change) / found / free.sd;
            }
        }
        point[at] = point[at].clamp(low, high);
    }
    point
}

/// Writes a row for each member and a column for each parameter.
///
/// # Errors
/// When the sink refuses.
pub fn write_ensemble(plan: &FitPlan, ensemble: &Ensemble, sink: impl Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(sink);
    csv.write_record(std::iter::once("member").chain(plan.free.iter().map(|free| free.parameter.name.as_str())))?;
    for (number, member) in ensemble.members.iter().enumerate() {
        let values = member.iter().map(|value| format!("{value:?}"));
        csv.write_record(std::iter::once((number + 1).to_string()).chain(values))?;
    }
    csv.flush()
}

/// The worlds of an ensemble file: the world before it is fitted, at each member's values.
///
/// # Errors
/// Every mistake in the file, each with its place.
pub fn read_ensemble(unfitted: &World, plan: &FitPlan, file: &TextFile) -> Result<Vec<World>, Diagnostics> {
    let mut mistakes = Diagnostics::default();
    mistakes.keep_text(&file.shown, &file.text);
    let mut wrong = |message: String| {
        mistakes.add(Diagnostic { file: file.shown.clone(), span: None, key: String::new(), message, hint: None });
    };
    let mut csv = csv::Reader::from_reader(file.text.as_bytes());
    let names: Vec<&str> = plan.free.iter().map(|free| free.parameter.name.as_str()).collect();
    let is_right =
        csv.headers().is_ok_and(|head| head.iter().eq(std::iter::once("member").chain(names.iter().copied())));
    if !is_right {
        wrong("found other columns than member and the parameters of calibration.toml, in order".to_owned());
        return Err(mistakes);
    }
    let mut worlds = Vec::new();
    for (line, record) in csv.records().enumerate() {
        let values = record.map_err(|error| error.to_string()).and_then(|record| {
            let cells = record.iter().skip(1).map(|cell| cell.parse::<f64>().ok().filter(|value| value.is_finite()));
            cells.collect::<Option<Vec<f64>>>().ok_or_else(|| "expected numbers".to_owned())
        });
        match values {
            Ok(values) => {
                let point: Vec<f64> = plan.free.iter().zip(&values).map(|(free, value)| free.place(*value)).collect();
                worlds.push(plan.world_at(unfitted, &point));
            }
            Err(why) => wrong(format!("line {}: {why}", line + 2)),
        }
    }
    mistakes.or(worlds)
}
