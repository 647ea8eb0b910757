//! Tables for people about money and about policies against each other.
//!
//! Like [`super::effects_table`], these give text; printing it is for `cli`. No policy is called ahead unless every comparison says so at once.

use crate::diagnostics::printable;
use crate::money::{CostKind, GAINS, RATE};
use crate::results::about::ScenarioInfo;
use crate::results::keys::WHOLE_RUN;
use crate::results::tables::cost_effectiveness::RatioRow;
use crate::results::tables::costs::CostRow;
use crate::text::effects_table::{new_table, noted, right};
use crate::text::layout::fitted;
use crate::text::number::{decimals, error_of, rounded};
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
    let mut table = new_table();
    let gained = if first.members.is_some() { "gained ± error" } else { "gained ± mcse" };
    table.set_header(["scenario", "", gained, "gross cost", "net of savings"]);
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
            let of = |kind: CostKind| {
                let wanted = |row: &&RatioRow| {
                    row.scenario == rows[0].scenario && row.gain == gain.key && row.cost == kind.name()
                };
                ratios.iter().find(wanted)
            };
            let Some(gross) = of(CostKind::Gross) else { continue };
            let per = |row: Option<&RatioRow>| right(&row.map(per_gain).unwrap_or_default());
            table.add_row([
                Cell::new(""),
                Cell::new(format!("GBP per {}", gain.label)),
                right(&with_error(gross.gained, gross.gained_mcse)),
                per(Some(gross)),
                per(of(CostKind::Net)),
            ]);
        }
    }
    text += &fitted(&mut table, 2, width);
    text += "\n\n";
    let error = match first.members {
        Some(members) => {
            format!("doubt about parameters and Monte Carlo error together, of {members} sets of parameters")
        }
        None => "Monte Carlo error only, parameters as given".to_owned(),
    };
    let notes = format!(
        "gains are totals over everybody, so people who are displaced are counted; ± and brackets, the 95% interval of the ratio (Fieller): {error}\n\
         not estimable: what was gained may be nothing; savings: benefits not paid at 16-24, and nothing else"
    );
    text + &noted(&notes, width)
}

/// Every item of the whole run: what was planned, what was simulated, and how they add up.
#[must_use]
pub fn items(costs: &[CostRow], width: Option<u16>) -> String {
    let mut table = new_table();
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
    fitted(&mut table, 2, width)
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
    let places = decimals(error_of(gbp, (low, high)), Some(gbp), None).min(0);
    let [gbp, low, high] = [gbp, low, high].map(|value| rounded(value, places));
    format!("{gbp} ({low} to {high})")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::tables::cost_effectiveness::ratio_rows;
    use crate::results::tables::costs::cost_rows;
    use crate::results::testing;

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
}
