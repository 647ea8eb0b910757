//! Reads scenario files as typed and joins an `extends` chain into one table.
//!
//! A file that is unreadable, too large or not TOML is a mistake with its place, never a failure: what can be
//! read is read on, so that one look shows every mistake.

use super::shipped;
use crate::calendar::Month;
use crate::diagnostics::Diagnostic;
use crate::levers::Collector;
use crate::levers::closest;
use crate::levers::shape::Shapes;
use crate::levers::typed::{Entries, Entry, Node, Place, Value, quoted};
use crate::world::InputFile;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::io::Read as _;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

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
    pub start: Place,
    /// The keys of all files, joined.
    pub entries: Entries,
    /// Every file read, the first one first.
    pub files: Vec<InputFile>,
    /// The text of every file and of the overrides, by the name that places give.
    pub texts: Vec<(Arc<str>, String)>,
    /// Diagnostics so far.
    pub log: Collector,
    /// Lines that are not TOML: nothing else is said about them.
    pub broken: Vec<Place>,
    /// Whether a file could not be read at all.
    pub incomplete: bool,
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
    let file: Arc<str> = home.shown().into();
    let start = Place { file, span: 0..0 };
    let mut typed = Typed {
        name: home.stem(),
        start,
        entries: Entries::new(),
        files: Vec::new(),
        texts: Vec::new(),
        log: Collector::default(),
        broken: Vec::new(),
        incomplete: false,
    };
    let mut said_at: Option<Place> = None;
    let mut seen = Vec::new();
    let mut layers = Vec::new();
    loop {
        seen.push(home.identity());
        let Some(mut entries) = typed.read(&home, said_at.as_ref()) else {
            break;
        };
        let extends = entries.remove("extends");
        layers.push(entries);
        let Some((reference, place)) = extends.and_then(|entry| typed.reference(entry.node)) else {
            break;
        };
        home = Home::of(&reference, home.folder());
        if seen.contains(&home.identity()) || seen.len() == LONGEST_CHAIN {
            let message = format!(
                "found {}, expected a scenario that does not lead back here in {LONGEST_CHAIN} steps",
                quoted(&reference)
            );
            typed.log.note(&place, "extends", message, None);
            break;
        }
        said_at = Some(place);
    }
    typed.entries = layers.into_iter().rev().fold(run_defaults(), join);
    typed
}

/// A scenario of which nothing was typed, read to take down what may be: see [`crate::levers::shape`].
pub(super) fn untyped() -> Typed {
    let start = Place { file: "".into(), span: 0..0 };
    let log = Collector { shapes: Some(Shapes::default()), ..Collector::default() };
    Typed {
        name: "untyped".to_owned(),
        start,
        entries: Entries::new(),
        files: Vec::new(),
        texts: Vec::new(),
        log,
        broken: Vec::new(),
        incomplete: false,
    }
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
        match (key.as_str(), under.get_mut(&key).map(|below| &mut below.node.value), entry) {
            ("run", Some(Value::Table(below)), Entry { node: Node { value: Value::Table(above), .. }, .. }) => {
                below.extend(above)
            }
            ("levers", Some(Value::Table(below)), Entry { node: Node { value: Value::Table(above), .. }, .. }) => {
                join_levers(below, above)
            }
            (_, _, entry) => {
                under.insert(key, entry);
            }
        }
    }
    under
}

fn join_levers(below: &mut Entries, above: Entries) {
    for (name, mut entry) in above {
        if let (Some(Entry { node: Node { value: Value::List(first), .. }, .. }), Value::List(then)) =
            (below.get_mut(&name), &mut entry.node.value)
        {
            first.append(then);
        } else {
            below.insert(name, entry);
        }
    }
}

impl Typed {
    /// The keys of one file, if it can be read; `said_at` is where another file names it.
    fn read(&mut self, home: &Home, said_at: Option<&Place>) -> Option<Entries> {
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
                self.texts.push((Arc::clone(&file), text));
                self.note_syntax(&file, errors);
                Some(entries)
            }
            Err((message, hint)) => {
                self.incomplete = true;
                let (file, span, key) =
                    said_at.map_or((file, None, ""), |at| (Arc::clone(&at.file), Some(at.span.clone()), "extends"));
                self.log.wrong.push(Diagnostic { file: file.to_string(), span, key: key.to_owned(), message, hint });
                None
            }
        }
    }

    fn reference(&mut self, node: Node) -> Option<(String, Place)> {
        if let Value::Text(reference) = node.value {
            return Some((reference, node.place));
        }
        let hint = Some(format!("the shipped ones are: {}", shipped::names().join(", ")));
        let message =
            format!("found {}, expected the name of a shipped scenario or the path of a file", node.described());
        self.log.note(&node.place, "extends", message, hint);
        None
    }

    fn note_syntax(&mut self, file: &Arc<str>, errors: Vec<toml::de::Error>) {
        let text = self.texts.last().map_or("", |(_, text)| text.as_str());
        for error in errors {
            if self.log.is_full() {
                break;
            }
            let mistake = syntax_mistake(file, text, &error);
            // An unclosed bracket is reported once for every level it leaves open.
            if self.log.wrong.last() != Some(&mistake) {
                self.broken
                    .extend(error.span().map(|span| Place { file: Arc::clone(file), span: broken_lines(text, &span) }));
                self.log.wrong.push(mistake);
            }
        }
    }
}

fn syntax_mistake(file: &str, text: &str, error: &toml::de::Error) -> Diagnostic {
    let span = error.span();
    let typed = span.clone().and_then(|span| text.get(span)).unwrap_or("");
    let hint = typed.parse::<Month>().is_ok().then(|| format!("write {typed:?} with its quotes"));
    Diagnostic {
        file: file.to_owned(),
        span,
        key: String::new(),
        message: format!("not TOML: {}", error.message()),
        hint,
    }
}

/// The bytes of the lines that a span touches; all lines under a heading if it touches the heading,
/// since they were read as if they stood somewhere else.
fn broken_lines(text: &str, span: &Range<usize>) -> Range<usize> {
    let bytes = text.as_bytes();
    let (start, end) = (span.start.min(bytes.len()), span.end.min(bytes.len()));
    let first = bytes[..start].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let is_heading = bytes[first..].iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'[');
    let is_end = |pair: &[u8]| pair[0] == b'\n' && (!is_heading || pair[1] == b'[');
    let last = bytes[end..].windows(2).position(is_end).map_or(bytes.len(), |at| end + at);
    first..last
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

/// The keys of a text as far as it is TOML, and where it is not.
fn parse(text: &str, file: &Arc<str>) -> (Entries, Vec<toml::de::Error>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    (entries_of(table.into_inner(), file, 0), errors)
}

/// One value of TOML that starts `offset` bytes into the file; `None` if it is not TOML.
pub(super) fn parse_value(text: &str, file: &Arc<str>, offset: usize) -> Result<Node, toml::de::Error> {
    let (value, mut errors) = DeValue::parse_recoverable(text);
    if errors.is_empty() { Ok(node_of(value, file, offset)) } else { Err(errors.swap_remove(0)) }
}

fn entries_of(table: DeTable<'_>, file: &Arc<str>, offset: usize) -> Entries {
    let entry = |(key, value): (Spanned<std::borrow::Cow<'_, str>>, Spanned<DeValue<'_>>)| {
        let key_place = Place { file: Arc::clone(file), span: moved(key.span(), offset) };
        (key.into_inner().into_owned(), Entry { key_place, node: node_of(value, file, offset) })
    };
    table.into_iter().map(entry).collect()
}

fn node_of(value: Spanned<DeValue<'_>>, file: &Arc<str>, offset: usize) -> Node {
    let place = Place { file: Arc::clone(file), span: moved(value.span(), offset) };
    let value = match value.into_inner() {
        DeValue::String(text) => Value::Text(text.into_owned()),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or_else(|_| Value::Other("a whole number beyond 64 bits".to_owned()), Value::Whole),
        DeValue::Float(number) => {
            number.as_str().parse().map_or_else(|_| Value::Other(number.as_str().to_owned()), Value::Number)
        }
        DeValue::Boolean(truth) => Value::Other(truth.to_string()),
        DeValue::Datetime(date) => Value::Other(format!("the date {date}")),
        DeValue::Array(items) => Value::List(items.into_iter().map(|item| node_of(item, file, offset)).collect()),
        DeValue::Table(table) => Value::Table(entries_of(table, file, offset)),
    };
    Node { place, value }
}

fn moved(span: Range<usize>, offset: usize) -> Range<usize> {
    span.start + offset..span.end + offset
}
