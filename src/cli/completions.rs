//! `rungs completions`.

use super::Request;
use super::ending::{Ending, Step};
use super::terminal;
use clap::{Args, CommandFactory};
use clap_complete::Shell;

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  rungs completions bash > ~/.local/share/bash-completion/completions/rungs")]
pub(super) struct Completions {
    /// The shell to complete in
    shell: Shell,
}

impl Completions {
    pub(super) fn fulfil(self) -> Step<Ending> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Request::command(), "rungs", &mut script);
        terminal::data(&String::from_utf8_lossy(&script))?;
        Ok(Ending::Fine)
    }
}
