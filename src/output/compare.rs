//! What finished runs say: the effects of one, or of two with the differences of their inputs.

use super::rows::{ALL, WHOLE_RUN};
use super::{Effect, Place, Saved};
use crate::outcomes::measure_named;
use std::collections::{BTreeMap, BTreeSet};

/// Which rows of one column to take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pick {
    /// Rows that are not broken down by it.
    Total,
    /// Rows that are, one for each.
    Each,
    /// Rows with this name.
    Named(String),
}

impl Pick {
    fn takes(&self, name: &str) -> bool {
        match self {
            Self::Total => name == ALL,
            Self::Each => name != ALL,
            Self::Named(wanted) => name == wanted,
        }
    }
}

/// Which effects to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// Keys of measures; empty for the headline measures.
    pub measures: Vec<String>,
    /// Names of scenarios; empty for all.
    pub scenarios: Vec<String>,
    /// The period as in the file.
    pub period: String,
    /// `residence` or `upbringing`; empty for either.
    pub region_basis: String,
    /// Which regions.
    pub region: Pick,
    /// Which origin classes.
    pub origin: Pick,
    /// Which sexes.
    pub sex: Pick,
}

impl Default for Filter {
    /// Headline measures of everybody over the whole run.
    fn default() -> Self {
        Self {
            measures: Vec::new(),
            scenarios: Vec::new(),
            period: WHOLE_RUN.to_owned(),
            region_basis: String::new(),
            region: Pick::Total,
            origin: Pick::Total,
            sex: Pick::Total,
        }
    }
}

impl Filter {
    /// Whether an effect is to be shown.
    #[must_use]
    pub fn takes(&self, effect: &Effect) -> bool {
        let measure = if self.measures.is_empty() {
            measure_named(&effect.measure).is_some_and(|measure| measure.is_headline())
        } else {
            self.measures.contains(&effect.measure)
        };
        let place = &effect.place;
        measure
            && (self.scenarios.is_empty() || self.scenarios.contains(&effect.scenario))
            && effect.period == self.period
            && (self.region_basis.is_empty()
                || place.region_basis.is_empty()
                || place.region_basis == self.region_basis)
            && self.region.takes(&place.region)
            && self.origin.takes(&place.origin)
            && self.sex.takes(&place.sex)
    }
}

/// The effects of one run that `filter` takes, in the order of the file.
#[must_use]
pub fn effects_table(saved: &Saved, filter: &Filter) -> Vec<Effect> {
    saved.effects.iter().filter(|effect| filter.takes(effect)).cloned().collect()
}

/// The same effect in two runs.
#[derive(Clone, Debug, PartialEq)]
pub struct ComparedEffect {
    /// In the first run; none when it has no such row.
    pub first: Option<Effect>,
    /// In the second run.
    pub second: Option<Effect>,
}

/// The effects of two runs side by side, joined on scenario, measure, group and period: the order of the
/// first run, then what only the second has.
#[must_use]
pub fn compared_effects(first: &Saved, second: &Saved, filter: &Filter) -> Vec<ComparedEffect> {
    let mut left_over: BTreeMap<EffectKey, Effect> =
        effects_table(second, filter).into_iter().map(|effect| (EffectKey::of(&effect), effect)).collect();
    let mut order: Vec<Effect> = effects_table(second, filter);
    let mut joined: Vec<ComparedEffect> = effects_table(first, filter)
        .into_iter()
        .map(|effect| {
            let second = left_over.remove(&EffectKey::of(&effect));
            ComparedEffect { first: Some(effect), second }
        })
        .collect();
    order.retain(|effect| left_over.contains_key(&EffectKey::of(effect)));
    joined.extend(order.into_iter().map(|effect| ComparedEffect { first: None, second: Some(effect) }));
    joined
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct EffectKey(String, String, Place, String);

impl EffectKey {
    fn of(effect: &Effect) -> Self {
        Self(effect.scenario.clone(), effect.measure.clone(), effect.place.clone(), effect.period.clone())
    }
}

/// One input that two runs do not share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputDifference {
    /// Where: `run`, `inputs`, or `scenarios/NAME.toml`.
    pub place: String,
    /// The key, such as `levers.skills_levy[0].rate`, or a file's name.
    pub key: String,
    /// In the first run; none when it is not there.
    pub first: Option<String>,
    /// In the second run.
    pub second: Option<String>,
}

/// Every input that two runs do not share, key by key.
#[must_use]
pub fn input_differences(first: &Saved, second: &Saved) -> Vec<InputDifference> {
    let mut all = differences_of("run", &run_settings(first), &run_settings(second));
    all.extend(differences_of("inputs", &inputs(first), &inputs(second)));
    let names: BTreeSet<&String> = first.scenarios.iter().chain(&second.scenarios).map(|(name, _)| name).collect();
    for name in names {
        let flat = |saved: &Saved| {
            let text = saved.scenarios.iter().find(|(known, _)| known == name).map(|(_, text)| text.as_str());
            text.map_or_else(BTreeMap::new, flatten)
        };
        all.extend(differences_of(&format!("scenarios/{name}.toml"), &flat(first), &flat(second)));
    }
    all
}

fn run_settings(saved: &Saved) -> BTreeMap<String, String> {
    let manifest = &saved.manifest;
    let scenarios: Vec<&str> = manifest.scenarios.iter().map(|scenario| scenario.name.as_str()).collect();
    let settings = [
        ("version", manifest.version.clone()),
        ("git", manifest.git.clone().unwrap_or_else(|| "unknown".to_owned())),
        ("world", manifest.world.clone()),
        ("seed", manifest.seed.to_string()),
        ("replicates kept", manifest.replicates_kept.to_string()),
        ("scale", manifest.scale.to_string()),
        ("start", manifest.start.clone()),
        ("years", manifest.years.to_string()),
        ("every", manifest.every.clone()),
        ("by", manifest.by.join(", ")),
        ("scenarios", scenarios.join(", ")),
    ];
    settings.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}

fn inputs(saved: &Saved) -> BTreeMap<String, String> {
    saved.manifest.inputs.iter().map(|input| (input.name.clone(), input.sha256.clone())).collect()
}

/// Every value of a TOML text by its key; a text that is no TOML has one value without a key.
#[must_use]
pub fn flatten(text: &str) -> BTreeMap<String, String> {
    let mut flat = BTreeMap::new();
    match text.parse::<toml::Table>() {
        Ok(table) => table.iter().for_each(|(key, value)| flatten_value(key, value, &mut flat)),
        Err(_) => {
            flat.insert(String::new(), text.to_owned());
        }
    }
    flat
}

fn flatten_value(key: &str, value: &toml::Value, flat: &mut BTreeMap<String, String>) {
    let is_table = |value: &toml::Value| matches!(value, toml::Value::Table(_));
    match value {
        toml::Value::Table(table) => {
            table.iter().for_each(|(name, inner)| flatten_value(&format!("{key}.{name}"), inner, flat));
        }
        toml::Value::Array(list) if list.iter().any(is_table) => {
            let numbered = list.iter().enumerate();
            numbered.for_each(|(index, inner)| flatten_value(&format!("{key}[{index}]"), inner, flat));
        }
        toml::Value::String(_)
        | toml::Value::Integer(_)
        | toml::Value::Float(_)
        | toml::Value::Boolean(_)
        | toml::Value::Datetime(_)
        | toml::Value::Array(_) => {
            flat.insert(key.to_owned(), value.to_string());
        }
    }
}

fn differences_of(
    place: &str,
    first: &BTreeMap<String, String>,
    second: &BTreeMap<String, String>,
) -> Vec<InputDifference> {
    let keys: BTreeSet<&String> = first.keys().chain(second.keys()).collect();
    keys.into_iter()
        .filter(|key| first.get(*key) != second.get(*key))
        .map(|key| InputDifference {
            place: place.to_owned(),
            key: key.clone(),
            first: first.get(key).cloned(),
            second: second.get(key).cloned(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::{Input, Overwrite, Results, claim, testing};

    fn saved(results: &Results) -> Saved {
        let home = tempfile::tempdir().unwrap();
        let out = home.path().join("run");
        claim(&out, Overwrite::Refuse).unwrap().write(results, &[]).unwrap();
        Saved::load(&out).unwrap()
    }

    #[test]
    fn the_usual_table_has_headline_measures_of_everybody() {
        let rows = effects_table(&saved(&testing::results()), &Filter::default());
        assert!(rows.iter().any(|row| row.measure == "neet_rate"));
        assert!(
            rows.iter()
                .all(|row| row.measure != "neet_inactive" && row.place.region == "all" && row.place.sex == "all")
        );
    }

    #[test]
    fn a_filter_takes_each_region_of_one_basis() {
        let filter = Filter {
            measures: vec!["neet_rate".to_owned()],
            region: Pick::Each,
            region_basis: "upbringing".to_owned(),
            ..Filter::default()
        };
        let rows = effects_table(&saved(&testing::results()), &filter);
        assert_eq!(rows.iter().map(|row| row.place.region.as_str()).collect::<Vec<_>>(), ["abroad"]);
    }

    #[test]
    fn two_runs_show_which_inputs_differ_and_nothing_else() {
        let first = testing::results();
        let mut second = testing::results();
        second.seed = 8;
        second.inputs[0] = Input { name: "world.toml".to_owned(), sha256: "11".repeat(32) };
        second.scenarios[1].resolved =
            "title = \"Title of =levy\"\n[levers]\nrate = 3\n[[levers.x]]\na = [1, 2]\n".to_owned();
        let found = input_differences(&saved(&first), &saved(&second));
        let lines: Vec<String> = found
            .iter()
            .map(|one| {
                let text = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".to_owned());
                format!("{} {}: {} | {}", one.place, one.key, &text(&one.first), &text(&one.second))
            })
            .collect();
        assert_eq!(lines[0], "run seed: 7 | 8");
        assert!(lines[1].starts_with("inputs world.toml: 0000"));
        assert_eq!(
            lines[2..],
            ["scenarios/=levy.toml levers.rate: 2 | 3", "scenarios/=levy.toml levers.x[0].a: - | [1, 2]"]
        );
        assert!(input_differences(&saved(&first), &saved(&first)).is_empty());
    }

    #[test]
    fn effects_of_two_runs_stand_side_by_side_and_none_is_lost() {
        let first = saved(&testing::results());
        let mut second = first.clone();
        second.effects.retain(|effect| effect.measure != "neet_rate");
        let filter = Filter::default();
        let joined = compared_effects(&first, &second, &filter);
        assert_eq!(joined.len(), effects_table(&first, &filter).len());
        assert_eq!(joined.iter().filter(|row| row.second.is_none()).count(), 1);
        let reversed = compared_effects(&second, &first, &filter);
        assert_eq!(reversed.iter().filter(|row| row.first.is_none()).count(), 1);
    }
}
