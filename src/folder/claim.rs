//! Folders that appear under their final name only when every file in them is whole and on disk.
//!
//! Files are written into a hidden folder beside the target, which is renamed at the end. What is to
//! be replaced is renamed aside first and removed last.

use crate::folder::contents::{SCENARIOS, WORLD, files};
use crate::folder::disk::{Fill, Overwrite, create_beside, is_folder, nearest_folder, sync_folder, write_file};
use crate::folder::error::FolderError;
use crate::folder::manifest::{Manifest, RunStatus};
use crate::folder::unexpected_files::{listed_files, unexpected_files};
use crate::outcomes::measures;
use crate::results::run::Results;
use crate::results::table::Format;
use crate::scenario::is_fit_name;
use crate::threads;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A name for results that was free when asked, and a place beside it to write them. Dropped without
/// writing, it leaves nothing behind.
#[derive(Debug)]
pub struct Claim {
    target: PathBuf,
    parent: PathBuf,
    partial: PathBuf,
    overwrite: Overwrite,
    beside: Vec<(&'static str, Vec<u8>)>,
}

/// What was written.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    /// The results folder.
    pub folder: PathBuf,
    /// Its manifest.
    pub manifest: Manifest,
}

/// Claims `out` for results: call it before computing, so that a clash costs nothing.
///
/// # Errors
/// When something other than an empty folder is there already (with [`Overwrite::Replace`]: something other
/// than results, or a file beside them), when the path has no name, or when nothing can be written beside it.
pub fn claim(out: &Path, overwrite: Overwrite) -> Result<Claim, FolderError> {
    let name = out.file_name().ok_or_else(|| FolderError::NoName(out.to_owned()))?;
    let parent = match out.parent() {
        Some(parent) if parent != Path::new("") => parent.to_owned(),
        Some(_) | None => PathBuf::from("."),
    };
    nearest_folder(&parent)?;
    check_free(out, overwrite)?;
    fs::create_dir_all(&parent).map_err(FolderError::system(&parent))?;
    let partial = create_beside(&parent, name, "partial")?;
    Ok(Claim { target: parent.join(name), parent, partial, overwrite, beside: Vec::new() })
}

fn is_empty_folder(path: &Path) -> bool {
    is_folder(path) && fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none())
}

/// Whether nothing in a folder would be lost but results.
fn check_replaceable(out: &Path) -> Result<(), FolderError> {
    let listed = listed_files(out).ok_or_else(|| FolderError::NotResults(out.to_owned()))?;
    match unexpected_files(out, &listed)?.into_iter().next() {
        Some(file) => Err(FolderError::Unexpected { folder: out.to_owned(), file }),
        None => Ok(()),
    }
}

fn check_free(out: &Path, overwrite: Overwrite) -> Result<(), FolderError> {
    match (fs::symlink_metadata(out), overwrite) {
        (Err(error), _) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        (Err(error), _) => Err(FolderError::system(out)(error)),
        (Ok(_), _) if is_empty_folder(out) => Ok(()),
        (Ok(_), Overwrite::Replace) => check_replaceable(out),
        (Ok(_), Overwrite::Refuse) => Err(FolderError::Exists(out.to_owned())),
    }
}

impl Claim {
    /// The folder that results will be in.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.target
    }

    /// Adds a file to those that results always have.
    pub fn add(&mut self, name: &'static str, bytes: Vec<u8>) {
        self.beside.push((name, bytes));
    }

    /// Writes all files (at once inside [`threads::on_threads`]), puts them on disk, and gives the folder its name; should
    /// that have been taken since, or should the run have been stopped with results there, the first free one such as `levy-2`.
    ///
    /// # Errors
    /// When results do not fit together or the system refuses; then there is no new folder under the
    /// name, and what was to be replaced is still there.
    pub fn write(self, results: &Results, formats: &[Format]) -> Result<Written, FolderError> {
        check(results)?;
        for folder in [SCENARIOS, WORLD].map(|name| self.partial.join(name)) {
            fs::create_dir(&folder).map_err(FolderError::system(&folder))?;
        }
        let mut files = files(results, formats);
        for (name, bytes) in &self.beside {
            files.push(((*name).to_owned(), Box::new(|sink| sink.write_all(bytes))));
        }
        let write =
            |(name, fill): (String, Box<Fill<'_>>)| write_file(&self.partial, &name, &fill).map(|hash| (name, hash));
        let files = threads::at_once(files, write).into_iter().collect::<Result<BTreeMap<_, _>, FolderError>>()?;
        let manifest = Manifest::of(results, files);
        write_file(&self.partial, "manifest.json", &|sink| sink.write_all(manifest.text().as_bytes()))?;
        for folder in [SCENARIOS, WORLD, ""] {
            sync_folder(&self.partial.join(folder))?;
        }
        // Some replicates are worth less than all of those that are there.
        let overwrite = match manifest.status {
            RunStatus::Complete => self.overwrite,
            RunStatus::Stopped => Overwrite::Refuse,
        };
        let folder = self.commit(overwrite)?;
        Ok(Written { folder, manifest })
    }

    /// Gives the folder its name; the old one, if any, goes last.
    fn commit(&self, overwrite: Overwrite) -> Result<PathBuf, FolderError> {
        if check_free(&self.target, overwrite).is_err() {
            // Neither what is there nor our results may be lost.
            return self.commit_beside();
        }
        let replaced = self.set_aside()?;
        if let Err(error) = fs::rename(&self.partial, &self.target) {
            if let Some(old) = &replaced {
                fs::rename(old.join("old"), &self.target).map_err(FolderError::system(&self.target))?;
            }
            return Err(FolderError::system(&self.target)(error));
        }
        sync_folder(&self.parent)?;
        if let Some(old) = replaced {
            fs::remove_dir_all(&old).map_err(FolderError::system(&old))?;
        }
        Ok(self.target.clone())
    }

    /// Gives the folder the first free name such as `levy-2`.
    fn commit_beside(&self) -> Result<PathBuf, FolderError> {
        for number in 2..1_000_u32 {
            let mut name = self.target.file_name().unwrap_or_default().to_owned();
            name.push(format!("-{number}"));
            let free = self.parent.join(name);
            if check_free(&free, Overwrite::Refuse).is_ok() {
                fs::rename(&self.partial, &free).map_err(FolderError::system(&free))?;
                sync_folder(&self.parent)?;
                return Ok(free);
            }
        }
        Err(FolderError::Exists(self.target.clone()))
    }

    /// Moves what is to be replaced into a hidden folder, if there is anything.
    fn set_aside(&self) -> Result<Option<PathBuf>, FolderError> {
        let Some(name) = self.target.file_name() else { return Ok(None) };
        if fs::symlink_metadata(&self.target).is_err() {
            return Ok(None);
        }
        let aside = create_beside(&self.parent, name, "replaced")?;
        fs::rename(&self.target, aside.join("old")).map_err(FolderError::system(&self.target))?;
        Ok(Some(aside))
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        // Gone already when the results were written; nothing can be done about a failure here.
        let _ = fs::remove_dir_all(&self.partial);
    }
}

/// Checks that results fit together and that names can be files.
fn check(results: &Results) -> Result<(), FolderError> {
    let mut names = BTreeSet::new();
    for scenario in &results.scenarios {
        let name = &scenario.name;
        if !is_fit_name(name) || !names.insert(name.to_lowercase()) {
            return Err(FolderError::ScenarioName(name.clone()));
        }
    }
    let same = |found: usize, expected: usize| {
        if found == expected { Ok(()) } else { Err(FolderError::Shape { found, expected }) }
    };
    let (slices, spans) = (results.outcomes.slices.len(), results.outcomes.spans().len());
    for replicate in &results.outcomes.replicates {
        same(replicate.standings.len(), results.scenarios.len())?;
        same(replicate.runs.len(), results.scenarios.len())?;
        for run in &replicate.runs {
            same(run.ratios().len(), measures().len() * slices * spans)?;
            same(run.spans(), spans)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::folder::hash::sha256;
    use crate::results::testing;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    fn write_to(out: &Path, overwrite: Overwrite) -> Result<Written, FolderError> {
        claim(out, overwrite)?.write(&testing::results(), &[Format::Csv])
    }

    #[test]
    fn a_results_folder_has_every_file_and_the_manifest_has_their_hashes() {
        let home = tempfile::tempdir().unwrap();
        let out = home.path().join("deep").join("levy");
        let written = write_to(&out, Overwrite::Refuse).unwrap();
        let expected = [
            "between_policies.csv",
            "cost_effectiveness.csv",
            "costs.csv",
            "data_dictionary.csv",
            "effects.csv",
            "manifest.json",
            "precision.csv",
            "scenarios",
            "series.csv",
            "series.parquet",
            "structure_fluidity.csv",
            "summary.csv",
            "who_moved.csv",
            "who_moved_series.csv",
            "who_moved_series.parquet",
            "world",
        ];
        assert_eq!(names(&out), expected);
        assert_eq!(names(&out.join("scenarios")), ["=levy.toml", "baseline.toml"]);
        for (name, hash) in &written.manifest.files {
            assert_eq!(&sha256(&fs::read(out.join(name)).unwrap()), hash, "{name}");
        }
        assert_eq!(written.manifest.files.len(), 16);
        assert_eq!(names(out.parent().unwrap()), ["levy"], "nothing else may stay behind");
    }

    #[test]
    fn equal_results_have_equal_hashes() {
        let home = tempfile::tempdir().unwrap();
        let first = write_to(&home.path().join("a"), Overwrite::Refuse).unwrap();
        let second = write_to(&home.path().join("b"), Overwrite::Refuse).unwrap();
        assert_eq!(first.manifest, second.manifest);
    }

    #[test]
    fn a_clash_is_found_before_anything_is_computed() {
        let home = tempfile::tempdir().unwrap();
        let out = home.path().join("levy");
        fs::create_dir(&out).unwrap();
        fs::write(out.join("thesis.txt"), "x").unwrap();
        assert!(matches!(claim(&out, Overwrite::Refuse), Err(FolderError::Exists(_))));
        assert!(matches!(claim(&out, Overwrite::Replace), Err(FolderError::NotResults(_))));
        assert!(matches!(claim(Path::new(".."), Overwrite::Refuse), Err(FolderError::NoName(_))));
        assert_eq!(names(home.path()), ["levy"]);
    }

    #[test]
    fn only_results_are_ever_replaced() {
        let home = tempfile::tempdir().unwrap();
        let out = home.path().join("levy");
        fs::create_dir(&out).unwrap();
        fs::write(out.join("manifest.json"), "{\"thesis\": \"ten years of work\"}").unwrap();
        assert!(write_to(&out, Overwrite::Replace).is_err());
        assert_eq!(names(&out), ["manifest.json"]);
        let file = home.path().join("file");
        fs::write(&file, "x").unwrap();
        assert!(write_to(&file, Overwrite::Replace).is_err());
    }

    #[test]
    fn replaced_results_are_whole_and_nothing_stays_behind() {
        let home = tempfile::tempdir().unwrap();
        let out = home.path().join("levy");
        write_to(&out, Overwrite::Refuse).unwrap();
        assert!(out.join("series.csv").exists());
        claim(&out, Overwrite::Replace).unwrap().write(&testing::results(), &[]).unwrap();
        assert!(!out.join("series.csv").exists());
        assert_eq!(names(home.path()), ["levy"]);
    }

    #[test]
    fn results_with_a_file_of_the_users_beside_them_are_not_replaced() {
        for file in ["notes.txt", "scenarios/mine.toml", "figures"] {
            let home = tempfile::tempdir().unwrap();
            let out = home.path().join("levy");
            write_to(&out, Overwrite::Refuse).unwrap();
            fs::write(out.join(file), "x").unwrap();
            let error = write_to(&out, Overwrite::Replace).unwrap_err().to_string();
            assert!(error.contains(file), "{error}");
            assert!(out.join(file).exists());
            assert_eq!(names(home.path()), ["levy"]);
        }
    }

    #[test]
    fn a_stopped_run_is_written_beside_what_it_was_to_replace() {
        let home = tempfile::tempdir().unwrap();
        let out = home.path().join("levy");
        let whole = write_to(&out, Overwrite::Refuse).unwrap();
        let mut results = testing::results();
        results.settings.replicates = 5;
        let stopped = claim(&out, Overwrite::Replace).unwrap().write(&results, &[]).unwrap();
        assert_eq!(stopped.folder, home.path().join("levy-2"));
        for (name, hash) in &whole.manifest.files {
            assert_eq!(&sha256(&fs::read(out.join(name)).unwrap()), hash, "{name}");
        }
        assert_eq!(names(home.path()), ["levy", "levy-2"]);
    }

    #[test]
    fn an_empty_folder_is_as_good_as_none() {
        let home = tempfile::tempdir().unwrap();
        let out = home.path().join("levy");
        fs::create_dir(&out).unwrap();
        assert_eq!(write_to(&out, Overwrite::Refuse).unwrap().folder, out);
        assert_eq!(names(home.path()), ["levy"]);
    }

    #[test]
    fn a_failed_write_leaves_nothing_under_the_final_name() {
        let home = tempfile::tempdir().unwrap();
        let out = home.path().join("levy");
        let mut results = testing::results();
        results.scenarios[1].name = "../escape".to_owned();
        assert!(matches!(
            claim(&out, Overwrite::Refuse).unwrap().write(&results, &[]),
            Err(FolderError::ScenarioName(_))
        ));
        let claimed = claim(&out, Overwrite::Refuse).unwrap();
        // The place to write is taken away from under it.
        fs::remove_dir_all(&claimed.partial).unwrap();
        assert!(matches!(claimed.write(&testing::results(), &[]), Err(FolderError::System { .. })));
        assert!(names(home.path()).is_empty());
    }

    #[test]
    fn of_two_runs_that_want_one_name_neither_is_lost() {
        let home = tempfile::tempdir().unwrap();
        let out = home.path().join("levy");
        let slow = claim(&out, Overwrite::Refuse).unwrap();
        write_to(&out, Overwrite::Refuse).unwrap();
        let written = slow.write(&testing::results(), &[]).unwrap();
        assert_eq!(written.folder, home.path().join("levy-2"));
        assert_eq!(names(home.path()), ["levy", "levy-2"]);
    }

    #[test]
    fn a_dropped_claim_leaves_nothing_behind() {
        let home = tempfile::tempdir().unwrap();
        drop(claim(&home.path().join("levy"), Overwrite::Refuse).unwrap());
        assert!(names(home.path()).is_empty());
    }

    #[test]
    fn outcomes_of_the_wrong_size_are_refused() {
        let home = tempfile::tempdir().unwrap();
        let mut results = testing::results();
        results.outcomes.periods.pop();
        let written = claim(&home.path().join("levy"), Overwrite::Refuse).unwrap().write(&results, &[]);
        assert!(matches!(written, Err(FolderError::Shape { .. })));
    }
}
