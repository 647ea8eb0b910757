//! What a results folder holds beside its manifest, and how each file follows from the results.

use crate::folder::disk::Fill;
use crate::folder::error::OutputError;
use crate::folder::hash::Hashing;
use crate::folder::series::{csv, parquet, who_moved as who_moved_series};
use crate::folder::{dictionary, panel};
use crate::results::run::Results;
use crate::results::tables::{costs, effects, policy_contrasts, precision, structure_fluidity, summary, who_moved};
use crate::threads;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

/// A format of the series beside Parquet, which is always written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// `series.csv`.
    Csv,
}

/// The folder of resolved scenarios in a results folder.
pub(crate) const SCENARIOS: &str = "scenarios";
/// The folder in a results folder that holds the figures of the world, as they were read.
pub(crate) const WORLD: &str = "world";

/// Every file that follows from `results`, by its path in the folder, and how it is written.
pub(crate) fn files<'a>(results: &'a Results, formats: &[Format]) -> Vec<(String, Box<Fill<'a>>)> {
    let with_csv = formats.contains(&Format::Csv);
    let mut files: Vec<(String, Box<Fill<'a>>)> = Vec::new();
    let mut add = |name: &str, fill: Box<Fill<'a>>| files.push((name.to_owned(), fill));
    add("series.parquet", Box::new(|sink| parquet::write(results, sink)));
    if with_csv {
        add("series.csv", Box::new(|sink| csv::write(results, sink)));
    }
    add("summary.csv", Box::new(|sink| summary::write(results, sink)));
    add("effects.csv", Box::new(|sink| effects::write(results, sink)));
    add("precision.csv", Box::new(|sink| precision::write(results, sink)));
    add("between_policies.csv", Box::new(|sink| policy_contrasts::write(results, sink)));
    add("costs.csv", Box::new(|sink| costs::write(results, sink)));
    add("cost_effectiveness.csv", Box::new(|sink| costs::write_ratios(results, sink)));
    add("structure_fluidity.csv", Box::new(|sink| structure_fluidity::write(results, sink)));
    add("who_moved.csv", Box::new(|sink| who_moved::write(results, sink)));
    add("who_moved_series.parquet", Box::new(|sink| who_moved_series::write(results, sink)));
    if with_csv {
        add("who_moved_series.csv", Box::new(|sink| who_moved::write_series(results, sink)));
    }
    if !results.panels.is_empty() {
        add(panel::PANEL, Box::new(|sink| panel::write(results, sink)));
    }
    add("data_dictionary.csv", Box::new(|sink| dictionary::write(sink)));
    for scenario in &results.scenarios {
        let fill = |sink: &mut (dyn Write + Send)| sink.write_all(scenario.resolved.as_bytes());
        add(&format!("{SCENARIOS}/{}.toml", scenario.name), Box::new(fill));
    }
    for file in &results.world_files {
        let fill = |sink: &mut (dyn Write + Send)| sink.write_all(file.text.as_bytes());
        add(&format!("{WORLD}/{}", file.name), Box::new(fill));
    }
    files
}

/// SHA-256 of every file that follows from `results`, by its path in the folder, written nowhere; of several at once
/// inside [`threads::on_threads`].
///
/// # Errors
/// When a file cannot be made.
pub fn hashes(results: &Results, formats: &[Format]) -> Result<BTreeMap<String, String>, OutputError> {
    let hash = |(name, fill): (String, Box<Fill<'_>>)| {
        let mut sink = Hashing::new(io::sink());
        fill(&mut sink).map_err(OutputError::system(Path::new(&name)))?;
        Ok((name, sink.finish().1))
    };
    threads::at_once(files(results, formats), hash).into_iter().collect()
}
