//! The series of a finished run read back: what each replicate gave, which means and errors no longer say.

use crate::folder::error::FolderError;
use crate::folder::manifest::Manifest;
use crate::folder::read::{Saved, verified};
use crate::folder::series::parquet_series::SERIES;
use crate::input_files;
use crate::outcomes::{Pooling, Ratio, measure_named};
use crate::results::keys::{Heading, Subgroup};
use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, UInt16Type, UInt32Type};
use arrow_array::{Array, PrimitiveArray, RecordBatch, StringArray};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::collections::BTreeMap;
use std::ops::Range;

/// What a number of the series is about: scenario, measure, and whom.
pub(crate) type About = (String, String, Subgroup);

/// Each replicate's periods in order of time, for everything that was asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Series {
    /// First month and length of each period.
    pub(crate) periods: Vec<(String, u16)>,
    /// By what it is about and by replicate: one ratio for each period.
    pub(crate) runs: BTreeMap<About, BTreeMap<u32, Vec<Ratio>>>,
}

impl Series {
    /// The value of each replicate over several periods, joined as the measure says; replicates without one are left out.
    pub(crate) fn values(&self, about: &About, periods: &Range<usize>) -> BTreeMap<u32, f64> {
        let pooling = measure_named(&about.1).map_or(Pooling::Sum, |measure| measure.pooling);
        let of = |ratios: &Vec<Ratio>| ratios.get(periods.clone()).and_then(|ratios| pooled(pooling, ratios));
        let replicates = self.runs.get(about).into_iter().flatten();
        replicates.filter_map(|(number, ratios)| Some((*number, of(ratios)?))).collect()
    }
}

fn pooled(pooling: Pooling, ratios: &[Ratio]) -> Option<f64> {
    let known = ratios.iter().filter(|ratio| ratio.denominator > 0.0);
    match pooling {
        Pooling::Sum => {
            let add = |total: Ratio, one: &Ratio| Ratio {
                numerator: total.numerator + one.numerator,
                denominator: total.denominator + one.denominator,
            };
            ratios.iter().fold(Ratio { numerator: 0.0, denominator: 0.0 }, add).value()
        }
        Pooling::Average => {
            let (total, count) = known.fold((0.0, 0.0), |(total, count), ratio| (total + ratio.numerator, count + 1.0));
            (count > 0.0).then(|| total / count)
        }
    }
}

impl Saved {
    /// The series of this run, as far as `wanted`; the period of a heading is the first month of one.
    ///
    /// # Errors
    /// When `series.parquet` is missing, is not what it should be, or changed after the run.
    pub fn series(&self, wanted: impl Fn(&Heading<'_>) -> bool) -> Result<Series, FolderError> {
        let path = verified(&self.folder, SERIES, &self.manifest)?;
        let malformed = |message: String| FolderError::Malformed { path: path.clone(), message };
        let file = input_files::open(&path).map_err(FolderError::unread(&path))?;
        let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(|error| malformed(error.to_string()))?;
        let mut series = Series::default();
        for batch in builder.build().map_err(|error| malformed(error.to_string()))? {
            let batch = batch.map_err(|error| malformed(error.to_string()))?;
            let columns = ReadColumns::of(&batch);
            let columns =
                columns.ok_or_else(|| malformed("found other columns, expected those of a series".to_owned()))?;
            columns.gather(&wanted, &mut series);
        }
        let periods = series.periods.len();
        let whole = series.runs.values().flat_map(BTreeMap::values).all(|ratios| ratios.len() == periods);
        if whole { Ok(series) } else { Err(malformed(uneven(&self.manifest))) }
    }
}

fn uneven(manifest: &Manifest) -> String {
    format!("found replicates of different length, expected {} years in each", manifest.years)
}

/// The columns of a part of the series.
struct ReadColumns<'a> {
    texts: [&'a StringArray; 7],
    replicate: &'a PrimitiveArray<UInt32Type>,
    months: &'a PrimitiveArray<UInt16Type>,
    numbers: [&'a PrimitiveArray<Float64Type>; 3],
}

impl<'a> ReadColumns<'a> {
    fn of(batch: &'a RecordBatch) -> Option<Self> {
        let text = |name: &str| batch.column_by_name(name)?.as_string_opt::<i32>();
        let number = |name: &str| batch.column_by_name(name)?.as_primitive_opt::<Float64Type>();
        Some(Self {
            texts: [
                text("scenario")?,
                text("measure")?,
                text("region")?,
                text("region_basis")?,
                text("origin")?,
                text("sex")?,
                text("period")?,
            ],
            replicate: batch.column_by_name("replicate")?.as_primitive_opt()?,
            months: batch.column_by_name("months")?.as_primitive_opt()?,
            numbers: [number("value")?, number("numerator")?, number("denominator")?],
        })
    }

    fn gather(&self, wanted: &impl Fn(&Heading<'_>) -> bool, series: &mut Series) {
        for row in 0..self.replicate.len() {
            let [scenario, measure, region, region_basis, origin, sex, period] =
                self.texts.map(|column| column.value(row));
            let months = u32::from(self.months.value(row));
            let unit = measure_named(measure).map_or("", |measure| measure.unit);
            let heading = Heading { scenario, measure, unit, region, region_basis, origin, sex, period, months };
            if !wanted(&heading) {
                continue;
            }
            let known = |column: &PrimitiveArray<Float64Type>| (!column.is_null(row)).then(|| column.value(row));
            let [value, numerator, denominator] = self.numbers.map(known);
            // a measure that is averaged has its value where others have a numerator
            let ratio =
                Ratio { numerator: numerator.or(value).unwrap_or(0.0), denominator: denominator.unwrap_or(0.0) };
            if series.periods.iter().all(|(first, _)| first != period) {
                series.periods.push((period.to_owned(), self.months.value(row)));
            }
            let about = (scenario.to_owned(), measure.to_owned(), heading.subgroup());
            series.runs.entry(about).or_default().entry(self.replicate.value(row)).or_default().push(ratio);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::folder::claim::claim;
    use crate::folder::disk::Overwrite;
    use crate::results::keys::{LAST_YEAR, WHOLE_RUN};
    use crate::results::testing;

    #[test]
    fn the_series_gives_the_means_of_the_summary_over_every_span() {
        let home = tempfile::tempdir().unwrap();
        let out = home.path().join("run");
        claim(&out, Overwrite::Refuse).unwrap().write(&testing::results(), &[]).unwrap();
        let saved = Saved::load(&out).unwrap();
        let series = saved.series(|_| true).unwrap();
        assert_eq!(series.periods, [("2025-09".to_owned(), 12), ("2026-09".to_owned(), 12)]);
        for (name, span) in [("2025-09", 0..1), (WHOLE_RUN, 0..2), (LAST_YEAR, 1..2)] {
            for mean in saved.means("=levy", |heading| heading.period == name).unwrap() {
                let about = (mean.key.scenario.clone(), mean.key.measure.clone(), mean.key.subgroup.clone());
                let values: Vec<f64> = series.values(&about, &span).into_values().collect();
                let (again, kept) = (crate::statistics::mean(&values), mean.values.mean);
                assert_eq!(again.is_some(), kept.is_some(), "{about:?} {name}");
                let (again, kept) = (again.unwrap_or(0.0), kept.unwrap_or(0.0));
                // the summary has six significant digits
                assert!((again - kept).abs() <= 5e-6 * again.abs(), "{about:?} {name} {again} {kept}");
            }
        }
    }
}
