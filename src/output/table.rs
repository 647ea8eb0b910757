//! Tables for people: effects with their error, in no more digits than the error supports.
//!
//! These give text; printing it is for `cli`. Each table of effects ends with what its error covers.

use super::{ComparedEffect, Effect, HalfWidth, InputDifference, Needed, Saved};
use crate::mistakes::printable;
use crate::outcomes::{Better, measure_named};
use crate::statistics::CriticalValues;
use comfy_table::{Cell, CellAlignment, ContentArrangement, LineStyle, Table, TableStyle};

/// What every table of results says of itself.
pub const NOT_A_FORECAST: &str = "simulated under these assumptions, not a forecast";

/// The effects of one run, a table for each scenario, with the replicates that these half-widths need (see [`Needed::of`]
/// for the others), and what their error covers; `width` in characters, or as wide as it gets. Group and period are columns only when they vary.
#[must_use]
pub fn effects(rows: &[Effect], half_widths: &[HalfWidth], baseline: &str, width: Option<u16>) -> String {
    let Some(first) = rows.first() else { return "no effects to show".to_owned() };
    let one_group = rows.iter().all(|row| row.place == first.place);
    let one_period = rows.iter().all(|row| row.period == first.period);
    let mut critical = CriticalValues::default();
    let mut text = String::new();
    for rows in rows.chunk_by(|a, b| a.scenario == b.scenario) {
        let mut title = vec![printable(&rows[0].scenario)];
        title.extend(one_group.then(|| about(first)));
        title.extend(one_period.then(|| first.period.clone()));
        text += &title.join(", ");
        text += "\n";
        let mut table = new_table(width);
        let group = (!one_group).then_some("for");
        let period = (!one_period).then_some("period");
        let varying = group.into_iter().chain(period);
        table.set_header(["measure"].into_iter().chain(varying).chain(NUMBER_COLUMNS).chain(["replicates for"]));
        for row in rows {
            let mut cells = vec![Cell::new(label(&row.measure))];
            cells.extend((!one_group).then(|| Cell::new(about(row))));
            cells.extend((!one_period).then(|| Cell::new(&row.period)));
            cells.extend(Shown::of(row).cells(reading(row)));
            cells.push(right(&needed(row, half_widths, &mut critical)));
            table.add_row(cells);
        }
        text += &table.trim_fmt();
        text += "\n\n";
    }
    text + &footnote(rows, baseline)
}

/// The effects of two runs side by side.
#[must_use]
pub fn compared(rows: &[ComparedEffect], runs: [&Saved; 2], width: Option<u16>) -> String {
    let mut table = new_table(width);
    let names = runs.map(|run| printable(&run.folder.display().to_string()));
    table.set_header(["scenario", "measure", "for", "period", &names[0], &names[1], "unit"]);
    for row in rows {
        let Some(either) = row.first.as_ref().or(row.second.as_ref()) else { continue };
        let effect = |side: &Option<Effect>| side.as_ref().map_or_else(String::new, |effect| Shown::of(effect).effect);
        table.add_row([
            Cell::new(printable(&either.scenario)),
            Cell::new(label(&either.measure)),
            Cell::new(about(either)),
            Cell::new(&either.period),
            right(&effect(&row.first)),
            right(&effect(&row.second)),
            Cell::new(Shown::of(either).unit),
        ]);
    }
    let sides =
        |side: fn(&ComparedEffect) -> &Option<Effect>| rows.iter().filter_map(|row| side(row).clone()).collect();
    let (first, second): (Vec<Effect>, Vec<Effect>) = (sides(|row| &row.first), sides(|row| &row.second));
    let notes = [footnote(&first, runs[0].baseline()), footnote(&second, runs[1].baseline())];
    if notes[0] == notes[1] {
        return format!("{}\n{}", table.trim_fmt(), notes[0]);
    }
    format!("{}\n{}: {}\n{}: {}", table.trim_fmt(), names[0], notes[0], names[1], notes[1])
}

/// The inputs that two runs do not share; a line saying so when there are none.
#[must_use]
pub fn inputs(rows: &[InputDifference], runs: [&Saved; 2], width: Option<u16>) -> String {
    if rows.is_empty() {
        return "the two runs have the same inputs".to_owned();
    }
    let mut table = new_table(width);
    let names = runs.map(|run| printable(&run.folder.display().to_string()));
    table.set_header(["input", "key", &names[0], &names[1]]);
    for row in rows {
        let value = |value: &Option<String>| value.as_deref().map_or_else(|| "(none)".to_owned(), printable);
        table.add_row([printable(&row.place), printable(&row.key), value(&row.first), value(&row.second)]);
    }
    table.trim_fmt()
}

/// Replicates below which a table says that its intervals are unreliable.
const FEW: u32 = 5;

/// The columns of one effect.
const NUMBER_COLUMNS: [&str; 5] = ["baseline", "effect ± mcse", "95% interval", "unit", ""];

pub(super) fn new_table(width: Option<u16>) -> Table {
    let mut table = Table::new();
    table.load_style(TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─')));
    table.set_content_arrangement(ContentArrangement::Disabled);
    if let Some(width) = width {
        table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    }
    table
}

pub(super) fn right(text: &str) -> Cell {
    Cell::new(text).set_alignment(CellAlignment::Right)
}

fn label(measure: &str) -> String {
    measure_named(measure).map_or_else(|| printable(measure), |known| known.label.to_owned())
}

/// Whom an effect is about, in words.
fn about(effect: &Effect) -> String {
    let place = &effect.place;
    let mut parts = Vec::new();
    match place.region_basis.as_str() {
        "" => {}
        "upbringing" => parts.push(format!("from {}", printable(&place.region))),
        _ => parts.push(printable(&place.region)),
    }
    for part in [&place.origin, &place.sex] {
        if part != "all" {
            parts.push(printable(part));
        }
    }
    if parts.is_empty() { "everybody".to_owned() } else { parts.join(", ") }
}

/// Whether no replicate differed in the least.
fn is_exactly_zero(effect: &Effect) -> bool {
    let zero = |value: Option<f64>| value.is_some_and(|value| value.abs() <= 0.0);
    zero(effect.difference) && zero(effect.mcse)
}

/// What the interval lets one say, by the measure's direction.
fn reading(effect: &Effect) -> &'static str {
    if is_exactly_zero(effect) {
        return "no difference";
    }
    let Some((low, high)) = effect.interval else {
        // Several replicates without an error differ by the same amount, which is chance.
        return if effect.replicates > 1 { "not clear" } else { "" };
    };
    if low <= 0.0 && high >= 0.0 {
        return "not clear";
    }
    let rises = low > 0.0;
    match (measure_named(&effect.measure).map_or(Better::Neither, |measure| measure.better), rises) {
        (Better::Higher, true) | (Better::Lower, false) => "better",
        (Better::Higher, false) | (Better::Lower, true) => "worse",
        (Better::Neither, true) => "higher",
        (Better::Neither, false) => "lower",
    }
}

/// How many replicates a half-width needs, such as `23 for ±0.052`, in two digits and the unit of the row.
fn needed(effect: &Effect, half_widths: &[HalfWidth], critical: &mut CriticalValues) -> String {
    let Some(needed) = Needed::of(effect, half_widths, critical) else { return String::new() };
    let half_width = needed.half_width * if effect.unit == "share" { 100.0 } else { 1.0 };
    let replicates = needed.replicates.map_or_else(|| "too many".to_owned(), |number| grouped(&number.to_string()));
    format!("{replicates} for ±{}", rounded(half_width, 1 - exponent(half_width)))
}

/// What the error of these effects covers.
fn footnote(rows: &[Effect], baseline: &str) -> String {
    let fewest = rows.iter().map(|row| row.replicates).min().unwrap_or(0);
    let most = rows.iter().map(|row| row.replicates).max().unwrap_or(0);
    let replicates = if fewest == most { most.to_string() } else { format!("{fewest} to {most}") };
    let noun = if most == 1 { "replicate" } else { "replicates" };
    let error = if most < 2 {
        "one replicate has no error to show"
    } else {
        "± and interval: Monte Carlo error only, the parameters are taken as given"
    };
    let few = if (2..FEW).contains(&most) {
        format!("intervals from fewer than {FEW} replicates are unreliable\n")
    } else {
        String::new()
    };
    let baseline = printable(baseline);
    let caution = many(rows);
    format!("differences to {baseline}, paired over {replicates} {noun}; {error}\n{few}{caution}{NOT_A_FORECAST}")
}

/// How many intervals leave zero out by luck alone, if it is worth saying.
fn many(rows: &[Effect]) -> String {
    let intervals = rows.iter().filter(|row| row.interval.is_some() && !is_exactly_zero(row)).count();
    if intervals < 20 {
        return String::new();
    }
    format!(
        "of {intervals} intervals, about {} would leave zero out by luck alone if no policy changed anything\n",
        intervals.div_ceil(20)
    )
}

/// An effect as text.
struct Shown {
    baseline: String,
    effect: String,
    interval: String,
    unit: String,
}

impl Shown {
    /// The cells under [`NUMBER_COLUMNS`].
    fn cells(&self, reading: &str) -> [Cell; 5] {
        let numbers = [&self.baseline, &self.effect, &self.interval].map(|text| right(text));
        let [baseline, effect, interval] = numbers;
        [baseline, effect, interval, Cell::new(&self.unit), Cell::new(reading)]
    }

    fn of(effect: &Effect) -> Self {
        let is_share = ["share", "share difference"].contains(&effect.unit.as_str());
        let factor = if is_share { 100.0 } else { 1.0 };
        let scaled = |value: Option<f64>| value.map(|value| value * factor);
        let places = decimals(scaled(effect.mcse), scaled(effect.difference), scaled(effect.baseline));
        let exact_zero = is_exactly_zero(effect);
        let text = |value: f64| rounded(value * factor, places);
        let signed = |value: f64| {
            let text = text(value);
            let is_zero = text.chars().all(|letter| matches!(letter, '0' | '.' | ','));
            if value > 0.0 && !is_zero { format!("+{text}") } else { text }
        };
        let unknown = || "unknown".to_owned();
        Self {
            baseline: effect
                .baseline
                .map_or_else(unknown, |value| format!("{}{}", text(value), if is_share { "%" } else { "" })),
            effect: match (effect.difference, effect.mcse) {
                _ if exact_zero => "0".to_owned(),
                (Some(difference), Some(mcse)) => format!("{} ± {}", signed(difference), text(mcse)),
                (Some(difference), None) => signed(difference),
                (None, _) => unknown(),
            },
            interval: match effect.interval {
                Some((low, high)) if !exact_zero => format!("{} to {}", signed(low), signed(high)),
                Some(_) | None => String::new(),
            },
            unit: if is_share { "% points".to_owned() } else { printable(&effect.unit) },
        }
    }
}

/// A number with its error, in as many digits as the error allows.
pub(super) fn with_error(value: Option<f64>, mcse: Option<f64>) -> String {
    let Some(known) = value else { return "unknown".to_owned() };
    let places = decimals(mcse, value, None);
    match mcse {
        _ if known.abs() <= 0.0 && mcse.is_none_or(|error| error <= 0.0) => "0".to_owned(),
        Some(error) => format!("{} ± {}", rounded(known, places), rounded(error, places)),
        None => rounded(known, places),
    }
}

/// Decimals (negative: tens, hundreds) that leave the error one significant digit, two when it starts
/// with 1; with no error, three digits of the effect, and with no effect three of the baseline.
pub(super) fn decimals(mcse: Option<f64>, difference: Option<f64>, baseline: Option<f64>) -> i32 {
    let size = |number: Option<f64>| number.map(f64::abs).filter(|number| *number > 0.0);
    let (number, digits) = match (size(mcse), size(difference).or(size(baseline))) {
        (Some(error), _) => (error, if leading(error) < 2.0 { 2 } else { 1 }),
        (None, Some(number)) => (number, 3),
        (None, None) => return 0,
    };
    (digits - 1 - exponent(number)).clamp(-12, 12)
}

/// The power of ten just below a positive number.
fn exponent(number: f64) -> i32 {
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
pub(super) fn rounded(value: f64, decimals: i32) -> String {
    let Ok(places) = usize::try_from(decimals) else {
        let unit = libm::pow(10.0, f64::from(-decimals));
        return grouped(&format!("{:.0}", (value / unit).round() * unit));
    };
    grouped(&format!("{value:.places$}"))
}

fn grouped(text: &str) -> String {
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
    use crate::output::{Place, testing};

    fn effect(unit: &str, baseline: f64, difference: f64, mcse: f64) -> Effect {
        Effect {
            scenario: "levy".to_owned(),
            measure: "neet_rate".to_owned(),
            unit: unit.to_owned(),
            place: Place { region: "all".into(), region_basis: String::new(), origin: "all".into(), sex: "all".into() },
            period: "whole run".to_owned(),
            months: 120,
            baseline: Some(baseline),
            difference: Some(difference),
            mcse: Some(mcse),
            interval: Some((difference - 2.0 * mcse, difference + 2.0 * mcse)),
            replicates: 12,
        }
    }

    fn line(unit: &str, baseline: f64, difference: f64, mcse: f64) -> String {
        let shown = Shown::of(&effect(unit, baseline, difference, mcse));
        [shown.baseline, shown.effect, shown.interval].join(" | ")
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
    fn a_reading_needs_an_interval_that_leaves_zero_out() {
        assert_eq!(reading(&effect("share", 0.1, -0.01, 0.001)), "better");
        assert_eq!(reading(&effect("share", 0.1, 0.01, 0.001)), "worse");
        assert_eq!(reading(&effect("share", 0.1, 0.01, 0.01)), "not clear");
        assert_eq!(reading(&effect("share", 0.1, 0.0, 0.0)), "no difference");
        let unknown = Effect { mcse: None, interval: None, ..effect("share", 0.1, 0.01, 0.01) };
        assert_eq!(reading(&unknown), "not clear");
        assert_eq!(reading(&Effect { replicates: 1, ..unknown }), "");
    }

    #[test]
    fn one_replicate_shows_no_error_and_says_so() {
        let single = Effect { mcse: None, interval: None, replicates: 1, ..effect("share", 0.1, 0.0123, 0.0) };
        let text = effects(&[single], &[], "baseline", None);
        assert!(text.contains("+1.23") && !text.contains("1.23 ±"), "{text}");
        assert!(text.contains("1 replicate; one replicate has no error to show"), "{text}");
    }

    #[test]
    fn a_table_says_what_its_error_covers_and_that_it_is_no_forecast() {
        let rows: Vec<Effect> =
            crate::output::effects(&testing::results()).filter(|row| row.measure == "neet_rate").collect();
        let text = effects(&rows, &[], "baseline", Some(160));
        assert!(
            text.contains(
                "differences to baseline, paired over 0 to 2 replicates; ± and interval: Monte Carlo error only"
            ),
            "{text}"
        );
        assert!(text.contains("intervals from fewer than 5 replicates are unreliable\n"), "{text}");
        assert!(!footnote(&[effect("share", 0.1, 0.01, 0.01)], "baseline").contains("unreliable"));
        assert!(text.ends_with(NOT_A_FORECAST));
        assert!(
            text.contains("% points") && text.contains("NEET rate, 16-24") && text.contains("from abroad"),
            "{text}"
        );
        assert!(text.contains("unknown"), "{text}");
    }

    #[test]
    fn names_cannot_drive_the_terminal() {
        let hostile = Effect { scenario: "\u{1b}]52;c;x\u{7}".to_owned(), ..effect("share", 0.1, 0.01, 0.01) };
        let text = effects(&[hostile], &[], "base\u{202e}line", None);
        assert!(text.chars().all(|letter| letter == '\n' || (!letter.is_control() && letter != '\u{202e}')));
    }
}
