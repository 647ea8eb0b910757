//! One file a section, in the order of the page. A section whose table the run does not hold says so.

mod against;
mod ages;
mod answer;
mod assumptions;
mod effects;
mod fit;
mod map;
mod mobility;
mod money;
mod movers;
mod provenance;
mod shared;
mod trajectories;

pub(super) use against::section as against;

use super::error::ReportError;
use super::facts::Facts;
use super::page::Section;

/// Every section, in the order of the page.
pub(super) fn all(facts: &Facts<'_>) -> Result<Vec<Section>, ReportError> {
    let sections = vec![
        answer::section(facts),
        trajectories::section(facts),
        effects::section(facts)?,
        map::section(facts),
        ages::section(facts),
        mobility::section(facts)?,
        movers::section(facts)?,
        money::section(facts),
        fit::section(facts)?,
        assumptions::section(facts),
        provenance::section(facts),
    ];
    // A map of one region shows nothing that the tables above it do not.
    Ok(sections.into_iter().filter(|section| section.id != map::ID || !facts.has_one_region()).collect())
}
