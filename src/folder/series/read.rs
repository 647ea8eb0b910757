//! The series of a finished run read back: what each replicate gave, which means and errors no longer say.

use crate::calendar::Month;
use crate::folder::error::FolderError;
use crate::folder::manifest::Manifest;
use crate::folder::read::{Saved, verified};
use crate::folder::series::parquet_series::SERIES;
use crate::input_files;
use crate::outcomes::{Form, Period, PeriodSpan, Ratio, measure_named, spans};
use crate::results::keys::{Heading, Subgroup};
use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, UInt32Type};
use arrow_array::{Array, PrimitiveArray, RecordBatch, StringArray};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::collections::BTreeMap;

/// What a number of the series is about: scenario, measure, and whom.
pub(crate) type About = (String, String, Subgroup);

/// Each replicate's spans in order of time, for everything that was asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Series {
    /// The periods of the run.
    pub(crate) periods: Vec<Period>,
    /// By what it is about and by replicate: a ratio for each period, and then, of measures that are no ratio, for each of the other
    /// [`spans`].
    pub(crate) runs: BTreeMap<About, BTreeMap<u32, Vec<Ratio>>>,
}

impl Series {
    /// The value of each replicate over the months of a span; replicates without one are left out. Of measures that are no ratio they
    /// have to be a span of this run, which those of a shorter one need not be.
    pub(crate) fn values(&self, about: &About, span: &PeriodSpan) -> BTreeMap<u32, f64> {
        let form = form_of(&about.1);
        let own = spans(&self.periods).iter().position(|own| (own.start, own.months) == (span.start, span.months));
        let of = |ratios: &Vec<Ratio>| match form {
            Form::Ratio => Ratio::sum(ratios.get(span.periods.clone())?).value(),
            Form::Value => form.value(*ratios.get(own?)?),
        };
        let replicates = self.runs.get(about).into_iter().flatten();
        replicates.filter_map(|(number, ratios)| Some((*number, of(ratios)?))).collect()
    }
}

impl Saved {
    /// The series of this run, as far as `wanted`, which has to take every period.
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
        let (periods, spans) = (series.periods.len(), spans(&series.periods).len());
        let whole = series.runs.iter().all(|((_, measure, _), runs)| {
            let count = if form_of(measure) == Form::Ratio { periods } else { spans };
            runs.values().all(|ratios| ratios.len() == count)
        });
        if whole { Ok(series) } else { Err(malformed(uneven(&self.manifest))) }
    }
}

fn form_of(measure: &str) -> Form {
    measure_named(measure).map_or(Form::Ratio, |measure| measure.form)
}

fn uneven(manifest: &Manifest) -> String {
    format!("found replicates of different length, expected {} years in each", manifest.years)
}

/// The columns of a part of the series.
struct ReadColumns<'a> {
    texts: [&'a StringArray; 7],
    replicate: &'a PrimitiveArray<UInt32Type>,
    months: &'a PrimitiveArray<UInt32Type>,
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
                self.texts.map(|column| if column.is_null(row) { "" } else { column.value(row) });
            let months = self.months.value(row);
            let unit = measure_named(measure).map_or("", |measure| measure.unit);
            let heading = Heading { scenario, measure, unit, region, region_basis, origin, sex, period, months };
            if !wanted(&heading) {
                continue;
            }
            let known = |column: &PrimitiveArray<Float64Type>| (!column.is_null(row)).then(|| column.value(row));
            let [value, numerator, denominator] = self.numbers.map(known);
            // a measure that is no ratio has its value where others have a numerator
            let ratio =
                Ratio { numerator: numerator.or(value).unwrap_or(0.0), denominator: denominator.unwrap_or(0.0) };
            if let Some(period) = single(period, months)
                && !series.periods.contains(&period)
            {
                series.periods.push(period);
            }
            let about = (scenario.to_owned(), measure.to_owned(), heading.subgroup());
            series.runs.entry(about).or_default().entry(self.replicate.value(row)).or_default().push(ratio);
        }
    }
}

/// The period that a name stands for; `None` of longer spans.
fn single(name: &str, months: u32) -> Option<Period> {
    Some(Period { start: name.parse::<Month>().ok()?, months: u16::try_from(months).ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::folder::claim::claim;
    use crate::folder::disk::Overwrite;
    use crate::results::testing;

    #[test]
    fn the_series_gives_the_means_of_the_summary_over_every_span() {
        let home = tempfile::tempdir().unwrap();
        let out = home.path().join("run");
        claim(&out, Overwrite::Refuse).unwrap().write(&testing::results(), &[]).unwrap();
        let saved = Saved::load(&out).unwrap();
        let series = saved.series(|_| true).unwrap();
        let starts: Vec<String> = series.periods.iter().map(|period| period.start.to_string()).collect();
        assert_eq!(starts, ["2025-09", "2026-09"]);
        for span in spans(&series.periods) {
            let name = span.name.as_str();
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
