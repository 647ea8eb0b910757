//! `rungs man`.

use super::ending::{Ending, Step};
use super::terminal;
use super::validate::FolderFlags;
use crate::diagnostics::printable;
use clap::{Args, Command};
use clap_mangen::Man as Page;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  rungs man run | man -l -
  rungs man --out ~/.local/share/man/man1

With --out a page for the program and for each verb: rungs.1, rungs-run.1 and so on, none of which
may be there yet unless --overwrite is given.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Man {
    /// Print the page of this verb; of the program without it
    #[arg(value_name = "VERB", conflicts_with = "out")]
    verb: Option<String>,

    /// Write all pages into this folder
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// Replace pages that are there already
    #[arg(long, requires = "out")]
    overwrite: bool,
}

impl Man {
    pub(super) fn run(self, mut program: Command) -> Step<Ending> {
        program.build();
        let pages: Vec<Command> = program.get_subcommands().filter(|verb| verb.get_name() != "help").cloned().collect();
        match (&self.out, &self.verb) {
            (Some(folder), _) => {
                let place = FolderFlags { out: Some(folder.clone()), overwrite: self.overwrite };
                let name = |page: &Command| format!("{}.1", page.get_display_name().unwrap_or_else(|| page.get_name()));
                let pages = std::iter::once(program).chain(pages).map(|page| Ok((name(&page), rendered(page)?)));
                let pages = pages.collect::<Step<Vec<(String, String)>>>()?;
                place.check(&pages.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>())?;
                let files: Vec<(&str, Vec<u8>)> =
                    pages.iter().map(|(name, text)| (name.as_str(), text.clone().into_bytes())).collect();
                place.write(&files)?;
                let line = |(name, _): &(String, String)| folder.join(name).display().to_string();
                let lines: Vec<String> = pages.iter().map(|page| format!("{}\n", printable(&line(page)))).collect();
                terminal::data(&lines.concat())?;
            }
            (None, None) => terminal::data(&rendered(program)?)?,
            (None, Some(verb)) => {
                let page = pages.into_iter().find(|page| page.get_name() == verb).ok_or_else(|| {
                    Ending::Refused(format!("found {:?}, expected a verb as in `rungs --help`", printable(verb)))
                })?;
                terminal::data(&rendered(page)?)?;
            }
        }
        Ok(Ending::Fine)
    }
}

fn rendered(page: Command) -> Step<String> {
    let mut bytes = Vec::new();
    Page::new(page).render(&mut bytes)?;
    String::from_utf8(bytes).map_err(|error| Ending::Failed(error.to_string()))
}
