//! `parameters.csv`: every number of the world that a run was made in, so that runs in different worlds can be compared.

use crate::conditions::Condition;
use crate::domain::Kind;
use crate::results::tables::cell;
use crate::world::World;
use std::io::{self, Read, Write};

/// The name of the file.
pub const PARAMETERS: &str = "parameters.csv";

/// The columns, in order.
pub(crate) const COLUMNS: [&str; 9] =
    ["condition", "place", "number", "unit", "cites", "refers_to", "confidence", "world_file", "line"];

/// One number of a world.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// The condition's name.
    pub condition: String,
    /// Where in its table: the names along its axes, joined by slashes; empty for a single number.
    pub place: String,
    /// The value.
    pub value: f64,
    /// Its unit.
    pub unit: String,
    /// The key of its source.
    pub source: String,
    /// The period it refers to.
    pub period: String,
    /// How it was come by, in a word.
    pub confidence: String,
    /// The file it is in.
    pub file: String,
    /// The line of that file, from 1.
    pub line: usize,
}

/// Every number of a world, in the order of its conditions.
#[must_use]
pub fn parameters(world: &World) -> Vec<Parameter> {
    let layout = world.baseline.layout();
    let mut all = Vec::with_capacity(layout.size());
    for condition in Condition::all() {
        for position in layout.range(condition) {
            let figure = &world.figures[position];
            all.push(Parameter {
                condition: condition.spec().name.to_owned(),
                place: world.place_name(condition, position),
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

/// Writes them.
///
/// # Errors
/// When the sink refuses.
pub fn write_parameters(all: &[Parameter], sink: &mut dyn Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(sink);
    csv.write_record(COLUMNS)?;
    for one in all {
        let texts = [&one.source, &one.period, &one.confidence, &one.file].map(|text| cell::text(text));
        let [source, period, confidence, file] = texts;
        csv.write_record([
            one.condition.clone(),
            cell::text(&one.place),
            cell::number(one.value),
            one.unit.clone(),
            source,
            period,
            confidence,
            file,
            one.line.to_string(),
        ])?;
    }
    csv.flush()
}

/// Reads them back.
///
/// # Errors
/// The line and what is wrong with it.
pub(crate) fn read(source: impl Read) -> Result<Vec<Parameter>, String> {
    let mut csv = csv::Reader::from_reader(source);
    let header = csv.headers().map_err(|error| error.to_string())?;
    if header != COLUMNS.as_slice() {
        return Err(format!("found the columns {:?}, expected {COLUMNS:?}", header.iter().collect::<Vec<_>>()));
    }
    let one = |record: &csv::StringRecord| {
        let text = |index: usize| record.get(index).map(|cell| cell::read_text(cell).to_owned());
        Some(Parameter {
            condition: text(0)?,
            place: text(1)?,
            value: record.get(2).and_then(cell::read_known)??,
            unit: text(3)?,
            source: text(4)?,
            period: text(5)?,
            confidence: text(6)?,
            file: text(7)?,
            line: record.get(8)?.parse().ok()?,
        })
    };
    let mut all = Vec::new();
    for record in csv.records() {
        let record = record.map_err(|error| error.to_string())?;
        let line = record.position().map_or(0, csv::Position::line);
        all.push(one(&record).ok_or_else(|| format!("line {line}: found {record:?}, expected a number of a world"))?);
    }
    Ok(all)
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
        assert_eq!((separation.place.as_str(), separation.unit.as_str()), ("working/16-17", "hazard per month"));
        assert!(separation.file.ends_with("fitted.csv") && separation.line > 1 && !separation.source.is_empty());
    }
}
