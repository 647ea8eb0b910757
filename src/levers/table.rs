//! Reads typed tables key by key and notes every mistake on the way.
//!
//! A wrong key never stops the reading: the getter notes the mistake, answers `None`, and the next key
//! is read. A value built from a table is only used when nothing was noted. The keys that are asked for
//! are the keys that exist; [`Table::finish`] refuses all others.

use super::shape::{Need, Shape, Shaped, Shapes};
use super::typed::{Entries, Node, Place, quoted, shortened};
use crate::calendar::Month;
use crate::diagnostics::{Diagnostic, did_you_mean};
use crate::domain::{Kind, MOST_REGIONS, Region};
use crate::world::World;
use std::fmt::Display;
use std::ops::RangeInclusive;

/// Diagnostics noted while reading.
#[derive(Debug, Default)]
pub struct Collector {
    /// Something typed that is wrong.
    pub wrong: Vec<Diagnostic>,
    /// Something needed that was not typed.
    pub missing: Vec<Diagnostic>,
    /// What is asked for, if it is taken down; tables that were not typed are then read as empty ones.
    pub shapes: Option<Shapes>,
}

/// What is read where nothing was typed.
static NOTHING: Entries = Entries::new();

impl Collector {
    /// Whether enough was noted that nobody will read more.
    #[must_use]
    pub fn is_full(&self) -> bool {
        const MOST_NOTED: usize = 1000;
        self.wrong.len() + self.missing.len() >= MOST_NOTED
    }

    /// Whether nothing was noted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.wrong.is_empty() && self.missing.is_empty()
    }

    /// Notes something wrong at a place.
    pub fn note(&mut self, place: &Place, key: &str, message: String, hint: Option<String>) {
        if !self.is_full() {
            self.wrong.push(mistake(place, key, message, hint));
        }
    }
}

fn mistake(place: &Place, key: &str, message: String, hint: Option<String>) -> Diagnostic {
    Diagnostic { file: place.file.to_string(), span: Some(place.span.clone()), key: key.to_owned(), message, hint }
}

/// A typed table being read.
#[derive(Debug)]
pub struct Table<'a> {
    entries: &'a Entries,
    place: &'a Place,
    path: String,
    asked: Vec<&'static str>,
    log: &'a mut Collector,
}

impl<'a> Table<'a> {
    /// A table to read; `path` is its dotted key, empty for a whole file.
    pub fn new(entries: &'a Entries, place: &'a Place, path: String, log: &'a mut Collector) -> Self {
        Self { entries, place, path, asked: Vec::new(), log }
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

    /// The value of a key as typed.
    pub fn node(&mut self, key: &'static str) -> Option<&'a Node> {
        if !self.asked.contains(&key) {
            self.asked.push(key);
        }
        self.entries.get(key).map(|entry| &entry.node)
    }

    /// Takes down what a key may hold.
    fn record(&mut self, key: &'static str, shape: impl FnOnce() -> Shape) {
        if let Some(shapes) = &mut self.log.shapes {
            shapes.keys.push(Shaped { table: self.path.clone(), key, shape: shape() });
        }
    }

    fn record_need(&mut self, keys: &[&'static str]) {
        if let Some(shapes) = &mut self.log.shapes {
            shapes.needs.push(Need { table: self.path.clone(), keys: keys.to_vec() });
        }
    }

    /// Takes down that a key may also be blank or an empty list.
    pub fn allows_nothing(&mut self, key: &'static str) {
        if let Some(shapes) = &mut self.log.shapes {
            shapes.blank.push((self.path.clone(), key));
        }
    }

    /// Notes a key that has to be there and is not.
    pub fn needs(&mut self, key: &'static str) {
        self.record_need(&[key]);
        if !self.has(key) {
            self.miss(key, format!("found no key `{key}`, expected one"));
        }
    }

    /// Notes that one of two keys has to be there and neither is.
    pub fn needs_either(&mut self, one: &'static str, other: &'static str) {
        self.needs_one_of(&[one, other], &format!("neither `{one}` nor `{other}`"));
    }

    /// Notes that one of several keys has to be there and none is; `none` says so in words.
    pub fn needs_one_of(&mut self, keys: &[&'static str], none: &str) {
        self.record_need(keys);
        if let Some(first) = keys.first().filter(|_| keys.iter().all(|key| !self.has(key))) {
            self.miss(first, format!("found {none}, expected one of them"));
        }
    }

    fn miss(&mut self, key: &str, message: String) {
        if !self.log.is_full() {
            let path = self.path_of(key);
            self.log.missing.push(mistake(self.place, &path, message, None));
        }
    }

    /// Notes a mistake at the value of a key (at the table if the key was not typed); always `None`.
    pub fn note<T>(&mut self, key: &str, message: String, hint: Option<String>) -> Option<T> {
        let path = self.path_of(key);
        let place = self.entries.get(key).map_or(self.place, |entry| &entry.node.place);
        self.log.note(place, &path, message, hint);
        None
    }

    /// The items of a list, none if there is none.
    #[must_use]
    pub fn items(&self, key: &str) -> &'a [Node] {
        self.entries.get(key).and_then(|entry| entry.node.as_list()).unwrap_or_default()
    }

    /// Notes a mistake at a key within an item of a list of tables (at the item if the key was not typed).
    pub fn note_item(&mut self, list: &str, at: usize, key: &str, message: String, hint: Option<String>) {
        let path = join(&format!("{}[{at}]", self.path_of(list)), key);
        let item = self.items(list).get(at);
        let typed = item.and_then(Node::as_table).and_then(|entries| entries.get(key));
        let place = typed.map(|entry| &entry.node).or(item).map_or(self.place, |node| &node.place);
        self.log.note(place, &path, message, hint);
    }

    /// Notes every key that was typed and never asked for.
    pub fn finish(self) {
        for (key, entry) in self.entries {
            if !self.asked.contains(&key.as_str()) && !self.log.is_full() {
                let hint =
                    closest(key, &self.asked).or_else(|| Some(format!("the keys here are: {}", self.asked.join(", "))));
                let path = join(&self.path, shortened(key));
                self.log.note(
                    &entry.key_place,
                    &path,
                    format!("found an unknown key {}, expected a known one", quoted(key)),
                    hint,
                );
            }
        }
    }

    /// Some text that is not blank.
    pub fn text(&mut self, key: &'static str) -> Option<String> {
        self.record(key, || Shape::Text);
        let node = self.node(key)?;
        let text = node.as_text().map(str::trim).filter(|text| !text.is_empty());
        self.or_wrong(key, node, text.map(str::to_owned), "some text in quotes", None)
    }

    /// A number in a range, whole or not.
    pub fn number(&mut self, key: &'static str, range: RangeInclusive<f64>) -> Option<f64> {
        self.record(key, || Shape::Number(*range.start(), *range.end()));
        let node = self.node(key)?;
        // Adding zero turns -0 into 0, which prints and compares alike everywhere.
        let number = node.as_number().filter(|number| range.contains(number)).map(|number| number + 0.0);
        self.or_wrong(key, node, number, &format!("a number from {} to {}", range.start(), range.end()), None)
    }

    /// A whole number in a range.
    pub fn whole<T>(&mut self, key: &'static str, lowest: T, highest: T) -> Option<T>
    where
        T: TryFrom<i64> + PartialOrd + Display + Copy,
    {
        let end = |end: T| end.to_string().parse().unwrap_or(i64::MAX);
        self.record(key, || Shape::Whole(end(lowest), end(highest)));
        let node = self.node(key)?;
        let number = node
            .as_whole()
            .and_then(|whole| T::try_from(whole).ok())
            .filter(|number| (lowest..=highest).contains(number));
        self.or_wrong(key, node, number, &format!("a whole number from {lowest} to {highest}"), None)
    }

    /// A month such as "2026-09".
    pub fn month(&mut self, key: &'static str) -> Option<Month> {
        self.record(key, || Shape::Month);
        let node = self.node(key)?;
        let month = node.as_text().and_then(|text| text.parse().ok());
        self.or_wrong(key, node, month, "a month such as \"2026-09\", from \"1900-01\" to \"2199-12\"", None)
    }

    /// One name out of a known list, as its index.
    pub fn name(&mut self, key: &'static str, noun: &str, known: &[&str]) -> Option<usize> {
        self.record(key, || Shape::Name(known.iter().map(|name| (*name).to_owned()).collect()));
        let node = self.node(key)?;
        let text = node.as_text();
        let index = text.and_then(|text| known.iter().position(|name| *name == text));
        let hint = name_hint(text, known);
        self.or_wrong(key, node, index, &format!("the name of {noun}"), hint)
    }

    /// A list of different names out of a known list, as their sorted indexes.
    pub fn names(&mut self, key: &'static str, noun: &str, known: &[&str]) -> Option<Vec<usize>> {
        self.record(key, || Shape::Names(known.iter().map(|name| (*name).to_owned()).collect()));
        let node = self.node(key)?;
        let Some(items) = node.as_list().filter(|items| !items.is_empty()) else {
            let hint = node.as_text().map(|text| format!("write [{}]", quoted(text)));
            return self.or_wrong(key, node, None, &format!("a list with the name of {noun} or more"), hint);
        };
        let mut indexes = Vec::new();
        for (at, item) in items.iter().enumerate() {
            let path = format!("{}[{at}]", self.path_of(key));
            let text = item.as_text();
            match text.and_then(|text| known.iter().position(|name| *name == text)) {
                Some(index) if indexes.contains(&index) => {
                    self.log.note(
                        &item.place,
                        &path,
                        format!("found {} twice, expected it once", item.described()),
                        None,
                    );
                }
                Some(index) => indexes.push(index),
                None => {
                    let hint = name_hint(text, known);
                    let message = format!("found {}, expected the name of {noun}", item.described());
                    self.log.note(&item.place, &path, message, hint);
                }
            }
        }
        indexes.sort_unstable();
        (indexes.len() == items.len()).then_some(indexes)
    }

    /// One kind out of a closed set.
    pub fn kind<K: Kind>(&mut self, key: &'static str, noun: &str) -> Option<K> {
        let index = self.name(key, noun, &K::names())?;
        Some(K::VARIANTS[index])
    }

    /// A list of different kinds, in index order.
    pub fn kinds<K: Kind>(&mut self, key: &'static str, noun: &str) -> Option<Vec<K>> {
        let indexes = self.names(key, noun, &K::names())?;
        Some(indexes.into_iter().map(|index| K::VARIANTS[index]).collect())
    }

    /// A list of different regions of the world, in index order.
    pub fn regions(&mut self, key: &'static str, world: &World) -> Option<Vec<Region>> {
        let known: Vec<&str> = world.regions.iter().map(|region| region.name.as_str()).collect();
        debug_assert!(known.len() <= MOST_REGIONS);
        let indexes = self.names(key, "a region", &known)?;
        indexes.into_iter().map(|index| u8::try_from(index).ok().map(Region)).collect()
    }

    /// A first and a last number, both within a range.
    pub fn span(&mut self, key: &'static str, lowest: u16, highest: u16) -> Option<(u16, u16)> {
        self.record(key, || Shape::Span(lowest, highest));
        let node = self.node(key)?;
        let ends: Option<Vec<u16>> = node.as_list().and_then(|items| {
            items.iter().map(|item| item.as_whole().and_then(|whole| u16::try_from(whole).ok())).collect()
        });
        let pair = ends.and_then(|ends| if let [first, last] = ends[..] { Some((first, last)) } else { None });
        let pair = pair.filter(|(first, last)| lowest <= *first && first <= last && *last <= highest);
        self.or_wrong(
            key,
            node,
            pair,
            &format!("a first and a last whole number from {lowest} to {highest}, such as [{lowest}, {highest}]"),
            None,
        )
    }

    /// A table within this one.
    pub fn table(&mut self, key: &'static str) -> Option<Table<'_>> {
        self.record(key, || Shape::Table);
        let path = self.path_of(key);
        let Some(node) = self.node(key) else {
            let reads_on = self.log.shapes.is_some();
            return reads_on.then(|| Table::new(&NOTHING, self.place, path, self.log));
        };
        match node.as_table() {
            Some(entries) => Some(Table::new(entries, &node.place, path, self.log)),
            None => {
                let heading: String =
                    path.split('.').map(|part| part.split('[').next().unwrap_or(part)).collect::<Vec<_>>().join(".");
                self.or_wrong::<()>(key, node, None, "a table", Some(format!("write [{heading}]")));
                None
            }
        }
    }

    /// Reads each table of a list of tables, such as `[[levers.adjust]]`.
    pub fn each<T>(&mut self, key: &'static str, mut read: impl FnMut(Table<'_>) -> Option<T>) -> Vec<T> {
        self.record(key, || Shape::Tables);
        let path = self.path_of(key);
        let Some(node) = self.node(key) else {
            if self.log.shapes.is_some() {
                read(Table::new(&NOTHING, self.place, format!("{path}[0]"), self.log));
            }
            return Vec::new();
        };
        let hint = || Some(format!("write [[{path}]]"));
        let Some(items) = node.as_list() else {
            self.or_wrong::<()>(key, node, None, "a list of tables", hint());
            return Vec::new();
        };
        let mut values = Vec::new();
        for (at, item) in items.iter().enumerate() {
            let item_path = format!("{path}[{at}]");
            if let Some(entries) = item.as_table() {
                values.extend(read(Table::new(entries, &item.place, item_path, self.log)));
            } else {
                self.log.note(&item.place, &item_path, format!("found {}, expected a table", item.described()), hint());
            }
        }
        values
    }

    fn or_wrong<T>(
        &mut self,
        key: &str,
        node: &Node,
        value: Option<T>,
        expected: &str,
        hint: Option<String>,
    ) -> Option<T> {
        if value.is_none() {
            let path = self.path_of(key);
            self.log.note(&node.place, &path, format!("found {}, expected {expected}", node.described()), hint);
        }
        value
    }

    fn path_of(&self, key: &str) -> String {
        join(&self.path, key)
    }
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

/// A hint naming the closest known name, whatever the case of its letters.
#[must_use]
pub fn closest(found: &str, known: &[&str]) -> Option<String> {
    let found = shortened(found);
    let same = known.iter().find(|name| name.eq_ignore_ascii_case(found));
    same.map_or_else(|| did_you_mean(found, known.iter().copied()), |name| Some(format!("did you mean {name:?}?")))
}

/// The closest known name, or all of them when they are few.
fn name_hint(found: Option<&str>, known: &[&str]) -> Option<String> {
    const MOST_LISTED: usize = 20;
    let listed = || (known.len() <= MOST_LISTED).then(|| format!("the names are: {}", known.join(", ")));
    found.and_then(|found| closest(found, known)).or_else(listed)
}
