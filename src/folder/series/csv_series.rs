//! `series.csv`: the series for readers without Parquet.

use crate::folder::series::rows::{COLUMNS, TITLE, each_row};
use crate::results::cell;
use crate::results::run::Results;
use crate::results::table::{Format, ResultTable};
use std::io::{self, Write};

/// The table.
pub(crate) const TABLE: ResultTable = ResultTable::new("series.csv", || COLUMNS.to_vec(), write)
    .titled(TITLE)
    .held_if(|_, formats| formats.contains(&Format::Csv));

/// Writes the series as CSV.
///
/// # Errors
/// When the sink refuses.
fn write(results: &Results, sink: &mut (dyn Write + Send)) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(sink);
    csv.write_record(COLUMNS.map(|column| column.name))?;
    each_row(results, |row| {
        csv.write_record([
            cell::text(row.scenario),
            row.replicate.to_string(),
            row.period.to_owned(),
            row.months.to_string(),
            cell::text(&row.subject.subgroup.region),
            row.subject.subgroup.region_basis.clone(),
            row.subject.subgroup.origin.clone(),
            row.subject.subgroup.sex.clone(),
            row.subject.measure.key.to_owned(),
            cell::known(row.value),
            cell::known(row.numerator),
            cell::number(row.denominator),
        ])?;
        Ok(())
    })?;
    csv.flush()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::testing;

    #[test]
    fn the_csv_series_of_a_small_run_is_as_expected() {
        let mut bytes = Vec::new();
        write(&testing::results(), &mut bytes).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], COLUMNS.map(|column| column.name).join(","));
        let neet = "baseline,1,2025-09,12,all,,all,all,neet_rate,0.25,250,1000";
        assert!(lines.contains(&neet), "{}", lines[1]);
        assert!(lines.contains(&"baseline,1,2025-09,12,all,,all,all,median_pay.30,,,0"));
        assert!(lines.iter().any(|line| line.starts_with("'=levy,")), "a formula in a name must be quoted");
        assert!(!text.contains("\n=levy"));
    }
}
