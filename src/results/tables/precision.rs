//! `precision.csv`: how precise effects are, and how many replicates a half-width needs.

use crate::outcomes::measure_named;
use crate::results::about::HalfWidth;
use crate::results::keys::{LAST_YEAR, WHOLE_RUN};
use crate::results::run::Results;
use crate::results::tables::cell;
use crate::results::tables::effects::{Effect, effects_on_everybody};
use crate::statistics::{CriticalValues, replicates_for};
use std::io::{self, Write};

/// The columns, in order.
pub(crate) const COLUMNS: [&str; 10] = [
    "scenario",
    "measure",
    "unit",
    "period",
    "difference",
    "mcse",
    "replicates",
    "half_width95",
    "half_width_wanted",
    "replicates_needed",
];

/// What a half-width needs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Needed {
    /// The half-width (the measure's unit).
    pub half_width: f64,
    /// Replicates in all; unknown beyond what can be counted.
    pub replicates: Option<u32>,
}

impl Needed {
    /// The replicates for the half-width asked for, or else for a tenth of a clear effect, or for an unclear one as
    /// large as it was found (so that, if it is as large, its interval would leave zero out). `None` without an error or an effect.
    #[must_use]
    pub fn of(effect: &Effect, asked: &[HalfWidth], critical: &mut CriticalValues) -> Option<Self> {
        let (difference, mcse) = (effect.difference?.abs(), effect.mcse?);
        let is_clear = effect.interval.is_some_and(|(low, high)| low > 0.0 || high < 0.0);
        let wanted = asked.iter().find(|asked| asked.measure == effect.measure).map(|asked| asked.half_width);
        let half_width = wanted.unwrap_or(if is_clear { difference / 10.0 } else { difference });
        if mcse <= 0.0 || half_width <= 0.0 {
            return None;
        }
        Some(Self { half_width, replicates: replicates_for(half_width, mcse, effect.replicates, critical) })
    }
}

/// Writes the effects on everybody, on headline measures and those asked for, over the last year and the whole run.
///
/// # Errors
/// When the sink refuses.
pub(crate) fn write(results: &Results, sink: &mut dyn Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(sink);
    csv.write_record(COLUMNS)?;
    let mut critical = CriticalValues::default();
    let asked = &results.half_widths;
    for effect in effects_on_everybody(results, &[LAST_YEAR, WHOLE_RUN]) {
        let headline = measure_named(&effect.measure).is_some_and(|measure| measure.is_headline());
        if !headline && !asked.iter().any(|asked| asked.measure == effect.measure) {
            continue;
        }
        let needed = Needed::of(&effect, asked, &mut critical);
        let replicates = needed.and_then(|needed| needed.replicates);
        csv.write_record([
            cell::text(&effect.scenario),
            effect.measure,
            effect.unit,
            effect.period,
            cell::known(effect.difference),
            cell::known(effect.mcse),
            effect.replicates.to_string(),
            cell::known(effect.interval.map(|(low, high)| 0.5 * (high - low))),
            cell::known(needed.map(|needed| needed.half_width)),
            replicates.map_or_else(String::new, |replicates| replicates.to_string()),
        ])?;
    }
    csv.flush()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::testing;

    fn neet() -> Effect {
        effects_on_everybody(&testing::results(), &["2025-09"])
            .into_iter()
            .find(|effect| effect.measure == "neet_rate")
            .unwrap()
    }

    #[test]
    fn an_unclear_effect_needs_enough_replicates_to_tell_one_of_its_size_from_zero() {
        // Differences -0.05 and -0.09: mean -0.07, mcse 0.02, sd 0.0283. t(3) x sd / sqrt(4) = 0.045, t(2) x sd / sqrt(3) = 0.0703.
        let needed = Needed::of(&neet(), &[], &mut CriticalValues::default()).unwrap();
        assert!((needed.half_width - 0.07).abs() < 1e-9);
        assert_eq!(needed.replicates, Some(4));
    }

    #[test]
    fn a_half_width_that_was_asked_for_goes_first_and_is_in_the_file() {
        let asked = vec![HalfWidth { measure: "neet_rate".to_owned(), half_width: 0.01 }];
        let needed = Needed::of(&neet(), &asked, &mut CriticalValues::default()).unwrap();
        // (t sd / 0.01)^2: with 33 replicates t = 2.037 and the half-width 0.01003; with 34, 2.035 and 0.00987.
        assert_eq!(needed.replicates, Some(34));
        let results = Results { half_widths: asked, ..testing::results() };
        let mut bytes = Vec::new();
        write(&results, &mut bytes).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let line = text.lines().find(|line| line.contains(",neet_rate,share,whole run,")).unwrap();
        assert!(line.starts_with("'=levy,") && line.contains(",0.01,"), "{line}");
    }

    #[test]
    fn exactly_no_effect_and_unknown_errors_need_nothing() {
        let mut critical = CriticalValues::default();
        let zero = Effect { difference: Some(0.0), mcse: Some(0.0), interval: Some((0.0, 0.0)), ..neet() };
        assert_eq!(Needed::of(&zero, &[], &mut critical), None);
        assert_eq!(Needed::of(&Effect { mcse: None, ..neet() }, &[], &mut critical), None);
    }
}
