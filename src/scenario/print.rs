//! Writes a scenario in full as TOML that reads back to itself.

use super::{Every, RunSettings, Scenario};
use crate::domain::Kind;
use crate::toml_tables::Printer;
use crate::world::World;

/// The scenario as TOML, without `extends`, with every default filled in.
pub(super) fn print(scenario: &Scenario, world: &World) -> String {
    let mut out = Printer::default();
    out.text("title", &scenario.title);
    if !scenario.description.is_empty() {
        out.text("description", &scenario.description);
    }
    print_run(&scenario.run, &mut out);
    for lever in &scenario.levers {
        lever.print(world, &mut out);
    }
    out.into_text()
}

fn print_run(run: &RunSettings, out: &mut Printer) {
    out.heading("[run]");
    out.text("start", &run.start.to_string());
    out.whole("years", u64::from(run.years));
    out.whole("replicates", u64::from(run.replicates));
    out.whole("scale", u64::from(run.scale));
    out.whole("seed", run.seed);
    out.text("every", Every::name(run.every));
    out.names("by", run.by.iter().map(|breakdown| breakdown.name()));
}
