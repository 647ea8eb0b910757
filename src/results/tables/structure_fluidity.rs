//! `structure_fluidity.csv`: what a change in mobility owes to different jobs, and what to fairer chances.

use crate::outcomes::{DECOMPOSED, Decomposed, Decomposition, matrix, measure_named};
use crate::results::cell;
use crate::results::column::{Column, RowColumn, columns, write};
use crate::results::keys::{Heading, Keyed, RowKey, heading_fields};
use crate::results::read::{TableLine, wanted_rows};
use crate::results::run::Results;
use crate::results::shared_columns::{BASELINE, DIFFERENCE, HIGH95, LOW95, MCSE, REPLICATES};
use crate::results::spans::{spans_of, subgroups};
use crate::results::table::ResultTable;
use crate::results::tables::effects::EffectRow;
use crate::statistics::{CriticalValues, PairedDifference};
use serde::Deserialize;
use std::io::Read;

/// The table.
pub(crate) const TABLE: ResultTable = ResultTable::new("structure_fluidity.csv", own_columns, |results, sink| {
    write(sink, &fields(), effect_parts(results))
});

/// A part of a change.
type Part = (&'static str, fn(&Decomposition) -> f64);

/// The whole change and its two parts, by name.
const PARTS: [Part; 3] =
    [("change", |split| split.change), ("structure", |split| split.structure), ("fluidity", |split| split.fluidity)];

/// A part of a scenario's effect on a measure of mobility: a row.
#[derive(Clone, Debug, PartialEq)]
pub struct EffectPart {
    /// `change`, `structure` or `fluidity`.
    pub part: String,
    /// The part, as an effect on the measure.
    pub effect: EffectRow,
}

impl Keyed for EffectPart {
    fn key(&self) -> &RowKey {
        &self.effect.key
    }
}

fn own_columns() -> Vec<Column> {
    columns(&fields())
}

fn fields() -> Vec<RowColumn<EffectPart>> {
    let part = Column::new(
        "part",
        "change: scenario less baseline; structure: what other margins do at the baseline's odds ratios; fluidity: the rest, \
         what other odds ratios do",
        "",
    );
    let mut fields = heading_fields();
    fields.extend([
        part.of(|row: &EffectPart| row.part.clone()),
        BASELINE.of(|row: &EffectPart| cell::known(row.effect.baseline)),
        DIFFERENCE.of(|row: &EffectPart| cell::known(row.effect.difference)),
        MCSE.of(|row: &EffectPart| cell::known(row.effect.mcse)),
        LOW95.of(|row: &EffectPart| cell::low(row.effect.interval)),
        HIGH95.of(|row: &EffectPart| cell::high(row.effect.interval)),
        REPLICATES.of(|row: &EffectPart| row.effect.replicates.to_string()),
    ]);
    fields
}

/// Every row: by scenario, measure, slice, span and part.
#[must_use]
pub fn effect_parts(results: &Results) -> Vec<EffectPart> {
    let (subgroups, spans) = (subgroups(results), results.outcomes.spans());
    let mut critical = CriticalValues::default();
    let mut rows = Vec::new();
    for (index, scenario) in results.scenarios.iter().enumerate().skip(1) {
        for split in &DECOMPOSED {
            for (slice, subgroup) in subgroups.iter().enumerate().filter(|(at, _)| compares(results, *at, split)) {
                for (at, span) in spans_of(results, &spans, slice) {
                    let found = of_replicates(results, index, split, slice, at);
                    let key = RowKey {
                        scenario: scenario.name.clone(),
                        measure: split.measure.to_owned(),
                        unit: "share".to_owned(),
                        subgroup: subgroup.clone(),
                        period: span.name.clone(),
                        months: span.months,
                    };
                    rows.extend(PARTS.iter().map(|part| of_part(part, &found, key.clone(), &mut critical)));
                }
            }
        }
    }
    rows
}

fn of_part((name, read): &Part, found: &[Decomposition], key: RowKey, critical: &mut CriticalValues) -> EffectPart {
    let pairs: Vec<(f64, f64)> = found.iter().map(|split| (split.baseline, split.baseline + read(split))).collect();
    let paired = PairedDifference::of(&pairs, critical);
    let effect = EffectRow {
        key,
        baseline: paired.map(|paired| paired.before),
        difference: paired.map(|paired| paired.difference),
        mcse: paired.and_then(|paired| paired.mcse),
        interval: paired.and_then(|paired| paired.interval),
        replicates: u32::try_from(pairs.len()).unwrap_or(u32::MAX),
        members: None,
        is_chance: false,
    };
    EffectPart { part: (*name).to_owned(), effect }
}

/// Whether a slice holds the origins that a matrix compares.
fn compares(results: &Results, slice: usize, split: &Decomposed) -> bool {
    let cell = format!("mobility_matrix.higher_professional.working.{}", split.age);
    measure_named(&cell).is_some_and(|measure| measure.applies_to(results.outcomes.slices[slice]))
}

fn of_replicates(
    results: &Results,
    scenario: usize,
    split: &Decomposed,
    slice: usize,
    span: usize,
) -> Vec<Decomposition> {
    let of = |run| matrix(run, split.age, slice, span);
    let runs = results.outcomes.replicates.iter().map(|replicate| &replicate.runs);
    runs.filter_map(|runs| split.of(&of(&runs[0])?, &of(&runs[scenario])?)).collect()
}

/// The name of a part as it stands in a file.
#[derive(Deserialize)]
struct Named {
    part: String,
}

/// Reads those parts back that are `wanted`.
///
/// # Errors
/// The line and what is wrong with it.
pub(crate) fn read(source: impl Read, wanted: &dyn Fn(&Heading<'_>) -> bool) -> Result<Vec<EffectPart>, String> {
    let of = |key: RowKey, line: &TableLine<'_>| {
        let Named { part } = line.part()?;
        Ok(EffectPart { part, effect: EffectRow::read(key, line)? })
    };
    wanted_rows(source, &own_columns(), "a part of a change", wanted, of)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::keys::{LAST_YEAR, WHOLE_RUN};
    use crate::results::testing;

    fn one(part: &str, period: &str) -> EffectRow {
        let wanted = |row: &EffectPart| {
            let key = &row.effect.key;
            key.measure == "upward_mobility.30"
                && key.subgroup.region == "all"
                && row.part == part
                && key.period == period
        };
        effect_parts(&testing::results()).into_iter().find(wanted).unwrap().effect
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
        let rows = effect_parts(&testing::results());
        let mut bytes = Vec::new();
        write(&mut bytes, &fields(), rows.clone()).unwrap();
        let read = read(bytes.as_slice(), &|heading| heading.period == WHOLE_RUN).unwrap();
        let rows: Vec<EffectPart> = rows.into_iter().filter(|row| row.effect.key.period == WHOLE_RUN).collect();
        assert_eq!(read, rows);
    }

    #[test]
    fn every_row_has_every_column() {
        let mut bytes = Vec::new();
        write(&mut bytes, &fields(), effect_parts(&testing::results())).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(
            text.lines().next().unwrap(),
            own_columns().iter().map(|column| column.name).collect::<Vec<_>>().join(",")
        );
        assert_eq!(text.lines().count(), 1 + effect_parts(&testing::results()).len());
        assert!(
            text.contains("\n'=levy,upward_mobility.30,share,all,,all,all,2025-09,12,change,0.125,0.125,"),
            "{text}"
        );
    }
}
