//! The `rungs` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    rungs::cli::request().run().report()
}
