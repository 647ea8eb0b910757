//! Reading a finished run back.

use super::folder::sha256;
use super::manifest::{FORMAT, Manifest};
use super::{CostRow, Effect, Mean, OutputError, RatioRow, costs, effects, summary};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A finished run as it lies on disk.
#[derive(Clone, Debug, PartialEq)]
pub struct Saved {
    /// Its folder.
    pub folder: PathBuf,
    /// What made it.
    pub manifest: Manifest,
    /// Its effects.
    pub effects: Vec<Effect>,
    /// What each scenario costs; nothing in results of a version that did not write it.
    pub costs: Vec<CostRow>,
    /// What a unit of each gain costs; likewise.
    pub ratios: Vec<RatioRow>,
    /// Name and text of each scenario as resolved, in the order of the manifest.
    pub scenarios: Vec<(String, String)>,
}

impl Saved {
    /// Reads the manifest, the effects and the scenarios of a results folder.
    ///
    /// # Errors
    /// When a file is missing, is not what it should be, or changed after the run.
    pub fn load(folder: &Path) -> Result<Self, OutputError> {
        let path = folder.join("manifest.json");
        let text = fs::read_to_string(&path).map_err(|error| {
            if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) {
                OutputError::NoResults(folder.to_owned())
            } else {
                OutputError::system(&path)(error)
            }
        })?;
        let malformed = |message: String| OutputError::Malformed { path: path.clone(), message };
        let marker: serde_json::Value = serde_json::from_str(&text).map_err(|error| malformed(error.to_string()))?;
        let version = marker.get("rungs_results").and_then(serde_json::Value::as_u64);
        if version != Some(u64::from(FORMAT)) {
            let found = version
                .map_or_else(|| "no version of results".to_owned(), |version| format!("results version {version}"));
            return Err(malformed(format!("found {found}, expected results version {FORMAT}")));
        }
        let manifest: Manifest = serde_json::from_value(marker).map_err(|error| malformed(error.to_string()))?;
        let effects_bytes = read_checked(folder, "effects.csv", &manifest)?;
        let effects = effects::read(effects_bytes.as_slice())
            .map_err(|message| OutputError::Malformed { path: folder.join("effects.csv"), message })?;
        let costs = read_if_listed(folder, "costs.csv", &manifest, |bytes| costs::read(bytes))?;
        let ratios = read_if_listed(folder, "cost_effectiveness.csv", &manifest, |bytes| costs::read_ratios(bytes))?;
        let mut scenarios = Vec::new();
        for scenario in &manifest.scenarios {
            let name = format!("scenarios/{}.toml", scenario.name);
            let bytes = read_checked(folder, &name, &manifest)?;
            let text = String::from_utf8(bytes)
                .map_err(|error| OutputError::Malformed { path: folder.join(&name), message: error.to_string() })?;
            scenarios.push((scenario.name.clone(), text));
        }
        Ok(Self { folder: folder.to_owned(), manifest, effects, costs, ratios, scenarios })
    }

    /// The means of one scenario over replicates.
    ///
    /// # Errors
    /// When the file is missing, is not what it should be, or changed after the run.
    pub fn means(&self, scenario: &str) -> Result<Vec<Mean>, OutputError> {
        let bytes = read_checked(&self.folder, "summary.csv", &self.manifest)?;
        summary::read(bytes.as_slice(), scenario)
            .map_err(|message| OutputError::Malformed { path: self.folder.join("summary.csv"), message })
    }

    /// The bytes of another table of the run; `None` when the run has no such table.
    ///
    /// # Errors
    /// When the file is missing though the manifest lists it, or changed after the run.
    pub fn table(&self, name: &str) -> Result<Option<Vec<u8>>, OutputError> {
        if !self.manifest.files.contains_key(name) {
            return Ok(None);
        }
        read_checked(&self.folder, name, &self.manifest).map(Some)
    }

    /// The name of the scenario that effects are differences to.
    #[must_use]
    pub fn baseline(&self) -> &str {
        self.manifest.scenarios.first().map_or("", |scenario| &scenario.name)
    }
}

/// The rows of a file, none if the manifest does not list it.
fn read_if_listed<Row>(
    folder: &Path,
    name: &str,
    manifest: &Manifest,
    read: impl Fn(&[u8]) -> Result<Vec<Row>, String>,
) -> Result<Vec<Row>, OutputError> {
    if !manifest.files.contains_key(name) {
        return Ok(Vec::new());
    }
    let bytes = read_checked(folder, name, manifest)?;
    read(&bytes).map_err(|message| OutputError::Malformed { path: folder.join(name), message })
}

/// The bytes of a file that is as the manifest says. Only files that the manifest lists are opened.
fn read_checked(folder: &Path, name: &str, manifest: &Manifest) -> Result<Vec<u8>, OutputError> {
    let path = folder.join(name);
    let Some(expected) = manifest.files.get(name).filter(|_| !name.contains("..")) else {
        return Err(OutputError::Malformed {
            path,
            message: "found no hash of it in the manifest, expected one".to_owned(),
        });
    };
    let bytes = fs::read(&path).map_err(OutputError::system(&path))?;
    let found = sha256(&bytes);
    if &found == expected { Ok(bytes) } else { Err(OutputError::Changed { path, found, expected: expected.clone() }) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::{Overwrite, claim, testing};

    fn saved_in(home: &Path) -> PathBuf {
        let out = home.join("levy");
        claim(&out, Overwrite::Refuse).unwrap().write(&testing::results(), &[]).unwrap();
        out
    }

    #[test]
    fn a_finished_run_reads_back() {
        let home = tempfile::tempdir().unwrap();
        let saved = Saved::load(&saved_in(home.path())).unwrap();
        assert_eq!(saved.baseline(), "baseline");
        assert_eq!(saved.effects, effects::effects(&testing::results()).collect::<Vec<_>>());
        assert_eq!(saved.costs, costs::cost_rows(&testing::results()));
        assert_eq!(saved.ratios, costs::ratio_rows(&testing::results()));
        assert_eq!(saved.scenarios[1].0, "=levy");
        assert!(saved.scenarios[1].1.contains("rate = 2"));
    }

    #[test]
    fn a_file_that_was_changed_after_the_run_is_named() {
        let home = tempfile::tempdir().unwrap();
        let out = saved_in(home.path());
        let text = fs::read_to_string(out.join("effects.csv")).unwrap();
        fs::write(out.join("effects.csv"), text.replacen(",2\n", ",3\n", 1)).unwrap();
        assert!(matches!(Saved::load(&out), Err(OutputError::Changed { path, .. }) if path.ends_with("effects.csv")));
    }

    #[test]
    fn a_folder_without_results_and_results_of_another_version_are_refused() {
        let home = tempfile::tempdir().unwrap();
        assert!(matches!(Saved::load(home.path()), Err(OutputError::NoResults(_))));
        assert!(matches!(Saved::load(&home.path().join("nosuch")), Err(OutputError::NoResults(_))));
        fs::write(home.path().join("manifest.json"), "{\"rungs_results\": 99}").unwrap();
        let message = Saved::load(home.path()).unwrap_err().to_string();
        assert!(message.ends_with("found results version 99, expected results version 1"), "{message}");
    }
}
