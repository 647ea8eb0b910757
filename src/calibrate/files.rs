//! Writing files whole: a file with its final name is complete.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// A file or folder that the system refused to write.
#[derive(Debug, thiserror::Error)]
#[error("cannot write {}: {source}", path.display())]
pub struct Unwritten {
    path: PathBuf,
    source: io::Error,
}

/// Writes files into a folder, which is made if it is not there. Each is written under another name beside its
/// place, brought to disk, and renamed.
///
/// # Errors
/// What the system refused, with the file's name.
pub fn write_files(folder: &Path, files: &[(&str, Vec<u8>)]) -> Result<(), Unwritten> {
    let refused = |path: &Path, source| Unwritten { path: path.to_owned(), source };
    fs::create_dir_all(folder).map_err(|source| refused(folder, source))?;
    for (name, bytes) in files {
        let (path, part) = (folder.join(name), folder.join(format!(".{name}.part")));
        let written = fs::File::create(&part).and_then(|mut file| {
            file.write_all(bytes)?;
            file.sync_all()
        });
        written.and_then(|()| fs::rename(&part, &path)).map_err(|source| {
            // Nothing can be done about a failure here.
            let _ = fs::remove_file(&part);
            refused(&path, source)
        })?;
    }
    Ok(())
}
