//! A page of the reference.

use crate::assure::markdown::paragraph;

/// A page: its file, its title, what it says first, and the rest.
pub(super) struct Page {
    /// The name of its file.
    pub(super) file: &'static str,
    /// Its title.
    pub(super) title: &'static str,
    /// What it says first, in small letters, for it also stands in the list of pages.
    pub(super) lead: String,
    /// The rest.
    pub(super) body: String,
}

impl Page {
    /// The page as Markdown.
    pub(super) fn text(&self) -> String {
        format!("# {}\n\n{}{}", self.title, paragraph(&capital(&self.lead)), self.body)
    }
}

/// The text with its first letter as at the start of a sentence.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
