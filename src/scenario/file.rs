//! Reads scenario files as typed and joins an `extends` chain into one table.
//!
//! A file that is unreadable, too large or not TOML is a mistake with its place, never a failure: what can be
//! read is read on, so that one look shows every mistake.

use super::shipped;
use crate::diagnostics::Diagnostic;
use crate::toml_tables::{Collector, Content, Entries, Entry, Span, Value, closest, parse, quoted};
use crate::world::InputFile;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The largest scenario file (bytes).
const MOST_BYTES: u64 = 5_000_000;
/// The longest chain of scenarios that extend one another.
const LONGEST_CHAIN: usize = 16;

/// A scenario as typed: its files joined, and what went wrong on the way.
#[derive(Debug)]
pub(super) struct Typed {
    /// The stem of the file's name.
    pub name: String,
    /// The start of the first file, where keys that are missing are missing.
    pub start: Span,
    /// The keys of all files, joined.
    pub entries: Entries,
    /// Every file read, the first one first.
    pub files: Vec<InputFile>,
    /// What is wrong so far, with the text of every file and of the overrides.
    pub collector: Collector,
}

impl Typed {
    fn nothing(name: String, file: Arc<str>, collector: Collector) -> Self {
        Self { name, start: Span { file, bytes: 0..0 }, entries: Entries::new(), files: Vec::new(), collector }
    }

    /// A scenario of which nothing was typed, read to take down what may be.
    pub(super) fn untyped() -> Self {
        Self::nothing("untyped".to_owned(), "".into(), Collector::with_schema())
    }
}

/// Where a scenario is.
enum Home {
    Shipped(&'static shipped::Shipped),
    File(PathBuf),
}

impl Home {
    /// What `reference` names, seen from the folder of the file that says so.
    fn of(reference: &str, folder: &Path) -> Self {
        shipped::named(reference).map_or_else(|| Self::File(folder.join(reference)), Self::Shipped)
    }

    fn shown(&self) -> String {
        match self {
            Self::Shipped(shipped) => format!("{} (shipped)", shipped.name),
            Self::File(path) => path.display().to_string(),
        }
    }

    /// The same for every way of writing one file's path.
    fn identity(&self) -> String {
        match self {
            Self::Shipped(_) => self.shown(),
            Self::File(path) => path.canonicalize().unwrap_or_else(|_| path.clone()).display().to_string(),
        }
    }

    fn stem(&self) -> String {
        match self {
            Self::Shipped(shipped) => shipped.name.to_owned(),
            Self::File(path) => path.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
        }
    }

    fn folder(&self) -> &Path {
        match self {
            Self::Shipped(_) => Path::new(""),
            Self::File(path) => path.parent().unwrap_or(Path::new("")),
        }
    }
}

/// The scenario that `reference` names, with those it extends under it and the run settings of the
/// shipped baseline under them all.
pub(super) fn read_chain(reference: &str) -> Typed {
    let mut home = Home::of(reference, Path::new(""));
    let mut typed = Typed::nothing(home.stem(), home.shown().into(), Collector::default());
    let mut said_at: Option<Span> = None;
    let mut seen = Vec::new();
    let mut layers = Vec::new();
    loop {
        seen.push(home.identity());
        let Some(mut entries) = typed.read(&home, said_at.as_ref()) else {
            break;
        };
        let extends = entries.remove("extends");
        layers.push(entries);
        let Some((reference, span)) = extends.and_then(|entry| typed.reference(entry.value)) else {
            break;
        };
        home = Home::of(&reference, home.folder());
        if seen.contains(&home.identity()) || seen.len() == LONGEST_CHAIN {
            let message = format!(
                "found {}, expected a scenario that does not lead back here in {LONGEST_CHAIN} steps",
                quoted(&reference)
            );
            typed.collector.note(&span, "extends", message, None);
            break;
        }
        said_at = Some(span);
    }
    typed.entries = layers.into_iter().rev().fold(run_defaults(), join);
    typed
}

/// The `[run]` table of the shipped baseline.
fn run_defaults() -> Entries {
    let mut entries = shipped::named("baseline")
        .map_or_else(Entries::new, |baseline| parse(baseline.text, &"baseline (shipped)".into()).0);
    entries.retain(|key, _| key == "run");
    entries
}

/// `over` laid over `under`: run settings key by key, levers one list after the other, a title and a
/// description of its own.
fn join(mut under: Entries, over: Entries) -> Entries {
    under.retain(|key, _| key != "title" && key != "description");
    for (key, entry) in over {
        match (key.as_str(), under.get_mut(&key).map(|below| &mut below.value.content), entry) {
            ("run", Some(Content::Table(below)), Entry { value: Value { content: Content::Table(above), .. }, .. }) => {
                below.extend(above)
            }
            (
                "levers",
                Some(Content::Table(below)),
                Entry { value: Value { content: Content::Table(above), .. }, .. },
            ) => join_levers(below, above),
            (_, _, entry) => {
                under.insert(key, entry);
            }
        }
    }
    under
}

fn join_levers(below: &mut Entries, above: Entries) {
    for (name, mut entry) in above {
        if let (Some(Entry { value: Value { content: Content::List(first), .. }, .. }), Content::List(then)) =
            (below.get_mut(&name), &mut entry.value.content)
        {
            first.append(then);
        } else {
            below.insert(name, entry);
        }
    }
}

impl Typed {
    /// The keys of one file, if it can be read; `said_at` is where another file names it.
    fn read(&mut self, home: &Home, said_at: Option<&Span>) -> Option<Entries> {
        let file: Arc<str> = home.shown().into();
        let bytes = match home {
            Home::Shipped(shipped) => Ok(shipped.text.as_bytes().to_vec()),
            Home::File(path) => read_bytes(path),
        };
        let text = bytes.and_then(|bytes| {
            let sha256 = Sha256::digest(&bytes).iter().fold(String::new(), |mut hex, byte| {
                let _ = write!(hex, "{byte:02x}");
                hex
            });
            self.files.push(InputFile { name: file.to_string(), sha256 });
            String::from_utf8(bytes).map_err(|error| {
                (
                    format!(
                        "found a byte that is not UTF-8 after {} bytes of {file}, expected text",
                        error.utf8_error().valid_up_to()
                    ),
                    None,
                )
            })
        });
        match text {
            Ok(text) => {
                let (entries, errors) = parse(&text, &file);
                self.collector.note_syntax(&file, &text, errors);
                self.collector.keep_text(file, text);
                Some(entries)
            }
            Err((message, hint)) => {
                let (file, span, key) =
                    said_at.map_or((file, None, ""), |at| (Arc::clone(&at.file), Some(at.bytes.clone()), "extends"));
                let (file, key) = (file.to_string(), key.to_owned());
                self.collector.add_unread(Diagnostic { file, span, key, message, hint });
                None
            }
        }
    }

    fn reference(&mut self, typed: Value) -> Option<(String, Span)> {
        if let Content::Text(reference) = typed.content {
            return Some((reference, typed.span));
        }
        let hint = Some(format!("the shipped ones are: {}", shipped::names().join(", ")));
        let message =
            format!("found {}, expected the name of a shipped scenario or the path of a file", typed.described());
        self.collector.note(&typed.span, "extends", message, hint);
        None
    }
}

type Unreadable = (String, Option<String>);

fn read_bytes(path: &Path) -> Result<Vec<u8>, Unreadable> {
    let name = path.display().to_string();
    let failed = |error: std::io::Error| {
        let end = path.file_name().unwrap_or_default().to_string_lossy();
        let hint = closest(&end, &shipped::names())
            .or_else(|| Some(format!("the shipped scenarios are: {}", shipped::names().join(", "))));
        let missing = error.kind() == std::io::ErrorKind::NotFound;
        let reason = if missing { "no such file".to_owned() } else { error.kind().to_string() };
        (format!("found {}, expected a readable file: {reason}", quoted(&name)), hint.filter(|_| missing))
    };
    if std::fs::metadata(path).map_err(failed)?.is_dir() {
        return Err((format!("found the folder {}, expected a file", quoted(&name)), None));
    }
    let file = std::fs::File::open(path).map_err(failed)?;
    let mut bytes = Vec::new();
    // Read to the limit, whatever length the file claims: devices claim none.
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(failed)?;
    let fits = u64::try_from(bytes.len()).is_ok_and(|length| length <= MOST_BYTES);
    fits.then_some(bytes)
        .ok_or_else(|| (format!("found more than {MOST_BYTES} bytes in {}, expected a scenario", quoted(&name)), None))
}
