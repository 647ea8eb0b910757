//! Reading every replicate of a run back from its series, so that all else can be made again from them.

use crate::engine::tally::STANDINGS;
use crate::experiment::{Outcomes, Replicate};
use crate::folder::error::FolderError;
use crate::folder::panel;
use crate::folder::series::parquet_series::{self as series_parquet, SERIES};
use crate::folder::series::who_moved_series::{self, WHO_MOVED_SERIES};
use crate::input_files;
use crate::outcomes::{Form, Ratio, RunOutcome, Standings, groups, measures};
use crate::results::run::Results;
use crate::results::spans::{subgroups, subjects};
use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, UInt32Type};
use arrow_array::{Array, ArrayRef, RecordBatch, RecordBatchReader};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use std::collections::VecDeque;
use std::path::Path;
use std::sync::Arc;

/// Rows read at a time.
const BATCH_ROWS: usize = 65_536;

/// The bytes that results hold of one replicate in one scenario: what a repetition has to equal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its rows of `series.parquet`, as a file of their own.
    pub series: Vec<u8>,
    /// Its rows of `who_moved_series.parquet`, likewise.
    pub who_moved: Vec<u8>,
    /// Its rows of `panel.parquet`, likewise; nothing without a panel.
    pub panel: Option<Vec<u8>>,
}

/// What `results` hold of the replicate `number` in the scenario `name`; `None` when they hold neither. Of results that were restored from
/// a `folder` the panel is looked up there.
///
/// # Errors
/// When the rows cannot be written, or the panel cannot be read.
pub fn kept(results: &Results, folder: Option<&Path>, name: &str, number: u32) -> Result<Option<Kept>, FolderError> {
    let scenario = results.scenarios.iter().position(|scenario| scenario.name == name);
    let replicate = results.outcomes.replicates.iter().find(|kept| kept.number == number);
    let Some((scenario, replicate)) = scenario.zip(replicate) else { return Ok(None) };
    let one = alone(results, scenario, replicate);
    let mut series = Vec::new();
    series_parquet::write(&one, &mut series).map_err(FolderError::system(Path::new(SERIES)))?;
    let mut who_moved = Vec::new();
    who_moved_series::write(&one, &mut who_moved).map_err(FolderError::system(Path::new(WHO_MOVED_SERIES)))?;
    let panel = match folder {
        Some(folder) if results.options.panel_share.is_some() => Some(panel::rows_of(folder, name, number)?),
        Some(_) => None,
        None => panel_rows(results, scenario, replicate)?,
    };
    Ok(Some(Kept { series, who_moved, panel }))
}

/// Results of one scenario and replicate alone.
fn alone(results: &Results, scenario: usize, replicate: &Replicate) -> Results {
    let own = Replicate {
        number: replicate.number,
        runs: vec![Arc::clone(&replicate.runs[scenario])],
        standings: vec![Arc::clone(&replicate.standings[scenario])],
        panels: replicate.panels.get(scenario).cloned().into_iter().collect(),
    };
    let outcomes = Outcomes { replicates: vec![own], ..results.outcomes.clone() };
    Results { scenarios: vec![results.scenarios[scenario].clone()], outcomes, ..results.clone() }
}

/// The rows of `panel.parquet` that results hold of one replicate in one scenario.
fn panel_rows(results: &Results, scenario: usize, replicate: &Replicate) -> Result<Option<Vec<u8>>, FolderError> {
    if replicate.panels.get(scenario).is_none() {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    panel::write(&alone(results, scenario, replicate), &mut bytes)
        .map_err(FolderError::system(Path::new(panel::PANEL)))?;
    Ok(Some(bytes))
}

/// The replicates that a results folder holds. `blank` are results of the same world, scenarios and settings without any.
///
/// # Errors
/// When a file cannot be read, or does not hold whole replicates of that shape.
pub fn restore(folder: &Path, blank: &Results) -> Result<Outcomes, FolderError> {
    let scenarios = blank.scenarios.len();
    let by_scenario = read_runs(folder, blank)?;
    let numbers: Vec<u32> = by_scenario.iter().take(by_scenario.len() / scenarios).map(|(number, _)| *number).collect();
    let mut standings = read_standings(folder, blank, numbers.len())?;
    let mut replicates: Vec<Replicate> = numbers
        .iter()
        .map(|number| Replicate { number: *number, runs: Vec::new(), standings: Vec::new(), panels: Vec::new() })
        .collect();
    for (at, (number, run)) in by_scenario.into_iter().enumerate() {
        let replicate = &mut replicates[at % numbers.len()];
        if replicate.number != number {
            let message = format!("found replicate {number}, expected {}", replicate.number);
            return Err(FolderError::Malformed { path: folder.join(SERIES), message });
        }
        replicate.runs.push(Arc::new(run));
        replicate.standings.extend(standings.pop_front().map(Arc::new));
    }
    Ok(Outcomes { slices: blank.outcomes.slices.clone(), periods: blank.outcomes.periods.clone(), replicates })
}

/// The number and outcome of every replicate, scenario by scenario.
fn read_runs(folder: &Path, blank: &Results) -> Result<Vec<(u32, RunOutcome)>, FolderError> {
    let subgroups = subgroups(blank);
    let (slices, spans) = (blank.outcomes.slices.len(), blank.outcomes.spans());
    let mut cells = Vec::new();
    for subject in subjects(blank, &subgroups) {
        let first = (subject.measure_index * slices + subject.slice_index) * spans.len();
        let count = match subject.measure.form {
            Form::Ratio => blank.outcomes.periods.len(),
            Form::Value => spans.len(),
        };
        cells.extend((first..first + count).map(|at| (at, subject.measure.form)));
    }
    let nothing = || vec![Ratio { numerator: 0.0, denominator: 0.0 }; measures().len() * slices * spans.len()];
    let (mut runs, mut ratios, mut row) = (Vec::new(), nothing(), 0);
    let mut rows = ParquetRows::open(folder, SERIES, ["replicate", "value", "numerator", "denominator"])?;
    while let Some(batch) = rows.next()? {
        let [numbers, values, numerators, denominators] = [0, 1, 2, 3].map(|column| batch.column(column));
        let numbers = rows.whole(numbers)?;
        let [values, numerators, denominators] = [rows.real(values)?, rows.real(numerators)?, rows.real(denominators)?];
        for at in 0..batch.num_rows() {
            let (cell, form) = cells[row];
            let numerator = match form {
                Form::Ratio => numerators[at],
                Form::Value => values[at],
            };
            ratios[cell] = Ratio { numerator: numerator.unwrap_or(0.0), denominator: denominators[at].unwrap_or(0.0) };
            row += 1;
            if row == cells.len() {
                let done = std::mem::replace(&mut ratios, nothing());
                let run = RunOutcome::from_ratios(measures(), slices, &spans, done);
                runs.push((numbers.value(at), run.ok_or_else(|| rows.cut_short())?));
                row = 0;
            }
        }
    }
    let is_whole = row == 0 && !runs.is_empty() && runs.len().is_multiple_of(blank.scenarios.len());
    if is_whole { Ok(runs) } else { Err(rows.cut_short()) }
}

/// Who stands where, by scenario and replicate.
fn read_standings(folder: &Path, blank: &Results, replicates: usize) -> Result<VecDeque<Standings>, FolderError> {
    let groups = groups(blank.world.regions.len()).len();
    let mut rows = ParquetRows::open(folder, WHO_MOVED_SERIES, ["people"])?;
    let mut agents = Vec::new();
    while let Some(batch) = rows.next()? {
        let people = rows.real(batch.column(0))?;
        agents.extend(people.into_iter().map(|people| whole(people.unwrap_or(0.0) / f64::from(blank.settings.scale))));
    }
    if agents.len() != groups * STANDINGS * replicates * blank.scenarios.len() {
        return Err(rows.cut_short());
    }
    let counts = |agents: &[u64]| std::array::from_fn(|at| agents.get(at).copied().unwrap_or(0));
    let of_run = |run: &[u64]| Standings::from_counts(run.chunks(STANDINGS).map(counts).collect());
    Ok(agents.chunks(groups * STANDINGS).map(of_run).collect())
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "counts of agents, written as floats")]
fn whole(count: f64) -> u64 {
    libm::round(count.max(0.0)) as u64
}

/// Some columns of a Parquet file of a run, batch by batch.
pub(crate) struct ParquetRows<'a> {
    folder: &'a Path,
    name: &'a str,
    reader: ParquetRecordBatchReader,
}

impl<'a> ParquetRows<'a> {
    /// Opens a file and picks its columns, which must stand in this order.
    pub(crate) fn open<const COLUMNS: usize>(
        folder: &'a Path,
        name: &'a str,
        columns: [&str; COLUMNS],
    ) -> Result<Self, FolderError> {
        let path = folder.join(name);
        let file = input_files::open(&path).map_err(FolderError::unread(&path))?;
        let malformed = |message: String| FolderError::Malformed { path: path.clone(), message };
        let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(|error| malformed(error.to_string()))?;
        let mask = ProjectionMask::columns(builder.parquet_schema(), columns);
        let reader = builder.with_projection(mask).with_batch_size(BATCH_ROWS).build();
        let reader = reader.map_err(|error| malformed(error.to_string()))?;
        let found: Vec<String> = reader.schema().fields().iter().map(|field| field.name().clone()).collect();
        if found != columns {
            return Err(malformed(format!("found the columns {found:?}, expected {columns:?}")));
        }
        Ok(Self { folder, name, reader })
    }

    /// The next rows.
    pub(crate) fn next(&mut self) -> Result<Option<RecordBatch>, FolderError> {
        self.reader.next().transpose().map_err(|error| self.malformed(error.to_string()))
    }

    fn whole<'b>(&self, column: &'b ArrayRef) -> Result<&'b arrow_array::UInt32Array, FolderError> {
        column.as_primitive_opt::<UInt32Type>().ok_or_else(|| self.malformed(kind_of(column)))
    }

    fn real(&self, column: &ArrayRef) -> Result<Vec<Option<f64>>, FolderError> {
        let column = column.as_primitive_opt::<Float64Type>().ok_or_else(|| self.malformed(kind_of(column)))?;
        Ok(column.iter().collect())
    }

    fn malformed(&self, message: String) -> FolderError {
        FolderError::Malformed { path: self.folder.join(self.name), message }
    }

    fn cut_short(&self) -> FolderError {
        self.malformed(
            "found rows of another number of measures, periods or scenarios, expected whole replicates of this run"
                .to_owned(),
        )
    }
}

fn kind_of(column: &ArrayRef) -> String {
    format!("found a column of {}, expected numbers", column.data_type())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::folder::claim::claim;
    use crate::folder::contents::hashes;
    use crate::folder::disk::Overwrite;
    use crate::results::testing;

    #[test]
    fn all_files_follow_from_the_series_that_a_folder_holds() {
        let home = tempfile::tempdir().unwrap();
        let results = testing::results();
        let written = claim(&home.path().join("levy"), Overwrite::Refuse).unwrap().write(&results, &[]).unwrap();
        let mut rerun = results;
        rerun.outcomes.replicates.clear();
        rerun.outcomes = restore(&written.folder, &rerun).unwrap();
        assert_eq!(hashes(&rerun, &[]).unwrap(), written.manifest.files);
    }

    #[test]
    fn what_is_kept_of_a_replicate_differs_by_scenario_and_replicate_and_is_nothing_for_others() {
        let results = testing::results();
        let of = |name, number| kept(&results, None, name, number).unwrap();
        assert_eq!(of("=levy", 2), of("=levy", 2));
        assert!(of("=levy", 2).unwrap().series != of("=levy", 1).unwrap().series);
        assert!(of("=levy", 2).unwrap().who_moved != of("=levy", 1).unwrap().who_moved);
        assert!(of("baseline", 2).unwrap().series != of("=levy", 2).unwrap().series);
        assert_eq!((of("levy", 2), of("=levy", 3)), (None, None));
    }

    #[test]
    fn a_series_of_another_shape_is_refused() {
        let home = tempfile::tempdir().unwrap();
        let results = testing::results();
        let written = claim(&home.path().join("levy"), Overwrite::Refuse).unwrap().write(&results, &[]).unwrap();
        let mut fewer = results;
        fewer.outcomes.periods.truncate(1);
        fewer.scenarios.push(fewer.scenarios[0].clone());
        let message = restore(&written.folder, &fewer).unwrap_err().to_string();
        assert!(message.contains("series.parquet: found rows of another number"), "{message}");
    }
}
