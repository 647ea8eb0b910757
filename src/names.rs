//! Names that programs which read tables take for something else: a missing value, a number, a date.

/// Texts that stand for a missing value or for true and false in common readers of CSV, in small letters.
const TAKEN: [&str; 34] = [
    "na",
    "n/a",
    "nan",
    "-nan",
    "null",
    "nil",
    "none",
    "<na>",
    "#n/a",
    "#na",
    "#n/a n/a",
    "1.#ind",
    "-1.#ind",
    "1.#qnan",
    "-1.#qnan",
    "true",
    "false",
    "t",
    "f",
    "yes",
    "no",
    "y",
    "n",
    "on",
    "off",
    "inf",
    "-inf",
    "+inf",
    "infinity",
    "-infinity",
    "+infinity",
    "missing",
    "#value!",
    "#ref!",
];
/// The beginnings of the names of months, as spreadsheets read them.
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
/// The names of months in full, and one in four letters.
const LONG_MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "sept",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Whether readers of tables take a name for something else than a name.
#[must_use]
pub fn is_misread(name: &str) -> bool {
    let name = name.trim().to_lowercase();
    TAKEN.contains(&name.as_str()) || !name.chars().any(char::is_alphabetic) || is_number(&name) || is_date(&name)
}

/// A number with an exponent, a unit of imaginary numbers or a base before it; those of digits alone have no letter.
fn is_number(name: &str) -> bool {
    let bare = name.trim_start_matches(['+', '-']);
    if let Some(digits) = ["0x", "0b", "0o"].iter().find_map(|base| bare.strip_prefix(base)) {
        return !digits.is_empty() && digits.chars().all(|digit| digit.is_ascii_hexdigit() || digit == '_');
    }
    let parses = |text: &str| text.replace('d', "e").parse::<f64>().is_ok();
    let starts_with_digit = bare.starts_with(|first: char| first.is_ascii_digit() || first == '.');
    starts_with_digit && (parses(bare) || bare.strip_suffix(['i', 'j', 'l', 'f']).is_some_and(parses))
}

/// A month and numbers, such as `1-jan` or `march1`, or a time such as `2026-09-01t12`.
fn is_date(name: &str) -> bool {
    let mut words: Vec<String> = Vec::new();
    let mut last = ' ';
    for letter in name.chars() {
        let joins =
            (letter.is_alphabetic() && last.is_alphabetic()) || (letter.is_ascii_digit() && last.is_ascii_digit());
        match words.last_mut().filter(|_| joins) {
            Some(word) => word.push(letter),
            None if letter.is_alphanumeric() => words.push(letter.to_string()),
            None => {}
        }
        last = letter;
    }
    let is_digits = |word: &&String| word.chars().all(|letter| letter.is_ascii_digit());
    let is_month = |word: &str| MONTHS.contains(&word) || LONG_MONTHS.contains(&word);
    let is_clock = |word: &str| ["t", "z", "am", "pm", "utc", "q", "w"].contains(&word);
    let numbers = words.iter().filter(is_digits).count();
    let others: Vec<&String> = words.iter().filter(|word| !is_digits(word)).collect();
    numbers > 0 && !others.is_empty() && others.iter().all(|word| is_month(word) || is_clock(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_readers_take_for_something_else_is_told_from_names() {
        let misread = "NA|NaN|nan|null|NULL|None|N/A|#N/A|true|False|T|no|007|7|-1|1e5|1E-3|1d5|0x1F|1_000|1,000|.5|5.\
            |inf|-Infinity|20%|£5|2026-09|2026-09-01|01.02.2026|12:30|2026-09-01T12:00Z|1-Jan|Mar-1|MARCH1\
            |Sept2|2026Q1|1i|-|...| NA ";
        for name in misread.split('|') {
            assert!(is_misread(name), "{name}");
        }
        let names = "recession|levy-2|=levy|plan 7|2026-plan|may|march|north|e5|x1e5|nation|007-levy\
            |equal-cost-innovation|A|R1|Region 1|q|infinite|ost|日本|1st plan";
        for name in names.split('|') {
            assert!(!is_misread(name), "{name}");
        }
    }
}
