//! What a coordinate of a study stands for: a factor or a shift on a condition, or a setting of a lever.

use crate::conditions::{Axis, Condition, Edit, Operation};
use crate::diagnostics::did_you_mean;
use crate::world::World;

/// Something that is varied between two ends.
#[derive(Clone, Debug, PartialEq)]
pub struct VariedParameter {
    /// Its name in tables.
    pub name: String,
    /// What it changes.
    pub change: Variation,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// What a parameter changes.
#[derive(Clone, Debug, PartialEq)]
pub enum Variation {
    /// Multiplies numbers of a condition.
    Scale(Condition, Vec<usize>),
    /// Is added to numbers of a condition.
    Shift(Condition, Vec<usize>),
    /// Stands for a key of a scenario file, such as `levers.skills_levy[0].levy_rate`.
    Lever(String),
}

impl VariedParameter {
    /// The value at a place from 0 to 1: factors are spread evenly over their logarithm, everything else over itself.
    #[must_use]
    pub fn at(&self, place: f64) -> f64 {
        match self.change {
            Variation::Scale(..) => {
                libm::exp(libm::log(self.low) + place * (libm::log(self.high) - libm::log(self.low)))
            }
            Variation::Shift(..) | Variation::Lever(_) => self.low + place * (self.high - self.low),
        }
    }

    /// What it does to the world's conditions at a value; nothing if it is a lever's.
    #[must_use]
    pub fn edits(&self, value: f64) -> Vec<Edit> {
        let all = |condition: Condition, positions: &[usize], operation: Operation| {
            positions.iter().map(|position| Edit { condition, position: *position, operation }).collect()
        };
        match &self.change {
            Variation::Scale(condition, positions) => all(*condition, positions, Operation::Scale(value)),
            Variation::Shift(condition, positions) => all(*condition, positions, Operation::Shift(value)),
            Variation::Lever(_) => Vec::new(),
        }
    }

    /// Whether it changes, in the same way, something that another one changes.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        match (&self.change, &other.change) {
            (Variation::Scale(_, own), Variation::Scale(_, theirs))
            | (Variation::Shift(_, own), Variation::Shift(_, theirs)) => {
                own.iter().any(|position| theirs.contains(position))
            }
            (Variation::Lever(own), Variation::Lever(theirs)) => own == theirs,
            (_, _) => self.name == other.name,
        }
    }

    /// The override of a scenario's key at a value, if it is a lever's.
    #[must_use]
    pub fn overrides(&self, value: f64) -> Option<String> {
        match &self.change {
            Variation::Lever(key) => Some(format!("{key}={value:?}")),
            Variation::Scale(..) | Variation::Shift(..) => None,
        }
    }
}

/// What was typed names no parameter with a range: what was found and expected.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotAParameter(String);

/// The positions of a condition's numbers; `of` names one place or `all` along each of its axes, joined by slashes.
///
/// # Errors
/// What was found and expected.
pub(in crate::calibrate) fn positions(condition: Condition, of: &str, world: &World) -> Result<Vec<usize>, String> {
    let spec = condition.spec();
    let layout = world.baseline.layout();
    let parts: Vec<&str> = if of.is_empty() { vec!["all"; spec.axes.len()] } else { of.split('/').collect() };
    if parts.len() != spec.axes.len() {
        let found = parts.len();
        return Err(format!("found {found} names in {of:?}, expected {} for {}", spec.axes.len(), spec.name));
    }
    let mut found = vec![layout.range(condition).start];
    for (axis, (part, length)) in spec.axes.iter().zip(parts.iter().zip(layout.lengths(condition))) {
        let indexes = along(*axis, part, *length, world)?;
        let start = layout.range(condition).start;
        found = found
            .into_iter()
            .flat_map(|base| indexes.iter().map(move |index| start + (base - start) * length + index))
            .collect();
    }
    Ok(found)
}

fn along(axis: Axis, name: &str, length: usize, world: &World) -> Result<Vec<usize>, String> {
    if name == "all" {
        return Ok((0..length).collect());
    }
    let regions = || world.regions.iter().map(|region| region.name.as_str()).collect();
    let names: Vec<&str> = axis.names().unwrap_or_else(regions);
    let index = names.iter().position(|known| *known == name);
    index.map(|index| vec![index]).ok_or_else(|| format!("found {name:?}, expected all, {}", names.join(", ")))
}

/// Reads what a user types for a parameter: `search_intensity=0.5..2` multiplies a condition,
/// `duration_dependence+=-0.1..0.1` shifts it, `separation:working/all=0.8..1.25` takes some of its numbers, and
/// `levers.skills_levy[0].levy_rate=0.004..0.01` sets a key of the scenario.
///
/// # Errors
/// What was found and expected.
pub fn read_parameter(typed: &str, world: &World) -> Result<VariedParameter, NotAParameter> {
    read(typed, world).map_err(NotAParameter)
}

fn read(typed: &str, world: &World) -> Result<VariedParameter, String> {
    let (left, range) = typed.split_once('=').ok_or_else(|| format!("found {typed:?}, expected NAME=LOW..HIGH"))?;
    let ends = range.split_once("..").and_then(|(low, high)| Some((number(low)?, number(high)?)));
    let (low, high) = ends.ok_or_else(|| format!("found {range:?} in {typed:?}, expected LOW..HIGH"))?;
    if low >= high {
        return Err(format!("found {range:?} in {typed:?}, expected a lower end below the upper"));
    }
    if left.starts_with("levers.") {
        let change = Variation::Lever(left.to_owned());
        return Ok(VariedParameter { name: left.to_owned(), change, low, high });
    }
    let (left, is_shift) = left.strip_suffix('+').map_or((left, false), |left| (left, true));
    let (name, of) = left.split_once(':').unwrap_or((left, ""));
    let condition = Condition::all().find(|condition| condition.spec().name == name);
    let condition = condition.ok_or_else(|| {
        let known = Condition::all().map(|condition| condition.spec().name);
        let hint = did_you_mean(name, known).map_or_else(String::new, |hint| format!(": {hint}"));
        format!("found {name:?}, expected the name of a condition or a key of a lever{hint}")
    })?;
    let positions = positions(condition, of, world)?;
    if !is_shift && low <= 0.0 {
        return Err(format!("found {range:?} in {typed:?}, expected factors above 0 (`+=` shifts)"));
    }
    let change = if is_shift { Variation::Shift(condition, positions) } else { Variation::Scale(condition, positions) };
    Ok(VariedParameter { name: left.to_owned(), change, low, high })
}

fn number(text: &str) -> Option<f64> {
    text.trim().replace('_', "").parse::<f64>().ok().filter(|number| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conditions::jobs;

    #[test]
    fn a_typed_parameter_names_a_factor_a_shift_or_a_key() {
        let world = World::uk().unwrap();
        let factor = read_parameter("search_intensity=0.5..2", &world).unwrap();
        assert!(
            matches!(factor.change, Variation::Scale(condition, ref positions) if condition == jobs::SEARCH_INTENSITY.any() && positions.len() == 4)
        );
        assert!((factor.at(0.5) - 1.0).abs() < 1e-12);
        let shift = read_parameter("duration_dependence+=-0.1..0.3", &world).unwrap();
        assert!((shift.at(0.5) - 0.1).abs() < 1e-12 && shift.edits(0.1).len() == 1);
        let some = read_parameter("separation:working/all=0.8..1.25", &world).unwrap();
        assert_eq!(some.edits(1.0).len(), 6);
        let key = read_parameter("levers.adjust[0].scale=1..2", &world).unwrap();
        assert_eq!(key.overrides(1.5).as_deref(), Some("levers.adjust[0].scale=1.5"));
    }

    #[test]
    fn what_is_mistyped_is_said() {
        let world = World::uk().unwrap();
        for (typed, said) in [
            ("search_intensity", "expected NAME=LOW..HIGH"),
            ("search_intensity=2", "expected LOW..HIGH"),
            ("search_intensity=2..1", "expected a lower end below the upper"),
            ("search_intensity=-1..1", "expected factors above 0"),
            ("serch_intensity=1..2", "did you mean \"search_intensity\"?"),
            ("separation:working=1..2", "expected 2 for separation"),
            ("separation:clergy/all=1..2", "expected all, working, intermediate, professional"),
        ] {
            let found = read_parameter(typed, &world).unwrap_err();
            assert!(found.to_string().contains(said), "{found}");
        }
    }

    #[test]
    fn positions_are_named_as_they_are_read() {
        let world = World::uk().unwrap();
        for position in world.baseline.layout().range(jobs::SEPARATION) {
            let name = world.place_name(jobs::SEPARATION.any(), position);
            assert_eq!(positions(jobs::SEPARATION.any(), &name, &world), Ok(vec![position]));
        }
    }
}
