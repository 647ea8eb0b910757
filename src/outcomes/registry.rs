//! Every measure there is, in the order of tables and files.

use super::measure::Measure;
use super::{
    activity, apprenticeships, class_by_age, destinations, education_mobility, employment, entries, fluidity,
    higher_education, income_mobility, job_class, labour_flows, median_pay, mobility, mobility_matrix, neet,
    over_qualification, pay_by_age, qualification_by_age, qualifications, regional_gap, routes, spending, state_shares,
    vacancies, youth_unemployment,
};
use crate::diagnostics::did_you_mean;
use std::sync::LazyLock;

/// The measures of results, in the order of tables and files.
///
/// ```
/// use rungs::outcomes::measures;
///
/// let rate = measures().iter().find(|measure| measure.key == "neet_rate").unwrap();
/// assert_eq!((rate.unit, rate.better.name()), ("share", "lower"));
/// ```
#[must_use]
pub fn measures() -> &'static [Measure] {
    static OF_RESULTS: LazyLock<Vec<Measure>> = LazyLock::new(|| {
        let families: &[&[Measure]] = &[
            neet::MEASURES,
            youth_unemployment::MEASURES,
            state_shares::MEASURES,
            apprenticeships::MEASURES,
            higher_education::MEASURES,
            qualifications::MEASURES,
            employment::MEASURES,
            job_class::MEASURES,
            over_qualification::MEASURES,
            median_pay::MEASURES,
            vacancies::MEASURES,
            mobility::MEASURES,
            mobility_matrix::MEASURES,
            fluidity::MEASURES,
            education_mobility::MEASURES,
            income_mobility::MEASURES,
            routes::MEASURES,
            regional_gap::MEASURES,
            spending::MEASURES,
        ];
        families.concat().into_iter().map(Measure::with_ages_written).collect()
    });
    &OF_RESULTS
}

/// All measures: those of results ([`measures`]), and after them those that only serve to compare a world with what is published. Most of
/// these ask a survey and are unknown of a run without one.
#[must_use]
pub fn all_measures() -> &'static [Measure] {
    static ALL: LazyLock<Vec<Measure>> = LazyLock::new(|| {
        let families: &[&[Measure]] = &[
            measures(),
            activity::MEASURES,
            class_by_age::MEASURES,
            qualification_by_age::MEASURES,
            pay_by_age::MEASURES,
            labour_flows::MEASURES,
            entries::MEASURES,
            destinations::MEASURES,
        ];
        families.concat().into_iter().map(Measure::with_ages_written).collect()
    });
    &ALL
}

/// The measure of results with this key.
#[must_use]
pub fn measure_named(key: &str) -> Option<&'static Measure> {
    measures().iter().find(|measure| measure.key == key)
}

/// The measure of results with this key, or what to say of a key that none has.
///
/// # Errors
/// What was found and expected, and what may have been meant.
pub fn known_measure(key: &str) -> Result<&'static Measure, String> {
    measure_named(key).ok_or_else(|| {
        let hint = did_you_mean(key, measures().iter().map(|measure| measure.key));
        let hint = hint.map_or_else(String::new, |hint| format!("\n  hint: {hint}"));
        format!("found {key:?}, expected the key of a measure, as in `rungs list measures`{hint}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outcomes::Ages;
    use crate::outcomes::testing::Sheet;
    use std::collections::BTreeSet;

    #[test]
    fn every_measure_says_what_it_is() {
        for measure in all_measures() {
            for text in [measure.key, measure.label, measure.unit, measure.numerator, measure.denominator] {
                assert!(!text.is_empty() && text.trim() == text && !text.contains('{'), "{measure:?}");
            }
            let plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || "_.".contains(letter);
            assert!(measure.key.chars().all(plain), "{}", measure.key);
        }
    }

    #[test]
    fn no_two_measures_share_a_key_or_a_label() {
        let keys: BTreeSet<_> = all_measures().iter().map(|measure| measure.key).collect();
        let labels: BTreeSet<_> = all_measures().iter().map(|measure| measure.label).collect();
        assert_eq!((keys.len(), labels.len()), (all_measures().len(), all_measures().len()));
    }

    #[test]
    fn nothing_counted_is_unknown_and_not_zero_unless_it_is_a_count_a_year() {
        let empty = Sheet::new().counted();
        for measure in all_measures() {
            let value = measure.value(&empty);
            let a_year = measure.unit.ends_with("a year");
            assert_eq!(value, a_year.then_some(0.0), "{}", measure.key);
        }
    }

    #[test]
    fn what_asks_a_survey_is_no_measure_of_results() {
        let mut sheet = Sheet::crowded();
        let with = sheet.counted();
        sheet.period.survey = None;
        let without = sheet.counted();
        let value = |measure: &Measure, counted| measure.value(counted);
        assert!(measures().iter().all(|measure| value(measure, &with) == value(measure, &without)));
        let (results, others) = all_measures().split_at(measures().len());
        assert!(results.iter().zip(measures()).all(|(one, same)| one.key == same.key));
        assert!(others.iter().filter(|measure| value(measure, &without).is_none()).count() > 20);
    }

    #[test]
    fn shares_lie_between_zero_and_one_on_a_crowded_sheet() {
        let crowded = Sheet::crowded().counted();
        for measure in all_measures().iter().filter(|measure| measure.unit == "share") {
            let value = measure.value(&crowded).unwrap();
            assert!((0.0..=1.0).contains(&value), "{}: {value}", measure.key);
        }
    }

    #[test]
    fn the_key_of_a_measure_says_its_ages_and_no_others() {
        for measure in all_measures().iter().filter(|measure| measure.ages != Ages::ALL) {
            let ages = measure.ages.to_string();
            let in_key = measure.key.rsplit('.').next().unwrap().trim_start_matches("aged_").replace('_', "-");
            let is_age = in_key.chars().all(|letter| letter.is_ascii_digit() || letter == '-');
            // Entry by an age is of all the ages up to it.
            let by_an_age = measure.key.starts_with("higher_education_entry");
            assert!(!is_age || by_an_age || in_key == ages, "{}: {ages}", measure.key);
        }
    }
}
