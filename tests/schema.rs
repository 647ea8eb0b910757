//! The schema of scenario files and their reading agree.

#![expect(clippy::unwrap_used, reason = "a test may fail here")]

use rungs::levers::LEVERS;
use rungs::scenario::{Overrides, SHIPPED, Scenario, json_schema, schema, template};
use rungs::toml_tables::{KeyType, SchemaKey};
use rungs::world::World;
use std::path::Path;

/// Words of mistakes about one key by itself; whatever else is refused depends on several keys, or on what a name means.
const OF_ONE_KEY: [&str; 11] = [
    "expected a number from",
    "expected a whole number",
    "expected the name of",
    "expected a list with the name of",
    "expected some text",
    "expected a month such as",
    "expected a first and a last",
    "expected a table",
    "expected a list of tables",
    "unknown key",
    "twice, expected it once",
];
/// Keys of `adjust` whose range is that of the condition beside them: the schema knows the widest alone.
const AS_THE_CONDITION: [&str; 3] = ["shift", "at_least", "at_most"];
const OF_MISSING_KEYS: [&str; 3] = ["found no key", "found neither", "found none of"];

fn json(text: &str) -> serde_json::Value {
    serde_json::to_value(text.parse::<toml::Table>().unwrap()).unwrap()
}

/// Whether the reading refuses a text for a key by itself.
fn is_refused(text: &str, path: &Path, world: &World) -> Result<bool, String> {
    std::fs::write(path, text).unwrap();
    let Err(mistakes) = Scenario::load(&path.display().to_string(), &Overrides::default(), world) else {
        return Ok(false);
    };
    let is_of_keys = |message: &str| OF_ONE_KEY.iter().chain(&OF_MISSING_KEYS).any(|words| message.contains(words));
    Ok(mistakes.list().iter().any(|mistake| is_of_keys(&mistake.message)))
}

/// Values of every kind, most of which a key does not take.
fn values(holds: &KeyType) -> Vec<String> {
    let common = [
        "true",
        "1.5e300",
        "-1.5e300",
        "0.5",
        "7",
        "-3",
        "\"\"",
        "\"no such name\"",
        "\"2026-13\"",
        "\"2026-09\"",
        "[]",
        "[\"no such name\"]",
        "[16, 24]",
        "[16]",
        "[16, 1000]",
        "{}",
        "{ unknown = 1 }",
    ];
    let mut all: Vec<String> = common.iter().map(|value| (*value).to_owned()).collect();
    match holds {
        KeyType::Number(lowest, highest) => all.extend([lowest, highest].map(|end| format!("{end:?}"))),
        KeyType::Whole(lowest, highest) => {
            all.extend([*lowest, *highest].map(|end| end.to_string()));
            all.extend(lowest.checked_sub(1).map(|end| end.to_string()));
        }
        KeyType::Name(names) => all.extend(names.iter().take(3).map(|name| format!("{name:?}"))),
        KeyType::Names(names) => {
            all.push(format!("{names:?}"));
            all.push(format!("{:?}", [&names[0], &names[0]]));
        }
        KeyType::Text | KeyType::Month | KeyType::Span(..) | KeyType::Table | KeyType::Tables => {}
    }
    all
}

/// The text with one key of one table set to a value.
fn with(text: &str, key: &SchemaKey, value: &str) -> String {
    let mut root: toml::Table = text.parse().unwrap();
    let value = format!("v = {value}").parse::<toml::Table>().unwrap().remove("v").unwrap();
    let mut table = &mut root;
    for part in key.table.split('.').filter(|part| !part.is_empty()) {
        let (name, is_list) = part.strip_suffix("[0]").map_or((part, false), |name| (name, true));
        let inner = table.entry(name).or_insert_with(|| toml::Value::Table(toml::Table::new()));
        let inner = if is_list { inner.as_array_mut().unwrap().first_mut().unwrap() } else { inner };
        table = inner.as_table_mut().unwrap();
    }
    table.insert(key.name.to_owned(), value);
    root.to_string()
}

#[test]
fn every_shipped_scenario_agrees_with_the_schema() {
    let world = World::uk().unwrap();
    let validator = jsonschema::draft202012::new(&json_schema(&world)).unwrap();
    for shipped in SHIPPED {
        let wrong: Vec<String> = validator.iter_errors(&json(shipped.text)).map(|error| error.to_string()).collect();
        assert!(wrong.is_empty(), "{}: {wrong:?}", shipped.name);
    }
}

#[test]
fn changed_files_are_accepted_and_refused_by_schema_and_reading_alike() {
    let world = World::uk().unwrap();
    let validator = jsonschema::draft202012::new(&json_schema(&world)).unwrap();
    let schema = schema(&world);
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("changed.toml");
    let (mut accepted, mut refused, mut differing) = (0, 0, Vec::new());
    for entry in LEVERS {
        let text = template(&world, "changed", &[entry]);
        let own = format!("levers.{}[0]", entry.name);
        // the keys that no lever has are the same for all: once is enough
        let is_first = entry.name == LEVERS[0].name;
        let keys = schema
            .keys
            .iter()
            .filter(|key| key.table.starts_with(&own) || (is_first && ["", "run"].contains(&key.table.as_str())));
        for key in keys.filter(|key| key.holds != KeyType::Tables) {
            for value in values(&key.holds) {
                let changed = with(&text, key, &value);
                let by_reading = is_refused(&changed, &path, &world).unwrap();
                let by_schema = !validator.is_valid(&json(&changed));
                *(if by_reading { &mut refused } else { &mut accepted }) += 1;
                let depends_on_another = entry.name == "adjust" && AS_THE_CONDITION.contains(&key.name);
                if by_reading != by_schema && (by_schema || !depends_on_another) {
                    let who = if by_schema { "the schema" } else { "the reading" };
                    differing.push(format!("{}.{} = {value}: refused by {who} alone", key.table, key.name));
                }
            }
        }
        for need in schema.needs.iter().filter(|need| need.table == own) {
            let mut without: toml::Table = text.parse().unwrap();
            let lever = without["levers"][entry.name][0].as_table_mut().unwrap();
            need.keys.iter().for_each(|key| drop(lever.remove(*key)));
            let without = without.to_string();
            assert!(is_refused(&without, &path, &world).unwrap(), "{without}");
            assert!(!validator.is_valid(&json(&without)), "{without}");
        }
    }
    assert!(differing.is_empty(), "{} of {}:\n{}", differing.len(), accepted + refused, differing.join("\n"));
    assert!(accepted > 300 && refused > 1_000, "{accepted} accepted, {refused} refused");
}
