//! `who_moved_series.parquet`: who stands where in each scenario, replicate by replicate.

use crate::domain::Kind;
use crate::folder::series::parquet_series::properties;
use crate::results::run::Results;
use crate::results::shared_columns::REGION_BASIS;
use crate::results::table::{Format, ResultTable};
use crate::results::tables::who_moved::{SERIES_COLUMNS, SeriesRow, each_row, write_series};
use arrow_array::builder::{Float64Builder, StringBuilder, UInt32Builder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::ArrowWriterOptions;
use std::io::{self, Write};
use std::sync::Arc;

/// The file.
pub(crate) const WHO_MOVED_SERIES: &str = "who_moved_series.parquet";
/// Its name in the data dictionary.
const TITLE: &str = "who_moved_series";

/// The table.
pub(crate) const PARQUET_TABLE: ResultTable =
    ResultTable::new(WHO_MOVED_SERIES, || SERIES_COLUMNS.to_vec(), write).titled(TITLE);

/// The same as CSV.
pub(crate) const CSV_TABLE: ResultTable =
    ResultTable::new("who_moved_series.csv", || SERIES_COLUMNS.to_vec(), |results, sink| write_series(results, sink))
        .titled(TITLE)
        .held_if(|_, formats| formats.contains(&Format::Csv));

/// Writes the series as Parquet: the same bytes for the same results, with no clock or machine in them.
///
/// # Errors
/// When the sink refuses.
pub(crate) fn write(results: &Results, sink: &mut (dyn Write + Send)) -> io::Result<()> {
    let kind = |column: &str| match column {
        "replicate" => DataType::UInt32,
        "people" => DataType::Float64,
        _ => DataType::Utf8,
    };
    let fields = SERIES_COLUMNS
        .iter()
        .map(|column| Field::new(column.name, kind(column.name), column.name == REGION_BASIS.name));
    let schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
    let options = ArrowWriterOptions::new().with_properties(properties()?).with_skip_arrow_metadata(true);
    let mut writer = ArrowWriter::try_new_with_options(sink, Arc::clone(&schema), options).map_err(io::Error::other)?;
    let mut columns = MovedColumns::default();
    each_row(results, |row| {
        columns.push(row);
        Ok(())
    })?;
    let batch = RecordBatch::try_new(schema, columns.finish()).map_err(io::Error::other)?;
    writer.write(&batch).map_err(io::Error::other)?;
    writer.close().map_err(io::Error::other)?;
    Ok(())
}

/// Rows being gathered, column by column; all at once, for there are few.
#[derive(Default)]
struct MovedColumns {
    replicate: UInt32Builder,
    texts: [StringBuilder; SERIES_COLUMNS.len() - 2],
    people: Float64Builder,
}

impl MovedColumns {
    fn push(&mut self, row: &SeriesRow<'_>) {
        let (member, subgroup) = (row.member, &row.member.subgroup);
        let texts = [
            row.scenario,
            &subgroup.region,
            &subgroup.region_basis,
            &subgroup.origin,
            &subgroup.sex,
            &member.age_band,
            &member.qualification,
            row.standing.name(),
        ];
        self.replicate.append_value(row.replicate);
        self.texts
            .iter_mut()
            .zip(texts)
            .for_each(|(column, text)| column.append_option((!text.is_empty()).then_some(text)));
        self.people.append_value(row.people);
    }

    /// The columns in order: the replicate's number comes second.
    fn finish(mut self) -> Vec<ArrayRef> {
        let mut columns: Vec<ArrayRef> =
            self.texts.iter_mut().map(|column| Arc::new(column.finish()) as ArrayRef).collect();
        columns.insert(1, Arc::new(self.replicate.finish()));
        columns.push(Arc::new(self.people.finish()));
        columns
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::testing;
    use arrow_array::cast::AsArray;
    use arrow_array::types::{Float64Type, UInt32Type};
    use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

    fn written() -> Vec<u8> {
        let mut bytes = Vec::new();
        write(&testing::results(), &mut bytes).unwrap();
        bytes
    }

    #[test]
    fn the_series_reads_back_as_it_was_written() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), written()).unwrap();
        let reader = ParquetRecordBatchReaderBuilder::try_new(file.reopen().unwrap()).unwrap().build().unwrap();
        let mut found = Vec::new();
        for batch in reader.map(Result::unwrap) {
            let text = |name: &str, row| batch.column_by_name(name).unwrap().as_string::<i32>().value(row).to_owned();
            let replicates = batch.column_by_name("replicate").unwrap().as_primitive::<UInt32Type>();
            let people = batch.column_by_name("people").unwrap().as_primitive::<Float64Type>();
            for row in 0..batch.num_rows() {
                let about = ["scenario", "region", "highest_qualification", "standing"].map(|name| text(name, row));
                found.push((about, replicates.value(row), people.value(row).to_bits()));
            }
        }
        let mut expected = Vec::new();
        each_row(&testing::results(), |row| {
            let about =
                [row.scenario, &row.member.subgroup.region, row.member.qualification.as_str(), row.standing.name()];
            expected.push((about.map(str::to_owned), row.replicate, row.people.to_bits()));
            Ok(())
        })
        .unwrap();
        assert_eq!(found, expected);
    }

    #[test]
    fn the_same_results_give_the_same_bytes() {
        assert_eq!(written(), written());
    }
}
