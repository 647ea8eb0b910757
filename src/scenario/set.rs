//! Lays `key=value` overrides over a scenario as typed.

use super::file::{Extends, Typed};
use crate::diagnostics::Diagnostic;
use crate::toml_tables::{Content, Entries, Entry, Span, Value, parse_value, quoted};
use std::sync::Arc;

/// Changes laid over a scenario's files, as on a command line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overrides {
    /// Each is `key=value`, such as `run.years=5` or `levers.adjust[0].scale=1.1`; the value is TOML, and
    /// plain text may go without quotes.
    pub set: Vec<String>,
    /// Flags that stand for a key, laid over after `set`.
    pub flags: Vec<Flag>,
    /// Which files a scenario may extend.
    pub extends: Extends,
}

impl Overrides {
    /// Overrides such as `run.years=5`, and no flags.
    #[must_use]
    pub fn of(set: &[&str]) -> Self {
        Self { set: set.iter().map(|typed| (*typed).to_owned()).collect(), ..Self::default() }
    }
}

/// A flag of a command line that stands for a key of a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flag {
    /// The flag as typed, such as `--years`; mistakes name it.
    pub name: &'static str,
    /// Its key, such as `run.years`.
    pub key: &'static str,
    /// The value as TOML.
    pub value: String,
}

/// The name that mistakes in overrides are reported under.
const FILE: &str = "--set";

/// One step of a key such as `levers.adjust[0].scale`.
enum Step {
    Key(String),
    Item(usize),
}

/// Lays overrides over the scenario, in order; each is one line of the text called `--set`.
pub(super) fn lay_over(typed: &mut Typed, overrides: &Overrides) {
    let file: Arc<str> = FILE.into();
    let start = typed.start.clone();
    let mut root = Value { span: start, content: Content::Table(std::mem::take(&mut typed.entries)) };
    let mut offset = 0;
    for line in &overrides.set {
        let wrong = |span: std::ops::Range<usize>, key: &str, message: String| Diagnostic {
            file: FILE.to_owned(),
            span: Some(span.start + offset..span.end + offset),
            key: key.to_owned(),
            message,
            hint: None,
        };
        if let Err(mistake) = lay_one(&mut root, line, &file, offset, &wrong) {
            typed.collector.add(mistake);
        }
        offset += line.len() + 1;
    }
    if !overrides.set.is_empty() {
        typed.collector.keep_text(file, overrides.set.join("\n"));
    }
    for flag in &overrides.flags {
        if let Err(mistake) = lay_flag(&mut root, flag) {
            typed.collector.add(mistake);
        }
        typed.collector.keep_text(flag.name.into(), flag.value.clone());
    }
    if let Content::Table(entries) = root.content {
        typed.entries = entries;
    }
}

/// Lays one flag over the scenario; its text is the value alone.
fn lay_flag(root: &mut Value, flag: &Flag) -> Result<(), Diagnostic> {
    let span = 0..flag.value.len();
    let wrong = |message: String| Diagnostic {
        file: flag.name.to_owned(),
        span: Some(span.clone()),
        key: flag.key.to_owned(),
        message,
        hint: None,
    };
    let file: Arc<str> = flag.name.into();
    let steps: Vec<Step> = flag.key.split('.').map(|part| Step::Key(part.to_owned())).collect();
    let value = value_of(&flag.value, &file, 0).map_err(wrong)?;
    let key_span = Span { file, bytes: span.clone() };
    put(root, &steps, Entry { key_span, value }).map_err(wrong)
}

fn lay_one(
    root: &mut Value,
    line: &str,
    file: &Arc<str>,
    offset: usize,
    wrong: &impl Fn(std::ops::Range<usize>, &str, String) -> Diagnostic,
) -> Result<(), Diagnostic> {
    let Some((key, value)) = line.split_once('=') else {
        return Err(wrong(0..line.len(), "", format!("found {}, expected key=value", quoted(line))));
    };
    let key_bytes = 0..key.len();
    let Some(steps) = steps_of(key.trim()) else {
        return Err(wrong(
            key_bytes,
            "",
            format!("found {}, expected a key such as run.years or levers.adjust[0].scale", quoted(key)),
        ));
    };
    if key.trim() == "extends" {
        return Err(wrong(key_bytes, "extends", "found `extends` as an override, expected it in a file".to_owned()));
    }
    let value_start = key.len() + 1;
    let key_span = Span { file: Arc::clone(file), bytes: offset..offset + key.len() };
    let value =
        value_of(value, file, offset + value_start).map_err(|message| wrong(value_start..line.len(), key, message))?;
    let scenario = root.span.file.to_string();
    put(root, &steps, Entry { key_span, value })
        .map_err(|message| wrong(key_bytes, key.trim(), format!("{scenario}: {message}")))
}

/// The value as TOML; what is not TOML and opens no quote or bracket is plain text.
fn value_of(text: &str, file: &Arc<str>, offset: usize) -> Result<Value, String> {
    let trimmed = text.trim();
    let start = offset + text.len() - text.trim_start().len();
    parse_value(trimmed, file, start).or_else(|error| {
        if trimmed.is_empty() || trimmed.starts_with(['"', '\'', '[', '{']) {
            return Err(error.to_string());
        }
        let span = Span { file: Arc::clone(file), bytes: start..start + trimmed.len() };
        Ok(Value { span, content: Content::Text(trimmed.to_owned()) })
    })
}

fn steps_of(key: &str) -> Option<Vec<Step>> {
    let mut steps = Vec::new();
    for part in key.split('.') {
        let (name, items) = part.split_once('[').map_or((part, ""), |(name, items)| (name, items));
        let plain = |character: char| character.is_ascii_alphanumeric() || character == '_' || character == '-';
        if name.is_empty() || !name.chars().all(plain) {
            return None;
        }
        steps.push(Step::Key(name.to_owned()));
        if part.contains('[') {
            steps.push(Step::Item(items.strip_suffix(']')?.parse().ok()?));
        }
    }
    Some(steps)
}

/// Puts an entry where the steps lead; tables on the way are made, items of lists are not.
fn put(at: &mut Value, steps: &[Step], entry: Entry) -> Result<(), String> {
    let Some((step, rest)) = steps.split_first() else {
        *at = entry.value;
        return Ok(());
    };
    match step {
        Step::Key(key) => {
            let described = at.described();
            let Content::Table(entries) = &mut at.content else {
                return Err(format!("found {described} where {key:?} would be, expected a table"));
            };
            if rest.is_empty() {
                entries.insert(key.clone(), entry);
                return Ok(());
            }
            if let Some(inner) = entries.get_mut(key) {
                return put(&mut inner.value, rest, entry);
            }
            if matches!(rest[0], Step::Item(_)) {
                return Err(format!("found no {key:?}, expected one to change"));
            }
            let key_span = entry.key_span.clone();
            let mut made = Value { span: entry.value.span.clone(), content: Content::Table(Entries::new()) };
            // A table that nothing could be put in would be a second mistake.
            put(&mut made, rest, entry)?;
            entries.insert(key.clone(), Entry { key_span, value: made });
            Ok(())
        }
        Step::Item(index) => {
            let described = at.described();
            let Content::List(items) = &mut at.content else {
                return Err(format!("found item {index}, expected a list in the scenario; it has {described} there"));
            };
            let count = items.len();
            let item = items
                .get_mut(*index)
                .ok_or_else(|| format!("found item {index}, expected less than {count}, the items there are"))?;
            put(item, rest, entry)
        }
    }
}
