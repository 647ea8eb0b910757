//! `who_moved.csv`: how many more or fewer people of each group stand where, at the end of the run.

use crate::domain::Kind;
use crate::engine::tally::{Slice, Standing};
use crate::outcomes::{StandingGroup, Standings, groups};
use crate::results::about::NamedRegion;
use crate::results::cell;
use crate::results::column::{Column, RowColumn, columns, write};
use crate::results::keys::{ALL, Subgroup};
use crate::results::read::rows;
use crate::results::run::Results;
use crate::results::shared_columns::{ORIGIN, REGION, REGION_BASIS, REPLICATE, REPLICATES, SCENARIO, SEX};
use crate::results::table::ResultTable;
use crate::results::tables::effects::{FALSE_DISCOVERIES, probability};
use crate::statistics::{CriticalValues, PairedDifference, discoveries};
use serde::Deserialize;
use std::io::{self, Read, Write};
use strum::VariantArray;

/// The table.
pub(crate) const TABLE: ResultTable =
    ResultTable::new("who_moved.csv", own_columns, |results, sink| write(sink, &fields(), who_moved(results)));

const AGE_BAND: Column = Column::new("age_band", "ages at the end of the run, or all", "years");
const QUALIFICATION: Column = Column::new(
    "highest_qualification",
    "highest qualification at the end of the run, or all; that of the scenario in the scenario",
    "",
);
const STANDING: Column = Column::new(
    "standing",
    "what people do at the end of the run: neet; learning (education or an apprenticeship); in a working-class, intermediate or \
     professional job",
    "",
);
const PEOPLE: Column = Column::new("people", "people of the group with the standing, at full scale", "persons");

/// The columns of the series, in order.
pub(crate) const SERIES_COLUMNS: [Column; 10] =
    [SCENARIO, REPLICATE, REGION, REGION_BASIS, ORIGIN, SEX, AGE_BAND, QUALIFICATION, STANDING, PEOPLE];

/// Whom a row is about: the columns from region to qualification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Region of upbringing, origin and sex.
    pub subgroup: Subgroup,
    /// A band of age, or `all`.
    pub age_band: String,
    /// A qualification, or `all`.
    pub qualification: String,
}

impl Member {
    fn of(group: StandingGroup, regions: &[NamedRegion]) -> Self {
        let member = |slice: Slice, [age_band, qualification]: [&'static str; 2]| Self {
            subgroup: Subgroup::of(slice, regions),
            age_band: age_band.to_owned(),
            qualification: qualification.to_owned(),
        };
        let margin = [ALL; 2];
        match group {
            StandingGroup::All => member(Slice::All, margin),
            StandingGroup::Origin(origin) => member(Slice::Origin(origin), margin),
            StandingGroup::Upbringing(region) => member(Slice::Upbringing(region), margin),
            StandingGroup::UpbringingOrigin(region, origin) => member(Slice::UpbringingOrigin(region, origin), margin),
            StandingGroup::Sex(sex) => member(Slice::Sex(sex), margin),
            StandingGroup::Age(band) => member(Slice::All, [band.name(), ALL]),
            StandingGroup::Qualification(held) => member(Slice::All, [ALL, held.name()]),
        }
    }

    fn cells(&self) -> [String; 6] {
        [
            cell::text(&self.subgroup.region),
            self.subgroup.region_basis.clone(),
            self.subgroup.origin.clone(),
            self.subgroup.sex.clone(),
            self.age_band.clone(),
            self.qualification.clone(),
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
    /// A name of [`Standing`].
    pub standing: String,
    /// People of the group with the standing in the baseline, mean over replicates (at full scale).
    pub baseline: f64,
    /// How many more there are in the scenario; below zero when there are fewer.
    pub change: f64,
    /// Monte Carlo standard error of the change.
    pub mcse: Option<f64>,
    /// 95% interval of the change (Monte Carlo error alone).
    pub interval: Option<(f64, f64)>,
    /// The change as a share of all people of the group in the baseline; unknown when there are none.
    pub share: Option<f64>,
    /// Replicates behind it.
    pub replicates: u32,
    /// Whether it is taken for chance although its interval leaves zero out, because of all that is shown with it.
    pub is_chance: bool,
}

/// Marks those rows of each scenario that look clear by no more than chance would have it.
pub fn mark_moves_by_chance(rows: &mut [Moved]) {
    for rows in rows.chunk_by_mut(|a, b| a.scenario == b.scenario) {
        let known = rows.iter_mut().filter_map(|row| {
            row.interval?;
            Some((probability(row.change, row.mcse?, row.replicates), row))
        });
        let mut known: Vec<(f64, &mut Moved)> = known.collect();
        let probabilities: Vec<f64> = known.iter().map(|(p, _)| *p).collect();
        for ((_, row), is_clear) in known.iter_mut().zip(discoveries(&probabilities, FALSE_DISCOVERIES)) {
            row.is_chance = !is_clear;
        }
    }
}

/// Every row: by scenario, group and standing.
#[must_use]
pub fn who_moved(results: &Results) -> Vec<Moved> {
    let members = members(results);
    let scale = f64::from(results.settings.scale);
    let mut critical = CriticalValues::default();
    let mut rows = Vec::new();
    for (index, scenario) in results.scenarios.iter().enumerate().skip(1) {
        let replicates = results.outcomes.replicates.iter();
        let runs: Vec<[&Standings; 2]> = replicates
            .filter_map(|one| Some([one.standings.first()?, one.standings.get(index)?].map(|of| &**of)))
            .collect();
        for (group, member) in members.iter().enumerate() {
            let all: Vec<f64> = runs.iter().map(|[before, _]| scale * float(before.everybody(group))).collect();
            let all = crate::statistics::mean(&all).filter(|all| *all > 0.0);
            for standing in Standing::VARIANTS {
                let people = |of: &Standings| scale * float(of.agents(group, *standing));
                let pairs: Vec<(f64, f64)> =
                    runs.iter().map(|[before, after]| (people(before), people(after))).collect();
                let Some(paired) = PairedDifference::of(&pairs, &mut critical) else { continue };
                rows.push(Moved {
                    scenario: scenario.name.clone(),
                    member: member.clone(),
                    standing: standing.name().to_owned(),
                    baseline: paired.before,
                    change: paired.difference,
                    mcse: paired.mcse,
                    interval: paired.interval,
                    share: all.map(|all| paired.difference / all),
                    replicates: u32::try_from(pairs.len()).unwrap_or(u32::MAX),
                    is_chance: false,
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

#[expect(clippy::cast_precision_loss, reason = "counts of agents stay far below 2^53")]
fn float(count: u64) -> f64 {
    count as f64
}

fn own_columns() -> Vec<Column> {
    columns(&fields())
}

fn fields() -> Vec<RowColumn<Moved>> {
    let baseline = Column::new(
        "people_in_baseline",
        "people of the group with the standing in the baseline, mean over replicates",
        "persons",
    );
    let change = Column::new(
        "people_change",
        "how many more people of the group have the standing in the scenario (fewer below zero), mean over replicates paired by their \
         luck; a net change: it does not say how many people went one way and the other",
        "persons",
    );
    let mcse = Column::new("change_mcse", "Monte Carlo standard error of the change", "persons");
    let low =
        Column::new("change_low95", "lower end of the 95% interval of the change, Monte Carlo error alone", "persons");
    let high = Column::new("change_high95", "upper end of that interval", "persons");
    let share =
        Column::new("change_share", "the change as a share of all people of the group in the baseline", "share");
    vec![
        SCENARIO.of(|row: &Moved| cell::text(&row.scenario)),
        REGION.of(|row: &Moved| cell::text(&row.member.subgroup.region)),
        REGION_BASIS.of(|row: &Moved| row.member.subgroup.region_basis.clone()),
        ORIGIN.of(|row: &Moved| row.member.subgroup.origin.clone()),
        SEX.of(|row: &Moved| row.member.subgroup.sex.clone()),
        AGE_BAND.of(|row: &Moved| row.member.age_band.clone()),
        QUALIFICATION.of(|row: &Moved| row.member.qualification.clone()),
        STANDING.of(|row: &Moved| row.standing.clone()),
        baseline.of(|row: &Moved| cell::number(row.baseline)),
        change.of(|row: &Moved| cell::number(row.change)),
        mcse.of(|row: &Moved| cell::known(row.mcse)),
        low.of(|row: &Moved| cell::low(row.interval)),
        high.of(|row: &Moved| cell::high(row.interval)),
        share.of(|row: &Moved| cell::known(row.share)),
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
    highest_qualification: String,
    standing: String,
    #[serde(deserialize_with = "cell::as_number")]
    people_in_baseline: f64,
    #[serde(deserialize_with = "cell::as_number")]
    people_change: f64,
    #[serde(deserialize_with = "cell::as_known")]
    change_mcse: Option<f64>,
    #[serde(deserialize_with = "cell::as_known")]
    change_low95: Option<f64>,
    #[serde(deserialize_with = "cell::as_known")]
    change_high95: Option<f64>,
    #[serde(deserialize_with = "cell::as_known")]
    change_share: Option<f64>,
    replicates: u32,
}

impl Moved {
    fn of(line: MovedLine) -> Self {
        let MovedLine { region, region_basis, origin, sex, age_band, highest_qualification: qualification, .. } = line;
        let subgroup = Subgroup { region, region_basis, origin, sex };
        Self {
            scenario: line.scenario,
            member: Member { subgroup, age_band, qualification },
            standing: line.standing,
            baseline: line.people_in_baseline,
            change: line.people_change,
            mcse: line.change_mcse,
            interval: line.change_low95.zip(line.change_high95),
            share: line.change_share,
            replicates: line.replicates,
            is_chance: false,
        }
    }
}

/// Reads them back.
///
/// # Errors
/// The line and what is wrong with it.
pub(crate) fn read(source: impl Read) -> Result<Vec<Moved>, String> {
    let lines: Vec<MovedLine> = rows(source, &own_columns(), "people by what they do")?;
    Ok(lines.into_iter().map(Moved::of).collect())
}

/// One row of the series.
pub(crate) struct SeriesRow<'a> {
    pub scenario: &'a str,
    pub replicate: u32,
    pub member: &'a Member,
    pub standing: Standing,
    pub people: f64,
}

/// Hands every row of the series to `take`: by scenario, the baseline included, replicate, group and standing.
///
/// # Errors
/// The first error of `take`.
pub(crate) fn each_row(results: &Results, mut take: impl FnMut(&SeriesRow<'_>) -> io::Result<()>) -> io::Result<()> {
    let members = members(results);
    for (index, scenario) in results.scenarios.iter().enumerate() {
        for replicate in &results.outcomes.replicates {
            let Some(run) = replicate.standings.get(index) else { continue };
            for (group, member) in members.iter().enumerate() {
                for standing in Standing::VARIANTS {
                    let people = f64::from(results.settings.scale) * float(run.agents(group, *standing));
                    let (scenario, replicate) = (scenario.name.as_str(), replicate.number);
                    take(&SeriesRow { scenario, replicate, member, standing: *standing, people })?;
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
        csv.write_record(about.chain([row.standing.name().to_owned(), cell::number(row.people)]))?;
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
        // Of four people in the baseline two work, one learns and one is NEET. With the levy one who worked is NEET, and the last is NEET
        // in replicate 1 and in a professional job in replicate 2: NEET +1 and 0, at ten people an agent.
        let lines = lines(|results, sink| write(sink, &fields(), who_moved(results)));
        let names: Vec<&str> = own_columns().iter().map(|column| column.name).collect();
        assert_eq!(lines[0], names.join(","));
        let row = |end: &str| lines.iter().find(|line| line.starts_with("'=levy,") && line.ends_with(end)).unwrap();
        assert!(row(",neet,10,5,5,,,0.125,2").starts_with("'=levy,all,,all,all,all,all,"));
        // both replicates lose one worker: the same in all, so no error is known
        assert!(row(",working,20,-10,,,,-0.25,2").starts_with("'=levy,all,,all,all,all,all,"));
        assert!(lines.iter().any(|line| line == "'=levy,abroad,upbringing,all,all,all,all,neet,0,0,,,,,2"));
    }

    #[test]
    fn changes_of_a_group_add_up_to_that_of_its_people() {
        for rows in who_moved(&testing::results()).chunks(Standing::VARIANTS.len()) {
            let total = rows.iter().fold(0.0, |sum, row| sum + row.change);
            let is_of_one_qualification = rows[0].member.qualification != ALL;
            assert!(is_of_one_qualification || total.abs() < 1e-12, "{:?}", rows[0].member);
        }
    }

    #[test]
    fn the_series_has_a_row_for_each_scenario_replicate_group_and_standing() {
        let lines = lines(|results, sink| write_series(results, sink));
        assert_eq!(lines.len(), 1 + 2 * 2 * groups(1).len() * Standing::VARIANTS.len());
        assert!(lines.contains(&"'=levy,2,all,,all,all,all,all,professional,10".to_owned()), "{}", lines[1]);
    }

    #[test]
    fn who_moved_reads_back_as_it_was_written() {
        let rows = who_moved(&testing::results());
        let mut bytes = Vec::new();
        write(&mut bytes, &fields(), rows.clone()).unwrap();
        assert_eq!(read(bytes.as_slice()).unwrap(), rows);
    }
}
