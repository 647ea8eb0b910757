//! The report's page on disk: sealed with its own hash, and never in place of something else.

use crate::folder::disk::{Overwrite, write_alone};
use crate::folder::error::FolderError;
use crate::folder::hash::sha256;
use crate::input_files;
use std::io::Read;
use std::path::Path;

/// The report of a run, in its folder. It is made from the results and can be made again, so the manifest
/// does not list it.
pub const REPORT: &str = "report.html";

/// Whether a report that Rungs made lies under `path`: what it has written it may write again.
#[must_use]
pub fn is_report(path: &Path) -> bool {
    let mut start = Vec::new();
    let read = input_files::open(path).map(|file| file.take(4096).read_to_end(&mut start));
    matches!(read, Ok(Ok(_))) && String::from_utf8_lossy(&start).contains("<meta name=\"generator\" content=\"Rungs ")
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
pub(crate) fn is_sealed_page(bytes: &[u8]) -> bool {
    let page = std::str::from_utf8(bytes).ok();
    page.and_then(|page| page.rfind(SEAL).map(|at| (page, sealed_page(&page[..at]))))
        .is_some_and(|(page, again)| page == again)
}

/// Writes a report that belongs to no results under `path`, whole or not at all.
///
/// # Errors
/// As [`write_alone`].
pub fn write_report(path: &Path, html: &str, overwrite: Overwrite) -> Result<(), FolderError> {
    write_alone(path, &sealed_page(html), overwrite)
}
