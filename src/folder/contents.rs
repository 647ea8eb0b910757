//! What a results folder holds beside its manifest, and how each file follows from the results.

use crate::folder::dictionary;
use crate::folder::disk::Fill;
use crate::folder::error::FolderError;
use crate::folder::hash::Hashing;
use crate::folder::tables::TABLES;
use crate::results::run::Results;
use crate::results::table::{Format, RowsFrom};
use crate::threads;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

/// The folder of resolved scenarios in a results folder.
pub(crate) const SCENARIOS: &str = "scenarios";
/// The folder in a results folder that holds the figures of the world, as they were read.
pub(crate) const WORLD: &str = "world";

/// Every file that follows from `results`, by its path in the folder, and how it is written.
pub(crate) fn files<'a>(results: &'a Results, formats: &[Format]) -> Vec<(String, Box<Fill<'a>>)> {
    let mut files: Vec<(String, Box<Fill<'a>>)> = Vec::new();
    for table in TABLES.iter().chain([&dictionary::TABLE]) {
        if let RowsFrom::Results { is_held, write } = table.source
            && is_held(results, formats)
        {
            files.push((table.file.to_owned(), Box::new(move |sink| write(results, sink))));
        }
    }
    let mut add = |name: String, fill: Box<Fill<'a>>| files.push((name, fill));
    for scenario in &results.scenarios {
        let fill = |sink: &mut (dyn Write + Send)| sink.write_all(scenario.resolved.as_bytes());
        add(format!("{SCENARIOS}/{}.toml", scenario.name), Box::new(fill));
    }
    for file in &results.world.files {
        let fill = |sink: &mut (dyn Write + Send)| sink.write_all(file.text.as_bytes());
        add(format!("{WORLD}/{}", file.name), Box::new(fill));
    }
    files
}

/// SHA-256 of every file that follows from `results`, by its path in the folder, written nowhere; of several at once
/// inside [`threads::on_threads`].
///
/// # Errors
/// When a file cannot be made.
pub fn hashes(results: &Results, formats: &[Format]) -> Result<BTreeMap<String, String>, FolderError> {
    let hash = |(name, fill): (String, Box<Fill<'_>>)| {
        let mut sink = Hashing::new(io::sink());
        fill(&mut sink).map_err(FolderError::system(Path::new(&name)))?;
        Ok((name, sink.finish().1))
    };
    threads::at_once(files(results, formats), hash).into_iter().collect()
}
