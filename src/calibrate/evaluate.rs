//! What the model says at a point of the parameters, remembered on disk: a calibration that was stopped goes on where it was.

use super::findings::estimates;
use super::plan::FitPlan;
use super::sample::Sample;
use super::simulate::{Settings, simulate};
use super::targets::Target;
use crate::experiment::Observer;
use crate::input_files;
use crate::statistics;
use crate::world::World;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

/// The largest file of remembered answers (bytes).
const LARGEST_MEMORY: u64 = 1_000_000_000;

/// A simulated value and its Monte Carlo standard error, in the target's unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// Mean over replicates.
    pub mean: f64,
    /// Its standard error; 0 of one replicate.
    pub error: f64,
}

/// What each target comes out as at one point; `None` where it is unknown.
pub type Estimates = Vec<Option<Estimate>>;

/// Why there are no answers.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Halt {
    /// The observer asked to stop; what was finished is kept.
    #[error("stopped before it was done")]
    Stopped,
    /// The system refused to keep what was found.
    #[error("{0}")]
    Refused(String),
}

/// Answers at points, each simulated once.
pub struct Evaluator<'a> {
    /// The world before it is fitted.
    pub world: &'a World,
    /// What is free.
    pub plan: &'a FitPlan,
    /// What is compared.
    pub targets: &'a [Target],
    /// How it is simulated.
    pub settings: Settings,
    /// Hears of progress.
    pub observer: &'a dyn Observer,
    known: BTreeMap<String, Estimates>,
    kept: Option<fs::File>,
    simulated: usize,
}

impl<'a> Evaluator<'a> {
    /// An evaluator that remembers in a file, if there is one; what the file already holds need not be simulated again.
    ///
    /// # Errors
    /// What the system refused.
    pub fn new(
        world: &'a World,
        plan: &'a FitPlan,
        targets: &'a [Target],
        settings: Settings,
        observer: &'a dyn Observer,
        memory: Option<&Path>,
    ) -> Result<Self, Halt> {
        let mut evaluator =
            Self { world, plan, targets, settings, observer, known: BTreeMap::new(), kept: None, simulated: 0 };
        let Some(memory) = memory else { return Ok(evaluator) };
        let refused = |error: std::io::Error| Halt::Refused(format!("cannot keep {}: {error}", memory.display()));
        match input_files::bytes(memory, LARGEST_MEMORY) {
            Ok(bytes) => evaluator.known = remembered(&String::from_utf8_lossy(&bytes), targets.len()),
            Err(reason) if reason.is_missing() => {}
            Err(reason) => return Err(refused(reason.into())),
        }
        let mut file = fs::OpenOptions::new().create(true).append(true).open(memory).map_err(refused)?;
        // A line that was cut off when the program ended must not run into the next.
        writeln!(file).map_err(refused)?;
        evaluator.kept = Some(file);
        Ok(evaluator)
    }

    /// How many points were simulated, not remembered.
    #[must_use]
    pub fn simulated(&self) -> usize {
        self.simulated
    }

    /// The answers at each point, in order.
    ///
    /// # Errors
    /// When stopped, or when what was found cannot be kept.
    pub fn at(&mut self, points: &[Vec<f64>]) -> Result<Vec<Estimates>, Halt> {
        let keys: Vec<String> = points.iter().map(|point| self.key(point)).collect();
        let mut new: Vec<usize> = Vec::new();
        for (at, key) in keys.iter().enumerate() {
            if !self.known.contains_key(key) && !new.iter().any(|earlier| keys[*earlier] == *key) {
                new.push(at);
            }
        }
        // A few at a time, so that little is lost when it is stopped.
        for batch in new.chunks(BATCH) {
            let world_at = |at: &usize| Arc::new(self.plan.world_at(self.world, &points[*at]).baseline);
            let sets: Vec<_> = batch.iter().map(world_at).collect();
            let found = simulate(&sets, self.targets, &self.settings, self.observer);
            for (at, replicates) in batch.iter().zip(found) {
                let answer = self.answer(&replicates.ok_or(Halt::Stopped)?);
                self.keep(&keys[*at], &answer)?;
                self.known.insert(keys[*at].clone(), answer);
                self.simulated += 1;
            }
        }
        Ok(keys.iter().map(|key| self.known[key].clone()).collect())
    }

    fn answer(&self, replicates: &[Vec<Option<Sample>>]) -> Estimates {
        let of = |(at, target): (usize, &Target)| {
            let samples: Vec<Sample> = replicates.iter().filter_map(|samples| samples[at]).collect();
            let values = estimates(target, &samples);
            let mean = statistics::mean(&values).filter(|mean| mean.is_finite())?;
            Some(Estimate { mean, error: statistics::mcse(&values).unwrap_or(0.0) })
        };
        self.targets.iter().enumerate().map(of).collect()
    }

    /// A name for everything that the answers at a point depend on.
    fn key(&self, point: &[f64]) -> String {
        let mut hash = Sha256::new();
        hash.update(env!("CARGO_PKG_VERSION"));
        hash.update(option_env!("RUNGS_GIT").unwrap_or(""));
        hash.update(format!("{:?}", self.settings));
        for file in &self.world.files {
            hash.update(&file.summary().sha256);
        }
        for target in self.targets {
            hash.update(format!("{:?} {:?} {:?}", target.simulated.key(), target.about, target.per_unit));
        }
        for (free, x) in self.plan.free.iter().zip(point) {
            hash.update(format!("{:?}", free.parameter));
            hash.update(free.value(*x).to_bits().to_le_bytes());
        }
        hash.finalize().iter().take(16).fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }

    fn keep(&mut self, key: &str, answer: &Estimates) -> Result<(), Halt> {
        let Some(file) = &mut self.kept else { return Ok(()) };
        let mut line = key.to_owned();
        for estimate in answer {
            match estimate {
                // Bits, so that what is remembered is what was found.
                Some(Estimate { mean, error }) => {
                    let _ = write!(line, ",{:016x}/{:016x}", mean.to_bits(), error.to_bits());
                }
                None => line.push_str(",-"),
            }
        }
        line.push_str(",.\n");
        file.write_all(line.as_bytes()).map_err(|error| Halt::Refused(format!("cannot keep what was found: {error}")))
    }
}

/// Points simulated together.
const BATCH: usize = 8;

/// The whole lines of a memory.
fn remembered(text: &str, targets: usize) -> BTreeMap<String, Estimates> {
    let estimate = |cell: &str| -> Option<Option<Estimate>> {
        if cell == "-" {
            return Some(None);
        }
        let (mean, error) = cell.split_once('/')?;
        let number = |bits: &str| u64::from_str_radix(bits, 16).ok().map(f64::from_bits);
        Some(Some(Estimate { mean: number(mean)?, error: number(error)? }))
    };
    let line = |line: &str| {
        let mut cells: Vec<&str> = line.strip_suffix(",.")?.split(',').collect();
        let key = cells.remove(0).to_owned();
        let answer: Option<Estimates> = cells.into_iter().map(estimate).collect();
        answer.filter(|answer| answer.len() == targets).map(|answer| (key, answer))
    };
    text.lines().filter_map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_was_cut_off_is_forgotten_and_whole_ones_keep_their_bits() {
        let answer = vec![Some(Estimate { mean: 0.1 + 0.2, error: 1e-300 }), None];
        let bits = format!("{:016x}/{:016x}", (0.1f64 + 0.2).to_bits(), 1e-300f64.to_bits());
        let text = format!("aa,{bits},-,.\nbb,{bits},-\n\ncc,{bits}");
        let found = remembered(&text, 2);
        assert_eq!(found.len(), 1);
        assert_eq!(found["aa"], answer);
    }
}
