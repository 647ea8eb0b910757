//! Whole numbers of flags: what is refused, and the number that may be meant.

use std::ops::RangeInclusive;

/// Reads a whole number of a flag within a range.
pub(super) fn whole<T: TryFrom<u64>>(
    range: RangeInclusive<u64>,
) -> impl Fn(&str) -> Result<T, String> + Clone + Send + Sync + 'static {
    move |text: &str| {
        let fits = |number: u64| range.contains(&number).then_some(number);
        if let Some(number) = text.parse::<u64>().ok().and_then(fits).and_then(|number| T::try_from(number).ok()) {
            return Ok(number);
        }
        let bare: String = text.chars().filter(|letter| !matches!(letter, ',' | '_' | ' ')).collect();
        let meant = bare.parse::<f64>().ok().filter(|number| number.fract().abs() <= 0.0 && *number >= 0.0);
        let meant = meant.and_then(|number| format!("{number:.0}").parse::<u64>().ok()).and_then(fits);
        let hint = meant.map_or_else(String::new, |number| format!("\n  hint: write {number}"));
        let bounds = match (range.start(), range.end()) {
            (0, _) => String::new(),
            (least, most) => format!(" from {least} to {most}"),
        };
        Err(format!("found {text:?}, expected a whole number{bounds}{hint}"))
    }
}

/// The most of a number that is checked where it is used.
pub(super) const ANY: RangeInclusive<u64> = 0..=4_294_967_295;
/// The most years, and a seed, likewise.
pub(super) const ANY_YEARS: RangeInclusive<u64> = 0..=65_535;
pub(super) const ANY_SEED: RangeInclusive<u64> = 0..=u64::MAX;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_number_that_was_meant_is_suggested() {
        let scale = whole::<u32>(1..=1_000_000);
        assert_eq!(scale("500"), Ok(500));
        for meant in ["1e3", "1,000", "1_000", "1 000", "1000.0"] {
            assert!(scale(meant).unwrap_err().ends_with("hint: write 1000"), "{meant}");
        }
        for wrong in ["", "many", "-5", "0", "2.5", "1e9", "99999999999999999999"] {
            assert_eq!(
                scale(wrong).unwrap_err(),
                format!("found {wrong:?}, expected a whole number from 1 to 1000000")
            );
        }
        assert_eq!(whole::<u64>(ANY_SEED)("18446744073709551615"), Ok(u64::MAX));
    }
}
