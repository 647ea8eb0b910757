//! Reads typed tables key by key and notes every mistake on the way.
//!
//! A wrong key never stops the reading: the getter notes the mistake, answers `None`, and the next key
//! is read. A value built from a table is only used when nothing was noted. The keys that are asked for
//! are the keys that exist; [`TableReader::finish`] refuses all others.

use super::collector::Collector;
use super::schema::{KeyType, Need, SchemaKey};
use super::suggestions::{month_hint, number_hint};
use super::value::{Entries, Span, Value};
use super::words::{closest, name_hint, quoted, shortened};
use crate::calendar::Month;
use std::ops::RangeInclusive;

/// What is read where nothing was typed.
static NOTHING: Entries = Entries::new();

/// A typed table being read.
#[derive(Debug)]
pub struct TableReader<'a> {
    entries: &'a Entries,
    span: &'a Span,
    path: String,
    asked: Vec<&'static str>,
    refused: Vec<&'static str>,
    collector: &'a mut Collector,
}

impl<'a> TableReader<'a> {
    /// A table to read; `path` is its dotted key, empty for a whole file.
    pub fn new(entries: &'a Entries, span: &'a Span, path: String, collector: &'a mut Collector) -> Self {
        Self { entries, span, path, asked: Vec::new(), refused: Vec::new(), collector }
    }

    /// The keys asked for so far.
    #[must_use]
    pub fn asked(&self) -> &[&'static str] {
        &self.asked
    }

    /// Whether a key was typed.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.entries.contains_key(key)
    }

    /// Whether a key was typed and read, and its value can stand.
    #[must_use]
    pub fn can_stand(&self, key: &str) -> bool {
        self.has(key) && self.asked.contains(&key) && !self.refused.contains(&key)
    }

    /// The value of a key as typed.
    pub fn value(&mut self, key: &'static str) -> Option<&'a Value> {
        if !self.asked.contains(&key) {
            self.asked.push(key);
        }
        self.entries.get(key).map(|entry| &entry.value)
    }

    /// Takes down what a key may hold.
    fn record(&mut self, key: &'static str, holds: impl FnOnce() -> KeyType) {
        if let Some(schema) = self.collector.schema_mut() {
            schema.keys.push(SchemaKey { table: self.path.clone(), name: key, holds: holds() });
        }
    }

    fn record_need(&mut self, keys: &[&'static str]) {
        if let Some(schema) = self.collector.schema_mut() {
            schema.needs.push(Need { table: self.path.clone(), keys: keys.to_vec() });
        }
    }

    /// Takes down that a key may also be blank or an empty list.
    pub fn allows_nothing(&mut self, key: &'static str) {
        if let Some(schema) = self.collector.schema_mut() {
            schema.blank.push((self.path.clone(), key));
        }
    }

    /// Notes a key that has to be there and is not.
    pub fn needs(&mut self, key: &'static str) {
        self.record_need(&[key]);
        if !self.has(key) {
            self.miss(key, format!("found no key `{key}`, expected one"));
        }
    }

    /// Notes that one of several keys has to be there and none is.
    pub fn needs_one_of(&mut self, keys: &[&'static str]) {
        self.record_need(keys);
        if let Some(first) = keys.first().filter(|_| keys.iter().all(|key| !self.has(key))) {
            self.miss(first, format!("found {}, expected one of them", none_of(keys)));
        }
    }

    fn miss(&mut self, key: &str, message: String) {
        let path = self.path_of(key);
        self.collector.miss(self.span, &path, message);
    }

    /// Notes a mistake at the value of a key (at the table if the key was not typed), which cannot stand then.
    pub fn note(&mut self, key: &'static str, message: String, hint: Option<String>) {
        let path = self.path_of(key);
        let span = self.entries.get(key).map_or(self.span, |entry| &entry.value.span);
        self.collector.note(span, &path, message, hint);
        self.refused.push(key);
    }

    /// The items of a list, none if there is none.
    #[must_use]
    pub fn items(&self, key: &str) -> &'a [Value] {
        self.entries.get(key).and_then(|entry| entry.value.as_list()).unwrap_or_default()
    }

    /// Notes a mistake at a key within an item of a list of tables (at the item if the key was not typed or is empty).
    pub fn note_item(&mut self, list: &str, at: usize, key: &str, message: String, hint: Option<String>) {
        let path = join(&format!("{}[{at}]", self.path_of(list)), key);
        let item = self.items(list).get(at);
        let typed = item.and_then(Value::as_table).and_then(|entries| entries.get(key));
        let span = typed.map(|entry| &entry.value).or(item).map_or(self.span, |typed| &typed.span);
        self.collector.note(span, &path, message, hint);
    }

    /// Notes every key that was typed and never asked for.
    pub fn finish(self) {
        for (key, entry) in self.entries {
            if !self.asked.contains(&key.as_str()) && !self.collector.is_full() {
                let hint =
                    closest(key, &self.asked).or_else(|| Some(format!("the keys here are: {}", self.asked.join(", "))));
                let path = join(&self.path, shortened(key));
                self.collector.note(
                    &entry.key_span,
                    &path,
                    format!("found an unknown key {}, expected a known one", quoted(key)),
                    hint,
                );
            }
        }
    }

    /// Some text that is not blank.
    pub fn text(&mut self, key: &'static str) -> Option<String> {
        self.record(key, || KeyType::Text);
        let typed = self.value(key)?;
        let text = typed.as_text().map(str::trim).filter(|text| !text.is_empty());
        self.or_wrong(key, typed, text.map(str::to_owned), "some text in quotes", None)
    }

    /// A number in a range, whole or not.
    pub fn number(&mut self, key: &'static str, range: RangeInclusive<f64>) -> Option<f64> {
        self.record(key, || KeyType::Number(*range.start(), *range.end()));
        let typed = self.value(key)?;
        // Adding zero turns -0 into 0, which prints and compares alike everywhere.
        let number = typed.as_number().filter(|number| range.contains(number)).map(|number| number + 0.0);
        let hint = number_hint(key, typed, |number| range.contains(&number));
        self.or_wrong(key, typed, number, &format!("a number from {} to {}", range.start(), range.end()), hint)
    }

    /// A whole number in a range.
    pub fn whole(&mut self, key: &'static str, range: RangeInclusive<i64>) -> Option<i64> {
        let (lowest, highest) = (*range.start(), *range.end());
        self.record(key, || KeyType::Whole(lowest, highest));
        let typed = self.value(key)?;
        let number = typed.as_whole().filter(|number| range.contains(number));
        let is_in_range =
            |number: f64| number.fract().abs() <= 0.0 && (lowest as f64..=highest as f64).contains(&number);
        let hint = number_hint(key, typed, is_in_range);
        self.or_wrong(key, typed, number, &format!("a whole number from {lowest} to {highest}"), hint)
    }

    /// A month such as "2026-09".
    pub fn month(&mut self, key: &'static str) -> Option<Month> {
        self.record(key, || KeyType::Month);
        let typed = self.value(key)?;
        let month = typed.as_text().and_then(|text| text.parse().ok());
        self.or_wrong(
            key,
            typed,
            month,
            "a month such as \"2026-09\", from \"1900-01\" to \"2199-12\"",
            month_hint(typed),
        )
    }

    /// One name out of a known list, as its index.
    pub fn name(&mut self, key: &'static str, noun: &str, known: &[&str]) -> Option<usize> {
        self.record(key, || KeyType::Name(known.iter().map(|name| (*name).to_owned()).collect()));
        let typed = self.value(key)?;
        let text = typed.as_text();
        let index = text.and_then(|text| known.iter().position(|name| *name == text));
        let hint = name_hint(text, known);
        self.or_wrong(key, typed, index, &format!("the name of {noun}"), hint)
    }

    /// A list of different names out of a known list, as their sorted indexes.
    pub fn names(&mut self, key: &'static str, noun: &str, known: &[&str]) -> Option<Vec<usize>> {
        self.record(key, || KeyType::Names(known.iter().map(|name| (*name).to_owned()).collect()));
        let typed = self.value(key)?;
        let Some(items) = typed.as_list().filter(|items| !items.is_empty()) else {
            // Only a name that will be taken is worth its brackets.
            let hint = match typed.as_text() {
                Some(text) if known.contains(&text) => Some(format!("write [{}]", quoted(text))),
                text => name_hint(text, known),
            };
            return self.or_wrong(key, typed, None, &format!("a list with the name of {noun} or more"), hint);
        };
        let mut indexes = Vec::new();
        for (at, item) in items.iter().enumerate() {
            let path = format!("{}[{at}]", self.path_of(key));
            let text = item.as_text();
            match text.and_then(|text| known.iter().position(|name| *name == text)) {
                Some(index) if indexes.contains(&index) => {
                    self.collector.note(
                        &item.span,
                        &path,
                        format!("found {} twice, expected it once", item.described()),
                        None,
                    );
                }
                Some(index) => indexes.push(index),
                None => {
                    let hint = name_hint(text, known);
                    let message = format!("found {}, expected the name of {noun}", item.described());
                    self.collector.note(&item.span, &path, message, hint);
                }
            }
        }
        indexes.sort_unstable();
        if indexes.len() < items.len() {
            self.refused.push(key);
            return None;
        }
        Some(indexes)
    }

    /// A first and a last number, both within a range.
    pub fn span(&mut self, key: &'static str, lowest: u16, highest: u16) -> Option<(u16, u16)> {
        self.record(key, || KeyType::Span(lowest, highest));
        let typed = self.value(key)?;
        let ends: Option<Vec<u16>> = typed.as_list().and_then(|items| {
            items.iter().map(|item| item.as_whole().and_then(|whole| u16::try_from(whole).ok())).collect()
        });
        let pair = ends.and_then(|ends| if let [first, last] = ends[..] { Some((first, last)) } else { None });
        let pair = pair.filter(|(first, last)| lowest <= *first && first <= last && *last <= highest);
        self.or_wrong(
            key,
            typed,
            pair,
            &format!("a first and a last whole number from {lowest} to {highest}, such as [{lowest}, {highest}]"),
            None,
        )
    }

    /// A table within this one.
    pub fn table(&mut self, key: &'static str) -> Option<TableReader<'_>> {
        self.record(key, || KeyType::Table);
        let path = self.path_of(key);
        let Some(typed) = self.value(key) else {
            let reads_on = self.collector.schema().is_some();
            return reads_on.then(|| TableReader::new(&NOTHING, self.span, path, self.collector));
        };
        match typed.as_table() {
            Some(entries) => Some(TableReader::new(entries, &typed.span, path, self.collector)),
            None => {
                let heading: String =
                    path.split('.').map(|part| part.split('[').next().unwrap_or(part)).collect::<Vec<_>>().join(".");
                self.or_wrong(key, typed, None, "a table", Some(format!("write [{heading}]")))
            }
        }
    }

    /// Reads each table of a list of tables, such as `[[levers.adjust]]`.
    pub fn each<T>(&mut self, key: &'static str, mut read: impl FnMut(TableReader<'_>) -> Option<T>) -> Vec<T> {
        self.record(key, || KeyType::Tables);
        let path = self.path_of(key);
        let Some(typed) = self.value(key) else {
            if self.collector.schema().is_some() {
                read(TableReader::new(&NOTHING, self.span, format!("{path}[0]"), self.collector));
            }
            return Vec::new();
        };
        let hint = || Some(format!("write [[{path}]]"));
        let Some(items) = typed.as_list() else {
            self.or_wrong::<()>(key, typed, None, "a list of tables", hint());
            return Vec::new();
        };
        let mut values = Vec::new();
        for (at, item) in items.iter().enumerate() {
            let item_path = format!("{path}[{at}]");
            if let Some(entries) = item.as_table() {
                values.extend(read(TableReader::new(entries, &item.span, item_path, self.collector)));
            } else {
                self.collector.note(
                    &item.span,
                    &item_path,
                    format!("found {}, expected a table", item.described()),
                    hint(),
                );
            }
        }
        values
    }

    fn or_wrong<T>(
        &mut self,
        key: &'static str,
        typed: &Value,
        value: Option<T>,
        expected: &str,
        hint: Option<String>,
    ) -> Option<T> {
        if value.is_none() {
            self.note(key, format!("found {}, expected {expected}", typed.described()), hint);
        }
        value
    }

    fn path_of(&self, key: &str) -> String {
        join(&self.path, key)
    }
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() || key.is_empty() { format!("{path}{key}") } else { format!("{path}.{key}") }
}

/// That none of some keys is there, in words.
fn none_of(keys: &[&str]) -> String {
    match keys {
        [one, other] => format!("neither `{one}` nor `{other}`"),
        [first @ .., last] => {
            let first: Vec<String> = first.iter().map(|key| format!("`{key}`")).collect();
            format!("none of {} and `{last}`", first.join(", "))
        }
        [] => String::new(),
    }
}
