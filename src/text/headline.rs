//! What a run says first, on one screen: the headline effects of each scenario with their intervals.
//!
//! This gives text; printing it is for `cli`. Everything else is in the files, and `rungs compare` shows it.

use crate::diagnostics::printable;
use crate::results::about::HalfWidth;
use crate::results::keys::LAST_YEAR;
use crate::results::run::Results;
use crate::results::tables::effects::{EffectRow, effects_on_everybody};
use crate::statistics::CriticalValues;
use crate::text::effects_table::{footnote, label, needed, new_table, right, unbroken};
use crate::text::number::{EffectText, Reading};
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

/// The rows of effects that leave room for the rest on a screen of 24 lines; half of them where long names take two lines.
const ROWS: usize = 14;
/// The least width on which every column has room (characters).
const WIDE: u16 = 120;

/// Where measures are named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Naming {
    /// Once, above the table: there is one.
    Above,
    /// In each row.
    EachRow,
}

/// The effects of the last year on everybody: of as many of [`TOLD_FIRST`] as fit, at least one for each scenario, and of the
/// measures that a half-width was asked of, with the replicates it needs.
#[must_use]
pub fn headlines(results: &Results, width: Option<u16>) -> String {
    let policies = results.scenarios.len().saturating_sub(1);
    if policies == 0 {
        return "found the baseline alone: no effects to show".to_owned();
    }
    let room = if is_wide(width) { ROWS } else { ROWS / 2 };
    let most = (room / policies).clamp(1, TOLD_FIRST.len());
    let asked = &results.options.half_widths;
    let told = TOLD_FIRST[..most].iter().map(|key| (*key).to_owned());
    let measures: Vec<String> = told.chain(asked.iter().map(|asked| asked.measure.clone())).collect();
    let mut rows = effects_on_everybody(results, &[LAST_YEAR]);
    rows.retain(|effect| measures.contains(&effect.key.measure));
    let order = |effect: &EffectRow| {
        let scenario = results.scenarios.iter().position(|scenario| scenario.name == effect.key.scenario);
        (scenario, measures.iter().position(|measure| *measure == effect.key.measure))
    };
    rows.sort_by_key(order);
    let baseline = results.scenarios.first().map_or("", |scenario| &scenario.name);
    let only = measures.iter().all(|measure| *measure == measures[0]).then(|| format!(" on {}", label(&measures[0])));
    let about = only.clone().unwrap_or_default();
    let naming = if only.is_some() { Naming::Above } else { Naming::EachRow };
    let table = table(&rows, asked, naming, width);
    format!("effects{about}, everybody, {LAST_YEAR}\n{table}\n\n{}", footnote(&rows, baseline))
}

fn is_wide(width: Option<u16>) -> bool {
    width.is_none_or(|width| width >= WIDE)
}

/// The table; it names measures if there are several, and has fewer columns where there is little room.
fn table(rows: &[EffectRow], half_widths: &[HalfWidth], naming: Naming, width: Option<u16>) -> String {
    let mut critical = CriticalValues::default();
    let mut table = new_table(width);
    let is_wide = is_wide(width);
    let measure = (naming == Naming::EachRow).then_some("measure");
    let baseline = is_wide.then_some("baseline");
    let reading = is_wide.then_some("");
    let replicates = (!half_widths.is_empty()).then_some("replicates for");
    let head = ["scenario"].into_iter().chain(measure).chain(baseline).chain(["effect ± mcse", "95% interval", "unit"]);
    table.set_header(head.chain(reading).chain(replicates));
    for (at, row) in rows.iter().enumerate() {
        let is_first = at == 0 || rows[at - 1].key.scenario != row.key.scenario;
        let shown = EffectText::of(row);
        let mut cells = vec![Cell::new(if is_first { printable(&row.key.scenario) } else { String::new() })];
        cells.extend(measure.map(|_| Cell::new(label(&row.key.measure))));
        cells.extend(baseline.map(|_| right(&shown.baseline)));
        cells.extend([right(&shown.effect()), right(&shown.interval), Cell::new(&shown.unit)]);
        cells.extend(reading.map(|_| Cell::new(Reading::of(row).word())));
        let is_asked = half_widths.iter().any(|asked| asked.measure == row.key.measure);
        let needs = if is_asked { needed(row, half_widths, &mut critical) } else { String::new() };
        cells.extend(replicates.map(|_| right(&needs)));
        table.add_row(cells);
    }
    unbroken(&mut table, 0);
    table.trim_fmt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::about::ScenarioInfo;
    use crate::results::testing;
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
            let text = headlines(&results, Some(width));
            let (table, _) = text.split_once("\n\n").unwrap();
            assert!(text.lines().count() <= 23, "{policies}, {width}: {} lines\n{text}", text.lines().count());
            assert!(table.lines().all(|line| line.chars().count() <= usize::from(width)), "{text}");
            assert!((0..policies).all(|at| table.contains(&format!("skills-{at}"))), "{text}");
            assert!(table.contains("NEET rate"), "{text}");
        }
    }

    #[test]
    fn a_measure_that_a_half_width_was_asked_of_is_shown_with_the_replicates_it_needs() {
        let mut results = testing::results();
        assert!(!headlines(&results, None).contains("replicates for"));
        results.options.half_widths = vec![HalfWidth { measure: "neet_inactive".to_owned(), half_width: 0.01 }];
        let text = headlines(&results, None);
        assert!(text.contains("replicates for") && text.contains("inactive"), "{text}");
    }
}
