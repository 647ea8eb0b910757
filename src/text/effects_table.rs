//! Tables for people: effects with their error, in no more digits than the error supports.
//!
//! These give text; printing it is for `cli`. Each table of effects ends with what its error covers.

use crate::diagnostics::printable;
use crate::outcomes::measure_named;
use crate::results::about::HalfWidth;
use crate::results::tables::effects::{EffectRow, mark_chance};
use crate::results::tables::precision::Needed;
use crate::statistics::{CriticalValues, FEWEST, FEWEST_EQUAL};
use crate::text::layout::{fitted, wrapped};
use crate::text::number::{EffectText, Reading, exponent, factor, grouped, rounded};
use comfy_table::{Cell, CellAlignment, LineStyle, Table, TableStyle};

/// What every table of results says of itself.
pub const NOT_A_FORECAST: &str = "simulated under these assumptions, not a forecast";

/// The effects of one run, a table for each scenario, with the replicates that these half-widths need (see [`Needed::of`]
/// for the others), and what their error covers; `width` in characters, or as wide as it gets. Group and period are columns only when they vary.
#[must_use]
pub fn effects(rows: &[EffectRow], half_widths: &[HalfWidth], baseline: &str, width: Option<u16>) -> String {
    let mut rows = rows.to_vec();
    rows.chunk_by_mut(|a, b| a.key.scenario == b.key.scenario).for_each(|family| mark_chance(family.iter_mut()));
    let rows = &rows[..];
    let Some(first) = rows.first() else { return "no effects to show".to_owned() };
    let one_group = rows.iter().all(|row| row.key.subgroup == first.key.subgroup);
    let one_period = rows.iter().all(|row| row.key.period == first.key.period);
    let mut critical = CriticalValues::default();
    let mut text = String::new();
    for rows in rows.chunk_by(|a, b| a.key.scenario == b.key.scenario) {
        let mut title = vec![printable(&rows[0].key.scenario)];
        title.extend(one_group.then(|| about(first)));
        title.extend(one_period.then(|| printable(&first.key.period)));
        text += &title.join(", ");
        text += "\n";
        let mut table = new_table();
        let group = (!one_group).then_some("for");
        let period = (!one_period).then_some("period");
        let varying = group.into_iter().chain(period);
        let of_luck = rows.iter().all(|row| row.members.is_none());
        let numbers = NUMBER_COLUMNS.map(|name| if name == EFFECT && !of_luck { EFFECT_OF_MEMBERS } else { name });
        table.set_header(["measure"].into_iter().chain(varying).chain(numbers).chain(["replicates needed"]));
        for row in rows {
            let mut cells = vec![Cell::new(label(&row.key.measure))];
            cells.extend((!one_group).then(|| Cell::new(about(row))));
            cells.extend((!one_period).then(|| Cell::new(printable(&row.key.period))));
            cells.extend(number_cells(row));
            cells.push(right(&needed(row, half_widths, &mut critical)));
            table.add_row(cells);
        }
        text += &fitted(&mut table, 1 + usize::from(!one_group) + usize::from(!one_period), width);
        text += "\n\n";
    }
    text + &noted(&footnote(rows, baseline), width)
}

/// The columns of one effect.
const NUMBER_COLUMNS: [&str; 5] = ["baseline", EFFECT, "95% interval", "unit", ""];
/// The column of an effect with its Monte Carlo standard error.
const EFFECT: &str = "effect ± mcse";
/// The same over several sets of parameters, whose doubt is in the error as well.
const EFFECT_OF_MEMBERS: &str = "effect ± error";

pub(crate) fn new_table() -> Table {
    let mut table = Table::new();
    table.load_style(TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─')));
    table
}

pub(crate) fn right(text: &str) -> Cell {
    Cell::new(text).set_alignment(CellAlignment::Right)
}

pub(crate) fn label(measure: &str) -> String {
    measure_named(measure).map_or_else(|| printable(measure), |known| known.label.to_owned())
}

/// Whom an effect is about, in words.
pub(crate) fn about(effect: &EffectRow) -> String {
    let place = &effect.key.subgroup;
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

/// The cells under [`NUMBER_COLUMNS`].
fn number_cells(effect: &EffectRow) -> [Cell; 5] {
    let shown = EffectText::of(effect);
    let numbers = [&shown.baseline, &shown.effect(), &shown.interval].map(|text| right(text));
    let [baseline, effect_cell, interval] = numbers;
    [baseline, effect_cell, interval, Cell::new(&shown.unit), Cell::new(verdict(effect))]
}

/// What an effect lets one say, in words.
pub(crate) fn verdict(effect: &EffectRow) -> String {
    let reading = Reading::of(effect);
    if reading == Reading::Same { format!("{} {}", reading.word(), effect.values()) } else { reading.word().to_owned() }
}

/// How many replicates a half-width needs, such as `23 for ±0.052`, in two digits and the unit of the row.
pub(crate) fn needed(effect: &EffectRow, half_widths: &[HalfWidth], critical: &mut CriticalValues) -> String {
    let Some(needed) = Needed::of(effect, half_widths, critical) else { return String::new() };
    let half_width = needed.half_width * factor(&effect.key.unit);
    let replicates = needed.replicates.map_or_else(|| "too many".to_owned(), |number| grouped(&number.to_string()));
    format!("{replicates} for ±{}", rounded(half_width, 1 - exponent(half_width)))
}

/// Notes within a width.
pub(crate) fn noted(notes: &str, width: Option<u16>) -> String {
    width.map_or_else(|| notes.to_owned(), |width| wrapped(notes, usize::from(width)))
}

/// What the error of these effects covers.
pub(crate) fn footnote(rows: &[EffectRow], baseline: &str) -> String {
    let fewest = rows.iter().map(|row| row.replicates).min().unwrap_or(0);
    let most = rows.iter().map(|row| row.replicates).max().unwrap_or(0);
    let members = rows.iter().filter_map(|row| row.members).max();
    let replicates = if fewest == most { most.to_string() } else { format!("{fewest} to {most}") };
    let noun = if most == 1 { "replicate" } else { "replicates" };
    let of = match (members, most) {
        (Some(members), _) => format!(
            " in each of {members} sets of parameters; ± and interval: doubt about parameters and Monte Carlo error together; \
             the baseline's value is that of the fitted ones"
        ),
        (None, 0 | 1) => "; one replicate has no error to show".to_owned(),
        (None, _) => "; ± and interval: Monte Carlo error only, the parameters are taken as given".to_owned(),
    };
    let (values, what, flag) = match members {
        Some(members) => (members, "sets of parameters", "members"),
        None => (most, "replicates", "replicates"),
    };
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let mut few = String::new();
    if (2..count(FEWEST)).contains(&values) {
        few += &format!(
            "fewer than {FEWEST} {what} show no interval: its ends would be luck; --{flag} {FEWEST} or more\n"
        );
    }
    if rows.iter().any(|row| Reading::of(row) == Reading::Same) {
        few += &format!("the same in all: each differs by just this; taken for certain from {FEWEST_EQUAL} on\n");
    }
    let baseline = printable(baseline);
    let caution = many(rows);
    format!("differences to {baseline}, paired over {replicates} {noun}{of}\n{few}{caution}{NOT_A_FORECAST}")
}

/// What is done about many intervals, of which some leave zero out by luck alone, if it is worth saying.
fn many(rows: &[EffectRow]) -> String {
    let marked = |row: &&EffectRow| row.is_chance && row.interval.is_some_and(|(low, high)| low > 0.0 || high < 0.0);
    match rows.iter().filter(marked).count() {
        0 => String::new(),
        1 => format!("1 interval leaves zero out and is {CHANCE}\n"),
        marked => format!("{marked} intervals leave zero out and are {CHANCE}\n"),
    }
}

/// Why an interval that leaves zero out is not called clear.
const CHANCE: &str =
    "not called clear: of all that is called so of a scenario here, at most 5% are expected to be luck";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::testing::{self, effect};

    #[test]
    fn one_replicate_shows_no_error_and_says_so() {
        let single = EffectRow { mcse: None, interval: None, replicates: 1, ..effect("share", 0.1, 0.0123, 0.0) };
        let text = effects(&[single], &[], "baseline", None);
        assert!(text.contains("+1.23") && !text.contains("1.23 ±"), "{text}");
        assert!(text.contains("1 replicate; one replicate has no error to show"), "{text}");
    }

    #[test]
    fn a_table_says_what_its_error_covers_and_that_it_is_no_forecast() {
        let rows: Vec<EffectRow> = crate::results::tables::effects::effects(&testing::results())
            .filter(|row| row.key.measure == "neet_rate")
            .collect();
        let text = effects(&rows, &[], "baseline", Some(160));
        assert!(
            text.contains(
                "differences to baseline, paired over 0 to 2 replicates; ± and interval: Monte Carlo error only"
            ),
            "{text}"
        );
        assert!(text.contains("fewer than 5 replicates show no interval"), "{text}");
        assert!(!footnote(&[effect("share", 0.1, 0.01, 0.01)], "baseline").contains("no interval"));
        assert!(text.ends_with(NOT_A_FORECAST));
        assert!(
            text.contains("% points") && text.contains("NEET rate, 16-24") && text.contains("from abroad"),
            "{text}"
        );
        assert!(text.contains("unknown"), "{text}");
    }

    #[test]
    fn names_cannot_drive_the_terminal() {
        let mut hostile = effect("share", 0.1, 0.01, 0.01);
        hostile.key.scenario = "\u{1b}]52;c;x\u{7}".to_owned();
        let text = effects(&[hostile], &[], "base\u{202e}line", None);
        assert!(text.chars().all(|letter| letter == '\n' || (!letter.is_control() && letter != '\u{202e}')));
    }
}
