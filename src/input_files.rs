//! Opening what a user names, with suspicion: an ordinary file of bounded size, or the reason why not.
//!
//! A pipe or a device may wait for ever or never end, so nothing but an ordinary file is ever opened.

use std::fs::File;
use std::io::{self, Read};
use std::ops::Range;
use std::path::Path;

/// Folders of files that the system makes up while they are read.
const MADE_UP: [&str; 2] = ["/proc", "/sys"];

/// Why a file cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum NotRead {
    /// It is a folder.
    #[error("found a folder, expected a file")]
    Folder,
    /// It is a pipe, a device or the like, or a file that the system makes up.
    #[error("found something that is not a file, expected a file")]
    Irregular,
    /// It is larger than any such file.
    #[error("found more than {} MB, expected at most {} MB", .0 / 1_000_000, .0 / 1_000_000)]
    TooLarge(u64),
    /// The system refused.
    #[error("{0}")]
    System(#[from] io::Error),
}

impl NotRead {
    /// Whether there is no such file.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::System(error) if error.kind() == io::ErrorKind::NotFound)
    }
}

impl From<NotRead> for io::Error {
    fn from(reason: NotRead) -> Self {
        match reason {
            NotRead::System(error) => error,
            NotRead::Folder | NotRead::Irregular | NotRead::TooLarge(_) => {
                Self::new(io::ErrorKind::InvalidInput, reason.to_string())
            }
        }
    }
}

/// Opens an ordinary file, and nothing else.
///
/// # Errors
/// When it is not there, is no ordinary file, or the system refuses.
pub fn open(path: &Path) -> Result<File, NotRead> {
    let found = std::fs::metadata(path)?;
    if found.is_dir() {
        return Err(NotRead::Folder);
    }
    if !found.is_file() {
        return Err(NotRead::Irregular);
    }
    let whole = path.canonicalize()?;
    if MADE_UP.iter().any(|folder| whole.starts_with(folder)) {
        return Err(NotRead::Irregular);
    }
    Ok(File::open(path)?)
}

/// The bytes of an ordinary file of at most so many bytes.
///
/// # Errors
/// Those of [`open`], and when there are more.
pub fn bytes(path: &Path, most: u64) -> Result<Vec<u8>, NotRead> {
    let mut bytes = Vec::new();
    // Read to the limit, whatever length the file claims.
    open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    let fits = u64::try_from(bytes.len()).is_ok_and(|length| length <= most);
    if fits { Ok(bytes) } else { Err(NotRead::TooLarge(most)) }
}

/// Bytes that are no text of UTF-8.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotText {
    /// The bytes as text, as far as they are.
    pub shown: String,
    /// Where in that text the first other byte is.
    pub span: Range<usize>,
    /// What was found and expected.
    pub message: &'static str,
    /// What to do about it.
    pub hint: &'static str,
}

/// How files are saved as UTF-8 by the programs that save them as something else.
const SAVE_AS_UTF_8: &str =
    "save it as UTF-8: in Excel as \"CSV UTF-8\", in Notepad by the list \"Encoding\" beside its name";

/// Bytes as text.
///
/// # Errors
/// Where they stop being UTF-8, and what to do about it.
pub fn text(bytes: Vec<u8>) -> Result<String, NotText> {
    let is_utf_16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let message =
            if is_utf_16 { "found UTF-16, expected UTF-8" } else { "found a byte that is not UTF-8, expected text" };
        let shown = String::from_utf8_lossy(error.as_bytes()).into_owned();
        NotText { shown, span: at..at + 1, message, hint: SAVE_AS_UTF_8 }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_ordinary_files_of_bounded_size_are_read() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("file");
        std::fs::write(&file, "12345").unwrap();
        assert_eq!(bytes(&file, 5).unwrap(), b"12345");
        assert!(matches!(bytes(&file, 4), Err(NotRead::TooLarge(4))));
        assert!(matches!(open(home.path()), Err(NotRead::Folder)));
        assert!(open(&home.path().join("nosuch")).unwrap_err().is_missing());
        if cfg!(target_os = "linux") {
            for special in ["/dev/zero", "/dev/null", "/proc/self/status", "/sys/kernel/notes"] {
                assert!(matches!(open(Path::new(special)), Err(NotRead::Irregular)), "{special}");
            }
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_placed_with_a_remedy() {
        let wrong = text(b"a\nb\xe9c".to_vec()).unwrap_err();
        assert_eq!((wrong.span, wrong.message), (3..4, "found a byte that is not UTF-8, expected text"));
        assert!(wrong.hint.contains("save it as UTF-8"));
        let wide: Vec<u8> = [0xfeff_u16].into_iter().chain("a,b".encode_utf16()).flat_map(u16::to_le_bytes).collect();
        assert_eq!(text(wide).unwrap_err().message, "found UTF-16, expected UTF-8");
        assert_eq!(text("é".as_bytes().to_vec()).as_deref(), Ok("é"));
    }
}
