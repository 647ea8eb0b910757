//! Flows between work, unemployment and inactivity.

use super::surveyed::{ANY, UNEMPLOYMENT};
use super::{Better, Counted, Measure, Pooling, Ratio, float, share};
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
pub(super) const MEASURES: [Measure; 6] = [
    rate(
        "flow.unemployed_to_employed",
        "Job finding of the unemployed",
        "of these, in work the month after",
        "person-months unemployed",
        |counted| flow(counted, &UNEMPLOYMENT, Activity::Employed),
    ),
    rate(
        "flow.employed_to_unemployed",
        "From work to unemployment",
        "of these, unemployed the month after",
        "person-months in work",
        |counted| flow(counted, &[Spell::Employed], Activity::Unemployed),
    )
    .better(Better::Lower),
    rate(
        "flow.employed_to_inactive",
        "From work to inactivity",
        "of these, inactive the month after",
        "person-months in work",
        |counted| flow(counted, &[Spell::Employed], Activity::Inactive),
    )
    .better(Better::Lower),
    rate(
        "flow.inactive_to_employed",
        "From inactivity to work",
        "of these, in work the month after",
        "person-months inactive and not in learning",
        |counted| flow(counted, &[Spell::Inactive], Activity::Employed),
    ),
    ratio(
        "job_finding_ratio.short_to_long",
        "Job finding within 3 months of being NEET against after 2 years",
        "quarterly probability of finding work of the unemployed who are NEET for less than 3 months, over that after 2 years",
        |counted| {
            let within = |spell| quarterly(counted, ANY, &[spell]);
            quotient(within(Spell::UnemployedUnder3), within(Spell::UnemployedOver24))
        },
    ),
    ratio(
        "job_finding_ratio.degree_to_none",
        "Job finding of graduates against the least qualified",
        "quarterly probability of finding work of unemployed graduates, over that of those below level 2",
        |counted| {
            let of = |kind| quarterly(counted, &[kind], &UNEMPLOYMENT);
            quotient(of(Qualification::Level6Plus), of(Qualification::BelowLevel2))
        },
    ),
];

const fn rate(
    key: &'static str,
    label: &'static str,
    numerator: &'static str,
    denominator: &'static str,
    compute: fn(&Counted) -> Ratio,
) -> Measure {
    Measure { unit: "per month", ..share(key, label, numerator, denominator, "16-39", compute).detail() }
}

/// A ratio of two probabilities, averaged over periods.
const fn ratio(
    key: &'static str,
    label: &'static str,
    numerator: &'static str,
    compute: fn(&Counted) -> Ratio,
) -> Measure {
    Measure {
        unit: "ratio",
        pooling: Pooling::Average,
        ..share(key, label, numerator, "1 if anybody of the second group found work, else 0", "16-39", compute)
            .detail()
            .better(Better::Neither)
    }
}

fn flow(counted: &Counted, spells: &[Spell], to: Activity) -> Ratio {
    let Some(surveyed) = counted.surveyed() else { return Ratio::UNKNOWN };
    let at_risk = surveyed.at_risk(ANY, spells);
    Ratio::of_agents(counted, surveyed.exits(ANY, spells, to), at_risk)
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
