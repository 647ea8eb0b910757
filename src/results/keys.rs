//! What every table of results shares: whom a row is about, which months, and in which order.

use crate::domain::Kind;
use crate::engine::tally::Slice;
use crate::outcomes::{Measure, Period, measures};
use crate::results::about::{NamedRegion, PeriodRows};
use crate::results::run::Results;
use crate::results::tables::cell;
use std::io::Read;
use std::ops::Range;

/// The period of rows about all months of a run.
pub const WHOLE_RUN: &str = "whole run";
/// The period of rows about the last twelve months of a run.
pub const LAST_YEAR: &str = "last 12 months";
/// The name of a margin: not broken down.
pub const ALL: &str = "all";
/// The name of upbringing outside the world's regions.
const ABROAD: &str = "abroad";
/// An index that no list reaches stands for a name that is not there.
const NAMELESS: &str = "?";

/// Whom a row is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// A region's name, `abroad`, or `all`.
    pub region: String,
    /// `residence`, `upbringing`, or empty when not by region.
    pub region_basis: String,
    /// An origin class, or `all`.
    pub origin: String,
    /// A sex, or `all`.
    pub sex: String,
}

impl Place {
    /// Everybody.
    #[must_use]
    pub fn everybody() -> Self {
        Self::of(Slice::All, &[])
    }

    /// The columns of a slice.
    #[must_use]
    pub fn of(slice: Slice, regions: &[NamedRegion]) -> Self {
        let name = |index: usize| regions.get(index).map_or(NAMELESS, |region| region.name.as_str());
        let place = |region: &str, basis: &str, origin: &str, sex: &str| Self {
            region: region.to_owned(),
            region_basis: basis.to_owned(),
            origin: origin.to_owned(),
            sex: sex.to_owned(),
        };
        match slice {
            Slice::All => place(ALL, "", ALL, ALL),
            Slice::Residence(region) => place(name(region.index()), "residence", ALL, ALL),
            Slice::ResidenceOrigin(region, origin) => place(name(region.index()), "residence", origin.name(), ALL),
            Slice::Upbringing(Some(region)) => place(name(region.index()), "upbringing", ALL, ALL),
            Slice::Upbringing(None) => place(ABROAD, "upbringing", ALL, ALL),
            Slice::UpbringingOrigin(region, origin) => place(name(region.index()), "upbringing", origin.name(), ALL),
            Slice::Origin(origin) => place(ALL, "", origin.name(), ALL),
            Slice::Sex(sex) => place(ALL, "", ALL, sex.name()),
            Slice::OriginSex(origin, sex) => place(ALL, "", origin.name(), sex.name()),
        }
    }
}

/// What the number of a row of `summary.csv` or `effects.csv` is about, as it stands in the file.
#[derive(Clone, Copy, Debug)]
pub struct Heading<'a> {
    /// The scenario's name.
    pub scenario: &'a str,
    /// The measure's key.
    pub measure: &'a str,
    /// A region's name, `abroad`, or [`ALL`].
    pub region: &'a str,
    /// `residence`, `upbringing`, or empty.
    pub region_basis: &'a str,
    /// An origin class, or [`ALL`].
    pub origin: &'a str,
    /// A sex, or [`ALL`].
    pub sex: &'a str,
    /// A month, [`WHOLE_RUN`] or [`LAST_YEAR`].
    pub period: &'a str,
}

impl<'a> Heading<'a> {
    /// The heading of a row: both tables begin alike.
    pub(crate) fn of(record: &'a csv::StringRecord) -> Option<Self> {
        let text = |index: usize| record.get(index).map(cell::read_text);
        Some(Self {
            scenario: text(0)?,
            measure: text(1)?,
            region: text(3)?,
            region_basis: text(4)?,
            origin: text(5)?,
            sex: text(6)?,
            period: text(7)?,
        })
    }

    /// Whom the row is about.
    #[must_use]
    pub fn place(&self) -> Place {
        let [region, region_basis, origin, sex] =
            [self.region, self.region_basis, self.origin, self.sex].map(str::to_owned);
        Place { region, region_basis, origin, sex }
    }
}

/// Every row of a table with these columns that is wanted, as `one` reads it; `what` is what a row holds, in words.
///
/// # Errors
/// The line and what is wrong with it.
pub(crate) fn read<Row>(
    source: impl Read,
    columns: &[&str],
    wanted: &dyn Fn(&Heading<'_>) -> bool,
    one: fn(&Heading<'_>, &csv::StringRecord) -> Option<Row>,
    what: &str,
) -> Result<Vec<Row>, String> {
    let mut csv = csv::ReaderBuilder::new().buffer_capacity(1 << 16).from_reader(source);
    let header = csv.headers().map_err(|error| error.to_string())?;
    if header != columns {
        return Err(format!("found the columns {:?}, expected {columns:?}", header.iter().collect::<Vec<_>>()));
    }
    let mut rows = Vec::new();
    let mut record = csv::StringRecord::new();
    while csv.read_record(&mut record).map_err(|error| error.to_string())? {
        let wrong = || {
            let line = record.position().map_or(0, csv::Position::line);
            format!("line {line}: found {record:?}, expected {what}")
        };
        let heading = Heading::of(&record).ok_or_else(wrong)?;
        if wanted(&heading) {
            rows.push(one(&heading, &record).ok_or_else(wrong)?);
        }
    }
    Ok(rows)
}

/// A stretch of periods that rows are about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first month such as `2025-09`, or [`WHOLE_RUN`], or [`LAST_YEAR`].
    pub name: String,
    /// Length in months.
    pub months: u32,
    /// Which periods.
    pub periods: Range<usize>,
}

/// Each period, then the whole run, then its last twelve months (less if the run is shorter).
#[must_use]
pub fn spans(periods: &[Period]) -> Vec<Span> {
    let single = |(index, period): (usize, &Period)| Span {
        name: period.start.to_string(),
        months: u32::from(period.months),
        periods: index..index + 1,
    };
    let several = |name: &str, range: Range<usize>| Span {
        name: name.to_owned(),
        months: periods[range.clone()].iter().map(|period| u32::from(period.months)).sum(),
        periods: range,
    };
    let mut first = periods.len();
    let mut months = 0;
    while months < 12 && first > 0 {
        first -= 1;
        months += periods[first].months;
    }
    let mut all: Vec<Span> = periods.iter().enumerate().map(single).collect();
    all.push(several(WHOLE_RUN, 0..periods.len()));
    all.push(several(LAST_YEAR, first..periods.len()));
    all
}

/// Those of all spans that rows about a slice are for.
pub(crate) fn spans_of<'a>(
    results: &Results,
    spans: &'a [Span],
    slice: usize,
) -> impl Iterator<Item = &'a Span> + use<'a> {
    let is_brief = results.period_rows == PeriodRows::Brief && results.slices.get(slice) != Some(&Slice::All);
    spans.iter().filter(move |span| !is_brief || span.name == LAST_YEAR)
}

/// A measure and a slice that it exists for, with their indices.
pub struct Subject<'a> {
    /// The measure.
    pub measure: &'static Measure,
    /// Its index.
    pub measure_index: usize,
    /// Whom it is about.
    pub place: &'a Place,
    /// The index of the slice.
    pub slice_index: usize,
}

/// Whom the slices of `results` are about, in their order.
#[must_use]
pub fn places(results: &Results) -> Vec<Place> {
    results.slices.iter().map(|slice| Place::of(*slice, &results.regions)).collect()
}

/// Every measure for every slice that it exists for; `places` are those of `results`.
pub fn subjects<'a>(results: &'a Results, places: &'a [Place]) -> impl Iterator<Item = Subject<'a>> {
    measures().iter().enumerate().flat_map(move |(measure_index, measure)| {
        let slices = results.slices.iter().zip(places).enumerate();
        slices.filter(|(_, (slice, _))| measure.applies_to(**slice)).map(move |(slice_index, (_, place))| Subject {
            measure,
            measure_index,
            place,
            slice_index,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Month;
    use crate::domain::{Origin, Region};

    #[test]
    fn margins_are_called_all_and_abroad_is_a_place_of_upbringing() {
        let names = crate::results::testing::results().regions;
        let columns = |slice| {
            let place = Place::of(slice, &names);
            [place.region, place.region_basis, place.origin, place.sex].join("|")
        };
        assert_eq!(columns(Slice::All), "all||all|all");
        assert_eq!(columns(Slice::Residence(Region(0))), "North|residence|all|all");
        assert_eq!(columns(Slice::Upbringing(None)), "abroad|upbringing|all|all");
        assert_eq!(columns(Slice::Origin(Origin::LowerWorking)), "all||lower working|all");
    }

    #[test]
    fn the_last_twelve_months_hold_as_many_periods_as_they_need() {
        for (months, periods, expected) in [(1, 36, 24..36), (3, 12, 8..12), (12, 3, 2..3)] {
            let list: Vec<Period> = (0..periods).map(|_| Period { start: Month(1500), months }).collect();
            let spans = spans(&list);
            let last = spans.last().unwrap();
            assert_eq!((last.name.as_str(), last.months, last.periods.clone()), (LAST_YEAR, 12, expected));
            assert_eq!(spans[spans.len() - 2].months, 36);
            assert_eq!(spans.len(), list.len() + 2);
        }
    }
}
