//! How far a baseline's levels depend on the people that an agent stands for: a table that ships with a world.
//!
//! Small regions of a coarse run have so few agents that their labour markets are tight and slack by chance, which leaves more people
//! NEET than in a fine run. The engine keeps that small; what is left is measured, and said by whoever shows a coarse run.

use super::rows::{add, for_each_row};
use crate::diagnostics::{Diagnostics, did_you_mean};
use crate::domain::Region;
use crate::experiment::{EVERYBODY, Outcomes};
use crate::outcomes::{Measure, measure_named, measures};
use crate::statistics::mcse;
use crate::world::cells::TextCell;
use crate::world::{TextFile, World};
use std::io::{self, Write};

/// The columns of the table.
const COLUMNS: [&str; 7] = ["measure", "region", "scale", "level", "bias", "mcse", "world"];
/// Stands for everybody.
const ALL: &str = "all";
/// The measures in it for every region; for everybody it has all whose bias is told from chance at some scale.
const MEASURED: [&str; 4] = ["neet_rate", "youth_unemployment", "apprenticeship_starts", "employment.30"];
/// A bias of the NEET rate that is worth a word (a tenth of a percentage point).
const NOTABLE_SHARE: f64 = 0.001;
/// The same of a region, whose luck is larger (half a point).
const NOTABLE_IN_A_REGION: f64 = 0.005;
/// The same of another measure, as a share of its level.
const NOTABLE_OF_ANOTHER: f64 = 0.05;
/// Standard errors beyond which a bias is told from chance, among a thousand of them.
const TOLD: f64 = 4.0;
/// The scale up to which a bias is in proportion to it.
const STRAIGHT_TO: u32 = 1_000;

/// How far a level of the baseline is from that of a fine run.
#[derive(Clone, Copy, Debug)]
pub struct ScaleBias {
    /// The measure.
    pub measure: &'static Measure,
    /// The region of residence; none for everybody.
    pub region: Option<Region>,
    /// People that one agent stands for.
    pub scale: u32,
    /// The level in the finest run (the measure's unit).
    pub level: f64,
    /// The level less that of the finest run, likewise.
    pub bias: f64,
    /// Its Monte Carlo standard error.
    pub mcse: f64,
}

/// What is known of how far the levels of a world depend on the scale.
#[derive(Clone, Debug)]
pub enum ScaleTable {
    /// Nothing: it has no such table.
    Missing,
    /// Nothing: the table was measured on a world of other regions or conditions.
    OfAnotherWorld,
    /// What was measured on it.
    Measured(Vec<ScaleBias>),
}

impl ScaleTable {
    /// What was measured on this world.
    #[must_use]
    pub fn rows(&self) -> &[ScaleBias] {
        match self {
            Self::Missing | Self::OfAnotherWorld => &[],
            Self::Measured(rows) => rows,
        }
    }
}

/// The table of a world.
///
/// # Errors
/// Every mistake in it, each with its place, if it was measured on this world.
pub fn read_scale_table(world: &World) -> Result<ScaleTable, Diagnostics> {
    let mut mistakes = Diagnostics::default();
    let (mut rows, mut is_of_another) = (Vec::new(), false);
    let Some(file) = world.scale_table() else { return Ok(ScaleTable::Missing) };
    mistakes.keep_text(&file.shown, &file.text);
    let own = world.digest();
    for_each_row(file, COLUMNS, &mut mistakes, |cells, mistakes| {
        let [about @ .., digest] = cells;
        is_of_another |= digest.text != own;
        rows.extend(read_row(file, world, about, mistakes));
    });
    if is_of_another {
        return Ok(ScaleTable::OfAnotherWorld);
    }
    mistakes.or(ScaleTable::Measured(rows))
}

fn read_row(
    file: &TextFile,
    world: &World,
    [measure, region, scale, level, bias, error]: &[TextCell<'_>; 6],
    mistakes: &mut Diagnostics,
) -> Option<ScaleBias> {
    let mut refuse = |cell: &TextCell<'_>, key: &str, expected: &str, hint: Option<String>| {
        let message = format!("found {:?}, expected {expected}", cell.text);
        add(file, cell.span.clone(), key, message, hint, mistakes);
    };
    let known = measure_named(measure.text);
    if known.is_none() {
        let hint = did_you_mean(measure.text, measures().iter().map(|measure| measure.key));
        refuse(measure, "measure", "a measure as in `rungs list measures`", hint);
    }
    let place = world.regions.iter().position(|one| one.name == region.text);
    if place.is_none() && region.text != ALL {
        let names = world.regions.iter().map(|region| region.name.as_str());
        refuse(region, "region", "a region of the world or all", did_you_mean(region.text, names));
    }
    let people = scale.text.parse::<u32>().ok().filter(|people| *people > 0);
    if people.is_none() {
        refuse(scale, "scale", "a whole number of people from 1", None);
    }
    let numbers = [(level, "level", f64::NEG_INFINITY), (bias, "bias", f64::NEG_INFINITY), (error, "mcse", 0.0)];
    let [level, bias, error] = numbers.map(|(cell, key, least)| {
        let number = cell.text.parse::<f64>().ok().filter(|number| number.is_finite() && *number >= least);
        if number.is_none() {
            refuse(cell, key, "a number", None);
        }
        number
    });
    (place.is_some() || region.text == ALL).then_some(())?;
    let region = place.map(Region::at);
    Some(ScaleBias { measure: known?, region, scale: people?, level: level?, bias: bias?, mcse: error? })
}

/// The bias at any scale: in proportion between those of the table, from nothing on, and beyond the coarsest.
fn bias_at(table: &[ScaleBias], measure: &str, region: Option<Region>, scale: u32) -> Option<f64> {
    let here = table.iter().filter(|row| row.measure.key == measure && row.region == region);
    let mut points: Vec<(f64, f64)> = here.map(|row| (f64::from(row.scale), row.bias)).collect();
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    let at = f64::from(scale);
    let last = *points.last()?;
    if at >= last.0 {
        return Some(last.1 * at / last.0);
    }
    let above = points.iter().position(|point| point.0 >= at)?;
    let (low, high) = (above.checked_sub(1).map_or((0.0, 0.0), |below| points[below]), points[above]);
    Some(low.1 + (high.1 - low.1) * (at - low.0) / (high.0 - low.0))
}

/// A word on a run at this scale, if levels of its baseline are off by what one would see.
#[must_use]
pub fn scale_note(table: &[ScaleBias], world: &World, scale: u32) -> Option<String> {
    let bias = |region: Option<Region>| match growth(table, region) {
        Some(growth) if scale <= STRAIGHT_TO => Some(growth * f64::from(scale)),
        _ => bias_at(table, "neet_rate", region, scale),
    };
    let neet = bias(None)?;
    let worst = (0..world.regions.len()).filter_map(|at| Some((at, bias(Some(Region::at(at)))?)));
    let worst = worst.max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()));
    let others = notable_others(table, scale);
    let is_fine = neet.abs() < NOTABLE_SHARE && worst.is_none_or(|(_, bias)| bias.abs() < NOTABLE_IN_A_REGION);
    if is_fine && others.is_empty() {
        return None;
    }
    let points = |bias: f64| format!("{:+.1}", 100.0 * bias);
    let of_region = worst.map_or_else(String::new, |(at, bias)| {
        format!(", most in {} ({} points)", world.regions[at].name, points(bias))
    });
    let of_neet = (!is_fine).then(|| {
        format!("the baseline's NEET rate at 16-24 is about {} points off that of a fine run{of_region}", points(neet))
    });
    let whose = if is_fine { "of the baseline's levels" } else { "of its other levels" };
    let of_others = others.first().map(|(measure, share)| {
        let verb = if others.len() == 1 { "is" } else { "are" };
        format!("{} {whose} {verb} off by over 5%, most {} ({:+.0}%)", others.len(), measure.key, 100.0 * share)
    });
    let said: Vec<String> = of_neet.into_iter().chain(of_others).collect();
    Some(format!("with one agent for {scale} people {}; differences between scenarios move less", said.join("; ")))
}

/// Whether the bias of a measure is told from chance at a scale: at the next coarser one of the table, or its coarsest.
fn is_told(table: &[ScaleBias], measure: &str, scale: u32) -> bool {
    let here = || table.iter().filter(|row| row.region.is_none() && row.measure.key == measure);
    let next = here().filter(|row| row.scale >= scale).min_by_key(|row| row.scale);
    let row = next.or_else(|| here().max_by_key(|row| row.scale));
    row.is_some_and(|row| row.bias.abs() > TOLD * row.mcse)
}

/// The other measures of everybody whose bias is a notable share of their level, and that share; the largest first.
fn notable_others(table: &[ScaleBias], scale: u32) -> Vec<(&'static Measure, f64)> {
    let mut found: Vec<(&'static Measure, f64)> = Vec::new();
    let others = table.iter().filter(|row| row.region.is_none() && row.measure.key != "neet_rate" && row.level != 0.0);
    for row in others {
        if found.iter().any(|(measure, _)| measure.key == row.measure.key) {
            continue;
        }
        if let Some(bias) = bias_at(table, row.measure.key, None, scale) {
            found.push((row.measure, bias / row.level.abs()));
        }
    }
    found.retain(|(measure, share)| share.abs() > NOTABLE_OF_ANOTHER && is_told(table, measure.key, scale));
    found.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
    found
}

/// The coarsest scale of the table at which the NEET rate of everybody, and that of every region, is off by less than a tenth of a
/// point; none where the finest is too coarse.
#[must_use]
pub fn advised_scales(table: &[ScaleBias], world: &World) -> [Option<u32>; 2] {
    let mut scales: Vec<u32> = table.iter().map(|row| row.scale).collect();
    scales.sort_unstable();
    scales.dedup();
    let is_fine = |scale: u32, region: Option<Region>| {
        growth(table, region).is_some_and(|growth| (growth * f64::from(scale)).abs() < NOTABLE_SHARE)
    };
    let everybody = scales.iter().copied().take_while(|scale| is_fine(*scale, None)).last();
    let every_region = |scale: &u32| (0..world.regions.len()).all(|at| is_fine(*scale, Some(Region::at(at))));
    [everybody, scales.iter().copied().take_while(every_region).last()]
}

/// What one more person an agent adds to the bias of the NEET rate: a line through nothing at all, to which what is known better
/// counts for more, up to the scales where the bias bends.
fn growth(table: &[ScaleBias], region: Option<Region>) -> Option<f64> {
    let here = table.iter().filter(|row| row.measure.key == "neet_rate" && row.region == region);
    let straight = here.filter(|row| row.scale <= STRAIGHT_TO && row.mcse > 0.0);
    let (products, squares) = straight.fold((0.0, 0.0), |(products, squares), row| {
        let (scale, weight) = (f64::from(row.scale), 1.0 / (row.mcse * row.mcse));
        (products + weight * scale * row.bias, squares + weight * scale * scale)
    });
    (squares > 0.0).then(|| products / squares)
}

/// The table from baselines simulated at several scales, of which the first is the finest; each with outcomes by residence.
#[must_use]
pub fn scale_table(regions: usize, by_scale: &[(u32, Outcomes)]) -> Vec<ScaleBias> {
    let mut table = Vec::new();
    let Some((_, finest)) = by_scale.first() else { return table };
    let places = || std::iter::once((EVERYBODY, None)).chain((0..regions).map(|at| (at + 1, Some(Region::at(at)))));
    for measure in measures() {
        let is_measured = MEASURED.contains(&measure.key);
        for (slice, region) in places().filter(|(_, region)| is_measured || region.is_none()) {
            let level = |outcomes: &Outcomes| level(outcomes, measure, slice);
            let Some((fine, fine_error)) = level(finest) else { continue };
            let row = |(scale, outcomes): &(u32, Outcomes)| {
                let (coarse, error) = level(outcomes)?;
                let mcse = libm::sqrt(error * error + fine_error * fine_error);
                Some(ScaleBias { measure, region, scale: *scale, level: fine, bias: coarse - fine, mcse })
            };
            let rows: Vec<ScaleBias> = by_scale[1..].iter().filter_map(row).collect();
            // All scales of a measure or none: a table of those alone that stand out would say too much of the others.
            if is_measured || rows.iter().any(|row| row.bias.abs() > TOLD * row.mcse) {
                table.extend(rows);
            }
        }
    }
    table
}

/// The mean over replicates of the whole run, and its error.
fn level(outcomes: &Outcomes, measure: &Measure, slice: usize) -> Option<(f64, f64)> {
    let whole = outcomes.whole_run();
    let values: Vec<f64> = outcomes.values(0, measure.key, slice, whole).into_iter().flatten().collect();
    let count = f64::from(u32::try_from(values.len()).ok()?);
    Some((values.iter().sum::<f64>() / count, mcse(&values)?))
}

/// Writes the table as CSV.
///
/// # Errors
/// When writing fails.
pub fn write_scale_table(table: &[ScaleBias], world: &World, to: &mut impl Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(to);
    csv.write_record(COLUMNS)?;
    let digest = world.digest();
    for row in table {
        let region = row.region.map_or(ALL, |region| world.regions[region.index()].name.as_str());
        let [level, bias, error] = [row.level, row.bias, row.mcse].map(|number| format!("{number:.6}"));
        let numbers = [row.scale.to_string(), level, bias, error];
        let numbers = numbers.iter().map(String::as_str);
        csv.write_record([row.measure.key, region].into_iter().chain(numbers).chain([digest.as_str()]))?;
    }
    csv.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(region: Option<usize>, scale: u32, bias: f64) -> ScaleBias {
        let measure = measure_named("neet_rate").unwrap();
        ScaleBias { measure, region: region.map(Region::at), scale, level: 0.13, bias, mcse: 0.0001 }
    }

    #[test]
    fn a_bias_lies_in_proportion_between_the_scales_of_the_table_and_grows_beyond() {
        let table = [row(None, 100, 0.001), row(None, 500, 0.003)];
        let at = |scale| bias_at(&table, "neet_rate", None, scale).unwrap();
        for (scale, bias) in [(50, 0.0005), (100, 0.001), (300, 0.002), (500, 0.003), (1_000, 0.006)] {
            assert!((at(scale) - bias).abs() < 1e-12, "{scale}");
        }
        assert_eq!(bias_at(&table, "employment.30", None, 100), None);
    }

    #[test]
    fn a_coarse_run_says_how_far_off_it_is_and_a_fine_one_nothing() {
        let world = World::uk().unwrap();
        let table =
            [row(None, 100, 0.0002), row(None, 1_000, 0.004), row(Some(11), 100, 0.0004), row(Some(11), 1_000, 0.01)];
        assert_eq!(scale_note(&table, &world, 100), None);
        let note = scale_note(&table, &world, 1_000).unwrap();
        assert!(note.contains("about +0.4 points") && note.contains("Northern Ireland (+1.0 points)"), "{note}");
        assert_eq!(scale_note(&[], &world, 1_000), None);
    }

    #[test]
    fn a_coarse_run_counts_the_other_measures_that_are_off() {
        let world = World::uk().unwrap();
        let gap = |level, bias| ScaleBias {
            measure: measure_named("regional_gap.neet_rate").unwrap(),
            level,
            bias,
            ..row(None, 500, 0.0)
        };
        let table = |gap| [row(None, 500, 0.003), gap];
        let note = scale_note(&table(gap(0.06, 0.012)), &world, 500).unwrap();
        assert!(note.contains("1 of its other levels is off by over 5%, most regional_gap.neet_rate (+20%)"), "{note}");
        let note = scale_note(&[gap(0.06, 0.012), row(None, 500, 0.0001)], &world, 500).unwrap();
        assert!(note.starts_with("with one agent for 500 people 1 of the baseline's levels is off"), "{note}");
        let by_luck = ScaleBias { mcse: 0.01, ..gap(0.06, 0.012) };
        let note = scale_note(&table(by_luck), &world, 500).unwrap();
        assert!(!note.contains("off by over"), "{note}");
        let note = scale_note(&table(gap(0.06, 0.002)), &world, 500).unwrap();
        assert!(!note.contains("off by over"), "{note}");
    }

    #[test]
    fn what_ships_is_read_back_as_it_was_written() {
        let world = World::uk().unwrap();
        let table = read_scale_table(&world).unwrap();
        let ScaleTable::Measured(table) = table else {
            panic!("`rungs scale --out scenarios/uk --overwrite`: {table:?}")
        };
        let file = world.scale_table().unwrap();
        let mut written = Vec::new();
        write_scale_table(&table, &world, &mut written).unwrap();
        assert_eq!(String::from_utf8(written).unwrap(), file.text);
        let [everybody, every_region] = advised_scales(&table, &world);
        assert!(everybody >= every_region && every_region.is_some(), "{everybody:?} {every_region:?}");
    }

    #[test]
    fn a_table_of_other_conditions_or_regions_says_nothing_and_its_own_mistakes_are_placed() {
        let uk = World::uk().unwrap();
        let mut changed = uk.clone();
        changed.baseline.values_mut()[0] += 0.01;
        assert!(matches!(read_scale_table(&changed), Ok(ScaleTable::OfAnotherWorld)));
        let mut renamed = uk.clone();
        renamed.regions[3].name = "Elsewhere".to_owned();
        assert!(matches!(read_scale_table(&renamed), Ok(ScaleTable::OfAnotherWorld)));
        let mut broken = uk.clone();
        for file in &mut broken.beside {
            file.text = file.text.replacen("all,50,", "all,fifty,", 1);
        }
        let mistakes = read_scale_table(&broken).unwrap_err().to_string();
        assert!(mistakes.contains("scale.csv:2:") && mistakes.contains("\"fifty\""), "{mistakes}");
        broken.beside.clear();
        assert!(matches!(read_scale_table(&broken), Ok(ScaleTable::Missing)));
    }
}
