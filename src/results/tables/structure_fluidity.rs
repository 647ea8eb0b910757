//! `structure_fluidity.csv`: what a change in mobility owes to different jobs, and what to fairer chances.

use crate::outcomes::{DECOMPOSED, Decomposed, Decomposition, matrix, measure_named};
use crate::results::keys::{self, Heading, Place, places, spans, spans_of};
use crate::results::run::Results;
use crate::results::tables::cell;
use crate::results::tables::effects::Effect;
use crate::statistics::{CriticalValues, PairedDifference};
use std::io::{self, Read, Write};
use std::ops::Range;

/// The columns, in order.
pub(crate) const COLUMNS: [&str; 16] = [
    "scenario",
    "measure",
    "unit",
    "region",
    "region_basis",
    "origin",
    "sex",
    "period",
    "months",
    "part",
    "baseline",
    "difference",
    "mcse",
    "low95",
    "high95",
    "replicates",
];

/// A part of a change.
pub type Part = (&'static str, fn(&Decomposition) -> f64);

/// The whole change and its two parts, by name.
const PARTS: [Part; 3] =
    [("change", |split| split.change), ("structure", |split| split.structure), ("fluidity", |split| split.fluidity)];

/// One row: a part of a scenario's effect on a measure of mobility.
#[derive(Clone, Debug, PartialEq)]
pub struct SplitEffect {
    /// The scenario's name.
    pub scenario: String,
    /// The measure's key.
    pub measure: &'static str,
    /// Whom it is about.
    pub place: Place,
    /// The period.
    pub period: String,
    /// Its length in months.
    pub months: u32,
    /// `change`, `structure` or `fluidity`.
    pub part: &'static str,
    /// Mean of the baseline over the same replicates.
    pub baseline: Option<f64>,
    /// Mean of the part.
    pub difference: Option<f64>,
    /// Its Monte Carlo standard error.
    pub mcse: Option<f64>,
    /// Its 95% interval (Monte Carlo error alone).
    pub interval: Option<(f64, f64)>,
    /// Replicates in which the change can be split.
    pub replicates: u32,
}

/// Every row: by scenario, measure, slice, span and part.
#[must_use]
pub fn structure_fluidity(results: &Results) -> Vec<SplitEffect> {
    let (places, spans) = (places(results), spans(&results.periods));
    let mut critical = CriticalValues::default();
    let mut rows = Vec::new();
    for (index, scenario) in results.scenarios.iter().enumerate().skip(1) {
        for split in &DECOMPOSED {
            for (slice, place) in places.iter().enumerate().filter(|(at, _)| compares(results, *at, split)) {
                for span in spans_of(results, &spans, slice) {
                    let found = of_replicates(results, index, split, slice, &span.periods);
                    rows.extend(PARTS.iter().map(|(part, read)| {
                        let pairs: Vec<(f64, f64)> =
                            found.iter().map(|split| (split.baseline, split.baseline + read(split))).collect();
                        let paired = PairedDifference::of(&pairs, &mut critical);
                        SplitEffect {
                            scenario: scenario.name.clone(),
                            measure: split.measure,
                            place: place.clone(),
                            period: span.name.clone(),
                            months: span.months,
                            part,
                            baseline: paired.map(|paired| paired.before),
                            difference: paired.map(|paired| paired.difference),
                            mcse: paired.and_then(|paired| paired.mcse),
                            interval: paired.and_then(|paired| paired.interval),
                            replicates: u32::try_from(pairs.len()).unwrap_or(u32::MAX),
                        }
                    }));
                }
            }
        }
    }
    rows
}

/// Whether a slice holds the origins that a matrix compares.
fn compares(results: &Results, slice: usize, split: &Decomposed) -> bool {
    let cell = format!("mobility_matrix.higher_professional.working.{}", split.age);
    measure_named(&cell).is_some_and(|measure| measure.applies_to(results.slices[slice]))
}

fn of_replicates(
    results: &Results,
    scenario: usize,
    split: &Decomposed,
    slice: usize,
    periods: &Range<usize>,
) -> Vec<Decomposition> {
    let of = |run| matrix(run, split.age, slice, periods);
    results.outcomes.iter().filter_map(|runs| split.of(&of(&runs[0])?, &of(&runs[scenario])?)).collect()
}

/// Writes every row.
///
/// # Errors
/// When the sink refuses.
pub(crate) fn write(results: &Results, sink: &mut dyn Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(sink);
    csv.write_record(COLUMNS)?;
    for row in structure_fluidity(results) {
        csv.write_record([
            cell::text(&row.scenario),
            row.measure.to_owned(),
            "share".to_owned(),
            cell::text(&row.place.region),
            row.place.region_basis,
            row.place.origin,
            row.place.sex,
            row.period,
            row.months.to_string(),
            row.part.to_owned(),
            cell::known(row.baseline),
            cell::known(row.difference),
            cell::known(row.mcse),
            cell::known(row.interval.map(|interval| interval.0)),
            cell::known(row.interval.map(|interval| interval.1)),
            row.replicates.to_string(),
        ])?;
    }
    csv.flush()
}

/// A part of a change, read back.
#[derive(Clone, Debug, PartialEq)]
pub struct SavedPart {
    /// `change`, `structure` or `fluidity`.
    pub part: String,
    /// The part, as an effect on the measure.
    pub effect: Effect,
}

/// Reads those parts back that are `wanted`.
///
/// # Errors
/// The line and what is wrong with it.
pub(crate) fn read(source: impl Read, wanted: &dyn Fn(&Heading<'_>) -> bool) -> Result<Vec<SavedPart>, String> {
    keys::read(source, &COLUMNS, wanted, read_one, "a part of a change")
}

fn read_one(heading: &Heading<'_>, record: &csv::StringRecord) -> Option<SavedPart> {
    let number = |index: usize| record.get(index).and_then(cell::read_known);
    let effect = Effect {
        scenario: heading.scenario.to_owned(),
        measure: heading.measure.to_owned(),
        unit: record.get(2)?.to_owned(),
        place: heading.place(),
        period: heading.period.to_owned(),
        months: record.get(8)?.parse().ok()?,
        baseline: number(10)?,
        difference: number(11)?,
        mcse: number(12)?,
        interval: number(13)?.zip(number(14)?),
        replicates: record.get(15)?.parse().ok()?,
    };
    Some(SavedPart { part: record.get(9)?.to_owned(), effect })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::keys::{LAST_YEAR, WHOLE_RUN};
    use crate::results::testing;

    fn one(part: &str, period: &str) -> SplitEffect {
        let wanted = |row: &SplitEffect| {
            row.measure == "upward_mobility.30" && row.place.region == "all" && row.part == part && row.period == period
        };
        structure_fluidity(&testing::results()).into_iter().find(wanted).unwrap()
    }

    #[test]
    fn the_parts_of_a_change_add_up_to_it() {
        // In the first year 5 of 20 of working origin come to a professional job and 15 of 20 of professional origin; with
        // the levy 10 and 15. Upward: 5 and then 10 of 40.
        let parts = ["change", "structure", "fluidity"].map(|part| one(part, "2025-09").difference.unwrap());
        assert!((parts[0] - 0.125).abs() < 1e-12, "{parts:?}");
        assert!((parts[0] - parts[1] - parts[2]).abs() < 1e-12, "{parts:?}");
        assert!(parts[1] > 0.0 && parts[2] > 0.0, "{parts:?}");
        assert_eq!(one("change", "2025-09").baseline, Some(0.125));
    }

    #[test]
    fn a_year_without_people_at_the_age_is_unknown() {
        let last = one("structure", LAST_YEAR);
        assert_eq!((last.difference, last.replicates), (None, 0));
        assert!(one("structure", WHOLE_RUN).difference.is_some());
    }

    #[test]
    fn parts_read_back_as_they_were_written() {
        let mut bytes = Vec::new();
        write(&testing::results(), &mut bytes).unwrap();
        let read = read(bytes.as_slice(), &|heading| heading.period == WHOLE_RUN).unwrap();
        let rows = structure_fluidity(&testing::results());
        let rows: Vec<&SplitEffect> = rows.iter().filter(|row| row.period == WHOLE_RUN).collect();
        assert_eq!(read.len(), rows.len());
        for (read, row) in read.iter().zip(rows) {
            assert_eq!((read.part.as_str(), read.effect.measure.as_str()), (row.part, row.measure));
            assert_eq!((read.effect.difference, read.effect.interval), (row.difference, row.interval));
            assert_eq!((&read.effect.place, read.effect.replicates), (&row.place, row.replicates));
        }
    }

    #[test]
    fn every_row_has_every_column() {
        let mut bytes = Vec::new();
        write(&testing::results(), &mut bytes).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(text.lines().next().unwrap(), COLUMNS.join(","));
        assert_eq!(text.lines().count(), 1 + structure_fluidity(&testing::results()).len());
        assert!(
            text.contains("\n'=levy,upward_mobility.30,share,all,,all,all,2025-09,12,change,0.125,0.125,"),
            "{text}"
        );
    }
}
