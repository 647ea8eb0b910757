//! What finished runs say: the effects of one, and the inputs in which two differ. Their outcomes: see `comparison`.

use crate::folder::error::FolderError;
use crate::folder::read::Saved;
use crate::levers::LEVERS;
use crate::results::cell;
use crate::results::tables::parameters::WorldNumber;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

/// One input that two runs do not share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputDifference {
    /// Where: `run`, `inputs`, `world`, or `scenarios/NAME.toml`.
    pub place: String,
    /// The key, such as `levers.skills_levy[0].rate` or `separation working/16-17`, or a file's name.
    pub key: String,
    /// In the first run; none when it is not there.
    pub first: Option<String>,
    /// In the second run.
    pub second: Option<String>,
    /// The unit; empty when it has none.
    pub unit: String,
}

/// Every input that two runs do not share, key by key: run settings, files, numbers of the world, and the levers of the
/// scenarios that both have.
///
/// # Errors
/// When the numbers of a world are not what they should be, or changed after the run.
pub fn input_differences(first: &Saved, second: &Saved) -> Result<Vec<InputDifference>, FolderError> {
    let mut all = differences_of("run", &run_settings(first), &run_settings(second), run_unit);
    all.extend(differences_of("inputs", &inputs(first), &inputs(second), |_| "SHA-256".to_owned()));
    if let Some((one, other)) = first.parameters()?.zip(second.parameters()?) {
        let units: BTreeMap<String, String> =
            one.iter().chain(&other).map(|number| (parameter_key(number), number.unit.clone())).collect();
        let unit = |key: &str| units.get(key).cloned().unwrap_or_default();
        all.extend(differences_of("world", &numbers(&one), &numbers(&other), unit));
    }
    for (name, text) in &first.scenarios {
        let Some((_, other)) = second.scenarios.iter().find(|(known, _)| known == name) else { continue };
        // run settings are every scenario's, and said once
        let own = |text: &str| {
            let mut flat = flatten(text);
            flat.retain(|key, _| !key.starts_with("run."));
            flat
        };
        all.extend(differences_of(&format!("scenarios/{name}.toml"), &own(text), &own(other), lever_unit));
    }
    Ok(all)
}

/// The inputs in which runs differ, as CSV: the second run of each pair against its first.
///
/// # Errors
/// When the sink refuses.
pub fn write_input_differences(all: &[([String; 2], Vec<InputDifference>)], sink: &mut dyn Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(sink);
    csv.write_record(["first_run", "second_run", "input", "key", "first", "second", "unit"])?;
    for ([first, second], rows) in all {
        for row in rows {
            let text = |text: &str| cell::text(text);
            let value = |value: &Option<String>| cell::text(value.as_deref().unwrap_or(""));
            csv.write_record([
                text(first),
                text(second),
                text(&row.place),
                text(&row.key),
                value(&row.first),
                value(&row.second),
                text(&row.unit),
            ])?;
        }
    }
    csv.flush()
}

fn parameter_key(number: &WorldNumber) -> String {
    format!("{} {}", number.condition, number.position).trim_end().to_owned()
}

fn numbers(all: &[WorldNumber]) -> BTreeMap<String, String> {
    all.iter().map(|number| (parameter_key(number), number.value.to_string())).collect()
}

fn run_unit(key: &str) -> String {
    let unit = match key {
        "scale" => "people an agent",
        "years" => "years",
        "start" => "month",
        _ => "",
    };
    unit.to_owned()
}

/// The unit of a key such as `levers.skills_levy[0].rate`, from the registry.
fn lever_unit(key: &str) -> String {
    let mut parts = key.split('.').skip(1);
    let kind = parts.next().map(|kind| kind.split('[').next().unwrap_or(kind)).unwrap_or("");
    let kind = LEVERS.iter().find(|known| known.name == kind);
    let named = |part: &str| {
        let name = part.split('[').next().unwrap_or(part);
        kind?.key(name).map(|key| key.unit.to_owned())
    };
    parts.next().and_then(named).unwrap_or_default()
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
    unit: impl Fn(&str) -> String,
) -> Vec<InputDifference> {
    let keys: BTreeSet<&String> = first.keys().chain(second.keys()).collect();
    keys.into_iter()
        .filter(|key| first.get(*key) != second.get(*key))
        .map(|key| InputDifference {
            place: place.to_owned(),
            key: key.clone(),
            first: first.get(key).cloned(),
            second: second.get(key).cloned(),
            unit: unit(key),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::folder::claim::claim;
    use crate::folder::disk::Overwrite;
    use crate::results::about::Input;
    use crate::results::run::Results;
    use crate::results::tables::parameters::{PARAMETERS, parameters, write_parameters};
    use crate::results::testing;
    use crate::world::World;

    fn saved(results: &Results) -> Saved {
        let home = tempfile::tempdir().unwrap();
        let out = home.path().join("run");
        claim(&out, Overwrite::Refuse).unwrap().write(results, &[]).unwrap();
        Saved::load(&out).unwrap()
    }

    #[test]
    fn two_runs_show_which_inputs_differ_and_nothing_else() {
        let first = testing::results();
        let mut second = testing::results();
        second.settings.seed = 8;
        second.inputs[0] = Input { name: "world.toml".to_owned(), sha256: "11".repeat(32) };
        second.scenarios[1].resolved =
            "title = \"Title of =levy\"\n[levers]\nrate = 3\n[[levers.x]]\na = [1, 2]\n".to_owned();
        let found = input_differences(&saved(&first), &saved(&second)).unwrap();
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
        assert!(input_differences(&saved(&first), &saved(&first)).unwrap().is_empty());
    }

    #[test]
    fn numbers_of_the_world_are_compared_one_by_one_with_their_unit() {
        let folder = |change: f64| {
            let mut numbers = parameters(&World::uk().unwrap());
            numbers[0].value += change;
            let mut bytes = Vec::new();
            write_parameters(&numbers, &mut bytes).unwrap();
            let home = tempfile::tempdir().unwrap();
            let mut claim = claim(&home.path().join("run"), Overwrite::Refuse).unwrap();
            claim.add(PARAMETERS, bytes);
            claim.write(&testing::results(), &[]).unwrap();
            let saved = Saved::load(&home.path().join("run")).unwrap();
            (home, saved)
        };
        let ((_first, one), (_second, other)) = (folder(0.0), folder(1.0));
        let found = input_differences(&one, &other).unwrap();
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!((found[0].place.as_str(), found[0].unit.as_str()), ("world", "persons a year"));
        let number = |text: &Option<String>| text.as_ref().unwrap().parse::<f64>().unwrap();
        assert!((number(&found[0].second) - number(&found[0].first) - 1.0).abs() < 1e-6, "{found:?}");
    }

    #[test]
    fn keys_of_levers_have_the_unit_of_the_registry() {
        assert_eq!(lever_unit("levers.skills_levy[0].ramp_months"), "months");
        assert_eq!(lever_unit("levers.apprenticeship_places[2].places_per_year"), "starts a year");
        assert_eq!(lever_unit("title"), "");
    }
}
