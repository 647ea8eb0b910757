//! `calibration.toml`: what is free, between which ends, and how the search is done.

use super::sensitivity::{Variation, VariedParameter, positions};
use super::targets::{Simulated, Target, Use};
use crate::conditions::{Condition, Edit, apply};
use crate::diagnostics::{Diagnostic, Diagnostics, did_you_mean};
use crate::domain::Kind;
use crate::scenario::Breakdown;
use crate::world::{TextFile, World};
use serde::Deserialize;
use std::ops::Range;
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlanFile {
    fit: FitFile,
    ensemble: EnsembleFile,
    #[serde(default)]
    parameters: Vec<ParameterFile>,
    #[serde(default)]
    alignments: Vec<AlignmentFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FitFile {
    seed: u64,
    scale: u32,
    replicates: u32,
    years: u16,
    starts: u32,
    rounds: u32,
    alignment_runs: u32,
    fine_scale: u32,
    fine_alignment_runs: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EnsembleFile {
    members: u32,
    most_draws: u32,
    pass_share: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ParameterFile {
    name: Spanned<String>,
    condition: Spanned<String>,
    of: Option<Spanned<String>>,
    change: Spanned<String>,
    low: Spanned<f64>,
    high: Spanned<f64>,
    sd: Spanned<f64>,
    start: Option<Spanned<f64>>,
    #[expect(dead_code, reason = "for readers of the file")]
    why: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AlignmentFile {
    name: Spanned<String>,
    condition: Spanned<String>,
    of: Spanned<String>,
    measure: Spanned<String>,
    by: Spanned<String>,
    gain: f64,
    low: Spanned<f64>,
    high: Spanned<f64>,
    sd: Spanned<f64>,
    #[expect(dead_code, reason = "for readers of the file")]
    why: String,
}

/// A calibration as meant.
#[derive(Clone, Debug, PartialEq)]
pub struct FitPlan {
    /// Seed of simulations and of the search.
    pub seed: u64,
    /// People that one agent stands for.
    pub scale: u32,
    /// Replicates whose mean is fitted.
    pub replicates: u32,
    /// Years compared.
    pub years: u16,
    /// Points looked at before the search descends from the best.
    pub starts: usize,
    /// Steps of the search.
    pub rounds: usize,
    /// Runs after each step in which aligned parameters follow their figures.
    pub alignment_runs: usize,
    /// People that one agent stands for when aligned parameters are settled after the search: small regions need more agents than steps do.
    pub fine_scale: u32,
    /// Runs at that scale in which aligned parameters follow their figures.
    pub fine_alignment_runs: usize,
    /// Members of the ensemble.
    pub members: usize,
    /// Draws after which an ensemble is given up.
    pub most_draws: usize,
    /// The share of fitted figures that a member must agree with.
    pub pass_share: f64,
    /// What is free: first what the search moves, then what is aligned.
    pub free: Vec<Free>,
}

/// A free parameter. The search moves it in units of its prior standard deviation from the world's figure; its logarithm, if it is a
/// factor.
#[derive(Clone, Debug, PartialEq)]
pub struct Free {
    /// Name, change and ends.
    pub parameter: VariedParameter,
    /// Prior standard deviation of the shift or of the logarithm of the factor.
    pub sd: f64,
    /// The place where the search starts; the prior is centred on the world's figure wherever that is.
    pub start: f64,
    /// The figure it follows, if it is aligned.
    pub aligned: Option<Alignment>,
}

/// What an aligned parameter follows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Alignment {
    /// The target, by its place in the list.
    pub target: usize,
    /// Log points of the parameter for each log point that the target is above its simulated value.
    pub gain: f64,
    /// Which table of the plan it comes from: parameters of one family keep their common level.
    pub family: usize,
}

impl Free {
    /// The value at a place `x` in prior standard deviations, held between the ends.
    #[must_use]
    pub fn value(&self, x: f64) -> f64 {
        let VariedParameter { low, high, change, .. } = &self.parameter;
        match change {
            Variation::Scale(..) => libm::exp(self.sd * x).clamp(*low, *high),
            Variation::Shift(..) | Variation::Lever(_) => (self.sd * x).clamp(*low, *high),
        }
    }

    /// The place of a value.
    #[must_use]
    pub fn place(&self, value: f64) -> f64 {
        match self.parameter.change {
            Variation::Scale(..) => libm::log(value) / self.sd,
            Variation::Shift(..) | Variation::Lever(_) => value / self.sd,
        }
    }

    /// The ends as places.
    #[must_use]
    pub fn ends(&self) -> (f64, f64) {
        (self.place(self.parameter.low), self.place(self.parameter.high))
    }
}

impl FitPlan {
    /// The plan in a world's `calibration.toml`.
    ///
    /// # Errors
    /// Every mistake in it, each with its place.
    pub fn read(world: &World, targets: &[Target]) -> Result<Self, Diagnostics> {
        let mut mistakes = Diagnostics::default();
        let Some(file) = world.calibration() else {
            let message = "found no calibration.toml, expected one in the world folder".to_owned();
            let (file, key) = (world.name.clone(), String::new());
            mistakes.add(Diagnostic { file, span: None, key, message, hint: None });
            return Err(mistakes);
        };
        mistakes.keep_text(&file.shown, &file.text);
        let typed: PlanFile = match toml::from_str(&file.text) {
            Ok(typed) => typed,
            Err(error) => {
                let message = error.message().to_owned();
                let (file, key) = (file.shown.clone(), String::new());
                mistakes.add(Diagnostic { file, span: error.span(), key, message, hint: None });
                return Err(mistakes);
            }
        };
        let mut reader = Reader { file, world, targets, mistakes, free: Vec::new() };
        typed.parameters.iter().for_each(|typed| reader.parameter(typed));
        typed.alignments.iter().enumerate().for_each(|(family, typed)| reader.alignment(typed, family));
        let count = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
        let (fit, ensemble) = (typed.fit, typed.ensemble);
        let plan = Self {
            seed: fit.seed,
            scale: fit.scale.max(1),
            replicates: fit.replicates.max(1),
            years: fit.years.max(1),
            starts: count(fit.starts),
            rounds: count(fit.rounds),
            alignment_runs: count(fit.alignment_runs),
            fine_scale: fit.fine_scale.max(1),
            fine_alignment_runs: count(fit.fine_alignment_runs),
            members: count(ensemble.members),
            most_draws: count(ensemble.most_draws),
            pass_share: ensemble.pass_share,
            free: reader.free,
        };
        reader.mistakes.or(plan)
    }

    /// The world at a point, in prior standard deviations of each free parameter.
    #[must_use]
    pub fn world_at(&self, world: &World, point: &[f64]) -> World {
        let mut changed = world.clone();
        apply(&mut changed.baseline, &mut self.edits(point));
        changed
    }

    /// What a point does to the world's conditions.
    #[must_use]
    pub fn edits(&self, point: &[f64]) -> Vec<Edit> {
        let edits = |(free, x): (&Free, &f64)| free.parameter.edits(free.value(*x));
        self.free.iter().zip(point).flat_map(edits).collect()
    }

    /// The point where the search starts.
    #[must_use]
    pub fn start(&self) -> Vec<f64> {
        self.free.iter().map(|free| free.start).collect()
    }

    /// How many parameters the search moves; those after them are aligned.
    #[must_use]
    pub fn searched(&self) -> usize {
        self.free.iter().take_while(|free| free.aligned.is_none()).count()
    }
}

struct Reader<'a> {
    file: &'a TextFile,
    world: &'a World,
    targets: &'a [Target],
    mistakes: Diagnostics,
    free: Vec<Free>,
}

impl Reader<'_> {
    fn wrong(&mut self, span: Range<usize>, key: &str, message: String, hint: Option<String>) {
        let (file, key) = (self.file.shown.clone(), key.to_owned());
        self.mistakes.add(Diagnostic { file, span: Some(span), key, message, hint });
    }

    fn condition(&mut self, typed: &Spanned<String>) -> Option<Condition> {
        let name = typed.get_ref().as_str();
        let found = Condition::all().find(|condition| condition.spec().name == name);
        if found.is_none() {
            let hint = did_you_mean(name, Condition::all().map(|condition| condition.spec().name));
            self.wrong(typed.span(), "condition", format!("found {name:?}, expected the name of a condition"), hint);
        }
        found
    }

    /// Checks name, ends and spread, and keeps the parameter.
    fn keep(
        &mut self,
        name: (&str, Range<usize>),
        change: Variation,
        ends: [&Spanned<f64>; 3],
        aligned: Option<Alignment>,
    ) {
        let [low, high, sd] = ends.map(|end| *end.get_ref());
        let unchanged = if matches!(change, Variation::Scale(..)) { 1.0 } else { 0.0 };
        if !(low < unchanged && unchanged < high) || (unchanged > 0.5 && low <= 0.0) {
            let message = format!("found {low} to {high}, expected ends on either side of {unchanged}");
            self.wrong(ends[0].span(), "low", message, None);
        }
        if sd <= 0.0 || !sd.is_finite() {
            self.wrong(ends[2].span(), "sd", format!("found {sd}, expected a number above 0"), None);
        }
        if self.free.iter().any(|free| free.parameter.name == name.0) {
            self.wrong(name.1, "name", format!("found {:?} twice, expected it once", name.0), None);
        }
        let parameter = VariedParameter { name: name.0.to_owned(), change, low, high };
        self.free.push(Free { parameter, sd, start: 0.0, aligned });
    }

    fn parameter(&mut self, typed: &ParameterFile) {
        let Some(condition) = self.condition(&typed.condition) else { return };
        let (of, span) = typed.of.as_ref().map_or(("", typed.condition.span()), |of| (of.get_ref(), of.span()));
        let positions = match positions(condition, of, self.world) {
            Ok(positions) => positions,
            Err(message) => return self.wrong(span, "of", message, None),
        };
        let change = match typed.change.get_ref().as_str() {
            "scale" => Variation::Scale(condition, positions),
            "shift" => Variation::Shift(condition, positions),
            other => {
                let message = format!("found {other:?}, expected \"scale\" or \"shift\"");
                return self.wrong(typed.change.span(), "change", message, None);
            }
        };
        let name = (typed.name.get_ref().as_str(), typed.name.span());
        self.keep(name, change, [&typed.low, &typed.high, &typed.sd], None);
        if let Some(start) = &typed.start {
            self.start(start);
        }
    }

    /// Where the search of the parameter kept last starts.
    fn start(&mut self, typed: &Spanned<f64>) {
        let Some(free) = self.free.last_mut() else { return };
        let (start, low, high) = (*typed.get_ref(), free.parameter.low, free.parameter.high);
        free.start = free.place(start);
        if !(low <= start && start <= high) {
            self.wrong(typed.span(), "start", format!("found {start}, expected a value from {low} to {high}"), None);
        }
    }

    /// One parameter for each place along the axis marked `*` that has a fitted figure.
    fn alignment(&mut self, typed: &AlignmentFile, family: usize) {
        let Some(condition) = self.condition(&typed.condition) else { return };
        let measure = Simulated::named(typed.measure.get_ref());
        let by = Breakdown::named(typed.by.get_ref());
        let (Some(measure), Some(by)) = (measure, by) else {
            let message = format!(
                "found {:?} by {:?}, expected a measure by a breakdown",
                typed.measure.get_ref(),
                typed.by.get_ref()
            );
            return self.wrong(typed.measure.span(), "measure", message, None);
        };
        let before = self.free.len();
        for (target, found) in self.targets.iter().enumerate() {
            if found.simulated != measure
                || found.about.0 != by.name()
                || found.used != Use::Fitted
                || found.slices.len() != 1
            {
                continue;
            }
            let of = typed.of.get_ref().replace('*', &found.about.1);
            match positions(condition, &of, self.world) {
                Ok(positions) => {
                    let name = format!("{}: {}", typed.name.get_ref(), found.about.1);
                    let change = Variation::Scale(condition, positions);
                    let aligned = Some(Alignment { target, gain: typed.gain, family });
                    self.keep((&name, typed.name.span()), change, [&typed.low, &typed.high, &typed.sd], aligned);
                }
                Err(message) => return self.wrong(typed.of.span(), "of", message, None),
            }
        }
        if self.free.len() == before {
            let message = "found no fitted figure to follow, expected at least one".to_owned();
            self.wrong(typed.measure.span(), "measure", message, None);
        }
    }
}
