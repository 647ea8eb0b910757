//! Class mobility: class of job on a birthday against the class somebody grew up in.

use super::ages::Ages;
use super::counted::Counted;
use super::measure::{Better, Measure, Prominence};
use super::ratio::Ratio;
use super::statuses::EMPLOYED_STANDINGS;
use crate::domain::Origin;
use crate::engine::tally::Standing;
use strum::VariantArray;

const AT_AGE: &str = "people with a known origin class in a job on their {ages}th birthday";
const WORKING_AT_AGE: &str = "people of working-class origin in a job on their {ages}th birthday";
const PROFESSIONAL_AT_AGE: &str = "people of professional origin in a job on their {ages}th birthday";

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
pub(super) const MEASURES: &[Measure] = &[
    Measure {
        key: "upward_mobility.25",
        label: "Upward mobility at {ages}",
        denominator: AT_AGE,
        ages: Ages::at(25),
        compute: |counted, ages| moved(counted, ages.first, Direction::Up),
        ..UP
    },
    Measure {
        key: "downward_mobility.25",
        label: "Downward mobility at {ages}",
        denominator: AT_AGE,
        ages: Ages::at(25),
        prominence: Prominence::Detail,
        compute: |counted, ages| moved(counted, ages.first, Direction::Down),
        ..DOWN
    },
    Measure {
        key: "net_mobility.25",
        label: "Net upward mobility at {ages}",
        denominator: AT_AGE,
        ages: Ages::at(25),
        prominence: Prominence::Detail,
        compute: |counted, ages| net_of(counted, ages.first),
        ..NET
    },
    Measure {
        key: "long_range_upward.25",
        label: "Long-range upward mobility at {ages}",
        denominator: WORKING_AT_AGE,
        ages: Ages::at(25),
        prominence: Prominence::Detail,
        compute: |counted, ages| long_range(counted, ages.first, Direction::Up),
        ..FAR_UP
    },
    Measure {
        key: "long_range_downward.25",
        label: "Long-range downward mobility at {ages}",
        denominator: PROFESSIONAL_AT_AGE,
        ages: Ages::at(25),
        compute: |counted, ages| long_range(counted, ages.first, Direction::Down),
        ..FAR_DOWN
    },
    Measure {
        key: "upward_mobility.30",
        label: "Upward mobility at {ages}",
        denominator: AT_AGE,
        ages: Ages::at(30),
        compute: |counted, ages| moved(counted, ages.first, Direction::Up),
        ..UP
    },
    Measure {
        key: "downward_mobility.30",
        label: "Downward mobility at {ages}",
        denominator: AT_AGE,
        ages: Ages::at(30),
        compute: |counted, ages| moved(counted, ages.first, Direction::Down),
        ..DOWN
    },
    Measure {
        key: "net_mobility.30",
        label: "Net upward mobility at {ages}",
        denominator: AT_AGE,
        ages: Ages::at(30),
        compute: |counted, ages| net_of(counted, ages.first),
        ..NET
    },
    Measure {
        key: "long_range_upward.30",
        label: "Long-range upward mobility at {ages}",
        denominator: WORKING_AT_AGE,
        ages: Ages::at(30),
        compute: |counted, ages| long_range(counted, ages.first, Direction::Up),
        ..FAR_UP
    },
    Measure {
        key: "long_range_downward.30",
        label: "Long-range downward mobility at {ages}",
        denominator: PROFESSIONAL_AT_AGE,
        ages: Ages::at(30),
        compute: |counted, ages| long_range(counted, ages.first, Direction::Down),
        ..FAR_DOWN
    },
    Measure {
        key: "upward_mobility.35",
        label: "Upward mobility at {ages}",
        denominator: AT_AGE,
        ages: Ages::at(35),
        prominence: Prominence::Detail,
        compute: |counted, ages| moved(counted, ages.first, Direction::Up),
        ..UP
    },
    Measure {
        key: "downward_mobility.35",
        label: "Downward mobility at {ages}",
        denominator: AT_AGE,
        ages: Ages::at(35),
        prominence: Prominence::Detail,
        compute: |counted, ages| moved(counted, ages.first, Direction::Down),
        ..DOWN
    },
    Measure {
        key: "net_mobility.35",
        label: "Net upward mobility at {ages}",
        denominator: AT_AGE,
        ages: Ages::at(35),
        prominence: Prominence::Detail,
        compute: |counted, ages| net_of(counted, ages.first),
        ..NET
    },
    Measure {
        key: "long_range_upward.35",
        label: "Long-range upward mobility at {ages}",
        denominator: WORKING_AT_AGE,
        ages: Ages::at(35),
        prominence: Prominence::Detail,
        compute: |counted, ages| long_range(counted, ages.first, Direction::Up),
        ..FAR_UP
    },
    Measure {
        key: "long_range_downward.35",
        label: "Long-range downward mobility at {ages}",
        denominator: PROFESSIONAL_AT_AGE,
        ages: Ages::at(35),
        compute: |counted, ages| long_range(counted, ages.first, Direction::Down),
        ..FAR_DOWN
    },
];

const UP: Measure = Measure { numerator: "of these, in a class of job above their origin class", ..Measure::SHARE };

const DOWN: Measure = Measure {
    numerator: "of these, in a class of job below their origin class",
    better: Better::Lower,
    ..Measure::SHARE
};

const NET: Measure = Measure {
    unit: "share difference",
    numerator: "of these, in a class of job above their origin class, less those in one below it",
    ..Measure::SHARE
};

const FAR_UP: Measure = Measure { numerator: "of these, in a professional job", ..Measure::SHARE };

const FAR_DOWN: Measure = Measure {
    numerator: "of these, in a working-class job",
    better: Better::Lower,
    prominence: Prominence::Detail,
    ..Measure::SHARE
};

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
