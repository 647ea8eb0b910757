//! Tables for people: policies against each other.
//!
//! These give text; printing it is for `cli`. No policy is called ahead unless every comparison says so at once.

use crate::diagnostics::printable;
use crate::results::about::NamedScenario;
use crate::results::tables::policy_contrasts::Ranking;
use crate::text::effects_table::{label, new_table, noted};
use crate::text::layout::fitted;

/// On each measure, which scenario is clearly ahead of all others, if any; measures that tell nobody apart are counted, not
/// shown. Nothing with fewer than two policies.
#[must_use]
pub fn policy_contrasts(rankings: &[Ranking], scenarios: &[NamedScenario], period: &str, width: Option<u16>) -> String {
    let rows: Vec<&Ranking> = rankings.iter().filter(|ranking| ranking.period == period).collect();
    if rows.is_empty() {
        return String::new();
    }
    let says_nothing = |ranking: &&&Ranking| ranking.ahead.is_none() && ranking.unbeaten.len() == scenarios.len();
    let silent = rows.iter().filter(says_nothing).count();
    let mut table = new_table();
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
    let table = if table.is_empty() { String::new() } else { format!("{}\n\n", fitted(&mut table, 1, width)) };
    let pairs = scenarios.len() * scenarios.len().saturating_sub(1) / 2;
    let notes = format!(
        "{silent}ahead: all paired intervals against the others leave zero out at once (95% for the \
         {pairs} pairs of a measure together, Bonferroni)\n{} measures were looked at: each may be wrong once in twenty times{costs}",
        rows.len(),
    );
    format!("between scenarios, {period}\n{table}{}", noted(&notes, width))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::keys::LAST_YEAR;
    use crate::results::tables::cost_effectiveness::ratio_rows;
    use crate::results::tables::costs::cost_rows;
    use crate::results::testing;
    use crate::text::money_table::money;

    #[test]
    fn nobody_is_called_best_when_intervals_cover_zero() {
        assert_eq!(policy_contrasts(&[], &[], LAST_YEAR, None), "");
        let named = |name: &str| NamedScenario { name: name.to_owned(), title: String::new(), scaled_by: None };
        let scenarios = ["baseline", "levy", "third"].map(named);
        let ranking = |measure: &str, ahead: Option<&str>, unbeaten: &[&str]| Ranking {
            measure: measure.to_owned(),
            period: LAST_YEAR.to_owned(),
            ahead: ahead.map(str::to_owned),
            unbeaten: unbeaten.iter().map(|name| (*name).to_owned()).collect(),
        };
        let all = ["baseline", "levy", "third"];
        let silent = policy_contrasts(&[ranking("neet_rate", None, &all)], &scenarios, LAST_YEAR, None);
        assert!(!silent.contains("NEET") && silent.contains("1 of 1 measures tell no scenarios apart"), "{silent}");
        let some = [ranking("neet_rate", None, &all[1..]), ranking("median_pay.30", Some("levy"), &["levy"])];
        let text = policy_contrasts(&some, &scenarios, LAST_YEAR, None);
        assert!(text.contains("none") && text.contains("levy, third") && text.contains("3 pairs"), "{text}");
        assert!(text.contains("of different cost") && text.contains("Bonferroni"), "{text}");
        let results = testing::results();
        let money = money(&cost_rows(&results), &ratio_rows(&results), None);
        assert!([&text, &money].iter().all(|text| !text.to_lowercase().contains("best")), "{text}");
    }
}
