//! `rungs explain`.

mod conditions;
mod in_scenario;

use super::ending::{Ending, Step};
use super::flags::{ExtendsFlags, WorldFlag};
use super::terminal;
use crate::calibrate::{self, Target};
use crate::conditions::Condition;
use crate::diagnostics::printable;
use crate::domain::Kind;
use crate::levers::{LEVERS, LeverKind};
use crate::outcomes::{Measure, all_measures};
use crate::scenario::Overrides;
use crate::toml_tables::{KeyInfo, closest};
use crate::world::World;
use clap::Args;
use in_scenario::InScenario;

const EXAMPLES: &str = "\
Examples:
  rungs explain separation                       every value of a condition, where it comes from
  rungs explain separation working/16-17         one of them
  rungs explain posts_per_resident Wales         those of one region
  rungs explain skills_levy                      a lever and its keys
  rungs explain run.years --scenario recession   which file sets it
  rungs explain levers.shock[0].job_loss_ratio --scenario recession
  rungs explain neet_rate                        a measure
  rungs explain \"NEET, 16-24\"                    a published figure to compare with";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Explain {
    /// A condition, with the names of a row of its table if it is one; a lever, a key of one or of a scenario; a measure or a published figure
    #[arg(value_name = "KEY", required = true)]
    key: Vec<String>,

    /// Explain it in this scenario: a file, or the name of a shipped one
    #[arg(long, value_name = "FILE")]
    scenario: Option<String>,

    #[command(flatten)]
    world: WorldFlag,

    /// Change a key of the scenario, such as run.every=quarter; may be repeated
    #[arg(long, value_name = "KEY=VALUE", requires = "scenario")]
    set: Vec<String>,

    #[command(flatten)]
    extends: ExtendsFlags,
}

/// What a key is explained in.
struct Context {
    world: World,
    scenario: Option<InScenario>,
    targets: Vec<Target>,
}

impl Explain {
    pub(super) fn run(self) -> Step<Ending> {
        let world = self.world.load()?;
        let overrides = Overrides { set: self.set.clone(), flags: Vec::new(), extends: self.extends.wanted() };
        let scenario = self.scenario.as_deref().map(|name| InScenario::load(name, &overrides, &world)).transpose()?;
        let targets = calibrate::read(&world)?;
        let key = self.key.join(" ");
        let context = Context { world, scenario, targets };
        let Some(text) = context.explained(key.trim())? else { return Err(context.unknown(key.trim())) };
        terminal::data(&text)?;
        Ok(Ending::Fine)
    }
}

impl Context {
    /// What the key means; `None` when nothing has that name.
    fn explained(&self, key: &str) -> Step<Option<String>> {
        let (name, rest) = key.split_once(' ').map_or((key, ""), |(name, rest)| (name, rest.trim()));
        let plain = name.strip_prefix("conditions.").unwrap_or(name);
        if let Some(condition) = Condition::named(plain) {
            let text = conditions::explain(condition, rest, &self.world, self.scenario.as_ref())?;
            let is_lever =
                rest.is_empty() && name == plain && self.of_scenario_key(&format!("levers.{plain}")).is_some();
            let more = if is_lever {
                format!("\n{plain} is a lever, too: rungs explain levers.{plain}\n")
            } else {
                String::new()
            };
            return Ok(Some(text + &more));
        }
        if let Some(measure) = all_measures().iter().find(|measure| measure.key == key) {
            return Ok(Some(of_measure(measure, &self.targets)));
        }
        if let Some(target) = self.targets.iter().find(|target| target.name == key) {
            return Ok(Some(self.of_target(target)));
        }
        Ok(self.of_scenario_key(key))
    }

    /// A lever, a key of one, or a key of the scenario.
    fn of_scenario_key(&self, key: &str) -> Option<String> {
        let typed = key.strip_prefix("levers.").unwrap_or(key);
        let mut parts = typed.split('.');
        let kind = parts.next().unwrap_or("");
        let bare = kind.split('[').next().unwrap_or(kind);
        let found = LEVERS.iter().find(|lever| lever.name == bare);
        match (found, parts.next()) {
            (Some(known), None) if bare == kind => Some(of_lever(known)),
            (Some(known), None) => {
                let text = self.table_of(&format!("levers.{kind}"));
                text.map(|text| format!("{} of the scenario: {}\n\n{text}", printable(key), known.purpose))
            }
            (Some(known), Some(field)) => Some(self.of_field(known, &known.key(field)?, &format!("levers.{typed}"))),
            (None, _) => self.table_of(key),
        }
    }

    fn of_field(&self, kind: &LeverKind, key: &KeyInfo, full: &str) -> String {
        let mut table = facts();
        table.add_row(["key", &format!("{}.{}", kind.name, key.name)]);
        table.add_row(["meaning", &key.meaning()]);
        table.add_row(["unit", key.unit]);
        table.add_row(["evidence", kind.evidence]);
        let values = self.values_like(kind.name, key.name, full);
        let mut text = terminal::rendered(&mut table);
        match (&self.scenario, values.is_empty()) {
            (Some(_), false) => text += &format!("\n{}", shown(&values)),
            (Some(known), true) => {
                text += &format!("\n{} does not set it\n", printable(&known.scenario.name));
            }
            (None, _) => {}
        }
        text
    }

    /// The values of a lever's key: of the one that is named with its number, or of each of its kind.
    fn values_like(&self, kind: &str, field: &str, full: &str) -> Vec<[String; 3]> {
        let Some(known) = &self.scenario else { return Vec::new() };
        let is_meant = |key: &str| {
            let numbered = key.strip_prefix(&format!("levers.{kind}[")).and_then(|rest| rest.split_once("]."));
            let is_field = numbered.is_some_and(|(_, rest)| rest == field || rest.starts_with(&format!("{field}.")));
            if full.contains('[') { key == full || key.starts_with(&format!("{full}.")) } else { is_field }
        };
        known.values.keys().filter(|key| is_meant(key)).map(|key| known.row(key)).collect()
    }

    /// A key of the scenario, or all under it.
    fn table_of(&self, key: &str) -> Option<String> {
        let known = self.scenario.as_ref()?;
        let under = format!("{key}.");
        let rows: Vec<[String; 3]> = known
            .values
            .keys()
            .filter(|one| *one == key || one.starts_with(&under))
            .map(|one| known.row(one))
            .collect();
        (!rows.is_empty()).then(|| shown(&rows))
    }

    fn of_target(&self, target: &Target) -> String {
        let mut table = facts();
        let number = |value: Option<f64>| value.map_or_else(|| "unknown".to_owned(), terminal::brief);
        let (low, high) = target.accepted();
        let source = self.world.sources.get(&target.source);
        table.add_row(["published figure", &printable(&target.name)]);
        table.add_row(["value", &format!("{} {}", number(target.value), printable(&target.unit))]);
        table.add_row(["interval", &format!("{} to {}", number(target.low), number(target.high))]);
        table.add_row(["agrees if between", &format!("{} and {}", terminal::brief(low), terminal::brief(high))]);
        table.add_row(["compared with", target.simulated.key()]);
        table.add_row(["of", &printable(&format!("{} {}", target.about.0, target.about.1))]);
        table.add_row(["period", &printable(&target.period)]);
        table.add_row(["use", target.used.name()]);
        table.add_row(["source", &printable(&source.map_or(target.source.clone(), |source| source.title.clone()))]);
        table.add_row(["confidence", target.confidence.name()]);
        table.add_row(["note", &printable(&target.note)]);
        table.add_row(["set in", &self.line_of(target)]);
        terminal::rendered(&mut table)
    }

    /// The file and line of a published figure.
    fn line_of(&self, target: &Target) -> String {
        let quoted = [format!("\"{}\"", target.name), format!(",{},", target.name)];
        let found = self.world.targets().find_map(|file| {
            let line = file.text.lines().position(|line| quoted.iter().any(|name| line.contains(name)))?;
            Some(printable(&format!("{}:{}", file.shown, line + 1)))
        });
        found.unwrap_or_default()
    }

    /// What to say of a name that nothing has.
    fn unknown(&self, key: &str) -> Ending {
        let fields: Vec<String> = LEVERS
            .iter()
            .flat_map(|lever| lever.keys().into_iter().map(move |key| format!("{}.{}", lever.name, key.name)))
            .collect();
        let mut known: Vec<&str> = Condition::all().map(|condition| condition.spec().name).collect();
        known.extend(LEVERS.iter().map(|lever| lever.name));
        known.extend(all_measures().iter().map(|measure| measure.key));
        known.extend(fields.iter().map(String::as_str));
        known.extend(self.targets.iter().map(|target| target.name.as_str()));
        known.extend(self.scenario.iter().flat_map(|known| known.values.keys().map(String::as_str)));
        let needs = key.starts_with("run.") || key.starts_with("levers.");
        let hint = closest(key, &known).unwrap_or_else(|| {
            let tip = "`rungs list` shows conditions, levers and measures";
            if needs && self.scenario.is_none() {
                format!("{tip}; --scenario FILE explains its keys")
            } else {
                tip.to_owned()
            }
        });
        Ending::Refused(format!(
            "found nothing named {:?}, expected a condition, a lever or a key of one, a measure or a published figure\n  hint: {}",
            printable(key),
            printable(&hint)
        ))
    }
}

fn facts() -> comfy_table::Table {
    terminal::plain_table()
}

fn shown(rows: &[[String; 3]]) -> String {
    let mut table = terminal::plain_table();
    table.set_header(["key", "value", "set in"]);
    rows.iter().for_each(|row| {
        table.add_row(row.iter());
    });
    terminal::rendered(&mut table)
}

fn of_lever(kind: &LeverKind) -> String {
    let mut table = terminal::plain_table();
    table.set_header(["key", "unit", "meaning"]);
    for key in kind.keys() {
        table.add_row([key.name, key.unit, &key.meaning()]);
    }
    format!(
        "[[levers.{}]]  {}\nevidence: {}\n\n{}",
        kind.name,
        kind.purpose,
        kind.evidence,
        terminal::rendered(&mut table)
    )
}

fn of_measure(measure: &Measure, targets: &[Target]) -> String {
    let mut table = facts();
    let ages = measure.ages.to_string();
    let rows = [
        ("measure", measure.key),
        ("name", measure.label),
        ("unit", measure.unit),
        ("counts", measure.numerator),
        ("out of", measure.denominator),
        ("ages", &ages),
        ("better", measure.better.name()),
    ];
    for (name, text) in rows {
        table.add_row([name, text]);
    }
    let figures: Vec<String> = targets
        .iter()
        .filter(|target| target.simulated.key() == measure.key)
        .map(|target| format!("  {}\n", printable(&target.name)))
        .collect();
    let figures = if figures.is_empty() {
        "\nno published figure is compared with it\n".to_owned()
    } else {
        format!("\npublished figures that it is compared with\n{}", figures.concat())
    };
    terminal::rendered(&mut table) + &figures
}
