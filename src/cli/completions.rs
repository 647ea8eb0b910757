//! `rungs completions`.

use super::ending::{Ending, Step};
use super::terminal;
use clap::{Args, Command};
use clap_complete::Shell;

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  rungs completions bash > ~/.local/share/bash-completion/completions/rungs")]
pub(super) struct Completions {
    /// The shell to complete in
    shell: Shell,
}

impl Completions {
    pub(super) fn run(self, mut program: Command) -> Step<Ending> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut program, "rungs", &mut script);
        terminal::data(&String::from_utf8_lossy(&script))?;
        Ok(Ending::Fine)
    }
}
