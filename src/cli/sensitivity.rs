//! `rungs sensitivity`.

use super::ending::{Ending, Step};
use super::flags::{ExtendsFlags, StatusFlags, ThreadFlags};
use super::progress::Progress;
use super::stop::Stop;
use super::validate::{BaselineFlags, FolderFlags};
use super::whole::whole;
use super::{memory, terminal};
use crate::calibrate::Settings;
use crate::calibrate::sensitivity::{
    self, Compared, Found, Model, Study, StudyMethod, StudyResults, VariedParameter, read_parameter,
};
use crate::diagnostics::{did_you_mean, printable};
use crate::experiment::{Cost, Experiment, estimate};
use crate::outcomes::all_measures;
use crate::scenario::{Overrides, Scenario};
use crate::threads;
use crate::world::World;
use clap::{Args, ValueEnum};
use comfy_table::{Cell, CellAlignment};

const EXAMPLES: &str = "\
Examples:
  rungs sensitivity --measure neet_rate --vary search_intensity=0.7..1.4 --vary separation=0.7..1.4
  rungs sensitivity --method sobol --samples 256 --measure neet_rate --vary duration_dependence+=-0.1..0.1
      --vary separation:working/all=0.8..1.25 --vary posts_gap_opened=0.5..2 --group market=separation:working/all,posts_gap_opened
  rungs sensitivity local-partnerships --effect --measure neet_rate --vary support_effect=0.9..1.1

A parameter is a condition (`rungs list conditions`) that is multiplied (=) or shifted (+=) between two
ends, some of its numbers (NAME:PLACE/PLACE), or a key of the scenario's levers (levers.KIND[N].KEY=).

Tables are shown while runs arrive; Ctrl-C keeps what is known.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Sensitivity {
    /// Scenario file, or the name of a shipped scenario
    #[arg(value_name = "FILE", default_value = "baseline")]
    scenario: String,

    /// Measure to explain (`rungs list measures`); may be repeated
    #[arg(long = "measure", value_name = "KEY", required = true)]
    measures: Vec<String>,

    /// Parameter to vary, as NAME=LOW..HIGH; may be repeated
    #[arg(long, value_name = "PARAMETER", required = true)]
    vary: Vec<String>,

    /// Parameters that move together, as NAME=PARAMETER,PARAMETER; may be repeated
    #[arg(long = "group", value_name = "GROUP")]
    groups: Vec<String>,

    /// Explain the difference to the baseline instead of the level
    #[arg(long)]
    effect: bool,

    /// How points are chosen
    #[arg(long, value_enum, default_value_t = Way::Morris)]
    method: Way,

    /// Trajectories (morris) or base points (sobol)
    #[arg(long, value_name = "NUMBER", default_value_t = 20, value_parser = whole::<u32>(1..=100_000))]
    samples: u32,

    #[command(flatten)]
    extends: ExtendsFlags,
    #[command(flatten)]
    baseline: BaselineFlags,
    #[command(flatten)]
    place: FolderFlags,
    #[command(flatten)]
    threads: ThreadFlags,
    #[command(flatten)]
    status: StatusFlags,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Way {
    /// Screening by elementary effects: few runs, a ranking
    Morris,
    /// Shares of variance: many runs, interactions too
    Sobol,
}

impl Sensitivity {
    pub(super) fn run(self) -> Step<Ending> {
        let stop = Stop::listen()?;
        let world = self.baseline.world.load()?;
        let chosen = self.chosen()?;
        let parameters = self.parameters(&world)?;
        self.check_effect(&world)?;
        let scenario = self.baseline.scenario(&world)?;
        let study = self.study(&parameters, scenario.run.seed)?;
        let plots: Vec<String> = chosen.iter().map(|measure| format!("{}.svg", all_measures()[*measure].key)).collect();
        let names: Vec<&str> = std::iter::once("sensitivity.csv").chain(plots.iter().map(String::as_str)).collect();
        self.place.check(&names)?;
        let model = self.model(&world, &scenario, &parameters, &chosen);
        model.check()?;
        let groups: Vec<String> = study.groups.iter().map(|(name, _)| name.clone()).collect();
        let Some(results) = self.simulate(&model, &study, &scenario, stop)? else {
            terminal::status("stopped before anything could be said");
            return Ok(Ending::Stopped);
        };
        terminal::data(&table(&results, &chosen, &groups))?;
        self.write(&results, &chosen, &groups, &names)?;
        Ok(if results.done < results.of { Ending::Stopped } else { Ending::Fine })
    }

    /// The effect of nothing is nothing: it needs a scenario with a lever.
    fn check_effect(&self, world: &World) -> Step<()> {
        if !self.effect {
            return Ok(());
        }
        let overrides = Overrides { extends: self.extends.wanted(), ..Overrides::default() };
        let scenario = Scenario::load(&self.scenario, &overrides, world)?;
        if scenario.levers.is_empty() {
            let why = format!(
                "found {:?}, which has no lever, expected a scenario that differs from the baseline",
                self.scenario
            );
            let hint =
                "name one, such as `rungs sensitivity local-partnerships --effect`, or leave --effect out".to_owned();
            return Err(refused("--effect", &why, Some(hint)));
        }
        Ok(())
    }

    fn chosen(&self) -> Step<Vec<usize>> {
        let known = |key: &String| {
            all_measures().iter().position(|measure| measure.key == key).ok_or_else(|| {
                let hint = did_you_mean(key, all_measures().iter().map(|measure| measure.key));
                refused("--measure", &format!("found {key:?}, expected the key of a measure"), hint)
            })
        };
        let chosen = self.measures.iter().map(known).collect::<Step<Vec<usize>>>()?;
        if let Some(twice) = (1..chosen.len()).find(|at| chosen[..*at].contains(&chosen[*at])) {
            let why = format!("found {:?} twice, expected it once", self.measures[twice]);
            return Err(refused("--measure", &why, None));
        }
        Ok(chosen)
    }

    fn parameters(&self, world: &World) -> Step<Vec<VariedParameter>> {
        let read =
            |typed: &String| read_parameter(typed, world).map_err(|why| refused("--vary", &why.to_string(), None));
        let parameters = self.vary.iter().map(read).collect::<Step<Vec<VariedParameter>>>()?;
        for (at, parameter) in parameters.iter().enumerate() {
            if let Some(earlier) = parameters[..at].iter().find(|earlier| earlier.overlaps(parameter)) {
                let (found, before) = (&self.vary[at], &earlier.name);
                let why =
                    format!("found {found:?}, which {before:?} varies already, expected each number to be varied once");
                return Err(refused("--vary", &why, None));
            }
        }
        Ok(parameters)
    }

    /// Every parameter is in one group: one it was put into, or its own.
    fn study(&self, parameters: &[VariedParameter], seed: u64) -> Step<Study> {
        let mut groups: Vec<(String, Vec<usize>)> = Vec::new();
        for typed in &self.groups {
            let (name, members) = typed.split_once('=').ok_or_else(|| {
                refused("--group", &format!("found {typed:?}, expected NAME=PARAMETER,PARAMETER"), None)
            })?;
            let mut places = Vec::new();
            for member in members.split(',') {
                let place = parameters.iter().position(|parameter| parameter.name == member).ok_or_else(|| {
                    let hint = did_you_mean(member, parameters.iter().map(|parameter| parameter.name.as_str()));
                    refused("--group", &format!("found {member:?}, expected a parameter that varies"), hint)
                })?;
                if groups.iter().any(|(_, taken)| taken.contains(&place)) || places.contains(&place) {
                    return Err(refused("--group", &format!("found {member:?} twice, expected it in one group"), None));
                }
                places.push(place);
            }
            let is_taken = groups.iter().any(|(known, _)| known == name)
                || parameters.iter().any(|parameter| parameter.name == name);
            if is_taken {
                let why = format!("found the name {name:?} twice, expected one that nothing else has");
                return Err(refused("--group", &why, None));
            }
            groups.push((name.to_owned(), places));
        }
        for (place, parameter) in parameters.iter().enumerate() {
            if !groups.iter().any(|(_, members)| members.contains(&place)) {
                groups.push((parameter.name.clone(), vec![place]));
            }
        }
        let samples = usize::try_from(self.samples).unwrap_or(usize::MAX);
        let method = match self.method {
            Way::Morris => StudyMethod::Morris(samples),
            Way::Sobol => StudyMethod::Sobol(samples),
        };
        Ok(Study { method, groups, seed })
    }

    fn model<'a>(
        &'a self,
        world: &'a World,
        scenario: &Scenario,
        parameters: &'a [VariedParameter],
        chosen: &'a [usize],
    ) -> Model<'a> {
        let run = &scenario.run;
        Model {
            world,
            scenario: &self.scenario,
            overrides: Overrides { extends: self.extends.wanted(), ..self.baseline.overrides() },
            parameters,
            measures: chosen,
            compared: if self.effect { Compared::Effect } else { Compared::Level },
            settings: Settings {
                seed: run.seed,
                scale: run.scale,
                replicates: run.replicates,
                start: run.start,
                years: run.years,
            },
        }
    }

    fn simulate(
        &self,
        model: &Model<'_>,
        study: &Study,
        scenario: &Scenario,
        stop: Stop,
    ) -> Step<Option<StudyResults>> {
        let threads = self.threads.count();
        let scenarios = std::slice::from_ref(scenario);
        let points = study.method.points(study.groups.len()) * study.method.blocks();
        let Some(experiment) = Experiment::of(model.world, scenarios) else { return Ok(None) };
        let one = estimate(&experiment, threads);
        let times = u64::try_from(points).unwrap_or(u64::MAX);
        let cost = Cost { person_months: one.person_months.saturating_mul(times), ..one };
        cost.objections("the study", memory::most_bytes()).or(())?;
        let runs = u32::try_from(times.saturating_mul(u64::from(model.settings.replicates))).unwrap_or(u32::MAX);
        let progress = Progress::new(stop, &cost, runs, self.status.level());
        let groups: Vec<String> = study.groups.iter().map(|(name, _)| name.clone()).collect();
        let mut next = 1;
        let mut arrived = |results: &StudyResults| {
            // After 1, 2, 4, 8, ... blocks: often at first, when tables change most.
            if results.done >= next && results.done < results.of && !self.status.quiet {
                next = results.done * 2;
                progress.say(&format!("so far:\n{}", table(results, model.measures, &groups)));
            }
        };
        let results = threads::on_threads(threads, || sensitivity::run(model, study, &progress, &mut arrived))?;
        progress.clear();
        Ok(results)
    }

    fn write(&self, results: &StudyResults, chosen: &[usize], groups: &[String], names: &[&str]) -> Step<()> {
        let mut csv = Vec::new();
        sensitivity::write_results(results, chosen, groups, &mut csv)?;
        let mut files = vec![(names[0], csv)];
        for (measure, name) in chosen.iter().zip(&names[1..]) {
            let plot = sensitivity::plot_results(results, chosen, groups, *measure);
            files.push((*name, plot.into_bytes()));
        }
        self.place.write(&files)
    }
}

fn refused(flag: &str, why: &str, hint: Option<String>) -> Ending {
    let hint = hint.map_or_else(String::new, |hint| format!("\n  hint: {hint}"));
    Ending::Refused(printable(&format!("{flag}: {why}")) + &hint)
}

/// A table for each measure, the strongest group first.
fn table(results: &StudyResults, chosen: &[usize], groups: &[String]) -> String {
    let mut text = String::new();
    for (at, measure) in chosen.iter().enumerate() {
        let measure = &all_measures()[*measure];
        let mut rows = match &results.found {
            Found::Morris(found) => found[at].as_ref().map(|found| {
                let row = |(name, found): (&String, &sensitivity::Screening)| {
                    let numbers = [Some(found.mu_star), Some(found.half_width), found.mu, found.sigma];
                    (found.mu_star, name.clone(), numbers)
                };
                groups.iter().zip(found).map(row).collect::<Vec<_>>()
            }),
            Found::Sobol(found) => found[at].as_ref().map(|found| {
                let row = |(name, found): (&String, &sensitivity::Indices)| {
                    let numbers = [found.total, found.total_half_width, found.first, found.first_half_width].map(Some);
                    (found.total, name.clone(), numbers)
                };
                groups.iter().zip(found).map(row).collect()
            }),
        };
        let heads = match results.found {
            Found::Morris(_) => ["mu*", "+/-", "mu", "sigma"],
            Found::Sobol(_) => ["total", "+/-", "first", "+/-"],
        };
        let title = format!("{} ({})", measure.key, measure.unit);
        let Some(rows) = rows.as_mut() else {
            text += &format!("{title}: nothing to explain, or too little known\n\n");
            continue;
        };
        rows.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut shown = terminal::plain_table();
        shown.set_header(std::iter::once(title.as_str()).chain(heads));
        for (_, name, numbers) in rows {
            let cell = |number: &Option<f64>| {
                Cell::new(number.map_or_else(String::new, terminal::brief)).set_alignment(CellAlignment::Right)
            };
            shown.add_row(std::iter::once(Cell::new(printable(name))).chain(numbers.iter().map(cell)));
        }
        text += &terminal::rendered(&mut shown);
        if results.left_out[at] > 0 {
            text += &format!("{} left out: the measure was unknown at some point\n", results.left_out[at]);
        }
        text += "\n";
    }
    let many = match results.found {
        Found::Morris(_) => "trajectories",
        Found::Sobol(_) => "base points",
    };
    text + &format!("{} of {} {many}; +/-: half of a bootstrap 95% interval\n", results.done, results.of)
}
