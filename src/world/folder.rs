//! The files of a world folder as text, from a directory or from the program itself.

use super::parts::InputFile;
use crate::diagnostics::{Diagnostic, Diagnostics, printable};
use crate::input_files;
use include_dir::Dir;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// What is free in a calibration.
pub(super) const CALIBRATION: &str = "calibration.toml";
/// Sets of parameters that agree with what is published.
pub(super) const ENSEMBLE: &str = "ensemble.csv";
/// How far levels of the baseline depend on the people that an agent stands for.
pub const SCALE_TABLE: &str = "scale.csv";
/// The conditions that a calibration has set.
pub const FITTED: &str = "fitted.csv";

/// The largest file that is read, in bytes.
pub(super) const LARGEST_FILE: u64 = 50_000_000;

/// A file as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextFile {
    /// The bare name, such as `jobs.csv`.
    pub name: String,
    /// The name that mistakes show.
    pub shown: String,
    /// The text.
    pub text: String,
    sha256: String,
}

impl TextFile {
    /// The file of this name and text.
    pub(crate) fn new(folder: &str, name: &str, text: String) -> Self {
        let sha256 = sha256(text.as_bytes());
        Self { name: name.to_owned(), shown: shown_in(folder, name), text, sha256 }
    }

    /// Whether it says how the world is compared with what is published and fitted to it, and gives no condition.
    pub(super) fn is_beside(&self) -> bool {
        is_table_of_targets(&self.name)
            || self.name.starts_with("calibration")
            || self.name == ENSEMBLE
            || self.name == SCALE_TABLE
    }

    /// Name and hash.
    #[must_use]
    pub fn summary(&self) -> InputFile {
        InputFile { name: self.name.clone(), sha256: self.sha256.clone() }
    }
}

/// A file's name as mistakes show it.
pub(super) fn shown_in(folder: &str, name: &str) -> String {
    printable(&Path::new(folder).join(name).display().to_string())
}

/// The files of a folder that is built in, sorted by name.
pub(super) fn embedded(dir: &Dir<'_>, folder: &str, mistakes: &mut Diagnostics) -> Vec<TextFile> {
    let files = dir.files().map(|file| (file.path().display().to_string(), file.contents().to_vec()));
    sorted(
        files
            .filter(|(name, _)| belongs(name))
            .filter_map(|(name, bytes)| as_text(folder, &name, bytes, mistakes))
            .collect(),
    )
}

/// The files of a directory, sorted by name. What cannot be read is a mistake.
pub(super) fn read(dir: &Path, mistakes: &mut Diagnostics) -> Vec<TextFile> {
    let folder = dir.display().to_string();
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) => {
            let message = if error.kind() == std::io::ErrorKind::NotFound {
                "found no such folder, expected a world folder".to_owned()
            } else if dir.is_file() {
                "found a file, expected a world folder".to_owned()
            } else {
                format!("the world folder cannot be read: {error}")
            };
            mistakes.add(whole_file(printable(&folder), message));
            return Vec::new();
        }
    };
    let mut files = Vec::new();
    for entry in entries {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                mistakes.add(whole_file(
                    printable(&folder),
                    format!("the world folder cannot be read to its end: {error}"),
                ));
                continue;
            }
        };
        let name = entry.file_name().to_string_lossy().into_owned();
        if !belongs(&name) {
            continue;
        }
        match input_files::bytes(&entry.path(), LARGEST_FILE) {
            Ok(bytes) => files.extend(as_text(&folder, &name, bytes, mistakes)),
            Err(reason) => mistakes.add(whole_file(shown_in(&folder, &name), reason.to_string())),
        }
    }
    sorted(files)
}

fn belongs(name: &str) -> bool {
    let toml = ["world.toml", "sources.toml", CALIBRATION];
    !name.starts_with('.') && (toml.contains(&name) || name.ends_with(".csv"))
}

/// Whether a file of this name holds published figures to compare with.
pub(super) fn is_table_of_targets(name: &str) -> bool {
    name.starts_with("targets") && name.ends_with(".csv")
}

fn sorted(mut files: Vec<TextFile>) -> Vec<TextFile> {
    files.sort_by(|a, b| a.name.cmp(&b.name));
    files
}

fn as_text(folder: &str, name: &str, bytes: Vec<u8>, mistakes: &mut Diagnostics) -> Option<TextFile> {
    match input_files::text(bytes) {
        Ok(text) => {
            let file = TextFile::new(folder, name, text);
            mistakes.keep_text(&file.shown, &file.text);
            Some(file)
        }
        Err(wrong) => {
            let shown = shown_in(folder, name);
            mistakes.keep_text(&shown, &wrong.shown);
            let mistake = whole_file(shown, wrong.message.to_owned());
            mistakes.add(Diagnostic { span: Some(wrong.span), hint: Some(wrong.hint.to_owned()), ..mistake });
            None
        }
    }
}

fn whole_file(file: String, message: String) -> Diagnostic {
    Diagnostic { file, span: None, key: String::new(), message, hint: None }
}

/// SHA-256, in hexadecimal.
pub(super) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}
