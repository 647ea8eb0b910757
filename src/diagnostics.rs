//! Located input errors, collected: every mistake of a file is reported at once.
//!
//! This room neither reads files nor knows what they mean.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::ops::Range;

/// One mistake in something a user wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The file as the user named it, or `--set` and the like.
    pub file: String,
    /// The bytes of the file it concerns, if they are known.
    pub span: Option<Range<usize>>,
    /// The key, such as `levers.skills_levy[0].from`; empty when there is none.
    pub key: String,
    /// What is wrong: `found X, expected Y`.
    pub message: String,
    /// The remedy, when it is known.
    pub hint: Option<String>,
}

/// The key and what is wrong; its place is shown by [`Diagnostics`], which has the text.
impl fmt::Display for Diagnostic {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = if self.key.is_empty() { String::new() } else { format!("{}: ", self.key) };
        write!(out, "{}{}", printable(&key), printable(&self.message))
    }
}

impl std::error::Error for Diagnostic {}

/// The mistakes found so far, with the texts they are in: the error of everything that reads what a user wrote.
///
/// ```
/// use rungs::prelude::*;
///
/// let world = World::uk()?;
/// let typed = Overrides::of(&["run.years=99"]);
/// let mistakes = Scenario::load("recession", &typed, &world).unwrap_err();
/// assert_eq!(mistakes.list().len(), 1);
/// assert!(mistakes.to_string().contains("run.years: found 99, expected"));
/// # Ok::<(), Diagnostics>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    texts: BTreeMap<String, String>,
}

impl Diagnostics {
    /// Keeps the text of a file, so that lines can be shown.
    pub fn keep_text(&mut self, file: &str, text: &str) {
        self.texts.insert(file.to_owned(), text.to_owned());
    }

    /// Adds a mistake.
    pub fn add(&mut self, mistake: Diagnostic) {
        self.list.push(mistake);
    }

    /// Adds all mistakes of `other`.
    pub fn append(&mut self, other: Self) {
        self.list.extend(other.list);
        self.texts.extend(other.texts);
    }

    /// Adds those mistakes of `other` that are not there yet: files that several others lead to are read
    /// several times.
    pub fn append_new(&mut self, other: Self) {
        for mistake in other.list {
            if !self.list.contains(&mistake) {
                self.list.push(mistake);
            }
        }
        self.texts.extend(other.texts);
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The mistakes in the order they were found.
    #[must_use]
    pub fn list(&self) -> &[Diagnostic] {
        &self.list
    }

    /// The mistakes, if there are any, as an error; else `value`.
    ///
    /// # Errors
    /// The mistakes themselves.
    pub fn or<T>(self, value: T) -> Result<T, Self> {
        if self.is_empty() { Ok(value) } else { Err(self) }
    }

    fn write_one(&self, mistake: &Diagnostic, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "error: {mistake}")?;
        let shown = mistake.span.as_ref().and_then(|span| {
            let text = self.texts.get(&mistake.file)?;
            Some(Excerpt::of(text, span))
        });
        match shown {
            Some(excerpt) => excerpt.write(&mistake.file, out)?,
            None => writeln!(out, "  --> {}", printable(&mistake.file))?,
        }
        if let Some(hint) = &mistake.hint {
            writeln!(out, "  hint: {}", printable(hint))?;
        }
        writeln!(out)
    }
}

/// All mistakes as text: place, line, caret, message and hint of each.
impl fmt::Display for Diagnostics {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for mistake in &self.list {
            self.write_one(mistake, out)?;
        }
        let many = if self.list.len() == 1 { "mistake" } else { "mistakes" };
        writeln!(out, "{} {many}", self.list.len())
    }
}

/// As shown: what `unwrap`, or a `main` that returns it, prints is for a reader.
impl fmt::Debug for Diagnostics {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "\n{self}")
    }
}

impl std::error::Error for Diagnostics {}

struct Excerpt {
    line_number: usize,
    line: String,
    column: usize,
    indent: usize,
    width: usize,
}

/// Bytes of a line that are shown before the place of a mistake.
const SHOWN_BEFORE: usize = 120;
/// Bytes of a line that are shown from the place of a mistake on.
const SHOWN_AFTER: usize = 160;

impl Excerpt {
    fn of(text: &str, span: &Range<usize>) -> Self {
        let start = floor_char_boundary(text, span.start);
        let end = floor_char_boundary(text, span.end).max(start);
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        // A line may be megabytes long: only what stands around the mistake is shown.
        let shown_start = floor_char_boundary(text, start.saturating_sub(SHOWN_BEFORE)).max(line_start);
        let shown_end = floor_char_boundary(text, start + SHOWN_AFTER).min(line_end);
        let mark = |cut: bool| if cut { "..." } else { "" };
        let (head, tail) = (mark(shown_start > line_start), mark(shown_end < line_end));
        Self {
            line_number: text[..start].matches('\n').count() + 1,
            line: format!("{head}{}{tail}", printable(&text[shown_start..shown_end])),
            column: printable(&text[line_start..start]).chars().count() + 1,
            indent: head.len() + printable(&text[shown_start..start]).chars().count(),
            width: printable(&text[start..end.clamp(start, shown_end.max(start))]).chars().count().max(1),
        }
    }

    fn write(&self, file: &str, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let gutter = " ".repeat(self.line_number.to_string().len());
        writeln!(out, "{gutter}--> {}:{}:{}", printable(file), self.line_number, self.column)?;
        writeln!(out, "{gutter} |")?;
        writeln!(out, "{} | {}", self.line_number, self.line)?;
        writeln!(out, "{gutter} | {}{}", " ".repeat(self.indent), "^".repeat(self.width))
    }
}

fn floor_char_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The text with control and direction-changing characters made visible, so that a file cannot
/// drive the terminal that shows its mistakes.
///
/// ```
/// use rungs::diagnostics::printable;
///
/// assert_eq!(printable("red: \u{1b}[31m"), "red: \\u{1b}[31m");
/// ```
#[must_use]
pub fn printable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        // also the two separators that end a line in some programs
        let bidi = matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if character == '\t' {
            out.push(' ');
        } else if character.is_control() || bidi {
            let _ = write!(out, "\\u{{{:x}}}", u32::from(character));
        } else {
            out.push(character);
        }
    }
    out
}

/// A hint naming the closest of `known`, when one is close enough to have been meant; several when as much speaks for
/// each, since a hint at another thing than was meant is worse than none.
///
/// ```
/// use rungs::diagnostics::did_you_mean;
///
/// let known = ["skills_levy", "adjust"];
/// assert_eq!(did_you_mean("skils_levy", known).as_deref(), Some("did you mean \"skills_levy\"?"));
/// assert_eq!(did_you_mean("zebra", known), None);
/// let known = ["East Midlands", "East of England"];
/// assert_eq!(did_you_mean("East", known).as_deref(), Some("did you mean \"East Midlands\" or \"East of England\"?"));
/// ```
#[must_use]
pub fn did_you_mean<'a>(found: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let known: Vec<&str> = known.into_iter().collect();
    let begun: Vec<&str> = known.iter().copied().filter(|name| begins_with(name, found)).collect();
    let holds = |name: &&str| within(found, name) || (found.contains(' ') && within(name, found));
    let held: Vec<&str> = known.iter().copied().filter(holds).collect();
    let meant = match (begun.is_empty(), held.is_empty()) {
        (false, _) => begun,
        (true, false) => held,
        (true, true) => closest(found, &known),
    };
    let quoted: Vec<String> = meant.iter().map(|name| format!("{name:?}")).collect();
    match &quoted[..] {
        [] => None,
        [only] => Some(format!("did you mean {only}?")),
        [first @ .., last] if first.len() < MOST_MEANT => Some(format!("did you mean {} or {last}?", first.join(", "))),
        [..] => None,
    }
}

/// The most names that a hint has.
const MOST_MEANT: usize = 4;
/// How close a name has to be (Jaro-Winkler).
const LEAST_CLOSENESS: f64 = 0.8;
/// How much closer one name has to be than another to be the only one meant.
const TIE: f64 = 0.02;

/// Whether a name begins with these words, whatever the case: what is left out is not mistyped.
fn begins_with(name: &str, words: &str) -> bool {
    let rest = name.get(..words.len()).filter(|start| start.eq_ignore_ascii_case(words)).map(|_| &name[words.len()..]);
    !words.is_empty() && rest.is_some_and(|rest| rest.starts_with(' '))
}

/// Whether a text has all the words of a name after one another, and others beside them.
fn within(text: &str, name: &str) -> bool {
    let [text, name] = [text, name].map(|text| format!(" {} ", text.to_lowercase()));
    text.len() > name.len() && text.contains(&name)
}

/// Words of which one in place of another makes the name of another place, however alike they are.
const BEARINGS: [&str; 4] = ["north", "east", "south", "west"];

/// Whether two names differ in such a word.
fn are_elsewhere(one: &str, other: &str) -> bool {
    let bearings = |name: &str| -> Vec<String> {
        let words = name.split(' ').map(str::to_lowercase);
        words.filter(|word| BEARINGS.contains(&word.as_str())).collect()
    };
    let (one, other) = (bearings(one), bearings(other));
    one.len() == other.len() && one != other
}

/// The names that are close to what was found, and about as close as each other.
fn closest<'a>(found: &str, known: &[&'a str]) -> Vec<&'a str> {
    let mut close: Vec<(usize, f64, &str)> = known
        .iter()
        .filter(|name| !are_elsewhere(found, name))
        .map(|name| (strsim::damerau_levenshtein(found, name), strsim::jaro_winkler(found, name), *name))
        .filter(|(_, closeness, _)| *closeness > LEAST_CLOSENESS)
        .collect();
    close.sort_by(|a, b| b.1.total_cmp(&a.1));
    let Some((edits, most, _)) = close.first().copied() else { return Vec::new() };
    close.retain(|(other, closeness, _)| *closeness >= most - TIE && *other <= edits);
    close.into_iter().map(|(_, _, name)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_shows_its_line_and_a_caret_under_the_value() {
        let text = "[run]\nyears = -1\n";
        let mut mistakes = Diagnostics::default();
        mistakes.keep_text("a.toml", text);
        mistakes.add(Diagnostic {
            file: "a.toml".into(),
            span: Some(14..16),
            key: "run.years".into(),
            message: "found -1, expected a whole number from 1 to 35".into(),
            hint: None,
        });
        assert_eq!(
            mistakes.to_string(),
            "error: run.years: found -1, expected a whole number from 1 to 35\n --> a.toml:2:9\n  |\n2 | years = -1\n  |         ^^\n\n1 mistake\n"
        );
    }

    #[test]
    fn a_very_long_line_is_shown_around_the_mistake_alone() {
        let text = format!("{}x{}", "é".repeat(1000), "ö".repeat(1000));
        let excerpt = Excerpt::of(&text, &(2000..2001));
        assert_eq!((excerpt.line_number, excerpt.column, excerpt.width), (1, 1001, 1));
        assert_eq!(excerpt.line.chars().nth(excerpt.indent), Some('x'));
        assert!(excerpt.line.len() < 300);
    }

    #[test]
    fn a_close_name_is_suggested_and_a_distant_one_is_not() {
        assert_eq!(did_you_mean("skils_levy", ["skills_levy", "adjust"]), Some("did you mean \"skills_levy\"?".into()));
        assert_eq!(did_you_mean("zebra", ["skills_levy", "adjust"]), None);
    }

    #[test]
    fn a_name_cut_short_is_completed_in_every_way_or_in_none() {
        let regions = ["North East", "East Midlands", "East of England", "Yorkshire and The Humber"];
        let hint = |found| did_you_mean(found, regions);
        assert_eq!(hint("East"), Some("did you mean \"East Midlands\" or \"East of England\"?".into()));
        assert_eq!(hint("Yorkshire"), Some("did you mean \"Yorkshire and The Humber\"?".into()));
        assert_eq!(hint("north east"), Some("did you mean \"North East\"?".into()));
        // a name that is longer or shorter than it should be, and one that would be another place
        let renamed = |found| did_you_mean(found, ["The North East", "North West", "South West"]);
        assert_eq!(renamed("North East"), Some("did you mean \"The North East\"?".into()));
        assert_eq!(renamed("North West of here"), Some("did you mean \"North West\"?".into()));
        assert_eq!(did_you_mean("North East", ["North West", "South East"]), None);
        assert_eq!(
            did_you_mean("Nroth West", ["North West", "South East"]),
            Some("did you mean \"North West\"?".into())
        );
        assert_eq!(did_you_mean("Here", ["East of Here", "South of There"]), None);
        let many: Vec<String> = (1..9).map(|number| format!("Region {number}")).collect();
        assert_eq!(did_you_mean("Region", many.iter().map(String::as_str)), None);
    }

    #[test]
    fn no_part_of_a_mistake_can_drive_the_terminal() {
        let mut mistakes = Diagnostics::default();
        let hostile = || "\u{1b}[31mX\u{7}".to_owned();
        let (file, key, message, hint) = (hostile(), hostile(), hostile(), Some(hostile()));
        mistakes.add(Diagnostic { file, span: None, key, message, hint });
        let shown = mistakes.to_string();
        assert!(!shown.contains(['\u{1b}', '\u{7}']) && shown.matches("\\u{1b}[31mX").count() == 4, "{shown:?}");
    }

    #[test]
    fn the_name_of_a_file_cannot_drive_the_terminal() {
        let mut mistakes = Diagnostics::default();
        mistakes.keep_text("\u{1b}[31m", "x\n");
        for span in [None, Some(0..1)] {
            let (key, message) = (String::new(), "found x, expected y".to_owned());
            mistakes.add(Diagnostic { file: "\u{1b}[31m".to_owned(), span, key, message, hint: None });
        }
        assert!(!mistakes.to_string().contains('\u{1b}'), "{:?}", mistakes.to_string());
    }

    #[test]
    fn control_characters_are_made_visible() {
        assert_eq!(printable("a\u{1b}[31m\u{202e}b"), "a\\u{1b}[31m\\u{202e}b");
    }
}
