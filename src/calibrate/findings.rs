//! Whether the baseline agrees with each target.

use super::sample::Sample;
use super::targets::{Simulated, Target};
use crate::domain::Kind;
use crate::statistics;
use std::io::{self, Write};
use strum::{IntoStaticStr, VariantArray};

/// Whether a simulated value agrees with a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
pub enum Agreement {
    /// It lies in the accepted interval.
    #[strum(serialize = "pass")]
    Pass,
    /// It does not.
    #[strum(serialize = "miss")]
    Miss,
    /// Nothing was counted: no agreement either.
    #[strum(serialize = "unknown")]
    Unknown,
}

/// What the baseline says about a target. Numbers are in the target's unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Finding {
    /// Mean over replicates.
    pub simulated: Option<f64>,
    /// Its Monte Carlo standard error.
    pub mcse: Option<f64>,
    /// Replicates with a known value.
    pub replicates: usize,
    /// The judgement.
    pub verdict: Agreement,
    /// How far outside the accepted interval; 0 inside.
    pub off_by: f64,
}

/// A finding for each target from what the replicates say, replicate by replicate.
#[must_use]
pub fn findings(targets: &[Target], replicates: &[Vec<Option<Sample>>]) -> Vec<Finding> {
    let of = |(at, target): (usize, &Target)| {
        let samples: Vec<Sample> = replicates.iter().filter_map(|samples| samples[at]).collect();
        judge(target, &estimates(target, &samples))
    };
    targets.iter().enumerate().map(of).collect()
}

/// One estimate for each replicate: its value, or its pseudo-value by the delete-one jackknife of a ratio of sums, whose mean and standard
/// error are those of the ratio (Quenouille 1956, Tukey 1958).
#[must_use]
pub(super) fn estimates(target: &Target, samples: &[Sample]) -> Vec<f64> {
    match target.simulated {
        Simulated::Measure(_) => samples.iter().map(|sample| sample.above).collect(),
        Simulated::Mechanism(_) => {
            let sums = samples.iter().fold((0.0, 0.0), |sum, sample| (sum.0 + sample.above, sum.1 + sample.below));
            let whole = sums.0 / sums.1;
            if samples.len() < 2 {
                return vec![whole; samples.len()];
            }
            let n = f64::from(u32::try_from(samples.len()).unwrap_or(u32::MAX));
            let without = |sample: &Sample| (sums.0 - sample.above) / (sums.1 - sample.below);
            samples.iter().map(|sample| n * whole - (n - 1.0) * without(sample)).collect()
        }
    }
}

fn judge(target: &Target, estimates: &[f64]) -> Finding {
    let simulated = statistics::mean(estimates).filter(|mean| mean.is_finite());
    let (low, high) = target.accepted();
    let off_by = simulated.map_or(f64::INFINITY, |mean| (low - mean).max(mean - high).max(0.0));
    let verdict = match simulated {
        None => Agreement::Unknown,
        Some(_) if off_by > 0.0 => Agreement::Miss,
        Some(_) => Agreement::Pass,
    };
    Finding { simulated, mcse: statistics::mcse(estimates), replicates: estimates.len(), verdict, off_by }
}

/// The columns of `validation.csv`.
const COLUMNS: [&str; 20] = [
    "subject",
    "target",
    "use",
    "measure",
    "by",
    "of",
    "unit",
    "published",
    "low",
    "high",
    "accepted_low",
    "accepted_high",
    "simulated",
    "mcse",
    "replicates",
    "verdict",
    "period",
    "source",
    "confidence",
    "note",
];

/// Writes a row for each target, in order.
///
/// # Errors
/// When the sink refuses.
pub fn write_findings(targets: &[Target], findings: &[Finding], sink: impl Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(sink);
    csv.write_record(COLUMNS)?;
    for (target, finding) in targets.iter().zip(findings) {
        let (low, high) = target.accepted();
        let number = |number: Option<f64>| number.filter(|number| number.is_finite()).map_or_else(String::new, short);
        csv.write_record([
            &target.subject,
            &target.name,
            target.used.name(),
            target.simulated.key(),
            &target.about.0,
            &target.about.1,
            &target.unit,
            &number(target.value),
            &number(target.low),
            &number(target.high),
            &number(Some(low)),
            &number(Some(high)),
            &number(finding.simulated),
            &number(finding.mcse),
            &finding.replicates.to_string(),
            finding.verdict.name(),
            &target.period,
            &target.source,
            target.confidence.name(),
            &target.note,
        ])?;
    }
    csv.flush()
}

/// In at most six decimals.
fn short(number: f64) -> String {
    let text = format!("{number:.6}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
