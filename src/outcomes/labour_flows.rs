//! Flows between work, unemployment and inactivity.

use super::counted::Counted;
use super::measure::{Better, Form, Measure, Prominence};
use super::ratio::{Ratio, float};
use super::surveyed::{ANY, UNEMPLOYMENT};
use crate::domain::Qualification;
use crate::engine::tally::survey::{Activity, Spell};

/// Monthly rates of leaving spells at ages 16-39: `exits / person-months at risk`, and ratios of quarterly probabilities of finding work.
///
/// Apprentices are employed. Someone who leaves learning and finds work within the month was never unemployed. Unknown for periods that are not
/// made of whole quarters.
///
/// # Source
/// The flows of the Labour Force Survey (Office for National Statistics 2013, "Moving between Unemployment and Employment"), which compares
/// answers a quarter apart and ages 16-64. Its ratios of quarterly probabilities are `(1 - exp(-3h)) / (1 - exp(-3h'))` here.
pub(super) const MEASURES: &[Measure] = &[
    Measure {
        key: "flow.unemployed_to_employed",
        label: "Job finding of the unemployed",
        numerator: "share of these who are in work the month after",
        denominator: "person-months unemployed",
        compute: |counted, _| flow(counted, &UNEMPLOYMENT, Activity::Employed),
        ..RATE
    },
    Measure {
        key: "flow.employed_to_unemployed",
        label: "From work to unemployment",
        numerator: "share of these who are unemployed the month after",
        denominator: "person-months in work",
        better: Better::Lower,
        compute: |counted, _| flow(counted, &[Spell::Employed], Activity::Unemployed),
        ..RATE
    },
    Measure {
        key: "flow.employed_to_inactive",
        label: "From work to inactivity",
        numerator: "share of these who are inactive the month after",
        denominator: "person-months in work",
        better: Better::Lower,
        compute: |counted, _| flow(counted, &[Spell::Employed], Activity::Inactive),
        ..RATE
    },
    Measure {
        key: "flow.inactive_to_employed",
        label: "From inactivity to work",
        numerator: "share of these who are in work the month after",
        denominator: "person-months inactive and not in learning",
        compute: |counted, _| flow(counted, &[Spell::Inactive], Activity::Employed),
        ..RATE
    },
    Measure {
        key: "job_finding_ratio.short_to_long",
        label: "Job finding within 3 months of being NEET against after 2 years",
        numerator: "quarterly probability of finding work of the unemployed who are NEET for less than 3 months, over that after 2 years",
        compute: |counted, _| {
            let within = |spell| quarterly(counted, ANY, &[spell]);
            quotient(within(Spell::UnemployedUnder3), within(Spell::UnemployedOver24))
        },
        ..RATIO
    },
    Measure {
        key: "job_finding_ratio.degree_to_none",
        label: "Job finding of graduates against the least qualified",
        numerator: "quarterly probability of finding work of unemployed graduates, over that of those below level 2",
        compute: |counted, _| {
            let of = |kind| quarterly(counted, &[kind], &UNEMPLOYMENT);
            quotient(of(Qualification::Level6Plus), of(Qualification::BelowLevel2))
        },
        ..RATIO
    },
];

/// Exits by months at risk. They do not add up over periods that are no whole quarters: see [`Surveyed::at_risk`].
///
/// [`Surveyed::at_risk`]: super::Surveyed::at_risk
const RATE: Measure =
    Measure { unit: "per month", prominence: Prominence::Detail, form: Form::Value, ..Measure::SHARE };

/// A ratio of two probabilities.
const RATIO: Measure = Measure {
    unit: "ratio",
    denominator: "1 if anybody of the second group found work, else 0",
    better: Better::Neither,
    prominence: Prominence::Detail,
    form: Form::Value,
    ..Measure::SHARE
};

fn flow(counted: &Counted, spells: &[Spell], to: Activity) -> Ratio {
    let Some(surveyed) = counted.surveyed() else { return Ratio::UNKNOWN };
    let at_risk = surveyed.at_risk(ANY, spells);
    let rate = (at_risk > 0).then(|| float(surveyed.exits(ANY, spells, to)) / float(at_risk));
    Ratio::of_value(counted, rate, at_risk)
}

/// The probability of finding work within three months.
fn quarterly(counted: &Counted, qualifications: &[Qualification], spells: &[Spell]) -> Option<f64> {
    let surveyed = counted.surveyed()?;
    let at_risk = surveyed.at_risk(qualifications, spells);
    let found = surveyed.exits(qualifications, spells, Activity::Employed);
    (at_risk > 0).then(|| -libm::expm1(-3.0 * float(found) / float(at_risk)))
}

fn quotient(above: Option<f64>, below: Option<f64>) -> Ratio {
    match (above, below.filter(|below| *below > 0.0)) {
        (Some(above), Some(below)) => Ratio { numerator: above / below, denominator: 1.0 },
        (Some(_) | None, Some(_) | None) => Ratio::UNKNOWN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outcomes::testing::Sheet;

    const NONE: Qualification = Qualification::BelowLevel2;
    const DEGREE: Qualification = Qualification::Level6Plus;

    #[test]
    fn flows_are_exits_by_months_at_risk() {
        let sheet = Sheet::new()
            .spell(NONE, Spell::UnemployedUnder3, 100, &[(Activity::Employed, 20), (Activity::Inactive, 5)])
            .spell(DEGREE, Spell::UnemployedOver24, 100, &[(Activity::Employed, 5)])
            .spell(DEGREE, Spell::Employed, 1000, &[(Activity::Unemployed, 7), (Activity::Inactive, 3)])
            .spell(NONE, Spell::Inactive, 50, &[(Activity::Employed, 1)]);
        sheet.expect("flow.unemployed_to_employed", 0.125);
        sheet.expect("flow.employed_to_unemployed", 0.007);
        sheet.expect("flow.employed_to_inactive", 0.003);
        sheet.expect("flow.inactive_to_employed", 0.02);
    }

    #[test]
    fn ratios_compare_quarterly_probabilities() {
        let sheet = Sheet::new().spell(NONE, Spell::UnemployedUnder3, 100, &[(Activity::Employed, 20)]).spell(
            DEGREE,
            Spell::UnemployedOver24,
            100,
            &[(Activity::Employed, 5)],
        );
        // 1 - exp(-0.6) = 0.451188, 1 - exp(-0.15) = 0.139292.
        sheet.expect("job_finding_ratio.short_to_long", 0.451_188_363_905_973_6 / 0.139_292_023_574_942_2);
        sheet.expect("job_finding_ratio.degree_to_none", 0.139_292_023_574_942_2 / 0.451_188_363_905_973_6);
    }

    #[test]
    fn flows_of_a_single_month_are_unknown() {
        let mut sheet = Sheet::new().spell(NONE, Spell::Employed, 10, &[(Activity::Unemployed, 1)]);
        sheet.period.months = 1;
        assert_eq!(sheet.value("flow.employed_to_unemployed"), None);
    }
}
