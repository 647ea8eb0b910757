//! `rungs new`.

use super::ending::{Ending, Step};
use super::flags::WorldFlag;
use super::stop::undisturbed;
use super::terminal;
use crate::diagnostics::printable;
use crate::folder::disk::{Overwrite, write_alone};
use crate::levers::{LEVERS, LeverKind};
use crate::scenario::template;
use crate::toml_tables::closest;
use clap::Args;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  rungs new
  rungs new my-policy --lever apprenticeship_places
  rungs new north.toml --lever skills_levy --lever local_partnership

With a name it writes NAME.toml, which must not be there yet; else to stdout.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct New {
    /// File to write; its name is the scenario's
    #[arg(value_name = "NAME")]
    name: Option<PathBuf>,

    /// Put this lever in, with all its keys; may be repeated (see `rungs list levers`)
    #[arg(long, value_name = "KIND")]
    lever: Vec<String>,

    #[command(flatten)]
    world: WorldFlag,
}

impl New {
    pub(super) fn run(self) -> Step<Ending> {
        let world = self.world.load()?;
        let levers: Vec<&'static LeverKind> = self.lever.iter().map(|name| lever(name)).collect::<Step<_>>()?;
        let path = self.name.as_deref().map(with_ending);
        let title = path.as_deref().and_then(Path::file_stem).map_or("My policy".into(), |stem| stem.to_string_lossy());
        let text = template(&world, &title, &levers);
        let Some(path) = path else {
            terminal::data(&text)?;
            return Ok(Ending::Fine);
        };
        undisturbed(|| write_alone(&path, &text, Overwrite::Refuse))?;
        terminal::data(&format!("{}\n", printable(&path.display().to_string())))?;
        Ok(Ending::Fine)
    }
}

fn with_ending(name: &Path) -> PathBuf {
    if name.extension().is_some_and(|ending| ending == "toml") {
        return name.to_owned();
    }
    let mut name = name.as_os_str().to_owned();
    name.push(".toml");
    PathBuf::from(name)
}

fn lever(name: &str) -> Step<&'static LeverKind> {
    LEVERS.iter().find(|lever| lever.name == name).ok_or_else(|| {
        let names: Vec<&str> = LEVERS.iter().map(|lever| lever.name).collect();
        let hint = closest(name, &names).unwrap_or_else(|| format!("the levers are: {}", names.join(", ")));
        Ending::Refused(format!("--lever: found {:?}, expected the name of a lever\n  hint: {hint}", printable(name)))
    })
}
