//! Numbers as text: no more digits than the error supports, and what an interval lets one say.

use crate::diagnostics::printable;
use crate::outcomes::{Better, measure_named};
use crate::results::tables::effects::EffectRow;

/// What the interval of an effect lets one say, by the measure's direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// No replicate differed in the least, and there are enough to say so.
    NoDifference,
    /// The interval holds zero, or leaves it out no more than chance has it among all that is shown together.
    NotClear,
    /// Every replicate differs by the same, but there are too few to tell whether others would.
    Same,
    /// There are too few replicates for an interval.
    TooFew,
    /// One replicate, or none: there is no error to read.
    Unknown,
    /// A change for the better.
    Better,
    /// A change for the worse.
    Worse,
    /// More, of a measure that is neither better nor worse for it.
    Higher,
    /// Less, of such a measure.
    Lower,
}

impl Reading {
    /// The reading of an effect.
    #[must_use]
    pub fn of(effect: &EffectRow) -> Self {
        let Some((low, high)) = effect.interval else {
            return match (effect.values(), effect.mcse) {
                (0 | 1, _) => Self::Unknown,
                (_, None) => Self::Same,
                (_, Some(_)) => Self::TooFew,
            };
        };
        if low.abs() <= 0.0 && high.abs() <= 0.0 {
            return Self::NoDifference;
        }
        if effect.is_chance {
            return Self::NotClear;
        }
        let better = measure_named(&effect.key.measure).map_or(Better::Neither, |measure| measure.better);
        Self::of_interval(low, high, better)
    }

    /// The reading of a change that lies between `low` and `high`.
    #[must_use]
    pub fn of_interval(low: f64, high: f64, better: Better) -> Self {
        if low <= 0.0 && high >= 0.0 {
            return Self::NotClear;
        }
        match (better, low > 0.0) {
            (Better::Higher, true) | (Better::Lower, false) => Self::Better,
            (Better::Higher, false) | (Better::Lower, true) => Self::Worse,
            (Better::Neither, true) => Self::Higher,
            (Better::Neither, false) => Self::Lower,
        }
    }

    /// The word used in tables.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::NoDifference => "no difference",
            Self::NotClear => "not clear",
            Self::Same => "the same in all",
            Self::TooFew => "too few to tell",
            Self::Unknown => "",
            Self::Better => "better",
            Self::Worse => "worse",
            Self::Higher => "higher",
            Self::Lower => "lower",
        }
    }

    /// Whether the interval leaves zero out.
    #[must_use]
    pub fn is_clear(self) -> bool {
        matches!(self, Self::Better | Self::Worse | Self::Higher | Self::Lower)
    }
}

/// Whether no replicate differed in the least.
pub(crate) fn is_exactly_zero(effect: &EffectRow) -> bool {
    let zero = |value: Option<f64>| value.is_some_and(|value| value.abs() <= 0.0);
    let same = effect.mcse.map_or(effect.values() > 1, |error| error.abs() <= 0.0);
    zero(effect.difference) && same
}

/// Whether a unit is shown in per cent: shares, and gaps between shares.
pub(crate) fn is_share(unit: &str) -> bool {
    ["share", "share difference"].contains(&unit)
}

/// What a value of this unit is multiplied with to be shown.
pub(crate) fn factor(unit: &str) -> f64 {
    if is_share(unit) { 100.0 } else { 1.0 }
}

/// The error that a value and its interval speak of: a standard error is about half of the way to the nearer end, so that value and both
/// ends differ in the digits that it leaves, however far the other end is.
pub(crate) fn error_of(value: f64, (low, high): (f64, f64)) -> Option<f64> {
    let near = (value - low).abs().min((high - value).abs());
    Some(near / 2.0).filter(|error| *error > 0.0)
}

/// The digits that make a number other than zero.
const NOT_ZERO: [char; 9] = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

/// A number of one unit with its error, as text. Shares are shown in per cent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EffectText {
    /// The baseline's value; `unknown` when it is.
    pub baseline: String,
    /// The difference with its sign; `unknown` when it is.
    pub difference: String,
    /// The Monte Carlo standard error; empty when it is unknown or the difference is exactly zero.
    pub mcse: String,
    /// The interval, `low to high`; empty like the error.
    pub interval: String,
    /// The unit of difference and interval.
    pub unit: String,
}

impl EffectText {
    /// An effect as text.
    #[must_use]
    pub fn of(effect: &EffectRow) -> Self {
        let (is_share, factor) = (is_share(&effect.key.unit), factor(&effect.key.unit));
        let scaled = |value: Option<f64>| value.map(|value| value * factor);
        let places = decimals(scaled(effect.mcse), scaled(effect.difference), scaled(effect.baseline));
        let exact_zero = is_exactly_zero(effect);
        let text = |value: f64| rounded(value * factor, places);
        // an interval that leaves zero out does not say zero: it has as many more digits as that takes, up to three
        let ends = |(low, high): (f64, f64)| {
            let is_clear = low > 0.0 || high < 0.0;
            let text = |places: i32| [low, high].map(|end| signed(end * factor, places));
            let says_zero = |places: &i32| is_clear && text(*places).iter().any(|end| !end.contains(NOT_ZERO));
            let places = (places..places + 3).find(|places| !says_zero(places)).unwrap_or(places);
            text(places).join(" to ")
        };
        let signed = |value: f64| signed(value * factor, places);
        let unknown = || "unknown".to_owned();
        Self {
            baseline: effect
                .baseline
                .map_or_else(unknown, |value| format!("{}{}", text(value), if is_share { "%" } else { "" })),
            difference: match effect.difference {
                _ if exact_zero => "0".to_owned(),
                Some(difference) => signed(difference),
                None => unknown(),
            },
            mcse: match effect.mcse {
                Some(mcse) if mcse > 0.0 => text(mcse),
                Some(_) | None => String::new(),
            },
            interval: match effect.interval {
                Some(interval) if !exact_zero => ends(interval),
                Some(_) | None => String::new(),
            },
            unit: if is_share { "% points".to_owned() } else { printable(&effect.key.unit) },
        }
    }

    /// The difference with its standard error: `+4,300 ± 300`.
    #[must_use]
    pub fn effect(&self) -> String {
        if self.mcse.is_empty() { self.difference.clone() } else { format!("{} ± {}", self.difference, self.mcse) }
    }
}

/// Decimals (negative: tens, hundreds) that leave the error one significant digit, two when it starts
/// with 1; with no error, three digits of the value, and with no value three of the baseline.
#[must_use]
pub fn decimals(mcse: Option<f64>, value: Option<f64>, baseline: Option<f64>) -> i32 {
    let size = |number: Option<f64>| number.map(f64::abs).filter(|number| *number > 0.0);
    let (number, digits) = match (size(mcse), size(value).or(size(baseline))) {
        (Some(error), _) => (error, if leading(error) < 2.0 { 2 } else { 1 }),
        (None, Some(number)) => (number, 3),
        (None, None) => return 0,
    };
    (digits - 1 - exponent(number)).clamp(-12, 12)
}

/// The power of ten just below a positive number.
pub(crate) fn exponent(number: f64) -> i32 {
    let mut power = 0;
    let mut left = number;
    while left >= 10.0 && power < 300 {
        left /= 10.0;
        power += 1;
    }
    while left < 1.0 && power > -300 {
        left *= 10.0;
        power -= 1;
    }
    power
}

/// The number without its power of ten: from 1 to under 10.
fn leading(number: f64) -> f64 {
    number / libm::pow(10.0, f64::from(exponent(number)))
}

/// A number to so many decimals (negative: to tens, hundreds), thousands set off by commas.
#[must_use]
pub fn rounded(value: f64, decimals: i32) -> String {
    let Ok(places) = usize::try_from(decimals) else {
        let unit = libm::pow(10.0, f64::from(-decimals));
        return grouped(&format!("{:.0}", (value / unit).round() * unit));
    };
    grouped(&format!("{value:.places$}"))
}

/// The same with a plus before what is above zero.
#[must_use]
pub fn signed(value: f64, decimals: i32) -> String {
    let text = rounded(value, decimals);
    let is_zero = text.chars().all(|letter| matches!(letter, '0' | '.' | ','));
    if value > 0.0 && !is_zero { format!("+{text}") } else { text }
}

pub(crate) fn grouped(text: &str) -> String {
    let (sign, digits) = text.strip_prefix('-').map_or(("", text), |digits| ("-", digits));
    let (whole, fraction) =
        digits.split_once('.').map_or((digits, String::new()), |(whole, part)| (whole, format!(".{part}")));
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let zero = digits.chars().all(|digit| digit == '0' || digit == '.');
    format!("{}{grouped}{fraction}", if zero { "" } else { sign })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::testing::effect;

    fn line(unit: &str, baseline: f64, difference: f64, mcse: f64) -> String {
        let shown = EffectText::of(&effect(unit, baseline, difference, mcse));
        [shown.baseline.clone(), shown.effect(), shown.interval].join(" | ")
    }

    #[test]
    fn digits_stop_where_the_error_starts() {
        assert_eq!(line("share", 0.132_345, -0.004_212, 0.000_512), "13.23% | -0.42 ± 0.05 | -0.52 to -0.32");
        assert_eq!(line("share", 0.132_345, 0.004_212, 0.001_34), "13.23% | +0.42 ± 0.13 | +0.15 to +0.69");
        assert_eq!(line("people a year", 341_234.0, 4_321.0, 345.0), "341,200 | +4,300 ± 300 | +3,600 to +5,000");
        assert_eq!(line("GBP per hour", 17.456, 0.0, 0.0), "17.5 | 0 | ");
        assert_eq!(line("share", 0.5, -0.000_001, 0.001), "50.00% | 0.00 ± 0.10 | -0.20 to +0.20");
    }

    #[test]
    fn an_interval_that_leaves_zero_out_does_not_say_zero() {
        assert_eq!(line("routes", 1.8, 0.006, 0.002_9), "1.800 | +0.006 ± 0.003 | +0.0002 to +0.0118");
        assert_eq!(line("routes", 1.8, 0.006, 0.003_1), "1.800 | +0.006 ± 0.003 | 0.000 to +0.012");
    }

    #[test]
    fn a_value_and_both_ends_of_its_interval_differ_however_far_one_end_is() {
        let shown = |value, interval: (f64, f64)| {
            let places = decimals(error_of(value, interval), Some(value), None).min(0);
            [value, interval.0, interval.1].map(|value| rounded(value, places))
        };
        assert_eq!(shown(147_258.0, (78_030.0, 1_097_008.0)), ["150,000", "80,000", "1,100,000"]);
        assert_eq!(shown(30_769.2, (28_000.0, 34_000.0)), ["30,800", "28,000", "34,000"]);
    }

    #[test]
    fn a_reading_needs_an_interval_that_leaves_zero_out() {
        let word = |effect: &EffectRow| Reading::of(effect).word();
        assert_eq!(word(&effect("share", 0.1, -0.01, 0.001)), "better");
        assert_eq!(word(&effect("share", 0.1, 0.01, 0.001)), "worse");
        assert_eq!(word(&effect("share", 0.1, 0.01, 0.01)), "not clear");
        assert_eq!(word(&effect("share", 0.1, 0.0, 0.0)), "no difference");
        let unknown = EffectRow { mcse: None, interval: None, ..effect("share", 0.1, 0.01, 0.01) };
        assert_eq!(word(&unknown), "the same in all");
        assert_eq!(
            word(&EffectRow { interval: None, replicates: 4, ..effect("share", 0.1, 0.01, 0.001) }),
            "too few to tell"
        );
        let certain = EffectRow { interval: Some((-2_500.0, -2_500.0)), ..effect("people a year", 9e4, -2_500.0, 0.0) };
        assert_eq!(word(&certain), "better", "of the NEET rate");
        assert_eq!(EffectText::of(&certain).interval, "-2,500 to -2,500");
        assert_eq!(word(&EffectRow { replicates: 1, ..unknown }), "");
    }
}
