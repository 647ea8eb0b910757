//! Numbers as a report shows them: no finer than their error, with interval and unit.

use super::charts::{NONE, Tone};
use super::facts::Facts;
use super::page::PageCell;
use crate::results::tables::cost_effectiveness::RatioRow;
use crate::results::tables::costs::CostRow;
use crate::results::tables::effects::EffectRow;
use crate::results::tables::summary::Mean;
use crate::text::number::{EffectText, Reading, decimals, error_of, rounded, signed};

pub(super) use crate::text::number::{factor, is_share};

/// A number's text with a minus sign in place of a hyphen. For numbers alone.
pub(super) fn typeset(number: &str) -> String {
    number.replace('-', "−")
}

/// The unit of effects in words.
pub(super) fn effect_unit(unit: &str) -> String {
    if is_share(unit) { "percentage points".to_owned() } else { unit.to_owned() }
}

/// The unit of levels in words.
pub(super) fn level_unit(unit: &str) -> String {
    if unit == "share" { "per cent".to_owned() } else { effect_unit(unit) }
}

/// An effect as a cell: the difference, its interval, and what that says.
pub(super) fn effect_cell(effect: Option<&EffectRow>, usual_replicates: u32) -> PageCell {
    let Some(effect) = effect else { return PageCell::plain(NONE) };
    let (shown, reading) = (EffectText::of(effect), Reading::of(effect));
    let mut note = reading.word().to_owned();
    if effect.replicates != usual_replicates {
        note = [note, format!("n = {}", effect.replicates)].join(" ").trim().to_owned();
    }
    PageCell {
        main: typeset(&shown.difference),
        range: typeset(&shown.interval),
        note,
        tone: Tone::of(reading).class(),
    }
}

/// A number of a table as a cell, in digits that its error supports.
pub(super) fn number_cell(value: Option<f64>, mcse: Option<f64>, interval: Option<(f64, f64)>) -> PageCell {
    let Some(value) = value else { return PageCell::plain(NONE) };
    let error = mcse.or(interval.and_then(|interval| error_of(value, interval)));
    let places = decimals(error, Some(value), None);
    let text = |value: f64| typeset(&rounded(value, places));
    let range = interval.map_or_else(String::new, |(low, high)| format!("{} to {}", text(low), text(high)));
    PageCell { range, ..PageCell::plain(&text(value)) }
}

/// Discounted GBP million of an item over the whole run.
pub(super) fn cost_cell(row: &CostRow) -> PageCell {
    let interval = row.discounted_low95.zip(row.discounted_high95);
    number_cell(Some(unrounded(row.discounted_gbp_million)), row.discounted_mcse, interval)
}

/// A sum of GBP million without the rounding of less than a pound.
pub(super) fn unrounded(million: f64) -> f64 {
    if million.abs() < 1e-6 { 0.0 } else { million }
}

/// What one more of a gain costs, in pounds, or why that cannot be said.
pub(super) fn per_gain_cell(row: &RatioRow) -> PageCell {
    match row.gbp_per_gain {
        None => PageCell { note: row.verdict.clone(), ..PageCell::plain(NONE) },
        Some(_) => number_cell(row.gbp_per_gain, None, row.gbp_per_gain_low95.zip(row.gbp_per_gain_high95)),
    }
}

/// The difference alone, for a cell of a picture; shares to a hundredth of a point at most.
pub(super) fn brief(effect: &EffectRow) -> String {
    let shown = EffectText::of(effect);
    let decimals = shown.difference.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    match effect.difference.filter(|_| is_share(&effect.key.unit) && decimals > 2) {
        Some(difference) => typeset(&signed(difference * factor(&effect.key.unit), 2)),
        None => typeset(&shown.difference),
    }
}

/// A mean as a cell: the value and its interval.
pub(super) fn mean_cell(facts: &Facts<'_>, mean: Option<&Mean>) -> PageCell {
    let Some(mean) = mean else { return PageCell::plain(NONE) };
    let (main, range) = level(facts, mean);
    PageCell { main, range, note: String::new(), tone: Tone::Level.class() }
}

/// Value and interval of a mean as texts; shares with a per cent sign.
pub(super) fn level(facts: &Facts<'_>, mean: &Mean) -> (String, String) {
    let factor = factor(&mean.key.unit);
    let scaled = |value: Option<f64>| value.map(|value| value * factor);
    let Some(value) = scaled(mean.values.mean) else { return ("unknown".to_owned(), String::new()) };
    let places = decimals(scaled(mean.values.mcse), Some(value), None);
    let text = |value: f64| typeset(&rounded(value, places));
    let sign = if is_share(&mean.key.unit) { "%" } else { "" };
    let range = facts.interval(mean).map(|(low, high)| format!("{} to {}", text(low * factor), text(high * factor)));
    (format!("{}{sign}", text(value)), range.unwrap_or_default())
}

/// So many things: `1 replicate`, `4 replicates`.
pub(super) fn plural(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::testing::effect;

    #[test]
    fn a_picture_shows_no_thousandths_of_a_point() {
        assert_eq!(brief(&effect("share", 0.1, -0.000_000_5, 0.000_000_5)), "0.00");
        assert_eq!(brief(&effect("share", 0.1, 0.012, 0.004)), "+1.2");
        assert_eq!(brief(&effect("people a year", 100.0, 12.0, 4.0)), "+12");
    }

    #[test]
    fn an_effect_shows_its_interval_and_what_it_says() {
        let cell = effect_cell(Some(&effect("share", 0.1, -0.01, 0.001)), 12);
        assert_eq!(
            [cell.main.as_str(), &cell.range, &cell.note, cell.tone],
            ["−1.00", "−1.20 to −0.80", "better", "better"]
        );
        let few = effect_cell(Some(&effect("share", 0.1, -0.01, 0.01)), 40);
        assert_eq!((few.note.as_str(), few.tone), ("not clear n = 12", "unclear"));
        assert_eq!(effect_cell(None, 12).main, "–");
    }
}
