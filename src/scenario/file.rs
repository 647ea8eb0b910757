//! Reads scenario files as typed and joins an `extends` chain into one table.
//!
//! A file that is unreadable, too large or not TOML is a mistake with its place, never a failure: what can be
//! read is read on, so that one look shows every mistake.

use super::shipped;
use crate::diagnostics::Diagnostic;
use crate::input_files::{self, NotRead};
use crate::toml_tables::{Collector, Content, Entries, Entry, Span, Value, closest, parse, quoted};
use crate::world::InputFile;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::ops::Range;
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

/// Which files a scenario may extend.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Extends {
    /// Those in the folder of the first file or below it, and the shipped ones.
    #[default]
    Within,
    /// Any file.
    Anywhere,
}

/// Where a scenario is.
enum Home {
    Shipped(&'static shipped::Shipped),
    File(PathBuf),
}

impl Home {
    /// What `reference` names on a command line.
    fn of(reference: &str) -> Self {
        shipped::named(reference).map_or_else(|| Self::File(PathBuf::from(reference)), Self::Shipped)
    }

    /// What `reference` names in a file: a file beside it, which may have the name of a shipped scenario, or else the
    /// shipped one. A copy of the shipped one is that, and a file with the name of a shipped one extends that, not itself.
    fn extended(reference: &str, from: &Self) -> Self {
        let Self::File(path) = from else { return Self::of(reference) };
        let folder = path.parent().unwrap_or(Path::new(""));
        let Some(shipped) = shipped::named(reference) else { return Self::File(folder.join(reference)) };
        let beside = folder.join(format!("{reference}.toml"));
        let home = Self::File(beside.clone());
        if home.identity() == from.identity() {
            return Self::Shipped(shipped);
        }
        match input_files::bytes(&beside, MOST_BYTES) {
            Err(reason) if reason.is_missing() => Self::Shipped(shipped),
            Ok(bytes) if bytes == shipped.text.as_bytes() => Self::Shipped(shipped),
            Ok(_) | Err(_) => home,
        }
    }

    /// Whether it lies in a folder or below it, links followed; what is not there lies nowhere.
    fn is_within(&self, folder: &Path) -> bool {
        match self {
            Self::Shipped(_) => true,
            Self::File(path) => {
                let folder = if folder == Path::new("") { Path::new(".") } else { folder };
                let whole = |path: &Path| path.canonicalize().ok();
                let parent = path.parent().filter(|parent| *parent != Path::new("")).unwrap_or(Path::new("."));
                let place = whole(path).or_else(|| whole(parent));
                place.zip(whole(folder)).is_some_and(|(place, folder)| place.starts_with(folder))
            }
        }
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
pub(super) fn read_chain(reference: &str, extends: Extends) -> Typed {
    let mut home = Home::of(reference);
    let root = home.folder().to_owned();
    let mut typed = Typed::nothing(home.stem(), home.shown().into(), Collector::default());
    let mut said_at: Option<Span> = None;
    let mut seen = Vec::new();
    let mut layers = Vec::new();
    loop {
        seen.push(home.identity());
        let Some(mut entries) = typed.read(&home, said_at.as_ref()) else {
            break;
        };
        let named = entries.remove("extends");
        layers.push(entries);
        let Some((reference, span)) = named.and_then(|entry| typed.reference(entry.value)) else {
            break;
        };
        home = Home::extended(&reference, &home);
        if extends == Extends::Within && !home.is_within(&root) {
            let shown = if root == Path::new("") { ".".to_owned() } else { root.display().to_string() };
            let message = format!(
                "found {}, expected a shipped scenario or a file within {}, the folder of the first file",
                quoted(&reference),
                quoted(&shown)
            );
            let hint = "--extends-anywhere lets scenarios extend files elsewhere".to_owned();
            typed.collector.note_unread(&span, "extends", message, hint);
            break;
        }
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
            input_files::text(bytes).map_err(|wrong| Unreadable {
                message: wrong.message.to_owned(),
                hint: Some(wrong.hint.to_owned()),
                place: Some((wrong.shown, wrong.span)),
            })
        });
        match text {
            Ok(text) => {
                let (entries, errors) = parse(&text, &file);
                self.collector.note_syntax(&file, &text, errors);
                self.collector.keep_text(file, text);
                Some(entries)
            }
            Err(Unreadable { message, hint, place: Some((text, bytes)) }) => {
                self.collector.keep_text(Arc::clone(&file), text);
                let (file, span, key) = (file.to_string(), Some(bytes), String::new());
                self.collector.add_unread(Diagnostic { file, span, key, message, hint });
                None
            }
            Err(Unreadable { message, hint, place: None }) => {
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

/// Why a file cannot be read, and what to do about it.
struct Unreadable {
    message: String,
    hint: Option<String>,
    /// The file as text and where in it the mistake is, if there is such a place.
    place: Option<(String, Range<usize>)>,
}

impl Unreadable {
    fn whole(message: String, hint: Option<String>) -> Self {
        Self { message, hint, place: None }
    }
}

fn read_bytes(path: &Path) -> Result<Vec<u8>, Unreadable> {
    let name = path.display().to_string();
    input_files::bytes(path, MOST_BYTES).map_err(|reason| {
        let found = match &reason {
            NotRead::Folder => format!("found the folder {}, expected a file", quoted(&name)),
            NotRead::Irregular => format!("found {}, which is not a file, expected a file", quoted(&name)),
            NotRead::TooLarge(most) => {
                format!("found more than {most} bytes in {}, expected a scenario", quoted(&name))
            }
            NotRead::System(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let end = path.file_name().unwrap_or_default().to_string_lossy();
                let hint = closest(&end, &shipped::names())
                    .unwrap_or_else(|| format!("the shipped scenarios are: {}", shipped::names().join(", ")));
                let message = format!("found {}, expected a readable file: no such file", quoted(&name));
                return Unreadable::whole(message, Some(hint));
            }
            NotRead::System(error) => format!("found {}, expected a readable file: {}", quoted(&name), error.kind()),
        };
        Unreadable::whole(found, None)
    })
}
