//! The keys of a table, each declared once: its name, unit, range and default, what it means, and the
//! field it sets. Reading, printing, the schema and every description follow from the declaration.
//!
//! One accessor to the field serves both ways: reading sets it, printing gets it from a copy.

use super::choices::{Choice, Choices, WholeNumber};
use super::key_info::{KeyInfo, Without};
use super::printer::Printer;
use super::reader::TableReader;
use crate::calendar::Month;
use crate::domain::Region;
use std::ops::RangeInclusive;

/// A key that sets a field of an `S`.
pub struct Key<S: 'static> {
    about: KeyInfo,
    field: Field<S>,
    printed_if_all: bool,
}

/// What a key may hold, and its field.
enum Field<S> {
    Number(f64, f64, fn(&mut S) -> &mut f64),
    NumberOrNone(f64, f64, fn(&mut S) -> &mut Option<f64>),
    Whole(i64, i64, fn(&mut S) -> &mut dyn WholeNumber),
    Month(fn(&mut S) -> &mut Month),
    MonthOrNone(fn(&mut S) -> &mut Option<Month>),
    Text(fn(&mut S) -> &mut String),
    Span(u16, u16, fn(&mut S) -> &mut (u16, u16)),
    Name(&'static str, fn(&mut S) -> &mut dyn Choice),
    Names(&'static str, fn(&mut S) -> &mut dyn Choices),
    Regions(fn(&mut S) -> &mut Vec<Region>),
    Own(ReadOwn<S>, PrintOwn<S>),
}

/// Reads a key of its own form (its name, and those of all regions, are given); whether that gave a value.
pub type ReadOwn<S> = fn(&mut S, &mut TableReader<'_>, &'static str, &[&str]) -> bool;

/// Prints a key of its own form (its name, and those of all regions, are given).
pub type PrintOwn<S> = fn(&S, &mut Printer, &'static str, &[&str]);

impl<S> Key<S> {
    const fn new(name: &'static str, field: Field<S>) -> Self {
        let about = KeyInfo { name, unit: "", meaning: "", without: Without::Unsaid };
        Self { about, field, printed_if_all: true }
    }

    /// A number, whole or not, in a range.
    pub const fn number(name: &'static str, range: RangeInclusive<f64>, field: fn(&mut S) -> &mut f64) -> Self {
        Self::new(name, Field::Number(*range.start(), *range.end(), field))
    }

    /// A number in a range, or none: something else holds then.
    pub const fn number_or_none(
        name: &'static str,
        range: RangeInclusive<f64>,
        field: fn(&mut S) -> &mut Option<f64>,
    ) -> Self {
        Self::new(name, Field::NumberOrNone(*range.start(), *range.end(), field))
    }

    /// A whole number in a range.
    pub const fn whole(
        name: &'static str,
        range: RangeInclusive<i64>,
        field: fn(&mut S) -> &mut dyn WholeNumber,
    ) -> Self {
        Self::new(name, Field::Whole(*range.start(), *range.end(), field))
    }

    /// A month.
    pub const fn month(name: &'static str, field: fn(&mut S) -> &mut Month) -> Self {
        Self::new(name, Field::Month(field))
    }

    /// A month, or none.
    pub const fn month_or_none(name: &'static str, field: fn(&mut S) -> &mut Option<Month>) -> Self {
        Self::new(name, Field::MonthOrNone(field))
    }

    /// Some text.
    pub const fn text(name: &'static str, field: fn(&mut S) -> &mut String) -> Self {
        Self::new(name, Field::Text(field))
    }

    /// The name of a kind; `noun` is what it is called in messages.
    pub const fn name(name: &'static str, noun: &'static str, field: fn(&mut S) -> &mut dyn Choice) -> Self {
        Self::new(name, Field::Name(noun, field))
    }

    /// The names of one kind or more, each once.
    pub const fn names(name: &'static str, noun: &'static str, field: fn(&mut S) -> &mut dyn Choices) -> Self {
        Self::new(name, Field::Names(noun, field))
    }

    /// A first and a last whole number, both in a range.
    pub const fn span(name: &'static str, lowest: u16, highest: u16, field: fn(&mut S) -> &mut (u16, u16)) -> Self {
        Self::new(name, Field::Span(lowest, highest, field))
    }

    /// The names of one region or more; not printed while there are none, which means all.
    pub const fn regions(name: &'static str, field: fn(&mut S) -> &mut Vec<Region>) -> Self {
        Self::new(name, Field::Regions(field))
    }

    /// A key that is read and printed in its own way.
    pub const fn own(name: &'static str, read: ReadOwn<S>, print: PrintOwn<S>) -> Self {
        Self::new(name, Field::Own(read, print))
    }

    /// Its unit and what it means, apart from what holds without it.
    #[must_use]
    pub const fn means(mut self, unit: &'static str, meaning: &'static str) -> Self {
        (self.about.unit, self.about.meaning) = (unit, meaning);
        self
    }

    const fn without(mut self, without: Without) -> Self {
        self.about.without = without;
        self
    }

    /// It has to be typed.
    #[must_use]
    pub const fn needed(self) -> Self {
        self.without(Without::Needed)
    }

    /// Without it, it is this number.
    #[must_use]
    pub const fn or(self, number: f64) -> Self {
        self.without(Without::Number(number))
    }

    /// Without it, it is these names.
    #[must_use]
    pub const fn or_names(self, names: &'static [&'static str]) -> Self {
        self.without(Without::Names(names))
    }

    /// Without it, it is the highest number, or all names.
    #[must_use]
    pub const fn or_all(self) -> Self {
        if let Field::Whole(_, highest, _) = self.field {
            self.without(Without::AllOf(highest))
        } else {
            self.without(Without::All)
        }
    }

    /// Without it, its field is left as it is made, which means this.
    #[must_use]
    pub const fn otherwise(self, holds: &'static str) -> Self {
        self.without(Without::Said(holds))
    }

    /// It is not printed while it names all there are.
    #[must_use]
    pub const fn not_printed_if_all(mut self) -> Self {
        self.printed_if_all = false;
        self
    }

    /// What there is to say of it.
    #[must_use]
    pub const fn about(&self) -> &KeyInfo {
        &self.about
    }

    /// Sets the field to what was typed, else to what holds without it; whether a value was typed that can stand.
    fn read(&self, settings: &mut S, table: &mut TableReader<'_>, regions: &[&str]) -> bool {
        if self.about.is_needed() {
            table.needs(self.about.name);
        }
        let is_typed = self.read_typed(settings, table, regions);
        if !is_typed {
            self.fill(settings);
        }
        is_typed
    }

    fn read_typed(&self, settings: &mut S, table: &mut TableReader<'_>, regions: &[&str]) -> bool {
        let name = self.about.name;
        match &self.field {
            Field::Number(lowest, highest, field) => set(field(settings), table.number(name, *lowest..=*highest)),
            Field::NumberOrNone(lowest, highest, field) => {
                set(field(settings), table.number(name, *lowest..=*highest).map(Some))
            }
            Field::Whole(lowest, highest, field) => {
                table.whole(name, *lowest..=*highest).is_some_and(|number| field(settings).set(number))
            }
            Field::Month(field) => set(field(settings), table.month(name)),
            Field::MonthOrNone(field) => set(field(settings), table.month(name).map(Some)),
            Field::Text(field) => set(field(settings), table.text(name)),
            Field::Span(lowest, highest, field) => set(field(settings), table.span(name, *lowest, *highest)),
            Field::Name(noun, field) => {
                let choice = field(settings);
                table.name(name, noun, &choice.known()).map(|index| choice.choose(index)).is_some()
            }
            Field::Names(noun, field) => {
                let choices = field(settings);
                table.names(name, noun, &choices.known()).map(|indexes| choices.choose(&indexes)).is_some()
            }
            Field::Regions(field) => {
                let indexes = table.names(name, "a region", regions);
                let region = |index| u8::try_from(index).ok().map(Region);
                set(field(settings), indexes.and_then(|indexes| indexes.into_iter().map(region).collect()))
            }
            Field::Own(read, _) => read(settings, table, name, regions),
        }
    }

    /// Sets the field to what holds where the key is not typed.
    fn fill(&self, settings: &mut S) {
        match (&self.field, self.about.without) {
            (Field::Number(.., field), Without::Number(number)) => *field(settings) = number,
            (Field::Whole(.., field), Without::AllOf(highest)) => {
                field(settings).set(highest);
            }
            (Field::Name(_, field), Without::Names(names)) => {
                let choice = field(settings);
                if let Some(index) = choice.known().iter().position(|name| names.contains(name)) {
                    choice.choose(index);
                }
            }
            (Field::Names(_, field), Without::Names(names)) => {
                let choices = field(settings);
                let known = choices.known();
                let is_meant = |index: &usize| names.contains(&known[*index]);
                choices.choose(&(0..known.len()).filter(is_meant).collect::<Vec<_>>());
            }
            (Field::Names(_, field), Without::All) => {
                let choices = field(settings);
                choices.choose(&(0..choices.known().len()).collect::<Vec<_>>());
            }
            (_, _) => {}
        }
    }

    fn print(&self, settings: &mut S, out: &mut Printer, regions: &[&str]) {
        let name = self.about.name;
        match &self.field {
            Field::Number(.., field) => out.number(name, *field(settings)),
            Field::NumberOrNone(.., field) => {
                if let Some(number) = *field(settings) {
                    out.number(name, number);
                }
            }
            Field::Whole(.., field) => out.whole(name, field(settings).get()),
            Field::Month(field) => out.text(name, &field(settings).to_string()),
            Field::MonthOrNone(field) => {
                if let Some(month) = *field(settings) {
                    out.text(name, &month.to_string());
                }
            }
            Field::Text(field) => out.text(name, field(settings)),
            Field::Span(.., field) => out.span(name, *field(settings)),
            Field::Name(_, field) => out.text(name, field(settings).chosen()),
            Field::Names(_, field) => {
                let choices = field(settings);
                if self.printed_if_all || choices.chosen() != choices.known() {
                    out.names(name, choices.chosen());
                }
            }
            Field::Regions(field) => {
                let chosen = field(settings);
                if !chosen.is_empty() {
                    out.names(name, chosen.iter().map(|region| regions[region.index()]));
                }
            }
            Field::Own(_, print) => print(settings, out, name, regions),
        }
    }
}

/// Reads every key in its order into `settings`; whether everything that is needed was typed and can stand. A setting
/// whose key was not typed, or cannot stand, has what holds without it.
pub fn read_keys<S>(keys: &[Key<S>], settings: &mut S, table: &mut TableReader<'_>, regions: &[&str]) -> bool {
    let mut complete = true;
    for key in keys {
        complete &= key.read(settings, table, regions) || !key.about.is_needed();
    }
    complete
}

/// Settings as they are while no key was typed.
#[must_use]
pub fn without_keys<S: Default>(keys: &[Key<S>]) -> S {
    let mut settings = S::default();
    keys.iter().for_each(|key| key.fill(&mut settings));
    settings
}

/// Prints every key in its order.
pub fn print_keys<'a, S: Clone + 'static>(
    keys: impl IntoIterator<Item = &'a Key<S>>,
    settings: &S,
    out: &mut Printer,
    regions: &[&str],
) {
    let mut settings = settings.clone();
    keys.into_iter().for_each(|key| key.print(&mut settings, out, regions));
}

/// Sets a field to a value if there is one; whether there is.
fn set<T>(field: &mut T, value: Option<T>) -> bool {
    value.map(|value| *field = value).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Funding, Sex};
    use crate::toml_tables::{Collector, Span, parse};

    #[derive(Clone, Debug, Default, PartialEq)]
    struct Settings {
        share: f64,
        cap: Option<f64>,
        months: u16,
        funding: Funding,
        sexes: Vec<Sex>,
        regions: Vec<Region>,
    }

    const KEYS: &[Key<Settings>] = &[
        Key::number("share", 0.0..=1.0, |own: &mut Settings| &mut own.share).means("share", "how much").or(0.25),
        Key::number_or_none("cap", 0.0..=9.0, |own: &mut Settings| &mut own.cap).otherwise("the world's"),
        Key::whole("months", 1..=12, |own: &mut Settings| &mut own.months).needed(),
        Key::name("funding", "an age group", |own: &mut Settings| &mut own.funding).or_names(&["25 and over"]),
        Key::names("sexes", "a sex", |own: &mut Settings| &mut own.sexes).or_all(),
        Key::regions("regions", |own: &mut Settings| &mut own.regions),
    ];
    const REGIONS: [&str; 2] = ["North", "South"];

    /// The settings of a text, whether they are complete, and what is wrong.
    fn read(text: &str) -> (Settings, bool, String) {
        let span = Span { file: "a.toml".into(), bytes: 0..0 };
        let (entries, mut collector) = (parse(text, &span.file).0, Collector::default());
        collector.keep_text(span.file.clone(), text.to_owned());
        let (mut settings, mut table) =
            (Settings::default(), TableReader::new(&entries, &span, String::new(), &mut collector));
        let complete = read_keys(KEYS, &mut settings, &mut table, &REGIONS);
        table.finish();
        (settings, complete, collector.into_diagnostics(&span).to_string())
    }

    #[test]
    fn what_is_not_typed_has_what_holds_without_it() {
        let (settings, complete, _) = read("months = 3");
        assert!(complete);
        let expected = Settings { months: 3, ..without_keys(KEYS) };
        assert_eq!(settings, expected);
        assert_eq!((settings.share, settings.cap, settings.funding), (0.25, None, Funding::From25));
        assert_eq!((settings.sexes.len(), settings.regions.len()), (2, 0));
    }

    #[test]
    fn what_is_printed_reads_back_to_the_same_settings() {
        for text in ["months = 3", "months = 3\ncap = 2.5\nshare = 1\nsexes = [\"male\"]\nregions = [\"South\"]"] {
            let (settings, ..) = read(text);
            let mut out = Printer::default();
            print_keys(KEYS, &settings, &mut out, &REGIONS);
            assert_eq!(read(&out.into_text()).0, settings);
        }
    }

    #[test]
    fn what_cannot_stand_is_noted_and_what_is_needed_leaves_the_settings_incomplete() {
        let (settings, complete, wrong) = read("share = 2\nmonths = 13\nsexes = [\"femal\"]");
        assert!(!complete && wrong.contains("share") && wrong.contains("months") && wrong.contains("did you mean"));
        assert_eq!((settings.share, settings.months, settings.sexes.len()), (0.25, 0, 2));
    }
}
