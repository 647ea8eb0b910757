//! `series.parquet`: one row for each scenario, replicate, period, group and measure.

use crate::folder::series::rows::{COLUMNS, ReplicateRow, TITLE, each_row};
use crate::results::run::Results;
use crate::results::table::ResultTable;
use arrow_array::builder::{Float64Builder, StringBuilder, UInt32Builder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::ArrowWriterOptions;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::{WriterProperties, WriterVersion};
use std::io::{self, Write};
use std::sync::Arc;

/// The file.
pub(crate) const SERIES: &str = "series.parquet";

/// The table.
pub(crate) const TABLE: ResultTable = ResultTable::new(SERIES, || COLUMNS.to_vec(), write).titled(TITLE);

/// Rows handed to the writer at a time.
const BATCH_ROWS: usize = 65_536;
/// Rows of a row group.
const GROUP_ROWS: usize = 1_048_576;
/// The compression level: the package's own default may move.
const ZSTD_LEVEL: i32 = 3;

/// Writes the series as Parquet: the same bytes for the same results, with no clock or machine in them.
///
/// # Errors
/// When the sink refuses.
pub(crate) fn write(results: &Results, sink: &mut (dyn Write + Send)) -> io::Result<()> {
    let schema = schema();
    let options = ArrowWriterOptions::new().with_properties(properties()?).with_skip_arrow_metadata(true);
    let mut writer = ArrowWriter::try_new_with_options(sink, schema.clone(), options).map_err(io::Error::other)?;
    let mut columns = SeriesColumns::default();
    each_row(results, |row| {
        columns.push(row);
        if columns.rows == BATCH_ROWS {
            writer.write(&columns.batch(&schema)?).map_err(io::Error::other)?;
        }
        Ok(())
    })?;
    writer.write(&columns.batch(&schema)?).map_err(io::Error::other)?;
    writer.close().map_err(io::Error::other)?;
    Ok(())
}

pub(crate) fn properties() -> io::Result<WriterProperties> {
    let level = ZstdLevel::try_new(ZSTD_LEVEL).map_err(io::Error::other)?;
    Ok(WriterProperties::builder()
        .set_created_by(concat!("rungs version ", env!("CARGO_PKG_VERSION")).to_owned())
        .set_writer_version(WriterVersion::PARQUET_1_0)
        .set_compression(Compression::ZSTD(level))
        .set_dictionary_enabled(true)
        .set_max_row_group_row_count(Some(GROUP_ROWS))
        .build())
}

fn schema() -> SchemaRef {
    let column = |name: &str, kind| Field::new(name, kind, false);
    let maybe = |name: &str, kind| Field::new(name, kind, true);
    Arc::new(Schema::new(vec![
        column("scenario", DataType::Utf8),
        column("replicate", DataType::UInt32),
        column("period", DataType::Utf8),
        column("months", DataType::UInt32),
        column("region", DataType::Utf8),
        maybe("region_basis", DataType::Utf8),
        column("origin", DataType::Utf8),
        column("sex", DataType::Utf8),
        column("measure", DataType::Utf8),
        maybe("value", DataType::Float64),
        maybe("numerator", DataType::Float64),
        column("denominator", DataType::Float64),
    ]))
}

/// Rows being gathered, column by column.
#[derive(Default)]
struct SeriesColumns {
    rows: usize,
    scenario: StringBuilder,
    replicate: UInt32Builder,
    period: StringBuilder,
    months: UInt32Builder,
    region: StringBuilder,
    region_basis: StringBuilder,
    origin: StringBuilder,
    sex: StringBuilder,
    measure: StringBuilder,
    value: Float64Builder,
    numerator: Float64Builder,
    denominator: Float64Builder,
}

impl SeriesColumns {
    fn push(&mut self, row: &ReplicateRow<'_>) {
        self.rows += 1;
        self.scenario.append_value(row.scenario);
        self.replicate.append_value(row.replicate);
        self.period.append_value(row.period);
        self.months.append_value(row.months);
        self.region.append_value(&row.subject.subgroup.region);
        let basis = &row.subject.subgroup.region_basis;
        self.region_basis.append_option((!basis.is_empty()).then_some(basis));
        self.origin.append_value(&row.subject.subgroup.origin);
        self.sex.append_value(&row.subject.subgroup.sex);
        self.measure.append_value(row.subject.measure.key);
        self.value.append_option(row.value);
        self.numerator.append_option(row.numerator);
        self.denominator.append_value(row.denominator);
    }

    /// The rows gathered so far; leaves none behind.
    fn batch(&mut self, schema: &SchemaRef) -> io::Result<RecordBatch> {
        self.rows = 0;
        let columns: Vec<ArrayRef> = vec![
            Arc::new(self.scenario.finish()),
            Arc::new(self.replicate.finish()),
            Arc::new(self.period.finish()),
            Arc::new(self.months.finish()),
            Arc::new(self.region.finish()),
            Arc::new(self.region_basis.finish()),
            Arc::new(self.origin.finish()),
            Arc::new(self.sex.finish()),
            Arc::new(self.measure.finish()),
            Arc::new(self.value.finish()),
            Arc::new(self.numerator.finish()),
            Arc::new(self.denominator.finish()),
        ];
        RecordBatch::try_new(schema.clone(), columns).map_err(io::Error::other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::folder::series::rows::COLUMNS;
    use crate::results::testing;
    use arrow_array::Array;
    use arrow_array::cast::AsArray;
    use arrow_array::types::{Float64Type, UInt32Type};
    use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

    fn written() -> Vec<u8> {
        let mut bytes = Vec::new();
        write(&testing::results(), &mut bytes).unwrap();
        bytes
    }

    fn path_of_test_file(bytes: &[u8]) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), bytes).unwrap();
        file
    }

    #[test]
    fn the_series_reads_back_as_it_was_written() {
        let file = path_of_test_file(&written());
        let reader = ParquetRecordBatchReaderBuilder::try_new(file.reopen().unwrap()).unwrap().build().unwrap();
        let batches: Vec<RecordBatch> = reader.map(Result::unwrap).collect();
        let mut found = Vec::new();
        for batch in &batches {
            let text = |name: &str, row| batch.column_by_name(name).unwrap().as_string::<i32>().value(row).to_owned();
            let replicates = batch.column_by_name("replicate").unwrap().as_primitive::<UInt32Type>();
            let values = batch.column_by_name("value").unwrap().as_primitive::<Float64Type>();
            for row in 0..batch.num_rows() {
                let value = (!values.is_null(row)).then(|| values.value(row).to_bits());
                found.push((
                    text("scenario", row),
                    replicates.value(row),
                    text("measure", row),
                    text("region", row),
                    value,
                ));
            }
        }
        let mut expected = Vec::new();
        each_row(&testing::results(), |row| {
            let value = row.value.map(f64::to_bits);
            let region = row.subject.subgroup.region.clone();
            expected.push((row.scenario.to_owned(), row.replicate, row.subject.measure.key.to_owned(), region, value));
            Ok(())
        })
        .unwrap();
        assert_eq!(found, expected);
        assert!(found.iter().any(|row| row.4.is_none()), "an unknown value must stay unknown");
    }

    #[test]
    fn the_same_results_give_the_same_bytes() {
        assert_eq!(written(), written());
    }

    #[test]
    fn both_forms_of_the_series_have_the_same_columns() {
        let names: Vec<String> = schema().fields().iter().map(|field| field.name().clone()).collect();
        assert_eq!(names, COLUMNS.map(|column| column.name));
    }
}
