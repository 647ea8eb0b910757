//! Words for messages: what was typed, cut when it is long, and what may have been meant.

use crate::diagnostics::did_you_mean;

/// Text in quotes for a message, cut when it is long.
#[must_use]
pub fn quoted(text: &str) -> String {
    let cut = shortened(text);
    if cut.len() == text.len() { format!("{text:?}") } else { format!("{cut:?}...") }
}

/// The first characters of a text that may be very long.
#[must_use]
pub(super) fn shortened(text: &str) -> &str {
    const MOST_CHARACTERS: usize = 60;
    text.char_indices().nth(MOST_CHARACTERS).map_or(text, |(end, _)| &text[..end])
}

/// Words that are typed for a key of another name.
const OTHER_WORDS: [(&str, &str); 8] = [
    ("until", "to"),
    ("till", "to"),
    ("end", "to"),
    ("ends", "to"),
    ("start", "from"),
    ("starts", "from"),
    ("since", "from"),
    ("from", "start"),
];

/// A hint naming the closest known name, whatever the case of its letters.
#[must_use]
pub fn closest(found: &str, known: &[&str]) -> Option<String> {
    let found = shortened(found);
    let other = OTHER_WORDS.iter().filter(|(word, _)| word.eq_ignore_ascii_case(found)).map(|(_, name)| name);
    let same = known.iter().find(|name| name.eq_ignore_ascii_case(found));
    let same = same.or_else(|| other.into_iter().find(|name| known.contains(name)));
    same.map_or_else(|| did_you_mean(found, known.iter().copied()), |name| Some(format!("did you mean {name:?}?")))
}

/// The closest known name, or all of them when they are few.
pub(super) fn name_hint(found: Option<&str>, known: &[&str]) -> Option<String> {
    const MOST_LISTED: usize = 20;
    let listed = || (known.len() <= MOST_LISTED).then(|| format!("the names are: {}", known.join(", ")));
    found.and_then(|found| closest(found, known)).or_else(listed)
}
