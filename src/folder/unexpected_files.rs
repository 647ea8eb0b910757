//! What lies in a folder of results that its manifest does not list.

use crate::folder::disk::is_folder;
use crate::folder::error::FolderError;
use crate::folder::manifest::FORMAT;
use crate::folder::read::manifest_text;
use crate::folder::report_page::REPORT;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

/// The files that the manifest of a folder of results lists, whatever its version; `None` of any other folder.
pub(crate) fn listed_files(folder: &Path) -> Option<BTreeSet<String>> {
    let text = is_folder(folder).then(|| manifest_text(folder).ok())??;
    let manifest: serde_json::Value = serde_json::from_str(&text).ok()?;
    manifest.get("rungs_results")?.as_u64().filter(|version| *version >= u64::from(FORMAT))?;
    let files = manifest.get("files").and_then(serde_json::Value::as_object);
    let names = files.into_iter().flatten().map(|(name, _)| name.clone());
    Some(names.chain(["manifest.json", REPORT].map(str::to_owned)).collect())
}

/// Every file or folder under `folder` that is not `listed`, seen from it, sorted.
pub(crate) fn unexpected_files(folder: &Path, listed: &BTreeSet<String>) -> Result<Vec<String>, FolderError> {
    let mut found = Vec::new();
    find_unexpected(folder, "", listed, &mut found)?;
    found.sort();
    Ok(found)
}

/// Adds those that lie under `inner`, the way to a folder in it, such as `scenarios/`.
fn find_unexpected(
    folder: &Path,
    inner: &str,
    listed: &BTreeSet<String>,
    found: &mut Vec<String>,
) -> Result<(), FolderError> {
    let here = folder.join(inner);
    let entries = fs::read_dir(&here).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    for entry in entries.map_err(FolderError::system(&here))? {
        let name = format!("{inner}{}", entry.file_name().to_string_lossy());
        let below = format!("{name}/");
        if is_folder(&entry.path()) && listed.iter().any(|file| file.starts_with(&below)) {
            find_unexpected(folder, &below, listed, found)?;
        } else if !listed.contains(&name) {
            found.push(name);
        }
    }
    Ok(())
}
