//! Routes to success: in how many ways people from a place come to a good job.

use super::ages::Ages;
use super::counted::Counted;
use super::measure::{Better, Form, Measure, Prominence};
use super::ratio::{Ratio, float};
use crate::domain::{JobClass, Route};
use strum::VariantArray;

/// A good job is professional or intermediate.
const GOOD: [JobClass; 2] = [JobClass::Intermediate, JobClass::Professional];
const PROFESSIONAL: [JobClass; 1] = [JobClass::Professional];
const GOOD_AT_AGE: &str = "people aged {ages} in a professional or intermediate job in the last month of the year";
const PROFESSIONAL_AT_AGE: &str = "people aged {ages} in a professional job in the last month of the year";

/// The effective number of routes to a good job and to a professional job, and the share of each route.
///
/// A route is the way by which the highest qualification came: academic (sixth form, higher education),
/// vocational (further education), an apprenticeship, or straight to work (what compulsory schooling gave). With
/// `p_k` the share of route `k` among those who have the job, `effective number = exp(-sum p_k ln p_k)`: 1 when all
/// come by one route, 4 when the four are equally used. It says nothing about how many come: read it beside the
/// shares of jobs. By region of upbringing it is about people from a place. Few people make it too low, by
/// about `(routes - 1) / (2 x people)` of itself.
///
/// # Source
/// Shannon (1948), "A mathematical theory of communication"; Hill (1973), "Diversity and evenness", Ecology 54
/// (number of order 1). The idea is the Social Mobility Commission's: several routes in any place.
pub(super) const MEASURES: &[Measure] = &[
    Measure {
        key: "routes_to_good_job.25",
        label: "Routes to a good job at {ages}",
        denominator: GOOD_AT_AGE,
        ages: Ages::at(25),
        compute: |counted, ages| number(counted, ages.first, &GOOD),
        ..EFFECTIVE
    },
    Measure {
        key: "routes_to_good_job.30",
        label: "Routes to a good job at {ages}",
        denominator: GOOD_AT_AGE,
        ages: Ages::at(30),
        compute: |counted, ages| number(counted, ages.first, &GOOD),
        ..EFFECTIVE
    },
    Measure {
        key: "routes_to_professional_job.25",
        label: "Routes to a professional job at {ages}",
        denominator: PROFESSIONAL_AT_AGE,
        ages: Ages::at(25),
        prominence: Prominence::Detail,
        compute: |counted, ages| number(counted, ages.first, &PROFESSIONAL),
        ..EFFECTIVE
    },
    Measure {
        key: "routes_to_professional_job.30",
        label: "Routes to a professional job at {ages}",
        denominator: PROFESSIONAL_AT_AGE,
        ages: Ages::at(30),
        prominence: Prominence::Detail,
        compute: |counted, ages| number(counted, ages.first, &PROFESSIONAL),
        ..EFFECTIVE
    },
    Measure {
        key: "route_share.academic.30",
        label: "Good jobs at {ages} by the academic route",
        compute: |counted, _| of_route(counted, Route::Academic),
        ..BY_ROUTE
    },
    Measure {
        key: "route_share.vocational.30",
        label: "Good jobs at {ages} by the vocational route",
        compute: |counted, _| of_route(counted, Route::Vocational),
        ..BY_ROUTE
    },
    Measure {
        key: "route_share.apprenticeship.30",
        label: "Good jobs at {ages} by apprenticeship",
        compute: |counted, _| of_route(counted, Route::Apprenticeship),
        ..BY_ROUTE
    },
    Measure {
        key: "route_share.straight_to_work.30",
        label: "Good jobs at {ages} straight from school",
        compute: |counted, _| of_route(counted, Route::StraightToWork),
        ..BY_ROUTE
    },
];

const EFFECTIVE: Measure = Measure {
    unit: "routes",
    numerator: "effective number of routes: exponential of the Shannon entropy of their shares",
    form: Form::Value,
    ..Measure::SHARE
};

const BY_ROUTE: Measure = Measure {
    numerator: "of these, by the route",
    denominator: GOOD_AT_AGE,
    ages: Ages::at(30),
    better: Better::Neither,
    prominence: Prominence::Detail,
    ..Measure::SHARE
};

fn people(counted: &Counted, age: u16, route: Route, classes: &[JobClass]) -> u64 {
    classes.iter().map(|class| counted.by_route(age, route, *class)).sum()
}

fn number(counted: &Counted, age: u16, classes: &[JobClass]) -> Ratio {
    let by_route = Route::VARIANTS.iter().map(|route| people(counted, age, *route, classes));
    let everybody = by_route.clone().sum();
    Ratio::of_value(counted, effective_number(by_route), everybody)
}

/// The effective number of routes to a good job; `None` when nobody has one.
pub(super) fn to_good_job(counted: &Counted, age: u16) -> Option<f64> {
    effective_number(Route::VARIANTS.iter().map(|route| people(counted, age, *route, &GOOD)))
}

/// The exponential of the Shannon entropy of the shares of these counts; `None` when all are zero.
fn effective_number(counts: impl Iterator<Item = u64> + Clone) -> Option<f64> {
    let total: u64 = counts.clone().sum();
    let entropy = counts.filter(|count| *count > 0).fold(0.0, |entropy, count| {
        let share = float(count) / float(total);
        entropy - share * libm::log(share)
    });
    (total > 0).then(|| libm::exp(entropy))
}

fn of_route(counted: &Counted, route: Route) -> Ratio {
    let everybody = Route::VARIANTS.iter().map(|route| people(counted, 30, *route, &GOOD)).sum();
    Ratio::of_agents(counted, people(counted, 30, route, &GOOD), everybody)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outcomes::testing::Sheet;

    const _: () = assert!(Route::VARIANTS.len() == 4);

    #[test]
    fn equally_used_routes_count_whole_and_one_route_counts_one() {
        let four = Route::VARIANTS.iter().fold(Sheet::new(), |sheet, route| {
            sheet.route(25, *route, JobClass::Professional, 10).route(25, *route, JobClass::Working, 7)
        });
        four.expect("routes_to_good_job.25", 4.0);
        let one = Sheet::new().route(25, Route::Academic, JobClass::Intermediate, 10);
        one.expect("routes_to_good_job.25", 1.0);
        assert_eq!(one.value("routes_to_professional_job.25"), None);
    }

    #[test]
    fn unequal_routes_agree_with_a_hand_worked_example() {
        // Shares 1/2, 1/4 and 1/4: entropy 1/2 ln 2 + 2 x 1/4 ln 4 = 3/2 ln 2, so 2^1.5 routes; to professional jobs 2/3 and 1/3: 3 / 2^(2/3).
        let sheet = Sheet::new()
            .route(30, Route::Academic, JobClass::Professional, 2)
            .route(30, Route::Apprenticeship, JobClass::Intermediate, 1)
            .route(30, Route::Vocational, JobClass::Professional, 1)
            .route(30, Route::Academic, JobClass::Working, 50);
        sheet.expect("routes_to_good_job.30", 2.828_427_124_746);
        sheet.expect("routes_to_professional_job.30", 1.889_881_574_842);
        sheet.expect("route_share.academic.30", 0.5);
        sheet.expect("route_share.apprenticeship.30", 0.25);
        sheet.expect("route_share.straight_to_work.30", 0.0);
    }
}
