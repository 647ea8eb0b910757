//! The rows of a table beside a world's figures, each with the place of every cell.

use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::world::TextFile;
use crate::world::cells::{QUOTE_HINT, TextCell, byte, cell_spans, is_blank, stray_quote};
use std::ops::Range;

/// Hands on each row of a table with these columns that has as many cells; rows of commas alone are passed over, and what is wrong
/// is added to the mistakes.
pub(super) fn for_each_row<const COUNT: usize>(
    file: &TextFile,
    columns: [&str; COUNT],
    mistakes: &mut Diagnostics,
    mut read: impl FnMut(&[TextCell<'_>; COUNT], &mut Diagnostics),
) {
    if let Some((place, why)) = stray_quote(&file.text) {
        add(file, place, "", why, Some(QUOTE_HINT.to_owned()), mistakes);
        return;
    }
    let mut csv = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(file.text.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut is_head = true;
    loop {
        let start = byte(csv.position());
        match csv.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                add(file, start..start, "", format!("the file cannot be read further: {error}"), None, mistakes);
                return;
            }
        }
        let spans = cell_spans(&file.text, start, byte(csv.position()));
        let whole = spans.first().map_or(start, |span| span.start)..spans.last().map_or(start, |span| span.end);
        let cells: Vec<TextCell<'_>> =
            record.iter().zip(spans).map(|(text, span)| TextCell { text: text.trim(), span }).collect();
        if is_blank(&cells) {
            continue;
        }
        if is_head {
            is_head = false;
            if !cells.iter().map(|cell| cell.text).eq(columns) {
                add(file, whole, "", format!("found other columns, expected {}", columns.join(",")), None, mistakes);
                return;
            }
            continue;
        }
        let Ok(cells) = <[TextCell<'_>; COUNT]>::try_from(cells) else {
            let message = format!("found {} cells, expected {COUNT}", record.len());
            let hint = (record.len() > COUNT).then(|| "a cell with a comma needs quotation marks".to_owned());
            add(file, whole, "", message, hint, mistakes);
            continue;
        };
        read(&cells, mistakes);
    }
    if is_head {
        add(file, 0..0, "", format!("found an empty file, expected the columns {}", columns.join(",")), None, mistakes);
    }
}

/// Adds a mistake at its place.
pub(super) fn add(
    file: &TextFile,
    span: Range<usize>,
    key: &str,
    message: String,
    hint: Option<String>,
    mistakes: &mut Diagnostics,
) {
    mistakes.add(Diagnostic { file: file.shown.clone(), span: Some(span), key: key.to_owned(), message, hint });
}
