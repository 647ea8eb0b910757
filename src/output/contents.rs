//! What a results folder holds beside its manifest, and how each file follows from the results.

use super::{Format, OutputError, Results, between, costs, dictionary, effects, panel, precision};
use super::{series_csv, series_parquet, structure_fluidity, summary, who_moved, who_moved_parquet};
use crate::experiment;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

/// The folder of resolved scenarios in a results folder.
pub(super) const SCENARIOS: &str = "scenarios";
/// The folder in a results folder that holds the figures of the world, as they were read.
pub(super) const WORLD: &str = "world";

/// Writes one file.
pub(super) type Fill<'a> = dyn Fn(&mut (dyn Write + Send)) -> io::Result<()> + Send + Sync + 'a;

/// Every file that follows from `results`, by its path in the folder, and how it is written.
pub(super) fn files<'a>(results: &'a Results, formats: &[Format]) -> Vec<(String, Box<Fill<'a>>)> {
    let with_csv = formats.contains(&Format::Csv);
    let mut files: Vec<(String, Box<Fill<'a>>)> = Vec::new();
    let mut add = |name: &str, fill: Box<Fill<'a>>| files.push((name.to_owned(), fill));
    add("series.parquet", Box::new(|sink| series_parquet::write(results, sink)));
    if with_csv {
        add("series.csv", Box::new(|sink| series_csv::write(results, sink)));
    }
    add("summary.csv", Box::new(|sink| summary::write(results, sink)));
    add("effects.csv", Box::new(|sink| effects::write(results, sink)));
    add("precision.csv", Box::new(|sink| precision::write(results, sink)));
    add("between_policies.csv", Box::new(|sink| between::write(results, sink)));
    add("costs.csv", Box::new(|sink| costs::write(results, sink)));
    add("cost_effectiveness.csv", Box::new(|sink| costs::write_ratios(results, sink)));
    add("structure_fluidity.csv", Box::new(|sink| structure_fluidity::write(results, sink)));
    add("who_moved.csv", Box::new(|sink| who_moved::write(results, sink)));
    add("who_moved_series.parquet", Box::new(|sink| who_moved_parquet::write(results, sink)));
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
/// inside [`experiment::on_threads`].
///
/// # Errors
/// When a file cannot be made.
pub fn hashes(results: &Results, formats: &[Format]) -> Result<BTreeMap<String, String>, OutputError> {
    let hash = |(name, fill): (String, Box<Fill<'_>>)| {
        let mut sink = super::folder::Hashing::new(io::sink());
        fill(&mut sink).map_err(OutputError::system(Path::new(&name)))?;
        Ok((name, sink.finish().1))
    };
    experiment::at_once(files(results, formats), hash).into_iter().collect()
}
