//! `rungs check`.

use super::ending::{Ending, Step};
use super::flags::{PanelFlags, ScenarioFlags, ThreadFlags};
use super::inputs::Inputs;
use super::terminal;
use crate::calibrate::advised_scales;
use crate::experiment::fork_months;
use crate::money::{a_year, planned_gbp};
use crate::scenario::Scenario;
use clap::Args;

const EXAMPLES: &str = "\
Examples:
  rungs check my-policy.toml
  rungs check scenarios/*.toml --scale 1 --replicates 40
  rungs check local-partnerships regional-innovation --equal-cost first

Nothing is simulated. With mistakes in any file, all of them are shown and the exit code is 2.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Check {
    #[command(flatten)]
    scenarios: ScenarioFlags,
    #[command(flatten)]
    panel: PanelFlags,
    #[command(flatten)]
    threads: ThreadFlags,
}

impl Check {
    pub(super) fn run(self) -> Step<Ending> {
        let threads = self.threads.count();
        let inputs = Inputs::load(&self.scenarios, self.panel.panel, threads, |_| None)?;
        inputs.check_beside()?;
        inputs.remarks().iter().for_each(|remark| terminal::remark(remark));
        let mut text = String::new();
        let widest = inputs.scenarios.iter().map(|scenario| scenario.name.chars().count()).max().unwrap_or(0);
        let forks = fork_months(&inputs.experiment());
        for ((scenario, fork), scaled_by) in inputs.scenarios.iter().zip(forks).zip(&inputs.scaled_by) {
            let levers = format!("{}{}", levers(scenario), planned(&inputs, scenario, *scaled_by));
            let change = match fork {
                Some(months) => format!("first change {}", scenario.run.start.plus(months)),
                None => "never differs from the baseline".to_owned(),
            };
            let change = if scenario.name == inputs.scenarios[0].name { String::new() } else { format!("; {change}") };
            text.push_str(&format!("{:widest$}  {levers}{change}\n", scenario.name));
        }
        text.push_str(&cost(&inputs, threads));
        text.push_str(&advice(&inputs));
        terminal::data(&text)?;
        Ok(Ending::Fine)
    }
}

/// The levers of a scenario by kind, such as `adjust x 2, skills_levy`.
fn levers(scenario: &Scenario) -> String {
    let mut kinds: Vec<(&str, usize)> = Vec::new();
    for lever in &scenario.levers {
        let name = lever.kind().name;
        match kinds.iter_mut().find(|(kind, _)| *kind == name) {
            Some((_, count)) => *count += 1,
            None => kinds.push((name, 1)),
        }
    }
    let shown: Vec<String> = kinds
        .into_iter()
        .map(|(kind, count)| if count == 1 { kind.to_owned() } else { format!("{kind} x {count}") })
        .collect();
    if shown.is_empty() { "no levers".to_owned() } else { shown.join(", ") }
}

/// What its levers would cost if every place were taken, and what they were scaled by; nothing for no cost.
fn planned(inputs: &Inputs, scenario: &Scenario, scaled_by: Option<f64>) -> String {
    let levers: Vec<_> = scenario.levers.iter().collect();
    let million = a_year(&planned_gbp(&levers, &scenario.run, &inputs.world));
    let factor = scaled_by.map_or_else(String::new, |factor| format!(", scaled by {}", terminal::brief(factor)));
    // Below a thousand pounds a year is rounding.
    if million.abs() < 0.001 {
        factor
    } else {
        format!("; planned to cost GBP {} million a year{factor}", terminal::brief(million))
    }
}

/// The coarsest scales at which levels are as in a fine run; nothing where that was not measured.
fn advice(inputs: &Inputs) -> String {
    let advised = |what: &str, scale: Option<u32>| match scale {
        Some(scale) => format!("{what}: --scale {} or less", terminal::count(u64::from(scale))),
        None => format!("{what}: a finer scale than was measured"),
    };
    if inputs.scale_table.is_empty() {
        return String::new();
    }
    let [everybody, every_region] = advised_scales(&inputs.scale_table, &inputs.world);
    format!(
        "scale         NEET within 0.1 points of a fine run: {}; {}\n",
        advised("everybody", everybody),
        advised("every region", every_region)
    )
}

fn cost(inputs: &Inputs, threads: usize) -> String {
    let (run, cost) = (inputs.run(), &inputs.cost);
    let plural =
        |count: u64, word: &str| format!("{} {word}{}", terminal::count(count), if count == 1 { "" } else { "s" });
    format!(
        "\n{} x {} x {}, every agent standing for {}\n\
         people        about {} aged 16-39, as {}\n\
         person-months about {}, warm-up included\n\
         memory        about {}\n\
         time          roughly {} on {}\n",
        plural(u64::try_from(inputs.scenarios.len()).unwrap_or(u64::MAX), "scenario"),
        plural(u64::from(run.replicates), "replicate"),
        plural(u64::from(run.years), "year"),
        if run.scale == 1 {
            "1 person".to_owned()
        } else {
            format!("{} people", terminal::count(u64::from(run.scale)))
        },
        terminal::count(cost.people),
        plural(cost.agents, "agent"),
        terminal::count(cost.person_months),
        terminal::memory(cost.bytes),
        terminal::duration(cost.seconds),
        plural(u64::try_from(threads).unwrap_or(u64::MAX), "thread"),
    )
}
