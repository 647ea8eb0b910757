//! What is no mistake in levers but hardly meant: what changes nothing, and money that finds no place.

use super::conflicts::path;
use super::effect::Effect;
use super::lever::Lever;
use crate::calendar::Month;
use crate::world::World;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The share of what is asked for that may find no place without a word.
const UNPLACED: f64 = 0.05;

/// A line for each lever, or key of one, that changes nothing in a run of so many months, and for places and money that
/// employers do not take up.
#[must_use]
pub fn remarks(levers: &[Lever], world: &World, start: Month, months: u16) -> Vec<String> {
    let mut remarks = Vec::new();
    let last = start.plus(months.saturating_sub(1));
    let baseline = Arc::new(world.baseline.clone());
    for (at, lever) in levers.iter().enumerate() {
        let path = path(levers, at);
        let mut remark = |what: String| remarks.push(format!("{path}: {what}"));
        let common = &lever.common;
        if !acts(lever, start, months) {
            let to = common.to.map_or_else(String::new, |to| format!(" to {to}"));
            remark(format!("found from {}{to}, outside the run of {start} to {last}: it changes nothing", common.from));
            continue;
        }
        if common.from < start {
            remark(format!(
                "found from {}, before the run starts in {start}: the months before it are lived without the lever",
                common.from
            ));
        }
        let length = common.to.map(|to| to.0.saturating_sub(common.from.0) + 1);
        if let Some(length) = length.filter(|length| *length < common.ramp_months) {
            let ramp = common.ramp_months;
            remark(format!("found a ramp of {ramp} months in {length} months: it never reaches full strength"));
        }
        for (key, what) in lever.idle_keys() {
            remark(format!("found `{key}` without {what}: it changes nothing"));
        }
        let strongest = summits(lever, start, last);
        if strongest.iter().all(|month| lever.effect(world, *month).on(&baseline) == baseline) {
            remark("found nothing that it changes: the baseline is the same with it".to_owned());
        }
    }
    remarks.extend(unplaced(levers, world, start, last));
    remarks
}

/// Whether a lever is in force in any month of the run.
fn acts(lever: &Lever, start: Month, months: u16) -> bool {
    (0..months).any(|month| lever.common.strength(start.plus(month)) > 0.0)
}

/// The months of the run in which a lever is strongest.
fn summits(lever: &Lever, start: Month, last: Month) -> Vec<Month> {
    lever.common.summits().into_iter().map(|month| month.clamp(start, last)).collect()
}

/// The first month in which employers leave much of what levers pay for undone.
fn unplaced(levers: &[Lever], world: &World, start: Month, last: Month) -> Option<String> {
    let months: BTreeSet<Month> = levers.iter().flat_map(|lever| summits(lever, start, last)).collect();
    months.into_iter().find_map(|month| {
        let mut all = Effect::default();
        let mut spending: Vec<usize> = Vec::new();
        for (at, lever) in levers.iter().enumerate() {
            let effect = lever.effect(world, month);
            if effect.asks_for_places(&world.baseline) {
                spending.push(at);
            }
            all.append(effect);
        }
        let first = path(levers, *spending.first()?);
        let together = if spending.len() > 1 { " and others together" } else { "" };
        let asked = all.places(&world.baseline);
        let said = |wanted: f64, found: f64, of: &str| {
            let is_much = wanted > 0.0 && found < (1.0 - UNPLACED) * wanted;
            is_much.then(|| {
                format!(
                    "{first}{together}: found {wanted:.0} {of} a year in {month}, of which {found:.0} find employers"
                )
            })
        };
        said(asked.gbp_asked / 1e6, asked.gbp_spent / 1e6, "GBP million")
            .or_else(|| said(asked.places_asked, asked.places_offered, "apprenticeship places"))
    })
}
