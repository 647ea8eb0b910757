//! Regions: a map with a tile for each, the baseline's level and the change each scenario makes.

use super::super::charts::{NONE, Tile, TileMap, Tone};
use super::super::facts::{Facts, PolicyFacts};
use super::super::numbers::{brief, factor, level, level_unit};
use super::super::page::{Block, ChartFigure, Section, SwitchView};
use super::shared::{MOST_SMALL_CHARTS, WHEN, across_head, behind, change_note, figure, place_rows};
use crate::outcomes::Measure;
use crate::results::keys::{ALL, LAST_YEAR, Subgroup};
use crate::text::number::Reading;
use std::collections::BTreeSet;

/// What the section is called in links.
pub(super) const ID: &str = "map";
/// Most tiles of the section.
const MOST_TILES: usize = 2_400;

/// A region: its name, its code, and its place on the map.
struct Site {
    name: String,
    code: String,
    at: (u8, u8),
}

pub(super) fn section(facts: &Facts<'_>) -> Section {
    let sites = sites(facts);
    let shown: Vec<&'static Measure> =
        facts.telling().into_iter().filter(|measure| basis(facts, measure, &sites).is_some()).collect();
    let mut section = Section {
        id: ID,
        title: "Where",
        lead: format!(
            "Each region is one tile. The first map is the baseline's level, stronger for more; each other is the change a scenario makes \
             there {WHEN}. Only changes whose 95% interval leaves zero out are coloured: blue better, orange worse, violet neither."
        ),
        blocks: Vec::new(),
    };
    if shown.is_empty() {
        let text = "This run is not broken down by region: add \"residence\" or \"upbringing\" to run.by.".to_owned();
        section.blocks.push(Block::Missing { text });
        return section;
    }
    let room = facts.measures_that_fit(MOST_TILES / sites.len().max(1)).min(facts.measures_that_fit(MOST_SMALL_CHARTS));
    if room < shown.len() {
        section.lead += &format!(" Maps of {room} of {} headline measures fit; effects.csv has all.", shown.len());
    }
    let views: Vec<SwitchView> = shown.iter().take(room).map(|measure| view(facts, measure, &sites)).collect();
    section.blocks.push(Block::Switch { legend: "Measure".to_owned(), name: "map".to_owned(), views });
    section
}

/// The regions where the world puts them; in a grid when the run does not say, or puts two in one place.
fn sites(facts: &Facts<'_>) -> Vec<Site> {
    let named = &facts.run.manifest.regions;
    let places: BTreeSet<(u8, u8)> = named.iter().map(|region| region.tile).collect();
    if !named.is_empty() && places.len() == named.len() {
        let site = |region: &crate::results::about::NamedRegion| Site {
            name: region.name.clone(),
            code: region.code.clone(),
            at: region.tile,
        };
        return named.iter().map(site).collect();
    }
    let names: Vec<String> = if named.is_empty() {
        let basis = |basis: &str| basis == "residence";
        let effects = facts.run.effects.iter().filter(|effect| basis(&effect.key.subgroup.region_basis));
        let names: BTreeSet<&String> = effects.map(|effect| &effect.key.subgroup.region).collect();
        names.into_iter().cloned().collect()
    } else {
        named.iter().map(|region| region.name.clone()).collect()
    };
    grid(names)
}

/// Names in rows that make about a square.
fn grid(names: Vec<String>) -> Vec<Site> {
    let count = names.len();
    let columns = (1..=count).find(|columns| columns * columns >= count).unwrap_or(1);
    let small = |number: usize| u8::try_from(number).unwrap_or(u8::MAX);
    let site = |(index, name): (usize, String)| {
        let code: String = name.chars().take(5).collect();
        Site { name, code, at: (small(index % columns), small(index / columns)) }
    };
    names.into_iter().enumerate().map(site).collect()
}

fn place(site: &Site, basis: &str) -> Subgroup {
    Subgroup { region: site.name.clone(), region_basis: basis.to_owned(), origin: ALL.to_owned(), sex: ALL.to_owned() }
}

/// Whether a measure is told by where people grew up or where they live: mobility belongs to the region that
/// somebody grew up in. `None` when the run has neither.
fn basis(facts: &Facts<'_>, measure: &Measure, sites: &[Site]) -> Option<&'static str> {
    let is_mobility = measure.key.contains("mobility") || measure.key.starts_with("long_range");
    let order = if is_mobility { ["upbringing", "residence"] } else { ["residence", "upbringing"] };
    let has = |basis: &&str| sites.iter().any(|site| facts.mean(measure.key, &place(site, basis), LAST_YEAR).is_some());
    order.into_iter().find(has)
}

fn view(facts: &Facts<'_>, measure: &'static Measure, sites: &[Site]) -> SwitchView {
    let basis = basis(facts, measure, sites).unwrap_or("residence");
    let by = if basis == "upbringing" { "by region of upbringing" } else { "by region of residence" };
    let mut figures = vec![baseline(facts, measure, sites, basis)];
    let largest = facts.policies.iter().flat_map(|policy| sites.iter().map(move |site| (policy, site)));
    let effect =
        |(policy, site): (&PolicyFacts, &Site)| facts.effect(policy, measure.key, &place(site, basis), LAST_YEAR);
    let clear = largest.filter_map(effect).filter(|effect| Reading::of(effect).is_clear());
    let largest = clear.filter_map(|effect| effect.difference).fold(0.0, |largest: f64, size| largest.max(size.abs()));
    for policy in &facts.policies {
        figures.push(change(facts, policy, measure, sites, (basis, largest)));
    }
    let places: Vec<(String, Subgroup)> =
        sites.iter().map(|site| (format!("{} ({})", site.name, site.code), place(site, basis))).collect();
    let caption = format!(
        "{} {by} {WHEN}: the baseline's level, changes in the unit of the maps, with 95% intervals over {}.",
        measure.label,
        facts.over_replicates()
    );
    let table = behind(caption, across_head(facts, "Region"), place_rows(facts, measure.key, &places));
    let text = Block::Text { text: format!("{}, {by}.", measure.label) };
    SwitchView { label: measure.label.to_owned(), blocks: vec![text, Block::Figures { figures }, table] }
}

fn baseline(facts: &Facts<'_>, measure: &'static Measure, sites: &[Site], basis: &str) -> ChartFigure {
    let tile = |site: &Site| {
        let mean = facts.mean(measure.key, &place(site, basis), LAST_YEAR);
        let text = mean.map_or_else(|| NONE.to_owned(), |mean| level(facts, mean).0);
        let value = mean.and_then(|mean| mean.values.mean);
        let tone = if value.is_some() { Tone::Level } else { Tone::Unclear };
        Tile { at: site.at, name: site.name.clone(), text, size: value.unwrap_or(0.0) * factor(measure.unit), tone }
    };
    let tiles: Vec<Tile> = sites.iter().map(tile).collect();
    let known = tiles.iter().filter(|tile| tile.tone == Tone::Level).map(|tile| tile.size);
    let (low, high) = known.fold((f64::INFINITY, f64::NEG_INFINITY), |ends, size| (ends.0.min(size), ends.1.max(size)));
    let map = TileMap {
        title: &format!("Baseline: {}", facts.baseline_title()),
        note: &format!("{}, {}", measure.label, level_unit(measure.unit)),
        label: &format!("Map of {} in the baseline; the table below has the numbers", measure.label),
        tiles: &tiles,
        sizes: (high, low),
    };
    figure(map.svg(), &["map", measure.key, "baseline"], "small")
}

fn change(
    facts: &Facts<'_>,
    policy: &PolicyFacts,
    measure: &'static Measure,
    sites: &[Site],
    (basis, largest): (&str, f64),
) -> ChartFigure {
    let tile = |site: &Site| {
        let effect = facts.effect(policy, measure.key, &place(site, basis), LAST_YEAR);
        let text = effect.map_or_else(|| NONE.to_owned(), brief);
        let tone = effect.map_or(Tone::Unclear, |effect| Tone::of(Reading::of(effect)));
        let size = effect.and_then(|effect| effect.difference).unwrap_or(0.0).abs();
        Tile { at: site.at, name: site.name.clone(), text, size, tone }
    };
    let tiles: Vec<Tile> = sites.iter().map(tile).collect();
    let map = TileMap {
        title: &policy.title,
        note: &change_note(measure),
        label: &format!(
            "Map of the change made by {} in {}; the table below has the numbers",
            policy.title, measure.label
        ),
        tiles: &tiles,
        sizes: (largest, 0.0),
    };
    figure(map.svg(), &["map", measure.key, &policy.name], "small")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_without_places_stand_in_a_grid() {
        let sites = grid((0..7).map(|number| format!("Region {number}")).collect());
        assert_eq!(
            sites.iter().map(|site| site.at).collect::<Vec<_>>(),
            [(0, 0), (1, 0), (2, 0), (0, 1), (1, 1), (2, 1), (0, 2)]
        );
        assert_eq!(sites[0].code, "Regio");
        assert!(grid(Vec::new()).is_empty());
        assert_eq!(grid(vec!["only".to_owned()])[0].at, (0, 0));
    }
}
