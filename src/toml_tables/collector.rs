//! Collects what is wrong with the texts that a table is read from, until all of it is told at once.
//!
//! What is wrong is of three kinds, because not all of it is worth telling: behind a line that is not
//! TOML, mistakes in that line only follow from it, and what is missing may stand there.

use super::parse::SyntaxError;
use super::schema::Schema;
use super::value::Span;
use crate::calendar::Month;
use crate::diagnostics::{Diagnostic, Diagnostics};
use std::ops::Range;
use std::sync::Arc;

/// The most mistakes that are collected: nobody reads more.
const MOST_COLLECTED: usize = 1000;
/// The most mistakes that are told.
const MOST_TOLD: usize = 100;
/// The most mistakes that are told of a text that is hardly TOML.
const MOST_TOLD_OF_HOPELESS: usize = 3;

/// What is wrong so far, and the texts it is in.
#[derive(Debug, Default)]
pub struct Collector {
    texts: Vec<(Arc<str>, String)>,
    /// Lines that are not TOML, one for each of `syntax` whose place is known.
    broken: Vec<Span>,
    syntax: Vec<Diagnostic>,
    wrong: Vec<Diagnostic>,
    missing: Vec<Diagnostic>,
    unread: bool,
    schema: Option<Schema>,
}

impl Collector {
    /// One that takes down what is asked for, too; tables that were not typed are then read as empty ones.
    #[must_use]
    pub fn with_schema() -> Self {
        Self { schema: Some(Schema::default()), ..Self::default() }
    }

    /// What was asked for, if it is taken down.
    #[must_use]
    pub fn schema(&self) -> Option<&Schema> {
        self.schema.as_ref()
    }

    pub(super) fn schema_mut(&mut self) -> Option<&mut Schema> {
        self.schema.as_mut()
    }

    /// Keeps a text, so that its lines can be shown.
    pub fn keep_text(&mut self, file: Arc<str>, text: String) {
        self.texts.push((file, text));
    }

    /// The text of a file.
    #[must_use]
    pub fn text_of(&self, file: &str) -> Option<&str> {
        self.texts.iter().find(|(name, _)| **name == *file).map(|(_, text)| text.as_str())
    }

    /// Whether enough was collected that nobody will read more.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.syntax.len() + self.wrong.len() + self.missing.len() >= MOST_COLLECTED
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.syntax.is_empty() && self.wrong.is_empty() && self.missing.is_empty()
    }

    /// Whether so many lines are not TOML that nothing else is worth reading.
    #[must_use]
    pub fn is_hopeless(&self) -> bool {
        self.broken.len() > MOST_TOLD
    }

    /// Whether a file could not be read at all.
    #[must_use]
    pub fn is_unread(&self) -> bool {
        self.unread
    }

    /// Notes something wrong at a place.
    pub fn note(&mut self, span: &Span, key: &str, message: String, hint: Option<String>) {
        if !self.is_full() {
            self.wrong.push(diagnostic(span, key, message, hint));
        }
    }

    /// Adds something wrong, however much there is.
    pub fn add(&mut self, diagnostic: Diagnostic) {
        self.wrong.push(diagnostic);
    }

    /// Notes at a place that what is named there is not read.
    pub fn note_unread(&mut self, span: &Span, key: &str, message: String, hint: String) {
        self.add_unread(diagnostic(span, key, message, Some(hint)));
    }

    /// Adds that a file could not be read at all.
    pub fn add_unread(&mut self, diagnostic: Diagnostic) {
        self.unread = true;
        self.wrong.push(diagnostic);
    }

    /// Notes something needed that was not typed in a table.
    pub(super) fn miss(&mut self, table: &Span, key: &str, message: String) {
        if !self.is_full() {
            self.missing.push(diagnostic(table, key, message, None));
        }
    }

    /// Notes where the text of a file is not TOML.
    pub fn note_syntax(&mut self, file: &Arc<str>, text: &str, errors: Vec<SyntaxError>) {
        for error in errors {
            if self.is_full() {
                break;
            }
            let mistake = syntax_diagnostic(file, text, &error);
            // An unclosed bracket is reported once for every level it leaves open.
            if self.syntax.last() != Some(&mistake) {
                let lines = |bytes| Span { file: Arc::clone(file), bytes: broken_lines(text, &bytes) };
                self.broken.extend(error.bytes.map(lines));
                self.syntax.push(mistake);
            }
        }
    }

    /// The keys that were noted as missing.
    #[cfg(test)]
    pub(crate) fn missing_keys(&self) -> Vec<&str> {
        self.missing.iter().map(|mistake| mistake.key.as_str()).collect()
    }

    /// Everything that is worth telling, in the order of the files and their lines, with the texts it is in;
    /// `start` is the file to name where there is no other.
    #[must_use]
    pub fn into_diagnostics(self, start: &Span) -> Diagnostics {
        let whole = self.broken.is_empty() && !self.unread;
        let most = if self.is_hopeless() { MOST_TOLD_OF_HOPELESS } else { MOST_TOLD };
        let rank = |mistake: &Diagnostic| {
            let file = self.texts.iter().position(|(file, _)| **file == *mistake.file);
            (file, mistake.span.as_ref().map(|span| (span.start, span.end)))
        };
        let mut told = self.syntax;
        told.extend(self.wrong.into_iter().filter(|mistake| !follows(mistake, &self.broken)));
        // What is missing may stand in the lines that could not be read.
        told.extend(self.missing.into_iter().filter(|_| whole));
        told.sort_by_key(rank);
        let more = told.len() > most;
        told.truncate(most);
        let mut diagnostics = Diagnostics::default();
        for (file, text) in &self.texts {
            diagnostics.keep_text(file, text);
        }
        told.into_iter().for_each(|mistake| diagnostics.add(mistake));
        if more {
            let message = format!("found further mistakes, expected none: only the first {most} are shown");
            let hint = (most < MOST_TOLD).then(|| "is this a scenario file? It is not TOML".to_owned());
            diagnostics.add(Diagnostic { file: start.file.to_string(), span: None, key: String::new(), message, hint });
        }
        diagnostics
    }
}

fn diagnostic(span: &Span, key: &str, message: String, hint: Option<String>) -> Diagnostic {
    Diagnostic { file: span.file.to_string(), span: Some(span.bytes.clone()), key: key.to_owned(), message, hint }
}

fn syntax_diagnostic(file: &str, text: &str, error: &SyntaxError) -> Diagnostic {
    let typed = error.bytes.clone().and_then(|bytes| text.get(bytes)).unwrap_or("");
    let hint = typed.parse::<Month>().is_ok().then(|| format!("write {typed:?} with its quotes"));
    // What is too deep has no place; it stands in the longest line.
    let longest = || {
        text.split_inclusive('\n')
            .max_by_key(|line| line.len())
            .map(|line| line.as_ptr() as usize - text.as_ptr() as usize)
    };
    let span = error.bytes.clone().or_else(|| longest().map(|start| start..start + 1));
    let (file, key) = (file.to_owned(), String::new());
    Diagnostic { file, span, key, message: error.to_string(), hint }
}

/// Whether a mistake only follows from a line that is not TOML.
fn follows(mistake: &Diagnostic, broken: &[Span]) -> bool {
    let Some(span) = &mistake.span else { return false };
    let touches = |line: &Span| span.start <= line.bytes.end && line.bytes.start <= span.end;
    broken.iter().any(|line| *line.file == *mistake.file && touches(line))
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
