//! What a report is made of: the tables of a run, read back from its folder or as the run itself has them.

use super::error::ReportError;
use crate::folder::manifest::Manifest;
use crate::folder::read::Saved;
use crate::outcomes::{Measure, measure_named};
use crate::results::keys::{ALL, Heading, LAST_YEAR, RowKey, Subgroup, WHOLE_RUN};
use crate::results::run::Results;
use crate::results::tables::cost_effectiveness::{RatioRow, ratio_rows, uncertain_ratio_rows};
use crate::results::tables::costs::{CostRow, cost_rows, uncertain_cost_rows};
use crate::results::tables::effects::{EffectRow, effects_where, mark_chance};
use crate::results::tables::policy_contrasts::{Ranking, rankings};
use crate::results::tables::precision::{ReplicatesNeeded, replicates_needed};
use crate::results::tables::structure_fluidity::{EffectPart, effect_parts};
use crate::results::tables::summary::{Mean, means_of};
use crate::results::tables::uncertainty::{MemberEffects, SpreadRow, put_doubt};
use crate::results::tables::who_moved::{Moved, mark_moves_by_chance, who_moved};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// The table of published figures in a folder.
const FIT: &str = "validation.csv";

/// The tables of a run, as far as a report shows them.
pub struct RunTables {
    /// What made it.
    pub(super) manifest: Manifest,
    /// Name and text of each scenario as resolved, the baseline first.
    pub(super) scenarios: Vec<(String, String)>,
    /// The means of the baseline.
    pub(super) means: Vec<Mean>,
    /// The effects.
    pub(super) effects: Vec<EffectRow>,
    /// What each scenario costs.
    pub(super) costs: Vec<CostRow>,
    /// What a unit of each gain costs.
    pub(super) ratios: Vec<RatioRow>,
    /// What changes of mobility owe to structure and to fluidity.
    pub(super) parts: Vec<EffectPart>,
    /// Effects under many sets of parameters; nothing in a run of one set.
    pub(super) spreads: Vec<SpreadRow>,
    /// Who is ahead on each measure.
    pub(super) rankings: Vec<Ranking>,
    /// How many replicates effects need.
    pub(super) needed: Vec<ReplicatesNeeded>,
    /// How many more or fewer people of each group stand where; `None` in results that do not say.
    pub(super) moved: Option<Vec<Moved>>,
    /// The table of published figures that the folder holds, with its path.
    pub(super) validation: Option<(PathBuf, String)>,
}

impl RunTables {
    /// Reads them back.
    ///
    /// # Errors
    /// When a file of the run is missing, is not what it should be, or changed after the run.
    pub fn read(saved: &Saved) -> Result<Self, ReportError> {
        let mut effects = saved.effects.clone();
        put_doubt(effects.iter_mut(), &saved.spreads(wants)?);
        mark_families(&mut effects);
        Ok(Self {
            manifest: saved.manifest.clone(),
            scenarios: saved.scenarios.clone(),
            means: saved.means(saved.baseline(), wants)?,
            effects,
            costs: saved.costs.clone(),
            ratios: saved.ratios.clone(),
            parts: saved.parts(is_everybody_in_the_last_year)?,
            spreads: saved.spreads(is_everybody_in_the_last_year)?,
            rankings: saved.rankings()?,
            needed: saved.replicates_needed()?,
            moved: saved.who_moved()?.map(marked),
            validation: saved.table(FIT)?.map(|text| (saved.folder.join(FIT), text)),
        })
    }

    /// Those of results that were written under this manifest, with the members of an ensemble beside them.
    #[must_use]
    pub fn of(results: &Results, members: &MemberEffects, manifest: &Manifest) -> Self {
        let named = |key: &RowKey| is_everybody_in_the_last_year(&key.heading());
        let mut parts = effect_parts(results);
        parts.retain(|part| named(&part.effect.key));
        let mut spreads = members.rows();
        let mut effects: Vec<EffectRow> = effects_where(results, &wants).collect();
        put_doubt(effects.iter_mut(), &spreads);
        mark_families(&mut effects);
        spreads.retain(|row| named(&row.key));
        let texts = results.scenarios.iter().map(|scenario| (scenario.name.clone(), scenario.resolved.clone()));
        Self {
            manifest: manifest.clone(),
            scenarios: texts.collect(),
            means: means_of(results, 0, &wants),
            effects,
            costs: if members.count() > 0 { uncertain_cost_rows(members) } else { cost_rows(results) },
            ratios: if members.count() > 0 { uncertain_ratio_rows(members) } else { ratio_rows(results) },
            parts,
            spreads,
            rankings: rankings(results),
            needed: replicates_needed(results),
            moved: Some(marked(who_moved(results))),
            validation: None,
        }
    }
}

fn marked(mut rows: Vec<Moved>) -> Vec<Moved> {
    mark_moves_by_chance(&mut rows);
    rows
}

/// Marks what is chance among the effects that a table or a map shows together: of a scenario over a period those on everybody, the
/// headline measures together and those of each family beside them; and of one measure those of all groups of one kind.
fn mark_families(effects: &mut [EffectRow]) {
    let family = |effect: &EffectRow| {
        let RowKey { scenario, measure, subgroup, period, .. } = &effect.key;
        let traits = [&subgroup.region, &subgroup.origin, &subgroup.sex].map(|name| name == ALL);
        let is_headline = measure_named(measure).is_some_and(Measure::is_headline);
        let about = match (traits, is_headline) {
            ([true, true, true], true) => "",
            ([true, true, true], false) => measure.split('.').next().unwrap_or(""),
            _ => measure,
        };
        (scenario.clone(), period.clone(), traits, subgroup.region_basis.clone(), about.to_owned())
    };
    let mut families: BTreeMap<_, Vec<&mut EffectRow>> = BTreeMap::new();
    for effect in effects {
        families.entry(family(effect)).or_default().push(effect);
    }
    families.into_values().for_each(|family| mark_chance(family.into_iter()));
}

fn is_everybody_in_the_last_year(heading: &Heading<'_>) -> bool {
    heading.period == LAST_YEAR && heading.subgroup() == Subgroup::everybody()
}

/// Whether a report shows a number of a run: everything about everybody, over time the headlines alone; and about each region, origin and sex the
/// last year. What it does not show need not be read.
#[must_use]
pub fn wants(heading: &Heading<'_>) -> bool {
    let traits = [heading.region, heading.origin, heading.sex].into_iter().filter(|name| *name != ALL).count();
    match (traits, heading.period) {
        (0, LAST_YEAR | WHOLE_RUN) | (1, LAST_YEAR) => true,
        (0, _) => measure_named(heading.measure).is_some_and(Measure::is_headline),
        (_, _) => false,
    }
}
