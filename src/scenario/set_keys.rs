//! Which file set which key of a scenario: its own, one that it extends, or an override.

use super::file::{self, Typed};
use super::set::{self, Overrides};
use super::shipped;
use crate::toml_tables::{Content, Entries, Span, Value};

/// A key of a scenario as typed, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetKey {
    /// The key, such as `levers.adjust[0].scale`.
    pub key: String,
    /// The file as the user named it, `--set`, or a flag such as `--years`.
    pub file: String,
    /// The line of that file, from 1; none for overrides.
    pub line: Option<usize>,
}

/// Every key that the files and overrides of a scenario set, in the order of keys. What could not be read is not there:
/// loading the scenario says why.
#[must_use]
pub fn set_keys(path_or_shipped_name: &str, overrides: &Overrides) -> Vec<SetKey> {
    let mut typed = file::read_chain(path_or_shipped_name, overrides.extends);
    set::lay_over(&mut typed, overrides);
    let mut found = Vec::new();
    gather("", &typed.entries, &typed, &mut found);
    found
}

fn gather(path: &str, entries: &Entries, typed: &Typed, found: &mut Vec<SetKey>) {
    for (name, entry) in entries {
        let key = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        gather_value(&key, &entry.value, &entry.key_span, typed, found);
    }
}

fn gather_value(key: &str, value: &Value, span: &Span, typed: &Typed, found: &mut Vec<SetKey>) {
    match &value.content {
        Content::Table(inner) => gather(key, inner, typed, found),
        Content::List(items) if items.iter().any(|item| item.as_table().is_some()) => {
            for (at, item) in items.iter().enumerate() {
                gather_value(&format!("{key}[{at}]"), item, &item.span, typed, found);
            }
        }
        Content::List(_) | Content::Text(_) | Content::Whole(_) | Content::Number(_) | Content::Other(_) => {
            found.push(SetKey { key: key.to_owned(), file: span.file.to_string(), line: line_of(span, typed) });
        }
    }
}

fn line_of(span: &Span, typed: &Typed) -> Option<usize> {
    if span.file.starts_with("--") {
        return None;
    }
    let own = typed.collector.text_of(&span.file);
    // run settings that no file sets come from the shipped baseline
    let text = own.or_else(|| shipped::named("baseline").map(|baseline| baseline.text))?;
    text.get(..span.bytes.start).map(|before| before.matches('\n').count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn every_key_says_which_file_of_the_chain_or_which_override_set_it() {
        let home = tempfile::tempdir().unwrap();
        let [below, above] = ["below.toml", "above.toml"].map(|name| home.path().join(name));
        fs::write(
            &below,
            "title = \"Below\"\n[run]\nyears = 3\nscale = 50\n[[levers.adjust]]\ncondition = \"separation\"\nscale = 2.0\nsource = \"s\"\n",
        )
        .unwrap();
        fs::write(
            &above,
            "title = \"Above\"\nextends = \"below.toml\"\n\n[run]\nyears = 4\n[[levers.adjust]]\ncondition = \"young_share\"\nscale = 3.0\nsource = \"t\"\n",
        )
        .unwrap();
        let set = Overrides { set: vec!["levers.adjust[1].scale=4.0".to_owned()], ..Overrides::default() };
        let found = set_keys(&above.display().to_string(), &set);
        let of = |key: &str| {
            let one = found.iter().find(|one| one.key == key).unwrap_or_else(|| panic!("{key} is not in {found:?}"));
            (one.file.rsplit('/').next().unwrap().to_owned(), one.line)
        };
        assert_eq!(of("run.years"), ("above.toml".to_owned(), Some(5)));
        assert_eq!(of("run.scale"), ("below.toml".to_owned(), Some(4)));
        assert_eq!(of("levers.adjust[0].scale"), ("below.toml".to_owned(), Some(7)));
        assert_eq!(of("levers.adjust[1].condition"), ("above.toml".to_owned(), Some(7)));
        assert_eq!(of("levers.adjust[1].scale"), ("--set".to_owned(), None));
        assert_eq!(of("run.seed").0, "baseline (shipped)");
        assert!(of("run.seed").1.is_some());
    }
}
