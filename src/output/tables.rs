//! Tables for people about money and about policies against each other.
//!
//! Like [`super::table`], these give text; printing it is for `cli`. No policy is called ahead unless every comparison says so at once.

use super::rows::WHOLE_RUN;
use super::table::{label, new_table, right};
use super::{CostRow, NamedScenario, Ranking, RatioRow, ScenarioInfo};
use super::{decimals, rounded};
use crate::diagnostics::printable;
use crate::money::{GAINS, Kind, RATE};
use comfy_table::Cell;

/// What each scenario costs over the run and what a unit of each gain costs; nothing without a scenario beside the baseline.
#[must_use]
pub fn money(costs: &[CostRow], ratios: &[RatioRow], width: Option<u16>) -> String {
    let Some(first) = costs.first() else { return String::new() };
    let prices = if first.price_year.is_empty() {
        "base-year prices".to_owned()
    } else {
        format!("prices of {}", printable(&first.price_year))
    };
    let mut text =
        format!("what it costs, {WHOLE_RUN}, {prices}, discounted at {}% a year\n", rounded(RATE * 100.0, 1));
    let mut table = new_table(width);
    table.set_header(["scenario", "", "gained ± mcse", "gross cost", "net of savings"]);
    for rows in costs.chunk_by(|a, b| a.scenario == b.scenario) {
        let of = |item: &str| rows.iter().find(|row| row.item == item && row.year == WHOLE_RUN).map(total);
        let cost = |item: &str| right(&of(item).unwrap_or_default());
        table.add_row([
            Cell::new(printable(&rows[0].scenario)),
            Cell::new("GBP million in all"),
            Cell::new(""),
            cost("gross"),
            cost("net"),
        ]);
        for gain in &GAINS {
            let of = |kind: Kind| {
                let wanted = |row: &&RatioRow| {
                    row.scenario == rows[0].scenario && row.gain == gain.key && row.cost == kind.name()
                };
                ratios.iter().find(wanted)
            };
            let Some(gross) = of(Kind::Gross) else { continue };
            let per = |row: Option<&RatioRow>| right(&row.map(per_gain).unwrap_or_default());
            table.add_row([
                Cell::new(""),
                Cell::new(format!("GBP per {}", gain.label)),
                right(&with_error(gross.gained, gross.gained_mcse)),
                per(Some(gross)),
                per(of(Kind::Net)),
            ]);
        }
    }
    text += &table.trim_fmt();
    text + "\n\ngains are totals over everybody, so people who are displaced are counted; brackets: 95% interval of the ratio (Fieller), \
            Monte Carlo error only\nnot estimable: what was gained may be nothing; savings: benefits not paid at 16-24, and nothing else"
}

/// Every item of the whole run: what was planned, what was simulated, and how they add up.
#[must_use]
pub fn items(costs: &[CostRow], width: Option<u16>) -> String {
    let mut table = new_table(width);
    table.set_header(["scenario", "item", "", "GBP million", "discounted"]);
    for rows in costs.chunk_by(|a, b| a.scenario == b.scenario) {
        let whole = rows.iter().filter(|row| row.year == WHOLE_RUN);
        for (at, row) in whole.enumerate() {
            let scenario = if at == 0 { printable(&row.scenario) } else { String::new() };
            table.add_row([
                Cell::new(scenario),
                Cell::new(printable(&row.item)),
                Cell::new(&row.basis),
                right(&with_error(row.gbp_million, row.mcse)),
                right(&total(row)),
            ]);
        }
    }
    table.trim_fmt()
}

/// What scenarios were scaled by for one budget; nothing if none was.
#[must_use]
pub fn scaled(scenarios: &[ScenarioInfo]) -> String {
    let lines = scenarios.iter().filter_map(|scenario| {
        let factor = scenario.scaled_by?;
        Some(format!("{} x {}", printable(&scenario.name), rounded(factor, decimals(None, Some(factor), None).max(3))))
    });
    let lines: Vec<String> = lines.collect();
    if lines.is_empty() {
        String::new()
    } else {
        format!("levers that cost money scaled to one budget: {}", lines.join(", "))
    }
}

/// On each measure, which scenario is clearly ahead of all others, if any; measures that tell nobody apart are counted, not
/// shown. Nothing with fewer than two policies.
#[must_use]
pub fn between(rankings: &[Ranking], scenarios: &[NamedScenario], period: &str, width: Option<u16>) -> String {
    let rows: Vec<&Ranking> = rankings.iter().filter(|ranking| ranking.period == period).collect();
    if rows.is_empty() {
        return String::new();
    }
    let says_nothing = |ranking: &&&Ranking| ranking.ahead.is_none() && ranking.unbeaten.len() == scenarios.len();
    let silent = rows.iter().filter(says_nothing).count();
    let mut table = new_table(width);
    table.set_header(["measure", "clearly ahead of all others", "otherwise not told apart"]);
    for ranking in rows.iter().filter(|ranking| !says_nothing(ranking)) {
        let names: Vec<String> = ranking.unbeaten.iter().map(|name| printable(name)).collect();
        let rest = if ranking.ahead.is_some() { String::new() } else { names.join(", ") };
        let ahead = ranking.ahead.as_deref().map_or_else(|| "none".to_owned(), printable);
        table.add_row([label(&ranking.measure), ahead, rest]);
    }
    let costs = if scenarios.iter().any(|scenario| scenario.scaled_by.is_some()) {
        ""
    } else {
        "\npolicies are of different cost; --equal-cost scales them to one budget"
    };
    let silent = if silent == 0 {
        String::new()
    } else {
        format!("{silent} of {} measures tell no scenarios apart\n", rows.len())
    };
    let table = if table.is_empty() { String::new() } else { format!("{}\n\n", table.trim_fmt()) };
    let pairs = scenarios.len() * scenarios.len().saturating_sub(1) / 2;
    format!(
        "between scenarios, {period}\n{table}{silent}ahead: all paired intervals against the others leave zero out at once (95% for the \
         {pairs} pairs of a measure together, Bonferroni)\n{} measures were looked at: each may be wrong once in twenty times{costs}",
        rows.len(),
    )
}

fn total(row: &CostRow) -> String {
    with_error(row.discounted_gbp_million, row.discounted_mcse)
}

/// A number with its error, in the digits that the error supports; an exact one to three digits.
fn with_error(value: f64, mcse: Option<f64>) -> String {
    let places = decimals(mcse, Some(value), None).min(2);
    match mcse {
        Some(mcse) if mcse > 0.0 => format!("{} ± {}", rounded(value, places), rounded(mcse, places)),
        Some(_) | None => rounded(value, places),
    }
}

/// Pounds for one more with their interval, or the word for why there are none.
fn per_gain(row: &RatioRow) -> String {
    let (Some(gbp), Some(low), Some(high)) = (row.gbp_per_gain, row.gbp_per_gain_low95, row.gbp_per_gain_high95) else {
        return row.verdict.clone();
    };
    // A quarter of the interval is about one standard error.
    let places = decimals(Some((high - low) / 4.0), Some(gbp), None).min(0);
    let [gbp, low, high] = [gbp, low, high].map(|value| rounded(value, places));
    format!("{gbp} ({low} to {high})")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::rows::LAST_YEAR;
    use crate::output::{cost_rows, ratio_rows, testing};

    #[test]
    fn the_table_of_money_has_costs_gains_and_what_one_more_costs() {
        let results = testing::results();
        let text = money(&cost_rows(&results), &ratio_rows(&results), None);
        for part in [
            "prices of 2024/25, discounted at 3.5% a year",
            "12.0 ± 0.5",
            "11.9 ± 0.5",
            "GBP per person-month out of NEET, 16-24",
            "400 ± 20",
            "30,800 (28,000 to 34,000)",
            "not estimable",
            "people who are displaced are counted",
        ] {
            assert!(text.contains(part), "{part:?} is not in\n{text}");
        }
        assert_eq!(money(&[], &[], None), "");
    }

    #[test]
    fn items_show_what_was_planned_beside_what_was_simulated() {
        let text = items(&cost_rows(&testing::results()), None);
        for part in ["levers.skills_levy[0]", "planned", "take-up and knock-on", "2.0 ± 0.5", "net"] {
            assert!(text.contains(part), "{part:?} is not in\n{text}");
        }
    }

    #[test]
    fn factors_of_an_equal_budget_are_named() {
        let mut results = testing::results();
        assert_eq!(scaled(&results.scenarios), "");
        results.scenarios[1].scaled_by = Some(1.234_567);
        assert!(scaled(&results.scenarios).ends_with("=levy x 1.235"), "{}", scaled(&results.scenarios));
    }

    #[test]
    fn nobody_is_called_best_when_intervals_cover_zero() {
        assert_eq!(between(&[], &[], LAST_YEAR, None), "");
        let named = |name: &str| NamedScenario { name: name.to_owned(), title: String::new(), scaled_by: None };
        let scenarios = ["baseline", "levy", "third"].map(named);
        let ranking = |measure: &str, ahead: Option<&str>, unbeaten: &[&str]| Ranking {
            measure: measure.to_owned(),
            period: LAST_YEAR.to_owned(),
            ahead: ahead.map(str::to_owned),
            unbeaten: unbeaten.iter().map(|name| (*name).to_owned()).collect(),
        };
        let all = ["baseline", "levy", "third"];
        let silent = between(&[ranking("neet_rate", None, &all)], &scenarios, LAST_YEAR, None);
        assert!(!silent.contains("NEET") && silent.contains("1 of 1 measures tell no scenarios apart"), "{silent}");
        let some = [ranking("neet_rate", None, &all[1..]), ranking("median_pay.30", Some("levy"), &["levy"])];
        let text = between(&some, &scenarios, LAST_YEAR, None);
        assert!(text.contains("none") && text.contains("levy, third") && text.contains("3 pairs"), "{text}");
        assert!(text.contains("of different cost") && text.contains("Bonferroni"), "{text}");
        let results = testing::results();
        let money = money(&cost_rows(&results), &ratio_rows(&results), None);
        assert!([&text, &money].iter().all(|text| !text.to_lowercase().contains("best")), "{text}");
    }
}
