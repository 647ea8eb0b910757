//! The rows of `targets*.csv`, checked cell by cell.

use super::rows::{add, for_each_row};
use super::targets::{Simulated, Target, Use};
use crate::diagnostics::{Diagnostics, did_you_mean, printable};
use crate::domain::{Kind, Origin, Region, Sex};
use crate::engine::tally::Slice;
use crate::outcomes::Form;
use crate::scenario::Breakdown;
use crate::world::cells::{TextCell, shorten};
use crate::world::{Confidence, TextFile, World};
use strum::VariantArray;

/// The columns, in this order.
pub(super) const COLUMNS: [&str; 14] = [
    "subject",
    "target",
    "measure",
    "by",
    "of",
    "value",
    "low",
    "high",
    "unit",
    "period",
    "source",
    "confidence",
    "use",
    "note",
];
/// What stands for a lower end that is open.
const OPEN_BELOW: &str = "-inf";
/// What stands for an upper end that is open.
const OPEN_ABOVE: &str = "inf";
/// Stands for everybody.
const ALL: &str = "all";

/// The published figures of a world.
///
/// # Errors
/// Every mistake in its tables, each with its place.
pub fn read(world: &World) -> Result<Vec<Target>, Diagnostics> {
    let mut mistakes = Diagnostics::default();
    let mut targets: Vec<Target> = Vec::new();
    for file in world.targets() {
        mistakes.keep_text(&file.shown, &file.text);
        read_table(file, world, &mut targets, &mut mistakes);
    }
    mistakes.or(targets)
}

/// The published figures of a world that parameters are fitted to.
///
/// # Errors
/// Every mistake in its tables, each with its place.
pub fn read_fitted(world: &World) -> Result<Vec<Target>, Diagnostics> {
    let mut targets = read(world)?;
    targets.retain(|target| target.used == Use::Fitted);
    Ok(targets)
}

/// Reads one table; what is wrong is added to the mistakes, and the rows that are right to the targets.
fn read_table(file: &TextFile, world: &World, targets: &mut Vec<Target>, mistakes: &mut Diagnostics) {
    for_each_row(file, COLUMNS, mistakes, |cells, mistakes| {
        let mut row = TargetRow { file, world, cells, mistakes };
        if let Some(target) = row.read(targets) {
            targets.push(target);
        }
    });
}

struct TargetRow<'a> {
    file: &'a TextFile,
    world: &'a World,
    cells: &'a [TextCell<'a>; 14],
    mistakes: &'a mut Diagnostics,
}

impl TargetRow<'_> {
    fn read(&mut self, earlier: &[Target]) -> Option<Target> {
        let [subject, name, measure, by, of, value, low, high, unit, period, source, confidence, used, note] =
            self.cells;
        let before = self.mistakes.list().len();
        for cell in self.cells {
            if printable(cell.text) != cell.text {
                self.wrong(cell, "expected no control characters", None);
            } else if cell.text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
                && cell.text.parse::<f64>().is_err()
            {
                // tables of these figures are opened in spreadsheets
                self.wrong(cell, "expected a text that no spreadsheet takes for a formula", None);
            }
        }
        for (cell, what) in [(subject, "a subject"), (name, "a name"), (period, "a period")] {
            if cell.text.is_empty() {
                self.wrong(cell, &format!("expected {what}"), None);
            }
        }
        if earlier.iter().any(|target| target.name == name.text) {
            self.wrong(name, "expected a name that no other target has", None);
        }
        let simulated = Simulated::named(measure.text);
        if simulated.is_none() {
            let hint = did_you_mean(measure.text, Simulated::keys());
            self.wrong(measure, "expected a measure or a mechanism", hint);
        }
        let slices = self.slices(by, of, simulated);
        let per_unit = self.unit(unit, simulated);
        let [value, low, high] = [(value, ""), (low, OPEN_BELOW), (high, OPEN_ABOVE)].map(|(cell, open)| {
            let is_open = !open.is_empty() && cell.text == open;
            if is_open { None } else { self.number(cell) }
        });
        self.check_ends();
        self.check_numbers([value, low, high]);
        self.check_range([value, low, high], simulated, per_unit);
        if !self.world.sources.contains_key(source.text) {
            let hint = did_you_mean(source.text, self.world.sources.keys().map(String::as_str));
            self.wrong(source, "expected a key of sources.toml", hint);
        }
        let confidence = self.one_of(confidence, &Confidence::names(), Confidence::named(confidence.text));
        let used = self.one_of(used, &Use::names(), Use::named(used.text));
        if self.mistakes.list().len() > before {
            return None;
        }
        Some(Target {
            subject: subject.text.to_owned(),
            name: name.text.to_owned(),
            simulated: simulated?,
            about: (by.text.to_owned(), of.text.to_owned()),
            slices,
            value,
            low,
            high,
            unit: unit.text.to_owned(),
            per_unit,
            period: period.text.to_owned(),
            source: source.text.to_owned(),
            confidence: confidence?,
            used: used?,
            note: note.text.to_owned(),
        })
    }

    fn wrong(&mut self, cell: &TextCell<'_>, expected: &str, hint: Option<String>) {
        let at = self.cells.iter().position(|known| known.span == cell.span).unwrap_or(0);
        let message = format!("found {}, {expected}", shorten(cell.text));
        add(self.file, cell.span.clone(), COLUMNS[at], message, hint, self.mistakes);
    }

    fn one_of<T>(&mut self, cell: &TextCell<'_>, names: &[&'static str], found: Option<T>) -> Option<T> {
        if found.is_none() {
            let hint = did_you_mean(cell.text, names.iter().copied());
            self.wrong(cell, &format!("expected one of {}", names.join(", ")), hint);
        }
        found
    }

    fn number(&mut self, cell: &TextCell<'_>) -> Option<f64> {
        if cell.text.is_empty() {
            return None;
        }
        let number = cell.text.parse::<f64>().ok().filter(|number| number.is_finite());
        if number.is_none() {
            self.wrong(cell, "expected a number or nothing", None);
        }
        number
    }

    /// An interval has both ends: one left out may be missing or open, so it is said which.
    fn check_ends(&mut self) {
        let cells = self.cells;
        let [low, high] = [&cells[6], &cells[7]];
        let open = [low.text == OPEN_BELOW, high.text == OPEN_ABOVE];
        for (cell, other, written) in [(low, high, OPEN_BELOW), (high, low, OPEN_ABOVE)] {
            if cell.text.is_empty() && !other.text.is_empty() {
                let hint = format!("write {written} for an end that is open");
                self.wrong(cell, "expected both ends of the interval or neither", Some(hint));
            }
        }
        if open == [true, true] {
            self.wrong(low, "expected an interval with an end", None);
        }
    }

    /// A figure that its measure can never have would be missed for ever.
    fn check_range(&mut self, numbers: [Option<f64>; 3], simulated: Option<Simulated>, per_unit: f64) {
        let cells = self.cells;
        let is_unit = |simulated: &Simulated| simulated.unit() == cells[8].text || per_unit > 1.0;
        let Some(simulated) = simulated.filter(is_unit) else { return };
        let [lowest, highest] = simulated.range().map(|end| end * per_unit);
        let unit = cells[8].text;
        for (cell, number) in cells[5..8].iter().zip(numbers) {
            let Some(number) = number.filter(|number| !(lowest..=highest).contains(number)) else { continue };
            let hint = (per_unit > 1.0 || (number > highest && number <= 100.0)).then(|| {
                format!(
                    "the unit is {unit}; {}",
                    if per_unit > 1.0 { "a share of 1 is 100 percent" } else { "write \"percent\" there if it is one" }
                )
            });
            let expected =
                if highest.is_finite() { format!("{lowest} to {highest}") } else { format!("{lowest} or more") };
            self.wrong(cell, &format!("expected {expected} ({unit}), what {} can be", simulated.key()), hint);
        }
    }

    fn check_numbers(&mut self, [value, low, high]: [Option<f64>; 3]) {
        let cells = self.cells;
        if value.is_none() && low.is_none() && high.is_none() && cells[5..8].iter().all(|cell| cell.text.is_empty()) {
            self.wrong(&cells[5], "expected a value or an interval", None);
        }
        if let (Some(low), Some(high)) = (low, high)
            && low >= high
        {
            self.wrong(&cells[6], &format!("expected less than {high}"), None);
        }
        if value.is_some_and(|value| low.is_some_and(|low| value < low) || high.is_some_and(|high| value > high)) {
            self.wrong(&cells[5], "expected a value within its interval", None);
        }
    }

    /// How many units of the cell make one of the measure's.
    fn unit(&mut self, cell: &TextCell<'_>, simulated: Option<Simulated>) -> f64 {
        match simulated.map(Simulated::unit) {
            Some("share") if cell.text == "percent" => 100.0,
            Some(unit) if unit != cell.text => {
                self.wrong(cell, &format!("expected {unit:?}"), None);
                1.0
            }
            Some(_) | None => 1.0,
        }
    }

    fn slices(&mut self, by: &TextCell<'_>, of: &TextCell<'_>, simulated: Option<Simulated>) -> Vec<Slice> {
        let Some(breakdown) = Breakdown::named(by.text) else {
            if by.text != ALL {
                let names: Vec<&str> = std::iter::once(ALL).chain(Breakdown::names()).collect();
                let hint = did_you_mean(by.text, names.iter().copied());
                self.wrong(by, &format!("expected one of {}", names.join(", ")), hint);
            } else if !of.text.is_empty() {
                self.wrong(of, "expected nothing beside `all`", None);
            }
            return vec![Slice::All];
        };
        let slices = self.group(breakdown, of);
        let measure = simulated.and_then(Simulated::measure);
        if matches!(simulated, Some(Simulated::Mechanism(_))) {
            self.wrong(by, "expected `all`: a mechanism is about everybody", None);
        }
        if slices.iter().any(|slice| measure.is_some_and(|measure| !measure.applies_to(*slice))) {
            self.wrong(by, "expected `all` or `residence` for this measure", None);
        }
        if slices.len() > 1 && measure.is_some_and(|measure| measure.form == Form::Value) {
            self.wrong(of, "expected one region: this measure cannot be added up over several", None);
        }
        slices
    }

    fn group(&mut self, breakdown: Breakdown, cell: &TextCell<'_>) -> Vec<Slice> {
        let (first, second) = cell.text.split_once('/').map_or((cell.text, ""), |(first, second)| (first, second));
        let regions = self.regions(first);
        let of_regions = |slice: &dyn Fn(Region) -> Slice| regions.iter().map(|region| slice(*region)).collect();
        let slices: Option<Vec<Slice>> = match breakdown {
            Breakdown::Residence => Some(of_regions(&Slice::Residence)),
            Breakdown::Upbringing => Some(of_regions(&|region| Slice::Upbringing(Some(region)))),
            Breakdown::Origin => Origin::named(first).map(|origin| vec![Slice::Origin(origin)]),
            Breakdown::Sex => Sex::named(first).map(|sex| vec![Slice::Sex(sex)]),
            Breakdown::ResidenceOrigin => {
                Origin::named(second).map(|origin| of_regions(&|region| Slice::ResidenceOrigin(region, origin)))
            }
            Breakdown::UpbringingOrigin => {
                Origin::named(second).map(|origin| of_regions(&|region| Slice::UpbringingOrigin(region, origin)))
            }
            Breakdown::OriginSex => {
                Origin::named(first).zip(Sex::named(second)).map(|(origin, sex)| vec![Slice::OriginSex(origin, sex)])
            }
        };
        let slices = slices.filter(|slices| !slices.is_empty());
        if slices.is_none() {
            let hint = did_you_mean(first, self.names(breakdown));
            self.wrong(cell, &format!("expected a group by {}", breakdown.name()), hint);
        }
        slices.unwrap_or_default()
    }

    /// The region of this name, or those of the area.
    fn regions(&self, name: &str) -> Vec<Region> {
        let area = self.world.areas.iter().find(|area| area.name == name).map(|area| area.regions.clone());
        area.unwrap_or_else(|| self.world.region_named(name).into_iter().collect())
    }

    fn names(&self, breakdown: Breakdown) -> Vec<&str> {
        match breakdown {
            Breakdown::Residence | Breakdown::Upbringing | Breakdown::ResidenceOrigin | Breakdown::UpbringingOrigin => {
                let areas = self.world.areas.iter().map(|area| area.name.as_str());
                self.world.regions.iter().map(|region| region.name.as_str()).chain(areas).collect()
            }
            Breakdown::Origin | Breakdown::OriginSex => Origin::VARIANTS.iter().map(|origin| origin.name()).collect(),
            Breakdown::Sex => Sex::VARIANTS.iter().map(|sex| sex.name()).collect(),
        }
    }
}
