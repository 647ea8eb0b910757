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
        let is_reached = |month: Month| month.is_september() && common.strength(month) > 0.0;
        if lever.acts_in_september() && !(0..months).any(|month| is_reached(start.plus(month))) {
            remark("found no September in force, when alone it acts: it changes nothing and costs nothing".to_owned());
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conditions::Operation;
    use crate::conditions::jobs::SEPARATION;
    use crate::domain::{Funding, Level};
    use crate::levers::Policy as _;
    use crate::levers::testing::{ForEverybody, world};
    use crate::levers::{Adjust, ApprenticeshipPlaces, Attainment, SkillsLevy};
    use crate::toml_tables::without_keys;

    fn said(levers: &[Lever]) -> String {
        remarks(levers, &world(), "2026-01".parse().unwrap(), 24).join("\n")
    }

    fn from(mut lever: Lever, month: &str) -> Lever {
        lever.common.from = month.parse().unwrap();
        lever
    }

    fn doubled() -> Adjust {
        let change = Operation::Scale(2.0);
        Adjust { condition: SEPARATION.any(), of: vec![None, None], change, cost_gbp_million_per_year: 0.0 }
    }

    #[test]
    fn what_changes_nothing_is_remarked_on_and_what_changes_something_is_not() {
        assert_eq!(said(&[from(doubled().lever(), "2026-01")]), "");
        let nothing = Adjust { change: Operation::Scale(1.0), ..doubled() };
        assert!(said(&[from(nothing.lever(), "2026-01")]).contains("adjust[0]: found nothing that it changes"));
        assert!(said(&[from(doubled().lever(), "2020-09")]).contains("before the run starts in 2026-01"));
        assert!(said(&[from(doubled().lever(), "2031-09")]).contains("outside the run"));
    }

    #[test]
    fn ring_fences_without_money_are_remarked_on() {
        let levy = || -> SkillsLevy { without_keys(SkillsLevy::KEYS) };
        let fenced = SkillsLevy { ring_fence_under_25: 0.5, ..levy() };
        assert!(
            said(&[from(fenced.clone().lever(), "2026-01")]).contains("found `ring_fence_under_25` without a budget")
        );
        let paid = SkillsLevy { redirect_existing: 0.1, ..fenced };
        assert!(!said(&[from(paid.lever(), "2026-01")]).contains("ring_fence"));
        let aimless = SkillsLevy { redirect_existing: 0.1, ..levy() };
        assert!(said(&[from(aimless.lever(), "2026-01")]).contains("found `redirect_existing` without"));
    }

    #[test]
    fn money_and_places_that_find_no_employers_are_remarked_on() {
        let levy = |million: f64| -> SkillsLevy {
            SkillsLevy { additional_budget_gbp_million_per_year: million, ..without_keys(SkillsLevy::KEYS) }
        };
        assert_eq!(said(&[from(levy(0.1).lever(), "2026-01")]), "");
        assert!(
            said(&[from(levy(5_000.0).lever(), "2026-01")])
                .contains("found 5000 GBP million a year in 2026-01, of which")
        );
        let places = |count: f64| ApprenticeshipPlaces {
            levels: vec![Level::Level2],
            funding: Funding::Under25,
            places_per_year: count,
            displacement: None,
            unit_cost_gbp: None,
        };
        assert_eq!(said(&[from(places(10.0).lever(), "2026-01")]), "");
        assert!(said(&[from(places(1e6).lever(), "2026-01")]).contains("found 1000000 apprenticeship places a year"));
    }

    #[test]
    fn help_for_pupils_that_is_in_force_in_no_september_is_remarked_on() {
        let mut help = Attainment::example(1.0).lever();
        (help.common.from, help.common.to) = ("2026-10".parse().unwrap(), Some("2027-08".parse().unwrap()));
        assert!(said(&[help.clone()]).contains("found no September in force"), "{}", said(&[help.clone()]));
        help.common.to = Some("2027-09".parse().unwrap());
        assert_eq!(said(&[help]), "");
    }
}
