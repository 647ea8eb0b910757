//! `precision.csv`: how precise effects are, and how many replicates a half-width needs.

use crate::outcomes::measure_named;
use crate::results::about::HalfWidth;
use crate::results::column::{Column, RowColumn, columns, write};
use crate::results::keys::{LAST_YEAR, WHOLE_RUN};
use crate::results::run::Results;
use crate::results::shared_columns::{DIFFERENCE, MCSE, MEASURE, OF_MEASURE, PERIOD, REPLICATES, SCENARIO, UNIT};
use crate::results::table::ResultTable;
use crate::results::tables::effects::{EffectRow, effects_on_everybody};
use crate::results::{cell, read};
use crate::statistics::{CriticalValues, replicates_for};
use serde::Deserialize;
use std::io::Read;

/// The table.
pub(crate) const TABLE: ResultTable =
    ResultTable::new("precision.csv", || columns(&fields()), |results, sink| write(sink, &fields(), rows(results)));

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
    /// large as it was found (so that, if it is as large, its interval would leave zero out). `None` without an error or an effect, and of
    /// several sets of parameters, whose doubt no replicate takes away.
    #[must_use]
    pub fn of(effect: &EffectRow, asked: &[HalfWidth], critical: &mut CriticalValues) -> Option<Self> {
        if effect.members.is_some() {
            return None;
        }
        let (difference, mcse) = (effect.difference?.abs(), effect.mcse?);
        let is_clear = effect.interval.is_some_and(|(low, high)| low > 0.0 || high < 0.0);
        let wanted = asked.iter().find(|asked| asked.measure == effect.key.measure).map(|asked| asked.half_width);
        let half_width = wanted.unwrap_or(if is_clear { difference / 10.0 } else { difference });
        if mcse <= 0.0 || half_width <= 0.0 {
            return None;
        }
        Some(Self { half_width, replicates: replicates_for(half_width, mcse, effect.replicates, critical) })
    }
}

/// An effect and what its half-width needs: a row.
struct PrecisionRow {
    effect: EffectRow,
    needed: Option<Needed>,
}

fn fields() -> Vec<RowColumn<PrecisionRow>> {
    let half_width = Column::new("half_width95", "how far the 95% interval reaches on either side", OF_MEASURE);
    let wanted = Column::new(
        "half_width_wanted",
        "the half-width asked for; without one a tenth of a clear effect, or all of an unclear one",
        OF_MEASURE,
    );
    let needed = Column::new(
        "replicates_needed",
        "replicates in all that the wanted half-width needs, if their spread stays",
        "replicates",
    );
    vec![
        SCENARIO.of(|row: &PrecisionRow| cell::text(&row.effect.key.scenario)),
        MEASURE.of(|row: &PrecisionRow| row.effect.key.measure.clone()),
        UNIT.of(|row: &PrecisionRow| row.effect.key.unit.clone()),
        PERIOD.of(|row: &PrecisionRow| row.effect.key.period.clone()),
        DIFFERENCE.of(|row: &PrecisionRow| cell::known(row.effect.difference)),
        MCSE.of(|row: &PrecisionRow| cell::known(row.effect.mcse)),
        REPLICATES.of(|row: &PrecisionRow| row.effect.replicates.to_string()),
        half_width.of(|row: &PrecisionRow| cell::known(row.effect.interval.map(|(low, high)| 0.5 * (high - low)))),
        wanted.of(|row: &PrecisionRow| cell::known(row.needed.map(|needed| needed.half_width))),
        needed.of(|row: &PrecisionRow| cell::known_count(row.needed.and_then(|needed| needed.replicates))),
    ]
}

/// The effects on everybody, on headline measures and those asked for, over the last year and the whole run.
fn rows(results: &Results) -> Vec<PrecisionRow> {
    let mut critical = CriticalValues::default();
    let asked = &results.options.half_widths;
    let mut effects = effects_on_everybody(results, &[LAST_YEAR, WHOLE_RUN]);
    effects.retain(|effect| {
        let is_headline = measure_named(&effect.key.measure).is_some_and(|measure| measure.is_headline());
        is_headline || asked.iter().any(|asked| asked.measure == effect.key.measure)
    });
    let row = |effect: EffectRow| PrecisionRow { needed: Needed::of(&effect, asked, &mut critical), effect };
    effects.into_iter().map(row).collect()
}

/// How many replicates the wanted half-width of an effect on everybody needs, as far as a row says.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ReplicatesNeeded {
    /// The scenario's name.
    #[serde(deserialize_with = "cell::as_owned_text")]
    pub scenario: String,
    /// The measure's key.
    pub measure: String,
    /// The period.
    pub period: String,
    /// Replicates in all; unknown without an error or an effect, and beyond what can be counted.
    #[serde(rename = "replicates_needed")]
    pub replicates: Option<u32>,
}

/// The same of results that were not read back.
#[must_use]
pub fn replicates_needed(results: &Results) -> Vec<ReplicatesNeeded> {
    let of = |PrecisionRow { effect, needed }: PrecisionRow| ReplicatesNeeded {
        scenario: effect.key.scenario,
        measure: effect.key.measure,
        period: effect.key.period,
        replicates: needed.and_then(|needed| needed.replicates),
    };
    rows(results).into_iter().map(of).collect()
}

/// Reads them back.
///
/// # Errors
/// The line and what is wrong with it.
pub(crate) fn read(source: impl Read) -> Result<Vec<ReplicatesNeeded>, String> {
    read::rows(source, &columns(&fields()), "the precision of an effect")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::testing;

    fn neet() -> EffectRow {
        effects_on_everybody(&testing::results(), &["2025-09"])
            .into_iter()
            .find(|effect| effect.key.measure == "neet_rate")
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
        let mut results = testing::results();
        results.options.half_widths = asked;
        let mut bytes = Vec::new();
        write(&mut bytes, &fields(), rows(&results)).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let line = text.lines().find(|line| line.contains(",neet_rate,share,whole run,")).unwrap();
        assert!(line.starts_with("'=levy,") && line.contains(",0.01,"), "{line}");
    }

    #[test]
    fn exactly_no_effect_and_unknown_errors_need_nothing() {
        let mut critical = CriticalValues::default();
        let zero = EffectRow { difference: Some(0.0), mcse: Some(0.0), interval: Some((0.0, 0.0)), ..neet() };
        assert_eq!(Needed::of(&zero, &[], &mut critical), None);
        assert_eq!(Needed::of(&EffectRow { mcse: None, ..neet() }, &[], &mut critical), None);
    }
}
