//! Cells of a CSV file and the bytes they stand at. Knows nothing of what they mean.

use std::ops::Range;

/// One cell of a table, or a part of one.
#[derive(Clone)]
pub(crate) struct TextCell<'a> {
    /// The text without outer spaces.
    pub text: &'a str,
    /// Its bytes in the file.
    pub span: Range<usize>,
}

/// The parts of a cell between slashes, each with its own bytes.
pub(crate) fn parts<'a>(cell: &TextCell<'a>) -> Vec<TextCell<'a>> {
    let mut start = cell.span.start;
    let found = cell.text.split('/').map(|part| {
        let span = start..start + part.len();
        start = span.end + 1;
        TextCell { text: part.trim(), span }
    });
    found.collect()
}

/// Whether a row is of commas alone, as spreadsheets leave them where rows were emptied.
pub(crate) fn is_blank(cells: &[TextCell<'_>]) -> bool {
    cells.iter().all(|cell| cell.text.is_empty())
}

/// The first quotation mark that neither opens nor closes a cell nor stands doubled inside one, and what is wrong with it.
pub(crate) fn stray_quote(text: &str) -> Option<(Range<usize>, String)> {
    let bytes = text.as_bytes();
    let (mut at, mut is_start) = (if text.starts_with('\u{feff}') { 3 } else { 0 }, true);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' if is_start => {
                let Some(closed) = closing_quote(bytes, at + 1) else {
                    return Some((
                        at..at + 1,
                        "found a quotation mark that is never closed, expected a second".to_owned(),
                    ));
                };
                at = closed + 1;
                if !matches!(bytes.get(at), None | Some(b',' | b'\r' | b'\n')) {
                    let why = "found more after a closing quotation mark, expected the cell to end there";
                    return Some((at - 1..at, why.to_owned()));
                }
                is_start = false;
                continue;
            }
            b'"' => {
                let why = "found a quotation mark inside a cell that does not begin with one, expected none";
                return Some((at..at + 1, why.to_owned()));
            }
            other => is_start = matches!(other, b',' | b'\r' | b'\n'),
        }
        at += 1;
    }
    None
}

/// Where the cell that was opened before `from` closes; a doubled quotation mark is one of its text.
fn closing_quote(bytes: &[u8], mut from: usize) -> Option<usize> {
    loop {
        let at = from + bytes.get(from..)?.iter().position(|byte| *byte == b'"')?;
        if bytes.get(at + 1) != Some(&b'"') {
            return Some(at);
        }
        from = at + 2;
    }
}

/// What to do about a quotation mark out of place.
pub(crate) const QUOTE_HINT: &str =
    "a cell with a comma or a quotation mark in it stands between two, and each inside it is written twice";

/// The byte that a position stands at.
pub(crate) fn byte(position: &csv::Position) -> usize {
    usize::try_from(position.byte()).unwrap_or(usize::MAX)
}

/// The bytes of each cell of the record between `start` and `end`, without quotation marks and outer spaces.
pub(crate) fn cell_spans(text: &str, start: usize, end: usize) -> Vec<Range<usize>> {
    let end = end.min(text.len());
    let lead = text[start..end].len() - text[start..end].trim_start_matches(['\r', '\n', '\u{feff}']).len();
    let mut spans = Vec::new();
    let (mut from, mut quoted) = (start + lead, false);
    for (at, character) in text[from..end].bytes().enumerate().map(|(offset, byte)| (start + lead + offset, byte)) {
        match character {
            b'"' => quoted = !quoted,
            b',' if !quoted => {
                spans.push(bare(text, from..at));
                from = at + 1;
            }
            b'\r' | b'\n' if !quoted => {
                spans.push(bare(text, from..at));
                return spans;
            }
            _ => {}
        }
    }
    spans.push(bare(text, from..end));
    spans
}

fn bare(text: &str, span: Range<usize>) -> Range<usize> {
    let cell = &text[span.clone()];
    let inner = cell.trim().strip_prefix('"').map_or(cell, |rest| rest.strip_suffix('"').unwrap_or(rest)).trim();
    let offset = inner.as_ptr() as usize - text.as_ptr() as usize;
    offset..offset + inner.len()
}

/// Text in quotation marks, cut when it is long.
pub(crate) fn shorten(text: &str) -> String {
    if text.chars().count() <= 60 {
        return format!("{text:?}");
    }
    let cut: String = text.chars().take(57).collect();
    format!("{:?}", cut + "...")
}
