//! `world.toml` (name and regions) and `sources.toml` (what figures cite).

use super::folder::{TextFile, shown_in};
use super::parts::{Area, RegionInfo, Source};
use crate::diagnostics::{Diagnostic, Diagnostics, printable};
use crate::domain::{MOST_REGIONS, Region};
use crate::names::is_misread;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};
use toml::Spanned;

/// Names that mean something else in tables.
const RESERVED: [&str; 2] = ["all", "abroad"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WorldFile {
    name: Spanned<String>,
    title: Spanned<String>,
    price_year: Option<Spanned<String>>,
    regions: Spanned<Vec<RegionFile>>,
    #[serde(default)]
    areas: Vec<AreaFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AreaFile {
    name: Spanned<String>,
    regions: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RegionFile {
    name: Spanned<String>,
    code: Spanned<String>,
    tile: Spanned<(u8, u8)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SourcesFile {
    sources: BTreeMap<Spanned<String>, SourceFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceFile {
    title: Spanned<String>,
    url: Spanned<String>,
}

/// What `world.toml` says.
pub(super) struct Header {
    pub name: String,
    pub title: String,
    pub price_year: Option<String>,
    pub regions: Vec<RegionInfo>,
    pub areas: Vec<Area>,
}

impl Header {
    /// The regions' names, in order.
    pub(super) fn region_names(&self) -> Vec<&str> {
        self.regions.iter().map(|region| region.name.as_str()).collect()
    }
}

/// The header of the world; `None` when the regions cannot be told.
pub(super) fn read(folder: &str, files: &[TextFile], mistakes: &mut Diagnostics) -> Option<Header> {
    let (file, parsed) = parse::<WorldFile>(folder, "world.toml", files, mistakes)?;
    check_text(file, "name", &parsed.name, mistakes);
    check_text(file, "title", &parsed.title, mistakes);
    parsed.price_year.iter().for_each(|year| check_year(file, "price_year", year, mistakes));
    let span = parsed.regions.span();
    let regions = parsed.regions.into_inner();
    check_regions(file, &regions, mistakes);
    if regions.is_empty() || regions.len() > MOST_REGIONS {
        let message = format!("found {} regions, expected 1 to {MOST_REGIONS}", regions.len());
        mistakes.add(at(file, span, "regions", message));
        return None;
    }
    let areas = read_areas(file, &parsed.areas, &regions, mistakes);
    let regions = regions.into_iter().map(|region| RegionInfo {
        name: region.name.into_inner(),
        code: region.code.into_inner(),
        tile: region.tile.into_inner(),
    });
    Some(Header {
        name: parsed.name.into_inner(),
        title: parsed.title.into_inner(),
        price_year: parsed.price_year.map(Spanned::into_inner),
        regions: regions.collect(),
        areas,
    })
}

fn read_areas(file: &TextFile, areas: &[AreaFile], regions: &[RegionFile], mistakes: &mut Diagnostics) -> Vec<Area> {
    let named = |name: &str| regions.iter().position(|region| region.name.get_ref() == name);
    let mut read = Vec::new();
    for (number, area) in areas.iter().enumerate() {
        let key = format!("areas[{number}].name");
        check_text(file, &key, &area.name, mistakes);
        let name = area.name.get_ref().as_str();
        if RESERVED.contains(&name) || name.contains('/') || named(name).is_some() {
            let message = format!("found {name:?}, expected a name without \"/\" that nothing else has");
            mistakes.add(at(file, area.name.span(), &key, message));
        }
        let mut inside = Vec::new();
        for region in &area.regions {
            match named(region.get_ref()).and_then(|index| u8::try_from(index).ok()) {
                Some(index) => inside.push(Region(index)),
                None => {
                    let message = format!("found {:?}, expected the name of a region", region.get_ref());
                    mistakes.add(at(file, region.span(), &format!("areas[{number}].regions"), message));
                }
            }
        }
        read.push(Area { name: name.to_owned(), regions: inside });
    }
    read
}

/// The sources by key; `None` when they cannot be told.
pub(super) fn read_sources(
    folder: &str,
    files: &[TextFile],
    mistakes: &mut Diagnostics,
) -> Option<BTreeMap<String, Source>> {
    let (file, parsed) = parse::<SourcesFile>(folder, "sources.toml", files, mistakes)?;
    let mut sources = BTreeMap::new();
    for (key, source) in parsed.sources {
        let name = format!("sources.{}", key.get_ref());
        check_text(file, &name, &key, mistakes);
        check_text(file, &format!("{name}.title"), &source.title, mistakes);
        let url = source.url.get_ref();
        if !(url.is_empty() || url.starts_with("https://") || url.starts_with("http://")) || printable(url) != *url {
            let message = format!("found {url:?}, expected a web address or an empty string");
            mistakes.add(at(file, source.url.span(), &format!("{name}.url"), message));
        }
        sources.insert(key.into_inner(), Source { title: source.title.into_inner(), url: source.url.into_inner() });
    }
    Some(sources)
}

fn parse<'a, T: DeserializeOwned>(
    folder: &str,
    name: &str,
    files: &'a [TextFile],
    mistakes: &mut Diagnostics,
) -> Option<(&'a TextFile, T)> {
    let Some(file) = files.iter().find(|file| file.name == name) else {
        let shown = shown_in(folder, name);
        if !mistakes.list().iter().any(|mistake| mistake.file == shown) {
            let message = format!("found no {name}, expected one in the world folder");
            mistakes.add(Diagnostic { file: shown, span: None, key: String::new(), message, hint: None });
        }
        return None;
    };
    match toml::from_str(&file.text) {
        Ok(parsed) => Some((file, parsed)),
        Err(error) => {
            let message = printable(error.message());
            mistakes.add(Diagnostic {
                file: file.shown.clone(),
                span: error.span(),
                key: String::new(),
                message,
                hint: None,
            });
            None
        }
    }
}

/// A year of prices is a calendar year or two that follow each other.
fn check_year(file: &TextFile, key: &str, value: &Spanned<String>, mistakes: &mut Diagnostics) {
    let is_year = |text: &str, digits: usize| text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    let typed = value.get_ref().as_str();
    let (first, second) = typed.split_once('/').map_or((typed, None), |(first, second)| (first, Some(second)));
    let follows = |second: &str| {
        let [first, second] = [&first[2..], second].map(|text| text.parse::<u8>().unwrap_or(u8::MAX));
        (first + 1) % 100 == second
    };
    if !is_year(first, 4) || second.is_some_and(|second| !is_year(second, 2) || !follows(second)) {
        let message = format!("found {typed:?}, expected a year such as \"2024/25\" or \"2024\"");
        mistakes.add(at(file, value.span(), key, message));
    }
}

fn check_regions(file: &TextFile, regions: &[RegionFile], mistakes: &mut Diagnostics) {
    let mut names = BTreeSet::new();
    let mut codes = BTreeSet::new();
    let mut tiles: BTreeMap<(u8, u8), &str> = BTreeMap::new();
    for (index, region) in regions.iter().enumerate() {
        let name_key = format!("regions[{index}].name");
        let code_key = format!("regions[{index}].code");
        check_text(file, &name_key, &region.name, mistakes);
        check_text(file, &code_key, &region.code, mistakes);
        let name = region.name.get_ref().as_str();
        if RESERVED.contains(&name) || name.contains('/') {
            let message = format!("found {name:?}, expected a name without \"/\" that is not \"all\" or \"abroad\"");
            mistakes.add(at(file, region.name.span(), &name_key, message));
        }
        if let Some(other) = tiles.insert(*region.tile.get_ref(), name) {
            let (column, row) = region.tile.get_ref();
            let message = format!("found [{column}, {row}], the tile of {other:?}, expected one of its own");
            mistakes.add(at(file, region.tile.span(), &format!("regions[{index}].tile"), message));
        }
        if is_misread(name) && !name.trim().is_empty() {
            let message = format!(
                "found {name:?}, which readers of tables take for a missing value, a number or a date, expected a name with a word in it"
            );
            mistakes.add(at(file, region.name.span(), &name_key, message));
        }
        for (seen, key, value) in [(&mut names, name_key, &region.name), (&mut codes, code_key, &region.code)] {
            if !seen.insert(value.get_ref().as_str()) {
                let message = format!("found {:?} twice, expected it once", value.get_ref());
                mistakes.add(at(file, value.span(), &key, message));
            }
        }
    }
}

fn check_text(file: &TextFile, key: &str, value: &Spanned<String>, mistakes: &mut Diagnostics) {
    let text = value.get_ref().as_str();
    let expected = if text.trim().is_empty() {
        "some text"
    } else if text.trim() != text {
        "no space at either end"
    } else if printable(text) != text {
        "no control characters"
    } else {
        return;
    };
    mistakes.add(at(file, value.span(), &printable(key), format!("found {text:?}, expected {expected}")));
}

fn at(file: &TextFile, span: std::ops::Range<usize>, key: &str, message: String) -> Diagnostic {
    Diagnostic { file: file.shown.clone(), span: Some(span), key: key.to_owned(), message, hint: None }
}
