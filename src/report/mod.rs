//! The report of a finished run: one HTML file that needs nothing else, opens nothing and asks nobody.
//!
//! It is made from a results folder alone ([`html`]), so that it can be made again at any time, or from the tables of a run that was
//! just written ([`html_of`]), which are the same: `run_tables` holds either. `facts` looks numbers
//! up, `sections` says what they mean (one file a section), `charts` draws, `page` puts it into the template. Text from
//! files is escaped by the template engine and made printable on its way out; nothing here simulates or prints, and
//! nothing but those is seen from outside.

mod charts;
mod error;
mod facts;
mod numbers;
mod page;
mod run_tables;
mod sections;
mod tables;

use crate::compare::inputs::InputDifference;
use crate::compare::two_runs::Comparison;
use crate::folder::read::Saved;
pub use error::ReportError;
use facts::Facts;
pub use run_tables::{RunTables, wants};
use std::path::Path;

/// The report of a run as HTML; `validation` is the table of published figures that `rungs validate` wrote, with its path.
///
/// # Errors
/// When a file of the run is missing, is not what it should be, or changed after the run, or the table is no such table.
pub fn html(saved: &Saved, validation: Option<(&Path, &str)>) -> Result<String, ReportError> {
    html_against(saved, validation, None)
}

/// The same with what differs from an earlier run: the outcomes of `saved` less those of the other, and their inputs.
///
/// # Errors
/// Those of [`html`].
pub fn html_against(
    saved: &Saved,
    validation: Option<(&Path, &str)>,
    against: Option<&(Comparison, Vec<InputDifference>)>,
) -> Result<String, ReportError> {
    html_of(&RunTables::read(saved)?, validation, against)
}

/// The report of tables, wherever they come from.
///
/// # Errors
/// When `validation` is no such table.
pub fn html_of(
    run: &RunTables,
    validation: Option<(&Path, &str)>,
    against: Option<&(Comparison, Vec<InputDifference>)>,
) -> Result<String, ReportError> {
    let facts = Facts::new(run, validation);
    let mut sections = sections::all(&facts)?;
    if let Some((comparison, inputs)) = against {
        sections.insert(1, sections::against(comparison, inputs));
    }
    page::render(&facts, &sections)
}
#[cfg(test)]
mod tests;
