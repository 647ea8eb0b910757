//! Markdown that people can read as it stands: lines of at most a hundred columns.

use crate::diagnostics::printable;

/// Widest line (characters).
const WIDEST: usize = 100;

/// A paragraph, broken into lines.
#[must_use]
pub fn paragraph(text: &str) -> String {
    wrapped("", "", text) + "\n"
}

/// An item of a list, its further lines set in.
#[must_use]
pub fn item(text: &str) -> String {
    wrapped("- ", "  ", text)
}

fn wrapped(first: &str, further: &str, text: &str) -> String {
    let mut lines = first.to_owned();
    let mut used = first.chars().count();
    let mut is_start = true;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if !is_start && used + 1 + length > WIDEST {
            lines.push('\n');
            lines += further;
            used = further.chars().count();
        } else if !is_start {
            lines.push(' ');
            used += 1;
        }
        lines += word;
        used += length;
        is_start = false;
    }
    lines + "\n"
}

/// A text of a file that holds no markup of its own.
#[must_use]
pub fn plain(text: &str) -> String {
    let mut plain = String::new();
    for letter in printable(text).chars() {
        if matches!(letter, '\\' | '|' | '[' | ']' | '`' | '*' | '_' | '#' | '!') {
            plain.push('\\');
        }
        plain.push(letter);
    }
    plain.replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_before_a_hundred_columns_and_items_are_set_in() {
        let text = item(&"word ".repeat(50));
        assert!(text.lines().all(|line| line.chars().count() <= WIDEST));
        assert!(text.starts_with("- word") && text.lines().nth(1).is_some_and(|line| line.starts_with("  word")));
        assert_eq!(paragraph("short"), "short\n\n");
    }

    #[test]
    fn texts_of_files_hold_no_markup() {
        assert_eq!(plain("a|b <i> [x](y)"), "a\\|b &lt;i> \\[x\\](y)");
    }
}
