//! `rungs reference`: the part of the guide that the registries know, so that nobody types it.

mod page;
mod results;
mod vocabulary;

use super::ending::{Ending, Step};
use super::terminal;
use super::validate::FolderFlags;
use crate::assure::markdown::{item, paragraph};
use crate::world::World;
use clap::{Args, Command};
use page::Page;
use std::fmt::Write as _;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  rungs reference --out docs/reference --overwrite

Pages of Markdown: verbs and flags, levers and their keys, conditions, measures, and the columns of
result files, each from the list that the program itself uses.";

/// Columns of a page that has a terminal's help in it.
const WIDEST: usize = 100;

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Reference {
    /// Folder for the pages
    #[arg(long, value_name = "DIR")]
    out: PathBuf,

    /// Replace pages that are there already
    #[arg(long)]
    overwrite: bool,
}

impl Reference {
    pub(super) fn run(self, program: Command) -> Step<Ending> {
        let place = FolderFlags { out: Some(self.out), overwrite: self.overwrite };
        let world = World::uk()?;
        let pages = [
            commands(program),
            vocabulary::levers(),
            vocabulary::conditions(&world),
            vocabulary::measure_list(),
            results::columns()?,
        ];
        let texts: Vec<(&'static str, Vec<u8>)> = std::iter::once(("README.md", index(&pages)))
            .chain(pages.iter().map(|page| (page.file, page.text())))
            .map(|(file, text)| (file, text.into_bytes()))
            .collect();
        let names: Vec<&str> = texts.iter().map(|(file, _)| *file).collect();
        place.check(&names)?;
        place.write(&texts)?;
        terminal::data(&names.iter().map(|name| format!("{name}\n")).collect::<String>())?;
        Ok(Ending::Fine)
    }
}

/// What the pages are.
fn index(pages: &[Page]) -> String {
    let lead = "Written by `rungs reference --out docs/reference --overwrite` from the lists that the program itself uses; not edited by hand.";
    let mut text = format!("# Reference\n\n{}", paragraph(lead));
    pages.iter().for_each(|page| text += &item(&format!("[{}]({}): {}", page.title, page.file, page.lead)));
    text
}

/// Every verb with its help, as the program prints it.
fn commands(program: Command) -> Page {
    let mut program = program.term_width(WIDEST);
    program.build();
    let mut body = help(&mut program);
    for verb in program.get_subcommands_mut().filter(|verb| verb.get_name() != "help") {
        let help = help(verb);
        let _ = write!(body, "\n## rungs {}\n\n{help}", verb.get_name());
    }
    let lead = "what `rungs --help` and `rungs run --help` and so on print.".to_owned();
    Page { file: "commands.md", title: "Verbs and flags", lead, body }
}

fn help(command: &mut Command) -> String {
    let help = command.render_long_help().to_string();
    let lines: Vec<&str> = help.lines().map(str::trim_end).collect();
    format!("```text\n{}\n```\n", lines.join("\n").trim())
}
