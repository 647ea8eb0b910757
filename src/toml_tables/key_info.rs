//! What there is to say of a key, in the words of messages and lists.

/// What there is to say of a key.
#[derive(Clone, Copy, Debug)]
pub struct KeyInfo {
    /// Its name.
    pub name: &'static str,
    /// Its unit.
    pub unit: &'static str,
    pub(super) meaning: &'static str,
    pub(super) without: Without,
}

/// What holds where a key is not typed.
#[derive(Clone, Copy, Debug)]
pub(super) enum Without {
    /// It has to be typed.
    Needed,
    /// The field stays as it was; the meaning says what there is to say.
    Unsaid,
    /// The field stays as it was, which means this.
    Said(&'static str),
    /// This number.
    Number(f64),
    /// These names.
    Names(&'static [&'static str]),
    /// All names.
    All,
    /// The highest number, which is all there are.
    AllOf(i64),
}

impl KeyInfo {
    /// Whether it has to be typed.
    #[must_use]
    pub fn is_needed(&self) -> bool {
        matches!(self.without, Without::Needed)
    }

    /// What it means, and what holds without it.
    #[must_use]
    pub fn meaning(&self) -> String {
        let meaning = self.meaning;
        let without = match self.without {
            Without::Needed => {
                let (what, more) = meaning.split_at(meaning.find(';').unwrap_or(meaning.len()));
                return format!("{what} (needed){more}");
            }
            Without::Unsaid => return meaning.to_owned(),
            Without::Said(holds) => holds.to_owned(),
            Without::Number(number) => number.to_string(),
            Without::Names(names) => names.iter().map(|name| format!("{name:?}")).collect::<Vec<_>>().join(" and "),
            Without::All => "all".to_owned(),
            Without::AllOf(highest) => format!("all {highest}"),
        };
        format!("{meaning}; {without} without it")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_meaning_ends_with_what_holds_without_the_key() {
        let of = |meaning, without| KeyInfo { name: "a", unit: "b", meaning, without }.meaning();
        assert_eq!(of("first; second", Without::Needed), "first (needed); second");
        assert_eq!(of("first", Without::Number(1.0)), "first; 1 without it");
        assert_eq!(of("first", Without::Names(&["x", "y"])), "first; \"x\" and \"y\" without it");
        assert_eq!(of("first", Without::AllOf(8)), "first; all 8 without it");
        assert_eq!(of("first", Without::Said("none")), "first; none without it");
        assert_eq!(of("first", Without::Unsaid), "first");
    }
}
