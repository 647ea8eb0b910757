//! `who_moved.csv`: the same people in the baseline and in each scenario, at the end of the run.

use crate::domain::Kind;
use crate::engine::tally::Slice;
use crate::outcomes::{Change, Group, WhoMoved, groups};
use crate::results::about::NamedRegion;
use crate::results::keys::{ALL, Place};
use crate::results::run::Results;
use crate::results::tables::cell;
use crate::statistics::{CriticalValues, PairedDifference};
use std::io::{self, Write};
use strum::VariantArray;

/// The columns, in order.
pub(crate) const COLUMNS: [&str; 15] = [
    "scenario",
    "region",
    "region_basis",
    "origin",
    "sex",
    "age_band",
    "qualification",
    "doing",
    "change",
    "people",
    "share",
    "mcse",
    "low95",
    "high95",
    "replicates",
];

/// The columns of the series, in order.
pub(crate) const SERIES_COLUMNS: [&str; 11] = [
    "scenario",
    "replicate",
    "region",
    "region_basis",
    "origin",
    "sex",
    "age_band",
    "qualification",
    "doing",
    "change",
    "people",
];

/// The change of rows about those who moved up, less those who moved down or were displaced.
pub const NET: &str = "net";

/// A change, or the balance of all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    Of(Change),
    Net,
}

impl Line {
    fn all() -> impl Iterator<Item = Self> {
        Change::VARIANTS.iter().map(|change| Self::Of(*change)).chain([Self::Net])
    }

    fn name(self) -> &'static str {
        match self {
            Self::Of(change) => change.name(),
            Self::Net => NET,
        }
    }

    /// People, at full scale.
    fn people(self, moved: &WhoMoved, group: usize, scale: u32) -> f64 {
        let of = |change| float(moved.agents(group, change)) * f64::from(scale);
        match self {
            Self::Of(change) => of(change),
            Self::Net => of(Change::Up) - of(Change::Down) - of(Change::Displaced),
        }
    }
}

/// Whom a row is about: the columns from region to what they do in the baseline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Region of upbringing, origin and sex.
    pub place: Place,
    /// A band of age, or `all`.
    pub age_band: &'static str,
    /// A qualification, or `all`.
    pub qualification: &'static str,
    /// What they do in the baseline, or `all`.
    pub doing: &'static str,
}

impl Member {
    fn of(group: Group, regions: &[NamedRegion]) -> Self {
        let member = |slice: Slice, [age_band, qualification, doing]: [&'static str; 3]| Self {
            place: Place::of(slice, regions),
            age_band,
            qualification,
            doing,
        };
        let margin = [ALL; 3];
        match group {
            Group::All => member(Slice::All, margin),
            Group::Origin(origin) => member(Slice::Origin(origin), margin),
            Group::Upbringing(region) => member(Slice::Upbringing(region), margin),
            Group::UpbringingOrigin(region, origin) => member(Slice::UpbringingOrigin(region, origin), margin),
            Group::Sex(sex) => member(Slice::Sex(sex), margin),
            Group::Age(band) => member(Slice::All, [band.name(), ALL, ALL]),
            Group::Qualification(held) => member(Slice::All, [ALL, held.name(), ALL]),
            Group::Standing(standing) => member(Slice::All, [ALL, ALL, standing.name()]),
        }
    }

    fn cells(&self) -> [String; 7] {
        [
            cell::text(&self.place.region),
            self.place.region_basis.clone(),
            self.place.origin.clone(),
            self.place.sex.clone(),
            self.age_band.to_owned(),
            self.qualification.to_owned(),
            self.doing.to_owned(),
        ]
    }
}

/// One row of `who_moved.csv`.
#[derive(Clone, Debug, PartialEq)]
pub struct Moved {
    /// The scenario's name.
    pub scenario: String,
    /// Whom it is about.
    pub member: Member,
    /// A name of [`Change`], or [`NET`].
    pub change: &'static str,
    /// People, mean over replicates (at full scale).
    pub people: f64,
    /// These as a share of the people of the group in the baseline; unknown when there are none.
    pub share: Option<f64>,
    /// Monte Carlo standard error of the share.
    pub mcse: Option<f64>,
    /// 95% interval of the share (Monte Carlo error alone).
    pub interval: Option<(f64, f64)>,
    /// Replicates with a known share.
    pub replicates: u32,
}

/// Every row: by scenario, group and change.
#[must_use]
pub fn who_moved(results: &Results) -> Vec<Moved> {
    let members = members(results);
    let mut critical = CriticalValues::default();
    let mut rows = Vec::new();
    for (index, scenario) in results.scenarios.iter().enumerate().skip(1) {
        let runs: Vec<&WhoMoved> = results.who_moved.iter().filter_map(|runs| runs.get(index)?.as_deref()).collect();
        for (group, member) in members.iter().enumerate().filter(|_| !runs.is_empty()) {
            for line in Line::all() {
                let people: Vec<f64> = runs.iter().map(|run| line.people(run, group, results.scale)).collect();
                let before = runs.iter().map(|run| in_baseline(run, group) * f64::from(results.scale));
                let shares = people.iter().zip(before).filter(|(_, before)| *before > 0.0);
                // in the baseline itself nobody has moved: the pair is that of a share and nothing
                let pairs: Vec<(f64, f64)> = shares.map(|(people, before)| (0.0, people / before)).collect();
                let share = PairedDifference::of(&pairs, &mut critical);
                rows.push(Moved {
                    scenario: scenario.name.clone(),
                    member: member.clone(),
                    change: line.name(),
                    people: crate::statistics::mean(&people).unwrap_or(0.0),
                    share: share.map(|share| share.difference),
                    mcse: share.and_then(|share| share.mcse),
                    interval: share.and_then(|share| share.interval),
                    replicates: u32::try_from(pairs.len()).unwrap_or(u32::MAX),
                });
            }
        }
    }
    rows
}

fn members(results: &Results) -> Vec<Member> {
    let regions = results.regions.len();
    groups(regions).into_iter().map(|group| Member::of(group, &results.regions)).collect()
}

fn in_baseline(moved: &WhoMoved, group: usize) -> f64 {
    float(moved.in_both(group) + moved.agents(group, Change::OnlyBaseline))
}

#[expect(clippy::cast_precision_loss, reason = "counts of agents stay far below 2^53")]
fn float(count: u64) -> f64 {
    count as f64
}

/// Writes every row over replicates; nothing but the columns when the baseline was run alone.
///
/// # Errors
/// When the sink refuses.
pub(crate) fn write(results: &Results, sink: &mut dyn Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(sink);
    csv.write_record(COLUMNS)?;
    for row in who_moved(results) {
        let numbers = [
            cell::number(row.people),
            cell::known(row.share),
            cell::known(row.mcse),
            cell::known(row.interval.map(|interval| interval.0)),
            cell::known(row.interval.map(|interval| interval.1)),
            row.replicates.to_string(),
        ];
        let change = row.change.to_owned();
        let about = [cell::text(&row.scenario)].into_iter().chain(row.member.cells()).chain([change]);
        csv.write_record(about.chain(numbers))?;
    }
    csv.flush()
}

/// One row of the series.
pub(crate) struct SeriesRow<'a> {
    pub scenario: &'a str,
    pub replicate: u32,
    pub member: &'a Member,
    pub change: Change,
    pub people: f64,
}

/// Hands every row of the series to `take`: by scenario, replicate, group and change.
///
/// # Errors
/// The first error of `take`.
pub(crate) fn each_row(results: &Results, mut take: impl FnMut(&SeriesRow<'_>) -> io::Result<()>) -> io::Result<()> {
    let members = members(results);
    for (index, scenario) in results.scenarios.iter().enumerate().skip(1) {
        for (replicate, runs) in results.replicate_numbers.iter().zip(&results.who_moved) {
            let Some(run) = runs.get(index).and_then(Option::as_deref) else { continue };
            for (group, member) in members.iter().enumerate() {
                for change in Change::VARIANTS {
                    let people = Line::Of(*change).people(run, group, results.scale);
                    let row =
                        SeriesRow { scenario: &scenario.name, replicate: *replicate, member, change: *change, people };
                    take(&row)?;
                }
            }
        }
    }
    Ok(())
}

/// Writes the series as CSV.
///
/// # Errors
/// When the sink refuses.
pub(crate) fn write_series(results: &Results, sink: &mut dyn Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(sink);
    csv.write_record(SERIES_COLUMNS)?;
    each_row(results, |row| {
        let about = [cell::text(row.scenario), row.replicate.to_string()].into_iter().chain(row.member.cells());
        csv.write_record(about.chain([row.change.name().to_owned(), cell::number(row.people)]))?;
        Ok(())
    })?;
    csv.flush()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::testing;

    fn lines(write: fn(&Results, &mut dyn Write) -> io::Result<()>) -> Vec<String> {
        let mut bytes = Vec::new();
        write(&testing::results(), &mut bytes).unwrap();
        String::from_utf8(bytes).unwrap().lines().map(str::to_owned).collect()
    }

    #[test]
    fn who_moved_in_a_small_run_agrees_with_a_hand_worked_example() {
        // Of four people in the baseline one is displaced in replicate 1, and one displaced and one up in replicate 2.
        let lines = lines(write);
        assert_eq!(lines[0], COLUMNS.join(","));
        let row = |start: &str| lines.iter().find(|line| line.starts_with(start)).unwrap().clone();
        assert!(row("'=levy,all,,all,all,all,all,all,displaced,").contains(",displaced,10,0.25,,,,2"));
        let up: Vec<String> = row("'=levy,all,,all,all,all,all,all,moved up,").split(',').map(str::to_owned).collect();
        // Shares 0 and 1/4: mean 1/8, standard error 1/8.
        assert_eq!(up[9..12], ["5", "0.125", "0.125"]);
        assert!(row("'=levy,all,,all,all,all,all,all,net,").contains(",net,-5,-0.125,0.125,"));
        assert!(row("'=levy,North,upbringing,all,all,all,all,all,unchanged,").contains(",unchanged,25,0.625,"));
        assert!(row("'=levy,abroad,upbringing,all,all,all,all,all,unchanged,").ends_with(",0,,,,,0"));
    }

    #[test]
    fn changes_of_a_group_add_up_to_its_people_in_the_baseline() {
        let rows = who_moved(&testing::results());
        for rows in rows.chunks(Change::VARIANTS.len() + 1).filter(|rows| rows[0].share.is_some()) {
            let all = rows.iter().filter(|row| row.change != NET && row.change != Change::OnlyScenario.name());
            let total = all.fold(0.0, |sum, row| sum + row.share.unwrap());
            assert!((total - 1.0).abs() < 1e-12, "{:?}", rows[0].member);
        }
    }

    #[test]
    fn the_series_has_a_row_for_each_replicate_group_and_change() {
        let lines = lines(write_series);
        let groups = groups(1).len();
        assert_eq!(lines.len(), 1 + 2 * groups * Change::VARIANTS.len());
        assert!(lines.contains(&"'=levy,2,all,,all,all,all,all,neet,moved up,10".to_owned()), "{}", lines[1]);
    }
}
