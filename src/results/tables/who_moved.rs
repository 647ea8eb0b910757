//! `who_moved.csv`: the same people in the baseline and in each scenario, at the end of the run.

use crate::domain::Kind;
use crate::engine::tally::Slice;
use crate::outcomes::{Movement, MoverGroup, WhoMoved, groups};
use crate::results::about::NamedRegion;
use crate::results::cell;
use crate::results::column::{Column, RowColumn, columns, write};
use crate::results::keys::{ALL, Subgroup};
use crate::results::read::rows;
use crate::results::run::Results;
use crate::results::shared_columns::{
    HIGH95, LOW95, MCSE, ORIGIN, REGION, REGION_BASIS, REPLICATE, REPLICATES, SCENARIO, SEX,
};
use crate::results::table::ResultTable;
use crate::statistics::{CriticalValues, PairedDifference};
use serde::Deserialize;
use std::io::{self, Read, Write};
use strum::VariantArray;

/// The table.
pub(crate) const TABLE: ResultTable =
    ResultTable::new("who_moved.csv", own_columns, |results, sink| write(sink, &fields(), who_moved(results)));

const AGE_BAND: Column = Column::new("age_band", "ages at the end of the run, or all", "years");
/// What people hold.
pub(crate) const QUALIFICATION: Column =
    Column::new("qualification", "highest qualification in the baseline, or all", "");
const DOING: Column = Column::new("doing", "what people do in the baseline at the end of the run, or all", "");
const CHANGE: Column = Column::new(
    "change",
    "the same person in the scenario against the baseline at the end of the run, on the rungs NEET, learning or \
     working-class job, intermediate job, professional job; displaced: NEET instead of in a job or in learning; \
     sideways: learning instead of a working-class job or the other way round; net: moved up less moved down and displaced",
    "",
);
const PEOPLE: Column = Column::new("people", "people at full scale; over replicates their mean", "persons");

/// The columns of the series, in order.
pub(crate) const SERIES_COLUMNS: [Column; 11] =
    [SCENARIO, REPLICATE, REGION, REGION_BASIS, ORIGIN, SEX, AGE_BAND, QUALIFICATION, DOING, CHANGE, PEOPLE];

/// The change of rows about those who moved up, less those who moved down or were displaced.
pub const NET: &str = "net";

/// A change, or the balance of all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Of(Movement),
    Net,
}

impl Outcome {
    fn all() -> impl Iterator<Item = Self> {
        Movement::VARIANTS.iter().map(|change| Self::Of(*change)).chain([Self::Net])
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
            Self::Net => of(Movement::Up) - of(Movement::Down) - of(Movement::Displaced),
        }
    }
}

/// Whom a row is about: the columns from region to what they do in the baseline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Region of upbringing, origin and sex.
    pub subgroup: Subgroup,
    /// A band of age, or `all`.
    pub age_band: String,
    /// A qualification, or `all`.
    pub qualification: String,
    /// What they do in the baseline, or `all`.
    pub doing: String,
}

impl Member {
    fn of(group: MoverGroup, regions: &[NamedRegion]) -> Self {
        let member = |slice: Slice, [age_band, qualification, doing]: [&'static str; 3]| Self {
            subgroup: Subgroup::of(slice, regions),
            age_band: age_band.to_owned(),
            qualification: qualification.to_owned(),
            doing: doing.to_owned(),
        };
        let margin = [ALL; 3];
        match group {
            MoverGroup::All => member(Slice::All, margin),
            MoverGroup::Origin(origin) => member(Slice::Origin(origin), margin),
            MoverGroup::Upbringing(region) => member(Slice::Upbringing(region), margin),
            MoverGroup::UpbringingOrigin(region, origin) => member(Slice::UpbringingOrigin(region, origin), margin),
            MoverGroup::Sex(sex) => member(Slice::Sex(sex), margin),
            MoverGroup::Age(band) => member(Slice::All, [band.name(), ALL, ALL]),
            MoverGroup::Qualification(held) => member(Slice::All, [ALL, held.name(), ALL]),
            MoverGroup::Standing(standing) => member(Slice::All, [ALL, ALL, standing.name()]),
        }
    }

    fn cells(&self) -> [String; 7] {
        [
            cell::text(&self.subgroup.region),
            self.subgroup.region_basis.clone(),
            self.subgroup.origin.clone(),
            self.subgroup.sex.clone(),
            self.age_band.clone(),
            self.qualification.clone(),
            self.doing.clone(),
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
    /// A name of [`Movement`], or [`NET`].
    pub change: String,
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
        let replicates = results.outcomes.replicates.iter();
        let runs: Vec<&WhoMoved> = replicates.filter_map(|one| one.who_moved.get(index)?.as_deref()).collect();
        for (group, member) in members.iter().enumerate().filter(|_| !runs.is_empty()) {
            for outcome in Outcome::all() {
                let people: Vec<f64> =
                    runs.iter().map(|run| outcome.people(run, group, results.settings.scale)).collect();
                let before = runs.iter().map(|run| in_baseline(run, group) * f64::from(results.settings.scale));
                let shares = people.iter().zip(before).filter(|(_, before)| *before > 0.0);
                // in the baseline itself nobody has moved: the pair is that of a share and nothing
                let pairs: Vec<(f64, f64)> = shares.map(|(people, before)| (0.0, people / before)).collect();
                let share = PairedDifference::of(&pairs, &mut critical);
                rows.push(Moved {
                    scenario: scenario.name.clone(),
                    member: member.clone(),
                    change: outcome.name().to_owned(),
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
    let regions = results.world.regions.len();
    groups(regions).into_iter().map(|group| Member::of(group, &results.world.regions)).collect()
}

fn in_baseline(moved: &WhoMoved, group: usize) -> f64 {
    float(moved.in_both(group) + moved.agents(group, Movement::OnlyBaseline))
}

#[expect(clippy::cast_precision_loss, reason = "counts of agents stay far below 2^53")]
fn float(count: u64) -> f64 {
    count as f64
}

fn own_columns() -> Vec<Column> {
    columns(&fields())
}

fn fields() -> Vec<RowColumn<Moved>> {
    let share =
        Column::new("share", "people as a share of those of the group in the baseline, mean over replicates", "share");
    vec![
        SCENARIO.of(|row: &Moved| cell::text(&row.scenario)),
        REGION.of(|row: &Moved| cell::text(&row.member.subgroup.region)),
        REGION_BASIS.of(|row: &Moved| row.member.subgroup.region_basis.clone()),
        ORIGIN.of(|row: &Moved| row.member.subgroup.origin.clone()),
        SEX.of(|row: &Moved| row.member.subgroup.sex.clone()),
        AGE_BAND.of(|row: &Moved| row.member.age_band.clone()),
        QUALIFICATION.of(|row: &Moved| row.member.qualification.clone()),
        DOING.of(|row: &Moved| row.member.doing.clone()),
        CHANGE.of(|row: &Moved| row.change.clone()),
        PEOPLE.of(|row: &Moved| cell::number(row.people)),
        share.of(|row: &Moved| cell::known(row.share)),
        MCSE.of(|row: &Moved| cell::known(row.mcse)),
        LOW95.of(|row: &Moved| cell::low(row.interval)),
        HIGH95.of(|row: &Moved| cell::high(row.interval)),
        REPLICATES.of(|row: &Moved| row.replicates.to_string()),
    ]
}

/// A row as it stands in a file.
#[derive(Deserialize)]
struct MovedLine {
    #[serde(deserialize_with = "cell::as_owned_text")]
    scenario: String,
    #[serde(deserialize_with = "cell::as_owned_text")]
    region: String,
    region_basis: String,
    origin: String,
    sex: String,
    age_band: String,
    qualification: String,
    doing: String,
    change: String,
    #[serde(deserialize_with = "cell::as_number")]
    people: f64,
    #[serde(deserialize_with = "cell::as_known")]
    share: Option<f64>,
    #[serde(deserialize_with = "cell::as_known")]
    mcse: Option<f64>,
    #[serde(deserialize_with = "cell::as_known")]
    low95: Option<f64>,
    #[serde(deserialize_with = "cell::as_known")]
    high95: Option<f64>,
    replicates: u32,
}

impl Moved {
    fn of(line: MovedLine) -> Self {
        let MovedLine { region, region_basis, origin, sex, age_band, qualification, doing, .. } = line;
        let subgroup = Subgroup { region, region_basis, origin, sex };
        Self {
            scenario: line.scenario,
            member: Member { subgroup, age_band, qualification, doing },
            change: line.change,
            people: line.people,
            share: line.share,
            mcse: line.mcse,
            interval: line.low95.zip(line.high95),
            replicates: line.replicates,
        }
    }
}

/// Reads them back.
///
/// # Errors
/// The line and what is wrong with it.
pub(crate) fn read(source: impl Read) -> Result<Vec<Moved>, String> {
    let lines: Vec<MovedLine> = rows(source, &own_columns(), "people who moved")?;
    Ok(lines.into_iter().map(Moved::of).collect())
}

/// One row of the series.
pub(crate) struct SeriesRow<'a> {
    pub scenario: &'a str,
    pub replicate: u32,
    pub member: &'a Member,
    pub change: Movement,
    pub people: f64,
}

/// Hands every row of the series to `take`: by scenario, replicate, group and change.
///
/// # Errors
/// The first error of `take`.
pub(crate) fn each_row(results: &Results, mut take: impl FnMut(&SeriesRow<'_>) -> io::Result<()>) -> io::Result<()> {
    let members = members(results);
    for (index, scenario) in results.scenarios.iter().enumerate().skip(1) {
        for replicate in &results.outcomes.replicates {
            let Some(run) = replicate.who_moved.get(index).and_then(Option::as_deref) else { continue };
            for (group, member) in members.iter().enumerate() {
                for change in Movement::VARIANTS {
                    let people = Outcome::Of(*change).people(run, group, results.settings.scale);
                    let row = SeriesRow {
                        scenario: &scenario.name,
                        replicate: replicate.number,
                        member,
                        change: *change,
                        people,
                    };
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
    csv.write_record(SERIES_COLUMNS.map(|column| column.name))?;
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

    fn lines(write: impl Fn(&Results, &mut Vec<u8>) -> io::Result<()>) -> Vec<String> {
        let mut bytes = Vec::new();
        write(&testing::results(), &mut bytes).unwrap();
        String::from_utf8(bytes).unwrap().lines().map(str::to_owned).collect()
    }

    #[test]
    fn who_moved_in_a_small_run_agrees_with_a_hand_worked_example() {
        // Of four people in the baseline one is displaced in replicate 1, and one displaced and one up in replicate 2.
        let lines = lines(|results, sink| write(sink, &fields(), who_moved(results)));
        let names: Vec<&str> = own_columns().iter().map(|column| column.name).collect();
        assert_eq!(lines[0], names.join(","));
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
        for rows in rows.chunks(Movement::VARIANTS.len() + 1).filter(|rows| rows[0].share.is_some()) {
            let all = rows.iter().filter(|row| row.change != NET && row.change != Movement::OnlyScenario.name());
            let total = all.fold(0.0, |sum, row| sum + row.share.unwrap());
            assert!((total - 1.0).abs() < 1e-12, "{:?}", rows[0].member);
        }
    }

    #[test]
    fn the_series_has_a_row_for_each_replicate_group_and_change() {
        let lines = lines(|results, sink| write_series(results, sink));
        let groups = groups(1).len();
        assert_eq!(lines.len(), 1 + 2 * groups * Movement::VARIANTS.len());
        assert!(lines.contains(&"'=levy,2,all,,all,all,all,all,neet,moved up,10".to_owned()), "{}", lines[1]);
    }

    #[test]
    fn who_moved_reads_back_as_it_was_written() {
        let rows = who_moved(&testing::results());
        let mut bytes = Vec::new();
        write(&mut bytes, &fields(), rows.clone()).unwrap();
        assert_eq!(read(bytes.as_slice()).unwrap(), rows);
    }
}
