//! `data_dictionary.csv`: what every column of every file and every measure means, as tables and measures declare it.

use crate::folder::tables::TABLES;
use crate::outcomes::measures;
use crate::results::column::Column;
use crate::results::shared_columns::{DENOMINATOR, NUMERATOR, UNIT};
use crate::results::table::ResultTable;
use std::io::{self, Write};

/// The table.
pub(crate) const TABLE: ResultTable =
    ResultTable::new("data_dictionary.csv", || COLUMNS.to_vec(), |_, sink| write(sink));

/// The columns of the dictionary itself, in order.
const COLUMNS: [Column; 9] = [
    Column::new("kind", "column or measure", ""),
    Column::new("file", "the file that has the column; series is series.parquet and, if asked for, series.csv", ""),
    Column::new("name", "name of the column or key of the measure", ""),
    Column::new("meaning", "what it means", ""),
    UNIT,
    NUMERATOR,
    DENOMINATOR,
    Column::new("ages", "ages in completed years that a measure is about", "years"),
    Column::new("better", "direction of change that is better for people: higher, lower or neither", ""),
];

/// The name of each table and its columns, tables of several formats once.
fn titled() -> Vec<(&'static str, Vec<Column>)> {
    let mut tables: Vec<(&str, Vec<Column>)> = Vec::new();
    for table in TABLES.iter().chain([&TABLE]) {
        if tables.last().is_none_or(|(title, _)| *title != table.title) {
            tables.push((table.title, (table.columns)()));
        }
    }
    tables
}

/// Writes a row for each column of each file, then one for each measure.
///
/// # Errors
/// When the sink refuses.
pub(crate) fn write(sink: impl Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(sink);
    csv.write_record(COLUMNS.map(|column| column.name))?;
    for (title, columns) in titled() {
        for Column { name, meaning, unit } in columns {
            csv.write_record(["column", title, name, meaning, unit, "", "", "", ""])?;
        }
    }
    for measure in measures() {
        csv.write_record([
            "measure",
            "",
            measure.key,
            measure.label,
            measure.unit,
            measure.numerator,
            measure.denominator,
            &measure.ages.to_string(),
            measure.better.name(),
        ])?;
    }
    csv.flush()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn every_column_of_every_file_has_a_meaning() {
        for (title, columns) in titled() {
            assert!(columns.iter().all(|column| !column.meaning.is_empty()), "{title}: {columns:?}");
        }
    }

    #[test]
    fn one_name_of_a_column_means_one_thing_in_every_file() {
        let mut known: BTreeMap<&str, Column> = BTreeMap::new();
        for (title, columns) in titled() {
            for column in columns {
                assert_eq!(*known.entry(column.name).or_insert(column), column, "{title}");
            }
        }
    }

    #[test]
    fn every_measure_is_in_the_dictionary_with_its_unit_and_direction() {
        let mut bytes = Vec::new();
        write(&mut bytes).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        for measure in measures() {
            let line = text.lines().find(|line| line.starts_with(&format!("measure,,{},", measure.key))).unwrap();
            assert!(line.contains(measure.unit) && line.ends_with(measure.better.name()), "{line}");
        }
    }
}
