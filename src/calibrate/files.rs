//! Writing files whole: a file with its final name is complete.

use std::fs;
use std::io::Write as _;
use std::path::Path;

/// Writes files into a folder, which is made if it is not there. Each is written under another name beside its
/// place, brought to disk, and renamed.
///
/// # Errors
/// What the system refused, with the file's name.
pub fn write_files(folder: &Path, files: &[(&str, Vec<u8>)]) -> Result<(), String> {
    let refused = |path: &Path, error: &std::io::Error| format!("cannot write {}: {error}", path.display());
    fs::create_dir_all(folder).map_err(|error| refused(folder, &error))?;
    for (name, bytes) in files {
        let (path, part) = (folder.join(name), folder.join(format!(".{name}.part")));
        let written = fs::File::create(&part).and_then(|mut file| {
            file.write_all(bytes)?;
            file.sync_all()
        });
        written.and_then(|()| fs::rename(&part, &path)).map_err(|error| refused(&path, &error))?;
    }
    Ok(())
}
