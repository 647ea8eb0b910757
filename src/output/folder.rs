//! Folders that appear under their final name only when every file in them is whole and on disk.
//!
//! Files are written into a hidden folder beside the target, which is renamed at the end. What is to
//! be replaced is renamed aside first and removed last.

use super::contents::{Fill, SCENARIOS, WORLD, files};
use super::manifest::{FORMAT, Manifest, Status};
use super::{Format, OutputError, Results};
use crate::experiment;
use crate::outcomes::measures;
use crate::scenario::is_fit_name;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

/// The report of a run, in its folder. It is made from the results and can be made again, so the manifest
/// does not list it.
pub const REPORT: &str = "report.html";

/// What to do when the results folder is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overwrite {
    /// Refuse.
    Refuse,
    /// Replace it, if it holds results of Rungs.
    Replace,
}

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
pub fn claim(out: &Path, overwrite: Overwrite) -> Result<Claim, OutputError> {
    let name = out.file_name().ok_or_else(|| OutputError::NoName(out.to_owned()))?;
    check_free(out, overwrite)?;
    let parent = match out.parent() {
        Some(parent) if parent != Path::new("") => parent.to_owned(),
        Some(_) | None => PathBuf::from("."),
    };
    fs::create_dir_all(&parent).map_err(OutputError::system(&parent))?;
    let partial = create_beside(&parent, name, "partial")?;
    Ok(Claim { target: parent.join(name), parent, partial, overwrite, beside: Vec::new() })
}

/// Whether this is a folder itself, not a link to one.
fn is_folder(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|found| found.is_dir())
}

fn is_empty_folder(path: &Path) -> bool {
    is_folder(path) && fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none())
}

/// The files that the manifest of a folder of results lists, whatever its version; `None` of any other folder.
pub(super) fn listed_files(folder: &Path) -> Option<BTreeSet<String>> {
    let text = is_folder(folder).then(|| fs::read_to_string(folder.join("manifest.json")).ok())??;
    let manifest: serde_json::Value = serde_json::from_str(&text).ok()?;
    manifest.get("rungs_results")?.as_u64().filter(|version| *version >= u64::from(FORMAT))?;
    let files = manifest.get("files").and_then(serde_json::Value::as_object);
    let names = files.into_iter().flatten().map(|(name, _)| name.clone());
    Some(names.chain(["manifest.json", REPORT].map(str::to_owned)).collect())
}

/// Every file or folder under `folder` that is not `listed`, seen from it, sorted.
pub(super) fn strangers(folder: &Path, listed: &BTreeSet<String>) -> Result<Vec<String>, OutputError> {
    let mut found = Vec::new();
    find_strangers(folder, "", listed, &mut found)?;
    found.sort();
    Ok(found)
}

/// Adds those that lie under `inner`, the way to a folder in it, such as `scenarios/`.
fn find_strangers(
    folder: &Path,
    inner: &str,
    listed: &BTreeSet<String>,
    found: &mut Vec<String>,
) -> Result<(), OutputError> {
    let here = folder.join(inner);
    let entries = fs::read_dir(&here).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    for entry in entries.map_err(OutputError::system(&here))? {
        let name = format!("{inner}{}", entry.file_name().to_string_lossy());
        let below = format!("{name}/");
        if is_folder(&entry.path()) && listed.iter().any(|file| file.starts_with(&below)) {
            find_strangers(folder, &below, listed, found)?;
        } else if !listed.contains(&name) {
            found.push(name);
        }
    }
    Ok(())
}

/// Whether nothing in a folder would be lost but results.
fn check_replaceable(out: &Path) -> Result<(), OutputError> {
    let listed = listed_files(out).ok_or_else(|| OutputError::NotResults(out.to_owned()))?;
    match strangers(out, &listed)?.into_iter().next() {
        Some(file) => Err(OutputError::Stranger { folder: out.to_owned(), file }),
        None => Ok(()),
    }
}

fn check_free(out: &Path, overwrite: Overwrite) -> Result<(), OutputError> {
    match (fs::symlink_metadata(out), overwrite) {
        (Err(error), _) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        (Err(error), _) => Err(OutputError::system(out)(error)),
        (Ok(_), _) if is_empty_folder(out) => Ok(()),
        (Ok(_), Overwrite::Replace) => check_replaceable(out),
        (Ok(_), Overwrite::Refuse) => Err(OutputError::Exists(out.to_owned())),
    }
}

/// Creates a hidden folder in `parent` that nobody else has.
fn create_beside(parent: &Path, name: &OsStr, purpose: &str) -> Result<PathBuf, OutputError> {
    let process = std::process::id();
    let mut attempt = 0_u32;
    loop {
        let suffix = if attempt == 0 { String::new() } else { format!("-{attempt}") };
        let mut hidden = OsStr::new(".").to_owned();
        hidden.push(name);
        hidden.push(format!(".{purpose}-{process}{suffix}"));
        let folder = parent.join(hidden);
        match fs::create_dir(&folder) {
            Ok(()) => return Ok(folder),
            // Left behind by a killed process that had our number: not ours to remove.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && attempt < 1_000 => attempt += 1,
            Err(error) => return Err(OutputError::system(&folder)(error)),
        }
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

    /// Writes all files (at once inside [`experiment::on_threads`]), puts them on disk, and gives the folder its name; should
    /// that have been taken since, or should the run have been stopped with results there, the first free one such as `levy-2`.
    ///
    /// # Errors
    /// When results do not fit together or the system refuses; then there is no new folder under the
    /// name, and what was to be replaced is still there.
    pub fn write(self, results: &Results, formats: &[Format]) -> Result<Written, OutputError> {
        check(results)?;
        for folder in [SCENARIOS, WORLD].map(|name| self.partial.join(name)) {
            fs::create_dir(&folder).map_err(OutputError::system(&folder))?;
        }
        let mut files = files(results, formats);
        for (name, bytes) in &self.beside {
            files.push(((*name).to_owned(), Box::new(|sink| sink.write_all(bytes))));
        }
        let write =
            |(name, fill): (String, Box<Fill<'_>>)| write_file(&self.partial, &name, &fill).map(|hash| (name, hash));
        let files = experiment::at_once(files, write).into_iter().collect::<Result<BTreeMap<_, _>, OutputError>>()?;
        let manifest = Manifest::of(results, files);
        write_file(&self.partial, "manifest.json", &|sink| sink.write_all(manifest.text().as_bytes()))?;
        for folder in [SCENARIOS, WORLD, ""] {
            sync_folder(&self.partial.join(folder))?;
        }
        // Some replicates are worth less than all of those that are there.
        let overwrite = match manifest.status {
            Status::Complete => self.overwrite,
            Status::Stopped => Overwrite::Refuse,
        };
        let folder = self.commit(overwrite)?;
        Ok(Written { folder, manifest })
    }

    /// Gives the folder its name; the old one, if any, goes last.
    fn commit(&self, overwrite: Overwrite) -> Result<PathBuf, OutputError> {
        if check_free(&self.target, overwrite).is_err() {
            // Neither what is there nor our results may be lost.
            return self.commit_beside();
        }
        let replaced = self.set_aside()?;
        if let Err(error) = fs::rename(&self.partial, &self.target) {
            if let Some(old) = &replaced {
                fs::rename(old.join("old"), &self.target).map_err(OutputError::system(&self.target))?;
            }
            return Err(OutputError::system(&self.target)(error));
        }
        sync_folder(&self.parent)?;
        if let Some(old) = replaced {
            fs::remove_dir_all(&old).map_err(OutputError::system(&old))?;
        }
        Ok(self.target.clone())
    }

    /// Gives the folder the first free name such as `levy-2`.
    fn commit_beside(&self) -> Result<PathBuf, OutputError> {
        for number in 2..1_000_u32 {
            let mut name = self.target.file_name().unwrap_or_default().to_owned();
            name.push(format!("-{number}"));
            let free = self.parent.join(name);
            if check_free(&free, Overwrite::Refuse).is_ok() {
                fs::rename(&self.partial, &free).map_err(OutputError::system(&free))?;
                sync_folder(&self.parent)?;
                return Ok(free);
            }
        }
        Err(OutputError::Exists(self.target.clone()))
    }

    /// Moves what is to be replaced into a hidden folder, if there is anything.
    fn set_aside(&self) -> Result<Option<PathBuf>, OutputError> {
        let Some(name) = self.target.file_name() else { return Ok(None) };
        if fs::symlink_metadata(&self.target).is_err() {
            return Ok(None);
        }
        let aside = create_beside(&self.parent, name, "replaced")?;
        fs::rename(&self.target, aside.join("old")).map_err(OutputError::system(&self.target))?;
        Ok(Some(aside))
    }
}

/// Whether a report that Rungs made lies under `path`: what it has written it may write again.
#[must_use]
pub fn is_report(path: &Path) -> bool {
    let mut start = Vec::new();
    let read = File::open(path).and_then(|file| file.take(4096).read_to_end(&mut start));
    read.is_ok() && String::from_utf8_lossy(&start).contains("<meta name=\"generator\" content=\"Rungs ")
}

/// What stands before a page's own hash, in its last line.
const SEAL: &str = "<!-- SHA-256 of all lines above: ";

/// A page with its own hash in a last line, so that a page which was made again later can still be told from one that was
/// changed by other means.
fn sealed_page(html: &str) -> String {
    let page = format!("{}\n", html.trim_end());
    let hash = sha256(page.as_bytes());
    format!("{page}{SEAL}{hash} -->\n")
}

/// Whether a page is as it was written, to the byte.
pub(super) fn is_sealed_page(bytes: &[u8]) -> bool {
    let page = std::str::from_utf8(bytes).ok();
    page.and_then(|page| page.rfind(SEAL).map(|at| (page, sealed_page(&page[..at]))))
        .is_some_and(|(page, again)| page == again)
}

/// Writes a report that belongs to no results under `path`, whole or not at all.
///
/// # Errors
/// As [`write_alone`].
pub fn write_report(path: &Path, html: &str, overwrite: Overwrite) -> Result<(), OutputError> {
    write_alone(path, &sealed_page(html), overwrite)
}

/// Writes a text that belongs to no results under `path`, whole or not at all.
///
/// # Errors
/// When something is there already that is not to be replaced, when the path has no name, or when the system refuses.
pub fn write_alone(path: &Path, text: &str, overwrite: Overwrite) -> Result<(), OutputError> {
    let name = path.file_name().ok_or_else(|| OutputError::NoName(path.to_owned()))?;
    let is_there = fs::symlink_metadata(path).is_ok();
    if is_there && (overwrite == Overwrite::Refuse || is_folder(path)) {
        return Err(OutputError::Exists(path.to_owned()));
    }
    let parent = match path.parent() {
        Some(parent) if parent != Path::new("") => parent,
        Some(_) | None => Path::new("."),
    };
    let partial = create_beside(parent, name, "partial")?;
    let written = write_file(&partial, REPORT, &|sink| sink.write_all(text.as_bytes()))
        .and_then(|_| fs::rename(partial.join(REPORT), path).map_err(OutputError::system(path)));
    fs::remove_dir_all(&partial).map_err(OutputError::system(&partial))?;
    written
}

impl Drop for Claim {
    fn drop(&mut self) {
        // Gone already when the results were written; nothing can be done about a failure here.
        let _ = fs::remove_dir_all(&self.partial);
    }
}

/// Checks that results fit together and that names can be files.
fn check(results: &Results) -> Result<(), OutputError> {
    let mut names = BTreeSet::new();
    for scenario in &results.scenarios {
        let name = &scenario.name;
        if !is_fit_name(name) || !names.insert(name.to_lowercase()) {
            return Err(OutputError::ScenarioName(name.clone()));
        }
    }
    let same = |found: usize, expected: usize| {
        if found == expected { Ok(()) } else { Err(OutputError::Shape { found, expected }) }
    };
    same(results.replicate_numbers.len(), results.outcomes.len())?;
    same(results.who_moved.len(), results.outcomes.len())?;
    for runs in &results.who_moved {
        same(runs.len(), results.scenarios.len())?;
    }
    for runs in &results.outcomes {
        same(runs.len(), results.scenarios.len())?;
        for run in runs {
            same(run.ratios().len(), measures().len() * results.slices.len() * results.periods.len())?;
            same(run.periods(), results.periods.len())?;
        }
    }
    Ok(())
}

/// Bytes that are hashed while they are written.
pub(super) struct Hashing<W> {
    sink: W,
    hash: Sha256,
}

impl<W> Hashing<W> {
    pub(super) fn new(sink: W) -> Self {
        Self { sink, hash: Sha256::new() }
    }

    /// Where the bytes went, and their hash.
    pub(super) fn finish(self) -> (W, String) {
        (self.sink, hexadecimal(&self.hash.finalize()))
    }
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.sink.write(bytes)?;
        self.hash.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.sink.flush()
    }
}

/// Writes one file, waits until it is on disk, and gives its hash.
fn write_file(folder: &Path, name: &str, fill: &Fill<'_>) -> Result<String, OutputError> {
    let path = folder.join(name);
    let written = || {
        let mut sink = Hashing::new(BufWriter::new(File::create_new(&path)?));
        fill(&mut sink)?;
        sink.flush()?;
        let (file, hash) = sink.finish();
        file.get_ref().sync_all()?;
        Ok(hash)
    };
    written().map_err(OutputError::system(&path))
}

/// SHA-256 of bytes, in hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Puts a folder's list of names on disk; other systems than Unix have no such call.
fn sync_folder(folder: &Path) -> Result<(), OutputError> {
    if cfg!(unix) {
        File::open(folder).and_then(|opened| opened.sync_all()).map_err(OutputError::system(folder))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::testing;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    fn write_to(out: &Path, overwrite: Overwrite) -> Result<Written, OutputError> {
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
        assert!(matches!(claim(&out, Overwrite::Refuse), Err(OutputError::Exists(_))));
        assert!(matches!(claim(&out, Overwrite::Replace), Err(OutputError::NotResults(_))));
        assert!(matches!(claim(Path::new(".."), Overwrite::Refuse), Err(OutputError::NoName(_))));
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
        results.replicates_asked = 5;
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
            Err(OutputError::ScenarioName(_))
        ));
        let claimed = claim(&out, Overwrite::Refuse).unwrap();
        // The place to write is taken away from under it.
        fs::remove_dir_all(&claimed.partial).unwrap();
        assert!(matches!(claimed.write(&testing::results(), &[]), Err(OutputError::System { .. })));
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
        results.periods.pop();
        let written = claim(&home.path().join("levy"), Overwrite::Refuse).unwrap().write(&results, &[]);
        assert!(matches!(written, Err(OutputError::Shape { .. })));
    }
}
