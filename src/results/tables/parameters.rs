//! `parameters.csv`: every number of the world that a run was made in, so that runs in different worlds can be compared.

use crate::conditions::Condition;
use crate::domain::Kind;
use crate::results::cell;
use crate::results::column::{Column, RowColumn, columns, write};
use crate::results::read::rows;
use crate::results::shared_columns::UNIT;
use crate::results::table::ResultTable;
use crate::world::World;
use serde::Deserialize;
use std::io::{self, Read, Write};

/// The name of the file.
pub const PARAMETERS: &str = "parameters.csv";

/// The table.
pub(crate) const TABLE: ResultTable = ResultTable::beside(PARAMETERS, own_columns);

/// One number of a world.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct WorldNumber {
    /// The condition's name.
    #[serde(deserialize_with = "cell::as_owned_text")]
    pub condition: String,
    /// Where in its table: the names along its axes, joined by slashes; empty for a single number.
    #[serde(rename = "place", deserialize_with = "cell::as_owned_text")]
    pub position: String,
    /// The value.
    #[serde(rename = "number", deserialize_with = "cell::as_number")]
    pub value: f64,
    /// Its unit.
    #[serde(deserialize_with = "cell::as_owned_text")]
    pub unit: String,
    /// The key of its source.
    #[serde(rename = "cites", deserialize_with = "cell::as_owned_text")]
    pub source: String,
    /// The period it refers to.
    #[serde(rename = "refers_to", deserialize_with = "cell::as_owned_text")]
    pub period: String,
    /// How it is known, in a word.
    #[serde(deserialize_with = "cell::as_owned_text")]
    pub confidence: String,
    /// The file it is in.
    #[serde(rename = "world_file", deserialize_with = "cell::as_owned_text")]
    pub file: String,
    /// The line of that file, from 1.
    pub line: usize,
}

/// Every number of a world, in the order of its conditions.
#[must_use]
pub fn parameters(world: &World) -> Vec<WorldNumber> {
    let layout = world.baseline.layout();
    let mut all = Vec::with_capacity(layout.size());
    for condition in Condition::all() {
        for position in layout.range(condition) {
            let figure = &world.figures[position];
            all.push(WorldNumber {
                condition: condition.spec().name.to_owned(),
                position: world.place_name(condition, position),
                value: world.baseline.values()[position],
                unit: condition.spec().unit.to_owned(),
                source: figure.source.clone(),
                period: figure.period.clone(),
                confidence: figure.confidence.name().to_owned(),
                file: figure.file.clone(),
                line: figure.line,
            });
        }
    }
    all
}

fn own_columns() -> Vec<Column> {
    columns(&fields())
}

fn fields<'a>() -> Vec<RowColumn<&'a WorldNumber>> {
    let position = Column::new(
        "place",
        "where in its table: the names along its axes, joined by slashes; empty for a single number",
        "",
    );
    let confidence =
        Column::new("confidence", "how it was obtained: read, derived, secondary, assumption or calibrated", "");
    vec![
        Column::new("condition", "name of a condition, as in `rungs list conditions`", "")
            .of(|row: &&WorldNumber| row.condition.clone()),
        position.of(|row: &&WorldNumber| cell::text(&row.position)),
        Column::new("number", "the world's number before any policy", "that of the row")
            .of(|row: &&WorldNumber| cell::number(row.value)),
        UNIT.of(|row: &&WorldNumber| row.unit.clone()),
        Column::new("cites", "key of its source in the world's sources.toml", "")
            .of(|row: &&WorldNumber| cell::text(&row.source)),
        Column::new("refers_to", "period that it refers to", "").of(|row: &&WorldNumber| cell::text(&row.period)),
        confidence.of(|row: &&WorldNumber| cell::text(&row.confidence)),
        Column::new("world_file", "file of the world that it stands in", "")
            .of(|row: &&WorldNumber| cell::text(&row.file)),
        Column::new("line", "line of that file", "").of(|row: &&WorldNumber| row.line.to_string()),
    ]
}

/// Writes them.
///
/// # Errors
/// When the sink refuses.
pub fn write_parameters(all: &[WorldNumber], sink: &mut dyn Write) -> io::Result<()> {
    write(sink, &fields(), all)
}

/// Reads them back.
///
/// # Errors
/// The line and what is wrong with it.
pub(crate) fn read(source: impl Read) -> Result<Vec<WorldNumber>, String> {
    rows(source, &own_columns(), "a number of a world")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_of_a_world_reads_back_with_its_place_and_source() {
        let world = World::uk().unwrap();
        let all = parameters(&world);
        assert_eq!(all.len(), world.baseline.values().len());
        let mut bytes = Vec::new();
        write_parameters(&all, &mut bytes).unwrap();
        assert_eq!(read(&bytes[..]).unwrap(), all);
        let separation = all.iter().find(|one| one.condition == "separation").unwrap();
        assert_eq!((separation.position.as_str(), separation.unit.as_str()), ("working/16-17", "hazard per month"));
        assert!(separation.file.ends_with("fitted.csv") && separation.line > 1 && !separation.source.is_empty());
    }
}
