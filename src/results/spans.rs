//! Which rows tables have: a measure for each subgroup that it exists for, over stretches of a run.

use crate::engine::tally::Slice;
use crate::outcomes::{Measure, PeriodSpan, measures};
use crate::results::about::PeriodRows;
use crate::results::keys::{Heading, LAST_YEAR, Subgroup};
use crate::results::run::Results;

/// Those of all spans that rows about a slice are for, with their places.
pub fn spans_of<'a>(
    results: &Results,
    spans: &'a [PeriodSpan],
    slice: usize,
) -> impl Iterator<Item = (usize, &'a PeriodSpan)> + use<'a> {
    let is_brief =
        results.options.period_rows == PeriodRows::Brief && results.outcomes.slices.get(slice) != Some(&Slice::All);
    spans.iter().enumerate().filter(move |(_, span)| !is_brief || span.name == LAST_YEAR)
}

/// A measure and a slice that it exists for, with their indices.
pub struct RowSubject<'a> {
    /// The measure.
    pub measure: &'static Measure,
    /// Its index.
    pub measure_index: usize,
    /// Whom it is about.
    pub subgroup: &'a Subgroup,
    /// The index of the slice.
    pub slice_index: usize,
}

impl<'a> RowSubject<'a> {
    /// What a row about it says first, of a scenario over a span.
    #[must_use]
    pub fn heading(&self, scenario: &'a str, span: &'a PeriodSpan) -> Heading<'a> {
        let Subgroup { region, region_basis, origin, sex } = self.subgroup;
        let Measure { key: measure, unit, .. } = self.measure;
        Heading { scenario, measure, unit, region, region_basis, origin, sex, period: &span.name, months: span.months }
    }
}

/// Whom the slices of `results` are about, in their order.
#[must_use]
pub fn subgroups(results: &Results) -> Vec<Subgroup> {
    results.outcomes.slices.iter().map(|slice| Subgroup::of(*slice, &results.world.regions)).collect()
}

/// Every measure for every slice that it exists for; `subgroups` are those of `results`.
pub fn subjects<'a>(results: &'a Results, subgroups: &'a [Subgroup]) -> impl Iterator<Item = RowSubject<'a>> {
    measures().iter().enumerate().flat_map(move |(measure_index, measure)| {
        let slices = results.outcomes.slices.iter().zip(subgroups).enumerate();
        slices
            .filter(|(_, (slice, _))| measure.applies_to(**slice))
            .map(move |(slice_index, (_, subgroup))| RowSubject { measure, measure_index, subgroup, slice_index })
    })
}
