//! Class mobility: class of job on a birthday against the class somebody grew up in.

use super::counted::EMPLOYED_STANDINGS;
use super::{Better, Counted, Measure, Ratio, share};
use crate::domain::Origin;
use crate::engine::tally::Standing;
use strum::VariantArray;

const AT_25: &str = "people with a known origin class in a job on their 25th birthday";
const AT_30: &str = "people with a known origin class in a job on their 30th birthday";
const AT_35: &str = "people with a known origin class in a job on their 35th birthday";
const WORKING_AT_25: &str = "people of working-class origin in a job on their 25th birthday";
const WORKING_AT_30: &str = "people of working-class origin in a job on their 30th birthday";
const WORKING_AT_35: &str = "people of working-class origin in a job on their 35th birthday";
const PROFESSIONAL_AT_25: &str = "people of professional origin in a job on their 25th birthday";
const PROFESSIONAL_AT_30: &str = "people of professional origin in a job on their 30th birthday";
const PROFESSIONAL_AT_35: &str = "people of professional origin in a job on their 35th birthday";

/// Upward, downward, net and long-range mobility at 25, 30 and 35, on three classes.
///
/// The five origin classes are joined into professional, intermediate and working, the classes of jobs.
/// Upward and downward are shares of everybody in a job, and net is upward less downward; long-range upward is a share of those of
/// working-class origin, long-range downward of those of professional origin. Apprentices, students and people out
/// of work are left out, and so are people who grew up abroad, who have no origin class.
///
/// # Source
/// Definitions of the Social Mobility Commission, "State of the Nation" (occupational mobility), which
/// compares five classes over ages 25 to 64: its levels of upward and downward mobility are higher.
pub(super) const MEASURES: [Measure; 15] = [
    up("upward_mobility.25", "Upward mobility at 25", AT_25, "25", |counted| moved(counted, 25, Direction::Up)),
    down("downward_mobility.25", "Downward mobility at 25", AT_25, "25", |counted| moved(counted, 25, Direction::Down))
        .detail(),
    net("net_mobility.25", "Net upward mobility at 25", AT_25, "25", |counted| net_of(counted, 25)).detail(),
    far_up("long_range_upward.25", "Long-range upward mobility at 25", WORKING_AT_25, "25", |counted| {
        long_range(counted, 25, Direction::Up)
    })
    .detail(),
    far_down("long_range_downward.25", "Long-range downward mobility at 25", PROFESSIONAL_AT_25, "25", |counted| {
        long_range(counted, 25, Direction::Down)
    }),
    up("upward_mobility.30", "Upward mobility at 30", AT_30, "30", |counted| moved(counted, 30, Direction::Up)),
    down("downward_mobility.30", "Downward mobility at 30", AT_30, "30", |counted| moved(counted, 30, Direction::Down)),
    net("net_mobility.30", "Net upward mobility at 30", AT_30, "30", |counted| net_of(counted, 30)),
    far_up("long_range_upward.30", "Long-range upward mobility at 30", WORKING_AT_30, "30", |counted| {
        long_range(counted, 30, Direction::Up)
    }),
    far_down("long_range_downward.30", "Long-range downward mobility at 30", PROFESSIONAL_AT_30, "30", |counted| {
        long_range(counted, 30, Direction::Down)
    }),
    up("upward_mobility.35", "Upward mobility at 35", AT_35, "35", |counted| moved(counted, 35, Direction::Up))
        .detail(),
    down("downward_mobility.35", "Downward mobility at 35", AT_35, "35", |counted| moved(counted, 35, Direction::Down))
        .detail(),
    net("net_mobility.35", "Net upward mobility at 35", AT_35, "35", |counted| net_of(counted, 35)).detail(),
    far_up("long_range_upward.35", "Long-range upward mobility at 35", WORKING_AT_35, "35", |counted| {
        long_range(counted, 35, Direction::Up)
    })
    .detail(),
    far_down("long_range_downward.35", "Long-range downward mobility at 35", PROFESSIONAL_AT_35, "35", |counted| {
        long_range(counted, 35, Direction::Down)
    }),
];

type Compute = fn(&Counted) -> Ratio;

const fn up(key: &'static str, label: &'static str, of: &'static str, ages: &'static str, compute: Compute) -> Measure {
    share(key, label, "of these, in a class of job above their origin class", of, ages, compute)
}

const fn down(
    key: &'static str,
    label: &'static str,
    of: &'static str,
    ages: &'static str,
    compute: Compute,
) -> Measure {
    share(key, label, "of these, in a class of job below their origin class", of, ages, compute).better(Better::Lower)
}

const fn net(
    key: &'static str,
    label: &'static str,
    of: &'static str,
    ages: &'static str,
    compute: Compute,
) -> Measure {
    let numerator = "of these, in a class of job above their origin class, less those in one below it";
    Measure { unit: "share difference", ..share(key, label, numerator, of, ages, compute) }
}

const fn far_up(
    key: &'static str,
    label: &'static str,
    of: &'static str,
    ages: &'static str,
    compute: Compute,
) -> Measure {
    share(key, label, "of these, in a professional job", of, ages, compute)
}

const fn far_down(
    key: &'static str,
    label: &'static str,
    of: &'static str,
    ages: &'static str,
    compute: Compute,
) -> Measure {
    share(key, label, "of these, in a working-class job", of, ages, compute).better(Better::Lower).detail()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    Up,
    Down,
}

/// The class of job that an origin class corresponds to.
fn same_class(origin: Origin) -> Standing {
    match origin {
        Origin::HigherProfessional | Origin::LowerProfessional => Standing::Professional,
        Origin::Intermediate => Standing::Intermediate,
        Origin::HigherWorking | Origin::LowerWorking => Standing::Working,
    }
}

fn moved(counted: &Counted, age: u16, direction: Direction) -> Ratio {
    let (mut movers, mut everybody) = (0, 0);
    for origin in Origin::VARIANTS {
        for job in EMPLOYED_STANDINGS {
            let people = counted.standing_from(age, *origin, job);
            let counts = match direction {
                Direction::Up => job > same_class(*origin),
                Direction::Down => job < same_class(*origin),
            };
            movers += if counts { people } else { 0 };
            everybody += people;
        }
    }
    Ratio::of_agents(counted, movers, everybody)
}

/// Upward less downward movers.
fn net_of(counted: &Counted, age: u16) -> Ratio {
    let (up, down) = (moved(counted, age, Direction::Up), moved(counted, age, Direction::Down));
    Ratio { numerator: up.numerator - down.numerator, ..up }
}

fn long_range(counted: &Counted, age: u16, direction: Direction) -> Ratio {
    let (from, to) = match direction {
        Direction::Up => (Standing::Working, Standing::Professional),
        Direction::Down => (Standing::Professional, Standing::Working),
    };
    let origins = || Origin::VARIANTS.iter().filter(|origin| same_class(**origin) == from);
    let movers = origins().map(|origin| counted.standing_from(age, *origin, to)).sum();
    let everybody = origins()
        .map(|origin| EMPLOYED_STANDINGS.iter().map(|job| counted.standing_from(age, *origin, *job)).sum::<u64>())
        .sum();
    Ratio::of_agents(counted, movers, everybody)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Qualification;
    use crate::outcomes::testing::Sheet;

    #[test]
    fn mobility_agrees_with_a_hand_worked_table() {
        // Rows: origin; columns: working, intermediate, professional job.
        let table = [
            (Origin::HigherProfessional, [1, 2, 7]),
            (Origin::LowerProfessional, [3, 3, 4]),
            (Origin::Intermediate, [4, 4, 2]),
            (Origin::HigherWorking, [5, 3, 2]),
            (Origin::LowerWorking, [7, 2, 1]),
        ];
        let mut sheet = Sheet::new();
        for (origin, jobs) in table {
            for (job, people) in EMPLOYED_STANDINGS.into_iter().zip(jobs) {
                sheet = sheet.mark(30, Some(origin), (Qualification::Level2, job), people);
            }
        }
        // Neither people from abroad nor people out of work may count.
        let sheet = sheet.mark(30, None, (Qualification::Level6Plus, Standing::Professional), 99).mark(
            30,
            Some(Origin::LowerWorking),
            (Qualification::Level2, Standing::Neet),
            99,
        );
        sheet.expect("upward_mobility.30", f64::from(2 + 3 + 2 + 2 + 1) / 50.0);
        sheet.expect("downward_mobility.30", f64::from(1 + 2 + 3 + 3 + 4) / 50.0);
        sheet.expect("net_mobility.30", f64::from(10 - 13) / 50.0);
        sheet.expect("long_range_upward.30", f64::from(2 + 1) / 20.0);
        sheet.expect("long_range_downward.30", f64::from(1 + 3) / 20.0);
        assert_eq!(sheet.value("upward_mobility.25"), None);
        assert_eq!(sheet.value("net_mobility.35"), None);
    }
}
