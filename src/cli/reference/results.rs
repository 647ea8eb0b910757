//! The columns of result files, as the dictionary of every run has them.

use super::super::ending::{Ending, Step};
use super::page::Page;
use crate::assure::markdown::item;
use crate::folder::dictionary;
use std::fmt::Write as _;

/// Every column of every file, with its meaning and unit.
pub(super) fn columns() -> Step<Page> {
    let mut bytes = Vec::new();
    dictionary::write(&mut bytes)?;
    let mut body = String::new();
    let mut last = String::new();
    for row in csv::Reader::from_reader(&*bytes).records() {
        let row = row.map_err(|error| Ending::Failed(error.to_string()))?;
        let [kind, file, name, meaning, unit] = [0, 1, 2, 3, 4].map(|at| row.get(at).unwrap_or(""));
        if kind != "column" {
            continue;
        }
        if file != last {
            let _ = write!(body, "{}## {file}\n\n", if last.is_empty() { "" } else { "\n" });
            file.clone_into(&mut last);
        }
        let unit = if unit.is_empty() { String::new() } else { format!(" ({unit})") };
        body += &item(&format!("`{name}`{unit}: {meaning}."));
    }
    let lead = "what each column of each result file means; a run has the same in its `data_dictionary.csv`. An empty cell is unknown or \
                does not apply, never zero."
        .to_owned();
    Ok(Page { file: "results.md", title: "Result files", lead, body })
}
