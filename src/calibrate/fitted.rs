//! What a calibration delivers beside the ensemble: the fitted conditions, the parameters, and what pins them.

use super::fit::{Fit, aims};
use super::plan::FitPlan;
use super::sensitivity::Variation;
use super::targets::Target;
use crate::conditions::{Axis, Condition};
use crate::world::{FITTED, World};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

/// Writes the conditions that the fit changes as a table of the world folder (`fitted.csv`), which stands for the figures that they were set
/// from. Numbers are written in the fewest digits that read back to the same number.
///
/// # Errors
/// When the sink refuses.
pub fn write_fitted(world: &World, plan: &FitPlan, point: &[f64], sink: impl Write) -> io::Result<()> {
    let changed = plan.world_at(world, point);
    let layout = changed.baseline.layout();
    let mut by: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for free in &plan.free {
        if let Variation::Scale(_, positions) | Variation::Shift(_, positions) = &free.parameter.change {
            for position in positions {
                by.entry(*position).or_default().push(&free.parameter.name);
            }
        }
    }
    let mut csv = csv::Writer::from_writer(sink);
    csv.write_record(["condition", "region", "of", "value", "unit", "period", "source", "confidence", "note"])?;
    for condition in Condition::all() {
        let range = layout.range(condition);
        // Shares that add up to a whole change together.
        let touched = range.clone().any(|position| by.contains_key(&position));
        let spec = condition.spec();
        for position in range.filter(|position| by.contains_key(position) || (touched && condition.is_shared_out())) {
            let name = world.place_name(condition, position);
            let mut parts: Vec<&str> = if name.is_empty() { Vec::new() } else { name.split('/').collect() };
            let region_at = spec.axes.iter().position(|axis| *axis == Axis::Region);
            let region = region_at.map_or("all", |at| parts.remove(at));
            let figure = &world.figures[position];
            let note = format!("fitted with {}", by.get(&position).map_or(String::new(), |names| names.join(", ")));
            csv.write_record([
                spec.name,
                region,
                &parts.join("/"),
                &format!("{:?}", changed.baseline.values()[position]),
                spec.unit,
                &figure.period,
                "calibration",
                "calibrated",
                &note,
            ])?;
        }
    }
    csv.flush()
}

/// The numbers that a plan frees and that the world has no fitted figure for, by name: it stands there as it was before
/// the fit.
#[must_use]
pub fn left_unfitted(world: &World, plan: &FitPlan) -> Vec<String> {
    let layout = world.baseline.layout();
    let mut wanted: BTreeSet<(Condition, usize)> = BTreeSet::new();
    for free in &plan.free {
        if let Variation::Scale(condition, positions) | Variation::Shift(condition, positions) = &free.parameter.change
        {
            // Shares that add up to a whole change together.
            let whole = condition.is_shared_out().then(|| layout.range(*condition));
            wanted.extend(whole.into_iter().flatten().chain(positions.iter().copied()).map(|at| (*condition, at)));
        }
    }
    let left = wanted.into_iter().filter(|(_, position)| world.figures[*position].file != FITTED);
    left.map(|(condition, position)| {
        let (name, place) = (condition.spec().name, world.place_name(condition, position));
        if place.is_empty() { name.to_owned() } else { format!("{name} {place}") }
    })
    .collect()
}

/// Writes every free parameter with its ends, prior and posterior (`parameters.csv`).
///
/// # Errors
/// When the sink refuses.
pub fn write_parameters(plan: &FitPlan, fit: &Fit, sink: impl Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(sink);
    csv.write_record(["parameter", "change", "value", "low", "high", "prior_sd", "posterior_sd", "kind", "at_an_end"])?;
    for (at, free) in plan.free.iter().enumerate() {
        let (low, high) = free.ends();
        let is_scale = matches!(free.parameter.change, Variation::Scale(..));
        let posterior = fit.covariance.diagonal().get(at).map(|variance| free.sd * variance.sqrt());
        csv.write_record([
            free.parameter.name.as_str(),
            if is_scale { "factor (sd of its logarithm)" } else { "shift" },
            &format!("{:?}", free.value(fit.point[at])),
            &format!("{:?}", free.parameter.low),
            &format!("{:?}", free.parameter.high),
            &format!("{:?}", free.sd),
            &posterior.map_or_else(String::new, |posterior| format!("{posterior:?}")),
            if free.aligned.is_some() { "aligned" } else { "searched" },
            if fit.point[at] <= low || fit.point[at] >= high { "yes" } else { "no" },
        ])?;
    }
    csv.flush()
}

/// A target carries this share of what is known of a parameter to be listed.
const LEAST_SHARE: f64 = 0.05;

/// Writes which target pins which parameter (`identification.csv`): for each parameter the targets that carry at least a twentieth of what
/// the figures say about it, taken one by one, with the change of the target over one prior standard deviation.
///
/// # Errors
/// When the sink refuses.
pub fn write_identification(plan: &FitPlan, targets: &[Target], fit: &Fit, sink: impl Write) -> io::Result<()> {
    let aims = aims(targets);
    let mut csv = csv::Writer::from_writer(sink);
    csv.write_record([
        "parameter",
        "target",
        "change_per_prior_sd",
        "unit",
        "share_of_information",
        "posterior_over_prior_sd",
    ])?;
    for (at, free) in plan.free.iter().enumerate() {
        if let Some(alignment) = free.aligned {
            let target = &targets[alignment.target];
            csv.write_record([&free.parameter.name, &target.name, "", &target.unit, "aligned", ""])?;
            continue;
        }
        let information = |row: usize| match (aims[row], fit.answer[row]) {
            (Some(aim), Some(found)) => {
                let slope = fit.jacobian[(row, at)];
                slope * slope / aim.variance(found)
            }
            (Some(_) | None, Some(_) | None) => 0.0,
        };
        let change = |row: usize, slope: f64| match (aims[row], fit.answer[row]) {
            (Some(aim), Some(found)) => aim.unseen(slope, found),
            (Some(_) | None, Some(_) | None) => slope,
        };
        let total = (0..targets.len()).fold(0.0, |sum, row| sum + information(row));
        let mut rows: Vec<usize> =
            (0..targets.len()).filter(|row| total > 0.0 && information(*row) / total >= LEAST_SHARE).collect();
        rows.sort_by(|a, b| information(*b).total_cmp(&information(*a)).then(a.cmp(b)));
        for row in rows {
            csv.write_record([
                &free.parameter.name,
                &targets[row].name,
                &format!("{:.4}", change(row, fit.jacobian[(row, at)])),
                &targets[row].unit,
                &format!("{:.3}", information(row) / total),
                &format!("{:.3}", fit.covariance[(at, at)].sqrt()),
            ])?;
        }
    }
    csv.flush()
}

/// How many numbers of a world are free and how many are fixed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// Parameters that the search moves.
    pub searched: usize,
    /// Parameters that are aligned.
    pub aligned: usize,
    /// Numbers of the world that they touch.
    pub touched: usize,
    /// Numbers of the world that stay as they are.
    pub fixed: usize,
}

/// Counts what is free.
#[must_use]
pub fn count(world: &World, plan: &FitPlan) -> Count {
    let mut touched: Vec<usize> = plan.edits(&vec![0.0; plan.free.len()]).iter().map(|edit| edit.position).collect();
    touched.sort_unstable();
    touched.dedup();
    let searched = plan.searched();
    let fixed = world.baseline.layout().size() - touched.len();
    Count { searched, aligned: plan.free.len() - searched, touched: touched.len(), fixed }
}
