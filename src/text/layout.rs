//! Tables and notes within a width: nothing breaks inside a word or a number, and nothing is left out.

use comfy_table::{ContentArrangement, Row, Table};

/// A table in so many characters: with columns if they fit, else row by row: the first `names` cells on a line, the others beneath, each
/// with the name of its column.
pub(crate) fn fitted(table: &mut Table, names: usize, width: Option<u16>) -> String {
    table.set_content_arrangement(ContentArrangement::Disabled);
    let columns = table.trim_fmt();
    let Some(width) = width.map(usize::from) else { return columns };
    if columns.lines().all(|line| line.chars().count() <= width) {
        return columns;
    }
    let texts = |row: &Row| row.cell_iter().map(comfy_table::Cell::content).collect::<Vec<String>>();
    let head = table.header().map(texts).unwrap_or_default();
    let mut lines = Vec::new();
    for row in table.row_iter().map(texts) {
        let (name, rest) = row.split_at(names.min(row.len()));
        let name: Vec<&str> = name.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
        if !name.is_empty() {
            lines.push(wrapped(&name.join(", "), width));
        }
        let cells = head.iter().skip(names).zip(rest).filter(|(_, cell)| !cell.is_empty());
        let parts: Vec<String> = cells.map(|(head, cell)| format!("{head} {cell}").trim().to_owned()).collect();
        lines.push(laid(&parts, width));
    }
    lines.join("\n")
}

/// Parts after one another, a new line where one does not fit.
fn laid(parts: &[String], width: usize) -> String {
    let mut lines: Vec<String> = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        let part = if at + 1 < parts.len() { format!("{part},") } else { part.clone() };
        match lines.last_mut().filter(|line| line.chars().count() + 1 + part.chars().count() <= width) {
            Some(line) => *line += &format!(" {part}"),
            None => lines.push(format!("  {part}")),
        }
    }
    lines.iter().map(|line| wrapped(line, width)).collect::<Vec<_>>().join("\n")
}

/// The lines of a text, each broken between words where it is too long, as far in as it begins.
pub(crate) fn wrapped(text: &str, width: usize) -> String {
    let line = |line: &str| {
        if line.chars().count() <= width {
            return line.to_owned();
        }
        let indent = " ".repeat(line.len() - line.trim_start().len());
        let mut lines = vec![indent.clone()];
        for word in line.split_whitespace() {
            let last = lines.len() - 1;
            let is_empty = lines[last].len() == indent.len();
            if is_empty {
                lines[last] += word;
            } else if lines[last].chars().count() + 1 + word.chars().count() <= width {
                lines[last] += &format!(" {word}");
            } else {
                lines.push(format!("{indent}{word}"));
            }
        }
        lines.join("\n")
    };
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::effects_table::{new_table, right};
    use comfy_table::Cell;

    #[test]
    fn a_table_that_is_too_wide_is_stacked_and_breaks_no_word_or_number() {
        let mut table = new_table();
        table.set_header(["measure", "baseline", "95% interval", ""]);
        table.add_row([Cell::new("NEET rate, 16-24"), right("13.23%"), right("-0.52 to -0.32"), Cell::new("better")]);
        assert_eq!(fitted(&mut table, 1, None).lines().count(), 3);
        let stacked = fitted(&mut table, 1, Some(40));
        assert_eq!(stacked, "NEET rate, 16-24\n  baseline 13.23%,\n  95% interval -0.52 to -0.32, better");
        assert_eq!(wrapped("  one two three", 9), "  one two\n  three");
        assert_eq!(wrapped("indivisible", 4), "indivisible");
    }
}
