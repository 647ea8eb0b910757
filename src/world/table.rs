//! The rows of the CSV files, as typed, checked cell by cell.

use super::cells::{QUOTE_HINT, TextCell, byte, cell_spans, is_blank, parts, shorten, stray_quote};
use super::folder::{FITTED, TextFile};
use super::parts::{Confidence, Figure, Source};
use crate::conditions::{Axis, Condition, Spec};
use crate::diagnostics::{Diagnostic, Diagnostics, did_you_mean, printable};
use crate::domain::Kind;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The columns, in the order in which they are documented.
const COLUMNS: [&str; 9] = ["condition", "region", "of", "value", "unit", "period", "source", "confidence", "note"];
/// Stands for every place of an axis that has no more specific row.
const ALL: &str = "all";
/// Further mistakes of one file are counted, not listed.
const MOST_MISTAKES: usize = 200;

/// What rows may refer to; `None` when it is not known, because the file that says so is itself wrong.
pub(super) struct Names<'a> {
    pub regions: Option<Vec<&'a str>>,
    pub sources: Option<&'a BTreeMap<String, Source>>,
}

/// A row as meant.
pub(super) struct FigureRow {
    pub condition: Condition,
    /// For each axis the index it is for, or `None` for all of them.
    pub pattern: Vec<Option<usize>>,
    pub value: f64,
    /// Whether a calibration has set it: it then stands for rows that name as much.
    pub is_fitted: bool,
    pub figure: Figure,
    /// The file as mistakes show it.
    pub shown: String,
    /// The bytes of the value.
    pub span: Range<usize>,
}

/// The rows of all files.
#[derive(Default)]
pub(super) struct FigureRows {
    pub list: Vec<FigureRow>,
    /// Whether every row could be understood, so that a number without a row is really missing.
    pub unplaced: Unplaced,
    /// Names of regions that there are none of; each is a mistake once, not in every row.
    unknown_regions: BTreeSet<String>,
}

/// Conditions of which a row could not be placed.
#[derive(Default)]
pub(super) struct Unplaced {
    conditions: Vec<Condition>,
    whole_files: usize,
}

impl Unplaced {
    /// Whether a missing number of this condition may be due to a mistake already reported.
    pub(super) fn may_explain(&self, condition: Condition) -> bool {
        self.whole_files > 0 || self.conditions.contains(&condition)
    }
}

/// Reads every CSV file. Rows with a mistake in value, unit, source, period or confidence still count as
/// present, so that one mistake is reported once.
pub(super) fn read_all(files: &[TextFile], names: &Names<'_>, mistakes: &mut Diagnostics) -> FigureRows {
    let mut rows = FigureRows::default();
    // What stands in a file that could not be read is not missing.
    rows.unplaced.whole_files = mistakes.list().iter().filter(|mistake| mistake.file.ends_with(".csv")).count();
    for file in files.iter().filter(|file| file.name.ends_with(".csv")) {
        let mut reader = TableReader { file, names, found: Vec::new(), rows: &mut rows };
        reader.read();
        let left = reader.found.len().saturating_sub(MOST_MISTAKES);
        for mistake in reader.found.drain(..).take(MOST_MISTAKES) {
            mistakes.add(mistake);
        }
        if left > 0 {
            let message = format!("{left} further mistakes in this file are not listed");
            mistakes.add(Diagnostic { file: file.shown.clone(), span: None, key: String::new(), message, hint: None });
        }
    }
    rows
}

struct TableReader<'a, 'b> {
    file: &'a TextFile,
    names: &'a Names<'a>,
    found: Vec<Diagnostic>,
    rows: &'b mut FigureRows,
}

/// One line of the file.
struct Line<'a> {
    cells: Vec<TextCell<'a>>,
    number: usize,
    span: Range<usize>,
}

impl TableReader<'_, '_> {
    fn read(&mut self) {
        if let Some((place, why)) = stray_quote(&self.file.text) {
            self.rows.unplaced.whole_files += 1;
            self.mistake(place, "", why, Some(QUOTE_HINT.to_owned()));
            return;
        }
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(self.file.text.as_bytes());
        let mut record = csv::StringRecord::new();
        let mut columns: Option<[usize; 9]> = None;
        let (mut line, mut counted) = (1, 0);
        loop {
            let start = byte(reader.position());
            match reader.read_record(&mut record) {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => {
                    self.rows.unplaced.whole_files += 1;
                    self.mistake(start..start, "", format!("the file cannot be read further: {error}"), None);
                    return;
                }
            }
            let spans = cell_spans(&self.file.text, start, byte(reader.position()));
            let first = spans.first().map_or(start, |span| span.start);
            line += self.file.text[counted..first].matches('\n').count();
            counted = first;
            let last = spans.last().map_or(first, |span| span.end);
            let cells = record.iter().zip(spans).map(|(text, span)| TextCell { text: text.trim(), span }).collect();
            let read = Line { cells, number: line, span: first..last };
            if is_blank(&read.cells) {
                continue;
            }
            match &columns {
                Some(columns) => self.read_row(&read, columns),
                None => match self.read_head(&read) {
                    Some(found) => columns = Some(found),
                    None => {
                        self.rows.unplaced.whole_files += 1;
                        return;
                    }
                },
            }
        }
        if columns.is_none() {
            self.rows.unplaced.whole_files += 1;
            self.mistake(0..0, "", format!("found an empty file, expected the columns {}", COLUMNS.join(",")), None);
        }
    }

    fn mistake(&mut self, span: Range<usize>, key: &str, message: String, hint: Option<String>) {
        self.found.push(Diagnostic {
            file: self.file.shown.clone(),
            span: Some(span),
            key: key.to_owned(),
            message,
            hint,
        });
    }

    /// The place of each known column, when every one is there once and there are no others.
    fn read_head(&mut self, line: &Line<'_>) -> Option<[usize; 9]> {
        let before = self.found.len();
        let mut places = [None; 9];
        for (index, cell) in line.cells.iter().enumerate() {
            match COLUMNS.iter().position(|column| *column == cell.text) {
                Some(column) if places[column].is_none() => places[column] = Some(index),
                Some(_) => self.mistake(
                    cell.span.clone(),
                    "",
                    format!("found the column {:?} twice, expected it once", cell.text),
                    None,
                ),
                None => {
                    let message =
                        format!("found the column {}, expected one of {}", shorten(cell.text), COLUMNS.join(","));
                    self.mistake(cell.span.clone(), "", message, did_you_mean(cell.text, COLUMNS));
                }
            }
        }
        for (column, place) in COLUMNS.iter().zip(places) {
            if place.is_none() {
                self.mistake(
                    line.span.clone(),
                    "",
                    format!("found no column {column:?}, expected {}", COLUMNS.join(",")),
                    None,
                );
            }
        }
        (self.found.len() == before).then(|| places.map(Option::unwrap_or_default))
    }

    fn read_row(&mut self, line: &Line<'_>, columns: &[usize; 9]) {
        if line.cells.len() != COLUMNS.len() {
            self.rows.unplaced.whole_files += 1;
            let hint = (line.cells.len() > COLUMNS.len())
                .then(|| "a cell that contains a comma needs quotation marks".to_owned());
            self.mistake(
                line.span.clone(),
                "",
                format!("found {} cells, expected {}", line.cells.len(), COLUMNS.len()),
                hint,
            );
            return;
        }
        let cells = columns.map(|column| line.cells[column].clone());
        let [condition, region, of, value, unit, period, source, confidence, note] = &cells;
        let Some(known) = self.condition(condition) else { return };
        let spec = known.spec();
        for cell in &cells {
            if printable(cell.text) != cell.text {
                let message = format!("found {}, expected no control characters", shorten(cell.text));
                self.mistake(cell.span.clone(), spec.name, message, None);
            }
        }
        let pattern = self.pattern(spec, region, of);
        let number = self.value(spec, value, unit);
        self.source(spec, source);
        if period.text.is_empty() {
            self.mistake(
                period.span.clone(),
                spec.name,
                "found no period, expected one such as \"2023/24\"".to_owned(),
                None,
            );
        }
        let sure = self.confidence(spec, confidence);
        let Some(pattern) = pattern else {
            self.rows.unplaced.conditions.push(known);
            return;
        };
        self.rows.list.push(FigureRow {
            condition: known,
            pattern,
            value: number.unwrap_or(f64::NAN),
            is_fitted: self.file.name == FITTED,
            figure: Figure {
                source: source.text.to_owned(),
                period: period.text.to_owned(),
                confidence: sure.unwrap_or(Confidence::Assumption),
                note: note.text.to_owned(),
                file: self.file.name.clone(),
                line: line.number,
            },
            shown: self.file.shown.clone(),
            span: value.span.clone(),
        });
    }

    fn condition(&mut self, cell: &TextCell<'_>) -> Option<Condition> {
        let known = Condition::named(cell.text);
        if known.is_none() {
            // The row may have been meant for any condition.
            self.rows.unplaced.whole_files += 1;
            let hint = did_you_mean(cell.text, Condition::all().map(|condition| condition.spec().name));
            self.mistake(
                cell.span.clone(),
                "",
                format!("found {}, expected the name of a condition", shorten(cell.text)),
                hint,
            );
        }
        known
    }

    fn pattern(&mut self, spec: &Spec, region: &TextCell<'_>, of: &TextCell<'_>) -> Option<Vec<Option<usize>>> {
        let others = spec.axes.iter().filter(|axis| **axis != Axis::Region).count();
        let parts: Vec<TextCell<'_>> = if others == 0 && of.text.is_empty() { Vec::new() } else { parts(of) };
        if parts.len() != others {
            let names: Vec<&str> =
                spec.axes.iter().filter(|axis| **axis != Axis::Region).map(|axis| axis.in_words()).collect();
            let expected = if others == 0 { "nothing".to_owned() } else { names.join("/") };
            self.mistake(of.span.clone(), spec.name, format!("found {}, expected {expected}", shorten(of.text)), None);
        }
        let region_at = if spec.axes.contains(&Axis::Region) {
            self.place(spec, Axis::Region, region)
        } else {
            if region.text != ALL {
                let message =
                    format!("found {}, expected \"all\": this condition has no regions", shorten(region.text));
                self.mistake(region.span.clone(), spec.name, message, None);
            }
            Some(None)
        };
        let axes = spec.axes.iter().copied().filter(|axis| *axis != Axis::Region);
        let of_at: Vec<Option<Option<usize>>> =
            axes.zip(&parts).map(|(axis, part)| self.place(spec, axis, part)).collect();
        if of_at.len() != others {
            return None;
        }
        let mut of_at = of_at.into_iter();
        spec.axes.iter().map(|axis| if *axis == Axis::Region { region_at } else { of_at.next()? }).collect()
    }

    /// The index that a name stands for; `Some(None)` for all.
    fn place(&mut self, spec: &Spec, axis: Axis, cell: &TextCell<'_>) -> Option<Option<usize>> {
        if cell.text == ALL {
            return Some(None);
        }
        let known = axis.names().or_else(|| self.names.regions.clone())?;
        let index = known.iter().position(|name| *name == cell.text);
        let said = index.is_none() && axis.names().is_none() && !self.rows.unknown_regions.insert(cell.text.to_owned());
        if index.is_none() && !said {
            let listed = known.len() <= 12;
            let expected =
                if listed { format!("all, {}", known.join(", ")) } else { "all or the name of a region".to_owned() };
            let message = format!("found {}, expected {expected}", shorten(cell.text));
            self.mistake(cell.span.clone(), spec.name, message, did_you_mean(cell.text, known));
        }
        index.map(Some)
    }

    fn value(&mut self, spec: &Spec, value: &TextCell<'_>, unit: &TextCell<'_>) -> Option<f64> {
        let percent = unit.text == "percent" && ["share", "probability"].contains(&spec.unit);
        if unit.text != spec.unit && !percent {
            let message = format!("found the unit {}, expected {:?}", shorten(unit.text), spec.unit);
            self.mistake(unit.span.clone(), spec.name, message, None);
            return None;
        }
        let Some(number) = value.text.parse::<f64>().ok().filter(|number| number.is_finite()) else {
            let message = format!("found {}, expected a number", shorten(value.text));
            self.mistake(value.span.clone(), spec.name, message, None);
            return None;
        };
        let (number, lowest, highest) = if percent {
            (number / 100.0, spec.lowest * 100.0, spec.highest * 100.0)
        } else {
            (number, spec.lowest, spec.highest)
        };
        if !(spec.lowest..=spec.highest).contains(&number) {
            let message = format!("found {}, expected {lowest} to {highest} ({})", value.text, unit.text);
            self.mistake(value.span.clone(), spec.name, message, None);
            return None;
        }
        Some(number)
    }

    fn source(&mut self, spec: &Spec, cell: &TextCell<'_>) {
        if cell.text.is_empty() {
            let message = "found no source, expected a key of sources.toml".to_owned();
            let hint = Some("a figure that nobody published has the source \"assumption\"".to_owned());
            self.mistake(cell.span.clone(), spec.name, message, hint);
            return;
        }
        let Some(sources) = self.names.sources else { return };
        if !sources.contains_key(cell.text) {
            let hint = did_you_mean(cell.text, sources.keys().map(String::as_str));
            self.mistake(
                cell.span.clone(),
                spec.name,
                format!("found {}, expected a key of sources.toml", shorten(cell.text)),
                hint,
            );
        }
    }

    fn confidence(&mut self, spec: &Spec, cell: &TextCell<'_>) -> Option<Confidence> {
        let known = Confidence::named(cell.text);
        if known.is_none() {
            let names = Confidence::names();
            let message = format!("found {}, expected one of {}", shorten(cell.text), names.join(", "));
            self.mistake(cell.span.clone(), spec.name, message, did_you_mean(cell.text, names));
        }
        known
    }
}
