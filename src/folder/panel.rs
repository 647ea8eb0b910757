//! `panel.parquet`: lives of a sample of people, one row for each spell; and one life as a table.

use crate::calendar::Month;
use crate::domain::{Kind, Region};
use crate::engine::tally::{Detail, Glimpse, PanelMonth, PanelSpell, PersonId};
use crate::folder::error::FolderError;
use crate::folder::series::parquet_series::properties;
use crate::input_files;
use crate::results::about::NamedRegion;
use crate::results::cell;
use crate::results::column::Column;
use crate::results::run::Results;
use crate::results::shared_columns::{ORIGIN, REGION, REPLICATE, SCENARIO, SEX};
use crate::results::table::ResultTable;
use arrow_array::builder::{BooleanBuilder, Float64Builder, StringBuilder, UInt16Builder, UInt32Builder};
use arrow_array::cast::AsArray;
use arrow_array::types::UInt32Type;
use arrow_array::{ArrayRef, BooleanArray, RecordBatch};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use arrow_select::concat::concat_batches;
use arrow_select::filter::filter_record_batch;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::arrow::arrow_writer::ArrowWriterOptions;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

/// The file of the panel.
pub const PANEL: &str = "panel.parquet";

/// The table.
pub(crate) const TABLE: ResultTable =
    ResultTable::new(PANEL, || COLUMNS.to_vec(), write).held_if(|results, _| results.has_panel());

/// The name of upbringing outside the world's regions.
const ABROAD: &str = "abroad";

/// The columns, in order.
pub(crate) const COLUMNS: [Column; 23] = [
    SCENARIO,
    REPLICATE,
    Column::new(
        "person",
        "name of the person, the same in every scenario and replicate: cohort, code of the region of upbringing (or abroad), number",
        "",
    ),
    Column::new("cohort", "year in which the academic year of birth ended", ""),
    Column::new("birth_month", "month of birth", ""),
    SEX,
    ORIGIN,
    Column::new("upbringing", "name of the region of upbringing, or abroad", ""),
    Column::new("spell", "number of the spell among those of the person in this scenario and replicate, from 1", ""),
    Column::new("state", "what the person does", ""),
    Column::new(
        "detail",
        "course, level of the apprenticeship, guaranteed job, or reason for being inactive; empty when there is none",
        "",
    ),
    Column::new("job_class", "destination class of the job; empty without one", ""),
    REGION,
    Column::new(
        "start_month",
        "first month of the spell; of a spell under way when the run starts the month in which the state began, which may have been in \
             another region",
        "",
    ),
    Column::new("end_month", "first month after the spell; empty when it goes on after the run (censored)", ""),
    Column::new(
        "is_start_seen",
        "whether the spell began after the run's first month; if not, what came before it is not known",
        "",
    ),
    Column::new("qualification", "highest qualification in the first month of the spell that was seen", ""),
    Column::new("qualification_at_end", "highest qualification in the last month of the spell", ""),
    Column::new(
        "route",
        "route by which the highest qualification came, in the first month of the spell that was seen",
        "",
    ),
    Column::new("route_at_end", "route by which the highest qualification came, in the last month of the spell", ""),
    Column::new(
        "pay_at_start",
        "pay in the first month of the spell that was seen; empty without a job",
        "GBP an hour, base-year prices",
    ),
    Column::new(
        "pay_at_end",
        "pay in the last month of the spell; empty without a job",
        "GBP an hour, base-year prices",
    ),
    Column::new("months_seen", "months of the spell within the run", "months"),
];

/// The name of somebody, such as `2009-TLC-42`: cohort, region of upbringing and a number among those.
#[must_use]
pub fn person_name(id: PersonId, regions: &[NamedRegion]) -> String {
    let place = id.upbringing.map_or(ABROAD, |region| regions.get(region.index()).map_or("?", |found| &found.code));
    format!("{}-{place}-{}", cohort_year(id), id.ordinal)
}

/// Whose name this is, if it can be anybody's in a world of these regions.
#[must_use]
pub fn person_named(name: &str, regions: &[NamedRegion]) -> Option<PersonId> {
    let (cohort, rest) = name.split_once('-')?;
    let (place, ordinal) = rest.rsplit_once('-')?;
    let upbringing = match regions.iter().position(|region| region.code == place) {
        Some(index) => Some(Region(u8::try_from(index).ok()?)),
        None if place == ABROAD => None,
        None => return None,
    };
    let cohort = Month::new(cohort.parse().ok()?, 1)?.0 / 12;
    Some(PersonId { cohort, upbringing, ordinal: ordinal.parse().ok()? })
}

fn cohort_year(id: PersonId) -> u16 {
    Month(id.cohort * 12).year()
}

/// Writes the panel: by scenario, replicate, person and spell.
///
/// # Errors
/// When the sink refuses.
pub(crate) fn write(results: &Results, sink: &mut (dyn Write + Send)) -> io::Result<()> {
    let schema = schema();
    let options = ArrowWriterOptions::new().with_properties(properties()?).with_skip_arrow_metadata(true);
    let mut writer = ArrowWriter::try_new_with_options(sink, schema.clone(), options).map_err(io::Error::other)?;
    let end = results.settings.start.plus(results.settings.months());
    for (index, scenario) in results.scenarios.iter().enumerate() {
        for replicate in results.outcomes.replicates.iter().filter(|replicate| !replicate.panels.is_empty()) {
            let mut columns = PanelColumns::default();
            for spell in replicate.panels.get(index).map_or(&[][..], |panel| &panel.spells) {
                columns.push(&scenario.name, replicate.number, spell, results, end);
            }
            writer.write(&columns.batch(&schema)?).map_err(io::Error::other)?;
        }
    }
    writer.close().map_err(io::Error::other)?;
    Ok(())
}

/// The rows of one scenario and replicate of a panel on disk, as a file of their own.
///
/// # Errors
/// When the panel cannot be read.
pub(crate) fn rows_of(folder: &Path, scenario: &str, replicate: u32) -> Result<Vec<u8>, FolderError> {
    let path = folder.join(PANEL);
    let malformed = |message: String| FolderError::Malformed { path: path.clone(), message };
    let file = input_files::open(&path).map_err(FolderError::unread(&path))?;
    let reader = ParquetRecordBatchReaderBuilder::try_new(file).and_then(ParquetRecordBatchReaderBuilder::build);
    let mut kept = Vec::new();
    for batch in reader.map_err(|error| malformed(error.to_string()))? {
        let batch = batch.map_err(|error| malformed(error.to_string()))?;
        let names = batch.column_by_name("scenario").and_then(|column| column.as_string_opt::<i32>());
        let numbers = batch.column_by_name("replicate").and_then(|column| column.as_primitive_opt::<UInt32Type>());
        let (Some(names), Some(numbers)) = (names, numbers) else {
            return Err(malformed("found no scenario and replicate, expected the columns of a panel".to_owned()));
        };
        let wanted = |at: usize| names.value(at) == scenario && numbers.value(at) == replicate;
        let mask = BooleanArray::from((0..batch.num_rows()).map(wanted).collect::<Vec<_>>());
        kept.push(filter_record_batch(&batch, &mask).map_err(|error| malformed(error.to_string()))?);
    }
    let schema = schema();
    let rewritten = || -> io::Result<Vec<u8>> {
        let whole = match kept.first() {
            Some(first) => concat_batches(&first.schema(), &kept).map_err(io::Error::other)?,
            None => RecordBatch::new_empty(schema.clone()),
        };
        let whole = RecordBatch::try_new(schema.clone(), whole.columns().to_vec()).map_err(io::Error::other)?;
        let options = ArrowWriterOptions::new().with_properties(properties()?).with_skip_arrow_metadata(true);
        let mut bytes = Vec::new();
        let mut writer =
            ArrowWriter::try_new_with_options(&mut bytes, schema.clone(), options).map_err(io::Error::other)?;
        writer.write(&whole).map_err(io::Error::other)?;
        writer.close().map_err(io::Error::other)?;
        Ok(bytes)
    };
    rewritten().map_err(|error| malformed(error.to_string()))
}

fn schema() -> SchemaRef {
    let kind = |column: &str| match column {
        "replicate" => DataType::UInt32,
        "cohort" | "spell" | "months_seen" => DataType::UInt16,
        "pay_at_start" | "pay_at_end" => DataType::Float64,
        "is_start_seen" => DataType::Boolean,
        _ => DataType::Utf8,
    };
    let unknown = ["origin", "detail", "job_class", "end_month", "pay_at_start", "pay_at_end"];
    let field = |column: &Column| Field::new(column.name, kind(column.name), unknown.contains(&column.name));
    Arc::new(Schema::new(COLUMNS.iter().map(field).collect::<Vec<_>>()))
}

/// Rows being gathered, column by column.
#[derive(Default)]
struct PanelColumns {
    texts: [StringBuilder; 16],
    replicate: UInt32Builder,
    cohort: UInt16Builder,
    spell: UInt16Builder,
    months_seen: UInt16Builder,
    pay: [Float64Builder; 2],
    is_start_seen: BooleanBuilder,
}

impl PanelColumns {
    fn push(&mut self, scenario: &str, replicate: u32, spell: &PanelSpell, results: &Results, end: Month) {
        let (regions, subject) = (&results.world.regions, spell.subject);
        let region = |region: Region| regions.get(region.index()).map_or("?", |region| region.name.as_str());
        let (first, last) = (spell.first, spell.last);
        let is_start_seen = spell.start > results.settings.start;
        let texts = [
            Some(scenario.to_owned()),
            Some(person_name(subject.id, regions)),
            Some(subject.birth.to_string()),
            Some(subject.sex.name().to_owned()),
            subject.origin.map(|origin| origin.name().to_owned()),
            Some(subject.id.upbringing.map_or(ABROAD, region).to_owned()),
            Some(first.state.name().to_owned()),
            Some(first.detail.name().to_owned()).filter(|detail| !detail.is_empty()),
            first.state.job_class().map(|class| class.name().to_owned()),
            Some(region(first.region).to_owned()),
            Some(spell.start.to_string()),
            spell.end.map(|end| end.to_string()),
            Some(first.qualification.name().to_owned()),
            Some(last.qualification.name().to_owned()),
            Some(first.route.name().to_owned()),
            Some(last.route.name().to_owned()),
        ];
        self.texts.iter_mut().zip(texts).for_each(|(column, text)| column.append_option(text));
        self.replicate.append_value(replicate);
        self.cohort.append_value(cohort_year(subject.id));
        self.spell.append_value(spell.number);
        self.is_start_seen.append_value(is_start_seen);
        let until = spell.end.unwrap_or(end);
        self.months_seen.append_value(until.0.saturating_sub(spell.start.max(results.settings.start).0));
        let [start, end] = &mut self.pay;
        start.append_option(first.pay_gbp_per_hour.map(pennies));
        end.append_option(last.pay_gbp_per_hour.map(pennies));
    }

    /// The columns in order.
    fn batch(mut self, schema: &SchemaRef) -> io::Result<RecordBatch> {
        let mut texts = self.texts.iter_mut().map(|column| Arc::new(column.finish()) as ArrayRef);
        let [start, end] = &mut self.pay;
        let mut column = |name: &str| -> ArrayRef {
            match name {
                "replicate" => Arc::new(self.replicate.finish()),
                "cohort" => Arc::new(self.cohort.finish()),
                "spell" => Arc::new(self.spell.finish()),
                "months_seen" => Arc::new(self.months_seen.finish()),
                "is_start_seen" => Arc::new(self.is_start_seen.finish()),
                "pay_at_start" => Arc::new(start.finish()),
                "pay_at_end" => Arc::new(end.finish()),
                _ => texts.next().unwrap_or_else(|| Arc::new(StringBuilder::new().finish())),
            }
        };
        RecordBatch::try_new(schema.clone(), COLUMNS.iter().map(|named| column(named.name)).collect())
            .map_err(io::Error::other)
    }
}

/// Pay to the penny.
fn pennies(pay: f64) -> f64 {
    libm::round(pay * 100.0) / 100.0
}

/// The columns of one life, in order.
pub const LIFE_COLUMNS: [&str; 9] =
    ["month", "age", "doing", "region", "qualification", "route", "pay", "months_neet", "events"];

/// One life month by month, in the columns of [`LIFE_COLUMNS`].
#[must_use]
pub fn life(months: &[PanelMonth], regions: &[NamedRegion]) -> Vec<[String; 9]> {
    let mut before: Option<&PanelMonth> = None;
    let mut rows = Vec::new();
    for month in months {
        let (now, age) = (&month.glimpse, month.month.0 - month.subject.birth.0);
        rows.push([
            month.month.to_string(),
            format!("{}y{:02}m", age / 12, age % 12),
            doing(now),
            regions.get(now.region.index()).map_or_else(String::new, |region| cell::text(&region.name)),
            now.qualification.name().to_owned(),
            now.route.name().to_owned(),
            now.pay_gbp_per_hour.map_or_else(String::new, |pay| format!("{pay:.2}")),
            month.months_neet.to_string(),
            events(before, month).join("; "),
        ]);
        before = Some(month);
    }
    rows
}

/// One life as CSV.
///
/// # Errors
/// Never in practice: memory does not refuse.
pub fn life_csv(rows: &[[String; 9]]) -> io::Result<String> {
    let mut bytes = Vec::new();
    let mut csv = csv::Writer::from_writer(&mut bytes);
    csv.write_record(LIFE_COLUMNS)?;
    for row in rows {
        csv.write_record(row)?;
    }
    csv.flush()?;
    drop(csv);
    String::from_utf8(bytes).map_err(io::Error::other)
}

/// What somebody does, in words.
fn doing(glimpse: &Glimpse) -> String {
    let (state, detail) = (glimpse.state.name(), glimpse.detail.name());
    match glimpse.detail {
        Detail::None => state.to_owned(),
        Detail::Compulsory | Detail::Guaranteed | Detail::Programme(_) => detail.to_owned(),
        Detail::Level(_) => format!("{state} {detail}"),
        Detail::Reason(_) => format!("{state}: {detail}"),
    }
}

/// What happened to somebody since the month before.
fn events(before: Option<&PanelMonth>, now: &PanelMonth) -> Vec<String> {
    let mut events = Vec::new();
    match before {
        None => events.push("enters".to_owned()),
        Some(before) => {
            let (was, is) = (&before.glimpse, &now.glimpse);
            if is.qualification > was.qualification {
                events.push(format!("gains {}", is.qualification.name()));
            }
            if (was.state, was.detail) != (is.state, is.detail) {
                events.push(format!("to {}", doing(is)));
            }
            if was.region != is.region {
                events.push("moves".to_owned());
            }
        }
    }
    if now.is_support_start {
        events.push("support begins".to_owned());
    }
    events
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::testing;

    #[test]
    fn a_persons_name_reads_back_whatever_the_code_of_the_region() {
        let mut regions = testing::results().world.regions;
        regions.push(NamedRegion { name: "South".to_owned(), code: "S-1".to_owned(), tile: (0, 1) });
        for upbringing in [Some(Region(0)), Some(Region(1)), None] {
            let id = PersonId { cohort: 109, upbringing, ordinal: 42 };
            assert_eq!(person_named(&person_name(id, &regions), &regions), Some(id));
        }
        let name = |id: PersonId| person_name(id, &regions);
        assert_eq!(name(PersonId { cohort: 109, upbringing: Some(Region(1)), ordinal: 7 }), "2009-S-1-7");
        for wrong in ["", "2009", "2009-N", "2009-X-1", "N-2009-1", "2009-N-x", "2009-N--1", "20090-N-1", "1800-N-1"] {
            assert_eq!(person_named(wrong, &regions), None, "{wrong}");
        }
    }
}
