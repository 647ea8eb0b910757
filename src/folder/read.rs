//! Reading a finished run back. Files are read once, from the start to the end, and hashed on the way; of large tables only the rows that
//! are asked for are kept.

use crate::folder::error::FolderError;
use crate::folder::hash::hexadecimal;
use crate::folder::manifest::{FORMAT, Manifest};
use crate::input_files::{self, NotRead};
use crate::results::keys::Heading;
use crate::results::tables::cost_effectiveness::{self, RatioRow, UNCERTAIN_RATIOS};
use crate::results::tables::costs::{self, CostRow, UNCERTAIN_COSTS};
use crate::results::tables::effects::{self, EffectRow};
use crate::results::tables::parameters::{self, PARAMETERS, WorldNumber};
use crate::results::tables::policy_contrasts::{self, Ranking};
use crate::results::tables::precision::{self, ReplicatesNeeded};
use crate::results::tables::structure_fluidity::{self, EffectPart};
use crate::results::tables::summary::{self, Mean};
use crate::results::tables::uncertainty::{self, SpreadRow};
use crate::results::tables::who_moved::{self, Moved};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

/// Bytes that are read at a time.
const AT_A_TIME: usize = 1 << 17;
/// The largest manifest (bytes).
const LARGEST_MANIFEST: u64 = 50_000_000;
/// The largest file beside results (bytes).
const LARGEST_TEXT: u64 = 50_000_000;

/// A finished run as it lies on disk.
#[derive(Clone, Debug, PartialEq)]
pub struct Saved {
    /// Its folder.
    pub folder: PathBuf,
    /// What made it.
    pub manifest: Manifest,
    /// Its effects, as far as they were asked for.
    pub effects: Vec<EffectRow>,
    /// What each scenario costs, under many sets of parameters if the run has them; nothing in results of a version that did not write it.
    pub costs: Vec<CostRow>,
    /// What a unit of each gain costs; likewise.
    pub ratios: Vec<RatioRow>,
    /// Name and text of each scenario as resolved, in the order of the manifest.
    pub scenarios: Vec<(String, String)>,
}

impl Saved {
    /// Reads the manifest, all effects, costs and the scenarios of a results folder.
    ///
    /// # Errors
    /// When a file is missing, is not what it should be, or changed after the run.
    pub fn load(folder: &Path) -> Result<Self, FolderError> {
        Self::load_where(folder, |_| true)
    }

    /// The same with those effects alone that are `wanted`, which is quicker.
    ///
    /// # Errors
    /// Those of [`Saved::load`].
    pub fn load_where(folder: &Path, wanted: impl Fn(&Heading<'_>) -> bool) -> Result<Self, FolderError> {
        let manifest = manifest(folder)?;
        let effects = read(folder, "effects.csv", &manifest, |source| effects::read(source, &wanted))?;
        let uncertain = read_if_listed(folder, UNCERTAIN_COSTS, &manifest, |source| costs::read_uncertain(source))?;
        let costs = match uncertain {
            Some(costs) => Some(costs),
            None => read_if_listed(folder, "costs.csv", &manifest, |source| costs::read(source))?,
        };
        let read_uncertain = |source: &mut Hashed| cost_effectiveness::read_uncertain(source);
        let ratios = match read_if_listed(folder, UNCERTAIN_RATIOS, &manifest, read_uncertain)? {
            Some(ratios) => Some(ratios),
            None => {
                read_if_listed(folder, "cost_effectiveness.csv", &manifest, |source| cost_effectiveness::read(source))?
            }
        };
        let mut scenarios = Vec::new();
        for scenario in &manifest.scenarios {
            let name = format!("scenarios/{}.toml", scenario.name);
            scenarios.push((scenario.name.clone(), read(folder, &name, &manifest, text)?));
        }
        Ok(Self {
            folder: folder.to_owned(),
            effects,
            costs: costs.unwrap_or_default(),
            ratios: ratios.unwrap_or_default(),
            scenarios,
            manifest,
        })
    }

    /// The means of one scenario that are `wanted`.
    ///
    /// # Errors
    /// When `summary.csv` is missing, is not what it should be, or changed after the run.
    pub fn means(&self, scenario: &str, wanted: impl Fn(&Heading<'_>) -> bool) -> Result<Vec<Mean>, FolderError> {
        let wanted = |heading: &Heading<'_>| heading.scenario == scenario && wanted(heading);
        read(&self.folder, "summary.csv", &self.manifest, |source| summary::read(source, &wanted))
    }

    /// What changes of mobility owe to structure and to fluidity, as far as `wanted`.
    ///
    /// # Errors
    /// When `structure_fluidity.csv` is not what it should be, or changed after the run.
    pub fn parts(&self, wanted: impl Fn(&Heading<'_>) -> bool) -> Result<Vec<EffectPart>, FolderError> {
        let read = |source: &mut Hashed| structure_fluidity::read(source, &wanted);
        Ok(read_if_listed(&self.folder, "structure_fluidity.csv", &self.manifest, read)?.unwrap_or_default())
    }

    /// Effects under many sets of parameters, as far as `wanted`; nothing in a run of one set.
    ///
    /// # Errors
    /// When `uncertainty.csv` is not what it should be, or changed after the run.
    pub fn spreads(&self, wanted: impl Fn(&Heading<'_>) -> bool) -> Result<Vec<SpreadRow>, FolderError> {
        let read = |source: &mut Hashed| uncertainty::read(source, &wanted);
        Ok(read_if_listed(&self.folder, "uncertainty.csv", &self.manifest, read)?.unwrap_or_default())
    }

    /// Who is ahead on each measure.
    ///
    /// # Errors
    /// When `between_policies.csv` is not what it should be, or changed after the run.
    pub fn rankings(&self) -> Result<Vec<Ranking>, FolderError> {
        let names: Vec<&str> = self.manifest.scenarios.iter().map(|scenario| scenario.name.as_str()).collect();
        let read = |source: &mut Hashed| policy_contrasts::read(source, &names);
        Ok(read_if_listed(&self.folder, "between_policies.csv", &self.manifest, read)?.unwrap_or_default())
    }

    /// How many replicates effects need; nothing in results of a version that did not write it.
    ///
    /// # Errors
    /// When `precision.csv` is not what it should be, or changed after the run.
    pub fn replicates_needed(&self) -> Result<Vec<ReplicatesNeeded>, FolderError> {
        let read = |source: &mut Hashed| precision::read(source);
        Ok(read_if_listed(&self.folder, "precision.csv", &self.manifest, read)?.unwrap_or_default())
    }

    /// How many more or fewer people of each group stand where; `None` in results of a version that did not write it.
    ///
    /// # Errors
    /// When `who_moved.csv` is not what it should be, or changed after the run.
    pub fn who_moved(&self) -> Result<Option<Vec<Moved>>, FolderError> {
        read_if_listed(&self.folder, "who_moved.csv", &self.manifest, |source| who_moved::read(source))
    }

    /// Every number of the world that the run was made in; `None` in results of a version that did not write them.
    ///
    /// # Errors
    /// When `parameters.csv` is not what it should be, or changed after the run.
    pub fn parameters(&self) -> Result<Option<Vec<WorldNumber>>, FolderError> {
        read_if_listed(&self.folder, PARAMETERS, &self.manifest, |source| parameters::read(source))
    }

    /// The text of a table; `None` when the run does not hold it.
    ///
    /// # Errors
    /// When it cannot be read, is no text, or changed after the run.
    pub fn table(&self, name: &str) -> Result<Option<String>, FolderError> {
        read_if_listed(&self.folder, name, &self.manifest, text)
    }

    /// The name of the baseline.
    #[must_use]
    pub fn baseline(&self) -> &str {
        self.manifest.scenarios.first().map_or("", |scenario| &scenario.name)
    }
}

/// The manifest of a results folder of this version.
fn manifest(folder: &Path) -> Result<Manifest, FolderError> {
    manifest_of(folder, &manifest_text(folder)?)
}

/// The text of a manifest.
pub(crate) fn manifest_text(folder: &Path) -> Result<String, FolderError> {
    let path = folder.join("manifest.json");
    let is_absent = |reason: &NotRead| matches!(reason, NotRead::System(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory));
    let bytes = input_files::bytes(&path, LARGEST_MANIFEST).map_err(|reason| {
        if is_absent(&reason) { FolderError::NoResults(folder.to_owned()) } else { FolderError::unread(&path)(reason) }
    })?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// What the text of a manifest says.
pub(crate) fn manifest_of(folder: &Path, text: &str) -> Result<Manifest, FolderError> {
    let malformed = |message: String| FolderError::Malformed { path: folder.join("manifest.json"), message };
    let marker: serde_json::Value = serde_json::from_str(text).map_err(|error| malformed(error.to_string()))?;
    let version = marker.get("rungs_results").and_then(serde_json::Value::as_u64);
    if version != Some(u64::from(FORMAT)) {
        let found =
            version.map_or_else(|| "no version of results".to_owned(), |version| format!("results version {version}"));
        return Err(malformed(format!("found {found}, expected results version {FORMAT}")));
    }
    serde_json::from_value(marker).map_err(|error| malformed(error.to_string()))
}

/// The path of a file whose contents are those that the run wrote.
pub(crate) fn verified(folder: &Path, name: &str, manifest: &Manifest) -> Result<PathBuf, FolderError> {
    read(folder, name, manifest, |_| Ok(()))?;
    Ok(folder.join(name))
}

/// SHA-256 of a file, in hexadecimal.
pub(crate) fn hash_of(path: &Path) -> Result<String, FolderError> {
    Hashed::open(path).map_err(FolderError::unread(path))?.finish().map_err(FolderError::system(path))
}

/// Reads the manifest of a results folder and checks that the scenarios and the world in it are those that were run.
///
/// # Errors
/// When there are no results, the manifest is not what it should be, or one of those files is missing or changed after the run.
pub fn read_recipe(folder: &Path) -> Result<Manifest, FolderError> {
    let manifest = manifest(folder)?;
    let is_input = |name: &&String| name.starts_with("scenarios/") || name.starts_with("world/");
    for name in manifest.files.keys().filter(is_input) {
        read(folder, name, &manifest, |_| Ok(()))?;
    }
    Ok(manifest)
}

/// The text of a file that belongs to no run.
///
/// # Errors
/// When it cannot be read or is no text.
pub fn read_text_file(path: &Path) -> Result<String, FolderError> {
    let bytes = input_files::bytes(path, LARGEST_TEXT).map_err(FolderError::unread(path))?;
    input_files::text(bytes).map_err(|wrong| {
        let line = wrong.shown[..wrong.span.start].matches('\n').count() + 1;
        let message = format!("line {line}: {}; {}", wrong.message, wrong.hint);
        FolderError::Malformed { path: path.to_owned(), message }
    })
}

fn text(source: &mut Hashed) -> Result<String, String> {
    let mut text = String::new();
    source.read_to_string(&mut text).map_err(|error| error.to_string())?;
    Ok(text)
}

/// What `parse` makes of a file; `None` when the run does not hold it.
fn read_if_listed<Contents>(
    folder: &Path,
    name: &str,
    manifest: &Manifest,
    parse: impl Fn(&mut Hashed) -> Result<Contents, String>,
) -> Result<Option<Contents>, FolderError> {
    let is_listed = manifest.files.contains_key(name);
    is_listed.then(|| read(folder, name, manifest, parse)).transpose()
}

/// What `parse` makes of a file whose contents are those that the run wrote.
fn read<Contents>(
    folder: &Path,
    name: &str,
    manifest: &Manifest,
    parse: impl Fn(&mut Hashed) -> Result<Contents, String>,
) -> Result<Contents, FolderError> {
    let path = folder.join(name);
    let Some(expected) = manifest.files.get(name).filter(|_| !name.contains("..")) else {
        return Err(FolderError::Malformed {
            path,
            message: "found no hash of it in the manifest, expected one".to_owned(),
        });
    };
    let mut source = Hashed::open(&path).map_err(FolderError::unread(&path))?;
    let parsed = parse(&mut source);
    if let Some(error) = source.failed.take() {
        return Err(FolderError::system(&path)(error));
    }
    let found = source.finish().map_err(FolderError::system(&path))?;
    if &found != expected {
        return Err(FolderError::Changed { path, found, expected: expected.clone() });
    }
    parsed.map_err(|message| FolderError::Malformed { path, message })
}

/// A file that is hashed while it is read.
struct Hashed {
    file: BufReader<File>,
    hash: Sha256,
    /// Why the system stopped reading, if it did.
    failed: Option<io::Error>,
}

impl Hashed {
    fn open(path: &Path) -> Result<Self, NotRead> {
        Ok(Self {
            file: BufReader::with_capacity(AT_A_TIME, input_files::open(path)?),
            hash: Sha256::new(),
            failed: None,
        })
    }

    /// Reads what is left and gives the hash of everything.
    fn finish(mut self) -> io::Result<String> {
        io::copy(&mut self, &mut io::sink())?;
        Ok(hexadecimal(&self.hash.finalize()))
    }
}

impl Read for Hashed {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(bytes).inspect_err(|error| {
            if error.kind() == io::ErrorKind::Interrupted {
                return;
            }
            // Who parses makes words of it.
            self.failed = Some(error.raw_os_error().map_or_else(|| error.kind().into(), io::Error::from_raw_os_error));
        })?;
        self.hash.update(&bytes[..read]);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::folder::claim::claim;
    use crate::folder::disk::Overwrite;
    use crate::results::testing;
    use std::fs;

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
        assert_eq!(saved.ratios, cost_effectiveness::ratio_rows(&testing::results()));
        assert_eq!(saved.scenarios[1].0, "=levy");
        assert!(saved.scenarios[1].1.contains("rate = 2"));
    }

    #[test]
    fn a_file_that_was_changed_after_the_run_is_named() {
        let home = tempfile::tempdir().unwrap();
        let out = saved_in(home.path());
        let text = fs::read_to_string(out.join("effects.csv")).unwrap();
        fs::write(out.join("effects.csv"), text.replacen(",2\n", ",3\n", 1)).unwrap();
        assert!(matches!(Saved::load(&out), Err(FolderError::Changed { path, .. }) if path.ends_with("effects.csv")));
    }

    #[test]
    fn a_folder_without_results_and_results_of_another_version_are_refused() {
        let home = tempfile::tempdir().unwrap();
        assert!(matches!(Saved::load(home.path()), Err(FolderError::NoResults(_))));
        assert!(matches!(Saved::load(&home.path().join("nosuch")), Err(FolderError::NoResults(_))));
        fs::write(home.path().join("manifest.json"), "{\"rungs_results\": 99}").unwrap();
        let message = Saved::load(home.path()).unwrap_err().to_string();
        assert!(message.ends_with("found results version 99, expected results version 1"), "{message}");
    }
}
