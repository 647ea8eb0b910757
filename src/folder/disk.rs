//! Files and folders that are whole on disk before they have a name.

use crate::folder::error::FolderError;
use crate::folder::hash::Hashing;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// What to do when the results folder is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overwrite {
    /// Refuse.
    Refuse,
    /// Replace it, if it holds results of Rungs.
    Replace,
}

/// Writes one file.
pub(crate) type Fill<'a> = dyn Fn(&mut (dyn Write + Send)) -> io::Result<()> + Send + Sync + 'a;

/// Finds out, before anything is computed, whether files can be written into a folder that need not be there yet. Nothing
/// stays behind.
///
/// # Errors
/// When it, or what it would be made in, is no folder, and what the system refuses.
pub fn check_writable(folder: &Path) -> Result<(), FolderError> {
    remove_probe(&create_beside(nearest_folder(folder)?, OsStr::new("rungs"), "probe")?)
}

fn remove_probe(probe: &Path) -> Result<(), FolderError> {
    fs::remove_dir(probe).map_err(FolderError::system(probe))
}

/// Finds out, before anything is computed, whether [`write_alone`] could write this file.
///
/// # Errors
/// As [`write_alone`].
pub fn check_alone(path: &Path, overwrite: Overwrite) -> Result<(), FolderError> {
    let name = path.file_name().ok_or_else(|| FolderError::NoName(path.to_owned()))?;
    let parent = parent_of(path);
    nearest_folder(parent)?;
    let is_there = fs::symlink_metadata(path).is_ok();
    if is_there && (overwrite == Overwrite::Refuse || is_folder(path)) {
        return Err(FolderError::Exists(path.to_owned()));
    }
    fs::metadata(parent).map_err(FolderError::system(parent))?;
    remove_probe(&create_partial(parent, name)?)
}

/// Writes a text that belongs to no results under `path`, whole or not at all.
///
/// # Errors
/// When something is there already that is not to be replaced, when the path has no name, or when the system refuses.
pub fn write_alone(path: &Path, text: &str, overwrite: Overwrite) -> Result<(), FolderError> {
    check_alone(path, overwrite)?;
    let parent = parent_of(path);
    let partial = create_partial(parent, path.file_name().unwrap_or_default())?;
    let written = write_file(&partial, "text", &|sink| sink.write_all(text.as_bytes()))
        .and_then(|_| fs::rename(partial.join("text"), path).map_err(FolderError::system(path)))
        .and_then(|()| sync_folder(parent));
    fs::remove_dir_all(&partial).map_err(FolderError::system(&partial))?;
    written
}

/// The folder that is there, of this one and those that it is in.
pub(crate) fn nearest_folder(folder: &Path) -> Result<&Path, FolderError> {
    for near in folder.ancestors() {
        let near = if near == Path::new("") { Path::new(".") } else { near };
        match fs::metadata(near) {
            Ok(found) if found.is_dir() => return Ok(near),
            Ok(_) => return Err(FolderError::NotAFolder(near.to_owned())),
            // A link that leads nowhere is in the way, too.
            Err(_) if fs::symlink_metadata(near).is_ok() => return Err(FolderError::NotAFolder(near.to_owned())),
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {}
            Err(error) => return Err(FolderError::system(near)(error)),
        }
    }
    Ok(Path::new("."))
}

/// The folder that a file is in.
fn parent_of(path: &Path) -> &Path {
    path.parent().filter(|parent| *parent != Path::new("")).unwrap_or(Path::new("."))
}

/// A place to write a file that is to be in `parent`: there, but beside a results folder, which holds results alone even
/// if this program is killed.
fn create_partial(parent: &Path, name: &OsStr) -> Result<PathBuf, FolderError> {
    let holds_results = fs::symlink_metadata(parent.join("manifest.json")).is_ok();
    let whole = parent.canonicalize().ok().filter(|_| holds_results);
    let beside = whole.as_deref().and_then(Path::parent).and_then(|outer| create_beside(outer, name, "partial").ok());
    beside.map_or_else(|| create_beside(parent, name, "partial"), Ok)
}

/// Whether this is a folder itself, not a link to one.
pub(crate) fn is_folder(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|found| found.is_dir())
}

/// Creates a hidden folder in `parent` that nobody else has.
pub(crate) fn create_beside(parent: &Path, name: &OsStr, purpose: &str) -> Result<PathBuf, FolderError> {
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
            // The name is nobody's business; the folder it was to be in is.
            Err(source) => return Err(FolderError::Unwritable { folder: parent.to_owned(), source }),
        }
    }
}

/// Writes one file, waits until it is on disk, and gives its hash.
pub(crate) fn write_file(folder: &Path, name: &str, fill: &Fill<'_>) -> Result<String, FolderError> {
    let path = folder.join(name);
    let written = || {
        let mut sink = Hashing::new(BufWriter::new(File::create_new(&path)?));
        fill(&mut sink)?;
        sink.flush()?;
        let (file, hash) = sink.finish();
        file.get_ref().sync_all()?;
        Ok(hash)
    };
    written().map_err(FolderError::system(&path))
}

/// Puts a folder's list of names on disk; other systems than Unix have no such call.
pub(crate) fn sync_folder(folder: &Path) -> Result<(), FolderError> {
    if cfg!(unix) {
        File::open(folder).and_then(|opened| opened.sync_all()).map_err(FolderError::system(folder))?;
    }
    Ok(())
}
