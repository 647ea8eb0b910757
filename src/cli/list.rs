//! `rungs list`: what scenario files may name and what results hold, from the registries.

use super::ending::{Ending, Step};
use super::flags::WorldFlag;
use super::terminal;
use crate::conditions::{Condition, Met};
use crate::levers::{COMMON_KEYS, LEVERS};
use crate::outcomes::{all_measures, measures};
use crate::scenario::{Overrides, SHIPPED, Scenario};
use crate::toml_tables::KeyInfo;
use crate::world::World;
use clap::{Args, ValueEnum};
use comfy_table::Table;
use std::fmt::Write as _;

const EXAMPLES: &str = "\
Examples:
  rungs list scenarios                 what comes with the program
  rungs list conditions apprenticeship conditions whose name, subject or meaning has the word
  rungs list levers skills_levy        the keys of one lever";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct List {
    /// What to list
    what: What,

    /// Show only entries with this word
    word: Option<String>,

    #[command(flatten)]
    world: WorldFlag,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum What {
    /// Numbers that an `adjust` lever can change, with their baseline
    Conditions,
    /// Levers and their keys
    Levers,
    /// Measures in the results, and those that only `validate` and `sensitivity` take
    Measures,
    /// Regions of the world
    Regions,
    /// Scenarios that come with the program
    Scenarios,
}

impl List {
    pub(super) fn run(self) -> Step<Ending> {
        if self.world.folder.is_some() && matches!(self.what, What::Levers | What::Measures) {
            let why = "--world: found a list that is the same for every world, expected one of conditions, regions or scenarios";
            return Err(Ending::Refused(why.to_owned()));
        }
        let word = self.word.unwrap_or_default().to_lowercase();
        let text = match self.what {
            What::Conditions => conditions(&self.world.load()?, &word),
            What::Levers => levers(&word),
            What::Measures => measure_list(&word),
            What::Regions => regions(&self.world.load()?, &word),
            What::Scenarios => scenarios(&self.world.load()?, &word),
        };
        let Some(text) = text else {
            return Err(Ending::Refused(format!("found nothing with {word:?} in it, expected another word or none")));
        };
        terminal::data(&text)?;
        Ok(Ending::Fine)
    }
}

/// Whether any of the texts has the word, in whatever case.
fn has(word: &str, texts: &[&str]) -> bool {
    texts.iter().any(|text| text.to_lowercase().contains(word))
}

/// The table as text, unless it is empty.
fn rendered(mut table: Table) -> Option<String> {
    (!table.is_empty()).then(|| terminal::rendered(&mut table))
}

fn conditions(world: &World, word: &str) -> Option<String> {
    let mut table = terminal::plain_table();
    table.set_header(["condition", "baseline", "unit", "for each", "met by", "meaning"]);
    for condition in Condition::all() {
        let spec = condition.spec();
        if has(word, &[spec.name, spec.subject, spec.meaning]) {
            let axes: Vec<&str> = spec.axes.iter().map(|axis| axis.name()).collect();
            let baseline = range(world.baseline.table(condition));
            table.add_row([
                spec.name.to_owned(),
                baseline,
                spec.unit.to_owned(),
                axes.join(" x "),
                met_by(spec.met_by).to_owned(),
                spec.meaning.to_owned(),
            ]);
        }
    }
    rendered(table)
}

/// The value, or the lowest and the highest.
pub(super) fn range(values: &[f64]) -> String {
    let lowest = values.iter().copied().fold(f64::INFINITY, f64::min);
    let highest = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if lowest < highest {
        format!("{} to {}", terminal::brief(lowest), terminal::brief(highest))
    } else {
        terminal::brief(lowest)
    }
}

pub(super) fn met_by(met_by: Met) -> &'static str {
    match met_by {
        Met::People => "people",
        Met::Places => "places",
    }
}

fn levers(word: &str) -> Option<String> {
    let mut out = String::new();
    for lever in LEVERS.iter().filter(|lever| has(word, &[lever.name, lever.purpose])) {
        let _ = writeln!(out, "[[levers.{}]]  {}", lever.name, lever.purpose);
        out.push_str(&keys(lever.own_keys()));
        let _ = writeln!(out, "  evidence: {}\n", lever.evidence);
    }
    (!out.is_empty()).then(|| format!("{out}Every lever\n{}", keys(COMMON_KEYS.iter().map(|key| *key.about()))))
}

fn keys(keys: impl IntoIterator<Item = KeyInfo>) -> String {
    let mut table = terminal::plain_table();
    for key in keys {
        table.add_row([format!("  {}", key.name), key.unit.to_owned(), key.meaning()]);
    }
    terminal::rendered(&mut table)
}

fn measure_list(word: &str) -> Option<String> {
    let mut table = terminal::plain_table();
    table.set_header(["measure", "name", "unit", "ages", "better", "counts", "out of", "in"]);
    for (index, measure) in all_measures().iter().enumerate() {
        if !has(word, &[measure.key, measure.label]) {
            continue;
        }
        let better = measure.better.name();
        table.add_row([
            measure.key,
            measure.label,
            measure.unit,
            &measure.ages.to_string(),
            better,
            measure.numerator,
            measure.denominator,
            if index < measures().len() { "results" } else { "validate, sensitivity" },
        ]);
    }
    rendered(table)
}

fn regions(world: &World, word: &str) -> Option<String> {
    let mut table = terminal::plain_table();
    table.set_header(["code", "region"]);
    for region in world.regions.iter().filter(|region| has(word, &[&region.name, &region.code])) {
        table.add_row([&region.code, &region.name]);
    }
    rendered(table)
}

fn scenarios(world: &World, word: &str) -> Option<String> {
    let mut table = terminal::plain_table();
    table.set_header(["scenario", "title"]);
    for shipped in SHIPPED {
        // a scenario may name regions that another world does not have
        let title = Scenario::load(shipped.name, &Overrides::default(), world)
            .map_or_else(|_| "(not for this world)".to_owned(), |scenario| scenario.title);
        if has(word, &[shipped.name, &title]) {
            table.add_row([shipped.name, &title]);
        }
    }
    rendered(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_equal_numbers_is_shown_as_one() {
        assert_eq!(range(&[0.25, 0.25]), "0.25");
        assert_eq!(range(&[1200.0, 3.5]), "3.5 to 1,200");
    }

    #[test]
    fn every_condition_is_listed_with_its_baseline_and_who_meets_it() {
        let list = conditions(&World::uk().unwrap(), "").unwrap();
        assert!(Condition::all().all(|condition| list.contains(condition.spec().name)));
        assert!(list.contains("people") && list.contains("places"));
    }

    #[test]
    fn every_lever_and_measure_is_listed() {
        assert!(LEVERS.iter().all(|lever| levers("").unwrap().contains(lever.name)));
        assert!(all_measures().iter().all(|measure| measure_list("").unwrap().contains(measure.key)));
    }
}
