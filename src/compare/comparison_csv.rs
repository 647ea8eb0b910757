//! What differs in the outcomes of runs, as CSV.

use crate::compare::two_runs::{Comparison, Difference, Matching};
use crate::results::cell;
use crate::results::column::{Column, RowColumn, write};
use crate::results::keys::{Keyed, RowKey, heading_fields};
use crate::results::shared_columns::{DIFFERENCE, HIGH95, LOW95, MCSE};
use std::io::{self, Write};

/// A difference and the comparison that it is of: a row.
struct Row<'a>(&'a Comparison, &'a Difference);

impl Keyed for Row<'_> {
    fn key(&self) -> &RowKey {
        &self.1.effect.key
    }
}

fn fields<'a>() -> Vec<RowColumn<Row<'a>>> {
    const fn plain(name: &'static str) -> Column {
        Column::new(name, "", "")
    }
    let mut fields = vec![
        plain("first_run").of(|row: &Row<'a>| cell::text(&row.0.names[0])),
        plain("second_run").of(|row: &Row<'a>| cell::text(&row.0.names[1])),
    ];
    fields.extend(heading_fields());
    fields.insert(3, plain("quantity").of(|row: &Row<'a>| row.1.quantity.name().to_owned()));
    fields.extend([
        plain("first").of(|row: &Row<'a>| cell::known(row.1.effect.baseline)),
        plain("second").of(|row: &Row<'a>| cell::known(row.1.second)),
        DIFFERENCE.of(|row: &Row<'a>| cell::known(row.1.effect.difference)),
        MCSE.of(|row: &Row<'a>| cell::known(row.1.effect.mcse)),
        LOW95.of(|row: &Row<'a>| cell::low(row.1.effect.interval)),
        HIGH95.of(|row: &Row<'a>| cell::high(row.1.effect.interval)),
        plain("method").of(|row: &Row<'a>| row.0.method.name().to_owned()),
        plain("replicates_first").of(|row: &Row<'a>| row.1.replicates[0].to_string()),
        plain("replicates_second").of(|row: &Row<'a>| row.1.replicates[1].to_string()),
        plain("reason").of(|row: &Row<'a>| match &row.0.method {
            Matching::Paired => String::new(),
            Matching::Welch(reasons) => cell::text(&reasons.join("; ")),
        }),
    ]);
    fields
}

/// Writes comparisons.
///
/// # Errors
/// When the sink refuses.
pub fn write_comparisons(all: &[Comparison], sink: &mut dyn Write) -> io::Result<()> {
    let rows = all.iter().flat_map(|comparison| comparison.rows.iter().map(move |row| Row(comparison, row)));
    write(sink, &fields(), rows)
}
