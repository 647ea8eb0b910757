//! What a reader has to know before using a number: assumptions, limits, and what scenarios changed.

use super::super::facts::{Facts, LeverText, PolicyFacts, written};
use super::super::page::{Block, PageCell, PageTable, Section, SwitchView, TableRow};
use crate::compare::inputs::flatten;
use crate::text::brief::count;
use std::collections::BTreeMap;

/// The model's own page, for its limits.
const MODEL: &str = include_str!("../../../MODEL.md");
/// The heading over its limits.
const LIMITS: &str = "What the model cannot do";
/// The run settings, which scenarios share: what differs there is no policy.
const SHARED: [&str; 3] = ["run.", "title", "description"];

pub(super) fn section(facts: &Facts<'_>) -> Section {
    let views = facts.policies.iter().zip(facts.run.scenarios.iter().skip(1)).map(|(policy, (_, text))| SwitchView {
        label: policy.title.clone(),
        blocks: vec![Block::Open { table: levers(policy) }, Block::Behind { table: parameters(facts, text) }],
    });
    let mut blocks = vec![Block::Text { text: evidence(facts) }];
    let limits_of =
        format!("Limits of use, as the model's own page states them (Rungs {}):", env!("CARGO_PKG_VERSION"));
    blocks.push(Block::Text { text: limits_of });
    blocks.push(Block::List { items: limits() });
    if !facts.policies.is_empty() {
        let legend = "Changed from the baseline by".to_owned();
        blocks.push(Block::Switch { legend, name: "parameters".to_owned(), views: views.collect() });
    }
    Section {
        id: "assumptions",
        title: "Assumptions and limits",
        lead: "Simulated under these assumptions, not a forecast. Every scenario meets the same people with the same luck; what it changes is \
               listed in full."
            .to_owned(),
        blocks,
    }
}

/// Where the world's figures come from, in words.
fn evidence(facts: &Facts<'_>) -> String {
    let figures = &facts.run.manifest.figures;
    let all: u32 = figures.values().sum();
    if all == 0 {
        return "This run does not say how its figures were obtained.".to_owned();
    }
    let kinds: Vec<String> =
        figures.iter().map(|(kind, number)| format!("{kind} {}", count(u64::from(*number)))).collect();
    format!(
        "The world's {} figures by how they were obtained: {}. Intervals in this report cover Monte Carlo error alone: they would be the \
         same if every assumption were wrong.",
        count(u64::from(all)),
        kinds.join(", ")
    )
}

/// The limits of the model's page: what each is about, and what it says.
fn limits() -> Vec<(String, String)> {
    let after = MODEL.split_once(LIMITS).map_or("", |(_, after)| after);
    let own = after.split("\n## ").next().unwrap_or("");
    let plain = |text: &str| text.replace(['`', '*'], "").trim_end().to_owned();
    let item = |text: String| {
        let (name, text) = text.strip_prefix("- **")?.split_once("**")?;
        Some((plain(name), plain(text)))
    };
    // the lines of an item that go on are indented: the page is cut at 100 columns
    let items = own.split("\n- ").map(|item| {
        let lines = item.trim_end().lines().take_while(|line| !line.is_empty());
        format!("- {}", lines.map(str::trim).collect::<Vec<_>>().join(" "))
    });
    items.filter_map(item).collect()
}

fn levers(policy: &PolicyFacts) -> PageTable {
    let when = |lever: &LeverText| match (lever.from, lever.to) {
        (Some(from), Some(to)) => format!("{} to {}", written(from), written(to)),
        (Some(from), None) => format!("from {}", written(from)),
        (None, _) => String::new(),
    };
    let row = |lever: &LeverText| TableRow {
        name: lever.kind.clone(),
        cells: vec![PageCell::plain(&when(lever)), PageCell::plain(&lever.source)],
    };
    PageTable {
        caption: format!("Levers of {} and where their sizes come from.", policy.title),
        head: ["Lever", "When", "Source"].map(str::to_owned).to_vec(),
        rows: policy.levers.iter().map(row).collect(),
    }
}

/// Every key in which a scenario differs from the baseline.
fn parameters(facts: &Facts<'_>, text: &str) -> PageTable {
    let own = flatten(text);
    let baseline = facts.run.scenarios.first().map_or_else(BTreeMap::new, |(_, text)| flatten(text));
    let is_policy = |key: &&String| !SHARED.iter().any(|start| key.starts_with(start));
    let keys: std::collections::BTreeSet<&String> = own.keys().chain(baseline.keys()).filter(is_policy).collect();
    let value = |of: &BTreeMap<String, String>, key: &String| PageCell::plain(of.get(key).map_or("–", String::as_str));
    let changed = keys.into_iter().filter(|key| own.get(*key) != baseline.get(*key));
    let rows = changed.map(|key| TableRow { name: key.clone(), cells: vec![value(&baseline, key), value(&own, key)] });
    PageTable {
        caption: "Every key that differs from the baseline's scenario, as resolved.".to_owned(),
        head: ["Key", "Baseline", "This scenario"].map(str::to_owned).to_vec(),
        rows: rows.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limits_of_the_models_page_are_found() {
        let limits = limits();
        assert!(limits.len() > 8, "{limits:?}");
        assert!(limits.iter().any(|(name, _)| name == "It does not forecast."));
        for (name, text) in &limits {
            assert!(!name.is_empty() && !text.contains(['`', '*', '\n']), "{name}: {text}");
            let last = if text.is_empty() { name } else { text };
            assert!(last.ends_with('.'), "cut short: {name} {text}");
        }
        let parts = limits.iter().filter(|(_, text)| text.len() > 100).count();
        assert!(parts > 8, "items of several lines are joined: {parts}");
    }
}
