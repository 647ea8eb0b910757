//! Regional gaps: how far places stand apart, and whether the disadvantaged ones fall behind.

use super::ages::Ages;
use super::counted::Counted;
use super::measure::{Better, Form, Measure, Prominence, Scope};
use super::ratio::Ratio;
use super::{income_mobility, job_class, neet, routes};
use crate::domain::Origin;
use crate::engine::tally::Standing;

const BY_RESIDENCE: &str = "regions of residence with a known value (how many it is of)";
const BY_UPBRINGING: &str = "regions of upbringing with a known value (how many it is of)";

/// Best less worst region, variance over regions, and slope on disadvantage, of five measures.
///
/// With `y_r` the measure in region `r` of `n`: `gap = max y - min y`; `variance = sum (y_r - mean y)^2 / n`; `slope = sum
/// (x_r - mean x)(y_r - mean y) / sum (x_r - mean x)^2`. Every region counts alike, whatever its size. `x_r` is the
/// region's disadvantage: the share of working-class origin among its people aged 16-24 with a known origin (of the same
/// basis, residence or upbringing). It stands for deprivation, of which no index is published alike for all
/// nations. Gap and variance hold the luck of small regions too and are above zero even where regions are
/// alike: read them as differences between scenarios.
pub(super) const MEASURES: &[Measure] = &[
    Measure {
        key: "regional_gap.neet_rate",
        label: "Regional gap in NEET",
        unit: "share difference",
        denominator: BY_RESIDENCE,
        ages: Ages::between(16, 24),
        prominence: Prominence::Headline,
        compute: |counted, _| best_less_worst(&neet_rates(counted)),
        ..GAP
    },
    Measure {
        key: "regional_variance.neet_rate",
        label: "Regional variance of NEET",
        unit: "share squared",
        denominator: BY_RESIDENCE,
        ages: Ages::between(16, 24),
        compute: |counted, _| variance_of(&neet_rates(counted)),
        ..VARIANCE
    },
    Measure {
        key: "regional_slope.neet_rate",
        label: "Slope of NEET on disadvantage",
        unit: "share per share",
        denominator: BY_RESIDENCE,
        ages: Ages::between(16, 24),
        better: Better::Lower,
        compute: |counted, _| slope_of(&neet_rates(counted)),
        ..SLOPE
    },
    Measure {
        key: "regional_gap.professional.25",
        label: "Regional gap in professional jobs at {ages}",
        unit: "share difference",
        denominator: BY_UPBRINGING,
        ages: Ages::at(25),
        compute: |counted, ages| best_less_worst(&professional(counted, ages.first)),
        ..GAP
    },
    Measure {
        key: "regional_variance.professional.25",
        label: "Regional variance of professional jobs at {ages}",
        unit: "share squared",
        denominator: BY_UPBRINGING,
        ages: Ages::at(25),
        compute: |counted, ages| variance_of(&professional(counted, ages.first)),
        ..VARIANCE
    },
    Measure {
        key: "regional_slope.professional.25",
        label: "Slope of professional jobs at {ages} on disadvantage",
        unit: "share per share",
        denominator: BY_UPBRINGING,
        ages: Ages::at(25),
        compute: |counted, ages| slope_of(&professional(counted, ages.first)),
        ..SLOPE
    },
    Measure {
        key: "regional_gap.professional.30",
        label: "Regional gap in professional jobs at {ages}",
        unit: "share difference",
        denominator: BY_UPBRINGING,
        ages: Ages::at(30),
        prominence: Prominence::Headline,
        compute: |counted, ages| best_less_worst(&professional(counted, ages.first)),
        ..GAP
    },
    Measure {
        key: "regional_variance.professional.30",
        label: "Regional variance of professional jobs at {ages}",
        unit: "share squared",
        denominator: BY_UPBRINGING,
        ages: Ages::at(30),
        compute: |counted, ages| variance_of(&professional(counted, ages.first)),
        ..VARIANCE
    },
    Measure {
        key: "regional_slope.professional.30",
        label: "Slope of professional jobs at {ages} on disadvantage",
        unit: "share per share",
        denominator: BY_UPBRINGING,
        ages: Ages::at(30),
        compute: |counted, ages| slope_of(&professional(counted, ages.first)),
        ..SLOPE
    },
    Measure {
        key: "regional_gap.expected_rank_p25.30",
        label: "Regional gap in expected rank at p25, at {ages}",
        unit: "rank, 0 to 1",
        denominator: BY_UPBRINGING,
        ages: Ages::at(30),
        compute: |counted, _| best_less_worst(&expected_ranks(counted)),
        ..GAP
    },
    Measure {
        key: "regional_variance.expected_rank_p25.30",
        label: "Regional variance of expected rank at p25, at {ages}",
        unit: "rank squared",
        denominator: BY_UPBRINGING,
        ages: Ages::at(30),
        compute: |counted, _| variance_of(&expected_ranks(counted)),
        ..VARIANCE
    },
    Measure {
        key: "regional_slope.expected_rank_p25.30",
        label: "Slope of expected rank at p25, at {ages}, on disadvantage",
        unit: "rank per share",
        denominator: BY_UPBRINGING,
        ages: Ages::at(30),
        compute: |counted, _| slope_of(&expected_ranks(counted)),
        ..SLOPE
    },
    Measure {
        key: "regional_gap.routes_to_good_job.30",
        label: "Regional gap in routes to a good job at {ages}",
        unit: "routes",
        denominator: BY_UPBRINGING,
        ages: Ages::at(30),
        compute: |counted, _| best_less_worst(&routes_to_good_job(counted)),
        ..GAP
    },
    Measure {
        key: "regional_variance.routes_to_good_job.30",
        label: "Regional variance of routes to a good job at {ages}",
        unit: "routes squared",
        denominator: BY_UPBRINGING,
        ages: Ages::at(30),
        compute: |counted, _| variance_of(&routes_to_good_job(counted)),
        ..VARIANCE
    },
    Measure {
        key: "regional_slope.routes_to_good_job.30",
        label: "Slope of routes to a good job at {ages} on disadvantage",
        unit: "routes per share",
        denominator: BY_UPBRINGING,
        ages: Ages::at(30),
        compute: |counted, _| slope_of(&routes_to_good_job(counted)),
        ..SLOPE
    },
];

/// Disadvantage and value of each region whose value is known.
type Regions = Vec<(Option<f64>, f64)>;

const GAP: Measure = Measure { numerator: "highest less lowest value of a region", ..BETWEEN };

const VARIANCE: Measure = Measure { numerator: "mean square of regions' values less their mean", ..BETWEEN };

/// A slope that is better when higher: where disadvantage goes with less of what is good, it is below zero.
const SLOPE: Measure = Measure {
    numerator: "least-squares slope of regions' values on the share of working-class origin among their 16-24s",
    better: Better::Higher,
    ..BETWEEN
};

const BETWEEN: Measure = Measure {
    better: Better::Lower,
    prominence: Prominence::Detail,
    form: Form::Value,
    scope: Scope::Everybody,
    ..Measure::SHARE
};

fn neet_rates(counted: &Counted) -> Regions {
    known(counted.by_residence(), neet::rate)
}

fn professional(counted: &Counted, age: u16) -> Regions {
    known(counted.by_upbringing(), |region| job_class::in_class(region, age, Standing::Professional).value())
}

fn expected_ranks(counted: &Counted) -> Regions {
    known(counted.by_upbringing(), |region| income_mobility::expected_rank(region, 30))
}

fn routes_to_good_job(counted: &Counted) -> Regions {
    known(counted.by_upbringing(), |region| routes::to_good_job(region, 30))
}

fn known(regions: &[Counted], value: impl Fn(&Counted) -> Option<f64>) -> Regions {
    regions.iter().filter_map(|region| Some((disadvantage(region), value(region)?))).collect()
}

/// The share of working-class origin among people aged 16-24 with a known origin.
fn disadvantage(region: &Counted) -> Option<f64> {
    let months = |origins: &[Origin]| origins.iter().map(|origin| region.youth_from(*origin)).sum();
    let working = months(&[Origin::HigherWorking, Origin::LowerWorking]);
    let others: u64 = months(&[Origin::HigherProfessional, Origin::LowerProfessional, Origin::Intermediate]);
    Ratio { numerator: super::ratio::float(working), denominator: super::ratio::float(working + others) }.value()
}

fn best_less_worst(regions: &Regions) -> Ratio {
    let values = || regions.iter().map(|(_, value)| *value);
    of_several(values().fold(f64::NEG_INFINITY, f64::max) - values().fold(f64::INFINITY, f64::min), regions.len())
}

fn variance_of(regions: &Regions) -> Ratio {
    let count = float(regions.len());
    let mean = regions.iter().fold(0.0, |sum, (_, value)| sum + value) / count;
    let squares = regions.iter().fold(0.0, |sum, (_, value)| sum + (value - mean) * (value - mean));
    of_several(squares / count, regions.len())
}

fn slope_of(regions: &Regions) -> Ratio {
    let points: Vec<(f64, f64)> = regions.iter().filter_map(|(x, y)| Some(((*x)?, *y))).collect();
    let count = float(points.len());
    let (x_sum, y_sum) = points.iter().fold((0.0, 0.0), |(x_sum, y_sum), (x, y)| (x_sum + x, y_sum + y));
    let (x_mean, y_mean) = (x_sum / count, y_sum / count);
    let products = points.iter().fold(0.0, |sum, (x, y)| sum + (x - x_mean) * (y - y_mean));
    let squares = points.iter().fold(0.0, |sum, (x, _)| sum + (x - x_mean) * (x - x_mean));
    of_several(products / squares, if squares > 0.0 { points.len() } else { 0 })
}

/// A value of at least two regions; unknown of fewer.
fn of_several(value: f64, regions: usize) -> Ratio {
    if regions < 2 {
        return Ratio { numerator: 0.0, denominator: 0.0 };
    }
    Ratio { numerator: value, denominator: float(regions) }
}

fn float(count: usize) -> f64 {
    super::ratio::float(u64::try_from(count).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Month;
    use crate::domain::{Qualification, Region, Sex};
    use crate::engine::tally::{Cells, PeriodTally, Slice, Status};
    use crate::outcomes::measure_named;

    /// Regions by person-months at 20: NEET and working of working-class origin, then working of others.
    fn period(regions: &[(u8, [u32; 3])]) -> PeriodTally {
        let mut period = PeriodTally::new(Month(1500), Cells::new(4));
        for (region, [neet, working, others]) in regions {
            let region = Region(*region);
            for (origin, status, months) in [
                (Origin::LowerWorking, Status::InactiveLong, *neet),
                (Origin::LowerWorking, Status::Working, *working),
                (Origin::HigherProfessional, Status::Working, *others),
            ] {
                for cell in period.cells.of_person(region, Some(region), Some(origin), Sex::Male) {
                    let at = period.stock_at(cell, 20, status);
                    period.stock[at] += months;
                }
            }
        }
        period
    }

    fn value(period: &PeriodTally, key: &str) -> Option<f64> {
        let measure = measure_named(key).unwrap();
        measure.form.value(measure.of(&Counted::new(period, Slice::All, 10)))
    }

    #[test]
    fn gaps_in_neet_agree_with_a_hand_worked_example() {
        // NEET 0.1, 0.2 and 0.3 where 0.2, 0.4 and 0.9 are of working-class origin; nobody lives in the fourth region.
        let period = period(&[(0, [10, 10, 80]), (1, [20, 20, 60]), (2, [30, 60, 10])]);
        let near = |key: &str, expected: f64| {
            let found = value(&period, key).unwrap();
            assert!((found - expected).abs() < 1e-12, "{key}: found {found}, expected {expected}");
        };
        near("regional_gap.neet_rate", 0.2);
        near("regional_variance.neet_rate", 0.02 / 3.0);
        // Means 0.5 and 0.2: products 0.03 + 0 + 0.04, squares 0.09 + 0.01 + 0.16.
        near("regional_slope.neet_rate", 0.07 / 0.26);
        assert_eq!(value(&period, "regional_gap.professional.30"), None);
    }

    #[test]
    fn chances_belong_to_the_region_of_upbringing() {
        let mut period = period(&[(0, [0, 10, 10]), (1, [0, 5, 15])]);
        for (upbringing, standing, people) in [
            (0, Standing::Professional, 1),
            (0, Standing::Working, 3),
            (1, Standing::Professional, 3),
            (1, Standing::Working, 1),
        ] {
            let cells =
                period.cells.of_person(Region(3), Some(Region(upbringing)), Some(Origin::Intermediate), Sex::Male);
            for cell in cells {
                let at = period.mark_at(2, cell, Qualification::Level3, standing);
                period.marks[at] += people;
            }
        }
        assert_eq!(value(&period, "regional_gap.professional.30"), Some(0.5));
        assert_eq!(value(&period, "regional_variance.professional.30"), Some(0.0625));
        // Disadvantage 0.5 and 0.25: half a point lost over a quarter.
        assert_eq!(value(&period, "regional_slope.professional.30"), Some(-2.0));
    }

    #[test]
    fn one_region_has_no_gap() {
        let period = period(&[(2, [1, 1, 1])]);
        for key in ["regional_gap.neet_rate", "regional_variance.neet_rate", "regional_slope.neet_rate"] {
            assert_eq!(value(&period, key), None, "{key}");
        }
    }

    #[test]
    fn regions_alike_in_disadvantage_tell_no_slope() {
        let period = period(&[(0, [1, 1, 2]), (1, [2, 0, 2])]);
        assert_eq!(value(&period, "regional_slope.neet_rate"), None);
        assert_eq!(value(&period, "regional_gap.neet_rate"), Some(0.25));
    }
}
