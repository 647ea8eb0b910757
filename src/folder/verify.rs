//! Whether a results folder is as the run left it: every file hashed again, and nothing missing or added.

use crate::folder::error::FolderError;
use crate::folder::hash::sha256;
use crate::folder::manifest::Manifest;
use crate::folder::read::{hash_of, manifest_of, manifest_text};
use crate::folder::report_page::{REPORT, is_sealed_page};
use crate::folder::unexpected_files::{listed_files, unexpected_files};
use crate::input_files;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The largest report (bytes).
const LARGEST_REPORT: u64 = 1_000_000_000;

/// What happened to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "lowercase")]
pub enum Tampering {
    /// Its bytes are not those that the run wrote.
    Changed,
    /// It is not there.
    Missing,
    /// The run did not write it.
    Extra,
    /// It does not follow from the results of the replicates.
    Unfounded,
}

/// A file that is not as the run left it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discrepancy {
    /// What happened.
    pub what: Tampering,
    /// Its path in the folder.
    pub file: String,
    /// What was found and expected.
    pub why: String,
}

impl Discrepancy {
    fn new(what: Tampering, file: &str, why: String) -> Self {
        Self { what, file: file.to_owned(), why }
    }

    /// The finding of a file whose results are other ones.
    #[must_use]
    pub fn unfounded(file: &str, why: String) -> Self {
        Self::new(Tampering::Unfounded, file, why)
    }
}

/// What hashing a folder again has shown.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckedFolder {
    /// The manifest, if it can be read.
    pub manifest: Option<Manifest>,
    /// Files that were looked at.
    pub files: usize,
    /// Those that are not as the run left them, by name.
    pub findings: Vec<Discrepancy>,
}

/// Hashes every file of a results folder again.
///
/// # Errors
/// When there are no results, or a file that is there cannot be read.
pub fn check_files(folder: &Path) -> Result<CheckedFolder, FolderError> {
    let text = manifest_text(folder)?;
    let mut findings = Vec::new();
    let manifest = match manifest_of(folder, &text) {
        Ok(manifest) => manifest,
        Err(error) => {
            findings.push(Discrepancy::new(Tampering::Changed, "manifest.json", error.to_string()));
            return Ok(CheckedFolder { manifest: None, files: 1, findings });
        }
    };
    if !manifest.is_sealed(&text) {
        let why = "found a text that its own seal does not fit, expected the bytes that the run wrote".to_owned();
        findings.push(Discrepancy::new(Tampering::Changed, "manifest.json", why));
    }
    let mut files = 1 + manifest.files.len();
    for (name, expected) in &manifest.files {
        findings.extend(check(folder, name, expected)?);
    }
    let report = folder.join(REPORT);
    let why = match input_files::bytes(&report, LARGEST_REPORT) {
        Ok(bytes) => (!is_sealed_page(&bytes)).then(|| {
            let hash = sha256(&bytes);
            format!("found SHA-256 {hash}, expected a page whose last line is the hash of all lines above it")
        }),
        Err(reason) => (!reason.is_missing()).then(|| reason.to_string()),
    };
    files += usize::from(fs::symlink_metadata(&report).is_ok());
    findings.extend(why.map(|why| Discrepancy::new(Tampering::Changed, REPORT, why)));
    let listed: BTreeSet<String> = listed_files(folder).unwrap_or_default();
    for name in unexpected_files(folder, &listed)? {
        findings.push(Discrepancy::new(Tampering::Extra, &name, "found a file that the run did not write".to_owned()));
    }
    findings.sort_by(|a, b| a.file.cmp(&b.file));
    Ok(CheckedFolder { manifest: Some(manifest), files, findings })
}

fn check(folder: &Path, name: &str, expected: &str) -> Result<Option<Discrepancy>, FolderError> {
    let path = folder.join(name);
    if name.split('/').any(|part| part == "..") || Path::new(name).is_absolute() {
        let why = "found a path that leads out of the folder".to_owned();
        return Ok(Some(Discrepancy::new(Tampering::Changed, "manifest.json", why)));
    }
    if !path.is_file() {
        let why = format!("expected a file with SHA-256 {expected}");
        return Ok(Some(Discrepancy::new(Tampering::Missing, name, why)));
    }
    let found = hash_of(&path)?;
    Ok((found != *expected)
        .then(|| Discrepancy::new(Tampering::Changed, name, format!("found SHA-256 {found}, expected {expected}"))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::folder::claim::claim;
    use crate::folder::disk::Overwrite;
    use crate::folder::report_page::write_report;
    use crate::results::table::Format;
    use crate::results::testing;
    use std::path::PathBuf;

    /// A run with every kind of file.
    fn run_in(home: &Path) -> PathBuf {
        let out = home.join("levy");
        let mut claim = claim(&out, Overwrite::Refuse).unwrap();
        claim.add("notes.txt", b"a text".to_vec());
        claim.write(&testing::results(), &[Format::Csv]).unwrap();
        write_report(
            &out.join(REPORT),
            "<!doctype html>\n<meta name=\"generator\" content=\"Rungs 0\">\n",
            Overwrite::Refuse,
        )
        .unwrap();
        out
    }

    fn found(out: &Path) -> Vec<(Tampering, String)> {
        check_files(out).unwrap().findings.into_iter().map(|finding| (finding.what, finding.file)).collect()
    }

    #[test]
    fn a_changed_byte_anywhere_in_any_file_is_found_and_the_file_is_named() {
        let home = tempfile::tempdir().unwrap();
        let out = run_in(home.path());
        assert_eq!(found(&out), []);
        let mut names: Vec<String> = listed_files(&out).unwrap().into_iter().collect();
        names.sort();
        for kind in ["parquet", "csv", "json", "toml", "html", "txt"] {
            assert!(names.iter().any(|name| name.ends_with(&format!(".{kind}"))), "no {kind} in {names:?}");
        }
        for name in names {
            let whole = fs::read(out.join(&name)).unwrap();
            for at in [0, whole.len() / 3, whole.len() / 2, whole.len() - 2, whole.len() - 1] {
                let mut bytes = whole.clone();
                bytes[at] ^= 1;
                fs::write(out.join(&name), bytes).unwrap();
                // a manifest with a changed hash or name in it fits other files no more
                let found = found(&out);
                assert!(found.contains(&(Tampering::Changed, name.clone())), "{name}, byte {at}: {found:?}");
                assert!(found.len() == 1 || name == "manifest.json", "{name}, byte {at}: {found:?}");
            }
            fs::write(out.join(&name), whole).unwrap();
        }
        assert_eq!(found(&out), []);
    }

    #[test]
    fn what_is_missing_and_what_was_added_are_named() {
        let home = tempfile::tempdir().unwrap();
        let out = run_in(home.path());
        fs::remove_file(out.join("effects.csv")).unwrap();
        fs::remove_file(out.join("world/world.toml")).unwrap();
        fs::write(out.join("world/jobs.csv"), "more").unwrap();
        fs::create_dir(out.join("more")).unwrap();
        let expected = [
            (Tampering::Missing, "effects.csv"),
            (Tampering::Extra, "more"),
            (Tampering::Extra, "world/jobs.csv"),
            (Tampering::Missing, "world/world.toml"),
        ];
        assert_eq!(found(&out), expected.map(|(what, file)| (what, file.to_owned())));
    }

    #[test]
    fn a_report_that_is_made_again_or_left_out_is_no_tampering() {
        let home = tempfile::tempdir().unwrap();
        let out = run_in(home.path());
        let page = "<!doctype html>\n<meta name=\"generator\" content=\"Rungs 0\">\n<p>with validation</p>";
        write_report(&out.join(REPORT), page, Overwrite::Replace).unwrap();
        assert_eq!(found(&out), []);
        fs::remove_file(out.join(REPORT)).unwrap();
        assert_eq!(found(&out), []);
    }

    #[test]
    fn a_hash_in_the_manifest_that_was_made_to_fit_is_found_by_its_seal() {
        let home = tempfile::tempdir().unwrap();
        let out = run_in(home.path());
        let before = sha256(&fs::read(out.join("costs.csv")).unwrap());
        fs::write(out.join("costs.csv"), "nothing").unwrap();
        let manifest = fs::read_to_string(out.join("manifest.json")).unwrap();
        fs::write(out.join("manifest.json"), manifest.replace(&before, &sha256(b"nothing"))).unwrap();
        assert_eq!(found(&out), [(Tampering::Changed, "manifest.json".to_owned())]);
    }
}
