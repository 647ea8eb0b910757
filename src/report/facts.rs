//! What a run says, looked up: means of the baseline, effects of each policy, and what its scenarios hold.

use super::charts::Start;
use super::run_tables::RunTables;
use crate::calendar::Month;
use crate::money::CostKind;
use crate::outcomes::{Measure, measures};
use crate::results::keys::{LAST_YEAR, Subgroup, WHOLE_RUN};
use crate::results::tables::cost_effectiveness::RatioRow;
use crate::results::tables::costs::CostRow;
use crate::results::tables::effects::EffectRow;
use crate::results::tables::summary::Mean;
use crate::statistics::{CriticalValues, FEWEST};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A scenario other than the baseline.
pub(super) struct PolicyFacts {
    /// Its name.
    pub name: String,
    /// Its title; the name when it has none.
    pub title: String,
    /// More about it; may be empty.
    pub description: String,
    /// Its levers, in the order of its file.
    pub levers: Vec<LeverText>,
}

/// A lever as a scenario file names it.
pub(super) struct LeverText {
    /// Its kind, such as `skills_levy`.
    pub kind: String,
    /// The month in which it starts.
    pub from: Option<Month>,
    /// The last month in which it acts.
    pub to: Option<Month>,
    /// Where its size comes from.
    pub source: String,
}

type Key<'a> = (&'a str, &'a Subgroup, &'a str);

/// What a run says.
pub(super) struct Facts<'a> {
    /// The run.
    pub run: &'a RunTables,
    /// The table of published figures that was handed in, with its path.
    pub validation: Option<(&'a Path, &'a str)>,
    /// The scenarios but the baseline.
    pub policies: Vec<PolicyFacts>,
    /// The first months of its periods, with their length in months.
    pub periods: Vec<(Month, u32)>,
    means: BTreeMap<Key<'a>, &'a Mean>,
    effects: BTreeMap<(&'a str, Key<'a>), &'a EffectRow>,
    critical: BTreeMap<u32, f64>,
}

impl<'a> Facts<'a> {
    /// What a run says; `validation` is a table of published figures that was handed in.
    pub(super) fn new(run: &'a RunTables, validation: Option<(&'a Path, &'a str)>) -> Self {
        let means = &run.means[..];
        let effects = run.effects.iter().map(|effect| {
            (
                (
                    effect.key.scenario.as_str(),
                    (effect.key.measure.as_str(), &effect.key.subgroup, effect.key.period.as_str()),
                ),
                effect,
            )
        });
        let named = run.manifest.scenarios.iter().zip(&run.scenarios).skip(1);
        let mut values = CriticalValues::default();
        let counts: BTreeSet<u32> = means
            .iter()
            .map(|mean| mean.values.replicates)
            .filter(|count| usize::try_from(*count).is_ok_and(|count| count >= FEWEST))
            .collect();
        let critical = |count: u32| (count, usize::try_from(count - 1).map_or(0.0, |free| values.two_sided_95(free)));
        Self {
            run,
            validation,
            policies: named.map(|(scenario, (_, text))| policy(&scenario.name, &scenario.title, text)).collect(),
            periods: periods(means),
            means: means
                .iter()
                .map(|mean| ((mean.key.measure.as_str(), &mean.key.subgroup, mean.key.period.as_str()), mean))
                .collect(),
            effects: effects.collect(),
            critical: counts.into_iter().map(critical).collect(),
        }
    }

    /// A mean of the baseline.
    pub(super) fn mean(&self, measure: &str, place: &Subgroup, period: &str) -> Option<&'a Mean> {
        self.means.get(&(measure, place, period)).copied()
    }

    /// How many sets of parameters changes and costs are of, if there are several.
    pub(super) fn members(&self) -> Option<u32> {
        self.run.spreads.iter().map(|spread| spread.members).max().filter(|members| *members > 1)
    }

    /// The 95% interval of a mean (Monte Carlo error alone).
    pub(super) fn interval(&self, mean: &Mean) -> Option<(f64, f64)> {
        let half = self.critical.get(&mean.values.replicates)? * mean.values.mcse?;
        mean.values.mean.map(|mean| (mean - half, mean + half))
    }

    /// An effect of a policy.
    pub(super) fn effect(
        &self,
        policy: &PolicyFacts,
        measure: &str,
        place: &Subgroup,
        period: &str,
    ) -> Option<&'a EffectRow> {
        self.effects.get(&(policy.name.as_str(), (measure, place, period))).copied()
    }

    /// What a policy costs and saves over the whole run.
    pub(super) fn costs(&self, policy: &PolicyFacts) -> impl Iterator<Item = &'a CostRow> {
        let name = policy.name.clone();
        self.run.costs.iter().filter(move |row| row.scenario == name && row.year == WHOLE_RUN)
    }

    /// One item of these, such as `net`.
    pub(super) fn cost(&self, policy: &PolicyFacts, item: &str) -> Option<&'a CostRow> {
        self.costs(policy).find(|row| row.item == item)
    }

    /// What one more of a gain costs under a policy.
    pub(super) fn ratio(&self, policy: &PolicyFacts, gain: &str, kind: CostKind) -> Option<&'a RatioRow> {
        let wanted = |row: &&RatioRow| row.scenario == policy.name && row.gain == gain && row.cost == kind.name();
        self.run.ratios.iter().find(wanted)
    }

    /// The headline measures that the run has, in the order of tables.
    pub(super) fn headlines(&self) -> Vec<&'static Measure> {
        let everybody = Subgroup::everybody();
        let has = |measure: &&Measure| self.mean(measure.key, &everybody, WHOLE_RUN).is_some();
        let can_be_known = |measure: &&Measure| !self.has_one_region() || !measure.compares_regions();
        measures().iter().filter(|measure| measure.is_headline()).filter(can_be_known).filter(has).collect()
    }

    /// Whether there is nothing to compare regions with.
    pub(super) fn has_one_region(&self) -> bool {
        self.run.manifest.regions.len() == 1
    }

    /// Every measure whose key starts so, with the key.
    pub(super) fn keys_starting(&self, start: &str) -> Vec<&'a str> {
        let keys: BTreeSet<&str> = self.means.keys().map(|key| key.0).filter(|key| key.starts_with(start)).collect();
        keys.into_iter().collect()
    }

    /// The title of the baseline.
    pub(super) fn baseline_title(&self) -> &'a str {
        let first = self.run.manifest.scenarios.first();
        first.map_or("", |scenario| if scenario.title.is_empty() { &scenario.name } else { &scenario.title })
    }

    /// The title of a scenario or of the baseline.
    pub(super) fn title(&self, name: &str) -> &str {
        let policy = self.policies.iter().find(|policy| policy.name == name);
        policy.map_or_else(|| self.baseline_title(), |policy| &policy.title)
    }

    /// The first month of the run and its length, both in years.
    pub(super) fn years(&self) -> (f64, f64) {
        let start = self.periods.first().map_or(0.0, |(month, _)| in_years(*month, 0));
        let end = self.periods.last().map_or(start + 1.0, |(month, months)| in_years(*month, months * 2));
        (start, end)
    }
}

/// The middle of a stretch of `months` from `month`, in years.
pub(super) fn in_years(month: Month, months: u32) -> f64 {
    f64::from(month.year()) + (f64::from(month.month_of_year() - 1) + f64::from(months) / 2.0) / 12.0
}

/// A month as readers write it: `August 2026`.
pub(super) fn written(month: Month) -> String {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    format!("{} {}", NAMES[usize::from(month.month_of_year() - 1)], month.year())
}

impl PolicyFacts {
    /// When its levers start, each month once, in order of time.
    pub(super) fn starts(&self) -> Vec<Start> {
        let months: BTreeSet<Month> = self.levers.iter().filter_map(|lever| lever.from).collect();
        months
            .into_iter()
            .map(|month| Start { at: in_years(month, 0), label: format!("from {}", written(month)) })
            .collect()
    }
}

/// The single periods that means are about, in order of time.
fn periods(means: &[Mean]) -> Vec<(Month, u32)> {
    let single = means.iter().filter(|mean| mean.key.period != WHOLE_RUN && mean.key.period != LAST_YEAR);
    let all: BTreeSet<(Month, u32)> =
        single.filter_map(|mean| Some((mean.key.period.parse().ok()?, mean.key.months))).collect();
    all.into_iter().collect()
}

/// What a resolved scenario says of itself.
fn policy(name: &str, title: &str, text: &str) -> PolicyFacts {
    let table: toml::Table = text.parse().unwrap_or_default();
    let word = |table: &toml::Table, key: &str| table.get(key).and_then(toml::Value::as_str).unwrap_or("").to_owned();
    let lists = table.get("levers").and_then(toml::Value::as_table).into_iter().flatten();
    let levers = lists.flat_map(|(kind, list)| {
        let tables = list.as_array().into_iter().flatten().filter_map(toml::Value::as_table);
        tables.map(move |lever| LeverText {
            kind: kind.clone(),
            from: word(lever, "from").parse().ok(),
            to: word(lever, "to").parse().ok(),
            source: word(lever, "source"),
        })
    });
    PolicyFacts {
        name: name.to_owned(),
        title: if title.is_empty() { name.to_owned() } else { title.to_owned() },
        description: word(&table, "description"),
        levers: levers.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_says_when_its_levers_start() {
        let text = "title = \"T\"\ndescription = \"D\"\n[[levers.adjust]]\nfrom = \"2027-01\"\nto = \"2028-12\"\nsource = \"s\"\n\
                    [[levers.adjust]]\nfrom = \"2026-08\"\nsource = \"t\"\n";
        let policy = policy("p", "T", text);
        let starts: Vec<String> = policy.starts().into_iter().map(|start| start.label).collect();
        assert_eq!(starts, ["from August 2026", "from January 2027"]);
        assert_eq!((policy.description.as_str(), policy.levers.len()), ("D", 2));
        assert!(super::policy("p", "", "no toml [").levers.is_empty());
    }

    #[test]
    fn the_middle_of_a_year_is_half_a_year_on() {
        let september = Month::new(2025, 9).unwrap();
        assert!((in_years(september, 12) - (2025.0 + 14.0 / 12.0)).abs() < 1e-9);
    }
}
