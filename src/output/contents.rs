//! What a results folder holds beside its manifest, and how each file follows from the results.

use super::{Format, OutputError, Results, between, costs, dictionary, effects, panel, precision};
use super::{series_csv, series_parquet, structure_fluidity, summary, who_moved, who_moved_parquet};
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

/// The folder of resolved scenarios in a results folder.
pub(super) const SCENARIOS: &str = "scenarios";
/// The folder in a results folder that holds the figures of the world, as they were read.
pub(super) const WORLD: &str = "world";

/// Writes one file.
pub(super) type Fill<'a> = dyn Fn(&mut (dyn Write + Send)) -> io::Result<()> + 'a;

/// Hands every file that follows from `results` to `add`, by its path in the folder.
///
/// # Errors
/// The first error of `add`.
pub(super) fn each_file(
    results: &Results,
    formats: &[Format],
    add: &mut dyn FnMut(&str, &Fill<'_>) -> Result<(), OutputError>,
) -> Result<(), OutputError> {
    let with_csv = formats.contains(&Format::Csv);
    add("series.parquet", &|sink| series_parquet::write(results, sink))?;
    if with_csv {
        add("series.csv", &|sink| series_csv::write(results, sink))?;
    }
    add("summary.csv", &|sink| summary::write(results, sink))?;
    add("effects.csv", &|sink| effects::write(results, sink))?;
    add("precision.csv", &|sink| precision::write(results, sink))?;
    add("between_policies.csv", &|sink| between::write(results, sink))?;
    add("costs.csv", &|sink| costs::write(results, sink))?;
    add("cost_effectiveness.csv", &|sink| costs::write_ratios(results, sink))?;
    add("structure_fluidity.csv", &|sink| structure_fluidity::write(results, sink))?;
    add("who_moved.csv", &|sink| who_moved::write(results, sink))?;
    add("who_moved_series.parquet", &|sink| who_moved_parquet::write(results, sink))?;
    if with_csv {
        add("who_moved_series.csv", &|sink| who_moved::write_series(results, sink))?;
    }
    if !results.panels.is_empty() {
        add(panel::PANEL, &|sink| panel::write(results, sink))?;
    }
    add("data_dictionary.csv", &|sink| dictionary::write(sink))?;
    for scenario in &results.scenarios {
        add(&format!("{SCENARIOS}/{}.toml", scenario.name), &|sink| sink.write_all(scenario.resolved.as_bytes()))?;
    }
    for file in &results.world_files {
        add(&format!("{WORLD}/{}", file.name), &|sink| sink.write_all(file.text.as_bytes()))?;
    }
    Ok(())
}

/// SHA-256 of every file that follows from `results`, by its path in the folder, written nowhere.
///
/// # Errors
/// When a file cannot be made.
pub fn hashes(results: &Results, formats: &[Format]) -> Result<BTreeMap<String, String>, OutputError> {
    let mut hashes = BTreeMap::new();
    each_file(results, formats, &mut |name, fill| {
        let mut sink = super::folder::Hashing::new(io::sink());
        fill(&mut sink).map_err(OutputError::system(Path::new(name)))?;
        hashes.insert(name.to_owned(), sink.finish().1);
        Ok(())
    })?;
    Ok(hashes)
}
