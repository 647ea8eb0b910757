//! What a run says first, on one screen: the headline effects of each scenario with their intervals.
//!
//! This gives text; printing it is for `cli`. Everything else is in the files, and `rungs compare` shows it.

use crate::diagnostics::printable;
use crate::results::about::HalfWidth;
use crate::results::keys::{LAST_YEAR, WHOLE_RUN};
use crate::results::run::Results;
use crate::results::tables::effects::{EffectRow, effects_on_everybody, mark_chance};
use crate::results::tables::uncertainty::{SpreadRow, put_doubt};
use crate::statistics::CriticalValues;
use crate::text::effects_table::{footnote, label, needed, new_table, noted, right, verdict};
use crate::text::layout::fitted;
use crate::text::number::EffectText;
use comfy_table::Cell;

/// The headline measures that are told first where there is no room for all: work and learning of the young, then where it leads.
pub const TOLD_FIRST: [&str; 6] = [
    "neet_rate",
    "apprenticeship_starts",
    "job_class.professional.30",
    "upward_mobility.30",
    "qualification.level_3_plus.19",
    "median_pay.30",
];

/// The rows of effects that leave room for the rest on a screen of 24 lines; fewer where each takes several lines.
const ROWS: usize = 14;
/// The lines above the first row.
const HEAD: usize = 3;
/// The lines of an effect where columns have no room.
const LINES: usize = 3;

/// Where measures are named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Naming {
    /// Once, above the table: there is one.
    Above,
    /// In each row.
    EachRow,
}

/// The effects on everybody over the last year, the whole run and the year in which they are largest: of as many of [`TOLD_FIRST`] as fit,
/// at least one for each scenario, and of the measures that a half-width was asked of, with the replicates it needs.
#[must_use]
pub fn headlines(results: &Results, spreads: &[SpreadRow], width: Option<u16>) -> String {
    let policies = results.scenarios.len().saturating_sub(1);
    if policies == 0 {
        return "found the baseline alone: no effects to show".to_owned();
    }
    let text = within(results, spreads, ROWS / policies, width);
    // where columns have no room each row takes several lines
    let (table, _) = text.split_once("\n\n").unwrap_or((&text, ""));
    if table.lines().count() > ROWS + HEAD { within(results, spreads, ROWS / LINES / policies, width) } else { text }
}

/// The effects on so many of the measures that are told first, at least one.
fn within(results: &Results, spreads: &[SpreadRow], most: usize, width: Option<u16>) -> String {
    let asked = &results.options.half_widths;
    let told = TOLD_FIRST[..most.clamp(1, TOLD_FIRST.len())].iter().map(|key| (*key).to_owned());
    let measures: Vec<String> = told.chain(asked.iter().map(|asked| asked.measure.clone())).collect();
    let rows = told_of(results, &measures, spreads);
    let baseline = results.scenarios.first().map_or("", |scenario| &scenario.name);
    let only = measures.iter().all(|measure| *measure == measures[0]).then(|| format!(" on {}", label(&measures[0])));
    let about = only.clone().unwrap_or_default();
    let naming = if only.is_some() { Naming::Above } else { Naming::EachRow };
    let table = table(&rows, asked, naming, width);
    let peak = if rows.iter().any(|row| row.peak.is_some()) {
        "peak: the year with the largest effect, by its first month\n"
    } else {
        ""
    };
    let all: Vec<EffectRow> =
        rows.into_iter().flat_map(|told| [Some(told.last), Some(told.whole), told.peak]).flatten().collect();
    format!("effects{about}, everybody\n{table}\n\n{}", noted(&format!("{peak}{}", footnote(&all, baseline)), width))
}

/// An effect over the last year, the whole run, and the year in which it is largest, if there are several.
#[derive(Debug)]
struct Told {
    last: EffectRow,
    whole: EffectRow,
    peak: Option<EffectRow>,
}

/// The effects of each scenario on these measures, in their order.
fn told_of(results: &Results, measures: &[String], spreads: &[SpreadRow]) -> Vec<Told> {
    let spans = results.outcomes.spans();
    let years: Vec<&str> = spans.iter().filter(|span| span.is_year()).map(|span| span.name.as_str()).collect();
    let periods: Vec<&str> = [LAST_YEAR, WHOLE_RUN].into_iter().chain(years.iter().copied()).collect();
    let mut effects = effects_on_everybody(results, &periods);
    effects.retain(|effect| measures.contains(&effect.key.measure));
    put_doubt(effects.iter_mut(), spreads);
    // the largest year is picked out of all years, so all of them are looked at together
    effects.chunk_by_mut(|a, b| a.key.scenario == b.key.scenario).for_each(|family| mark_chance(family.iter_mut()));
    let size = |effect: &EffectRow| effect.difference.map_or(-1.0, f64::abs);
    let mut told = Vec::new();
    for scenario in results.scenarios.iter().skip(1) {
        for measure in measures {
            let own: Vec<&EffectRow> =
                effects.iter().filter(|one| one.key.scenario == scenario.name && one.key.measure == *measure).collect();
            let over = |period: &str| own.iter().copied().find(|one| one.key.period == period).cloned();
            let of_years = own.iter().filter(|one| years.len() > 1 && years.contains(&one.key.period.as_str()));
            // the first of equals
            let peak = of_years.rev().max_by(|one, other| size(one).total_cmp(&size(other))).map(|one| (*one).clone());
            if let (Some(last), Some(whole)) = (over(LAST_YEAR), over(WHOLE_RUN)) {
                told.push(Told { last, whole, peak });
            }
        }
    }
    told
}

/// The table; it names measures if there are several. Intervals are in `rungs compare`, what they say is here.
fn table(rows: &[Told], half_widths: &[HalfWidth], naming: Naming, width: Option<u16>) -> String {
    let mut critical = CriticalValues::default();
    let mut table = new_table();
    let measure = (naming == Naming::EachRow).then_some("measure");
    let replicates = (!half_widths.is_empty()).then_some("replicates needed");
    let peak = rows.iter().any(|row| row.peak.is_some()).then_some("peak");
    let head = ["scenario"].into_iter().chain(measure).chain(["baseline", LAST_YEAR, WHOLE_RUN]).chain(peak);
    table.set_header(head.chain(["unit"]).chain(replicates));
    for (at, Told { last, whole, peak: largest }) in rows.iter().enumerate() {
        let is_first = at == 0 || rows[at - 1].last.key.scenario != last.key.scenario;
        let shown = EffectText::of(last);
        let mut cells = vec![Cell::new(if is_first { printable(&last.key.scenario) } else { String::new() })];
        cells.extend(measure.map(|_| Cell::new(label(&last.key.measure))));
        cells.extend([right(&shown.baseline), Cell::new(said(last)), Cell::new(said(whole))]);
        let largest = largest.as_ref().map(|largest| format!("{} in {}", said(largest), first_month(largest)));
        cells.extend(peak.map(|_| Cell::new(largest.unwrap_or_default())));
        cells.push(Cell::new(&shown.unit));
        let is_asked = half_widths.iter().any(|asked| asked.measure == last.key.measure);
        let needs = if is_asked { needed(last, half_widths, &mut critical) } else { String::new() };
        cells.extend(replicates.map(|_| right(&needs)));
        table.add_row(cells);
    }
    fitted(&mut table, 1 + usize::from(measure.is_some()), width)
}

/// An effect and what its interval lets one say.
fn said(effect: &EffectRow) -> String {
    format!("{} {}", EffectText::of(effect).difference, verdict(effect)).trim_end().to_owned()
}

/// The first month of a year.
fn first_month(effect: &EffectRow) -> String {
    effect.key.period.split(' ').next().map_or_else(String::new, printable)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::about::ScenarioInfo;
    use crate::results::testing;
    use crate::statistics::EnsembleSpread;
    use std::sync::Arc;

    #[test]
    fn what_a_run_says_first_fits_a_screen_however_many_scenarios_there_are() {
        for (policies, width) in [(1, 80), (3, 80), (11, 80), (1, 100), (3, 140), (11, 140)] {
            let mut results = testing::results();
            let name =
                |at: usize| ScenarioInfo { name: format!("growth-and-skills-{at}"), ..results.scenarios[1].clone() };
            let all: Vec<ScenarioInfo> = (0..policies).map(name).collect();
            results.scenarios.splice(1.., all);
            for replicate in &mut results.outcomes.replicates {
                let own = Arc::clone(&replicate.runs[1]);
                replicate.runs.splice(1.., vec![own; policies]);
            }
            let text = headlines(&results, &[], Some(width));
            let (table, _) = text.split_once("\n\n").unwrap();
            // eleven scenarios of three lines each are more than a screen holds
            let most = if policies > 3 && width < 120 { 56 } else { 23 };
            assert!(text.lines().count() <= most, "{policies}, {width}: {} lines\n{text}", text.lines().count());
            assert!(text.lines().all(|line| line.chars().count() <= usize::from(width)), "{text}");
            for part in ["baseline", LAST_YEAR, WHOLE_RUN, "peak", "-7 too few to tell in 2025-09"] {
                assert!(table.contains(part), "{part}\n{text}");
            }
            assert!((0..policies).all(|at| table.contains(&format!("skills-{at}"))), "{text}");
            assert!(table.contains("NEET rate"), "{text}");
        }
    }

    #[test]
    fn a_measure_that_a_half_width_was_asked_of_is_shown_with_the_replicates_it_needs() {
        let mut results = testing::results();
        assert!(!headlines(&results, &[], None).contains("replicates needed"));
        results.options.half_widths = vec![HalfWidth { measure: "neet_inactive".to_owned(), half_width: 0.01 }];
        let text = headlines(&results, &[], None);
        assert!(text.contains("replicates needed") && text.contains("inactive"), "{text}");
    }

    #[test]
    fn doubt_about_parameters_is_in_every_column_the_peak_included() {
        let results = testing::results();
        let spread = |mut effect: EffectRow| {
            // twelve sets of parameters that differ by more than luck
            effect.difference = effect.difference.map(|difference| difference - 0.01);
            let found: Vec<(f64, f64)> =
                (0..12).map(|at| (effect.difference.unwrap() + 0.001 * f64::from(at), 1e-8)).collect();
            SpreadRow {
                key: effect.key,
                members: 12,
                spread: EnsembleSpread::of(&found, &mut CriticalValues::default()),
            }
        };
        let periods = [LAST_YEAR, WHOLE_RUN, "2025-09", "2026-09"];
        let mut known = effects_on_everybody(&results, &periods);
        known.retain(|effect| effect.key.measure == "neet_rate");
        let spreads: Vec<SpreadRow> = known.into_iter().map(spread).collect();
        let rows = told_of(&results, &["neet_rate".to_owned()], &spreads);
        let Told { last, whole, peak } = &rows[0];
        assert!([last, whole, peak.as_ref().unwrap()].iter().all(|row| row.members == Some(12)), "{rows:?}");
        let text = headlines(&results, &spreads, Some(80));
        assert!(text.replace('\n', " ").contains("in each of 12 sets of parameters"), "{text}");
    }
}
