//! Writing to stdout (data) and stderr (status), and how times and memory are written for people.

use crate::diagnostics::printable;
pub(super) use crate::text::brief::{brief, count, number};
use crate::text::layout::wrapped;
use comfy_table::{ColumnConstraint, ContentArrangement, Table, presets};
use std::borrow::Cow;
use std::io::{self, IsTerminal, Write};

/// Widest line of a table when stdout is not a terminal (characters).
const WIDTH_ELSEWHERE: u16 = 140;
/// The least width that `COLUMNS` is heard for: names of measures have no room on less.
const LEAST_WIDTH: u16 = 40;

/// Text with everything written out that could drive the terminal; lines and tabs stay.
fn harmless(text: &str) -> Cow<'_, str> {
    let is_plain = |character: char| matches!(character, '\n' | '\t') || printable_character(character);
    if text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let written = |character: char| {
        if matches!(character, '\n' | '\t') {
            character.to_string()
        } else {
            printable(character.encode_utf8(&mut [0; 4]))
        }
    };
    Cow::Owned(text.chars().map(written).collect())
}

fn printable_character(character: char) -> bool {
    printable(character.encode_utf8(&mut [0; 4])).starts_with(character)
}

/// Writes data to stdout.
///
/// # Errors
/// When it cannot be written, as when the pipe is closed.
pub(super) fn data(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(harmless(text).as_bytes()).and_then(|()| out.flush())
}

/// Writes a line to stderr, if anybody can hear it.
pub(super) fn status(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", harmless(line));
}

/// Writes a remark to stderr, within the terminal there or `COLUMNS`; elsewhere on one line, so that it can be searched for.
pub(super) fn remark(text: &str) {
    let terminal = || terminal_size::terminal_size_of(io::stderr()).map(|(width, _)| width.0);
    match asked_width().or_else(terminal) {
        Some(width) => status(&wrapped(text, usize::from(width))),
        None => status(text),
    }
}

/// Whether stderr is a terminal, so that a bar can be drawn on it.
pub(super) fn can_draw() -> bool {
    io::stderr().is_terminal()
}

/// How wide the terminal on stdout is (characters), if it is one.
pub(super) fn width() -> Option<u16> {
    terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| width.0)
}

/// How wide a table may be (characters): as the terminal, or as `COLUMNS` says when stdout is none, or as usual.
pub(super) fn width_or_usual() -> u16 {
    width().or_else(asked_width).unwrap_or(WIDTH_ELSEWHERE)
}

/// The width that `COLUMNS` asks for.
fn asked_width() -> Option<u16> {
    std::env::var("COLUMNS").ok()?.parse().ok().filter(|columns| *columns >= LEAST_WIDTH)
}

/// An empty table without lines, as wide as the terminal at most.
pub(super) fn plain_table() -> Table {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic).set_width(width_or_usual());
    table
}

/// A table as text without trailing blanks; what stands first in a line is never broken.
pub(super) fn rendered(table: &mut Table) -> String {
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    if let Some(names) = table.column_mut(0) {
        names.set_constraint(ColumnConstraint::ContentWidth);
    }
    table.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

/// A span of time in the units people use.
pub(super) fn duration(seconds: f64) -> String {
    if seconds < 1.0 {
        "under a second".to_owned()
    } else if seconds < 9.95 {
        format!("{seconds:.1} seconds")
    } else if seconds < 90.0 {
        format!("{seconds:.0} seconds")
    } else if seconds < 90.0 * 60.0 {
        format!("{:.0} minutes", seconds / 60.0)
    } else if seconds < 48.0 * 3600.0 {
        format!("{:.1} hours", seconds / 3600.0)
    } else {
        format!("{:.0} days", seconds / 86400.0)
    }
}

/// An amount of memory (bytes) in the units people use.
pub(super) fn memory(bytes: u64) -> String {
    let mib = bytes >> 20;
    if mib < 2048 { format!("{} MiB", mib.max(1)) } else { format!("{} GiB", mib >> 10) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_is_said_can_drive_the_terminal() {
        assert_eq!(harmless("a\tb\nc é \u{1b}[31m\u{7}\u{202e}\r"), "a\tb\nc é \\u{1b}[31m\\u{7}\\u{202e}\\u{d}");
        assert!(matches!(harmless("plain ─ text\n"), Cow::Borrowed(_)));
    }

    #[test]
    fn durations_and_memory_are_in_fitting_units() {
        assert_eq!(duration(0.2), "under a second");
        assert_eq!(duration(100.0), "2 minutes");
        assert_eq!(memory(5 << 30), "5 GiB");
        assert_eq!(memory(10), "1 MiB");
    }
}
