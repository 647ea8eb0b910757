//! The command line: one file a verb, and the only room that prints, shows progress or reads a clock.
//!
//! Data goes to stdout, status to stderr. Nothing here knows what a number means; it asks the registries.

mod rerun;
mod assure;
mod calibrate;
mod check;
mod compare;
mod completions;
mod ending;
mod ensemble;
mod explain;
mod flags;
mod inputs;
mod list;
mod man;
mod memory;
mod new;
mod progress;
mod reference;
mod replay;
mod report;
mod run;
mod scale;
mod schema;
mod sensitivity;
mod stop;
mod terminal;
mod validate;
mod verify;
mod whole;

pub use ending::Ending;

use clap::{CommandFactory, Parser, Subcommand};
use ending::Step;

/// Regional opportunity simulation: young people, places and rungs.
///
/// Simulates cohorts month by month through education, apprenticeships, unemployment and jobs in every
/// region, under policies written as scenario files, and reports what changes against the baseline.
#[derive(Debug, Parser)]
#[command(name = "rungs", version, propagate_version = true, after_help = EXAMPLES, max_term_width = 100)]
pub struct Request {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Simulate scenarios and write their results
    Run(run::Run),
    /// Find every mistake in scenario files, or say what running them would cost
    Check(check::Check),
    /// Show the effects of a finished run, or of two or more beside each other
    Compare(compare::Compare),
    /// Write the report of a finished run: one HTML file
    Report(report::Report),
    /// Repeat one replicate of a finished run exactly, or print a life in it
    Replay(replay::Replay),
    /// Find out whether a finished run is as it was left, and whether its numbers can be made again
    Verify(verify::Verify),
    /// Compare the baseline with published figures, and say which it misses
    Validate(validate::Validate),
    /// Measure how far levels of the baseline depend on the people that an agent stands for
    Scale(scale::Scale),
    /// Fit the free parameters of a world to published figures
    Calibrate(calibrate::Calibrate),
    /// Find which parameters a measure depends on
    Sensitivity(sensitivity::Sensitivity),
    /// Write the assumptions log, the log of checks and the model card, worked out now
    Assure(assure::Assure),
    /// Say what a key means, its value, its source, and which file and line set it
    Explain(explain::Explain),
    /// Write a commented scenario to start from
    New(new::New),
    /// Print the JSON Schema of scenario files, for editors
    Schema(schema::PrintSchema),
    /// List what scenario files may name and what results hold
    List(list::List),
    /// Print a completion script for a shell
    Completions(completions::Completions),
    /// Write the manual: a page for each verb
    Man(man::Man),
    /// Write the reference: verbs, levers, conditions, measures and columns as Markdown
    Reference(reference::Reference),
}

const EXAMPLES: &str = "\
Examples:
  rungs run scenarios/*.toml                    every scenario of a folder against the baseline
  rungs run recession --years 5 --scale 200     a shipped scenario, shorter and coarser
  rungs check my-policy.toml                    mistakes, or the cost of a run
  rungs compare results/recession               the effects again
  rungs report results/recession                one HTML file to read, print or mail
  rungs list conditions                         everything that an `adjust` lever can change

Exit codes: 0 fine, 1 failure, 2 bad input or usage, 4 a fitted figure is missed, 130, 143 or 129 stopped\nby Ctrl-C, TERM or HUP (finished replicates are kept).";

/// What the user asked for; usage errors end the program here with exit code 2.
#[must_use]
pub fn request() -> Request {
    Request::parse()
}

impl Request {
    /// Does it.
    #[must_use]
    pub fn run(self) -> Ending {
        stop::hear_file_limits();
        self.verb.run().unwrap_or_else(|failure| failure)
    }
}

impl Verb {
    fn run(self) -> Step<Ending> {
        if !self.listens() {
            stop::end_at_once()?;
        }
        match self {
            Verb::Run(run) => run.run(),
            Verb::Check(check) => check.run(),
            Verb::Compare(compare) => compare.run(),
            Verb::Report(report) => report.run(),
            Verb::Replay(replay) => replay.run(),
            Verb::Verify(verify) => verify.run(),
            Verb::Validate(validate) => validate.run(),
            Verb::Scale(scale) => scale.run(),
            Verb::Calibrate(calibrate) => calibrate.run(),
            Verb::Sensitivity(sensitivity) => sensitivity.run(),
            Verb::Assure(assure) => assure.run(),
            Verb::Explain(explain) => explain.run(),
            Verb::New(new) => new.run(),
            Verb::Schema(schema) => schema.run(),
            Verb::List(list) => list.run(),
            Verb::Completions(completions) => completions.run(Request::command()),
            Verb::Man(man) => man.run(Request::command()),
            Verb::Reference(reference) => reference.run(Request::command()),
        }
    }

    /// Whether the verb hears signals itself, since it has something to keep or to take away.
    fn listens(&self) -> bool {
        matches!(
            self,
            Self::Run(_)
                | Self::Replay(_)
                | Self::Validate(_)
                | Self::Scale(_)
                | Self::Calibrate(_)
                | Self::Sensitivity(_)
                | Self::Assure(_)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_flags_of_every_verb_agree_with_each_other() {
        Request::command().debug_assert();
    }

    #[test]
    fn every_verb_has_a_line_of_help() {
        assert!(Request::command().get_subcommands().all(|verb| verb.get_about().is_some()));
    }
}
