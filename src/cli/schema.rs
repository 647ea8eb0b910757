//! `rungs schema`.

use super::ending::{Ending, Step};
use super::flags::WorldFlag;
use super::terminal;
use crate::scenario::json_schema;
use clap::Args;

const EXAMPLES: &str = "\
Examples:
  rungs schema > rungs.schema.json

Then put this first in a scenario file, for editors with TOML support (Taplo, Even Better TOML):
  #:schema ./rungs.schema.json";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct PrintSchema {
    #[command(flatten)]
    world: WorldFlag,
}

impl PrintSchema {
    pub(super) fn run(self) -> Step<Ending> {
        let world = self.world.load()?;
        let text = serde_json::to_string_pretty(&json_schema(&world));
        let text = text.map_err(|error| Ending::Failed(format!("cannot write the schema: {error}")))?;
        terminal::data(&format!("{text}\n"))?;
        Ok(Ending::Fine)
    }
}
