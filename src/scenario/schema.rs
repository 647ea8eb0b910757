//! What scenario files may hold, taken down from their reading: as JSON Schema for editors, and as a scenario to start from.

use super::file::Typed;
use super::resolve::read_scenario;
use super::run::Breakdown;
use super::shipped;
use crate::domain::Kind;
use crate::levers::{LEVERS, LeverKind};
use crate::toml_tables::{KeyInfo, KeyType, Schema, SchemaKey};
use crate::world::World;
use serde_json::{Map, Value, json};
use std::fmt::Write as _;

/// Everything that a scenario file may hold in this world.
#[must_use]
pub fn schema(world: &World) -> Schema {
    let mut typed = Typed::untyped();
    // what is missing is noted too, and of no interest here
    let _ = read_scenario(&mut typed, world);
    typed.collector.schema().cloned().unwrap_or_default()
}

/// The JSON Schema (draft 2020-12) of scenario files in this world. What depends on several keys together, such as a month
/// that has to come after another, it does not say: `rungs check` does.
#[must_use]
pub fn json_schema(world: &World) -> Value {
    let schema = schema(world);
    let mut root = object(&schema, "");
    if let Some(properties) = root.get_mut("properties").and_then(Value::as_object_mut) {
        let extends = json!({ "type": "string", "description": "a shipped scenario, or the path of a file" });
        properties.insert("extends".to_owned(), extends);
    }
    let mut json = Map::new();
    json.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    json.insert("title".to_owned(), json!(format!("Rungs scenario, version {}", env!("CARGO_PKG_VERSION"))));
    json.append(&mut root);
    Value::Object(json)
}

/// The schema of one table.
fn object(schema: &Schema, table: &str) -> Map<String, Value> {
    let mut properties = Map::new();
    for key in schema.of(table) {
        let mut value = of_key(schema, key);
        if let (Some(known), Some(map)) = (described(table, key.name), value.as_object_mut()) {
            map.insert("description".to_owned(), json!(format!("{} ({})", known.meaning(), known.unit)));
        }
        if let (Some(kind), Some(map)) = (lever(table, key.name), value.as_object_mut()) {
            map.insert("description".to_owned(), json!(kind.purpose));
        }
        properties.insert(key.name.to_owned(), value);
    }
    let needs = || schema.needs.iter().filter(|need| need.table == table);
    let required: Vec<&str> = needs().filter(|need| need.keys.len() == 1).map(|need| need.keys[0]).collect();
    let either: Vec<Value> = needs()
        .filter(|need| need.keys.len() > 1)
        .map(|need| json!({ "anyOf": need.keys.iter().map(|key| json!({ "required": [key] })).collect::<Vec<_>>() }))
        .collect();
    let mut object = Map::new();
    object.insert("type".to_owned(), json!("object"));
    object.insert("properties".to_owned(), Value::Object(properties));
    object.insert("additionalProperties".to_owned(), json!(false));
    if !required.is_empty() {
        object.insert("required".to_owned(), json!(required));
    }
    if !either.is_empty() {
        object.insert("allOf".to_owned(), Value::Array(either));
    }
    object
}

fn of_key(schema: &Schema, key: &SchemaKey) -> Value {
    let may_be_blank = schema.blank.iter().any(|(table, name)| *table == key.table && *name == key.name);
    let below = if key.table.is_empty() { key.name.to_owned() } else { format!("{}.{}", key.table, key.name) };
    match &key.holds {
        KeyType::Text if may_be_blank => json!({ "type": "string" }),
        KeyType::Text => json!({ "type": "string", "pattern": "\\S" }),
        KeyType::Number(lowest, highest) => json!({ "type": "number", "minimum": lowest, "maximum": highest }),
        KeyType::Whole(lowest, highest) => json!({ "type": "integer", "minimum": lowest, "maximum": highest }),
        KeyType::Month => json!({ "type": "string", "pattern": "^(19|20|21)[0-9][0-9]-(0[1-9]|1[0-2])$" }),
        KeyType::Name(names) => json!({ "enum": names }),
        KeyType::Names(names) => json!({
            "type": "array",
            "items": { "enum": names },
            "minItems": u8::from(!may_be_blank),
            "uniqueItems": true
        }),
        KeyType::Span(lowest, highest) => json!({
            "type": "array",
            "items": { "type": "integer", "minimum": lowest, "maximum": highest },
            "minItems": 2,
            "maxItems": 2
        }),
        KeyType::Table => Value::Object(object(schema, &below)),
        KeyType::Tables => json!({ "type": "array", "items": object(schema, &format!("{below}[0]")) }),
    }
}

/// The lever whose list of tables a key is.
fn lever(table: &str, key: &str) -> Option<&'static LeverKind> {
    LEVERS.iter().find(|lever| table == "levers" && lever.name == key)
}

/// What the registry says of a key of a lever.
fn described(table: &str, key: &str) -> Option<KeyInfo> {
    let name = table.strip_prefix("levers.")?.strip_suffix("[0]")?;
    LEVERS.iter().find(|kind| kind.name == name)?.key(key)
}

/// A scenario to start from: what it needs, and every other key behind a comment sign. It has one of each of these levers.
#[must_use]
pub fn template(world: &World, name: &str, levers: &[&LeverKind]) -> String {
    let schema = schema(world);
    let mut text = String::from(
        "# A scenario for Rungs: what differs from the baseline. `rungs check` finds mistakes, `rungs run` runs it.\n",
    );
    let _ = writeln!(text, "title       = {}", toml::Value::from(name));
    text += "description = \"\"          # more about it, for readers of the report\n";
    text += "extends     = \"baseline\"  # a shipped scenario, or the path of a file\n\n[run]\n";
    let defaults: toml::Table =
        shipped::named("baseline").and_then(|baseline| baseline.text.parse().ok()).unwrap_or_default();
    let run = defaults.get("run").and_then(toml::Value::as_table);
    for key in schema.of("run") {
        if let Some(value) = run.and_then(|run| run.get(key.name)) {
            let _ = writeln!(text, "# {} = {value}", key.name);
            if key.name == "by" {
                let _ = writeln!(text, "#   groups that results are made for, of: {}", Breakdown::names().join(", "));
            }
        }
    }
    if levers.is_empty() {
        let names: Vec<&str> = LEVERS.iter().map(|lever| lever.name).collect();
        let _ = writeln!(
            text,
            "\n# A table for each lever; `rungs new --lever KIND` writes its keys. The kinds are:\n# {}",
            names.join(", ")
        );
    }
    for kind in levers {
        write_lever(&schema, kind, &mut text);
    }
    text
}

fn write_lever(schema: &Schema, kind: &LeverKind, text: &mut String) {
    let table = format!("levers.{}[0]", kind.name);
    let _ = writeln!(text, "\n# {}\n# Evidence: {}\n[[levers.{}]]", capital(kind.purpose), kind.evidence, kind.name);
    let needs: Vec<&str> =
        schema.needs.iter().filter(|need| need.table == table).filter_map(|need| need.keys.first().copied()).collect();
    let has_target = schema.of(&table).any(|key| key.holds == KeyType::Table);
    for key in schema.of(&table).filter(|key| key.holds != KeyType::Table) {
        let known = described(&table, key.name);
        let sign = if needs.contains(&key.name) { "" } else { "# " };
        let about = known.as_ref().map_or_else(String::new, |known| format!("  # {}: {}", known.unit, known.meaning()));
        let unit = known.map_or("", |known| known.unit);
        let _ = writeln!(text, "{sign}{} = {}{about}", key.name, example(&key.holds, unit));
    }
    if has_target {
        let _ = writeln!(text, "# [levers.{}.target]  # for whom; everybody without it", kind.name);
        for key in schema.of(&format!("levers.{}[0].target", kind.name)) {
            let _ = writeln!(text, "# {} = {}", key.name, example(&key.holds, ""));
        }
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A value that a key may hold, of a size that does little.
fn example(holds: &KeyType, unit: &str) -> String {
    match holds {
        KeyType::Text => "\"illustrative\"".to_owned(),
        KeyType::Number(lowest, highest) if unit == "ratio" => format!("{:?}", 1.1_f64.clamp(*lowest, *highest)),
        KeyType::Number(lowest, highest) if *highest >= 1e4 => format!("{:?}", 1000.0_f64.clamp(*lowest, *highest)),
        KeyType::Number(lowest, highest) => format!("{:?}", 0.1_f64.clamp(*lowest, *highest)),
        KeyType::Whole(lowest, highest) => 6.clamp(*lowest, *highest).to_string(),
        KeyType::Month => "\"2026-09\"".to_owned(),
        KeyType::Name(names) => format!("{:?}", names.first().map_or("", String::as_str)),
        KeyType::Names(names) => format!("{:?}", &names[..names.len().min(2)]),
        KeyType::Span(lowest, highest) => format!("[{lowest}, {highest}]"),
        KeyType::Table | KeyType::Tables => "{}".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Overrides, Scenario};

    #[test]
    fn a_new_scenario_of_any_lever_is_a_scenario_with_it_and_names_all_its_keys() {
        let world = World::uk().unwrap();
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("mine.toml");
        for kind in LEVERS {
            let text = template(&world, "mine", &[kind]);
            std::fs::write(&path, &text).unwrap();
            let scenario = Scenario::load(&path.display().to_string(), &Overrides::default(), &world);
            let scenario = scenario.unwrap_or_else(|mistakes| panic!("{mistakes}\n{text}"));
            assert_eq!(scenario.levers.iter().map(|lever| lever.kind().name).collect::<Vec<_>>(), [kind.name]);
            for key in kind.keys() {
                assert!(
                    text.contains(&format!("{} =", key.name)) || text.contains(".target]"),
                    "{}: {}",
                    kind.name,
                    key.name
                );
            }
        }
        std::fs::write(&path, template(&world, "mine", &[])).unwrap();
        assert!(Scenario::load(&path.display().to_string(), &Overrides::default(), &world).unwrap().levers.is_empty());
    }

    #[test]
    fn the_keys_taken_down_are_those_of_the_registry() {
        let schema = schema(&World::uk().unwrap());
        for kind in LEVERS {
            let table = format!("levers.{}[0]", kind.name);
            let mut found: Vec<&str> = schema.of(&table).map(|key| key.name).collect();
            let mut expected: Vec<&str> = kind.keys().iter().map(|key| key.name).collect();
            found.sort_unstable();
            expected.sort_unstable();
            assert_eq!(found, expected, "{}", kind.name);
        }
    }
}
